/**
 * How every number of the report is written. No locale, no `Intl`: the same number is the same text on every machine.
 *
 * Conventions, decided here once: thousands by comma, decimals by point (or as the reader’s country writes them, see `numberStyles`),
 * the minus sign is U+2212, a no-break space (U+00A0) stands between number and unit, money carries its currency code in front.
 */
import type { Cell } from '../result/evidence.js';
import type { Measure } from '../result/schema.js';
import type { Unit } from '../result/units.js';

export const notKnown = 'not known';
/** Of what speaks of too few people. */
const notShown = 'not shown';
const space = '\u00a0';
const millisecondsPerDay = 86_400_000;

/** Marks of thousands and of decimals, by country of the reader. */
const numberStyles = {
  english: [',', '.'],
  german: ['.', ','],
  french: ['\u202f', ','],
  swiss: ['’', '.'],
} as const satisfies Record<string, readonly [thousands: string, decimal: string]>;
export type NumberStyle = keyof typeof numberStyles;
export const numberStyleNames = Object.keys(numberStyles) as [NumberStyle, ...NumberStyle[]];

/** A number in English marks, in those of a style. The text may hold words and a currency code, but no other comma or point. */
function inStyle(text: string, style: NumberStyle): string {
  const [thousands, decimal] = numberStyles[style];
  return style === 'english' ? text : text.replace(/[.,]/g, (mark) => (mark === ',' ? thousands : decimal));
}

interface FormatOptions {
  /** Magnitude that decides the decimals, in the unit's own scale; left out, the number itself decides. */
  readonly magnitude?: number;
  /** Half the width of the interval: the number gets the decimals that its interval needs, at most one more than usual. */
  readonly halfWidth?: number;
  /** For numbers that somebody chose, such as levels: “65 %”, not “65.0 %”. */
  readonly isExact?: boolean;
  /** Leaves out what a table's heading already says (currency, “days”, “times”). */
  readonly isBare?: boolean;
}

