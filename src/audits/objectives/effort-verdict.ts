/** The verdict on a share of effort, part of which could not be read. */
import type { AuditDefinition, Measures, Thresholds, Verdict } from '../audit.js';

type Levels = AuditDefinition['thresholds'][string];

/** How much may be unread before only the share of everything counts, and before nothing does. */
export const unreadLevels: Levels = {
  levels: { scope: 0.2, stop: 0.5 },
  source: { kind: 'house', note: 'Above the first level the finding does not speak for the whole; above the second there is no finding.' },
};

/** From when on cost is the basis. */
export const costKnownLevels: Levels = {
  unit: 'share',
  levels: { minimum: 0.8 },
  source: {
    kind: 'house',
    note: 'Cost is the basis when it is known for at least this share of the campaigns; otherwise messages are, and without messages the number of campaigns.',
  },
};

interface JudgedShare {
  /** Measure and threshold of the share, with the levels `watch` and `high`. */
  readonly share: string;
  /** Measure and threshold of what could not be read; above its level `scope` only `atLeast`, the share of everything, is judged. */
  readonly unread: string;
}

/** A problem when the share is above the high level and its interval above the first. */
export function judgeEffort({ share, unread }: JudgedShare, measures: Measures, thresholds: Thresholds): Verdict {
  const isLimited = (measures.value(unread) ?? 1) > (thresholds[unread]?.scope ?? 0);
  const judged = measures.get(isLimited ? 'atLeast' : share);
  const value = judged?.value ?? 0;
  const watch = thresholds[share]?.watch ?? 1;
  if (value > (thresholds[share]?.high ?? 1) && (judged?.interval?.low ?? 0) > watch) return { status: 'problem', severity: 'medium' };
  if (value > watch) return { status: 'watch', severity: 'low' };
  return isLimited ? { status: 'informative', severity: 'none' } : { status: 'healthy', severity: 'none' };
}
