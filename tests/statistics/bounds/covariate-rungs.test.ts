import { describe, expect, test } from 'vitest';
import { residualRung, stratifiedRung } from '../../../src/statistics/bounds/covariate-rungs.js';
import { nonResponderLadder, type Rung } from '../../../src/statistics/bounds/non-responder-ladder.js';
import { principalEstimate } from '../../../src/statistics/bounds/principal-score.js';
import { joinStrata, type Stratum } from '../../../src/statistics/bounds/strata.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { cellsOf, drawTest, type Member, momentsOfValues, type Plan, resample, strataOf } from './known-members.js';

interface Rungs {
  readonly L0: Rung;
  readonly L0x: Rung;
  readonly byCell: Rung;
  readonly L1: Rung | null;
  readonly L2: Rung | null;
  readonly L3: { estimate: number; low: number; high: number };
}

function rungsOf(treated: readonly Member[], holdout: readonly Member[], isShare: boolean): Rungs {
  const valuesOf = (members: readonly Member[]): number[] => members.map(({ outcome }) => outcome);
  const responders = momentsOfValues(valuesOf(treated.filter(({ wouldRespond }) => wouldRespond)));
  const strata = strataOf(treated, holdout);
  const byCell = stratifiedRung(strata, 0.95);
  const ladder = nonResponderLadder({
    nonResponders: momentsOfValues(valuesOf(treated.filter(({ wouldRespond }) => !wouldRespond))),
    responders,
    respondersForA1: responders,
    holdout: momentsOfValues(valuesOf(holdout)),
    holdoutCells: cellsOf(valuesOf(holdout)),
    L0x: byCell,
    assumesA2: true,
    isBadOutcome: false,
    level: 0.95,
  });
  const L3 = principalEstimate({ strata, isBadOutcome: false, isShare, level: 0.95 }, 1);
  if (L3 === null) throw new Error('no estimate');
  return { L0: ladder.L0, L0x: residualRung(strata, 0.95), byCell, L1: ladder.L1, L2: ladder.L2, L3 };
}

const seeds = Array.from({ length: 200 }, (_, index) => 7_000 + index);
const plans: [string, Plan][] = [
  ['money, hidden selection', { members: 1_200, isShare: false, selection: 0.6, gain: 4 }],
  ['active or not, hidden selection', { members: 1_200, isShare: true, selection: 0.6, gain: 0 }],
];

describe.each(plans)('an effect of nought on non-responders: %s', (_, plan) => {
  const all = seeds.map((seed) => {
    const { treated, holdout } = drawTest(seed, plan);
    return rungsOf(treated, holdout, plan.isShare);
  });
  const covers = (pick: (rungs: Rungs) => Rung | null): number =>
    all.filter((rungs) => {
      const rung = pick(rungs);
      return rung !== null && rung.outerLow <= 0 && 0 <= rung.outerHigh;
    }).length / all.length;
  const width = (pick: (rungs: Rungs) => Rung | null): number => all.reduce((sum, rungs) => sum + (pick(rungs)?.high ?? 0) - (pick(rungs)?.low ?? 0), 0);

  test('the interval of every rung holds the truth in at least 95 of 100 seeds', () => {
    for (const pick of [(r: Rungs) => r.L0, (r: Rungs) => r.L0x, (r: Rungs) => r.byCell, (r: Rungs) => r.L1, (r: Rungs) => r.L2]) {
      expect(covers(pick)).toBeGreaterThanOrEqual(0.95);
    }
  });

  test('each assumption narrows what is left', () => {
    expect(width((r) => r.L1)).toBeLessThan(width((r) => r.byCell) + 1e-9);
    expect(width((r) => r.L2)).toBeLessThan(width((r) => r.L1));
  });

  test('what was known before sharpens the range; cells apart are the sharpest', () => {
    if (!plan.isShare) expect(width((r) => r.L0x)).toBeLessThan(0.97 * width((r) => r.L0));
    expect(width((r) => r.byCell)).toBeLessThan(0.97 * width((r) => r.L0));
  });
});

test('principal ignorability: right where it holds, wrong in the direction of the sensitivity where it does not', () => {
  const estimates = (selection: number, ratio: number) =>
    seeds.map((seed) => {
      const { treated, holdout } = drawTest(seed, { members: 1_200, isShare: false, selection, gain: 4 });
      const estimate = principalEstimate({ strata: strataOf(treated, holdout), isBadOutcome: false, isShare: false, level: 0.95 }, ratio);
      if (estimate === null) throw new Error('no estimate');
      return estimate;
    });
  const share = (list: { low: number; high: number }[]): number => list.filter(({ low, high }) => low <= 0 && 0 <= high).length / list.length;
  const mean = (list: { estimate: number }[]): number => list.reduce((sum, { estimate }) => sum + estimate, 0) / list.length;
  expect(share(estimates(0, 1))).toBeGreaterThanOrEqual(0.93);
  expect(mean(estimates(0, 1))).toBeCloseTo(0, 1);
  // Would-be responders are better customers in a way that nobody saw: without the ratio the others seem harmed, with it less.
  const [plain, twice] = [mean(estimates(0.6, 1)), mean(estimates(0.6, 2))];
  expect(plain).toBeLessThan(-0.2);
  expect(twice).toBeGreaterThan(plain + 0.2);
});

