/** Tables and pictures of the effects, at full precision. */

import { wordsOf } from '../../derived/evidence-grade.js';
import type { ComparedOutcome } from '../../derived/experiments.js';
import type { WhiskerChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Unit } from '../../result/units.js';
import type { Ladder, Rung } from '../../statistics/bounds/non-responder-ladder.js';
import { toldRate } from '../../statistics/small-cells.js';
import { canBeHarm } from './non-responder-effect-harm.js';
import type { DefinedLadder, Effect, Headline, MeasuredEffect } from './non-responder-effect-ladders.js';

const unitWords: Record<ComparedOutcome['kind'], string> = { share: 'share of members', money: 'money a member', number: 'a member' };
const differenceUnits: Record<ComparedOutcome['kind'], Unit> = { share: 'shareDifference', money: 'moneyPerMember', number: 'number' };

/** The unit of a difference in an outcome. */
export const differenceUnit = (outcome: ComparedOutcome): Unit => differenceUnits[outcome.kind];

/** Whether L2 rests on A2 without A1, because money after an unknown discount says nothing about A1. */
export const isA2Alone = ({ L1, L2, isContradicted }: Ladder): boolean => L1 === null && !isContradicted.L1 && L2 !== null;

/** “spend over 14 days”. */
function outcomeName(outcome: ComparedOutcome): string {
  return outcome.days === null ? outcome.name : `${outcome.name} over ${outcome.days} days`;
}

/** The same within a sentence, e.g. “the share who bought over 90 days”. */
export function spoken(outcome: ComparedOutcome): string {
  const words: Readonly<Record<string, string>> = {
    active: 'the share who bought',
    // Not “lapsed”: elsewhere that is a silence longer than nearly all gaps between purchases.
    lapsed: 'the share of recent buyers who bought nothing',
    complained: 'the share who complained',
    'opted out': 'the share who opted out',
  };
  const word = outcome.isReady ? undefined : words[outcome.name];
  return word === undefined ? outcomeName(outcome) : outcomeName({ ...outcome, name: word });
}

interface Line extends Omit<MeasuredEffect, 'capped'> {
  /** null for what is shown and not judged. */
  readonly harmP: number | null;
}

/** Each effect, and behind it the same with the largest amounts cut off. */
function withCapped(effects: readonly Effect[]): Line[] {
  return effects.flatMap((effect): Line[] => [
    { ...effect, harmP: canBeHarm(effect.outcome) ? effect.harm.harmP : null },
    ...(effect.capped === null ? [] : [{ ...effect.capped, harmP: null }]),
  ]);
}

/** One row a campaign, arm and outcome: everybody assigned, treated against holdout. */
export function effectsTable(effects: readonly Effect[], smallCell: number): EvidenceTable {
  const isSmall = (members: number): boolean => members > 0 && members < smallCell;
  // A mean over a handful of members with any outcome would tell how many they are.
  const isHidden = ({ treated, holdout }: ComparedOutcome): boolean =>
    [treated, holdout].some(({ nonzero, moments }) => isSmall(nonzero) || isSmall(moments.n - nonzero));
  const shown = withCapped(effects).filter(({ outcome }) => outcome.treated.moments.n >= smallCell && outcome.holdout.moments.n >= smallCell);
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
      { id: 'doubts', label: 'Why the grade is not higher', unit: 'text' },
      { id: 'missing', label: 'Members without a result', unit: 'count' },
      { id: 'hasFewEvents', label: 'Too few members with (or without) the outcome in an arm', unit: 'text' },
    ],
    rows: shown.map(({ comparison, outcome, itt, harmP, grade, doubts }): Cell[] => [
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
      harmP,
      grade,
      wordsOf(doubts),
      isSmall(outcome.treated.missing + outcome.holdout.missing) ? null : outcome.treated.missing + outcome.holdout.missing,
      outcome.hasFewEvents ? 'yes' : 'no',
    ]),
    note: 'By assignment, not by delivery. The grade is that of the line alone; where all lines are of one campaign, that of the finding is one lower. A line of grade E3 is no effect by itself: its test cannot be used, or leaves more than one doubt. Intervals are at the level of headline claims; the differences are large-sample. An empty mean or count stands for fewer members than may be shown, with the outcome or without it. Of money a second line has the largest amounts of both arms cut off at one figure, that of 995 in 1,000 members: a difference that a few large baskets make shows there. It is not judged, and neither are withdrawals: a member left out cannot withdraw from a message that never came.',
  };
}

