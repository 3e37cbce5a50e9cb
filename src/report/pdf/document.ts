/** What the PDF prints, as plain data: the view model with the few things that a page of paper needs. */
import { focusLevel } from '../../result/schema.js';
import type { Branding } from '../branding.js';
import { bannerHeading, sinceHeading } from '../compare/since.js';
import { withoutControls } from '../inert.js';
import { printedCharts, printedEvidence, printedMeasures, printedStatements } from '../paper.js';
import { capitalise } from '../present-finding.js';
import type { FindingView, Linked, ReportView, StatementView, TableView } from '../view.js';
import { breakable, type GroupedData, groupedByFirst, groupedData, type TableData, tableData } from './tables.js';

const houseAccent = '#0d4f63';

/** A chart as it is laid out: where its file stands, and whether it fits one of two columns. */
export interface LaidChart {
  readonly path: string;
  readonly isNarrow: boolean;
  readonly note: string;
}

/** @returns null for a chart that is not laid out. */
type ChartPlace = (anchor: string, chartId: string) => LaidChart | null;

const plainText = (parts: Linked): string => parts.map(({ text }) => text).join('');

const tableOrNull = <Data>(table: TableView | null, data: (table: TableView) => Data): Data | null => (table === null ? null : data(table));

interface FigureData {
  readonly label: string;
  readonly value: string;
  readonly interval: string;
  readonly n: string;
}

/** Three columns fit where four would not: the interval stands below its value. */
function figuresData(table: TableView): { readonly rows: readonly FigureData[]; readonly note: string | null } {
  const place = (label: string): number => table.columns.findIndex((column) => column.label === label);
  const [value, interval, n] = [place('Value'), place('Interval'), place('Rests on')];
  return {
    rows: table.rows.map((row) => ({ label: row[0] ?? '', value: row[value] ?? '', interval: row[interval] ?? '', n: row[n] ?? '' })),
    note: table.note,
  };
}

/** A table that needs the long side of the page, and stands with its like at the end. */
interface WideTable extends TableData {
  readonly anchor: string;
  /** Anchor of the finding that it belongs to. */
  readonly finding: string;
  readonly question: string;
}

interface Sheets {
  readonly upright: readonly TableData[];
  readonly wide: readonly WideTable[];
}

/** @param from tells the tables of an exhibit from those of its finding. */
function sheetsOf(tables: readonly TableView[], { anchor, question }: { readonly anchor: string; readonly question: string }, from: string): Sheets {
  const sheets = tables.map(tableData);
  return {
    upright: sheets.filter(({ span }) => span !== 'wide'),
    wide: sheets.filter(({ span }) => span === 'wide').map((sheet, index) => ({ ...sheet, anchor: `${from}-${anchor}-${index}`, finding: anchor, question })),
  };
}

function findingData(finding: FindingView, chartOf: ChartPlace, shown: ReadonlySet<string>) {
  const { anchor, status, statusLabel, severityLabel, question, why, headline, caveats, unlocks, rivals, flips, category, name } = finding;
  const printed = printedEvidence(finding);
  const onlyFiles = finding.evidence.filter(({ fileName }) => !printed.some((each) => each.fileName === fileName));
  const about: StatementView[] = [
    ...(finding.grade === null ? [] : [{ label: 'Evidence', text: `${finding.grade.code}, ${finding.grade.label.toLowerCase()}` }]),
    ...(finding.money === null ? [] : [{ label: 'Money', text: finding.money }]),
    ...(finding.members === null ? [] : [{ label: 'Members', text: finding.members }]),
    ...(status === 'healthy' ? [] : [{ label: 'Looked for', text: finding.problem }]),
    ...(onlyFiles.length === 0 ? [] : [{ label: 'Tables', text: breakable(onlyFiles.map(({ fileName }) => `evidence/${fileName}`).join(', ')) }]),
  ];
  const charts = printedCharts(finding).flatMap(({ id, title, description }) => {
    const laid = chartOf(anchor, id);
    return laid === null || shown.has(`${anchor} ${id}`) ? [] : [{ title, description, ...laid }];
  });
  const sheets = sheetsOf(
    printed.filter(({ fileName }) => !shown.has(fileName)).map(({ table }) => table),
    finding,
    'table',
  );
  return {
    anchor,
    status,
    statusLabel,
    severityLabel,
    question,
    why,
    headline,
    statements: printedStatements(finding),
    caveats,
    unlocks: status === 'healthy' ? [] : unlocks,
    rivals,
    flips,
    about,
    place: `${category} / ${name}`,
    charts,
    isChallenged: finding.isContestable,
    isExhibited: finding.charts.some(({ id }) => shown.has(`${anchor} ${id}`)),
    figures: tableOrNull(printedMeasures(finding), figuresData),
    evidence: sheets.upright,
    wide: sheets.wide,
  };
}

/** What a question without an answer lacks, and where the little that was measured stands. */
function unansweredData(view: ReportView): unknown {
  const columns = ['Question', 'What it lacks'].map((label) => ({ label, unit: '', isNumeric: false }));
  return groupedData(
    { caption: '', columns, note: null },
    view.unansweredGroups.map(({ title, questions }) => ({
      title,
      rows: questions.map(({ finding: { question, evidence }, lack }) => [
        question,
        [lack, ...evidence.map(({ fileName }) => `What was measured is in evidence/${fileName}.`)].join(' '),
      ]),
    })),
  );
}

