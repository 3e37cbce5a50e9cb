/** Tables and the chart of points: cohorts with an indicative liability, flows, and notice of expiry. */
import type { Chart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import { recognisedRevenue } from '../../statistics/deferred-revenue.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import { type PointsCohort, quarterDays, stillExpected, type UltimateUse } from './points-cohorts.js';
import { exactSum } from './programme-measures.js';
import { type PointsSeen, worthOfPoint } from './unredeemed-points-measures.js';

export function pointsEvidence(seen: PointsSeen, smallCell: number): EvidenceTable[] {
  const tables = [flowTable(seen)];
  if (seen.use !== null) tables.push(cohortTable(seen.use, worthOfPoint(seen.flows), smallCell));
  const [told, untold] = [1, 0].map((flag) => seen.expiries.filter(({ was_told }) => was_told === flag));
  const sides = [told ?? [], untold ?? []].map((rows) => ({
    points: exactSum(rows.map(({ points }) => points)),
    members: rows.reduce((sum, row) => sum + row.members, 0),
  }));
  if (sides.some(({ members }) => members >= smallCell) && sides.every(({ members }) => members === 0 || members >= smallCell)) {
    tables.push({
      id: 'notice',
      title: 'Points that expired, by whether their owner had any message before',
      columns: [
        { id: 'message', label: 'Message in the weeks before', unit: 'text' },
        { id: 'points', label: 'Points expired', unit: 'points' },
        { id: 'owners', label: 'Owners', unit: 'count' },
      ],
      rows: sides.map(({ points, members }, index) => [index === 0 ? 'at least one' : 'none', points, members]),
      note: 'Any message counts, whatever it said, so “none” is the fewest who cannot have been told. An owner whose points expired more than once may stand in both rows.',
    });
  }
  return tables;
}

function flowTable({ flows }: PointsSeen): EvidenceTable {
  const names = { earn: 'issued', redeem: 'redeemed', expire: 'expired' } as const;
  return {
    id: 'flows',
    title: 'Points issued, redeemed and expired',
    columns: [
      { id: 'kind', label: 'Points', unit: 'text' },
      { id: 'window', label: 'In the window', unit: 'points' },
      { id: 'files', label: 'Over all the files', unit: 'points' },
    ],
    rows: (['earn', 'redeem', 'expire'] as const).map((kind) => {
      const own = flows.filter((row) => row.kind === kind);
      return [names[kind], exactSum(own.filter(({ in_window }) => in_window === 1).map(({ points }) => points)), exactSum(own.map(({ points }) => points))];
    }),
    note: `Points of all members together. Points issued are less those taken back. Adjustments are left out.`,
  };
}

/** Neighbouring cohorts with too few members, added up. */
function publishable({ cohorts }: UltimateUse, smallCell: number): PointsCohort[] {
  return joinSmallCells(
    cohorts,
    ({ members }) => members >= smallCell,
    (left, right) => ({
      quarter: right.quarter,
      members: left.members + right.members,
      issued: left.issued + right.issued,
      expired: left.expired + right.expired,
      redeemed: [(left.redeemed.at(-1) ?? 0) + (right.redeemed.at(-1) ?? 0)],
      ultimate: left.ultimate + right.ultimate,
    }),
  );
}

function cohortTable(use: UltimateUse, worth: number | null, smallCell: number): EvidenceTable {
  const moneyOf = (cohort: PointsCohort, price: number): Cell[] => {
    const allocated = cohort.ultimate * price;
    const redeemed = Math.min(cohort.redeemed.at(-1) ?? 0, cohort.ultimate);
    const recognised = cohort.ultimate > 0 ? recognisedRevenue({ allocated, redeemed, expectedRedeemed: cohort.ultimate }) : 0;
    return [allocated, recognised, stillExpected(cohort) * price];
  };
  return {
    id: 'cohorts',
    title: 'Points by when they were issued: what became of them, and what is expected',
    columns: [
      { id: 'age', label: 'Oldest age, days', unit: 'number' },
      { id: 'members', label: 'Members', unit: 'count' },
      { id: 'issued', label: 'Points issued', unit: 'points' },
      { id: 'redeemed', label: 'Redeemed so far', unit: 'points' },
      { id: 'expired', label: 'Expired so far', unit: 'points' },
      { id: 'expected', label: 'Expected to be redeemed in all', unit: 'points' },
      ...(worth === null
        ? []
        : [
            { id: 'value', label: 'Stand-alone value of those expected', unit: 'money' as const },
            { id: 'recognised', label: 'Of it, earned by redemptions so far', unit: 'money' as const },
            { id: 'liability', label: 'Indicative liability left', unit: 'money' as const },
          ]),
    ],
    rows: publishable(use, smallCell).map((cohort) => [
      (cohort.quarter + 1) * quarterDays,
      cohort.members,
      cohort.issued,
      cohort.redeemed.at(-1) ?? 0,
      cohort.expired,
      cohort.ultimate,
      ...(worth === null ? [] : moneyOf(cohort, worth)),
    ]),
    note: `Quarters of ${quarterDays} days, the oldest points used first. The part earned by redemptions is the value × redeemed ÷ expected (IFRS 15, B40 and B42); the allocation of the price is for the finance department.`,
  };
}

/** The share redeemed by age, for the three oldest cohorts and the youngest that is a year old, with all others muted. */
export function pointsChart({ use }: PointsSeen, smallCell: number): Chart[] {
  if (use === null) return [];
  const shown = use.cohorts.filter(({ members, redeemed }) => members >= smallCell && redeemed.length > 1);
  if (shown.length === 0) return [];
  const marked = new Set([shown[0], shown.findLast(({ redeemed }) => redeemed.length >= 4)]);
  return [
    {
      kind: 'lines',
      id: 'use-by-age',
      title: 'Share of points redeemed, by age of the points',
      description:
        'One line a quarter in which points were issued: the share redeemed by each age, oldest points used first. {usedShare} are expected to be redeemed within {horizonDays}.',
      isStepped: false,
      xLabel: 'Age of the points',
      xUnit: 'days',
      xNames: null,
      yLabel: 'Share redeemed',
      yUnit: 'share',
      lines: shown.map((cohort) => ({
        label: `Issued ${cohort.quarter * quarterDays} to ${(cohort.quarter + 1) * quarterDays} days before the end`,
        emphasis: marked.has(cohort) ? ('strong' as const) : ('muted' as const),
        points: cohort.redeemed.map((points, age) => ({ x: (age + 1) * quarterDays, y: points / cohort.issued, low: null, high: null })),
      })),
      counts: null,
      xReferences: [],
      yReferences: [{ value: use.share, label: 'Expected in the end' }],
    },
  ];
}
