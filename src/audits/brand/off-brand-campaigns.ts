/** Do campaigns carry the brand, or only a price? Proxies from the campaign list; no threshold pretends to know the brand. */
import type { Explanation } from '../../result/schema.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { brandFacts } from './brand-facts.js';
import { brandRowsSql } from './off-brand-campaigns.sql.js';
import { basisOf, brandChart, brandEvidence, brandMeasures, unbrandedMoney } from './off-brand-campaigns-measures.js';

const fewestCampaigns = 8;
/** One campaign with a theme may be a slip of the pen. */
const fewestBranded = 2;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, window, thresholds } = context;
  const campaigns = (await engine.rows(brandRowsSql(engine.dialect, window))).map(brandFacts);
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  if (campaigns.length < fewestCampaigns) return { ...blank, notEnough: `The question needs at least ${fewestCampaigns} campaigns that ran in the window.` };
  const isBranded = campaigns.filter(({ platform }) => platform !== null).length >= fewestBranded;
  if (!isBranded && campaigns.every(({ isDiscount }) => isDiscount === null)) {
    const gain = 'a brand theme for each campaign, or what it offered and how deep the discount was';
    const unlocks = [{ table: 'campaigns', columns: ['brand_platform', 'offer_type', 'discount_depth_share'], gain }];
    return { ...blank, notApplicable: 'The campaign list names neither brand themes nor offers, so nothing can be said about the brand.', unlocks };
  }
  const basis = basisOf(campaigns, thresholds.costKnown?.minimum ?? 1);
  const measures = brandMeasures(campaigns, basis, context);
  const money = isBranded ? unbrandedMoney(campaigns, basis, measures) : undefined;
  return {
    measures,
    evidence: brandEvidence(campaigns, context.policy.smallCell),
    charts: [brandChart(campaigns, basis)],
    evidenceGrade: 'E4',
    ...(money === undefined ? {} : { money }),
    caveats: [
      'A brand theme in a list says what was intended; whether words and pictures were true to the brand, no file says.',
      'How dear the brand means to be, and when it has campaigns of its own, is not in these files, so no depth of discount is called too deep.',
      'Offers are read from the depth of discount, else from English words such as discount, sale or voucher.',
      'For context only, never scored: in a Forrester study of marketing leaders (2011) 55 % said that their loyalty programme was not aligned with the brand.',
    ],
  };
}

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  if ((measures.value('brandedCampaigns') ?? 0) < fewestBranded) return { status: 'informative', severity: 'none' };
  const checks = (['unbrandedShare', 'plainDiscountShare'] as const).map((id) => {
    const { watch = 1, problem = 1 } = thresholds[id] ?? {};
    const { value = null, interval = undefined } = measures.get(id) ?? {};
    if (value === null || value <= watch) return 0;
    return value > problem && interval !== undefined && interval.low > watch ? 2 : 1;
  });
  const worst = Math.max(...checks);
  if (worst === 2) return { status: 'problem', severity: 'medium' };
  return worst === 1 ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
}

const consequences: Record<Verdict['status'], string> = {
  healthy: 'As far as the list tells, what members receive is planned under the brand.',
  informative: 'Whether the campaigns carry the brand cannot be said from this list; how far they lead with price can.',
  watch: 'Part of what members receive is planned outside the brand’s themes, and nobody can check from the list whether it fits.',
  problem:
    'Most of what members receive, or most of what it costs, is planned outside the brand’s themes; the brand that members meet in the scheme may be another one.',
};
const align =
  'Give every campaign in the next plan a brand theme or the written reason why it has none, and let brand and loyalty teams sign the list together. Then send half of the recipients of one campaign, drawn at random, a version that carries the theme, and compare sales and opt-outs over the following 90 days.';
const actions: Record<Verdict['status'], string> = {
  healthy: 'Keep naming the theme in the campaign list, and look at the campaigns in the table that have none.',
  informative: 'Add the brand theme to the campaign list, with “none” where there is none, and run the analysis again.',
  watch: align,
  problem: align,
};

