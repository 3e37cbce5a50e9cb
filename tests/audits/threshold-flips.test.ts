import { describe, expect, test } from 'vitest';
import { type AuditDefinition, defineAudit, type Measures } from '../../src/audits/audit.js';
import { measuresById } from '../../src/audits/run.js';
import { flipsOf } from '../../src/audits/threshold-flips.js';
import type { ThresholdSource } from '../../src/result/schema.js';

const audit = (kind: ThresholdSource['kind'], plausible?: Record<string, readonly [number, number]>): AuditDefinition =>
  defineAudit({
    id: 'some-share',
    category: 'targeting',
    question: 'Is it so?',
    why: 'It matters.',
    problem: 'FP8',
    weight: 'low',
    needs: {},
    improves: {},
    minimum: {},
    thresholds: { share: { levels: { watch: 0.2, high: 0.4 }, source: { kind, note: 'A note.' }, ...(plausible === undefined ? {} : { plausible }) } },
    rivals: [],
    measure: async () => ({ measures: [], evidence: [], charts: [], evidenceGrade: 'E4' }),
    judge: (measures, { share }) => {
      const value = measures.value('share') ?? 0;
      if (value > (share?.high ?? 1)) return { status: 'problem', severity: 'high' };
      return value > (share?.watch ?? 1) ? { status: 'watch', severity: 'medium' } : { status: 'healthy', severity: 'none' };
    },
    explain: () => ({ condition: '', criterion: '', consequence: '', action: '', wouldChangeOurMind: '' }),
  });
const measured = (value: number): Measures => measuresById([{ id: 'share', label: 'A share', value, unit: 'share', n: 100 }]);
const levels = { share: { watch: 0.2, high: 0.4 } };

describe('flipsOf', () => {
  test('moves one convention at a time to half and to one and a half times', () => {
    const flips = flipsOf(audit('house'), 'share', measured(0.25), levels);
    expect(flips.map(({ level, atLow, atHigh }) => [level, atLow, atHigh])).toEqual([
      ['watch', 'watch', 'healthy'],
      ['high', 'problem', 'watch'],
    ]);
    expect(flips[1]?.low).toBeCloseTo(0.2, 12);
    expect(flips[1]?.high).toBeCloseTo(0.6, 12);
  });

  test('never asks what a share would be beyond the whole', () => {
    const flips = flipsOf(audit('house'), 'share', measured(0.85), { share: { watch: 0.4, high: 0.8 } });
    expect(flips.map(({ level, low, high }) => [level, low, high].map((value) => (typeof value === 'number' ? Number(value.toFixed(9)) : value)))).toEqual([
      ['watch', 0.2, 0.6],
      ['high', 0.7, 0.9],
    ]);
  });

  test('leaves what a study or arithmetic gives where it is', () => {
    expect(flipsOf(audit('paper'), 'share', measured(0.25), levels)).toEqual([]);
    expect(flipsOf(audit('derived'), 'share', measured(0.25), levels)).toEqual([]);
  });

  test('takes the range that the audit names', () => {
    const flips = flipsOf(audit('paper', { high: [0.24, 0.5] }), 'share', measured(0.25), levels);
    expect(flips).toEqual([{ level: 'high', low: 0.24, high: 0.5, atLow: 'problem', atHigh: 'watch' }]);
  });
});
