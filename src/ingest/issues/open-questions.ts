import type { TablesCheck } from './issue.js';

/** What evidence could not settle and did not stop the run: the columns were left out. */
export const openQuestions: TablesCheck = async ({ plan }) =>
  plan.questions
    .filter(({ isBlocking }) => !isBlocking)
    .map((question) => ({
      type: question.name,
      title: 'A question that the files leave open',
      description: question.whatToDo,
      template: '{message}',
      values: { message: question.message },
      severity: 'note' as const,
      file: question.file,
    }));
