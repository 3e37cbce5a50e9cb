/** Inputs, control totals, tables and method as the report shows them. */
import type { DataQualityIssue, Finding, Input, Result, TableSummary } from '../result/schema.js';
import { type Format, groupThousands, notKnown } from './format.js';
import { gradeWords, levelWords, statisticalTerms, statusWords } from './glossary.js';
import { nameOf, numberColumn, textColumn, thresholdRows } from './present-finding.js';
import { replacePlaceholders } from './template.js';
import type { ReportView, TableView } from './view.js';

const skippedRows = (input: Input): number => input.rowsSkipped.reduce((sum, { rows }) => sum + rows, 0);

/** “yes”, or by how many rows the totals are out. */
function addsUp(input: Input, format: Format): string {
  const missing = input.rowsRead - input.rowsLoaded - input.rowsQuarantined - skippedRows(input);
  return missing === 0 ? 'yes' : `no, out by ${format.value(missing, 'count')}`;
}

export function inputsTable(inputs: readonly Input[], format: Format): TableView {
  const count = (value: number): string => format.value(value, 'count');
  return {
    caption: 'Files and control totals: rows read = loaded + quarantined + skipped',
    columns: [
      textColumn('File'),
      textColumn('Taken as'),
      numberColumn('Rows read'),
      numberColumn('Loaded'),
      numberColumn('Quarantined'),
      numberColumn('Skipped'),
      textColumn('Adds up'),
    ],
    rows: inputs.map((input) => [
      input.file,
      input.roles.join(', ') || 'not used',
      count(input.rowsRead),
      count(input.rowsLoaded),
      count(input.rowsQuarantined),
      count(skippedRows(input)),
      addsUp(input, format),
    ]),
    note: null,
  };
}

/** A delimiter or line end by its name: a bare tab would be invisible. */
function characterName(text: string): string {
  const names: Readonly<Record<string, string>> = { '\t': 'tab', '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR', ' ': 'space', '': 'none' };
  return names[text] ?? `“${text}”`;
}

type ControlTotal = NonNullable<Input['totals']>[number];

/** A sum or a span of days over the loaded rows, under the header that the source system knows. */
function totalText({ header, filled, sum, first, last }: ControlTotal, format: Format): string {
  const rows = `${format.value(filled, 'count')} ${filled === 1 ? 'row' : 'rows'}`;
  if (sum !== null) return `${header}: sum ${groupThousands(sum, 2)} in ${rows}`;
  if (first !== null && last !== null) return `${header}: ${first} to ${last} in ${rows}`;
  return filled === 0 ? `${header}: empty` : `${header}: filled in ${rows}, too few to show more`;
}

export function inputDetail(input: Input, format: Format): ReportView['inputDetails'][number] {
  const { encoding, hasByteOrderMark, delimiter, newline, quote } = input.dialect;
  const skipped = input.rowsSkipped.map(({ rule, rows }) => `${rule}: ${format.value(rows, 'count')}`);
  return {
    file: input.file,
    facts: [
      { label: 'Taken as', text: `${input.roles.join(', ') || 'not used'}. ${input.roleReason}` },
      { label: 'Size', text: `${format.value(input.bytes, 'count')} bytes` },
      { label: 'SHA-256', text: input.sha256 },
      {
        label: 'Written as',
        text: `${encoding}${hasByteOrderMark ? ' with byte-order mark' : ''}; delimiter ${characterName(delimiter)}; line end ${characterName(newline)}; quote ${characterName(quote)}`,
      },
      { label: 'Skipped rows', text: skipped.length === 0 ? 'none' : skipped.join('; ') },
      { label: 'Control totals', text: (input.totals ?? []).map((total) => totalText(total, format)).join('; ') || 'no amounts or dates are read' },
    ],
    columns: {
      caption: `Columns of ${input.file}`,
      columns: [textColumn('Column'), textColumn('Read as'), numberColumn('Confidence'), textColumn('Why')],
      rows: input.columns.map(({ header, mappedTo, confidence, reason }) => [
        header,
        mappedTo.length === 0 ? 'not used' : mappedTo.map((column) => column.replace('.', ': ')).join(', '),
        confidence === null ? '' : format.value(confidence, 'share'),
        reason,
      ]),
      note: null,
    },
  };
}