test.each(plans)('analytic intervals agree with a bootstrap of the members: %s', (_, plan) => {
  const { treated, holdout } = drawTest(3, { ...plan, members: 2_000 });
  const uniform = seededUniform(17);
  const draws = Array.from({ length: 300 }, () => rungsOf(resample(treated, uniform), resample(holdout, uniform), plan.isShare));
  const here = rungsOf(treated, holdout, plan.isShare);
  const deviation = (pick: (rungs: Rungs) => number): number => Math.sqrt(momentsOfValues(draws.map(pick)).variance);
  const ratios = [
    (here.L0x.low - here.L0x.outerLow) / 1.96 / deviation((r) => r.L0x.low),
    (here.L0x.outerHigh - here.L0x.high) / 1.96 / deviation((r) => r.L0x.high),
    (here.byCell.low - here.byCell.outerLow) / 1.96 / deviation((r) => r.byCell.low),
    (here.byCell.outerHigh - here.byCell.high) / 1.96 / deviation((r) => r.byCell.high),
    (here.L3.high - here.L3.low) / 3.92 / deviation((r) => r.L3.estimate),
  ];
  for (const ratio of ratios) {
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.2);
  }
});

describe('cells of a yes-or-no outcome', () => {
  const half = (silent: number, silentOnes: number, responders: number, held: number, heldOnes: number): Stratum[0] => ({
    nonResponders: { n: silent, sum: silentOnes, sumOfSquares: silentOnes },
    responders,
    holdoutCells: [
      { n: held - heldOnes, sum: 0, sumOfSquares: 0 },
      { n: heldOnes, sum: heldOnes, sumOfSquares: heldOnes },
    ],
  });
  const twin = (one: Stratum[0]): Stratum => [one, one];
  const strata = [twin(half(95, 5, 5, 100, 10)), twin(half(60, 30, 40, 100, 60))];

  test('the score weighs the holdout, by hand', () => {
    const input = { strata, isBadOutcome: false, isShare: true, level: 0.95 };
    const ofSilent = 35 / 155;
    expect(principalEstimate(input, 1)?.estimate).toBeCloseTo(ofSilent - (0.95 * 0.1 + 0.6 * 0.6) / 1.55, 12);
    // m = mean / (1 + (ρ − 1)e) in each cell.
    expect(principalEstimate(input, 1.5)?.estimate).toBeCloseTo(ofSilent - ((0.95 * 0.1) / 1.025 + (0.6 * 0.6) / 1.2) / 1.55, 12);
    // Twice the share of the second cell would be more than all of its responders: all of them, and the rest is the others'.
    expect(principalEstimate({ ...input, strata: [twin(half(60, 30, 40, 100, 90)), twin(half(60, 30, 40, 100, 90))] }, 2)?.estimate).toBeCloseTo(
      0.5 - (0.9 - 0.4) / 0.6,
      12,
    );
  });

  test('for a bad outcome would-be responders have less of it', () => {
    const input = { strata, isBadOutcome: true, isShare: true, level: 0.95 };
    expect(principalEstimate(input, 2)?.estimate).toBeCloseTo(35 / 155 - ((0.95 * 0.1) / (1 - 0.5 * 0.05) + (0.6 * 0.6) / (1 - 0.5 * 0.4)) / 1.55, 12);
  });

  test('a ratio of losses means nothing', () => {
    const losing: Stratum[0] = { ...half(50, 5, 5, 0, 0), holdoutCells: [{ n: 50, sum: -20, sumOfSquares: 90 }] };
    const input = { strata: [...strata, twin(losing)], isBadOutcome: false, isShare: false, level: 0.95 };
    expect(principalEstimate(input, 1)).not.toBeNull();
    expect(principalEstimate(input, 1.5)).toBeNull();
  });

  test('cells apart, by hand: each cell has its own bounds', () => {
    const rung = stratifiedRung(strata, 0.95);
    const bounds = (silentMean: number, p0: number, responded: number): [number, number] => [
      silentMean - Math.min(1, p0 / (1 - responded)),
      silentMean - Math.max(0, (p0 - responded) / (1 - responded)),
    ];
    const [a, b] = [bounds(5 / 95, 0.1, 0.05), bounds(0.5, 0.6, 0.4)];
    expect(rung.low).toBeCloseTo((190 * a[0] + 120 * b[0]) / 310, 12);
    expect(rung.high).toBeCloseTo((190 * a[1] + 120 * b[1]) / 310, 12);
  });

  test('small cells join their neighbour, and one cell alone tells nobody apart', () => {
    expect(joinStrata([twin(half(95, 5, 5, 100, 10)), twin(half(3, 1, 0, 2, 1))], 10)).toBeNull();
    expect(joinStrata([...strata, twin(half(3, 1, 0, 2, 1))], 10)?.map(([one]) => one.nonResponders.n)).toEqual([95, 63]);
    expect(joinStrata([], 10)).toBeNull();
  });
});
