/** BFGS: the minimum of a smooth function of a few unbounded parameters, with gradients given or by central differences. */
import type { Minimum } from './nelder-mead.js';

/** Central differences lose half as many digits as one-sided ones; this step is near the best for values known to 14 digits. */
const differenceStep = 1e-5;
const mostSteps = 200;
/** Armijo's constant and the shortest step that is tried. */
const sufficient = 1e-4;
const shortest = 1e-10;

type Objective = (at: readonly number[]) => number;

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
const moved = (at: readonly number[], by: readonly number[], length: number): number[] => at.map((value, index) => value + length * (by[index] ?? 0));

/** The gradient by central differences. @param f must be defined a hundred-thousandth to either side of `at`. */
export function gradientOf(f: Objective, at: readonly number[]): number[] {
  return at.map((_, moving) => {
    const shifted = (by: number): number => f(at.map((value, index) => (index === moving ? value + by : value)));
    return (shifted(differenceStep) - shifted(-differenceStep)) / (2 * differenceStep);
  });
}

/** The longest step of the line search that lowers `f` enough; 0 when none does. */
function stepAlong(f: Objective, at: readonly number[], value: number, direction: readonly number[], slope: number): number {
  for (let length = 1; length > shortest; length /= 2) {
    const next = f(moved(at, direction, length));
    if (Number.isFinite(next) && next <= value + sufficient * length * slope) return length;
  }
  return 0;
}

/** The inverse Hessian after a step, eq. (6.17) of Nocedal & Wright. */
function updated(inverse: readonly (readonly number[])[], step: readonly number[], change: readonly number[]): number[][] {
  const curvature = dot(step, change);
  // A step along which the slope does not rise would make the approximation lose its sign.
  if (!(curvature > 1e-12)) return inverse.map((row) => [...row]);
  const turned = inverse.map((row) => dot(row, change));
  const scale = (1 + dot(change, turned) / curvature) / curvature;
  return inverse.map((row, i) =>
    row.map(
      (value, j) => value + scale * (step[i] ?? 0) * (step[j] ?? 0) - ((turned[i] ?? 0) * (step[j] ?? 0) + (step[i] ?? 0) * (turned[j] ?? 0)) / curvature,
    ),
  );
}

/**
 * Source: Nocedal & Wright 2006, “Numerical Optimization”, algorithm 6.1, with a backtracking line search.
 * @param f may return Infinity outside its domain. @param start inside the domain, one number a parameter. @param slopesOf the gradient,
 * by central differences unless given.
 * @returns `hasConverged` when the slope is nought to within a ten-millionth of the value.
 */
export function minimiseSmooth(
  f: Objective,
  start: readonly number[],
  slopesOf: (at: readonly number[]) => readonly number[] = (at) => gradientOf(f, at),
): Minimum {
  let at = [...start];
  let value = f(at);
  let gradient = slopesOf(at);
  let inverse = at.map((_, i) => at.map((_other, j) => (i === j ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 0)));
  for (let done = 0; done < mostSteps; done += 1) {
    const isFlat = Math.max(...gradient.map(Math.abs)) <= 1e-7 * (1 + Math.abs(value));
    if (isFlat) return { at, value, hasConverged: true };
    const steep = inverse.map((row) => -dot(row, gradient));
    const downhill = dot(steep, gradient) < 0 ? steep : gradient.map((slope) => -slope);
    const length = stepAlong(f, at, value, downhill, dot(downhill, gradient));
    if (length === 0) break;
    const next = moved(at, downhill, length);
    const slope = slopesOf(next);
    if (slope.some((each) => !Number.isFinite(each))) break;
    inverse = updated(
      inverse,
      next.map((each, index) => each - (at[index] ?? 0)),
      slope.map((each, index) => each - (gradient[index] ?? 0)),
    );
    [at, gradient, value] = [next, slope, f(next)];
  }
  return { at, value, hasConverged: Math.max(...gradient.map(Math.abs)) <= 1e-5 * (1 + Math.abs(value)) };
}
