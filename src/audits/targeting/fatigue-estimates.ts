/** Response and opt-out by contact pressure: plain, adjusted within campaign and baseline, and within one person. */

import { type EffectCell, effectsWithinStrata, type StratifiedEffects } from '../../statistics/fixed-effects.js';
import type { Interval } from '../../statistics/intervals.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import { jackknifeRiskRatio } from '../../statistics/mantel-haenszel.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { FatigueRow, StepRow } from './contact-fatigue.sql.js';

/** Lowest and highest number of earlier contacts of each bin of the methodology; null: no upper end. */
const binEnds: readonly (readonly [number, number | null])[] = [
  [0, 0],
  [1, 2],
  [3, 4],
  [5, 8],
  [9, 12],
  [13, null],
];
/** A bin with fewer contacts, or a smaller share of them, joins its neighbour. */
const fewestInBin = 200;
const smallestShare = 0.01;
/** The two ends that are compared hold at least this share of contacts each, so that a handful of events does not decide. */
const smallestEnd = 0.1;

export interface Bin {
  /** Fewest contacts in the 28 days before. */
  readonly from: number;
  readonly label: string;
  /** The bins of the methodology that it holds. */
  readonly bins: readonly number[];
  readonly contacts: number;
}

/** A number for all members, and the same without one group of them at a time. */
export interface Replicates {
  readonly whole: readonly number[];
  readonly without: readonly (readonly number[])[];
}

interface Balance {
  readonly label: string;
  /** Heavy minus light pressure in standard deviations. */
  readonly plain: number;
  readonly adjusted: number | null;
}

/** One end of the scale: some bins, and what they are called together. */
export interface End {
  readonly places: readonly number[];
  readonly label: string;
}

export interface FatigueEstimates {
  readonly bins: readonly Bin[];
  /** The lightest and the heaviest pressure that hold enough contacts to speak of. */
  readonly light: End;
  readonly heavy: End;
  readonly plainResponse: Replicates;
  /** null when campaigns do not mix pressures. */
  readonly response: Replicates | null;
  readonly plainOptOut: Replicates;
  readonly optOut: Replicates | null;
  /** Difference to the lightest bin, in shares; the first is 0. */
  readonly withinPerson: Replicates | null;
  readonly steps: number;
  readonly mantelHaenszel: (Interval & { readonly estimate: number }) | null;
  readonly balance: readonly Balance[];
}

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0);

function labelOf(from: number, to: number | null): string {
  if (to === null) return `${from} or more`;
  if (from === to) return from === 0 ? 'no' : String(from);
  return to === from + 1 && from > 0 ? `${from} or ${to}` : `${from} to ${to}`;
}

/** The bins that hold enough contacts, neighbours joined. @param smallCell fewest members; as many random groups of members hold at least as many. */
export function binsOf(rows: readonly FatigueRow[], smallCell: number): Bin[] {
  const all = sum(rows, (row) => row.contacts);
  const least = Math.max(fewestInBin, smallestShare * all);
  const fewestGroups = Math.min(smallCell, new Set(rows.map((row) => row.jackknife_group)).size);
  const raw = binEnds.map((_ends, bin) => {
    const own = rows.filter((row) => row.bin === bin);
    return { bins: [bin], contacts: sum(own, (row) => row.contacts), groups: new Set(own.map((row) => row.jackknife_group)) };
  });
  const joined = joinSmallCells(
    raw.filter(({ contacts }) => contacts > 0),
    ({ contacts, groups }) => contacts >= least && groups.size >= fewestGroups,
    (left, right) => ({
      bins: [...left.bins, ...right.bins],
      contacts: left.contacts + right.contacts,
      groups: new Set([...left.groups, ...right.groups]),
    }),
  );
  return joined.map(({ bins, contacts }) => {
    const from = binEnds[bins[0] ?? 0]?.[0] ?? 0;
    return { from, label: labelOf(from, binEnds[bins.at(-1) ?? 0]?.[1] ?? null), bins, contacts };
  });
}

/** The lightest (or, reversed, the heaviest) bins that together hold enough contacts. */
function endOf(bins: readonly Bin[], isHeavy: boolean): number[] {
  const all = sum(bins, (bin) => bin.contacts);
  const order = bins.map((_bin, place) => place);
  if (isHeavy) order.reverse();
  const places: number[] = [];
  for (const place of order) {
    places.push(place);
    if (sum(places, (at) => bins[at]?.contacts ?? 0) >= smallestEnd * all) break;
  }
  return places.sort((a, b) => a - b);
}

