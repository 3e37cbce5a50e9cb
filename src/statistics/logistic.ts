/** Logistic regression by Newton's method, from sums that an engine adds up for each guess of the coefficients. */
import { solveSymmetric } from './linear-system.js';

/** What one group of members says about a guess. Variable 0 is the constant. */
export interface LogisticSums {
  /** Σ(y − p)x. */
  readonly gradient: readonly number[];
  /** Σp(1 − p)xxᵀ. */
  readonly information: readonly (readonly number[])[];
}

export interface LogisticModel {
  readonly coefficients: readonly number[];
  /** How many observations’ worth the data say of each coefficient when all others are fitted, the ridge included: 1 over its variance. */
  readonly precision: readonly number[];
  /** The same without one group at a time, in the order of the groups. */
  readonly without: readonly (readonly number[])[];
}

const mostSteps = 15;
/** In units of the coefficients, which should be those of standardised variables. */
const settled = 1e-5;
/** A coefficient beyond this is on its way to infinity: one side of the variable has only one outcome. */
const largestCoefficient = 30;

const added = (a: readonly number[], b: readonly number[], sign: 1 | -1): number[] => a.map((value, i) => value + sign * (b[i] ?? 0));

/** One Newton step from a guess, with the sums given. @param ridge a weak pull of every coefficient but the constant to 0, in observations. */
function step({ gradient, information }: LogisticSums, guess: readonly number[], ridge: number): number[] | null {
  const pull = (i: number): number => (i === 0 ? 0 : ridge);
  const right = gradient.map((value, i) => value - pull(i) * (guess[i] ?? 0));
  const matrix = information.map((row, i) => row.map((value, j) => (i === j ? value + pull(i) : value)));
  return solveSymmetric(matrix, right);
}

function precisionOf(information: LogisticSums['information'], ridge: number): number[] | null {
  const matrix = information.map((row, i) => row.map((value, j) => (i === j && i > 0 ? value + ridge : value)));
  const variances = matrix.flatMap((row, at) => {
    const unit = row.map((_, i) => (i === at ? 1 : 0));
    return solveSymmetric(matrix, unit)?.[at] ?? [];
  });
  return variances.length === matrix.length ? variances.map((variance) => 1 / variance) : null;
}

const combined = (whole: LogisticSums, part: LogisticSums, sign: 1 | -1): LogisticSums => ({
  gradient: added(whole.gradient, part.gradient, sign),
  information: whole.information.map((row, i) => added(row, part.information[i] ?? [], sign)),
});

/**
 * Maximum likelihood by Newton's method (iteratively reweighted least squares: McCullagh & Nelder 1989, Generalized Linear Models, ch. 2),
 * with the coefficients that leaving out each group would give from one further step (Pregibon 1981, doi 10.1214/aos/1176345513).
 * @param sumsAt the sums of each group at a guess. @param start first guess. @param ridge 0 for plain maximum likelihood.
 * @returns null when the coefficients do not settle, or some cannot be told from the others.
 */
export async function fitLogistic(
  sumsAt: (guess: readonly number[]) => Promise<readonly LogisticSums[]>,
  start: readonly number[],
  ridge: number,
): Promise<LogisticModel | null> {
  let guess = start;
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const groups = await sumsAt(guess);
    const [first, ...rest] = groups;
    if (first === undefined) return null;
    const whole = rest.reduce((sum, group) => combined(sum, group, 1), first);
    const move = step(whole, guess, ridge);
    if (move === null) return null;
    if (Math.max(...move.map(Math.abs)) < settled) {
      const at = guess;
      const without = groups.map((group) => step(combined(whole, group, -1), at, ridge));
      const found = without.flatMap((each) => (each === null ? [] : [added(at, each, 1)]));
      const precision = precisionOf(whole.information, ridge);
      return found.length === groups.length && precision !== null ? { coefficients: added(at, move, 1), precision, without: found } : null;
    }
    guess = added(guess, move, 1);
    if (guess.some((value) => !(Math.abs(value) < largestCoefficient))) return null;
  }
  return null;
}
