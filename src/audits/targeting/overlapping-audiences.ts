/** Do campaigns with one objective go to the same members? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { type OverlapData, overlapCharts, overlapEvidence, overlapMeasures, overlapMoney } from './overlap-measures.js';
import { pairsOf } from './overlap-pairs.js';
import { overlapExplanation } from './overlap-words.js';
import {
  audiencesSql,
  collisionsSql,
  eligibleSpansSql,
  type OverlapOptions,
  redundantSql,
  sharedMembersSql,
  unitCollisionsSql,
} from './overlapping-audiences.sql.js';

const apartDays = 28;
/** Fewer members are a flagged cell (methodology §0.5). */
const fewestMembers = 30;
/** With fewer campaigns of like objectives a share of them is not a way of planning. */
const fewestCampaigns = 5;
const allGroups = 50;
/** Contacts beyond which the members of some jackknife groups stand for all: pairs grow with the square of contacts a member. */
const mostContacts = 10_000_000;

function optionsFor(context: AuditContext): OverlapOptions {
  const groups = Math.max(10, Math.min(allGroups, Math.floor((allGroups * mostContacts) / Math.max(1, context.rowCount('contacts')))));
  return { groups, days: apartDays, fewestMembers };
}

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy, window, thresholds } = context;
  const options = optionsFor(context);
  const [facts, pressure, members, objectives] = [
    await derived.contactFacts(),
    await derived.contactPressure(),
    await derived.memberFacts(),
    await derived.campaignObjectives(),
  ];
  const audiences = await engine.rows(audiencesSql(facts, pressure, objectives, options));
  const levels = { coefficient: thresholds.overlapCoefficient?.most ?? 0, lift: thresholds.overlapLift?.most ?? 0 };
  const spans = await engine.rows(eligibleSpansSql(members, window, options));
  const collisions = await engine.rows(collisionsSql(engine.dialect, facts));
  const contacted = collisions.reduce((sum, row) => sum + (row.jackknife_group < options.groups ? row.members : 0), 0);
  const pairs = pairsOf(audiences, await engine.rows(sharedMembersSql(facts, options)), spans, apartDays, policy.screenLevel, levels, contacted);
  if (pairs.length === 0) {
    return {
      measures: [
        { id: 'campaignsCompared', label: 'Campaigns that chose their members within 28 days', value: audiences.length, unit: 'count', n: audiences.length },
      ],
      evidence: [],
      charts: [],
      evidenceGrade: 'E4',
      notEnough: `The question needs at least two dated campaigns of ${fewestMembers} members or more that begin within ${apartDays} days of each other; a campaign that contacts members all year has no day of selection and is left out.`,
    };
  }
  const found = pairs.filter((pair) => pair.isRedundant).map(({ earlier, later }) => ({ earlier: earlier.campaign_key, later: later.campaign_key }));
  const data: OverlapData = {
    audiences,
    pairs,
    collisions,
    units: await engine.rows(unitCollisionsSql(facts)),
    redundant: found.length === 0 ? [] : await engine.rows(redundantSql(facts, found, options)),
    scale: allGroups / options.groups,
    hasPermissions: derived.hasConsents,
  };
  const money = overlapMoney(data, policy);
  const measures = overlapMeasures(data, policy);
  return {
    measures,
    evidence: overlapEvidence(data, policy),
    charts: overlapCharts(data, policy),
    evidenceGrade: 'E4',
    ...(money === undefined ? {} : { money }),
    members: { value: measures.find(({ id }) => id === 'liveMembers')?.value ?? 0, meaning: 'members for whom two or more campaigns ran on one day' },
    caveats: caveatsOf(context, options),
  };
}

