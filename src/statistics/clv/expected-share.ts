/** What part of the purchases or sales expected of all customers in the next stretch of time comes from a group of them. */
import type { Interval } from '../intervals.js';
import { jackknifeAround } from '../jackknife.js';
import { betaGeometricLikelihood, bgNbdFrom } from './beta-geometric.js';
import { expectedSpend, type GammaGamma, gammaGammaLogLikelihood, type SpendCell } from './gamma-gamma.js';
import { newtonJackknife } from './newton-jackknife.js';
import type { PurchaseCell } from './purchase-cells.js';
import { expectedBy, type FittedModel } from './validation.js';

/** Customers of one history and jackknife group. */
export interface ValueCell extends PurchaseCell {
  readonly group: number;
  readonly isTop: boolean;
  /** Their mean spends on a repeat purchase, added up. */
  readonly spend: number;
}

export type GroupedSpend = SpendCell & { readonly group: number };

export interface Expected {
  /** Purchases expected of all customers. */
  readonly purchases: number;
  /** Sales expected of all; null without a model of spend. */
  readonly sales: number | null;
  /** The group’s share of the sales, else of the purchases. */
  readonly topShare: number;
  readonly interval: Interval | null;
}

interface Parts {
  readonly purchases: number;
  readonly worth: number;
  readonly topWorth: number;
}

/** @param spendModel null: a purchase counts as one. */
function partsOf(cells: readonly ValueCell[], model: FittedModel, spendModel: GammaGamma | null, time: number): Parts {
  const known = new Map<string, number>();
  let [purchases, worth, topWorth] = [0, 0, 0];
  for (const { repeats, lastAge, age, customers, spend, isTop } of cells) {
    const key = `${repeats} ${lastAge} ${age}`;
    const each = known.get(key) ?? expectedBy(model, repeats, lastAge, age, time);
    known.set(key, each);
    // The spend expected of a customer is linear in the mean seen, so the sum of means says it for all customers of a cell.
    const own = spendModel === null ? each * customers : each * customers * expectedSpend(spendModel, repeats, spend / customers);
    purchases += each * customers;
    worth += own;
    if (isTop) topWorth += own;
  }
  return { purchases, worth, topWorth };
}

const logsOf = ({ fit }: FittedModel): number[] => [fit.r, fit.alpha, fit.a, fit.b].map(Math.log);

/** Each group’s parameters without it, by one Newton step; null where the likelihood is flat. */
function modelsWithout(cells: readonly ValueCell[], groups: readonly number[], model: FittedModel): FittedModel[] | null {
  const own = groups.map((group) => cells.filter((cell) => cell.group === group));
  const logs = newtonJackknife(
    own.map((part) => (at: readonly number[]) => betaGeometricLikelihood(part, bgNbdFrom(at), model.name === 'MBG/NBD').value),
    logsOf(model),
  );
  return logs === null ? null : logs.map((at) => ({ name: model.name, fit: { ...model.fit, ...bgNbdFrom(at) } }));
}

function spendsWithout(cells: readonly GroupedSpend[], groups: readonly number[], { p, q, v }: GammaGamma): GammaGamma[] | null {
  const from = ([logP = 0, logQ = 0, logV = 0]: readonly number[]): GammaGamma => ({ p: Math.exp(logP), q: Math.exp(logQ), v: Math.exp(logV) });
  const own = groups.map((group) => cells.filter((cell) => cell.group === group));
  const logs = newtonJackknife(
    own.map((part) => (at: readonly number[]) => gammaGammaLogLikelihood(part, from(at))),
    [p, q, v].map(Math.log),
  );
  return logs?.map(from) ?? null;
}

/** @param spends cells of the model of spend; both left out for purchases alone. @returns null when nothing is expected of anybody. */
export function expectedTopShare(
  cells: readonly ValueCell[],
  model: FittedModel,
  spends: { readonly cells: readonly GroupedSpend[]; readonly model: GammaGamma } | null,
  time: number,
  level: number,
): Expected | null {
  const whole = partsOf(cells, model, spends?.model ?? null, time);
  if (!(whole.worth > 0)) return null;
  const groups = [...new Set(cells.map(({ group }) => group))].sort((a, b) => a - b);
  const models = modelsWithout(cells, groups, model);
  const spendModels = spends === null ? null : spendsWithout(spends.cells, groups, spends.model);
  const topShare = whole.topWorth / whole.worth;
  const without =
    models === null || (spends !== null && (spendModels === null || spendModels.some(({ q }) => q <= 1)))
      ? []
      : groups.map((group, index) => {
          const rest = cells.filter((cell) => cell.group !== group);
          const parts = partsOf(rest, models[index] ?? model, spendModels?.[index] ?? null, time);
          return parts.topWorth / parts.worth;
        });
  return { purchases: whole.purchases, sales: spends === null ? null : whole.worth, topShare, interval: jackknifeAround(topShare, without, level) };
}
