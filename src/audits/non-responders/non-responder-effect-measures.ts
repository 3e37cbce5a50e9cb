/** Effects and ranges as measures: the numbers that sentences and pictures speak of. */
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import type { AuditContext } from '../audit.js';
import { contactedNonRespondersSql } from './non-responder-effect.sql.js';
import { differenceUnit, isA2Alone, outcomeName } from './non-responder-effect-exhibits.js';
import { isOnGoodSide } from './non-responder-effect-harm.js';
import { type Effect, type Headline, isBounded, isUsable } from './non-responder-effect-ladders.js';

/** The effect on everybody assigned, numbered as in the sentences. */
export function effectMeasure(effect: Effect, number: number, level: number): Measure {
  const { comparison, outcome, itt } = effect;
  return {
    id: `itt.${number}`,
    label: `Effect of ${comparison.label} on ${outcomeName(outcome)}, everybody assigned`,
    value: itt.estimate,
    unit: differenceUnit(outcome),
    interval: { low: itt.low, high: itt.high, level, method: 'difference of means by assignment, unequal variances' },
    n: outcome.treated.moments.n + outcome.holdout.moments.n,
  };
}

/** What a headline says of its non-responders: the share, and one range a rung. */
export function ladderMeasures({ effect, defined }: Headline, number: number, level: number): Measure[] {
  if (defined === null || defined.ladder === null) return [];
  const { ladder, definition } = defined;
  const { n } = effect.outcome.treated.moments;
  const unit = differenceUnit(effect.outcome);
  const silent = Math.round(ladder.nonResponseShare * n);
  const rungs = [
    { id: 'l0', rung: ladder.L0, assumed: 'nothing assumed but the random draw' },
    { id: 'l1', rung: ladder.L1, assumed: 'responders not made worse' },
    {
      id: 'l2',
      rung: ladder.L2,
      assumed: isA2Alone(ladder) ? 'responders at least as valuable anyway' : 'responders not made worse and at least as valuable anyway',
    },
  ];
  const response = {
    id: `nonResponseShare.${number}`,
    label: `Members of ${effect.comparison.label} without ${definition === 'any response' ? 'any response' : `a response by ${definition}`}`,
    value: ladder.nonResponseShare,
    unit: 'share' as const,
    interval: { ...wilson(silent, n, level), level, method: 'Wilson' },
    n,
  };
  const ranges = rungs.flatMap(({ id, rung, assumed }): Measure[] => {
    if (rung === null) return [];
    const interval = { low: rung.outerLow, high: rung.outerHigh, level, method: 'trimming bounds with the sampling error of both ends' };
    const label = `Effect of ${effect.comparison.label} on ${outcomeName(effect.outcome)} of non-responders: ${assumed}`;
    return [{ id: `${id}.${number}`, label, value: null, unit, interval, n, why: 'The data give a range and no point in it is likelier than another.' }];
  });
  return [response, ...ranges];
}

/** How many are contacted, and how many of them respond to nothing. */
export async function contactedMeasures(context: AuditContext): Promise<Measure[]> {
  const [row] = await context.engine.rows(contactedNonRespondersSql(await context.derived.contactFacts()));
  const contacted = row?.contacted ?? 0;
  const silent = row?.never_responded ?? 0;
  const interval =
    contacted === 0 ? {} : { interval: { ...wilson(silent, contacted, context.policy.headlineLevel), level: context.policy.headlineLevel, method: 'Wilson' } };
  return [
    { id: 'contactedNonResponders', label: 'Members contacted who responded to nothing', value: silent, unit: 'count', n: contacted },
    {
      id: 'contactedNonResponderShare',
      label: 'The same, of all contacted',
      value: contacted === 0 ? null : silent / contacted,
      unit: 'share',
      n: contacted,
      ...interval,
      ...(contacted === 0 ? { why: 'Nobody was contacted in the time that is looked at.' } : {}),
    },
  ];
}

/** How many effects there are, how many can be used, are bounded, and are harm of each kind. */
export function countMeasures(tests: number, effects: readonly Effect[], told: readonly Headline[]): Measure[] {
  const count = (id: string, label: string, value: number, n = effects.length): Measure => ({ id, label, value, unit: 'count', n });
  const counted = (id: string, label: string, isCounted: (effect: Effect) => boolean): Measure => count(id, label, effects.filter(isCounted).length);
  const ranges = told.flatMap(({ effect, defined }) => {
    const ladder = defined?.ladder;
    return ladder == null ? [] : [{ outcome: effect.outcome, rung: ladder.L2 ?? ladder.L0 }];
  });
  const good = ranges.filter(({ rung, outcome }) => isOnGoodSide(rung, outcome)).length;
  return [
    count('tests', 'Campaigns and arms with a holdout', tests, tests),
    count('effects', 'Effects that could be measured', effects.length),
    counted('unusable', 'Of these, from a test that cannot be used', (effect) => !isUsable(effect)),
    counted('bounded', 'Of these, with a range for those who did not respond', isBounded),
    counted('harmfulEffects', 'Effects that are shown to be harmful', (effect) => effect.isHarm),
    counted('harmOverall', 'Harmful to everybody assigned, taken together', (effect) => effect.harm.isOverall),
    counted('harmUnderA1', 'Of these, harmful to those who did not respond if those who responded were not made worse off', (effect) => effect.harm.isUnderA1),
    counted('harmProved', 'Harmful to those who did not respond, with nothing assumed', (effect) => effect.harm.isProved),
    count('goodRanges', 'Ranges told first that lie wholly on the good side of nought', good, ranges.length),
  ];
}
