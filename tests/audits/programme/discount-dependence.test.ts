import { expect } from 'vitest';
import { discountDependence } from '../../../src/audits/programme/discount-dependence.js';
import { auditTester } from '../../support/audit-tester.js';
import { columnSum, csvOf, dateAfter, indexes, valueOfMeasure } from './programme-tables.js';

const size = 100;
const asOf = '2024-12-28';
/** Ten orders a member in 2024, each of 80 after a discount or 100 without. @param discountOf the discount of an order. */
const orders = (header: string, cellsOf: (member: number, order: number) => readonly (string | number)[]): string =>
  csvOf(
    `transaction_id,member_id,occurred_at,${header}`,
    indexes(size).flatMap((member) =>
      indexes(10).map((order) => [`t${member}-${order}`, `m${member}`, dateAfter('2024-01-05', 36 * order), ...cellsOf(member, order)]),
    ),
  );
const withAmounts = (isDiscounted: (member: number, order: number) => boolean, discount = 20): string =>
  orders('net_amount,discount_amount', (member, order) => (isDiscounted(member, order) ? [100 - discount, -discount] : [100, 0]));

auditTester(discountDependence, {
  healthy: [
    {
      name: 'one order in five',
      tables: { transactions: withAmounts((_, order) => order % 5 === 0) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'discountedOrderShare')).toBe(0.2);
        expect(valueOfMeasure(finding, 'discountGiven')).toBe(size * 2 * 20);
        expect(valueOfMeasure(finding, 'priceRealisation')).toBeCloseTo(0.96, 12);
        expect(valueOfMeasure(finding, 'discountRate')).toBeCloseTo(0.04, 12);
        expect(valueOfMeasure(finding, 'rewardCostRate')).toBeCloseTo(4 / 96, 12);
        expect(valueOfMeasure(finding, 'fullPriceRepeat')).toBe(1);
        expect(columnSum(finding, 'halves', 'orders')).toBe(size * 10);
        expect(columnSum(finding, 'halves', 'discounted')).toBe(size * 2);
        expect(finding.money?.value).toBe(size * 2 * 20);
      },
    },
    {
      name: 'prices before discounts instead of discounts, rewards on top, and returns that do not count',
      tables: {
        transactions: orders('net_amount,gross_amount,is_return', (member, order) =>
          order === 9 ? [50, 100, 'true'] : member % 4 === 0 ? [75, 100, 'false'] : [100, 100, 'false'],
        ),
        points: csvOf(
          'member_id,occurred_at,type,points,value_amount',
          indexes(size).map((member) => [`m${member}`, '2024-05-05', 'redeem', 100, 5]),
        ),
      },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'discountedOrderShare')).toBe(0.25);
        const paid = 9 * (75 * 75 + 25 * 75 + 75 * 25);
        expect(valueOfMeasure(finding, 'rewardCostRate')).toBeCloseTo((9 * 25 * 25 + size * 5) / paid, 12);
      },
    },
    {
      name: 'an empty discount is not known, and is left out',
      tables: { transactions: orders('net_amount,discount_amount', (_, order) => (order < 5 ? [100, 0] : [100, ''])) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'orders')).toBe(size * 5);
        expect(finding.caveats.join(' ')).toContain('left out');
      },
    },
  ],
  watch: [
    { name: 'six orders in ten', tables: { transactions: withAmounts((member, order) => (member + order) % 10 < 6) }, asOf },
    { name: 'nine in ten, but by five in a hundred only', tables: { transactions: withAmounts((member, order) => (member + order) % 10 < 9, 5) }, asOf },
    {
      name: 'a third of the members never buys without',
      tables: { transactions: withAmounts((member) => member % 3 === 0) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'dependentMembers')).toBe(34);
        expect(valueOfMeasure(finding, 'dependentByChance')).toBeLessThan(0.01);
        expect(columnSum(finding, 'members', 'members')).toBe(size);
      },
    },
    {
      name: 'codes alone: how deep the discounts are is not known',
      tables: { transactions: orders('net_amount,promo_code', (member, order) => [100, (member + order) % 10 < 9 ? 'SAVE' : '']) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'discountedOrderShare')).toBe(0.9);
        expect(finding.money).toBeNull();
      },
    },
  ],
  problem: [
    {
      name: 'nine orders in ten, by a fifth',
      tables: { transactions: withAmounts((member, order) => (member + order) % 10 < 9) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'dependentShare')).toBe(1);
        expect(finding.severity).toBe('high');
      },
    },
    {
      name: 'six members in ten never buy without, by three tenths',
      tables: { transactions: withAmounts((member) => member % 5 < 3, 30) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'discountedOrderShare')).toBe(0.6);
        expect(valueOfMeasure(finding, 'dependentShare')).toBe(0.6);
        expect(valueOfMeasure(finding, 'fullPriceRepeat')).toBe(1);
      },
    },
  ],
  notEnoughData: [
    {
      name: 'ten members with thirty orders each',
      tables: {
        transactions: csvOf(
          'transaction_id,member_id,occurred_at,net_amount,discount_amount',
          indexes(300).map((order) => [`t${order}`, `m${order % 10}`, dateAfter('2024-01-05', order), 100, 0]),
        ),
      },
    },
  ],
  notApplicable: [{ name: 'nothing says what was discounted', tables: { transactions: orders('net_amount', () => [100]) } }],
});
