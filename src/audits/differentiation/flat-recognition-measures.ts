/** What comes back to members for each unit of money that they spend, by what they were worth before. */
import { addMoney } from '../../model/money.js';
import type { Measure, Money } from '../../result/schema.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import { jackknifeRatio, type Part, ratioOf } from '../../statistics/resampling.js';
import type { AuditContext, Policy } from '../audit.js';
import type { RewardRow, Stretches } from './flat-recognition.sql.js';

/** Value needs purchases over at least this long, and rewards too. */
export const shortestDays = 84;
const valueDays = 365;

/** Value from the year before the window where the files reach back, else from the first half of the window. */
export function stretchesOf({ window }: AuditContext, firstDay: number): Stretches | null {
  if (window.fromDay - firstDay >= valueDays / 2)
    return { valueFrom: Math.max(firstDay, window.fromDay - valueDays), rewardFrom: window.fromDay, rewardTo: window.toDay };
  const valueFrom = Math.max(firstDay, window.fromDay);
  const half = valueFrom + Math.floor((window.toDay - valueFrom) / 2);
  return half - valueFrom < shortestDays ? null : { valueFrom, rewardFrom: half, rewardTo: window.toDay };
}

const tenths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const rewardsOf = (row: RewardRow): number => addMoney([row.discounts, row.points]);
const groupsOf = (rows: readonly RewardRow[]): number[] => [...new Set(rows.map((row) => row.jackknife_group))].sort((a, b) => a - b);

