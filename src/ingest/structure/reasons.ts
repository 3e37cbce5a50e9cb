/** The sentence for each structural fault. No value of the data appears in one, because values may be personal. */

const sentences: Readonly<Record<string, string>> = {
  'bare-quote': 'A quotation mark stands inside a field that does not begin with one.',
  'text-after-quote': 'Text follows a closing quotation mark before the next delimiter; a quotation mark inside a quoted field must be doubled.',
  'unclosed-quote': 'A quotation mark opens here and is never closed.',
  'stray-carriage-return': 'A carriage return stands in the middle of the row, outside quotation marks.',
  'nul-byte': 'The row holds a NUL byte.',
  'control-byte': 'The row holds a control character that no text has.',
  'field-too-long': 'A field is longer than 1 MB.',
  'line-too-long': 'The row is longer than 2 MB.',
  'too-few-fields': 'The row has fewer fields than the header.',
  'too-many-fields': 'The row has more fields than the header.',
  'undecodable-bytes': "The row holds bytes that are not text in the file's encoding.",
};

/** @param lastLine where the row ended, told when that is another line than the fault's. */
export function reasonOf(type: string, firstLine: number, lastLine: number): string {
  const sentence = sentences[type] ?? 'The row is not sound.';
  return firstLine === lastLine ? sentence : `${sentence} Lines ${firstLine} to ${lastLine} were read as one row and rejected together.`;
}
