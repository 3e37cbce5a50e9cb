/** The wizard's questions about a file with one row per customer of a test: an arm, and the outcomes beside it. */
import { matchTable } from '../ingest/detect/matches.js';
import { type ColumnProfile, profileColumns } from '../ingest/detect/profile.js';
import { testShape } from '../ingest/detect/roles.js';
import type { ColumnRule, FileEntry, TableEntry } from '../ingest/mapping/schema.js';
import type { Source } from '../ingest/source.js';
import { tableNamed } from '../model/tables.js';
import type { Asker, Choice } from './wizard-asker.js';
import { columnChoices, optionalNumber } from './wizard-choices.js';

const none = '';
const mostArms = 12;
/** Of an outcome's name, the kind of reaction that it is when a contacted member shows it. */
const reactions: readonly (readonly [RegExp, string])[] = [
  [/visit/, 'visit'],
  [/conver|purchas|buy|bought|order/, 'purchase'],
  [/click/, 'click'],
  [/redem|redeem/, 'redemption'],
  [/respon|repl/, 'reply'],
];
const channels: readonly Choice[] = ['email', 'sms', 'post', 'app', 'phone'].map((value) => ({ value, label: value }));

interface TestAnswers {
  readonly campaign: string;
  readonly arm: ColumnProfile;
  readonly holdout: string | null;
  readonly plannedShare: number | null;
  readonly member: ColumnRule;
  readonly channel: string | null;
  readonly outcomes: readonly ColumnProfile[];
  readonly windowDays: number | null;
  readonly past: { readonly header: string; readonly days: number | null } | null;
}

/** Asks what the file does not say of its test. @returns its entry: campaign, members, assignments, contacts, responses, outcomes. */
export async function declareTest(source: Source, asker: Asker): Promise<FileEntry> {
  const profiles = profileColumns(source);
  return testEntry(source, profiles, await askTest(source, profiles, asker));
}

async function askTest(source: Source, profiles: readonly ColumnProfile[], asker: Asker): Promise<TestAnswers> {
  const shape = testShape(profiles);
  const campaign = await asker.text(`${source.file} is a test of one campaign. What is the campaign called?`, 'e.g. Spring e-mail test', (answer) =>
    answer === '' ? 'The campaign needs a name.' : null,
  );
  const groups = profiles.filter(({ distinct }) => distinct.size >= 2 && distinct.size <= mostArms);
  const reference = await asker.one('Which column says the arm that a customer was put into?', columnChoices(groups), shape?.arm.reference);
  const arm = named(profiles, reference);
  const values = [...arm.distinct].sort().map((value) => ({ value, label: value }));
  const holdout = await asker.one('Which of its values is the holdout, the customers who were not contacted?', [
    ...values,
    { value: none, label: 'none of them: every arm was contacted' },
  ]);
  const plannedShare = holdout === none ? null : await askShare(asker);
  const unique = profiles.filter(({ isUnique }) => isUnique);
  const ids = [...columnChoices(unique), { value: none, label: 'no column: each row is a customer, numbered by its row' }];
  const member = await asker.one('Which column is the customer’s number?', ids, none);
  const candidates = profiles.filter(({ numbers, reference: other }) => numbers.length > 0 && other !== reference);
  const outcomes = await asker.several(
    'Which columns were measured after the contact?',
    columnChoices(candidates),
    (shape?.outcomes ?? []).map((profile) => profile.reference),
  );
  return {
    campaign,
    arm,
    holdout: holdout === none ? null : holdout,
    plannedShare,
    member: member === none ? { rowNumber: true } : member,
    channel: await askChannel(asker),
    outcomes: outcomes.map((header) => named(profiles, header)),
    windowDays: await optionalNumber(asker, 'How many days after the contact do they cover?', 'empty where nobody knows'),
    past: await askPast(profiles, outcomes, asker),
  };
}

async function askShare(asker: Asker): Promise<number | null> {
  const answer = await asker.text(
    'Which share was planned as holdout? With it the split can be checked against the plan.',
    'e.g. 10% or 1/3; empty where nobody knows',
    (text) => (text === '' || shareOf(text) !== null ? null : 'Write a percentage such as 10%, or a fraction such as 1/3.'),
  );
  return answer === '' ? null : shareOf(answer);
}

