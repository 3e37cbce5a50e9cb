/** The sentences of the finding, by what the data allow to be said. */
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { gradesBelowProof, hedgeOf, whyNoProof } from '../below-proof.js';
import type { ClassifiedUnit } from './hollow-wins-classes.js';

/** What a bound is held against: where no cost is known, no sentence may speak of it. */
function criterionOf(measures: Measures): string {
  const unknown = measures.value('costUnknown') ?? 0;
  const judged = measures.value('judged') ?? 0;
  const rule =
    unknown > 0 && unknown === judged
      ? 'No cost is known, so whether a campaign paid for itself is not judged: it is costly only when even the upper bound of the change in value of everybody targeted is below nought, and a win, before its cost, only when the lower bound is above nought'
      : `It is hollow only when even the upper bound of the change in value of everybody targeted is below what it cost a member, and a win only when the lower bound is above it${unknown > 0 ? '; where the cost is not known ({costUnknown} of them), only whether value was added at all is judged' : ''}`;
  return (
    `A campaign counts as celebrated when its response rate is above nought and at or above the median ({medianSuccess}). ${rule}; each must also hold among all comparisons at once, and anything else is unproven. ` +
    'House thresholds: worth watching above {threshold.hollowShare.watch} of the effort in hollow or costly campaigns, a problem above {threshold.hollowShare.problem}, if some of it also holds where at most one such claim in twenty may be wrong; healthy when {threshold.provenShare.healthy} of it is shown to add value and was followed for long enough.'
  );
}

/** “Hollow win: Spring, change in margin a targeted member within 90 days: …” for the first three, worst first. */
function changesOf(measures: Measures): string {
  return [1, 2, 3]
    .flatMap((number) => measures.get(`change.${number}`) ?? [])
    .map(({ id }, index) => {
      const isCostKnown = typeof measures.get(`breakEven.${index + 1}`)?.value === 'number';
      return ` {${id}.label}: {${id}}, {${id}.interval}, ${isCostKnown ? `break-even {breakEven.${index + 1}}` : 'cost not known'}.`;
    })
    .join('');
}

/** Where the cost sits; nothing is said of it where no cost is known or nothing can be judged. */
function moneyOf(measures: Measures): string {
  if (measures.value('knownCost') === null || measures.value('judged') === 0) return '';
  const isSome = (id: string): boolean => (measures.value(id) ?? 0) > 0;
  const hollow = isSome('hollowCost') ? '{hollowCost} ({hollowCostShare})' : 'nothing';
  const unproven = isSome('unprovenCost') ? '{unprovenCost}' : 'nothing';
  const unjudged = isSome('unjudgedCost') ? '; {unjudgedCost} is in campaigns without a test that can be judged' : '';
  return ` Of the {knownCost} of campaign cost that is known, ${hollow} sits in hollow or costly campaigns and ${unproven} in unproven ones${unjudged}.`;
}

const conditions: Record<Verdict['status'], string> = {
  problem: 'a large part of the effort did not pay back: {hollowShare} of it is in hollow wins (celebrated: {hollowWins}) or costly campaigns ({costly}).',
  watch: 'a small part of the effort did not pay back: {hollowShare} of it is in hollow wins (celebrated: {hollowWins}) or costly campaigns ({costly}).',
  healthy: '{provenShare} of the effort added value, in true wins (celebrated: {trueWins}) or quiet winners (not celebrated: {quietWinners}).',
  informative:
    '{provenShare} of the effort is found to add value; {unprovenShare} is in campaigns that cannot be judged or are unproven. Misses (not celebrated, and unable to pay back): {misses}.',
};

const brief =
  ' Of the effort, {lastingShare} is in campaigns that are shown to add value and were followed for long enough; in the others a purchase that was only brought forward looks the same.';

/** How sure the first sentence may be goes by the grade. What says only that nothing is known needs no proof. */
function conditionOf(measures: Measures, verdict: Verdict): string {
  const isBrief = verdict.status === 'informative' && (measures.value('lastingShare') ?? 0) < (measures.value('provenShare') ?? 0);
  const sentence = `${conditions[verdict.status]}${isBrief ? brief : ''}`;
  const isNothing = verdict.status === 'informative' && measures.value('provenShare') === 0;
  return isNothing ? sentence : hedgeOf(measures, sentence);
}

