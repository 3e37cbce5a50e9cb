/** Does every stage of a member's life in the scheme have a campaign that is meant for it? */
import { periodsOf } from '../../derived/member-periods.sql.js';
import { type AuditContext, defineAudit, type Measurement, type Measures } from '../audit.js';
import { stageContactsSql, stagesSql } from './uncovered-stages.sql.js';
import { stageChart, stageEvidence } from './uncovered-stages-exhibits.js';
import { stageCounts, stageMeasures, uncoveredMoney } from './uncovered-stages-measures.js';

const fewestStages = 2;
const fewestContacts = 100;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy, thresholds } = context;
  const periods = await derived.memberPeriods();
  const contactFacts = await derived.contactFacts();
  const rows = await engine.rows(stagesSql(engine.dialect, periods, contactFacts, window));
  const contacts = await engine.rows(stageContactsSql(contactFacts, periods, await derived.campaignObjectives(), window));
  const placed = contacts.reduce((sum, row) => sum + row.contacts, 0);
  const counts = stageCounts(rows, contacts, thresholds.meantRate?.covered ?? 0, policy);
  const measures = stageMeasures(counts, contacts, placed);
  const judged = counts.filter(({ isJudged }) => isJudged).length;
  const found = { measures, evidence: [], charts: [], evidenceGrade: 'E4' as const };
  if (judged < fewestStages || placed < fewestContacts) {
    return {
      ...found,
      notEnough: `Stages need purchases over 24 weeks before the first four weeks that are looked at, at least ${fewestContacts} dated contacts after that, and members in at least ${fewestStages} stages.`,
    };
  }
  const money = uncoveredMoney(rows, counts, policy);
  const unheard = counts.filter(({ isEmpty }) => isEmpty).reduce((sum, { membersNow }) => sum + membersNow, 0);
  return {
    ...found,
    evidence: stageEvidence(counts, contacts, policy.smallCell),
    charts: [stageChart(counts, contacts, policy.smallCell)],
    ...(money === undefined ? {} : { money }),
    ...(unheard < policy.smallCell
      ? {}
      : {
          members: { value: unheard, meaning: 'members who are in such a stage now and can be contacted' },
        }),
    caveats: caveatsOf(context),
  };
}

function caveatsOf(context: AuditContext): string[] {
  const caveats = [
    `Stages are read from purchases at the beginning of each of at most ${periodsOf(context.window)} periods of four weeks, and only where the files hold purchases over 24 weeks before. Chance moves members from stable to growing and back.`,
    'An objective says what a campaign was meant for, not what it did; a sale that everybody gets may well suit somebody who is about to leave.',
  ];
  if (context.filledShare('members', 'enrolled_at') === 0) {
    caveats.push('Joining dates are unknown, so a member counts as new from the first purchase in the files.');
  }
  if (!context.derived.hasConsents) caveats.push('Permissions are unknown, so members who may not be contacted count as if they could be.');
  if (context.rowCount('assignments') > 0) caveats.push('Members kept out of campaigns by a test count like the others, which makes the rates a little low.');
  return caveats;
}

/** With fewer readable objectives the finding speaks of how much contact a stage gets, not of what it is meant for. */
const isReadable = (measures: Measures): boolean => (measures.value('knownShare') ?? 0) >= 0.5;

