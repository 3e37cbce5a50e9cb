/** Does marketing spend grow while complaints and returns grow too? */
import { type AuditContext, defineAudit, type Measurement, type Measures } from '../audit.js';
import { count, totalOf } from './figures.js';
import { kindsIn, periodsOf, spendChart, spendEvidence, spendMeasures } from './spend-measures.js';
import { campaignSpendSql, faultPeriodsSql, faultReachSql, periodDays } from './spend-over-faults.sql.js';

const fewestPeriods = 6;
const fewestFaults = 50;
const fewestCampaigns = 10;
/** Of a shorter time a rise that is beyond chance may still be a season: nothing is called a problem before about a year. */
const fewestForProblem = 12;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, window } = context;
  const none = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' } as const;
  const reach = await engine.rows(faultReachSql(engine.dialect, window.toDay));
  const recorded = kindsIn(reach);
  if (recorded.length === 0) {
    return {
      ...none,
      notApplicable: 'The files hold no complaint, no return and no disputed payment, so nothing can be set beside the marketing spend.',
      unlocks: [
        { table: 'service_events', columns: ['member_id', 'occurred_at', 'type'], gain: 'sets complaints beside marketing spend' },
        { table: 'transactions', columns: ['is_return'], gain: 'sets returns beside marketing spend' },
      ],
    };
  }
  const spend = await engine.rows(campaignSpendSql(engine.dialect, window.toDay));
  const periods = spend.length === 0 ? [] : periodsOf(await engine.rows(faultPeriodsSql(engine.dialect, window.toDay)), reach, spend, window.toDay);
  const faults = totalOf(periods, (period) => period.faults);
  const [first, last] = [periods[0]?.fromDay ?? 0, periods.at(-1)?.toDay ?? 0];
  const running = spend.filter((campaign) => campaign.end_day >= first && campaign.start_day < last).length;
  if (periods.length < fewestPeriods || faults < fewestFaults || running < fewestCampaigns) {
    return {
      ...none,
      measures: [
        count('periods', 'Periods of 28 days that every record reaches', periods.length),
        count('faults', 'Complaints, returns and disputes in them', faults),
        count('campaigns', 'Campaigns with a cost in them', running),
      ],
      notEnough: `Two trends need at least ${fewestPeriods} periods of ${periodDays} days that orders, faults and campaign costs all reach, with ${fewestFaults} faults and ${fewestCampaigns} campaigns in them.`,
    };
  }
  return {
    measures: spendMeasures(periods, spend, context),
    evidence: spendEvidence(periods, context),
    charts: [spendChart(periods, context)],
    evidenceGrade: 'E4',
    caveats: [
      'Two lines that rise together do not show that one comes from the other: a growing business, a new range or a new till can raise both.',
      ...(periods.length < 26 ? ['The periods cover less than two years, so a season (gifts before Christmas, returns after it) can look like a trend.'] : []),
      'The cost of a campaign is spread evenly over its days; spending that is in no campaign, such as television or search, is not seen.',
      'Better recording of complaints looks like more complaints.',
    ],
  };
}

/** Whether a growth exceeds its level, and whether its interval leaves no growth behind. */
function rises(measures: Measures, id: string, level: number): { readonly isLarge: boolean; readonly isCertain: boolean } {
  const measure = measures.get(id);
  return { isLarge: (measure?.value ?? 0) > level, isCertain: (measure?.interval?.low ?? 0) > 0 };
}

