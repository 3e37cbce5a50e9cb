/** Effects of each test on the whole audience and, as a ladder of ranges, on those who did not respond. */
import { brokenDoubts, weakeningDoubts } from '../../derived/experiment-checks.js';
import { type ComparedOutcome, type Comparison, type Experiment, plainLabel } from '../../derived/experiments.js';
import { type Ladder, nonResponderLadder } from '../../statistics/bounds/non-responder-ladder.js';
import { type Difference, differenceOfMeans, type Moments, momentsOf } from '../../statistics/intervals.js';
import type { AuditContext } from '../audit.js';
import { type HistogramRow, holdoutHistogramSql, type ResponseSplitRow, responseSplitSql } from './non-responder-effect.sql.js';
import { type Harm, type HarmLimits, judgeHarm } from './non-responder-effect-harm.js';

/** More different outcomes than this are cut into slices of equally many members. */
const histogramCells = 1000;
const anyResponse = 'any response';

/** The ladder under one definition of a response, or why there is none. */
export interface DefinedLadder {
  readonly definition: string;
  /** null when it is left out; `note` then says why. */
  readonly ladder: Ladder | null;
  readonly isByConstruction: boolean;
  readonly note: string;
}

/** An effect and the definition of a response under which it is told; null where no ladder could be built. */
export interface Headline {
  readonly effect: Effect;
  readonly defined: DefinedLadder | null;
}

/** An effect before it is judged against all the others. */
export interface MeasuredEffect {
  readonly comparison: Comparison;
  readonly outcome: ComparedOutcome;
  /** Treated less holdout, everybody assigned, at the headline level. */
  readonly itt: Difference;
  readonly ladders: readonly DefinedLadder[];
}

export interface Effect extends MeasuredEffect {
  readonly harm: Harm;
  readonly isHarm: boolean;
}

/** Grade E3: the test is broken or too weak, and what it shows is no fact. */
export const isUsable = ({ outcome }: MeasuredEffect): boolean => outcome.grade !== 'E3';

export const isBounded = ({ ladders }: MeasuredEffect): boolean => ladders.some(({ ladder }) => ladder !== null);

/** @returns every treated arm × outcome, in the order of the experiments. */
export async function readEffects(context: AuditContext, experiments: readonly Experiment[], limits: Omit<HarmLimits, 'level'>): Promise<Effect[]> {
  const comparisons = experiments.flatMap((experiment) => experiment.comparisons);
  if (comparisons.every((comparison) => comparison.outcomes.length === 0)) return [];
  const level = context.policy.headlineLevel;
  const outcomes = await context.derived.experimentOutcomes();
  const splits = await context.engine.rows(responseSplitSql(outcomes));
  const histogram = await context.engine.rows(holdoutHistogramSql(outcomes, histogramCells));
  const hasDiscount = context.filledShare('transactions', 'discount_amount') > 0;
  const measured = comparisons.flatMap((comparison) =>
    comparison.outcomes.map((outcome): MeasuredEffect => {
      const itt = differenceOfMeans(outcome.treated.moments, outcome.holdout.moments, level);
      const isBroken = outcome.grade === 'E3';
      return { comparison, outcome, itt, ladders: isBroken ? [unusable(outcome)] : laddersOf(context, comparison, outcome, splits, histogram, hasDiscount) };
    }),
  );
  const harms = judgeHarm(measured, { ...limits, level });
  return measured.map((effect, index): Effect => {
    const harm = harms[index] ?? { harmP: 1, isOverall: false, isUnderA1: false, isProved: false };
    return { ...effect, harm, isHarm: harm.isOverall || harm.isProved };
  });
}

/** What stands where an effect of grade E3 would have its ladder. */
function unusable({ doubts }: ComparedOutcome): DefinedLadder {
  const words = { ...brokenDoubts, ...weakeningDoubts };
  return {
    definition: anyResponse,
    ladder: null,
    isByConstruction: false,
    note: `left out: the test cannot be used (${doubts.map((doubt) => words[doubt]).join('; ')})`,
  };
}

