import { rawName } from '../load/typed.sql.js';
import type { FilePlan } from '../plan/plan.js';
import { positionsOf } from '../plan/resolve.js';
import { safeHeader } from '../structure/safe-header.js';
import { placeholderCustomers, placeholderWords } from '../typing/placeholders.js';
import type { DataIssue, FileCheck } from './issue.js';
import { wordRowsSql } from './placeholders.sql.js';

/** Words such as “unknown” in columns that are used, which may stand for an empty cell. */
export const placeholderWordsInUse: FileCheck = async ({ engine, source, plan }) => {
  const members = memberPositions(plan);
  const positions = usedPositions(plan);
  if (positions.length === 0) return [];
  const table = rawName(source.index);
  const wordsOf = (at: number): readonly string[] => (members.has(at) ? [...placeholderWords, ...placeholderCustomers] : placeholderWords);
  const issues: DataIssue[] = [];
  for (const at of positions) {
    const declared = [...plan.emptyWords, ...namedWords(plan, at)];
    const found = await engine.rows(wordRowsSql(table, at, wordsOf(at), declared));
    const rows = found.reduce((sum, { row_count }) => sum + row_count, 0);
    if (rows === 0) continue;
    issues.push({
      type: 'placeholder-words',
      title: 'Words that may stand for an empty cell',
      description:
        'They were taken as they stand: as a word of its own in text and identifiers, as a fault in numbers and dates. If they mean “not known”, name them under “empty” for this file in the mapping, as they are written.',
      template: 'Does “{words}” in “{column}” mean that nothing is known? It stands in {rows} of {total} rows.',
      values: { rows, total: source.rowsRead, column: safeHeader(source, at), words: found.map(({ word }) => word).join('”, “'), file: source.file },
      severity: members.has(at) ? 'warning' : 'note',
      file: source.file,
    });
  }
  return issues;
};

function memberPositions(plan: FilePlan): ReadonlySet<number> {
  return new Set(plan.steps.flatMap(({ columns }) => columns.filter(({ column }) => column.type === 'member').flatMap(({ reading }) => positionsOf(reading))));
}

function usedPositions(plan: FilePlan): number[] {
  const used = plan.steps.flatMap(({ columns }) => columns.flatMap(({ reading }) => positionsOf(reading)));
  return [...new Set(used)].sort((a, b) => a - b);
}

/** Words to which the mapping itself gives a meaning. */
function namedWords(plan: FilePlan, at: number): string[] {
  return plan.steps.flatMap(({ columns, where }) => [
    ...columns.flatMap(({ reading }) => (reading.kind === 'column' && reading.at === at ? [...(reading.map?.values.keys() ?? [])] : [])),
    ...where.flatMap((condition) => (condition.at === at && 'values' in condition ? condition.values : [])),
  ]);
}