export interface Rate {
  readonly rows: readonly RewardRow[];
  readonly members: number;
  readonly revenue: number;
  readonly rewards: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Rewards ÷ revenue of some rows, with its delete-a-group jackknife interval. */
export function rateOf(rows: readonly RewardRow[], policy: Policy): Rate {
  const parts = groupsOf(rows).map((group): Part => {
    const own = rows.filter((row) => row.jackknife_group === group);
    return { numerator: addMoney(own.map(rewardsOf)), denominator: addMoney(own.map(({ revenue }) => revenue)) };
  });
  const interval = jackknifeRatio(parts, policy.screenLevel);
  return {
    rows,
    members: rows.reduce((sum, row) => sum + row.members, 0),
    revenue: addMoney(rows.map(({ revenue }) => revenue)),
    rewards: addMoney(rows.map(rewardsOf)),
    value: ratioOf(parts),
    low: interval === null ? null : Math.max(0, interval.low),
    high: interval === null ? null : interval.high,
  };
}

export const ratesByTenth = (rows: readonly RewardRow[], policy: Policy): { readonly tenth: number; readonly rate: Rate }[] =>
  tenths
    .map((tenth) => ({
      tenth,
      rate: rateOf(
        rows.filter((row) => row.tenth === tenth),
        policy,
      ),
    }))
    .filter(({ rate }) => rate.members > 0 && rate.value !== null);

/** What one tenth bought before, and what it bought and got afterwards. */
interface Cell {
  readonly tenth: number;
  readonly worth: number;
  readonly revenue: number;
  readonly discounts: number;
  readonly points: number;
  readonly earned: number;
}
const amounts = ['worth', 'revenue', 'discounts', 'points', 'earned'] as const;
const rewardsIn = ({ discounts, points }: Cell): number => discounts + points;

/**
 * From the lowest tenth to the highest, by the least-squares line through the tenths, the change of the rate as a part of their
 * mean rate; null with fewer than three tenths or without rewards.
 */
function gradientOf(cells: readonly Cell[], rewards: (cell: Cell) => number = rewardsIn): number | null {
  const points = cells.filter(({ revenue }) => revenue > 0).map((cell) => ({ x: cell.tenth, y: rewards(cell) / cell.revenue }));
  if (points.length < 3) return null;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  return meanY > 0 ? ((tenths.length - 1) * slope) / meanY : null;
}

/**
 * The same without the lag between earning points and redeeming them: who bought much before buys less afterwards by chance alone, and
 * redeems what the purchases before have earned. Where the ledger has what was earned, the value of the points is dealt out by what was
 * earned in the later part; else what a scheme with one rate for everybody would show, redeemed a whole stretch later, is taken away.
 */
function gradientWithoutLag(cells: readonly Cell[]): number | null {
  const total = (amount: (typeof amounts)[number]): number => cells.reduce((sum, cell) => sum + cell[amount], 0);
  const [worth, revenue, earned, points] = [total('worth'), total('revenue'), total('earned'), total('points')];
  if (!(worth > 0 && revenue > 0)) return null;
  if (earned > 0) return gradientOf(cells, (cell) => cell.discounts + (points * cell.earned) / earned);
  const [discountRate, pointRate] = [total('discounts') / revenue, points / worth];
  const gradient = gradientOf(cells);
  const flat = gradientOf(cells, (cell) => discountRate * cell.revenue + pointRate * cell.worth);
  return gradient === null || flat === null ? null : gradient - flat;
}

const cellsOf = (rows: readonly RewardRow[]): Cell[] =>
  tenths.map((tenth) => {
    const own = rows.filter((row) => row.tenth === tenth);
    const sumOf = (amount: (typeof amounts)[number]): number => addMoney(own.map((row) => row[amount]));
    return { tenth, worth: sumOf('worth'), revenue: sumOf('revenue'), discounts: sumOf('discounts'), points: sumOf('points'), earned: sumOf('earned') };
  });

/** What the lower half got beyond the rate of the upper half. */
function excessOf(cells: readonly Cell[]): number | null {
  const upper = cells.filter(({ tenth }) => tenth > 5);
  const lower = cells.filter(({ tenth }) => tenth <= 5);
  const total = (list: readonly Cell[], amount: (cell: Cell) => number): number => list.reduce((sum, cell) => sum + amount(cell), 0);
  const revenue = total(upper, (cell) => cell.revenue);
  if (!(revenue > 0)) return null;
  const rate = total(upper, rewardsIn) / revenue;
  return total(lower, rewardsIn) - rate * total(lower, (cell) => cell.revenue);
}

/** A statistic of the tenths with its jackknife: the cells without a group are the whole less the group's own. */
function jackknifed(rows: readonly RewardRow[], statistic: (cells: readonly Cell[]) => number | null, level: number) {
  const whole = cellsOf(rows);
  const without = groupsOf(rows).map((group) => {
    const own = cellsOf(rows.filter((row) => row.jackknife_group === group));
    return statistic(
      whole.map((cell, index) => {
        const left = (amount: (typeof amounts)[number]): number => addMoney([cell[amount], -(own[index]?.[amount] ?? 0)]);
        return {
          tenth: cell.tenth,
          worth: left('worth'),
          revenue: left('revenue'),
          discounts: left('discounts'),
          points: left('points'),
          earned: left('earned'),
        };
      }),
    );
  });
  const value = statistic(whole);
  const known = without.filter((each): each is number => each !== null);
  const interval = value === null || known.length < without.length ? null : jackknifeAround(value, known, level);
  return { value, groups: without.length, interval };
}

export function recognitionMeasures(rows: readonly RewardRow[], policy: Policy): Measure[] {
  const ranked = rows.filter(({ tenth }) => tenth > 0);
  const level = policy.screenLevel;
  const n = ranked.reduce((sum, row) => sum + row.members, 0);
  const gradient = jackknifed(ranked, (cells) => gradientOf(cells), level);
  const withoutLag = jackknifed(ranked, gradientWithoutLag, level);
  const method = `jackknife over ${gradient.groups} groups of members`;
  const rate = (id: string, label: string, own: readonly RewardRow[]): Measure => {
    const found = rateOf(own, policy);
    const blank = { id, label, value: found.value, unit: 'share' as const, n: found.members };
    if (found.value === null) return { ...blank, why: 'They bought nothing in the later part.' };
    return found.low === null || found.high === null ? blank : { ...blank, interval: { low: found.low, high: found.high, level, method } };
  };
  return [
    {
      id: 'gradient',
      label: 'Change of the reward rate from the lowest tenth of members by value to the highest, as a part of the average rate',
      value: gradient.value,
      unit: 'share',
      n,
      ...(gradient.interval === null ? {} : { interval: { low: gradient.interval.low, high: gradient.interval.high, level, method } }),
      ...(gradient.value === null ? { why: 'There are too few tenths with sales and rewards.' } : {}),
    },
    {
      id: 'gradientWithoutLag',
      label: 'The same without the lag between earning points and redeeming them',
      value: withoutLag.value,
      unit: 'share',
      n,
      ...(withoutLag.interval === null ? {} : { interval: { low: withoutLag.interval.low, high: withoutLag.interval.high, level, method } }),
      ...(withoutLag.value === null ? { why: 'There are too few tenths with sales and rewards.' } : {}),
    },
    rate('rate', 'Rewards for each unit of net sales, all members', rows),
    rate(
      'lowestRate',
      'The same, lowest tenth of members by value before',
      ranked.filter(({ tenth }) => tenth === 1),
    ),
    rate(
      'highestRate',
      'The same, highest tenth',
      ranked.filter(({ tenth }) => tenth === 10),
    ),
    rate(
      'lowerHalfRate',
      'The same, lower half',
      ranked.filter(({ tenth }) => tenth <= 5),
    ),
    rate(
      'upperHalfRate',
      'The same, upper half',
      ranked.filter(({ tenth }) => tenth > 5),
    ),
    { id: 'members', label: 'Members who had bought in the earlier part', value: n, unit: 'count', n },
    { id: 'rewards', label: 'Discounts and value of redeemed points in the later part', value: addMoney(rows.map(rewardsOf)), unit: 'money', n },
    { id: 'discountShare', label: 'Share of these rewards that are discounts', value: discountShare(rows), unit: 'share', n },
  ];
}

function discountShare(rows: readonly RewardRow[]): number {
  return addMoney(rows.map(({ discounts }) => discounts)) / addMoney(rows.map(rewardsOf));
}

/** Only where the rate falls with value: what the lower half got beyond the rate of the upper half. */
export function recognitionMoney(rows: readonly RewardRow[], policy: Policy): Money | undefined {
  const { value, interval } = jackknifed(
    rows.filter(({ tenth }) => tenth > 0),
    excessOf,
    policy.screenLevel,
  );
  if (value === null || interval === null || !(value > 0)) return undefined;
  const meaning = 'rewards, in the later part, to the lower half of members by value beyond the rate that the upper half gets';
  return { value, low: Math.max(0, interval.low), high: interval.high, meaning };
}
