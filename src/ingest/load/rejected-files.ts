/** A file that is known for what it is and of which nothing can be read: its format is wrong, not its rows. */
import { NamedError } from '../../model/named-error.js';
import type { Plan } from '../plan/plan.js';
import type { RejectedRow, Source } from '../source.js';
import type { LoadedFiles } from './load.js';

/** @throws NamedError of kind `input` for a used file whose rows are all in quarantine, with the most frequent reason. */
export function refuseRejectedFiles(sources: readonly Source[], { files }: Pick<Plan, 'files'>, { accounts, rejected }: LoadedFiles): void {
  for (const { index, file, leftOut } of files) {
    const account = accounts.get(index);
    const source = sources.find((candidate) => candidate.index === index);
    if (account === undefined || source === undefined || leftOut !== null || account.rowsLoaded > 0 || account.rowsQuarantined === 0) continue;
    const first = mainReason(rejected.filter((row) => row.file === file));
    throw new NamedError({
      name: 'no-row-loaded',
      kind: 'input',
      message: `None of the ${account.rowsRead} rows of ${file} could be loaded. ${reasonOf(first)}`,
      whatToDo: `Export the file again in the format that the reason names, correct its columns in a mapping (--mapping), or leave it out with --role "${file}=ignore".`,
      file,
      ...(first === undefined ? {} : { line: first.line }),
      ...(first?.column == null ? {} : { column: first.column }),
    });
  }
}

function reasonOf(row: RejectedRow | undefined): string {
  if (row === undefined) return '';
  return row.columnName === null ? row.reason : `Most often because of “${row.columnName}”: ${row.reason}`;
}

/** The first row of the most frequent reason. */
function mainReason(rejected: readonly RejectedRow[]): RejectedRow | undefined {
  const groups = new Map<string, { readonly first: RejectedRow; rows: number }>();
  for (const row of rejected) {
    const key = `${row.type} ${row.column}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: row, rows: 1 });
    else group.rows += 1;
  }
  return [...groups.values()].sort((a, b) => b.rows - a.rows)[0]?.first;
}
