/** The sentences of the finding, by what the data allow to be said. */
import { brokenDoubts, type Doubt, doubtNames, weakeningDoubts } from '../../derived/experiment-checks.js';
import type { Experiment } from '../../derived/experiments.js';
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { isA2Alone } from './non-responder-effect-exhibits.js';
import { type Effect, isUsable } from './non-responder-effect-ladders.js';

const criterion =
  'Harm is stated only when the whole interval of the effect on everybody lies on the bad side of {threshold.harm.bound}, after keeping false alarms over all comparisons below a share of {threshold.harm.falseDiscovery}. ' +
  'Non-responders are never compared with the holdout as if that were an effect: the comparison takes the best customers out of one side only.';

/** Why no range for non-responders can be stated, in one sentence. */
export function whyUnknown(experiments: readonly Experiment[], effects: readonly Effect[]): string {
  if (experiments.every((experiment) => experiment.comparisons.length === 0)) {
    return 'No campaign has a holdout (members left out at random), so nobody shows what non-responders would have done without contact.';
  }
  if (effects.length === 0) {
    return 'There is a holdout, but no outcome could be compared: an arm is too small, or the files have no result of the members of one arm, or the purchases begin after the assignment or end too soon after it.';
  }
  const usable = effects.filter(isUsable);
  if (usable.length === 0) {
    const words = { ...brokenDoubts, ...weakeningDoubts };
    const doubts = doubtNames.filter((doubt) => effects.some(({ outcome }) => outcome.doubts.includes(doubt)));
    return `There is a holdout, but no test can be used (evidence grade E3): ${doubts.map((doubt) => words[doubt]).join('; ')}.`;
  }
  const isResponse = usable.some(({ ladders }) => ladders.some(({ note }) => note.includes('the response itself')));
  return `There is a holdout, but no range for non-responders: ${isResponse ? 'the outcome is the response itself, or ' : ''}too few members of the treated arms responded on record, or too few did not.`;
}

/** Without a range there is nothing to say about non-responders, and that is what is said. */
function explainUnknown(measures: Measures): Explanation {
  const why = measures.get('effectOnNonResponders')?.why ?? '';
  const isNobody = (measures.get('contactedNonResponders')?.n ?? 0) === 0;
  const hasTest = (measures.value('tests') ?? 0) > 0;
  const who = isNobody
    ? 'Nobody was contacted in the time that is looked at. Whether earlier contact helped members, put them off or left them cold'
    : '{contactedNonResponders} members, {contactedNonResponderShare} of those contacted, responded to nothing. Whether contact helped them, put them off or left them cold';
  const all =
    measures.get('itt.1') === undefined
      ? ''
      : ' Only the whole audience can be told of. {itt.1.label}, responders and non-responders alike: {itt.1}, {itt.1.interval}.';
  return {
    condition: `${who} cannot be known from these files. ${why}${all}`,
    criterion: `An effect needs a holdout: members left out by a random draw, whose outcomes are followed like those of everybody else. ${criterion}`,
    consequence:
      'The largest part of the audience is contacted without knowing what that does to it. Comparing those who responded with those who did not would not help: they were different customers before.',
    action: hasTest
      ? 'Draw the next holdout at random and large enough, record its planned share, send it nothing of that campaign, and follow responses, and purchases of both groups for at least 90 days, everybody counted.'
      : 'Leave a random holdout out of the next campaign, record who was assigned to it, and follow purchases of both groups for at least 90 days, everybody counted.',
    wouldChangeOurMind: hasTest
      ? 'A test whose arms match the plan, with outcomes that members can have without responding, followed alike in both arms, and with the responses of the treated.'
      : 'A file of assignments (campaign, member, arm) with a holdout, and outcomes or purchases of the members of both arms.',
  };
}

