/** How many members can the scheme speak to at all, and over how many channels? */
import type { Explanation } from '../../result/schema.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { channelsSql, reachSql } from './narrow-reach.sql.js';
import { membersOf, reachChart, reachEvidence, reachMeasures, unreachableMoney } from './narrow-reach-measures.js';

const fewestMembers = 50;
const valueWords = { margin: 'margin', revenue: 'net sales', 'reported-total': 'reported spend' } as const;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy } = context;
  const memberFacts = await derived.memberFacts();
  const hasDelivery = ['delivered', 'bounced'].some((column) => context.filledShare('contacts', column) > 0);
  const rows = await engine.rows(reachSql(engine.dialect, memberFacts, window, hasDelivery));
  const open = membersOf(rows);
  if (open < fewestMembers) {
    const measures = [{ id: 'openMembers', label: 'Open members at the end of the window', value: open, unit: 'count' as const, n: open }];
    return { measures, evidence: [], charts: [], evidenceGrade: 'E4', notEnough: `The question needs at least ${fewestMembers} open members.` };
  }
  const channels = await engine.rows(channelsSql(engine.dialect, memberFacts, window, hasDelivery));
  const words = derived.valueBasis === null ? null : valueWords[derived.valueBasis];
  const measures = reachMeasures(rows, channels, words, policy);
  const money = unreachableMoney(measures, rows, words);
  const unreachable = membersOf(rows.filter((row) => row.channels === 0));
  return {
    measures,
    evidence: reachEvidence(rows, channels, words, policy.smallCell),
    charts: [reachChart(rows, words, policy.smallCell)],
    evidenceGrade: 'E4',
    ...(money === undefined ? {} : { money }),
    members: { value: unreachable, meaning: 'open members whom no message may reach' },
    caveats: caveatsOf(measures.find(({ id }) => id === 'noRecordShare')?.value ?? 0, context),
  };
}

function caveatsOf(noRecord: number, context: AuditContext): string[] {
  const caveats = ['A member who refuses contact uses a right; the finding says how far the scheme reaches, not that anybody did wrong.'];
  if (noRecord > 0) {
    caveats.push(
      'Members whom the permissions never name count as not reachable, because nobody can show that they agreed; if the export is partial, reach is wider than shown.',
    );
  }
  if (context.filledShare('contacts', 'bounced') > 0 || context.filledShare('contacts', 'delivered') > 0) {
    caveats.push('The files do not tell an address that is gone from a mailbox that was full: a single failure counts until the next message arrives.');
  }
  caveats.push(
    'Which channel a member prefers is not in these files, so it cannot be said whether messages come the way members like.',
    'What members are worth who cannot be reached is what they buy without messages; it is not what reaching them would add.',
  );
  return caveats;
}

function judge(measures: Measures, { reachableShare, twoChannelShare, deadShare, noRecordShare }: Thresholds): Verdict {
  const reach = measures.get('reachableShare');
  const share = reach?.value ?? 1;
  const watch = reachableShare?.watch ?? 0;
  const isPartial = (measures.value('noRecordShare') ?? 0) > (noRecordShare?.scope ?? 1);
  const isNarrow = share < (reachableShare?.problem ?? 0) && (reach?.interval?.high ?? 1) < watch;
  if (isNarrow && !isPartial) return { status: 'problem', severity: 'medium' };
  const hangsOnOne = (measures.value('twoChannelShare') ?? 1) < (twoChannelShare?.watch ?? 0);
  const isDead = (measures.value('deadShare') ?? 0) > (deadShare?.watch ?? 1);
  return share < watch || hangsOnOne || isDead ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
}

const ask =
  'Ask for permission where members already talk to you: at the till, in the app, with the receipt, saying what they will get and how often. Ask a random half of the members who visit next month and compare how many agree, and how many of those withdraw within 90 days.';

