import type { TablesCheck } from './issue.js';

/** From this share of a file's rows on, its figures are those of another file (house rule). */
const grossShare = 0.05;

/** Rows that were not loaded, by file, column and reason; each of them is in the quarantine folder with its line. */
export const quarantinedRows: TablesCheck = async ({ rejected, sources }) => {
  const groups = new Map<string, { rows: number; first: (typeof rejected)[number] }>();
  for (const row of rejected) {
    const key = JSON.stringify([row.file, row.type, row.columnName]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { rows: 1, first: row });
    else group.rows += 1;
  }
  const isGross = (file: string): boolean => {
    const read = sources.find((source) => source.file === file)?.rowsRead ?? 0;
    return read > 0 && rejected.filter((row) => row.file === file).length >= grossShare * read;
  };
  const gross = new Set([...new Set(rejected.map(({ file }) => file))].filter(isGross));
  return [...groups.values()].map(({ rows, first }) => ({
    type: 'quarantined-rows',
    title: 'Rows that could not be loaded',
    description: 'They are in the quarantine folder, each with file, line, column and reason, and have no part in any figure.',
    template:
      first.columnName === null
        ? 'Rows in quarantine: {rows}, the first at line {line}. {reason}'
        : 'Rows in quarantine because of “{column}”: {rows}, the first at line {line}. {reason}',
    values: { rows, file: first.file, line: first.line, column: first.columnName ?? '', reason: first.reason, fault: first.type },
    severity: gross.has(first.file) ? ('error' as const) : ('warning' as const),
    file: first.file,
  }));
};
