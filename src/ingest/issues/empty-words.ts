import type { TablesCheck } from './issue.js';

/** Words that were read as empty cells. */
export const emptyWords: TablesCheck = async ({ plan }) =>
  plan.files.flatMap((file) =>
    file.emptyWords.length === 0
      ? []
      : [
          {
            type: 'words-for-empty',
            title: 'Words that stand for an empty cell',
            description: 'Cells with these words are read as empty in the columns that are used. “empty” in the mapping changes the list.',
            template: 'These words are read as empty cells: {words}.',
            values: { file: file.file, words: file.emptyWords.join(', ') },
            severity: 'note' as const,
            file: file.file,
          },
        ],
  );
