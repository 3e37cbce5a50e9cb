/** One finding as the report shows it. */

import type { EvidenceTable } from '../result/evidence.js';
import type { Finding, Measure, Money, Unlock } from '../result/schema.js';
import type { Unit } from '../result/units.js';
import { isEmptyChart } from './charts/is-empty.js';
import { evidenceFileName } from './evidence-csv.js';
import type { Format } from './format.js';
import { describeProblem, gradeWords, severityWords, sourceWords, statusWords } from './glossary.js';
import { causeStatement, isContestable } from './present-cause.js';
import { stabilitySentence, stabilityText, wordsOf } from './present-flips.js';
import { fillTemplate, unitOfThreshold } from './template.js';
import type { ColumnView, FindingView, StatementView, TableView } from './view.js';

/** A table of up to `whole` rows stands whole in a report; of a longer one its `first` rows, and the CSV file holds all. */
export interface ShownRows {
  readonly whole: number;
  readonly first: number;
}

const usualRows: ShownRows = { whole: 30, first: 20 };
const textUnits: ReadonlySet<Unit> = new Set<Unit>(['text', 'date']);

export const textColumn = (label: string): ColumnView => ({ label, unit: '', isNumeric: false });
export const numberColumn = (label: string): ColumnView => ({ label, unit: '', isNumeric: true });

/** Pairs of words that keep their hyphen. */
const compounds =
  /\b(non responder|opt out|acquisition only|short horizon|before after|off brand|tone deaf|after sales|sales cycle|single view|responders only)/g;

/** “contact after opt-out” for `contact-after-opt-out`. */
export function nameOf(id: string): string {
  return id.replaceAll('-', ' ').replace(compounds, (pair) => pair.replace(' ', '-'));
}

/** “Contact after opt-out”. */
function titleOf(id: string): string {
  return capitalise(nameOf(id));
}

/** An anchor that is safe in a link whatever the id holds. */
export function anchorOf(id: string): string {
  return `finding-${id.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase()}`;
}

/** “contacts: contacted at, channel” – a table and its columns. */
export function unlockColumns({ table, columns }: Unlock): string {
  return `${table}: ${columns.join(', ')}`;
}

/** The columns and what they add; the finding’s own question need not be said again. */
function unlockText(unlock: Unlock, question: string): string {
  return unlock.gain.includes(question) ? unlockColumns(unlock) : `${unlockColumns(unlock)} – ${unlock.gain}`;
}

/** “between GBP 900 and GBP 1,500”; empty when the amount has no interval. */
export function moneyRange(money: Money, format: Format): string {
  if (money.low === undefined || money.high === undefined) return '';
  return format.between(money.low, money.high, 'money', { magnitude: Math.abs(money.value) });
}

/** “GBP 1,200, between GBP 900 and GBP 1,500: yearly margin of …”. */
function moneyText(money: Money, format: Format): string {
  const parts = [format.value(money.value, 'money'), moneyRange(money, format)];
  return `${parts.filter((part) => part !== '').join(', ')}: ${money.meaning}`;
}

/** Full first sentence; a point inside a number, after “no” or “vs”, or before a small letter does not end it. */
function firstSentence(text: string): string {
  return text.match(/^[\s\S]*?(?<!\b(?:no|vs|cf|eq|approx))[.](?=\s+[A-Z“\d])/)?.[0] ?? text;
}

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Why figures are not known, each reason once. */
function reasonsOf(measures: readonly Measure[]): string[] {
  const labels = new Map<string, string[]>();
  for (const { label, why } of measures) if (why !== undefined) labels.set(why, [...(labels.get(why) ?? []), capitalise(label)]);
  return [...labels].map(([why, [first = '', ...others]]) => `${first}${others.length === 0 ? '' : `, and ${others.length} more`}: ${why}`);
}

function measuresTable(measures: readonly Measure[], format: Format): TableView | null {
  if (measures.length === 0) return null;
  const whys = reasonsOf(measures);
  const hasIntervals = measures.some(({ interval }) => interval !== undefined);
  return {
    caption: 'Figures',
    columns: [textColumn('Figure'), numberColumn('Value'), ...(hasIntervals ? [numberColumn('Interval')] : []), numberColumn('Rests on')],
    rows: measures.map((measure) => {
      const level = measure.interval === undefined ? '' : ` (${format.level(measure.interval.level)})`;
      const interval = hasIntervals ? [`${format.intervalCell(measure)}${level}`] : [];
      return [capitalise(measure.label), format.measure(measure), ...interval, format.basis(measure)];
    }),
    note: whys.length === 0 ? null : whys.join(' '),
  };
}

/** Heads of `thresholdRows`. */
export const thresholdColumns: readonly ColumnView[] = ['Level of', 'Levels', 'Source', 'Would another level change the verdict?'].map(textColumn);

