/** Whether the holdout got the campaign, and whether it got as much of everything else as the treated. */
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { Experiment } from '../../derived/experiments.js';
import { type Interval, wilson } from '../../statistics/intervals.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';
import { studentTOf } from '../../statistics/student-t.js';
import type { OtherContactsRow } from './holdout-contamination.sql.js';
import { type Light, worstOf } from './test-card.js';

/** With fewer other messages on either side, if both got as many, a ratio of them says nothing. House rule. */
const fewestMessages = 100;

export interface ContaminationLimits {
  readonly crossover: { readonly watch: number; readonly fail: number };
  readonly ratio: { readonly low: number; readonly high: number; readonly falseDiscovery: number };
  /** Level of intervals. */
  readonly level: number;
}

/** Other messages a member: holdout over treated. */
interface OtherContacts {
  readonly treated: number;
  readonly holdout: number;
  /** null where the treated got none: the holdout then got more than any ratio says. */
  readonly ratio: number | null;
  /** null where one side got none, which has no logarithm, and where there are too few groups. */
  readonly interval: Interval | null;
  readonly days: number;
  /** Chance of a ratio as far from one. */
  readonly p: number;
}

export interface Contamination {
  readonly test: Experiment;
  /** Of the holdout, with its interval. */
  readonly share: number;
  readonly shareInterval: Interval;
  readonly crossoverLight: Light;
  readonly others: OtherContacts | null;
  readonly othersLight: Light;
  readonly light: Light;
  readonly why: string;
}

interface Side {
  members: number;
  others: number;
  reached: number;
}

function sidesOf(rows: readonly OtherContactsRow[]): { treated: Side; holdout: Side } {
  const add = (held: number): Side => ({
    members: rows.reduce((sum, row) => sum + (row.is_holdout === held ? row.members : 0), 0),
    others: rows.reduce((sum, row) => sum + (row.is_holdout === held ? row.others : 0), 0),
    reached: rows.reduce((sum, row) => sum + (row.is_holdout === held ? row.reached : 0), 0),
  });
  return { treated: add(0), holdout: add(1) };
}

const logRatio = ({ treated, holdout }: { treated: Side; holdout: Side }): number =>
  Math.log(holdout.others / holdout.members) - Math.log(treated.others / treated.members);

/**
 * Where one side got none there is no logarithm. How often chance alone puts everybody who was reached on the other side, each of them
 * falling there as often as its members are of all; messages to a handful of members, however many, are then no sign of anything.
 */
function chanceOfNone({ treated, holdout }: { treated: Side; holdout: Side }): number {
  const [some, none] = treated.reached > 0 ? [treated, holdout] : [holdout, treated];
  return Math.min(1, 2 * (some.members / (some.members + none.members)) ** some.reached);
}

/** The ratio is compared on the log scale, on which twice and half are equally far; members are the clusters. */
function otherContactsOf(rows: readonly OtherContactsRow[], level: number): OtherContacts | null {
  const [first] = rows;
  const sides = sidesOf(rows);
  const { treated, holdout } = sides;
  if (first === undefined || treated.members === 0 || holdout.members === 0) return null;
  // By what an equal share would be and never by what was found: a small holdout without a message is no sign of anything.
  const each = (treated.others + holdout.others) / (treated.members + holdout.members);
  if (each * Math.min(treated.members, holdout.members) < fewestMessages) return null;
  const means = { treated: treated.others / treated.members, holdout: holdout.others / holdout.members };
  if (treated.others === 0 || holdout.others === 0)
    return { ...means, ratio: holdout.others === 0 ? 0 : null, interval: null, days: first.days, p: chanceOfNone(sides) };
  const estimate = logRatio(sides);
  const groups = [...new Set(rows.map((row) => row.jackknife_group))];
  const without = groups.map((group) => logRatio(sidesOf(rows.filter((row) => row.jackknife_group !== group))));
  // Where every member of a side got as many as any other, nothing varies and a difference is certain.
  const isCertain = without.length > 1 && without.every((each) => each === estimate);
  const around = isCertain ? { low: estimate, high: estimate } : jackknifeAround(estimate, without, level);
  const p = around === null ? 1 : chanceOf(estimate, (around.high - around.low) / 2 / studentTOf(level, groups.length - 1));
  const interval = around === null ? null : { low: Math.exp(around.low), high: Math.exp(around.high) };
  return { ...means, ratio: Math.exp(estimate), interval, days: first.days, p };
}

/** Two-sided. @param standardError 0 where nothing varies. */
function chanceOf(estimate: number, standardError: number): number {
  if (standardError > 0) return 2 * normalCdf(-Math.abs(estimate) / standardError, 0, 1);
  return estimate === 0 ? 1 : 0;
}

/** Broken beyond the limit only when the interval is beyond the first level too. */
function lightOfShare(share: number, { low }: Interval, { watch, fail }: ContaminationLimits['crossover']): Light {
  if (share > fail && low > watch) return 'fail';
  return share >= watch ? 'watch' : 'pass';
}

function lightOfOthers(others: OtherContacts | null, adjusted: number, { low, high, falseDiscovery }: ContaminationLimits['ratio']): Light {
  if (others === null) return 'notTestable';
  if (others.ratio !== null && others.ratio >= low && others.ratio <= high) return 'pass';
  // A ratio that chance explains is a pass: in small tests it is seldom near one.
  if (adjusted > falseDiscovery) return 'pass';
  const isNone = others.ratio === null || others.ratio === 0;
  const isWhollyOut = isNone || (others.interval !== null && (others.interval.low > high || others.interval.high < low));
  return isWhollyOut ? 'fail' : 'watch';
}

function whyOf(crossover: Light, others: Light, ratio: number | null): string {
  const isMore = ratio === null || ratio > 1;
  const none = ratio === null ? ', who got none' : ratio === 0 ? ', namely none' : '';
  const parts = [
    ...(crossover === 'fail' ? ['members of the holdout got the campaign'] : crossover === 'watch' ? ['some members of the holdout got the campaign'] : []),
    ...(others === 'fail' || others === 'watch'
      ? [
          `the holdout got ${isMore ? 'more' : 'fewer'} other messages than the treated${none}${others === 'watch' ? ', by an amount that may be within the limit' : ''}`,
        ]
      : []),
  ];
  return parts.join('; ');
}

/** @param rows of all tests. */
export function contaminationsOf(tests: readonly Experiment[], rows: readonly OtherContactsRow[], limits: ContaminationLimits): Contamination[] {
  const found = tests.map((test) =>
    otherContactsOf(
      rows.filter((row) => row.campaign_key === test.campaignKey),
      limits.level,
    ),
  );
  const adjusted = adjustForFalseDiscovery(found.flatMap((others) => (others === null ? [] : [others.p])));
  let place = 0;
  return tests.map((test, index): Contamination => {
    const others = found[index] ?? null;
    const share = test.crossover.share ?? 0;
    const shareInterval = wilson(test.crossover.members, test.holdout, limits.level);
    const crossoverLight = lightOfShare(share, shareInterval, limits.crossover);
    const othersLight = lightOfOthers(others, others === null ? 1 : (adjusted[place++] ?? 1), limits.ratio);
    const light = worstOf([crossoverLight, othersLight]);
    return {
      test,
      share,
      shareInterval,
      crossoverLight,
      others,
      othersLight,
      light,
      why: whyOf(crossoverLight, othersLight, others === null ? 1 : others.ratio),
    };
  });
}
