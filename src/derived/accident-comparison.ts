/** One place where an experiment may have happened by accident: are its sides alike, and what do they show? */
import type { QueryEngine } from '../engine/engine.js';
import type { Sql } from '../engine/sql.js';
import type { Difference } from '../statistics/intervals.js';
import { type Jumps, jointProbability, jumpsAtCut, type Part } from '../statistics/jump-at-cut.js';
import { studentTOf } from '../statistics/student-t.js';
import { fewestPerSide } from './accident-candidates.js';
import { type Doubt, type EffectGrade, gradeOf } from './evidence-grade.js';
import { fewestEvents } from './experiment-checks.js';
import { remake } from './remake.js';
import { type SumsRow, trialPartsSql } from './target-trials.sql.js';
import { covariates, type TrialHistory } from './trial-history.js';
import { trialSubjectsSql } from './trial-history.sql.js';

/** Sides that differ together by more than this are not those of an accident; the same for the days before. */
export const balanceP = 0.01;
/** Standardised differences that take one grade off, and that make a candidate useless, where chance does not explain them (Stuart 2010). */
export const imbalanceLimits = { watch: 0.1, fail: 0.25 } as const;
/** Standard errors from nought beyond which chance does not explain a single difference. */
const beyondChance = 3;
/** Part of a covariate's variance that is left within a band, below which the covariate is the order itself. */
const orderPart = 0.02;
/** Buying in the later wave between the two sends, against the time before, beyond which it was chosen by what it did in between. */
const reselected = { low: 0.5, high: 2 } as const;

export type AccidentKind = 'idCutoff' | 'waves' | 'outage' | 'quota' | 'listedNotSent';
export type Unusable = 'tooFew' | 'unlike' | 'placebo' | 'shortHistory' | 'reselected' | 'madeGood' | 'noOrder' | 'unknownReason';

export interface AccidentEffect {
  readonly outcome: 'value' | 'active';
  /**
   * Exposed less spared, change from the days before to as many after, whoever of them was really reached. The interval allows for the number
   * of effects that are told (Bonferroni).
   */
  readonly difference: Difference;
  readonly level: number;
  readonly degrees: number;
  /** The same one period earlier. */
  readonly before: Difference;
}

export interface Accident {
  readonly kind: AccidentKind;
  readonly campaignKey: number;
  readonly label: string;
  readonly exposed: number;
  readonly spared: number;
  /** Days followed; null where nothing could be followed. */
  readonly days: number | null;
  /** The audience has exactly the size of a quota. */
  readonly isRound: boolean;
  readonly largestImbalance: number | null;
  readonly p: number | null;
  /** How the sides are compared: as they stand, or by the jump at the cut with a slope on each side. */
  readonly design: 'difference' | 'discontinuity' | null;
  /** null: it can be used. */
  readonly why: Unusable | null;
  /** E2, one lower where the sides differ a little by more than chance or too few bought; null when it cannot be used. */
  readonly grade: EffectGrade | null;
  readonly effects: readonly AccidentEffect[];
}

interface ComparisonContext {
  readonly engine: QueryEngine;
  readonly policy: { readonly headlineLevel: number };
}

/** What is not known of a place before it is looked into. */
export const blank = { days: null, isRound: false, largestImbalance: null, p: null, design: null, grade: null, effects: [] } as const;

/** Widens every interval so that all of them together hold at the level. */
export function allowingForNumber(accidents: readonly Accident[], headlineLevel: number): Accident[] {
  const told = accidents.reduce((sum, { effects }) => sum + effects.length, 0);
  const level = 1 - (1 - headlineLevel) / Math.max(1, told);
  return accidents.map((accident) => ({
    ...accident,
    effects: accident.effects.map((effect) => ({
      ...effect,
      level,
      difference: { ...effect.difference, ...aroundOf(effect.difference, effect.degrees, level) },
    })),
  }));
}

