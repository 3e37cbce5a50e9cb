import type { TablesCheck } from './issue.js';

/** Columns of files that are used of which nothing is made, so that nobody thinks they were looked at. */
export const unusedColumns: TablesCheck = async ({ plan }) =>
  plan.files.flatMap((file) => {
    const unused = file.columns.filter(({ mappedTo, reason }) => mappedTo.length === 0 && reason !== 'chooses rows').map(({ header }) => header);
    if (file.leftOut !== null || unused.length === 0) return [];
    return [
      {
        type: 'unused-columns',
        title: 'Columns that are not used',
        description: 'No table of the model has a place for them, or the evidence was too weak. They have no part in any figure.',
        template: 'Not used: {columns}.',
        values: { count: unused.length, file: file.file, columns: unused.join(', ') },
        severity: 'note' as const,
        file: file.file,
      },
    ];
  });
