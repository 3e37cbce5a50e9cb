/** A text that was made from another form, and what the scanner must find in it. */
export interface ConvertedText {
  readonly path: string;
  readonly written: { readonly columns: number; readonly records: number };
}
