/** Which known export a file is, and its entry in the headers and the customer key of this run. */

import { tableNamed } from '../../model/tables.js';
import { normalise } from '../detect/header.js';
import type { ColumnProfile } from '../detect/profile.js';
import type { ColumnRule, ConditionEntry, FileEntry, TableEntry } from '../mapping/schema.js';
import type { Question } from '../plan/plan.js';
import type { Source } from '../source.js';
import { recognisers } from './index.js';
import { nameOfFile, type Recogniser, secondName } from './recogniser.js';

/** @returns the recogniser whose whole signature the header has, the longest one of several; null when there is none. */
export function recognise(header: readonly string[]): Recogniser | null {
  const counts = new Map<string, number>();
  for (const name of header.map(normalise)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const fitting = recognisers.filter(({ signature, without, isWholeHeader }) => {
    const isThere = signature.every((name) => counts.get(normalise(name)) === 1);
    const isOther = (without ?? []).some((name) => counts.has(normalise(name)));
    return isThere && !isOther && (isWholeHeader !== true || header.length === signature.length);
  });
  return fitting.sort((a, b) => b.signature.length - a.signature.length)[0] ?? null;
}

/** The header that names the customer, by file. */
export type CustomerHeaders = ReadonlyMap<number, string>;

/**
 * Files link only where they name the customer alike, so a kind of key that all recognised files have wins over the one that is
 * best for a file alone: with orders known by e-mail, the customers are read by e-mail too.
 */
export function chooseCustomers(sources: readonly Source[]): CustomerHeaders {
  const known = sources.flatMap(({ index, header }) => {
    const names = new Set(header.map(normalise));
    const keys = (recognise(header)?.customer ?? []).filter((key) => names.has(normalise(key.header)));
    return keys.length === 0 ? [] : [{ index, keys }];
  });
  const [first, ...others] = known;
  const common = first?.keys.find(({ kind }) => others.every(({ keys }) => keys.some((key) => key.kind === kind)))?.kind;
  return new Map(
    known.flatMap(({ index, keys }) => {
      const chosen = keys.find(({ kind }) => kind === common) ?? keys[0];
      return chosen === undefined ? [] : [[index, chosen.header] as const];
    }),
  );
}

interface RecognisedFile {
  readonly entry: FileEntry;
  readonly notes: ReadonlyMap<number, { confidence: number | null; reason: string }>;
  readonly questions: readonly Question[];
}

/** @param customer the header that names the customer in this run. */
export function recognisedFile(recogniser: Recogniser, source: Source, profiles: readonly ColumnProfile[], customer: string | undefined): RecognisedFile {
  const { entry, cautions = [] } = recogniser;
  const [first] = recogniser.customer;
  const references = new Map(profiles.map(({ name, reference }) => [name, reference]));
  const used = new Set<string>();
  const find = (header: string): string | undefined => {
    const reference = references.get(normalise(header === first?.header ? (customer ?? header) : header));
    if (reference !== undefined) used.add(reference);
    return reference;
  };
  const tables = entry.tables?.flatMap((table) => tableHere(table, find, source.file) ?? []);
  const fillDown = entry.fillDown === undefined ? undefined : fillDownHere(entry.fillDown, find);
  const given = new Map(Object.entries(entry.unusedColumns ?? {}).map(([header, reason]) => [normalise(header), reason]));
  const keys = new Set(recogniser.customer.map(({ header }) => normalise(header)));
  const reasonOf = ({ name }: ColumnProfile): string => given.get(name) ?? (keys.has(name) ? secondName : 'the model has no column for it');
  const unused = profiles.filter(({ reference }) => !used.has(reference));
  const words = [...new Set([...(entry.empty ?? []), ...profiles.flatMap(({ emptyWords }) => emptyWords)])].sort();
  const title = `${recogniser.vendor} ${recogniser.name}`;
  return {
    entry: {
      file: source.file,
      ...(entry.ignore === undefined ? {} : { ignore: `${title}: ${entry.ignore}` }),
      ...(tables === undefined ? {} : { tables }),
      ...(fillDown === undefined ? {} : { fillDown }),
      ...(words.length > 0 && tables !== undefined ? { empty: words } : {}),
      unusedColumns: Object.fromEntries(unused.map((profile) => [profile.reference, reasonOf(profile)])),
    },
    notes: new Map(
      profiles.map((profile) => {
        const isUsed = used.has(profile.reference);
        return [profile.at, { confidence: isUsed ? 1 : null, reason: isUsed ? `a column of the ${title}` : reasonOf(profile) }];
      }),
    ),
    questions: cautions.map(({ name, column, message, whatToDo }) => ({
      name,
      file: source.file,
      column,
      isBlocking: false,
      message: message.replace('{file}', source.file),
      whatToDo,
    })),
  };
}

type Find = (header: string) => string | undefined;

/** Null where the export lacks a column without which the table says nothing, or one that chooses its rows. */
function tableHere(table: TableEntry, find: Find, file: string): TableEntry | null {
  const columns = Object.entries(table.columns).flatMap(([name, rule]) => {
    const here = ruleHere(rule, find, file);
    return here === null ? [] : [[name, here] as const];
  });
  const conditions = table.where === undefined ? [] : Array.isArray(table.where) ? table.where : [table.where];
  const where = conditions.flatMap((condition): ConditionEntry[] => {
    const column = find(condition.column);
    return column === undefined ? [] : [{ ...condition, column }];
  });
  const names = new Set(columns.map(([name]) => name));
  const isWhole = tableNamed(table.table).columns.every(({ name, isRequired, mayBeEmpty }) => !isRequired || mayBeEmpty === true || names.has(name));
  if (!isWhole || where.length < conditions.length) return null;
  const { where: _, ...rest } = table;
  return { ...rest, columns: Object.fromEntries(columns), ...(where.length === 0 ? {} : { where }) };
}

function ruleHere(rule: ColumnRule, find: Find, file: string): ColumnRule | null {
  if (typeof rule === 'string') return find(rule) ?? null;
  if (rule.constant !== undefined) return rule.constant === nameOfFile ? { constant: stemOf(file) } : rule;
  if (rule.column === undefined) return rule;
  const column = find(rule.column);
  return column === undefined ? null : { ...rule, column };
}

function fillDownHere(fillDown: NonNullable<FileEntry['fillDown']>, find: Find): NonNullable<FileEntry['fillDown']> {
  const within = fillDown.within === undefined ? undefined : find(fillDown.within);
  return { columns: fillDown.columns.flatMap((header) => find(header) ?? []), ...(within === undefined ? {} : { within }) };
}

/** `mail/Spring_delivered.csv` and `mail/Spring_opens.csv` are both of `Spring`. */
function stemOf(file: string): string {
  const name = (file.split('/').at(-1) ?? file).replace(/\.\w+(?:\.gz)?$/, '');
  const words = name.split(/[\s_.-]+/).filter((word) => word !== '' && !/^(?:deliver(?:ed|s|y|ies)?|open(?:s|ed)?|recipients?|exports?|reports?)$/i.test(word));
  return words.length === 0 ? name : words.join(' ');
}
