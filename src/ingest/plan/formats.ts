/** Which date formats and number styles the sample of a column allows. Two candidates mean: the whole column must decide. */
import type { ColumnRule, DateFormat, FileEntry } from '../mapping/schema.js';
import type { Source } from '../source.js';
import type { NumberStyle, Step } from './plan.js';

const zone = String.raw`(?:\s*(?:(?:Z|UTC|GMT)(?:\s*[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{1,2}(?::?\d{2})?))?`;
const time = String.raw`(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[AaPp]\.?[Mm]\.?)?${zone})?`;
const weekday = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?';
const dateShapes: readonly { readonly format: DateFormat; readonly shape: RegExp }[] = [
  { format: 'iso', shape: new RegExp(`^\\d{4}-\\d{1,2}-\\d{1,2}${time}$`) },
  { format: 'year-first', shape: new RegExp(`^\\d{4}[/.]\\d{1,2}[/.]\\d{1,2}${time}$`) },
  { format: 'yyyymmdd', shape: /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T\d{6})?$/ },
  { format: 'day-first', shape: new RegExp(`^(?:0?[1-9]|[12]\\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:\\d{4}|\\d{2})${time}$`) },
  { format: 'month-first', shape: new RegExp(`^(?:0?[1-9]|1[0-2])[/.-](?:0?[1-9]|[12]\\d|3[01])[/.-](?:\\d{4}|\\d{2})${time}$`) },
  { format: 'day-month-name', shape: new RegExp(`^${weekday}\\d{1,2}[- /.]+[a-z]{3,9}[- /.,]+(?:\\d{4}|\\d{2})${time}$`, 'i') },
  { format: 'month-name-day', shape: new RegExp(`^${weekday}[a-z]{3,9}[- .]+\\d{1,2},?[- ]\\d{4}${time}$`, 'i') },
  { format: 'epoch-seconds', shape: /^1\d{9}$/ },
  { format: 'epoch-milliseconds', shape: /^1\d{12}$/ },
];
/** A format must fit nearly all cells: the rest are faults to be quarantined, not another format. */
const neededShare = 0.9;

/** @param cells filled cells of a sample. @returns formats that fit at least nine cells in ten, the best first. */
export function dateCandidates(cells: readonly string[]): DateFormat[] {
  const scored = dateShapes.map(({ format, shape }) => ({ format, fits: cells.filter((cell) => shape.test(cell)).length }));
  const enough = scored.filter(({ fits }) => cells.length > 0 && fits >= neededShare * cells.length);
  return enough.sort((a, b) => b.fits - a.fits).map(({ format }) => format);
}

/** Days since the end of 1899, as spreadsheets count them: 1980 to 2050. Nothing but the column's meaning tells them from amounts. */
export function areSerials(cells: readonly string[]): boolean {
  const fits = cells.filter((cell) => /^\d{5}(?:\.\d+)?$/.test(cell) && Number(cell) >= 29_221 && Number(cell) < 55_153);
  return cells.length > 0 && fits.length >= neededShare * cells.length;
}

/** @param cells filled cells of a sample of a column that is known to hold dates. @returns formats to choose from, never none. */
function dateReadings(cells: readonly string[]): readonly DateFormat[] {
  const found = dateCandidates(cells);
  if (found.length > 0) return found;
  return areSerials(cells) ? ['excel-serial'] : ['iso'];
}

