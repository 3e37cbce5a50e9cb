/** A sample spread evenly over a file whose length is not known beforehand. */

export interface SpreadSample<T> {
  /** Whether the next item, the `position`-th from 0, should be added. */
  wants(position: number): boolean;
  add(position: number, item: T): void;
  /** At most `size` items, in order. */
  items(): T[];
}

/** Keeps every k-th item, k doubling whenever twice the size is held: the same file gives the same sample. */
export function createSpreadSample<T>(size: number): SpreadSample<T> {
  let kept: { position: number; item: T }[] = [];
  let stride = 1;
  return {
    wants: (position) => position % stride === 0,
    add: (position, item) => {
      kept.push({ position, item });
      if (kept.length < 2 * size) return;
      stride *= 2;
      kept = kept.filter((entry) => entry.position % stride === 0);
    },
    items: () => {
      const candidates = kept.map((entry) => entry.item);
      if (candidates.length <= size) return candidates;
      return candidates.filter((_, index) => Math.floor((index * size) / candidates.length) !== Math.floor(((index - 1) * size) / candidates.length));
    },
  };
}
