import { isoDate } from '../../model/days.js';
import { steadyTables } from './calendar.js';
import { dayGapsSql, type GapRow } from './calendar.sql.js';
import type { DataIssue, TablesCheck } from './issue.js';

/** Fewer days than this have no rhythm that a gap could break. */
const fewestDays = 30;
const fewestMonths = 6;
/** A gap counts when it is a week or more, and several times as long as nearly all others. */
const shortestGap = 7;
const timesTypical = 4;
const monthDays = 28;
const missingMonthDays = 45;

/** Stretches without any sale or points, where they are usual: a file that is missing, or an export with a filter. */
export const calendarGaps: TablesCheck = async ({ engine, filling }) => {
  const issues: DataIssue[] = [];
  for (const [table, column, noun] of steadyTables) {
    if (filling.filled(table, column) === 0) continue;
    const gaps = await engine.rows(dayGapsSql(engine.dialect, table, column));
    const limit = limitOf(gaps);
    const long = limit === null ? [] : gaps.filter(({ gap }) => gap >= limit);
    const longest = long.at(-1);
    if (longest === undefined) continue;
    issues.push({
      type: 'calendar-gaps',
      title: 'Stretches of days without any record',
      description: 'A file may be missing, or the export may have left days out. What is missing counts as if nothing had happened.',
      template: 'Gaps in the calendar of {noun}: {gaps}. The longest has {days} days without any, after {day}.',
      values: { noun, gaps: long.reduce((sum, { row_count }) => sum + row_count, 0), days: longest.gap - 1, day: isoDate(longest.first_day), table },
      severity: 'warning',
      file: null,
    });
  }
  return issues;
};

/** From how many days on a distance is a gap; null where the days have no rhythm. */
function limitOf(gaps: readonly GapRow[]): number | null {
  const count = gaps.reduce((sum, { row_count }) => sum + row_count, 0);
  const typical = typicalGap(gaps, count);
  if (typical >= monthDays) return count >= fewestMonths && typical <= 31 ? missingMonthDays : null;
  return count >= fewestDays ? Math.max(shortestGap, timesTypical * typical) : null;
}

/** Nine in ten distances are this long or shorter. */
function typicalGap(gaps: readonly GapRow[], count: number): number {
  let seen = 0;
  for (const { gap, row_count } of gaps) {
    seen += row_count;
    if (seen >= 0.9 * count) return gap;
  }
  return 0;
}
