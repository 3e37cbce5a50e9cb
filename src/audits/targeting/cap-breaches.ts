/** How often are members contacted beyond a cap? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { breachCountsSql, breachMembersSql, pressureMembersSql, pressureSql } from './cap-breaches.sql.js';
import { capFrontier, groupsFor, usualCaps } from './cap-frontier.js';
import { frontierChart, frontierTable } from './cap-frontier-exhibits.js';
import { type CapData, capChart, capEvidence, capMeasures, capMoney, overall, total } from './cap-measures.js';
import { capsOf, defaults, fewestBeyondMeasure, hasOwnCap, judgeCaps, ownCapMeasure } from './cap-verdict.js';
import { capExplanation } from './cap-words.js';

const fewestContacts = 200;
const fewestMembers = 50;
async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy } = context;
  const { dialect } = engine;
  const caps = capsOf(context.thresholds);
  const table = await derived.contactPressure();
  const counts = await engine.rows(breachCountsSql(dialect, table, caps));
  const [members] = await engine.rows(breachMembersSql(dialect, table, caps));
  const followed = total(overall(counts), 'followed');
  if (members === undefined || followed < fewestContacts || members.members < fewestMembers) {
    return {
      measures: [{ id: 'contacts', label: 'Marketing contacts with a complete look-back of 28 days', value: followed, unit: 'count', n: followed }],
      evidence: [],
      charts: [],
      evidenceGrade: 'E4',
      notEnough: `The question needs at least ${fewestContacts} marketing contacts that lie 28 days or more after the first contact on record, to ${fewestMembers} members.`,
    };
  }
  const data: CapData = {
    pressure: await engine.rows(pressureSql(dialect, table)),
    counts,
    members,
    byPressure: await engine.rows(pressureMembersSql(table)),
    caps,
  };
  const money = capMoney(data, policy);
  const frontier = await capFrontier(context, usualCaps, { groups: groupsFor(context.rowCount('contacts')) });
  return {
    measures: [...capMeasures(data, policy), ownCapMeasure(caps), fewestBeyondMeasure(policy.smallCell)],
    evidence: [...capEvidence(data, policy), frontierTable(frontier, policy)],
    charts: [capChart(data, policy), frontierChart(frontier, policy)],
    evidenceGrade: 'E4',
    ...(money === undefined ? {} : { money }),
    members: { value: members.over_watch, meaning: 'members contacted beyond the lower cap' },
    caveats: caveatsOf(context, data),
  };
}

function caveatsOf(context: AuditContext, { counts, caps }: CapData): string[] {
  const caveats = [
    hasOwnCap(caps)
      ? 'The caps for 28 days in force here are those of the configuration, which beat the defaults.'
      : 'The caps for 28 days in force here are defaults, because the configuration sets none; the organisation’s own cap beats them.',
    'There is no number of contacts that is right everywhere: two studies of other trades find different ones. A cap says what was intended, not what is best.',
    'The 28 days slide with each contact, as in HCL Unica; the count for one day goes by the calendar day, as in Braze. The table gives the count for 24 hours too.',
  ];
  if (total(overall(counts), 'clocked') === 0) {
    caveats.push('Contacts have a date without a time of day, so 24 hours are counted as one calendar day: two messages over midnight are missed.');
  }
  const missing: readonly (readonly [string, string])[] = [
    ['channel', 'Contacts name no channel, so text messages cannot be told from the rest.'],
    ['is_transactional', 'The files do not tell service messages, such as receipts, from marketing; all contacts count as marketing.'],
    ['delivered', 'Whether a message arrived is not known; every message that was sent counts.'],
  ];
  for (const [column, sentence] of missing) if (context.filledShare('contacts', column) === 0) caveats.push(sentence);
  if (context.filledShare('contacts', 'contacted_at') < 1) {
    caveats.push('Some contacts have no date of their own; they are not judged, and press on others from the first day of their campaign.');
  }
  return caveats;
}

export const capBreaches = defineAudit({
  id: 'cap-breaches',
  category: 'targeting',
  question: 'How often are members contacted beyond a cap?',
  why: 'Each campaign looks reasonable by itself; only together do they fill a member’s inbox. A cap is how an organisation protects its customers from itself.',
  problem: 'FP8',
  weight: 'medium',
  needs: { contacts: ['member_id', 'contacted_at'] },
  improves: {
    contacts: [
      { columns: ['channel'], gain: 'counts each channel by itself, and text messages against their own cap' },
      { columns: ['is_transactional'], gain: 'leaves out service messages' },
      { columns: ['cost'], gain: 'says what the contacts beyond the cap cost' },
    ],
  },
  minimum: { contacts: fewestContacts },
  thresholds: {
    contactsIn28Days: {
      levels: { watch: defaults.watch, high: defaults.high },
      source: {
        kind: 'house',
        note: 'No number is right everywhere: Godfrey, Seiders and Voss 2011 and Zhang, Kumar and Cosguner 2017 find different ones in different trades. Set your own cap in the configuration; it beats these.',
      },
    },
    contactsInOneDay: {
      levels: { flag: defaults.perDay },
      unit: 'count',
      source: {
        kind: 'house',
        note: 'Three marketing messages on one day are a sign that nobody counts across campaigns. Braze counts such caps by calendar day.',
      },
    },
    textsIn24Hours: {
      levels: { most: defaults.textsPerDay },
      unit: 'count',
      source: { kind: 'vendor', citation: 'Klaviyo, default of “Smart Sending”, as third parties describe it', note: 'One text message in 24 hours.' },
    },
  },
  notOfMembers: ['contactsIn28Days*', 'hasOwnCap', 'fewestBeyond'],
  sums: [
    ['membersOverWatch', 'membersOverHigh'],
    ['crowded24HoursContacts', 'crowdedDayContacts'],
    ['textsOverCap', 'textsOverCapByDay'],
  ],
  rivals: [
    {
      explanation: 'The extra messages were service messages that members need.',
      check: 'Messages that the files mark as service never count.',
      open: 'Service messages without a mark.',
    },
    {
      explanation: 'Channels differ, and several in one day are not felt as several.',
      check: 'Each channel is counted by itself as well as all together, by a sliding window and by calendar day.',
      open: 'What members feel only they can say.',
    },
  ],
  measure,
  judge: judgeCaps,
  explain: capExplanation,
});