function laddersOf(
  context: AuditContext,
  comparison: Comparison,
  outcome: ComparedOutcome,
  splits: readonly ResponseSplitRow[],
  histogram: readonly HistogramRow[],
  hasDiscount: boolean,
): DefinedLadder[] {
  const isOfOutcome = (row: HistogramRow | ResponseSplitRow): boolean =>
    row.campaign_key === comparison.campaignKey && plainLabel(row.outcome) === outcome.name && (row.is_ready === 1) === outcome.isReady;
  const rows = splits.filter((row) => isOfOutcome(row) && row.arm === comparison.arm);
  const holdoutCells = histogram.filter(isOfOutcome).map(({ n, total, squares }) => ({ n, sum: total, sumOfSquares: squares }));
  const definitions = [...new Set(rows.map((row) => row.definition))];
  const respondersOf = (definition: string): number => rows.find((row) => row.definition === definition && row.has_responded === 1)?.n ?? 0;
  // Each kind is part of “any”: the same number of responders are the same members, and need no second ladder.
  const sameAsAny = definitions.filter((definition) => definition !== anyResponse && respondersOf(definition) === respondersOf(anyResponse));
  // A kind that only a few members gave may be a word about one of them: such kinds share one nameless line.
  const few = context.policy.smallCell;
  const rare = definitions.filter((definition) => definition !== anyResponse && respondersOf(definition) < few);
  const shown = definitions.filter((definition) => !sameAsAny.includes(definition) && !rare.includes(definition));
  const left: DefinedLadder[] =
    rare.length === 0
      ? []
      : [{ definition: 'other kinds', ladder: null, isByConstruction: false, note: `left out: fewer than ${few} members responded by each` }];
  const ladders = shown.map((definition): DefinedLadder => {
    const responded = rows.find((row) => row.definition === definition && row.has_responded === 1);
    const silent = rows.find((row) => row.definition === definition && row.has_responded === 0);
    const none = { definition: plainLabel(definition), ladder: null, isByConstruction: false };
    if (responded === undefined || responded.n < few) return { ...none, note: `left out: fewer than ${few} members responded` };
    if (silent === undefined || silent.n < few) return { ...none, note: `left out: fewer than ${few} members did not respond` };
    if (silent.nonzero === 0 && responded.ones === responded.n) return { ...none, note: 'left out: the outcome is the response itself' };
    const isWinBack = /win.?back|reactivat|lapsed/i.test(comparison.objective ?? '');
    const isA1Open = outcome.isNetOfDiscount && (outcome.isReady || !hasDiscount);
    const ladder = nonResponderLadder({
      nonResponders: momentsOfRow(silent),
      responders: momentsOfRow(responded),
      respondersForA1: isA1Open ? null : momentsBeforeDiscount(responded, outcome),
      holdout: outcome.holdout.moments,
      holdoutCells,
      assumesA2: !isWinBack,
      isBadOutcome: outcome.isBad,
      level: context.policy.headlineLevel,
    });
    const isByConstruction = silent.nonzero === 0;
    const same = definition === anyResponse ? sameAsAny.map(plainLabel) : [];
    return { definition: plainLabel(definition), ladder, isByConstruction, note: noteOf({ same, isByConstruction, isA1Open, isWinBack, outcome, ladder }) };
  });
  return [...ladders, ...left];
}

const momentsOfRow = (row: ResponseSplitRow): Moments => momentsOf(row.n, row.total ?? 0, row.squares ?? 0);

/** A1′: money of responders with their discount added back; anything else as it is. */
const momentsBeforeDiscount = (row: ResponseSplitRow, outcome: ComparedOutcome): Moments =>
  outcome.isNetOfDiscount ? momentsOf(row.n, row.gross_total ?? 0, row.gross_squares ?? 0) : momentsOfRow(row);

interface NoteFacts {
  /** Kinds of response that the same members gave. */
  readonly same: readonly string[];
  readonly isByConstruction: boolean;
  readonly isA1Open: boolean;
  readonly isWinBack: boolean;
  readonly outcome: ComparedOutcome;
  readonly ladder: Ladder;
}

function noteOf({ same, isByConstruction, isA1Open, isWinBack, outcome, ladder }: NoteFacts): string {
  const notes = [
    same.length > 0 ? `the same members responded by ${same.join(', ')}` : '',
    isByConstruction ? 'by construction: nobody without a response can have this outcome, so the range says little about people' : '',
    isA1Open ? 'L1 left out: the outcome is net of a discount that is not known, so L2 rests on A2 alone' : '',
    outcome.isNetOfDiscount && !isA1Open ? 'L1 adds the discount of responders back (A1′)' : '',
    isWinBack ? 'L2 left out: in a win-back campaign those who respond may be the weaker customers' : '',
    ladder.isContradicted.L1 ? 'L1 left out: the data contradict assumption A1' : '',
    ladder.isContradicted.L2 ? `L2 left out: the data contradict ${isA1Open ? 'assumption A2' : 'its assumptions together'}` : '',
  ];
  return notes.filter((note) => note !== '').join('; ');
}

/**
 * The effect of a comparison that says most about non-responders: harm first; then an outcome that people can have without
 * responding, yes-or-no before money (its range is far narrower); any response before one kind of it.
 */
export function headlineOf(effects: readonly Effect[]): Headline | null {
  const choices = effects.flatMap((effect): Headline[] =>
    effect.ladders.length === 0 ? [{ effect, defined: null }] : effect.ladders.map((defined) => ({ effect, defined })),
  );
  const ranked = choices.map((choice) => ({ choice, key: rankOf(choice) })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return ranked[0]?.choice ?? null;
}

function rankOf({ effect, defined }: Headline): string {
  const ranks = [
    !effect.isHarm,
    defined === null || defined.ladder === null,
    defined?.isByConstruction !== false,
    effect.outcome.kind === 'number',
    effect.outcome.kind === 'money',
    defined?.definition !== anyResponse,
  ];
  return ranks.map(Number).join('');
}