/** One row a rung of the ladder, for every test, definition of a response and outcome; what is left out is named. */
export function ladderTable(effects: readonly Effect[], smallCell: number): EvidenceTable {
  const rungRow = (line: Line, defined: DefinedLadder, name: string, rung: Rung | null): Cell[] => [
    line.comparison.label,
    defined.definition,
    outcomeName(line.outcome),
    toldRate(defined.ladder?.nonResponseShare ?? null, line.outcome.treated.moments.n, smallCell),
    name,
    rung?.low ?? null,
    rung?.high ?? null,
    rung?.outerLow ?? null,
    rung?.outerHigh ?? null,
    defined.note,
  ];
  const rowsOf = (line: Line, defined: DefinedLadder): Cell[][] => {
    const { ladder, sharper } = defined;
    if (ladder === null) return [rungRow(line, defined, 'none', null)];
    const sharp: [string, Rung][] =
      sharper === null
        ? []
        : [
            ['L0x: the same, cell by cell of members alike before', sharper.L0x],
            ['L0x, another way: by residuals', sharper.byResiduals],
          ];
    const rungs: [string, Rung | null][] = [
      ['L0: randomisation alone', ladder.L0],
      ...sharp,
      ['L1: responders not made worse', ladder.L1],
      [isA2Alone(ladder) ? 'L2: responders at least as valuable anyway' : 'L2: and responders at least as valuable anyway', ladder.L2],
    ];
    return rungs.map(([name, rung]) => rungRow(line, defined, name, rung));
  };
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
    rows: withCapped(effects).flatMap((line) => line.ladders.flatMap((defined) => rowsOf(line, defined))),
    note:
      'The interval runs from the lower limit of the lower end to the upper limit of the upper end and includes chance. The lower end of L2 (the upper one for a bad outcome) ' +
      'is the plain comparison of non-responders with the whole holdout: the worst case, not an estimate. L0x assumes no more than L0; it uses what members had bought and answered before the test.',
  };
}

/** The point estimate under principal ignorability and its sensitivity, in an appendix table; null where no test allows one. */
export function principalTable(effects: readonly Effect[]): EvidenceTable | null {
  const rows = withCapped(effects).flatMap((line) =>
    line.ladders.flatMap(({ definition, sharper, isByConstruction }) =>
      sharper === null || isByConstruction
        ? []
        : sharper.principal.map(({ ratio, estimate, low, high }): Cell[] => [
            line.comparison.label,
            definition,
            outcomeName(line.outcome),
            sharper.cells,
            ratio,
            estimate,
            low,
            high,
          ]),
    ),
  );
  if (rows.length === 0) return null;
  return {
    id: 'principal-score',
    title: 'A point estimate for those who would not respond, by how much better the others are assumed to be (L3)',
    columns: [
      { id: 'test', label: 'Campaign and arm', unit: 'text' },
      { id: 'response', label: 'What counts as a response', unit: 'text' },
      { id: 'outcome', label: 'Outcome', unit: 'text' },
      { id: 'cells', label: 'Cells of members alike before the test', unit: 'count' },
      { id: 'ratio', label: 'Would-be responders, times as valuable without contact', unit: 'ratio' },
      { id: 'estimate', label: 'Estimate', unit: 'number' },
      { id: 'low', label: 'Interval from', unit: 'number' },
      { id: 'high', label: 'Interval to', unit: 'number' },
    ],
    rows,
    note:
      'Each estimate stands on an assumption that no data can check: among members alike in what they had bought and answered before, those who would respond are as many times as valuable without contact as the row says (of a bad outcome they have that many times less). ' +
      'If the sign changes from row to row, nothing is known of it.',
  };
}

/** Everybody, then the rungs, against no effect. null where there is no ladder. */
export function effectChart({ effect, defined }: Headline, number: number): WhiskerChart | null {
  if (defined === null || defined.ladder === null) return null;
  const { comparison, outcome, itt } = effect;
  const rungs: [string, Rung | null][] = [
    ['Non-responders, nothing assumed (L0)', defined.ladder.L0],
    ['Non-responders, the same, sharpened by what was known before (L0x)', defined.sharper?.L0x ?? null],
    ['Non-responders, responders not made worse (L1)', defined.ladder.L1],
    [`Non-responders, ${isA2Alone(defined.ladder) ? '' : 'and '}responders as valuable anyway (L2)`, defined.ladder.L2],
  ];
  return {
    kind: 'whisker',
    id: `effect-${number}`,
    title: `${comparison.label}: effect on ${spoken(outcome)}, for everybody and for those without ${defined.definition === 'any response' ? 'a response' : `a response by ${defined.definition}`}`,
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