function explain(measures: Measures, { status }: Verdict): Explanation {
  const isKnown = (id: string): boolean => measures.get(id)?.value != null;
  const withRange = (id: string): string => `{${id}}${measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`}`;
  const byCost = isKnown('unbrandedCostShare');
  const evenness = isKnown('evenness') ? ', with an evenness of {evenness} (0: one theme has nearly all campaigns, 1: all have the same number)' : '';
  const themes = measures.value('platforms') === 1 ? '{platforms} brand theme is' : '{platforms} brand themes are';
  const unbranded =
    status === 'informative'
      ? 'The campaign list names no brand theme for at least two campaigns.'
      : `${withRange('unbrandedShare')} of {campaigns} campaigns name no brand theme${byCost ? `, with ${withRange('unbrandedCostShare')} of the cost` : ''}. ${themes} in use${evenness}.`;
  const discountCost = isKnown('discountCostShare') ? `, with ${withRange('discountCostShare')} of the cost` : '';
  const depth = isKnown('medianDepth') ? ' The middle discount takes {medianDepth} off the price.' : '';
  const discounts = isKnown('discountShare')
    ? ` ${withRange('discountShare')} of the campaigns whose offer is known lead with a discount${discountCost}.${depth}`
    : '';
  const plain =
    status !== 'informative' && isKnown('plainDiscountShare')
      ? ` Discounts without a brand theme make up ${withRange('plainDiscountShare')} of the ${byCost ? 'cost' : 'campaigns'}.`
      : '';
  return {
    condition: `${unbranded}${discounts}${plain}`,
    criterion:
      status === 'informative'
        ? 'Without brand themes there is no level to hold this against, and none is set for discounts by themselves: how much price a brand bears, only its owner can say.'
        : 'House levels, held against the organisation’s own use of themes: more than {threshold.unbrandedShare.watch} of campaigns without one deserves a look, more than {threshold.unbrandedShare.problem} is a problem; more than {threshold.plainDiscountShare.watch} in discounts without a theme deserves a look, more than {threshold.plainDiscountShare.problem} is a problem.',
    consequence: consequences[status],
    action: actions[status],
    wouldChangeOurMind:
      'A brand plan that shows that these campaigns were part of it under another name, or members who, when asked, say the same of the scheme as of the brand.',
  };
}

export const offBrandCampaigns = defineAudit({
  id: 'off-brand-campaigns',
  category: 'brand',
  question: 'Do campaigns carry the brand, or only a price?',
  why: 'What members receive most often is what the brand is to them; a stream of discounts can say that the brand is cheap, whatever the advertising says.',
  problem: 'FP6',
  weight: 'medium',
  needs: { campaigns: ['campaign_id'] },
  improves: {
    campaigns: [
      { columns: ['brand_platform'], gain: 'says which campaigns carry the brand, so that the question can be judged' },
      { columns: ['offer_type'], gain: 'says which campaigns lead with a discount' },
      { columns: ['discount_depth_share'], gain: 'says how deep the discounts are' },
      { columns: ['cost'], gain: 'weighs campaigns by what they cost' },
    ],
  },
  minimum: { campaigns: fewestCampaigns },
  thresholds: {
    unbrandedShare: {
      levels: { watch: 0.33, problem: 0.5 },
      source: {
        kind: 'house',
        note: 'No published cut-off exists. An organisation that names themes names them for most campaigns; a third without one is no slip, and more than half without one is the rule.',
      },
    },
    plainDiscountShare: {
      levels: { watch: 0.25, problem: 0.5 },
      source: { kind: 'house', note: 'More than half of the effort in discounts that stand under no theme is a price campaign beside the brand.' },
    },
    costKnown: {
      unit: 'share',
      levels: { minimum: 0.8 },
      source: { kind: 'house', note: 'Cost is the basis when it is known for at least this share of the campaigns; otherwise each campaign counts once.' },
    },
  },
  notOfMembers: ['*'],
  rivals: [
    {
      explanation: 'The campaigns carry the brand, and the list of campaigns does not say so.',
      check:
        'The theme, the offer and the depth of discount that the list gives are read in one spelling; a campaign whose offer is not given is left out of the share of discounts.',
      open: 'A theme that only the name of the campaign or its pictures carry, and whether these were true to the brand.',
    },
    {
      explanation: 'A season of clearance makes discounts look like a habit.',
      check: 'Campaigns of the whole window are counted, by number and, where enough costs are known, by cost, with an interval.',
      open: 'A window of less than a year holds some seasons and not others.',
    },
  ],
  measure,
  judge,
  explain,
});