/** What follows from campaigns that did not pay back; a gain that was shown is never explained away. */
function lossOf(measures: Measures): string {
  const gains = measures.value('gainsBelowCost') ?? 0;
  const lost = (measures.value('hollowWins') ?? 0) + (measures.value('costly') ?? 0);
  const added = gradesBelowProof(measures) < 2 ? 'added' : 'seem to have added';
  const gained = `what {gainsBelowCost} of these campaigns ${added} is less than what it cost`;
  const unshown = 'the responses are no sign of value: they fit with responders who would have bought anyway, and counting responses hides it';
  if (gains === 0) return `Money and attention go to campaigns in which ${unshown}.`;
  if (gains === lost) return `Money and attention go to campaigns that do not earn it back: ${gained}.`;
  return `Money and attention go to campaigns that do not earn it back: ${gained}; in the others ${unshown}.`;
}

export function explainHollowWins(measures: Measures, verdict: Verdict): Explanation {
  const isUnjudged = measures.value('judged') === 0;
  const isBad = verdict.status === 'problem' || verdict.status === 'watch';
  const unjudged = isUnjudged
    ? '{celebrated} campaigns are celebrated, and none of them can be judged: no campaign has a holdout (members left out at random) and a value in money that could be compared. What the members would have been worth without the campaigns is not in the files.'
    : `${conditionOf(measures, verdict)} Of {units} campaigns and arms, {judged} can be compared with a holdout; of the {celebrated} that are celebrated, {celebratedUnjudged} cannot be judged at all.${changesOf(measures)}${moneyOf(measures)}${whyNoProof(measures)}`;
  return {
    condition: unjudged,
    criterion: criterionOf(measures),
    consequence: isUnjudged
      ? 'Response rates rank the campaigns, and say nothing about value: a campaign sent to the best customers has many responses whatever it does.'
      : isBad
        ? lossOf(measures)
        : 'The response rate alone cannot tell winners from the rest; the comparison with a holdout can, for the campaigns that have one and were followed for long enough.',
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
      'Costs are not known for some campaigns: a win there adds value before its cost, and may still not pay for it; and whether an interval holds both nought and the break-even, which takes off a grade, cannot be asked there.',
    ),
    ...says(
      measured.some(({ value }) => !/margin|profit|contribution/i.test(value.outcome.name)),
      'Value is measured as sales, not margin; a change in sales overstates what is earned, so the break-even is lenient.',
    ),
    ...says(
      measured.some(({ value }) => value.outcome.days === null || value.outcome.days < value.horizonDays),
      `Value was followed for fewer days than it takes (${measured[0]?.value.horizonDays ?? 0}: at least 90, and twice the median time between purchases), or for an unknown time, in some tests. A gain there is one within those days only, as a purchase that was brought forward looks like a gain; a loss there is left unproven.`,
    ),
    ...says(
      units.some((unit) => unit.success === null),
      'Who was contacted outside a test, and campaigns that the responses never name, have a response that is not known; it is never taken as nought.',
    ),
    ...says(
      units.some((unit) => unit.isReported),
      'Response rates are taken as the source reports them.',
    ),
    ...says(
      units.some((unit) => unit.class === 'Broken test'),
      'A test whose arms cannot be compared is not classified; the table says why.',
    ),
    ...says(
      measured.length > 1,
      'The largest changes in value are partly luck, because the best of many is chosen after looking; the table of the two leagues shows them drawn towards the mean, and no place by value stands there without its interval.',
    ),
    ...says(
      measured.some(({ overlap }) => (overlap?.treatedShare ?? 0) > 0),
      '{overlapShare} of the members in treated arms were to get another tested campaign within the follow-up. The value of a single campaign is then what it adds beside the others; it cannot be separated from them, and the values of several campaigns must not be added up.',
    ),
    ...says(units.length < 4, 'With so few campaigns the median that separates celebrated from others means little.'),
  ];
}
