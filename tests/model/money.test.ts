import { expect, test } from 'vitest';
import { addMoney } from '../../src/model/money.js';

test('a sum of decimals is the decimal, whatever the order', () => {
  expect(addMoney([0.1, 0.2])).toBe(0.3);
  expect(addMoney([1e9, 0.0001, -1e9])).toBe(0.0001);
  expect(addMoney([])).toBe(0);
});
