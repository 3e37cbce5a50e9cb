/** Measures, evidence and the chart of a customer who is seen in parts. */

import type { Chart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { mayTellPart } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { CampaignTextRow } from './campaign-texts.sql.js';
import { count, partsBy, shareOfCount, shareOfMoney, totalOf } from './figures.js';
import type { CollisionRow, ConflictRow, CrosserRow, OrphanRow } from './single-view-gaps.sql.js';
import { touchpoints, touchpointsIn } from './touchpoint-rules.js';

const groups = 'groups of members';
const fewestCampaigns = 8;
const fewestContacts = 200;
const fewestPermissions = 50;
const fewestMembers = 50;
const groupOf = (row: { readonly jackknife_group: number }): number => row.jackknife_group;

/** What was looked at; null where the files do not have it. */
export interface Views {
  readonly crossers: readonly CrosserRow[];
  readonly orphans: readonly OrphanRow[] | null;
  readonly conflicts: readonly ConflictRow[] | null;
  readonly collisions: readonly CollisionRow[] | null;
  readonly texts: readonly CampaignTextRow[];
}

/** The gaps that are judged, in the order of the sentences. */
export const gapIds = ['collisionShare', 'orphanShare', 'singleSourceShare', 'conflictShare'] as const;
export type GapId = (typeof gapIds)[number];

const known = (texts: readonly CampaignTextRow[]) => texts.map((row) => touchpointsIn(row.targeting_columns)).filter((named) => named.length > 0);

function crosserMeasures(rows: readonly CrosserRow[], level: number): Measure[] {
  return (['unit', 'channel'] as const).flatMap((dimension) => {
    const own = rows.filter((row) => row.dimension === dimension);
    const members = totalOf(own, (row) => row.members);
    if (members < fewestMembers) return [];
    const words = dimension === 'unit' ? 'business units' : 'channels';
    const byCount = partsBy(
      own,
      groupOf,
      (row) => row.is_crosser * row.members,
      (row) => row.members,
    );
    const byValue = partsBy(
      own,
      groupOf,
      (row) => row.is_crosser * row.value,
      (row) => row.value,
    );
    return [
      shareOfCount(`${dimension}Crossers`, `Buying members who bought in two or more ${words}`, byCount, level, groups),
      shareOfMoney(`${dimension}CrosserValue`, `Share of members’ net sales held by those who bought in two or more ${words}`, byValue, members, level, groups),
    ];
  });
}

function collisionMeasures(rows: readonly CollisionRow[], level: number): Measure[] {
  const compared = totalOf(rows, (row) => row.compared);
  return [
    shareOfCount(
      'collisionShare',
      'Messages sent on the day of another unit’s message to the same member, or within six days after it',
      partsBy(
        rows,
        groupOf,
        (row) => row.collisions,
        (row) => row.contacts,
      ),
      level,
      groups,
    ),
    ...(compared < fewestContacts
      ? []
      : [
          shareOfCount(
            'collisionsNow',
            'The same, for messages with the five weeks before them in the files',
            partsBy(
              rows,
              groupOf,
              (row) => row.compared_now,
              (row) => row.compared,
            ),
            level,
            groups,
          ),
          shareOfCount(
            'collisionsThen',
            'Another unit’s message in the week four weeks earlier, for the same messages',
            partsBy(
              rows,
              groupOf,
              (row) => row.compared_then,
              (row) => row.compared,
            ),
            level,
            groups,
          ),
        ]),
  ];
}

export function viewMeasures(views: Views, policy: Policy): Measure[] {
  const level = policy.screenLevel;
  const measures: Measure[] = [];
  const { collisions, orphans, conflicts } = views;
  if (collisions !== null && totalOf(collisions, (row) => row.contacts) >= fewestContacts) measures.push(...collisionMeasures(collisions, level));
  if (orphans !== null && totalOf(orphans, (row) => row.contacts) >= fewestContacts) {
    measures.push(
      shareOfCount(
        'orphanShare',
        'Messages to numbers that the list of members does not have',
        partsBy(
          orphans,
          groupOf,
          (row) => row.orphans,
          (row) => row.contacts,
        ),
        level,
        groups,
      ),
    );
    measures.push(
      count(
        'orphanMembers',
        'Different numbers of these',
        totalOf(orphans, (row) => row.orphan_members),
      ),
    );
  }
  const targeted = known(views.texts);
  if (targeted.length >= fewestCampaigns) {
    const single = targeted.filter((named) => named.length === 1).length;
    measures.push({
      id: 'singleSourceShare',
      label: 'Campaigns that select by one kind of data only',
      value: single / targeted.length,
      unit: 'share',
      n: targeted.length,
      interval: { ...wilson(single, targeted.length, level), level, method: 'Wilson score interval, campaigns' },
    });
  }
  if (conflicts !== null && totalOf(conflicts, (row) => row.permissions) >= fewestPermissions) {
    measures.push(
      shareOfCount(
        'conflictShare',
        'Permissions recorded as granted and withdrawn at once',
        partsBy(
          conflicts,
          groupOf,
          (row) => row.conflicts,
          (row) => row.permissions,
        ),
        level,
        groups,
      ),
    );
  }
  return [...measures, ...crosserMeasures(views.crossers, level)];
}

/** Every share as a row; shares that would speak of a handful of members are left out. */
export function viewEvidence(measures: readonly Measure[], views: Views, policy: Policy): EvidenceTable[] {
  const shares = measures.filter((measure) => measure.unit === 'share' && measure.value !== null);
  const hides = (measure: Measure): boolean => {
    return measure.id !== 'singleSourceShare' && !mayTellPart(Math.round((measure.value ?? 0) * measure.n), measure.n, policy.smallCell);
  };
  const tables: EvidenceTable[] = [
    {
      id: 'gaps',
      title: 'Where one customer is seen in parts',
      columns: [
        { id: 'what', label: 'What', unit: 'text' },
        { id: 'share', label: 'Share', unit: 'share' },
        { id: 'low', label: 'From', unit: 'share' },
        { id: 'high', label: 'To', unit: 'share' },
        { id: 'n', label: 'Out of', unit: 'count' },
      ],
      rows: shares.map((measure): Cell[] =>
        hides(measure)
          ? [measure.label, null, null, null, measure.n]
          : [measure.label, measure.value, measure.interval?.low ?? null, measure.interval?.high ?? null, measure.n],
      ),
      note: `From and to are the ${policy.screenLevel * 100} % interval. Shares that rest on fewer than ${policy.smallCell} cases, or leave out so few, are not shown.`,
    },
  ];
  const targeted = known(views.texts);
  if (targeted.length >= fewestCampaigns) {
    tables.push({
      id: 'selection',
      title: 'Kinds of data by which campaigns select',
      columns: [
        { id: 'kind', label: 'Kind of data', unit: 'text' },
        { id: 'campaigns', label: 'Campaigns that use it', unit: 'count' },
        { id: 'alone', label: 'Campaigns that use nothing else', unit: 'count' },
      ],
      rows: touchpoints.map((touchpoint) => {
        const users = targeted.filter((named) => named.some((each) => each.touchpoint === touchpoint));
        return [touchpoint, users.length, users.filter((named) => named.length === 1).length];
      }),
    });
  }
  return tables;
}

/** Gaps with their intervals on one scale. */
export function viewChart(measures: readonly Measure[]): Chart[] {
  const rows = measures.flatMap((measure) =>
    measure.unit === 'share' && measure.value !== null && measure.interval !== undefined
      ? [{ label: measure.label, low: measure.interval.low, high: measure.interval.high, outerLow: null, outerHigh: null, estimate: measure.value }]
      : [],
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: 'whisker',
      id: 'gaps',
      title: 'Where one customer is seen in parts',
      description: 'One line a share, with its interval: 0 means that nothing of the kind was found.',
      unit: 'share',
      reference: { value: 0, label: 'none' },
      rows,
    },
  ];
}
