import { fewestPerArm, readExperiments } from '../../derived/experiments.js';
import type { Explanation, Measure } from '../../result/schema.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { activeMembersSql, contactedCampaignsSql, universalHoldoutSql } from './absent-holdouts.sql.js';
import { planCampaign, plansTable, splitsTable } from './absent-holdouts-plan.js';

/** A group counts as kept out of all marketing after a quarter without a message (methodology §4, check 2). */
const universalDays = 90;
/** “Bought in 90 days” is the outcome that holdouts are planned for (methodology §5.1: value over at least 90 days). */
const activeDays = 90;

async function universalMeasure(context: AuditContext): Promise<Measure> {
  const label = `Members kept out of all marketing by design for ${universalDays} days`;
  const blank = { id: 'universalHoldout', label, unit: 'count' as const };
  if (context.rowCount('assignments') === 0) {
    return { ...blank, value: null, n: 0, why: 'No file says who is kept out; members without messages are never taken for a holdout.' };
  }
  const { derived, engine, window } = context;
  const query = universalHoldoutSql(await derived.experimentUnits(), await derived.contactFacts(), window.toDay, universalDays);
  const [row] = await engine.rows(query);
  return { ...blank, value: row?.kept_free ?? 0, n: row?.assigned ?? 0 };
}

/** Contacted members who bought in the last 90 days; null when the files have too few purchases, or too short a time. */
async function activeShareOf({ derived, engine, policy, window }: AuditContext): Promise<number | null> {
  if (window.days < activeDays) return null;
  const [row] = await engine.rows(activeMembersSql(engine.dialect, await derived.contactFacts(), window.toDay, activeDays));
  return row === undefined || row.active < policy.smallCell ? null : row.active / row.members;
}

async function measure(context: AuditContext): Promise<Measurement> {
  const { smallCell } = context.policy;
  const campaigns = await context.engine.rows(contactedCampaignsSql(await context.derived.campaignFacts()));
  const experiments = await readExperiments(context);
  const activeShare = await activeShareOf(context);
  const plans = campaigns.map((row) =>
    planCampaign(
      row,
      experiments.find((each) => each.campaignKey === row.campaign_key),
      activeShare,
      smallCell,
    ),
  );
  const contacts = plans.reduce((sum, plan) => sum + plan.contacts, 0);
  if (contacts === 0)
    return { measures: [], evidence: [], charts: [], evidenceGrade: 'E4', notEnough: 'No marketing contact falls into the time that is looked at.' };
  const covered = plans.filter((plan) => plan.isCovered);
  const tests = experiments.filter((each) => each.holdout >= smallCell && each.treated >= smallCell);
  const isTooSmall = plans.filter((plan) => plan.base !== null && plan.neededLarge === null);
  const count = (id: string, label: string, value: number, n: number): Measure => ({ id, label, value, unit: 'count', n });
  const splits = tests.slice(0, 5).map((test, index): Measure => {
    const unknown = test.split.p === null ? { why: 'The planned share of the holdout is not known, and a plan is not inferred from the data.' } : {};
    const label = `Probability of arms at least as uneven as in ${test.label}`;
    return { id: `split.${index + 1}`, label, value: test.split.p, unit: 'probability', n: test.treated + test.holdout, ...unknown };
  });
  return {
    measures: [
      {
        id: 'holdoutCoverage',
        label: 'Contacts in campaigns with a random holdout',
        value: covered.reduce((sum, plan) => sum + plan.contacts, 0) / contacts,
        unit: 'share',
        n: contacts,
      },
      count('campaigns', 'Campaigns that contacted members', plans.length, plans.length),
      count('campaignsWithout', 'Campaigns without a holdout that can be used', plans.length - covered.length, plans.length),
      count('campaignsTooSmall', 'Campaigns in which even half of the audience is too few to see a difference of a fifth', isTooSmall.length, plans.length),
      await universalMeasure(context),
      count('splitsFailed', 'Tests whose arms do not have the planned sizes', tests.filter(({ split }) => split.verdict === 'fail').length, tests.length),
      count('splitsNotTestable', 'Tests whose planned split is not known', tests.filter(({ split }) => split.verdict === 'notTestable').length, tests.length),
      ...splits,
    ],
    evidence: [plansTable(plans, smallCell), splitsTable(experiments, smallCell)],
    charts: [],
    evidenceGrade: 'E4',
    caveats: [
      'That a holdout was drawn at random is taken from the source; only its size can be checked.',
      `A holdout of fewer than ${fewestPerArm} members, or one whose size contradicts the plan, does not count.`,
      'The sizes are planned for a yes-or-no outcome: the one that was followed, else whether a member buys in 90 days, else the response rate. Spend varies far more and needs larger holdouts.',
    ],
  };
}

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const coverage = measures.value('holdoutCoverage') ?? 0;
  if (coverage < (thresholds.holdoutCoverage?.problem ?? 0)) return { status: 'problem', severity: 'high' };
  if (coverage < (thresholds.holdoutCoverage?.healthy ?? 0)) return { status: 'watch', severity: 'medium' };
  return { status: 'healthy', severity: 'none' };
}

