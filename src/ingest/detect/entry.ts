/** The mapping entry of a file whose role is known: the columns that are sure, and what the role needs besides. */
import { type TableName, tableNamed } from '../../model/tables.js';
import type { ColumnRule, FileEntry, TableEntry } from '../mapping/schema.js';
import type { Question } from '../plan/plan.js';
import { type Match, rounded, type TableMatches } from './matches.js';
import type { ColumnProfile } from './profile.js';
import { type RoleFacts, widePoints } from './roles.js';

export interface FoundEntry {
  readonly entry: FileEntry;
  readonly notes: ReadonlyMap<number, { confidence: number | null; reason: string }>;
  readonly questions: readonly Question[];
}

type Columns = Record<string, ColumnRule>;

/** Builds the entry for one role. */
export function entryFor(role: TableName, facts: RoleFacts): FoundEntry {
  const { source, profiles } = facts;
  const matches = facts.matches(role);
  const questions = doubts(source.file, role, matches);
  const columns: Columns = {};
  for (const { name } of tableNamed(role).columns) {
    const match = matches.sure.get(name);
    if (match !== undefined) columns[name] = match.rule;
  }
  const used = new Map<number, Match>([...matches.sure.values()].flatMap((match) => match.at.map((at) => [at, match] as const)));
  const table: TableEntry = { table: role, columns };
  if (role === 'responses' && columns.type === undefined) addResponseType(columns, facts);
  if (role === 'points') questions.push(...completePoints(table, facts, used));
  if (role === 'transactions') completeTransactions(table, profiles);
  const notes = new Map<number, { confidence: number | null; reason: string }>();
  const unusedColumns: Record<string, string> = {};
  for (const profile of profiles) {
    const match = used.get(profile.at);
    const doubt = matches.doubtful.find(({ candidates }) => candidates.some(({ at }) => at.includes(profile.at)));
    const misfit = matches.misfits.get(profile.at);
    const unused = misfit === undefined ? `no column of ${role} is called that` : `the header reads like ${misfit}, but the values do not`;
    const reason = match?.reason ?? (doubt === undefined ? unused : `could be ${doubt.column}, but that is not certain`);
    notes.set(profile.at, { confidence: match === undefined ? null : rounded(match.score), reason });
    if (match === undefined) unusedColumns[profile.reference] = reason;
  }
  const words = [...new Set([...used.keys()].flatMap((at) => profiles[at]?.emptyWords ?? []))].sort();
  return {
    entry: {
      file: source.file,
      tables: [table],
      ...(words.length > 0 ? { empty: words } : {}),
      ...(Object.keys(unusedColumns).length > 0 ? { unusedColumns } : {}),
    },
    notes,
    questions,
  };
}

function doubts(file: string, role: TableName, { doubtful }: TableMatches): Question[] {
  return doubtful.map(({ column, candidates }) => {
    const { meaning, isRequired } = tableNamed(role).columns.find(({ name }) => name === column) ?? { meaning: column, isRequired: undefined };
    const headers = [...new Set(candidates.map(({ rule }) => `“${typeof rule === 'string' ? rule : (rule.year ?? '')}”`))];
    return {
      name: 'uncertain-column',
      file,
      column: headers[0] ?? null,
      isBlocking: isRequired ?? false,
      message: `${headers.join(' or ')} could be ${role}.${column} (${meaning}); the evidence does not settle it, so it is left out.`,
      whatToDo: `If it is, add “${column}: …” under ${role} in the mapping (loyalty-health inspect --save writes one).`,
    };
  });
}

const responseTypes: readonly (readonly [RegExp, string])[] = [
  [/redem|redeem/, 'redemption'],
  [/click/, 'click'],
  [/open/, 'open'],
  [/conver|purchas/, 'purchase'],
  [/visit/, 'visit'],
];

function addResponseType(columns: Columns, { source, profiles }: RoleFacts): void {
  const text = `${source.file.toLowerCase()} ${profiles.map(({ name }) => name).join(' ')}`;
  const found = responseTypes.find(([pattern]) => pattern.test(text));
  if (found !== undefined) columns.type = { constant: found[1] };
}

/** A ledger on its side is unpivoted; one without types takes them from the sign, and asks where there is none. */
function completePoints(table: TableEntry, { source, profiles }: RoleFacts, used: Map<number, Match>): Question[] {
  const wide = widePoints(profiles);
  if (table.columns.points === undefined && wide !== null) {
    delete table.columns.value_amount;
    const { earn, redeem, worth } = wide;
    table.unpivot = {
      name: 'type',
      value: 'points',
      keep: 'positive',
      columns: [
        { column: earn.reference, label: 'earn' },
        { column: redeem.reference, label: 'redeem', ...(worth === null ? {} : { with: { value_amount: worth.reference } }) },
      ],
    };
    for (const [profile, column] of [
      [earn, 'points'],
      [redeem, 'points'],
      [worth, 'value_amount'],
    ] as const) {
      if (profile === null) continue;
      used.set(profile.at, {
        column,
        rule: profile.reference,
        at: [profile.at],
        score: 0.95,
        reason: `“${profile.header}” becomes lines of the points ledger`,
      });
    }
    return [];
  }
  const at = [...used].find(([, match]) => match.column === 'points')?.[0];
  const points = at === undefined ? undefined : profiles[at];
  if (table.columns.type !== undefined || points === undefined) return [];
  table.columns.type = { signOf: points.reference, positive: 'earn', negative: 'redeem' };
  if (points.cells.some((cell) => cell.startsWith('-'))) return [];
  return [
    {
      name: 'points-without-type',
      file: source.file,
      column: points.header,
      isBlocking: true,
      message: `${source.file} has points but does not say whether they were earned or redeemed.`,
      whatToDo: 'Set “type: {constant: earn}” (or redeem) under points in the mapping.',
    },
  ];
}

const lineWords = new Set(['product', 'sku', 'item', 'lineitem', 'quantity', 'qty', 'line', 'upc', 'article']);

/** Line items become baskets; a file without an order number is taken to have one order a row. */
function completeTransactions(table: TableEntry, profiles: readonly ColumnProfile[]): void {
  if (table.columns.transaction_id === undefined) {
    table.columns.transaction_id = { rowNumber: true };
    return;
  }
  if (!profiles.some(({ words }) => words.some((word) => lineWords.has(word)))) return;
  const orderWide = ['net_amount', 'gross_amount', 'discount_amount'].filter((name) => {
    const rule = table.columns[name];
    const profile = profiles.find(({ reference }) => reference === rule);
    return profile?.words.some((word) => ['order', 'total', 'subtotal', 'basket', 'invoice'].includes(word)) ?? false;
  });
  table.groupBy = { columns: ['transaction_id'], ...(orderWide.length > 0 ? { first: orderWide } : {}) };
}
