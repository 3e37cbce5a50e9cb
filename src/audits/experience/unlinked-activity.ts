/** How much of the trade does the scheme not see? Every other figure speaks of members only. */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { totalOf } from './figures.js';
import { salesDaysSql, salesPlacesSql } from './unlinked-activity.sql.js';
import { unlinkedChart, unlinkedEvidence, unlinkedMeasures } from './unlinked-measures.js';

const fewestSales = 200;
const fewestWeeks = 8;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, window } = context;
  const days = await engine.rows(salesDaysSql(engine.dialect, window));
  const none = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' } as const;
  const weeks = new Set(days.map((row) => Math.floor(row.day / 7))).size;
  if (totalOf(days, (row) => row.sales) < fewestSales || weeks < fewestWeeks) {
    return { ...none, notEnough: `The question needs at least ${fewestSales} sales in ${fewestWeeks} different weeks of the window.` };
  }
  if (totalOf(days, (row) => row.unlinked) === 0) {
    return {
      ...none,
      notEnough:
        'Every sale in the files has a member. Exports of a loyalty scheme usually leave the other sales out, so what share of the trade this report sees cannot be said.',
      unlocks: [
        {
          table: 'transactions',
          columns: ['member_id'],
          gain: 'with the sales that have no member, left empty there: says what share of the trade this report can see',
        },
      ],
    };
  }
  const places = await engine.rows(salesPlacesSql(engine.dialect, window));
  const measures = unlinkedMeasures(days, places, context);
  const share = measures.find(({ id }) => id === 'unlinkedShare')?.interval;
  const value = measures.find(({ id }) => id === 'unlinkedValue')?.value ?? 0;
  const total = totalOf(days, (row) => row.value);
  return {
    measures,
    evidence: unlinkedEvidence(days, places, context),
    charts: [unlinkedChart(days, context)],
    evidenceGrade: 'E4',
    money: {
      value,
      ...(share === undefined ? {} : { low: share.low * total, high: share.high * total }),
      meaning: 'net sales of the window without a member: trade that this report cannot see, not a loss',
    },
    caveats: [
      'Members who can be recognised are on average the more engaged customers, so what the other findings say of members need not hold for everybody who buys.',
      'A sale without a member may be a member’s whose card was not shown, or a stranger’s; the files cannot tell.',
      'The trend is a straight line through the months of the window; with a single year, a season (gifts in December) looks like a trend.',
    ],
  };
}

export const unlinkedActivity = defineAudit({
  id: 'unlinked-activity',
  category: 'experience',
  question: 'How much of the trade can this report not see?',
  why: 'A sale without a member cannot be followed: everything else in this report speaks of the customers who can be recognised, who are the more engaged ones.',
  problem: 'MF4',
  weight: 'medium',
  needs: { transactions: ['member_id', 'occurred_at', 'net_amount'] },
  improves: {
    transactions: [
      { columns: ['channel'], gain: 'shows in which channel customers are not recognised' },
      { columns: ['business_unit'], gain: 'shows in which shop or division customers are not recognised' },
    ],
  },
  minimum: { transactions: fewestSales },
  thresholds: {
    unlinkedShare: {
      levels: { watch: 0.2, high: 0.5 },
      source: {
        kind: 'house',
        note: 'Published shares of sales with a loyalty card differ too much by trade to be a yardstick. Beyond one half, what this report says holds for the smaller part of the trade.',
      },
    },
    unlinkedChange: {
      levels: { watch: 0.05 },
      source: { kind: 'house', note: 'Five points more of the trade out of sight within the window; your own past is the best yardstick.' },
    },
  },
  notOfMembers: ['unlinkedChange'],
  rivals: [
    {
      explanation: 'The unlinked sales were never meant to have a member, such as trade customers or staff.',
      check: 'The share is shown by month, and by channel and business unit where the files name them; such sales would stand out there.',
      open: 'The files do not say who was meant to be recognised.',
    },
    {
      explanation: 'The export leaves out some sales, and the true share is another one.',
      check: 'The share is that of the files; sudden changes in the number of records from month to month are named under the quality of the data.',
      open: 'Whether an export is complete only its source system can say.',
    },
  ],
  measure,
  judge: (measures, { unlinkedShare, unlinkedChange }) => {
    const share = measures.get('unlinkedShare');
    const change = measures.get('unlinkedChange');
    const worst = measures.get('worstPlace');
    const [watch = 0, high = 0] = [unlinkedShare?.watch, unlinkedShare?.high];
    const value = share?.value ?? 0;
    if (value > high && (share?.interval?.low ?? value) > watch) return { status: 'problem', severity: 'medium' };
    const isRising = (change?.value ?? 0) > (unlinkedChange?.watch ?? 0) && (change?.interval?.low ?? 0) > 0;
    // A place without any member has no interval, and needs none.
    const isBlind = (worst?.interval?.low ?? worst?.value ?? 0) > high;
    return value > watch || isRising || isBlind ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: (measures, { status }) => {
    const has = (id: string): boolean => measures.get(id)?.interval !== undefined;
    const range = has('unlinkedShare') ? ' ({unlinkedShare.interval})' : '';
    const trend = has('unlinkedChange') ? ' From the first month to the last the share changed by {unlinkedChange} ({unlinkedChange.interval}).' : '';
    const worst = measures.get('worstPlace') === undefined ? '' : ' Among channels and units the largest is the {worstPlace.label}: {worstPlace}.';
    return {
      condition: `{unlinkedShare} of sales by value${range} have no member; by number it is {unlinkedCountShare}. This report can see {visibleShare} of the trade.${trend}${worst}`,
      criterion:
        'Above {threshold.unlinkedShare.watch} it deserves a look, above {threshold.unlinkedShare.high} most of the trade is out of sight; so does a rise of more than {threshold.unlinkedChange.watch} that chance does not explain, or a single channel or unit above the second level.',
      consequence:
        status === 'healthy'
          ? 'Most of the trade is in sight, so the other findings speak for most of it.'
          : 'Sales of {unlinkedValue} have no customer that anybody could thank, answer or learn from, and every other finding of this report leaves them out.',
      action:
        status === 'healthy'
          ? 'Keep the table by month: a fall in recognised sales is often the first sign of a till, an app or a web shop that no longer asks.'
          : 'Find out at which tills and in which channels nobody is asked for the card, change the asking in a random half of them, and compare the share of recognised sales after four weeks.',
      wouldChangeOurMind:
        'Card or payment references that link these sales to members after all, or sales (to trade customers, say) that were never meant to have a member.',
    };
  },
});
