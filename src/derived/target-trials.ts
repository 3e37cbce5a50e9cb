/**
 * Campaigns without a holdout, read as the trials that they might have been (methodology §3.5): members whom a campaign contacted against
 * members who could have been contacted on the same day and were not, weighted to look alike before it; and the same before the campaign,
 * when nothing had been sent, as the yardstick of what such a comparison is worth.
 */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { QueryEngine } from '../engine/engine.js';
import type { Difference } from '../statistics/intervals.js';
import { adjustForFalseDiscovery } from '../statistics/multiplicity.js';
import { type ComparisonCell, compareWeighted, type WeightedComparison } from '../statistics/weighted-comparison.js';
import type { Derived } from './derived.js';
import { plainLabel } from './experiments.js';
import { remake } from './remake.js';
import { type BatchDayRow, batchDaysSql, cellClasses, type SumsRow, trialCellsSql, trialSidesSql } from './target-trials.sql.js';
import { covariates, type TrialHistory, withTrialHistory } from './trial-history.js';
import { trialSubjectsSql } from './trial-history.sql.js';

/** Campaigns that are looked at, the largest first. */
const mostTrials = 12;
/** A part of so many members says as much about bias as all of them, and the comparison is made some fifty times. */
const mostMembers = 40_000;
/** Fewest members contacted, comparators, and equally weighted comparators that the weighted ones must be worth (house). */
export const fewestMembers = 200;
export const fewestEffective = 100;
/** A campaign is a batch when this share of its members got it within a week. */
const batchShare = 0.9;
const batchDays = 7;
/** Days followed, the longest that the files allow: whole weeks, so that every weekday counts alike. */
const followedDays = [84, 56, 28] as const;
/** Dates before the campaign on which the same comparison is made, four weeks apart. */
export const placeboDates = 3;
const placeboSpacing = 28;
/**
 * Days before the campaign that no comparison before it follows. Campaigns choose by what members did lately: there the contacted differ
 * because they were chosen for it, and that says nothing about the days after.
 */
export const guardDays = 84;
/** Largest standardised difference after weighting (Stuart 2010, doi 10.1214/09-STS313; Austin 2009). */
export const largestImbalance = 0.1;
/** Variance of the weighted comparators over that of the contacted (Rubin 2001); outside, they are not alike. */
export const varianceLimits = { low: 0.5, high: 2 } as const;
const fewestOverlap = 0.9;

export type TrialOutcome = 'value' | 'active';
const trialOutcomes: readonly TrialOutcome[] = ['value', 'active'];

/** What a comparison shows, beside what the same comparison shows where there is nothing to show. */
export interface Yardstick {
  readonly outcome: TrialOutcome;
  readonly difference: Difference;
  /** The same on dates before the campaign, the nearest first. */
  readonly placebos: readonly Difference[];
  /** Largest of them, without its sign. */
  readonly bias: number;
}

interface DirectedEffect extends Yardstick {
  /** Beyond twice the bias, the interval widened by the bias off nought, and no false alarm among all comparisons. */
  readonly isDirected: boolean;
}

/** Why a campaign says nothing. */
export type NotEstimable = 'noBatch' | 'fewContacted' | 'fewComparators' | 'shortHistory' | 'notAlike' | 'noOverlap' | 'placeboNotAlike';

export interface TargetTrial {
  readonly campaignKey: number;
  readonly label: string;
  readonly contacted: number;
  /** Days followed; null where no length fits into the files. */
  readonly days: number | null;
  readonly why: NotEstimable | null;
  readonly comparison: WeightedComparison | null;
  /** Everybody contacted; empty when not estimable. */
  readonly effects: readonly DirectedEffect[];
  /** Those who did not respond against comparators who look like them: described, never an effect. Empty when not estimable. */
  readonly nonResponders: readonly Yardstick[];
  readonly described: DescribedOutcomes | null;
}

/** Means of those who were contacted and did not respond, over the days before and after. */
interface DescribedOutcomes {
  readonly members: number;
  readonly valueBefore: number;
  readonly valueAfter: number;
  readonly activeBefore: number;
  readonly activeAfter: number;
}

export interface TargetTrials {
  readonly trials: readonly TargetTrial[];
  /** Campaigns that contacted somebody, before the largest were chosen. */
  readonly campaigns: number;
  readonly hasValue: boolean;
  readonly sampledShare: number;
}

