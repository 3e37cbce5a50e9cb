/** What the sampled values of a column say, without its header. */
import type { CanonicalColumn } from '../../model/tables.js';
import type { DateFormat } from '../mapping/schema.js';
import { areSerials, dateCandidates, numberCandidates } from '../plan/formats.js';
import type { NumberStyle } from '../plan/plan.js';
import type { Source } from '../source.js';
import { isSafeHeader, safeHeader } from '../structure/safe-header.js';
import { noWords, yesWords } from '../typing/booleans.js';
import { normalise, wordsOf } from './header.js';

export interface ColumnProfile {
  readonly at: number;
  /** As a mapping names it: the header, or `#3` where the header is empty or repeated. */
  readonly reference: string;
  readonly header: string;
  readonly name: string;
  readonly words: readonly string[];
  /** Trimmed, without empty cells and words that mean empty. */
  readonly cells: readonly string[];
  readonly distinct: ReadonlySet<string>;
  readonly isUnique: boolean;
  readonly dates: readonly DateFormat[];
  readonly numbers: readonly NumberStyle[];
  readonly isWhole: boolean;
  readonly isYesOrNo: boolean;
  /** Words such as NA that stand in a column whose other cells are numbers or dates. */
  readonly emptyWords: readonly string[];
}

const missingWords = new Set(['NA', 'N/A', '#N/A', 'NULL', 'null', '\\N', 'NaN', 'nan', 'None']);
const yesOrNo = new Set([...yesWords, ...noWords]);

/** Profiles of all columns of a source. */
export function profileColumns(source: Source): ColumnProfile[] {
  return source.header.map((header, at) => {
    const filled = source.sample.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
    const given = filled.filter((cell) => !missingWords.has(cell));
    const typed = { dates: dateCandidates(given), numbers: numberCandidates(given) };
    const isTyped = typed.dates.length + typed.numbers.length > 0;
    const cells = isTyped ? given : filled;
    const distinct = new Set(cells);
    const isNamed = isSafeHeader(source, at) && source.header.indexOf(header) === at && source.header.indexOf(header, at + 1) < 0;
    return {
      at,
      reference: isNamed ? header : `#${at + 1}`,
      header: safeHeader(source, at),
      name: normalise(header),
      words: wordsOf(header),
      cells,
      distinct,
      isUnique: cells.length > 0 && distinct.size === cells.length && cells.length === source.sample.length,
      ...typed,
      isWhole: cells.every((cell) => /^[-+]?\d+(?:\.0*)?$/.test(cell)),
      isYesOrNo: cells.every((cell) => yesOrNo.has(cell.toLowerCase())),
      emptyWords: isTyped ? [...new Set(filled.filter((cell) => missingWords.has(cell)))].sort() : [],
    };
  });
}

/** Nearly all cells are e-mail addresses. */
export function isEmail({ cells }: ColumnProfile): boolean {
  return cells.length > 0 && cells.filter((cell) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(cell)).length >= 0.9 * cells.length;
}

/** Words of campaign objectives in plain text; a type “A” is none. */
const objectiveWords =
  /acqui|recruit|new (customer|member)|enrol|activ|onboard|welcome|sale|sell|promo|offer|discount|revenue|basket|develop|retain|retention|loyal|win.?back|lapsed|churn|service|info|survey|brand|advoca|referr|anniversar|birthday/i;

/** How well the values fit a column of the model: 0 rules it out, 0.95 says nothing against it, 1 speaks for it. */
export function valueFit(profile: ColumnProfile, column: CanonicalColumn): number {
  if (profile.cells.length === 0) return 0.95;
  const sure = (fits: boolean): number => (fits ? 1 : 0);
  switch (column.type) {
    case 'date':
    case 'timestamp':
      return sure(profile.dates.length > 0 || areSerials(profile.cells));
    case 'amount':
    case 'number':
      return sure(profile.numbers.length > 0 && profile.dates.length === 0);
    case 'integer':
      return sure(profile.isWhole && profile.dates.length === 0);
    case 'boolean':
      return sure(profile.isYesOrNo);
    case 'member':
    case 'campaign':
    case 'id':
      return sure(looksLikeIdentifier(profile));
    default:
      break;
  }
  const values = [...profile.distinct];
  if (column.name === 'objective') return sure(values.filter((value) => objectiveWords.test(value)).length >= values.length / 2);
  if (column.name === 'tier' || column.name === 'arm') return sure(values.length <= 20 && profile.dates.length === 0);
  return 1;
}

/** Short, without fractions, and no dates. A trailing `.0` is a known trace of spreadsheets and does not speak against it. */
export function looksLikeIdentifier({ cells, dates }: ColumnProfile): boolean {
  const isShort = cells.every((cell) => cell.length <= 80);
  const isFraction = cells.some((cell) => /^-?\d+[.,]\d+$/.test(cell) && !/^\d+\.0$/.test(cell));
  return isShort && !isFraction && (dates.length === 0 || dates[0] === 'epoch-seconds' || dates[0] === 'epoch-milliseconds' || dates[0] === 'yyyymmdd');
}
