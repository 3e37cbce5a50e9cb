/** Measures of how value is spread over buyers, and how contact and discounts are. */
import type { CustomerValue, NoForecast } from '../../derived/customer-value.js';
import type { Measure } from '../../result/schema.js';
import type { Unit } from '../../result/units.js';
import { type Cell, gini, lorenz, sortedCells, topShare } from '../../statistics/concentration.js';
import type { Interval } from '../../statistics/intervals.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import type { Policy } from '../audit.js';
import { type AttentionRow, fifths, type ValueStepRow } from './concentrated-value.sql.js';

const topPart = 1 / fifths;
const precision = 10_000;

export interface ValueSeen {
  /** What the value is called. */
  readonly words: string;
  /** Days that the value covers; null when nothing says. */
  readonly days: number | null;
  readonly steps: readonly ValueStepRow[];
  readonly attention: readonly AttentionRow[];
  /** Members with or without a purchase. */
  readonly allMembers: number;
  readonly hasContacts: boolean;
  readonly hasDiscounts: boolean;
  readonly future: CustomerValue | NoForecast;
}

export const membersIn = (rows: readonly { readonly members: number }[]): number => rows.reduce((sum, { members }) => sum + members, 0);
/** Added in ten-thousandths, the precision of amounts, so that the sum is exact. */
export const amountIn = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + Math.round(of(row) * precision), 0) / precision;
const worth = (rows: readonly { readonly value: number }[]): number => amountIn(rows, ({ value }) => value);

function cellsOf(steps: readonly ValueStepRow[], others = 0): Cell[] {
  const byStep = new Map<number, { members: number; value: number }>();
  for (const { step, members, value } of steps) {
    const own = byStep.get(step) ?? { members: 0, value: 0 };
    byStep.set(step, { members: own.members + members, value: own.value + Math.round(value * precision) });
  }
  return sortedCells([
    ...[...byStep.values()].map(({ members, value }) => ({ value: value / precision / members, weight: members })),
    { value: 0, weight: others },
  ]);
}

/** A statistic of all rows, with its delete-a-group jackknife interval. @returns null where it cannot be said. */
function jackknifed<Row extends { readonly jackknife_group: number }>(
  rows: readonly Row[],
  statistic: (rows: readonly Row[]) => number | null,
  level: number,
): { value: number; interval: Interval | null } | null {
  const value = statistic(rows);
  if (value === null) return null;
  const groups = [...new Set(rows.map(({ jackknife_group }) => jackknife_group))].sort((a, b) => a - b);
  const without = groups.flatMap((group) => statistic(rows.filter(({ jackknife_group }) => jackknife_group !== group)) ?? []);
  return { value, interval: without.length < groups.length ? null : jackknifeAround(value, without, level) };
}

/** The contact (or discount) of all but the top fifth, as a share of all, against their share of value; null without either. */
function attentionRatio(rows: readonly AttentionRow[], amount: (row: AttentionRow) => number): number | null {
  const others = rows.filter(({ fifth }) => fifth > 0);
  const [all, value] = [amountIn(rows, amount), worth(rows)];
  if (!(all > 0) || !(worth(others) > 0) || !(value > 0)) return null;
  return amountIn(others, amount) / all / (worth(others) / value);
}

function shareOfOthers(rows: readonly AttentionRow[], amount: (row: AttentionRow) => number): number | null {
  const all = amountIn(rows, amount);
  return all > 0
    ? amountIn(
        rows.filter(({ fifth }) => fifth > 0),
        amount,
      ) / all
    : null;
}

export function valueMeasures(seen: ValueSeen, policy: Policy): Measure[] {
  const { words, days, steps, attention, allMembers } = seen;
  const buyers = membersIn(steps);
  const plain = (id: string, label: string, value: number, unit: Unit, n = buyers): Measure => ({ id, label, value, unit, n });
  const spread = (id: string, label: string, unit: Unit, of: (cells: readonly Cell[]) => number, others = 0): Measure[] => {
    const found = jackknifed(
      steps,
      (rows) => {
        const cells = cellsOf(rows, others);
        return worth(rows) > 0 ? of(cells) : null;
      },
      policy.screenLevel,
    );
    return found === null ? [] : [withInterval({ id, label, value: found.value, unit, n: buyers + others }, found.interval, policy.screenLevel)];
  };
  const top = membersIn(attention.filter(({ fifth }) => fifth === 0));
  return [
    days === null
      ? {
          id: 'periodDays',
          label: 'Days that the value covers',
          value: null,
          unit: 'days',
          n: buyers,
          why: 'The files do not say which period the totals cover.',
        }
      : plain('periodDays', 'Days that the value covers', days, 'days'),
    plain('buyers', 'Members who bought in that time', buyers, 'count'),
    plain('allMembers', 'Members of the scheme', allMembers, 'count', allMembers),
    plain('buyerValue', `${words} of all members who bought`, worth(steps), 'money'),
    ...spread('topShare', `Share of ${words} held by the top fifth of members who bought`, 'share', (cells) => topShare(cells, topPart)),
    ...spread('topTenthShare', `Share of ${words} held by the top tenth of members who bought`, 'share', (cells) => topShare(cells, topPart / 2)),
    ...spread('lowerHalfShare', `Share of ${words} held by the lower half of members who bought`, 'share', (cells) => lorenz(cells, [0.5])[0] ?? 0),
    ...spread('giniOfValue', `Gini coefficient of ${words} over members who bought`, 'index', gini),
    ...spread(
      'topShareOfAll',
      `Share of ${words} held by the top fifth of all members, those without a purchase included`,
      'share',
      (cells) => topShare(cells, topPart),
      Math.max(0, allMembers - buyers),
    ),
    plain('otherBuyers', 'Members who bought, outside the top fifth', buyers - top, 'count'),
    ...attentionMeasures(seen, policy),
    ...futureMeasures(seen.future, policy),
  ];
}