/** “Mens: …” for one headline; empty when there is none with that number. */
function sentenceOf(measures: Measures, number: number): string {
  const effect = measures.get(`itt.${number}`);
  const response = measures.get(`nonResponseShare.${number}`);
  if (effect === undefined) return '';
  const everybody = ` {itt.${number}.label}, responders and non-responders alike: {itt.${number}}, {itt.${number}.interval}.`;
  if (response === undefined) return everybody;
  const [hasL1, hasL2] = [measures.get(`l1.${number}`) !== undefined, measures.get(`l2.${number}`) !== undefined];
  const assumed = hasL2 ? 'l2' : hasL1 ? 'l1' : null;
  const meanings = {
    l1: 'assuming only that the campaign did not make those who responded worse off',
    l2: hasL1
      ? 'assuming only that the campaign did not make those who responded worse off, and that they were at least as valuable to begin with'
      : 'assuming only that those who responded would have been at least as valuable without it',
  };
  const narrower = assumed === null ? '' : `; ${meanings[assumed]}, {${assumed}.${number}.interval}`;
  return `${everybody} {nonResponseShare.${number}.label}: {nonResponseShare.${number}}. The data bound the effect on those {nonResponseShare.${number}}, with nothing assumed but the random draw, {l0.${number}.interval}${narrower}.`;
}

/** What is harmed, and what has to be assumed to say so. */
function harmSentence(measures: Measures): string {
  const has = (id: string): boolean => (measures.value(id) ?? 0) > 0;
  const proved = 'In at least one test those who did not respond were worse off with the campaign than without it, whatever it did to those who responded.';
  const overall = 'The audience of at least one test as a whole was worse off with the campaign than without it.';
  const blamed = 'Unless the campaign hurt the people who took it up, those who did not respond were made worse off.';
  const open =
    'The result is money after discount: what those who responded saved can explain the loss by itself, so nothing follows for those who did not respond.';
  if (has('harmProved')) return has('harmOverall') ? `${overall} ${proved}` : proved;
  return `${overall} ${has('harmUnderA1') ? blamed : open}`;
}

/** @param verdict a problem when harm was shown. */
export function explainEffect(measures: Measures, verdict: Verdict): Explanation {
  const isHarm = verdict.status === 'problem';
  if (!isHarm && measures.get('effectOnNonResponders') !== undefined) return explainUnknown(measures);
  const sentences = [1, 2].map((number) => sentenceOf(measures, number)).join('');
  const harm = harmSentence(measures);
  const good = measures.get('goodRanges');
  const isAllGood = good !== undefined && good.n > 0 && good.value === good.n;
  const unusable = (measures.value('unusable') ?? 0) > 0 ? ' {unusable} results come from a test that cannot be used, and are not told.' : '';
  const above =
    'For {bounded} of {effects} results of {tests} tests the effect on those who did not respond is known within bounds; in the tests told here it lies wholly on the good side of nought, under the assumptions named.';
  const open =
    'For {bounded} of {effects} results of {tests} tests the effect on those who did not respond is known within bounds, and no harm is shown. That is not proof that there is none: where a range below holds nought, contact may have helped or hurt those who did not respond.';
  return {
    condition: `${isHarm ? harm : isAllGood ? above : open}${unusable}${sentences}`,
    criterion,
    consequence: isHarm
      ? 'Contacting everybody costs value that the count of responses does not show.'
      : 'The count of responses says nothing about the members who did not respond. The ranges say how much contact can have done to them at most, in either direction.',
    action: isHarm
      ? 'Stop the campaign for the audience that it was tested on, and test a smaller or different one against a new random holdout.'
      : 'Keep a random holdout in every large campaign, and choose outcomes that everybody can have without responding (bought again, still active): they give the narrowest ranges.',
    wouldChangeOurMind: isHarm
      ? 'A repeat of the test with a split that matches its plan, whose interval lies on the good side of nought.'
      : 'A larger holdout or a longer follow-up that moves a whole range to one side of nought.',
  };
}

