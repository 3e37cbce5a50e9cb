/** Measures, evidence and charts of overlapping audiences. */

import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { jackknifeRatio, ratioOf } from '../../statistics/resampling.js';
import { mayTellPart } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { Pair } from './overlap-pairs.js';
import type { AudienceRow, CollisionRow, RedundantRow, UnitCollisionRow } from './overlapping-audiences.sql.js';

export interface OverlapData {
  readonly audiences: readonly AudienceRow[];
  readonly pairs: readonly Pair[];
  readonly collisions: readonly CollisionRow[];
  readonly units: readonly UnitCollisionRow[];
  readonly redundant: readonly RedundantRow[];
  /** Members ÷ members looked at for the pairs. */
  readonly scale: number;
  /** Whether it is known who could be contacted. */
  readonly hasPermissions: boolean;
}

const allGroups = 50;
/** No probability is nought; smaller ones than this are not told apart. */
const smallestP = 1e-16;
const mostRows = 20;
const mostInMatrix = 12;

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0);
const campaignsIn = (pairs: readonly Pair[]): number => new Set(pairs.flatMap(({ earlier, later }) => [earlier.campaign_key, later.campaign_key])).size;
/** Most of the smaller audience first, then what chance explains least; the keys break ties. */
const bySize = (a: Pair, b: Pair): number =>
  Number(b.isRedundant) - Number(a.isRedundant) ||
  b.coefficient - a.coefficient ||
  b.lift - a.lift ||
  a.earlier.campaign_key - b.earlier.campaign_key ||
  a.later.campaign_key - b.later.campaign_key;

export function overlapMeasures({ audiences, pairs, collisions, redundant, scale, hasPermissions }: OverlapData, policy: Policy): Measure[] {
  const level = policy.screenLevel;
  const count = (id: string, label: string, value: number, n: number): Measure => ({ id, label, value, unit: 'count', n });
  const share = (id: string, label: string, part: number, n: number): Measure =>
    n === 0
      ? { id, label, value: null, unit: 'share', n, why: 'There is nothing to take a share of.' }
      : { id, label, value: part / n, unit: 'share', n, interval: { ...wilson(part, n, level), level, method: 'Wilson score interval' } };
  const alike = pairs.filter((pair) => pair.hasOneObjective === true);
  const found = pairs.filter((pair) => pair.isRedundant);
  const members = sum(collisions, (row) => row.members);
  const live = sum(collisions, (row) => row.live_members);
  const days = collisions.map((row) => ({ numerator: row.crowded_days, denominator: row.member_days })).filter((part) => part.denominator > 0);
  const dayShare = jackknifeRatio(days, level);
  const interval =
    dayShare === null
      ? {}
      : { interval: { low: Math.max(0, dayShare.low), high: Math.min(1, dayShare.high), level, method: 'jackknife over groups of members' } };
  const [largest] = [...pairs].sort(bySize);
  const most: Measure[] =
    largest === undefined || (largest.shared > 0 && largest.shared < policy.smallCell)
      ? []
      : [
          {
            id: 'largestOverlap',
            label: `${largest.earlier.name} and ${largest.later.name}`,
            value: largest.coefficient,
            unit: 'share',
            n: largest.shared,
            interval: { ...largest.interval, level, method: 'Wilson score interval' },
          },
          { id: 'largestLift', label: 'Shared members of that pair, against chance', value: largest.lift, unit: 'ratio', n: largest.shared },
        ];
  return [
    count('campaignsCompared', 'Campaigns that chose their members within 28 days', audiences.length, audiences.length),
    count('pairsCompared', 'Pairs of campaigns that began within 28 days of each other', pairs.length, pairs.length),
    count('pairsOfOneObjective', 'Of these, pairs with the same objective', alike.length, pairs.length),
    count('redundantPairs', 'Pairs with the same objective and largely the same members', found.length, alike.length),
    share(
      'redundantCampaignShare',
      'Share of the campaigns in pairs with the same objective that stand in such a pair',
      campaignsIn(found),
      campaignsIn(alike),
    ),
    ...(hasPermissions
      ? []
      : [
          share(
            'surelyRedundantShare',
            'The same, if nobody but the members contacted at all could have been contacted',
            campaignsIn(pairs.filter((pair) => pair.isSurelyRedundant)),
            campaignsIn(alike),
          ),
        ]),
    ...most,
    count(
      'repeatedContacts',
      'Members of the later campaign of such a pair who had been in the earlier, added up over campaigns',
      Math.round(sum(redundant, (row) => row.members) * scale),
      pairs.length,
    ),
    count('contactedMembers', 'Members contacted', members, members),
    count('liveMembers', 'Members for whom two or more campaigns ran on one day', live, members),
    share('liveMembersShare', 'The same as a share of members contacted', live, members),
    ...(ratioOf(days) === null
      ? []
      : [
          count(
            'crowdedDays',
            'Days on which a member was contacted by two or more campaigns',
            sum(days, (part) => part.numerator),
            sum(days, (part) => part.denominator),
          ),
          {
            id: 'crowdedDayShare',
            label: 'The same as a share of the days on which a member was contacted',
            value: ratioOf(days),
            unit: 'share' as const,
            n: sum(days, (part) => part.denominator),
            ...interval,
          },
        ]),
  ];
}

