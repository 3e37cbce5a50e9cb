/** Each trap of methodology §4.8: a figure with its interval, and whether the trap is there. Pure. */
import { differenceOfMeans, type Interval, wilson } from '../../statistics/intervals.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import type { DecileRow, MembershipRow, ResponseRow, WeekRow } from './before-after-traps.sql.js';

export type TrapState = 'present' | 'absent' | 'not testable';

export interface Estimate {
  readonly value: number;
  readonly interval: Interval | null;
  readonly n: number;
}

const isApart = ({ interval }: Estimate): boolean => interval !== null && (interval.low > 0 || interval.high < 0);

interface DecileSums {
  members: number;
  before: number;
  after: number;
}

/** Fewest members on each side of a tenth, and of all recipients in such tenths. */
const fewestInDecile = 30;

export interface Regression {
  /** Change of the recipients from before to after, as a share of before. */
  readonly own: Estimate;
  /** What the same members would have changed by if they had changed as members without the message who had bought as much before. */
  readonly untreated: Estimate;
}

/** Regression to the mean: the change of untreated members of the same tenth. Null where too few are comparable. */
export function regressionOf(rows: readonly DecileRow[], level: number): Regression | null {
  const groups = [...new Set(rows.map((row) => row.jackknife_group))].sort((a, b) => a - b);
  const sums = (without: number | null, isRecipient: number): Map<number, DecileSums> => {
    const byDecile = new Map<number, DecileSums>();
    for (const row of rows) {
      if (row.is_recipient !== isRecipient || row.jackknife_group === without) continue;
      const own = byDecile.get(row.decile) ?? { members: 0, before: 0, after: 0 };
      byDecile.set(row.decile, { members: own.members + row.members, before: own.before + row.before, after: own.after + row.after });
    }
    return byDecile;
  };
  const [recipients, others] = [sums(null, 1), sums(null, 0)];
  const usable = [...recipients.keys()]
    .filter((decile) => (recipients.get(decile)?.members ?? 0) >= fewestInDecile && (others.get(decile)?.members ?? 0) >= fewestInDecile)
    .sort((a, b) => a - b);
  const n = usable.reduce((sum, decile) => sum + (recipients.get(decile)?.members ?? 0), 0);
  const all = [...recipients.values()].reduce((sum, { members }) => sum + members, 0);
  if (n === 0 || 2 * n < all) return null;
  const changes = (without: number | null): { own: number; untreated: number } => {
    const [treated, control] = [sums(without, 1), sums(without, 0)];
    let [before, own, untreated] = [0, 0, 0];
    for (const decile of usable) {
      const mine = treated.get(decile) ?? { members: 0, before: 0, after: 0 };
      const theirs = control.get(decile) ?? { members: 0, before: 0, after: 0 };
      before += mine.before;
      own += mine.after - mine.before;
      untreated += theirs.members === 0 ? 0 : (mine.members * (theirs.after - theirs.before)) / theirs.members;
    }
    return { own: own / before, untreated: untreated / before };
  };
  const total = changes(null);
  if (!Number.isFinite(total.own)) return null;
  const without = groups.map(changes);
  const estimate = (pick: 'own' | 'untreated'): Estimate => ({
    value: total[pick],
    interval: jackknifeAround(
      total[pick],
      without.map((each) => each[pick]),
      level,
    ),
    n,
  });
  return { own: estimate('own'), untreated: estimate('untreated') };
}

export const regressionState = (found: Regression | null, least: number): TrapState =>
  found === null ? 'not testable' : isApart(found.untreated) && Math.abs(found.untreated.value) >= least ? 'present' : 'absent';

/** Fewest years of membership, and members who have been in the scheme for a year, from which a lack of leavers shows. */
const fewestMemberYears = 200;
const fewestSettled = 100;
const daysInYear = 365.25;

export interface Survivorship {
  readonly state: TrapState;
  readonly inactive: Estimate | null;
  readonly unlisted: Estimate | null;
  readonly closed: number;
}

/**
 * Whether the members file seems to hold only those who are still active: nobody ever left and hardly anybody is inactive, or many
 * who bought are not in it.
 * @param few share below which hardly anybody is inactive. @param hasDates members have a date of joining.
 */
export function survivorshipOf(row: MembershipRow, hasDates: boolean, hasPurchases: boolean, few: number, level: number): Survivorship {
  const share = (successes: number, n: number): Estimate | null =>
    n < fewestSettled ? null : { value: successes / n, interval: wilson(successes, n, level), n };
  const inactive = hasPurchases ? share(row.inactive, row.settled) : null;
  const unlisted = hasPurchases && hasDates ? share(row.unlisted, row.buyers) : null;
  const isTestable = hasDates && row.member_days / daysInYear >= fewestMemberYears && inactive !== null;
  if (!isTestable) return { state: 'not testable', inactive, unlisted, closed: row.closed };
  const hasNoLeavers = row.closed === 0 && (inactive.interval?.high ?? 1) < few;
  const lacksBuyers = (unlisted?.interval?.low ?? 0) > few;
  return { state: hasNoLeavers || lacksBuyers ? 'present' : 'absent', inactive, unlisted, closed: row.closed };
}

