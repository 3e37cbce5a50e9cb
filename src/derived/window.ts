/** The time that an analysis speaks of: its last day, and the window of about a year that ends there. */
import type { QueryEngine } from '../engine/engine.js';
import { isoDate, lastDayOfMonth } from '../model/days.js';
import { type SpanRow, spansSql } from './window.sql.js';

/** Exports of “a year” are rarely 365 days; up to this many days the whole history is the window. */
const longestWholeHistoryDays = 400;
const usualWindowDays = 365;

export interface ObservedWindow {
  /** null when no file has a date. */
  readonly asOfDay: number | null;
  readonly asOfReason: string;
  /** Days since 1970-01-01, `toDay` exclusive; without dates a window that holds everything. */
  readonly fromDay: number;
  readonly toDay: number;
  readonly hasDates: boolean;
  readonly reason: string;
}

/** The preferred source of dates first: what happened tells the time better than what was planned. */
const preference = ['transactions', 'points', 'contacts', 'responses', 'campaigns', 'members'];

/**
 * @param asOfDay the last day to look at, when the user set one.
 * @param hasMonthPrecision whether events are dated by month only: the first of a month then stands for all of it.
 */
export async function observeWindow(engine: QueryEngine, asOfDay?: number, hasMonthPrecision = false): Promise<ObservedWindow> {
  const spans = await engine.rows(spansSql(engine.dialect));
  const dated = preference
    .map((source) => spans.find((span) => span.source === source))
    .filter((span): span is SpanRow & { first_day: number; last_day: number } => span !== undefined && span.first_day !== null && span.last_day !== null);
  const [main] = dated;
  if (main === undefined) {
    const reason = 'No file has a date, so everything in the files counts.';
    return {
      asOfDay: asOfDay ?? null,
      asOfReason: asOfDay === undefined ? 'No file has a date.' : 'Set by the user.',
      fromDay: -1_000_000,
      toDay: 1_000_000,
      hasDates: false,
      reason,
    };
  }
  const events = dated.filter((span) => span.source !== 'campaigns' && span.source !== 'members');
  const lastEventDay = Math.max(...(events.length > 0 ? events : [main]).map((span) => span.last_day));
  const lastDay = asOfDay ?? (hasMonthPrecision ? lastDayOfMonth(lastEventDay) : lastEventDay);
  const asOfReason = asOfDay === undefined ? 'The last day on which the files record an event.' : 'Set by the user.';
  const toDay = lastDay + 1;
  const history = toDay - main.first_day;
  const isWhole = history <= longestWholeHistoryDays;
  const reason = isWhole
    ? `The whole history of ${main.source} (${history} days), because it is no longer than ${longestWholeHistoryDays} days.`
    : `The last ${usualWindowDays} days of a history of ${history} days.`;
  return { asOfDay: lastDay, asOfReason, fromDay: isWhole ? Math.min(main.first_day, lastDay) : toDay - usualWindowDays, toDay, hasDates: true, reason };
}

/** The window in words, for the result. */
export function describeWindow(window: ObservedWindow): { from: string; to: string; days: number; reason: string } | null {
  if (!window.hasDates) return null;
  return { from: isoDate(window.fromDay), to: isoDate(window.toDay - 1), days: window.toDay - window.fromDay, reason: window.reason };
}
