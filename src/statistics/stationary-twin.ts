/**
 * The “nobody changed” twin: what two periods look like when every customer buys at a constant rate of their own. Rates differ
 * between customers like a gamma distribution, so that purchases of a period follow the negative binomial distribution (Ehrenberg 1959).
 */
import { drawResampledMembers } from './bootstrap.js';
import { minimise } from './nelder-mead.js';
import type { Uniform } from './random.js';

/** Customers who bought `first` times in one period and `second` times in the next. */
export interface PairCell {
  readonly first: number;
  readonly second: number;
  readonly members: number;
}

/** Shape r and rate α of the gamma distribution of rates; the mean is r ÷ α purchases a period. */
export interface Nbd {
  readonly r: number;
  readonly alpha: number;
}

/** Beyond this shape customers differ by less than any list of customers can show. */
const largestShape = 1e4;
/** The chance that a table of purchases leaves out at its end. */
const tail = 1e-7;
/** Longest table, for the widest distribution that a scheme can have. */
const longest = 400;

/**
 * Fits the negative binomial by maximum likelihood; its mean is the observed mean.
 * @param counts members by number of purchases, `counts[x]`. @returns null when nobody bought.
 */
export function fitNbd(counts: readonly number[]): Nbd | null {
  const members = counts.reduce((sum, count) => sum + count, 0);
  const purchases = counts.reduce((sum, count, x) => sum + count * x, 0);
  if (!(purchases > 0)) return null;
  const mean = purchases / members;
  // ln Γ(r + x) − ln Γ(r) summed over members is Σ (members with more than i purchases) · ln(r + i).
  const exceeding = counts.map((_, i) => counts.reduce((sum, count, x) => sum + (x > i ? count : 0), 0));
  const cost = ([logShape = 0]: readonly number[]): number => {
    if (logShape > Math.log(largestShape) || logShape < -12) return Number.POSITIVE_INFINITY;
    const r = Math.exp(logShape);
    const rising = exceeding.reduce((sum, count, i) => sum + count * Math.log(r + i), 0);
    return -(rising + members * r * Math.log(r / (r + mean)) - purchases * Math.log(r + mean));
  };
  const variance = counts.reduce((sum, count, x) => sum + count * (x - mean) ** 2, 0) / members;
  const start = variance > mean ? mean ** 2 / (variance - mean) : 10;
  const r = Math.exp(minimise(cost, [Math.log(Math.min(start, largestShape / 2))], { tolerance: 1e-8, maxSteps: 200 }).at[0] ?? 0);
  return { r, alpha: r / mean };
}

/** P(0), P(1), …, up to where less than a ten-millionth is left. @param time length of the period that is asked for, in periods of the fit. */
export function nbdTable({ r, alpha }: Nbd, time = 1): number[] {
  const success = alpha / (alpha + time);
  const table = [success ** r];
  let total = table[0] ?? 0;
  for (let x = 1; x < longest && 1 - total > tail; x += 1) {
    const chance = ((table[x - 1] ?? 0) * (r + x - 1) * (1 - success)) / x;
    table.push(chance);
    total += chance;
  }
  return table;
}

/**
 * Chances of every pair of counts. Who bought x times in the first period has in the second a negative binomial with shape r + x
 * and rate α + 1, so that E[second given x] = (r + x) ÷ (α + 1). @param leaving share who stop between the periods, whatever they
 * bought. @returns cells whose `members` add up to (nearly) 1.
 */
export function twinPairs(model: Nbd, leaving = 0): PairCell[] {
  const stays = nbdTable(model).flatMap((chance, first) =>
    nbdTable({ r: model.r + first, alpha: model.alpha + 1 }).flatMap((next, second) =>
      chance * next > tail * 1e-3 ? [{ first, second, members: chance * next * (1 - leaving) }] : [],
    ),
  );
  return leaving === 0 ? stays : [...stays, ...nbdTable(model).map((chance, first) => ({ first, second: 0, members: chance * leaving }))];
}

/** No scheme loses more of its purchases than this in a period and goes on. */
const mostLeaving = 0.95;

/**
 * Share of purchases that members stop making from one period to the next, all of them together: in the twin everybody is as likely
 * as everybody else to stop. 0 where purchases grow.
 */
export function leavingShare(cells: readonly PairCell[]): number {
  const total = (of: (cell: PairCell) => number): number => cells.reduce((sum, cell) => sum + cell.members * of(cell), 0);
  const first = total((cell) => cell.first);
  return first > 0 ? Math.min(mostLeaving, Math.max(0, 1 - total((cell) => cell.second) / first)) : 0;
}

