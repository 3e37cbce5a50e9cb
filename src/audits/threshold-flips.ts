/** Would the verdict be another one, if a threshold stood elsewhere within what can be defended? */
import type { Threshold } from '../result/schema.js';
import type { AuditDefinition, Measures, Thresholds, Verdict } from './audit.js';

/** A convention could as well be half or one and a half times what it is; what a paper or arithmetic gives could not. */
const conventional = 0.5;

type Flip = NonNullable<Threshold['flips']>[number];

/** The audit judges again with one level moved at a time, all others as they are. @returns nothing for an audit that cannot be judged so. */
export function flipsOf(audit: AuditDefinition, id: string, measures: Measures, levels: Thresholds): Flip[] {
  const definition = audit.thresholds[id];
  if (definition === undefined) return [];
  const isShare = (definition.unit ?? measures.get(id)?.unit) === 'share';
  const verdictAt = (level: string, value: number): Verdict => audit.judge(measures, { ...levels, [id]: { ...levels[id], [level]: value } });
  return Object.entries(levels[id] ?? {}).flatMap(([level, value]): Flip[] => {
    const [low, high] = definition.plausible?.[level] ?? rangeAround(value, definition.source.kind, isShare);
    if (low === high) return [];
    return [{ level, low, high, atLow: verdictAt(level, low).status, atHigh: verdictAt(level, high).status }];
  });
}

/** A share keeps as far from the whole as from nothing: four fifths could be seven or nine tenths, not 120 per cent. */
function rangeAround(value: number, kind: Threshold['source']['kind'], isShare: boolean): readonly [low: number, high: number] {
  const isConvention = kind === 'house' || kind === 'convention' || kind === 'vendor' || kind === 'benchmark';
  const reach = isConvention ? conventional * (isShare && value > 0.5 && value <= 1 ? 1 - value : Math.abs(value)) : 0;
  return [value - reach, value + reach];
}
