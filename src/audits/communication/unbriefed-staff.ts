/** Do the people who meet the customer know of a campaign before the customer does? */
import { addMoney } from '../../model/money.js';
import type { Explanation } from '../../result/schema.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { launchesSql, membersAheadOfStaffSql } from './unbriefed-staff.sql.js';
import { briefingChart, briefingEvidence, briefingMeasures, countsMissing, lateLaunches, type Rules } from './unbriefed-staff-measures.js';

const fewestCampaigns = 8;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, thresholds } = context;
  const rules: Rules = { leadDays: thresholds.briefingLeadDays?.least ?? 0, knownMinimum: thresholds.knownShare?.minimum ?? 1 };
  const contactFacts = await derived.contactFacts();
  const rows = await engine.rows(launchesSql(engine.dialect, contactFacts, await derived.campaignObjectives(), window));
  const seen = { evidenceGrade: 'E4' as const, evidence: [], charts: [] };
  const known = rows.filter(({ briefed_day }) => briefed_day !== null).length;
  if (known < fewestCampaigns) {
    const measures = [
      { id: 'knownCampaigns', label: 'Campaigns launched in the window with a date of briefing', value: known, unit: 'count' as const, n: rows.length },
    ];
    return {
      ...seen,
      measures,
      notEnough: `The question needs at least ${fewestCampaigns} campaigns that were launched in the window and have a date of briefing.`,
    };
  }
  const late = lateLaunches(rows, rules);
  const missingCounts = countsMissing(rows, rules);
  const [ahead] = await engine.rows(membersAheadOfStaffSql(engine.dialect, contactFacts, window, { leadDays: rules.leadDays, countsMissing: missingCounts }));
  const priced = late.flatMap(({ cost }) => cost ?? []);
  return {
    ...seen,
    measures: briefingMeasures(rows, rules, context),
    evidence: briefingEvidence(rows, rules),
    charts: [briefingChart(rows)],
    ...(priced.length === 0
      ? {}
      : { money: { value: addMoney(priced), meaning: 'cost of campaigns launched before their staff were briefed, where the cost is known' } }),
    ...(late.length === 0
      ? {}
      : { members: { value: ahead?.members ?? 0, meaning: 'members who got a message of a campaign that was launched before its staff were briefed' } }),
    caveats: [
      'A date of briefing says that staff were told, not what they were told or who was there.',
      'A campaign that no shop and no service desk has to explain needs no briefing; the files do not say which those are.',
      missingCounts
        ? 'Nearly every campaign has a date of briefing, so a campaign without one counts as not briefed before its launch.'
        : 'Many campaigns have no date of briefing. They are left out of the share, not counted as unbriefed; briefings that were held are likelier to be recorded, so the share flatters.',
      'The share of messages that belong to service campaigns is for context and has no level; necessary notices such as receipts are not in it.',
    ],
  };
}

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const { watch = 0, problem = 0 } = thresholds.briefedShare ?? {};
  const isFilled = (measures.value('knownShare') ?? 0) >= (thresholds.knownShare?.minimum ?? 1);
  // With many missing dates a problem has to hold even if every one of them stood for a briefing in time.
  const certain = measures.get(isFilled ? 'briefedShare' : 'briefedAtMost');
  if ((certain?.value ?? 1) < problem && (certain?.interval?.high ?? 1) < watch) return { status: 'problem', severity: 'medium' };
  if ((measures.value('briefedShare') ?? 1) < watch) return { status: 'watch', severity: 'low' };
  return isFilled ? { status: 'healthy', severity: 'none' } : { status: 'informative', severity: 'none' };
}

const consequences: Record<Verdict['status'], string> = {
  healthy: 'As far as the dates say, staff hear of most campaigns before customers ask about them.',
  informative: 'Where a date was recorded, staff mostly heard of the campaign first; the campaigns without a date could change the picture.',
  watch:
    'Whoever asks in the first days of one of these campaigns meets staff who have not been briefed on it. What that costs in sales and goodwill, these files do not say.',
  problem:
    'Whoever asks in the first days of a campaign usually meets staff who have not been briefed on it. What that costs in sales and goodwill, these files do not say.',
};
const brief = 'Make the briefing a condition of the launch: no date of briefing, no start.';
const actions: Record<Verdict['status'], string> = {
  healthy: 'Keep recording the date of briefing, and look at the campaigns in the table that went out without one.',
  informative: 'Record the date of briefing for every campaign for a quarter, then look again.',
  watch: brief,
  problem: brief,
};
const test =
  ' To see what it is worth, brief a random half of the shops a week earlier for the next campaigns and compare redemptions and complaints with those of the other half.';

