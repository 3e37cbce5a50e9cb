/** Data dictionaries among the exports: no data, but they say what a header means where its spelling does not. */
import type { Source } from '../source.js';
import { normalise } from './header.js';

const fieldNames = new Set(['field', 'fieldname', 'column', 'columnname', 'variable', 'attribute']);
const descriptionNames = new Set(['description', 'definition', 'meaning', 'explanation']);

function placesOf({ header }: Source): { field: number; description: number } | null {
  const names = header.map(normalise);
  const field = names.findIndex((name) => fieldNames.has(name));
  const description = names.findIndex((name) => descriptionNames.has(name));
  return field >= 0 && description >= 0 && header.length <= 6 ? { field, description } : null;
}

export function isDictionary(source: Source): boolean {
  return placesOf(source) !== null;
}

/** @returns description by header (normalised), from all dictionaries among the sources. */
export function readDictionaries(sources: readonly Source[]): ReadonlyMap<string, string> {
  const descriptions = new Map<string, string>();
  for (const source of sources) {
    const places = placesOf(source);
    if (places === null) continue;
    for (const row of source.sample) {
      const name = normalise(row[places.field] ?? '');
      if (name !== '') descriptions.set(name, row[places.description] ?? '');
    }
  }
  return descriptions;
}

/** Whether a description speaks of money that was paid, and not of a forecast. */
export function describesPastSpend(description: string | undefined): boolean {
  if (description === undefined) return false;
  return /\b(?:invoice|invoiced|spent|spend|paid|purchase[ds]?)\b/i.test(description) && !/predict|expect|estimat|forecast|model/i.test(description);
}
