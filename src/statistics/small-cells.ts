/** Published counts of people: a cell that is too small to publish is joined to its neighbour. */

/** Whether so many people are too few to be told: nobody is not. */
export const isFew = (count: number, smallCell: number): boolean => count > 0 && count < smallCell;

/** Whether a part of a group may be told: the part and the rest are each nobody, or enough. */
export const mayTellPart = (part: number, whole: number, smallCell: number): boolean => !isFew(part, smallCell) && !isFew(whole - part, smallCell);

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
  while (pending !== undefined && !mayPublish(pending)) {
    const last = published.pop();
    if (last === undefined) return [];
    pending = join(last, pending);
  }
  return pending === undefined ? published : [...published, pending];
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

/**
 * Which cells of one sum may be told where their total is known: none of a few, and never so few others hidden that they could be
 * worked out. With the small ones goes the smallest of the rest until what is hidden holds enough people in two cells or more.
 * @param parts counts that add up to a total that is told somewhere.
 */
export function tellableParts(parts: readonly number[], smallCell: number): boolean[] {
  const told = parts.map((count) => !isFew(count, smallCell));
  for (;;) {
    const hidden = parts.filter((_count, index) => !told[index]);
    const isSafe = hidden.length === 0 || (hidden.length > 1 && hidden.reduce((sum, count) => sum + count, 0) >= smallCell);
    const rest = parts.flatMap((count, index) => (told[index] && count > 0 ? [{ count, index }] : [])).sort((a, b) => a.count - b.count || a.index - b.index);
    const [next] = rest;
    if (isSafe || next === undefined) return told;
    told[next.index] = false;
  }
}

/** Counts that add up to a total that is told somewhere; null stands for those that may not be told. */
export function toldParts(parts: readonly number[], smallCell: number): (number | null)[] {
  const told = tellableParts(parts, smallCell);
  return parts.map((count, index) => (told[index] ? count : null));
}

/** A rate beside the number of members that it is of; null where it would tell of a few. */
export const toldRate = (rate: number | null, members: number, smallCell: number): number | null =>
  rate === null || mayTellPart(Math.round(rate * members), members, smallCell) ? rate : null;

/**
 * Which of several nested groups may be told, such as all beyond each of some limits: of any two, one is part of the other, so their
 * difference is a group as well, and must be nobody or enough.
 * @param known sizes of groups of the same chain that are told elsewhere.
 */
export function tellableNested(counts: readonly number[], smallCell: number, known: readonly number[] = []): boolean[] {
  const told = counts.map(() => false);
  const sizes = [...known];
  for (const { count, index } of counts.map((count, index) => ({ count, index })).sort((a, b) => b.count - a.count || a.index - b.index)) {
    if (isFew(count, smallCell) || sizes.some((size) => isFew(Math.abs(size - count), smallCell))) continue;
    told[index] = true;
    sizes.push(count);
  }
  return told;
}
