import type { FileTotal } from './file-totals.js';

/** What became of the data records of one file. */
export interface Account {
  readonly rowsRead: number;
  readonly rowsLoaded: number;
  readonly rowsQuarantined: number;
  readonly rowsSkipped: readonly { readonly rule: string; readonly rows: number }[];
  /** Sums of amounts, first and last dates. */
  readonly totals?: readonly FileTotal[];
}

/**
 * The promise of the ingest: nothing is dropped silently. Rows read are counted by the scanner, the others by the engine, so a
 * row that gets lost between them stops the run.
 *
 * @throws Error when rows read are not the sum of rows loaded, quarantined and skipped.
 */
export function requireSum(file: string, account: Account): Account {
  const skipped = account.rowsSkipped.reduce((sum, { rows }) => sum + rows, 0);
  if (account.rowsRead !== account.rowsLoaded + account.rowsQuarantined + skipped) {
    throw new Error(
      `The rows of ${file} do not add up: ${account.rowsRead} read, ${account.rowsLoaded} loaded, ${account.rowsQuarantined} quarantined, ${skipped} skipped.`,
    );
  }
  return account;
}
