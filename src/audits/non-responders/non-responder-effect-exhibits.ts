/** Tables and pictures of the effects, at full precision. */

import type { ComparedOutcome } from '../../derived/experiments.js';
import type { WhiskerChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Unit } from '../../result/units.js';
import type { Ladder, Rung } from '../../statistics/bounds/non-responder-ladder.js';
import type { DefinedLadder, Effect, Headline } from './non-responder-effect-ladders.js';

const unitWords: Record<ComparedOutcome['kind'], string> = { share: 'share of members', money: 'money a member', number: 'a member' };
const differenceUnits: Record<ComparedOutcome['kind'], Unit> = { share: 'shareDifference', money: 'moneyPerMember', number: 'number' };

/** The unit of a difference in an outcome. */
export const differenceUnit = (outcome: ComparedOutcome): Unit => differenceUnits[outcome.kind];

/** Whether L2 rests on A2 without A1, because money after an unknown discount says nothing about A1. */
export const isA2Alone = ({ L1, L2, isContradicted }: Ladder): boolean => L1 === null && !isContradicted.L1 && L2 !== null;

/** “spend over 14 days”. */
export function outcomeName(outcome: ComparedOutcome): string {
  return outcome.days === null ? outcome.name : `${outcome.name} over ${outcome.days} days`;
}

/** One row a campaign, arm and outcome: everybody assigned, treated against holdout. */
export function effectsTable(effects: readonly Effect[], smallCell: number): EvidenceTable {
  const isSmall = (members: number): boolean => members > 0 && members < smallCell;
  // A mean over a handful of members with any outcome would tell how many they are.
  const isHidden = ({ treated, holdout }: ComparedOutcome): boolean => isSmall(treated.nonzero) || isSmall(holdout.nonzero);
  return {
    id: 'effects',
    title: 'Effect on everybody who was assigned, whether they responded or not',
    columns: [
      { id: 'test', label: 'Campaign and arm', unit: 'text' },
      { id: 'outcome', label: 'Outcome', unit: 'text' },
      { id: 'measuredIn', label: 'Measured as', unit: 'text' },
      { id: 'treated', label: 'Members treated', unit: 'count' },
      { id: 'holdout', label: 'Members held out', unit: 'count' },
      { id: 'treatedMean', label: 'Mean treated', unit: 'number' },
      { id: 'holdoutMean', label: 'Mean held out', unit: 'number' },
      { id: 'difference', label: 'Difference', unit: 'number' },
      { id: 'low', label: 'Interval from', unit: 'number' },
      { id: 'high', label: 'Interval to', unit: 'number' },
      { id: 'harmP', label: 'Probability of a difference as bad by chance, adjusted for all comparisons', unit: 'probability' },
      { id: 'grade', label: 'Evidence grade', unit: 'text' },
      { id: 'missing', label: 'Members without a result', unit: 'count' },
      { id: 'hasFewEvents', label: 'Too few members with (or without) the outcome in an arm', unit: 'text' },
    ],
    rows: effects.map(({ comparison, outcome, itt, harm }): Cell[] => [
      comparison.label,
      outcomeName(outcome),
      unitWords[outcome.kind],
      outcome.treated.moments.n,
      outcome.holdout.moments.n,
      isHidden(outcome) ? null : outcome.treated.moments.mean,
      isHidden(outcome) ? null : outcome.holdout.moments.mean,
      itt.estimate,
      itt.low,
      itt.high,
      harm.harmP,
      outcome.grade,
      isSmall(outcome.treated.missing + outcome.holdout.missing) ? null : outcome.treated.missing + outcome.holdout.missing,
      outcome.hasFewEvents ? 'yes' : 'no',
    ]),
    note: 'By assignment, not by delivery. A line of grade E3 comes from a test that cannot be used, and is no effect. Intervals are at the level of headline claims; the differences are large-sample. An empty cell stands for fewer members than may be shown.',
  };
}

