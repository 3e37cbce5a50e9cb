import type { TablesCheck } from './issue.js';

/** Files that have no part in the analysis, and why. */
export const leftOutFiles: TablesCheck = async ({ plan }) =>
  plan.files.flatMap((file) =>
    file.leftOut === null
      ? []
      : [
          {
            type: 'file-left-out',
            title: 'Files that are not used',
            description: 'A file is used when it holds members, sales, campaigns, contacts, responses, points or another table of the model.',
            template: 'Left out: {reason}.',
            values: { file: file.file, reason: file.leftOut },
            severity: 'note' as const,
            file: file.file,
          },
        ],
  );
