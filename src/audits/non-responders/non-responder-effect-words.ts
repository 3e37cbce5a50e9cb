/** The sentences of the finding, by what the data allow to be said. */
import { wordsOf } from '../../derived/evidence-grade.js';
import type { Experiment } from '../../derived/experiments.js';
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import { gradesBelowProof, hedgeOf, whyNoProof } from '../below-proof.js';
import { type Effect, isUsable } from './non-responder-effect-ladders.js';
import { withTrials } from './non-responder-effect-without-holdout-words.js';

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
    return `There is a holdout, but no test can be used (evidence grade E3): ${wordsOf(effects.flatMap(({ outcome }) => outcome.doubts))}.`;
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
      : ` Only the whole audience can be told of. {itt.1.label}, responders and non-responders alike: {itt.1}, {itt.1.interval}.${whyNoProof(measures)}`;
  return {
    condition: `${who} cannot be known from these files. ${why}${all}`,
    criterion: `An effect needs a holdout: members left out by a random draw, whose outcomes are followed like those of everybody else. ${criterion}`,
    consequence: `The largest part of the audience is contacted without knowing what that does to it. Comparing those who responded with those who did not would not help: they were different customers before.${optOutSentence(measures)}`,
    action: hasTest
      ? 'Draw the next holdout at random and large enough, record its planned share, send it nothing of that campaign, and follow responses, and purchases of both groups for at least 90 days, everybody counted.'
      : 'Leave a random holdout out of the next campaign, record who was assigned to it, and follow purchases of both groups for at least 90 days, everybody counted.',
    wouldChangeOurMind: hasTest
      ? 'A test whose arms match the plan, with outcomes that members can have without responding, followed alike in both arms, and with the responses of the treated.'
      : 'A file of assignments (campaign, member, arm) with a holdout, and outcomes or purchases of the members of both arms.',
  };
}

/** @param isTold everybody’s effect stands in the first sentence already. Everybody, then those who did not respond, for one headline; empty when there is none with that number. */
function sentenceOf(measures: Measures, number: number, isTold: boolean): string {
  const effect = measures.get(`itt.${number}`);
  const response = measures.get(`nonResponseShare.${number}`);
  if (effect === undefined) return '';
  const everybody = isTold ? '' : ` {itt.${number}.label}, responders and non-responders alike: {itt.${number}}, {itt.${number}.interval}.`;
  if (response === undefined) return everybody;
  const has = (id: string): boolean => measures.get(`${id}.${number}`) !== undefined;
  const assumed = has('l2') ? 'l2' : has('l1') ? 'l1' : null;
  const meanings = {
    l1: 'assuming only that the campaign did not make those who responded worse off',
    l2: has('l1')
      ? 'assuming only that the campaign did not make those who responded worse off, and that they were at least as valuable to begin with'
      : 'assuming only that those who responded would have been at least as valuable without it',
  };
  const narrower = assumed === null ? '' : `; ${meanings[assumed]}, {${assumed}.${number}.interval}`;
  // Methodology §3.6: the comparison that everybody makes is named, and named for what it is.
  const worst = has('worstCase')
    ? ` Their plain difference from the whole holdout, {worstCase.${number}}, takes the best customers out of one side only: it is the worst case, not an estimate.`
    : '';
  const least = isLeastTold(measures, number) ? ` {harmAtLeast.${number}.label}: {harmAtLeast.${number}}.` : '';
  const widest = has('l0x')
    ? `with nothing assumed but the random draw, and with what members had bought and answered before it, {l0x.${number}.interval}`
    : `with nothing assumed but the random draw, {l0.${number}.interval}`;
  return `${everybody} {nonResponseShare.${number}.label}: {nonResponseShare.${number}}. The data bound the effect on those {nonResponseShare.${number}}, ${widest}${narrower}.${least}${worst}`;
}

/** “of 8 results of 2 tests”. */
function ofAll(measures: Measures): string {
  const plural = (id: string, one: string): string => (measures.value(id) === 1 ? one : `${one}s`);
  return `of {effects} ${plural('effects', 'result')} of {tests} ${plural('tests', 'test')}`;
}

/** What may be said of harm by the grade: a proof shows it, evidence indicates it, and weaker evidence is worse figures and no more. */
const harmWords = [
  {
    shown: 'Harm is shown',
    proved: 'In at least one test those who did not respond were worse off with the campaign than without it, whatever it did to those who responded.',
    overall: 'The audience of that test as a whole was worse off with the campaign than without it.',
    ifSo: 'Unless',
  },
  {
    shown: 'Evidence indicates harm, short of proof,',
    proved:
      'It indicates that in at least one test those who did not respond were worse off with the campaign than without it, whatever it did to those who responded.',
    overall: 'It indicates that the audience of that test as a whole was worse off with the campaign than without it.',
    ifSo: 'If so, and unless',
  },
  {
    shown: 'The figures agree with harm, and are far from proof of it,',
    proved: 'In at least one test those who did not respond did worse than even the worst part of the holdout that is as large as theirs.',
    overall: 'The audience of that test as a whole did worse than its holdout.',
    ifSo: 'If that is the campaign, and unless',
  },
] as const;

