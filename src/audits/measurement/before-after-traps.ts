import { defineAudit, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { measureTraps } from './before-after-traps-measures.js';
import { explainTraps } from './before-after-traps-words.js';

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const present = measures.value('present') ?? 0;
  const isDecisive = measures.value('survivorshipPresent') === 1 || measures.value('forwardPresent') === 1;
  if (isDecisive || present >= (thresholds.traps?.problem ?? 1)) return { status: 'problem', severity: 'medium' };
  if (present >= (thresholds.traps?.watch ?? 1)) return { status: 'watch', severity: 'low' };
  const isTested = (measures.value('testable') ?? 0) >= (thresholds.tested?.enough ?? 1);
  return isTested ? { status: 'healthy', severity: 'none' } : { status: 'informative', severity: 'none' };
}

export const beforeAfterTraps = defineAudit({
  id: 'before-after-traps',
  category: 'measurement',
  question: 'Would a plain before-and-after report mislead here?',
  why: 'Customers who were chosen for extreme figures drift back by themselves, those who left drop out of the file, and the best of many is partly luck: each makes a campaign look good that did nothing.',
  problem: 'FP7',
  weight: 'medium',
  needs: { members: ['member_id'] },
  improves: {
    transactions: [{ columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'shows what members did before and after a campaign' }],
    members: [{ columns: ['enrolled_at', 'closed_at'], gain: 'shows whether members who have left are on file' }],
    assignments: [{ columns: ['campaign_id', 'member_id', 'arm'], gain: 'shows whether purchases were brought forward, and how far the best test is luck' }],
    responses: [{ columns: ['member_id', 'campaign_id'], gain: 'shows whether a change of the response rate is one of mix' }],
    contacts: [{ columns: ['contacted_at'], gain: 'dates what is before and what is after' }],
  },
  minimum: { members: 50 },
  thresholds: {
    traps: {
      unit: 'number',
      levels: { watch: 1, problem: 4 },
      plausible: { watch: [1, 2], problem: [3, 5] },
      source: { kind: 'house', note: 'One trap is enough to mislead a report that does not guard against it; with four, hardly any report can be right.' },
    },
    tested: {
      unit: 'number',
      levels: { enough: 3 },
      plausible: { enough: [2, 5] },
      source: { kind: 'house', note: 'With fewer traps tested, finding none says little.' },
    },
    regression: {
      unit: 'share',
      levels: { least: 0.05 },
      source: { kind: 'house', note: 'A twentieth of what was bought before is of the size that campaigns are credited with.' },
    },
    winner: {
      unit: 'share',
      levels: { least: 0.25 },
      source: { kind: 'house', note: 'A quarter of the best figure is more than rounding.' },
    },
    inactive: {
      unit: 'share',
      levels: { few: 0.05 },
      source: { kind: 'house', note: 'In a scheme of more than a year some members always fall silent; fewer than one in twenty says that they are missing.' },
    },
  },
  notOfMembers: [
    'present',
    'testable',
    'traps',
    'regressionPresent',
    'survivorshipPresent',
    'forwardPresent',
    'mixPresent',
    'winnerPresent',
    'overallChange',
    'withinChange',
    'bestEffect',
    'shrunkEffect',
  ],
  rivals: [
    {
      explanation: 'Members without the message differ from recipients in more than what they bought before.',
      check: 'They are compared within tenths of what was bought before, over the same days.',
      open: 'What the selection knew besides, such as clicks or visits.',
    },
    {
      explanation: 'The scheme is young or small, so that nobody has left yet.',
      check: 'A lack of leavers counts only with many years of membership on record, and when hardly any member is inactive either.',
      open: 'A scheme that no member has a reason to leave.',
    },
  ],
  measure: measureTraps,
  judge,
  explain: explainTraps,
});