export interface ForwardBuying {
  /** Sales a head more among the treated than among the held out: weeks 1 to 4, and 5 to 12. */
  readonly early: Estimate;
  readonly late: Estimate;
  /** All that came up to and with each week. */
  readonly cumulative: readonly Estimate[];
}

const earlyWeeks = 4;

interface ArmWeeks {
  members: number;
  /** Sales by week, week 1 first. */
  readonly net: Float64Array;
}

/** One test: both arms, of all members and of each jackknife group. */
interface TestWeeks {
  readonly total: readonly [treated: ArmWeeks, holdout: ArmWeeks];
  readonly groups: Map<number, readonly [treated: ArmWeeks, holdout: ArmWeeks]>;
}

function testsOf(rows: readonly WeekRow[], weeks: number): TestWeeks[] {
  const arm = (): ArmWeeks => ({ members: 0, net: new Float64Array(weeks) });
  const byCampaign = new Map<number, TestWeeks>();
  for (const row of rows) {
    const test = byCampaign.get(row.campaign_key) ?? { total: [arm(), arm()] as const, groups: new Map() };
    byCampaign.set(row.campaign_key, test);
    const group = test.groups.get(row.jackknife_group) ?? ([arm(), arm()] as const);
    test.groups.set(row.jackknife_group, group);
    for (const arms of [test.total, group]) {
      const own = arms[row.is_holdout === 1 ? 1 : 0];
      own.members += row.members;
      if (row.week > 0) own.net[row.week - 1] = (own.net[row.week - 1] ?? 0) + row.net;
    }
  }
  return [...byCampaign.values()];
}

/** Weeks 1 to 4 against 5 to 12 of tests with a holdout, everybody assigned counted; null without such a test. */
export function forwardBuyingOf(rows: readonly WeekRow[], weeks: number, level: number): ForwardBuying | null {
  const tests = testsOf(rows, weeks).filter(({ total }) => total.every(({ members }) => members >= fewestInDecile));
  const groups = [...new Set(tests.flatMap((test) => [...test.groups.keys()]))].sort((a, b) => a - b);
  const treated = tests.reduce((sum, { total }) => sum + total[0].members, 0);
  if (treated === 0) return null;
  const inWeeks = (own: ArmWeeks | undefined, from: number, to: number): number =>
    own === undefined ? 0 : own.net.slice(from - 1, to).reduce((a, b) => a + b, 0);
  /** A head of the treated, each test against its own holdout. */
  const gain = (from: number, to: number, without: number | null): number => {
    let [sum, members] = [0, 0];
    for (const { total, groups: own } of tests) {
      const left = without === null ? undefined : own.get(without);
      const [ours, theirs] = total.map((all, place) => ({
        members: all.members - (left?.[place]?.members ?? 0),
        net: inWeeks(all, from, to) - inWeeks(left?.[place], from, to),
      }));
      if (ours === undefined || theirs === undefined) continue;
      members += ours.members;
      sum += ours.net - (ours.members * theirs.net) / theirs.members;
    }
    return sum / members;
  };
  const estimate = (from: number, to: number): Estimate => {
    const value = gain(from, to, null);
    const without = groups.map((group) => gain(from, to, group));
    return { value, interval: jackknifeAround(value, without, level), n: treated };
  };
  return {
    early: estimate(1, earlyWeeks),
    late: estimate(earlyWeeks + 1, weeks),
    cumulative: Array.from({ length: weeks }, (_, index) => estimate(1, index + 1)),
  };
}

/** A gain that is partly taken back: more in the early weeks, less in the late ones, both beyond chance. */
export const forwardState = (found: ForwardBuying | null): TrapState =>
  found === null ? 'not testable' : (found.early.interval?.low ?? 0) > 0 && (found.late.interval?.high ?? 0) < 0 ? 'present' : 'absent';

export interface MixShift {
  /** Change of the response rate from the first half of the time to the second: of everything, and within the same purposes. */
  readonly overall: Estimate;
  readonly within: Estimate;
}

/** Fewest campaigns in each half. */
const fewestCampaigns = 5;

