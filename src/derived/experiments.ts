/** The randomised tests in the data: each treated arm of a campaign against that campaign's holdout, by assignment. */
import type { QueryEngine } from '../engine/engine.js';
import type { PairedSums } from '../statistics/cuped.js';
import { type Moments, momentsOf } from '../statistics/intervals.js';
import { sampleRatioTest } from '../statistics/sample-ratio.js';
import type { Derived } from './derived.js';
import { type ArmRow, armsSql, type OutcomeSumsRow, outcomeSumsSql } from './experiments.sql.js';

/** Below this many members in an arm the normal interval of a difference is not used (house rule; methodology §0.5 flags n < 30). */
export const fewestPerArm = 30;
/** Below this many members with any outcome in both arms together, an effect rests on a handful of people. */
const fewestEvents = 30;

/** Sample-ratio limits of methodology §4 check 4 (Statsig): p and the absolute deviation from the plan. */
const splitLimits = { watchP: 0.01, failP: 0.001, failDeviation: 0.001 } as const;

interface SplitCheck {
  readonly verdict: 'pass' | 'watch' | 'fail' | 'notTestable';
  /** null when the plan is not known. */
  readonly p: number | null;
  readonly plannedHoldoutShare: number | null;
}

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
  /** Members with an outcome other than nought, both arms together, are too few to judge by. */
  readonly hasFewEvents: boolean;
  readonly grade: 'E1' | 'E2' | 'E3';
}

/** One treated arm against the holdout of its campaign. */
export interface Comparison {
  readonly campaignKey: number;
  readonly arm: string;
  /** Names campaign and arm; free of braces, so that it can stand in a sentence template. */
  readonly label: string;
  readonly objective: string | null;
  readonly treated: number;
  readonly holdout: number;
  readonly split: SplitCheck;
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
  readonly comparisons: readonly Comparison[];
}

/** @returns all experiments, in the order of the campaign identifiers. */
export async function readExperiments({ engine, derived }: { readonly engine: QueryEngine; readonly derived: Derived }): Promise<Experiment[]> {
  const arms = await engine.rows(armsSql(await derived.experimentUnits()));
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
  const split = checkSplit(holdout, treatedArms, first.planned_holdout_share);
  const label = plainLabel(first.name);
  const ofCampaign = sums.filter((row) => row.campaign_key === first.campaign_key);
  const comparisons =
    holdout === 0
      ? []
      : treatedArms.map((row): Comparison => {
          const name = treatedArms.length === 1 ? label : `${label}, ${plainLabel(row.arm)}`;
          const isLargeEnough = row.members >= fewestPerArm && holdout >= fewestPerArm;
          const outcomes = isLargeEnough ? comparedOutcomes(ofCampaign, row.arm, split) : [];
          return { campaignKey: first.campaign_key, arm: row.arm, label: name, objective: first.objective, treated: row.members, holdout, split, outcomes };
        });
  return {
    campaignKey: first.campaign_key,
    label,
    arms: rows.map(({ arm, members }) => ({ arm: plainLabel(arm), members })),
    treated: treatedArms.reduce((sum, row) => sum + row.members, 0),
    holdout,
    ambiguous: rows.reduce((sum, row) => sum + row.ambiguous, 0),
    split,
    comparisons,
  };
}

/** The plan is never inferred from the data: without a planned share the split is not testable. Treated arms are planned equal. */
function checkSplit(holdout: number, treatedArms: readonly ArmRow[], planned: number | null): SplitCheck {
  if (planned === null || !(planned > 0 && planned < 1) || holdout === 0 || treatedArms.length === 0) {
    return { verdict: 'notTestable', p: null, plannedHoldoutShare: planned };
  }
  const shares = [planned, ...treatedArms.map(() => (1 - planned) / treatedArms.length)];
  const { p, largestDeviation } = sampleRatioTest([holdout, ...treatedArms.map((row) => row.members)], shares);
  const isFail = p < splitLimits.failP && largestDeviation >= splitLimits.failDeviation;
  return { verdict: isFail ? 'fail' : p < splitLimits.watchP ? 'watch' : 'pass', p, plannedHoldoutShare: planned };
}

function comparedOutcomes(rows: readonly OutcomeSumsRow[], arm: string, split: SplitCheck): ComparedOutcome[] {
  return rows
    .filter((row) => row.is_holdout === 0 && row.arm === arm)
    .flatMap((row): ComparedOutcome[] => {
      const control = rows.find((other) => other.is_holdout === 1 && other.outcome === row.outcome && other.is_ready === row.is_ready);
      if (control === undefined || row.n < fewestPerArm || control.n < fewestPerArm) return [];
      const isBinary = row.nonzero === row.ones && control.nonzero === control.ones;
      const kind = isBinary ? 'share' : isMoney(row.outcome) ? 'money' : 'number';
      const hasFewEvents = row.nonzero + control.nonzero < fewestEvents;
      return [
        {
          name: plainLabel(row.outcome),
          days: row.days,
          isReady: row.is_ready === 1,
          kind,
          isBad: /\b(lapsed?|churn|complain|opt.?out|unsubscribe|spam|cancel|attrition)/i.test(row.outcome),
          isNetOfDiscount: kind === 'money' && (row.is_ready === 0 || /margin|profit|contribution|net/i.test(row.outcome)),
          treated: sumsOf(row),
          holdout: sumsOf(control),
          hasFewEvents,
          grade: gradeOf(split, row, control, hasFewEvents),
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

/** Methodology §11.2: randomised with a split that passes is E1; each named doubt takes it down. */
function gradeOf(split: SplitCheck, treated: OutcomeSumsRow, control: OutcomeSumsRow, hasFewEvents: boolean): 'E1' | 'E2' | 'E3' {
  const missing = [treated.members - treated.n, control.members - control.n];
  const isMissingUnevenly = missing.some((n) => n > 0) && sampleRatioTest(missing, [treated.members, control.members]).p < splitLimits.failP;
  if (split.verdict === 'fail' || isMissingUnevenly) return 'E3';
  const isUnchecked = split.verdict === 'notTestable';
  if (isUnchecked && hasFewEvents) return 'E3';
  return isUnchecked || hasFewEvents ? 'E2' : 'E1';
}

function isMoney(outcome: string): boolean {
  return /spend|revenue|margin|sales|profit|contribution|value|amount|turnover/i.test(outcome);
}

/** Braces would read as placeholders in a sentence template. */
export function plainLabel(text: string): string {
  return text.replace(/[{}]/g, ' ').replace(/\s+/g, ' ').trim();
}
