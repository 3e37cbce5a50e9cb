/**
 * Time until an event while many are still waiting: Kaplan–Meier with its median and restricted mean, the log-rank test, and the
 * cumulative incidence beside a competing event. Input is a histogram over whole days, so that nothing grows with the members.
 */
import { type Interval, zOf } from './intervals.js';
import { chiSquareTail } from './sample-ratio.js';

/** What happened to those followed for exactly `time`: the event, another event that rules it out, or the end of observation. */
export interface TimeCell {
  readonly time: number;
  readonly events: number;
  readonly censored: number;
  /** Events that make the event impossible; a Kaplan–Meier curve counts them as censored. */
  readonly competing?: number;
}

export interface SurvivalStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  /** Share still without the event just after `time`. */
  readonly survival: number;
  /** Greenwood's standard error of `survival`. */
  readonly standardError: number;
}

/** Cells of one time added up, ascending, with the number still followed just before each. @throws RangeError for a negative time or count. */
function atRiskOf(cells: readonly TimeCell[]): (Required<TimeCell> & { atRisk: number })[] {
  const byTime = new Map<number, Required<TimeCell>>();
  for (const { time, events, censored, competing = 0 } of cells) {
    if (!(time >= 0) || events < 0 || censored < 0 || competing < 0) throw new RangeError('Survival needs times and counts that are not negative.');
    const seen = byTime.get(time) ?? { time, events: 0, censored: 0, competing: 0 };
    byTime.set(time, { time, events: seen.events + events, censored: seen.censored + censored, competing: seen.competing + competing });
  }
  const ordered = [...byTime.values()].sort((a, b) => a.time - b.time);
  let atRisk = ordered.reduce((sum, cell) => sum + cell.events + cell.censored + cell.competing, 0);
  return ordered.map((cell) => {
    const place = { ...cell, atRisk };
    atRisk -= cell.events + cell.censored + cell.competing;
    return place;
  });
}

/**
 * Kaplan–Meier curve, one step a time with an event; who is censored on a day of events still counts as at risk on it.
 * Source: Kaplan & Meier 1958, doi 10.1080/01621459.1958.10501452; Greenwood's variance.
 */
export function kaplanMeier(cells: readonly TimeCell[]): SurvivalStep[] {
  let survival = 1;
  let variance = 0;
  const steps: SurvivalStep[] = [];
  for (const { time, events, atRisk } of atRiskOf(cells)) {
    if (events === 0) continue;
    survival *= (atRisk - events) / atRisk;
    variance += atRisk === events ? 0 : events / (atRisk * (atRisk - events));
    steps.push({ time, atRisk, events, survival, standardError: survival * Math.sqrt(variance) });
  }
  return steps;
}

/** The last day that anybody was followed: beyond it the curve says nothing. */
export function lastTime(cells: readonly TimeCell[]): number {
  return cells.reduce((last, { time, events, censored, competing = 0 }) => (events + censored + competing > 0 ? Math.max(last, time) : last), 0);
}

/** Log-log interval, which stays within 0 and 1: Kalbfleisch & Prentice 2002, §1.4. */
function logLogInterval({ survival, standardError }: Pick<SurvivalStep, 'survival' | 'standardError'>, level: number): Interval {
  if (survival <= 0 || survival >= 1 || standardError === 0) return { low: survival, high: survival };
  const half = (zOf(level) * standardError) / (survival * Math.abs(Math.log(survival)));
  return { low: survival ** Math.exp(half), high: survival ** Math.exp(-half) };
}

/**
 * Share still without the event at `time`, with its log-log interval.
 * @param curve of `kaplanMeier`. @param time inside the follow-up: the curve is held flat beyond its last step.
 */
export function survivalAt(
  curve: readonly SurvivalStep[],
  time: number,
  level: number,
): Interval & { readonly survival: number; readonly standardError: number } {
  const step = curve.findLast((candidate) => candidate.time <= time) ?? { survival: 1, standardError: 0 };
  return { survival: step.survival, standardError: step.standardError, ...logLogInterval(step, level) };
}

/**
 * The time by which a share has had the event, e.g. 0.5 for the median; null where the curve does not get there.
 * The interval holds the times at which the interval of the curve contains that height (Brookmeyer & Crowley 1982,
 * doi 10.2307/2530286); its upper end is null when it is never left.
 */
export function quantileTime(
  curve: readonly SurvivalStep[],
  share: number,
  level: number,
): { readonly time: number | null; readonly low: number | null; readonly high: number | null } {
  const height = 1 - share;
  const reach = (of: (step: SurvivalStep) => number): number | null => curve.find((step) => of(step) <= height + 1e-12)?.time ?? null;
  return {
    time: reach(({ survival }) => survival),
    low: reach((step) => logLogInterval(step, level).low),
    high: reach((step) => logLogInterval(step, level).high),
  };
}

/**
 * Mean time without the event up to `horizon` (RMST), in the unit of time: the area under the curve.
 * Source: Royston & Parmar 2013, doi 10.1186/1471-2288-13-152. @throws RangeError when `horizon` is not positive.
 */
