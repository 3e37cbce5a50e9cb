/** The tables and the picture of reward rates by value. */
import { addMoney } from '../../model/money.js';
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import { gatherSmallNames, joinSmallCells } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { RewardRow } from './flat-recognition.sql.js';
import { rateOf, ratesByTenth } from './flat-recognition-measures.js';

const tenthLabel = (tenth: number): string => (tenth === 1 ? '1 (lowest)' : tenth === 10 ? '10 (highest)' : String(tenth));

interface Division {
  readonly label: string;
  readonly rows: readonly RewardRow[];
}

const membersOf = ({ rows }: Division): number => rows.reduce((sum, row) => sum + row.members, 0);

function rewardTable(id: string, title: string, heading: string, divisions: readonly Division[], policy: Policy): EvidenceTable {
  const shown = joinSmallCells(
    divisions,
    (division) => membersOf(division) >= policy.smallCell,
    (left, right) => ({ label: `${left.label}, ${right.label}`, rows: [...left.rows, ...right.rows] }),
  );
  return {
    id,
    title,
    columns: [
      { id: 'division', label: heading, unit: 'text' },
      { id: 'members', label: 'Members', unit: 'count' },
      { id: 'revenue', label: 'Net sales', unit: 'money' },
      { id: 'discounts', label: 'Discounts', unit: 'money' },
      { id: 'points', label: 'Value of redeemed points', unit: 'money' },
      { id: 'rate', label: 'Rewards for each unit of net sales', unit: 'share' },
      { id: 'low', label: 'Low end', unit: 'share' },
      { id: 'high', label: 'High end', unit: 'share' },
    ],
    rows: shown.map(({ label, rows }) => {
      const { members, revenue, value, low, high } = rateOf(rows, policy);
      return [label, members, revenue, addMoney(rows.map((row) => row.discounts)), addMoney(rows.map((row) => row.points)), value, low, high];
    }),
    note: `Sales and rewards of the later part of the time. Groups with fewer than ${policy.smallCell} members are joined to their neighbour.`,
  };
}

export function recognitionEvidence(rows: readonly RewardRow[], policy: Policy): EvidenceTable[] {
  const divide = <Key>(keyOf: (row: RewardRow) => Key, keys: readonly Key[], labelOf: (key: Key) => string): Division[] =>
    keys.map((key) => ({ label: labelOf(key), rows: rows.filter((row) => keyOf(row) === key) })).filter((division) => division.rows.length > 0);
  const tiers = [...new Set(rows.map(({ tier }) => tier))].sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
  const byTenth = divide(
    ({ tenth }) => tenth,
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    (tenth) => (tenth === 0 ? 'had bought nothing' : tenthLabel(tenth)),
  );
  const byTier = gatherSmallNames(
    divide(
      ({ tier }) => tier,
      tiers,
      (tier) => tier ?? 'not known',
    ),
    (division) => membersOf(division) >= policy.smallCell,
    (small) => ({ label: 'other tiers', rows: small.flatMap((division) => division.rows) }),
  );
  return [
    rewardTable('tenths', 'Rewards by what members had bought before', 'Tenth of members by value', byTenth, policy),
    ...(tiers.some((tier) => tier !== null) ? [rewardTable('tiers', 'Rewards by tier', 'Tier, as it is now', byTier, policy)] : []),
  ];
}

export function recognitionChart(rows: readonly RewardRow[], policy: Policy): Chart {
  const rates = ratesByTenth(rows, policy).filter(({ rate }) => rate.members >= policy.smallCell);
  return {
    kind: 'lines',
    id: 'rates',
    title: 'Rewards for each unit of net sales, by value before',
    description:
      'One point a tenth of members by what they had bought before, with its interval: what came back to them as discounts and redeemed points for each unit of money spent afterwards. A line that rises recognises the best customers; a level one treats all alike. Lowest tenth {lowestRate}, highest {highestRate}.',
    isStepped: false,
    xLabel: 'Tenth of members by what they had bought before',
    xUnit: 'number',
    xNames: rates.map(({ tenth }) => tenthLabel(tenth)),
    yLabel: 'Rewards for each unit of net sales',
    yUnit: 'share',
    lines: [
      {
        label: 'discounts and redeemed points',
        emphasis: 'strong',
        points: rates.map(({ rate }, x) => ({ x, y: rate.value ?? 0, low: rate.low, high: rate.high })),
      },
    ],
    counts: { label: 'Members', values: rates.map(({ rate }, x) => ({ x, n: rate.members })) },
    xReferences: [],
    yReferences: [],
  };
}
