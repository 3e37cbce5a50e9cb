/** What the values of a file say where its headers say nothing: enough to ask the right question, never enough to answer it. */
import { memberSynonyms } from '../../model/column.js';
import type { Source } from '../source.js';
import { type ColumnProfile, isEmail, looksLikeIdentifier, profileColumns } from './profile.js';
import { isArm } from './roles.js';

/** Identifiers of customers that a header names, and where they stand. */
export interface KnownCustomers {
  readonly file: string;
  readonly header: string;
  readonly values: ReadonlySet<string>;
}

/** Fewer common values could be chance. */
const leastCommon = 10;
/** Shorter numbers are counts, days and codes of everything. */
const shortestIdentifier = 5;

/** The customer columns that headers name, of all files. */
export function knownCustomers(sources: readonly Source[]): KnownCustomers[] {
  const spellings = new Set(memberSynonyms);
  return sources.flatMap((source) =>
    profileColumns(source)
      .filter((profile) => spellings.has(profile.name) && looksLikeIdentifier(profile))
      .map(({ header, cells }) => ({ file: source.file, header, values: new Set(cells.filter((cell) => cell.length >= shortestIdentifier)) })),
  );
}

export interface Link {
  readonly header: string;
  readonly known: KnownCustomers;
}

/** Columns that hold customers of another file by their values, whatever their header. */
export function linksOf(profiles: readonly ColumnProfile[], file: string, known: readonly KnownCustomers[]): Link[] {
  return profiles.flatMap((profile) => {
    if (!isIdentifier(profile)) return [];
    const others = known.filter((candidate) => candidate.file !== file);
    const best = others.find(({ values }) => [...profile.distinct].filter((value) => values.has(value)).length >= leastCommon);
    return best === undefined ? [] : [{ header: profile.header, known: best }];
  });
}

/** Codes, e-mail addresses, and whole numbers of one length: no count and no amount looks like that. */
function isIdentifier(profile: ColumnProfile): boolean {
  const { cells, distinct, dates } = profile;
  if (cells.length === 0 || !looksLikeIdentifier(profile)) return false;
  if (isEmail(profile)) return true;
  const isCode = cells.every((cell) => /^(?=.*\d)(?=.*\p{L})[\p{L}\p{N}_#.:/-]{2,}$/u.test(cell));
  const lengths = new Set([...distinct].map((cell) => cell.replace(/\.0$/, '').length));
  const isLong = profile.isWhole && dates.length === 0 && lengths.size === 1 && !lengths.has(0) && Math.min(...lengths) >= shortestIdentifier;
  return isCode || isLong;
}

const wholeNumbers = 'whole numbers (identifiers, amounts or parts of a date)';
const kinds = ['identifiers', 'dates', 'amounts', 'years', 'arms of a test', wholeNumbers] as const;
type Kind = (typeof kinds)[number];

function kindOf(profile: ColumnProfile): Kind | null {
  if (profile.cells.length === 0) return null;
  if (isArm(profile)) return 'arms of a test';
  if (isIdentifier(profile)) return 'identifiers';
  if (profile.dates.length > 0) return 'dates';
  if (profile.cells.every((cell) => /^(?:19|20)\d{2}$/.test(cell))) return 'years';
  if (profile.isWhole) return wholeNumbers;
  return profile.numbers.length > 0 ? 'amounts' : null;
}

export interface ValueReading {
  /** e.g. `identifiers in “a”, dates in “b”`; empty where no column holds any of these. */
  readonly sentence: string;
  /** A column could be an identifier. */
  readonly hasIdentifier: boolean;
  /** A customer or a thing, and when or how much: such rows are events, and an analysis without them would be another one. */
  readonly isEvent: boolean;
  readonly isDated: boolean;
  /** Headers of columns that could be identifiers and whose own header does not say so. */
  readonly unnamed: readonly string[];
}

/** Words by which a header says that its column is the key of something. */
const keyWords = new Set(['id', 'upc', 'sku', 'code', 'key']);
export const isKey = ({ words }: ColumnProfile): boolean => words.some((word) => keyWords.has(word));

/** What columns hold by their values, whatever their headers. */
export function readValues(profiles: readonly ColumnProfile[]): ValueReading {
  const kinded = profiles.flatMap((profile) => {
    const kind = kindOf(profile);
    return kind === null ? [] : [{ profile, kind }];
  });
  const ofKind = (kind: Kind): ColumnProfile[] => kinded.filter((column) => column.kind === kind).map(({ profile }) => profile);
  const candidates = [...ofKind('identifiers'), ...ofKind(wholeNumbers)];
  const isDated = ofKind('dates').length + ofKind('years').length > 0;
  return {
    sentence: kinds.flatMap((kind) => (ofKind(kind).length > 0 ? [`${kind} in ${quoted(ofKind(kind))}`] : [])).join('; '),
    hasIdentifier: candidates.length > 0,
    isEvent: ofKind('identifiers').length > 0 && (isDated || ofKind('amounts').length > 0),
    isDated,
    unnamed: candidates.filter((profile) => !isKey(profile)).map(({ header }) => header),
  };
}

/** Columns that hold dates by their values, and those whose header says that they are a part of one. */
export function dateColumns(profiles: readonly ColumnProfile[]): ColumnProfile[] {
  return profiles.filter((profile) => {
    const kind = kindOf(profile);
    return kind === 'dates' || kind === 'years' || (profile.isWhole && profile.words.some((word) => /(?:month|monat|mois)$/.test(word)));
  });
}

export const quoted = (profiles: readonly ColumnProfile[]): string => profiles.map(({ reference }) => `“${reference}”`).join(', ');
