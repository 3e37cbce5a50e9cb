/** What the whole run needs to know about the canonical tables: value basis, currency, precision of dates. */
import type { QueryEngine } from '../../engine/engine.js';
import { isoDate } from '../../model/days.js';
import { NamedError } from '../../model/named-error.js';
import { withoutStrays } from '../../model/stray-months.js';
import type { Filling } from '../assemble.js';
import type { Plan } from '../plan/plan.js';
import { vocabularyOf } from '../typing/vocabulary.js';
import { currencyRowsSql, monthEndsSql, responseKindsSql } from './facts.sql.js';

/** House rule: a purchase without a margin would count as one that earned nothing, so nearly all must have one. */
export const fewestWithMargin = 0.95;

/** What a member's value can be measured in: the best that the files allow; null when they hold no money. */
export function valueBasisOf(filling: Pick<Filling, 'filled' | 'share'>): 'margin' | 'revenue' | 'reported-total' | null {
  if (filling.share('transactions', 'margin_amount') >= fewestWithMargin) return 'margin';
  if (filling.filled('transactions', 'net_amount') > 0) return 'revenue';
  return filling.filled('members', 'spend_total') > 0 ? 'reported-total' : null;
}

/**
 * The one currency of the run.
 *
 * @param marks currency codes that stand in the cells of amounts.
 * @throws NamedError when sales come in several currencies and the mapping has no rate for one, or in another than the mapping says.
 */
export async function currencyOf(engine: QueryEngine, plan: Plan, marks: readonly string[] = []): Promise<string | null> {
  const { currency, rates } = plan.mapping;
  const inColumn = (await engine.rows(currencyRowsSql())).map((row) => row.currency);
  const found = [...new Set([...inColumn, ...marks])];
  const strange =
    currency === undefined ? found.slice(1) : found.filter((code) => code !== currency && !(inColumn.includes(code) && rates?.[code] !== undefined));
  if (strange.length > 0) {
    const isOther = currency !== undefined && found.length === 1;
    throw new NamedError({
      name: isOther ? 'other-currency' : 'several-currencies',
      kind: 'input',
      message: isOther
        ? `The mapping says ${currency}, but the amounts are in another currency.`
        : 'The amounts are in more than one currency, and amounts of different currencies cannot be added up.',
      whatToDo:
        'Say which currency the report is in and what the others are worth, e.g. “currency: GBP” and “rates: {EUR: 0.85}”, or keep one with “where: {column: …, in: [GBP]}” under transactions in the mapping.',
    });
  }
  return currency ?? found[0] ?? null;
}

/** Tables whose rows tell the time of the analysis, and by which column. */
const eventColumns = [
  ['transactions', 'occurred_at'],
  ['points', 'occurred_at'],
  ['contacts', 'contacted_at'],
  ['responses', 'responded_at'],
] as const;
const eventTables: ReadonlySet<string> = new Set(eventColumns.map(([table]) => table));

/** The last day on which the files record an event, `YYYY-MM-DD`, stray dates left aside; null where nothing is dated. */
export async function lastEventOf(engine: QueryEngine): Promise<string | null> {
  const days: number[] = [];
  for (const [table, column] of eventColumns) {
    const last = withoutStrays(await engine.rows(monthEndsSql(engine.dialect, table, column))).at(-1);
    if (last !== undefined) days.push(last.last_day);
  }
  return days.length === 0 ? null : isoDate(Math.max(...days));
}

/** Whether every date of an event is a year and a month only: then the first of a month stands for all of it. */
export function hasMonthPrecision(plan: Plan): boolean {
  const dated = plan.files
    .flatMap((file) => file.steps)
    .filter((step) => eventTables.has(step.table))
    .flatMap((step) => step.columns.filter(({ column }) => column.type === 'timestamp' || column.type === 'date'));
  return dated.length > 0 && dated.every(({ reading }) => reading.kind === 'yearMonth');
}

/**
 * The kinds of reaction that the mapping says count as a response, in the spelling that the model gives them.
 *
 * @throws NamedError for a kind that no response has: with a slip of the pen, nobody would have responded.
 */
export async function responseTypesOf(engine: QueryEngine, plan: Plan): Promise<readonly string[] | null> {
  const { responseTypes } = plan.mapping;
  if (responseTypes === undefined) return null;
  const spellings = vocabularyOf('responses', 'type')?.spellings;
  const declared = responseTypes.map((type) => type.trim().toLowerCase()).map((type) => spellings?.get(type) ?? type);
  const found = (await engine.rows(responseKindsSql())).map(({ kind }) => kind);
  const absent = declared.filter((type) => !found.includes(type));
  if (found.length > 0 && absent.length > 0) {
    throw new NamedError({
      name: 'unknown-response-type',
      kind: 'config',
      message: `“responseTypes” in the mapping names ${absent.map((type) => `“${type}”`).join(', ')}, and no response is of that type.`,
      whatToDo: 'Correct “responseTypes”; the types are the values of “type” under responses, and an export without types has “response”.',
    });
  }
  return [...new Set(declared)];
}
