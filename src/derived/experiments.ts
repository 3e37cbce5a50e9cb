/** The randomised tests in the data: each treated arm of a campaign against that campaign's holdout, by assignment. */
import type { QueryEngine } from '../engine/engine.js';
import type { PairedSums } from '../statistics/cuped.js';
import { type Moments, momentsOf } from '../statistics/intervals.js';
import type { Derived } from './derived.js';
import { type Doubt, doubtNames, type EffectGrade, gradeOf } from './evidence-grade.js';
import {
  areDaysApart,
  type Crossover,
  checkBalance,
  checkCrossover,
  checkSplit,
  hasFewEvents,
  isBadOutcome,
  isMissingUnevenly,
  type SplitCheck,
} from './experiment-checks.js';
import { type ArmRow, armsSql, type OutcomeSumsRow, outcomeSumsSql } from './experiments.sql.js';

/** Below this many members in an arm the normal interval of a difference is not used (house rule; methodology §0.5 flags n < 30). */
export const fewestPerArm = 30;
interface OutcomeSums {
  readonly moments: Moments;
  readonly nonzero: number;
  /** Members assigned whose outcome is missing. */
  readonly missing: number;
  /** null where the files do not reach back far enough. */
  readonly paired: PairedSums | null;
}

export interface ComparedOutcome {
  readonly name: string;
  /** Days over which the outcome was followed; null when the source does not say. */
  readonly days: number | null;
  /** Given by the source rather than added up from purchases. */
  readonly isReady: boolean;
  readonly kind: 'share' | 'money' | 'number';
  /** A high value is bad: lapse, complaint, opt-out. */
  readonly isBad: boolean;
  /** Money after discount: a responder who would have bought anyway may end lower. */
  readonly isNetOfDiscount: boolean;
  readonly treated: OutcomeSums;
  readonly holdout: OutcomeSums;
  /** In one of the arms too few members have an outcome other than nought (for a share also: too few have none). */
  readonly hasFewEvents: boolean;
  /** What can be doubted about the test and this result of it, before anything is asked of it; empty for E1. */
  readonly doubts: readonly Doubt[];
  /** By these doubts alone: with E3 the result cannot be used. What a finding asks of it can take its own grade further down. */
  readonly grade: EffectGrade;
}

/** One treated arm against the holdout of its campaign. */
export interface Comparison {
  readonly campaignKey: number;
  readonly arm: string;
  /** Names campaign and arm; for tables and labels, never inside a sentence template. */
  readonly label: string;
  readonly objective: string | null;
  readonly treated: number;
  readonly holdout: number;
  readonly split: SplitCheck;
  readonly crossover: Crossover;
  /** Empty when an arm is too small or nothing was measured. */
  readonly outcomes: readonly ComparedOutcome[];
}

/** A campaign with assignments, also where it has no holdout or no treated arm. */
export interface Experiment {
  readonly campaignKey: number;
  readonly label: string;
  readonly arms: readonly { readonly arm: string; readonly members: number }[];
  readonly treated: number;
  readonly holdout: number;
  /** Members left out because they stand in two arms. */
  readonly ambiguous: number;
  readonly split: SplitCheck;
  readonly crossover: Crossover;
  readonly comparisons: readonly Comparison[];
}

/** A dozen audits ask. @returns all experiments, in the order of the campaign identifiers. */
export function readExperiments({ engine, derived }: { readonly engine: QueryEngine; readonly derived: Derived }): Promise<readonly Experiment[]> {
  return engine.shared('experiments', () => findExperiments(engine, derived));
}

async function findExperiments(engine: QueryEngine, derived: Derived): Promise<Experiment[]> {
  const arms = await engine.rows(armsSql(engine.dialect, await derived.experimentUnits()));
  if (arms.length === 0) return [];
  const sums = await engine.rows(outcomeSumsSql(await derived.experimentOutcomes()));
  const campaigns = [...new Set(arms.map((row) => row.campaign_key))];
  return campaigns.map((key) =>
    experimentOf(
      arms.filter((row) => row.campaign_key === key),
      sums,
    ),
  );
}

