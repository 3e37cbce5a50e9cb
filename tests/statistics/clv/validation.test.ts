import { expect, test } from 'vitest';
import { expectedTopShare, type ValueCell } from '../../../src/statistics/clv/expected-share.js';
import { chooseModel, expectedBy, type SplitLife, validate } from '../../../src/statistics/clv/validation.js';
import { drawBeta, drawGamma } from '../../../src/statistics/draws.js';
import { seededUniform } from '../../../src/statistics/random.js';

/** Customers drawn from BG/NBD, followed for 300 days, the last 100 of which are held back. */
function drawn(count: number): (SplitLife & { group: number })[] {
  const uniform = seededUniform(8);
  return Array.from({ length: count }, (_, customer) => {
    const [rate, going] = [drawGamma(uniform, 1.1, 30), drawBeta(uniform, 0.8, 3)];
    let [repeats, lastAge, previous, later] = [0, 0, 0, 0];
    let [day, isBuying] = [0, true];
    while (isBuying) {
      day -= Math.log(1 - uniform()) / rate;
      if (day >= 300) break;
      if (day >= 200) later += 1;
      else [repeats, lastAge, previous] = [repeats + 1, day, previous + (day >= 100 ? 1 : 0)];
      isBuying = uniform() >= going;
    }
    return { repeats, lastAge, age: 200, customers: 1, previous, later, group: customer % 50 };
  });
}

const customers = drawn(6000);
const model = chooseModel(customers);

test('the model of the customers beats both rules on the days held back, and is right on the whole and by frequency', () => {
  if (model === null) throw new Error('There is no model.');
  expect(model.name).toBe('BG/NBD');
  const validation = validate(model, customers, 100, 60);
  expect(validation.isBetter).toBe(true);
  expect(validation.forecast.model / validation.bought).toBeCloseTo(1, 1);
  expect(validation.byFrequency.reduce((sum, row) => sum + row.customers, 0)).toBe(6000);
  for (const row of validation.byFrequency) if (row.bought > 400) expect(Math.abs(row.forecast.model / row.bought - 1)).toBeLessThan(0.2);
});

test('a rule that is right beats any model', () => {
  if (model === null) throw new Error('There is no model.');
  expect(
    validate(
      model,
      customers.map((life) => ({ ...life, later: life.previous })),
      100,
      60,
    ).isBetter,
  ).toBe(false);
});

test('the share of a group is what is expected of its members, with an interval around it', () => {
  if (model === null) throw new Error('There is no model.');
  const cells = customers.map((life): ValueCell => ({ ...life, isTop: life.repeats > 4, spend: 0 }));
  const sum = (own: readonly ValueCell[]): number => own.reduce((total, { repeats, lastAge, age }) => total + expectedBy(model, repeats, lastAge, age, 365), 0);
  const found = expectedTopShare(cells, model, null, 365, 0.9);
  expect(found?.topShare).toBeCloseTo(sum(cells.filter(({ isTop }) => isTop)) / sum(cells), 10);
  expect(found?.sales).toBeNull();
  const { low = 1, high = 0 } = found?.interval ?? {};
  expect(low).toBeLessThan(found?.topShare ?? 0);
  expect(high - low).toBeLessThan(0.1);
});
