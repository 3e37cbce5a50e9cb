/** The verdict on a share of effort, part of which could not be read. */
import type { Measures, Thresholds, Verdict } from '../audit.js';

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
