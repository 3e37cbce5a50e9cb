/** How long do new members wait until they hear from the scheme? */
import type { Explanation } from '../../result/schema.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { type Cover, contactCoverSql, excludedSql, purchaseCoverSql, secondPurchasesSql, waitsSql } from './late-onboarding.sql.js';
import { fewestFollowed, knownForAWeek, lateMoney, lateRows, purchaseMeasures, waitChart, waitEvidence, waitMeasures } from './late-onboarding-measures.js';

const valueWords = { margin: 'margin', revenue: 'net sales', 'reported-total': 'reported spend' } as const;
/** With fewer contacts dated, too many first contacts would be missed. */
const leastDated = 0.9;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy } = context;
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  if (context.filledShare('contacts', 'contacted_at') < leastDated) {
    return { ...blank, notEnough: 'Too many contacts have no date, so the first one to a new member cannot be told.' };
  }
  const [contactFacts, memberFacts, units] = [await derived.contactFacts(), await derived.memberFacts(), await derived.experimentUnits()];
  const [contacts] = await engine.rows(contactCoverSql(contactFacts));
  if (contacts === undefined || contacts.first_day === null || contacts.last_day === null) {
    return { ...blank, notEnough: 'No dated contact lies inside the window.' };
  }
  const cover: Cover = { firstDay: contacts.first_day, lastDay: contacts.last_day };
  const rows = await engine.rows(waitsSql(contactFacts, memberFacts, units, cover));
  const [counts] = await engine.rows(excludedSql(contactFacts, memberFacts, units, cover));
  const known = knownForAWeek(rows);
  if (known < fewestFollowed) {
    const measures = [
      { id: 'knownMembers', label: 'New members who could be followed for 7 days', value: known, unit: 'count' as const, n: counts?.joined ?? 0 },
    ];
    return {
      ...blank,
      measures,
      notEnough: `The question needs at least ${fewestFollowed} members who joined while contacts were recorded, could be contacted, and were followed for 7 days.`,
    };
  }
  const words = derived.valueBasis === null ? null : valueWords[derived.valueBasis];
  const money = lateMoney(rows, words, policy);
  return {
    measures: [...waitMeasures(rows, counts?.excluded ?? 0, policy), ...(await secondPurchases(context, memberFacts, cover))],
    evidence: waitEvidence(rows, policy),
    charts: [waitChart(rows, context.thresholds.within7Share?.watch ?? 0, policy)],
    evidenceGrade: 'E4',
    ...(money === undefined ? {} : { money }),
    members: { value: lateRows(rows).reduce((sum, { members }) => sum + members, 0), meaning: 'new members without contact in their first 7 days' },
    caveats: caveatsOf(context),
  };
}

/** Context only; nothing where the files have no purchases. */
async function secondPurchases(
  { engine, derived, policy }: AuditContext,
  memberFacts: Awaited<ReturnType<AuditContext['derived']['memberFacts']>>,
  cover: Cover,
) {
  const days = await derived.purchaseDays();
  const [bought] = await engine.rows(purchaseCoverSql(days));
  if (bought === undefined || bought.first_day === null || bought.last_day === null) return [];
  const both: Cover = { firstDay: Math.max(cover.firstDay, bought.first_day), lastDay: Math.min(cover.lastDay, bought.last_day) };
  return purchaseMeasures(await engine.rows(secondPurchasesSql(memberFacts, days, both)), policy);
}

function caveatsOf(context: AuditContext): string[] {
  const caveats = [
    'Only members who joined while contacts were recorded are looked at: for earlier ones the first contact may lie before the files.',
    'What the first message said is not known, so a special offer counts like a welcome.',
    'Days are counted by date: the day of joining is day 0, and 48 hours are two days.',
  ];
  if (context.filledShare('contacts', 'is_transactional') === 0) {
    caveats.push(
      'The files do not mark service messages, so a receipt or a confirmation may count as the first contact; the wait is then longer than it looks.',
    );
  } else {
    caveats.push('Service messages, such as the confirmation of joining, are not counted.');
  }
  if (!context.derived.hasConsents) {
    caveats.push('Permissions are unknown, so members who never agreed to be contacted count as waiting, which makes the scheme look slower than it is.');
  } else {
    caveats.push('Permission is read as it stood at the end of the window; who agreed some time after joining counts as waiting until then.');
  }
  if (context.rowCount('assignments') > 0) caveats.push('Whoever a test kept out is followed until the day before.');
  return caveats;
}