/** What the repeated contacts cost; undefined where some campaign has no cost. */
export function overlapMoney({ audiences, collisions, redundant, scale }: OverlapData, policy: Policy): Money | undefined {
  const costs = new Map(
    audiences.map((row) => [row.campaign_key, row.cost !== null && row.contacts > 0 && row.costed === row.contacts ? row.cost / row.contacts : null]),
  );
  if (
    redundant.length === 0 ||
    sum(redundant, (row) => row.members) < policy.smallCell ||
    redundant.some((row) => (costs.get(row.campaign_key) ?? null) === null)
  )
    return undefined;
  // Groups are of nearly one size, so the total is the number of groups times what one adds; a group without a repeat adds nothing.
  const parts = collisions
    .filter((row) => row.jackknife_group * scale < allGroups)
    .map(({ jackknife_group: group }) => ({
      numerator: sum(redundant, (row) => (row.jackknife_group === group ? row.members * (costs.get(row.campaign_key) ?? 0) : 0)),
      denominator: 1,
    }));
  const value = sum(parts, (part) => part.numerator) * scale;
  const found = jackknifeRatio(parts, policy.screenLevel);
  const range = found === null ? {} : { low: Math.max(0, found.low * parts.length * scale), high: found.high * parts.length * scale };
  return {
    value,
    ...range,
    meaning: 'cost of contacts to members who had been in another campaign with the same objective shortly before; what they brought is not taken off',
  };
}

/** Whether those in both campaigns, and those in one of them only, are nobody or enough. */
const mayTellShared = ({ earlier, later, shared }: Pair, smallCell: number): boolean =>
  [earlier, later].every(({ members }) => members >= smallCell && mayTellPart(shared, members, smallCell));

/** Lines of which every second is a part of the one before. */
const toldNumbers = (lines: readonly (readonly [string, number])[], smallCell: number): (string | number | null)[][] =>
  lines.map(([what, count], index) => [what, mayTellPart(count, index % 2 === 1 ? (lines[index - 1]?.[1] ?? 0) : count, smallCell) ? count : null]);