/** Simpson's trap: does the change of the whole come from the mix of purposes? Null without enough campaigns in both halves. */
export function mixShiftOf(rows: readonly ResponseRow[], level: number): MixShift | null {
  const dated = rows.flatMap((row) => (row.first_day === null || row.members === 0 ? [] : [{ ...row, first_day: row.first_day }]));
  if (dated.length < 2 * fewestCampaigns) return null;
  const middle = (Math.min(...dated.map((row) => row.first_day)) + Math.max(...dated.map((row) => row.first_day))) / 2;
  const halves = dated.map((row) => ({ ...row, kind: row.objective ?? '', isLate: row.first_day > middle }));
  if ([true, false].some((isLate) => halves.filter((row) => row.isLate === isLate).length < fewestCampaigns)) return null;
  const kinds = [...new Set(halves.map(({ kind }) => kind))].sort();
  if (kinds.length < 2) return null;
  const rate = (part: readonly (typeof halves)[number][]): number =>
    part.reduce((sum, row) => sum + row.responders, 0) / part.reduce((sum, row) => sum + row.members, 0);
  const changes = (part: readonly (typeof halves)[number][]): { overall: number; within: number } => {
    const late = part.filter(({ isLate }) => isLate);
    const early = part.filter(({ isLate }) => !isLate);
    let [sum, weight] = [0, 0];
    for (const kind of kinds) {
      const [before, after] = [early.filter((row) => row.kind === kind), late.filter((row) => row.kind === kind)];
      if (before.length === 0 || after.length === 0) continue;
      const members = [...before, ...after].reduce((total, row) => total + row.members, 0);
      sum += members * (rate(after) - rate(before));
      weight += members;
    }
    return { overall: rate(late) - rate(early), within: weight === 0 ? Number.NaN : sum / weight };
  };
  const all = changes(halves);
  if (!Number.isFinite(all.within)) return null;
  const without = halves
    .map((left) => changes(halves.filter((row) => row !== left)))
    .filter((each) => Number.isFinite(each.within) && Number.isFinite(each.overall));
  const estimate = (pick: 'overall' | 'within'): Estimate => ({
    value: all[pick],
    interval: jackknifeAround(
      all[pick],
      without.map((each) => each[pick]),
      level,
    ),
    n: halves.length,
  });
  return { overall: estimate('overall'), within: estimate('within') };
}

/** The whole changes beyond chance, and the purposes do not, or the other way round. */
export function mixState(found: MixShift | null): TrapState {
  if (found === null) return 'not testable';
  const { overall, within } = found;
  if (!isApart(overall)) return 'absent';
  const isReversed = isApart(within) && Math.sign(within.value) !== Math.sign(overall.value);
  const isMostlyMix =
    within.interval !== null &&
    (within.interval.low > overall.value || within.interval.high < overall.value) &&
    Math.abs(within.value) < Math.abs(overall.value) / 2;
  return isReversed || isMostlyMix ? 'present' : 'absent';
}

export interface Variant {
  readonly label: string;
  readonly treated: Parameters<typeof differenceOfMeans>[0];
  readonly holdout: Parameters<typeof differenceOfMeans>[1];
}

export interface WinnersCurse {
  readonly label: string;
  readonly variants: number;
  readonly best: Estimate;
  /** The best, drawn towards the mean of all as far as chance explains their spread. */
  readonly shrunk: number;
}

/**
 * The best of several effects, shrunk by empirical Bayes: mean + τ²/(τ² + s²)·(best − mean), τ² by DerSimonian & Laird 1986
 * (Controlled Clinical Trials 7(3)). Null with fewer than two.
 */
export function winnersCurseOf(variants: readonly Variant[], level: number): WinnersCurse | null {
  const effects = variants
    .map(({ label, treated, holdout }) => ({ label, ...differenceOfMeans(treated, holdout, level), n: treated.n + holdout.n }))
    .filter(({ standardError }) => standardError > 0);
  if (effects.length < 2) return null;
  const weights = effects.map(({ standardError }) => 1 / standardError ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const fixed = effects.reduce((sum, { estimate }, index) => sum + estimate * (weights[index] ?? 0), 0) / total;
  const q = effects.reduce((sum, { estimate }, index) => sum + (weights[index] ?? 0) * (estimate - fixed) ** 2, 0);
  const scale = total - weights.reduce((sum, weight) => sum + weight ** 2, 0) / total;
  const tau2 = Math.max(0, (q - (effects.length - 1)) / scale);
  const random = effects.map(({ standardError }) => 1 / (standardError ** 2 + tau2));
  const mean = effects.reduce((sum, { estimate }, index) => sum + estimate * (random[index] ?? 0), 0) / random.reduce((sum, weight) => sum + weight, 0);
  const best = effects.reduce((first, each) => (each.estimate > first.estimate ? each : first));
  const shrunk = mean + (tau2 / (tau2 + best.standardError ** 2)) * (best.estimate - mean);
  return { label: best.label, variants: effects.length, best: { value: best.estimate, interval: { low: best.low, high: best.high }, n: best.n }, shrunk };
}

/** @param least share of the best figure that the shrinking takes away. */
export const winnerState = (found: WinnersCurse | null, least: number): TrapState =>
  found === null || found.best.value <= 0 ? 'not testable' : (found.best.value - found.shrunk) / found.best.value >= least ? 'present' : 'absent';
