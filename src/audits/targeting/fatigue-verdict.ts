/** What the estimates of contact fatigue amount to. */
import type { Measure } from '../../result/schema.js';
import type { Measures, Thresholds, Verdict } from '../audit.js';

type Sign = 'problem' | 'watch' | 'quiet' | 'unclear';

/** @param none the value that means no effect. */
function signOf(measure: Measure | undefined, none: number, levels: Readonly<Record<string, number>> | undefined): Sign {
  if (measure === undefined || measure.value === null || measure.interval === undefined) return 'unclear';
  const { low, high } = measure.interval;
  const [watch, most] = [levels?.watch ?? 0, levels?.high ?? 0];
  if (measure.value > most && low > watch) return 'problem';
  if (measure.value > watch && low > none) return 'watch';
  return high < most ? 'quiet' : 'unclear';
}

export function judgeFatigue(measures: Measures, { responseFall, optOutRise, imbalance }: Thresholds): Verdict {
  const response = signOf(measures.get('responseFall'), 0, responseFall);
  const optOut = signOf(measures.get('optOutRise'), 1, optOutRise);
  const left = measures.value('largestImbalance');
  const isBalanced = left !== null && left <= (imbalance?.most ?? 0);
  // One person under heavy pressure who clearly responds more than under light contradicts a fall among many.
  const contradiction = measures.get('withinPersonChange')?.interval;
  const isContradicted = contradiction !== undefined && contradiction.low > 0;
  const isProblem = (response === 'problem' && !isContradicted) || optOut === 'problem';
  if (isProblem && isBalanced) return { status: 'problem', severity: 'high' };
  if ([response, optOut].some((sign) => sign === 'problem' || sign === 'watch')) return { status: 'watch', severity: 'low' };
  // A clear rise that no single person shows is what is left of choosing those who respond: it could hide a fall as well.
  const isSelected = (measures.get('responseFall')?.interval?.high ?? 0) < 0 && !isContradicted;
  if (response === 'quiet' && isBalanced && !isSelected) return { status: 'healthy', severity: 'none' };
  return { status: 'informative', severity: 'none' };
}
