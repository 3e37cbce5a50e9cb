import { describe, expect, test } from 'vitest';
import { dayOf, firstDayOfMonth, isCalendarDate, isoDate, lastDayOfMonth, monthOfDay } from '../../src/model/days.js';

describe('days since 1970', () => {
  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2024-02-29', 19_782],
  ])('%s is day %d, there and back', (iso, day) => {
    expect(dayOf(iso)).toBe(day);
    expect(isoDate(day)).toBe(iso);
  });

  test.each(['2023-02-29', '2024-2-9', '31/12/2024', ''])('“%s” is no calendar date', (text) => {
    expect(isCalendarDate(text)).toBe(false);
    expect(() => dayOf(text)).toThrow(RangeError);
  });

  test('a month ends on its last day, leap year or not', () => {
    expect(isoDate(lastDayOfMonth(dayOf('2024-02-10')))).toBe('2024-02-29');
    expect(isoDate(lastDayOfMonth(dayOf('2023-12-01')))).toBe('2023-12-31');
  });
});

test('months are numbers, and each knows its first day', () => {
  expect(monthOfDay(dayOf('2024-02-29'))).toBe(2024 * 12 + 1);
  expect(monthOfDay(dayOf('1969-12-31'))).toBe(1969 * 12 + 11);
  expect(isoDate(firstDayOfMonth(2024 * 12 + 11))).toBe('2024-12-01');
  expect(isoDate(firstDayOfMonth(monthOfDay(dayOf('2023-07-15')) - 6))).toBe('2023-01-01');
});
