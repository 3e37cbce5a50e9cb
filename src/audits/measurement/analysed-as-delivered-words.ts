/** The sentences on who stays in the analysis. */
import type { Explanation, Rival } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { amissOf, countOf } from './test-card.js';

export const rivals: readonly Rival[] = [
  {
    explanation: 'The arms were drawn from different lists, and differed in links and results from the beginning.',
    check: 'Links are counted before the assignment, so a difference in them speaks of the draw or of what was taken out after it; both spoil the test.',
    open: 'Which of the two it was only the log of the draw can say.',
  },
  {
    explanation: 'Results are missing because members left or returned everything, which is a result itself.',
    check: 'A missing line counts as missing only where the file of results names members without a result too.',
    open: 'A file that drops members who left would look the same.',
  },
  {
    explanation: 'The reported number of recipients is meant for the sending bill, and the analysis counts everybody.',
    check: 'The reported number alone never breaks a test; it makes it one to watch.',
    open: 'The report of the analysis says which number it divides by.',
  },
];

export function explainDelivery(measures: Measures, verdict: Verdict): Explanation {
  const isGood = verdict.status === 'healthy' || verdict.status === 'informative';
  const untested =
    (measures.value('notTestable') ?? 0) > 0
      ? ` ${countOf(measures, 'notTestable', 'leaves', 'leave')} no trace of who was left out, and cannot be checked.`
      : '';
  const reached = measures.get('reached.1') === undefined ? '' : ' {reached.1.label}: {reached.1}, {reached.1.interval}.';
  const conditions: Record<Verdict['status'], string> = {
    informative: `Nothing on record says who was left out of the analysis of the tests.${reached}`,
    healthy: `Everybody who was assigned can still be followed in the same way on both sides, treated and holdout (members left out by a random draw): ${countOf(measures, 'passed', 'passes', 'pass')}.${reached}${untested}`,
    watch: `${amissOf(measures, ['shows that members were left out on one side after the draw', 'show that members were left out on one side after the draw'], ['gives reason to ask whether members were left out', 'give reason to ask whether members were left out'])}; the holdout are the members left out of the campaign by a random draw.${reached}${untested}`,
    problem: `${countOf(measures, 'failed', 'shows', 'show')} that members were left out on one side only, of the treated or of the holdout (members left out by a random draw), after the draw; the table says how.${reached}${untested}`,
  };
  return {
    condition: conditions[verdict.status],
    criterion:
      'Convention for randomised tests: everybody counts in the arm to which the draw assigned them, reached or not. Members who cannot be followed have to be as frequent in both arms (chi-square test, a probability of {threshold.difference.probability} or more). House threshold: a problem when more than {threshold.failedShare.problem} of the tests, by members, fail.',
    consequence: isGood
      ? 'The arms are those that were drawn, so their difference keeps its meaning; where a message does not reach everybody, the difference speaks of having been chosen for it.'
      : 'Customers who can be reached are livelier customers. With the others left out on one side the treated look better than they are, whatever the campaign did.',
    action: isGood
      ? 'Keep dividing by the members assigned, and report the part that was reached beside it.'
      : 'Repeat the analysis with the list of the draw: bounced, suppressed and opted-out members stay in their arm, with nought where they bought nothing. If the sizes, links and missing results of both arms then agree, the trouble was the analysis and not the draw.',
    wouldChangeOurMind: isGood
      ? 'A report of the analysis that divides by the messages that arrived.'
      : 'The list of the draw, in which the members missing here are found in both arms alike.',
  };
}
