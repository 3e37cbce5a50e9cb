/** How long does a new member wait for a first reward? */
import { historyStart } from '../../derived/purchase-history.js';
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { curveChart, membersOf } from './joiner-curves.js';
import { firstRedemptionsSql, pointsBlocksSql } from './joiners.sql.js';
import { pointsSources, pointsUnlocks } from './points-sources.js';
import { beyondLevel, plain } from './programme-measures.js';
import { redeemersSql } from './slow-first-redemption.sql.js';
import { comparedDays, rewardEvidence, rewardMeasures, yearDays } from './slow-first-redemption-measures.js';
import { explainFirstRedemption } from './slow-first-redemption-words.js';

const fewestJoiners = 50;
const fewestEvents = 10;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy } = context;
  const { dialect } = engine;
  const nothing = { evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const sources = await pointsSources(engine);
  if (sources === null) {
    return { measures: [], ...nothing, notApplicable: 'No file says both how many points members earned and how many they redeemed.', unlocks: pointsUnlocks };
  }
  const facts = await derived.memberFacts();
  const fromDay = historyStart(await engine.rows(pointsBlocksSql(dialect, sources, window.toDay))) ?? window.toDay;
  const joiners = await engine.rows(firstRedemptionsSql(dialect, facts, sources, { fromDay, toDay: window.toDay, ageDays: comparedDays }));
  const events = membersOf(joiners.filter(({ outcome }) => outcome === 'event'));
  const fewest = Math.max(fewestEvents, policy.smallCell);
  if (membersOf(joiners) < fewestJoiners || events < fewest) {
    return {
      measures: [plain('joiners', 'Members who joined inside the files', membersOf(joiners), 'count', membersOf(joiners))],
      ...nothing,
      notEnough: `The question needs at least ${fewestJoiners} members who joined while redemptions were recorded, ${fewest} of whom have redeemed; for those who joined before, the first redemption may have come before the files.`,
    };
  }
  const everybody = await engine.rows(redeemersSql(dialect, facts, sources, window.toDay));
  const seen = { joiners, everybody };
  const waiting = joiners.filter(({ time, outcome }) => outcome === 'waiting' && time >= yearDays);
  const words = {
    id: 'wait',
    title: 'Members still without a first redemption, by time since joining',
    description: 'The curve falls as joiners redeem for the first time; who closed is followed until then. The band is the interval.',
    yLabel: 'Not yet redeemed',
  };
  return {
    measures: rewardMeasures(seen, policy),
    evidence: rewardEvidence(seen, policy.smallCell),
    charts: [curveChart(joiners, words, [yearDays], policy)],
    evidenceGrade: 'E4',
    ...(membersOf(waiting) < policy.smallCell
      ? {}
      : { members: { value: membersOf(waiting), meaning: 'members who joined more than a year ago, are open, and have never redeemed' } }),
    caveats: [
      'Members who joined before the files begin are left out of the curve: their first redemption may have come before.',
      'The curve treats who closed as if they might have redeemed like the others; the table of fates counts them as gone, and the two are read together.',
      'Whoever closed had less time to redeem. That closed memberships have redeemed less often is partly mechanical and says nothing on what a reward does.',
      'Surveys (Bond 2016 and 2019, United States) found that 16 to 20 % of people had never redeemed anywhere; that is context only.',
    ],
  };
}

export const slowFirstRedemption = defineAudit({
  id: 'slow-first-redemption',
  category: 'programme',
  question: 'How long does a new member wait for a first reward?',
  why: 'A reward that takes a year to reach is not felt by those who decide in the first weeks whether the scheme is worth it.',
  problem: 'FP3',
  weight: 'medium',
  needs: { members: ['member_id', 'enrolled_at'] },
  improves: {
    points: [{ columns: ['type', 'points', 'occurred_at'], gain: 'shows when each member redeemed for the first time' }],
    members: [{ columns: ['closed_at'], gain: 'tells members who left without a reward from those who still wait' }],
  },
  minimum: { members: fewestJoiners },
  thresholds: {
    waitingAfterYear: {
      levels: { watch: 0.5, high: 0.75 },
      unit: 'share',
      source: { kind: 'house', note: 'One half, or three quarters, of joiners without any reward a year after joining: no published level exists.' },
    },
    waitRise: {
      levels: { watch: 0.05, high: 0.1 },
      unit: 'shareDifference',
      source: { kind: 'house', note: 'Against the programme’s own past, joiners of like seasons compared at the same age; 0 is no change.' },
    },
  },
  sums: [['members', 'neverRedeemed']],
  rivals: [
    {
      explanation: 'Members who left had less time to redeem.',
      check: 'Members are followed only while they are open, and those who left are not counted as waiting for ever.',
      open: 'Members who fall silent without closing stay on the curve as waiting.',
    },
    {
      explanation: 'Members save for a larger reward on purpose.',
      check: 'The first redemption is what is measured, whatever its size; balances are not looked at.',
      open: 'What members want from their points no file says.',
    },
  ],
  measure,
  judge: (measures, thresholds) => {
    const found = ['waitRise', 'waitingAfterYear'].map((id) => beyondLevel(measures.get(id), thresholds[id]));
    if (found.includes('problem')) return { status: 'problem', severity: 'medium' };
    if (found.includes('watch')) return { status: 'watch', severity: 'low' };
    const isJudged = measures.get('waitRise') !== undefined || measures.get('waitingAfterYear') !== undefined;
    return isJudged ? { status: 'healthy', severity: 'none' } : { status: 'informative', severity: 'none' };
  },
  explain: explainFirstRedemption,
});
