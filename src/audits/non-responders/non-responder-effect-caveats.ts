/** Named limits of the effects, one sentence each. */
import { caveatsOfDoubts, type Doubt } from '../../derived/evidence-grade.js';
import type { Experiment } from '../../derived/experiments.js';
import { isA2Alone } from './non-responder-effect-exhibits.js';
import { canBeHarm, goesWithBuying } from './non-responder-effect-harm.js';
import { type Effect, isUsable } from './non-responder-effect-ladders.js';
import { notes as rungNotes } from './non-responder-effect-notes.js';

/** @param doubts whatever takes down the grade of an effect, or of the finding. */
export function caveatsOf(experiments: readonly Experiment[], effects: readonly Effect[], doubts: readonly Doubt[]): string[] {
  const small = experiments.flatMap((experiment) => experiment.comparisons).some((comparison) => comparison.outcomes.length === 0);
  const notes = effects.flatMap((effect) => effect.ladders.map((defined) => defined.note));
  const outcomes = effects.map((effect) => effect.outcome);
  const ladders = effects.flatMap((effect) => effect.ladders.flatMap(({ ladder }) => ladder ?? []));
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
    ...caveatsOfDoubts(doubts),
    ...says(
      effects.some((effect) => isUsable(effect) && effect.breakEven === null),
      'What difference would pay for the campaign is not known in {unpriced} of {effects} cases (no cost, no margin, or an outcome without a price); whether those intervals are too wide to tell could not be asked, and takes off no grade.',
    ),
    ...says(
      outcomes.some(goesWithBuying),
      'Whoever buys more also complains and sends back more. Of such outcomes no range rests on assumptions about those who responded, and a rise is called harm only where the same arm did not also buy more, beyond chance; what it bought may still be part of the rise.',
    ),
    ...says(
      outcomes.some((outcome) => outcome.treated.missing + outcome.holdout.missing > 0),
      'Members whose result is missing are left out of that outcome.',
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
