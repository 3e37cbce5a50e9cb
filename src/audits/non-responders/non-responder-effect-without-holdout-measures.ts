/**
 * The route without a holdout (methodology §3.5): members whom a campaign contacted beside similar members who were not selected. Nothing
 * here is an effect; it is told with the bias that the same comparison shows before the campaign.
 */
import {
  fewestMembers,
  placeboDates,
  readTargetTrials,
  type TargetTrial,
  type TargetTrials,
  type TrialOutcome,
  type Yardstick,
} from '../../derived/target-trials.js';
import type { Measure } from '../../result/schema.js';
import type { AuditContext } from '../audit.js';

/** The trials, and the one that is told first. */
export interface WithoutHoldout {
  readonly found: TargetTrials;
  /** What value is: “margin” or “revenue”. */
  readonly valueName: string;
  /** A trial with a direction, else the largest that can be estimated; null where none can. */
  readonly told: TargetTrial | null;
}

/** @returns null where no campaign or no purchase is there to compare. */
export async function readWithoutHoldout(context: AuditContext): Promise<WithoutHoldout | null> {
  const found = await readTargetTrials(context);
  if (found === null || found.trials.length === 0) return null;
  const estimable = found.trials.filter(isEstimable);
  const told =
    estimable.find((trial) => directedOf(trial).length > 0) ?? estimable.find(({ nonResponders }) => nonResponders.length > 0) ?? estimable[0] ?? null;
  return { found, valueName: context.derived.valueBasis === 'margin' ? 'margin' : 'revenue', told };
}

export const isEstimable = ({ why }: TargetTrial): boolean => why === null;
export const directedOf = ({ effects }: TargetTrial): TargetTrial['effects'] => effects.filter(({ isDirected }) => isDirected);

const method = 'weighted comparison of changes; large-sample, widened on each side by the largest difference before the campaign';

/** What an outcome is called in a label. */
export const outcomeWords = (outcome: TrialOutcome, valueName: string): string => (outcome === 'value' ? `${valueName} a member` : 'share of members who buy');

function yardstickMeasures(ids: { readonly difference: string; readonly bias: string }, label: string, each: Yardstick, n: number, level: number): Measure[] {
  const unit = each.outcome === 'value' ? 'moneyPerMember' : 'shareDifference';
  const { estimate, low, high } = each.difference;
  return [
    { id: ids.difference, label, value: estimate, unit, interval: { low: low - each.bias, high: high + each.bias, level, method }, n },
    { id: ids.bias, label: `${label}: the largest difference that the same comparison shows before the campaign`, value: each.bias, unit, n },
    { id: `${ids.bias}Twice`, label: `${label}: below this it is noise`, value: 2 * each.bias, unit, n },
  ];
}

/** The outcome that is told of a trial: one with a direction, else the share who buy, which chance moves least. */
function toldOutcome(effects: readonly Yardstick[], directed: readonly Yardstick[]): Yardstick | undefined {
  return directed[0] ?? effects.find(({ outcome }) => outcome === 'active') ?? effects[0];
}

