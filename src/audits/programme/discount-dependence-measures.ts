/** Measures, the table and the chart of buying at a discount. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { type Part, ratioOf } from '../../statistics/resampling.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { HabitRow, OrderSumRow } from './discount-dependence.sql.js';
import { byGroup, exactSum, plain, ratioMeasure, shareOfMembers, unitRange } from './programme-measures.js';

/** With fewer orders “more than four in five” would say nothing about a habit. */
export const fewestOrders = 5;
/** Methodology §6.1: more than 80 % of orders discounted. */
const habitShare = 0.8;
/** Of fewer members with so many orders no share is given. */
const fewestHabitual = 30;

export interface DiscountsSeen {
  readonly sums: readonly OrderSumRow[];
  readonly habits: readonly HabitRow[];
  readonly rewards: readonly { readonly jackknife_group: number; readonly worth: number }[];
}

const membersIn = (rows: readonly HabitRow[]): number => rows.reduce((sum, { members }) => sum + members, 0);
export const buyersOf = (rows: readonly HabitRow[]): number => membersIn(rows);
const isDependent = ({ orders, discounted }: HabitRow): boolean => discounted > habitShare * orders;

/** Chance of more than four in five of n orders when each is discounted with the same chance: the upper tail of the binomial. */
function chanceOfHabit(orders: number, chance: number): number {
  let [term, total] = [(1 - chance) ** orders, 0];
  for (let k = 0; k <= orders; k += 1) {
    if (k > habitShare * orders) total += term;
    term *= chance === 1 ? 0 : ((orders - k) / (k + 1)) * (chance / (1 - chance));
  }
  return chance === 1 ? 1 : Math.min(1, total);
}

export function discountMeasures({ sums, habits, rewards }: DiscountsSeen, policy: Policy): Measure[] {
  const buyers = buyersOf(habits);
  const ratio = (id: string, label: string, partOf: (rows: readonly OrderSumRow[]) => Part, limits = unitRange): Measure =>
    ratioMeasure(id, label, 'share', byGroup(sums).map(partOf), buyers, policy, limits);
  const total = (amountOf: (row: OrderSumRow) => number | null): number => exactSum(sums.map(amountOf));
  const orders = total((row) => row.orders);
  const hasGross = total(({ gross }) => gross) > 0;
  const discountShare = ratio('discountedOrderShare', 'Share of members’ orders with a discount', (rows) => ({
    numerator: exactSum(rows.map(({ discounted }) => discounted)),
    denominator: exactSum(rows.map((row) => row.orders)),
  }));
  return [
    plain('buyers', 'Members with orders that say whether they were discounted', buyers, 'count', buyers),
    plain('orders', 'Orders of members in the window that say so', orders, 'count', orders),
    discountShare,
    ...habitMeasures(habits, discountShare.value ?? 0, policy),
    ...(hasGross ? priceMeasures(ratio, total, rewards, sums, policy, buyers) : []),
  ];
}

type RatioOf = (id: string, label: string, partOf: (rows: readonly OrderSumRow[]) => Part, limits?: { low: number; high: number }) => Measure;

function priceMeasures(
  ratio: RatioOf,
  total: (amountOf: (row: OrderSumRow) => number | null) => number,
  rewards: DiscountsSeen['rewards'],
  sums: readonly OrderSumRow[],
  policy: Policy,
  buyers: number,
): Measure[] {
  const grossOf = (rows: readonly OrderSumRow[]): number => exactSum(rows.map(({ gross }) => gross));
  const discountsOf = (rows: readonly OrderSumRow[]): number => exactSum(rows.map(({ discounts }) => discounts));
  const worth = exactSum(rewards.map((row) => row.worth));
  const groups = byGroup(sums).map((rows) => ({
    numerator: discountsOf(rows) + exactSum(rewards.filter(({ jackknife_group }) => jackknife_group === rows[0]?.jackknife_group).map((row) => row.worth)),
    denominator: exactSum(rows.map(({ net }) => net)),
  }));
  return [
    plain(
      'grossSales',
      'Members’ orders at the price before discounts',
      total(({ gross }) => gross),
      'money',
      buyers,
    ),
    plain(
      'discountGiven',
      'Discounts on them',
      total(({ discounts }) => discounts),
      'money',
      buyers,
    ),
    ratio('priceRealisation', 'Paid ÷ price before discounts (price realisation)', (rows) => ({
      numerator: exactSum(rows.map((row) => row.net_of_gross)),
      denominator: grossOf(rows),
    })),
    ratio('discountRate', 'Discounts ÷ price before discounts', (rows) => ({ numerator: discountsOf(rows), denominator: grossOf(rows) })),
    ratioMeasure(
      'rewardCostRate',
      worth > 0
        ? 'Discounts and redeemed rewards ÷ what members paid (reward cost rate)'
        : 'Discounts ÷ what members paid (reward cost rate; rewards are not known)',
      'share',
      groups,
      buyers,
      policy,
      { low: 0, high: Number.POSITIVE_INFINITY },
    ),
  ];
}

