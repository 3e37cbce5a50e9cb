/** The sentences on balance. */
import type { Explanation, Rival } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { amissOf, countOf } from './test-card.js';

export const rivals: readonly Rival[] = [
  {
    explanation: 'Chance: a fair draw of few members brings arms that differ.',
    check:
      'A difference counts only when a fair draw of arms of these sizes would bring it less than once in a thousand times, over all characteristics together.',
    open: 'A fair draw can still be the unlucky one; taking the value before the test out of the comparison then helps.',
  },
  {
    explanation: 'The draw was fair within groups of members, with other shares held out in each, so that the arms as a whole differ by design.',
    check: 'Nothing on record says how the draw was stratified, so it could not be looked at.',
    open: 'With the strata on record the arms can be compared within them.',
  },
  {
    explanation: 'What differs was changed by the test itself, such as a tier reached during it.',
    check: 'Only what was so before the assignment can break a test; what has no date can at most make it one to watch.',
    open: 'Assignments dated later than the first message would count results of the campaign as characteristics.',
  },
];

export function explainBalance(measures: Measures, verdict: Verdict): Explanation {
  const isGood = verdict.status === 'healthy' || verdict.status === 'informative';
  const untested =
    (measures.value('notTestable') ?? 0) > 0
      ? ` ${countOf(measures, 'notTestable', 'has', 'have')} no record of the members before the test, and cannot be checked.`
      : '';
  const largest =
    '{largest.1.label}: {largest.1} standard deviations, {largest.1.interval}; chance alone reaches {chance.1} once in a thousand draws of that size, and the probability of arms that differ as much in all that was compared is {balance.1}.';
  const conditions: Record<Verdict['status'], string> = {
    informative: 'Nothing is known of the members before their tests, so whether the arms were alike cannot be checked.',
    healthy: `The treated and the holdout (members left out by a random draw) were alike before the test, as far as chance allows: ${countOf(measures, 'passed', 'passes', 'pass')}. ${largest}${untested}`,
    watch: `${amissOf(measures, ['fails', 'fail'], ['is to be watched', 'are to be watched'])}, because the treated and the holdout (members left out by a random draw) were not quite alike before the test. ${largest}${untested}`,
    problem: `${countOf(measures, 'failed', 'has', 'have')} a treated group and a holdout (members left out by a random draw) that differed before the test by more than chance allows. ${largest}${untested}`,
  };
  return {
    condition: conditions[verdict.status],
    criterion:
      'Differences are counted in standard deviations: up to {threshold.standardisedDifference.watch} is usual, beyond {threshold.standardisedDifference.fail} the arms are not comparable (Stuart 2010), if a fair draw would bring it less often than a probability of {threshold.chance.probability}. House threshold: a problem when more than {threshold.failedShare.problem} of the tests, by members, fail.',
    consequence:
      verdict.status === 'informative'
        ? 'The tests have to be taken on trust.'
        : isGood
          ? 'What the arms do afterwards can be compared without making up for what they were before.'
          : 'The plain difference of the arms after the test mixes what the campaign did with what the members were before, so no effect should be read from it as it stands.',
    action: isGood
      ? 'Keep drawing at random, and record the day of the assignment and the strata of the draw.'
      : 'Find out how the groups were drawn (alphabet, store, date of joining and “everybody who could be reached” are no random draws), and repeat the test with a random one; on the new assignments the same figures should be within chance before the first message goes out.',
    wouldChangeOurMind: isGood
      ? 'A characteristic that is not in these files and in which the arms differ.'
      : 'The strata of the draw, within which the arms turn out to be alike.',
  };
}

/** Named limits, one sentence each. */
export function caveatsOf({
  hasPurchases,
  hasTierHistory,
  groups,
}: {
  readonly hasPurchases: boolean;
  readonly hasTierHistory: boolean;
  readonly groups: number;
}): string[] {
  return [
    'Arms that are alike in what was compared can differ in what is on no record; only the random draw protects against that.',
    'Purchases and messages are counted over the days before the assignment that the files hold, a year at most, the same for both arms.',
    ...(groups === 50
      ? []
      : [`With so many members in tests, those of ${groups} of 50 groups, formed from the customer number, stand for all where numbers are compared.`]),
    ...(hasPurchases
      ? []
      : ['There are no purchases, so totals from the list of members stand in; they have no date and can at most make a test one to watch.']),
    ...(hasTierHistory ? [] : ['Tiers, segments and business units are those of the day of the export; they can at most make a test one to watch.']),
  ];
}
