/**
 * What customers are expected to buy in the next year, where buying needs no contract. A model is used only when it beats two simple
 * rules on time that it has not seen (methodology §5.6); of contracts the canonical tables know no renewals, so none is assumed.
 */
import type { QueryEngine } from '../engine/engine.js';
import { type Expected, expectedTopShare, type GroupedSpend, type ValueCell } from '../statistics/clv/expected-share.js';
import { fitGammaGamma, type GammaGamma } from '../statistics/clv/gamma-gamma.js';
import { chooseModel, crossCheck, type FittedModel, fitModel, type SplitLife, type Validation, validate } from '../statistics/clv/validation.js';
import { buyerCountSql, type SpendRow, sampleParts, spendSql, splitLivesSql, valueLivesSql } from './customer-value.sql.js';
import type { Derived } from './derived.js';
import { purchaseGapQuantile, purchaseHistoryStart } from './purchase-history.js';

/** The models are fitted on about this many customers, whatever their number: the error of a share is then below a point. */
const sampleSize = 10_000;
/** Methodology §5.6. */
const fewestRepeatBuyers = 500;
const fewestIntervals = 3;
const longestHoldout = 365;
const shortestHoldout = 28;
/** Silences longer than this share of all gaps end the hiatus rule’s hope. */
const longGap = 0.9;
/** Of frequency and spend among repeat buyers, methodology §5.6: below the first the model of spend is fine, above the second it is not used. */
const correlation = { fine: 0.1, stop: 0.3 };
const yearDays = 365;
/** One history in so many is fitted by Pareto/NBD as well, which takes a hundred times as long a customer. */
const crossChecked = 6;

export interface CustomerValue {
  readonly model: FittedModel['name'];
  readonly validation: Validation;
  readonly holdoutDays: number;
  readonly silenceDays: number;
  /** Purchases expected by Pareto/NBD after the split against those of the model, in a part of the sample; null where it has no maximum. */
  readonly crossCheck: number | null;
  readonly sampled: number;
  /** Correlation of frequency and spend among repeat buyers; whether spend is modelled, and whether that is in doubt. */
  readonly spend: { readonly correlation: number; readonly isUsed: boolean; readonly isDoubtful: boolean };
  /** null when the model does not beat both rules: then nothing is forecast. */
  readonly expected: Expected | null;
}

/** Why there is no forecast. */
export type NoForecast = { readonly why: string };

interface Place {
  readonly engine: QueryEngine;
  readonly derived: Derived;
  readonly toDay: number;
  readonly level: number;
}

/** @param mark value in the window from which a customer counts as one of the top. */
export async function customerValue({ engine, derived, toDay, level }: Place, mark: number): Promise<CustomerValue | NoForecast> {
  const { dialect } = engine;
  const [purchases, memberFacts] = [await derived.purchaseDays(), await derived.memberFacts()];
  const fromDay = await purchaseHistoryStart(engine, purchases, toDay);
  const holdoutDays = Math.min(longestHoldout, Math.floor((toDay - fromDay) / 3));
  const before = { fromDay, toDay: toDay - holdoutDays };
  const [usualGap, silenceDays] = [await purchaseGapQuantile(engine, purchases, before, 0.5), await purchaseGapQuantile(engine, purchases, before, longGap)];
  if (holdoutDays < shortestHoldout || usualGap === null || silenceDays === null || before.toDay - fromDay < fewestIntervals * usualGap) {
    return { why: `The purchases reach back less than ${fewestIntervals} of the usual intervals, or too short a time, to hold a part of them back.` };
  }
  const [counted] = await engine.rows(buyerCountSql(purchases, { fromDay, toDay }));
  const parts = Math.max(1, Math.min(sampleParts, Math.round((sampleParts * sampleSize) / Math.max(1, counted?.buyers ?? 0))));
  const span = { fromDay, toDay, parts };
  const lives = (await engine.rows(splitLivesSql(dialect, purchases, span, holdoutDays))).map(
    ({ last_age: lastAge, ...life }): SplitLife => ({ ...life, lastAge }),
  );
  const repeatBuyers = lives.reduce((sum, { repeats, customers }) => sum + (repeats > 0 ? customers : 0), 0);
  if (repeatBuyers < fewestRepeatBuyers)
    return { why: `Fewer than ${fewestRepeatBuyers} customers have bought again, which is too few for a model of buying.` };
  const calibrated = chooseModel(lives);
  if (calibrated === null) return { why: 'No model of buying settles on these purchases: nobody is seen to stop, or all buy alike.' };
  const validation = validate(calibrated, lives, holdoutDays, silenceDays);
  const spends = spendCells(await engine.rows(spendSql(dialect, purchases, span)));
  const related = correlationOf(spends);
  const spendModel = Math.abs(related) > correlation.stop ? null : usableSpend(spends);
  const few = lives.filter((_, index) => index % crossChecked === 0);
  const known = {
    model: calibrated.name,
    validation,
    holdoutDays,
    silenceDays,
    crossCheck: crossCheck(calibrated, few, holdoutDays),
    sampled: validation.customers,
  };
  const spend = { correlation: related, isUsed: spendModel !== null, isDoubtful: Math.abs(related) > correlation.fine };
  if (!validation.isBetter) return { ...known, spend, expected: null };
  const rows = await engine.rows(valueLivesSql(dialect, memberFacts, purchases, span, mark));
  const cells = rows.map(
    ({ jackknife_group: group, is_top, last_age: lastAge, repeats, age, customers, spend: sum }): ValueCell => ({
      group,
      isTop: is_top === 1,
      lastAge,
      repeats,
      age,
      customers,
      spend: sum,
    }),
  );
  const final = fitModel(calibrated.name, cells);
  if (final === null) return { ...known, spend, expected: null };
  const expected = expectedTopShare(cells, final, spendModel === null ? null : { cells: spends, model: spendModel }, yearDays, level);
  return { ...known, spend, expected };
}

/** A step of the histogram is two per cent wide; its middle stands for all in it. */
function spendCells(rows: readonly SpendRow[]): GroupedSpend[] {
  return rows.map(({ jackknife_group: group, repeats, step, customers }) => ({ group, purchases: repeats, spend: Math.exp(step / 50), customers }));
}

/** A mean of all customers must exist (q > 1), or no spend can be expected of those without a repeat purchase. */
function usableSpend(cells: readonly GroupedSpend[]): GammaGamma | null {
  const fit = fitGammaGamma(cells);
  return fit?.hasConverged === true && fit.q > 1 ? fit : null;
}

/** Pearson’s correlation of the number of repeat purchases and their mean value; 0 when one of them does not vary. */
function correlationOf(cells: readonly GroupedSpend[]): number {
  const sum = (of: (cell: GroupedSpend) => number): number => cells.reduce((total, cell) => total + cell.customers * of(cell), 0);
  const n = sum(() => 1);
  if (n === 0) return 0;
  const [x, y] = [sum(({ purchases }) => purchases) / n, sum(({ spend }) => spend) / n];
  const [xx, yy, xy] = [sum((c) => (c.purchases - x) ** 2), sum((c) => (c.spend - y) ** 2), sum((c) => (c.purchases - x) * (c.spend - y))];
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
