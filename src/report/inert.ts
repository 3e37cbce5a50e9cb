/** Makes text from data harmless for the format it goes into. */

/** Controls, halves of a surrogate pair, and the marks that turn the direction of reading and so could hide text. */
const unprintable = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** What no format should carry becomes U+FFFD; tab and line breaks stay. */
export function withoutControls(text: string): string {
  return text.replace(unprintable, '\uFFFD');
}

/**
 * Preact escapes & < > and ", which is enough inside its own double-quoted attributes. Apostrophe and backtick follow here,
 * on the finished body: it holds none but those of the text.
 */
export function inertHtml(body: string): string {
  return withoutControls(body).replaceAll("'", '&#39;').replaceAll('`', '&#96;');
}

const alphanumeric = /[\p{L}\p{N}]/u;

/** Punctuation that cannot begin markup where it stands, so that plain prose stays readable in its source. */
function isPlain(mark: string, before: string, next: string): boolean {
  if (`,;'"()?%/`.includes(mark)) return true;
  const endsWord = next === '' || next === ' ';
  if (mark === ':') return endsWord;
  if (mark === '.') return /\d$/.test(before) && /\d/.test(next) ? true : endsWord && !/^\d*$/.test(before);
  return mark === '-' && alphanumeric.test(before.at(-1) ?? '') && alphanumeric.test(next);
}

/**
 * One line of Markdown in which nothing is markup: line breaks become spaces, and a backslash stands before all ASCII
 * punctuation but commas, brackets and the like, and points, colons and hyphens inside prose.
 */
export function inertMarkdown(text: string): string {
  const line = withoutControls(text)
    .replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    .replace(/\t/g, ' ')
    .trim();
  return line.replace(/[!-/:-@[-`{-~]/g, (mark, offset: number) => (isPlain(mark, line.slice(0, offset), line.charAt(offset + 1)) ? mark : `\\${mark}`));
}

/** One line for a terminal: no escape sequence survives. */
export function inertLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ').trim();
}

/**
 * A spreadsheet takes a cell for a formula when it begins with one of these, also after blanks or a byte-order mark; the
 * full-width forms count in East Asian versions. papaparse’s own `escapeFormulae` misses a formula that a line break follows.
 */
const formulaStart = /^[\s\uFEFF\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;

/** Text of a spreadsheet: what could be a formula gets an apostrophe in front. */
export function inertCell(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}
