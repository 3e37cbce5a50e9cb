/** That the two tests of the sample read as they should does not hang on a lucky seed. */
import { expect, test } from 'vitest';
import { type TestTruth, testTruth } from '../../src/simulator/retailer/truths.js';
import { simulateYear } from '../../src/simulator/retailer/year.js';
import { zOf } from '../../src/statistics/intervals.js';

const seeds = Array.from({ length: 50 }, (_, index) => index + 1);
/** One-sided 95 % bounds (methodology §5.3). */
const z = zOf(0.9);

function classOf({ observedDifference, observedStandardError, costPerContact }: TestTruth): 'win' | 'hollow' | 'costly' | 'unproven' {
  const low = observedDifference - z * observedStandardError;
  const high = observedDifference + z * observedStandardError;
  if (high < 0) return 'costly';
  if (low > 0) return 'win';
  return high < costPerContact ? 'hollow' : 'unproven';
}

test('over fifty seeds the files show the true win and the hollow win as what they are', { timeout: 120_000 }, () => {
  const win = { truth: 'win', win: 0, hollow: 0, costly: 0, unproven: 0 };
  const hollow = { truth: 'hollow', win: 0, hollow: 0, costly: 0, unproven: 0 };
  for (const seed of seeds) {
    const year = simulateYear({ seed });
    win[classOf(testTruth(year, 'win'))] += 1;
    hollow[classOf(testTruth(year, 'hollow'))] += 1;
  }
  console.table([win, hollow]);
  expect(win.win).toBeGreaterThanOrEqual(45);
  expect(hollow.hollow).toBeGreaterThanOrEqual(45);
});
