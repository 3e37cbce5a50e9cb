/** Inputs, control totals, tables and method as the report shows them. */
import type { DataQualityIssue, Finding, Input, Result, TableSummary } from '../result/schema.js';
import type { Branding } from './branding.js';
import { type Format, notKnown } from './format.js';
import { gradeWords, levelWords, statisticalTerms, statusWords } from './glossary.js';
import { nameOf, numberColumn, textColumn, thresholdColumns, thresholdRows } from './present-finding.js';
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
  if (sum !== null) return `${header}: sum ${format.plain(sum, 2)} in ${rows}`;
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

/** “A random holdout in the next campaign of that kind: 1,200 members, which foregoes 3,400 if it works”. */
function holdoutText({ members, foregone }: NonNullable<Result['upgrades'][number]['holdout']>, format: Format): string {
  const size =
    members === null
      ? ', as large as the finding on absent holdouts says'
      : ` of ${format.value(members, 'count')} members of the largest campaign without one`;
  const cost =
    foregone === null ? '' : `; it foregoes ${format.value(foregone, 'money')} if the campaign brings a fifth more, and saves its cost if it brings nothing`;
  return `assignments: a random holdout in the next campaigns${size}, and a list of who was left out${cost}`;
}

/** Steps in order; null when every column that an audit could use is there. */
export function upgradesTable(upgrades: Result['upgrades'], format: Format): TableView | null {
  if (upgrades.length === 0) return null;
  const hasRaises = upgrades.some(({ raises }) => raises.length > 0);
  return {
    caption: 'What to add next, the most telling step first; each builds on those before it',
    columns: [textColumn('Add'), textColumn('Questions that get an answer'), ...(hasRaises ? [textColumn('Findings that could be proved better')] : [])],
    rows: upgrades.map(({ table, columns, answers, raises, holdout }) => [
      holdout === undefined ? `${table}: ${columns.join(', ')}` : holdoutText(holdout, format),
      answers.map(nameOf).join(', ') || 'none yet',
      ...(hasRaises ? [raises.map(({ audit, grade, mayReach }) => `${nameOf(audit)} (${grade} to ${mayReach})`).join(', ') || 'none'] : []),
    ]),
    note: hasRaises
      ? 'A grade is what the columns make possible; the data then decide whether it is reached. Without a random holdout no finding about what campaigns do can be better than E2.'
      : null,
  };
}

export function allThresholds(findings: readonly Finding[], format: Format): TableView {
  return {
    caption: 'Every level used, and where it comes from',
    columns: [textColumn('Question'), ...thresholdColumns],
    rows: findings.flatMap((finding) => thresholdRows(finding, format).map((row) => [nameOf(finding.id), ...row])),
    note:
      'A house rule is our own judgement, because no study, vendor or regulator sets a level. Every level can be changed in the mapping file. ' +
      'The last column judges again with one level moved to either end of what could be defended: half to one and a half times a convention (of a share above one half, as far to either side as half of what is left to the whole), unless the question’s page says otherwise. “Not moved”: the level comes from a study, a rule or arithmetic, or it shapes the measurement itself.',
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

/** For whom and by whom. */
export function describeEngagement({ client, engagement, author }: Branding): ReportView['subject'] {
  const facts = { Client: client, Engagement: engagement, Author: author };
  return Object.entries(facts).flatMap(([label, text]) => (text === null ? [] : [{ label, text }]));
}

/** Day, window, value and currency: what the numbers speak of. */
export function describeSubject(result: Result, basis: string, stated: string | null): ReportView['subject'] {
  const { window, asOf, asOfReason, currency } = result;
  return [
    { label: 'As of', text: asOf === null ? `${notKnown}: ${asOfReason}` : `${asOf}. ${asOfReason}` },
    {
      label: 'Window',
      text: window === null ? notKnown : `${window.from} to ${window.to}, ${window.days} ${window.days === 1 ? 'day' : 'days'}. ${window.reason}`,
    },
    { label: 'Value', text: basis },
    {
      label: 'Currency',
      text: currency ?? (stated === null ? 'The files name none; money is written without a code.' : `${stated}, as stated; the files name none.`),
    },
  ];
}
