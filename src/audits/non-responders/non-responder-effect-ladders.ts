/** Effects of each test on the whole audience and, as a ladder of ranges, on those who did not respond. */
import { breakEvenOf, type Prices, readPrices } from '../../derived/break-even.js';
import { type Doubt, type EffectGrade, gradeOf, isImprecise, wordsOf } from '../../derived/evidence-grade.js';
import { type ComparedOutcome, type Comparison, type Experiment, plainLabel } from '../../derived/experiments.js';
import { type Ladder, nonResponderLadder } from '../../statistics/bounds/non-responder-ladder.js';
import { type Difference, differenceOfMeans, type Moments, momentsOf } from '../../statistics/intervals.js';
import type { AuditContext } from '../audit.js';
import { winBackCampaignsSql } from './non-responder-effect.sql.js';
import { canBeHarm, goesWithBuying, type Harm, type HarmLimits, judgeHarm } from './non-responder-effect-harm.js';
import { noteOf } from './non-responder-effect-notes.js';
import { cappedOutcome, type OutcomeRecords, type Records, readRecords, sumsOf } from './non-responder-effect-records.js';
import { earlierGap, type Sharper, sharperOf } from './non-responder-effect-sharper.js';
import type { ResponseSplitRow } from './non-responder-effect-strata.sql.js';

const anyResponse = 'any response';

/** The ladder under one definition of a response, or why there is none. */
export interface DefinedLadder {
  readonly definition: string;
  /** null when it is left out; `note` then says why. */
  readonly ladder: Ladder | null;
  /** null where nothing that was known before the test tells members apart. */
  readonly sharper: Sharper | null;
  /** Bought in the year before by those who responded, less those who did not; null where nothing is known of it. */
  readonly earlier: Difference | null;
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
  /** The smallest change that pays for the campaign; null where that is not known. */
  readonly breakEven: number | null;
  /** Those of the test and of the outcome, and that the interval leaves open what is asked. */
  readonly doubts: readonly Doubt[];
  readonly grade: EffectGrade;
  readonly ladders: readonly DefinedLadder[];
  /** The same with the largest amounts cut off, beside the plain mean and never judged; null for what is no amount. */
  readonly capped: Omit<MeasuredEffect, 'capped'> | null;
}

export interface Effect extends MeasuredEffect {
  readonly harm: Harm;
  readonly isHarm: boolean;
}

/** The test itself is broken or too weak, and what it shows is no fact. A wide interval is one all the same. */
export const isUsable = ({ outcome }: MeasuredEffect): boolean => outcome.grade !== 'E3';

export const isBounded = ({ ladders }: MeasuredEffect): boolean => ladders.some(({ ladder }) => ladder !== null);

interface Setting {
  readonly level: number;
  /** Fewest members of whom a table may speak. */
  readonly few: number;
  readonly hasDiscount: boolean;
  readonly winBack: ReadonlySet<number>;
  readonly prices: Prices;
}

/** @returns every treated arm × outcome, in the order of the experiments. */
export async function readEffects(context: AuditContext, experiments: readonly Experiment[], limits: Omit<HarmLimits, 'level'>): Promise<Effect[]> {
  const comparisons = experiments.flatMap((experiment) => experiment.comparisons);
  if (comparisons.every((comparison) => comparison.outcomes.length === 0)) return [];
  const { derived, engine, policy } = context;
  const level = policy.headlineLevel;
  const winBack = await engine.rows(winBackCampaignsSql(await derived.campaignObjectives()));
  const setting: Setting = {
    level,
    few: policy.smallCell,
    hasDiscount: context.filledShare('transactions', 'discount_amount') > 0,
    winBack: new Set(winBack.map((row) => row.campaign_key)),
    prices: await readPrices(context, experiments),
  };
  const plain = await readRecords(context, await derived.experimentOutcomes());
  const hasMoney = comparisons.some(({ outcomes }) => outcomes.some(({ kind }) => kind === 'money'));
  const capped = hasMoney ? await readRecords(context, await derived.cappedOutcomes()) : null;
  const measured = comparisons.flatMap((comparison) =>
    comparison.outcomes.map((outcome): MeasuredEffect => {
      const effect = measureEffect(comparison, outcome, plain(comparison, outcome), setting);
      return { ...effect, capped: capped === null ? null : measureCapped(comparison, outcome, capped, setting) };
    }),
  );
  const harms = judgeHarm(measured, { ...limits, level });
  return measured.map((effect, index): Effect => {
    const harm = harms[index] ?? { harmP: 1, isOverall: false, isUnderA1: false, isProved: false };
    return { ...effect, harm, isHarm: harm.isOverall || harm.isProved };
  });
}

function measureEffect(comparison: Comparison, outcome: ComparedOutcome, records: OutcomeRecords, setting: Setting): Omit<MeasuredEffect, 'capped'> {
  const itt = differenceOfMeans(outcome.treated.moments, outcome.holdout.moments, setting.level);
  const isBroken = outcome.grade === 'E3';
  const breakEven = breakEvenOf(comparison, outcome, setting.prices);
  const doubts: readonly Doubt[] = isImprecise(itt, breakEven) ? [...outcome.doubts, 'imprecise'] : outcome.doubts;
  return {
    comparison,
    outcome,
    itt,
    breakEven,
    doubts,
    grade: gradeOf(doubts),
    ladders: isBroken ? [unusable(outcome)] : laddersOf(comparison, outcome, records, setting),
  };
}

