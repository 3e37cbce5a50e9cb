import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { type CampaignOrders, campaignMeasures, campaignOrders, campaignsTable, sameResponses } from './decoupled-success-campaigns.js';
import { programmeMeasures, quartersChart, quartersTable, shortfallMeasure, shortfallOf } from './decoupled-success-exhibits.js';
import { programmeHistory } from './decoupled-success-quarters.js';
import { judgeDecoupledSuccess } from './decoupled-success-verdict.js';
import { explainDecoupledSuccess } from './decoupled-success-words.js';
import { readSuccessUnits } from './success-units.js';

async function measure(context: AuditContext): Promise<Measurement> {
  const { policy, thresholds } = context;
  const limits = { leastCampaigns: thresholds.campaigns?.least ?? 1, leastReliability: thresholds.reliability?.least ?? 1 };
  const orders = campaignOrders(await readSuccessUnits(context), context, limits);
  const history = await programmeHistory(context);
  const chart = quartersChart(history);
  const shortfall = shortfallOf(history);
  const measured: Measurement = {
    measures: [
      ...campaignMeasures(orders, policy.screenLevel),
      ...programmeMeasures(history, policy.screenLevel),
      ...shortfallMeasure(history, policy.screenLevel),
    ],
    evidence: [campaignsTable(orders, policy.smallCell), quartersTable(history, policy.smallCell)].flatMap((table) => table ?? []),
    charts: chart === null ? [] : [chart],
    evidenceGrade: 'E4',
    caveats: caveatsOf(orders, history !== null && history.quarters.length > 0),
    ...(shortfall === null
      ? {}
      : { money: shortfall.money, members: { value: shortfall.members, meaning: 'existing customers at the beginning of the latest quarter' } }),
  };
  const hasQuarters = ['success.1', 'existing.1', 'same.1', 'success.2', 'existing.2', 'same.2'].every(
    (id) => (measured.measures.find((each) => each.id === id)?.value ?? null) !== null,
  );
  if (orders.association !== null || hasQuarters) return measured;
  return { ...measured, notEnough: notEnoughSentence(orders, limits.leastCampaigns) };
}

function notEnoughSentence({ campaigns, tooShort, entangled }: CampaignOrders, least: number): string {
  const quarters =
    'To compare quarters, campaigns with responses and purchases in two quarters in a row and in the same quarters a year before are needed, with a quarter of purchases before those.';
  if (campaigns >= least) return `${sameResponses} ${quarters}`;
  const others = [
    ...(tooShort === 0 ? [] : [`${tooShort} more ${tooShort === 1 ? 'was' : 'were'} followed for too short a time`]),
    ...(entangled === 0
      ? []
      : [`${entangled} more cannot be told apart from other campaigns, because one arm got those more often than the other, as with one holdout for all`]),
  ];
  return `To compare campaigns, at least ${least} are needed with both a response rate and a value against a holdout, followed for at least 90 days and twice the median time between purchases; the files hold ${campaigns}${others.length === 0 ? '' : ` (${others.join('; ')})`}. ${quarters}`;
}

function caveatsOf(orders: CampaignOrders, hasQuarters: boolean): string[] {
  const says = (isTrue: boolean, sentence: string): string[] => (isTrue ? [sentence] : []);
  return [
    ...says(
      orders.association !== null,
      'Responses and value are compared across campaigns; that they go together or not is a description, and not what a change of one would do to the other.',
    ),
    ...says(orders.ranked.length > 0 && !orders.isNet, 'Costs are not known for some campaigns, so value is compared before its cost.'),
    ...says(orders.tooShort > 0, 'Campaigns that were followed for too short a time are left out of the comparison.'),
    ...says(
      orders.ranked.some(({ unit }) => (unit.overlap?.treatedShare ?? 0) > 0),
      'Some members got several tested campaigns within the follow-up; the value of a campaign is then what it adds beside the others.',
    ),
    ...says(
      orders.entangled > 0,
      'Campaigns of which one arm got other tested campaigns more often than the other, as with one holdout for all, are left out of the comparison.',
    ),
    ...says(
      hasQuarters,
      'Responses of a quarter depend on which campaigns ran in it; the table shows the change with the mix of objectives of the year before as well.',
    ),
    ...says(
      hasQuarters,
      'The same people grow older as customers, and some leave: their value falls a little in any programme, which is why the value per existing customer has to fall as well.',
    ),
  ];
}

export const decoupledSuccess = defineAudit({
  id: 'decoupled-success',
  category: 'value',
  question: 'Does what campaigns are celebrated for go with what customers are worth?',
  why: 'Budgets follow the figures that are celebrated; where these do not go with what customers are worth, the budget goes to the wrong campaigns.',
  problem: 'FP2',
  weight: 'critical',
  needs: { contacts: ['member_id', 'campaign_id'] },
  improves: {
    assignments: [{ columns: ['campaign_id', 'member_id', 'arm'], gain: 'gives the value that each campaign adds, so that the two orders can be compared' }],
    responses: [{ columns: ['member_id', 'campaign_id', 'responded_at'], gain: 'gives the success that is celebrated, by campaign and by quarter' }],
    transactions: [
      { columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'gives what existing customers bring, quarter by quarter' },
      { columns: ['margin_amount'], gain: 'measures value as margin' },
    ],
    campaigns: [{ columns: ['cost'], gain: 'compares value after its cost' }],
  },
  minimum: { contacts: 200 },
  thresholds: {
    agreement: {
      levels: { aligned: 0.3, inverse: 0 },
      source: { kind: 'house', note: 'Below 0.3 one order says little about the other; below nought it misleads.' },
      plausible: { aligned: [0.15, 0.45], inverse: [0, 0] },
    },
    campaigns: {
      unit: 'count',
      levels: { least: 8 },
      source: { kind: 'house', note: 'With fewer campaigns any order can come about by chance.' },
    },
    reliability: {
      levels: { least: 0.3 },
      source: { kind: 'house', note: 'With less real difference between campaigns, the correction for noise would be larger than what was measured.' },
    },
    divergence: {
      unit: 'share',
      levels: { success: 0.05, value: 0.02 },
      source: { kind: 'house', note: 'In two quarters in a row, each against the same quarter a year before.' },
    },
  },
  notOfMembers: ['campaigns', 'unitsCompared', 'agreement', 'rho', 'tau', 'reliability', 'quartersCompared'],
  rivals: [
    {
      explanation: 'Campaigns to the best customers get many responses whatever they add, and campaigns to people who have left get few.',
      check:
        'Value is a difference to a holdout of the same audience, so what a good list buys anyway takes no part in it; the responses still differ by list.',
      open: 'Whether, within one kind of audience, more responses would go with more value.',
    },
    {
      explanation: 'The market, the season or the prices changed, and not the customers.',
      check: 'Quarters are set against the same weeks a year before, and only customers who had bought shortly before are counted.',
      open: 'A year that was worse for everybody: only a holdout of the whole programme could tell.',
    },
    {
      explanation: 'Other kinds of campaigns ran this year, so the response rate says nothing about how well they were done.',
      check:
        'The response rate is reckoned again with the objectives that the campaigns of the year before had, where enough of these are there again; if no rise is left then, no divergence is called.',
      open: 'Shifts within one objective, and a change in what is recorded as a response.',
    },
  ],
  measure,
  judge: judgeDecoupledSuccess,
  explain: explainDecoupledSuccess,
});
