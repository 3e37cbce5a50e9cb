/** Do members tire of contact? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { type FatigueOptions, type FatigueTables, fatigueCellsSql, fatigueStepsSql, worthSql } from './contact-fatigue.sql.js';
import { binsOf, fatigueEstimates } from './fatigue-estimates.js';
import { kneeOf, netValues, pricesOf } from './fatigue-knee.js';
import { type FatigueData, fatigueCharts, fatigueEvidence, fatigueMeasures, fatigueMoney, imbalanceOf } from './fatigue-measures.js';
import { judgeFatigue } from './fatigue-verdict.js';
import { fatigueExplanation } from './fatigue-words.js';

const fewestContacts = 1000;
const fewestResponses = 100;
const allGroups = 50;
/** In standard deviations: members who differ by less beforehand are alike (Austin 2009). */
const alikeBelow = 0.1;
/** Cells of campaign, baseline and pressure that come back for each group of members, at most, and all that may. */
const cellsPerCampaign = 60;
const mostCells = 150_000;
/** Contacts beyond which the members of some jackknife groups stand for all. */
const mostContacts = 8_000_000;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy, window } = context;
  const tables: FatigueTables = {
    pressure: await derived.contactPressure(),
    purchaseDays: await derived.purchaseDays(),
    memberFacts: await derived.memberFacts(),
  };
  const sampled = Math.max(10, Math.min(allGroups, Math.floor((allGroups * mostContacts) / Math.max(1, context.rowCount('contacts')))));
  const groups = Math.max(10, Math.min(sampled, Math.floor(mostCells / (cellsPerCampaign * Math.max(1, context.rowCount('campaigns'))))));
  const options: FatigueOptions = { window, groups, sampled };
  const rows = await engine.rows(fatigueCellsSql(engine.dialect, tables, options));
  const contacts = rows.reduce((sum, row) => sum + row.contacts, 0);
  const responses = rows.reduce((sum, row) => sum + row.responses, 0);
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  if (contacts < fewestContacts || responses < fewestResponses) {
    return {
      ...blank,
      notEnough: `The question needs at least ${fewestContacts} contacts with ${fewestResponses} responses among them that have 28 days of contacts on record before them and 7 days after; the files hold fewer.`,
    };
  }
  if (binsOf(rows, policy.smallCell).length < 2) {
    return { ...blank, notEnough: 'All members are contacted about equally often, so there is no lighter and heavier pressure to compare.' };
  }
  const steps = await engine.rows(fatigueStepsSql(engine.dialect, tables, options));
  const estimates = fatigueEstimates(rows, steps, context.filledShare('members', 'enrolled_at') > 0, policy);
  const [worth] = await engine.rows(worthSql(engine.dialect, tables, options));
  const prices = pricesOf(rows, worth, window.days);
  const net = netValues(estimates, prices);
  const hasOptOuts = rows.some((row) => row.opt_outs > 0);
  const data: FatigueData = { rows, estimates, prices, net, knee: kneeOf(estimates, net, policy.headlineLevel), hasOptOuts, scale: allGroups / sampled };
  const measures = fatigueMeasures(data, policy);
  const fall = measures.find(({ id }) => id === 'responseFall')?.value ?? 0;
  // A fall too small to look at puts no money at stake, however certain it is.
  const money = data.knee?.basis === 'money' || fall > (context.thresholds.responseFall?.watch ?? 0) ? fatigueMoney(data, policy) : undefined;
  const imbalance = imbalanceOf(estimates);
  return {
    measures,
    evidence: fatigueEvidence(data, policy),
    charts: fatigueCharts(data, policy),
    evidenceGrade: imbalance !== null && imbalance <= alikeBelow ? 'E3' : 'E4',
    ...(money === undefined ? {} : { money }),
    caveats: caveatsOf(context, data),
  };
}