function judge(measures: Measures, { within7Share, within30Share, medianDays }: Thresholds): Verdict {
  const watch = within7Share?.watch ?? 0;
  const month = measures.get('within30Share');
  if (month?.value != null && month.value < (within30Share?.problem ?? 0) && (month.interval?.high ?? 1) < watch)
    return { status: 'problem', severity: 'medium' };
  // A median that was not reached lies beyond everything that was seen.
  const median = measures.value('medianDays') ?? Number.POSITIVE_INFINITY;
  const isSlow = (measures.value('within7Share') ?? 0) < watch || median > (medianDays?.watch ?? 0);
  return isSlow ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
}

const welcome =
  'Send every new member with permission a first message within two days: the balance, the first reward and how to get there. Start it for a random half of those who join in the next quarter, and compare the share with a second purchase within 90 days.';
const slow =
  'The weeks after joining are when new members find out whether the scheme is of use to them; {lateMembers} of them spent the first week without a word. What an earlier word would add, these files cannot say.';
const prompt = 'New members hear from the scheme while they remember that they joined it.';

function explain(measures: Measures, { status }: Verdict): Explanation {
  const withRange = (id: string): string => `{${id}}${measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`}`;
  const isKnown = (id: string): boolean => measures.get(id)?.value != null;
  const month = isKnown('within30Share') ? ` and ${withRange('within30Share')} within 30 days` : '';
  const median = isKnown('medianDays') ? ' The middle wait was {medianDays}.' : ' Fewer than half had heard at all while they were followed.';
  const second = isKnown('secondPurchase90Share')
    ? ' For context: {secondPurchase90Share} made a second purchase within 90 days of joining.'
    : isKnown('secondPurchase30Share')
      ? ' For context: {secondPurchase30Share} made a second purchase within 30 days of joining.'
      : '';
  return {
    condition: `Of {newMembers} members who joined while contacts were recorded and could be contacted, {within2Share} had a first marketing contact within two days, ${withRange('within7Share')} within 7 days${month}.${median}${second}`,
    criterion:
      'House levels: fewer than {threshold.within7Share.watch} contacted within 7 days, or a middle wait of more than {threshold.medianDays.watch}, deserves a look; fewer than {threshold.within30Share.problem} within 30 days is a problem. Shares allow for members who could be followed only for part of the time (Kaplan–Meier).',
    consequence: status === 'healthy' ? prompt : slow,
    action:
      status === 'healthy' ? 'Keep the first message as it is, and look at the table by source for a door through which members come in unnoticed.' : welcome,
    wouldChangeOurMind:
      'Contacts in a channel that is not in these files, such as a welcome at the till or in the app; or such a test in which the early message made no difference.',
  };
}

export const lateOnboarding = defineAudit({
  id: 'late-onboarding',
  category: 'communication',
  question: 'How long do new members wait for a first word?',
  why: 'Members are never as curious about a scheme as in the days after they join it.',
  problem: 'FP4',
  weight: 'medium',
  needs: { members: ['enrolled_at'], contacts: ['member_id', 'contacted_at'] },
  improves: {
    consents: [{ columns: ['status'], gain: 'leaves out new members who may not be contacted' }],
    contacts: [{ columns: ['is_transactional'], gain: 'tells a welcome from a receipt' }],
    members: [{ columns: ['acquisition_source'], gain: 'shows where members come in unnoticed' }],
    transactions: [{ columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'shows the second purchase, and what members are worth who wait' }],
  },
  minimum: { contacts: 50, members: fewestFollowed },
  thresholds: {
    within7Share: {
      levels: { watch: 0.7 },
      source: { kind: 'house', note: 'No published cut-off exists. Most new members should hear from the scheme in the week in which they joined it.' },
    },
    medianDays: { levels: { watch: 7 }, source: { kind: 'house', note: 'The same week, for the member in the middle.' } },
    within30Share: { levels: { problem: 0.5 }, source: { kind: 'house', note: 'When half of the new members hear nothing for a month, there is no welcome.' } },
  },
  sums: [['newMembers', 'lateMembers']],
  rivals: [
    {
      explanation: 'A welcome was given where the files do not look: at the till, in the app, or by a partner.',
      check: 'The first dated marketing message counts, whatever its channel.',
      open: 'Service messages, such as the mail that confirms joining, and greetings outside the files do not count; ask who greets new members, and where.',
    },
    {
      explanation: 'Members who joined had not agreed to be contacted.',
      check: 'Only members with permission are followed: those who have it at the end of the window, and others until the day on which it ended.',
      open: 'Who agreed some time after joining still counts as waiting from the day of joining.',
    },
  ],
  measure,
  judge,
  explain,
});
