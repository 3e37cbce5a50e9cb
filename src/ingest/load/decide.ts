/** Date order and decimal sign of whole columns: decided once, from every cell, or the run stops and asks. */
import type { QueryEngine } from '../../engine/engine.js';
import { NamedError } from '../../model/named-error.js';
import type { DateFormat } from '../mapping/schema.js';
import type { Answers, FilePlan, NumberStyle } from '../plan/plan.js';
import type { Source } from '../source.js';
import { safeHeader } from '../structure/safe-header.js';
import type { DecidedFormats } from '../typing/cells.sql.js';
import { type Doubt, evidenceSql } from './evidence.sql.js';

/** Of the cells that speak, so many must say the same; the others are faults and go to quarantine. */
const agreement = 0.99;

/** @throws NamedError of kind `input` when the cells of a column can be read two ways, naming the flag that settles it. */
export async function decideFormats(engine: QueryEngine, source: Source, plan: FilePlan, answers: Answers): Promise<DecidedFormats> {
  const dateDoubts: Doubt<DateFormat>[] = [];
  const numberDoubts: Doubt<NumberStyle>[] = [];
  const dates = new Map<number, DateFormat>();
  const numbers = new Map<number, NumberStyle>();
  for (const [at, [first = 'iso', second]] of plan.dateFormats) {
    if (second === undefined) dates.set(at, first);
    else dateDoubts.push({ at, first, second });
  }
  for (const [at, [first = 'point', second]] of plan.numberStyles) {
    // A sample of whole numbers says nothing about the separators of the other rows.
    if (second !== undefined || first === 'plain') numberDoubts.push({ at, first: 'point', second: 'comma' });
    else numbers.set(at, first);
  }
  if (dateDoubts.length + numberDoubts.length === 0) return { dates, numbers };
  const [evidence = {}] = await engine.rows(evidenceSql(engine.dialect, plan, dateDoubts, numberDoubts));
  const weigh = <Format>({ first, second }: Doubt<Format>, index: number): Format | 'same' | null => {
    const [one, two] = [evidence[`d${index}_first`] ?? 0, evidence[`d${index}_second`] ?? 0];
    if (one + two === 0) return (evidence[`d${index}_open`] ?? 0) === 0 ? 'same' : null;
    if (one >= agreement * (one + two)) return first;
    return two >= agreement * (one + two) ? second : null;
  };
  dateDoubts.forEach((doubt, index) => {
    const found = weigh(doubt, index) ?? orderAnswer(doubt, answers);
    if (found === null) throw undecided(source, doubt.at, 'date');
    dates.set(doubt.at, found === 'same' ? doubt.first : found);
  });
  numberDoubts.forEach((doubt, index) => {
    const found = weigh(doubt, dateDoubts.length + index) ?? answers.decimal ?? null;
    if (found === null) throw undecided(source, doubt.at, 'number');
    numbers.set(doubt.at, found === 'same' ? 'plain' : found);
  });
  return { dates, numbers };
}

function orderAnswer({ first, second }: Doubt<DateFormat>, { dateOrder }: Answers): DateFormat | null {
  return dateOrder === first || dateOrder === second ? dateOrder : null;
}

function undecided(source: Source, at: number, kind: 'date' | 'number'): NamedError {
  const header = safeHeader(source, at);
  const isDate = kind === 'date';
  return new NamedError({
    name: isDate ? 'ambiguous-date-order' : 'ambiguous-decimal-sign',
    kind: 'input',
    message: isDate
      ? `The dates in “${header}” can be read with the day first or with the month first, and no cell settles it.`
      : `The numbers in “${header}” can be read with a decimal point or with a decimal comma, and no cell settles it.`,
    whatToDo: isDate
      ? 'Say --date-order day-first or --date-order month-first, or set “format” for the column in the mapping.'
      : 'Say --decimal point or --decimal comma, or set “decimal” for the column in the mapping.',
    file: source.file,
    line: source.headerLine,
    column: at + 1,
  });
}
