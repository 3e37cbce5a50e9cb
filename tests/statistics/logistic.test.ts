import { describe, expect, test } from 'vitest';
import { fitLogistic, type LogisticSums } from '../../src/statistics/logistic.js';

interface Row {
  readonly x: readonly number[];
  readonly n: number;
  readonly y: number;
  readonly group: number;
}

/** The sums that an engine would add up, here from a handful of rows. */
const sumsOver =
  (rows: readonly Row[]) =>
  async (guess: readonly number[]): Promise<LogisticSums[]> => {
    const groups = [...new Set(rows.map(({ group }) => group))].sort((a, b) => a - b);
    return groups.map((group) => {
      const own = rows.filter((row) => row.group === group);
      const chance = ({ x }: Row): number => 1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + value * (guess[i] ?? 0), 0)));
      return {
        gradient: guess.map((_, i) => own.reduce((sum, row) => sum + (row.y - row.n * chance(row)) * (row.x[i] ?? 0), 0)),
        information: guess.map((_, i) =>
          guess.map((__, j) => own.reduce((sum, row) => sum + row.n * chance(row) * (1 - chance(row)) * (row.x[i] ?? 0) * (row.x[j] ?? 0), 0)),
        ),
      };
    });
  };

/** Bliss 1935: beetles killed by carbon disulphide; the fit is printed in Dobson 2002, An Introduction to Generalized Linear Models, ch. 7. */
const doses = [1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.861, 1.8839];
const exposed = [59, 60, 62, 56, 63, 59, 62, 60];
const killed = [6, 13, 18, 28, 52, 53, 61, 60];
/** Tenths of the dose above 1.8, so that the coefficient is of the size of one of a standardised variable. */
const beetles = doses.map((dose, at): Row => ({ x: [1, 10 * (dose - 1.8)], n: exposed[at] ?? 0, y: killed[at] ?? 0, group: at }));

describe('logistic regression', () => {
  test('of the beetles is that of Dobson: −60.72 and 34.27', async () => {
    const model = await fitLogistic(sumsOver(beetles), [0, 0], 0);
    const [constant = 0, slope = 0] = model?.coefficients ?? [];
    expect(10 * slope).toBeCloseTo(34.27, 2);
    expect(constant - 18 * slope).toBeCloseTo(-60.717, 2);
    // Dobson prints a standard error of 2.91 for the slope.
    expect(10 / Math.sqrt(model?.precision[1] ?? 1)).toBeCloseTo(2.91, 2);
  });

  test('leaving out a group is near to fitting again without it', async () => {
    const rows = beetles;
    const model = await fitLogistic(sumsOver(rows), [0, 0], 0);
    for (const left of [0, 3, 7]) {
      const again = await fitLogistic(sumsOver(rows.filter(({ group }) => group !== left)), [0, 0], 0);
      expect(Math.abs((model?.without[left]?.[1] ?? 0) - (again?.coefficients[1] ?? 0))).toBeLessThan(0.12);
    }
  });

  test('two by two is the odds ratio by hand', async () => {
    const rows = [
      { x: [1, 0], n: 40, y: 10, group: 0 },
      { x: [1, 1], n: 30, y: 18, group: 1 },
    ];
    const model = await fitLogistic(sumsOver(rows), [0, 0], 0);
    expect(model).toBeNull();
    const split = rows.flatMap((row) => [0, 1].map((half) => ({ ...row, n: row.n / 2, y: row.y / 2, group: half })));
    expect((await fitLogistic(sumsOver(split), [0, 0], 0))?.coefficients[1]).toBeCloseTo(Math.log(18 / 12 / (10 / 30)), 4);
  });

  test('a variable that separates the outcomes has no finite coefficient, but a weak pull gives one', async () => {
    const rows = [0, 1].flatMap((group) => [
      { x: [1, -1], n: 20, y: 0, group },
      { x: [1, 1], n: 20, y: 20, group },
    ]);
    expect(await fitLogistic(sumsOver(rows), [0, 0], 0)).toBeNull();
    const pulled = await fitLogistic(sumsOver(rows), [0, 0], 1);
    expect(pulled?.coefficients[1]).toBeGreaterThan(2);
    expect(pulled?.coefficients[1]).toBeLessThan(10);
  });
});