/** Named limits, one sentence each. */
export function caveatsOf(experiments: readonly Experiment[], effects: readonly Effect[]): string[] {
  const small = experiments.flatMap((experiment) => experiment.comparisons).some((comparison) => comparison.outcomes.length === 0);
  const notes = effects.flatMap((effect) => effect.ladders.map((defined) => defined.note));
  const outcomes = effects.map((effect) => effect.outcome);
  const ladders = effects.flatMap((effect) => effect.ladders.flatMap(({ ladder }) => ladder ?? []));
  const isDoubted = (doubt: Doubt): boolean => outcomes.some((outcome) => outcome.doubts.includes(doubt));
  const says = (isTrue: boolean, sentence: string): string[] => (isTrue ? [sentence] : []);
  return [
    ...says(effects.length > 0, 'That the arms were drawn at random is taken from the source; the files cannot prove it.'),
    ...says(
      effects.length > 0,
      'Non-responders are those who would not respond if contacted. Only responses of the contacted arm are used, so the ranges also hold where members who were left out can visit or buy by themselves.',
    ),
    ...says(
      ladders.some((ladder) => ladder.L2 !== null && !isA2Alone(ladder)),
      'The narrow range rests on two assumptions: the campaign did not make responders worse off (doubtful for money after a discount), and responders would have been at least as valuable without it (doubtful for win-back, where it is left out). Its lower end is the worst case, not an estimate.',
    ),
    ...says(
      ladders.some(isA2Alone),
      'For money after a discount that is not known, the narrow range rests on one assumption: responders would have been at least as valuable without the campaign. Its lower end is the worst case, not an estimate.',
    ),
    ...says(
      notes.some((note) => note.includes('by construction')),
      'Some outcomes need the response: nobody without it can have them. Their ranges are marked “by construction” and are never above nought.',
    ),
    ...says(
      notes.some((note) => note.includes('is the response itself')),
      'An outcome that is the response itself says nothing about non-responders and is left out by name in the table.',
    ),
    ...says(effects.length > 1, 'Several comparisons are shown, each with its own interval: at 95 %, one in twenty misses by chance alone.'),
    ...says(
      experiments.some((experiment) => experiment.split.verdict === 'fail'),
      'In at least one test the sizes of the arms do not match the plan; its effects carry grade E3 and prove nothing.',
    ),
    ...says(
      outcomes.some((outcome) => outcome.grade !== 'E3') &&
        experiments.some(({ comparisons, split }) => comparisons.length > 0 && split.verdict === 'notTestable'),
      'For at least one test the planned size of the holdout is not known, so the split could not be checked and the grade is E2 at best.',
    ),
    ...says(
      outcomes.some((outcome) => outcome.treated.missing + outcome.holdout.missing > 0),
      'Members whose result is missing are left out of that outcome; where they are missing unevenly the grade is E3.',
    ),
    ...says(
      isDoubted('crossover') || isDoubted('someCrossover'),
      'In at least one test members of the holdout got the campaign: above 0.5 % of them the grade is one step lower, above 2 % the test cannot be used.',
    ),
    ...says(
      isDoubted('balance') || isDoubted('someImbalance'),
      'In at least one test the arms differed before it began by more than chance allows: above a tenth of a standard deviation the grade is one step lower, above a quarter the effect cannot be used.',
    ),
    ...says(
      isDoubted('fewEvents'),
      'In at least one arm too few members had the outcome (or too few did not): the interval is not to be trusted, the grade is lower, and harm is never stated.',
    ),
    ...says(
      outcomes.some(({ days }) => days !== null && days < 90),
      'Some outcomes were followed for fewer than 90 days; a purchase that was only brought forward then looks like a gain.',
    ),
    ...says(
      outcomes.some((outcome) => !outcome.isReady),
      'Outcomes added up from purchases run from the day of assignment for the days shown, the same for both arms.',
    ),
    ...says(
      experiments.some((experiment) => experiment.ambiguous > 0),
      'Members who stand in two arms of one test are left out.',
    ),
    ...says(small, 'Tests with too few members in an arm, or without a result to compare, have no effect in the tables.'),
  ];
}
