/** The sentences on splits. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { countOf } from './test-card.js';

/** The figures of the test that is farthest from its plan. */
const farthest =
  '{heldOut.1.label}: {heldOut.1}, {heldOut.1.interval}, against {planned.1} planned; the probability of a split at least as uneven by chance is {split.1}.';

function conditionOf(measures: Measures, { status }: Verdict): string {
  const untested =
    (measures.value('notTestable') ?? 0) > 0 ? ` ${countOf(measures, 'notTestable', 'has', 'have')} no planned share on record, and cannot be checked.` : '';
  if (status === 'informative') return `None of the {tests} tests has a planned share on record, so no split can be checked.`;
  const told = ` ${(measures.value('checked') ?? 0) > 1 ? 'The test that is farthest from its plan: ' : ''}${farthest}`;
  if (status === 'healthy')
    return `The holdouts (members left out by a random draw) have the sizes that were planned, as far as chance allows: ${countOf(measures, 'passed', 'passes', 'pass')}.${told}${untested}`;
  const failed =
    (measures.value('failed') ?? 0) > 0
      ? `${countOf(measures, 'failed', 'does', 'do')} not have the planned sizes`
      : `${countOf(measures, 'watched', 'is', 'are')} farther from the planned sizes than chance often allows`;
  return `${failed}, the holdout (members left out by a random draw) against the treated.${told}${untested}`;
}

export function explainSplits(measures: Measures, verdict: Verdict): Explanation {
  const isGood = verdict.status === 'healthy' || verdict.status === 'informative';
  const isBroken = (measures.value('failed') ?? 0) > 0;
  return {
    condition: conditionOf(measures, verdict),
    criterion:
      'Statsig’s limits for the chi-square test of arm sizes: broken below a probability of {threshold.splitProbability.fail} when the share is off by {threshold.splitProbability.smallestDeviation} of all members or more, doubtful below {threshold.splitProbability.watch}; either must also stand out among all tests. House threshold: a problem when more than {threshold.failedShare.problem} of the tests, by members, are broken.',
    consequence: isGood
      ? 'Nothing in the sizes of the arms speaks against comparing them.'
      : isBroken
        ? 'Members are missing on one side only, and nobody knows which ones: the effects of these tests carry evidence grade E3 at best, and no uplift should be published from them.'
        : 'The effects of these tests should wait until the sizes are explained.',
    action: isGood
      ? 'Write the planned share into every campaign record before the draw, and check the split on the day of the send.'
      : 'Look in this order: bounces taken out of one arm, opt-outs applied after the draw, customer numbers merged, a holdout used again after members had left it, two systems drawing at once. Then repeat the test; a split within its plan on the first day shows that the leak was found.',
    wouldChangeOurMind: isGood
      ? 'A log of the draw with other numbers than the assignments hold.'
      : 'A record that another share was planned, or a complete list of the assignments whose sizes match the plan.',
  };
}