function aroundOf(
  { estimate, standardError }: Pick<Difference, 'estimate' | 'standardError'>,
  degrees: number,
  level: number,
): { readonly low: number; readonly high: number } {
  const half = studentTOf(level, degrees) * standardError;
  return { low: estimate - half, high: estimate + half };
}

interface Comparison {
  readonly sides: Sql;
  readonly day: number;
  readonly days: number;
  /** Place of a part along an order; null where parts have none. */
  readonly distance: ((part: number) => number) | null;
}

type Known = Pick<Accident, 'kind' | 'campaignKey' | 'label' | 'isRound'> & typeof blank;

/** Compares the two sides before anything else is asked, then in the period before, then after. */
export async function examine(
  context: ComparisonContext,
  history: TrialHistory,
  known: Omit<Known, 'isRound'> & { readonly isRound: boolean },
  comparison: Comparison,
): Promise<Accident> {
  const { day, days, distance } = comparison;
  const rowsAt = async (at: number): Promise<(SumsRow & { readonly part: number })[]> => {
    const subjects = await remake(context.engine, 'trial_subjects', trialSubjectsSql(history, comparison.sides, { day: at, days }));
    const rows = await context.engine.rows(trialPartsSql(subjects));
    await context.engine.run(context.engine.dialect.dropTable('trial_subjects'));
    return rows;
  };
  const rows = await rowsAt(day);
  const members = (side: number): number => rows.reduce((sum, row) => sum + (row.side === side ? row.n : 0), 0);
  const found = { ...known, exposed: members(1), spared: members(0), days };
  if (Math.min(found.exposed, found.spared) < fewestPerSide) return { ...found, why: 'tooFew' };
  const designs = distance === null ? (['means'] as const) : (['means', 'lines'] as const);
  const checks = designs.map((design) => ({ design, ...balanceOf(rows, design, distance) }));
  const passed = checks.find(({ isUnlike }) => !isUnlike) ?? checks.at(-1);
  if (passed === undefined || passed.jumps === null) return { ...found, why: 'tooFew' };
  const checked = {
    ...found,
    largestImbalance: passed.largest,
    p: passed.p,
    design: passed.design === 'means' ? ('difference' as const) : ('discontinuity' as const),
  };
  if (passed.isUnlike) return { ...checked, why: 'unlike' };
  if (known.kind === 'waves' && isReselected(rows)) return { ...checked, why: 'reselected' };
  const earlier = jumpsAtCut(partsOf(await rowsAt(day - days), distance), passed.design);
  if (earlier === null || (jointProbability(pick(earlier, outcomesAt), outcomesAt.length) ?? 1) < balanceP) return { ...checked, why: 'placebo' };
  const level = context.policy.headlineLevel;
  const effects = (['value', 'active'] as const).flatMap((outcome, at): AccidentEffect[] => {
    if (outcome === 'value' && !history.hasValue) return [];
    return passed.jumps === null
      ? []
      : [
          {
            outcome,
            level,
            degrees: passed.jumps.degrees,
            difference: intervalOf(passed.jumps, covariates.length + at, level),
            before: intervalOf(earlier, covariates.length + at, level),
          },
        ];
  });
  return { ...checked, why: null, grade: gradeOf(doubtsOf(rows, passed.isWeak), 'E2'), effects };
}

/** @param rows of both sides, with how many bought after. */
export function doubtsOf(rows: readonly SumsRow[], isWeak: boolean): Doubt[] {
  const buyers = [0, 1].map((side) => rows.reduce((sum, row) => sum + (row.side === side ? (row.active_after_sum ?? 0) : 0), 0));
  return [...(isWeak ? ['someImbalance' as const] : []), ...(Math.min(...buyers) < fewestEvents ? ['fewEvents' as const] : [])];
}

/** Places of the two outcomes behind the covariates. */
const outcomesAt = [covariates.length, covariates.length + 1];

function pick({ estimates, covariance, degrees }: Jumps, places: readonly number[]): Jumps {
  return { estimates: places.map((i) => estimates[i] ?? 0), covariance: places.map((i) => places.map((j) => covariance[i]?.[j] ?? 0)), degrees };
}

