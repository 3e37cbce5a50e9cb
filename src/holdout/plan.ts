/** How large a holdout has to be to answer one question, what a smaller one can see, and what it costs. */
import type { Measure } from '../result/schema.js';
import type { Unit } from '../result/units.js';
import { zOf } from '../statistics/intervals.js';
import { holdoutNeeded, minimumDetectableDifference } from '../statistics/power.js';

export interface HoldoutQuestion {
  /** Members whom the campaign would go to. */
  readonly audience: number;
  /** What happens without contact: a share (0..1) of members, or an amount a member. */
  readonly baseline: number;
  /** The smallest difference that would change the decision, in the unit of the baseline. */
  readonly breakEven: number;
  /** Standard deviation of the amount between members; null for a share, which has its own. */
  readonly spread: number | null;
  /** Margin of one more member with the outcome, for a share; an amount is its own worth. Null when it is not known. */
  readonly marginEach: number | null;
}

export interface HoldoutPlan {
  readonly holdout: number;
  readonly share: number;
  /** Even half of the audience is too few for the break-even difference. */
  readonly isTooSmall: boolean;
  /** Limits for the number left out while members are being assigned. */
  readonly splitLimits: readonly SplitLimit[];
  readonly measures: readonly Measure[];
}

/** With so many members assigned, fewer or more left out than this are no accident. */
interface SplitLimit {
  readonly assigned: number;
  readonly low: number;
  readonly high: number;
}

/** A false alarm in one test of a thousand, over all the looks together (Fabijan et al. 2019, doi 10.1145/3292500.3330722, use 0.0005). */
const falseAlarm = 0.001;
const looks = [0.25, 0.5, 0.75, 1] as const;

/** The chi-square test of the split, turned into counts that anybody can compare. @param share planned to be left out, 0..1. */
function splitLimitsOf(audience: number, share: number): SplitLimit[] {
  const z = zOf(1 - falseAlarm / looks.length);
  return looks.map((part) => {
    const assigned = Math.round(audience * part);
    const width = z * Math.sqrt(assigned * share * (1 - share));
    return { assigned, low: Math.max(0, Math.ceil(assigned * share - width)), high: Math.floor(assigned * share + width) };
  });
}

/** @throws RangeError for an audience under two, a difference of nought, or a share outside 0..1. */
export function planHoldout({ audience, baseline, breakEven, spread, marginEach }: HoldoutQuestion): HoldoutPlan {
  const isShare = spread === null;
  if (!(audience >= 2)) throw new RangeError('An audience needs at least two members.');
  if (isShare && !(baseline > 0 && baseline < 1)) throw new RangeError('A share lies between 0 and 1.');
  if (!(breakEven > 0) || (isShare && baseline + breakEven >= 1))
    throw new RangeError('The break-even difference has to be above nought, and below what is left to a whole.');
  const variance = isShare ? baseline * (1 - baseline) : spread ** 2;
  const needed = holdoutNeeded(audience, variance, breakEven);
  const holdout = needed ?? Math.floor(audience / 2);
  const detectable = minimumDetectableDifference(variance, audience - holdout, holdout);
  const foregone = isShare ? (marginEach === null ? null : holdout * breakEven * marginEach) : holdout * breakEven;
  const own: Unit = isShare ? 'share' : 'moneyPerMember';
  const difference: Unit = isShare ? 'shareDifference' : 'moneyPerMember';
  const measure = (id: string, label: string, unit: Unit, value: number | null, why?: string): Measure => ({
    id,
    label,
    unit,
    value,
    n: audience,
    ...(why === undefined ? {} : { why }),
  });
  return {
    holdout,
    share: holdout / audience,
    isTooSmall: needed === null,
    splitLimits: splitLimitsOf(audience, holdout / audience),
    measures: [
      measure('audience', 'Members in the audience', 'count', audience),
      measure('holdout', 'Members to leave out', 'count', holdout),
      measure('treated', 'Members to contact', 'count', audience - holdout),
      measure('holdoutShare', 'Share of the audience to leave out', 'share', holdout / audience),
      measure('baseline', 'Outcome without contact', own, baseline),
      measure('breakEven', 'Difference at which the campaign pays', difference, breakEven),
      measure('detectable', 'Smallest difference that the test can be expected to see', difference, detectable),
      measure(
        'foregone',
        'Margin foregone if the campaign just pays',
        'money',
        foregone,
        foregone === null ? 'The margin of one more member with the outcome is not given.' : undefined,
      ),
    ],
  };
}