/** 1234567.5 → “1,234,567.5”. @param decimals 0..20. */
export function groupThousands(value: number, decimals: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

type Decimals = (value: number, magnitude: number) => number;
const wholeOr =
  (decimals: Decimals): Decimals =>
  (value, magnitude) =>
    Number.isInteger(value) ? 0 : decimals(value, magnitude);
const byPercent: Decimals = (_value, magnitude) => percentDecimals(magnitude * 100);
const countLike = wholeOr((_value, magnitude) => (magnitude >= 1000 ? 0 : 1));
const plain = wholeOr((_value, magnitude) => (magnitude >= 100 ? 1 : magnitude >= 0.1 ? 2 : 4));

/** Decimals that keep about three digits that mean something. */
const decimalsOf: Readonly<Record<Unit, Decimals>> = {
  share: byPercent,
  shareDifference: byPercent,
  count: countLike,
  days: countLike,
  points: countLike,
  contactsPerMember: wholeOr(() => 1),
  money: (_value, magnitude) => (magnitude >= 1000 ? 0 : 2),
  moneyPerMember: (_value, magnitude) => (magnitude >= 1000 ? 0 : magnitude >= 0.1 ? 2 : 4),
  index: (_value, magnitude) => (magnitude < 0.1 ? 3 : 2),
  ratio: (_value, magnitude) => (magnitude < 1 ? 2 : magnitude < 100 ? 1 : 0),
  probability: () => 3,
  number: plain,
  text: plain,
  date: plain,
};

function percentDecimals(percent: number): number {
  if (percent >= 1 || percent === 0) return 1;
  return percent >= 0.1 ? 2 : 3;
}

/** Never “0.0 %” for something and never “100.0 %” for not quite all. */
function formatShare(share: number, decimals: number): string {
  if (share === 0 || share === 1) return `${share * 100}${space}%`;
  const step = 10 ** -decimals;
  const percent = share * 100;
  if (percent > 0 && percent < step / 2) return `under ${groupThousands(step, decimals)}${space}%`;
  if (percent < 100 && percent > 100 - step / 2) return `over ${groupThousands(100 - step, decimals)}${space}%`;
  return `${groupThousands(percent, decimals)}${space}%`;
}

function signed(value: number, decimals: number): string {
  const text = groupThousands(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

function withMoney(text: string, currency: string | null): string {
  if (currency === null) return text;
  return text.startsWith('−') ? `−${currency}${space}${text.slice(1)}` : `${currency}${space}${text}`;
}

/** The number with its sign, per cent or currency; units in words come after it. */
function writeNumber(value: number, unit: Unit, decimals: number, currency: string | null): string {
  switch (unit) {
    case 'date':
      return new Date(Math.round(value) * millisecondsPerDay).toISOString().slice(0, 10);
    case 'share':
      return formatShare(value, decimals);
    case 'shareDifference':
      return signed(value * 100, decimals);
    case 'money':
    case 'moneyPerMember':
      return withMoney(groupThousands(value, decimals), currency);
    case 'probability':
      return value > 0 && value < 0.0005 ? 'under 0.001' : groupThousands(value, decimals);
    default:
      return groupThousands(value, decimals);
  }
}

const words: Partial<Record<Unit, readonly [one: string, many: string]>> = {
  shareDifference: ['percentage points', 'percentage points'],
  moneyPerMember: ['a member', 'a member'],
  days: ['day', 'days'],
  points: ['point', 'points'],
  ratio: ['times', 'times'],
  contactsPerMember: ['contact a member', 'contacts a member'],
};

/** Formats of one report: all that they depend on is its currency and the marks of its numbers. */
export interface Format {
  value(value: number | null, unit: Unit, options?: FormatOptions): string;
  /** “between 3.1 % and 5.2 %”; decimals by the options. */
  between(low: number, high: number, unit: Unit, options?: FormatOptions): string;
  measure(measure: Measure): string;
  /** The number that a measure rests on. */
  basis(measure: Measure): string;
  /** “between a and b (95 % interval)”, or with a comma where it stands in brackets itself. @throws Error when the measure is known and has no interval. */
  interval(measure: Measure, isBracketed?: boolean): string;
  /** “a to b” for a table; empty text without an interval. */
  intervalCell(measure: Measure): string;
  cell(cell: Cell, unit: Unit, magnitude: number): string;
  /** Ticks of an axis, with the fewest decimals that tell them apart. */
  axis(ticks: readonly number[], unit: Unit): string[];
  /** A sum of a file, which has no unit. @param decimals 0..20. */
  plain(value: number, decimals: number): string;
  /** 0.95 → “95 %”. */
  level(level: number): string;
  /** What a heading says so that its cells need not; empty when cells speak for themselves. */
  unitNote(unit: Unit): string;
}

/** Decimals at which the ends of an interval of this half width can be told apart. */
function decimalsApart(halfWidth: number, unit: Unit): number {
  const scaled = unit === 'share' || unit === 'shareDifference' ? halfWidth * 100 : halfWidth;
  return scaled > 0 ? Math.ceil(-Math.log10(scaled)) : 0;
}

/** The fewest decimals, up to four more than usual, that lose nothing of a number that somebody chose. */
function exactDecimals(value: number, unit: Unit): number {
  const scaled = unit === 'share' || unit === 'shareDifference' ? value * 100 : value;
  const found = [0, 1, 2, 3, 4, 5].find((decimals) => Math.abs(Number(scaled.toFixed(decimals)) - scaled) < 1e-9);
  return found ?? 6;
}

/** @param currency ISO 4217 code as the files gave it, or null: money is then written without a code. */
export function formatFor(currency: string | null, style: NumberStyle = 'english'): Format {
  const write = (number: number, unit: Unit, { magnitude, halfWidth = 0, isBare = false, isExact = false }: FormatOptions): string => {
    const usual = decimalsOf[unit](number, magnitude ?? Math.abs(number));
    const decimals = isExact ? exactDecimals(number, unit) : Math.min(Math.max(usual, decimalsApart(halfWidth, unit)), usual + 1);
    const text = writeNumber(number, unit, decimals, isBare ? null : currency);
    return unit === 'date' ? text : inStyle(text, style);
  };
  const suffix = (text: string, unit: Unit): string => {
    const [one, many] = words[unit] ?? [];
    return one === undefined || many === undefined ? '' : `${space}${text === '1' || text === '−1' ? one : many}`;
  };
  const value: Format['value'] = (number, unit, options = {}) => {
    if (number === null || !Number.isFinite(number)) return notKnown;
    const text = write(number, unit, options);
    return options.isBare === true ? text : `${text}${suffix(text, unit)}`;
  };
  /** The unit in words stands once, after the second number. */
  const range = (low: number, high: number, unit: Unit, joiner: string, options: FormatOptions): string =>
    `${write(low, unit, options)}${joiner}${value(high, unit, options)}`;
  /** “fewer than 10”, “under 0.4 %” for what is kept back, because it speaks of a few people. */
  const withinRange = ({ unit, keptBack }: Measure): string => {
    if (keptBack === undefined) return notKnown;
    const { low, high } = keptBack;
    const isCount = unit === 'count';
    if (high !== undefined) return isCount ? `fewer than ${value(high + 1, unit)}` : `under ${value(high, unit)}`;
    return low === undefined ? notShown : isCount ? `at least ${value(low, unit)}` : `over ${value(low, unit)}`;
  };
  return {
    value,
    between: (low, high, unit, options = {}) => `between ${range(low, high, unit, ' and ', options)}`,
    measure: (measure) => (measure.value === null ? withinRange(measure) : value(measure.value, measure.unit, magnitudeOf(measure))),
    basis: ({ n, keptBack }) => (n === 0 && keptBack !== undefined ? notShown : value(n, 'count')),
    interval: (measure, isBracketed = false) => {
      if (measure.interval === undefined) {
        if (measure.value === null) return measure.keptBack === undefined ? notKnown : 'its interval is not shown';
        throw new Error(`Measure ${measure.id} has no interval.`);
      }
      const { low, high, level } = measure.interval;
      const words = `${inStyle(levelText(level), style)} interval`;
      return `between ${range(low, high, measure.unit, ' and ', magnitudeOf(measure))}${isBracketed ? `, ${words}` : ` (${words})`}`;
    },
    intervalCell: (measure) =>
      measure.interval === undefined ? '' : range(measure.interval.low, measure.interval.high, measure.unit, ' to ', { ...magnitudeOf(measure), isBare: true }),
    cell: (cell, unit, magnitude) => {
      if (cell === null) return notKnown;
      if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
      return typeof cell === 'string' ? cell : value(cell, unit, { magnitude, isBare: true });
    },
    axis: (ticks, unit) => axisTexts(ticks, unit).map((text) => (unit === 'date' ? text : inStyle(text, style))),
    plain: (number, decimals) => inStyle(groupThousands(number, decimals), style),
    level: (level) => inStyle(levelText(level), style),
    unitNote: (unit) => {
      if (unit === 'money') return currency ?? '';
      if (unit === 'moneyPerMember') return currency === null ? 'a member' : `${currency} a member`;
      return words[unit]?.[1] ?? '';
    },
  };
}

/** 0.95 → “95 %”. */
export function levelText(level: number): string {
  return `${groupThousands(level * 100, Number.isInteger(Math.round(level * 1000) / 10) ? 0 : 1)}${space}%`;
}

/** A value and its interval share their decimals, so that the eye can compare them. */
function magnitudeOf({ value, interval }: Measure): FormatOptions {
  const half = interval === undefined ? 0 : (interval.high - interval.low) / 2;
  const magnitude = Math.max(Math.abs(value ?? 0), half);
  /** Days and counts whose interval is whole as well stay whole. */
  const isWhole = [value, interval?.low, interval?.high].every((number) => Number.isInteger(number));
  return Number.isFinite(magnitude) ? { magnitude, halfWidth: isWhole ? 0 : half } : {};
}

function axisTexts(ticks: readonly number[], unit: Unit): string[] {
  if (unit === 'date') return ticks.map((tick) => writeNumber(tick, unit, 0, null));
  const scale = unit === 'share' || unit === 'shareDifference' ? 100 : 1;
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0)) * scale;
  const decimals = step > 0 ? Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)) : 0;
  return ticks.map((tick) => {
    if (unit === 'shareDifference') return signed(tick * scale, decimals);
    const text = groupThousands(tick * scale, decimals);
    return unit === 'share' ? `${text}${space}%` : text;
  });
}
