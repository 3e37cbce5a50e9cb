/** Why a row of a file cannot be loaded: the reasons that the quarantine names. */
import type { PlannedColumn, Step } from '../plan/plan.js';
import { positionsOf } from '../plan/resolve.js';
import type { Source } from '../source.js';
import { safeHeader } from '../structure/safe-header.js';

/** A fault never carries the value, because values may be personal. */
export interface Fault {
  /** Source column from 0; null where the value does not come from one. */
  readonly at: number | null;
  readonly type: string;
  readonly reason: string;
}

const untyped: Record<string, readonly [type: string, reason: string]> = {
  date: ['not-a-date', 'The cell is not a date in the format of its column.'],
  timestamp: ['not-a-date', 'The cell is not a date or time in the format of its column.'],
  amount: ['not-a-number', 'The cell is not a number in the style of its column, or too large to be exact.'],
  number: ['not-a-number', 'The cell is not a number in the style of its column, or too large to be exact.'],
  integer: ['not-a-whole-number', 'The cell is not a whole number.'],
  boolean: ['not-yes-or-no', 'The cell is neither a yes nor a no in any usual spelling.'],
};

/** The fault of a cell that is filled and does not fit. */
export function misfitOf({ column, reading }: PlannedColumn): Fault {
  const [type, reason] = untyped[column.type] ?? [
    'unknown-word',
    `The cell holds a word that ${column.name} does not know; name it under “values” in the mapping.`,
  ];
  return { at: positionsOf(reading)[0] ?? null, type, reason };
}

/** The fault of a required cell that is empty. */
export function absenceOf({ column, reading }: PlannedColumn): Fault {
  return {
    at: positionsOf(reading)[0] ?? null,
    type: 'missing-value',
    reason: `The cell is empty, and a row without ${column.name} (${column.meaning}) says nothing.`,
  };
}

/** Why rows that no step wants are left out, in words, with headers and never with cells. */
export function skipRule(steps: readonly Step[], source: Source): string {
  const name = (at: number): string => `“${safeHeader(source, at)}”`;
  const positive = new Set(steps.flatMap((step) => step.where.filter((condition) => condition.kind === 'positive').map((condition) => name(condition.at))));
  const notEmpty = new Set(steps.flatMap((step) => step.where.filter((condition) => condition.kind === 'notEmpty').map((condition) => name(condition.at))));
  const chosen = new Set(steps.flatMap((step) => step.where.filter(({ kind }) => kind === 'in' || kind === 'notIn').map((condition) => name(condition.at))));
  const parts = [
    ...(positive.size > 0 ? [`no number above 0 in ${[...positive].join(', ')}`] : []),
    ...(notEmpty.size > 0 ? [`nothing in ${[...notEmpty].join(', ')}`] : []),
    ...(chosen.size > 0 ? [`not chosen by ${[...chosen].join(', ')}`] : []),
  ];
  return parts.length === 0 ? 'no table takes the row' : parts.join('; ');
}
