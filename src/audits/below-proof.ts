/** How far a finding on tests stands below a proof, and the words that follow from it (methodology §11.2). */
import { type Graded, wordsOf } from '../derived/evidence-grade.js';
import type { Measure } from '../result/schema.js';
import type { Measures } from './audit.js';

const id = 'belowProof';

/** The grades that are missing, and why; nothing where none is. @param results that the finding rests on. */
export function belowProof({ steps, doubts }: Graded, results: number): Measure[] {
  const label = `${steps === 1 ? 'One grade' : 'Two grades'} below a proof, because ${wordsOf(doubts, ', and ')}`;
  return steps === 0 ? [] : [{ id, label, value: steps, unit: 'count', n: results }];
}

/** 0 for a proof, 1 for evidence that indicates, 2 for figures that agree. */
export const gradesBelowProof = (measures: Measures): number => measures.get(id)?.value ?? 0;

/** The first word of a sentence, behind how sure it may be: alone for a proof, “Evidence indicates this, …” below it. @param word in small letters. */
export function hedgeOf(measures: Measures, word: string): string {
  const steps = gradesBelowProof(measures);
  if (steps === 0) return word.charAt(0).toUpperCase() + word.slice(1);
  return `${steps === 1 ? 'Evidence indicates this, short of proof' : 'The figures agree with this, and are far from proof of it'}: ${word}`;
}

/** Why it is no proof, as a sentence to put behind the others; empty for a proof. */
export const whyNoProof = (measures: Measures): string => (measures.get(id) === undefined ? '' : ` {${id}.label}.`);
