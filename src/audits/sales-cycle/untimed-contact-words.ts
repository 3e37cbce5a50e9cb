/** The sentences of the finding, by what the comparison shows. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

const phases =
  ' {justBought} of the contacts came when the member had only just bought (less than a quarter of the member’s own gap had passed), {inWindow} when the next purchase was about due, {late} when it was late by as much again or more.';

const criterion =
  'Were the date chosen without looking at the customer, the share of such pairs would be one half. House thresholds: with the whole interval between {threshold.laterShare.low} and {threshold.laterShare.high}, timing uses no customer information, unless {threshold.timedShare.several} or more of the sends lie outside of that one by one, or triggers (messages that something the customer did sets off) send {threshold.triggeredShare.enough} or more of all contacts.';

const test =
  'Send one campaign in daily portions, each to the members whose next purchase falls due that week by their own rhythm, and to a random half of the rest as before; compare purchases of both over two gaps.';

export function explainTiming(measures: Measures, { status }: Verdict): Explanation {
  const area = measures.get('laterShare');
  const promoted = measures.get('promotedAfterPurchase');
  const nuisance =
    promoted === undefined || promoted.value === null
      ? ''
      : ` {promotedAfterPurchase} of the offers were in a category in which the member had bought within the fortnight before.`;
  const triggered = (measures.value('triggeredShare') ?? 0) > 0 ? ' {triggeredShare} of all contacts were sent by triggers and are left out here.' : '';
  const wouldChangeOurMind =
    'A record of how the dates were chosen, contacts in other channels, or purchases that the files do not hold: members whose purchases are missing look later in their cycle than they are.';
  if (area === undefined || area.value === null) {
    return {
      condition: `Hardly anybody is left to compare with: on {batches} days of sending, {reachedShare} of the members who could be contacted and had bought before were contacted.${phases}${triggered}${nuisance}`,
      criterion,
      consequence: 'A message that nearly everybody gets on one day follows the organisation’s calendar; for the customer the moment is right by chance.',
      action: test,
      wouldChangeOurMind,
    };
  }
  const side = area.value > 0.5 ? 'further along' : 'less far along';
  const sends = measures.value('sends') === 1 ? 'On one send' : 'On {sends} sends';
  const condition = `${sends}, members who were contacted are compared with members left out of the same send who buy about as often: in {laterShare} of such pairs ({laterShare.interval}) the one contacted was further along the way from the last purchase to the next. One by one, {timedShare} of the sends lie outside the band below.${phases}${triggered}${nuisance}`;
  if (status === 'healthy') {
    return {
      condition,
      criterion,
      consequence: `The date of contact goes with the customer’s own cycle: those contacted were on the whole ${side} than those left out. Whether that is the right moment is another question.`,
      action: 'Keep the rule that chooses the moment, and test it against a random day for a random half.',
      wouldChangeOurMind,
    };
  }
  if (status === 'watch') {
    return {
      condition,
      criterion,
      consequence:
        'That the date of contact goes with the customer’s own cycle is not shown, and that it does not is not certain: the sends differ, compare too few members, or are the smaller part beside those that triggers send.',
      action: test,
      wouldChangeOurMind,
    };
  }
  return {
    condition,
    criterion,
    consequence:
      'The dates are the organisation’s calendar and not the customer’s: among members who still buy, who is contacted on a day says next to nothing about who is about to buy. A message meets the moment of the next purchase only by chance.',
    action: test,
    wouldChangeOurMind,
  };
}
