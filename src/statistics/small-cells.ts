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
