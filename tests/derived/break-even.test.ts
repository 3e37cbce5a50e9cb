import { describe, expect, test } from 'vitest';
import { breakEvenOf, costPerMemberOf, type Prices, readPrices, worthOf } from '../../src/derived/break-even.js';
import { type Comparison, readExperiments } from '../../src/derived/experiments.js';
import { experimentTables } from '../support/experiment-tables.js';
import { openWorld } from '../support/world.js';

const margin = { orders: 50, net: 1000, margin: 400 };
const outcome = (kind: 'share' | 'money' | 'number', name: string, isBad = false) => ({ kind, name, isBad });

test.each([
  [outcome('money', 'margin'), 1],
  [outcome('money', 'revenue'), 0.4],
  // 400 of margin over 50 orders.
  [outcome('share', 'active'), 8],
  [outcome('share', 'visit'), null],
  [outcome('number', 'orders'), null],
  [outcome('share', 'lapsed', true), null],
  [outcome('money', 'refund amount', true), null],
])('one more of %o earns %j', (each, earned) => expect(worthOf(each, margin).margin).toBe(earned));

test('without a margin nothing but margin has a worth', () => {
  const unknown = { orders: 50, net: null, margin: null };
  expect(worthOf(outcome('money', 'margin'), unknown).margin).toBe(1);
  expect(worthOf(outcome('money', 'revenue'), unknown).margin).toBeNull();
  expect(worthOf(outcome('share', 'active'), unknown).why).toBe('the margin of an order is not known');
});

describe('cost a member', () => {
  const pricesOf = async (cost: number | undefined, contacts?: (text: string) => string): Promise<{ prices: Prices; comparison: Comparison }> => {
    const half = (members: number) => ({ members, value: (index: number) => index % 2 });
    const plan = { id: 'a', outcome: 'margin', arms: [{ arm: 'treatment', ...half(100) }], holdout: half(100), ...(cost === undefined ? {} : { cost }) };
    const tables = experimentTables([plan]);
    const world = await openWorld({ ...tables, ...(contacts === undefined ? {} : { contacts: contacts(tables.contacts ?? '') }) });
    try {
      const experiments = await readExperiments(world.context);
      const comparison = experiments[0]?.comparisons[0];
      if (comparison === undefined) throw new Error('There is no test.');
      return { prices: await readPrices(world.context, experiments), comparison };
    } finally {
      await world.close();
    }
  };
  const priced = (share: number) => (text: string) =>
    text
      .split('\n')
      .map((line, index) => (index === 0 ? `${line},cost` : `${line},${(index - 1) % 100 < share * 100 ? 2 : ''}`))
      .join('\n');

  test('is the cost of the campaign over everybody treated', async () => {
    const { prices, comparison } = await pricesOf(250);
    expect(costPerMemberOf(comparison, prices)).toBe(2.5);
    expect(breakEvenOf(comparison, outcome('money', 'margin'), prices)).toBe(2.5);
  });

  test.each([
    [1, 2],
    [0.95, 1.9],
    [0.94, null],
  ])('where %f of the messages have a price, is %j', async (share, expected) => {
    const { prices, comparison } = await pricesOf(undefined, priced(share));
    expect(costPerMemberOf(comparison, prices)).toBe(expected);
  });

  test('of nought, or not known, gives no break-even', async () => {
    for (const cost of [0, undefined]) {
      const { prices, comparison } = await pricesOf(cost);
      expect(breakEvenOf(comparison, outcome('money', 'margin'), prices)).toBeNull();
    }
  });
});
