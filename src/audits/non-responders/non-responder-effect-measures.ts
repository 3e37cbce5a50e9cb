/** Effects and ranges as measures: the numbers that sentences and pictures speak of. */
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import type { AuditContext } from '../audit.js';
import { contactedNonRespondersSql, silentOptOutsSql } from './non-responder-effect.sql.js';
import { differenceUnit, isA2Alone, spoken } from './non-responder-effect-exhibits.js';
import { isOnGoodSide } from './non-responder-effect-harm.js';
import { type DefinedLadder, type Effect, type Headline, isBounded, isUsable } from './non-responder-effect-ladders.js';

/** The effect on everybody assigned, numbered as in the sentences. */
export function effectMeasure(effect: Effect, number: number, level: number): Measure {
  const { comparison, outcome, itt } = effect;
  return {
    id: `itt.${number}`,
    label: `Effect of ${comparison.label} on ${spoken(outcome)}, everybody assigned`,
    value: itt.estimate,
    unit: differenceUnit(outcome),
    interval: { low: itt.low, high: itt.high, level, method: 'difference of means by assignment, unequal variances' },
    n: outcome.treated.moments.n + outcome.holdout.moments.n,
  };
}

/** What a headline says of its non-responders: the share, and one range a rung. */
export function ladderMeasures({ effect, defined }: Headline, number: number, level: number): Measure[] {
  if (defined === null || defined.ladder === null) return [];
  const { ladder, definition, sharper, earlier } = defined;
  const { n } = effect.outcome.treated.moments;
  const unit = differenceUnit(effect.outcome);
  const silent = Math.round(ladder.nonResponseShare * n);
  const rungs = [
    { id: 'l0', rung: ladder.L0, assumed: 'with nothing assumed but the random draw' },
    { id: 'l0x', rung: sharper?.L0x ?? null, assumed: 'with nothing assumed but the random draw, sharpened by what was known before it' },
    { id: 'l1', rung: ladder.L1, assumed: 'if responders were not made worse off' },
    {
      id: 'l2',
      rung: ladder.L2,
      assumed: isA2Alone(ladder)
        ? 'if responders were at least as valuable to begin with'
        : 'if responders were not made worse off and were at least as valuable to begin with',
    },
  ];
  const who = definition === 'any response' ? 'those who did not respond' : `those without a response by ${definition}`;
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
    const label = `Effect of ${effect.comparison.label} on ${spoken(effect.outcome)}, ${who} alone, ${assumed}`;
    return [{ id: `${id}.${number}`, label, value: null, unit, interval, n, why: 'The data give a range and no point in it is likelier than another.' }];
  });
  const gap: Measure[] =
    earlier === null
      ? []
      : [
          {
            id: `earlierGap.${number}`,
            label: `Bought in the year before ${effect.comparison.label} by those who then responded, less those who did not`,
            value: earlier.estimate,
            unit: 'moneyPerMember',
            interval: { low: earlier.low, high: earlier.high, level, method: 'difference of means, unequal variances' },
            n,
          },
        ];
  return [response, ...ranges, ...gap, ...worstCase(effect, defined, number), ...harmAtLeast(effect, defined, number)];
}

/** The comparison that everybody makes, where it looks bad, harm is not shown, and it is the worst case (as under A2 alone): named for what it is. */
function worstCase({ outcome, isHarm }: Effect, { ladder }: DefinedLadder, number: number): Measure[] {
  const value = ladder?.worstCase ?? 0;
  if (ladder?.L2 == null || isHarm || (outcome.isBad ? value <= 0 : value >= 0)) return [];
  const label = `Worst case and no estimate: those who did not respond less the whole holdout, ${spoken(outcome)}`;
  return [{ id: `worstCase.${number}`, label, value, unit: differenceUnit(outcome), n: outcome.treated.moments.n }];
}

