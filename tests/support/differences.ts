/** What differs between two results, said by place, so that a change of one figure reads as one line. */

/** The last digits of a number differ between processors, and what ought to be nought is only nearly so. */
const isClose = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other)) + 1e-12;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A finding or a measure is known by its name, anything else in a list by its number. */
const nameOf = (item: unknown, index: number): string => (isObject(item) && typeof item.id === 'string' ? item.id : String(index));

/** @param before and `after`: anything that JSON can hold. @returns a line for each place where they differ. */
export function differencesOf(before: unknown, after: unknown, place = 'result'): string[] {
  if (typeof before === 'number' && typeof after === 'number' && isClose(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item: unknown, index) => differencesOf(item, after[index], `${place}.${nameOf(item, index)}`));
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differencesOf(before[key], after[key], `${place}.${key}`));
  }
  return before === after ? [] : [`${place}: ${shortText(before)} → ${shortText(after)}`];
}

function shortText(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
