/** Two results of one programme a year apart, in which something went every way that a comparison knows. */
import type { Finding, Measure, Result } from '../../src/result/schema.js';
import { sampleResult } from './sample-result.js';

const year = (number: number): Result['window'] => ({ from: `${number}-01-01`, to: `${number}-12-31`, days: 365, reason: 'A year.' });

/** Moves every figure of a finding that has an interval by a part of itself. */
const moved = (finding: Finding, part: number): Measure[] =>
  finding.measures.map((measure) => {
    const { value, interval } = measure;
    if (value === null || interval === undefined) return measure;
    const by = part * Math.abs(value);
    return { ...measure, value: value + by, interval: { ...interval, low: interval.low + by, high: interval.high + by } };
  });

/** The same result with every figure that has an interval moved by a part of itself. */
export const withMovedFigures = (result: Result, part: number): Result => ({
  ...result,
  findings: result.findings.map((finding) => ({ ...finding, measures: moved(finding, part) })),
});

export function twoResults(): { before: Result; after: Result } {
  const [before, after] = [sampleResult(), sampleResult()];
  const ways: Record<string, (finding: Finding) => Partial<Finding>> = {
    'concentrated-contact': (finding) => ({ status: 'watch', severity: 'low', measures: moved(finding, -0.4), evidenceGrade: 'E3' }),
    'acquisition-only-goals': (finding) => ({ status: 'problem', severity: 'high', measures: moved(finding, 0.001) }),
    'contact-after-opt-out': () => ({ status: 'notEnoughData', severity: 'none', explanation: null, reason: 'Too few opt-outs.' }),
    'hollow-wins': (finding) => ({ severity: 'low', thresholds: finding.thresholds.map((threshold) => ({ ...threshold, levels: { problem: 2 } })) }),
  };
  return {
    before: { ...before, window: year(2023) },
    after: {
      ...after,
      window: year(2024),
      profile: after.profile.map((theme, index) => (index === 0 ? { ...theme, level: 'Enlightened', low: 'Enlightened', high: 'Enlightened' } : theme)),
      findings: after.findings.map((finding) => ({ ...finding, ...ways[finding.id]?.(finding) })),
    },
  };
}
