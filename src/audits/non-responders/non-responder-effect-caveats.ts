/** Named limits of the effects, one sentence each. */
import type { Doubt } from '../../derived/experiment-checks.js';
import type { Experiment } from '../../derived/experiments.js';
import { isA2Alone } from './non-responder-effect-exhibits.js';
import { canBeHarm } from './non-responder-effect-harm.js';
import type { Effect } from './non-responder-effect-ladders.js';
import { notes as rungNotes } from './non-responder-effect-notes.js';

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
      effects.some((effect) => effect.ladders.some(({ sharper }) => sharper !== null)),
      'The sharpened range uses what members had bought, and whether they had responded to other campaigns, in the year before the test; it is valid whatever these say about the outcome, and narrower the more they say. A point estimate stands only in the appendix table, because it assumes what no data can check.',
    ),
    ...says(
      notes.some((note) => note.includes(rungNotes.weakerBefore)),
      'In at least one test those who responded had bought less in the year before than those who did not; that they would have been at least as valuable is then doubtful, and the range that assumes it is left out.',
    ),
    ...says(
      outcomes.some((outcome) => !canBeHarm(outcome)),
      'Withdrawals are shown and not judged: a member who is left out cannot leave the list by a message that never came, so any message raises them.',
    ),
    ...says(
      outcomes.some(({ name, isReady }) => name === 'lapsed' && !isReady),
      'Lapsed means: bought in the days before the assignment, and not in as many days after it; members without a purchase before are no part of it.',
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
      isDoubted('days'),
      'In at least one test the arms were assigned on different days by the files; what they bought afterwards is then not over the same days, and the effect cannot be used.',
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