function explain(measures: Measures, verdict: Verdict): Explanation {
  const hasNone = measures.value('holdoutCoverage') === 0;
  const universal = measures.value('universalHoldout');
  const wide =
    universal !== null && universal > 0
      ? ' {universalHoldout} members are kept out of all marketing by design.'
      : ' No group of members is on record as kept out of all marketing.';
  const failed =
    (measures.value('splitsFailed') ?? 0) > 0 ? ' In {splitsFailed} tests the sizes of the arms do not match the plan, so these do not count.' : '';
  const untestable =
    (measures.value('splitsNotTestable') ?? 0) > 0 ? ' In {splitsNotTestable} tests the planned share is not on record, so the split cannot be checked.' : '';
  const first = measures.get('split.1');
  const passed =
    first !== undefined && first.value !== null && (measures.value('splitsFailed') ?? 0) === 0
      ? ' The first test has the sizes that were planned, as far as chance allows (probability {split.1}).'
      : '';
  return {
    condition: `{holdoutCoverage} of the contacts belong to campaigns with a usable holdout (members left out by a random draw and followed like the rest); {campaignsWithout} of {campaigns} campaigns have none.${wide}${failed}${untestable}${passed}`,
    criterion: 'House threshold: healthy from {threshold.holdoutCoverage.healthy} of the contacts, a problem below {threshold.holdoutCoverage.problem}.',
    consequence: hasNone
      ? 'No uplift can be stated for any campaign, because there is no holdout: nobody shows what the same members would have done without the message. Responders were different customers before, so comparing them with the others does not help.'
      : verdict.status === 'healthy'
        ? 'For most of the contacts the question “what would have happened anyway?” has an answer in the data.'
        : 'For the campaigns without a holdout no uplift can be stated: nobody shows what the same members would have done without the message.',
    action:
      verdict.status === 'healthy'
        ? 'Keep the holdouts, write the planned share into the campaign record, and check that each is large enough for the difference that matters (table of campaigns).'
        : 'Hold out members at random before the next send, in the number that the table of campaigns gives for a tenth or a fifth more; where even half of the audience is too few for a fifth (campaigns: {campaignsTooSmall}), pool several campaigns of one objective or keep one group out of all marketing for a quarter.',
    wouldChangeOurMind: 'A file of assignments (campaign, member, arm) for the campaigns that seem to have none.',
  };
}

export const absentHoldouts = defineAudit({
  id: 'absent-holdouts',
  category: 'measurement',
  question: 'Do the campaigns have holdouts, so that their effect can be known?',
  why: 'Customers also buy without being contacted; only members who are left out at random show how much of a result the campaign brought.',
  problem: 'FP7',
  weight: 'high',
  needs: { contacts: ['member_id', 'campaign_id'] },
  improves: {
    assignments: [{ columns: ['campaign_id', 'member_id', 'arm'], gain: 'shows which campaigns have a holdout' }],
    campaigns: [{ columns: ['planned_holdout_share'], gain: 'lets the sizes of the arms be checked against the plan' }],
    responses: [{ columns: ['member_id', 'campaign_id'], gain: 'gives the rate from which the size of a holdout is planned' }],
  },
  minimum: { contacts: 200 },
  thresholds: {
    holdoutCoverage: {
      levels: { healthy: 0.5, problem: 0.1 },
      source: { kind: 'house', note: 'No authoritative level exists; half of the contacts lets the programme as a whole be judged.' },
    },
  },
  measure,
  judge,
  explain,
});