/** The same dressing as `numberSql` takes off. */
const bare = (cell: string): string =>
  cell
    .replaceAll('−', '-')
    .replace(/^[A-Z]{1,2}\$|^(?:[A-Z]{3}|[Kk]r\.?|Fr\.?|Rs\.?|zł)|(?:[A-Z]{3}|[Kk]r\.?|Fr\.?|zł)$|\p{Sc}/gu, '')
    .replace(/^[\s'’]+|[\s'’]+$|[\s'’]*([-+()%])[\s'’]*/g, '$1')
    .replace(/[\s'’]/g, "'")
    .replace(/^\((.*)\)$/, '-$1');
const pointShape = /^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:'\d{3})+)?(?:\.\d*)?(?:[eE][-+]?\d+)?-?%?$/;
const commaShape = /^[-+]?(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:'\d{3})+)?(?:,\d*)?-?%?$/;

/**
 * @param cells filled cells of a sample.
 * @returns `plain` alone where no separator was seen; both `point` and `comma` where every cell can be read either way.
 */
export function numberCandidates(cells: readonly string[]): NumberStyle[] {
  const numbers = cells.map(bare).filter((cell) => /\d/.test(cell));
  if (cells.length === 0 || numbers.length < neededShare * cells.length) return [];
  const fits = (shape: RegExp): number => numbers.filter((cell) => shape.test(cell)).length;
  const [point, comma] = [fits(pointShape), fits(commaShape)];
  const enough = neededShare * cells.length;
  if (point < enough && comma < enough) return [];
  if (!numbers.some((cell) => /[.,]/.test(cell))) return [cells.every((cell) => /^[-+]?\d+$/.test(cell)) ? 'plain' : 'point'];
  if (point === comma) return ['point', 'comma'];
  return point > comma ? ['point'] : ['comma'];
}

/** Sample cells of a column, trimmed, without empty ones and the words that mean empty. */
export function filledCells(source: Source, at: number, emptyWords: readonly string[] = []): string[] {
  return source.sample.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '' && !emptyWords.includes(cell));
}

interface Formats {
  readonly dateFormats: Map<number, readonly DateFormat[]>;
  readonly numberStyles: Map<number, readonly NumberStyle[]>;
}

type Locate = (header: string) => number;

/** Formats of every column that is read as a date or a number: declared ones first, else what the sample allows. */
export function collectFormats(entry: FileEntry, steps: readonly Step[], source: Source, locate: Locate): Formats {
  const declared = declaredFormats(entry, locate);
  const formats: Formats = { dateFormats: new Map(), numberStyles: new Map() };
  const readings = steps.map(typedPositions);
  for (const at of new Set(readings.flatMap(({ dates }) => dates))) {
    const format = declared.dates.get(at);
    formats.dateFormats.set(at, format === undefined ? dateReadings(filledCells(source, at, entry.empty)) : [format]);
  }
  for (const at of new Set(readings.flatMap(({ numbers }) => numbers))) {
    const style = declared.decimals.get(at);
    const found = style === undefined ? numberCandidates(filledCells(source, at, entry.empty)) : [style];
    formats.numberStyles.set(at, found.length > 0 ? found : ['point']);
  }
  return formats;
}

function declaredFormats(entry: FileEntry, locate: Locate): { dates: Map<number, DateFormat>; decimals: Map<number, 'point' | 'comma'> } {
  const dates = new Map<number, DateFormat>();
  const decimals = new Map<number, 'point' | 'comma'>();
  for (const rule of rulesOf(entry)) {
    const headers = [rule.column, rule.signOf, ...(rule.sum ?? [])].filter((header) => header !== undefined);
    for (const at of headers.map(locate)) {
      if (rule.format !== undefined) dates.set(at, rule.format);
      if (rule.decimal !== undefined) decimals.set(at, rule.decimal);
    }
  }
  return { dates, decimals };
}

/** The rules of an entry that say more than a header. */
function rulesOf(entry: FileEntry): Exclude<ColumnRule, string>[] {
  const rules = (entry.tables ?? []).flatMap(({ columns, unpivot }) => [
    ...Object.values(columns),
    ...(unpivot?.columns ?? []).flatMap((item) => (typeof item === 'string' ? [] : Object.values(item.with ?? {}))),
  ]);
  return rules.filter((rule) => typeof rule !== 'string');
}

/** Source columns that a step reads as dates and as numbers. */
function typedPositions(step: Step): { dates: number[]; numbers: number[] } {
  const dates: number[] = [];
  const numbers = step.where.filter(({ kind }) => kind === 'positive').map(({ at }) => at);
  for (const { column, reading } of step.columns) {
    if (reading.kind === 'sum') numbers.push(...reading.at);
    if (reading.kind === 'sign') numbers.push(reading.at);
    if (reading.kind !== 'column') continue;
    if (column.type === 'date' || column.type === 'timestamp') dates.push(reading.at);
    if (column.type === 'amount' || column.type === 'number' || column.type === 'integer') numbers.push(reading.at);
  }
  return { dates, numbers };
}
