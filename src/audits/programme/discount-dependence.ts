/** Do members buy only when there is a discount? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { habitsSql, orderSumsSql, rewardWorthSql } from './discount-dependence.sql.js';
import {
  buyersOf,
  type DiscountsSeen,
  discountChart,
  discountEvidence,
  discountMeasures,
  discountMoney,
  fewestOrders,
} from './discount-dependence-measures.js';
import { explainDiscounts } from './discount-dependence-words.js';
import { beyondLevel, plain } from './programme-measures.js';

const fewestMembers = 50;
const fewestJudged = 200;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, window, policy } = context;
  const { dialect } = engine;
  const nothing = { evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const isFilled = (column: string): boolean => context.filledShare('transactions', column) > 0;
  const hasAmounts = isFilled('discount_amount') || isFilled('gross_amount');
  if (!hasAmounts && !isFilled('promo_code')) {
    return {
      measures: [],
      ...nothing,
      notApplicable: 'No file says whether an order was discounted: there is no discount, no price before it, and no code.',
      unlocks: [
        { table: 'transactions', columns: ['discount_amount'], gain: 'answers which orders were discounted, and by how much' },
        { table: 'transactions', columns: ['gross_amount'], gain: 'gives the price before discounts' },
      ],
    };
  }
  const terms = { window, hasOnlyCodes: !hasAmounts };
  const sums = await engine.rows(orderSumsSql(dialect, terms));
  const habits = await engine.rows(habitsSql(dialect, terms));
  const [buyers, orders] = [buyersOf(habits), sums.reduce((sum, row) => sum + row.orders, 0)];
  if (buyers < fewestMembers || orders < fewestJudged) {
    return {
      measures: [
        plain('buyers', 'Members with orders that say whether they were discounted', buyers, 'count', buyers),
        plain('orders', 'Orders of members in the window that say so', orders, 'count', orders),
      ],
      ...nothing,
      notEnough: `The question needs at least ${fewestJudged} orders of ${fewestMembers} members in the window that say whether they were discounted.`,
    };
  }
  const seen: DiscountsSeen = { sums, habits, rewards: await engine.rows(rewardWorthSql(dialect, window)) };
  const measures = discountMeasures(seen, policy);
  const money = discountMoney(measures);
  const dependent = measures.find(({ id }) => id === 'dependentMembers')?.value ?? null;
  return {
    measures,
    evidence: discountEvidence(seen, policy.smallCell),
    charts: discountChart(seen, policy.smallCell),
    evidenceGrade: 'E4',
    ...(money === undefined ? {} : { money }),
    ...(dependent === null || dependent === 0
      ? {}
      : { members: { value: dependent, meaning: `members with at least ${fewestOrders} orders, more than four in five of them discounted` } }),
    caveats: caveatsOf(context, hasAmounts),
  };
}

function caveatsOf(context: AuditContext, hasAmounts: boolean): string[] {
  const caveats = [
    'Clearance, staff prices and member prices count as discounts where the orders record them so; a member price on everything makes every order discounted.',
    'Who buys at a discount chose to; that members buy on discount does not say that they would stay away without it.',
  ];
  if (!hasAmounts) caveats.push('Only codes are known: an order without a code counts as full price, and discounts without a code are not seen.');
  const known = Math.max(context.filledShare('transactions', 'discount_amount'), context.filledShare('transactions', 'gross_amount'));
  if (hasAmounts && known < 0.95)
    caveats.push('Orders that do not say whether they were discounted are left out; if an empty discount means none, the share is overstated.');
  if (context.filledShare('points', 'value_amount') === 0)
    caveats.push('What redeemed rewards cost is not known, so the reward cost rate holds discounts only; what partners pay of them is not known either.');
  return caveats;
}

export const discountDependence = defineAudit({
  id: 'discount-dependence',
  category: 'programme',
  question: 'Do members buy only when there is a discount?',
  why: 'A scheme that teaches members to wait for the next discount sells the same goods for less.',
  problem: 'FP6',
  weight: 'high',
  needs: { transactions: ['member_id', 'occurred_at', 'net_amount'] },
  improves: {
    transactions: [
      { columns: ['discount_amount'], gain: 'says how deep discounts are' },
      { columns: ['gross_amount'], gain: 'gives the price before discounts' },
    ],
    points: [{ columns: ['value_amount'], gain: 'adds the cost of redeemed rewards' }],
  },
  minimum: { transactions: fewestJudged },
  thresholds: {
    discountedOrderShare: {
      levels: { watch: 0.5, high: 0.7 },
      unit: 'share',
      source: { kind: 'house', note: 'Above one half the discounted price is the usual one; no published level exists.' },
    },
    dependentShare: {
      levels: { watch: 0.25, high: 0.5 },
      unit: 'share',
      source: { kind: 'house', note: 'One regular member in four, or in two, who hardly buys without a discount.' },
    },
    discountRate: {
      levels: { watch: 0.1 },
      unit: 'share',
      source: { kind: 'house', note: 'Discounts below a tenth of the price are frequent but small, as in a grocer’s baskets with one reduced item.' },
    },
  },
  sums: [['regulars', 'dependentMembers']],
  rivals: [
    {
      explanation: 'Member prices and clearance are recorded as discounts.',
      check: 'What was paid of the price before is shown beside how often a discount occurs, where that price is known.',
      open: 'The files do not say which discounts everybody gets.',
    },
    {
      explanation: 'Those who buy with a discount are other customers, who would not buy at full price at all.',
      check: 'The finding describes what was paid and makes no claim about what would have been bought.',
      open: 'A test with fewer discounts for a random part of members would tell.',
    },
  ],
  measure,
  judge: (measures, thresholds) => {
    const found = ['discountedOrderShare', 'dependentShare'].map((id) => beyondLevel(measures.get(id), thresholds[id]));
    const isDeep = (measures.get('discountRate')?.value ?? 0) > (thresholds.discountRate?.watch ?? 0);
    if (found.includes('problem') && isDeep) return { status: 'problem', severity: 'high' };
    return found.some((level) => level !== null) ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: explainDiscounts,
});
