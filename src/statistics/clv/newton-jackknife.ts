/** The parameters without each group of members, by one Newton step from those with all instead of a new fit. */

type LogLikelihood = (logs: readonly number[]) => number;

/** Second differences lose two thirds of the digits; this step leaves the others. */
const step = 1e-3;
/** Where the likelihood hardly bends, e.g. because nobody is seen to go, the parameter stays where it is: added to the bends, relative to the largest. */
const ridge = 1e-4;
/** A logarithm that moves by more for a fiftieth of the members has no maximum near by. */
const longestMove = 3;

interface Curve {
  readonly score: readonly number[];
  readonly hessian: readonly (readonly number[])[];
}

/** Gradient and Hessian by central differences. */
function curveAt(f: LogLikelihood, at: readonly number[]): Curve {
  const middle = f(at);
  const shifted = (moves: readonly (readonly [index: number, by: number])[]): number =>
    f(at.map((value, index) => moves.reduce((sum, [moving, by]) => (moving === index ? sum + by : sum), value)));
  const ends = at.map((_, i) => ({ up: shifted([[i, step]]), down: shifted([[i, -step]]) }));
  const hessian = at.map((_, i) =>
    at.map((_other, j) => {
      if (i === j) return ((ends[i]?.up ?? 0) - 2 * middle + (ends[i]?.down ?? 0)) / step ** 2;
      const [low, high] = [Math.min(i, j), Math.max(i, j)];
      const corner = (a: number, b: number): number =>
        shifted([
          [low, a * step],
          [high, b * step],
        ]);
      return (corner(1, 1) - corner(1, -1) - corner(-1, 1) + corner(-1, -1)) / (4 * step ** 2);
    }),
  );
  return { score: ends.map(({ up, down }) => (up - down) / (2 * step)), hessian };
}

/** Solves A·x = b by elimination with pivots. @returns null for a matrix without an inverse. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const [pivot] = rows
      .map((row, index) => ({ index, size: Math.abs(row[column] ?? 0) }))
      .slice(column)
      .sort((a, b) => b.size - a.size || a.index - b.index);
    if (pivot === undefined || !(pivot.size > 1e-12)) return null;
    const [own = [], other = []] = [rows[pivot.index], rows[column]];
    rows[column] = own;
    rows[pivot.index] = other;
    for (const [index, row] of rows.entries()) {
      if (index === column) continue;
      const factor = (row[column] ?? 0) / (own[column] ?? 1);
      rows[index] = row.map((value, at) => value - factor * (own[at] ?? 0));
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}

/**
 * θ₍g₎ ≈ θ + (H − H_g)⁻¹·s_g, with the score s_g and the Hessian H_g of the group at the maximum θ of all.
 * Source: one-step jackknife, Fox, Hinkley & Larntz 1980, doi 10.1080/00401706.1980.10486087.
 * @param groups log-likelihood of each group's members. @param at the maximum of their sum.
 * @returns one list of parameters a group, in their order; null when the likelihood is flat throughout, or the maximum is not near by.
 */
export function newtonJackknife(groups: readonly LogLikelihood[], at: readonly number[]): number[][] | null {
  const curves = groups.map((group) => curveAt(group, at));
  const total = at.map((_, i) => at.map((_other, j) => curves.reduce((sum, { hessian }) => sum + (hessian[i]?.[j] ?? 0), 0)));
  const largest = Math.max(...total.map((row, i) => Math.abs(row[i] ?? 0)));
  const without: number[][] = [];
  for (const { score, hessian } of curves) {
    const move = solve(
      total.map((row, i) => row.map((value, j) => value - (hessian[i]?.[j] ?? 0) - (i === j ? ridge * largest : 0))),
      score,
    );
    if (move === null || move.some((value) => !(Math.abs(value) <= longestMove))) return null;
    without.push(at.map((value, index) => value + (move[index] ?? 0)));
  }
  return without;
}
