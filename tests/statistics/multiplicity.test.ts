import { expect, test } from 'vitest';
import { adjustForFalseDiscovery } from '../../src/statistics/multiplicity.js';

test('fifteen p-values of Benjamini & Hochberg 1995, table 1: four are kept at q = 0.05', () => {
  const published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1];
  const adjusted = adjustForFalseDiscovery(published);
  expect(adjusted.filter((p) => p <= 0.05)).toHaveLength(4);
  expect(adjusted[0]).toBeCloseTo(0.0015, 10);
  expect(adjusted[3]).toBeCloseTo(0.035625, 10);
});

test('order does not matter, and nothing exceeds 1', () => {
  expect(adjustForFalseDiscovery([0.9, 0.01, 0.5])).toEqual([0.9, 0.03, 0.75]);
  expect(adjustForFalseDiscovery([])).toEqual([]);
});
