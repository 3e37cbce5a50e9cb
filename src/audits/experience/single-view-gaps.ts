/** Is one customer seen as one, or in parts? */
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds } from '../audit.js';
import { campaignTextsSql } from './campaign-texts.sql.js';
import { totalOf } from './figures.js';
import { campaignUnitsSql, collisionsSql, crossersSql, listedMembersSql, orphansSql, permissionConflictsSql } from './single-view-gaps.sql.js';
import { type GapId, gapIds, type Views, viewChart, viewEvidence, viewMeasures } from './single-view-measures.js';
import { singleViewWords } from './single-view-words.js';

/** A list that names fewer of all members known is an extract (a survey panel, say), and who is not in it is no stranger. */
const fewestListed = 0.9;
/** Selecting by one kind of data is read from words and may be enough for a campaign, so it has no second level. */
const levels = {
  collisionShare: { watch: 0.1, high: 0.25 },
  orphanShare: { watch: 0.01, high: 0.05 },
  singleSourceShare: { watch: 0.8 },
  conflictShare: { watch: 0.01, high: 0.05 },
} as const;

/** Windows over more contacts than this take minutes; the members of some of the fifty random groups then stand for all. */
const mostContacts = 5_000_000;
const groupsFor = (contacts: number): number => (contacts <= mostContacts ? 50 : Math.max(10, Math.floor((50 * mostContacts) / contacts)));

async function lookAt({ engine, derived, window, rowCount }: AuditContext): Promise<Views> {
  const contactFacts = await derived.contactFacts();
  const [units] = await engine.rows(campaignUnitsSql());
  const [list] = await engine.rows(listedMembersSql());
  const coverage = list === undefined || list.members === 0 ? 0 : list.listed / list.members;
  return {
    crossers: await engine.rows(crossersSql(engine.dialect, window)),
    orphans: coverage < fewestListed ? null : await engine.rows(orphansSql(contactFacts)),
    conflicts: rowCount('consents') === 0 ? null : await engine.rows(permissionConflictsSql(engine.dialect, window)),
    collisions: (units?.units ?? 0) < 2 ? null : await engine.rows(collisionsSql(contactFacts, groupsFor(rowCount('contacts')))),
    texts: await engine.rows(campaignTextsSql(engine.dialect, window)),
  };
}

async function measure(context: AuditContext): Promise<Measurement> {
  const views = await lookAt(context);
  const measures = viewMeasures(views, context.policy);
  const isSampled = groupsFor(context.rowCount('contacts')) < 50;
  if (measures.length === 0) {
    return {
      measures,
      evidence: [],
      charts: [],
      evidenceGrade: 'E4',
      notApplicable:
        'The files show one list, one unit and one channel, or too little of each, so whether a customer is seen in parts does not arise from them.',
    };
  }
  return {
    measures,
    evidence: viewEvidence(measures, views, context.policy),
    charts: viewChart(measures),
    evidenceGrade: 'E4',
    ...(views.collisions === null || isSampled
      ? {}
      : {
          members: { value: totalOf(views.collisions, (row) => row.collided_members), meaning: 'members who heard from two business units within seven days' },
        }),
    caveats: [
      'Whether one person stands under several member numbers cannot be seen: that needs a key of the person across numbers, and this program reads no names and addresses.',
      'Different permissions in different channels are a choice of the member and do not count as a contradiction.',
      ...(views.collisions !== null && isSampled
        ? ['The files hold very many messages: for those close upon another unit’s, a random part of the members stands for all.']
        : []),
      ...(views.collisions === null ? [] : ['Two units that write in one week may have agreed to, for instance about a shared event; the files do not say.']),
    ],
  };
}

/** The gap that is furthest beyond its levels: first by second level with certainty, then by the first. */
function worstGap(measures: Measures, thresholds: Thresholds): { readonly id: GapId | null; readonly rank: 0 | 1 | 2 } {
  const ranked = gapIds.map((id) => {
    const measure = measures.get(id);
    const value = measure?.value ?? 0;
    const [watch = 0, high = Number.POSITIVE_INFINITY] = [thresholds[id]?.watch, thresholds[id]?.high];
    const rank: 0 | 1 | 2 = measure === undefined ? 0 : value > high && (measure.interval?.low ?? 0) > watch ? 2 : value > watch ? 1 : 0;
    return { id, rank };
  });
  return ranked.find(({ rank }) => rank === 2) ?? ranked.find(({ rank }) => rank === 1) ?? { id: null, rank: 0 };
}

export const singleViewGaps = defineAudit({
  id: 'single-view-gaps',
  category: 'experience',
  question: 'Is one customer seen as one?',
  why: 'Units, channels and lists that do not know of each other treat one customer as several, who each get a first letter.',
  problem: 'MF4',
  weight: 'medium',
  needs: { contacts: ['member_id', 'campaign_id'] },
  improves: {
    members: [{ columns: ['enrolled_at'], gain: 'with the list of members, shows messages to numbers that the list of members does not have' }],
    campaigns: [
      { columns: ['business_unit'], gain: 'shows where units write to the same member within days of each other' },
      { columns: ['targeting_columns'], gain: 'shows how many campaigns select by one kind of data only' },
    ],
    consents: [{ columns: ['status'], gain: 'shows permissions that contradict each other' }],
    transactions: [
      { columns: ['business_unit'], gain: 'shows how many members buy in several units, and what they are worth' },
      { columns: ['channel'], gain: 'shows how many members buy in several channels, and what they are worth' },
    ],
  },
  minimum: { contacts: 50 },
  thresholds: {
    collisionShare: {
      levels: levels.collisionShare,
      source: {
        kind: 'house',
        note: 'One message in ten, or in four, close upon another unit’s. No published figure exists; the week four weeks earlier shows what coincidence gives.',
      },
    },
    orphanShare: { levels: levels.orphanShare, source: { kind: 'house', note: 'Whoever is written to should stand in the list of members.' } },
    singleSourceShare: {
      levels: levels.singleSourceShare,
      source: {
        kind: 'house',
        note: 'Read from words, so a first level only: where nearly all campaigns know one kind of data, what other systems know stays unused.',
      },
    },
    conflictShare: {
      levels: levels.conflictShare,
      source: { kind: 'house', note: 'A permission is granted or it is not; a few contradictions are slips, many are two systems.' },
    },
  },
  notOfMembers: ['singleSourceShare'],
  rivals: [
    {
      explanation: 'The list of members is an extract, and the members it lacks are known elsewhere.',
      check: 'Messages to members whom the list does not have are counted only where the list names nearly all members that the files mention.',
      open: 'Whether the extract was meant to be complete.',
    },
    {
      explanation: 'Two units that write in one week had agreed to.',
      check: 'Only messages of different units count, apart from the other gaps, and beside them the same for a week four weeks earlier.',
      open: 'Agreements are not in the files.',
    },
  ],
  measure,
  judge: (measures, thresholds) => {
    if (gapIds.every((id) => measures.get(id) === undefined)) return { status: 'informative', severity: 'none' };
    const { rank } = worstGap(measures, thresholds);
    if (rank === 2) return { status: 'problem', severity: 'medium' };
    return rank === 1 ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: (measures, verdict) => {
    // The sentences see no thresholds, so the order of the gaps follows the levels that the audit was written with.
    const furthest = gapIds
      .map((id) => ({ id, reach: (measures.get(id)?.value ?? 0) / levels[id].watch }))
      .sort((a, b) => b.reach - a.reach)
      .map(({ id }) => id);
    return singleViewWords(measures, verdict, furthest);
  },
});
