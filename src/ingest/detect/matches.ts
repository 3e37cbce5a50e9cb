/** Which source column could be which column of a table, with header and values weighed together. */
import type { CanonicalColumn, CanonicalTable } from '../../model/tables.js';
import type { ColumnRule } from '../mapping/schema.js';
import { describesPastSpend } from './dictionary.js';
import { headerScore } from './header.js';
import { type ColumnProfile, isEmail, valueFit } from './profile.js';

/** Enough to be taken without a question. */
export const sureScore = 0.9;
/** Below this a column is left out without a question. */
export const askScore = 0.6;
const sureMargin = 0.1;

/** A confidence as it is shown: two places, at most 1. */
export const rounded = (score: number): number => Math.min(Math.round(score * 100) / 100, 1);

export interface Match {
  readonly column: string;
  readonly rule: ColumnRule;
  /** Source columns. */
  readonly at: readonly number[];
  readonly score: number;
  readonly reason: string;
}

export interface TableMatches {
  readonly sure: ReadonlyMap<string, Match>;
  /** Likely, or torn between two source columns: worth a question. */
  readonly doubtful: readonly { readonly column: string; readonly candidates: readonly Match[] }[];
  /** Source columns whose header names a column of the table and whose values do not fit it. */
  readonly misfits: ReadonlyMap<number, string>;
}

/** What the other files say. */
export interface Surroundings {
  /** Headers (normalised) that other files use for the same identifier: they settle a tie. */
  readonly preferred: ReadonlySet<string>;
  /** Meaning by header (normalised), from a data dictionary. */
  readonly descriptions: ReadonlyMap<string, string>;
}

/** Matches the columns of a file with those of a table; every source column is used once. */
export function matchTable(table: CanonicalTable, profiles: readonly ColumnProfile[], around: Surroundings): TableMatches {
  const spelled = singleMatches(table, profiles, around);
  const candidates = [...spelled, ...emailMatches(table, profiles, spelled), ...monthMatches(table, profiles)].sort(
    (a, b) => b.score - a.score || order(a) - order(b),
  );
  const sure = new Map<string, Match>();
  const doubtful: { column: string; candidates: Match[] }[] = [];
  const taken = new Set<number>();
  const isFree = (match: Match): boolean => match.at.every((at) => !taken.has(at));
  for (const match of candidates) {
    if (sure.has(match.column) || doubtful.some(({ column }) => column === match.column) || !isFree(match)) continue;
    const rivals = candidates.filter(
      (other) => other.column === match.column && other !== match && isFree(other) && match.score - other.score < sureMargin - 1e-9,
    );
    if (match.score >= sureScore && rivals.length === 0) {
      sure.set(match.column, match);
      for (const at of match.at) taken.add(at);
    } else if (match.score >= askScore) {
      doubtful.push({ column: match.column, candidates: [match, ...rivals] });
    }
  }
  return { sure, doubtful, misfits: misfitsOf(table, profiles) };
}

function misfitsOf(table: CanonicalTable, profiles: readonly ColumnProfile[]): Map<number, string> {
  const misfits = new Map<number, string>();
  for (const profile of profiles) {
    const column = table.columns.find((candidate) => headerScore(profile.header, candidate) >= sureScore && valueFit(profile, candidate) === 0);
    if (column !== undefined) misfits.set(profile.at, column.name);
  }
  return misfits;
}

const order = (match: Match): number => match.at[0] ?? 0;

/** A spelling with two meanings is worth a question, unless a data dictionary says that it is what was paid. */
const unsureScore = 0.75;
/** The same header in two files is how exports name their common key. */
const sharedBonus = 0.1;

function singleMatches(table: CanonicalTable, profiles: readonly ColumnProfile[], around: Surroundings): Match[] {
  return table.columns.flatMap((column) => profiles.flatMap((profile) => singleMatch(column, profile, around) ?? []));
}

function singleMatch(column: CanonicalColumn, profile: ColumnProfile, { preferred, descriptions }: Surroundings): Match | null {
  const isUnsure = column.unsureSynonyms?.includes(profile.name) ?? false;
  const isDescribed = isUnsure && describesPastSpend(descriptions.get(profile.name));
  const unsure = isDescribed ? sureScore : unsureScore;
  const spelling = isUnsure ? unsure : headerScore(profile.header, column);
  const isShared = column.type === 'member' && preferred.has(profile.name);
  const score = spelling === 0 ? 0 : spelling * valueFit(profile, column) + (isShared ? sharedBonus : 0);
  if (score < askScore) return null;
  const reason = isDescribed
    ? `the data dictionary describes “${profile.header}” as money that was paid`
    : `the header “${profile.header}” and its values read like ${column.meaning}`;
  return { column: column.name, rule: profile.reference, at: [profile.at], score, reason };
}

/** Where no number names the customer, an e-mail address does. */
function emailMatches(table: CanonicalTable, profiles: readonly ColumnProfile[], spelled: readonly Match[]): Match[] {
  const column = table.columns.find(({ type }) => type === 'member')?.name;
  if (column === undefined || spelled.some((match) => match.column === column)) return [];
  return profiles
    .filter((profile) => isEmail(profile) && /e?mail|courriel/.test(profile.name))
    .map(({ at, header, reference }) => {
      const reason = `the e-mail addresses of “${header}” stand for the customer, because no number does`;
      return { column, rule: reference, at: [at], score: sureScore, reason };
    });
}

const yearWord = /^(.*?)(?:year|jahr|annee)$/;
const monthWord = /^(.*?)(?:month|monat|mois)$/;

/** The words of a header without the one that says year or month, which German joins to the others; null where none does. */
function datePart({ words }: ColumnProfile, part: RegExp): string | null {
  const at = words.findIndex((word) => part.test(word));
  if (at < 0) return null;
  return words
    .map((word, index) => (index === at ? word.replace(part, '$1') : word))
    .filter((word) => word !== '' && word !== 'de' && word !== 'd')
    .join(' ');
}

/** `Enrollment Year` and `Enrollment Month` together are a date. */
function monthMatches(table: CanonicalTable, profiles: readonly ColumnProfile[]): Match[] {
  const dated = table.columns.filter((column) => column.type === 'date' || column.type === 'timestamp');
  return profiles.flatMap((year) => {
    const prefix = datePart(year, yearWord);
    if (prefix === null || !year.cells.every((cell) => /^(?:19|20)\d{2}$/.test(cell))) return [];
    const month = profiles.find((other) => datePart(other, monthWord) === prefix);
    if (month === undefined || !month.cells.every((cell) => /^(?:0?[1-9]|1[0-2])$/.test(cell))) return [];
    return dated.flatMap((column) => {
      const score = Math.max(...[`${prefix} date`, `${prefix}datum`, `date ${prefix}`].map((spelling) => headerScore(spelling, column)));
      if (score < askScore) return [];
      const reason = `“${year.header}” and “${month.header}” together name a month; its first day stands for it`;
      return [{ column: column.name, rule: { year: year.reference, month: month.reference }, at: [year.at, month.at], score, reason }];
    });
  });
}
