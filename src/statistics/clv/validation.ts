/**
 * Does a model of future purchases beat two rules that anybody can apply? Fitted on what was bought up to a day, held against what
 * was bought after it. Source: Wübben & Wangenheim 2008, doi 10.1509/jmkg.72.3.082, who found that simple rules often do as well.
 */
import type { BgNbdFit } from './beta-geometric.js';
import { expectedPurchases, fitBgNbd } from './bg-nbd.js';
import { fitMbgNbd, mbgExpectedPurchases } from './mbg-nbd.js';
import { fitParetoNbd, paretoExpectedPurchases } from './pareto-nbd.js';
import type { PurchaseCell } from './purchase-cells.js';

/** Customers with one history up to the split, and what they bought just before and after it. */
export interface SplitLife extends PurchaseCell {
  /** Purchases in the last stretch before the split, as long as the one after it. */
  readonly previous: number;
  readonly later: number;
}

export type ModelName = 'BG/NBD' | 'MBG/NBD';

export interface FittedModel {
  readonly name: ModelName;
  readonly fit: BgNbdFit;
}

/** Purchases expected of a customer in the next `time`. */
export function expectedBy({ name, fit }: FittedModel, repeats: number, lastAge: number, age: number, time: number): number {
  return name === 'BG/NBD' ? expectedPurchases(fit, repeats, lastAge, age, time) : mbgExpectedPurchases(fit, repeats, lastAge, age, time);
}

/** @returns null without a maximum. */
export function fitModel(name: ModelName, cells: readonly PurchaseCell[]): FittedModel | null {
  const fit = name === 'BG/NBD' ? fitBgNbd(cells) : fitMbgNbd(cells);
  return fit?.hasConverged === true ? { name, fit } : null;
}

/** The model with the higher likelihood; both have four parameters. @returns null when neither has a maximum. */
export function chooseModel(cells: readonly PurchaseCell[]): FittedModel | null {
  const candidates = (['BG/NBD', 'MBG/NBD'] as const).flatMap((name) => fitModel(name, cells) ?? []);
  return candidates.sort((one, other) => other.fit.logLikelihood - one.fit.logLikelihood)[0] ?? null;
}

interface Forecasts {
  readonly model: number;
  /** As many purchases as in the stretch before. */
  readonly samePeriod: number;
  /** None after a long silence, else as many as in the stretch before. */
  readonly hiatus: number;
}

export interface ValidationRow {
  /** Repeat purchases before the split, from and to. */
  readonly from: number;
  readonly to: number;
  readonly customers: number;
  /** Purchases after the split, and what was forecast, added up. */
  readonly bought: number;
  readonly forecast: Forecasts;
}

export interface Validation {
  readonly customers: number;
  readonly bought: number;
  readonly forecast: Forecasts;
  /** Mean absolute error a customer. */
  readonly error: Forecasts;
  readonly byFrequency: readonly ValidationRow[];
  /** The model’s error is below that of both rules. */
  readonly isBetter: boolean;
}

/** Repeat purchases are shown in these classes. */
const classes: readonly (readonly [from: number, to: number])[] = [
  [0, 0],
  [1, 1],
  [2, 3],
  [4, 7],
  [8, 15],
  [16, Number.POSITIVE_INFINITY],
];

const none: Forecasts = { model: 0, samePeriod: 0, hiatus: 0 };
const plus = (a: Forecasts, b: Forecasts, times: number): Forecasts => ({
  model: a.model + times * b.model,
  samePeriod: a.samePeriod + times * b.samePeriod,
  hiatus: a.hiatus + times * b.hiatus,
});
const over = (a: Forecasts, divisor: number): Forecasts => ({ model: a.model / divisor, samePeriod: a.samePeriod / divisor, hiatus: a.hiatus / divisor });

/** @param time length of the stretch after the split. @param silence time without a purchase from which on the hiatus rule expects none. */
export function validate(model: FittedModel, lives: readonly SplitLife[], time: number, silence: number): Validation {
  const forecastOf = ({ repeats, lastAge, age, previous }: SplitLife): Forecasts => ({
    model: expectedBy(model, repeats, lastAge, age, time),
    samePeriod: previous,
    hiatus: age - lastAge > silence ? 0 : previous,
  });
  const told = lives.map((life) => ({ life, forecast: forecastOf(life) }));
  let [errors, total, customers, bought] = [none, none, 0, 0];
  for (const { life, forecast } of told) {
    const miss = (value: number): number => Math.abs(value - life.later);
    errors = plus(errors, { model: miss(forecast.model), samePeriod: miss(forecast.samePeriod), hiatus: miss(forecast.hiatus) }, life.customers);
    total = plus(total, forecast, life.customers);
    customers += life.customers;
    bought += life.customers * life.later;
  }
  const error = over(errors, Math.max(1, customers));
  const byFrequency = classes.flatMap(([from, to]): ValidationRow[] => {
    const own = told.filter(({ life }) => life.repeats >= from && life.repeats <= to);
    if (own.length === 0) return [];
    return [
      {
        from,
        to,
        customers: own.reduce((sum, { life }) => sum + life.customers, 0),
        bought: own.reduce((sum, { life }) => sum + life.customers * life.later, 0),
        forecast: own.reduce((sum, { life, forecast }) => plus(sum, forecast, life.customers), none),
      },
    ];
  });
  return { customers, bought, forecast: total, error, byFrequency, isBetter: error.model < error.samePeriod && error.model < error.hiatus };
}

/**
 * Another model of the same customers, Pareto/NBD, in which they may go at any moment: purchases that it expects after the split,
 * against those of the model. @param lives a few thousand at most: its likelihood takes long. @returns null without a maximum.
 */
export function crossCheck(model: FittedModel, lives: readonly SplitLife[], time: number): number | null {
  const pareto = fitParetoNbd(lives);
  if (pareto?.hasConverged !== true) return null;
  const total = (expected: (life: SplitLife) => number): number => lives.reduce((sum, life) => sum + life.customers * expected(life), 0);
  const own = total(({ repeats, lastAge, age }) => expectedBy(model, repeats, lastAge, age, time));
  return own > 0 ? total(({ repeats, lastAge, age }) => paretoExpectedPurchases(pareto, repeats, lastAge, age, time)) / own : null;
}