function habitMeasures(habits: readonly HabitRow[], chance: number, policy: Policy): Measure[] {
  const regular = habits.filter(({ orders }) => orders >= fewestOrders);
  const n = membersIn(regular);
  const early = habits.filter(({ full_early }) => full_early === 1);
  const measures: Measure[] = [];
  if (n >= fewestHabitual) {
    const expected = regular.reduce((sum, row) => sum + row.members * chanceOfHabit(row.orders, chance), 0) / n;
    measures.push(
      plain('regulars', 'Members with at least five orders', n, 'count', n),
      plain('dependentMembers', 'Of these, members with a discount on more than four orders in five', membersIn(regular.filter(isDependent)), 'count', n),
      shareOfMembers('dependentShare', 'Their share', membersIn(regular.filter(isDependent)), n, policy),
      plain('dependentByChance', 'The share to be expected if every order had the same chance of a discount', expected, 'share', n),
    );
  }
  if (membersIn(early) >= fewestHabitual) {
    const again = membersIn(early.filter(({ full_late }) => full_late === 1));
    measures.push(
      shareOfMembers(
        'fullPriceRepeat',
        'Of members who bought at full price in the first half of the window, share that did so again in the second',
        again,
        membersIn(early),
        policy,
      ),
    );
  }
  return measures;
}

export function discountMoney(measures: readonly Measure[]): Money | undefined {
  const found = (id: string): Measure | undefined => measures.find((measure) => measure.id === id);
  const [value, gross, rate] = [found('discountGiven')?.value ?? null, found('grossSales')?.value ?? null, found('discountRate')?.interval];
  if (value === null || gross === null || value === 0) return undefined;
  const meaning = 'discounts given on members’ orders in the window; part of these sales would not have come without them, so this is not what could be saved';
  return rate === undefined ? { value, meaning } : { value, low: rate.low * gross, high: rate.high * gross, meaning };
}

const bands = [
  { label: 'no order discounted', from: -1, to: 0 },
  { label: 'up to a fifth', from: 0, to: 0.2 },
  { label: 'a fifth to a half', from: 0.2, to: 0.5 },
  { label: 'a half to four fifths', from: 0.5, to: habitShare },
  { label: 'more than four fifths', from: habitShare, to: 1 },
];

/** Members with at least five orders by the share of these with a discount; small bands joined to their neighbour. */
function bandsOf(habits: readonly HabitRow[], smallCell: number): { label: string; members: number }[] {
  const regular = habits.filter(({ orders }) => orders >= fewestOrders);
  return joinSmallCells(
    bands.map(({ label, from, to }) => ({
      label,
      members: membersIn(regular.filter(({ orders, discounted }) => discounted / orders > from && discounted / orders <= to)),
    })),
    ({ members }) => members === 0 || members >= smallCell,
    (left, right) => ({ label: `${left.label}; ${right.label}`, members: left.members + right.members }),
  ).filter(({ members }) => members >= smallCell);
}

export function discountEvidence({ sums, habits }: DiscountsSeen, smallCell: number): EvidenceTable[] {
  const members = bandsOf(habits, smallCell);
  const all = members.reduce((sum, band) => sum + band.members, 0);
  const halves = [0, 1].map((half) => sums.filter((row) => row.half === half));
  return [
    {
      id: 'halves',
      title: 'Orders of members in either half of the window',
      columns: [
        { id: 'half', label: 'Half of the window', unit: 'text' },
        { id: 'orders', label: 'Orders', unit: 'count' },
        { id: 'discounted', label: 'With a discount', unit: 'count' },
        { id: 'share', label: 'Share', unit: 'share' },
        { id: 'discounts', label: 'Discounts', unit: 'money' },
        { id: 'realisation', label: 'Paid ÷ price before', unit: 'share' },
      ],
      rows: halves.flatMap((rows, half) => {
        const orders = exactSum(rows.map((row) => row.orders));
        const discounted = exactSum(rows.map((row) => row.discounted));
        const hasGross = rows.some(({ gross }) => gross !== null);
        const realised = ratioOf(rows.map((row) => ({ numerator: row.net_of_gross ?? 0, denominator: row.gross ?? 0 })));
        return orders === 0
          ? []
          : [
              [
                half === 0 ? 'earlier' : 'later',
                orders,
                discounted,
                discounted / orders,
                hasGross ? exactSum(rows.map((row) => row.discounts)) : null,
                realised,
              ],
            ];
      }),
      note: 'The halves lie in different seasons, so a difference between them is no trend.',
    },
    ...(members.length < 2
      ? []
      : [
          {
            id: 'members',
            title: `Members with at least ${fewestOrders} orders, by the share of these with a discount`,
            columns: [
              { id: 'band', label: 'Share of the member’s orders', unit: 'text' as const },
              { id: 'members', label: 'Members', unit: 'count' as const },
              { id: 'share', label: 'Share of members', unit: 'share' as const },
            ],
            rows: members.map((band) => [band.label, band.members, band.members / all]),
            note: `Bands with fewer than ${smallCell} members are joined to their neighbour.`,
          },
        ]),
  ];
}

export function discountChart({ habits }: DiscountsSeen, smallCell: number): Chart[] {
  const members = bandsOf(habits, smallCell);
  const all = members.reduce((sum, band) => sum + band.members, 0);
  if (members.length < 2) return [];
  return [
    {
      kind: 'people',
      id: 'habits',
      title: 'A hundred regular members, by how many of their orders had a discount',
      description: `Members with at least ${fewestOrders} orders in the window, by the share of these with a discount.`,
      segments: members.map((band, index) => ({
        label: band.label,
        share: band.members / all,
        emphasis: index === members.length - 1 ? 'strong' : index === 0 ? 'muted' : 'normal',
      })),
    },
  ];
}
