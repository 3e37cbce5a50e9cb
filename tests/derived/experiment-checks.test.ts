import { describe, expect, test } from 'vitest';
import { areDaysApart, checkBalance, checkCrossover, checkSplit, hasFewEvents, isBadOutcome, isMissingUnevenly } from '../../src/derived/experiment-checks.js';

describe('names of outcomes', () => {
  test.each([
    'churned',
    'has_churned',
    'is_lapsed',
    'isLapsed',
    'email_opt_out',
    'optOut',
    'opted-out',
    'inactive',
    'returned',
    'refund_amount',
    'disputes',
    'chargeback',
    'bounced',
    'defected',
    'not_retained',
    'no purchase',
    'spam complaint',
  ])('%s is bad', (name) => expect(isBadOutcome(name)).toBe(true));
  test.each([
    'spend',
    'active',
    'retained',
    'not_churned',
    'no complaint',
    'revenue net of returns',
    'margin_after_returns_and_refunds',
    'opt-in',
    'net sales',
    'returning',
    'visit',
  ])('%s is not', (name) => expect(isBadOutcome(name)).toBe(false));
});

test('events are counted in each arm, and for a share also those without it', () => {
  const arm = (n: number, nonzero: number) => ({ members: n, n, nonzero });
  expect(hasFewEvents('money', [arm(4900, 40), arm(100, 0)])).toBe(true);
  expect(hasFewEvents('money', [arm(4900, 40), arm(100, 30)])).toBe(false);
  expect(hasFewEvents('money', [arm(100, 100), arm(100, 100)])).toBe(false);
  expect(hasFewEvents('share', [arm(100, 50), arm(100, 71)])).toBe(true);
  expect(hasFewEvents('share', [arm(100, 50), arm(100, 70)])).toBe(false);
});

test('the split is tested with one degree of freedom, whatever the treated arms; equal arms are shown apart', () => {
  // 21,306 held out of 64,000, planned 1/3: (21306 − 21333.33)² / 21333.33 + … = 0.05254 (three arms: 0.20250, p = 0.904).
  const hillstrom = checkSplit(21_306, [21_307, 21_387], 1 / 3);
  expect(hillstrom.verdict).toBe('pass');
  expect(hillstrom.p).toBeCloseTo(0.8187, 3);
  expect(hillstrom.equalSplitP).toBeCloseTo(0.904, 3);
  expect(checkSplit(500, [4500], 0.2).verdict).toBe('fail');
});

test('half a per cent of the holdout contacted is a doubt, two per cent are the limit', () => {
  expect([4, 5, 20, 21].map((members) => checkCrossover(members, 1000).verdict)).toEqual(['pass', 'watch', 'watch', 'fail']);
});

test('arms that differed before the test are a doubt only beyond chance', () => {
  const arm = (n: number, mean: number) => ({ n, sumX: n * mean, sumXX: n * (mean ** 2 + 1), sumY: 0, sumYY: 0, sumXY: 0 });
  expect(checkBalance(arm(5000, 0), arm(5000, 0.3))).toBe('fail');
  expect(checkBalance(arm(5000, 0), arm(5000, 0.2))).toBe('watch');
  expect(checkBalance(arm(5000, 0), arm(5000, 0.09))).toBe('pass');
  expect(checkBalance(arm(40, 0), arm(40, 0.3))).toBe('pass');
  expect(checkBalance(null, arm(40, 0.3))).toBe('pass');
});

test('a small holdout without a large buyer is a fair draw', () => {
  const arm = (n: number, mean: number, variance: number) => ({ n, sumX: n * mean, sumXX: n * mean ** 2 + (n - 1) * variance, sumY: 0, sumYY: 0, sumXY: 0 });
  // By the variances of the arms alone z would be 5.2; by the common one it is 1.05.
  expect(checkBalance(arm(3000, 10, 900), arm(40, 5, 25))).toBe('pass');
  // And with one: by the common variance z is 5.6, by those of the arms 1.7.
  expect(checkBalance(arm(3000, 10, 400), arm(40, 30, 5600))).toBe('pass');
  expect(checkBalance(arm(3000, 10, 400), arm(400, 20, 400))).toBe('fail');
});

test('arms assigned on different days are told from waves that both share', () => {
  const days = (n: number, mean: number, variance: number) => ({ n, mean, variance });
  expect(areDaysApart(days(500, 0, 0), days(500, 0, 0))).toBe(false);
  expect(areDaysApart(days(500, 3, 0), days(500, 0, 0))).toBe(true);
  // Assigned over a quarter as they came: 2 days apart by chance, 14 not.
  expect(areDaysApart(days(500, 46, 675), days(500, 44, 675))).toBe(false);
  expect(areDaysApart(days(500, 52, 675), days(500, 38, 675))).toBe(true);
  expect(areDaysApart(days(500_000, 0.5, 1), days(500_000, 0, 1))).toBe(false);
  expect(areDaysApart(null, days(500, 38, 675))).toBe(false);
});

test('one missing result in a small arm is nothing unusual, ten are', () => {
  const arm = (members: number, n: number) => ({ members, n, nonzero: n });
  // Chi-square of the first is 20, p = 0.00001; the missing one falls into the small arm once in 21 draws.
  expect(isMissingUnevenly(arm(10_000, 10_000), arm(500, 499))).toBe(false);
  expect(isMissingUnevenly(arm(10_000, 10_000), arm(500, 490))).toBe(true);
});

test('results missing in one arm: chi-square of the two-by-two table', () => {
  const arm = (members: number, n: number) => ({ members, n, nonzero: n });
  // Chi-square 10.526 (p = 0.0012) and 11.62 (p = 0.0007).
  expect(isMissingUnevenly(arm(100, 90), arm(100, 100))).toBe(false);
  expect(isMissingUnevenly(arm(100, 89), arm(100, 100))).toBe(true);
  expect(isMissingUnevenly(arm(100, 100), arm(100, 100))).toBe(false);
  expect(isMissingUnevenly(arm(1000, 500), arm(1000, 500))).toBe(false);
});
