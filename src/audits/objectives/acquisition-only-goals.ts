import type { Explanation } from '../../result/schema.js';
import { defineAudit, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { costKnownLevels, unreadLevels } from './effort-verdict.js';
import { basisOf, fewestCampaigns, idOf, measureObjectives } from './objective-measures.js';
import { basisWords } from './objective-mix.js';

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const limited = (measures.value('unclassifiedShare') ?? 1) > (thresholds.unclassifiedShare?.scope ?? 0);
  const share = measures.value(limited ? 'atLeast' : idOf[basisOf(measures)]) ?? 0;
  if (share > (thresholds.acquisitionAndSaleShare?.high ?? 1)) return { status: 'problem', severity: 'high' };
  if (share > (thresholds.acquisitionAndSaleShare?.watch ?? 1)) return { status: 'watch', severity: 'medium' };
  if (limited) return { status: 'informative', severity: 'none' };
  const isThin = (measures.value('relationshipShare') ?? 0) < (thresholds.relationshipShare?.watch ?? 0);
  return isThin ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
}

const conditions: Record<Verdict['status'], string> = {
  problem: 'Nearly everything goes to winning customers and to sales that can be counted at once.',
  watch: 'Most of it goes to winning customers and to sales that can be counted at once.',
  informative: 'Too many campaigns carry no objective that can be read for a statement about the whole.',
  healthy: 'The campaigns have more than one kind of objective.',
};

/** A watch of low severity is about the small part of retention, development and service, not about the size of the rest. */
const isThinOnly = ({ status, severity }: Verdict): boolean => status === 'watch' && severity === 'low';
const thinCondition = 'Keeping and developing customers gets a small part of it.';

const oneSided =
  'Little is planned for the customers who already belong to the scheme once their next purchase is counted; what those campaigns do for their value stays outside the goals.';
const consequences: Record<Verdict['status'], string> = {
  problem: oneSided,
  watch:
    'The goals look mostly for what can be counted at once; what campaigns do for the value of customers who already belong to the scheme is the smaller part.',
  informative: 'The campaigns without a readable objective decide the answer, so none is given for the whole.',
  healthy: 'Customers who already belong to the scheme have campaigns that are meant for them, as far as the objectives tell.',
};

const rebalance =
  'Move part of the next plan to one retention and one development campaign, each with a holdout (customers left out at random) and a result measured over more than one purchase cycle.';
const actions: Record<Verdict['status'], string> = {
  problem: rebalance,
  watch: rebalance,
  informative: 'Write an objective for every campaign, or set it in the configuration file, and run the analysis again.',
  healthy: 'Keep writing an objective for every campaign, and look at the mix again each year.',
};

function explain(measures: Measures, verdict: Verdict): Explanation {
  const basis = basisOf(measures);
  const share = idOf[basis];
  const words = basisWords[basis];
  const rangeOf = (id: string): string => (measures.get(id)?.interval === undefined ? '' : `, {${id}.interval}`);
  const range = `${rangeOf(share)},`;
  const others = Object.entries(idOf).filter(([other, id]) => other !== basis && measures.value(id) !== null);
  const otherWays = others.map(([other, id]) => `{${id}} of the ${basisWords[other as keyof typeof basisWords]}`).join(' and ');
  const change = measures.value('changeOnYear') === null ? '' : ` Against the year before, this share changed by {changeOnYear}${rangeOf('changeOnYear')}.`;
  const isPartial = (measures.value('unclassifiedShare') ?? 0) > 0;
  const unread = isPartial
    ? ' The objective of {unclassifiedShare} could not be read; counting that as something else, acquisition and immediate sales have {atLeast} of everything.'
    : '';
  const limit = isPartial
    ? ' Where more than {threshold.unclassifiedShare.scope} cannot be read, only the share of everything is judged and the finding does not speak for the whole.'
    : '';
  return {
    condition:
      `Of the ${words} with a known objective, {${share}}${range} is for acquisition (winning new customers) or immediate sales, ` +
      `and {relationshipShare} for retention (keeping customers), development (a larger part of their spend) or service. ${isThinOnly(verdict) ? thinCondition : conditions[verdict.status]}${otherWays === '' ? '' : ` Counted otherwise: ${otherWays}.`}${change}${unread}`,
    criterion: `House thresholds, by ${words}: worth watching above {threshold.acquisitionAndSaleShare.watch} for acquisition and immediate sales, a problem above {threshold.acquisitionAndSaleShare.high}; worth watching when retention, development and service together have less than {threshold.relationshipShare.watch}.${limit}`,
    consequence: isThinOnly(verdict) ? oneSided : consequences[verdict.status],
    action: actions[verdict.status],
    wouldChangeOurMind:
      'A campaign list in which the objectives are written by those who planned them: correct the classification in the configuration file and run the analysis again. An objective says what was intended, not what was done.',
  };
}

export const acquisitionOnlyGoals = defineAudit({
  id: 'acquisition-only-goals',
  category: 'objectives',
  question: 'Are the campaigns mostly for new customers and immediate sales?',
  why: 'A plan that only wins customers and sells at once leaves nobody responsible for keeping the customers it has.',
  problem: 'FP1',
  weight: 'high',
  needs: { campaigns: ['campaign_id'] },
  improves: {
    campaigns: [
      { columns: ['objective'], gain: 'the purpose as its planners wrote it, instead of words found in the name' },
      { columns: ['cost'], gain: 'the mix by money instead of by messages or by number of campaigns' },
      { columns: ['starts_at'], gain: 'the change of the mix from year to year' },
    ],
  },
  minimum: { campaigns: fewestCampaigns },
  thresholds: {
    acquisitionAndSaleShare: {
      levels: { watch: 0.65, high: 0.8 },
      source: {
        kind: 'house',
        note: 'No published limit exists; the levels say that two thirds, or four fifths, of the effort looks for results that can be counted at once.',
      },
    },
    relationshipShare: {
      levels: { watch: 0.1 },
      source: { kind: 'house', note: 'Less than a tenth for keeping, developing and serving customers is little in a loyalty programme.' },
    },
    unclassifiedShare: unreadLevels,
    costKnown: costKnownLevels,
  },
  notOfMembers: ['*'],
  rivals: [
    {
      explanation: 'The goal was written as a sale and the campaign kept customers all the same.',
      check: 'The objective is read from what the list states first, then from names; each line can be set by hand.',
      open: 'What a campaign did for keeping customers only a test can say.',
    },
    {
      explanation: 'Campaigns for keeping customers are run by another team, whose list is not here.',
      check:
        'None: only campaigns of the list, and those that contacts name, are counted. Those whose objective cannot be read are counted apart, and too many of them stop the finding.',
      open: 'Lists of other teams.',
    },
  ],
  measure: measureObjectives,
  judge,
  explain,
});
