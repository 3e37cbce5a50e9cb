import type { Explanation } from '../../result/schema.js';
import { defineAudit, type Measures, type Verdict } from '../audit.js';
import { judgeEffort } from '../objectives/effort-verdict.js';
import { fewestCampaigns, measureWindows } from './short-outcome-window-measures.js';

const consequences: Record<Verdict['status'], string> = {
  problem:
    'Within so short a time a purchase that was only brought forward looks the same as one that was won, so most of what is said about the value of the campaigns cannot be known from these readings.',
  watch: 'For a part of the campaigns, a purchase that was only brought forward looks the same as one that was won.',
  informative: 'The campaigns whose window is not recorded decide the answer, so none is given for the whole.',
  healthy: 'Most claims of value are followed long enough for purchases brought forward to show as a gap later on.',
};
const actions: Record<Verdict['status'], string> = {
  problem:
    'Read the results of the last campaigns again after {neededDays}, against members who were left out at random (a holdout), and see which of them keep their place.',
  watch:
    'Read the results of these campaigns again after {neededDays}, against members who were left out at random (a holdout), and see which of them keep their place.',
  informative: 'Record for every campaign over how many days its result is followed, and run the analysis again.',
  healthy: 'Keep the long window, and report the early reading only beside it.',
};

function explain(measures: Measures, { status }: Verdict): Explanation {
  const cycle =
    measures.value('interpurchaseDays') === null
      ? ''
      : '; {threshold.cycles.least} times the usual time between two purchases of a member, where that is longer (that time is {interpurchaseDays} here)';
  const limit =
    (measures.value('unknownShare') ?? 0) > 0
      ? ' {unknownShare} has no window on record; counting that as long enough, at least {atLeast} of everything is too short.'
      : '';
  return {
    condition:
      'Of the effort for campaigns that are judged by what customers buy, {shortShare}, {shortShare.interval}, goes to campaigns that are followed for less than {neededDays}. That is {short} of {claims} campaigns, by the longest window on record, ' +
      `whether of measured results, of the measure of success or of attribution.${limit}`,
    criterion:
      `A claim of value needs at least {threshold.horizonDays.least} of follow-up${cycle}. House thresholds for the share that has less: worth watching above {threshold.shortShare.watch}, a problem above {threshold.shortShare.high} when the interval, too, lies above the first. ` +
      'Where more than {threshold.unknownShare.scope} has no window on record, only the share of everything is judged.',
    consequence: consequences[status],
    action: actions[status],
    wouldChangeOurMind:
      'A later reading of these campaigns that is not in the campaign list, or a holdout that shows the early and the late reading to rank campaigns alike.',
  };
}

export const shortOutcomeWindow = defineAudit({
  id: 'short-outcome-window',
  category: 'measurement',
  question: 'Are results followed long enough to speak of customer value?',
  why: 'A voucher moves purchases to an earlier day; whether it adds any shows only in the weeks that follow.',
  problem: 'FP7',
  weight: 'medium',
  needs: { campaigns: ['campaign_id'] },
  improves: {
    campaigns: [
      { columns: ['primary_kpi'], gain: 'tells which campaigns are judged by what customers buy' },
      { columns: ['kpi_horizon_days', 'attribution_window_days'], gain: 'over how many days success is counted' },
      { columns: ['cost'], gain: 'the share of money instead of the share of messages or campaigns' },
    ],
    outcomes: [{ columns: ['window_days'], gain: 'over how many days results were really followed' }],
    transactions: [{ columns: ['occurred_at', 'member_id'], gain: 'compares the windows with how often your customers buy' }],
  },
  minimum: { campaigns: fewestCampaigns },
  thresholds: {
    shortShare: {
      levels: { watch: 0.25, high: 0.5 },
      source: {
        kind: 'house',
        note: 'No published limit exists: a quarter, or half, of the effort for claims of value is followed too short a time to bear them.',
      },
    },
    horizonDays: {
      unit: 'days',
      levels: { least: 90 },
      source: { kind: 'house', note: 'A quarter of a year is the least in which a purchase that was brought forward leaves its gap.' },
    },
    cycles: {
      unit: 'number',
      levels: { least: 2 },
      source: { kind: 'house', note: 'Two usual times between purchases: one for the purchase that moved, one for the one that should have followed.' },
    },
    unknownShare: {
      levels: { scope: 0.2, stop: 0.5 },
      source: { kind: 'house', note: 'Above the first level the finding does not speak for the whole; above the second there is no finding.' },
    },
  },
  notOfMembers: ['*'],
  rivals: [
    {
      explanation: 'Results are read again later, and only the calendar of campaigns does not say so.',
      check: 'The longest of all windows on record counts, that of results measured ready included.',
      open: 'Later readings that stand in reports which are not among the files.',
    },
    {
      explanation: 'For some campaigns a short window is right, as for a clearance that has to empty a shelf.',
      check: 'Only campaigns that are judged by what customers buy are looked at.',
      open: 'Which of them were meant to bring purchases forward.',
    },
  ],
  measure: measureWindows,
  judge: (measures, thresholds) => judgeEffort({ share: 'shortShare', unread: 'unknownShare' }, measures, thresholds),
  explain,
});
