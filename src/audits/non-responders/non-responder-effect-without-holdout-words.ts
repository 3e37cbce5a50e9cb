/** The sentences of the route without a holdout. Grade E3: associated with, after adjusting; never a cause. */
import type { Explanation } from '../../result/schema.js';
import type { Measures } from '../audit.js';

/** Whether the route was taken at all. */
const hasTrials = (measures: Measures): boolean => (measures.get('trials')?.value ?? 0) > 0;

/** Why campaigns could not be compared, each reason with its number. */
function reasons(measures: Measures): string {
  const because = [
    ['trialsUnlike', 'in {trialsUnlike} the members left out are too unlike those selected'],
    ['trialsShort', 'in {trialsShort} too few days of purchases are on record before or after'],
    ['trialsSmall', 'in {trialsSmall} too few members stand on one side'],
    ['trialsSpread', 'in {trialsSpread} the messages went out over weeks'],
  ].flatMap(([id = '', words = '']) => ((measures.get(id)?.value ?? 0) > 0 ? [words] : []));
  return because.length === 0 ? '' : ` (${because.join('; ')})`;
}

/** What the comparisons show, as sentences that follow the condition; empty where the route was not taken. */
function withoutHoldoutSentences(measures: Measures): string {
  if (!hasTrials(measures)) return '';
  if ((measures.value('trialsEstimable') ?? 0) === 0) {
    return ` Without a holdout the next best thing is to compare members who were contacted with similar members who could have been and were not. For {trials} campaigns that was tried, and for none can it be estimated${reasons(measures)}.`;
  }
  const isDirected = (measures.value('trialsDirected') ?? 0) > 0;
  const verdict = isDirected
    ? 'In {trialsDirected} of {trialsEstimable} campaigns for which similar members exist, being contacted is associated with a difference that stands out from that.'
    : 'In none of the {trialsEstimable} campaigns for which similar members exist does the difference stand out from that: it cannot be told from bias.';
  const all = measures.get('trialDifference') === undefined ? '' : ` {trialDifference.label}: {trialDifference}, {trialDifference.interval}.`;
  const silent =
    measures.get('silentDifference') === undefined
      ? ''
      : ' {silentDifference.label}: {silentDifference}, {silentDifference.interval}; before the campaign the same comparison showed up to {silentBias} either way. This describes those who did not respond beside members who look like them, and is no effect: whoever was about to buy may well respond, and is then missing from one side only.';
  const described =
    measures.get('silentActiveAfter') === undefined
      ? ''
      : ' Of those who did not respond, {silentActiveBefore} bought in the {trialDays} before it and {silentActiveAfter} in the {trialDays} after.';
  return ` Compared with similar members who were not selected:${all} This adjusts for what we can see; the same method applied before the campaign showed a difference of up to {trialBias} either way, so treat anything smaller than {trialBiasTwice} as noise. ${verdict}${described}${silent}`;
}

/** The finding without a usable test, with what the comparisons add. */
export function withTrials(explanation: Explanation, measures: Measures): Explanation {
  if (!hasTrials(measures)) return explanation;
  return {
    ...explanation,
    condition: `${explanation.condition}${withoutHoldoutSentences(measures)}`,
    criterion:
      `${explanation.criterion} Without a holdout a direction is told only when the difference is more than twice the largest that the same comparison shows before the campaign, ` +
      'its widened interval holds no nought, and the number of comparisons is allowed for.',
  };
}
