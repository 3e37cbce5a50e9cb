import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinctParts, overlaps, placeLabels, shortenTo, textWidth, wrapText } from '../../../src/report/charts/labels.js';

const bounds = { x: 0, y: 0, width: 600, height: 340 };

describe('greedy placement', () => {
  test('labels overlap neither each other nor an obstacle, and stay inside', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 600 }), y: fc.integer({ min: 0, max: 340 }), text: fc.string({ minLength: 1, maxLength: 25 }) });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 40 }), (points) => {
        const obstacles = points.map(({ x, y }) => ({ x: x - 6, y: y - 6, width: 12, height: 12 }));
        const requests = points.map((request) => ({ ...request, size: 12 }));
        const boxes = placeLabels(requests, bounds, obstacles).flatMap((label) => (label === null ? [] : [label.box]));
        for (const [index, box] of boxes.entries()) {
          expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= 600 && box.y + box.height <= 340).toBe(true);
          for (const other of [...boxes.slice(index + 1), ...obstacles]) expect(overlaps(box, other)).toBe(false);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test('a label without room is left out rather than forced', () => {
    const wall = [{ x: 0, y: 0, width: 600, height: 340 }];
    expect(placeLabels([{ text: 'a', x: 5, y: 5, size: 12 }], bounds, wall)).toEqual([null]);
  });

  test('a label far from its mark gets a line', () => {
    const around = [{ x: 250, y: 120, width: 100, height: 100 }];
    expect(placeLabels([{ text: 'a', x: 300, y: 170, size: 12 }], bounds, around)[0]?.needsLeader).toBe(true);
  });
});

test('wraps at spaces and cuts what has none', () => {
  expect(wrapText('one two three', 12, 50).length).toBeGreaterThan(1);
  for (const line of wrapText('one two abcdefghijklmnopqrstuvwxyz', 12, 60)) expect(textWidth(line, 12)).toBeLessThanOrEqual(60);
  expect(shortenTo('abcdefghij', 12, 30)).toMatch(/…$/);
});

test.each([
  [
    ['Test, Mens Mail', 'Test, Womens Mail'],
    ['Mens Mail', 'Womens Mail'],
  ],
  [
    ['Spring', 'Spring sale'],
    ['Spring', 'Spring sale'],
  ],
  [['Only one'], ['Only one']],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [[], []],
])('%j differ in %j', (names, parts) => {
  expect(distinctParts(names)).toEqual(parts);
});