function explain(measures: Measures, { status }: Verdict): Explanation {
  const isKnown = (id: string): boolean => measures.get(id)?.value != null;
  const withRange = (id: string): string => `{${id}}${measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`}`;
  const unnamed =
    (measures.value('noRecordMembers') ?? 0) > 0
      ? ' {noRecordMembers} open members ({noRecordShare}) are not named in the permissions at all and count as not reachable.'
      : '';
  const dead = isKnown('deadShare')
    ? ` At ${withRange('deadShare')} of the addresses whose delivery is known the last message did not arrive; members with permission who have no other address in use: {paperMembers}.`
    : '';
  const value = isKnown('unreachableValueShare') ? ` They hold ${withRange('unreachableValueShare')} of what open members are worth.` : '';
  const consequence =
    status === 'healthy'
      ? 'The scheme can speak to most of its members, and to enough of them by a second channel.'
      : (measures.value('unreachableMembers') ?? 0) === 0
        ? 'Most members hang on a single channel, or on addresses that are not kept current: when one fails, the scheme falls silent for them.'
        : `Whatever the scheme has to say, it cannot tell {unreachableMembers} open members.${value}`;
  return {
    condition: `${withRange('reachableShare')} of {openMembers} open members may be contacted on at least one channel, ${withRange('twoChannelShare')} on two or more.${unnamed}${dead}`,
    criterion:
      'House levels: fewer than {threshold.reachableShare.watch} on one channel, fewer than {threshold.twoChannelShare.watch} on two, or more than {threshold.deadShare.watch} dead addresses deserves a look; fewer than {threshold.reachableShare.problem} on one channel is a problem, unless the permissions leave out more than {threshold.noRecordShare.scope} of the members.',
    consequence,
    action: status === 'healthy' ? 'Keep the permissions current, and look at the channels in the table with many dead addresses.' : ask,
    wouldChangeOurMind:
      'Permissions kept in another system, such as the app or the tills; or channels that need none, such as a letter where the law allows it, that are in use and not in these files.',
  };
}

export const narrowReach = defineAudit({
  id: 'narrow-reach',
  category: 'communication',
  question: 'How many members can the scheme speak to at all?',
  why: 'A benefit that cannot be announced is a cost: members who may not be contacted learn of it by chance.',
  problem: 'FP4',
  weight: 'medium',
  needs: { consents: ['member_id', 'channel', 'status'] },
  improves: {
    contacts: [
      { columns: ['channel', 'delivered'], gain: 'says which addresses are dead' },
      { columns: ['bounced'], gain: 'tells a message that did not arrive' },
    ],
    members: [{ columns: ['closed_at'], gain: 'leaves out members who have left' }],
    transactions: [{ columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'says what members are worth who cannot be reached' }],
  },
  minimum: { consents: 50 },
  thresholds: {
    reachableShare: {
      levels: { watch: 0.8, problem: 0.5 },
      source: { kind: 'house', note: 'No published cut-off exists. A scheme that may not write to half of its members is, for them, a card and nothing more.' },
    },
    twoChannelShare: { levels: { watch: 0.25 }, source: { kind: 'house', note: 'With one channel a single dead address ends the conversation.' } },
    deadShare: { levels: { watch: 0.05 }, source: { kind: 'house', note: 'One address in twenty without delivery says that addresses are not kept current.' } },
    noRecordShare: {
      levels: { scope: 0.2 },
      source: { kind: 'house', note: 'Where the permissions leave out more members than this, the export may be partial, and the finding stays at watch.' },
    },
  },
  sums: [
    ['openMembers', 'reachableMembers', 'unreachableMembers'],
    ['openMembers', 'noRecordMembers'],
  ],
  rivals: [
    {
      explanation: 'The list of permissions is not complete.',
      check:
        'Members whom the list never names count as not reachable and are also counted by themselves; where they are too many, narrow reach is not called a problem.',
      open: 'Nobody can show that somebody who is not in the list agreed; the export should be checked against the sending system.',
    },
    {
      explanation: 'Members are reached in a way that needs no permission, such as a letter or the receipt.',
      check: 'Every channel that the permissions name counts, whether messages use it or not.',
      open: 'Ways of reaching members for which no permission is recorded.',
    },
  ],
  measure,
  judge,
  explain,
});
