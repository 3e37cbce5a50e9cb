import { withoutStrays } from '../../model/stray-months.js';
import { monthName, steadyTables } from './calendar.js';
import { type MonthRow, monthlyRowsSql } from './calendar.sql.js';
import type { DataIssue, TablesCheck } from './issue.js';

/** From one month to the next: more than seasons do. */
const largestRise = 2.5;
const fewestRows = 100;
const fewestMonths = 6;

/** Months with far more or far fewer records than the month before: a file twice, a file missing, or a new source. */
export const volumeChanges: TablesCheck = async ({ engine, filling }) => {
  const issues: DataIssue[] = [];
  for (const [table, column, noun] of steadyTables) {
    if (filling.filled(table, column) === 0) continue;
    const changes = changesOf(withoutStrays(await engine.rows(monthlyRowsSql(table, column))));
    const [largest] = changes.toSorted((a, b) => b.times - a.times || a.month - b.month);
    if (largest === undefined) continue;
    issues.push({
      type: 'volume-changes',
      title: 'Months with suddenly more or fewer records',
      description: 'A file may be missing or be there twice, or a source was added or lost. Nothing was changed.',
      template: 'Sudden changes in the number of {noun} from month to month: {changes}. The largest is from {before} to {after} in {month}.',
      values: { noun, changes: changes.length, before: largest.before, after: largest.after, month: monthName(largest.month), table },
      severity: 'warning',
      file: null,
    });
  }
  return issues;
};

interface Change {
  readonly month: number;
  readonly before: number;
  readonly after: number;
  readonly times: number;
}

/** The first and the last month may be cut off by the export, so they are not compared. */
function changesOf(months: readonly MonthRow[]): Change[] {
  const whole = months.slice(1, -1);
  if (whole.length < fewestMonths) return [];
  return whole.slice(1).flatMap(({ month, row_count: after }, index) => {
    const previous = whole[index];
    if (previous === undefined || previous.month !== month - 1) return [];
    const before = previous.row_count;
    const times = Math.max(before, after) / Math.min(before, after);
    return times >= largestRise && Math.max(before, after) >= fewestRows ? [{ month, before, after, times }] : [];
  });
}
