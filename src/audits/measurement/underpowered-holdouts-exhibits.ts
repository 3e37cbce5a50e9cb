/** The power of tests: rows of the card, and what pooling does. */
import type { Comparison } from '../../derived/experiments.js';
import type { WhiskerChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import type { LitTest } from './test-card.js';
import type { Pool, PoweredTest } from './underpowered-holdouts-measures.js';

interface Limits {
  readonly watch: number;
  readonly fail: number;
}

/** Too small only when the interval of the ratio is beyond the break-even as well. */
export function litTest(comparison: Comparison, test: PoweredTest | null, pool: Pool | undefined, { watch, fail }: Limits): LitTest {
  const { label, treated, holdout } = comparison;
  const base = { label, treated, holdout, weight: test?.cost ?? 0 };
  if (test === null) return { ...base, light: 'notTestable', why: 'no outcome of both arms that varies', cells: Array.from({ length: 10 }, () => null) };
  const { outcome, detectable, breakEven, ratio, ratioInterval, costPerMember, worth, varianceRemoved, needed, isDecided } = test;
  const days = outcome.days === null ? outcome.name : `${outcome.name} over ${outcome.days} days`;
  const cells: Cell[] = [
    days,
    costPerMember,
    breakEven,
    detectable,
    ratio,
    ratioInterval?.low ?? null,
    ratioInterval?.high ?? null,
    varianceRemoved,
    needed,
    pool?.ratio ?? null,
  ];
  if (ratio === null) {
    const why = costPerMember === null ? 'the cost of the campaign is not known' : costPerMember > 0 ? worth.why : 'the campaign has no cost on record';
    return { ...base, light: 'notTestable', why, cells };
  }
  const isFar = ratio > fail && (ratioInterval === null || ratioInterval.low > watch);
  if (isFar && isDecided)
    return {
      ...base,
      light: 'watch',
      why: 'only a difference far above the break-even would show; the result lies clear of the break-even all the same',
      cells,
    };
  if (isFar) return { ...base, light: 'fail', why: 'only a difference far above the break-even would show', cells };
  return ratio > watch
    ? { ...base, light: 'watch', why: 'a difference at the break-even would often be missed', cells }
    : { ...base, light: 'pass', why: '', cells };
}

export function poolsTable(pools: readonly Pool[]): EvidenceTable {
  return {
    id: 'pools',
    title: 'The tests of one objective taken together',
    columns: [
      { id: 'objective', label: 'Objective', unit: 'text' },
      { id: 'campaigns', label: 'Campaigns', unit: 'count' },
      { id: 'detectable', label: 'Smallest difference that can be seen', unit: 'moneyPerMember' },
      { id: 'breakEven', label: 'Cost a member', unit: 'moneyPerMember' },
      { id: 'ratio', label: 'Times the cost', unit: 'ratio' },
    ],
    rows: pools.map(({ objective, campaigns, detectable, breakEven, ratio }): Cell[] => [objective, campaigns, detectable, breakEven, ratio]),
    note: 'In margin a member. Pooling assumes that campaigns of one objective do about as much; the largest arm of each campaign takes part. Campaigns without an objective on record are not pooled.',
  };
}

/** Figures of a few tests. */
export function powerMeasures(told: readonly PoweredTest[], level: number): Measure[] {
  return told.flatMap(({ comparison, outcome, detectable, interval, breakEven, ratio, ratioInterval, needed, worth, costPerMember }, index): Measure[] => {
    const n = comparison.treated + comparison.holdout;
    const unit = outcome.kind === 'money' ? 'moneyPerMember' : outcome.kind === 'share' ? 'shareDifference' : 'number';
    const method = 'jackknife of the logarithm, members as clusters';
    const within = (ends: PoweredTest['interval']) => (ends === null ? {} : { interval: { ...ends, level, method } });
    const unknown =
      costPerMember === null
        ? 'The cost of the campaign is not known.'
        : costPerMember > 0
          ? `Not known: ${worth.why}.`
          : 'The campaign has no cost on record.';
    const why = breakEven === null ? { why: unknown } : {};
    const tooFew = needed === null && breakEven !== null ? { why: 'Even half of the audience is too few: take several campaigns together.' } : why;
    return [
      {
        id: `detectable.${index + 1}`,
        label: `Smallest difference in ${outcome.name} a member that can be seen in ${comparison.label}`,
        value: detectable,
        unit,
        ...within(interval),
        n,
      },
      { id: `breakEven.${index + 1}`, label: `Difference in ${outcome.name} a member that pays for ${comparison.label}`, value: breakEven, unit, n, ...why },
      {
        id: `timesBreakEven.${index + 1}`,
        label: `Smallest difference that can be seen against the break-even, ${comparison.label}`,
        value: ratio,
        unit: 'ratio',
        ...within(ratioInterval),
        n,
        ...why,
      },
      { id: `needed.${index + 1}`, label: `Members to hold out to see the break-even of ${comparison.label}`, value: needed, unit: 'count', n, ...tooFew },
    ];
  });
}

export function ratiosChart(told: readonly PoweredTest[]): WhiskerChart | null {
  const rows = told.flatMap(({ comparison, ratio, ratioInterval }) =>
    ratio === null || ratioInterval === null ? [] : [{ label: comparison.label, ...ratioInterval, outerLow: null, outerHigh: null, estimate: ratio }],
  );
  if (rows.length === 0) return null;
  return {
    kind: 'whisker',
    id: 'ratios',
    title: 'Smallest difference that each test can be expected to see, in times its break-even',
    description:
      'One line a test: the smallest difference with 80 % power, divided by the difference that pays for the campaign. Left of one, the test could see a campaign that just pays.',
    unit: 'ratio',
    reference: { value: 1, label: 'break-even' },
    rows,
  };
}

/** Whether the tests of the programme could see, all together, a programme that just pays. */
export function allMeasure(pool: Omit<Pool, 'objective'> | null): Measure {
  const base = { id: 'timesAll', label: 'Smallest difference that all tests together can see, against their average break-even', unit: 'ratio' as const };
  if (pool === null) return { ...base, value: null, n: 0, why: 'For no test are a cost and a margin known.' };
  return { ...base, value: pool.ratio, n: pool.campaigns };
}