const withInterval = (measure: Measure, interval: Interval | null, level: number, method = 'jackknife over 50 random groups of members'): Measure =>
  interval === null ? measure : { ...measure, interval: { ...interval, level, method } };

function attentionMeasures({ words, attention, hasContacts, hasDiscounts }: ValueSeen, policy: Policy): Measure[] {
  const reachable = attention.filter(({ is_reachable }) => is_reachable);
  const others = reachable.filter(({ fifth }) => fifth > 0);
  const silent = others.filter(({ is_contacted }) => is_contacted === 0);
  const n = membersIn(reachable);
  const estimated = (id: string, label: string, unit: Unit, of: (rows: readonly AttentionRow[]) => number | null, why: string): Measure => {
    const found = jackknifed(reachable, of, policy.screenLevel);
    return found === null
      ? { id, label, value: null, unit, n, why }
      : withInterval({ id, label, value: found.value, unit, n }, found.interval, policy.screenLevel);
  };
  const noContact = 'No member who bought and can be contacted was contacted.';
  const noValue = 'They hold no positive value.';
  const tooFew = membersIn(silent) > 0 && membersIn(silent) < policy.smallCell;
  const measures: Measure[] = [];
  if (hasContacts) {
    measures.push(
      { id: 'reachableBuyers', label: 'Members who bought and can be contacted', value: n, unit: 'count', n },
      estimated('otherValueShare', `Share of their ${words} held outside the top fifth`, 'share', (rows) => shareOfOthers(rows, ({ value }) => value), noValue),
      estimated(
        'otherContactShare',
        'Share of marketing contacts that went outside the top fifth',
        'share',
        (rows) => shareOfOthers(rows, ({ contacts }) => contacts),
        noContact,
      ),
      estimated(
        'otherAttention',
        `Share of contacts outside the top fifth, against their share of ${words}`,
        'ratio',
        (rows) => attentionRatio(rows, ({ contacts }) => contacts),
        noContact,
      ),
      {
        id: 'silentOthers',
        label: 'Members outside the top fifth who bought, can be contacted and were not',
        value: membersIn(silent),
        unit: 'count',
        n: membersIn(others),
      },
      tooFew
        ? {
            id: 'silentValue',
            label: `Their ${words}`,
            value: null,
            unit: 'money',
            n: membersIn(silent),
            why: `Fewer than ${policy.smallCell} members: what they are worth is not shown.`,
          }
        : { id: 'silentValue', label: `Their ${words}`, value: worth(silent), unit: 'money', n: membersIn(silent) },
    );
  }
  if (hasDiscounts)
    measures.push(
      estimated(
        'otherDiscountShare',
        'Share of discounts that went outside the top fifth',
        'share',
        (rows) => shareOfOthers(rows, ({ discounts }) => discounts),
        'No discount was given to them.',
      ),
    );
  return measures;
}

function futureMeasures(future: CustomerValue | NoForecast, policy: Policy): Measure[] {
  if ('why' in future)
    return [{ id: 'expectedTopShare', label: 'Share of next year’s sales expected of today’s top fifth', value: null, unit: 'share', n: 0, why: future.why }];
  const { validation, expected, sampled, spend } = future;
  const number = (id: string, label: string, value: number, unit: Unit = 'number'): Measure => ({ id, label, value, unit, n: sampled });
  const what = spend.isUsed ? 'sales' : 'days with a purchase';
  const share: Measure = {
    id: 'expectedTopShare',
    label: `Share of next year’s ${what} expected of today’s top fifth`,
    value: expected?.topShare ?? null,
    unit: 'share',
    n: sampled,
  };
  return [
    expected === null
      ? { ...share, why: 'The model of buying did not beat two simple rules on the time held back, so nothing is forecast.' }
      : withInterval(share, expected.interval, policy.screenLevel, 'jackknife over 50 random groups of members, parameters by one Newton step'),
    number('heldBackDays', 'Days held back to test the forecast', future.holdoutDays, 'days'),
    number(
      'forecastRatio',
      'Purchases forecast for those days, against those that came',
      validation.bought > 0 ? validation.forecast.model / validation.bought : 0,
      'ratio',
    ),
    number('modelError', 'Mean error of the forecast, purchases a customer', validation.error.model),
    number('samePeriodError', 'Mean error of the rule “as many as in the same time before”', validation.error.samePeriod),
    number('hiatusError', 'Mean error of the rule “none after a long silence, else as many as before”', validation.error.hiatus),
    ...(future.crossCheck === null
      ? []
      : [number('crossCheck', 'The same forecast by another model (Pareto/NBD), against this one', future.crossCheck, 'ratio')]),
    number('spendCorrelation', 'Correlation of how often and how much repeat buyers buy', spend.correlation, 'index'),
  ];
}
