/** What went wrong, where, and what to do about it; `kind` decides the exit code. Never carries a value from the data. */
export interface ErrorDetails {
  /** Short machine name, e.g. `file-not-found`, `ambiguous-date-order`. */
  readonly name: string;
  /** `usage` and `config` end with exit code 2, `input` with 3. */
  readonly kind: 'usage' | 'config' | 'input';
  readonly message: string;
  readonly whatToDo: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** The one error class: everything a user can mend. Anything else that is thrown is an internal error. */
export class NamedError extends Error {
  readonly details: ErrorDetails;

  constructor(details: ErrorDetails) {
    super(details.message);
    this.name = details.name;
    this.details = details;
  }
}
