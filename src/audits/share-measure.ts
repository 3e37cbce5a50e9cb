import type { Measure } from '../result/schema.js';
import { wilson } from '../statistics/intervals.js';

/** A share of members or campaigns, each counted once, with its Wilson interval. @param why there is none, for `whole` of nought. */
export function shareMeasure(id: string, label: string, part: number, whole: number, level: number, why: string, of = ''): Measure {
  if (whole === 0) return { id, label, value: null, unit: 'share', n: 0, why };
  const method = `Wilson score interval${of === '' ? '' : ` over ${of}`}`;
  return { id, label, value: part / whole, unit: 'share', n: whole, interval: { ...wilson(part, whole, level), level, method } };
}
