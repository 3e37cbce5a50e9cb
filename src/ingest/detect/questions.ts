/** What detection asks, in the words of the user: what was seen, why it is not enough, and what settles it. */

import { type TableName, tableNamed } from '../../model/tables.js';
import type { FileEntry } from '../mapping/schema.js';
import type { Question } from '../plan/plan.js';
import type { Source } from '../source.js';
import { type ColumnProfile, isEmail, profileColumns } from './profile.js';
import { flagColumns, type RoleFacts } from './roles.js';
import { dateColumns, type Link, quoted, type ValueReading } from './values.js';

function question(source: Source, name: string, message: string, whatToDo: string, isBlocking = true): Question {
  return { name, file: source.file, column: null, isBlocking, message, whatToDo };
}

const linkSentence = (links: readonly Link[]): string =>
  links.map(({ header, known }) => ` “${header}” holds customers of “${known.header}” in ${known.file}.`).join('');

const valueSentence = ({ sentence }: ValueReading): string => (sentence === '' ? '' : ` By their values there are ${sentence}.`);

export function unknownHeaders(source: Source, values: ValueReading, links: readonly Link[], isBlocking: boolean): Question {
  return question(
    source,
    'unknown-headers',
    `The headers of ${source.file} do not say what a row is, and it is not guessed.${valueSentence(values)}${linkSentence(links)}`,
    `Say what they are in a mapping (--mapping loyalty.yaml), or leave the file out with --role "${source.file}=ignore".`,
    isBlocking,
  );
}

export function noHeaderRow(source: Source): Question {
  return question(
    source,
    'no-header-row',
    `${source.file} has no header row: its first row holds values like those below it, so nothing says what its columns are.`,
    `Add a first row with the names of the columns, or leave the file out with --role "${source.file}=ignore".`,
  );
}

export function undeclaredTest(source: Source, arm: ColumnProfile, outcomes: readonly ColumnProfile[]): Question {
  const names = outcomes.map(({ header }) => `“${header}”`).join(', ');
  return question(
    source,
    'undeclared-test',
    `${source.file} looks like one row per customer of a test: an arm in “${arm.header}” and outcomes in ${names}. It does not name the campaign, nor which arm is the holdout, and neither is guessed.`,
    'Give a mapping with --mapping that sets campaign_id, the value of the holdout and the member id; examples/hillstrom.yaml is one to copy.',
  );
}

export function ambiguousRole(source: Source, roles: readonly string[], values: ValueReading): Question {
  return question(
    source,
    'ambiguous-role',
    `${source.file} could be ${roles.join(' or ')}, and nothing in it settles which.${valueSentence(values)}`,
    `Say --role "${source.file}=${roles[0]}", or =ignore to leave it out, or name its table in a mapping (--mapping).`,
  );
}

export function absentColumns(source: Source, role: string, names: readonly string[], values: ValueReading): Question {
  return question(
    source,
    'missing-required-column',
    `${source.file} looks like ${role}, but no column is ${names.join(' or ')}.${valueSentence(values)}`,
    `Name ${names.join(', ')} in a mapping (--mapping loyalty.yaml), or write “ignore” there to leave the file out.`,
  );
}

export function nothingRecognised(sources: readonly Source[]): Question {
  return {
    name: 'nothing-recognised',
    file: sources.map(({ file }) => file).join(', '),
    column: null,
    isBlocking: true,
    message: `None of the ${sources.length} files could be recognised as members, sales, campaigns, contacts, responses or points.`,
    whatToDo: 'Say what the files and columns are in a mapping (--mapping loyalty.yaml); examples/ holds three to copy.',
  };
}

/** An e-mail address and a number never meet, so files that name customers in both ways do not link. */
export function unlikeKeysQuestion(sources: readonly Source[], entries: ReadonlyMap<number, FileEntry>): Question[] {
  const keyed = sources.flatMap((source) => {
    const rule = entries.get(source.index)?.tables?.find(({ columns }) => columns.member_id !== undefined)?.columns.member_id;
    const profile = profileColumns(source).find(({ reference }) => reference === rule);
    return profile === undefined || profile.cells.length === 0 ? [] : [{ source, isEmail: isEmail(profile) }];
  });
  const byEmail = keyed.filter((file) => file.isEmail).map(({ source }) => source.file);
  const others = keyed.filter((file) => !file.isEmail).map(({ source }) => source.file);
  if (byEmail.length === 0 || others.length === 0) return [];
  return [
    {
      name: 'different-customer-keys',
      file: byEmail.join(', '),
      column: null,
      isBlocking: false,
      message: `${byEmail.join(', ')} name customers by e-mail address and ${others.join(', ')} by number, so one customer counts as two.`,
      whatToDo: 'Export all files with the same identifier, or set member_id in the mapping to a column that they share.',
    },
  ];
}

export function unlinkedQuestion(source: Source, { tables: entries }: FileEntry, links: readonly Link[]): Question[] {
  const sales = entries?.find(({ table }) => table === 'transactions');
  if (sales === undefined || sales.columns.member_id !== undefined) return [];
  const message = `No column of ${source.file} names the customer, so all its sales count as unlinked.${linkSentence(links)}`;
  return [question(source, 'no-customer-column', message, 'If one does, set “member_id” under transactions in the mapping.', links.length > 0)];
}

export function flagQuestion(source: Source, profiles: readonly ColumnProfile[]): Question[] {
  const flags = flagColumns(profiles);
  if (flags.length === 0) return [];
  const names = flags.map(({ header }) => header).join(', ');
  const message = `${names} look like one flag per campaign; whether they are contacts or responses is not said, so they are left out.`;
  return [question(source, 'campaign-flags', message, 'Add a table “responses” or “contacts” with “unpivot” for them to the mapping.', false)];
}

/** Dates that no header explains, where the table still lacks the one that matters most: its first. */
export function unnamedDatesQuestion({ source, profiles, matches }: RoleFacts, role: TableName, entry: FileEntry): Question[] {
  const wanted = tableNamed(role).columns.find(({ type }) => type === 'date' || type === 'timestamp');
  if (wanted === undefined || entry.tables?.some(({ columns }) => columns[wanted.name] !== undefined)) return [];
  // Then it is asked about already.
  if (matches(role).doubtful.some(({ column }) => column === wanted.name)) return [];
  const unused = dateColumns(profiles.filter(({ reference }) => entry.unusedColumns?.[reference] !== undefined));
  if (unused.length === 0) return [];
  const message = `${quoted(unused)} of ${source.file} hold dates or parts of dates, and no header says which is ${role}.${wanted.name} (${wanted.meaning}).`;
  return [question(source, 'unnamed-dates', message, `If one is, set “${wanted.name}” under ${role} in the mapping.`, false)];
}
