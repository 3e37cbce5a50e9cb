/** Where loaded rows stand in their file; asked for only when values are rejected. */
import type { Source } from '../source.js';
import { createClassifier } from './classify.js';
import { walkRecords } from './read.js';

/**
 * @param recordOrdinals positions in `raw_<index>` (its rowid), from 0.
 * @returns for each, the 1-based line on which the row begins and its number among the data records.
 */
export async function lineNumbers(source: Source, recordOrdinals: readonly number[]): Promise<Map<number, { line: number; record: number }>> {
  const places = new Map<number, { line: number; record: number }>();
  if (recordOrdinals.length === 0) return places;
  const wanted = new Set(recordOrdinals);
  const { plan } = source.structure;
  const classifier = createClassifier(plan);
  let records = 0;
  await walkRecords(source.path, plan, (record) => {
    const { kind } = classifier.classify(record);
    if (kind !== 'header') records += 1;
    if (kind !== 'sound') return;
    const ordinal = classifier.soundRows - 1;
    if (wanted.has(ordinal)) places.set(ordinal, { line: plan.recordsAreLines ? records : record.line, record: classifier.dataRecords });
  });
  return places;
}
