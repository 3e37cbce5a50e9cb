/** A comparison as a few lines for a terminal. */
import { inertLine } from '../inert.js';
import type { Comparison } from './compare.js';
import { cautionView, directionWords, figuresText } from './words.js';

/** Cautions, how many findings went which way, and how many figures moved. */
export function summariseComparison({ cautions, changes }: Comparison): string[] {
  const counts = directionWords.flatMap(({ direction, label }) => {
    const own = changes.filter((change) => change.direction === direction);
    return own.length === 0 ? [] : [`${label}: ${own.length}${direction === 'same' ? '' : ` (${own.map(({ id }) => id).join(', ')})`}`];
  });
  const movements = changes.flatMap((change) => change.movements);
  const figures = figuresText(movements.length, movements.filter(({ isBeyondChance }) => isBeyondChance).length);
  return [...cautions.map((caution) => cautionView(caution).text), ...counts, figures].map(inertLine);
}
