import { defineAudit, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { measureCoincidence } from './coincidental-attribution-measures.js';
import { explainCoincidence } from './coincidental-attribution-words.js';

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const share = measures.get('coincidenceShare');
  const { watch = 1, high = 1 } = thresholds.coincidenceShare ?? {};
  const value = share?.value ?? 0;
  const hasRules = (measures.value('ruled') ?? 0) > 0;
  const trend = measures.get('nearFarRatio');
  const isInflated = (trend?.value ?? 0) > (thresholds.nearFarRatio?.inflated ?? 1) && (trend?.interval?.low ?? 0) > 1;
  if (value > high && (share?.interval?.low ?? 0) > watch && hasRules && !isInflated) return { status: 'problem', severity: 'high' };
  return value > watch || !hasRules ? { status: 'watch', severity: 'medium' } : { status: 'healthy', severity: 'none' };
}

export const coincidentalAttribution = defineAudit({
  id: 'coincidental-attribution',
  category: 'measurement',
  question: 'Would the sales credited to campaigns have appeared in any other weeks as well?',
  why: 'A regular customer buys in most fortnights; a rule that credits every purchase after a message then counts habits, not results.',
  problem: 'FP7',
  weight: 'high',
  needs: { contacts: ['member_id', 'campaign_id'], transactions: ['member_id', 'occurred_at', 'net_amount'] },
  improves: {
    campaigns: [
      { columns: ['attribution_window_days'], gain: 'tests the rule that you use instead of a common default' },
      { columns: ['starts_at'], gain: 'dates contacts that have no date of their own' },
    ],
    contacts: [
      { columns: ['contacted_at'], gain: 'the day of each message instead of the first day of its campaign' },
      { columns: ['trigger_type'], gain: 'leaves out messages that a customer’s own act sets off, which cannot be compared with earlier weeks' },
    ],
    members: [{ columns: ['enrolled_at'], gain: 'compares only members who had joined before the earlier weeks' }],
  },
  minimum: { contacts: 200, transactions: 200 },
  thresholds: {
    coincidenceShare: {
      levels: { watch: 0.2, high: 0.5 },
      source: { kind: 'house', note: 'No published level exists: above a fifth the rule flatters, above a half it counts habits for the most part.' },
    },
    nearFarRatio: {
      unit: 'ratio',
      levels: { inflated: 1.1 },
      source: {
        kind: 'house',
        note: 'A tenth more purchases just before the choice than earlier: the audience was chosen for them, and the comparison runs too high.',
      },
    },
  },
  notOfMembers: [
    'isSeasonal',
    'seasonal',
    'tested',
    'leftOut',
    'ruled',
    'modelShare',
    'poissonShare',
    'window*',
    'coincidenceShare',
    'otherShare',
    'defaultDays',
    'guardDays',
  ],
  rivals: [
    {
      explanation: 'The audience was chosen because it had just bought, so earlier weeks show more purchases than usual.',
      check: 'At least a week before the contact is left free, and the nearer of the earlier weeks are compared with the farther ones.',
      open: 'A choice that followed purchases over all of these weeks, as a list of the best customers of the quarter.',
    },
    {
      explanation: 'The earlier weeks were a better season than those of the campaign.',
      check: 'The change from the earlier weeks to those of the campaign among members whom it did not contact is taken out, where there are enough of them.',
      open: 'A season that recipients have and other members do not.',
    },
    {
      explanation: 'Other campaigns were running in the earlier weeks and brought the purchases.',
      check: 'Up to eight earlier windows are averaged, and their spread is shown.',
      open: 'Campaigns that run in every week: the share then speaks of this campaign on top of all others.',
    },
  ],
  measure: measureCoincidence,
  judge,
  explain: explainCoincidence,
});