/** Both ends; where they would meet, only the outermost bins. @param bins at least two. */
function endsOf(bins: readonly Bin[]): { light: End; heavy: End } {
  const [light, heavy] = [endOf(bins, false), endOf(bins, true)];
  const isApart = (light.at(-1) ?? 0) < (heavy[0] ?? 0);
  const named = (places: readonly number[]): End => {
    const to = bins[places.at(-1) ?? 0]?.bins.at(-1) ?? 0;
    return { places, label: labelOf(bins[places[0] ?? 0]?.from ?? 0, binEnds[to]?.[1] ?? null) };
  };
  return { light: named(isApart ? light : [0]), heavy: named(isApart ? heavy : [bins.length - 1]) };
}

/** The mean over some bins, by their contacts. */
export function meanOver(bins: readonly Bin[], { places }: End, means: readonly number[]): number {
  return sum(places, (place) => (bins[place]?.contacts ?? 0) * (means[place] ?? 0)) / sum(places, (place) => bins[place]?.contacts ?? 0);
}

/** Means by bin without any adjustment. */
function plainMeans(cells: readonly EffectCell[], binOf: (cell: EffectCell) => number, size: number): Replicates {
  const groups = [...new Set(cells.map((cell) => cell.group))].sort((a, b) => a - b);
  const totals = Array.from({ length: size }, () => ({ n: 0, sum: 0 }));
  const byGroup = new Map(groups.map((group) => [group, Array.from({ length: size }, () => ({ n: 0, sum: 0 }))]));
  for (const cell of cells) {
    const at = binOf(cell);
    for (const total of [totals[at], byGroup.get(cell.group)?.[at]]) {
      if (total === undefined) continue;
      total.n += cell.n;
      total.sum += cell.sum;
    }
  }
  const without = groups.map((group) =>
    totals.map((total, bin) => {
      const own = byGroup.get(group)?.[bin] ?? { n: 0, sum: 0 };
      return (total.sum - own.sum) / (total.n - own.n);
    }),
  );
  return { whole: totals.map((total) => total.sum / total.n), without };
}

/** Means by bin as they would be had every bin the campaigns and the baselines of all contacts: the overall mean, moved by the effects within strata. */
function adjustedMeans(cells: readonly EffectCell[], binOf: (cell: EffectCell) => number, size: number): Replicates | null {
  const found = effectsWithinStrata(cells, size - 1);
  if (found === null) return null;
  const groups = [...new Set(cells.map((cell) => cell.group))].sort((a, b) => a - b);
  const meansOf = (effects: readonly number[], kept: readonly EffectCell[]): number[] => {
    const n = sum(kept, (cell) => cell.n);
    const shift = sum(kept, (cell) => cell.n * (effects[binOf(cell) - 1] ?? 0)) / n;
    const mean = sum(kept, (cell) => cell.sum) / n;
    return Array.from({ length: size }, (_, bin) => mean - shift + (effects[bin - 1] ?? 0));
  };
  return {
    whole: meansOf(found.effects, cells),
    without: groups.map((group, index) =>
      meansOf(
        found.without[index] ?? [],
        cells.filter((cell) => cell.group !== group),
      ),
    ),
  };
}

const toReplicates = ({ effects, without }: StratifiedEffects): Replicates => ({ whole: [0, ...effects], without: without.map((own) => [0, ...own]) });

/** A ratio of two numbers made of the means, with an interval that is symmetric in its logarithm; NaN where one side is not above nought. */
export function ratioOf(
  { whole, without }: Replicates,
  above: (means: readonly number[]) => number,
  below: (means: readonly number[]) => number,
  level: number,
): { value: number; interval: Interval | null } {
  const logOf = (means: readonly number[]): number => (above(means) > 0 && below(means) > 0 ? Math.log(above(means) / below(means)) : Number.NaN);
  const interval = jackknifeAround(logOf(whole), without.map(logOf), level);
  return { value: Math.exp(logOf(whole)), interval: interval === null ? null : { low: Math.exp(interval.low), high: Math.exp(interval.high) } };
}

/** A number made of the means of several bins, with its interval. */
export function contrastOf(
  { whole, without }: Replicates,
  of: (means: readonly number[]) => number,
  level: number,
): { value: number; interval: Interval | null } {
  const value = of(whole);
  return { value, interval: jackknifeAround(value, without.map(of), level) };
}

