/** The sentences of the finding, by how much segments say about offers. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { segmentationLabels } from './offer-information.js';
import { type OfferLevel, segmentations } from './undifferentiated-offers.sql.js';

/** What tells offers apart, in a sentence. */
export const levelWords: Readonly<Record<OfferLevel, string>> = {
  offer: 'the offer’s own code',
  offerType: 'the kind of the offer, because there are too many codes',
  campaignType: 'the kind of offer that the campaign states, because contacts carry none',
};

/** The division of members whose measure is the headline. */
function divisionOf(measures: Measures): string {
  const value = measures.value('adjusted');
  const found = segmentations.find((segmentation) => measures.get(`adjusted.${segmentation}`)?.value === value);
  return found === undefined ? 'no division' : segmentationLabels[found];
}

export function explainOffers(measures: Measures, { status }: Verdict): Explanation {
  const adjusted = measures.get('adjusted');
  const hasRange = adjusted?.interval !== undefined;
  const ratio = measures.get('relevanceRatio');
  const relevance =
    ratio === undefined || ratio.value === null
      ? ''
      : ` Offers were in a category that the member had bought in within the year before {relevanceRatio}${ratio.interval === undefined ? '' : ' ({relevanceRatio.interval})'} as often as offers dealt out at random ({relevantShare} against {relevantExpected}).`;
  const variety =
    ' In an average week the commonest of {offers} kinds of offer made up {sameOfferShare} of the contacts, and a member with any offer got {offersPerQuarter} different ones in a quarter.';
  const criterion =
    'House thresholds on that scale, for the division of members that says most: below {threshold.adjusted.undifferentiated} offers are not differentiated, below {threshold.adjusted.light} only lightly. Knowing the segment then says next to nothing about the offer.';
  const test =
    'Choose one offer and two segments that should want different things, give a random half of each the offer meant for the other, and compare what they buy over the following quarter.';
  const wouldChangeOurMind =
    'Offers that differ within what the files call one kind, such as another picture or another category; contacts in other channels; or a segmentation that the files do not hold.';
  if (adjusted === undefined || adjusted.value === null) {
    return {
      condition: `Nothing says that the offer depends on who gets it: the files know {offers} kinds of offer for {knownShare} of the contacts, and {divisions} ways to divide members.${variety}${relevance}`,
      criterion,
      consequence: 'Where everybody gets the same, the scheme looks like every other scheme to its customers. What competitors offer is in no file.',
      action: 'Record what each message offered (an offer code in the contacts, a kind in the list of campaigns), then look again.',
      wouldChangeOurMind,
    };
  }
  const condition = `On a scale from 0 (every segment gets the same mix of offers) to 1 (the segment decides the offer), with what chance alone would show taken out, offers stand at {adjusted}${hasRange ? ' ({adjusted.interval})' : ''} by ${divisionOf(measures)}, ${measures.value('divisions') === 1 ? 'the only division of members in the files' : 'the one of {divisions} divisions of members that says most'}.${variety}${relevance}`;
  const consequences: Record<Verdict['status'], string> = {
    problem:
      'Members get the same offers whoever they are. Nothing in them shows that the scheme knows its customers, and an offer that suits everybody a little gives nobody a reason to prefer this scheme. How the offers compare with those of competitors is in no file.',
    watch:
      (measures.get('adjusted')?.interval?.low ?? 0) > 0
        ? 'Offers depend on who gets them, but only a little, or the files hold too little to say how much. How they compare with those of competitors is in no file.'
        : 'The files hold too little to be sure whether offers depend on who gets them. How they compare with those of competitors is in no file.',
    informative: 'Offers cannot be compared between segments.',
    healthy:
      'Who a member is says something about the offer that the member gets. That is not good in itself: whether each segment gets what it wants shows only in what it buys afterwards.',
  };
  return {
    condition,
    criterion,
    consequence: consequences[status],
    action: status === 'healthy' ? `Keep the differences that were chosen on purpose, and check them by what they bring. ${test}` : test,
    wouldChangeOurMind,
  };
}
