/** The arms before the test: figures, tables and a picture. */
import type { Comparison } from '../../derived/experiments.js';
import type { WhiskerChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import type { LitTest } from './test-card.js';
import { type Balance, nameOf } from './unbalanced-arms-measures.js';

export interface BalancedTest {
  readonly comparison: Comparison;
  readonly balance: Balance | null;
}

const emptyBalance = 'nothing is known of the members before the test';

export function litTest({ comparison: { label, treated, holdout }, balance }: BalancedTest): LitTest {
  const base = { label, treated, holdout, weight: treated + holdout };
  if (balance === null) return { ...base, light: 'notTestable', why: emptyBalance, cells: [0, null, null, null, null] };
  const { compared, largest, p, chanceLimit, light, why } = balance;
  return { ...base, light, why, cells: [compared.length, largest.difference, nameOf[largest.name], chanceLimit, p] };
}

/** One row a test and characteristic. Means of whole arms; a share of buyers could give away a handful, so it has none. */
export function characteristicsTable(tests: readonly BalancedTest[]): EvidenceTable {
  return {
    id: 'characteristics',
    title: 'What the members of both arms were like before the test',
    columns: [
      { id: 'test', label: 'Test', unit: 'text' },
      { id: 'characteristic', label: 'Characteristic', unit: 'text' },
      { id: 'treated', label: 'Mean treated', unit: 'number' },
      { id: 'holdout', label: 'Mean held out', unit: 'number' },
      { id: 'difference', label: 'Standardised difference', unit: 'number' },
      { id: 'low', label: 'Interval from', unit: 'number' },
      { id: 'high', label: 'Interval to', unit: 'number' },
      { id: 'ratio', label: 'Ratio of variances', unit: 'number' },
      { id: 'undated', label: 'Known to be from before the test', unit: 'text' },
    ],
    rows: tests.flatMap(({ comparison, balance }) =>
      (balance?.compared ?? []).map(({ name, treated, holdout, difference, interval, varianceRatio, isUndated }): Cell[] => {
        const hasMeans = name !== 'active';
        return [
          comparison.label,
          nameOf[name],
          hasMeans ? (treated?.mean ?? null) : null,
          hasMeans ? (holdout?.mean ?? null) : null,
          difference,
          interval.low,
          interval.high,
          varianceRatio,
          isUndated ? 'no' : 'yes',
        ];
      }),
    ),
    note: 'A standardised difference is the difference of the means in standard deviations; of names, the largest of any one name. Intervals at 95 %, each alone.',
  };
}

export function differencesChart({ comparison, balance }: BalancedTest): WhiskerChart | null {
  if (balance === null) return null;
  return {
    kind: 'whisker',
    id: 'differences',
    title: `${comparison.label}: the arms before the test, in standard deviations`,
    description:
      'One line a characteristic: the treated less the holdout before the test, in standard deviations, with its interval. The line at nought means no difference.',
    unit: 'number',
    reference: { value: 0, label: 'no difference' },
    rows: balance.compared.map(({ name, difference, interval }) => ({
      label: nameOf[name],
      ...interval,
      outerLow: null,
      outerHigh: null,
      estimate: difference,
    })),
  };
}

export function balanceMeasures(tests: readonly BalancedTest[]): Measure[] {
  return tests.flatMap(({ comparison, balance }, index): Measure[] => {
    if (balance === null) return [];
    const { largest, p, chanceLimit } = balance;
    const n = comparison.treated + comparison.holdout;
    const what = `${comparison.label} (${nameOf[largest.name]})`;
    const interval = { ...largest.interval, level: 0.95, method: 'large-sample' };
    return [
      { id: `largest.${index + 1}`, label: `Largest standardised difference in ${what}`, value: largest.difference, unit: 'number', interval, n },
      { id: `balance.${index + 1}`, label: `Probability of arms that differ as much in ${comparison.label}`, value: p, unit: 'probability', n },
      {
        id: `chance.${index + 1}`,
        label: `Difference that chance reaches once in a thousand draws of the size of ${comparison.label}`,
        value: chanceLimit,
        unit: 'number',
        n,
      },
    ];
  });
}
