/** The sentences of `coincidental-attribution`. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

const nearlyAll = 0.95;

const consequences: Record<Verdict['status'], string> = {
  problem:
    'what the rule credits, {creditedSales} in all, is what the same members buy in any other weeks as well. Reports built on it say little about what the campaigns did.',
  watch:
    'what the rule would credit, {creditedSales} in all, is what the same members buy in any other weeks as well, and sale by sale the two cannot be told apart.',
  informative: 'what the rule credits cannot be told from what the same members buy in any other weeks.',
  healthy: 'what the rule credits is not bought by the same members in other weeks, so that the rule is no mere count of regular customers.',
};

export function explainCoincidence(measures: Measures, { status }: Verdict): Explanation {
  const hasRules = (measures.value('ruled') ?? 0) > 0;
  const share = measures.value('coincidenceShare') ?? 0;
  const amount = status === 'healthy' ? 'Most of' : share >= nearlyAll ? 'Practically all of' : '{coincidentalSales} ({coincidentalSales.interval}) of';
  const rule = hasRules
    ? 'The campaign list credits a campaign with every sale that follows its message within some days (median {windowDays}). Over {tested} campaigns that can be compared, this'
    : 'No campaign has a rule on record that says which sales it may claim. A common one, every purchase within {defaultDays} of the message, over {tested} campaigns';
  const hasSeason = (measures.value('seasonal') ?? 0) > 0;
  const isSeasonal = measures.value('isSeasonal') === 1;
  const other = !hasSeason
    ? ''
    : isSeasonal
      ? ' The season is taken out with members who were not contacted; with it the share would be {otherShare}, and the lower one is told.'
      : ' With the season taken out, by members who were not contacted, the share would be {otherShare}; the lower one is told.';
  const model =
    (measures.value('modelShare') ?? null) === null
      ? ''
      : ' As a cross-check, a model of their earlier purchases (negative binomial, no campaign in it) has {modelShare} of recipients buying within the window; {buyingShare} did.';
  return {
    condition:
      `The crediting rule finds {coincidenceShare} as many buyers in weeks before the campaigns as it credits to them ({coincidenceShare.interval}). ${rule} credits {creditedBuyers} buyers. In as many days of earlier weeks, before the campaign existed, the same rule credits the same members with {expectedBuyers}.` +
      `${other} In money, of every {hundred} credited {ofHundred} ({ofHundred.interval}) appeared in such weeks as well.${model}`,
    criterion:
      'House thresholds: healthy up to {threshold.coincidenceShare.watch}, worth watching above it, a problem above {threshold.coincidenceShare.high} when the interval, too, lies above the first. ' +
      'Without a rule on record, or where recipients bought more than {threshold.nearFarRatio.inflated} as much just before the choice as earlier, the verdict goes no further than a watch.',
    consequence: `${amount} ${consequences[status]}`,
    action:
      status === 'healthy'
        ? 'Keep the rule as it is, and check the share again when the window or the mix of audiences changes.'
        : 'Report the share beside every credited figure, shorten the window to the days in which the two lines of the picture part, and hold out a tenth of the next audience at random: its purchases in the same days show how much of the credit is real.',
    wouldChangeOurMind:
      'A holdout drawn at random in these campaigns whose members buy clearly less in the same days than those contacted, or a rule that asks for more than time, such as the campaign’s own code.',
  };
}
