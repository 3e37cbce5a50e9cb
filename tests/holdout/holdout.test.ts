import { describe, expect, test } from 'vitest';
import { armOf, placeOf } from '../../src/holdout/assign.js';
import { planHoldout } from '../../src/holdout/plan.js';
import { renderHoldoutPlan } from '../../src/report/holdout-plan.js';
import { sampleRatioTest } from '../../src/statistics/sample-ratio.js';

const question = { audience: 1_000_000, baseline: 0.05, breakEven: 0.005, spread: null, marginEach: 12 };
const value = (plan: ReturnType<typeof planHoldout>, id: string): number | null | undefined => plan.measures.find((measure) => measure.id === id)?.value;

describe('the size', () => {
  test('is that of the methodology for a large audience: 14,914 at 5 % and a tenth more', () => {
    // The table is for an audience without end; a million treated members cost a few more.
    expect(planHoldout({ ...question, audience: 1e12 }).holdout).toBeCloseTo(14_914, -1);
    expect(planHoldout(question).holdout).toBeGreaterThan(14_914);
    expect(planHoldout(question).isTooSmall).toBe(false);
  });
  test('for spend with a coefficient of variation of 3 and a tenth more: 7,064', () => {
    expect(planHoldout({ audience: 1e12, baseline: 100, breakEven: 10, spread: 300, marginEach: null }).holdout).toBeCloseTo(7_064, -1);
  });
  test('sees what it was asked to see, and says what it costs', () => {
    const plan = planHoldout(question);
    expect(value(plan, 'detectable')).toBeLessThanOrEqual(0.005);
    expect(value(plan, 'foregone')).toBeCloseTo(plan.holdout * 0.005 * 12, 9);
    expect(value(planHoldout({ ...question, marginEach: null }), 'foregone')).toBeNull();
  });
  test('of too small an audience is half of it, and says so', () => {
    const plan = planHoldout({ ...question, audience: 1_001 });
    expect(plan).toMatchObject({ holdout: 500, isTooSmall: true });
    expect(value(plan, 'detectable')).toBeGreaterThan(0.005);
  });
  test.each([{ audience: 1 }, { baseline: 0 }, { baseline: 1 }, { breakEven: 0 }, { breakEven: 0.96 }])('refuses %j', (wrong) =>
    expect(() => planHoldout({ ...question, ...wrong })).toThrow(RangeError),
  );
});

describe('the limits while it runs', () => {
  test('are passed once in a thousand tests by a sound draw, over all four looks', () => {
    const { splitLimits, share } = planHoldout(question);
    expect(splitLimits.map(({ assigned }) => assigned)).toEqual([250_000, 500_000, 750_000, 1_000_000]);
    for (const { assigned, low, high } of splitLimits) {
      expect(sampleRatioTest([low, assigned - low], [share, 1 - share]).p).toBeGreaterThan(0.001 / 4);
      expect(sampleRatioTest([low - 1, assigned - low + 1], [share, 1 - share]).p).toBeLessThan(0.001 / 4);
      expect(sampleRatioTest([high + 1, assigned - high - 1], [share, 1 - share]).p).toBeLessThan(0.001 / 4);
    }
  });
});

describe('the draw', () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => `M${index}`);
  const holdout = (campaign: string, salt: string, share: number): string[] => ids.filter((id) => armOf(id, campaign, salt, share) === 'holdout');
  test('gives the planned share, the same each time', () => {
    const drawn = holdout('C1', 'salt', 0.1);
    expect(sampleRatioTest([ids.length - drawn.length, drawn.length], [0.9, 0.1]).p).toBeGreaterThan(0.001);
    expect(holdout('C1', 'salt', 0.1)).toEqual(drawn);
  });
  test('is another one for another campaign or salt', () => {
    const first = new Set(holdout('C1', 'salt', 0.1));
    for (const other of [holdout('C2', 'salt', 0.1), holdout('C1', 'pepper', 0.1)])
      expect(other.filter((id) => first.has(id)).length / other.length).toBeLessThan(0.15);
  });
  test('a larger share keeps those who were in the smaller', () => {
    const larger = new Set(holdout('C1', 'salt', 0.2));
    expect(holdout('C1', 'salt', 0.1).every((id) => larger.has(id))).toBe(true);
  });
  test('is SHA-256 as the plan says', () => {
    // printf 'salt\nC1\nM1' | sha256sum begins with these six bytes.
    expect(
      Math.floor(placeOf('M1', 'C1', 'salt') * 2 ** 48)
        .toString(16)
        .padStart(12, '0'),
    ).toBe('bd03ac6687ac');
  });
});

test('the plan has no hole, and nothing in it is markup', () => {
  const plan = planHoldout(question);
  const text = renderHoldoutPlan({
    campaign: '<script>alert(1)</script>',
    measures: plan.measures,
    isShare: true,
    isTooSmall: false,
    drawn: { treated: 9, holdout: 1, p: 0.5 },
    splitLimits: [{ assigned: 100, low: 1, high: 20 }],
    salt: '`x`',
    currency: 'GBP',
  });
  expect(text).not.toMatch(/\{\w+\}|NaN|undefined|(?<!\\)<script/);
  expect(text).toMatch(/Leave out 15,\d{3} of 1,000,000 members/);
});