/** Money only: of other numbers nobody adds up the few large ones. */
function measureCapped(comparison: Comparison, outcome: ComparedOutcome, records: Records, setting: Setting): MeasuredEffect['capped'] {
  if (outcome.kind !== 'money' || outcome.grade === 'E3') return null;
  const found = records(comparison, outcome);
  const capped = cappedOutcome(outcome, found);
  if (capped === null) return null;
  const effect = measureEffect(comparison, capped, found, setting);
  return { ...effect, outcome: { ...capped, name: `${capped.name}, largest amounts cut off,` } };
}

/** What stands where an effect of a test that cannot be used would have its ladder. */
function unusable({ doubts }: ComparedOutcome): DefinedLadder {
  const note = `left out: the test cannot be used (${wordsOf(doubts)})`;
  return { ...noLadder, definition: anyResponse, note };
}

const noLadder = { ladder: null, sharper: null, earlier: null, isByConstruction: false } as const;

function laddersOf(comparison: Comparison, outcome: ComparedOutcome, records: OutcomeRecords, setting: Setting): DefinedLadder[] {
  const { few } = setting;
  const rowsOf = (definition: string, responded: number): ResponseSplitRow[] =>
    records.splits.filter((row) => row.definition === definition && row.has_responded === responded);
  const respondersOf = (definition: string): number => sumsOf(rowsOf(definition, 1))?.n ?? 0;
  const definitions = [...new Set(records.splits.map((row) => row.definition))];
  // Each kind is part of “any”: the same number of responders are the same members, and need no second ladder.
  const sameAsAny = definitions.filter((definition) => definition !== anyResponse && respondersOf(definition) === respondersOf(anyResponse));
  // A kind that only a few members gave may be a word about one of them: such kinds share one nameless line.
  const rare = definitions.filter((definition) => definition !== anyResponse && respondersOf(definition) < few);
  const shown = definitions.filter((definition) => !sameAsAny.includes(definition) && !rare.includes(definition));
  const left: DefinedLadder[] =
    rare.length === 0 ? [] : [{ ...noLadder, definition: 'other kinds', note: `left out: fewer than ${few} members responded by each` }];
  const ladders = shown.map((definition): DefinedLadder => {
    const [silentRows, respondedRows] = [rowsOf(definition, 0), rowsOf(definition, 1)];
    const [silent, responded] = [sumsOf(silentRows), sumsOf(respondedRows)];
    const none = { ...noLadder, definition: plainLabel(definition) };
    if (responded === null || responded.n < few) return { ...none, note: `left out: fewer than ${few} members responded` };
    if (silent === null || silent.n < few) return { ...none, note: `left out: fewer than ${few} members did not respond` };
    if (silent.nonzero === 0 && responded.ones === responded.n) return { ...none, note: 'left out: the outcome is the response itself' };
    const isWinBack = setting.winBack.has(comparison.campaignKey);
    const earlier = earlierGap(responded, silent, setting.level);
    const isA2Denied = earlier !== null && earlier.high < 0;
    const isWithdrawal = !canBeHarm(outcome);
    const isOfBuyers = goesWithBuying(outcome);
    const isA1Open = outcome.isNetOfDiscount && (outcome.isReady || !setting.hasDiscount);
    const sharper = sharperOf([...silentRows, ...respondedRows], records, outcome, setting.level);
    const ladder = nonResponderLadder({
      nonResponders: momentsOfSums(silent),
      responders: momentsOfSums(responded),
      respondersForA1: isA1Open || isWithdrawal || isOfBuyers ? null : momentsBeforeDiscount(responded, outcome),
      holdout: outcome.holdout.moments,
      holdoutCells: records.histogram.map(({ n, total, squares }) => ({ n, sum: total, sumOfSquares: squares })),
      L0x: sharper?.L0x ?? null,
      assumesA2: !isWinBack && !isA2Denied && !isWithdrawal && !isOfBuyers,
      isBadOutcome: outcome.isBad,
      level: setting.level,
    });
    const isByConstruction = silent.nonzero === 0;
    const same = definition === anyResponse ? sameAsAny.map(plainLabel) : [];
    const note = noteOf({ same, isByConstruction, isA1Open, isWithdrawal, isOfBuyers, isWinBack, earlier, hasCells: sharper !== null, outcome, ladder });
    return { definition: plainLabel(definition), ladder, sharper, earlier, isByConstruction, note };
  });
  return [...ladders, ...left];
}

type Sums = NonNullable<ReturnType<typeof sumsOf>>;
const momentsOfSums = ({ n, total, squares }: Sums): Moments => momentsOf(n, total ?? 0, squares ?? 0);

/** A1′: money of responders with their discount added back; anything else as it is. */
const momentsBeforeDiscount = (sums: Sums, outcome: ComparedOutcome): Moments =>
  outcome.isNetOfDiscount ? momentsOf(sums.n, sums.gross_total ?? 0, sums.gross_squares ?? 0) : momentsOfSums(sums);

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
    !effect.harm.isOverall,
    // What a message alone makes possible is a price of contact, and never the first thing to tell.
    !canBeHarm(effect.outcome),
    defined === null || defined.ladder === null,
    defined?.isByConstruction !== false,
    effect.outcome.kind === 'number',
    effect.outcome.kind === 'money',
    defined?.definition !== anyResponse,
  ];
  return ranks.map(Number).join('');
}

/** Harm first, that to everybody before that to non-responders alone; then the largest tests. */
export function inOrder(headlines: readonly Headline[]): Headline[] {
  const badness = ({ effect }: Headline): number => Number(effect.isHarm) + Number(effect.harm.isOverall);
  return headlines.toSorted((a, b) => badness(b) - badness(a) || b.effect.comparison.treated - a.effect.comparison.treated);
}
