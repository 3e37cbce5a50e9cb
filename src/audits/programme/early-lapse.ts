/** How many new members never come back? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { paceSql } from './activity.sql.js';
import { secondVisitsSql } from './early-lapse.sql.js';
import { earlyDays, lapseEvidence, lapseMeasures, yearDays } from './early-lapse-measures.js';
import { explainEarlyLapse } from './early-lapse-words.js';
import { curveChart, membersOf } from './joiner-curves.js';
import { activityStart, beyondLevel, paceOf, plain } from './programme-measures.js';

const fewestJoiners = 50;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy } = context;
  const nothing = { evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const fromDay = await activityStart(context);
  if (fromDay === null) {
    return {
      measures: [],
      ...nothing,
      notApplicable: 'No file says when members bought, earned or redeemed, so nobody can be said to have come back.',
      unlocks: [{ table: 'transactions', columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'says which members come back' }],
    };
  }
  const terms = { fromDay, toDay: window.toDay, ageDays: earlyDays };
  const joiners = await engine.rows(secondVisitsSql(engine.dialect, await derived.memberFacts(), terms));
  const followed = membersOf(joiners.filter(({ time, outcome }) => time >= earlyDays || outcome === 'event'));
  if (followed < fewestJoiners) {
    return {
      measures: [plain('joiners', 'Members who joined inside the files', membersOf(joiners), 'count', membersOf(joiners))],
      ...nothing,
      notEnough: `The question needs at least ${fewestJoiners} members who joined inside the files and came back or were followed for ${earlyDays} days.`,
    };
  }
  const pace = paceOf(await engine.rows(paceSql(await derived.purchaseDays())));
  const lapsed = joiners.filter(({ time, outcome }) => outcome === 'waiting' && time >= yearDays);
  const words = {
    id: 'return',
    title: 'New members without a second day of activity, by time since joining',
    description: 'The curve falls as new members come back for the first time; the band is the interval.',
    yLabel: 'Not yet back',
  };
  return {
    measures: lapseMeasures(joiners, pace, policy),
    evidence: lapseEvidence(joiners, policy.smallCell),
    charts: [curveChart(joiners, words, [earlyDays, yearDays], policy)],
    evidenceGrade: 'E4',
    ...(membersOf(lapsed) < policy.smallCell
      ? {}
      : { members: { value: membersOf(lapsed), meaning: 'members who joined more than a year ago and never had a second day of activity' } }),
    caveats: caveatsOf(context),
  };
}

function caveatsOf(context: AuditContext): string[] {
  const caveats = [
    'Members who joined before the files begin are left out: their second visit may have come before.',
    'Who bought before joining counts from the day of joining; where people join with their second purchase, the first is not counted.',
    'Raw shares of young and old cohorts are never compared: young ones have had less time.',
    'In a survey of Australian consumers (Point of Loyalty, 2016) 19 % said that they left a programme within 90 days; that is context only.',
  ];
  if (context.rowCount('transactions') === 0) caveats.push('Activity is known from the points ledger only; a visit without points is not seen.');
  if (context.filledShare('members', 'closed_at') > 0) caveats.push('Members who closed without coming back count as not having come back.');
  return caveats;
}

export const earlyLapse = defineAudit({
  id: 'early-lapse',
  category: 'programme',
  question: 'How many new members never come back?',
  why: 'A member who comes once has cost an enrolment and a welcome, and has brought one sale that might have come anyway.',
  problem: 'FP1',
  weight: 'high',
  needs: { members: ['member_id', 'enrolled_at'] },
  improves: {
    transactions: [{ columns: ['occurred_at', 'net_amount'], gain: 'shows when each new member comes back' }],
    points: [{ columns: ['type', 'points'], gain: 'counts earning and redeeming as coming back' }],
    members: [{ columns: ['closed_at'], gain: 'shows who left' }],
  },
  minimum: { members: fewestJoiners },
  thresholds: {
    noSecondYear: {
      levels: { watch: 0.5, high: 0.75 },
      unit: 'share',
      source: {
        kind: 'house',
        note: 'One half, or three quarters, of joiners come once and never again in a year; not judged as a problem where repeat purchases usually take longer.',
      },
    },
    earlyRise: {
      levels: { watch: 0.05, high: 0.1 },
      unit: 'shareDifference',
      source: { kind: 'house', note: 'Against the programme’s own past, joiners of like seasons compared at the age of 90 days; 0 is no change.' },
    },
  },
  rivals: [
    {
      explanation: 'They bought again without showing the card, or at a partner.',
      check: 'All dated activity in the files counts as coming back: purchases, points, redemptions.',
      open: 'Activity outside the files.',
    },
    {
      explanation: 'They need longer than others to come back.',
      check: 'Every joiner is followed for as long as the files reach, and those not yet followed for long enough do not count as lost.',
      open: 'A rhythm that is slower than the files are long.',
    },
  ],
  measure,
  judge: (measures, thresholds) => {
    const rise = beyondLevel(measures.get('earlyRise'), thresholds.earlyRise);
    const never = beyondLevel(measures.get('noSecondYear'), thresholds.noSecondYear);
    const isSlowTrade = (measures.get('pacedDays')?.value ?? 0) > yearDays;
    if (rise === 'problem') return { status: 'problem', severity: 'high' };
    if (never === 'problem' && !isSlowTrade) return { status: 'problem', severity: 'medium' };
    if (rise !== null || never !== null) return { status: 'watch', severity: 'low' };
    const isJudged = measures.get('earlyRise') !== undefined || measures.get('noSecondYear') !== undefined;
    return isJudged ? { status: 'healthy', severity: 'none' } : { status: 'informative', severity: 'none' };
  },
  explain: explainEarlyLapse,
});
