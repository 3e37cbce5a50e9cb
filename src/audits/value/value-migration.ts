/** Do the best customers turn away, beyond what happens when nobody changes? */
import { purchaseGapQuantile, purchaseHistoryStart } from '../../derived/purchase-history.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { migrationPairsSql, splitPairsSql } from './value-migration.sql.js';
import { migrationChart, migrationEvidence, migrationMeasures, migrationMoney, seeMigration } from './value-migration-measures.js';
import { explainMigration, migrationCaveats, migrationRivals } from './value-migration-words.js';

const fewestMembers = 200;
const longestDays = 365;
const shortestDays = 91;
/** A year by weeks, or one that a leap day or a late file leaves short. */
const fullYearDays = 360;
/** Beyond a purchase a week members buy too regularly for the twin. */
const mostPurchases = 52;
/** Methodology §5.8: each period holds at least so many of the usual intervals. */
const fewestIntervals = 2;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy } = context;
  const nothing = { evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const [purchases, memberFacts] = [await derived.purchaseDays(), await derived.memberFacts()];
  const start = await purchaseHistoryStart(engine, purchases, window.toDay);
  const days = Math.min(longestDays, Math.floor((window.toDay - start) / 2));
  const interval = await purchaseGapQuantile(engine, purchases, { fromDay: start, toDay: window.toDay }, 0.5);
  if (days < Math.max(shortestDays, fewestIntervals * (interval ?? 0))) {
    return {
      measures: [
        { id: 'historyDays', label: 'Days of purchases in the files', value: window.toDay - start, unit: 'days', n: context.rowCount('transactions') },
      ],
      ...nothing,
      notEnough: `Two periods of at least ${shortestDays} days, and of twice the usual time between two purchases, are compared; the files hold fewer days of purchases.`,
    };
  }
  const isMargin = derived.valueBasis === 'margin';
  const periods = { toDay: window.toDay, days };
  const rows = await engine.rows(migrationPairsSql(engine.dialect, memberFacts, purchases, periods, isMargin));
  const members = rows.reduce((sum, row) => sum + row.members, 0);
  const mean = rows.reduce((sum, row) => sum + row.first * row.members, 0) / Math.max(1, members);
  if ((mean * longestDays) / days > mostPurchases) {
    return {
      measures: [],
      ...nothing,
      notApplicable:
        'Members buy more than once a week on average. So regular a habit moves less than the twin that is the yardstick here, so nothing can be said.',
    };
  }
  const splits = await engine.rows(splitPairsSql(memberFacts, purchases, periods));
  const known = { days, isFullYear: days >= fullYearDays, valueWords: isMargin ? 'margin' : 'net sales' };
  const seen = members < fewestMembers ? null : seeMigration(rows, splits, context, known);
  if (seen === null) {
    return {
      measures: [{ id: 'members', label: 'Members who belonged to the scheme throughout the first period', value: members, unit: 'count', n: members }],
      ...nothing,
      notEnough: `The question needs at least ${fewestMembers} members who joined before the first of two periods, more than a fifth of whom bought towards its end.`,
    };
  }
  const measures = migrationMeasures(seen, policy);
  const money = migrationMoney(measures, known.valueWords);
  const topMembers = Math.round(members / 5);
  return {
    measures,
    evidence: migrationEvidence(seen, policy.smallCell),
    charts: [migrationChart(seen, policy.smallCell)],
    evidenceGrade: 'E4',
    ...(money === undefined ? {} : { money, members: { value: topMembers, meaning: 'members of the top fifth by days with a purchase' } }),
    caveats: migrationCaveats(known.isFullYear, context.filledShare('members', 'enrolled_at') < 1),
  };
}

/** The twin is wrong about more members than it may be, and not by chance. */
function isMisfit(measures: Measures, thresholds: Thresholds): boolean {
  const misfit = measures.get('misfit');
  return (misfit?.value ?? 0) > (thresholds.misfit?.most ?? 1) && (misfit?.interval?.low ?? 0) > 0;
}

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const { watch = 0, high = 0 } = thresholds.excessLoss ?? {};
  const loss = measures.get('excessLoss');
  const [value, near] = [loss?.value ?? 0, loss?.interval?.low ?? 0];
  const doubt = isMisfit(measures, thresholds);
  // Against the twin the loss must be more than a matter for a look as well.
  const isSeenTwice = (measures.value('twinLoss') ?? 0) > watch;
  const isSure = !doubt && measures.value('fullYear') === 1 && isSeenTwice;
  if (value > high && near > watch && isSure) return { status: 'problem', severity: 'high' };
  // Within chance is no news, whatever the estimate.
  if (value > watch && near > 0) return { status: 'watch', severity: 'low' };
  return doubt ? { status: 'informative', severity: 'none' } : { status: 'healthy', severity: 'none' };
}

export const valueMigration = defineAudit({
  id: 'value-migration',
  category: 'value',
  question: 'Do the best customers turn away, beyond what happens when nobody changes?',
  why: 'The best customers of one year always seem to fall in the next; only what goes beyond chance is a loss, and only that can be won back.',
  problem: 'FP2',
  weight: 'high',
  needs: { members: ['member_id', 'enrolled_at'], transactions: ['member_id', 'occurred_at', 'net_amount'] },
  improves: {
    transactions: [{ columns: ['margin_amount'], gain: 'says what the lost purchases are worth as margin' }],
    members: [{ columns: ['closed_at'], gain: 'leaves out members who had left before the second period' }],
  },
  minimum: { members: fewestMembers },
  thresholds: {
    excessLoss: {
      levels: { watch: 0.05, high: 0.1 },
      unit: 'share',
      source: { kind: 'house', note: 'Beyond the twin, which is 0: one purchase in twenty, or in ten, of the top fifth. No published level exists.' },
    },
    misfit: {
      levels: { most: 0.05 },
      unit: 'share',
      source: { kind: 'house', note: 'A twin that is wrong about more than one member in twenty is no yardstick for the others.' },
    },
  },
  notOfMembers: ['fullYear'],
  sums: [['members', 'topMembers']],
  rivals: migrationRivals,
  measure,
  judge,
  explain: explainMigration,
});
