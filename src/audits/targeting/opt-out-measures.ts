/** Measures and evidence of contact after an opt-out, from its counts. */
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { BreachRow, WithdrawalRow } from './contact-after-opt-out.sql.js';

/** Bulk-sender rules of the large mail services give two days to process an unsubscription. */
export const graceDays = 2;

const lagBands = [
  { label: 'the same day or the next 2', to: graceDays },
  { label: '3 to 7 days', to: 7 },
  { label: '8 to 30 days', to: 30 },
  { label: '31 to 90 days', to: 90 },
  { label: 'more than 90 days', to: Number.POSITIVE_INFINITY },
] as const;

const rowsOf = (rows: readonly BreachRow[], state: BreachRow['state'], part: BreachRow['part']): BreachRow[] =>
  rows.filter((row) => row.state === state && row.part === part);
const contactsOf = (rows: readonly BreachRow[]): number => rows.reduce((sum, row) => sum + row.contacts, 0);

export function optOutMeasures(rows: readonly BreachRow[], { members, contacts, undated }: WithdrawalRow, policy: Policy): Measure[] {
  const [all] = rowsOf(rows, 'withdrawn', 'all');
  const contacted = all?.members ?? 0;
  const count = (id: string, label: string, value: number, n: number): Measure => ({ id, label, value, unit: 'count', n });
  const level = policy.screenLevel;
  const measures = [
    count('contactsAfterOptOut', 'Marketing contacts after the member had said no', all?.contacts ?? 0, contacts),
    count('membersContactedAfter', 'Members contacted after they had said no', contacted, members),
    count('membersWithdrawn', 'Members who said no, on a known day before the last contact', members, members),
  ];
  if (members > 0) {
    const interval = { ...wilson(contacted, members, level), level, method: 'Wilson score interval' };
    measures.push({
      id: 'contactedAfterShare',
      label: 'Share of those who said no and were contacted after it',
      value: contacted / members,
      unit: 'share',
      n: members,
      interval,
    });
  }
  const lags = rowsOf(rows, 'withdrawn', 'lag')
    .map((row) => ({ days: row.lag_days ?? 0, contacts: row.contacts }))
    .sort((a, b) => a.days - b.days);
  const total = lags.reduce((sum, lag) => sum + lag.contacts, 0);
  if (total > 0) {
    const within = lags.filter((lag) => lag.days <= graceDays).reduce((sum, lag) => sum + lag.contacts, 0);
    const days = (id: string, label: string, value: number): Measure =>
      contacted < policy.smallCell
        ? { id, label, value: null, unit: 'days', n: total, why: `Fewer than ${policy.smallCell} members: when they were contacted would point at them.` }
        : { id, label, value, unit: 'days', n: total };
    measures.push(
      count('contactsWithinGrace', `Of these, within ${graceDays} days of it`, within, total),
      days('medianLagDays', 'Days from the no to the contact, median', quantileOf(lags, total, 0.5)),
      days('longestLagDays', 'Days from the no to the contact, longest', lags.at(-1)?.days ?? 0),
    );
  }
  measures.push(
    count(
      'contactsAfterPermissionEnded',
      'Contacts after a permission had run out, without a word from the member',
      contactsOf(rowsOf(rows, 'ended', 'all')),
      contacts,
    ),
    count('contactsOfUnknownChannel', 'Contacts without a channel to members who had refused one', contactsOf(rowsOf(rows, 'unknown', 'all')), contacts),
    count('undatedWithdrawals', 'Withdrawals without a date, which could not be checked', undated, members),
  );
  return measures;
}

/** The smallest number of days that at least a share of the contacts do not exceed. */
function quantileOf(lags: readonly { days: number; contacts: number }[], total: number, share: number): number {
  let seen = 0;
  for (const lag of lags) {
    seen += lag.contacts;
    if (seen >= share * total) return lag.days;
  }
  return 0;
}

interface Line {
  readonly label: string;
  readonly contacts: number;
  readonly members: number;
  /** Put together from parts, in two of which one member may stand. */
  readonly isJoined?: true;
}

const joinLines =
  (separator: string) =>
  (left: Line, right: Line): Line => ({
    label: `${left.label}${separator}${right.label}`,
    contacts: left.contacts + right.contacts,
    members: left.members + right.members,
    isJoined: true,
  });