export function tablesOverview(tables: readonly TableSummary[], format: Format): TableView {
  return {
    caption: 'Tables made from the files',
    columns: [textColumn('Table'), numberColumn('Rows'), numberColumn('Members'), numberColumn('Columns filled')],
    rows: tables.map(({ table, rows, members, columns }) => [
      table,
      format.value(rows, 'count'),
      members === null ? '' : format.value(members, 'count'),
      format.value(columns.filter(({ filled }) => filled > 0).length, 'count'),
    ]),
    note: null,
  };
}

export function tableDetail({ table, columns }: TableSummary, format: Format): TableView {
  return {
    caption: `Columns of ${table}`,
    columns: [textColumn('Column'), numberColumn('Filled'), numberColumn('Share filled'), numberColumn('Sum'), textColumn('Values')],
    rows: columns
      .filter(({ filled }) => filled > 0)
      .map(({ column, filled, coverage, sum, first, last, levels }) => {
        const range = first === null || last === null ? '' : `${first} to ${last}`;
        const listed = levels === null ? range : levels.map(({ value, rows }) => `${value} (${format.value(rows, 'count')})`).join('; ');
        return [column, format.value(filled, 'count'), format.value(coverage, 'share'), sum === null ? '' : format.value(sum, 'number'), listed];
      }),
    note: null,
  };
}

/** @throws Error when the sentence has a placeholder without a value. */
export function presentIssue(issue: DataQualityIssue, format: Format): ReportView['dataQuality'][number] {
  const words = { error: 'Error', warning: 'Warning', note: 'Note' } as const;
  const sentence = replacePlaceholders(issue.template, (name) => {
    const value = issue.values[name];
    if (value === undefined) throw new Error(`The issue ${issue.type} has no value for the placeholder {${name}}.`);
    return typeof value === 'number' ? format.value(value, 'number') : value;
  });
  return { severity: words[issue.severity], title: issue.title, sentence, description: issue.description, file: issue.file ?? '' };
}

export function allThresholds(findings: readonly Finding[], format: Format): TableView {
  return {
    caption: 'Every level used, and where it comes from',
    columns: [textColumn('Question'), textColumn('Level of'), textColumn('Levels'), textColumn('Source')],
    rows: findings.flatMap((finding) => thresholdRows(finding, format).map((row) => [nameOf(finding.id), ...row])),
    note: 'A house rule is our own judgement, because no study, vendor or regulator sets a level. Every level can be changed in the mapping file.',
  };
}

const twoColumns = (caption: string, first: string, rows: readonly (readonly [string, string])[]): TableView => ({
  caption,
  columns: [textColumn(first), textColumn('Meaning')],
  rows,
  note: null,
});

export function glossaryTables(): Pick<ReportView, 'grades' | 'statuses' | 'levels' | 'terms'> {
  return {
    grades: twoColumns(
      'Evidence grades',
      'Grade',
      Object.entries(gradeWords).map(([code, { label, gloss }]) => [`${code} ${label}`, gloss]),
    ),
    statuses: twoColumns(
      'Results of a question',
      'Result',
      Object.values(statusWords).map(({ label, gloss }) => [label, gloss]),
    ),
    levels: twoColumns('Levels of the profile', 'Level', Object.entries(levelWords)),
    terms: twoColumns(
      'Words of statistics',
      'Word',
      statisticalTerms.map(({ term, meaning }) => [term, meaning]),
    ),
  };
}

/** Day, window, value and currency: what the numbers speak of. */
export function describeSubject(result: Result, basis: string): ReportView['subject'] {
  const { window, asOf, asOfReason, currency } = result;
  return [
    { label: 'As of', text: asOf === null ? `${notKnown}: ${asOfReason}` : `${asOf}. ${asOfReason}` },
    {
      label: 'Window',
      text: window === null ? notKnown : `${window.from} to ${window.to}, ${window.days} ${window.days === 1 ? 'day' : 'days'}. ${window.reason}`,
    },
    { label: 'Value', text: basis },
    { label: 'Currency', text: currency ?? 'The files name none; money is written without a code.' },
  ];
}
