/** What was made of each file, in the shape that the result prints. */
import type { FilePlan, Plan } from '../plan/plan.js';
import type { Source } from '../source.js';
import type { Account } from './account.js';

export interface InputSummary {
  file: string;
  roles: string[];
  roleReason: string;
  bytes: number;
  sha256: string;
  dialect: { encoding: string; hasByteOrderMark: boolean; delimiter: string; newline: string; quote: string };
  columns: { header: string; mappedTo: string[]; confidence: number | null; reason: string }[];
  rowsRead: number;
  rowsLoaded: number;
  rowsQuarantined: number;
  rowsSkipped: { rule: string; rows: number }[];
  totals: { header: string; column: string; filled: number; sum: number | null; first: string | null; last: string | null }[];
}

export function summariseInputs(sources: readonly Source[], plan: Plan, accounts: ReadonlyMap<number, Account>): InputSummary[] {
  return sources.map((source) => {
    const file = plan.files.find(({ index }) => index === source.index);
    const account = accounts.get(source.index);
    if (file === undefined || account === undefined) throw new Error(`Nothing is known of what became of ${source.file}.`);
    return {
      file: source.file,
      roles: rolesOf(file),
      roleReason: roleReason(file),
      bytes: source.bytes,
      sha256: source.sha256,
      dialect: {
        encoding: source.dialect.encoding,
        hasByteOrderMark: source.dialect.hasByteOrderMark,
        delimiter: source.dialect.delimiter,
        newline: source.dialect.newline === '\n' ? 'LF' : source.dialect.newline === '\r\n' ? 'CRLF' : 'CR',
        quote: source.dialect.quote,
      },
      columns: file.columns.map((note) => ({ ...note, mappedTo: [...note.mappedTo] })),
      rowsRead: account.rowsRead,
      rowsLoaded: account.rowsLoaded,
      rowsQuarantined: account.rowsQuarantined,
      rowsSkipped: account.rowsSkipped.map((skipped) => ({ ...skipped })),
      totals: (account.totals ?? []).map((total) => ({ ...total })),
    };
  });
}

export function rolesOf(file: FilePlan): string[] {
  return [...new Set(file.steps.map(({ table }) => table))];
}

/** The reason, and that lines became baskets where they did: rows loaded are lines then, not rows of the table. */
function roleReason(file: FilePlan): string {
  if (file.leftOut !== null) return `Left out: ${file.leftOut}.`;
  const grouped = file.steps
    .filter(({ group }) => group !== null)
    .map(({ table, group }) => `its lines become one row of ${table} per ${group?.by.join(' and ')}`);
  const severalRows = rolesOf(file).length > 1 || file.steps.length > 1 ? ['one row can feed several tables or lines'] : [];
  const sentence = [file.roleReason, ...grouped, ...severalRows].join('; ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