export const spendOverFaults = defineAudit({
  id: 'spend-over-faults',
  category: 'experience',
  question: 'Does marketing spend grow while faults grow too?',
  why: 'Spending more on campaigns while complaints and returns rise pours water into a leaking bucket, in the belief that marketing will prevail despite the faults.',
  problem: 'MF1',
  weight: 'medium',
  needs: { campaigns: ['campaign_id', 'starts_at', 'cost'], transactions: ['occurred_at', 'net_amount'] },
  improves: {
    service_events: [{ columns: ['member_id', 'occurred_at', 'type'], gain: 'counts complaints and disputes' }],
    transactions: [{ columns: ['is_return'], gain: 'counts returns' }],
    campaigns: [{ columns: ['ends_at'], gain: 'spreads the cost of a campaign over the days that it ran' }],
  },
  minimum: { campaigns: fewestCampaigns },
  thresholds: {
    spendGrowth: {
      levels: { high: 0.1 },
      unit: 'share',
      source: { kind: 'house', note: 'A tenth more spend a year is more than prices usually account for.' },
    },
    faultGrowth: {
      levels: { high: 0.1 },
      unit: 'share',
      source: { kind: 'house', note: 'A tenth more complaints, returns and disputes an order in a year; your own past is the yardstick.' },
    },
  },
  notOfMembers: ['spendGrowth', 'periods', 'campaigns', 'spend'],
  rivals: [
    {
      explanation: 'The business grows, and both grow with it.',
      check: 'Faults are counted an order, not in all.',
      open: 'Growth can change the mix of goods and of customers, and with it the faults an order.',
    },
    {
      explanation: 'Complaints are recorded better than they used to be.',
      check: 'Only periods that the records of every kind reach are compared, and the table shows the kinds apart where there are enough of each.',
      open: 'A better form makes more complaints visible without any more faults.',
    },
    {
      explanation: 'The season does both.',
      check: 'With less than about a year the finding is at most one to watch, and with less than two a caveat names the season.',
      open: 'With less than two years a season can pass for a trend.',
    },
  ],
  measure,
  judge: (measures, { spendGrowth, faultGrowth }) => {
    const spend = rises(measures, 'spendGrowth', spendGrowth?.high ?? 0);
    const faults = rises(measures, 'faultGrowth', faultGrowth?.high ?? 0);
    if (!spend.isLarge || !faults.isLarge) return { status: 'healthy', severity: 'none' };
    const isYear = (measures.value('periods') ?? 0) >= fewestForProblem;
    if (spend.isCertain && faults.isCertain && isYear) return { status: 'problem', severity: 'medium' };
    return spend.isCertain || faults.isCertain ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: (measures, { status }) => {
    const range = (id: string): string => (measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`);
    const bothUp = (measures.value('spendGrowth') ?? 0) > 0 && (measures.value('faultGrowth') ?? 0) > 0;
    const faultsRise = (measures.get('faultGrowth')?.interval?.low ?? 0) > 0;
    return {
      condition: `Over {periods} periods of 28 days marketing spend changed by {spendGrowth} a year${range('spendGrowth')}, measured against its average, and complaints, returns and disputed payments an order by {faultGrowth} a year${range('faultGrowth')}. There were {faultsPerHundred} of them a hundred orders.`,
      criterion:
        'When spend grows by more than {threshold.spendGrowth.high} a year and faults an order by more than {threshold.faultGrowth.high}, one of them beyond chance deserves a look, and both beyond chance over about a year or longer is a problem.',
      consequence:
        status === 'healthy'
          ? `${bothUp ? 'Spend and faults an order both point upwards, by no more than the levels or than chance may bring.' : 'These figures do not show that spend and faults rise together.'}${faultsRise ? ' Faults an order do rise, which is a matter for those who make and deliver, whatever marketing spends.' : ''}`
          : 'More money, {spend} in these periods, goes into bringing customers in and back while more of what they buy goes wrong. What one has to do with the other these figures do not say.',
      action:
        status === 'healthy'
          ? 'Keep both lines on one page, and look at them whenever the marketing budget is set.'
          : 'Find the products, shops or carriers behind the rise, move a part of the next budget there, in half of the regions or shops chosen at random, and compare faults an order and repeat purchases after two quarters.',
      wouldChangeOurMind:
        'A second year that shows the same rise and fall with the season, complaints that are now recorded better than before, or prices and volumes that explain the growth of the spend.',
    };
  },
});
