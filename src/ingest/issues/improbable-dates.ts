import { dayOf, isoDate, lastDayOfMonth } from '../../model/days.js';
import { withoutStrays } from '../../model/stray-months.js';
import { tables } from '../../model/tables.js';
import { monthName } from './calendar.js';
import { monthlyRowsSql } from './calendar.sql.js';
import type { DataIssue, TablesCheck } from './issue.js';
import { datedRowsSql, dateSql } from './rows.sql.js';

/** No loyalty scheme has records from before; earlier dates are placeholders or slips. */
const earliest = '1980-01-01';
/** Where nothing has happened that would tell the time. */
const farFuture = '2100-01-01';
/** Plans and expiries lie ahead; what happened does not. More than this beyond the last event is a slip or a placeholder. */
const planned = new Set(['expires_at', 'ends_at', 'starts_at', 'valid_to', 'closed_at']);
const plannedDays = 3660;
const happenedDays = 366;

/** The last day of the last month in which something happened, stray dates left aside; null where nothing is dated. */
async function lastEventDay(engine: Parameters<TablesCheck>[0]['engine']): Promise<number | null> {
  const days: number[] = [];
  for (const [table, column] of [
    ['transactions', 'occurred_at'],
    ['points', 'occurred_at'],
    ['responses', 'responded_at'],
  ] as const) {
    const last = withoutStrays(await engine.rows(monthlyRowsSql(table, column))).at(-1);
    if (last !== undefined) days.push(lastDayOfMonth(dayOf(`${monthName(last.month)}-01`)));
  }
  return days.length === 0 ? null : Math.max(...days);
}

/** Dates before any scheme began, or far beyond everything else that happened. */
export const improbableDates: TablesCheck = async ({ engine, filling }) => {
  const lastDay = await lastEventDay(engine);
  const issues: DataIssue[] = [];
  for (const table of tables) {
    for (const { name, type } of table.columns) {
      if ((type !== 'date' && type !== 'timestamp') || filling.filled(table.name, name) === 0) continue;
      const days = planned.has(name) ? plannedDays : happenedDays;
      const limit = lastDay === null ? farFuture : isoDate(lastDay + days);
      const [found] = await engine.rows(datedRowsSql(table.name, name, dateSql(earliest), dateSql(limit)));
      if (found === undefined || found.early + found.late === 0) continue;
      issues.push({
        type: 'improbable-dates',
        title: 'Dates that can hardly be right',
        description: `They lie before ${earliest}, or far beyond the last event in the files. They were kept; many systems write such dates where they know none.`,
        template: 'Of {dated} dates in {table}.{column}, improbably early: {early}; improbably late: {late}.',
        values: { early: found.early, late: found.late, dated: found.dated, table: table.name, column: name },
        severity: 'warning',
        file: null,
      });
    }
  }
  return issues;
};
