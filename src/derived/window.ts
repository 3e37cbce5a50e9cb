/** The time that an analysis speaks of: its last day, and the window of about a year that ends there. */
import type { QueryEngine } from '../engine/engine.js';
import { isoDate, lastDayOfMonth } from '../model/days.js';
import { NamedError } from '../model/named-error.js';
import { rowsOf, withoutStrays } from '../model/stray-months.js';
import { type MonthSpan, monthSpansSql } from './window.sql.js';

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
 * @throws NamedError of kind `usage` when that day lies before all events.
 */
export async function observeWindow(engine: QueryEngine, asOfDay?: number, hasMonthPrecision = false): Promise<ObservedWindow> {
  const months = await engine.rows(monthSpansSql(engine.dialect));
  const dated = preference.flatMap(
    (source) =>
      spanOf(
        source,
        months.filter((month) => month.source === source),
      ) ?? [],
  );
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
  const happened = dated.filter((span) => span.source !== 'campaigns' && span.source !== 'members');
  const events = happened.length > 0 ? happened : [main];
  const lastEventDay = Math.max(...events.map((span) => span.lastDay));
  const firstEventDay = Math.min(...events.map((span) => span.firstDay));
  if (asOfDay !== undefined && asOfDay < firstEventDay) throw beforeTheFiles(asOfDay, firstEventDay, lastEventDay);
  const lastDay = asOfDay ?? (hasMonthPrecision ? lastDayOfMonth(lastEventDay) : lastEventDay);
  const asOfReason = asOfDay === undefined ? `The last day on which the files record an event${leftAside(events)}.` : 'Set by the user.';
  const toDay = lastDay + 1;
  const history = toDay - main.firstDay;
  const isWhole = history <= longestWholeHistoryDays;
  const reason = isWhole
    ? `The whole history of ${main.source} (${history} days), because it is no longer than ${longestWholeHistoryDays} days.`
    : `The last ${usualWindowDays} days of a history of ${history} days.`;
  return { asOfDay: lastDay, asOfReason, fromDay: isWhole ? Math.min(main.firstDay, lastDay) : toDay - usualWindowDays, toDay, hasDates: true, reason };
}

interface Span {
  readonly source: string;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Dates that lie a year or more apart from all others. */
  readonly strays: number;
}

/** First and last day of one kind of event, stray dates left aside: one wrong year would move the whole analysis. */
function spanOf(source: string, months: readonly MonthSpan[]): Span | null {
  const kept = withoutStrays(months);
  if (kept.length === 0) return null;
  return {
    source,
    firstDay: Math.min(...kept.map((month) => month.first_day)),
    lastDay: Math.max(...kept.map((month) => month.last_day)),
    strays: rowsOf(months) - rowsOf(kept),
  };
}

function leftAside(spans: readonly Span[]): string {
  const strays = spans.reduce((sum, span) => sum + span.strays, 0);
  if (strays === 0) return '';
  return strays === 1
    ? '; one stray date, a year or more apart from all others, was left aside'
    : `; ${strays} stray dates, a year or more apart from all others, were left aside`;
}

function beforeTheFiles(asOfDay: number, firstDay: number, lastDay: number): NamedError {
  return new NamedError({
    name: 'as-of-before-the-files',
    kind: 'usage',
    message: `The analysis would end on ${isoDate(asOfDay)}, before anything in the files happened: they record events from ${isoDate(firstDay)} to ${isoDate(lastDay)}.`,
    whatToDo: 'Give --as-of (or “asOf” in the mapping) a day within that time, or leave it out.',
  });
}

/** The window in words, for the result. */
export function describeWindow(window: ObservedWindow): { from: string; to: string; days: number; reason: string } | null {
  if (!window.hasDates) return null;
  return { from: isoDate(window.fromDay), to: isoDate(window.toDay - 1), days: window.toDay - window.fromDay, reason: window.reason };
}