/** One row a threshold: its levels, where they come from, and whether the verdict hangs on them. */
export function thresholdRows(finding: Finding, format: Format): string[][] {
  return finding.thresholds.map((threshold) => {
    const unit = unitOfThreshold(threshold, finding.measures);
    const levels = Object.entries(threshold.levels).map(([level, value]) => `${wordsOf(level)} ${format.value(value, unit, { isExact: true })}`);
    const citation = threshold.source.citation === undefined ? '' : ` Source: ${threshold.source.citation}`;
    const name = finding.measures.find((measure) => measure.id === threshold.id)?.label ?? wordsOf(threshold.id);
    const origin = threshold.isOverridden ? 'Set by you, in place of: ' : '';
    const source = `${origin}${sourceWords[threshold.source.kind]}. ${threshold.source.note}${citation}`;
    return [capitalise(name), levels.join('; '), source, stabilityText(finding, threshold, format)];
  });
}

/** @param fileName of the table at full precision. */
export function evidenceView(table: EvidenceTable, fileName: string, format: Format, shown: ShownRows = usualRows): TableView {
  const magnitudes = table.columns.map((_column, index) =>
    Math.max(0, ...table.rows.map((row) => (typeof row[index] === 'number' ? Math.abs(row[index]) : 0))),
  );
  const isWhole = table.rows.length <= shown.whole;
  const cut = isWhole ? '' : `The first ${shown.first} of ${format.value(table.rows.length, 'count')} rows; all of them are in evidence/${fileName}.`;
  const note = [table.note ?? '', cut].filter((part) => part !== '').join(' ');
  return {
    caption: table.title,
    columns: table.columns.map(({ label, unit }) => ({ label, unit: format.unitNote(unit), isNumeric: !textUnits.has(unit) })),
    rows: table.rows
      .slice(0, isWhole ? shown.whole : shown.first)
      .map((row) => table.columns.map(({ unit }, index) => format.cell(row[index] ?? null, unit, columnMagnitude(row[index], unit, magnitudes[index] ?? 0)))),
    note: note === '' ? null : note,
  };
}

/** Cells of one column share their decimals, but a small share keeps its own, or it would read as nothing. */
function columnMagnitude(cell: unknown, unit: Unit, largest: number): number {
  return unit === 'share' && typeof cell === 'number' && Math.abs(cell) < 0.0005 ? Math.abs(cell) : largest;
}

function statementsOf(finding: Finding, fill: (template: string) => string): StatementView[] {
  if (finding.explanation === null) return [];
  const { condition, criterion, consequence, action, wouldChangeOurMind } = finding.explanation;
  const cause = causeStatement(finding, fill);
  return [
    { label: 'What we found', text: fill(condition) },
    { label: 'Measured against', text: fill(criterion) },
    { label: 'What it means', text: fill(consequence) },
    ...(cause === null ? [] : [cause]),
    { label: 'What to do', text: fill(action) },
    { label: 'What would change our mind', text: fill(wouldChangeOurMind) },
  ];
}

/** @throws Error when a sentence of the finding has a placeholder that nothing answers. */
export function presentFinding(finding: Finding, format: Format): FindingView {
  const fill = (template: string): string => fillTemplate(template, finding, format);
  const statements = statementsOf(finding, fill);
  const thresholds = thresholdRows(finding, format);
  return {
    anchor: anchorOf(finding.id),
    id: finding.id,
    name: titleOf(finding.id),
    category: titleOf(finding.category),
    problem: describeProblem(finding.problem),
    question: finding.question,
    why: finding.why,
    status: finding.status,
    statusLabel: statusWords[finding.status].label,
    severity: finding.severity,
    severityLabel: finding.severity === 'none' ? '' : severityWords[finding.severity],
    grade: finding.evidenceGrade === null ? null : { code: finding.evidenceGrade, ...gradeWords[finding.evidenceGrade] },
    headline: finding.explanation === null ? (finding.reason ?? statusWords[finding.status].gloss) : firstSentence(fill(finding.explanation.condition)),
    statements,
    money: finding.money === null ? null : moneyText(finding.money, format),
    members: finding.members === null ? null : `${format.value(finding.members.value, 'count')} ${finding.members.meaning}`,
    measures: measuresTable(finding.measures, format),
    thresholds:
      thresholds.length === 0
        ? null
        : {
            caption: 'Levels and where they come from',
            columns: thresholdColumns,
            rows: thresholds,
            note: null,
          },
    charts: finding.charts.filter((chart) => !isEmptyChart(chart)).map((chart) => ({ ...chart, description: fill(chart.description) })),
    evidence: finding.evidence.map((table) => {
      const fileName = evidenceFileName(finding, table);
      return { table: evidenceView(table, fileName, format), fileName };
    }),
    caveats: finding.caveats.map(fill),
    rivals: finding.rivals.map(({ explanation, check, open }) => ({ explanation: fill(explanation), check: fill(check), open: fill(open) })),
    isContestable: isContestable(finding),
    flips: stabilitySentence(finding, format),
    unlocks: [...new Set(finding.unlocks.map((unlock) => unlockText(unlock, finding.question)))],
  };
}
