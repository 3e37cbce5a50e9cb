/** What the form of a file tells the reader of a report, as data-quality issues: one entry an issue, in the order of the report. */
import type { ScanPlan, StructureIssue } from '../source.js';
import { looksLikeValue } from './header.js';
import type { SourceForm } from './prepare/prepare.js';
import type { Survey } from './survey.js';

interface Observed {
  readonly plan: ScanPlan;
  readonly survey: Survey;
  readonly form: SourceForm;
  readonly isDelimiterAmbiguous: boolean;
}

type Values = StructureIssue['values'];
interface Check extends Omit<StructureIssue, 'values' | 'file'> {
  /** The values of the sentence, or null when there is nothing to say. */
  find(observed: Observed): Values | null;
}

const delimiterNames: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'vertical bar' };

const skippedBy =
  (rule: string, more: (survey: Survey) => Values = () => ({})) =>
  ({ survey }: Observed): Values | null => {
    const rows = survey.skipped.find((entry) => entry.rule === rule)?.rows ?? 0;
    return rows === 0 ? null : { rows, ...more(survey) };
  };
const sighted = (sighting: { rows: number; line: number }): Values | null => (sighting.rows === 0 ? null : { ...sighting });
const trimmed = (survey: Survey): string[] => survey.header.map((name) => name.trim());

const formNames: Readonly<Record<SourceForm, string | null>> = {
  text: null,
  'spaced-text': null,
  parquet: 'Parquet',
  'json-lines': 'one JSON object a line',
};

