/** The sentences of the finding, by what the data allow to be said. */
import type { Experiment } from '../../derived/experiments.js';
import type { Explanation } from '../../result/schema.js';
import type { Measures, Verdict } from '../audit.js';
import type { Effect } from './non-responder-effect-ladders.js';

const criterion =
  'Harm is stated only when the whole interval of the effect on everybody lies on the bad side of {threshold.harm.bound}, after keeping false alarms over all comparisons below a share of {threshold.harm.falseDiscovery}. ' +
  'Non-responders are never compared with the holdout as if that were an effect: the comparison takes the best customers out of one side only.';

/** Without a holdout there is nothing to say about an effect, and that is what is said. */
function explainUnknown(measures: Measures): Explanation {
  const why = measures.get('effectOnNonResponders')?.why ?? '';
  return {
    condition: `{contactedNonResponders} members, {contactedNonResponderShare} of those contacted, responded to nothing. Whether contact helped them, put them off or left them cold cannot be known from these files. ${why}`,
    criterion: `An effect needs a holdout: members left out by a random draw, whose outcomes are followed like those of everybody else. ${criterion}`,
    consequence:
      'The largest part of the audience is contacted without knowing what that does to it. Comparing those who responded with those who did not would not help: they were different customers before.',
    action:
      'Leave a random holdout out of the next campaign, record who was assigned to it, and follow purchases of both groups for at least 90 days, everybody counted.',
    wouldChangeOurMind: 'A file of assignments (campaign, member, arm) with a holdout, and outcomes or purchases of the members of both arms.',
  };
}

/** “Mens: …” for one headline; empty when there is none with that number. */
function sentenceOf(measures: Measures, number: number): string {
  const effect = measures.get(`itt.${number}`);
  const response = measures.get(`nonResponseShare.${number}`);
  if (effect === undefined || response === undefined) return '';
  const assumed = measures.get(`l2.${number}`) !== undefined ? 'l2' : measures.get(`l1.${number}`) !== undefined ? 'l1' : null;
  const meanings = {
    l1: 'assuming only that the campaign did not make those who responded worse off',
    l2: 'assuming only that the campaign did not make those who responded worse off, and that they were at least as valuable to begin with',
  };
  const narrower = assumed === null ? '' : `; ${meanings[assumed]}, {${assumed}.${number}.interval}`;
  return ` {itt.${number}.label}, responders and non-responders alike: {itt.${number}}, {itt.${number}.interval}. {nonResponseShare.${number}.label}: {nonResponseShare.${number}}. The data bound the effect on those {nonResponseShare.${number}}, with nothing assumed but the random draw, {l0.${number}.interval}${narrower}.`;
}

/** @param verdict a problem when harm was shown. */
export function explainEffect(measures: Measures, verdict: Verdict): Explanation {
  if (measures.get('effectOnNonResponders') !== undefined) return explainUnknown(measures);
  const isHarm = verdict.status === 'problem';
  const sentences = [1, 2].map((number) => sentenceOf(measures, number)).join('');
  const harm =
    'The audience of at least one test as a whole was worse off with the campaign than without it. Unless the campaign hurt the people who took it up, those who did not respond were made worse off.';
  const told = [1, 2].flatMap((number) => measures.get(`l2.${number}`) ?? measures.get(`l0.${number}`) ?? []);
  const isAllAbove = told.length > 0 && told.every(({ interval }) => interval !== undefined && interval.low > 0);
  const above =
    'For {effects} results of {tests} tests the effect on those who did not respond is known within bounds; in the tests told here it lies wholly above nought, under the assumptions named.';
  const open =
    'For {effects} results of {tests} tests the effect on those who did not respond is known within bounds, and no harm is shown. That is not proof that there is none: where a range below holds nought, contact may have helped or hurt those who did not respond.';
  return {
    condition: `${isHarm ? harm : isAllAbove ? above : open}${sentences}`,
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
  const says = (isTrue: boolean, sentence: string): string[] => (isTrue ? [sentence] : []);
  return [
    ...says(effects.length > 0, 'That the arms were drawn at random is taken from the source; the files cannot prove it.'),
    ...says(
      effects.length > 0,
      'Non-responders are those who would not respond if contacted. Only responses of the contacted arm are used, so the ranges also hold where members who were left out can visit or buy by themselves.',
    ),
    ...says(
      effects.some(({ ladders }) => ladders.some(({ ladder }) => ladder?.L2 != null)),
      'The narrow range rests on two assumptions: the campaign did not make responders worse off (doubtful for money after a discount), and responders would have been at least as valuable without it (doubtful for win-back, where it is left out). Its lower end is the worst case, not an estimate.',
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