/** @param rows cells of campaign, baseline and pressure. @param steps from one contact of a member to the next. */
export function fatigueEstimates(
  rows: readonly FatigueRow[],
  steps: readonly StepRow[],
  hasTenure: boolean,
  { headlineLevel: level, smallCell }: Policy,
): FatigueEstimates {
  const bins = binsOf(rows, smallCell);
  const { light, heavy } = endsOf(bins);
  const place = new Map(bins.flatMap(({ bins: own }, index) => own.map((bin) => [bin, index] as const)));
  const binOf = (cell: EffectCell): number => cell.x.indexOf(1) + 1;
  const indicator = (bin: number): number[] => Array.from({ length: bins.length - 1 }, (_, index) => ((place.get(bin) ?? 0) === index + 1 ? 1 : 0));
  const strata = new Map<string, number>();
  const stratumOf = (row: FatigueRow): number => {
    const key = `${row.campaign_key} ${row.stretch} ${row.orders_class} ${row.response_class}`;
    const known = strata.get(key) ?? strata.size;
    strata.set(key, known);
    return known;
  };
  const cells = (n: (row: FatigueRow) => number, outcome: (row: FatigueRow) => number): EffectCell[] =>
    rows
      .filter((row) => n(row) > 0)
      .map((row) => ({ stratum: stratumOf(row), group: row.jackknife_group, x: indicator(row.bin), n: n(row), sum: outcome(row) }));
  const responses = cells(
    (row) => row.contacts,
    (row) => row.responses,
  );
  const optOuts = cells(
    (row) => row.at_risk,
    (row) => row.opt_outs,
  );
  const apart = (means: readonly number[]): number => meanOver(bins, heavy, means) - meanOver(bins, light, means);
  const balance = (label: string, value: (row: FatigueRow) => number, squares: (row: FatigueRow) => number): Balance => {
    const own = cells((row) => row.contacts, value);
    const within = effectsWithinStrata(own, bins.length - 1);
    const deviation = deviationOf(own, sum(rows, squares));
    const scaled = (difference: number): number => (deviation === 0 ? 0 : difference / deviation);
    return { label, plain: scaled(apart(plainMeans(own, binOf, bins.length).whole)), adjusted: within === null ? null : scaled(apart([0, ...within.effects])) };
  };
  return {
    bins,
    light,
    heavy,
    plainResponse: plainMeans(responses, binOf, bins.length),
    response: adjustedMeans(responses, binOf, bins.length),
    plainOptOut: plainMeans(optOuts, binOf, bins.length),
    optOut: adjustedMeans(optOuts, binOf, bins.length),
    withinPerson: withinPerson(steps, indicator, bins.length),
    steps: sum(steps, (row) => row.steps),
    mantelHaenszel: riskRatio(rows, { light, heavy }, place, stratumOf, level),
    balance: [
      balance(
        'Orders in the year before the 28 days',
        (row) => row.orders,
        (row) => row.orders_squared,
      ),
      ...(hasTenure
        ? [
            balance(
              'Months in the scheme',
              (row) => row.tenure,
              (row) => row.tenure_squared,
            ),
          ]
        : []),
    ],
  };
}

/** First differences of one person, within pairs of campaigns: whatever stays the same about the person or the campaign drops out. */
function withinPerson(steps: readonly StepRow[], indicator: (bin: number) => number[], size: number): Replicates | null {
  const pairs = new Map<string, number>();
  const cells = steps.map((row): EffectCell => {
    const key = `${row.from_campaign} ${row.to_campaign}`;
    const stratum = pairs.get(key) ?? pairs.size;
    pairs.set(key, stratum);
    const [from, to] = [indicator(row.from_bin), indicator(row.to_bin)];
    return { stratum, group: row.jackknife_group, x: to.map((value, index) => value - (from[index] ?? 0)), n: row.steps, sum: row.change };
  });
  const found = effectsWithinStrata(cells, size - 1);
  return found === null ? null : toReplicates(found);
}

/** Mantel–Haenszel ratio of response under the heaviest to that under the lightest pressure, campaigns as clusters. */
function riskRatio(
  rows: readonly FatigueRow[],
  { light, heavy }: { readonly light: End; readonly heavy: End },
  place: ReadonlyMap<number, number>,
  stratumOf: (row: FatigueRow) => number,
  level: number,
): FatigueEstimates['mantelHaenszel'] {
  const strata = new Map<number, { cluster: number; exposedEvents: number; exposed: number; unexposedEvents: number; unexposed: number }>();
  for (const row of rows) {
    const own = strata.get(stratumOf(row)) ?? { cluster: row.campaign_key, exposedEvents: 0, exposed: 0, unexposedEvents: 0, unexposed: 0 };
    strata.set(stratumOf(row), own);
    const at = place.get(row.bin) ?? -1;
    if (heavy.places.includes(at)) {
      own.exposedEvents += row.responses;
      own.exposed += row.contacts;
    } else if (light.places.includes(at)) {
      own.unexposedEvents += row.responses;
      own.unexposed += row.contacts;
    }
  }
  return jackknifeRiskRatio([...strata.values()], level);
}

/** Standard deviation of a covariate over contacts. @param squares sum of its squares. */
function deviationOf(cells: readonly EffectCell[], squares: number): number {
  const n = sum(cells, (cell) => cell.n);
  const mean = sum(cells, (cell) => cell.sum) / n;
  return Math.sqrt(Math.max(0, squares / n - mean * mean));
}
