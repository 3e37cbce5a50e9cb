/** What several questions of the wizard share: columns to choose from, with masked samples, and numbers that may be unknown. */

import { maskCell } from '../ingest/describe.js';
import type { ColumnProfile } from '../ingest/detect/profile.js';
import type { Asker, Choice } from './wizard-asker.js';

const sampleCount = 3;
const longestSample = 16;
/** A text that is repeated so often on average is a category; rarer ones could be anything, names included. */
const fewestRepeats = 5;
/** A whole number as long as this could be a telephone or a card. */
const longestOpenNumber = 6;

/** Columns by header, with up to three samples; texts that could be personal are masked. */
export function columnChoices(profiles: readonly ColumnProfile[]): Choice[] {
  return profiles.map(({ reference, header, cells, distinct, numbers, dates, isWhole }) => {
    const isShortNumber = numbers.length > 0 && (!isWhole || cells.every((cell) => cell.length <= longestOpenNumber));
    const isOpen = dates.length > 0 || isShortNumber || cells.length >= fewestRepeats * distinct.size;
    const samples = [...distinct].slice(0, sampleCount).map((cell) => cell.slice(0, longestSample));
    const hint = samples.map((cell) => (isOpen && !cell.includes('@') ? cell : maskCell(cell))).join(' · ');
    return { value: reference, label: header.trim() === '' ? `${reference} (no name)` : header, hint };
  });
}

/** Asks for a whole number above nought. @returns null where nobody knows. */
export async function optionalNumber(asker: Asker, message: string, hint: string): Promise<number | null> {
  const answer = await asker.text(message, hint, (text) => (/^(?:[1-9]\d{0,8})?$/.test(text) ? null : 'Write a whole number, or nothing.'));
  return answer === '' ? null : Number(answer);
}
