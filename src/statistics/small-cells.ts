/** Published counts of people: a cell that is too small to publish is joined to its neighbour. */

/**
 * Joins neighbours, in the order given, until every cell may be published; what is left over at the end joins the last cell.
 * A single cell that may not be published is dropped, because it has no neighbour to hide in.
 * @param join must be associative.
 */
export function joinSmallCells<T>(cells: readonly T[], mayPublish: (cell: T) => boolean, join: (left: T, right: T) => T): T[] {
  const published: T[] = [];
  let pending: T | undefined;
  for (const cell of cells) {
    pending = pending === undefined ? cell : join(pending, cell);
    if (mayPublish(pending)) {
      published.push(pending);
      pending = undefined;
    }
  }
  if (pending === undefined) return published;
  const last = published.pop();
  if (last !== undefined) return [...published, join(last, pending)];
  return [];
}

/**
 * Groups whose names come from the data, such as tiers or segments: a name that only a few people share could be that of one of
 * them, so those groups stand together at the end. `joinSmallCells` then sees to what is still too small.
 * @param gather puts the groups that may not be named into one, under a name of its own.
 */
export function gatherSmallNames<T>(cells: readonly T[], mayName: (cell: T) => boolean, gather: (small: readonly T[]) => T): T[] {
  const small = cells.filter((cell) => !mayName(cell));
  return small.length === 0 ? [...cells] : [...cells.filter(mayName), gather(small)];
}
