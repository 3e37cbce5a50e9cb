/** The queries behind each number: as files of the evidence pack, and as the report names them. */
import type { Queries, Result } from '../result/schema.js';
import type { Format } from './format.js';
import { anchorOf, nameOf, numberColumn, textColumn } from './present-finding.js';
import type { QueriesView, TableView } from './view.js';

export const queryFileName = (purpose: string): string => `${purpose}.sql`;

/** A table or reading that several questions share, by its name in the engine; else the question. */
const titleOfPurpose = (purpose: string, questions: ReadonlyMap<string, string>): string => questions.get(purpose) ?? `Shared: ${purpose.replaceAll('_', ' ')}`;

const repeated = (times: number): string => (times === 1 ? '' : `Asked ${times} times, with other numbers each.`);

/** A statement made by a loop over columns runs to many pages; the report shows how it begins. */
const shownLetters = 3000;

/** Whole lines of the statement. */
function beginningOf(text: string): string {
  return text.length <= shownLetters ? text : text.slice(0, Math.max(text.lastIndexOf('\n', shownLetters), 1));
}

/** One file of SQL: what it answers, what it draws on, each on a line of its own because a comment ends there, then every statement. */
export function renderQueryFile({ purpose, uses, statements }: Queries, questions: ReadonlyMap<string, string>): string {
  const head = [titleOfPurpose(purpose, questions), ...(uses.length === 0 ? [] : [`Draws on: ${uses.map(queryFileName).join(', ')}`])];
  const parts = statements.map(({ text, times }) => `${times === 1 ? '' : `-- ${repeated(times)}\n`}${text};\n`);
  return [head.map((line) => `-- ${line.replaceAll(/\s+/g, ' ')}\n`).join(''), ...parts].join('\n');
}

export const questionsOf = ({ findings }: Pick<Result, 'findings'>): ReadonlyMap<string, string> => new Map(findings.map(({ id, question }) => [id, question]));

/** Those of the questions in the order of the report, then what they share. */
export function presentQueries(result: Result, order: readonly string[], format: Format): { readonly list: readonly QueriesView[]; readonly index: TableView } {
  const questions = questionsOf(result);
  const place = ({ purpose }: Queries): number => (order.includes(purpose) ? order.indexOf(purpose) : order.length);
  const list = result.queries
    .toSorted((a, b) => place(a) - place(b))
    .filter(({ uses, statements }) => uses.length + statements.length > 0)
    .map(
      ({ purpose, uses, statements }): QueriesView => ({
        title: titleOfPurpose(purpose, questions),
        anchor: `sql-${purpose}`,
        finding: questions.has(purpose) ? anchorOf(purpose) : null,
        uses: uses.map((name) => ({ name: nameOf(name.replaceAll('_', '-')), anchor: `sql-${name}` })),
        fileName: queryFileName(purpose),
        statements: statements.map(({ text, times }) => {
          const shown = beginningOf(text);
          const left = text.length - shown.length;
          const cut = left === 0 ? '' : `Another ${format.value(left, 'count')} letters of it are in the file.`;
          return { text: shown, note: [repeated(times), cut].filter((note) => note !== '').join(' ') };
        }),
      }),
    );
  return {
    list,
    index: {
      caption: 'Queries behind each number',
      columns: [textColumn('Question, or what several share'), textColumn('Draws on'), numberColumn('Own statements'), textColumn('File')],
      rows: list.map(({ title, uses, statements, fileName }) => [
        title,
        uses.map(({ name }) => name).join(', ') || 'the tables made from the files',
        format.value(statements.length, 'count'),
        `queries/${fileName}`,
      ]),
      note: 'Statements run in this order over the tables made from the files. What a statement gives is counted on in the program, as the page of each question describes.',
    },
  };
}
