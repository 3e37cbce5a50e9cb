/** The wizard's questions about one file: its role, and the columns that evidence does not settle. */
import { entryFor } from '../ingest/detect/entry.js';
import { matchTable, type TableMatches } from '../ingest/detect/matches.js';
import { type ColumnProfile, profileColumns } from '../ingest/detect/profile.js';
import { flagColumns, type RoleFacts } from '../ingest/detect/roles.js';
import type { ColumnRule, FileEntry, TableEntry } from '../ingest/mapping/schema.js';
import type { Question } from '../ingest/plan/plan.js';
import type { Source } from '../ingest/source.js';
import { type TableName, tableNamed, tables } from '../model/tables.js';
import type { Asker, Choice } from './wizard-asker.js';
import { columnChoices } from './wizard-choices.js';
import { declareTest } from './wizard-test.js';

const none = '#none';
const rowNumber = '#row';
const constant = '#constant';
const ignored = 'ignore';

/** Questions that `settleFile` can ask; of others only the user can write the answer into the mapping. */
const known = new Set([
  'undeclared-test',
  'ambiguous-role',
  'missing-required-column',
  'nothing-recognised',
  'unknown-headers',
  'unnamed-dates',
  'uncertain-column',
  'points-without-type',
  'campaign-flags',
  'no-customer-column',
]);
const aboutTheRole = new Set(['ambiguous-role', 'missing-required-column', 'nothing-recognised', 'unknown-headers']);

export const canAsk = ({ name }: Question): boolean => known.has(name);

export interface Settled {
  readonly entry: FileEntry;
  /** What the user said, for the comment above the entry. */
  readonly said: string;
}

/**
 * Asks all open questions of one file.
 *
 * @param found the entry that detection proposes.
 * @returns the entry to write, and what to say above it.
 */
export async function settleFile(source: Source, questions: readonly Question[], found: FileEntry, asker: Asker): Promise<Settled> {
  for (const { message } of questions) asker.say(source.file, message);
  if (questions.some(({ name }) => name === 'undeclared-test')) return settleTest(source, asker);
  const facts = factsOf(source);
  if (!questions.some(({ name }) => aboutTheRole.has(name))) {
    return { entry: await settleColumns(found, facts, questions, asker), said: 'Role found by itself; columns as you said' };
  }
  const role = await askRole(source, asker);
  if (role === ignored) return leftOut(source);
  const { entry, questions: raised } = entryFor(role, facts);
  return { entry: await settleColumns(entry, facts, [...questions, ...raised], asker), said: `As you said: ${role}` };
}

async function settleTest(source: Source, asker: Asker): Promise<Settled> {
  const isTest = await asker.yesOrNo(`Is ${source.file} a test with one row per customer? If not, it is left out.`, true);
  if (!isTest) return leftOut(source);
  const entry = await declareTest(source, asker);
  return { entry, said: 'As you said: a test with one row per customer. What follows declares its campaign, arms, contacts, reactions and outcomes.' };
}

function leftOut({ file }: Source): Settled {
  return { entry: { file, ignore: 'the user said so' }, said: 'As you said' };
}

function factsOf(source: Source): RoleFacts {
  const profiles = profileColumns(source);
  const matches = new Map<TableName, TableMatches>();
  return {
    source,
    profiles,
    matches: (table) => {
      const found = matches.get(table) ?? matchTable(tableNamed(table), profiles, { preferred: new Set(), descriptions: new Map() });
      matches.set(table, found);
      return found;
    },
  };
}

async function askRole(source: Source, asker: Asker): Promise<TableName | 'ignore'> {
  const choices: Choice[] = tables.map(({ name, rowMeans }) => ({ value: name, label: name, hint: `one row: ${rowMeans}` }));
  const role = await asker.one(`What is ${source.file}?`, [...choices, { value: ignored, label: 'none of these: leave it out' }]);
  return tables.find(({ name }) => name === role)?.name ?? ignored;
}

async function settleColumns(found: FileEntry, facts: RoleFacts, questions: readonly Question[], asker: Asker): Promise<FileEntry> {
  const [first, ...others] = found.tables ?? [];
  if (first === undefined) return found;
  const table: TableEntry = { ...first, columns: { ...first.columns } };
  const asks = (name: string): boolean => questions.some((question) => question.name === name);
  if (asks('uncertain-column')) await settleDoubts(table, facts, asker);
  await settleRequired(table, facts, asker);
  if (asks('unnamed-dates')) await settleDate(table, facts, asker);
  if (asks('points-without-type') && typeof table.columns.type === 'object' && table.columns.type.signOf !== undefined) {
    const kinds = ['earn', 'redeem', 'expire', 'adjust'].map((value) => ({ value, label: value }));
    table.columns.type = { constant: await asker.one('What are the points in this file?', kinds) };
  }
  if (asks('no-customer-column')) await settleCustomer(table, facts, asker);
  const flags = asks('campaign-flags') ? await askFlags(table, flagColumns(facts.profiles), asker) : [];
  const entries = [table, ...others, ...flags];
  const used = JSON.stringify(entries);
  const unused = Object.entries(found.unusedColumns ?? {}).filter(([header]) => !used.includes(JSON.stringify(header)));
  const { unusedColumns: _given, ...rest } = found;
  return { ...rest, tables: entries, ...(unused.length === 0 ? {} : { unusedColumns: Object.fromEntries(unused) }) };
}