/** One row a rung of the ladder, for every test, definition of a response and outcome; what is left out is named. */
export function ladderTable(effects: readonly Effect[]): EvidenceTable {
  const rungRow = (effect: Effect, defined: DefinedLadder, name: string, rung: Rung | null): Cell[] => [
    effect.comparison.label,
    defined.definition,
    outcomeName(effect.outcome),
    defined.ladder?.nonResponseShare ?? null,
    name,
    rung?.low ?? null,
    rung?.high ?? null,
    rung?.outerLow ?? null,
    rung?.outerHigh ?? null,
    defined.note,
  ];
  return {
    id: 'ladder',
    title: 'Range of the effect on those who would not respond, by what is assumed',
    columns: [
      { id: 'test', label: 'Campaign and arm', unit: 'text' },
      { id: 'response', label: 'What counts as a response', unit: 'text' },
      { id: 'outcome', label: 'Outcome', unit: 'text' },
      { id: 'nonResponseShare', label: 'Did not respond', unit: 'share' },
      { id: 'rung', label: 'Rung', unit: 'text' },
      { id: 'low', label: 'Lower end', unit: 'number' },
      { id: 'high', label: 'Upper end', unit: 'number' },
      { id: 'outerLow', label: 'Interval from', unit: 'number' },
      { id: 'outerHigh', label: 'Interval to', unit: 'number' },
      { id: 'note', label: 'Note', unit: 'text' },
    ],
    rows: effects.flatMap((effect) =>
      effect.ladders.flatMap((defined) =>
        defined.ladder === null
          ? [rungRow(effect, defined, 'none', null)]
          : [
              rungRow(effect, defined, 'L0: randomisation alone', defined.ladder.L0),
              rungRow(effect, defined, 'L1: responders not made worse', defined.ladder.L1),
              rungRow(
                effect,
                defined,
                isA2Alone(defined.ladder) ? 'L2: responders at least as valuable anyway' : 'L2: and responders at least as valuable anyway',
                defined.ladder.L2,
              ),
            ],
      ),
    ),
    note:
      'The interval runs from the lower limit of the lower end to the upper limit of the upper end and includes chance. The lower end of L2 (the upper one for a bad outcome) ' +
      'is the plain comparison of non-responders with the whole holdout: the worst case, not an estimate.',
  };
}

/** Everybody, then the rungs, against no effect. null where there is no ladder. */
export function effectChart({ effect, defined }: Headline, number: number): WhiskerChart | null {
  if (defined === null || defined.ladder === null) return null;
  const { comparison, outcome, itt } = effect;
  const rungs: [string, Rung | null][] = [
    ['Non-responders, nothing assumed (L0)', defined.ladder.L0],
    ['Non-responders, responders not made worse (L1)', defined.ladder.L1],
    [`Non-responders, ${isA2Alone(defined.ladder) ? '' : 'and '}responders as valuable anyway (L2)`, defined.ladder.L2],
  ];
  return {
    kind: 'whisker',
    id: `effect-${number}`,
    title: `${comparison.label}: effect on ${outcomeName(outcome)}, for everybody and for those without ${defined.definition === 'any response' ? 'a response' : `a response by ${defined.definition}`}`,
    description: `Everybody assigned: {itt.${number}}, {itt.${number}.interval}. Those who did not respond, nothing assumed but the random draw: {l0.${number}.interval}. The line at nought means no effect.`,
    unit: differenceUnit(outcome),
    reference: { value: 0, label: 'no effect' },
    rows: [
      { label: 'Everybody assigned (I)', low: itt.low, high: itt.high, outerLow: null, outerHigh: null, estimate: itt.estimate },
      ...rungs.flatMap(([label, rung]) =>
        rung === null ? [] : [{ label, low: rung.low, high: rung.high, outerLow: rung.outerLow, outerHigh: rung.outerHigh, estimate: null }],
      ),
    ],
  };
}