/** Groups in two halves of about the same length, which stand beside each other. */
function halves<Group extends { readonly rows: readonly unknown[] }>(groups: readonly Group[], linesBesides: number): Group[][] {
  const lines = groups.map(({ rows }) => rows.length + linesBesides);
  const upTo = (index: number): number => lines.slice(0, index + 1).reduce((sum, count) => sum + count, 0);
  const middle = lines.findIndex((_count, index) => 2 * upTo(index) >= upTo(lines.length)) + 1;
  return [groups.slice(0, middle), groups.slice(middle)].filter((half) => half.length > 0);
}

/** How each file was read; the page says as well why a column was taken for what it is. */
function filesData({ inputDetails }: ReportView): GroupedData[] {
  const [first] = inputDetails;
  if (first === undefined) return [];
  const shown = first.columns.columns.slice(0, -1);
  const groups = inputDetails.map(({ file, facts, columns }) => ({
    title: file,
    about: facts.map(({ label, text }) => `${label}: ${text.replace(/\.$/, '')}.`).join(' '),
    rows: columns.rows.map((row) => row.slice(0, shown.length)),
  }));
  return halves(groups, 8).map((half) => groupedData({ caption: 'How each file was read', columns: shown, note: null }, half));
}

function columnsData({ tableDetails }: ReportView): GroupedData[] {
  const groups = tableDetails.map(({ caption, rows }) => ({ title: caption, rows }));
  const columns = tableDetails[0]?.columns ?? [];
  return halves(groups, 1).map((half) => groupedData({ caption: 'What the columns of these tables hold', columns, note: null }, half));
}

/** Question, level, levels, source and whether the verdict hangs on it, in two columns that fit half a page. */
function thresholdsData({ caption, rows, note }: TableView): unknown {
  const columns = ['Level', 'Source (would another level change the verdict?)'].map((label) => ({ label, unit: '', isNumeric: false }));
  const table = groupedByFirst({
    caption,
    columns: [{ label: '', unit: '', isNumeric: false }, ...columns],
    rows: rows.map(([question = '', name = '', levels = '', source = '', flips = '']) => [question, `${name}: ${levels}`, `${source} (${flips})`]),
    note,
  });
  return { ...table, columns: table.columns.map((column, index) => ({ ...column, weight: index + 1 })) };
}

/**
 * @param whole the same report with its tables uncut: the exhibits are printed from it.
 * @param chartOf where the picture of a chart stands.
 * @param logoPath null without a logo.
 * @returns what `template` reads, as JSON.
 */
export function documentData(view: ReportView, whole: ReportView, branding: Branding, chartOf: ChartPlace, logoPath: string | null): string {
  const { opinion } = view;
  const exhibits = whole.exhibits.flatMap((exhibit) => {
    const { anchor, question, chart, table } = exhibit;
    const laid = chartOf(anchor, chart.id);
    const sheets = sheetsOf(table === null ? [] : [table], exhibit, 'exhibit');
    return laid === null ? [] : [{ anchor, question, chart: { title: chart.title, description: chart.description, ...laid }, ...sheets }];
  });
  /** Charts and tables that stand among the exhibits and need not stand again in their finding. */
  const shown = new Set(
    whole.exhibits.flatMap(({ anchor, chart, table }) => {
      const own = whole.findings.find((finding) => finding.anchor === anchor)?.evidence.filter((evidence) => evidence.table === table) ?? [];
      return [`${anchor} ${chart.id}`, ...own.map(({ fileName }) => fileName)];
    }),
  );
  const findings = view.findings.map((finding) => findingData(finding, chartOf, shown));
  const data = {
    title: view.title,
    tool: view.tool,
    client: branding.client ?? '',
    authors: branding.author === null ? [] : [branding.author],
    accent: branding.accent ?? houseAccent,
    logo: logoPath,
    question: view.question,
    subject: view.subject,
    levels: focusLevel.options,
    opinion: { ...opinion, paragraphs: opinion.paragraphs.map(plainText) },
    profile: view.profile,
    actions: view.actions,
    stakes: view.stakes.map(({ anchor, amount, meaning, range, multiple, question }) => ({
      anchor,
      amount,
      meaning: capitalise(meaning),
      note: [range, multiple, question].filter((part) => part !== '').join('; '),
    })),
    since: view.since === null ? null : { ...view.since, heading: sinceHeading, banner: bannerHeading, lines: view.since.lines.map(plainText) },
    exhibits,
    findings,
    wide: [...exhibits, ...findings].flatMap(({ wide }) => wide),
    unanswered: view.unanswered.length === 0 ? null : unansweredData(view),
    challenged: view.challenged.map(({ anchor, question, rivals, flips }) => ({ anchor, question, rivals, flips })),
    coverage: view.coverage.sentences,
    upgrades: tableOrNull(view.upgrades, tableData),
    dataQuality: view.dataQuality,
    inputs: tableData(view.inputs),
    files: filesData(view),
    tables: tableData(view.tables),
    columns: columnsData(view),
    method: [view.statuses, view.grades, view.levels, view.terms].map(tableData),
    thresholds: thresholdsData(view.thresholds),
  };
  return JSON.stringify(data, (_key, value: unknown) => (typeof value === 'string' ? withoutControls(value) : value));
}
