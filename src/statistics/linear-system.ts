/** Small systems of linear equations with a symmetric, positive definite matrix, such as normal equations. */

/** Pivots smaller than this part of the diagonal are rounding. */
const smallestPivot = 1e-12;

/** The lower triangle L with L·Lᵀ = matrix; null when a pivot is not positive. */
function lowerTriangle(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower: number[][] = [];
  for (const source of matrix) {
    const row: number[] = [];
    for (let column = 0; column <= lower.length; column += 1) {
      const above = lower[column] ?? row;
      const rest = row.reduce((left, value, k) => left - value * (above[k] ?? 0), source[column] ?? 0);
      if (column < lower.length) row.push(rest / (above[column] ?? 1));
      else if (rest > smallestPivot * Math.abs(source[column] ?? 0)) row.push(Math.sqrt(rest));
      else return null;
    }
    lower.push(row);
  }
  return lower;
}

/**
 * Cholesky’s decomposition, then two triangular systems. Source: Golub & Van Loan 1996, Matrix Computations, §4.2.
 * @param matrix symmetric, row by row; only the lower triangle is read. @param right one value a row.
 * @returns the solution, or null when the matrix is not positive definite to working precision.
 */
export function solveSymmetric(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const lower = lowerTriangle(matrix);
  if (lower === null) return null;
  const forward: number[] = [];
  lower.forEach((row, index) => {
    const known = forward.reduce((sum, value, k) => sum + (row[k] ?? 0) * value, 0);
    forward.push(((right[index] ?? 0) - known) / (row[index] ?? 1));
  });
  const solution = forward.map(() => 0);
  for (let row = forward.length - 1; row >= 0; row -= 1) {
    const known = solution.reduce((sum, value, k) => (k > row ? sum + (lower[k]?.[row] ?? 0) * value : sum), 0);
    solution[row] = ((forward[row] ?? 0) - known) / (lower[row]?.[row] ?? 1);
  }
  return solution;
}
