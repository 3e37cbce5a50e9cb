import { expect, test } from 'vitest';
import { drawGamma, drawPoisson } from '../../src/statistics/draws.js';
import { seededUniform, type Uniform } from '../../src/statistics/random.js';
import { type SplitCell, splitSampleChange } from '../../src/statistics/split-sample.js';

/** Members drawn one by one; each period has two turns of half its length. @param change of a member’s rate, from one period to the next. */
function drawn(
  members: number,
  seed: number,
  change: (rate: number) => number,
  rateOf = (uniform: Uniform, _member: number): number => drawGamma(uniform, 1, 0.25),
): SplitCell[] {
  const uniform = seededUniform(seed);
  return Array.from({ length: members }, (_, member) => {
    const rate = rateOf(uniform, member);
    const [first, second, third, fourth] = [rate, rate, change(rate), change(rate)].map((mean) => drawPoisson(uniform, mean / 2));
    const turns = [
      { turn: 0, chosen: first ?? 0, earlier: second ?? 0, later: fourth ?? 0 },
      { turn: 1, chosen: second ?? 0, earlier: first ?? 0, later: third ?? 0 },
    ];
    return turns.map((own) => ({ ...own, isAlive: true, group: Math.floor(member / 5) % 50, members: 1 }));
  }).flat();
}

test('by hand: two members of five are chosen once in each turn', () => {
  const cell = (turn: number, chosen: number, members: number, earlier: number, later: number): SplitCell => ({
    turn,
    group: members,
    chosen,
    isAlive: true,
    members,
    earlier,
    later,
  });
  const change = splitSampleChange([cell(0, 9, 1, 8, 4), cell(0, 1, 4, 4, 3), cell(1, 8, 1, 8, 4), cell(1, 1, 4, 4, 3)], 0.2, 0.9);
  expect(change?.top).toBe(-0.5);
  expect(change?.rest).toBe(-0.25);
  expect(change?.loss).toBe(0.25);
  expect(splitSampleChange([cell(0, 0, 5, 0, 3)], 0.2, 0.9)).toBeNull();
});

test('a border that cuts through equal counts takes part of each', () => {
  const change = splitSampleChange([{ turn: 0, group: 0, chosen: 3, isAlive: true, members: 10, earlier: 40, later: 20 }], 0.2, 0.9);
  expect(change?.top).toBeCloseTo(-0.5, 12);
  expect(change?.rest).toBeCloseTo(-0.5, 12);
});

test('members who do not change show no loss nine times in ten, however they were chosen', () => {
  const outside = Array.from({ length: 60 }, (_, seed) =>
    splitSampleChange(
      drawn(800, seed + 1, (rate) => rate),
      0.2,
      0.9,
    ),
  ).filter((change) => (change?.lossInterval?.low ?? 0) > 0);
  expect(outside.length).toBeLessThanOrEqual(5);
});

/** Two years of four weeks each, in which a fifth of all members falls silent for good every year, whatever they buy. @param lastWeeks in which they must be seen. */
function leaving(members: number, seed: number, lastWeeks: number): SplitCell[] {
  const uniform = seededUniform(seed);
  const stretches = 13;
  return Array.from({ length: members }, (_, member) => {
    const rate = drawGamma(uniform, 1, 2);
    const silent = (-Math.log(1 - uniform()) / 0.2) * stretches;
    const bought = Array.from({ length: 2 * stretches }, (__, at) => drawPoisson(uniform, rate * Math.min(1, Math.max(0, silent - at))));
    const sum = (wanted: (at: number) => boolean): number => bought.reduce((total, count, at) => total + (wanted(at) ? count : 0), 0);
    return [0, 1].map(
      (turn): SplitCell => ({
        turn,
        group: member % 50,
        chosen: sum((at) => at < stretches && at % 2 === turn),
        isAlive: sum((at) => at < stretches && at >= stretches - lastWeeks && at % 2 === turn) > 0,
        members: 1,
        earlier: sum((at) => at < stretches && at % 2 !== turn),
        later: sum((at) => at >= stretches && (at - stretches) % 2 !== turn),
      }),
    );
  }).flat();
}

test('members who leave whatever they buy show no loss of the best, and no gain either, once they were seen late in the earlier period', () => {
  const inside = (lastWeeks: number): number =>
    Array.from({ length: 40 }, (_, seed) => splitSampleChange(leaving(1000, seed + 1, lastWeeks), 0.2, 0.9)?.lossInterval).filter(
      (interval) => interval !== undefined && interval !== null && interval.low <= 0 && interval.high >= 0,
    ).length;
  expect(inside(4)).toBeGreaterThanOrEqual(33);
  // All who were there at the beginning: the others are full of members who had left in its course.
  expect(inside(13)).toBeLessThan(inside(4));
});

test('a loss of the heaviest is found at its size', () => {
  const change = splitSampleChange(
    drawn(
      2000,
      3,
      (rate) => (rate > 6 ? rate * 0.7 : rate),
      (_, member) => (member % 5 === 0 ? 30 : 2),
    ),
    0.2,
    0.9,
  );
  expect(change?.top).toBeCloseTo(-0.3, 1);
  expect(change?.lossInterval?.low).toBeGreaterThan(0.2);
  expect(change?.lossInterval?.high).toBeLessThan(0.4);
});