interface TrialContext {
  readonly engine: QueryEngine;
  readonly derived: Derived;
  readonly window: { readonly fromDay: number; readonly toDay: number };
  readonly policy: { readonly headlineLevel: number };
  rowCount(table: 'members' | 'transactions' | 'contacts'): number;
}

/** @returns null where no purchase says what members did. */
export async function readTargetTrials(context: TrialContext): Promise<TargetTrials | null> {
  const rows = await context.engine.rows(batchDaysSql(await context.derived.contactFacts(), await context.derived.campaignFacts()));
  const batches = batchesOf(rows);
  const found = await withTrialHistory(context, mostMembers, async (history) => {
    const trials: TargetTrial[] = [];
    for (const batch of batches.slice(0, mostTrials)) trials.push(await readTrial(context, history, batch));
    return { trials, hasValue: history.hasValue, sampledShare: history.sampledShare };
  });
  return found === null ? null : { ...found, trials: direct(found.trials, context.policy.headlineLevel), campaigns: batches.length };
}

interface Batch {
  readonly campaignKey: number;
  readonly label: string;
  readonly members: number;
  /** Days in which most members got the campaign; null when they are spread. */
  readonly span: { readonly from: number; readonly to: number } | null;
}

function batchesOf(rows: readonly BatchDayRow[]): Batch[] {
  const keys = [...new Set(rows.map((row) => row.campaign_key))];
  return keys
    .map((key): Batch => {
      const days = rows.filter((row) => row.campaign_key === key);
      const members = days.reduce((sum, row) => sum + row.members, 0);
      const within = ({ day }: BatchDayRow): number => days.reduce((sum, row) => sum + (row.day >= day && row.day < day + batchDays ? row.members : 0), 0);
      const start = days.find((row) => within(row) >= batchShare * members);
      const name = days[0]?.name ?? '';
      return { campaignKey: key, label: plainLabel(name), members, span: start === undefined ? null : { from: start.day, to: start.day + batchDays } };
    })
    .sort((a, b) => b.members - a.members || a.campaignKey - b.campaignKey);
}

async function readTrial(context: TrialContext, history: TrialHistory, batch: Batch): Promise<TargetTrial> {
  const blank = {
    campaignKey: batch.campaignKey,
    label: batch.label,
    contacted: batch.members,
    days: null,
    comparison: null,
    effects: [],
    nonResponders: [],
    described: null,
  };
  if (batch.span === null) return { ...blank, why: 'noBatch' };
  if (batch.members < fewestMembers * history.sampledShare) return { ...blank, why: 'fewContacted' };
  const { from, to } = batch.span;
  const placeboDay = (step: number, days: number): number => from - guardDays - days - step * placeboSpacing;
  // The days before the earliest placebo date, and as many of habits before these.
  const days = followedDays.find((each) => from + each <= history.endDay && placeboDay(placeboDates - 1, each) - 2 * each >= history.firstDay);
  if (days === undefined) return { ...blank, why: 'shortHistory' };
  const level = context.policy.headlineLevel;
  const rowsAt = async (day: number): Promise<readonly SumsRow[]> => {
    const sides = trialSidesSql(history, await context.derived.contactFacts(), { campaignKey: batch.campaignKey, campaignDay: from, batchEnd: to, day, days });
    const subjects = await remake(context.engine, 'trial_subjects', trialSubjectsSql(history, sides, { day, days }));
    const rows = await context.engine.rows(trialCellsSql(subjects));
    await context.engine.run(context.engine.dialect.dropTable('trial_subjects'));
    return rows;
  };
  const rows = await rowsAt(from);
  const comparison = compareWeighted(cellsOf(rows, [1, 2]), level);
  const found = { ...blank, days, comparison, contacted: comparison?.treated ?? 0, described: describe(rows) };
  const why = whyNot(comparison);
  if (comparison === null || why !== null) return { ...found, why: why ?? 'fewComparators' };
  const placebos: { readonly all: WeightedComparison; readonly silent: WeightedComparison | null }[] = [];
  for (let step = 0; step < placeboDates; step += 1) {
    const before = await rowsAt(placeboDay(step, days));
    const all = compareWeighted(cellsOf(before, [1, 2]), level);
    if (all === null || whyNot(all) !== null) return { ...found, why: 'placeboNotAlike' };
    placebos.push({ all, silent: compareWeighted(cellsOf(before, [1]), level) });
  }
  const silent = compareWeighted(cellsOf(rows, [1]), level);
  const silentPlacebos = placebos.map((each) => each.silent).filter((each) => each !== null && whyNot(each) === null);
  const hasSilent = whyNot(silent) === null && silentPlacebos.length === placeboDates;
  return {
    ...found,
    why: null,
    effects: yardsticksOf(
      comparison,
      placebos.map(({ all }) => all),
      history.hasValue,
    ).map((yardstick) => ({ ...yardstick, isDirected: false })),
    nonResponders:
      hasSilent && silent !== null
        ? yardsticksOf(
            silent,
            silentPlacebos.filter((each) => each !== null),
            history.hasValue,
          )
        : [],
  };
}

