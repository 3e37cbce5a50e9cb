/** Do the best customers get more back for their money than the others? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { firstPurchaseSql, rewardsSql, type Stretches } from './flat-recognition.sql.js';
import { recognitionChart, recognitionEvidence } from './flat-recognition-exhibits.js';
import { ratesByTenth, recognitionMeasures, recognitionMoney, shortestDays, stretchesOf } from './flat-recognition-measures.js';

const fewestMembers = 200;
const fewestTenths = 5;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy } = context;
  const found = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const hasDiscounts = context.filledShare('transactions', 'discount_amount') > 0;
  const hasPoints = context.filledShare('points', 'value_amount') > 0;
  if (!hasDiscounts && !hasPoints) {
    return {
      ...found,
      notApplicable: 'The files say neither what discounts members got nor what their redeemed points were worth, so nothing says what came back to them.',
    };
  }
  const firstDay = (await engine.rows(firstPurchaseSql(await derived.purchaseDays())))[0]?.first_day ?? null;
  const stretches = firstDay === null ? null : stretchesOf(context, firstDay);
  if (stretches === null) {
    return { ...found, notEnough: `Value has to be measured before the rewards, and the purchases cover less than two stretches of ${shortestDays} days.` };
  }
  const rows = await engine.rows(rewardsSql(engine.dialect, await derived.memberFacts(), stretches));
  const members = rows.reduce((sum, row) => sum + (row.tenth > 0 ? row.members : 0), 0);
  if (members < fewestMembers || ratesByTenth(rows, policy).length < fewestTenths) {
    return {
      ...found,
      notEnough: `The comparison needs at least ${fewestMembers} members who bought in the earlier part of the time, and at different amounts.`,
    };
  }
  if (rows.every((row) => row.discounts === 0 && row.points === 0)) {
    return { ...found, notEnough: 'No discount and no redeemed point falls into the later part of the time.' };
  }
  const measures = recognitionMeasures(rows, policy);
  const high = measures.find(({ id }) => id === 'gradient')?.interval?.high ?? 0;
  const money = high < (context.thresholds.gradient?.inverse ?? 0) ? recognitionMoney(rows, policy) : undefined;
  const upper = rows.reduce((sum, row) => sum + (row.tenth > 5 ? row.members : 0), 0);
  return {
    ...found,
    measures,
    evidence: recognitionEvidence(rows, policy),
    charts: [recognitionChart(rows, policy)],
    ...(money === undefined ? {} : { money, members: { value: upper, meaning: 'members in the upper half by value' } }),
    caveats: caveatsOf(context, stretches, { hasDiscounts, hasPoints }),
  };
}

function caveatsOf(
  context: AuditContext,
  { valueFrom, rewardFrom, rewardTo }: Stretches,
  has: { readonly hasDiscounts: boolean; readonly hasPoints: boolean },
): string[] {
  const caveats = [
    `Value is what members bought, before discounts, over ${rewardFrom - valueFrom} days; sales and rewards are those of the ${rewardTo - rewardFrom} days after. Measured over the same days, a good day for the member would count on both sides.`,
    'A discount that is open to everybody is taken up by those who look for it; it says what came back to members, not what was meant as recognition. Service, access and gifts are in no file.',
  ];
  caveats.push(
    has.hasPoints
      ? 'Points redeemed in the later part were partly earned in the earlier one. Who bought much then buys less afterwards by chance alone, so redeemed points make the rate at the top look higher than it is; a rise counts only where it stays without that lag.'
      : 'The value of redeemed points is not in the files, so only discounts count.',
  );
  if (!has.hasDiscounts) caveats.push('Discounts are not in the files, so only redeemed points count.');
  if (context.filledShare('members', 'tier') > 0)
    caveats.push('The table by tier uses the tier of today, which purchases of the same days helped to reach; it is not judged.');
  return caveats;
}

export const flatRecognition = defineAudit({
  id: 'flat-recognition',
  category: 'differentiation',
  question: 'Do the best customers get more back for their money than the others?',
  why: 'A scheme that gives everybody the same, or gives most to those who buy least, tells its best customers that they are nothing special.',
  problem: 'FP3',
  weight: 'high',
  needs: { transactions: ['member_id', 'occurred_at', 'net_amount'] },
  improves: {
    transactions: [
      { columns: ['discount_amount'], gain: 'counts discounts as rewards' },
      { columns: ['gross_amount'], gain: 'value before discounts as it was charged' },
    ],
    points: [{ columns: ['type', 'value_amount'], gain: 'counts redeemed points at what they are worth' }],
    members: [{ columns: ['tier'], gain: 'shows rewards by tier' }],
  },
  minimum: { transactions: 500 },
  thresholds: {
    gradient: {
      levels: { inverse: 0, flat: 0.2 },
      source: {
        kind: 'house',
        note: 'Level with value is no recognition, falling with it subsidises low value. A fifth of the average rate, from the lowest tenth to the highest, is the least that a customer would notice; no published level exists.',
      },
    },
  },
  rivals: [
    {
      explanation: 'The best customers have something that no file shows: service, access, a person who knows them.',
      check: 'Discounts and redeemed points are both counted as what comes back.',
      open: 'Benefits that are not money are not in the files.',
    },
    {
      explanation: 'Points are redeemed later than they are earned, so those who bought most look better or worse treated than they are.',
      check: 'The gradient is also given without the delay between earning and redeeming.',
      open: 'With rewards mostly in points the truth lies between the two figures.',
    },
  ],
  measure,
  judge: (measures, thresholds) => {
    const gradient = measures.get('gradient');
    const { inverse = 0, flat = 0 } = thresholds.gradient ?? {};
    if (gradient === undefined || gradient.value === null) return { status: 'informative', severity: 'none' };
    const high = gradient.interval?.high ?? Number.POSITIVE_INFINITY;
    if (high < inverse) return { status: 'problem', severity: 'high' };
    if (high < flat) return { status: 'problem', severity: 'medium' };
    // A rise that may be a fall, or the lag between earning points and redeeming them, recognises nobody.
    const isShown = ['gradient', 'gradientWithoutLag'].every((id) => (measures.get(id)?.interval?.low ?? Number.NEGATIVE_INFINITY) > inverse);
    return gradient.value < flat || !isShown ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: (measures, { status, severity }) => {
    const hasRange = measures.get('gradient')?.interval !== undefined;
    const condition = `For each unit of net sales {rate} came back to members as discounts or redeemed points: {lowestRate} in the tenth that had bought least before, {highestRate} in the tenth that had bought most. Along the line through all tenths the rate changes by {gradient} of its average${hasRange ? ' ({gradient.interval})' : ''} from the lowest to the highest.`;
    const criterion =
      'House thresholds: below {threshold.gradient.flat} of the average rate from the lowest tenth to the highest, the scheme treats all alike; below {threshold.gradient.inverse} it gives the larger part to those who buy least. It is called so when the whole interval lies there.';
    const test =
      'Give a random half of the highest tenth a benefit that the others do not get, hold the other half back, and compare their sales and their staying over the following two quarters.';
    const wouldChangeOurMind =
      'Benefits that are not in these files, such as service, early access, gifts or a better price in the shop; or rewards that partners pay for.';
    if (status === 'healthy') {
      return {
        condition,
        criterion,
        consequence: 'The best customers get more back for their money than the others; whether that keeps them is another question.',
        action:
          'Keep the rate rising with value, and hold a random part of the highest tenth at the ordinary rate for a quarter to learn what the difference is worth.',
        wouldChangeOurMind,
      };
    }
    const isInverse = status === 'problem' && severity === 'high';
    return {
      condition,
      criterion,
      consequence: isInverse
        ? 'The largest rate goes to those who buy least: the lower half of members gets {lowerHalfRate}, the upper half {upperHalfRate}. The best customers pay nearest to the full price.'
        : status === 'problem'
          ? 'The best customers see nothing in their rewards that others do not see too, so the scheme gives them no reason of its own to stay.'
          : 'The rate may rise with value, but not by enough to be sure of it, or only because points are redeemed later than they are earned.',
      action: isInverse ? `Look first at which discounts reach the lower half, and whether they were meant to. ${test}` : test,
      wouldChangeOurMind,
    };
  },
});