/** By how much those who did not respond are worse off at the least, where that is shown. */
function harmAtLeast({ outcome, harm }: Effect, { ladder }: DefinedLadder, number: number): Measure[] {
  const rung = harm.isProved ? ladder?.L0 : harm.isUnderA1 ? ladder?.L1 : null;
  const least = rung == null ? 0 : outcome.isBad ? rung.outerLow : -rung.outerHigh;
  if (!(least > 0)) return [];
  const unless = harm.isProved ? 'whatever the campaign did to those who responded' : 'unless the campaign hurt those who responded';
  const label = `By which those who did not respond are worse off at the least, ${unless} (${spoken(outcome)})`;
  return [{ id: `harmAtLeast.${number}`, label, value: least, unit: differenceUnit(outcome), n: outcome.treated.moments.n }];
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

/** Withdrawals soon after a message among members who responded to nothing: described, with whoever would have left anyway among them. */
export async function optOutMeasures(context: AuditContext): Promise<Measure[]> {
  if (context.rowCount('opt_outs') === 0) return [];
  const { engine, derived, policy, window } = context;
  const [row] = await engine.rows(silentOptOutsSql(engine.dialect, await derived.contactFacts(), window.toDay));
  const measureOf = (days: number, followed: number, left: number): Measure => {
    const measure = {
      id: `optOutsWithin${days}`,
      label: `Of 1,000 members who responded to nothing, opted out within ${days} days of a message`,
      unit: 'number' as const,
    };
    if (followed === 0) return { ...measure, value: null, n: 0, why: `No member who responded to nothing could be followed for ${days} days.` };
    if (left > 0 && left < policy.smallCell) return { ...measure, value: null, n: followed, why: 'So few members opted out that the figure may not be shown.' };
    const { low, high } = wilson(left, followed, policy.screenLevel);
    return {
      ...measure,
      value: (1000 * left) / followed,
      n: followed,
      interval: { low: 1000 * low, high: 1000 * high, level: policy.screenLevel, method: 'Wilson' },
    };
  };
  return [measureOf(30, row?.followed_30 ?? 0, row?.opted_out_30 ?? 0), measureOf(90, row?.followed_90 ?? 0, row?.opted_out_90 ?? 0)];
}

/** How many effects there are, how many can be used, are bounded, and are harm of each kind. */
export function countMeasures(tests: number, effects: readonly Effect[], told: readonly Headline[]): Measure[] {
  const count = (id: string, label: string, value: number, n = effects.length): Measure => ({ id, label, value, unit: 'count', n });
  const counted = (id: string, label: string, isCounted: (effect: Effect) => boolean): Measure => count(id, label, effects.filter(isCounted).length);
  const ranges = told.flatMap(({ effect, defined }) => {
    const ladder = defined?.ladder;
    return ladder == null ? [] : [{ outcome: effect.outcome, rung: ladder.L2 ?? defined?.sharper?.L0x ?? ladder.L0 }];
  });
  const good = ranges.filter(({ rung, outcome }) => isOnGoodSide(rung, outcome)).length;
  return [
    count('tests', 'Campaigns and arms with a holdout', tests, tests),
    count('effects', 'Effects that could be measured', effects.length),
    counted('unusable', 'Of these, from a test that cannot be used', (effect) => !isUsable(effect)),
    counted('bounded', 'Of these, with a range for those who did not respond', isBounded),
    counted(
      'unpriced',
      'Of these that can be used, without a known difference that would pay for the campaign',
      (effect) => isUsable(effect) && effect.breakEven === null,
    ),
    counted('harmfulEffects', 'Effects that are shown to be harmful', (effect) => effect.isHarm),
    counted('harmOverall', 'Harmful to everybody assigned, taken together', (effect) => effect.harm.isOverall),
    counted('harmUnderA1', 'Of these, harmful to those who did not respond if those who responded were not made worse off', (effect) => effect.harm.isUnderA1),
    counted('harmProved', 'Harmful to those who did not respond, with nothing assumed', (effect) => effect.harm.isProved),
    count('goodRanges', 'Ranges told first that lie wholly on the good side of nought', good, ranges.length),
  ];
}