/** Whether a line stands for enough different people, however often one of them was contacted. @param repeats contacts beyond the first of each member. */
const isLarge = ({ members, isJoined }: Line, repeats: number, smallCell: number): boolean => members - (isJoined ? repeats : 0) >= smallCell;

/** Lines with too few members stand together in one, and in the line before it when they are still too few. */
function grouped(lines: readonly Line[], rest: string, repeats: number, smallCell: number): Line[] {
  const large = lines.filter((line) => isLarge(line, repeats, smallCell));
  const [first, ...more] = lines.filter((line) => !isLarge(line, repeats, smallCell));
  const small = first === undefined ? [] : [{ ...more.reduce(joinLines(''), first), label: more.length === 0 ? first.label : rest }];
  return joinSmallCells([...large, ...small], (line) => isLarge(line, repeats, smallCell), joinLines(', '));
}

const columns = (id: string, label: string): EvidenceTable['columns'] => [
  { id, label, unit: 'text' },
  { id: 'contacts', label: 'Contacts after the no', unit: 'count' },
  { id: 'members', label: 'Members, one who was contacted twice perhaps twice', unit: 'count' },
];

export function optOutEvidence(rows: readonly BreachRow[], counts: WithdrawalRow, policy: Policy): EvidenceTable[] {
  const note = `Lines with fewer than ${policy.smallCell} members are joined; where all together are fewer, the table is left empty.`;
  const cut = (part: BreachRow['part'], labelOf: (row: BreachRow) => string): Line[] =>
    rowsOf(rows, 'withdrawn', part).map((row) => ({ label: labelOf(row), contacts: row.contacts, members: row.members }));
  const table = (id: string, title: string, first: string, lines: readonly Line[]): EvidenceTable => ({
    id,
    title,
    columns: columns(id, first),
    rows: lines.map((line) => [line.label, line.contacts, line.members]),
    note,
  });
  const [all] = rowsOf(rows, 'withdrawn', 'all');
  const repeats = (all?.contacts ?? 0) - (all?.members ?? 0);
  const lags = lagBands.map(({ label, to }, index): Line => {
    const from = lagBands[index - 1]?.to ?? Number.NEGATIVE_INFINITY;
    const own = rowsOf(rows, 'withdrawn', 'lag').filter((row) => (row.lag_days ?? 0) > from && (row.lag_days ?? 0) <= to);
    return { label, contacts: contactsOf(own), members: own.reduce((sum, row) => sum + row.members, 0), isJoined: true };
  });
  const byLag = joinSmallCells(
    lags.filter((lag) => lag.contacts > 0),
    (line) => isLarge(line, repeats, policy.smallCell),
    joinLines('; '),
  );
  const tables: EvidenceTable[] = [
    {
      id: 'checked',
      title: 'What was checked',
      columns: [
        { id: 'what', label: 'What', unit: 'text' },
        { id: 'number', label: 'Number', unit: 'count' },
      ],
      rows: [
        ['Marketing contacts with a date', counts.contacts],
        ['Dated withdrawals and refusals', counts.words],
        ['Contacts after the member had said no', contactsOf(rowsOf(rows, 'withdrawn', 'all'))],
        ['Contacts after a permission had run out', contactsOf(rowsOf(rows, 'ended', 'all'))],
        ['Contacts without a channel to members who had refused one', contactsOf(rowsOf(rows, 'unknown', 'all'))],
      ],
    },
    table(
      'by-campaign',
      'Contacts after the no, by campaign',
      'Campaign',
      grouped(
        cut('campaign', (row) => row.campaign ?? 'not known'),
        'other campaigns',
        repeats,
        policy.smallCell,
      ),
    ),
    table(
      'by-channel',
      'Contacts after the no, by channel',
      'Channel',
      grouped(
        cut('channel', (row) => row.channel ?? 'not stated'),
        'other channels',
        repeats,
        policy.smallCell,
      ),
    ),
    table('by-lag', 'Contacts after the no, by the days since', 'Days since the no', byLag),
  ];
  return tables.filter(({ rows: lines }) => lines.length > 0);
}
