/** On which tests the finding rests, and what takes its grade below a proof. */
import { type Doubt, type Graded, gradeOfClaims, isImprecise, isProxyOfValue } from '../../derived/evidence-grade.js';
import type { ClassifiedUnit } from './hollow-wins-classes.js';

/** The claim is about value that pays: the interval has to tell nought from the break-even, and the outcome has to be value. */
function doubtsOf({ value, cost, breakEven }: ClassifiedUnit): Doubt[] {
  if (value === null) return [];
  return [
    ...value.outcome.doubts,
    ...(isImprecise(value.change, cost === null ? null : breakEven) ? ['imprecise' as const] : []),
    ...(isProxyOfValue(value.outcome.name) ? ['proxy' as const] : []),
  ];
}

/** The campaigns and arms that are given a class; where none is, those that stay unproven. null where nothing can be judged. */
export function gradedOf(units: readonly ClassifiedUnit[]): (Graded & { readonly results: number }) | null {
  const judged = units.filter((unit) => unit.value !== null && unit.class !== 'Broken test');
  const shown = judged.filter((unit) => unit.class !== 'Unproven');
  const resting = shown.length > 0 ? shown : judged;
  const graded = gradeOfClaims(resting.map((unit) => ({ campaignKey: unit.campaignKey, doubts: doubtsOf(unit) })));
  return graded === null ? null : { ...graded, results: resting.length };
}
