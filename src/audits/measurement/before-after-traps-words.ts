/** The sentences of `before-after-traps`. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

const withInterval = (measures: Measures, id: string): string => (measures.get(id)?.interval === undefined ? `{${id}}` : `{${id}}, {${id}.interval}`);

/** One sentence a trap: what the numbers say, whether or not it is there. */
function sentences(measures: Measures): string[] {
  const isThere = (id: string): boolean => measures.value(id) === 1;
  const isTested = (id: string): boolean => measures.value(id) !== null;
  const regression = isThere('regressionPresent')
    ? `Regression to the mean (extreme figures drift back towards the usual): members without the message who had bought as much before as the recipients of the largest campaigns changed by ${withInterval(measures, 'untreatedChange')}, all by themselves, and the recipients by {ownChange}; neither figure, nor the gap between them, says what a campaign did.`
    : `No regression to the mean of note: members without the message who had bought as much before changed by ${withInterval(measures, 'untreatedChange')}.`;
  const range = (id: string): string => (measures.get(id)?.interval === undefined ? '' : ` ({${id}.interval})`);
  const unlisted = measures.value('unlistedShare') === null ? '' : '; {unlistedShare} of the members who bought have no date of joining';
  const survivors = isThere('survivorshipPresent')
    ? `Only survivors on file: {closed} closed memberships, {inactiveShare} of the members of a year and more bought nothing in the last year${unlisted}; those who left seem to be missing.`
    : `Those who left are on file: {closed} closed memberships, and {inactiveShare} of the members of a year and more bought nothing in the last year${unlisted}.`;
  const forward = isThere('forwardPresent')
    ? `Purchases brought forward: against the holdout (members left out at random) those assigned to a campaign bought {earlyGain} more${range('earlyGain')} in weeks 1 to 4, and {lateGain} more${range('lateGain')} in weeks 5 to 12; a part of the gain is taken back.`
    : `Purchases brought forward do not show: against the holdout (members left out at random) those assigned to a campaign bought {earlyGain} more${range('earlyGain')} in weeks 1 to 4, and {lateGain} more${range('lateGain')} in weeks 5 to 12.`;
  const mix = isThere('mixPresent')
    ? `A change of mix: the response rate changed by ${withInterval(measures, 'overallChange')}, within campaigns of one purpose by ${withInterval(measures, 'withinChange')}.`
    : `A change of mix does not explain the response rate: it changed by ${withInterval(measures, 'overallChange')}, and within campaigns of one purpose by ${withInterval(measures, 'withinChange')}.`;
  const winner = isThere('winnerPresent')
    ? 'The best of several: the best of the tests shows {bestEffect}, and {shrunkEffect} with what chance explains taken off.'
    : 'The best of several is hardly too good: the best of the tests shows {bestEffect}, and {shrunkEffect} with what chance explains taken off.';
  return [
    ['regressionPresent', regression],
    ['survivorshipPresent', survivors],
    ['forwardPresent', forward],
    ['mixPresent', mix],
    ['winnerPresent', winner],
  ].flatMap(([id = '', sentence = '']) => (isTested(id) ? [sentence] : []));
}

export function explainTraps(measures: Measures, { status }: Verdict): Explanation {
  const isHealthy = status === 'healthy';
  const decisive = measures.value('survivorshipPresent') === 1 || measures.value('forwardPresent') === 1;
  return {
    condition: `Traps that make a before-and-after report mislead: {present} of the {testable} that could be tested${measures.value('testable') === measures.value('traps') ? '' : ' ({traps} are looked for)'}. ${sentences(measures).join(' ')}`,
    criterion:
      'House thresholds: from {threshold.traps.watch} trap on worth watching; a problem from {threshold.traps.problem} on, or with a file that lacks those who left, or a gain that is taken back. A change of {threshold.regression.least} among members without the message, and {threshold.winner.least} of the best figure explained by chance, count as there. Healthy needs {threshold.tested.enough} traps that could be tested.',
    consequence:
      status === 'informative'
        ? 'Too few of the traps could be tested to say whether such reports can be trusted here.'
        : isHealthy
          ? 'Reports that compare before with after, or pick the best, are not far wrong here for these reasons.'
          : decisive
            ? 'Figures that were reported from these files are likely to be too good, whatever the campaigns did.'
            : 'A report that compares before with after, follows the whole rate, or picks the best of several would mislead here, in either direction.',
    action:
      status === 'informative'
        ? 'Add the columns that are named below, and run the analysis again.'
        : isHealthy
          ? 'Keep comparing with members who were left out at random, and look at the traps again when the selection of audiences changes.'
          : 'Report every campaign against members without it in the same weeks, best of all members left out at random, follow them for twelve weeks, keep members who leave on file, and repeat the best of several before it is rolled out.',
    wouldChangeOurMind: 'Reports on these campaigns that already compare with members without the message over the same weeks.',
  };
}
