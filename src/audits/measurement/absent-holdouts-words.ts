/** The sentences of the finding, by what the campaigns have by way of a holdout. */
import { fewestPerArm } from '../../derived/experiments.js';
import type { Explanation, Rival } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { accidentSentences, askSentence, standInSentence } from './absent-holdouts-accidents.js';

/** How many campaigns have no holdout that can be used. */
function withoutOne(measures: Measures): string {
  if (measures.value('campaignsWithout') === 0) return 'no campaign is without one';
  const hasSmall = (measures.value('holdoutsTooSmall') ?? 0) > 0;
  const none = hasSmall ? `none that is usable ({holdoutsTooSmall} have one of fewer than ${fewestPerArm} members)` : 'none';
  return `{campaignsWithout} of {campaigns} campaigns have ${none}`;
}

/** @param verdict decides between keeping the holdouts and drawing some. */
export function explainHoldouts(measures: Measures, verdict: Verdict): Explanation {
  const hasNone = measures.value('holdoutCoverage') === 0;
  const universal = measures.value('universalHoldout');
  const wide =
    universal !== null && universal > 0
      ? ' {universalHoldout} members are kept out of all marketing by design.'
      : ' No group of members is on record as kept out of all marketing.';
  const failed =
    (measures.value('splitsFailed') ?? 0) > 0 ? ' In {splitsFailed} tests the sizes of the arms do not match the plan, so these do not count.' : '';
  const untestable =
    (measures.value('splitsNotTestable') ?? 0) > 0 ? ' In {splitsNotTestable} tests the planned share is not on record, so the split cannot be checked.' : '';
  const first = measures.get('split.1');
  const hasEqualArms = measures.get('holdoutSplit.1') !== undefined;
  const figures = hasEqualArms ? 'probability {holdoutSplit.1}; for all arms against an equal split {split.1}' : 'probability {split.1}';
  const passed =
    first !== undefined && first.value !== null && (measures.value('splitsFailed') ?? 0) === 0
      ? ` The first test has the holdout that was planned, as far as chance allows (${figures}).`
      : '';
  const crossed = (measures.value('crossovers') ?? 0) > 0 ? ' In {crossovers} tests too many of those held out got the campaign, so these do not count.' : '';
  const reason = (measures.value('holdouts') ?? 0) > 0 ? 'because there is no holdout that can be used' : 'because there is no holdout';
  return {
    condition: `{holdoutCoverage} of the contacts belong to campaigns with a usable holdout (members left out by a random draw and followed like the rest); ${withoutOne(measures)}.${wide}${failed}${crossed}${untestable}${passed}${accidentSentences(measures)}`,
    criterion: 'House threshold: healthy from {threshold.holdoutCoverage.healthy} of the contacts, a problem below {threshold.holdoutCoverage.problem}.',
    consequence: `${
      hasNone
        ? `No uplift can be stated for any campaign, ${reason}: nobody shows what the same members would have done without the message. Responders were different customers before, so comparing them with the others does not help.`
        : verdict.status === 'healthy'
          ? 'For most of the contacts the question “what would have happened anyway?” has an answer in the data.'
          : 'For the campaigns without a holdout no uplift can be stated: nobody shows what the same members would have done without the message.'
    }${standInSentence(measures)}`,
    action: `${
      verdict.status === 'healthy'
        ? 'Keep the holdouts, write the planned share into the campaign record, and check that each is large enough for the difference that matters (table of campaigns).'
        : 'Hold out members at random before the next send, in the number that the table of campaigns gives for a tenth or a fifth more; where even half of the audience is too few for a fifth (campaigns: {campaignsTooSmall}), pool several campaigns of one objective or keep one group out of all marketing for a quarter.'
    }${askSentence(measures)}`,
    wouldChangeOurMind: 'A file of assignments (campaign, member, arm) for the campaigns that seem to have none.',
  };
}

/** What else could have made the share low. */
export const holdoutRivals: readonly Rival[] = [
  {
    explanation: 'Members are held out, and the list of them is not among the files.',
    check: 'Only assignments on record count; members without messages are never taken for a holdout, because they may have been left out for a reason.',
    open: 'Campaign tools often keep such a list and leave it out of the export; with it the share could be higher.',
  },
  {
    explanation: 'Campaigns that nobody would hold out, such as messages of service, make the share look low.',
    check: 'Messages marked as service messages are left out.',
    open: 'Service messages that carry no mark are counted like marketing.',
  },
  {
    explanation: 'Effects are tested in another way, such as by region, by time or by a list that was cut off.',
    check:
      'The files are searched for lists cut off, deliveries that broke down and parts contacted weeks apart; what is found is shown with how alike its sides were.',
    open: 'A test by region or shop leaves no trace in these files.',
  },
];
