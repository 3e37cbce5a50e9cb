/** How far the arms of a test differed before it began, and how far chance lets them. */
import { type BalanceLimits, chanceOfDifference, judgeBalance } from '../../derived/experiment-checks.js';
import type { Comparison } from '../../derived/experiments.js';
import { type Interval, type Moments, momentsOf, zOf } from '../../statistics/intervals.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import { contingencyTest, equalSharesTest, fewestExpected, omnibusApart, omnibusBalance } from '../../statistics/omnibus-balance.js';
import type { Light } from './test-card.js';
import {
  type Characteristic,
  type CharacteristicSums,
  characteristics,
  type Grouping,
  groupings,
  type LevelRow,
  omnibusTerms,
  productName,
} from './unbalanced-arms.sql.js';

export const nameOf: Record<Characteristic | Grouping, string> = {
  net: 'net sales before',
  orders: 'orders before',
  active: 'bought in that time',
  silence: 'days since the last purchase',
  tenure: 'days since joining',
  messages: 'messages in that time',
  source: 'source of joining',
  tier: 'tier',
  segment: 'segment',
  unit: 'business unit',
};
/** In smaller arms a handful of members makes a variance. House rule. */
const fewestForRatio = 200;
/** Of the characteristics of arms that differ, those are named that differ by themselves. */
const namedBelow = 0.05;
/** Level of the interval around a ratio of variances: as rare an accident as the other checks allow. */
const ratioLevel = 0.999;

export interface RatioLimits {
  readonly low: number;
  readonly high: number;
}

interface ComparedCharacteristic {
  readonly name: Characteristic | Grouping;
  readonly treated: Moments | null;
  readonly holdout: Moments | null;
  /** Standardised difference, treated less holdout; for names the largest of any level. */
  readonly difference: number;
  readonly interval: Interval;
  /** Chance of a difference as large, of this characteristic alone; for names, of all levels together. */
  readonly p: number;
  readonly varianceRatio: number | null;
  /** The whole interval of the ratio lies outside the limits. */
  readonly isRatioOut: boolean;
  /** Not known whether it was so before the test. */
  readonly isUndated: boolean;
}

export interface Balance {
  readonly compared: readonly ComparedCharacteristic[];
  readonly largest: ComparedCharacteristic;
  /** Chance of arms that differ as much in any way; of the test of all at once and the single ones, adjusted for their number. */
  readonly p: number;
  /** The largest standardised difference that chance makes in one of a thousand draws of these sizes, over all characteristics. */
  readonly chanceLimit: number;
  readonly light: Light;
  readonly why: string;
}

type Rows = readonly (CharacteristicSums & { readonly arm: string })[];
type Undated = ReadonlySet<string>;

const total = (rows: Rows, column: string): number => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0);

function momentsIn(rows: Rows, name: Characteristic): Moments | null {
  const n = total(rows, `n_${name}`);
  return n < 2 ? null : momentsOf(n, total(rows, `sum_${name}`), total(rows, `${name}_${name}`));
}

/** Half-width from the large-sample variance of a standardised difference: Hedges & Olkin 1985, chapter 5. */
function intervalOf(difference: number, treated: number, holdout: number): Interval {
  const half = zOf(0.95) * Math.sqrt(1 / treated + 1 / holdout + difference ** 2 / (2 * (treated + holdout)));
  return { low: difference - half, high: difference + half };
}

function compareNumber(name: Characteristic, treated: Rows, holdout: Rows, limits: RatioLimits, undated: Undated): ComparedCharacteristic | null {
  const [a, b] = [momentsIn(treated, name), momentsIn(holdout, name)];
  if (a === null || b === null || !(a.variance + b.variance > 0)) return null;
  const difference = (a.mean - b.mean) / Math.sqrt((a.variance + b.variance) / 2);
  const p = chanceOfDifference(a, b);
  const varianceRatio = name === 'active' || !(a.variance > 0) || !(b.variance > 0) ? null : a.variance / b.variance;
  const isRatioOut = varianceRatio !== null && isOutside(name, varianceRatio, treated, holdout, limits);
  return { name, treated: a, holdout: b, difference, interval: intervalOf(difference, a.n, b.n), p, varianceRatio, isRatioOut, isUndated: undated.has(name) };
}

