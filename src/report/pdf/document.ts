/** What the PDF prints, as plain data: the view model with the few things that a page of paper needs. */
import { focusLevel } from '../../result/schema.js';
import type { Branding } from '../branding.js';
import { withoutControls } from '../inert.js';
import type { ColumnView, FindingView, ReportView, StatementView, TableView } from '../view.js';

const houseAccent = '#0d4f63';
/** Cells as wide as this many letters get a full share of a page; wider ones wrap. */
const widest = 44;
const narrowest = 7;
/** Letters that fit across an upright page in the smallest type. */
const uprightLetters = 128;
/** A word without a break is cut at so many letters, or it would run out of its column. */
const longestWord = 14;

interface TableData {
  readonly caption: string;
  readonly columns: readonly (ColumnView & { readonly weight: number })[];
  readonly rows: readonly (readonly string[])[];
  readonly note: string | null;
  /** Needs the long side of the page. */
  readonly isWide: boolean;
}

const zeroWidthSpace = '\u200b';

/** Places where a long word may be broken. */
function breakable(text: string): string {
  return text.replace(new RegExp(`[^\\s${zeroWidthSpace}]{${longestWord},}`, 'gu'), (word) =>
    word.replace(/([_/.,:;=@-])(?=.)/g, `$1${zeroWidthSpace}`).replace(new RegExp(`([^${zeroWidthSpace}]{${longestWord}})(?=.)`, 'gu'), `$1${zeroWidthSpace}`),
  );
}

export function tableData({ caption, columns, rows, note }: TableView): TableData {
  const weightOf = (index: number, { label, isNumeric }: ColumnView): number => {
    const cells = rows.map((row) => (row[index] ?? '').length);
    const longest = Math.max(0, ...cells);
    const typical = cells.reduce((sum, length) => sum + length, 0) / Math.max(1, cells.length);
    const words = Math.max(0, ...label.split(' ').map((word) => word.length));
    return Math.min(widest, Math.max(narrowest, words + 1, isNumeric ? longest + 1 : (longest + 2 * typical) / 3));
  };
  const weighed = columns.map((column, index) => ({ ...column, weight: weightOf(index, column) }));
  return {
    caption,
    columns: weighed,
    isWide: weighed.reduce((sum, { weight }) => sum + weight, 0) > uprightLetters,
    rows: rows.map((row) => row.map(breakable)),
    note,
  };
}

const tableOrNull = (table: TableView | null): TableData | null => (table === null ? null : tableData(table));

function findingData(finding: FindingView, chartPath: (finding: FindingView, index: number) => string): Record<string, unknown> {
  const { status, statusLabel, severityLabel, question, why, headline, statements, caveats, unlocks, rivals, flips, category, name } = finding;
  const about: StatementView[] = [
    ...(finding.grade === null ? [] : [{ label: 'Evidence', text: `${finding.grade.code}, ${finding.grade.label.toLowerCase()}. ${finding.grade.gloss}` }]),
    ...(finding.money === null ? [] : [{ label: 'Money', text: finding.money }]),
    ...(finding.members === null ? [] : [{ label: 'Members', text: finding.members }]),
    { label: 'Problem', text: finding.problem },
  ];
  return {
    status,
    statusLabel,
    severityLabel,
    question,
    why,
    headline,
    statements,
    caveats,
    unlocks,
    rivals,
    flips,
    about,
    place: `${category} / ${name}`,
    charts: finding.charts.map(({ title, description }, index) => ({ title, description, path: chartPath(finding, index) })),
    measures: tableOrNull(finding.measures),
    thresholds: tableOrNull(finding.thresholds),
    evidence: finding.evidence.map(({ table }) => tableData(table)),
  };
}

/** @param chartPath where the picture of a chart stands. @param logoPath null without a logo. @returns what `template` reads, as JSON. */
export function documentData(
  view: ReportView,
  branding: Branding,
  chartPath: (finding: FindingView, index: number) => string,
  logoPath: string | null,
): string {
  const { opinion } = view;
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
    opinion: { ...opinion, paragraphs: opinion.paragraphs.map((parts) => parts.map(({ text }) => text).join('')) },
    profile: view.profile,
    actions: view.actions,
    stakes: view.stakes.map(({ amount, meaning, range, multiple, question }) => ({
      amount,
      meaning,
      note: [range, multiple, question].filter((part) => part !== '').join('; '),
    })),
    findings: view.findings.map((finding) => findingData(finding, chartPath)),
    unanswered: view.unanswered.map((finding) => findingData(finding, chartPath)),
    challenged: view.challenged.map(({ question, rivals, flips }) => ({ question, rivals, flips })),
    coverage: view.coverage.sentences,
    upgrades: tableOrNull(view.upgrades),
    dataQuality: view.dataQuality,
    inputs: tableData(view.inputs),
    inputDetails: view.inputDetails.map(({ file, facts, columns }) => ({ file, facts, columns: tableData(columns) })),
    tables: tableData(view.tables),
    tableDetails: view.tableDetails.map(tableData),
    method: [view.statuses, view.grades, view.levels, view.terms, view.thresholds].map(tableData),
  };
  return JSON.stringify(data, (_key, value: unknown) => (typeof value === 'string' ? withoutControls(value) : value));
}
