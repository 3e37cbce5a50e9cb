import { readAccidents } from '../../derived/accidental-experiments.js';
import { type Experiment, fewestPerArm, readExperiments } from '../../derived/experiments.js';
import type { Measure } from '../../result/schema.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { activeMembersSql, contactedCampaignsSql, purchaseValue, universalHoldoutSql } from './absent-holdouts.sql.js';
import { accidentMeasures, accidentsTable } from './absent-holdouts-accidents.js';
import { nextHoldoutMeasures, planCampaign, plansTable, splitsTable } from './absent-holdouts-plan.js';
import { explainHoldouts, holdoutRivals } from './absent-holdouts-words.js';

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

/** Contacted members who bought in the last 90 days, and what such a member was worth; null when the files have too few purchases, or too short a time. */
async function activityOf({ derived, engine, policy, window }: AuditContext): Promise<{ readonly share: number; readonly worth: number | null } | null> {
  if (window.days < activeDays) return null;
  const [row] = await engine.rows(activeMembersSql(engine.dialect, await derived.contactFacts(), window.toDay, activeDays, purchaseValue(derived.valueBasis)));
  if (row === undefined || row.followed === null || row.followed < activeDays || row.active < policy.smallCell) return null;
  return { share: row.active / row.members, worth: row.worth === null ? null : row.worth / row.active };
}

/** The figure of the verdict; with an equal split of several arms `split` is that of all arms, and `holdoutSplit` decides. */
function splitMeasures({ label, split, treated, holdout }: Experiment, number: number): Measure[] {
  const unknown = split.p === null ? { why: 'The planned share of the holdout is not known, and a plan is not inferred from the data.' } : {};
  const probability = (id: string, of: string, value: number | null): Measure => ({
    id: `${id}.${number}`,
    label: `Probability of ${of} in ${label}`,
    value,
    unit: 'probability',
    n: treated + holdout,
    ...unknown,
  });
  if (split.equalSplitP === null) return [probability('split', 'a holdout at least as far from the plan as', split.p)];
  return [
    probability('split', 'arms at least as uneven, if all were planned equal, as', split.equalSplitP),
    probability('holdoutSplit', 'a holdout at least as far from the plan as', split.p),
  ];
}

async function measure(context: AuditContext): Promise<Measurement> {
  const { smallCell } = context.policy;
  const campaigns = await context.engine.rows(contactedCampaignsSql(await context.derived.campaignFacts()));
  const experiments = await readExperiments(context);
  const activity = await activityOf(context);
  const plans = campaigns.map((row) =>
    planCampaign(
      row,
      experiments.find((each) => each.campaignKey === row.campaign_key),
      activity?.share ?? null,
      smallCell,
    ),
  );
  const contacts = plans.reduce((sum, plan) => sum + plan.contacts, 0);
  if (contacts === 0)
    return { measures: [], evidence: [], charts: [], evidenceGrade: 'E4', notEnough: 'No marketing contact falls into the time that is looked at.' };
  const covered = plans.filter((plan) => plan.isCovered);
  const accidents = await readAccidents(context);
  const valueName = context.derived.valueBasis === 'margin' ? 'margin' : 'revenue';
  const accidentTable = accidentsTable(accidents, valueName, smallCell);
  const tests = experiments.filter((each) => each.holdout >= smallCell && each.treated >= smallCell);
  const isTooSmall = plans.filter((plan) => plan.base !== null && plan.neededLarge === null);
  const count = (id: string, label: string, value: number, n: number): Measure => ({ id, label, value, unit: 'count', n });
  const splits = tests.slice(0, 5).flatMap((test, index) => splitMeasures(test, index + 1));
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
      count('holdoutsTooSmall', `Campaigns with a holdout of fewer than ${fewestPerArm} members`, plans.filter((plan) => plan.isTooSmall).length, plans.length),
      count('holdouts', 'Campaigns with a holdout of any size', plans.filter((plan) => plan.holdout > 0).length, plans.length),
      count('campaignsTooSmall', 'Campaigns in which even half of the audience is too few to see a difference of a fifth', isTooSmall.length, plans.length),
      await universalMeasure(context),
      count('splitsFailed', 'Tests whose arms do not have the planned sizes', tests.filter(({ split }) => split.verdict === 'fail').length, tests.length),
      count(
        'crossovers',
        'Tests in which too many of the holdout got the campaign',
        tests.filter(({ crossover }) => crossover.verdict === 'fail').length,
        tests.length,
      ),
      count('splitsNotTestable', 'Tests whose planned split is not known', tests.filter(({ split }) => split.verdict === 'notTestable').length, tests.length),
      ...nextHoldoutMeasures(plans, activity?.worth ?? null),
      ...splits,
      ...accidentMeasures(accidents, valueName, plans.length),
    ],
    evidence: [plansTable(plans, smallCell), splitsTable(experiments, smallCell), ...(accidentTable === null ? [] : [accidentTable])],
    charts: [],
    evidenceGrade: 'E4',
    caveats: [
      'That a holdout was drawn at random is taken from the source; only its size can be checked.',
      `A holdout does not count with fewer than ${fewestPerArm} members in it or in every treated arm, with a size that contradicts the plan, or when more than 2 % of it got the campaign.`,
      'The sizes are planned for a yes-or-no outcome: the one that was followed, else whether a member buys in 90 days, else the response rate. Spend varies far more and needs larger holdouts.',
      ...(accidentTable === null
        ? []
        : [
            'That an accident chose the sides is read from the files, not known: a point in the order of the identifiers can also divide shops or countries, and a later part can have been chosen by a rule that is not on record.',
            'Both sides of an accident can have been sent other campaigns; the difference is of this one on top of them.',
          ]),
    ],
  };
}

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const coverage = measures.value('holdoutCoverage') ?? 0;
  if (coverage < (thresholds.holdoutCoverage?.problem ?? 0)) return { status: 'problem', severity: 'high' };
  if (coverage < (thresholds.holdoutCoverage?.healthy ?? 0)) return { status: 'watch', severity: 'medium' };
  return { status: 'healthy', severity: 'none' };
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
    transactions: [
      { columns: ['member_id', 'occurred_at'], gain: 'lets tests that happened by accident be compared (a list cut off, parts contacted weeks apart)' },
    ],
  },
  minimum: { contacts: 200 },
  thresholds: {
    holdoutCoverage: {
      levels: { healthy: 0.5, problem: 0.1 },
      source: { kind: 'house', note: 'No authoritative level exists; half of the contacts lets the programme as a whole be judged.' },
    },
  },
  notOfMembers: ['campaigns*', 'holdouts*', 'splits*', 'split.*', 'crossovers', 'accidents*', 'next*'],
  rivals: holdoutRivals,
  measure,
  judge,
  explain: explainHoldouts,
});
