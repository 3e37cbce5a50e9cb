/** Do members move between tiers more, or less, than chance moves them? */
import { purchaseHistoryStart } from '../../derived/purchase-history.js';
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { beyondLevel, plain } from './programme-measures.js';
import { bandMoves, tierMoves } from './tier-moves.js';
import { pairsSql, severalPeriodsSql } from './tier-stagnation.sql.js';
import { type MovesSeen, moveCharts, moveEvidence, moveMeasures } from './tier-stagnation-measures.js';
import { explainMoves } from './tier-stagnation-words.js';

const fewestMembers = 200;
const longestDays = 365;
const shortestDays = 91;
/** Beyond a purchase a week members buy too regularly for the twin. */
const mostPurchases = 52;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy } = context;
  const nothing = { evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const purchases = await derived.purchaseDays();
  const start = await purchaseHistoryStart(engine, purchases, window.toDay);
  const days = Math.min(longestDays, Math.floor((window.toDay - start) / 2));
  if (days < shortestDays) {
    return {
      measures: [plain('historyDays', 'Days of purchases in the files', window.toDay - start, 'days', context.rowCount('transactions'))],
      ...nothing,
      notEnough: `Two periods of at least ${shortestDays} days are compared; the files hold fewer days of purchases.`,
    };
  }
  const rows = await engine.rows(pairsSql(engine.dialect, await derived.memberFacts(), purchases, { toDay: window.toDay, days }));
  const members = rows.reduce((sum, row) => sum + row.members, 0);
  const mean = rows.reduce((sum, row) => sum + row.first * row.members, 0) / Math.max(1, members);
  if (members < fewestMembers || mean === 0) {
    return {
      measures: [plain('members', 'Members who belonged to the scheme throughout the first period', members, 'count', members)],
      ...nothing,
      notEnough: `The question needs at least ${fewestMembers} members who joined before the first of two periods and bought in it.`,
    };
  }
  if ((mean * longestDays) / days > mostPurchases) {
    return {
      measures: [],
      ...nothing,
      notApplicable:
        'Members buy more than once a week on average. So regular a habit moves less than the twin that is the yardstick here, so nothing can be said.',
    };
  }
  const hasMoves = ((await engine.rows(severalPeriodsSql()))[0]?.members ?? 0) > 0;
  const tiers = hasMoves ? tierMoves(rows) : null;
  const seen: MovesSeen = {
    days,
    bands: bandMoves(rows, policy.screenLevel, policy.draws, context.seed),
    tiers: tiers !== null && tiers.members >= fewestMembers ? tiers : null,
  };
  const measures = moveMeasures(seen, policy);
  const lost = measures.find(({ id }) => id === 'lostMembers')?.value ?? 0;
  return {
    measures,
    evidence: moveEvidence(seen, policy.smallCell),
    charts: moveCharts(seen, policy.smallCell),
    evidenceGrade: 'E4',
    ...(lost > 0 ? { members: { value: lost, meaning: 'members of the best fifth lost to it beyond what chance explains' } } : {}),
    caveats: caveatsOf(context, seen, hasMoves),
  };
}

function caveatsOf(context: AuditContext, { days, tiers }: MovesSeen, hasMoves: boolean): string[] {
  const caveats = [
    'The twin has every member buy at a constant rate (negative binomial), and as many of the best stop as of all members; a loss that all members share is not seen here but in the finding on the leaky bucket.',
    'Bands are by the number of days with a purchase, not by money.',
    'Crowding just below a tier’s threshold is not examined: the files do not hold the thresholds.',
  ];
  if (days < longestDays) caveats.push('The two periods are shorter than a year, so a season that suits some members more than others shows as movement.');
  if (context.rowCount('tiers') > 0 && !hasMoves) caveats.push('The file of tiers holds one period a member: it is a snapshot, and shows nobody’s move.');
  if (tiers !== null) caveats.push('The files do not say which tier is higher; tiers are put in the order of their members’ purchases in the first period.');
  return caveats;
}

export const tierStagnation = defineAudit({
  id: 'tier-stagnation',
  category: 'programme',
  question: 'Do members move between tiers more, or less, than chance moves them?',
  why: 'Best customers always seem to fall and light ones to rise; only what goes beyond chance is news, and tiers that never move reward the past.',
  problem: 'FP2',
  weight: 'high',
  needs: { members: ['member_id', 'enrolled_at'], transactions: ['member_id', 'occurred_at', 'net_amount'] },
  improves: {
    tiers: [{ columns: ['tier', 'valid_from'], gain: 'shows who moved between the tiers themselves' }],
    members: [{ columns: ['closed_at'], gain: 'leaves out members who had left before the second period' }],
  },
  minimum: { members: fewestMembers },
  thresholds: {
    excessDowngrade: {
      levels: { watch: 0.05, high: 0.1 },
      unit: 'shareDifference',
      source: { kind: 'house', note: 'Beyond the twin, which is 0: one member in twenty, or in ten, of the best fifth.' },
    },
    movedRatio: {
      levels: { watch: 0.5, high: 0.25 },
      unit: 'ratio',
      source: { kind: 'house', note: 'Half, or a quarter, of the movement that purchases would bring by chance alone, which is 1.' },
    },
  },
  rivals: [
    {
      explanation: 'Chance alone moves members up and down.',
      check: 'What is judged is the difference to a programme in which nobody changed, with the band that chance allows.',
      open: 'Purchases at fixed intervals move less than that model says.',
    },
    {
      explanation: 'Two halves of a year differ by season.',
      check: 'Movement that all members share is taken out; equal seasons are compared where the files reach far enough.',
      open: 'A season that suits some members more than others.',
    },
  ],
  measure,
  judge: (measures, thresholds) => {
    const excess = beyondLevel(measures.get('excessDowngrade'), thresholds.excessDowngrade);
    const still = beyondLevel(measures.get('movedRatio'), thresholds.movedRatio, true);
    if (excess === 'problem') return { status: 'problem', severity: 'high' };
    if (still === 'problem') return { status: 'problem', severity: 'medium' };
    return excess !== null || still !== null ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
  },
  explain: explainMoves,
});