function partsOf(rows: readonly (SumsRow & { readonly part: number })[], distance: Comparison['distance']): Part[] {
  return rows.map((row) => ({
    isExposed: row.side === 1,
    distance: distance?.(row.part) ?? 0,
    n: row.n,
    sums: [...covariates.map((_, index) => row[`x${index + 1}_sum`] ?? 0), row.value_change_sum ?? 0, row.active_change_sum ?? 0],
  }));
}

/** How unlike the sides were before: together, and in the covariate that differs most. */
function balanceOf(rows: readonly (SumsRow & { readonly part: number })[], design: 'means' | 'lines', distance: Comparison['distance']) {
  const jumps = jumpsAtCut(partsOf(rows, distance), design);
  const compared = covariates.map((_, index) => index).filter((index) => distance === null || !isTheOrder(rows, `x${index + 1}`));
  const p = jumps === null ? null : jointProbability(pick(jumps, compared), compared.length);
  const differences = covariates.map((_, index) => {
    const jump = jumps?.estimates[index] ?? 0;
    const deviation = deviationOf(rows, `x${index + 1}`);
    const error = Math.sqrt(jumps?.covariance[index]?.[index] ?? 0);
    return {
      size: deviation > 0 ? Math.abs(jump) / deviation : 0,
      isChance: design === 'lines' && !compared.includes(index) ? true : !(Math.abs(jump) > beyondChance * error),
    };
  });
  const largest = differences.reduce((most, { size }) => Math.max(most, size), 0);
  const hasBeyond = (limit: number): boolean => differences.some(({ size, isChance }) => size > limit && !isChance);
  return { jumps, p, largest, isUnlike: p === null || p < balanceP || hasBeyond(imbalanceLimits.fail), isWeak: hasBeyond(imbalanceLimits.watch) };
}

/** Whether a covariate follows the order so closely that it is the order, e.g. the day of joining where identifiers are handed out in turn. */
function isTheOrder(rows: readonly SumsRow[], name: string): boolean {
  const [n, sum, squares] = ['n', `${name}_sum`, `${name}_squares`].map((column) => rows.reduce((total, row) => total + (row[column] ?? 0), 0));
  if (n === undefined || sum === undefined || squares === undefined) return false;
  const total = squares - (sum * sum) / n;
  const within = rows.reduce((left, row) => left + (row[`${name}_squares`] ?? 0) - (row[`${name}_sum`] ?? 0) ** 2 / row.n, 0);
  return total > 0 && within < orderPart * total;
}

/** Pooled standard deviation of the two sides. */
function deviationOf(rows: readonly SumsRow[], name: string): number {
  const variances = [0, 1].map((side) => {
    const own = rows.filter((row) => row.side === side);
    const n = own.reduce((sum, row) => sum + row.n, 0);
    const mean = own.reduce((sum, row) => sum + (row[`${name}_sum`] ?? 0), 0) / n;
    return Math.max(0, own.reduce((sum, row) => sum + (row[`${name}_squares`] ?? 0), 0) / n - mean * mean);
  });
  return Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0) / 2);
}

/** Whether the later wave bought so much less, or more, between the two sends than before that it was chosen for it. */
function isReselected(rows: readonly SumsRow[]): boolean {
  const later = rows.filter(({ side }) => side === 0);
  const [before, between] = ['active_before', 'active_after'].map((name) => later.reduce((sum, row) => sum + (row[`${name}_sum`] ?? 0), 0));
  if (before === undefined || between === undefined || before === 0) return true;
  return between / before < reselected.low || between / before > reselected.high;
}

function intervalOf({ estimates, covariance, degrees }: Jumps, at: number, level: number): Difference {
  const [estimate, standardError] = [estimates[at] ?? 0, Math.sqrt(covariance[at]?.[at] ?? 0)];
  return { estimate, standardError, ...aroundOf({ estimate, standardError }, degrees, level) };
}
