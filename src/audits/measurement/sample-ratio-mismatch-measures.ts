/** How far the arms of each test are from their planned sizes, in figures and in a picture. */
import { judgeSplit, type SplitLimits } from '../../derived/experiment-checks.js';
import type { Experiment } from '../../derived/experiments.js';
import type { WhiskerChart } from '../../result/charts.js';
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';
import type { Thresholds } from '../audit.js';
import type { Light } from './test-card.js';

export interface Limits extends SplitLimits {
  readonly falseDiscovery: number;
}

export const limitsOf = ({ splitProbability: levels }: Thresholds): Limits => ({
  watchP: levels?.watch ?? 0,
  failP: levels?.fail ?? 0,
  failDeviation: levels?.smallestDeviation ?? 0,
  falseDiscovery: levels?.falseDiscovery ?? 0,
});

/** The split of one test, its p-value adjusted for all tests that were checked. */
interface CheckedSplit {
  readonly test: Experiment;
  readonly share: number;
  readonly planned: number | null;
  readonly p: number | null;
  readonly adjusted: number | null;
  readonly light: Light;
}

/** Among many tests one is far from its plan by chance: a light other than green has to hold among all of them. */
function amongAll(alone: Light, adjusted: number, { watchP, falseDiscovery }: Limits): Light {
  if (alone === 'pass' || adjusted > falseDiscovery) return 'pass';
  return alone === 'fail' && adjusted >= watchP ? 'watch' : alone;
}

export function checkSplits(tests: readonly Experiment[], limits: Limits): CheckedSplit[] {
  const testable = tests.flatMap(({ split }) => split.p ?? []);
  const adjusted = adjustForFalseDiscovery(testable);
  let place = 0;
  return tests.map((test): CheckedSplit => {
    const { p, deviation, plannedHoldoutShare: planned } = test.split;
    const share = test.holdout / (test.holdout + test.treated);
    if (p === null || deviation === null) return { test, share, planned, p: null, adjusted: null, light: 'notTestable' };
    const own = adjusted[place++] ?? 1;
    return { test, share, planned, p, adjusted: own, light: amongAll(judgeSplit(p, deviation, limits), own, limits) };
  });
}

/** Which side is short tells where to look. */
export function whyOf({ light, share, planned }: CheckedSplit): string {
  if (light === 'notTestable') return 'the planned share of the holdout is not on record';
  if (light === 'pass' || planned === null) return '';
  return share > planned
    ? 'the treated side is short: look for bounces or withdrawals taken out after the draw'
    : 'the holdout is short: look for members of the holdout who were dropped, merged or moved';
}

export function splitMeasures(splits: readonly CheckedSplit[], level: number): Measure[] {
  return splits.flatMap(({ test, share, planned, p }, index): Measure[] => {
    const n = test.holdout + test.treated;
    const interval = { ...wilson(test.holdout, n, level), level, method: 'Wilson' };
    return [
      { id: `heldOut.${index + 1}`, label: `Share held out in ${test.label}`, value: share, unit: 'share', interval, n },
      { id: `planned.${index + 1}`, label: `Planned share of the holdout in ${test.label}`, value: planned, unit: 'share', n },
      { id: `split.${index + 1}`, label: `Probability of a holdout at least as far from the plan in ${test.label}`, value: p, unit: 'probability', n },
    ];
  });
}

export function splitChart(splits: readonly CheckedSplit[], level: number): WhiskerChart {
  return {
    kind: 'whisker',
    id: 'splits',
    title: 'Share held out, less the planned share',
    description:
      'One line a test: the part of its members that was held out, less the part that was planned, with its interval. The line at nought is the plan.',
    unit: 'shareDifference',
    reference: { value: 0, label: 'as planned' },
    rows: splits.flatMap(({ test, share, planned, light }) => {
      if (planned === null) return [];
      const { low, high } = wilson(test.holdout, test.holdout + test.treated, level);
      const note = light === 'fail' ? { note: 'does not match the plan' } : {};
      return [{ label: test.label, low: low - planned, high: high - planned, outerLow: null, outerHigh: null, estimate: share - planned, ...note }];
    }),
  };
}