/** Spend has long tails, so one large buyer moves a variance: the interval comes from leaving out a tenth of the members at a time. */
function isOutside(name: Characteristic, ratio: number, treated: Rows, holdout: Rows, { low, high }: RatioLimits): boolean {
  if (ratio >= low && ratio <= high) return false;
  if (Math.min(total(treated, `n_${name}`), total(holdout, `n_${name}`)) < fewestForRatio) return false;
  const groups = [...new Set([...treated, ...holdout].map((row) => row.jackknife_group))];
  const without = groups.map((group) => {
    const keep = (rows: Rows): Rows => rows.filter((row) => row.jackknife_group !== group);
    return Math.log((momentsIn(keep(treated), name)?.variance ?? 0) / (momentsIn(keep(holdout), name)?.variance ?? 0));
  });
  const interval = jackknifeAround(Math.log(ratio), without, ratioLevel);
  return interval !== null && (interval.low > Math.log(Math.max(0, high)) || interval.high < Math.log(Math.max(0, low)));
}

/** @param rest members of small levels, taken together; where even those are few, they are held against all others by an exact test. */
function chanceOfLevels(large: readonly [number, number][], rest: [number, number], isRestFew: boolean): number | null {
  const columns = isRestFew ? large : [...large, rest];
  const chiSquare = contingencyTest([columns.map(([a]) => a), columns.map(([, b]) => b)])?.p ?? null;
  const [a, b] = [large.reduce((sum, [own]) => sum + own, 0), large.reduce((sum, [, own]) => sum + own, 0)];
  const exact = isRestFew ? (equalSharesTest([rest[0], a + rest[0]], [rest[1], b + rest[1]])?.p ?? null) : null;
  return chiSquare === null || exact === null ? (chiSquare ?? exact) : Math.min(1, 2 * Math.min(chiSquare, exact));
}

function compareNames(name: Grouping, treated: readonly LevelRow[], holdout: readonly LevelRow[], undated: Undated): ComparedCharacteristic | null {
  const counts = new Map<string, [number, number]>();
  const add = (rows: readonly LevelRow[], arm: 0 | 1): void => {
    for (const row of rows.filter(({ attribute }) => attribute === name)) {
      const key = row.level ?? '';
      const known = counts.get(key) ?? [0, 0];
      known[arm] += row.members;
      counts.set(key, known);
    }
  };
  add(treated, 0);
  add(holdout, 1);
  const cells = [...counts.values()];
  const sizes = [cells.reduce((sum, [a]) => sum + a, 0), cells.reduce((sum, [, b]) => sum + b, 0)];
  const smallerPart = Math.min(...sizes) / Math.max(1, (sizes[0] ?? 0) + (sizes[1] ?? 0));
  // Levels of which chance would put too few into the smaller arm stand together: a chi-square of small cells is none.
  const isFew = ([a, b]: [number, number]): boolean => (a + b) * smallerPart < fewestExpected;
  const few = cells.filter(isFew);
  const rest: [number, number] = [few.reduce((sum, [a]) => sum + a, 0), few.reduce((sum, [, b]) => sum + b, 0)];
  const large = cells.filter((cell) => !isFew(cell));
  if (large.length === 0) return null;
  const levels = rest[0] + rest[1] > 0 ? [...large, rest] : large;
  const p = chanceOfLevels(large, rest, isFew(rest));
  if (p === null) return null;
  const [n, m] = [levels.reduce((sum, [a]) => sum + a, 0), levels.reduce((sum, [, b]) => sum + b, 0)];
  const differences = levels.map(([a, b]) => {
    const [x, y] = [a / n, b / m];
    const within = (x * (1 - x) + y * (1 - y)) / 2;
    const both = (a + b) / (n + m);
    // A level that one arm has altogether and the other not at all varies within neither, and both together stand in.
    return x === y ? 0 : (x - y) / Math.sqrt(within > 0 ? within : both * (1 - both));
  });
  const difference = differences.reduce((largest, each) => (Math.abs(each) > Math.abs(largest) + 1e-12 ? each : largest), 0);
  const interval = intervalOf(difference, n, m);
  return { name, treated: null, holdout: null, difference, interval, p, varianceRatio: null, isRatioOut: false, isUndated: undated.has(name) };
}