function caveatsOf(context: AuditContext, { hasOptOuts, prices, estimates }: FatigueData): string[] {
  const caveats = [
    'Nobody assigned contact pressure by lot. Those contacted most were chosen for a reason, and only the part of it that shows in earlier orders and responses is adjusted for; comparisons of this kind have missed the truth of experiments by far.',
    'Members who left or opted out are no longer contacted, so those under heavy pressure are the more patient ones: the true effect of pressure on response and on opt-outs may be worse than shown.',
    'The first 28 days of the records only serve to look back on. A response counts for the last contact of its campaign before it; where one sale answers two campaigns, both count it.',
  ];
  if (!hasOptOuts)
    caveats.push(
      'No opt-out followed a contact within 7 days in these files, so the other half of fatigue cannot be seen: members who stop listening without saying so.',
    );
  if (prices === null)
    caveats.push('What a response brings or a contact costs is not known, so the point at which contact stops paying cannot be given in money.');
  else
    caveats.push(
      `All that responders bought counts as brought by the contact${prices.isMargin ? '' : ', at sales instead of margin'}, so what a contact brings is an upper end; a withdrawal costs a year of further contacts, not the customer.`,
    );
  if (estimates.withinPerson === null)
    caveats.push('Pressure changes alike for all members from one campaign to the next, so there is no comparison within one person.');
  if (context.filledShare('contacts', 'contacted_at') === 0)
    caveats.push('Contacts have no date of their own and stand on the first day of their campaign, so pressure is that of campaigns and not of messages.');
  if (context.rowCount('contacts') > mostContacts)
    caveats.push('A random part of members stands for all, because every contact is held against a year of its member’s past.');
  if (context.rowCount('transactions') === 0) caveats.push('There are no purchases, so members are alike only in how they responded before.');
  return caveats;
}

export const contactFatigue = defineAudit({
  id: 'contact-fatigue',
  category: 'targeting',
  question: 'Do members tire of contact?',
  why: 'Beyond some number of messages each further one is ignored, or makes somebody leave. That point is not the same for all, and campaign reports cannot show it, because the best customers are contacted most.',
  problem: 'FP8',
  weight: 'high',
  needs: { contacts: ['member_id', 'campaign_id'], responses: ['member_id', 'campaign_id'] },
  improves: {
    contacts: [
      { columns: ['contacted_at'], gain: 'counts messages and not campaigns' },
      { columns: ['cost'], gain: 'gives the point at which contact stops paying' },
    ],
    responses: [
      { columns: ['responded_at'], gain: 'dates each response, so that only earlier ones count as baseline' },
      { columns: ['amount'], gain: 'gives the point at which contact stops paying' },
    ],
    opt_outs: [{ columns: ['member_id', 'occurred_at'], gain: 'shows whether heavy contact goes with withdrawals' }],
    transactions: [{ columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'compares members who had bought alike before', mayReach: 'E3' }],
    members: [{ columns: ['enrolled_at'], gain: 'checks that the members compared had been in the scheme for as long' }],
  },
  minimum: { contacts: fewestContacts, responses: fewestResponses },
  thresholds: {
    responseFall: {
      levels: { watch: 0.1, high: 0.25 },
      unit: 'share',
      source: {
        kind: 'house',
        note: 'No published cut-off exists; research finds a response that rises and then falls, with a different turn in each trade. Nought is no fatigue.',
      },
    },
    optOutRise: {
      levels: { watch: 1.5, high: 2 },
      unit: 'ratio',
      source: { kind: 'house', note: 'One and a half times, or twice, as many withdrawals a contact as under light pressure.' },
    },
    imbalance: {
      levels: { most: 0.25 },
      unit: 'number',
      source: {
        kind: 'paper',
        citation:
          'P. C. Austin 2009, Statistics in Medicine 28; D. B. Rubin 2001, Health Services and Outcomes Research Methodology 2; E. A. Stuart 2010, Statistical Science 25',
        note: 'In standard deviations: above it the members compared were too unlike beforehand for the comparison to be called a problem; below 0.1 they were alike, which the evidence grade follows.',
      },
    },
  },
  notOfMembers: ['plainLight', 'plainHeavy', 'responseLight', 'responseHeavy', 'responseFall', 'optOutLight', 'optOutHeavy', 'kneeFrom'],
  rivals: [
    {
      explanation: 'Members under heavy contact are other customers: the best, who respond whatever is sent.',
      check: 'The comparison is made three ways: plain, within the same campaign and value, and within the same member over time.',
      open: 'Reasons of choice that show neither in orders nor in responses.',
    },
    {
      explanation: 'Weeks of heavy contact are weeks of big sales.',
      check: 'Comparing within campaigns takes the offer and the week out.',
      open: 'Members who had already left before the heavy weeks are not there to be counted, so the truth may be worse.',
    },
  ],
  measure,
  judge: judgeFatigue,
  explain: fatigueExplanation,
});
