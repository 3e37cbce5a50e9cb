/**
 * Two results of one programme, before and after: what got better, worse or newly measurable. A movement counts only when the
 * intervals of both ends leave no room for chance; a changed method, threshold or basis is said before anything else.
 */
import type { Finding, Measure, Result, Severity, Status } from '../../result/schema.js';
import { orderFindings } from '../order.js';

export type Direction = 'better' | 'worse' | 'same' | 'newlyMeasurable' | 'noLongerMeasurable' | 'notComparable';

export interface Movement {
  readonly before: Measure;
  readonly after: Measure;
  /** After less before. */
  readonly change: { readonly value: number; readonly low: number; readonly high: number; readonly level: number };
  /** The whole interval of the change lies on one side of nought. */
  readonly isBeyondChance: boolean;
}

export interface FindingChange {
  readonly id: string;
  readonly question: string;
  readonly before: Pick<Finding, 'status' | 'severity' | 'money'> | null;
  readonly after: Pick<Finding, 'status' | 'severity' | 'money'> | null;
  readonly direction: Direction;
  /** Measures with an interval on both sides, those beyond chance first. */
  readonly movements: readonly Movement[];
  /** Thresholds that differ, by id. */
  readonly changedThresholds: readonly string[];
}

/** What makes the two results differ without anything having changed in the programme. */
export type Caution =
  | { readonly kind: 'program' | 'engine' | 'currency' | 'valueBasis'; readonly before: string; readonly after: string }
  | { readonly kind: 'thresholds'; readonly audits: readonly string[] }
  | { readonly kind: 'windowLength'; readonly before: number; readonly after: number }
  | { readonly kind: 'overlap'; readonly days: number }
  | { readonly kind: 'order' };

export interface Comparison {
  readonly before: Result;
  readonly after: Result;
  readonly cautions: readonly Caution[];
  /** In the order of the later result; findings that it does not have come last. */
  readonly changes: readonly FindingChange[];
}

/** Windows whose lengths differ by more than this part cannot be compared by counts. */
const toleratedLength = 0.1;

const severities: readonly Severity[] = ['none', 'low', 'medium', 'high', 'critical'];
const judged: ReadonlySet<Status> = new Set<Status>(['healthy', 'watch', 'problem']);

/** How grave a verdict is; null where none was reached. */
function gravityOf(finding: Pick<Finding, 'status' | 'severity'> | undefined): number | null {
  if (finding === undefined || !judged.has(finding.status)) return null;
  if (finding.status === 'healthy') return 0;
  return (finding.status === 'problem' ? 10 : 1) + severities.indexOf(finding.severity);
}

function directionOf(before: Finding | undefined, after: Finding | undefined, hasChangedThresholds: boolean): Direction {
  const [from, to] = [gravityOf(before), gravityOf(after)];
  if (from === null && to === null) return 'same';
  if (from === null) return 'newlyMeasurable';
  if (to === null) return 'noLongerMeasurable';
  if (from === to) return 'same';
  if (hasChangedThresholds) return 'notComparable';
  return to < from ? 'better' : 'worse';
}

/** Half the width of an interval on each side of its value, which need not be the same. */
function halves({ value, interval }: Measure): { down: number; up: number; level: number } | null {
  return value === null || interval === undefined ? null : { down: value - interval.low, up: interval.high - value, level: interval.level };
}

/**
 * The change of a measure with its interval, from the intervals of both ends taken as independent (squares add up: Newcombe 1998,
 * method 10, doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I). Null where either has none, or their levels differ.
 */
function movementOf(before: Measure, after: Measure): Movement | null {
  const [from, to] = [halves(before), halves(after)];
  if (from === null || to === null || from.level !== to.level || before.unit !== after.unit || before.value === null || after.value === null) return null;
  const value = after.value - before.value;
  const low = value - Math.hypot(to.down, from.up);
  const high = value + Math.hypot(to.up, from.down);
  return { before, after, change: { value, low, high, level: to.level }, isBeyondChance: low > 0 || high < 0 };
}