/** `10%`, `33.3 %` and `1/3` → a share with six decimals; a bare number could be either, so it is none. */
export function shareOf(text: string): number | null {
  const percent = /^(\d{1,3}(?:\.\d+)?)\s*%$/.exec(text)?.[1];
  const [, above, below] = /^(\d{1,9})\s*\/\s*(\d{1,9})$/.exec(text) ?? [];
  const share = percent === undefined ? Number(above) / Number(below) : Number(percent) / 100;
  return share > 0 && share < 1 ? Math.round(share * 1e6) / 1e6 : null;
}

async function askChannel(asker: Asker): Promise<string | null> {
  const channel = await asker.one('How were the others contacted?', [...channels, { value: none, label: 'not known, or several ways' }], none);
  return channel === none ? null : channel;
}

async function askPast(profiles: readonly ColumnProfile[], outcomes: readonly string[], asker: Asker): Promise<TestAnswers['past']> {
  const candidates = profiles.filter(({ numbers, isYesOrNo, reference }) => numbers.length > 0 && !isYesOrNo && !outcomes.includes(reference));
  if (candidates.length === 0) return null;
  const likely = matchTable(tableNamed('members'), profiles, { preferred: new Set(), descriptions: new Map() }).sure.get('spend_total')?.rule;
  const choices = [...columnChoices(candidates), { value: none, label: 'none of them' }];
  const header = await asker.one('Which column is what the customer spent before the test?', choices, typeof likely === 'string' ? likely : none);
  if (header === none) return null;
  return { header, days: await optionalNumber(asker, 'How many days of spending does it cover?', 'e.g. 365; empty where nobody knows') };
}

function named(profiles: readonly ColumnProfile[], reference: string): ColumnProfile {
  const profile = profiles.find((candidate) => candidate.reference === reference);
  if (profile === undefined) throw new Error('An answer names a column that was not offered.');
  return profile;
}

function testEntry(source: Source, profiles: readonly ColumnProfile[], answers: TestAnswers): FileEntry {
  const { campaign, arm, holdout, plannedShare, member, channel, outcomes, windowDays, past } = answers;
  const keys = { campaign_id: { constant: campaign }, member_id: member };
  const contacted = holdout === null ? [] : [{ column: arm.reference, notIn: [holdout] }];
  const spend = outcomes.find(({ isYesOrNo }) => !isYesOrNo);
  const responses = outcomes.flatMap((outcome): TableEntry[] => {
    const type = reactions.find(([pattern]) => pattern.test(outcome.name))?.[1];
    if (!outcome.isYesOrNo || type === undefined) return [];
    const amount = type === 'purchase' && spend !== undefined ? { amount: spend.reference } : {};
    return [
      { table: 'responses', columns: { ...keys, type: { constant: type }, ...amount }, where: [...contacted, { column: outcome.reference, positive: true }] },
    ];
  });
  const tables: TableEntry[] = [
    { table: 'campaigns', columns: { campaign_id: keys.campaign_id, name: keys.campaign_id, ...when('planned_holdout_share', plannedShare) } },
    {
      table: 'members',
      columns: { member_id: member, ...(past === null ? {} : { spend_total: past.header, ...when('totals_period_days', past.days) }) },
    },
    {
      table: 'assignments',
      columns: { ...keys, arm: holdout === null ? arm.reference : { column: arm.reference, values: { [holdout]: 'holdout' } } },
    },
    {
      table: 'contacts',
      columns: { ...keys, ...when('channel', channel), segment_used: arm.reference },
      ...(contacted.length === 0 ? {} : { where: contacted }),
    },
    ...responses,
  ];
  if (outcomes.length > 0) {
    tables.push({
      table: 'outcomes',
      columns: { ...keys, ...when('window_days', windowDays) },
      unpivot: { columns: outcomes.map(({ reference }) => reference), name: 'outcome', value: 'value', keep: 'all' },
    });
  }
  const used = new Set([arm.reference, past?.header, typeof member === 'string' ? member : undefined, ...outcomes.map(({ reference }) => reference)]);
  const unused = profiles.filter(({ reference }) => !used.has(reference)).map(({ reference }) => [reference, 'no part in the test as it was declared']);
  return { file: source.file, tables, ...(unused.length === 0 ? {} : { unusedColumns: Object.fromEntries(unused) }) };
}

/** A constant where the answer is known, nothing where it is not. */
function when(column: string, value: string | number | null): Record<string, ColumnRule> {
  return value === null ? {} : { [column]: { constant: value } };
}
