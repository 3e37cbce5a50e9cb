/** Do members use the points that they are given? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { mostQuarters, quarterDays, ultimateUse } from './points-cohorts.js';
import type { PointsSources } from './points-lines.sql.js';
import { pointsSources, pointsUnlocks } from './points-sources.js';
import { beyondLevel, plain } from './programme-measures.js';
import { expiryNoticeSql, pointsCohortsSql, pointsFlowSql, serviceMessagesSql } from './unredeemed-points.sql.js';
import { pointsChart, pointsEvidence } from './unredeemed-points-exhibits.js';
import { earners, type PointsSeen, pointsMeasures, pointsMoney } from './unredeemed-points-measures.js';
import { explainPoints } from './unredeemed-points-words.js';

const fewestMembers = 50;
/** A message this long before expiry can no longer be meant as its notice. */
const longestNoticeDays = 90;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, window, policy } = context;
  const { dialect } = engine;
  const nothing = { evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const sources = await pointsSources(engine);
  if (sources === null) {
    return {
      measures: [],
      ...nothing,
      notApplicable: 'No file says both how many points members earned and how many they redeemed.',
      unlocks: pointsUnlocks,
    };
  }
  const flows = await engine.rows(pointsFlowSql(dialect, sources, window));
  const members = earners(flows.filter(({ in_window }) => in_window === 1));
  if (members < fewestMembers) {
    return {
      measures: [plain('membersWithPoints', 'Members with points issued in the window', members, 'count', members)],
      ...nothing,
      notEnough: `The question needs at least ${fewestMembers} members with points issued in the window.`,
    };
  }
  const cohorts = await engine.rows(pointsCohortsSql(dialect, sources, window.toDay, quarterDays, mostQuarters));
  const noticeDays = Math.round(context.thresholds.noticePeriod?.days ?? 0);
  const hasMessages = context.filledShare('contacts', 'contacted_at') > 0;
  const expiries = hasMessages ? await engine.rows(expiryNoticeSql(dialect, window, longestNoticeDays, noticeDays)) : [];
  const [service] = await engine.rows(serviceMessagesSql());
  const seen: PointsSeen = { flows, use: ultimateUse(cohorts, policy.screenLevel), expiries, serviceMessages: service?.messages ?? 0 };
  const measures = pointsMeasures(seen, policy);
  const money = pointsMoney(measures);
  return {
    measures,
    evidence: pointsEvidence(seen, policy.smallCell),
    charts: pointsChart(seen, policy.smallCell),
    evidenceGrade: 'E4',
    ...(money === undefined ? {} : { money }),
    members: { value: members, meaning: 'members with points issued in the window' },
    caveats: caveatsOf(context, seen, sources),
  };
}

function caveatsOf(context: AuditContext, { use, expiries, serviceMessages }: PointsSeen, sources: PointsSources): string[] {
  const caveats = [
    'Smile.io reports a mean of 13 % of points redeemed in online shops, and 32 % in the top quarter; that is a vendor’s own clients and a flow over 30 days, and is context only.',
  ];
  if (use !== null) {
    caveats.push(
      'Members’ balances when the files begin are not known; redemptions paid from them count as paid from points in the files, which overstates the share used.',
      'Nothing is assumed about points older than the files reach: if they live on, more will be redeemed and breakage is lower.',
    );
  }
  if (sources.earned === 'orders' || sources.redeemed === 'orders')
    caveats.push('Points come from the orders, where bonus points, rewards without an order, and expiry are not seen.');
  if (context.filledShare('points', 'value_amount') === 0) caveats.push('No file says what a point is worth, so no amount of money is given.');
  if (expiries.length > 0) {
    caveats.push(
      serviceMessages > 0
        ? 'Any message counts as notice, whatever it said; of the messages in these files the share without notice is therefore the least it can be.'
        : 'The files hold no service messages, and notice of expiry usually is one: it may have been sent by a system that is not in these files, so no problem is called on it.',
    );
  }
  return caveats;
}

