/** Two years of invented members who buy at their own rhythm, some of whom stop, as CSV text: enough of every stage of life. */
import { dayOf, isoDate } from '../../../src/model/days.js';
import { drawIndex, drawPoisson } from '../../../src/statistics/draws.js';
import { seededUniform } from '../../../src/statistics/random.js';

export const firstDay = dayOf('2023-01-01');
const lastDay = dayOf('2024-12-31');

export interface Buyer {
  readonly id: string;
  readonly joined: number;
  readonly days: readonly number[];
}

/** @param members how many; the same for the same seed. */
export function buyers(members: number, seed = 11): Buyer[] {
  const uniform = seededUniform(seed);
  return Array.from({ length: members }, (_, index) => {
    const isLate = uniform() < 0.25;
    const joined = isLate ? firstDay + drawIndex(uniform, 700) : firstDay - 200;
    const gap = 10 + drawIndex(uniform, 40);
    const stops = uniform() < 0.35 ? Math.min(lastDay, joined + drawIndex(uniform, 730)) : lastDay;
    const from = Math.max(joined, firstDay);
    const span = Math.max(0, stops - from);
    const days = Array.from({ length: drawPoisson(uniform, span / gap) }, () => from + drawIndex(uniform, Math.max(1, span))).sort((a, b) => a - b);
    return { id: `m${index}`, joined, days };
  });
}

export const membersOf = (list: readonly Buyer[]): string => ['member_id,enrolled_at', ...list.map(({ id, joined }) => `${id},${isoDate(joined)}`)].join('\n');
export const purchasesOf = (list: readonly Buyer[], amount = 20): string =>
  [
    'transaction_id,member_id,occurred_at,net_amount',
    ...list.flatMap(({ id, days }) => days.map((day, index) => `${id}-${index},${id},${isoDate(day)},${amount}`)),
  ].join('\n');
/** Days of a send every four weeks in 2024. */
export const sendDays = Array.from({ length: 13 }, (_, index) => dayOf('2024-01-10') + 28 * index);
