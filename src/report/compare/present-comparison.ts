/** Comparison → view: order, words and every number as text. */
import type { Finding, Result } from '../../result/schema.js';
import { type Branding, plainBranding } from '../branding.js';
import type { Format } from '../format.js';
import { gradeWords } from '../glossary.js';
import { isAnswered } from '../order.js';
import { formatOf, present } from '../present.js';
import { describeEngagement } from '../present-appendix.js';
import { anchorOf, capitalise, moneyRange, nameOf, numberColumn, textColumn } from '../present-finding.js';
import type { FindingView, ReportView, StatementView, TableView, ThemeView } from '../view.js';
import type { Comparison, Direction, FindingChange, ThemeChange } from './compare.js';
import type { Movement } from './movements.js';
import type { ChangeView, ComparisonView, DirectionView, FigureView, MovedView, ThemeChangeView, VerdictView } from './view.js';
import {
  backedText,
  backingText,
  cautionView,
  changeTexts,
  counted,
  directionWords,
  figuresText,
  generalText,
  movementText,
  skippedTexts,
  verdictText,
} from './words.js';

interface Side {
  readonly result: Result;
  readonly view: ReportView;
  readonly format: Format;
}

const findingOf = ({ view }: Side, id: string): FindingView | undefined => [...view.findings, ...view.unanswered].find((finding) => finding.id === id);

function verdictView(finding: FindingView | undefined): VerdictView | null {
  if (finding === undefined) return null;
  const { status, statusLabel, severity, severityLabel } = finding;
  return { status, statusLabel, severity, severityLabel };
}

function amountText(money: NonNullable<Finding['money']>, format: Format): string {
  const range = moneyRange(money, format);
  return `${format.value(money.value, 'money')}${range === '' ? '' : ` (${range})`}`;
}

/** “Money at stake: from GBP 900 (between …) to GBP 700.” Empty where neither side names any, or the currency is another. */
function moneyText({ before, after }: FindingChange, from: Side, to: Side): string {
  const [earlier, later] = [before?.money ?? null, after?.money ?? null];
  if (from.result.currency !== to.result.currency || (earlier === null && later === null)) return '';
  if (earlier === null) return later === null ? '' : `Money at stake: ${amountText(later, to.format)}; before, none was named.`;
  if (later === null) return `Money at stake before: ${amountText(earlier, from.format)}; none is named now.`;
  return `Money at stake: from ${amountText(earlier, from.format)} to ${amountText(later, to.format)}.`;
}

const figuresAnchor = (id: string): string => anchorOf(id).replace(/^finding/, 'figures');

function changeView(change: FindingChange, from: Side, to: Side): ChangeView {
  const [before, after] = [findingOf(from, change.id), findingOf(to, change.id)];
  const hasMoved = change.movements.some(({ isBeyondChance }) => isBeyondChance);
  return {
    anchor: anchorOf(change.id),
    name: nameOf(change.id),
    question: change.question,
    before: verdictView(before),
    after: verdictView(after),
    text: `${verdictText(change.before)} → ${verdictText(change.after)}`,
    afterText: verdictText(change.after),
    headline: (after ?? before)?.headline ?? '',
    money: moneyText(change, from, to),
    backing: change.direction === 'better' || change.direction === 'worse' || hasMoved ? backingText(change.movements) : '',
    figures: hasMoved ? figuresAnchor(change.id) : null,
  };
}

/** A verdict can cross a level by chance: what is said of its direction says whether a figure moved. */
function withBacking(direction: Direction, meaning: string, changes: readonly FindingChange[]): string {
  return direction === 'better' || direction === 'worse' ? `${meaning.replace(/\.$/, '')}; ${backedText(changes)}.` : meaning;
}

function directionsOf({ changes }: Comparison, from: Side, to: Side): DirectionView[] {
  return directionWords.flatMap(({ direction, label, meaning }) => {
    const own = changes.filter((change) => change.direction === direction);
    return own.length === 0
      ? []
      : [{ direction, label, meaning: withBacking(direction, meaning, own), changes: own.map((change) => changeView(change, from, to)) }];
  });
}

function figureView(movement: Movement, from: Side, to: Side): FigureView[] {
  const { label, before, after, change } = movement;
  if (before.value === null || after.value === null || before.interval === undefined || after.interval === undefined) return [];
  const texts = changeTexts(movement, to.format);
  const start = before.value;
  return [
    {
      label: capitalise(label),
      level: `${to.format.level(change.level)} intervals`,
      before: { ...before.interval, value: before.value, text: `${from.format.measure(before)} (${from.format.intervalCell(before)})` },
      after: { ...after.interval, value: after.value, text: `${to.format.measure(after)} (${to.format.intervalCell(after)})` },
      change: { value: after.value, low: start + change.low, high: start + change.high, text: `${texts.value} (${texts.cell})` },
      sentence: movementText(movement, to.format),
    },
  ];
}

function movedOf({ changes }: Comparison, from: Side, to: Side): MovedView[] {
  return changes.flatMap((change) => {
    const figures = change.movements.filter(({ isBeyondChance }) => isBeyondChance).flatMap((movement) => figureView(movement, from, to));
    if (figures.length === 0) return [];
    const [before, after] = [verdictText(change.before), verdictText(change.after)];
    const verdict = before === after ? `Verdict before and after: ${after}.` : `Verdict: ${before} before, ${after} now.`;
    return [{ anchor: figuresAnchor(change.id), question: change.question, verdict, figures }];
  });
}

