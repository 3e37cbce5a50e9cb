import { expect, test } from 'vitest';
import { chanceOfNone, contactsUntilUneconomic, expectedAfterNone, fitBetaBinomial } from '../../src/statistics/beta-binomial.js';

/** Boys in 6,115 Saxon families of twelve children (Geissler 1889). */
const geissler = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7];

test('the fit agrees with the published one on Geissler’s families: α 34.09558, β 31.5715', () => {
  const fit = fitBetaBinomial(geissler.map((members, responses) => ({ contacts: 12, responses, members })));
  expect((fit?.alpha ?? 0) / 34.09558).toBeCloseTo(1, 3);
  expect((fit?.beta ?? 0) / 31.5715).toBeCloseTo(1, 3);
  expect(fit?.isAlike).toBe(false);
});

test('with a mean of 3 % and α + β = 10, 80 % show none of 10 and 71 % none of 20; 50 contacts reach a break-even of 0.5 %', () => {
  const model = { alpha: 0.3, beta: 9.7 };
  expect(chanceOfNone(model, 10)).toBeCloseTo(0.803, 2);
  expect(chanceOfNone(model, 20)).toBeCloseTo(0.713, 2);
  expect(contactsUntilUneconomic(model, 0.005)).toBeCloseTo(50, 9);
  expect(expectedAfterNone(model, 50)).toBeCloseTo(0.005, 12);
  expect(contactsUntilUneconomic(model, 0.5)).toBe(0);
});

test('the fit finds the parameters that made a histogram of unequal numbers of contacts', () => {
  const choose = (n: number, r: number): number => (r === 0 ? 1 : (choose(n, r - 1) * (n - r + 1)) / r);
  const rising = (a: number, n: number): number => (n === 0 ? 1 : rising(a, n - 1) * (a + n - 1));
  const chance = (k: number, r: number): number => (choose(k, r) * rising(0.6, r) * rising(5.4, k - r)) / rising(6, k);
  const cells = [1, 3, 8].flatMap((contacts) =>
    Array.from({ length: contacts + 1 }, (_, responses) => ({ contacts, responses, members: 1000 * chance(contacts, responses) })),
  );
  const fit = fitBetaBinomial(cells);
  expect((fit?.alpha ?? 0) / 0.6).toBeCloseTo(1, 3);
  expect((fit?.beta ?? 0) / 5.4).toBeCloseTo(1, 3);
});

test('customers who are all alike are reported as such, not as a finite spread', () => {
  const cells = [81, 18, 1].map((members, responses) => ({ contacts: 2, responses, members }));
  expect(fitBetaBinomial(cells)?.isAlike).toBe(true);
});

test('what the histogram cannot tell is null', () => {
  expect(fitBetaBinomial([])).toBeNull();
  expect(fitBetaBinomial([{ contacts: 5, responses: 0, members: 40 }])).toBeNull();
  expect(fitBetaBinomial([{ contacts: 5, responses: 5, members: 40 }])).toBeNull();
  expect(
    fitBetaBinomial([
      { contacts: 1, responses: 0, members: 40 },
      { contacts: 1, responses: 1, members: 4 },
    ]),
  ).toBeNull();
  expect(() => fitBetaBinomial([{ contacts: 1, responses: 2, members: 1 }])).toThrow(RangeError);
});