function caveatsOf(context: AuditContext, { groups }: OverlapOptions): string[] {
  const caveats = [
    'A reminder, or a second step to those who took the first, goes to the same members on purpose; the files do not say which campaigns belong together.',
    'Two campaigns that may only go to one kind of member, such as lapsed ones, overlap more than chance among all members without anybody being careless.',
    'How much two campaigns share describes who was chosen; it does not say what the second contact brought.',
  ];
  if (!context.derived.hasConsents) {
    caveats.push(
      'Permissions are unknown, so chance is reckoned over all members of the scheme who have not opted out; members who could not be contacted make an overlap look larger against it. A problem is only called where it stands out among the members contacted at all, too.',
    );
  }
  if (context.filledShare('contacts', 'contacted_at') === 0) {
    caveats.push('Contacts have no date of their own, so a campaign is dated by its own first and last day, and contacts on one day cannot be counted.');
  }
  if (groups < allGroups)
    caveats.push('A random part of members stands for all in the comparison of pairs, because every contact is compared with every other of the same member.');
  return caveats;
}

export const overlappingAudiences = defineAudit({
  id: 'overlapping-audiences',
  category: 'targeting',
  question: 'Do campaigns with one objective go to the same members?',
  why: 'Two campaigns that want the same from the same people within weeks are paid for twice, and each takes credit for what the people do.',
  problem: 'FP8',
  weight: 'medium',
  needs: { contacts: ['member_id', 'campaign_id'] },
  improves: {
    campaigns: [
      { columns: ['objective'], gain: 'tells campaigns that want the same from those that do not' },
      { columns: ['starts_at', 'ends_at'], gain: 'shows on how many days campaigns run side by side for one member' },
      { columns: ['business_unit'], gain: 'shows which parts of the organisation contact a member on the same day' },
      { columns: ['cost'], gain: 'says what the repeated contacts cost' },
    ],
    contacts: [{ columns: ['contacted_at'], gain: 'counts the days on which two campaigns contacted one member' }],
    members: [{ columns: ['enrolled_at'], gain: 'compares each pair only with members who were there' }],
    consents: [{ columns: ['status'], gain: 'reckons chance among members who could be contacted' }],
  },
  minimum: { contacts: 60 },
  thresholds: {
    overlapCoefficient: {
      levels: { most: 0.5 },
      unit: 'share',
      source: {
        kind: 'house',
        note: 'Half of the smaller audience is in the other. Together with the same objective and more than chance would give, the second campaign repeats the first.',
      },
    },
    overlapLift: {
      levels: { most: 1.5 },
      unit: 'ratio',
      source: {
        kind: 'house',
        note: 'One and a half times what independent selection of the same sizes would share; two campaigns to everybody overlap wholly and are no more than chance.',
      },
    },
    redundantCampaignShare: {
      levels: { watch: 0.1, high: 0.25 },
      source: { kind: 'house', note: 'Below the first it happens; above the second it is how campaigns are planned.' },
    },
  },
  notOfMembers: ['campaignsCompared', 'pairs*', 'redundant*', 'surelyRedundantShare'],
  rivals: [
    {
      explanation: 'The second campaign is a reminder of the first.',
      check: 'Only pairs with one purpose, close in time, count as redundant, and the pairs with the largest overlap are listed by name.',
      open: 'The files do not say which campaigns belong together.',
    },
    {
      explanation: 'Both may go to one kind of member only, so that they must overlap.',
      check: 'The overlap is compared with what chance gives among members who could be contacted.',
      open: 'Rules that allow few members make an overlap beyond chance that nobody can avoid.',
    },
  ],
  measure,
  judge: (measures, { redundantCampaignShare }) => {
    const share = measures.get('redundantCampaignShare');
    if (share === undefined || share.value === null) return { status: 'informative', severity: 'none' };
    const sure = measures.get('surelyRedundantShare') ?? share;
    const [watch, high] = [redundantCampaignShare?.watch ?? 0, redundantCampaignShare?.high ?? 0];
    if ((sure.value ?? 0) > high && (sure.interval?.low ?? 0) > watch && share.n >= fewestCampaigns) return { status: 'problem', severity: 'medium' };
    return share.value > watch ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: overlapExplanation,
});