const checks: readonly Check[] = [
  {
    type: 'converted-file',
    title: 'The file was turned into text',
    description: 'Every value was taken as the text that it stands for. Line numbers in this report count its records.',
    template: 'The file is written as {form}; its {rows} records were read as text.',
    severity: 'note',
    find: ({ form, survey }) => {
      const name = formNames[form];
      return name === null ? null : { form: name, rows: survey.rowsRead };
    },
  },
  {
    type: 'space-delimited',
    title: 'Spaces set the columns apart',
    description: 'Every line of its beginning has the same number of words, so each run of spaces was read as one delimiter. An empty cell cannot be told.',
    template: 'The file is read with {columns} columns set apart by spaces.',
    severity: 'note',
    find: ({ form, plan }) => (form === 'spaced-text' ? { columns: plan.columns } : null),
  },
  {
    type: 'windows-1252-encoding',
    title: 'The file is not in UTF-8',
    description: 'Its letters beyond plain ASCII are no sound UTF-8, so they were read as Windows-1252, the usual encoding of older spreadsheets.',
    template: 'The file and its {rows} rows are read as Windows-1252; look at one accented name to see that it is right.',
    severity: 'warning',
    find: ({ plan, survey }) => (plan.dialect.encoding === 'windows-1252' ? { rows: survey.soundRows } : null),
  },
  {
    type: 'garbled-characters',
    title: 'Some letters were garbled before the export',
    description: 'Sequences such as “Ã¤” come from text that was read in the wrong encoding and saved again. They are kept as they are.',
    template: '{rows} rows hold garbled letters, the first on line {line}.',
    severity: 'warning',
    find: ({ survey }) => sighted(survey.flaws.mojibake),
  },
  {
    type: 'lost-characters',
    title: 'Some letters were lost before the export',
    description: 'The replacement character stands where a program could not read a letter. The letter cannot be brought back.',
    template: '{rows} rows hold the replacement character, the first on line {line}.',
    severity: 'warning',
    // In a transcoded file the character is our own mark for bytes that mean nothing, and its rows are rejected.
    find: ({ plan, survey }) => (plan.dialect.encoding === 'utf-8' ? sighted(survey.flaws['replacement-character']) : null),
  },
  {
    type: 'stray-byte-order-mark',
    title: 'An invisible mark stands inside the text',
    description: 'A byte-order mark belongs at the very beginning of a file. Inside it comes from files put end to end, and makes an identifier differ unseen.',
    template: '{rows} rows hold a byte-order mark, the first on line {line}.',
    severity: 'warning',
    find: ({ survey }) => sighted(survey.flaws['byte-order-mark']),
  },
  {
    type: 'mixed-newlines',
    title: 'The lines end in different ways',
    description: 'Files put together from several exports end their lines differently. All were read as line ends.',
    template: '{lf} lines end in LF, {crlf} in CR LF and {cr} in CR.',
    severity: 'note',
    find: ({ survey }) => (Object.values(survey.newlines).filter((count) => count > 0).length < 2 ? null : { ...survey.newlines }),
  },
  {
    type: 'empty-header-names',
    title: 'A column has no name',
    description: 'A column without a name can only be mapped by its position.',
    template: 'Columns without a name: {columns}; the first is column {first}.',
    severity: 'note',
    find: ({ survey }) => {
      const empty = trimmed(survey).flatMap((name, index) => (name === '' ? [index + 1] : []));
      return empty[0] === undefined ? null : { columns: empty.length, first: empty[0] };
    },
  },
  {
    type: 'duplicate-header-names',
    title: 'Two columns have the same name',
    description: 'Columns of one name cannot be told apart by it.',
    // By position, not by name: in a file without a header the name would be somebody's data.
    template: 'Columns named like an earlier one: {columns}; the first is column {first}.',
    severity: 'warning',
    find: ({ survey }) => {
      const names = trimmed(survey);
      const again = names.flatMap((name, index) => (name !== '' && names.indexOf(name) !== index ? [index + 1] : []));
      return again[0] === undefined ? null : { columns: again.length, first: again[0] };
    },
  },
  {
    type: 'header-looks-like-data',
    title: 'The first row may be no header',
    description: 'Names of columns are seldom numbers or dates. If the file has no header, its first row was taken for one.',
    template: '{cells} of {columns} header cells look like a number or a date.',
    severity: 'warning',
    find: ({ survey }) => {
      const cells = survey.header.filter(looksLikeValue).length;
      return cells === 0 ? null : { cells, columns: survey.header.length };
    },
  },
  {
    type: 'no-rows',
    title: 'The file has no rows',
    description: 'Below its header there is no row that could be read.',
    template: 'Of {read} rows below the header none could be loaded.',
    severity: 'warning',
    find: ({ survey }) => (survey.soundRows > 0 ? null : { read: survey.rowsRead }),
  },
  {
    type: 'title-rows',
    title: 'A title stands above the table',
    description: 'Rows above the header are no data and were left out.',
    template: 'Title rows left out: {rows}; the header is on line {line}.',
    severity: 'note',
    find: skippedBy('title row', (survey) => ({ line: survey.headerLine })),
  },
  {
    type: 'rule-line',
    title: 'A line of dashes stands under the header',
    description: 'Query tools draw it. It is no data and was left out.',
    template: 'Lines of dashes left out: {rows}.',
    severity: 'note',
    find: skippedBy('rule line'),
  },
  {
    type: 'repeated-header',
    title: 'The header is repeated',
    description: 'Exports pasted together repeat it. The repeats were left out.',
    template: 'Repeated headers left out: {rows}.',
    severity: 'note',
    find: skippedBy('repeated header'),
  },
  {
    type: 'total-row',
    title: 'A total stands below the table',
    description: 'It sums up the rows above and would count everything twice, so it was left out.',
    template: 'Total rows left out: {rows}.',
    severity: 'warning',
    find: skippedBy('total row'),
  },
  {
    type: 'joined-rows',
    title: 'A lost quotation mark may have joined rows',
    description: 'Inside quotation marks line ends are data. Here each of those lines looks like a row of its own.',
    template: 'Rows that look like several joined into one: {rows}, the first on line {line}.',
    severity: 'warning',
    find: ({ survey }) => sighted(survey.joinedRows),
  },
  {
    type: 'delimiters-in-one-column',
    title: 'The only column holds delimiters',
    description: 'No delimiter splits the rows regularly, so the file is read as one column. Some of its cells hold a semicolon, tab or vertical bar.',
    template: '{rows} rows of a file of one column hold a delimiter, the first on line {line}.',
    severity: 'warning',
    find: ({ survey }) => sighted(survey.looseDelimiters),
  },
  {
    type: 'ambiguous-delimiter',
    title: 'Two delimiters fit',
    description: 'The rows can be split in two ways that are equally regular.',
    template: 'The file is read with the {delimiter} as delimiter.',
    severity: 'warning',
    find: ({ plan, isDelimiterAmbiguous }) => (isDelimiterAmbiguous ? { delimiter: delimiterNames[plan.dialect.delimiter] ?? '' } : null),
  },
];

/** @returns the issues of one file; its rejected rows are told elsewhere, each with its line. */
export function structureIssues(file: string, observed: Observed): StructureIssue[] {
  return checks.flatMap(({ find, ...issue }) => {
    const values = find(observed);
    return values === null ? [] : [{ ...issue, values, file }];
  });
}