export function restrictedMean(curve: readonly SurvivalStep[], horizon: number): { readonly value: number; readonly standardError: number } {
  if (!(horizon > 0)) throw new RangeError('The horizon must be positive.');
  const steps = curve.filter(({ time }) => time < horizon);
  const ends = [...steps.slice(1).map(({ time }) => time), horizon];
  const areas = steps.map(({ time, survival }, index) => survival * ((ends[index] ?? horizon) - time));
  let beyond = 0;
  let variance = 0;
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const { atRisk, events } = steps[index] ?? { atRisk: 0, events: 0 };
    beyond += areas[index] ?? 0;
    if (atRisk > events) variance += (beyond * beyond * events) / (atRisk * (atRisk - events));
  }
  return { value: beyond + Math.min(horizon, steps[0]?.time ?? horizon), standardError: Math.sqrt(variance) };
}

export interface IncidenceStep {
  readonly time: number;
  readonly incidence: number;
  readonly competing: number;
}

/**
 * Share that has had the event by each time, when another event can rule it out: the Aalen–Johansen estimate
 * (Aalen & Johansen 1978; Putter, Fiocco & Geskus 2007, doi 10.1002/sim.2712). One minus Kaplan–Meier would overstate it.
 */
export function cumulativeIncidence(cells: readonly TimeCell[]): IncidenceStep[] {
  let free = 1;
  let incidence = 0;
  let competing = 0;
  const steps: IncidenceStep[] = [];
  for (const cell of atRiskOf(cells)) {
    if (cell.events + cell.competing === 0) continue;
    incidence += (free * cell.events) / cell.atRisk;
    competing += (free * cell.competing) / cell.atRisk;
    free *= 1 - (cell.events + cell.competing) / cell.atRisk;
    steps.push({ time: cell.time, incidence, competing });
  }
  return steps;
}

/**
 * Log-rank test that groups share one curve, added up over strata in which only like is compared with like.
 * Source: Mantel 1966; Peto & Peto 1972, doi 10.2307/2344317. Null when no stratum has an event with two groups at risk.
 * @param strata stratum → group → cells; every stratum names the groups in the same order.
 */
export function logRank(
  strata: readonly (readonly (readonly TimeCell[])[])[],
): { readonly chiSquare: number; readonly degrees: number; readonly p: number } | null {
  const groups = strata[0]?.length ?? 0;
  const excess = Array.from({ length: groups }, () => 0);
  const covariance = excess.map(() => excess.map(() => 0));
  for (const stratum of strata) addStratum(stratum, excess, covariance);
  const kept = excess.map((_, group) => group).filter((group) => (covariance[group]?.[group] ?? 0) > 0);
  if (kept.length < 2) return null;
  const free = kept.slice(0, -1);
  const matrix = free.map((row) => free.map((column) => covariance[row]?.[column] ?? 0));
  const solved = solve(
    matrix,
    free.map((group) => excess[group] ?? 0),
  );
  if (solved === null) return null;
  const chiSquare = free.reduce((sum, group, index) => sum + (excess[group] ?? 0) * (solved[index] ?? 0), 0);
  return { chiSquare, degrees: free.length, p: chiSquareTail(Math.max(0, chiSquare), free.length) };
}

/** Observed less expected events of each group, and their hypergeometric covariance, added to what other strata gave. */
function addStratum(stratum: readonly (readonly TimeCell[])[], excess: number[], covariance: number[][]): void {
  const left = stratum.map((cells) => cells.reduce((sum, cell) => sum + cell.events + cell.censored + (cell.competing ?? 0), 0));
  const byTime = new Map<number, { readonly events: number[]; readonly gone: number[] }>();
  stratum.forEach((cells, group) => {
    for (const cell of cells) {
      const at = byTime.get(cell.time) ?? { events: stratum.map(() => 0), gone: stratum.map(() => 0) };
      at.events[group] = (at.events[group] ?? 0) + cell.events;
      at.gone[group] = (at.gone[group] ?? 0) + cell.events + cell.censored + (cell.competing ?? 0);
      byTime.set(cell.time, at);
    }
  });
  for (const [, { events, gone }] of [...byTime].sort(([a], [b]) => a - b)) {
    const total = left.reduce((sum, count) => sum + count, 0);
    const happened = events.reduce((sum, count) => sum + count, 0);
    if (happened > 0 && total > 1) {
      const scale = (happened * (total - happened)) / (total - 1);
      left.forEach((own, group) => {
        excess[group] = (excess[group] ?? 0) + (events[group] ?? 0) - (happened * own) / total;
        const row = covariance[group] ?? [];
        left.forEach((other, column) => {
          row[column] = (row[column] ?? 0) + scale * (own / total) * ((group === column ? 1 : 0) - other / total);
        });
      });
    }
    gone.forEach((count, group) => {
      left[group] = (left[group] ?? 0) - count;
    });
  }
}

/** Gauss–Jordan with row exchange for a small matrix; null when it has no inverse. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (let pivot = 0; pivot < rows.length; pivot += 1) {
    const best = rows.reduce((top, row, index) => (index >= pivot && Math.abs(row[pivot] ?? 0) > Math.abs(rows[top]?.[pivot] ?? 0) ? index : top), pivot);
    const [chosen, displaced] = [rows[best] ?? [], rows[pivot] ?? []];
    if (Math.abs(chosen[pivot] ?? 0) < 1e-12) return null;
    rows[best] = displaced;
    rows[pivot] = chosen.map((value) => value / (chosen[pivot] ?? 1));
    rows.forEach((row, index) => {
      if (index !== pivot) rows[index] = row.map((value, column) => value - (row[pivot] ?? 0) * (rows[pivot]?.[column] ?? 0));
    });
  }
  return rows.map((row) => row.at(-1) ?? 0);
}
