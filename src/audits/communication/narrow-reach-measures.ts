/** Measures, evidence and the chart of reach, from counts of open members by channels. */
import type { StackChart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { jackknifeRatio, type Part } from '../../statistics/resampling.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { ChannelRow, ReachRow } from './narrow-reach.sql.js';

export const membersOf = (rows: readonly ReachRow[]): number => rows.reduce((sum, { members }) => sum + members, 0);
/** Added in ten-thousandths, the precision of amounts, so that the sum is exact. */
const worthOf = (rows: readonly ReachRow[]): number => rows.reduce((sum, { value }) => sum + Math.round((value ?? 0) * 10_000), 0) / 10_000;
const isOut = ({ channels }: ReachRow): boolean => channels === 0;
const total = (rows: readonly ChannelRow[], of: (row: ChannelRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);

function byGroup<T extends { readonly jackknife_group: number }>(rows: readonly T[], partOf: (own: readonly T[]) => Part): Part[] {
  const groups = [...new Set(rows.map(({ jackknife_group }) => jackknife_group))].sort((a, b) => a - b);
  return groups.map((group) => partOf(rows.filter(({ jackknife_group }) => jackknife_group === group)));
}

/** A ratio of totals over the groups of members, kept between 0 and 1. */
function jackknifed(parts: readonly Part[], level: number): Measure['interval'] {
  const found = jackknifeRatio(parts, level);
  return found === null
    ? undefined
    : { low: Math.max(0, found.low), high: Math.min(1, found.high), level, method: `jackknife over ${parts.length} groups of members` };
}

function deadShare(channels: readonly ChannelRow[], level: number): Measure {
  const [addresses, dead] = [total(channels, (row) => row.addresses), total(channels, (row) => row.dead)];
  const head = { id: 'deadShare', label: 'Share of addresses at which the last message did not arrive', unit: 'share' as const, n: addresses };
  if (addresses === 0) return { ...head, value: null, why: 'The files do not say which messages arrived.' };
  const parts = byGroup(channels, (own) => ({ numerator: total(own, (row) => row.dead), denominator: total(own, (row) => row.addresses) }));
  // Where no address is dead, or all are, the groups do not differ and the addresses themselves give the interval.
  const interval = jackknifed(parts, level) ?? { ...wilson(dead, addresses, level), level, method: 'Wilson score interval' };
  return { ...head, value: dead / addresses, interval };
}

/** @param words what value is called; null when nothing says what a member is worth. */
export function reachMeasures(
  rows: readonly ReachRow[],
  channels: readonly ChannelRow[],
  words: string | null,
  { screenLevel: level, smallCell }: Policy,
): Measure[] {
  const open = membersOf(rows);
  const share = (id: string, label: string, part: number): Measure => ({
    id,
    label,
    value: part / open,
    unit: 'share',
    n: open,
    interval: { ...wilson(part, open, level), level, method: 'Wilson score interval' },
  });
  const count = (id: string, label: string, value: number): Measure => ({ id, label, value, unit: 'count', n: open });
  const reachable = rows.filter((row) => !isOut(row));
  const out = rows.filter(isOut);
  const unrecorded = rows.filter(({ has_record }) => has_record === 0);
  const dead = deadShare(channels, level);
  const isHidden = membersOf(out) > 0 && membersOf(out) < smallCell;
  const interval = jackknifed(
    byGroup(rows, (own) => ({ numerator: worthOf(own.filter(isOut)), denominator: worthOf(own) })),
    level,
  );
  // Margins can be negative, and a part can then be more than the whole, which is no share.
  const isPart = worthOf(rows) > 0 && worthOf(out) >= 0 && worthOf(out) <= worthOf(rows);
  const valueShare = isHidden || !isPart ? null : worthOf(out) / worthOf(rows);
  const value: Measure[] =
    words === null
      ? []
      : [
          {
            id: 'unreachableValue',
            label: `${words} of open members who cannot be reached`,
            value: isHidden ? null : worthOf(out),
            unit: 'money',
            n: membersOf(out),
            ...(isHidden ? { why: `Fewer than ${smallCell} members: what they are worth is not shown.` } : {}),
          },
          {
            id: 'unreachableValueShare',
            label: `Share of ${words} of open members held by those who cannot be reached`,
            value: valueShare,
            unit: 'share',
            n: membersOf(out),
            ...(valueShare === null
              ? {
                  why: isHidden
                    ? `Fewer than ${smallCell} members: what they are worth is not shown.`
                    : 'Open members hold no positive value in the window, or some hold less than nothing, so a share says nothing.',
                }
              : interval === undefined
                ? {}
                : { interval }),
          },
        ];
  return [
    count('openMembers', 'Open members at the end of the window', open),
    count('reachableMembers', 'Open members who may be contacted on at least one channel', membersOf(reachable)),
    count('unreachableMembers', 'Open members whom no message may reach', membersOf(out)),
    share('reachableShare', 'Share of open members who may be contacted on at least one channel', membersOf(reachable)),
    share(
      'twoChannelShare',
      'Share of open members who may be contacted on two channels or more',
      membersOf(rows.filter(({ channels: granted }) => granted >= 2)),
    ),
    count('noRecordMembers', 'Open members whom the permissions never name', membersOf(unrecorded)),
    { id: 'noRecordShare', label: 'Share of open members whom the permissions never name', value: membersOf(unrecorded) / open, unit: 'share', n: open },
    dead,
    {
      id: 'paperMembers',
      label: 'Members with permission at whose every address the last message did not arrive',
      value: dead.value === null ? null : membersOf(reachable.filter(({ is_dead }) => is_dead === 1)),
      unit: 'count',
      n: membersOf(reachable),
      ...(dead.value === null ? { why: 'The files do not say which messages arrived.' } : {}),
    },
    ...value,
  ];
}

export function unreachableMoney(measures: readonly Measure[], rows: readonly ReachRow[], words: string | null): Money | undefined {
  const value = measures.find(({ id }) => id === 'unreachableValue')?.value ?? null;
  const share = measures.find(({ id }) => id === 'unreachableValueShare');
  if (words === null || value === null || value <= 0) return undefined;
  const meaning = `${words} in the window of open members whom no message may reach`;
  return share?.interval === undefined
    ? { value, meaning }
    : { value, low: share.interval.low * worthOf(rows), high: share.interval.high * worthOf(rows), meaning };
}

const bandLabels = ['none', 'one channel', 'two channels', 'three channels', 'four channels or more'];

interface Band {
  readonly label: string;
  readonly rows: readonly ReachRow[];
}

function bandsOf(rows: readonly ReachRow[], smallCell: number): Band[] {
  return joinSmallCells<Band>(
    bandLabels.map((label, channels) => ({ label, rows: rows.filter((row) => row.channels === channels) })).filter((band) => band.rows.length > 0),
    (band) => membersOf(band.rows) >= smallCell,
    (left, right) => ({ label: `${left.label}; ${right.label}`, rows: [...left.rows, ...right.rows] }),
  );
}

export function reachEvidence(rows: readonly ReachRow[], channels: readonly ChannelRow[], words: string | null, smallCell: number): EvidenceTable[] {
  const open = membersOf(rows);
  return [
    {
      id: 'by-number',
      title: 'Open members by the number of channels on which they may be contacted',
      columns: [
        { id: 'channels', label: 'Channels', unit: 'text' },
        { id: 'members', label: 'Open members', unit: 'count' },
        { id: 'share', label: 'Share of open members', unit: 'share' },
        ...(words === null ? [] : [{ id: 'value', label: `Their ${words}`, unit: 'money' as const }]),
      ],
      rows: bandsOf(rows, smallCell).map((band) => [
        band.label,
        membersOf(band.rows),
        membersOf(band.rows) / open,
        ...(words === null ? [] : [worthOf(band.rows)]),
      ]),
      note: `Rows with fewer than ${smallCell} members are joined to their neighbour.`,
    },
    ...channelTable(channels, open, smallCell),
  ];
}

function channelTable(channels: readonly ChannelRow[], open: number, smallCell: number): EvidenceTable[] {
  const names = [...new Set(channels.map(({ channel }) => channel))];
  const isShown = (part: number): boolean => part === 0 || part >= smallCell;
  const shown = names
    .map((name) => {
      const own = channels.filter(({ channel }) => channel === name);
      return {
        name: name === '' ? 'channel not named' : name,
        granted: total(own, (row) => row.granted),
        addresses: total(own, (row) => row.addresses),
        dead: total(own, (row) => row.dead),
      };
    })
    .filter(({ granted, addresses }) => isShown(granted) && isShown(addresses) && granted + addresses > 0)
    .sort((a, b) => b.granted - a.granted || (a.name < b.name ? -1 : 1));
  if (shown.length === 0) return [];
  return [
    {
      id: 'by-channel',
      title: 'Permission and dead addresses, channel by channel',
      columns: [
        { id: 'channel', label: 'Channel', unit: 'text' },
        { id: 'granted', label: 'Open members who granted it', unit: 'count' },
        { id: 'share', label: 'Share of open members', unit: 'share' },
        { id: 'addresses', label: 'Addresses whose delivery is known', unit: 'count' },
        { id: 'deadShare', label: 'Of these, the last message did not arrive', unit: 'share' },
      ],
      rows: shown.map(({ name, granted, addresses, dead }) => [
        name,
        granted,
        granted / open,
        addresses,
        addresses === 0 || !isShown(dead) || !isShown(addresses - dead) ? null : dead / addresses,
      ]),
      note: `Channels with fewer than ${smallCell} members are left out, and a share that stands for fewer is not shown.`,
    },
  ];
}

export function reachChart(rows: readonly ReachRow[], words: string | null, smallCell: number): StackChart {
  const bands = bandsOf(rows, smallCell);
  const bar = (label: string, amountOf: (own: readonly ReachRow[]) => number): StackChart['bars'][number] => ({
    label,
    segments: bands.map((band) => ({ label: band.label, share: amountOf(band.rows) / amountOf(rows) })),
  });
  const hasValue = words !== null && worthOf(rows) > 0 && bands.every((band) => worthOf(band.rows) >= 0);
  return {
    kind: 'stack',
    id: 'channels',
    title: 'On how many channels open members may be contacted',
    description: `One bar for open members${hasValue ? ` and one for their ${words}` : ''}, cut by the number of channels granted. {reachableMembers} of {openMembers} may be contacted on at least one.`,
    bars: [bar('Open members', membersOf), ...(hasValue ? [bar(`Their ${words}`, worthOf)] : [])],
  };
}