/** One test of all numbers at once; null where none varies. */
function omnibusP(treated: Rows, holdout: Rows): number | null {
  const both = [...treated, ...holdout];
  const sumsOf = (rows: Rows) => ({ n: total(rows, 'members'), sums: omnibusTerms.map((term) => total(rows, `sum_${term}`)) });
  const productsOf = (rows: Rows): number[] => omnibusTerms.flatMap((_, i) => omnibusTerms.map((__, j) => total(rows, productName(i, j))));
  const [a, b] = [sumsOf(treated), sumsOf(holdout)];
  const together = omnibusBalance(a, b, productsOf(both));
  const apart = omnibusApart({ ...a, products: productsOf(treated) }, { ...b, products: productsOf(holdout) });
  return together === null || apart === null ? null : Math.max(together.p, apart.p);
}

export interface BalanceData {
  readonly numbers: Rows;
  readonly levels: readonly LevelRow[];
  readonly undated: Undated;
}

/** @returns null when nothing is known of the members before the test. */
export function balanceOf({ campaignKey, arm }: Comparison, data: BalanceData, limits: BalanceLimits, ratios: RatioLimits): Balance | null {
  const inArm = <T extends { campaign_key: number; arm: string; is_holdout: number }>(rows: readonly T[]): T[] =>
    rows.filter((row) => row.campaign_key === campaignKey && row.is_holdout === 0 && row.arm === arm);
  const heldOut = <T extends { campaign_key: number; is_holdout: number }>(rows: readonly T[]): T[] =>
    rows.filter((row) => row.campaign_key === campaignKey && row.is_holdout === 1);
  const [treated, holdout] = [inArm(data.numbers), heldOut(data.numbers)];
  const compared = [
    ...characteristics.map((name) => compareNumber(name, treated, holdout, ratios, data.undated)),
    ...groupings.map((name) => compareNames(name, inArm(data.levels), heldOut(data.levels), data.undated)),
  ].flatMap((each) => each ?? []);
  const largest = compared.reduce<ComparedCharacteristic | null>(
    (best, each) => (best === null || Math.abs(each.difference) > Math.abs(best.difference) ? each : best),
    null,
  );
  if (largest === null) return null;
  const single = Math.min(...compared.map(({ p }) => p)) * compared.length;
  const omnibus = omnibusP(treated, holdout);
  const p = Math.min(1, omnibus === null ? single : 2 * Math.min(single, omnibus));
  const [n, m] = [total(treated, 'members'), total(holdout, 'members')];
  const chanceLimit = zOf(1 - limits.p / compared.length) * Math.sqrt(1 / n + 1 / m);
  return { compared, largest, p, chanceLimit, ...lightOf(compared, largest, p, limits) };
}

function lightOf(
  compared: readonly ComparedCharacteristic[],
  largest: ComparedCharacteristic,
  p: number,
  limits: BalanceLimits,
): Pick<Balance, 'light' | 'why'> {
  const light = judgeBalance(Math.abs(largest.difference), p, limits);
  const off = compared.filter(({ difference, p: own }) => Math.abs(difference) >= limits.watch && own < namedBelow);
  const names = (list: readonly ComparedCharacteristic[]): string => list.map(({ name }) => nameOf[name]).join(', ');
  if (light === 'fail' && off.every(({ isUndated }) => isUndated)) {
    return { light: 'watch', why: `the arms differ in ${names(off)}, of which it is not known whether it was so before the test` };
  }
  if (light !== 'pass') return { light, why: `the arms differ by more than chance allows in ${names(off)}` };
  const spread = compared.filter(({ isRatioOut }) => isRatioOut);
  if (spread.length > 0) return { light: 'watch', why: `the arms are alike on average, and not in how far members differ, in ${names(spread)}` };
  return { light, why: '' };
}