export const uncoveredStages = defineAudit({
  id: 'uncovered-stages',
  category: 'sales-cycle',
  question: 'Does every stage of a member’s life in the scheme have a campaign that is meant for it?',
  why: 'Somebody who has just joined, somebody who buys more and somebody who is about to leave need different messages; a stage without one is left to chance.',
  problem: 'FP5',
  weight: 'medium',
  needs: { contacts: ['member_id', 'campaign_id'], transactions: ['member_id', 'occurred_at', 'net_amount'] },
  improves: {
    campaigns: [
      { columns: ['objective'], gain: 'the purpose as its planners wrote it, instead of words found in the name' },
      { columns: ['starts_at'], gain: 'dates contacts that have no date of their own' },
    ],
    contacts: [{ columns: ['contacted_at'], gain: 'the stage on the day of the contact' }],
    members: [{ columns: ['enrolled_at', 'closed_at'], gain: 'who is new, and who has left' }],
    consents: [{ columns: ['status'], gain: 'leaves out members who may not be contacted' }],
  },
  minimum: { contacts: fewestContacts, transactions: 200 },
  thresholds: {
    meantRate: {
      levels: { covered: 0.1 },
      unit: 'contactsPerMember',
      source: {
        kind: 'house',
        note: 'One message meant for the stage in ten months of membership. No published level exists; below it most members leave the stage unheard.',
      },
    },
    uncoveredStages: {
      levels: { watch: 1, problem: 2 },
      unit: 'count',
      source: {
        kind: 'house',
        note: 'Of the five stages new, growing, stable, at risk and lapsed. One gap may be a choice; two or more show that stages do not steer the plan.',
      },
    },
  },
  notOfMembers: ['judgedStages', 'uncoveredStages', 'doubtfulStages'],
  rivals: [
    {
      explanation: 'Chance moves members from one stage to another without any change in their habits.',
      check:
        'Stages are set anew every four weeks, by each member’s own rhythm where it is known, and contacts are set against the time that members spent in the stage.',
      open: 'A member who buys now and then grows and shrinks by chance.',
    },
    {
      explanation: 'A sale campaign serves the members of that stage as well.',
      check: 'The table shows every objective by stage, so that such campaigns can be seen.',
      open: 'Whether it helps only a test can say.',
    },
  ],
  measure,
  judge: (measures, thresholds) => {
    const empty = measures.value('uncoveredStages') ?? 0;
    const doubtful = measures.value('doubtfulStages') ?? 0;
    if (empty >= (thresholds.uncoveredStages?.problem ?? 0) && isReadable(measures)) return { status: 'problem', severity: 'medium' };
    if (empty + doubtful >= (thresholds.uncoveredStages?.watch ?? 0)) return { status: 'watch', severity: 'low' };
    return { status: 'healthy', severity: 'none' };
  },
  explain: (measures, { status }) => {
    const empty = measures.value('uncoveredStages') ?? 0;
    const doubtful = measures.value('doubtfulStages') ?? 0;
    const risk = measures.get('meantRate.atRisk');
    const hasRisk = risk !== undefined && risk.value !== null && isReadable(measures);
    const range = risk?.interval === undefined ? '' : ' ({meantRate.atRisk.interval})';
    const atRisk = hasRisk
      ? ` Members at risk (silent for more than three times their usual gap between purchases) had {rate.atRisk} a month, of these {meantRate.atRisk}${range} from campaigns for retention or win-back.`
      : '';
    const unreadShare =
      (measures.value('knownShare') ?? 1) < 1
        ? ' {knownShare} of the contacts belong to campaigns whose objective can be read; the others count as meant for every stage.'
        : '';
    const list = [...(empty > 0 ? ['{uncoveredStages.label}'] : []), ...(doubtful > 0 ? ['{doubtfulStages.label}'] : [])].join('. ');
    const healthy = status === 'healthy';
    return {
      condition: `Next to no message is meant for {uncoveredStages} of the {judgedStages} stages with enough members.${list === '' ? '' : ` ${list}.`}${atRisk}${unreadShare}`,
      criterion:
        'House thresholds: a stage is covered from {threshold.meantRate.covered} a month on whose objective is meant for it (activation and service for new members, development and retention for growing ones, these and service for stable ones, retention and win-back for those at risk, win-back for lapsed ones); worth watching from {threshold.uncoveredStages.watch} uncovered stage, a problem from {threshold.uncoveredStages.problem} whose whole interval is below that, where the objective of at least half of the contacts can be read.',
      consequence: healthy
        ? 'Every stage that could be looked at has a message of its own; whether it works is another question.'
        : 'Members in these stages hear what everybody hears, or nothing: a lapse is not met with anything that is meant to prevent it, or growth with anything that is meant to carry it on.',
      action: healthy
        ? 'Keep the plan by stage, and hold out a random part of each stage to learn whether its messages change anything.'
        : 'Plan one message for the largest uncovered stage, send it to a random half of the members as they enter the stage, hold the other half back, and compare purchases over two of their usual gaps.',
      wouldChangeOurMind:
        'Contacts that are not in these files, such as service calls or messages from the app; objectives that are written differently from what the names say; or a test in which a message for the stage made no difference.',
    };
  },
});
