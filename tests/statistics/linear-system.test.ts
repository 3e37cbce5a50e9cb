import { expect, test } from 'vitest';
import { solveSymmetric } from '../../src/statistics/linear-system.js';

test('solves a system whose solution is known', () => {
  // Golub & Van Loan’s kind of example: L = [[5,0,0],[3,3,0],[-1,1,3]].
  const matrix = [
    [25, 15, -5],
    [15, 18, 0],
    [-5, 0, 11],
  ];
  const solution = solveSymmetric(matrix, [25 + 30 - 15, 15 + 36, -5 + 33]);
  expect(solution?.map((value) => Number(value.toFixed(10)))).toEqual([1, 2, 3]);
});

test('refuses a matrix that is singular or not positive', () => {
  expect(
    solveSymmetric(
      [
        [1, 1],
        [1, 1],
      ],
      [1, 2],
    ),
  ).toBeNull();
  expect(solveSymmetric([[-1]], [1])).toBeNull();
});