/** Figures that chance may have moved, all in one table. */
function stillTable({ changes }: Comparison, from: Side, to: Side): TableView | null {
  const rows = changes.flatMap(({ id, movements }) =>
    movements
      .filter(({ isBeyondChance }) => !isBeyondChance)
      .map((movement) => {
        const { bare, cell } = changeTexts(movement, to.format);
        return [
          capitalise(nameOf(id)),
          capitalise(movement.label),
          from.format.measure(movement.before),
          to.format.measure(movement.after),
          `${bare} (${cell}; ${to.format.level(movement.change.level)})`,
          movement.isBeyondChanceAlone ? 'alone' : 'no',
        ];
      }),
  );
  if (rows.length === 0) return null;
  return {
    caption: 'Figures that chance may have moved',
    columns: [
      textColumn('Finding'),
      textColumn('Figure'),
      numberColumn('Before'),
      numberColumn('After'),
      numberColumn('Change, with its interval'),
      textColumn('Beyond chance?'),
    ],
    rows,
    note: 'Changes of shares are in percentage points. “Alone”: the interval lies on one side of no change, but among as many figures as these chance brings that about.',
  };
}

function gradesTable({ changes }: Comparison): TableView | null {
  const rows = changes.flatMap(({ question, grade }) =>
    grade === null
      ? []
      : [
          [
            question,
            `${grade.before}, ${gradeWords[grade.before].label.toLowerCase()}`,
            `${grade.after}, ${gradeWords[grade.after].label.toLowerCase()}`,
            grade.isBetter ? 'better proved' : 'less well proved',
          ],
        ],
  );
  if (rows.length === 0) return null;
  return { caption: 'Findings that rest on other evidence than before', columns: ['Finding', 'Before', 'After', 'That is'].map(textColumn), rows, note: null };
}

const unmeasured = (label: string): ThemeView => ({ label, sentence: '', level: null, spread: [], reading: 'Not measured.' });

const themeWords: Readonly<Record<ThemeChange['direction'], string>> = {
  better: 'nearer to the customer',
  worse: 'further from the customer',
  newlyMeasurable: 'newly measured',
  noLongerMeasurable: 'no longer measured',
  same: 'the same level',
};

function themeView({ label, direction }: ThemeChange, from: Side, to: Side): ThemeChangeView {
  const own = (side: Side): ThemeView => side.view.profile.find((theme) => theme.label === label) ?? unmeasured(label);
  return { label, direction, directionLabel: themeWords[direction], before: own(from), after: own(to) };
}

const windowText = ({ window }: Result): string => (window === null ? 'no dates' : `${window.from} to ${window.to}`);

function sidesTable(from: Side, to: Side): TableView {
  const row = (label: string, text: (side: Side) => string): string[] => [label, text(from), text(to)];
  const rowsOf = ({ result, format }: Side, table: string): string => {
    const found = result.tables.find((other) => other.table === table);
    return found === undefined || found.rows === 0 ? 'none' : format.value(found.rows, 'count');
  };
  const names = [...new Set([from, to].flatMap(({ result }) => result.tables.filter(({ rows }) => rows > 0).map(({ table }) => table)))];
  return {
    caption: 'The two results',
    columns: [textColumn('Of the result'), numberColumn('Before'), numberColumn('After')],
    rows: [
      row('Days looked at', ({ result }) => windowText(result)),
      row('Length', ({ result, format }) => (result.window === null ? 'unknown' : format.value(result.window.days, 'days'))),
      ...names.map((table) => row(`Rows of ${table.replaceAll('_', ' ')}`, (side) => rowsOf(side, table))),
      row('Questions answered', ({ view }) => `${view.findings.length} of ${view.findings.length + view.unanswered.length}`),
      row('The same by weight', ({ view }) => view.coverage.share),
      row('Currency', ({ result }) => result.currency ?? 'none named'),
      row('Program', ({ result }) => `${result.tool.name} ${result.tool.version}`),
      row('Engine', ({ result }) => result.tool.engine),
      row('Seed of the random draws', ({ result }) => String(result.seed)),
    ],
    note: null,
  };
}

function subjectOf(from: Side, to: Side, branding: Branding): StatementView[] {
  const answered = ({ result }: Side): string => counted(result.findings.filter(isAnswered).length, 'question answered', 'questions answered');
  return [
    ...describeEngagement(branding),
    { label: 'Before', text: `${windowText(from.result)}, ${answered(from)}` },
    { label: 'After', text: `${windowText(to.result)}, ${answered(to)}` },
  ];
}

/** @throws Error when a sentence of either result has a placeholder that nothing answers. */
export function presentComparison(comparison: Comparison, branding: Branding = plainBranding): ComparisonView {
  const sideOf = (result: Result): Side => ({ result, view: present(result, branding), format: formatOf(result, branding) });
  const [from, to] = [sideOf(comparison.before), sideOf(comparison.after)];
  const movements = comparison.changes.flatMap((change) => change.movements);
  const opinionOf = ({ view: { opinion } }: Side): ComparisonView['opinion']['before'] => ({ kind: opinion.kind, titles: opinion.titles });
  return {
    title: branding.title,
    logo: branding.logo,
    question: 'What has changed since the last report?',
    subject: subjectOf(from, to, branding),
    banner: comparison.cautions.map(cautionView),
    directions: directionsOf(comparison, from, to),
    opinion: { before: opinionOf(from), after: opinionOf(to) },
    themes: comparison.themes.map((theme) => themeView(theme, from, to)),
    figures: figuresText(movements.length, movements.filter(({ isBeyondChance }) => isBeyondChance).length),
    moved: movedOf(comparison, from, to),
    still: stillTable(comparison, from, to),
    skipped: skippedTexts(comparison.skipped),
    grades: gradesTable(comparison),
    sides: sidesTable(from, to),
    general: generalText,
    tool: to.view.tool,
  };
}
