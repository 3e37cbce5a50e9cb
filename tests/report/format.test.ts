import { describe, expect, test } from 'vitest';
import { formatFor, groupThousands, levelText } from '../../src/report/format.js';
import type { Measure } from '../../src/result/schema.js';
import type { Unit } from '../../src/result/units.js';

const format = formatFor('GBP');
/** No-break spaces as plain ones, so that the expectations can be read. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('one number', () => {
  test.each<[number | null, Unit, string]>([
    [0.5617, 'share', '56.2 %'],
    [0.005726, 'share', '0.57 %'],
    [0.00042, 'share', '0.042 %'],
    [0.00000042, 'share', 'under 0.001 %'],
    [0.99996, 'share', 'over 99.9 %'],
    [0, 'share', '0 %'],
    [1, 'share', '100 %'],
    [0.07659, 'shareDifference', '+7.7 percentage points'],
    [-0.07659, 'shareDifference', '−7.7 percentage points'],
    [0, 'shareDifference', '0.0 percentage points'],
    [1_234_567.891, 'money', 'GBP 1,234,568'],
    [-4100, 'money', '−GBP 4,100'],
    [12.5, 'money', 'GBP 12.50'],
    [0.769785, 'moneyPerMember', 'GBP 0.77 a member'],
    [-0.0412, 'moneyPerMember', '−GBP 0.0412 a member'],
    [1559, 'count', '1,559'],
    [61.44, 'count', '61.4'],
    [4.2264, 'contactsPerMember', '4.2 contacts a member'],
    [1, 'contactsPerMember', '1 contact a member'],
    [1, 'days', '1 day'],
    [365, 'days', '365 days'],
    [0.312, 'index', '0.31'],
    [0.0512, 'index', '0.051'],
    [2.14, 'ratio', '2.1 times'],
    [0.904, 'probability', '0.904'],
    [0.00001, 'probability', 'under 0.001'],
    [50_172_736.25, 'points', '50,172,736 points'],
    [1234.5, 'number', '1,234.5'],
    [-0.00001, 'number', '0.0000'],
    [19_843, 'date', '2024-04-30'],
    [null, 'money', 'not known'],
    [Number.NaN, 'share', 'not known'],
  ])('%s as %s is “%s”', (value, unit, text) => {
    expect(plain(format.value(value, unit))).toBe(text);
  });

  test('number and unit never part at the end of a line', () => {
    expect(format.value(0.5, 'share')).toBe('50.0\u00a0%');
    expect(format.value(5, 'money')).toBe('GBP\u00a05.00');
  });

  test('money without a currency is written without a code', () => {
    expect(formatFor(null).value(1234.4, 'money')).toBe('1,234');
    expect(formatFor(null).unitNote('money')).toBe('');
  });

  test('a level that somebody chose keeps no idle zeros', () => {
    expect(plain(format.value(0.65, 'share', { isExact: true }))).toBe('65 %');
    expect(plain(format.value(0.001, 'share', { isExact: true }))).toBe('0.1 %');
    expect(plain(format.value(2, 'ratio', { isExact: true }))).toBe('2 times');
  });
});

test.each([
  [0, 0, '0'],
  [999, 0, '999'],
  [1000, 0, '1,000'],
  [-1_234_567.894, 2, '−1,234,567.89'],
  [-0.001, 2, '0.00'],
])('groups %s with %s decimals as %s', (value, decimals, text) => {
  expect(groupThousands(value, decimals)).toBe(text);
});

describe('intervals', () => {
  const measure = (unit: Unit, value: number | null, low: number, high: number): Measure => ({
    id: 'm',
    label: 'm',
    unit,
    value,
    n: 1,
    interval: { low, high, level: 0.95, method: 'x' },
  });

  test('the unit stands once, and value and interval share their decimals', () => {
    const lift = measure('shareDifference', 0.0068, 0.005, 0.00861);
    expect(plain(format.measure(lift))).toBe('+0.68 percentage points');
    expect(plain(format.interval(lift))).toBe('between +0.50 and +0.86 percentage points (95 % interval)');
    expect(plain(format.intervalCell(lift))).toBe('+0.50 to +0.86');
  });

  test('money carries its code at both ends', () => {
    expect(plain(format.interval(measure('moneyPerMember', 0.77, -0.2, 1.05)))).toBe('between −GBP 0.20 and GBP 1.05 a member (95 % interval)');
  });

  test('a tiny value in a wide interval does not ask for many decimals', () => {
    expect(plain(format.interval(measure('shareDifference', 0.00001, -0.2, 0.3)))).toBe('between −20.0 and +30.0 percentage points (95 % interval)');
  });

  test('no interval: not known for an unknown figure, an error for a known one', () => {
    const bare: Measure = { id: 'bare', label: 'b', unit: 'count', value: null, n: 0 };
    expect(format.interval(bare)).toBe('not known');
    expect(() => format.interval({ ...bare, value: 3 })).toThrow('bare has no interval');
  });

  test('levels', () => {
    expect(plain(levelText(0.95))).toBe('95 %');
    expect(plain(levelText(0.975))).toBe('97.5 %');
  });
});

describe('cells and axes', () => {
  test('cells leave out what the heading says', () => {
    expect(format.cell(1234.4, 'money', 1234.4)).toBe('1,234');
    expect(format.unitNote('money')).toBe('GBP');
    expect(format.cell(null, 'money', 1)).toBe('not known');
    expect(format.cell(true, 'text', 0)).toBe('yes');
    expect(format.cell('a', 'text', 0)).toBe('a');
  });

  test('ticks have just the decimals that tell them apart', () => {
    expect(format.axis([0, 0.2, 0.4], 'share').map(plain)).toEqual(['0 %', '20 %', '40 %']);
    expect(format.axis([0, 0.005, 0.01], 'share').map(plain)).toEqual(['0.0 %', '0.5 %', '1.0 %']);
    expect(format.axis([-0.05, 0, 0.05], 'shareDifference')).toEqual(['−5', '0', '+5']);
    expect(format.axis([0, 0.05, 0.1], 'money')).toEqual(['0.00', '0.05', '0.10']);
  });
});

test('an axis of days shows dates', () => {
  expect(formatFor(null).axis([19_723, 19_754], 'date')).toEqual(['2024-01-01', '2024-02-01']);
});
