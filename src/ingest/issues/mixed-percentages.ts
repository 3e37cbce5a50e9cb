import { rawName } from '../load/typed.sql.js';
import { positionsOf } from '../plan/resolve.js';
import { safeHeader } from '../structure/safe-header.js';
import type { DataIssue, FileCheck } from './issue.js';
import { matchingCellsSql, sourceCell } from './rows.sql.js';

/** Columns in which some numbers carry a per cent sign and others do not: 12 % is 0.12, and 12 is 12. */
export const mixedPercentages: FileCheck = async ({ engine, source, plan }) => {
  const numbers = plan.steps.flatMap(({ columns }) =>
    columns.filter(({ column }) => column.type === 'amount' || column.type === 'number').flatMap(({ reading }) => positionsOf(reading)),
  );
  const positions = [...new Set(numbers)].sort((a, b) => a - b);
  if (positions.length === 0) return [];
  const { matches } = engine.dialect;
  const tests = positions.flatMap((at) => [matches(sourceCell(at), '.*\\d.*%'), matches(sourceCell(at), '[^%]*\\d[^%]*')]);
  const [counts = {}] = await engine.rows(matchingCellsSql(rawName(source.index), tests));
  return positions.flatMap((at, index): DataIssue[] => {
    const [marked, plain] = [counts[`n${2 * index}`] ?? 0, counts[`n${2 * index + 1}`] ?? 0];
    if (marked === 0 || plain === 0) return [];
    return [
      {
        type: 'mixed-percentages',
        title: 'Numbers with and without a per cent sign in one column',
        description: 'A number with the sign is read as a hundredth, so the others count a hundred times as much. Export the column in one style.',
        template: '“{column}” has {marked} numbers with a per cent sign and {plain} without.',
        values: { column: safeHeader(source, at), marked, plain, file: source.file },
        severity: 'error',
        file: source.file,
      },
    ];
  });
};