export const unredeemedPoints = defineAudit({
  id: 'unredeemed-points',
  category: 'programme',
  question: 'Do members use the points that they are given?',
  why: 'A point that is never redeemed rewards nobody, and one that expires without a word annoys the person who earned it.',
  problem: 'FP3',
  weight: 'high',
  needs: {},
  improves: {
    points: [
      { columns: ['type', 'points', 'occurred_at'], gain: 'shows every movement of points: bonus points, rewards and expiry included' },
      { columns: ['value_amount'], gain: 'says what points are worth, and what is still owed' },
    ],
    contacts: [{ columns: ['contacted_at'], gain: 'shows whether owners were sent anything before their points expired' }],
  },
  minimum: {},
  thresholds: {
    usedShare: {
      levels: { watch: 0.2, high: 0.1 },
      unit: 'share',
      source: { kind: 'house', note: 'Fewer than one point in five, or in ten, is ever redeemed. Published rates are of other programmes and are not scored.' },
    },
    stillGrowing: {
      levels: { ratio: 1.1 },
      unit: 'ratio',
      source: {
        kind: 'house',
        note: 'While the redeemed total still grows by a tenth in a quarter, old points may yet be used and a low share is no problem so far.',
      },
    },
    cohortsAlike: {
      levels: { spread: 0.1 },
      unit: 'share',
      source: { kind: 'house', note: 'The estimate takes quarters to be used alike; where their first years differ by more, it decides no problem.' },
    },
    unwarnedShare: {
      levels: { watch: 0.25, high: 0.5 },
      unit: 'share',
      source: {
        kind: 'house',
        citation: 'ACCC, Customer loyalty schemes, final report, 2019, names expiry of points as a concern.',
        note: 'The regulator names the concern; the level is ours.',
      },
    },
    noticePeriod: {
      levels: { days: 14 },
      unit: 'days',
      source: { kind: 'house', note: 'A message at least two weeks before expiry leaves time to use the points.' },
    },
  },
  notOfMembers: ['horizonDays', 'usedShare', 'breakageShare', 'cohortSpread', 'lastGrowth', 'worthOfThousand', 'liability*', 'unusedWorth'],
  rivals: [
    {
      explanation: 'The points are still young and will be redeemed.',
      check: 'Each quarter of points is followed by its age and projected by how older ones were used.',
      open: 'Points that live on beyond the files are used further, and the share that is never used is then lower.',
    },
    {
      explanation: 'Balances from before the files paid for some redemptions.',
      check:
        'The oldest points are used first, and what the points in the files cannot cover is taken from a balance brought forward; the flow stands beside the quarters of issue.',
      open: 'The oldest quarters look better used than they are.',
    },
  ],
  measure,
  judge: (measures, thresholds) => {
    const use = beyondLevel(measures.get('usedShare'), thresholds.usedShare, true);
    const isSettled = (measures.get('lastGrowth')?.value ?? 0) <= (thresholds.stillGrowing?.ratio ?? 0);
    const notice = beyondLevel(measures.get('unwarnedShare'), thresholds.unwarnedShare);
    // What a system sends that is not in the files cannot be missed in them.
    if (notice === 'problem' && (measures.get('serviceMessages')?.value ?? 0) > 0) return { status: 'problem', severity: 'high' };
    const isAlike = (measures.get('cohortSpread')?.value ?? 1) <= (thresholds.cohortsAlike?.spread ?? 0);
    if (use === 'problem' && isSettled && isAlike) return { status: 'problem', severity: 'medium' };
    if (use !== null || notice !== null) return { status: 'watch', severity: 'low' };
    const isJudged = measures.get('usedShare') !== undefined || measures.get('unwarnedShare') !== undefined;
    return isJudged ? { status: 'healthy', severity: 'none' } : { status: 'informative', severity: 'none' };
  },
  explain: explainPoints,
});
