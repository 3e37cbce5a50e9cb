import type { TablesCheck } from './issue.js';

/** The header is not the one that the mapping was written for. */
export const changedHeader: TablesCheck = async ({ plan }) =>
  plan.files.flatMap((file) =>
    file.headerChanges.length === 0
      ? []
      : [
          {
            type: 'changed-header',
            title: 'A header that has changed',
            description: 'The mapping was written for another header. All columns that it names are still there; check that they still mean the same.',
            template: 'The header is not the one that the mapping was written for: {changes}.',
            values: { file: file.file, changes: file.headerChanges.join('; ') },
            severity: 'warning' as const,
            file: file.file,
          },
        ],
  );
