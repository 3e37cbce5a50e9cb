import { describe, expect, test } from 'vitest';
import { areaPath, boxPath, discPath, linePath } from '../../../src/report/charts/path.js';

describe('path data', () => {
  test('goes in relative steps of tenths, and says a level or upright step as one', () => {
    expect(
      linePath([
        [10, 20],
        [15.04, 20],
        [15.04, 17.5],
        [12, 18],
      ]),
    ).toBe('M10 20h5v-2.5l-3 .5');
  });

  test('does not drift: each point is where its own rounding puts it', () => {
    const points = Array.from({ length: 200 }, (_, index): [number, number] => [index * 0.34, index * 0.17]);
    const [start = '', steps = '', ...more] = linePath(points).split('l');
    const numbers = (steps.match(/-?(?:\d+(?:\.\d+)?|\.\d+)/g) ?? []).map(Number);
    const sum = (own: number): number => numbers.reduce((total, number, index) => total + (index % 2 === own ? number : 0), 0);
    expect([start, more]).toEqual(['M0 0', []]);
    expect(Math.abs(sum(0) - 199 * 0.34)).toBeLessThan(0.06);
    expect(Math.abs(sum(1) - 199 * 0.17)).toBeLessThan(0.06);
  });

  test('joins steps that go on along an axis, leaves out those that lead nowhere, and keeps a way back', () => {
    expect(
      linePath([
        [0, 0],
        [5, 0],
        [5, 0.01],
        [9, 0],
      ]),
    ).toBe('M0 0h9');
    expect(
      linePath([
        [0, 0],
        [5, 0],
        [2, 0],
      ]),
    ).toBe('M0 0h5-3');
  });

  test('is nothing without points, and a place with one', () => {
    expect([linePath([]), areaPath([]), linePath([[1.26, 2]])]).toEqual(['', '', 'M1.3 2']);
  });

  test('closes areas', () => {
    expect(boxPath({ x: 1, y: 2, width: 3, height: 4 })).toBe('M1 2h3v4h-3z');
    expect(discPath(10, 10, 5)).toBe('M10.1 5a5 5 0 1 1-.1 0z');
  });
});