export interface Migration {
  /** Share of the members of a band (row) found in each band a period later; bands from the heaviest buyers down. */
  readonly matrix: readonly (readonly number[])[];
  /** Purchases of the second period against the first, less 1, of the members of each band of the first; null without purchases. */
  readonly volumeChange: readonly (number | null)[];
  /** Share of members whose band is another one a period later, and whose band is a lower one. */
  readonly moved: number;
  readonly fell: number;
}

/** For each count, the part of its members that belongs to each band: members of one count are alike, so a border cuts through all of them. */
function bandWeights(cells: readonly PairCell[], countOf: (cell: PairCell) => number, shares: readonly number[]): Map<number, number[]> {
  const byCount = new Map<number, number>();
  for (const cell of cells) byCount.set(countOf(cell), (byCount.get(countOf(cell)) ?? 0) + cell.members);
  const total = cells.reduce((sum, { members }) => sum + members, 0);
  const ends = shares.map((_, band) => shares.slice(0, band + 1).reduce((sum, share) => sum + share, 0) * total);
  ends[ends.length - 1] = Number.POSITIVE_INFINITY;
  const weights = new Map<number, number[]>();
  let from = 0;
  for (const [count, members] of [...byCount].sort(([a], [b]) => b - a)) {
    const to = from + members;
    weights.set(
      count,
      ends.map((end, band) => {
        const start = band === 0 ? 0 : (ends[band - 1] ?? 0);
        return members > 0 ? Math.max(0, Math.min(to, end) - Math.max(from, start)) / members : 0;
      }),
    );
    from = to;
  }
  return weights;
}

/**
 * Who moved between bands by rank of purchases. @param shares of members in each band, heaviest first, adding up to 1.
 * @param cells observed members, or chances of `twinPairs`.
 */
export function migrationOf(cells: readonly PairCell[], shares: readonly number[]): Migration {
  const [before, after] = [bandWeights(cells, ({ first }) => first, shares), bandWeights(cells, ({ second }) => second, shares)];
  const flows = shares.map(() => shares.map(() => 0));
  const volumes = shares.map(() => ({ first: 0, second: 0 }));
  for (const { first, second, members } of cells) {
    before.get(first)?.forEach((share, row) => {
      if (share === 0) return;
      const volume = volumes[row];
      const flow = flows[row];
      if (volume === undefined || flow === undefined) return;
      volume.first += share * members * first;
      volume.second += share * members * second;
      after.get(second)?.forEach((part, column) => {
        flow[column] = (flow[column] ?? 0) + share * part * members;
      });
    });
  }
  const total = cells.reduce((sum, { members }) => sum + members, 0);
  const sumWhere = (wanted: (row: number, column: number) => boolean): number =>
    flows.reduce((sum, row, index) => sum + row.reduce((part, flow, column) => part + (wanted(index, column) ? flow : 0), 0), 0) / total;
  return {
    matrix: flows.map((row) => {
      const members = row.reduce((sum, flow) => sum + flow, 0);
      return row.map((flow) => flow / members);
    }),
    volumeChange: volumes.map(({ first, second }) => (first > 0 ? second / first - 1 : null)),
    moved: sumWhere((row, column) => row !== column),
    fell: sumWhere((row, column) => column > row),
  };
}

/**
 * Parametric bootstrap of what a statistic of the observed table less that of its own twin would be if nobody changed; the model is
 * fitted again in every draw, and so is the share who leave where there is one. @param members in the observed table.
 * @returns one list of differences a draw.
 */
export function twinDifferences(
  model: Nbd,
  members: number,
  draws: number,
  uniform: Uniform,
  statistics: (cells: readonly PairCell[]) => readonly number[],
  leaving: number | null = null,
): number[][] {
  const pairs = twinPairs(model, leaving ?? 0);
  const results: number[][] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = pairs
      .map(({ first, second, members: chance }) => ({ first, second, members: drawResampledMembers(chance * members, uniform) }))
      .filter((cell) => cell.members > 0);
    const refitted = fitNbd(countsOf(drawn));
    if (refitted === null) continue;
    const expected = statistics(twinPairs(refitted, leaving === null ? 0 : leavingShare(drawn)));
    results.push(statistics(drawn).map((value, index) => value - (expected[index] ?? Number.NaN)));
  }
  return results;
}

/** Members by purchases of the first period. */
export function countsOf(cells: readonly PairCell[]): number[] {
  const counts: number[] = new Array(1 + Math.max(0, ...cells.map(({ first }) => first))).fill(0);
  for (const { first, members } of cells) counts[first] = (counts[first] ?? 0) + members;
  return counts;
}