/** Whether a comparison is one of like with like. */
function whyNot(comparison: WeightedComparison | null): NotEstimable | null {
  if (comparison === null || comparison.comparators < fewestMembers) return 'fewComparators';
  if (comparison.treated < fewestMembers) return 'fewContacted';
  if (comparison.overlap < fewestOverlap || comparison.effectiveComparators < fewestEffective) return 'noOverlap';
  const isUnlike = comparison.balance.some(
    ({ varianceRatio }) => varianceRatio !== null && (varianceRatio < varianceLimits.low || varianceRatio > varianceLimits.high),
  );
  return comparison.largestAfter > largestImbalance || isUnlike ? 'notAlike' : null;
}

function yardsticksOf(comparison: WeightedComparison, placebos: readonly WeightedComparison[], hasValue: boolean): Yardstick[] {
  return trialOutcomes.flatMap((outcome, at): Yardstick[] => {
    const difference = comparison.differences[at];
    if (difference === undefined || (outcome === 'value' && !hasValue)) return [];
    const before = placebos.flatMap((placebo) => placebo.differences[at] ?? []);
    return [{ outcome, difference, placebos: before, bias: Math.max(...before.map(({ estimate }) => Math.abs(estimate))) }];
  });
}

/** A direction is told where chance, the bias seen before the campaign, and the number of comparisons all leave it standing. */
function direct(trials: readonly TargetTrial[], level: number): TargetTrial[] {
  const effects = trials.flatMap((trial) => trial.effects);
  const adjusted = adjustForFalseDiscovery(
    effects.map(({ difference: { estimate, standardError }, bias }) =>
      standardError > 0 ? 2 * normalCdf(-Math.max(0, Math.abs(estimate) - bias) / standardError, 0, 1) : 1,
    ),
  );
  const isDirected = (effect: DirectedEffect): boolean => {
    const { low, high, estimate } = effect.difference;
    const isOffNought = low - effect.bias > 0 || high + effect.bias < 0;
    return Math.abs(estimate) > 2 * effect.bias && isOffNought && (adjusted[effects.indexOf(effect)] ?? 1) <= 1 - level;
  };
  return trials.map((trial) => ({ ...trial, effects: trial.effects.map((effect) => ({ ...effect, isDirected: isDirected(effect) })) }));
}

function cellsOf(rows: readonly SumsRow[], treated: readonly number[]): ComparisonCell[] {
  const sums = (row: SumsRow, name: string): { sum: number; squares: number } => ({ sum: row[`${name}_sum`] ?? 0, squares: row[`${name}_squares`] ?? 0 });
  return rows
    .filter(({ side }) => side === 0 || treated.includes(side))
    .map((row) => ({
      isTreated: row.side !== 0,
      n: row.n,
      classes: cellClasses.map((_, index) => row[`b${index + 1}`] ?? 0),
      covariates: covariates.map((_, index) => sums(row, `x${index + 1}`)),
      outcomes: [sums(row, 'value_change'), sums(row, 'active_change')],
    }));
}

function describe(rows: readonly SumsRow[]): DescribedOutcomes | null {
  const silent = rows.filter(({ side }) => side === 1);
  const members = silent.reduce((sum, { n }) => sum + n, 0);
  if (members < fewestMembers) return null;
  const mean = (name: string): number => silent.reduce((sum, row) => sum + (row[`${name}_sum`] ?? 0), 0) / members;
  return {
    members,
    valueBefore: mean('value_before'),
    valueAfter: mean('value_after'),
    activeBefore: mean('active_before'),
    activeAfter: mean('active_after'),
  };
}