export function overlapEvidence({ pairs, collisions, units }: OverlapData, policy: Policy): EvidenceTable[] {
  const hidden = (pair: Pair): boolean => !mayTellShared(pair, policy.smallCell);
  const large = ({ earlier, later }: Pair): boolean => earlier.members >= policy.smallCell && later.members >= policy.smallCell;
  const rows = pairs.filter(large).sort(bySize).slice(0, mostRows);
  const shown = (pair: Pair, value: number): number | null => (hidden(pair) ? null : value);
  const tables: EvidenceTable[] = [
    {
      id: 'pairs',
      title: 'Pairs of campaigns with the largest overlap',
      columns: [
        { id: 'earlier', label: 'Earlier campaign', unit: 'text' },
        { id: 'later', label: 'Later campaign', unit: 'text' },
        { id: 'daysApart', label: 'Days between their first contacts', unit: 'days' },
        { id: 'objective', label: 'Same objective', unit: 'text' },
        { id: 'earlierMembers', label: 'Members of the earlier', unit: 'count' },
        { id: 'laterMembers', label: 'Members of the later', unit: 'count' },
        { id: 'shared', label: 'Members in both', unit: 'count' },
        { id: 'coefficient', label: 'Share of the smaller that is in the other', unit: 'share' },
        { id: 'jaccard', label: 'Share of all members of the two that is in both', unit: 'share' },
        { id: 'lift', label: 'Against chance', unit: 'ratio' },
        { id: 'p', label: 'Probability of as many by chance, adjusted for all pairs', unit: 'probability' },
        { id: 'isRedundant', label: 'Redundant', unit: 'text' },
      ],
      rows: rows.map((pair) => [
        pair.earlier.name,
        pair.later.name,
        pair.later.day - pair.earlier.day,
        pair.hasOneObjective === null ? 'not known' : pair.hasOneObjective ? `yes: ${pair.earlier.objective ?? ''}` : 'no',
        pair.earlier.members,
        pair.later.members,
        shown(pair, pair.shared),
        shown(pair, pair.coefficient),
        shown(pair, pair.jaccard),
        shown(pair, pair.lift),
        shown(pair, Math.max(pair.adjustedP, smallestP)),
        pair.isRedundant ? 'yes' : 'no',
      ]),
      note: `At most ${mostRows} pairs; overlaps of fewer than ${policy.smallCell} members, or of all but so few of a campaign, are not shown. Probabilities are hypergeometric, adjusted by Benjamini and Hochberg over all pairs compared.`,
    },
    {
      id: 'collisions',
      title: 'Campaigns that meet at one member',
      columns: [
        { id: 'what', label: 'What', unit: 'text' },
        { id: 'number', label: 'Number', unit: 'count' },
      ],
      rows: toldNumbers(
        [
          ['Members contacted', sum(collisions, (row) => row.members)],
          ['Members for whom two or more campaigns ran on one day', sum(collisions, (row) => row.live_members)],
          ['Days on which a member was contacted, where contacts have dates', sum(collisions, (row) => row.member_days)],
          ['Of these, days with contacts of two or more campaigns', sum(collisions, (row) => row.crowded_days)],
        ],
        policy.smallCell,
      ),
      note: `An empty cell stands for fewer than ${policy.smallCell}, or for all but so few of the line before.`,
    },
  ];
  if (units.length === 0) return tables;
  const largeUnits = units.filter((row) => row.members >= policy.smallCell);
  return [
    ...tables,
    {
      id: 'business-units',
      title: 'Business units that contacted one member on one day',
      columns: [
        { id: 'first', label: 'Business unit', unit: 'text' },
        { id: 'second', label: 'and', unit: 'text' },
        { id: 'days', label: 'Days, added up over members', unit: 'count' },
        { id: 'members', label: 'Members', unit: 'count' },
      ],
      rows: largeUnits.map((row) => [row.first_unit, row.second_unit, row.member_days, row.members]),
      note: `Pairs with fewer than ${policy.smallCell} members are left out.`,
    },
  ];
}

/** The overlap of the campaigns that stand in the largest pairs, by their days. */
export function overlapCharts({ audiences, pairs }: OverlapData, policy: Policy): Chart[] {
  const wanted = new Set<number>();
  for (const { earlier, later } of [...pairs].sort(bySize)) {
    const added = [earlier.campaign_key, later.campaign_key].filter((key) => !wanted.has(key));
    if (wanted.size + added.length > mostInMatrix) break;
    for (const key of added) wanted.add(key);
  }
  const shown = audiences.filter((row) => wanted.has(row.campaign_key));
  if (shown.length < 2) return [];
  const cell = (row: AudienceRow, column: AudienceRow): number | null => {
    const pair = pairs.find(({ earlier, later }) => earlier.campaign_key === row.campaign_key && later.campaign_key === column.campaign_key);
    return pair === undefined || !mayTellShared(pair, policy.smallCell) ? null : pair.coefficient;
  };
  return [
    {
      kind: 'matrix',
      id: 'overlaps',
      title: 'How much of the smaller audience was in the other',
      description:
        'Campaigns in the order of their first contact, earlier ones in rows, later ones in columns. Each cell is the share of the smaller of the two audiences that is in the other. Empty: the two began more than 28 days apart, the pair stands elsewhere in the table, or too few members are in both to be shown.',
      rowsLabel: 'Earlier campaign',
      columnsLabel: 'Later campaign',
      unit: 'share',
      columns: shown.slice(1).map((row) => row.name),
      rows: shown.slice(0, -1).map((row) => ({ label: row.name, values: shown.slice(1).map((column) => cell(row, column)) })),
    },
  ];
}
