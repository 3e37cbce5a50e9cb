import { describe, expect, test } from 'vitest';
import { betaGeometricLikelihood, bgNbdFrom } from '../../../src/statistics/clv/beta-geometric.js';
import { fitBgNbd } from '../../../src/statistics/clv/bg-nbd.js';
import { newtonJackknife } from '../../../src/statistics/clv/newton-jackknife.js';
import { cdnowCustomers, hasCdnow } from './cdnow.js';

test('one step is exact for a parabola, to within the ridge', () => {
  const groups = [1, 2, 6].map(
    (mean) =>
      ([x = 0, y = 0]: readonly number[]) =>
        -((x - mean) ** 2) - (y - mean) ** 2 - 0.5 * (x - mean) * (y - mean),
  );
  const without = newtonJackknife(groups, [3, 3]);
  expect(without?.map(([x = 0]) => Number(x.toFixed(2)))).toEqual([4, 3.5, 1.5]);
  expect(newtonJackknife([() => 1, () => 2], [0])).toBeNull();
});

describe.skipIf(!hasCdnow)('CDNOW (../shared/data)', () => {
  test('one step comes within three thousandths of a new fit', () => {
    const cells = cdnowCustomers();
    const fit = fitBgNbd(cells);
    if (fit === null) throw new Error('There is no fit.');
    const groups = Array.from({ length: 10 }, (_, group) => cells.filter((_cell, index) => index % 10 === group));
    const at = [fit.r, fit.alpha, fit.a, fit.b].map(Math.log);
    const without = newtonJackknife(
      groups.map((own) => (logs: readonly number[]) => betaGeometricLikelihood(own, bgNbdFrom(logs), false).value),
      at,
    );
    groups.slice(0, 3).forEach((own, group) => {
      const again = fitBgNbd(cells.filter((cell) => !own.includes(cell)));
      expect(Math.log(again?.r ?? 0) - (without?.[group]?.[0] ?? 0)).toBeCloseTo(0, 2);
      expect(Math.log(again?.alpha ?? 0) - (without?.[group]?.[1] ?? 0)).toBeCloseTo(0, 2);
    });
  });
});
