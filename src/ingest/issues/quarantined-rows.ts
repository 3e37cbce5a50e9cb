import type { TablesCheck } from './issue.js';

/** Rows that were not loaded, by file, column and reason; each of them is in the quarantine folder with its line. */
export const quarantinedRows: TablesCheck = async ({ rejected }) => {
  const groups = new Map<string, { rows: number; first: (typeof rejected)[number] }>();
  for (const row of rejected) {
    const key = JSON.stringify([row.file, row.type, row.columnName]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { rows: 1, first: row });
    else group.rows += 1;
  }
  return [...groups.values()].map(({ rows, first }) => ({
    type: 'quarantined-rows',
    title: 'Rows that could not be loaded',
    description: 'They are in the quarantine folder, each with file, line, column and reason, and have no part in any figure.',
    template:
      first.columnName === null
        ? 'Rows in quarantine: {rows}, the first at line {line}. {reason}'
        : 'Rows in quarantine because of “{column}”: {rows}, the first at line {line}. {reason}',
    values: { rows, file: first.file, line: first.line, column: first.columnName ?? '', reason: first.reason, fault: first.type },
    severity: 'warning' as const,
    file: first.file,
  }));
};
