/** From success and value to a class: what the bounds prove, for as many campaigns at once as there are. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { brokenDoubts, fewestEvents, weakeningDoubts } from '../../derived/experiment-checks.js';
import { proofAgainst } from '../../statistics/equivalence.js';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';
import type { SuccessUnit, ValueChange } from './hollow-wins-units.js';

/** Methodology §5.3, and two classes for what cannot be judged; worst first, as they are told. */
export const valueClasses = ['Hollow win', 'Costly', 'Miss', 'True win', 'Quiet winner', 'Unproven', 'No counterfactual', 'Broken test'] as const;
export type ValueClass = (typeof valueClasses)[number];

export interface ClassifiedUnit extends SuccessUnit {
  readonly isCelebrated: boolean;
  readonly class: ValueClass;
  /** Why the unit is unproven or unjudged; null for every other class. */
  readonly reason: string | null;
}

/** Share of the classes given that may be wrong, over all campaigns of a claim (house rule). */
export const falseDiscoveryRate = 0.1;

const doubtWords = { ...brokenDoubts, ...weakeningDoubts };

interface Proof {
  readonly loses: boolean;
  readonly cannotPayBack: boolean;
  readonly paysBack: boolean;
}

/** @param median success from which a campaign counts as celebrated, if it has any; null when no success is known. */
export function classify(units: readonly SuccessUnit[], median: number | null): ClassifiedUnit[] {
  const proofs = proofsOf(units);
  return units.map((unit) => {
    const isCelebrated = unit.success !== null && unit.success > 0 && median !== null && unit.success >= median;
    return { ...unit, isCelebrated, ...classOf(unit, isCelebrated, proofs.get(unit)) };
  });
}

/** The arm is too small to speak, or its interval is too good to be true: an arm in which hardly anybody bought has hardly a variance. */
function hasFewBuyers({ outcome, change }: ValueChange): boolean {
  const fewest = Math.min(outcome.treated.nonzero, outcome.holdout.nonzero);
  return outcome.hasFewEvents || fewest < fewestEvents || !(change.standardError > 0);
}

/** Too short, or for a time that nobody gives: a purchase that comes later is missing, so a loss cannot be told from a delay. */
function isFollowedLongEnough({ outcome, horizonDays }: ValueChange): boolean {
  return outcome.days !== null && outcome.days >= horizonDays;
}

/**
 * What each comparison proves: its bound at the headline level, and among all comparisons of which the same could have been
 * claimed (Benjamini & Hochberg 1995, doi 10.1111/j.2517-6161.1995.tb02031.x), each claim a family of its own.
 */
function proofsOf(units: readonly SuccessUnit[]): ReadonlyMap<SuccessUnit, Proof> {
  const testable = units.flatMap((unit) => (unit.value === null || unit.isBroken || hasFewBuyers(unit.value) ? [] : [{ unit, value: unit.value }]));
  const followed = testable.filter(({ value }) => isFollowedLongEnough(value));
  const survivors = (family: typeof testable, claim: (value: ValueChange, breakEven: number) => number): ReadonlySet<SuccessUnit> => {
    const adjusted = adjustForFalseDiscovery(family.map(({ unit, value }) => normalCdf(claim(value, unit.breakEven) / value.change.standardError, 0, 1)));
    return new Set(family.filter((_, index) => (adjusted[index] ?? 1) <= falseDiscoveryRate).map(({ unit }) => unit));
  };
  const losing = survivors(followed, ({ change }) => change.estimate);
  const unpaid = survivors(followed, ({ change }, breakEven) => change.estimate - breakEven);
  const paying = survivors(testable, ({ change }, breakEven) => breakEven - change.estimate);
  return new Map(
    testable.map(({ unit, value }) => {
      const proof = proofAgainst(value.change, unit.breakEven);
      const isBelow = proof === 'loses' || proof === 'cannotPayBack';
      return [
        unit,
        { loses: proof === 'loses' && losing.has(unit), cannotPayBack: isBelow && unpaid.has(unit), paysBack: proof === 'paysBack' && paying.has(unit) },
      ];
    }),
  );
}

type Classed = Pick<ClassifiedUnit, 'class' | 'reason'>;

function classOf({ value, isBroken, breakEven, success }: SuccessUnit, isCelebrated: boolean, proof: Proof | undefined): Classed {
  if (value === null) return { class: 'No counterfactual', reason: 'no holdout whose value in money can be compared' };
  if (isBroken) return { class: 'Broken test', reason: value.outcome.doubts.map((doubt) => doubtWords[doubt]).join('; ') };
  if (proof === undefined) return { class: 'Unproven', reason: `fewer than ${fewestEvents} members with any value in one of the arms` };
  if (proof.loses) return { class: 'Costly', reason: null };
  if (proof.cannotPayBack || proof.paysBack) {
    if (success === null) return { class: 'Unproven', reason: 'how many responded is not known' };
    if (proof.paysBack) return { class: isCelebrated ? 'True win' : 'Quiet winner', reason: null };
    return { class: isCelebrated ? 'Hollow win' : 'Miss', reason: null };
  }
  return { class: 'Unproven', reason: reasonOf(value, breakEven) };
}

function reasonOf(value: ValueChange, breakEven: number): string {
  const proof = proofAgainst(value.change, breakEven);
  if (proof === 'unproven') return 'the interval holds the break-even';
  if (proof === 'paysBack' || isFollowedLongEnough(value)) return 'one of so many comparisons crosses by chance';
  const { days } = value.outcome;
  return days === null ? 'for how many days it was followed is not known' : `followed only ${days} days`;
}