/** By how much at the least is an effect, which figures that only agree with one do not tell. */
const isLeastTold = (measures: Measures, number: number): boolean => measures.get(`harmAtLeast.${number}`) !== undefined && gradesBelowProof(measures) < 2;

/** What is harmed, with the figure of the largest test first, and what has to be assumed to say so. */
function harmSentence(measures: Measures): string {
  const has = (id: string): boolean => (measures.value(id) ?? 0) > 0;
  const words = harmWords[gradesBelowProof(measures)] ?? harmWords[2];
  const shown = `${words.shown} in {harmfulEffects} ${ofAll(measures)}`;
  const overall = `${shown}: {itt.1.label}, responders and non-responders alike, {itt.1}, {itt.1.interval}. ${words.overall}`;
  const isPart = measures.value('harmUnderA1') !== measures.value('harmOverall');
  const blamed = `${words.ifSo} the campaign hurt the people who took it up, those who did not respond were made worse off${isPart ? ' in {harmUnderA1} of {harmOverall} of these results' : ''}.`;
  const open =
    'What those who responded did can explain this by itself (they saved by their discounts, or bought more and complained more), so nothing follows for those who did not respond.';
  if (has('harmProved') && !has('harmOverall')) return `${shown}${isLeastTold(measures, 1) ? ': {harmAtLeast.1.label}, {harmAtLeast.1}' : ''}. ${words.proved}`;
  return has('harmProved') ? `${overall} ${words.proved}` : `${overall} ${has('harmUnderA1') ? blamed : open}`;
}

/** What is known where no harm is shown, with the range of the first test told. */
function boundSentences(measures: Measures): string {
  const good = measures.get('goodRanges');
  const isAllGood = good !== undefined && good.n > 0 && good.value === good.n;
  const id = (isAllGood ? ['l2', 'l0x', 'l0'] : ['l0x', 'l0']).find((each) => measures.get(`${each}.1`) !== undefined);
  const range = id === undefined ? '' : `: {${id}.1.label}, {${id}.1.interval}`;
  const known = `For {bounded} ${ofAll(measures)} the effect on those who did not respond is known within bounds`;
  return isAllGood
    ? `${hedgeOf(measures, 'in')} the tests told here the effect on those who did not respond lies wholly on the good side of nought, under the assumptions named${range}. ${known}.`
    : `No harm to those who did not respond is shown, and none is ruled out${range}. ${known}; where a range holds nought, we cannot tell whether contact helped or hurt those who did not respond.`;
}

/** Described, never attributed: some would have withdrawn without a message. */
function optOutSentence(measures: Measures): string {
  const known = ['30', '90'].filter((days) => (measures.get(`optOutsWithin${days}`)?.value ?? null) !== null);
  return known.map((days) => ` {optOutsWithin${days}.label}: {optOutsWithin${days}}, {optOutsWithin${days}.interval}.`).join('');
}

/** A proof is acted upon; anything less is tested again first. */
const actionOnHarm = (measures: Measures): string =>
  gradesBelowProof(measures) === 0
    ? 'Stop the campaign for the audience that it was tested on, and test a smaller or different one against a new random holdout.'
    : 'Hold the campaign back from the audience that it was tested on, and repeat the test with a planned split and a new random holdout before the campaign is given up or goes on.';

/** @param verdict a problem when harm was shown. */
export function explainEffect(measures: Measures, verdict: Verdict): Explanation {
  const isHarm = verdict.status === 'problem';
  if (!isHarm && measures.get('effectOnNonResponders') !== undefined) return withTrials(explainUnknown(measures), measures);
  const isTold = isHarm && (measures.value('harmOverall') ?? 0) > 0;
  const sentences = [1, 2].map((number) => sentenceOf(measures, number, isTold && number === 1)).join('');
  const unusable =
    (measures.value('unusable') ?? 0) > 0 ? ' {unusable} results come from a test that cannot be used or rest on too few members, and are not told.' : '';
  return {
    condition: `${isHarm ? harmSentence(measures) : boundSentences(measures)}${unusable}${sentences}${whyNoProof(measures)}`,
    criterion,
    consequence: `${
      isHarm
        ? `${gradesBelowProof(measures) === 0 ? 'Contacting' : 'If this is the campaign, contacting'} everybody has a price that the count of responses does not show.`
        : 'The count of responses says nothing about the members who did not respond. The ranges say how much contact can have done to them at most, in either direction.'
    }${optOutSentence(measures)}`,
    action: isHarm
      ? actionOnHarm(measures)
      : 'Keep a random holdout in every large campaign, and choose outcomes that everybody can have without responding (bought again, still active): they give the narrowest ranges.',
    wouldChangeOurMind: isHarm
      ? 'A repeat of the test with a split that matches its plan, whose interval lies on the good side of nought.'
      : 'A larger holdout or a longer follow-up that moves a whole range to one side of nought.',
  };
}