async function settleDoubts(table: TableEntry, facts: RoleFacts, asker: Asker): Promise<void> {
  for (const { column, candidates } of facts.matches(table.table).doubtful) {
    if (table.columns[column] !== undefined) continue;
    const rules = new Map(candidates.map(({ at, rule }) => [facts.profiles[at[0] ?? -1]?.reference ?? '', rule]));
    const profiles = facts.profiles.filter(({ reference }) => rules.has(reference));
    const answer = await asker.one(`Is this ${meaningOf(table.table, column)}?`, [...columnChoices(profiles), { value: none, label: 'no, leave it out' }]);
    const rule = rules.get(answer);
    if (rule !== undefined) table.columns[column] = rule;
  }
}

async function settleRequired(table: TableEntry, { profiles }: RoleFacts, asker: Asker): Promise<void> {
  const given = new Set([...Object.keys(table.columns), table.unpivot?.name, table.unpivot?.value]);
  for (const column of tableNamed(table.table).columns) {
    if (!column.isRequired || column.mayBeEmpty || given.has(column.name)) continue;
    const isKey = column.type === 'member' || column.type === 'id';
    const choices = [
      ...columnChoices(profiles),
      ...(isKey ? [{ value: rowNumber, label: 'no column: number the rows' }] : []),
      { value: constant, label: 'no column: it is the same in every row' },
    ];
    const answer = await asker.one(`Which column is ${meaningOf(table.table, column.name)}?`, choices);
    table.columns[column.name] = await ruleOf(answer, asker);
  }
}

async function ruleOf(answer: string, asker: Asker): Promise<ColumnRule> {
  if (answer === rowNumber) return { rowNumber: true };
  if (answer !== constant) return answer;
  return { constant: await asker.text('What is it in every row?', 'e.g. Spring mailing', (text) => (text === '' ? 'Write the value.' : null)) };
}

/** The date that matters most to a table is the first that it has. */
async function settleDate(table: TableEntry, { profiles }: RoleFacts, asker: Asker): Promise<void> {
  const wanted = tableNamed(table.table).columns.find(({ type }) => type === 'date' || type === 'timestamp');
  if (wanted === undefined || table.columns[wanted.name] !== undefined) return;
  const dated = columnChoices(profiles.filter(({ dates }) => dates.length > 0));
  if (dated.length === 0) return;
  const answer = await asker.one(`Which column is ${meaningOf(table.table, wanted.name)}?`, [...dated, { value: none, label: 'none of them' }]);
  if (answer !== none) table.columns[wanted.name] = answer;
}

async function settleCustomer(table: TableEntry, { profiles }: RoleFacts, asker: Asker): Promise<void> {
  if (table.columns.member_id !== undefined) return;
  const choices = [...columnChoices(profiles), { value: none, label: 'none: the sales are not linked to customers' }];
  const answer = await asker.one('Which column names the customer?', choices, none);
  if (answer !== none) table.columns.member_id = answer;
}

/** Columns such as AcceptedCmp1 … AcceptedCmp5 become contacts, responses or both. */
async function askFlags(table: TableEntry, flags: readonly ColumnProfile[], asker: Asker): Promise<TableEntry[]> {
  const member = table.columns.member_id;
  if (member === undefined || flags.length === 0) return [];
  const meaning = await asker.one(`What does a yes in ${flags.map(({ header }) => header).join(', ')} mean?`, [
    { value: 'responses', label: 'the customer responded to that campaign' },
    { value: 'contacts', label: 'the customer was contacted in that campaign' },
    { value: none, label: 'something else: leave them out' },
  ]);
  const columns = flags.map(({ reference }) => reference);
  const unpivoted = (name: 'contacts' | 'responses', keep: 'all' | 'positive'): TableEntry => ({
    table: name,
    columns: { member_id: member },
    unpivot: { columns, name: 'campaign_id', keep },
  });
  if (meaning === none) return [];
  if (meaning === 'contacts') return [unpivoted('contacts', 'positive')];
  const isEveryone = await asker.yesOrNo('Was every customer in the file contacted in every one of these campaigns?', false);
  return [...(isEveryone ? [unpivoted('contacts', 'all')] : []), unpivoted('responses', 'positive')];
}

function meaningOf(table: TableName, name: string): string {
  return `${table}.${name} (${tableNamed(table).columns.find((column) => column.name === name)?.meaning ?? name})`;
}
