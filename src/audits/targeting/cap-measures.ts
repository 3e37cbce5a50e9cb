/** Measures, evidence and the chart of cap breaches, from histograms by group of members. */
import type { Chart, LinesChart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { groupedQuantile } from '../../statistics/quantile-interval.js';
import { type Jackknifed, jackknifeRatio, type Part, ratioOf } from '../../statistics/resampling.js';
import { isFew, joinSmallCells, toldRate } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { BreachCountRow, BreachMembersRow, Caps, PressureMembersRow, PressureRow } from './cap-breaches.sql.js';

export interface CapData {
  readonly pressure: readonly PressureRow[];
  readonly counts: readonly BreachCountRow[];
  readonly members: BreachMembersRow;
  readonly byPressure: readonly PressureMembersRow[];
  readonly caps: Caps;
}

type CountColumn =
  | 'contacts'
  | 'followed'
  | 'over_watch'
  | 'over_high'
  | 'crowded_day'
  | 'crowded_24h'
  | 'over_text'
  | 'over_text_day'
  | 'clocked'
  | 'costed_over'
  | 'is_text';

export const overall = (counts: readonly BreachCountRow[]): BreachCountRow[] => counts.filter((row) => row.is_all === 1);
export const total = (rows: readonly BreachCountRow[], column: CountColumn): number => rows.reduce((sum, row) => sum + row[column], 0);
const parts = (rows: readonly BreachCountRow[], numerator: CountColumn, denominator: CountColumn): Part[] =>
  rows.map((row) => ({ numerator: row[numerator], denominator: row[denominator] })).filter((part) => part.denominator > 0);
const method = 'jackknife over groups of members';

function intervalOf(found: Jackknifed | null, policy: Policy): Pick<Measure, 'interval'> {
  if (found === null) return {};
  return { interval: { low: Math.max(0, found.low), high: Math.min(1, found.high), level: policy.screenLevel, method } };
}

function breachShare(id: string, label: string, rows: readonly BreachCountRow[], column: CountColumn, of: CountColumn, policy: Policy): Measure {
  const own = parts(rows, column, of);
  return { id, label, value: ratioOf(own), unit: 'share', n: total(rows, of), ...intervalOf(jackknifeRatio(own, policy.screenLevel), policy) };
}

const histogram = (rows: readonly PressureRow[], days: number, channel: string | null): PressureRow[] =>
  rows.filter((row) => row.days === days && row.channel === channel);
const cellsOf = (rows: readonly PressureRow[]) => rows.map((row) => ({ group: row.jackknife_group, value: row.prior, weight: row.contacts }));
const contactsIn = (rows: readonly PressureRow[]): number => rows.reduce((sum, row) => sum + row.contacts, 0);

export function capMeasures({ pressure, counts, members, caps }: CapData, policy: Policy): Measure[] {
  const level = policy.screenLevel;
  const all = overall(counts);
  const month = histogram(pressure, 28, null);
  const n = contactsIn(month);
  const quantile = (id: string, label: string, share: number): Measure => {
    const { estimate, interval } = groupedQuantile(cellsOf(month), share, level);
    const range = interval === null ? {} : { interval: { ...interval, level, method: 'Woodruff interval, groups of members' } };
    return { id, label, value: estimate, unit: 'count', n, ...range };
  };
  const count = (id: string, label: string, value: number, of: number): Measure => ({ id, label, value, unit: 'count', n: of });
  const contacts = total(all, 'contacts');
  const measures = [
    count('contacts', 'Marketing contacts with a date of their own', contacts, contacts),
    count('contactedMembers', 'Members contacted', members.members, members.members),
    quantile('contactsIn28DaysMedian', 'Contacts in the 28 days before a contact, median', 0.5),
    quantile('contactsIn28Days', 'Contacts in the 28 days before a contact, exceeded by one contact in ten', 0.9),
    quantile('contactsIn28DaysP99', 'The same, exceeded by one contact in a hundred', 0.99),
    count('contactsIn28DaysMost', 'The same, most', Math.max(...month.map((row) => row.prior)), n),
    breachShare('overWatchShare', 'Share of contacts beyond the lower cap for 28 days', all, 'over_watch', 'followed', policy),
    breachShare('overHighShare', 'Share of contacts beyond the upper cap for 28 days', all, 'over_high', 'followed', policy),
    count('membersOverWatch', 'Members contacted beyond the lower cap', members.over_watch, members.members),
    count('membersOverHigh', 'Members contacted beyond the upper cap', members.over_high, members.members),
    count('crowdedDayContacts', `Contacts that were a member’s number ${caps.perDay} or later of a calendar day`, total(all, 'crowded_day'), contacts),
    breachShare('crowdedDayShare', 'The same as a share of contacts', all, 'crowded_day', 'contacts', policy),
    count('crowded24HoursContacts', `Contacts that were a member’s number ${caps.perDay} or later within 24 hours`, total(all, 'crowded_24h'), contacts),
    count('membersCrowded', 'Members with such a calendar day', members.crowded_day, members.members),
  ];
  const texts = all.some((row) => row.is_text === 1);
  if (!texts) return measures;
  const own = counts.filter((row) => row.is_all === 0 && row.is_text === 1);
  return [
    ...measures,
    count('textContacts', 'Text messages', total(own, 'contacts'), contacts),
    count('textsOverCap', 'Text messages beyond the cap, within 24 hours', total(all, 'over_text'), total(own, 'contacts')),
    count('textsOverCapByDay', 'Text messages beyond the cap, by calendar day', total(all, 'over_text_day'), total(own, 'contacts')),
    count('membersOverTextCap', 'Members with text messages beyond the cap', members.over_text, members.members),
  ];
}

/** What the contacts beyond the upper cap cost; undefined where that is not known, or where too few members stand behind it. */
export function capMoney({ counts, members }: CapData, policy: Policy): Money | undefined {
  const all = overall(counts);
  const over = total(all, 'over_high');
  if (over === 0 || total(all, 'costed_over') < over || members.over_high < policy.smallCell) return undefined;
  const followed = total(all, 'followed');
  const groups = all.filter((row) => row.followed > 0).map((row) => ({ numerator: Math.round((row.cost_over ?? 0) * 10_000), denominator: row.followed }));
  const value = groups.reduce((sum, group) => sum + group.numerator, 0) / 10_000;
  const found = jackknifeRatio(groups, policy.screenLevel);
  const range = found === null ? {} : { low: Math.max(0, (found.low * followed) / 10_000), high: (found.high * followed) / 10_000 };
  return { value, ...range, meaning: 'cost of the contacts beyond the upper cap; what they brought is not taken off' };
}

/** As many groups as a cell needs members are at least as many members. */
const isPublishable = (rows: readonly { readonly jackknife_group: number }[], policy: Policy): boolean =>
  new Set(rows.map((row) => row.jackknife_group)).size >= policy.smallCell;

export function capEvidence({ pressure, counts, byPressure, caps }: CapData, policy: Policy): EvidenceTable[] {
  const distribution = [...new Set(pressure.map((row) => `${row.days} ${row.channel ?? ''}`))].flatMap((key) => {
    const rows = pressure.filter((row) => `${row.days} ${row.channel ?? ''}` === key);
    const [first] = rows;
    if (first === undefined || !isPublishable(rows, policy)) return [];
    const at = (share: number): number => groupedQuantile(cellsOf(rows), share, policy.screenLevel).estimate;
    return [[first.channel ?? 'all channels', first.days, contactsIn(rows), at(0.5), at(0.9), at(0.99)]];
  });
  const channels = [...new Set(counts.map((row) => (row.is_all === 1 ? null : (row.channel ?? 'not stated'))))];
  const breaches = channels.flatMap((channel) => {
    const rows = counts.filter((row) => (channel === null ? row.is_all === 1 : row.is_all === 0 && (row.channel ?? 'not stated') === channel));
    if (!isPublishable(rows, policy)) return [];
    const share = (column: CountColumn, of: CountColumn): number | null => toldRate(ratioOf(parts(rows, column, of)), total(rows, of), policy.smallCell);
    const name = channel ?? 'all channels together';
    return [
      [
        name,
        total(rows, 'contacts'),
        share('over_watch', 'followed'),
        share('over_high', 'followed'),
        share('crowded_day', 'contacts'),
        share('crowded_24h', 'contacts'),
      ],
    ];
  });
  const joined = joinSmallCells(
    byPressure.map(({ prior, contacts, members }) => ({ from: prior, to: prior, contacts, members })),
    ({ members }) => members >= policy.smallCell,
    // The same member may have met several of these, so the largest is all that is certain.
    (left, right) => ({ from: left.from, to: right.to, contacts: left.contacts + right.contacts, members: Math.max(left.members, right.members) }),
  );
  return [
    {
      id: 'breaches',
      title: 'Contacts beyond each cap, by channel',
      columns: [
        { id: 'channel', label: 'Channel', unit: 'text' },
        { id: 'contacts', label: 'Contacts', unit: 'count' },
        { id: 'overWatch', label: `More than ${caps.watch} in any 28 days`, unit: 'share' },
        { id: 'overHigh', label: `More than ${caps.high} in any 28 days`, unit: 'share' },
        { id: 'crowdedDay', label: `Number ${caps.perDay} or later of a calendar day`, unit: 'share' },
        { id: 'crowded24Hours', label: `Number ${caps.perDay} or later within 24 hours`, unit: 'share' },
      ],
      rows: breaches,
      note: 'Each is the share of contacts that exceed the cap; an empty cell stands for very few. A channel’s own line counts that channel alone; the caps in force are those for all channels together.',
    },
    {
      id: 'pressure',
      title: 'Contacts that a member had been sent before each contact',
      columns: [
        { id: 'channel', label: 'Counted in', unit: 'text' },
        { id: 'days', label: 'Days looked back', unit: 'days' },
        { id: 'contacts', label: 'Contacts', unit: 'count' },
        { id: 'median', label: 'Half had at most', unit: 'count' },
        { id: 'ninetieth', label: 'Nine in ten had at most', unit: 'count' },
        { id: 'ninetyNinth', label: '99 in a hundred had at most', unit: 'count' },
      ],
      rows: distribution,
      note: 'Contacts whose look-back begins before the first contact on record are left out.',
    },
    {
      id: 'by-pressure',
      title: 'Contacts by the number in the 28 days before',
      columns: [
        { id: 'before', label: 'Contacts in the 28 days before', unit: 'text' },
        { id: 'contacts', label: 'Contacts', unit: 'count' },
        { id: 'members', label: 'Members, at least', unit: 'count' },
      ],
      rows: joined.map(({ from, to, contacts, members }) => [from === to ? String(from) : `${from} to ${to}`, contacts, members]),
      note: `Numbers that fewer than ${policy.smallCell} members met are joined to their neighbours.`,
    },
  ];
}

/** The share of contacts that came after more than x others, for all channels and the three with most contacts. */
export function capChart({ pressure, byPressure, caps }: CapData, policy: Policy): Chart {
  const month = histogram(pressure, 28, null);
  const published = byPressure.filter(({ members }) => members >= policy.smallCell);
  const last = Math.max(...published.map(({ prior }) => prior), 1);
  const curve = (rows: readonly PressureRow[], hasBand: boolean): LinesChart['lines'][number]['points'] =>
    Array.from({ length: last + 1 }, (_, x) => x).flatMap((x) => {
      const groups = [...new Set(rows.map((row) => row.jackknife_group))]
        .sort((a, b) => a - b)
        .map((group) => {
          const own = rows.filter((row) => row.jackknife_group === group);
          return { numerator: contactsIn(own.filter((row) => row.prior > x)), denominator: contactsIn(own) };
        });
      // The last contacts of the most pressed are a few.
      if (isFew(contactsIn(rows.filter((row) => row.prior > x)), policy.smallCell)) return [];
      const found = hasBand ? jackknifeRatio(groups, policy.screenLevel) : null;
      return [{ x, y: ratioOf(groups) ?? 0, low: found === null ? null : Math.max(0, found.low), high: found === null ? null : Math.min(1, found.high) }];
    });
  const channels = [...new Set(pressure.flatMap((row) => row.channel ?? []))]
    .filter((channel) => isPublishable(histogram(pressure, 28, channel), policy))
    .map((channel) => ({ channel, contacts: contactsIn(histogram(pressure, 28, channel)) }))
    .sort((a, b) => b.contacts - a.contacts || (a.channel < b.channel ? -1 : 1))
    .slice(0, 3);
  const ownLines =
    channels.length < 2
      ? []
      : channels.map(({ channel }) => ({ label: channel, emphasis: 'muted' as const, points: curve(histogram(pressure, 28, channel), false) }));
  return {
    kind: 'lines',
    id: 'pressure',
    title: 'How many contacts came after many others',
    description:
      'Share of contacts that came after more than a number of others to the same member in the 28 days before, with its interval. Nine contacts in ten came after at most {contactsIn28Days}.',
    isStepped: true,
    xLabel: 'Contacts in the 28 days before',
    xUnit: 'count',
    xNames: null,
    yLabel: 'Share of contacts after more than that',
    yUnit: 'share',
    lines: [{ label: 'All channels', emphasis: 'strong', points: curve(month, true) }, ...ownLines],
    counts: { label: 'Contacts', values: published.map(({ prior, contacts }) => ({ x: prior, n: contacts })) },
    xReferences: [
      { value: caps.watch, label: 'lower cap' },
      { value: caps.high, label: 'upper cap' },
    ].filter(({ value }) => value >= 0 && value <= last),
    yReferences: [{ value: 0.1, label: 'one contact in ten' }],
  };
}
