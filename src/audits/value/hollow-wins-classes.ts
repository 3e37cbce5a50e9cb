/** From success and value to a class: what the bounds prove, for as many campaigns at once as there are. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { wordsOf } from '../../derived/evidence-grade.js';
import { fewestEvents } from '../../derived/experiment-checks.js';
import { proofAgainst } from '../../statistics/equivalence.js';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';
import { comparableValue, holdsWithoutLargest, isFollowedLongEnough, type SuccessUnit, type ValueChange } from './success-units.js';

/** Methodology §5.3, and two classes for what cannot be judged; worst first, as they are told. */
export const valueClasses = ['Hollow win', 'Costly', 'Miss', 'True win', 'Quiet winner', 'Unproven', 'No counterfactual', 'Broken test'] as const;
export type ValueClass = (typeof valueClasses)[number];

export interface ClassifiedUnit extends SuccessUnit {
  readonly isCelebrated: boolean;
  readonly class: ValueClass;
  /** A loss, or a value that cannot pay back, that also holds where only one such claim in twenty may be wrong. */
  readonly isFirm: boolean;
  /** Why the unit is unproven or unjudged; null for every other class. */
  readonly reason: string | null;
}

/** Share of the classes given that may be wrong, over all campaigns of a claim (house rule). */
export const falseDiscoveryRate = 0.1;
/** The same for what may be called a problem: with nothing but campaigns that break even, no more than one report in twenty names one. */
const firmDiscoveryRate = 0.05;

interface Proof {
  readonly loses: boolean;
  readonly cannotPayBack: boolean;
  readonly paysBack: boolean;
  readonly isFirm: boolean;
}

/** @param median success from which a campaign counts as celebrated, if it has any; null when no success is known. */
export function classify(units: readonly SuccessUnit[], median: number | null): ClassifiedUnit[] {
  const proofs = proofsOf(units);
  return units.map((unit) => {
    const isCelebrated = unit.success !== null && unit.success > 0 && median !== null && unit.success >= median;
    const proof = proofs.get(unit);
    return { ...unit, isCelebrated, isFirm: proof?.isFirm === true, ...classOf(unit, isCelebrated, proof) };
  });
}

/**
 * What each comparison proves: its bound at the headline level, and among all comparisons of which the same could have been
 * claimed (Benjamini & Hochberg 1995, doi 10.1111/j.2517-6161.1995.tb02031.x), each claim a family of its own.
 */
function proofsOf(units: readonly SuccessUnit[]): ReadonlyMap<SuccessUnit, Proof> {
  const testable = units.flatMap((unit) => {
    const value = comparableValue(unit);
    return value === null ? [] : [{ unit, value }];
  });
  const followed = testable.filter(({ value }) => isFollowedLongEnough(value));
  type Claim = (value: ValueChange, breakEven: number) => number;
  const survivors = (family: typeof testable, claim: Claim, rate = falseDiscoveryRate): ReadonlySet<SuccessUnit> => {
    const adjusted = adjustForFalseDiscovery(family.map(({ unit, value }) => normalCdf(claim(value, unit.breakEven) / value.change.standardError, 0, 1)));
    return new Set(family.filter((_, index) => (adjusted[index] ?? 1) <= rate).map(({ unit }) => unit));
  };
  const losing = survivors(followed, ({ change }) => change.estimate);
  const isUnpaid: Claim = ({ change }, breakEven) => change.estimate - breakEven;
  const unpaid = survivors(followed, isUnpaid);
  const firm = survivors(followed, isUnpaid, firmDiscoveryRate);
  const paying = survivors(testable, ({ change }, breakEven) => breakEven - change.estimate);
  return new Map(
    testable.map(({ unit, value }) => {
      const proof = proofAgainst(value.change, unit.breakEven);
      const isBelow = proof === 'loses' || proof === 'cannotPayBack';
      return [
        unit,
        {
          loses: proof === 'loses' && losing.has(unit),
          cannotPayBack: isBelow && unpaid.has(unit),
          paysBack: proof === 'paysBack' && paying.has(unit) && holdsWithoutLargest(value, unit.breakEven),
          isFirm: isBelow && firm.has(unit),
        },
      ];
    }),
  );
}

type Classed = Pick<ClassifiedUnit, 'class' | 'reason'>;

function classOf({ value, isBroken, overlap, breakEven, success }: SuccessUnit, isCelebrated: boolean, proof: Proof | undefined): Classed {
  if (value === null) return { class: 'No counterfactual', reason: 'no holdout whose value in money can be compared' };
  if (isBroken) return { class: 'Broken test', reason: wordsOf(value.outcome.doubts) };
  if (overlap?.isUneven === true)
    return { class: 'Unproven', reason: 'one arm got other tested campaigns more often than the other, which cannot be told apart' };
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
  if (proof === 'paysBack' && !holdsWithoutLargest(value, breakEven)) return 'the gain rests on a few very large amounts';
  if (proof === 'paysBack' || isFollowedLongEnough(value)) return 'one of so many comparisons crosses by chance';
  const { days } = value.outcome;
  return days === null ? 'for how many days it was followed is not known' : `followed only ${days} days`;
}
