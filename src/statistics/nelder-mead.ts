/** Nelder–Mead: the minimum of a smooth function of a few unbounded parameters, without derivatives. */

export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  readonly hasConverged: boolean;
}

export interface NelderMeadOptions {
  /** Edge of the first simplex. */
  readonly step?: number;
  /** Stop when the values and the corners of the simplex differ by less. */
  readonly tolerance?: number;
  readonly maxSteps?: number;
}

interface Corner {
  readonly at: readonly number[];
  readonly value: number;
}

/**
 * Source: Nelder & Mead 1965, doi 10.1093/comjnl/7.4.308, with the usual coefficients 1, 2, ½, ½; restarted once from the
 * minimum found, because a collapsed simplex can stop short of it.
 * @param f may return Infinity outside its domain, never NaN. @param start one number a parameter.
 */
export function minimise(f: (at: readonly number[]) => number, start: readonly number[], options: NelderMeadOptions = {}): Minimum {
  const first = descend(f, start, options);
  return descend(f, first.at, options);
}

function descend(f: (at: readonly number[]) => number, start: readonly number[], options: NelderMeadOptions): Minimum {
  const { step = 0.5, tolerance = 1e-10, maxSteps = 2000 } = options;
  const corner = (at: readonly number[]): Corner => ({ at, value: f(at) });
  let simplex = [corner(start), ...start.map((_, moved) => corner(start.map((x, index) => (index === moved ? x + step : x))))];
  for (let done = 0; done < maxSteps; done += 1) {
    simplex = simplex.toSorted((a, b) => a.value - b.value);
    const best = simplex[0] ?? corner(start);
    if (sizeOf(simplex, best) < tolerance) return { ...best, hasConverged: true };
    simplex = nextSimplex(simplex, best, corner);
  }
  const [best = corner(start)] = simplex.toSorted((a, b) => a.value - b.value);
  return { ...best, hasConverged: false };
}

/** One step: reflect the worst corner, then expand, contract or shrink. `simplex` is sorted, best first. */
function nextSimplex(simplex: readonly Corner[], best: Corner, corner: (at: readonly number[]) => Corner): Corner[] {
  const kept = simplex.slice(0, -1);
  const worst = simplex.at(-1) ?? best;
  const secondWorst = kept.at(-1) ?? best;
  const centre = best.at.map((_, index) => kept.reduce((sum, { at }) => sum + (at[index] ?? 0), 0) / kept.length);
  const along = (factor: number): Corner => corner(centre.map((c, index) => c + factor * (c - (worst.at[index] ?? 0))));
  const reflected = along(1);
  if (reflected.value < best.value) {
    const expanded = along(2);
    return [...kept, expanded.value < reflected.value ? expanded : reflected];
  }
  if (reflected.value < secondWorst.value) return [...kept, reflected];
  const contracted = reflected.value < worst.value ? along(0.5) : along(-0.5);
  if (contracted.value < Math.min(reflected.value, worst.value)) return [...kept, contracted];
  return simplex.map((old) => (old === best ? old : corner(best.at.map((b, index) => (b + (old.at[index] ?? 0)) / 2))));
}

/** Largest spread of the simplex, in values (relative) and in any parameter. */
function sizeOf(simplex: readonly Corner[], best: Corner): number {
  const inValue = Math.max(...simplex.map(({ value }) => Math.abs(value - best.value))) / (1 + Math.abs(best.value));
  const inPlace = Math.max(...simplex.flatMap(({ at }) => at.map((x, index) => Math.abs(x - (best.at[index] ?? 0)))));
  return Math.max(inValue, inPlace * 1e-3);
}
