import { rawName } from '../load/typed.sql.js';
import { positionsOf } from '../plan/resolve.js';
import { safeHeader } from '../structure/safe-header.js';
import type { DataIssue, FileCheck } from './issue.js';
import { matchingCellsSql, sourceCell } from './rows.sql.js';

const damages = [
  {
    pattern: '\\d+\\.0',
    type: 'identifiers-with-fraction',
    title: 'Identifiers that end in .0',
    template: '{rows} identifiers in “{column}” end in “.0”: a tool has read them as numbers. They are kept as they are, so they may not match other files.',
    severity: 'note',
  },
  {
    pattern: '\\d(\\.\\d+)?[eE]\\+?\\d+',
    type: 'identifiers-in-scientific-notation',
    title: 'Identifiers in scientific notation',
    template:
      '{rows} identifiers in “{column}” are written like 1.2E+11: a spreadsheet has cut their last digits, and different customers or orders may have become one. Export the file again without opening it in a spreadsheet.',
    severity: 'error',
  },
] as const;

/** Identifiers that a spreadsheet or a notebook has turned into numbers: findings, never conversions. */
export const damagedIdentifiers: FileCheck = async ({ engine, source, plan }) => {
  const isIdentifier = (type: string): boolean => type === 'member' || type === 'campaign' || type === 'id';
  const columns = plan.steps.flatMap((step) => step.columns.filter(({ column }) => isIdentifier(column.type)).flatMap(({ reading }) => positionsOf(reading)));
  const positions = [...new Set(columns)].sort((a, b) => a - b);
  if (positions.length === 0) return [];
  const issues: DataIssue[] = [];
  for (const { pattern, ...damage } of damages) {
    const tests = positions.map((at) => engine.dialect.matches(sourceCell(at), pattern));
    const [counts = {}] = await engine.rows(matchingCellsSql(rawName(source.index), tests));
    positions.forEach((at, index) => {
      const rows = counts[`n${index}`] ?? 0;
      if (rows === 0) return;
      const description = 'Identifiers stay text from beginning to end here, so nothing was changed.';
      issues.push({ ...damage, description, values: { rows, column: safeHeader(source, at), file: source.file }, file: source.file });
    });
  }
  return issues;
};
