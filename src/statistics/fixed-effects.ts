/** Linear effects within strata (fixed effects), from cells: what differs between strata takes no part in the comparison. */

/** `n` observations of one stratum and one group of members, all with the same `x`, whose outcomes add up to `sum`. */
export interface EffectCell {
  readonly stratum: number;
  /** Group of members, for the jackknife. */
  readonly group: number;
  readonly x: readonly number[];
  readonly n: number;
  readonly sum: number;
}

export interface StratifiedEffects {
  readonly effects: readonly number[];
  /** The same without one group at a time, in the order of the groups. */
  readonly without: readonly (readonly number[])[];
}

/** Sums of one stratum, or changes of them. */
interface Sums {
  n: number;
  sum: number;
  readonly x: Float64Array;
  readonly xy: Float64Array;
  readonly xx: Float64Array;
}

const emptySums = (size: number): Sums => ({ n: 0, sum: 0, x: new Float64Array(size), xy: new Float64Array(size), xx: new Float64Array(size * size) });

function addCell(sums: Sums, { x, n, sum }: Pick<EffectCell, 'x' | 'n' | 'sum'>, sign: 1 | -1): void {
  sums.n += sign * n;
  sums.sum += sign * sum;
  x.forEach((left, i) => {
    if (left === 0) return;
    sums.x[i] = (sums.x[i] ?? 0) + sign * left * n;
    sums.xy[i] = (sums.xy[i] ?? 0) + sign * left * sum;
    x.forEach((right, j) => {
      const at = i * x.length + j;
      sums.xx[at] = (sums.xx[at] ?? 0) + sign * left * right * n;
    });
  });
}

/** Adds a stratum's deviations from its own mean to the normal equations. */
function addStratum(matrix: Float64Array, vector: Float64Array, sums: Sums, sign: 1 | -1): void {
  if (sums.n <= 0) return;
  const size = vector.length;
  for (let i = 0; i < size; i += 1) {
    vector[i] = (vector[i] ?? 0) + sign * ((sums.xy[i] ?? 0) - ((sums.x[i] ?? 0) * sums.sum) / sums.n);
    for (let j = 0; j < size; j += 1) {
      const at = i * size + j;
      matrix[at] = (matrix[at] ?? 0) + sign * ((sums.xx[at] ?? 0) - ((sums.x[i] ?? 0) * (sums.x[j] ?? 0)) / sums.n);
    }
  }
}

/** Solves normal equations, whose pivots stand on the diagonal; null when some effect cannot be told from the others. */
function solve(matrix: Float64Array, vector: Float64Array): number[] | null {
  const size = vector.length;
  let rows = Array.from({ length: size }, (_, i) => [...matrix.slice(i * size, (i + 1) * size), vector[i] ?? 0]);
  const scale = Math.max(...rows.map((row, i) => row[i] ?? 0));
  for (let column = 0; column < size; column += 1) {
    const pivot = rows[column] ?? [];
    const diagonal = pivot[column] ?? 0;
    if (!(diagonal > 1e-9 * scale)) return null;
    rows = rows.map((row, i) => (i === column ? row : row.map((value, at) => value - ((row[column] ?? 0) / diagonal) * (pivot[at] ?? 0))));
  }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
}

interface Totals {
  /** In ascending order, so that the order of the cells cannot change the last digit. */
  readonly strata: ReadonlyMap<number, Sums>;
  /** The cells of each group, by stratum. */
  readonly groups: readonly ReadonlyMap<number, readonly EffectCell[]>[];
}

function totalsOf(cells: readonly EffectCell[], size: number): Totals {
  const strata = new Map<number, Sums>();
  const groups = new Map<number, Map<number, EffectCell[]>>();
  for (const cell of cells.toSorted((a, b) => a.stratum - b.stratum || a.group - b.group)) {
    const sums = strata.get(cell.stratum) ?? emptySums(size);
    strata.set(cell.stratum, sums);
    addCell(sums, cell, 1);
    const ofGroup = groups.get(cell.group) ?? new Map<number, EffectCell[]>();
    groups.set(cell.group, ofGroup);
    ofGroup.set(cell.stratum, [...(ofGroup.get(cell.stratum) ?? []), cell]);
  }
  return { strata, groups: [...groups].sort(([a], [b]) => a - b).map(([, ofGroup]) => ofGroup) };
}

/**
 * Least squares of the outcome on x within strata: y = α(stratum) + x·β, with β once for all observations and once without each
 * group. With x an indicator this is the regression with a dummy for every stratum; with differences of two observations of one
 * person it takes the person out too.
 * Source: Frisch & Waugh 1933, doi 10.2307/1907330; Wooldridge, Econometric Analysis of Cross Section and Panel Data, chapter 10.
 * @param cells in any order, with whole sums. @param size length of every x.
 * @returns null when an effect cannot be told, with all groups or without one of them: then no stratum holds both sides.
 */
export function effectsWithinStrata(cells: readonly EffectCell[], size: number): StratifiedEffects | null {
  const { strata, groups } = totalsOf(cells, size);
  const matrix = new Float64Array(size * size);
  const vector = new Float64Array(size);
  for (const sums of strata.values()) addStratum(matrix, vector, sums, 1);
  const effects = solve(matrix, vector);
  if (effects === null) return null;
  const without: number[][] = [];
  for (const group of groups) {
    const [reduced, right] = [matrix.slice(), vector.slice()];
    for (const [stratum, own] of group) {
      const sums = strata.get(stratum);
      if (sums === undefined) continue;
      // Sums are whole numbers, so what is taken off and put back leaves no trace.
      addStratum(reduced, right, sums, -1);
      for (const cell of own) addCell(sums, cell, -1);
      addStratum(reduced, right, sums, 1);
      for (const cell of own) addCell(sums, cell, 1);
    }
    const found = solve(reduced, right);
    if (found === null) return null;
    without.push(found);
  }
  return { effects, without };
}
