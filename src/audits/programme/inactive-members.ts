/** How many members are members in name only? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { paceSql } from './activity.sql.js';
import { activeSinceSql, ghostsSql, inactivitySql } from './inactive-members.sql.js';
import { inactiveOf, inactivityChart, inactivityEvidence, inactivityMeasures, inactivityMoney, membersIn, type Observed } from './inactive-members-measures.js';
import { explainInactivity } from './inactive-members-words.js';
import { activityStart, beyondLevel, paceOf, plain } from './programme-measures.js';

const fewestMembers = 50;
/** Less than half a year cannot tell an inactive member from one who buys seldom. */
const shortestDays = 180;
/** Short of a whole period by no more than a month still counts as one: monthly exports are never cut to the day. */
const grace = 31;
async function observe(context: AuditContext, start: number): Promise<Observed> {
  const { engine, derived, window, thresholds } = context;
  const { dialect } = engine;
  const { toDay } = window;
  const history = toDay - start;
  const wanted = Math.max(shortestDays, Math.round(thresholds.activePeriod?.days ?? 0));
  const days = Math.min(wanted, history);
  const [facts, purchases] = [await derived.memberFacts(), await derived.purchaseDays()];
  const rows = await engine.rows(inactivitySql(dialect, facts, purchases, { toDay, days }));
  const hasPrevious = history >= 2 * days - grace;
  const pace = paceOf(await engine.rows(paceSql(purchases)));
  const pacedDays = pace === null || pace > history ? null : Math.max(pace, 1);
  return {
    last: rows.filter(({ period }) => period === 0),
    previous: hasPrevious ? rows.filter(({ period }) => period === 1) : null,
    periodDays: days,
    ghosts: await engine.rows(ghostsSql(dialect, facts, start, toDay, days >= wanted ? wanted : Math.round(days / 2))),
    paced: pacedDays === null ? null : { days: pacedDays, rows: await engine.rows(activeSinceSql(dialect, facts, toDay, pacedDays)) },
    hasValue: hasPrevious && context.filledShare('transactions', 'net_amount') > 0,
  };
}

async function measure(context: AuditContext): Promise<Measurement> {
  const start = await activityStart(context);
  const nothing = { evidence: [], charts: [], evidenceGrade: 'E4' as const };
  if (start === null) {
    return {
      measures: [],
      ...nothing,
      notApplicable: 'No file says when members bought, earned or redeemed, so nobody can be called active or inactive.',
      unlocks: [{ table: 'transactions', columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'says which members buy' }],
    };
  }
  const historyDays = context.window.toDay - start;
  if (historyDays < shortestDays) {
    return {
      measures: [plain('historyDays', 'Days of purchases and points in the files', historyDays, 'days', context.rowCount('members'))],
      ...nothing,
      notEnough: `The files cover fewer than ${shortestDays} days of purchases or points, too few to tell an inactive member from one who buys seldom.`,
    };
  }
  const seen = await observe(context, start);
  const open = membersIn(seen.last);
  if (open < fewestMembers) {
    return {
      measures: [plain('openMembers', 'Members whose membership was open when the period began', open, 'count', open)],
      ...nothing,
      notEnough: `The question needs at least ${fewestMembers} members who had joined before the period began.`,
    };
  }
  const measures = inactivityMeasures(seen, context.policy);
  const money = inactivityMoney(measures);
  return {
    measures,
    evidence: inactivityEvidence(seen, context.policy.smallCell),
    charts: [inactivityChart(seen, context.policy.smallCell)],
    evidenceGrade: 'E4',
    ...(money === undefined ? {} : { money }),
    members: { value: membersIn(inactiveOf(seen.last)), meaning: 'open members without any activity in the period' },
    caveats: caveatsOf(context, seen),
  };
}

function caveatsOf(context: AuditContext, seen: Observed): string[] {
  const caveats = [
    'The longer the time in which one activity is enough, the higher the active rate; rates over other numbers of days cannot be compared with this one.',
    'Surveys (Bond 2016 to 2020, United States) found that people use 45 to 50 % of their memberships; that counts memberships of a person, not members of a programme, and is context only.',
  ];
  if (seen.periodDays < (context.thresholds.activePeriod?.days ?? 0))
    caveats.push('The files cover less time than the definition asks for, so the inactive share is overstated.');
  if (context.filledShare('members', 'closed_at') === 0)
    caveats.push('No file says when a membership was closed, so members who have left count as open and inactive.');
  if (context.rowCount('transactions') === 0) caveats.push('Activity is known from the points ledger only; a purchase without points is not seen.');
  if (seen.paced !== null)
    caveats.push('The pace of the business is taken from gaps between purchases, of which frequent buyers have more; the typical member is slower.');
  return caveats;
}

export const inactiveMembers = defineAudit({
  id: 'inactive-members',
  category: 'programme',
  question: 'How many members are members in name only?',
  why: 'A large number of members looks like success; only those who still buy, earn or redeem can bring any.',
  problem: 'FP2',
  weight: 'high',
  needs: { members: ['member_id', 'enrolled_at'] },
  improves: {
    transactions: [{ columns: ['occurred_at', 'net_amount'], gain: 'counts every purchase as activity and says what silent members used to buy' }],
    points: [{ columns: ['type', 'points'], gain: 'counts earning and redeeming as activity' }],
    members: [{ columns: ['closed_at'], gain: 'leaves out memberships that were closed' }],
  },
  minimum: { members: fewestMembers },
  thresholds: {
    activePeriod: {
      levels: { days: 365 },
      unit: 'days',
      source: { kind: 'convention', note: 'One activity in twelve months is the usual definition of an active member; never less than half a year.' },
    },
    inactiveShare: {
      levels: { watch: 0.5, high: 0.75 },
      source: {
        kind: 'house',
        note: 'Above one half most members are inactive; above three quarters the number of members is four times the number that counts.',
      },
    },
    inactivityRise: {
      levels: { watch: 0.03, high: 0.08 },
      unit: 'shareDifference',
      source: { kind: 'house', note: 'Against the programme’s own past, members of like time in the scheme compared; 0 is no change.' },
    },
    ghostShare: {
      levels: { watch: 0.1, high: 0.25 },
      unit: 'share',
      source: { kind: 'house', note: 'One joiner in ten, or in four, who never did anything: no published level exists.' },
    },
  },
  sums: [
    ['openMembers', 'inactiveMembers'],
    ['inactiveMembers', 'neverSeen'],
  ],
  rivals: [
    {
      explanation: 'Members have left, and nobody closed their membership.',
      check: 'Memberships that were closed before the period began are left out.',
      open: 'Closings that are recorded elsewhere.',
    },
    {
      explanation: 'They are active in ways that the files do not hold, such as a partner or purchases without the card.',
      check: 'Purchases, points earned and redemptions all count as activity; opening or answering a message does not.',
      open: 'Activity outside the files.',
    },
    {
      explanation: 'The period is too short for the pace of the business.',
      check:
        'The period is that of the threshold, or what the files hold where that is shorter; the active rate within the days that nine in ten repeat purchases take stands beside it where it can be told.',
      open: 'A business with a pause of a year needs more years of files.',
    },
  ],
  measure,
  judge: (measures, thresholds) => {
    const found = ['inactivityRise', 'inactiveShare', 'ghostShare'].map((id) => beyondLevel(measures.get(id), thresholds[id]));
    if (found.includes('problem')) return { status: 'problem', severity: found[0] === 'problem' ? 'high' : 'medium' };
    return found.includes('watch') ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: explainInactivity,
});
