/** The caps in force, and what it amounts to that contacts exceed them. */
import type { Measure } from '../../result/schema.js';
import type { Measures, Thresholds, Verdict } from '../audit.js';
import type { Caps } from './cap-breaches.sql.js';

/** Fewer members beyond the upper cap are single cases. */
const singleCases = 10;
/** One contact in ten, as for the defaults. */
const brokenShare = 0.1;
export const defaults = { watch: 12, high: 20, perDay: 3, textsPerDay: 1 } as const;

export function capsOf({ contactsIn28Days, contactsInOneDay, textsIn24Hours }: Thresholds): Caps {
  return {
    watch: contactsIn28Days?.watch ?? defaults.watch,
    high: contactsIn28Days?.high ?? defaults.high,
    perDay: contactsInOneDay?.flag ?? defaults.perDay,
    textsPerDay: textsIn24Hours?.most ?? defaults.textsPerDay,
  };
}

/** Whether the organisation set a cap of its own for 28 days. */
export const hasOwnCap = (caps: Caps): boolean => caps.watch !== defaults.watch || caps.high !== defaults.high;

export const ownCapMeasure = (caps: Caps): Measure => ({
  id: 'hasOwnCap',
  label: 'Whether the caps for 28 days are the organisation’s own (1: yes, 0: no)',
  value: hasOwnCap(caps) ? 1 : 0,
  unit: 'count',
  n: 1,
});

/** Of fewer members than may be shown a report does not say that they make a practice. */
export const fewestBeyondMeasure = (smallCell: number): Measure => ({
  id: 'fewestBeyond',
  label: 'Members beyond the upper cap from which they are more than single cases',
  value: Math.max(singleCases, smallCell),
  unit: 'count',
  n: 1,
});

/** Whether more than one contact in ten breaks a cap that the organisation set for itself, and surely as many the lower one. */
function breaksOwnCap(measures: Measures): boolean {
  const [high, watch] = [measures.get('overHighShare')?.value ?? 0, measures.get('overWatchShare')];
  return measures.value('hasOwnCap') === 1 && high > brokenShare && (watch?.interval?.low ?? watch?.value ?? 0) > brokenShare;
}

export function judgeCaps(measures: Measures, thresholds: Thresholds): Verdict {
  const caps = capsOf(thresholds);
  const pressure = measures.get('contactsIn28Days');
  const value = pressure?.value ?? 0;
  // One identifier that many share, or a test address, can hold a tenth of all contacts and is no practice.
  const isOfMany = (measures.value('membersOverHigh') ?? 0) >= (measures.get('fewestBeyond')?.value ?? singleCases);
  const isBeyond = value > caps.high && (pressure?.interval?.low ?? 0) > caps.watch;
  if ((isBeyond || breaksOwnCap(measures)) && isOfMany) return { status: 'problem', severity: 'medium' };
  const crowded = measures.value('crowdedDayContacts') ?? 0;
  const texts = measures.get('textsOverCap')?.value ?? 0;
  const ownCap = measures.value('hasOwnCap') === 1 ? (measures.value('overHighShare') ?? 0) : 0;
  if (value > caps.watch || crowded > 0 || texts > 0 || ownCap > 0) return { status: 'watch', severity: 'low' };
  return { status: 'healthy', severity: 'none' };
}
