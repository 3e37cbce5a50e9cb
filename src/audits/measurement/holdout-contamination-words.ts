/** The sentences on what reached the holdout. */
import type { Explanation, Rival } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { countOf } from './test-card.js';

export const rivals: readonly Rival[] = [
  {
    explanation: 'The messages on record were planned and never sent to the holdout.',
    check: 'Every marketing message of the campaign since the assignment counts, whether or not it arrived.',
    open: 'The log of the sending system says whether they left.',
  },
  {
    explanation: 'Members were taken out of the holdout and given the campaign on purpose after the test was over.',
    check: 'Messages before the assignment do not count; the end of a test is on no record, so later ones do.',
    open: 'With the last day of the test on record, messages after it could be left out.',
  },
  {
    explanation: 'The other messages differ by chance.',
    check: 'The interval lets members be the clusters, must lie wholly beyond the limit, and is adjusted over all tests.',
    open: 'In small tests a difference of a tenth cannot be told from chance, and is not called one.',
  },
];

function ratioOf(measures: Measures): string {
  if (measures.get('otherAlone.1') !== undefined) return ' {otherAlone.1.label}: {otherAlone.1}.';
  const ratio = measures.get('otherRatio.1');
  if (ratio === undefined || ratio.value === null) return '';
  return ` {otherRatio.1.label}: {otherRatio.1}${ratio.interval === undefined ? '' : ', {otherRatio.1.interval}'}.`;
}

function conditionOf(measures: Measures, { status }: Verdict): string {
  const first = ` ${(measures.value('checked') ?? 0) > 1 ? 'Where most is amiss: ' : ''}{crossed.1.label}: {crossed.1}, {crossed.1.interval}.${ratioOf(measures)}`;
  const unknown =
    (measures.value('withoutDays') ?? 0) > 0
      ? ' In {withoutDays} of {tests} tests the other messages could not be compared, because days are missing or there are too few of them.'
      : '';
  if (status === 'healthy' || status === 'informative') {
    return `The holdouts (members left out by a random draw) were held out, as far as the messages on record show: ${countOf(measures, 'passed', 'passes', 'pass')}. {crossedShare.label}: {crossedShare}, {crossedShare.interval}.${ratioOf(measures)}${unknown}`;
  }
  const amiss =
    (measures.value('failed') ?? 0) > 0
      ? `${countOf(measures, 'failed', 'has', 'have')} a holdout (members left out by a random draw) that was reached or treated differently: in {crossedTests} of them too many got the campaign, in {unevenTests} one side got more of the other messages.`
      : `${countOf(measures, 'watched', 'has', 'have')} a holdout (members left out by a random draw) in which a little is amiss.`;
  return `${amiss}${first}${unknown}`;
}

export function explainContamination(measures: Measures, verdict: Verdict): Explanation {
  const isGood = verdict.status === 'healthy' || verdict.status === 'informative';
  return {
    condition: conditionOf(measures, verdict),
    criterion:
      'House thresholds: less than {threshold.crossedShare.watch} of the holdout may get the campaign, more than {threshold.crossedShare.fail} breaks the test; other messages to the holdout between {threshold.otherRatio.low} and {threshold.otherRatio.high} those to the treated. A problem when more than {threshold.failedShare.problem} of the tests, by members, fail.',
    consequence: isGood
      ? (measures.value('withoutDays') ?? 0) > 0
        ? 'The campaign itself stayed away from the holdout. Whether both sides got as much of everything else is not known for every test; where they did not, the difference of the arms is not that of the campaign alone.'
        : 'What the arms differ in is the campaign, so their difference can be read as that of the campaign.'
      : 'A holdout that got the campaign makes the difference look smaller than it is; one that got more or fewer of the other messages mixes them into the difference, in a direction that depends on what those messages do.',
    action: isGood
      ? 'Keep suppressing the holdout in every channel, and count its messages each month.'
      : 'Suppress the holdout in the sending system and not in the selection of one campaign, for as long as the test is followed, and let all other campaigns treat both sides alike; the same count in the next test then shows none that crossed over.',
    wouldChangeOurMind: isGood
      ? 'A channel that is not in these files, such as the app or the till, in which the holdout saw the offer.'
      : 'A log of the sending system in which the messages to the holdout were stopped.',
  };
}
