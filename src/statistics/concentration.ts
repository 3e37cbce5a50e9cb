/** How unevenly a non-negative quantity is spread over members, from a histogram: one cell a distinct value. */

/** `weight` members who have `value` each. */
export interface Cell {
  readonly value: number;
  readonly weight: number;
}

/** Cells of equal value merged, in ascending order of value; cells without weight left out. */
export function sortedCells(cells: Iterable<Cell>): Cell[] {
  const weights = new Map<number, number>();
  for (const { value, weight } of cells) if (weight > 0) weights.set(value, (weights.get(value) ?? 0) + weight);
  return [...weights].map(([value, weight]) => ({ value, weight })).sort((a, b) => a.value - b.value);
}

interface Totals {
  readonly members: number;
  readonly sum: number;
}

/** @throws RangeError when nobody has anything: a share of nothing is not a number. */
function totalsOf(cells: readonly Cell[]): Totals {
  let members = 0;
  let sum = 0;
  for (const { value, weight } of cells) {
    members += weight;
    sum += weight * value;
  }
  if (!(sum > 0)) throw new RangeError('Concentration needs a positive total.');
  return { members, sum };
}

/**
 * Gini coefficient: 0 when all members have the same, near 1 when one has everything. Members with 0 belong in the cells.
 * Equals Σ(2i − n − 1)·c₍ᵢ₎ / (n·Σc) over the n members in ascending order (Gini 1914; Cowell 2011, “Measuring Inequality”, ch. 2).
 * @param cells ascending (see `sortedCells`), weights need not be whole. @throws RangeError when the total is 0.
 */
export function gini(cells: readonly Cell[]): number {
  const { members, sum } = totalsOf(cells);
  let below = 0;
  let ranked = 0;
  for (const { value, weight } of cells) {
    ranked += weight * value * (2 * below + weight - members);
    below += weight;
  }
  return ranked / (members * sum);
}

/**
 * Share of the total held by the members with most; a member cut by the boundary counts in part.
 * @param cells ascending. @param share of members, 0..1. @throws RangeError when the total is 0.
 */
export function topShare(cells: readonly Cell[], share: number): number {
  return 1 - (lorenz(cells, [1 - share])[0] ?? 0);
}

/** The share of members that `share` of `members` comes to in whole people, rounded up: 20 % of 2,469 are 494 of 2,469. */
export function wholeShare(members: number, share: number): number {
  // A tolerance, because 0.1 · 30 is 3.0000000000000004.
  return Math.ceil(members * share - 1e-9) / members;
}

/** Share of members whose value is 0. @param cells ascending. */
export function zeroShare(cells: readonly Cell[]): number {
  const { members } = totalsOf(cells);
  return cells[0]?.value === 0 ? cells[0].weight / members : 0;
}

/** The Lorenz curve: the share of the total held by the members with least, at several shares of members. @param cells ascending. @param shares ascending, 0..1. */
export function lorenz(cells: readonly Cell[], shares: readonly number[]): number[] {
  const { members, sum } = totalsOf(cells);
  let at = 0;
  let before = 0;
  let held = 0;
  return shares.map((share) => {
    const wanted = share * members;
    let cell = cells[at];
    while (cell !== undefined && before + cell.weight < wanted) {
      before += cell.weight;
      held += cell.weight * cell.value;
      at += 1;
      cell = cells[at];
    }
    return Math.min(1, (held + Math.max(0, wanted - before) * (cell?.value ?? 0)) / sum);
  });
}

/** The smallest value that at least half of the members do not exceed; between two values their mean. @param cells ascending. */
export function median(cells: readonly Cell[]): number {
  const members = cells.reduce((sum, cell) => sum + cell.weight, 0);
  let before = 0;
  for (const [index, { value, weight }] of cells.entries()) {
    before += weight;
    if (before * 2 === members) return (value + (cells[index + 1]?.value ?? value)) / 2;
    if (before * 2 > members) return value;
  }
  throw new RangeError('The median needs at least one member.');
}
