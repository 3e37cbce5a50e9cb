/** How is value spread over members, and are those outside the top fifth left out? */
import { customerValue } from '../../derived/customer-value.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { attentionSql, totalsPeriodSql, valueStepsSql } from './concentrated-value.sql.js';
import { valueChart, valueEvidence } from './concentrated-value-exhibits.js';
import { amountIn, membersIn, type ValueSeen, valueMeasures } from './concentrated-value-measures.js';
import { explainValue, valueCaveats, valueRivals } from './concentrated-value-words.js';

const fewestBuyers = 100;
const fewestContacts = 200;
const valueWords = { margin: 'margin', revenue: 'net sales', 'reported-total': 'reported spend' } as const;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy } = context;
  const nothing = { evidence: [], charts: [], evidenceGrade: 'E4' as const };
  if (derived.valueBasis === null) {
    return {
      measures: [],
      ...nothing,
      notApplicable: 'No file says what a member is worth: neither purchases nor totals.',
      unlocks: [{ table: 'transactions', columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'shows how value is spread over members' }],
    };
  }
  const [memberFacts, contactFacts] = [await derived.memberFacts(), await derived.contactFacts()];
  const steps = await engine.rows(valueStepsSql(memberFacts));
  const buyers = membersIn(steps);
  if (buyers < fewestBuyers || !(amountIn(steps, ({ value }) => value) > 0)) {
    return {
      measures: [{ id: 'buyers', label: 'Members who bought', value: buyers, unit: 'count', n: buyers }],
      ...nothing,
      notEnough: `The question needs at least ${fewestBuyers} members who bought, and a positive value of all of them together.`,
    };
  }
  const attention = await engine.rows(attentionSql(engine.dialect, memberFacts, contactFacts, window));
  const mark = attention.filter(({ fifth }) => fifth === 0).reduce((least, row) => Math.min(least, row.least), Number.MAX_VALUE);
  const isReported = derived.valueBasis === 'reported-total';
  const seen: ValueSeen = {
    words: valueWords[derived.valueBasis],
    days: isReported ? ((await engine.rows(totalsPeriodSql()))[0]?.days ?? null) : window.days,
    steps,
    attention,
    allMembers: context.rowCount('members') > 0 ? Math.max(buyers, context.rowCount('members')) : buyers,
    hasContacts: amountIn(attention, ({ contacts }) => contacts) >= fewestContacts,
    hasDiscounts: !isReported && context.filledShare('transactions', 'discount_amount') > 0,
    future: isReported
      ? { why: 'Single purchases are not in the files.' }
      : await customerValue({ engine, derived, toDay: window.toDay, level: policy.screenLevel }, mark),
  };
  const silent = attention.filter(({ fifth, is_reachable, is_contacted }) => fifth > 0 && is_reachable && is_contacted === 0);
  return {
    measures: valueMeasures(seen, policy),
    evidence: valueEvidence(seen, policy.smallCell),
    charts: [valueChart(seen)],
    evidenceGrade: 'E4',
    ...(seen.hasContacts ? { members: { value: membersIn(silent), meaning: 'members outside the top fifth who bought, can be contacted and were not' } } : {}),
    caveats: valueCaveats(seen.future, {
      hasConsents: derived.hasConsents,
      isRevenue: derived.valueBasis !== 'margin',
      hasNegative: attention.some(({ least }) => least < 0),
      isReported,
    }),
  };
}

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const attention = measures.get('otherAttention');
  const { watch = 0, low = 0 } = thresholds.otherAttention ?? {};
  const value = attention?.value ?? null;
  if (value === null) return { status: 'informative', severity: 'none' };
  // Without an interval all groups are alike, and the value stands for itself.
  if (value < low && (attention?.interval?.high ?? value) < watch) return { status: 'problem', severity: 'medium' };
  return value < watch ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
}

export const concentratedValue = defineAudit({
  id: 'concentrated-value',
  category: 'value',
  question: 'How is value spread over members, and are those outside the top fifth left out?',
  why: 'A few members always hold much of the value; the mistake is to look after them alone, because all others together hold a large part of it too.',
  problem: 'FP2',
  weight: 'medium',
  needs: {},
  improves: {
    transactions: [
      { columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'shows what members are worth, and what they are expected to buy next year' },
      { columns: ['margin_amount'], gain: 'measures value as margin' },
      { columns: ['discount_amount'], gain: 'shows who gets the discounts' },
    ],
    contacts: [{ columns: ['member_id', 'campaign_id'], gain: 'shows whether contact goes to the top fifth alone' }],
    consents: [{ columns: ['status'], gain: 'leaves out members who may not be contacted' }],
  },
  minimum: {},
  thresholds: {
    otherAttention: {
      levels: { watch: 0.5, low: 0.25 },
      source: {
        kind: 'house',
        note: 'At 1 contact follows value; half, or a quarter, of it is little. No published level exists, and concentration itself has none.',
      },
    },
  },
  sums: [
    ['buyers', 'allMembers'],
    ['buyers', 'reachableBuyers'],
  ],
  rivals: valueRivals,
  measure,
  judge,
  explain: explainValue,
});
