/** The sentences of the finding, by what the data allow to be said. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import type { ClassifiedUnit } from './hollow-wins-units.js';

const criterion =
  'A campaign counts as celebrated when its response rate is at or above the median ({medianSuccess}). It is hollow only when even the upper bound of the change in value of everybody targeted is below what it cost a member, and a win only when the lower bound is above it; anything else is unproven. ' +
  'House thresholds: worth watching above {threshold.hollowShare.watch} of the effort in hollow or costly campaigns, a problem above {threshold.hollowShare.problem}; healthy when {threshold.provenShare.healthy} of it is shown to add value.';

/** “Hollow win: Spring, change in margin a targeted member: …” for the first three, worst first. */
function changesOf(measures: Measures): string {
  return [1, 2, 3]
    .flatMap((number) => measures.get(`change.${number}`) ?? [])
    .map(({ id }, index) => ` {${id}.label}: {${id}}, {${id}.interval}, break-even {breakEven.${index + 1}}.`)
    .join('');
}

const conditions: Record<Verdict['status'], string> = {
  problem: 'A large part of the effort cannot have paid back: {hollowShare} of it is in hollow wins (celebrated: {hollowWins}) or costly campaigns ({costly}).',
  watch: 'A small part of the effort cannot have paid back: {hollowShare} of it is in hollow wins (celebrated: {hollowWins}) or costly campaigns ({costly}).',
  healthy:
    'Most of the effort is shown to add value: {provenShare} of it, in true wins (celebrated: {trueWins}) or quiet winners (not celebrated: {quietWinners}).',
  informative:
    'Only {provenShare} of the effort is shown to add value; {unprovenShare} is in campaigns that cannot be judged or are unproven. Misses (not celebrated, and unable to pay back): {misses}.',
};

export function explainHollowWins(measures: Measures, verdict: Verdict): Explanation {
  const isUnjudged = measures.value('judged') === 0;
  const isBad = verdict.status === 'problem' || verdict.status === 'watch';
  const unjudged = isUnjudged
    ? '{celebrated} campaigns are celebrated, and none of them can be judged: no campaign has a holdout (members left out at random) and a value in money that could be compared. What the members would have been worth without the campaigns is not in the files.'
    : `${conditions[verdict.status]} Of {units} campaigns and arms, {judged} can be compared with a holdout; of the {celebrated} that are celebrated, {celebratedUnjudged} cannot be judged at all.${changesOf(measures)}`;
  return {
    condition: unjudged,
    criterion,
    consequence: isUnjudged
      ? 'Response rates rank the campaigns, and say nothing about value: a campaign sent to the best customers has many responses whatever it does.'
      : isBad
        ? 'Money and attention go to campaigns whose responders would have bought anyway; the count of responses hides it.'
        : 'The response rate alone would not have told winners from the rest; the comparison with the holdout does, for the campaigns that have one.',
    action: isBad
      ? 'Stop or redesign the hollow and costly campaigns in the table, and test the new form against a random holdout before it replaces the old one.'
      : 'Give every large campaign a random holdout and follow the value of everybody targeted for at least 90 days; judge campaigns by that, not by responses.',
    wouldChangeOurMind: isBad
      ? 'A repeated test, or a longer follow-up, in which the lower bound of the change in value is above the break-even.'
      : 'Assignments with a holdout, costs and margins for more campaigns: a campaign that looks good today may turn out hollow, and the other way round.',
  };
}

/** Named limits, one sentence each. */
export function caveatsOf(units: readonly ClassifiedUnit[]): string[] {
  const measured = units.flatMap((unit) => (unit.value === null ? [] : [{ ...unit, value: unit.value }]));
  const says = (isTrue: boolean, sentence: string): string[] => (isTrue ? [sentence] : []);
  return [
    ...says(
      units.some((unit) => unit.value === null),
      'A campaign without a holdout is shown and never classified.',
    ),
    ...says(
      measured.some((unit) => unit.cost === null),
      'Costs are not known for some campaigns, so their break-even is taken as nought: a real cost makes a win harder to show and a hollow win easier.',
    ),
    ...says(
      measured.some(({ value }) => !/margin|profit|contribution/i.test(value.outcome.name)),
      'Value is measured as sales, not margin; a change in sales overstates what is earned, so the break-even is lenient.',
    ),
    ...says(
      measured.some(({ value }) => value.outcome.days !== null && value.outcome.days < 90),
      'Value was followed for fewer than 90 days in some tests; a purchase that was only brought forward then looks like a gain.',
    ),
    ...says(
      units.some((unit) => unit.isReported),
      'Response rates are taken as the source reports them.',
    ),
    ...says(
      units.some((unit) => unit.class === 'Broken test'),
      'A test whose arms do not have the planned sizes, or in which results are missing unevenly, is not classified.',
    ),
    ...says(units.length < 4, 'With so few campaigns the median that separates celebrated from others means little.'),
  ];
}