/** Numbers that the sentences speak of. @param level of the intervals. */
export function withoutHoldoutMeasures({ found, told, valueName }: WithoutHoldout, level: number): Measure[] {
  const { trials } = found;
  const count = (id: string, label: string, value: number): Measure => ({ id, label, value, unit: 'count', n: trials.length });
  const counts = [
    count('trials', 'Campaigns compared with similar members who were not selected', trials.length),
    count('trialsEstimable', 'Campaigns in which similar members can be found', trials.filter(isEstimable).length),
    count(
      'trialsDirected',
      'Campaigns in which the difference stands out from the bias seen before it',
      trials.filter((trial) => directedOf(trial).length > 0).length,
    ),
    count('trialsUnlike', 'Campaigns whose audience has no like among those left out', trials.filter(({ why }) => why !== null && unlike.has(why)).length),
    count('trialsShort', 'Campaigns with too few purchases on record before or after', trials.filter(({ why }) => why === 'shortHistory').length),
    count(
      'trialsSmall',
      `Campaigns with fewer than ${fewestMembers} members on a side`,
      trials.filter(({ why }) => why === 'fewContacted' || why === 'fewComparators').length,
    ),
    count(
      'trialsSpread',
      'Campaigns that went out over weeks, so that no one day divides before from after',
      trials.filter(({ why }) => why === 'noBatch').length,
    ),
  ];
  if (told === null || told.comparison === null) return counts;
  const { contacted, days, comparison, described } = told;
  const effect = toldOutcome(told.effects, directedOf(told));
  const silent = told.nonResponders.find(({ outcome }) => outcome === effect?.outcome);
  const label = (who: string, each: Yardstick): string =>
    `${who} in ${told.label} against similar members not selected, ${outcomeWords(each.outcome, valueName)} over ${days} days`;
  const members = (id: string, words: string, value: number): Measure => ({
    id,
    label: `${words} (${told.label})`,
    value,
    unit: 'count',
    n: comparison.treated + comparison.comparators,
  });
  return [
    ...counts,
    { id: 'trialDays', label: `Days compared before and after ${told.label}`, value: days, unit: 'days', n: contacted },
    members('trialContacted', 'Members contacted', comparison.treated),
    members('trialComparators', 'Members who could have been contacted and were not', comparison.comparators),
    members('trialEffective', 'Equally weighted members that the weighted ones are worth', Math.floor(comparison.effectiveComparators)),
    {
      id: 'imbalanceBefore',
      label: `Largest standardised difference before weighting (${told.label})`,
      value: comparison.largestBefore,
      unit: 'index',
      n: contacted,
    },
    {
      id: 'imbalanceAfter',
      label: `Largest standardised difference after weighting (${told.label})`,
      value: comparison.largestAfter,
      unit: 'index',
      n: contacted,
    },
    ...(effect === undefined
      ? []
      : yardstickMeasures({ difference: 'trialDifference', bias: 'trialBias' }, label('Everybody contacted', effect), effect, contacted, level)),
    ...(silent === undefined || described === null
      ? []
      : yardstickMeasures({ difference: 'silentDifference', bias: 'silentBias' }, label('Non-responders', silent), silent, described.members, level)),
    ...describedMeasures(told, valueName, found.hasValue),
  ];
}

const unlike: ReadonlySet<string> = new Set(['notAlike', 'noOverlap', 'placeboNotAlike']);

function describedMeasures({ described, days, label }: TargetTrial, valueName: string, hasValue: boolean): Measure[] {
  if (described === null) return [];
  const n = described.members;
  const share = (id: string, when: string, value: number): Measure => ({
    id,
    label: `Non-responders in ${label} who bought in the ${days} days ${when}`,
    value,
    unit: 'share',
    n,
  });
  const money = (id: string, when: string, value: number): Measure => ({
    id,
    label: `A non-responder’s ${valueName} in the ${days} days ${when} ${label}`,
    value,
    unit: 'moneyPerMember',
    n,
  });
  return [
    share('silentActiveBefore', 'before', described.activeBefore),
    share('silentActiveAfter', 'after', described.activeAfter),
    ...(hasValue ? [money('silentValueBefore', 'before', described.valueBefore), money('silentValueAfter', 'after', described.valueAfter)] : []),
  ];
}

/** Named limits of the route, one sentence each. */
export function withoutHoldoutCaveats({ found, told }: WithoutHoldout): string[] {
  return [
    'Even rich adjustment for what is on record has been wrong by multiples when it was checked against randomised tests (Gordon, Zettelmeyer, Bhargava & Chapsky 2019; Gordon, Moakler & Zettelmeyer 2023); only a random holdout settles it.',
    ...(told === null
      ? []
      : [
          'A message of one campaign stands on top of all the others: those selected may also get more of what follows, and that is in the difference.',
          `The days shortly before a campaign are not used as a yardstick, because campaigns choose by them; the ${placeboDates} dates before the campaign lie further back, and a habit that begins in those days is not seen.`,
          'Members who joined too lately to be followed before the campaign are on neither side.',
          'Differences of several campaigns are not added up: they share members, and the bias they have in common does not cancel.',
        ]),
    ...(found.sampledShare < 1 ? ['The comparisons look at a part of the members, drawn by a hash of the identifier.'] : []),
    ...(found.campaigns > found.trials.length ? ['Only the largest campaigns are compared.'] : []),
  ];
}