function movementsOf(before: Finding, after: Finding): Movement[] {
  const found = after.measures.flatMap((measure) => {
    const earlier = before.measures.find(({ id }) => id === measure.id);
    const movement = earlier === undefined ? null : movementOf(earlier, measure);
    return movement === null ? [] : [movement];
  });
  return [...found.filter(({ isBeyondChance }) => isBeyondChance), ...found.filter(({ isBeyondChance }) => !isBeyondChance)];
}

const levelsOf = (finding: Finding): Map<string, string> =>
  new Map(finding.thresholds.map(({ id, levels }) => [id, JSON.stringify(Object.entries(levels).sort(([a], [b]) => (a < b ? -1 : 1)))]));

function changedThresholds(before: Finding, after: Finding): string[] {
  const [from, to] = [levelsOf(before), levelsOf(after)];
  return [...new Set([...from.keys(), ...to.keys()])].filter((id) => from.get(id) !== to.get(id)).sort();
}

function changeOf(before: Finding | undefined, after: Finding | undefined): FindingChange[] {
  const known = after ?? before;
  if (known === undefined) return [];
  const thresholds = before === undefined || after === undefined ? [] : changedThresholds(before, after);
  const verdict = (finding: Finding | undefined): FindingChange['before'] =>
    finding === undefined ? null : { status: finding.status, severity: finding.severity, money: finding.money };
  return [
    {
      id: known.id,
      question: known.question,
      before: verdict(before),
      after: verdict(after),
      direction: directionOf(before, after, thresholds.length > 0),
      movements: before === undefined || after === undefined ? [] : movementsOf(before, after),
      changedThresholds: thresholds,
    },
  ];
}

const dayNumber = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

function cautionsOf(before: Result, after: Result, changes: readonly FindingChange[]): Caution[] {
  const differing = (kind: 'program' | 'engine' | 'currency' | 'valueBasis', from: string, to: string): Caution[] =>
    from === to ? [] : [{ kind, before: from, after: to }];
  const audits = changes.filter((change) => change.changedThresholds.length > 0).map(({ id }) => id);
  const [from, to] = [before.window, after.window];
  const shared = from === null || to === null ? 0 : dayNumber(from.to) - dayNumber(to.from) + 1;
  const isBackwards = from !== null && to !== null && to.to < from.to;
  const isLengthDifferent = from !== null && to !== null && Math.abs(to.days / from.days - 1) > toleratedLength;
  return [
    ...(isBackwards ? [{ kind: 'order' } as const] : []),
    ...differing('program', before.tool.version, after.tool.version),
    ...differing('engine', before.tool.engine, after.tool.engine),
    ...differing('currency', before.currency ?? 'none named', after.currency ?? 'none named'),
    ...differing('valueBasis', before.valueBasis ?? 'unknown', after.valueBasis ?? 'unknown'),
    ...(audits.length === 0 ? [] : [{ kind: 'thresholds', audits } as const]),
    ...(isLengthDifferent ? [{ kind: 'windowLength', before: from.days, after: to.days } as const] : []),
    ...(shared > 0 && !isBackwards ? [{ kind: 'overlap', days: shared } as const] : []),
  ];
}

/** Compares two results of one programme. Either may lack findings that the other has. */
export function compareResults(before: Result, after: Result): Comparison {
  const earlier = new Map(before.findings.map((finding) => [finding.id, finding]));
  const later = orderFindings(after.findings);
  const gone = before.findings.filter(({ id }) => !after.findings.some((finding) => finding.id === id));
  const changes = [...later.flatMap((finding) => changeOf(earlier.get(finding.id), finding)), ...gone.flatMap((finding) => changeOf(finding, undefined))];
  return { before, after, cautions: cautionsOf(before, after, changes), changes };
}