function experimentOf(rows: readonly ArmRow[], sums: readonly OutcomeSumsRow[]): Experiment {
  const [first] = rows;
  if (first === undefined) throw new Error('An experiment needs an arm.');
  const treatedArms = rows.filter((row) => row.is_holdout === 0 && row.members > 0);
  const holdout = rows.reduce((sum, row) => sum + (row.is_holdout === 1 ? row.members : 0), 0);
  const split = checkSplit(
    holdout,
    treatedArms.map((row) => row.members),
    first.planned_holdout_share,
  );
  const crossed = rows.reduce((sum, row) => sum + (row.is_holdout === 1 ? row.contacted : 0), 0);
  const crossover = checkCrossover(crossed, holdout);
  const heldDays = daysOf(rows.filter((row) => row.is_holdout === 1));
  const label = plainLabel(first.name);
  const ofCampaign = sums.filter((row) => row.campaign_key === first.campaign_key);
  const comparisons =
    holdout === 0
      ? []
      : treatedArms.map((row): Comparison => {
          const name = treatedArms.length === 1 ? label : `${label}, ${plainLabel(row.arm)}`;
          const isLargeEnough = row.members >= fewestPerArm && holdout >= fewestPerArm;
          const isApart = areDaysApart(daysOf([row]), heldDays);
          const outcomes = isLargeEnough ? comparedOutcomes(ofCampaign, row.arm, split, crossover, isApart) : [];
          const { campaign_key: campaignKey, objective } = first;
          return { campaignKey, arm: row.arm, label: name, objective, treated: row.members, holdout, split, crossover, outcomes };
        });
  return {
    campaignKey: first.campaign_key,
    label,
    arms: rows.map(({ arm, members }) => ({ arm: plainLabel(arm), members })),
    treated: treatedArms.reduce((sum, row) => sum + row.members, 0),
    holdout,
    ambiguous: rows.reduce((sum, row) => sum + row.ambiguous, 0),
    split,
    crossover,
    comparisons,
  };
}

/** Days of assignment; null where one is not known. */
function daysOf(rows: readonly ArmRow[]): Moments | null {
  const sum = (pick: (row: ArmRow) => number | null): number => rows.reduce((total, row) => total + (pick(row) ?? 0), 0);
  const n = sum((row) => row.dated);
  return n < 2 || n < sum((row) => row.members)
    ? null
    : momentsOf(
        n,
        sum((row) => row.days),
        sum((row) => row.day_squares),
      );
}

/** What can be doubted about the draw, whatever is then measured. */
export function doubtsOfTest(split: SplitCheck, crossover: Crossover): Doubt[] {
  const doubted: Partial<Record<Doubt, boolean>> = {
    split: split.verdict === 'fail',
    crossover: crossover.verdict === 'fail',
    noPlan: split.verdict === 'notTestable',
    someCrossover: crossover.verdict === 'watch',
  };
  return doubtNames.filter((doubt) => doubted[doubt] === true);
}

function comparedOutcomes(rows: readonly OutcomeSumsRow[], arm: string, split: SplitCheck, crossover: Crossover, isApart: boolean): ComparedOutcome[] {
  return rows
    .filter((row) => row.is_holdout === 0 && row.arm === arm)
    .flatMap((row): ComparedOutcome[] => {
      const control = rows.find((other) => other.is_holdout === 1 && other.outcome === row.outcome && other.is_ready === row.is_ready);
      if (control === undefined || row.n < fewestPerArm || control.n < fewestPerArm) return [];
      const isBinary = row.nonzero === row.ones && control.nonzero === control.ones;
      const kind = isBinary ? 'share' : isMoney(row.outcome) ? 'money' : 'number';
      const [treated, holdout] = [sumsOf(row), sumsOf(control)];
      const isFew = hasFewEvents(kind, [row, control]);
      const balance = checkBalance(treated.paired, holdout.paired);
      const ofResult: Partial<Record<Doubt, boolean>> = {
        missing: isMissingUnevenly(row, control),
        balance: balance === 'fail',
        // What the source measured was followed from a day of its own.
        days: isApart && row.is_ready === 0,
        fewEvents: isFew,
        someImbalance: balance === 'watch',
      };
      const ofTest = doubtsOfTest(split, crossover);
      const doubts = doubtNames.filter((doubt) => ofTest.includes(doubt) || ofResult[doubt] === true);
      return [
        {
          name: plainLabel(row.outcome),
          days: row.days,
          isReady: row.is_ready === 1,
          kind,
          isBad: isBadOutcome(row.outcome),
          isNetOfDiscount: kind === 'money' && (row.is_ready === 0 || /margin|profit|contribution|net/i.test(row.outcome)),
          treated,
          holdout,
          hasFewEvents: isFew,
          doubts,
          grade: gradeOf(doubts),
        },
      ];
    });
}

function sumsOf(row: OutcomeSumsRow): OutcomeSums {
  const sumY = row.total ?? 0;
  const sumYY = row.squares ?? 0;
  const paired = { n: row.n, sumX: row.pre_total ?? 0, sumXX: row.pre_squares ?? 0, sumY, sumYY, sumXY: row.products ?? 0 };
  return { moments: momentsOf(row.n, sumY, sumYY), nonzero: row.nonzero, missing: row.members - row.n, paired: row.pre_n === row.n ? paired : null };
}

function isMoney(outcome: string): boolean {
  return /spend|revenue|margin|sales|profit|contribution|value|amount|turnover/i.test(outcome);
}

/** A name on one line. It reaches sentences only through the label of a measure, which is not read as a template. */
export function plainLabel(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
