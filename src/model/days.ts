/**
 * Days as integers since 1970-01-01 (UTC), the form in which the engine and the audits reckon with dates:
 * no time zone and no month arithmetic can creep in.
 */

const millisecondsPerDay = 86_400_000;

/** @param iso a calendar date `YYYY-MM-DD`. @returns days since 1970-01-01. @throws RangeError for anything else. */
export function dayOf(iso: string): number {
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(milliseconds) || isoDate(milliseconds / millisecondsPerDay) !== iso) {
    throw new RangeError(`"${iso}" is not a calendar date; write it as YYYY-MM-DD.`);
  }
  return milliseconds / millisecondsPerDay;
}

/** Whether a text is a calendar date `YYYY-MM-DD` that exists. */
export function isCalendarDate(text: string): boolean {
  try {
    dayOf(text);
    return true;
  } catch {
    return false;
  }
}

/** @param day days since 1970-01-01. @returns the calendar date `YYYY-MM-DD`. */
export function isoDate(day: number): string {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/** @param day days since 1970-01-01. @returns the last day of the same calendar month. */
export function lastDayOfMonth(day: number): number {
  const date = new Date(day * millisecondsPerDay);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / millisecondsPerDay;
}

/** @param day days since 1970-01-01. @returns its calendar month as year × 12 + month from 0. */
export function monthOfDay(day: number): number {
  const date = new Date(day * millisecondsPerDay);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** @param month year × 12 + month from 0. @returns its first day as days since 1970-01-01. */
export function firstDayOfMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), ((month % 12) + 12) % 12, 1) / millisecondsPerDay;
}
