import { expect, test } from 'vitest';
import { jointProbability, jumpsAtCut, type Part } from '../../src/statistics/jump-at-cut.js';
import { seededUniform } from '../../src/statistics/random.js';

const part = (isExposed: boolean, distance: number, n: number, means: readonly number[]): Part => ({
  isExposed,
  distance,
  n,
  sums: means.map((mean) => mean * n),
});

test('without slopes the jump is the difference of the means', () => {
  const parts = [part(true, 0, 10, [3]), part(true, 0, 30, [5]), part(false, 0, 20, [1]), part(false, 0, 20, [2])];
  expect(jumpsAtCut(parts, 'means')?.estimates[0]).toBeCloseTo(4.5 - 1.5, 10);
});

test('with slopes a straight line has no jump, and a step on it is found', () => {
  const distances = [-4, -3, -2, -1, 1, 2, 3, 4];
  const line = distances.map((at) => part(at < 0, at, 10, [2 + 0.5 * at, 2 + 0.5 * at + (at < 0 ? 3 : 0)]));
  const { estimates } = jumpsAtCut(line, 'lines') ?? { estimates: [] };
  expect(estimates[0]).toBeCloseTo(0, 9);
  expect(estimates[1]).toBeCloseTo(3, 9);
});

test('the joint probability of sides that do not differ is uniform, also where one variable repeats another', () => {
  const uniform = seededUniform(7);
  const draws = Array.from({ length: 400 }, () => {
    const parts = Array.from({ length: 40 }, (_, index) => {
      const [a, b] = [uniform() + uniform(), uniform() - 3 * uniform()];
      return part(index % 2 === 0, 0, 20, [a, b, a]);
    });
    const jumps = jumpsAtCut(parts, 'means');
    return jumps === null ? 0 : (jointProbability(jumps, 3) ?? 0);
  });
  expect(draws.filter((p) => p < 0.05).length / draws.length).toBeLessThan(0.08);
  expect(draws.filter((p) => p < 0.5).length / draws.length).toBeGreaterThan(0.43);
  expect(draws.filter((p) => p < 0.5).length / draws.length).toBeLessThan(0.57);
});

test('too few parts say nothing', () => expect(jumpsAtCut([part(true, 0, 5, [1]), part(false, 0, 5, [1])], 'means')).toBeNull());
