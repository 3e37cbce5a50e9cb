/** The five sentences on moves between fifths of buyers, and the biases to name. */
import type { Explanation, Rival } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';

export const migrationRivals: Rival[] = [
  {
    explanation: 'Chance: those who bought most in one period were partly lucky, and luck does not last.',
    check:
      'The loss is measured in members chosen by other weeks than those in which they are followed, so that their luck is not in the weeks that are counted. It must show a second time against a twin of the same members in which nobody changes.',
    open: 'Members whose rhythm changes by itself from year to year, such as those who move house, look like members who turn away.',
  },
  {
    explanation: 'A loss that all members share, such as ordinary leaving or a poor year for the trade.',
    check: 'As large a part of the top fifth is taken to stop as all other members stopped; only the loss beyond that is counted.',
    open: 'A poor year that falls on the most frequent buyers alone, such as a range that was withdrawn, is not told from a turning away.',
  },
  {
    explanation: 'Purchases that are still made but no longer recorded, such as a card that is shown less often.',
    check: 'Nothing can be done about it from these files alone; the finding on activity without a member shows whether such sales rise.',
    open: 'If the unlinked part of sales rose in the second period, some of this loss may be a loss of records.',
  },
];

export function explainMigration(measures: Measures, { status }: Verdict): Explanation {
  const has = (id: string): boolean => (measures.get(id)?.value ?? null) !== null;
  const stopped = (measures.value('leavingShare') ?? 0) > 0 ? ', and as many of them stopped as of all others ({leavingShare} of purchases)' : '';
  const isLoss = (measures.value('excessLoss') ?? 0) > 0 && (measures.get('excessLoss')?.interval?.low ?? 0) > 0;
  const who = 'the fifth of members who bought most often in one period of {periodDays}';
  const range = measures.get('excessLoss')?.interval === undefined ? '' : ' ({excessLoss.interval})';
  const figure = `{excessLoss} of their purchases${range}`;
  const beyond =
    status === 'informative'
      ? `How much ${who} lost in the next beyond chance cannot be judged, because chance does not describe these members well; the figure would be ${figure}.`
      : isLoss
        ? `The purchases of ${who} fell in the next by more than chance and ordinary leaving account for: the loss beyond that is ${figure}.`
        : `No loss beyond chance and ordinary leaving is shown for ${who}: ${figure}.`;
  const split =
    ' The loss is measured without that model: the fifth is chosen in every other four weeks of the first period and followed in the weeks between, where luck plays no part. There its purchases changed by {splitTopChange} to the same weeks of the second period, and those of all others by {splitRestChange}. Against the twin the loss is {twinLoss} ({twinLoss.interval}).';
  const isMisfit = status === 'informative';
  const others =
    (measures.value('restChangeTwin') ?? 0) > 0
      ? ' By the same chance the purchases of all others would have risen by {restChangeTwin} with nobody changed; they changed by {restChange}.'
      : '';
  return {
    condition: `${beyond} Their purchases, counted in days with one, changed by {topChange}. Had nobody changed${stopped}, {topChangeTwin} was to be expected: members buy at rates of their own, some are lucky in one period, and luck does not last (the “twin” in which nobody changes).${split}`,
    criterion: `Only the loss beyond chance is news: above {threshold.excessLoss.watch} of their purchases it deserves a look, above {threshold.excessLoss.high} the most frequent buyers are turning away, if the loss against the twin deserves a look as well. These are house levels. Where the twin puts more than {threshold.misfit.most} of members at a wrong number of purchases, or the periods are shorter than a year, nothing is called a problem; here the part is {misfit}.`,
    consequence: consequenceOf(status, isMisfit, has('excessValue'), others),
    action:
      status === 'problem' || status === 'watch'
        ? 'Compare the top fifth of the first period who fell with those who stayed: faults, prices, range and contact in the months before. Then test one change, such as a call or a service offer, on a random half of those who begin to slip, and compare their purchases with the other half after two of their usual intervals.'
        : 'Show this table whenever somebody reports that the best customers fall, or that a campaign has woken up light buyers: most of both happens by itself. Prove such a claim with a random group that is left without the campaign.',
    wouldChangeOurMind:
      'Purchases that are not in these files; a longer history in which the same fall is seen every year; or members who buy at fixed intervals or in bursts, for whom the twin expects the wrong amount of movement.',
  };
}

function consequenceOf(status: Verdict['status'], isMisfit: boolean, hasValue: boolean, others: string): string {
  if (isMisfit)
    return `The twin does not describe how these members buy well enough to be held against them, so the figures are shown and not judged.${others}`;
  if (status === 'healthy') return `The most frequent buyers fall about as much as chance makes them, so the fall by itself calls for nothing.${others}`;
  const worth = hasValue ? ' At what a purchase of theirs was worth before, that comes to {excessValue} ({excessValue.interval}).' : '';
  return `The most frequent buyers, {topMembers} members, bought less than chance and ordinary leaving account for.${worth}${others}`;
}

export function migrationCaveats(isFullYear: boolean, hasUnknownJoining: boolean): string[] {
  return [
    'The twin has every member buy at a constant rate of their own (negative binomial), with some who never buy where the counts ask for them; a loss that all members share is in it, and is the matter of the finding on the leaky bucket.',
    'Fifths are by days with a purchase, not by money: a fall in the value of a purchase is not seen here.',
    'The loss errs towards none: a fall that reaches frequent buyers outside the fifth as well is taken for ordinary leaving, and a rise of the others is added to the upper end of its interval only.',
    'Members who joined during the first period are left out, because they were not seen for all of it; members who closed their membership in the second period count as lost.',
    ...(isFullYear
      ? []
      : ['The two periods are shorter than a year, so a season that suits some members more than others shows as movement; nothing is called a problem.']),
    ...(hasUnknownJoining ? ['Members without a joining date are left out.'] : []),
  ];
}