function explain(measures: Measures, { status }: Verdict): Explanation {
  const has = (id: string): boolean => measures.get(id)?.value != null;
  const withRange = (id: string): string => `{${id}}${measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`}`;
  const undated = measures.value('missingDates') ?? 0;
  const missing = undated === 0 ? '' : ` {missingDates} ${undated === 1 ? 'campaign has' : 'campaigns have'} no date of briefing.`;
  const mentions = has('mentionsShare') ? ` ${withRange('mentionsShare')} of the campaigns mention the scheme.` : '';
  const service = has('nonSellingShare') ? ' {nonSellingShare} of marketing messages belong to service campaigns, which sell nothing.' : '';
  const bound =
    status === 'informative' || status === 'problem' ? ' If every missing date stood for a briefing in time, the share would be {briefedAtMost}.' : '';
  const lead = `The middle lead time, from briefing to launch, was {leadDays}${(measures.value('leadDays') ?? 0) < 0 ? ': the briefing came after the launch' : ''}.`;
  return {
    condition:
      `For ${withRange('briefedShare')} of {judgedCampaigns} campaigns the staff who meet customers were briefed before the launch. ` +
      `${lead}${missing}${undated === 0 ? '' : bound}${mentions}${service}`,
    criterion:
      'A briefing counts from {threshold.briefingLeadDays.least} before the launch on. Fewer than {threshold.briefedShare.watch} of campaigns briefed in time deserves a look, fewer than {threshold.briefedShare.problem} is a problem; both are house levels. Where fewer than {threshold.knownShare.minimum} of campaigns have a date, a missing one is not held against them.',
    consequence: consequences[status],
    action: `${actions[status]}${status === 'watch' || status === 'problem' ? test : ''}`,
    wouldChangeOurMind:
      'Dates of briefing from another system, such as the shop calendar, that show earlier briefings; or a list of the campaigns that staff need not know of.',
  };
}

export const unbriefedStaff = defineAudit({
  id: 'unbriefed-staff',
  category: 'communication',
  question: 'Do staff know of a campaign before customers do?',
  why: 'Whoever asks in the shop about an offer that nobody there has heard of trusts the next one less.',
  problem: 'FP4',
  weight: 'medium',
  needs: { campaigns: ['campaign_id', 'staff_briefed_at'] },
  improves: {
    campaigns: [
      { columns: ['starts_at'], gain: 'counts from the planned launch instead of the first message' },
      { columns: ['mentions_programme'], gain: 'says how many campaigns speak of the scheme at all' },
      { columns: ['objective'], gain: 'says how much of the messages sells nothing' },
      { columns: ['cost'], gain: 'says what the campaigns cost that went out unannounced' },
    ],
  },
  minimum: { campaigns: fewestCampaigns },
  thresholds: {
    briefedShare: {
      levels: { watch: 0.8, problem: 0.5 },
      source: {
        kind: 'house',
        note: 'No published cut-off exists. Four campaigns in five briefed in time leaves room for haste; fewer than half says that briefing is not the rule.',
      },
    },
    briefingLeadDays: { levels: { least: 1 }, source: { kind: 'house', note: 'A briefing on the day of the launch comes after the first customers.' } },
    knownShare: {
      levels: { minimum: 0.9 },
      source: { kind: 'house', note: 'Where briefings are nearly always recorded, a missing date says that there was none; elsewhere it says nothing.' },
    },
  },
  notOfMembers: ['*'],
  rivals: [
    {
      explanation: 'Staff were told in another way than the list records.',
      check: 'Campaigns without a date of briefing are counted by themselves, and count as not briefed only where nearly all others have a date.',
      open: 'What is not written down cannot be counted; ask in three shops.',
    },
    {
      explanation: 'Most of these campaigns have nothing that staff would have to explain.',
      check: 'None: every campaign that began in the window counts; the share of messages that belong to service campaigns is told beside it.',
      open: 'A list does not say which campaigns a customer would ask about.',
    },
  ],
  measure,
  judge,
  explain,
});
