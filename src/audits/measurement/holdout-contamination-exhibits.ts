/** What reached the holdout: figures, rows of the table and a picture. */
import type { WhiskerChart } from '../../result/charts.js';
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import type { Contamination } from './holdout-contamination-measures.js';
import { type LitTest, safeCount } from './test-card.js';

export function litTest({ test, share, others, light, why }: Contamination, smallCell: number): LitTest {
  const { label, treated, holdout, crossover } = test;
  const crossed = safeCount(crossover.members, smallCell);
  const cells = [crossed, crossed === null ? null : share, others?.days ?? null, others?.treated ?? null, others?.holdout ?? null, others?.ratio ?? null];
  const ends = [others?.interval?.low ?? null, others?.interval?.high ?? null];
  return { label, treated, holdout, weight: treated + holdout, light, why, cells: [...cells, ...ends] };
}

/** Over all tests together. */
export function crossedMeasure(all: readonly Contamination[], level: number): Measure {
  const crossed = all.reduce((sum, { test }) => sum + test.crossover.members, 0);
  const n = all.reduce((sum, { test }) => sum + test.holdout, 0);
  const interval = { ...wilson(crossed, n, level), level, method: 'Wilson' };
  return { id: 'crossedShare', label: 'Part of the members held out who got the campaign all the same', value: crossed / n, unit: 'share', interval, n };
}

export function toldMeasures(told: readonly Contamination[], level: number): Measure[] {
  return told.flatMap(({ test, share, shareInterval, others }, index): Measure[] => {
    const crossed: Measure = {
      id: `crossed.${index + 1}`,
      label: `Part of the holdout that got the campaign, ${test.label}`,
      value: share,
      unit: 'share',
      interval: { ...shareInterval, level, method: 'Wilson' },
      n: test.holdout,
    };
    const ratio: Measure = {
      id: `otherRatio.${index + 1}`,
      label: `Other messages to a member of the holdout, against one to a treated member, ${test.label}`,
      value: others?.ratio ?? null,
      unit: 'ratio',
      ...(others?.interval ? { interval: { ...others.interval, level, method: 'jackknife of the logarithm, members as clusters' } } : {}),
      n: test.treated + test.holdout,
      ...(others === null ? { why: 'Assignments and messages have no days, or there are too few other messages.' } : {}),
      ...(others?.ratio === null ? { why: 'The treated got no other message at all, so there is nothing to divide by.' } : {}),
    };
    if (others?.ratio !== null) return [crossed, ratio];
    const alone: Measure = {
      id: `otherAlone.${index + 1}`,
      label: `Other messages to a member of the holdout, where the treated got none, ${test.label}`,
      value: others.holdout,
      unit: 'contactsPerMember',
      n: test.holdout,
    };
    return [crossed, ratio, alone];
  });
}

export function ratiosChart(told: readonly Contamination[]): WhiskerChart | null {
  const rows = told.flatMap(({ test, others }) =>
    others === null || others.interval === null || others.ratio === null
      ? []
      : [{ label: test.label, low: others.interval.low, high: others.interval.high, outerLow: null, outerHigh: null, estimate: others.ratio }],
  );
  if (rows.length === 0) return null;
  return {
    kind: 'whisker',
    id: 'others',
    title: 'Messages of other campaigns: the holdout against the treated',
    description:
      'One line a test: other messages to a member of the holdout divided by those to a treated member, with the interval. At one, both sides got as much.',
    unit: 'ratio',
    reference: { value: 1, label: 'as many' },
    rows,
  };
}
