import type { Explanation } from '../../result/schema.js';
import { defineAudit, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { measureCredit } from './impossible-credit-measures.js';

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const { watch = 1, high = 1 } = thresholds.creditRatio ?? {};
  const ratio = measures.value('creditRatio') ?? 0;
  const reported = measures.value('reportedRatio');
  const hasRules = (measures.value('ruled') ?? 0) > 0;
  if ((reported ?? 0) > high) return { status: 'problem', severity: 'critical' };
  if (hasRules && ratio > high) return { status: 'problem', severity: 'high' };
  const times = measures.value('countedTimes') ?? 1;
  if (Math.max(ratio, reported ?? 0) > watch || times > (thresholds.countedTimes?.watch ?? 1)) return { status: 'watch', severity: 'medium' };
  return hasRules || reported !== null ? { status: 'healthy', severity: 'none' } : { status: 'informative', severity: 'none' };
}

const consequences: Record<Verdict['status'], string> = {
  problem: 'More is credited than there was to credit: no statistics are needed to see that the figures of the campaigns cannot all be true.',
  watch:
    'The figures of the campaigns must not be added up: the same purchase can stand in the report of several, and much of what customers buy in a year stands in one of them.',
  informative: 'With a rule as common as this one little would be counted twice; which rule your reports use is not on record.',
  healthy: 'What is credited stays well within what the customers bought, and adding up the campaigns distorts little.',
};

function explain(measures: Measures, { status }: Verdict): Explanation {
  const hasRules = (measures.value('ruled') ?? 0) > 0;
  const rule = hasRules
    ? 'By the rules on record (a sale is credited to every campaign whose message came at most so many days before)'
    : 'By a common rule, because none is on record (a sale is credited to every campaign whose message came at most {defaultDays} before)';
  const reported =
    measures.value('reportedRatio') === null
      ? ' No campaign reports a revenue of its own to compare.'
      : ' {reporting} campaigns report {reportedRevenue}: {reportedRatio}, {reportedRatio.interval}, of all that contacted members bought in that time.';
  const withInterval = measures.get('reportedRatio')?.interval === undefined ? reported.replace(', {reportedRatio.interval},', '') : reported;
  return {
    condition:
      `${rule}, {claiming} campaigns together claim {creditedSales}, which is {creditRatio} of the {customerSales} that the customers so credited bought in all in the time looked at. ` +
      `Two campaigns or more claim {sharedOrders} of the credited purchases, {saturation} of all purchases of members lie in at least one window, and a credited sale is counted {countedTimes} on average.${withInterval}`,
    criterion:
      'Above {threshold.creditRatio.high} more is claimed than was bought, which is arithmetic. Worth watching, by house thresholds, above {threshold.creditRatio.watch}, or when a sale is credited more than {threshold.countedTimes.watch} on average. Without a rule on record the claims of a common rule go no further than a watch.',
    consequence: consequences[status],
    action:
      status === 'healthy' || status === 'informative'
        ? 'Write the rule of attribution beside each campaign, and check the sum again each quarter.'
        : 'Let each purchase be credited once, to one campaign, and print the sum of all campaigns beside the sales of the same customers; then hold out a part of one audience at random, which shows how much of its credit is real.',
    wouldChangeOurMind:
      'A rule that credits each purchase once, or that asks for the campaign’s own code; or sales of contacted customers that are missing from these files.',
  };
}

export const impossibleCredit = defineAudit({
  id: 'impossible-credit',
  category: 'measurement',
  question: 'Do campaigns together claim more than their customers bought?',
  why: 'When every campaign may claim every purchase that follows it, the same purchase is counted several times, and the sum can exceed what was in the till.',
  problem: 'FP7',
  weight: 'critical',
  needs: { contacts: ['member_id', 'campaign_id'], transactions: ['member_id', 'occurred_at', 'net_amount'] },
  improves: {
    campaigns: [
      { columns: ['attribution_window_days'], gain: 'adds up the claims by the rules that you use' },
      { columns: ['reported_revenue'], gain: 'compares what is reported with what was bought' },
      { columns: ['starts_at'], gain: 'dates contacts that have no date of their own' },
    ],
    contacts: [{ columns: ['contacted_at'], gain: 'the day of each message instead of the first day of its campaign' }],
  },
  minimum: { contacts: 200, transactions: 200 },
  thresholds: {
    creditRatio: {
      levels: { watch: 0.5, high: 1 },
      plausible: { watch: [0.25, 0.75] },
      source: {
        kind: 'derived',
        note: 'More than all cannot be: the upper level is arithmetic. The lower one is a house rule: half of all that the customers bought.',
      },
    },
    countedTimes: {
      levels: { watch: 1.1 },
      source: { kind: 'house', note: 'Once is right; a tenth more is what the sum of the reports is too high by.' },
    },
  },
  notOfMembers: ['reporting', 'claiming', 'ruled', 'defaultDays', 'reported*', 'contactedSales', 'overReporting'],
  rivals: [
    {
      explanation: 'The sales file holds a part of the sales only, so that what was bought looks small.',
      check: 'Claims by the rule are added up from the same sales that they are compared with, so a missing part is missing on both sides.',
      open: 'For reported revenue this stays open: a file without some shops makes an honest report look impossible.',
    },
    {
      explanation: 'Campaigns also went to people outside the scheme, whose purchases are rightly in the reports.',
      check: 'Only purchases of members are compared; the number of sales without a member is in the section on the quality of the data.',
      open: 'How much of a reported revenue came from outside the scheme.',
    },
  ],
  measure: measureCredit,
  judge,
  explain,
});
