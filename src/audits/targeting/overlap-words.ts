/** The sentences of overlapping-audiences. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

const criterion =
  'A pair counts as redundant when both campaigns have the same objective, begin within 28 days of each other, share more than {threshold.overlapCoefficient.most} of the smaller audience, and that is more than {threshold.overlapLift.most} what independent selection would share, beyond luck. Above {threshold.redundantCampaignShare.watch} of campaigns in such pairs deserves a look, above {threshold.redundantCampaignShare.high} is too much.';

export function overlapExplanation(measures: Measures, { status }: Verdict): Explanation {
  const condition = `${pairsWords(measures)}${largestWords(measures)}${liveWords(measures)}`;
  const wouldChangeOurMind =
    'A plan that shows these campaigns as steps of one series; or a test in which members of the first campaign were left out of the second at random and bought less for it.';
  if (status === 'healthy' || status === 'informative') {
    return {
      condition,
      criterion,
      consequence:
        status === 'healthy'
          ? 'Campaigns that want the same mostly go to different members, or to no more of the same than chance would give.'
          : 'Whether campaigns repeat one another cannot be judged without two of a known, like objective within 28 days.',
      action:
        status === 'healthy'
          ? 'Nothing needs to change here. Keep the list of running campaigns in one place, so that it stays so.'
          : 'Write down the objective of each campaign, in its own column of the campaign list; the same question then has an answer.',
      wouldChangeOurMind: 'Campaigns of another business unit or agency that are not in these files and go to the same members.',
    };
  }
  const money =
    (measures.value('repeatedContacts') ?? 0) > 0
      ? '{repeatedContacts} contacts went to a member who had been in another campaign with the same objective within 28 days. '
      : '';
  return {
    condition,
    criterion,
    consequence: `${money}Each of the two campaigns can count the same sale as its own, so their results must not be added up.`,
    action:
      'Take the pairs of the table, and before the next of them draw a random half of the members of the first campaign and leave them out of the second. If they buy as much as the other half, the second campaign can do without them.',
    wouldChangeOurMind,
  };
}

function pairsWords(measures: Measures): string {
  const alike = measures.value('pairsOfOneObjective') ?? 0;
  const compared = '{pairsCompared} pairs of campaigns began within 28 days of each other';
  if (alike === 0) return `${compared}; of none of them is it known that both have the same objective.`;
  const share =
    measures.value('redundantCampaignShare') === null ? '' : ': {redundantCampaignShare} of the campaigns in such pairs ({redundantCampaignShare.interval})';
  return `${compared}, {pairsOfOneObjective} of them with the same objective. Of these, {redundantPairs} went largely to the same members${share}.`;
}

function largestWords(measures: Measures): string {
  if (measures.get('largestOverlap') === undefined) return '';
  const which = (measures.value('redundantPairs') ?? 0) > 0 ? 'The largest overlap of these' : 'The largest overlap';
  return ` ${which} is that of {largestOverlap.label}: {largestOverlap} of the smaller audience is in the other ({largestOverlap.interval}), {largestLift} what chance would put there.`;
}

function liveWords(measures: Measures): string {
  const live =
    ' Two or more campaigns ran on one day for {liveMembers} of {contactedMembers} members contacted: {liveMembersShare} ({liveMembersShare.interval}).';
  if ((measures.get('crowdedDays')?.value ?? 0) === 0) return live;
  return `${live} On {crowdedDays} days, added up over members, two or more campaigns contacted one member ({crowdedDayShare} of the days with contact).`;
}
