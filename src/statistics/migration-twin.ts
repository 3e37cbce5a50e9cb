/**
 * How far the heaviest buyers of one period fall in the next, beyond the twin in which nobody changes. To the negative binomial of
 * `stationary-twin.ts` it adds people who never buy, and people who stop, as many of the heavy as of all others.
 */
import { drawResampledMembers, percentileInterval } from './bootstrap.js';
import { drawNormal } from './draws.js';
import type { Interval } from './intervals.js';
import { minimise } from './nelder-mead.js';
import type { Uniform } from './random.js';
import { countsOf, fitNbd, type Migration, migrationOf, type Nbd, nbdTable, type PairCell, twinPairs } from './stationary-twin.js';

/** A negative binomial of which a part never buys at all. */
export interface MixedNbd extends Nbd {
  /** Share of members who never buy, 0..1. */
  readonly never: number;
}

/** Likelihood ratio beyond which never-buyers are taken to exist: 5 % where the share stands on its border, Self & Liang 1987. */
const borderRatio = 2.706;
/** With shares closer to 1 hardly anybody is left to tell a rate from. */
const mostNever = 0.98;

function logLikelihoodOf(counts: readonly number[], model: MixedNbd): number {
  const table = chancesOf(model, counts.length);
  return counts.reduce((sum, members, x) => sum + (members > 0 ? members * Math.log(table[x] ?? 0) : 0), 0);
}

/** P(0) … P(length − 1), without cutting the tail off. */
function chancesOf({ r, alpha, never }: MixedNbd, length: number): number[] {
  const success = alpha / (alpha + 1);
  const chances = [success ** r];
  for (let x = 1; x < length; x += 1) chances.push(((chances[x - 1] ?? 0) * (r + x - 1) * (1 - success)) / x);
  return chances.map((chance, x) => chance * (1 - never) + (x === 0 ? never : 0));
}

/**
 * Fits by maximum likelihood; never-buyers only where the counts ask for them.
 * @param counts members by number of purchases. @returns null when nobody bought.
 */
export function fitMixedNbd(counts: readonly number[]): MixedNbd | null {
  const plain = fitNbd(counts);
  if (plain === null) return null;
  const alone: MixedNbd = { ...plain, never: 0 };
  const zeros = counts[0] ?? 0;
  const members = counts.reduce((sum, count) => sum + count, 0);
  if (zeros === 0) return alone;
  const from = ([r = 0, alpha = 0, never = 0]: readonly number[]): MixedNbd => ({ r: Math.exp(r), alpha: Math.exp(alpha), never: 1 / (1 + Math.exp(-never)) });
  const cost = (at: readonly number[]): number => {
    const model = from(at);
    const isInside = model.never < mostNever && Math.abs(at[0] ?? 0) < 9 && Math.abs(at[1] ?? 0) < 12;
    const value = isInside ? -logLikelihoodOf(counts, model) : Number.POSITIVE_INFINITY;
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const share = Math.min(0.9, Math.max(0.01, zeros / members / 2));
  const start = [Math.log(plain.r * 1.5), Math.log(plain.alpha * 1.5), Math.log(share / (1 - share))];
  const best = minimise(cost, start, { tolerance: 1e-7, maxSteps: 300 });
  return 2 * (-best.value - logLikelihoodOf(counts, alone)) > borderRatio ? from(best.at) : alone;
}

/** Pairs of two periods of equal length in which nobody changes but for those who stop. */
export function mixedPairs(model: MixedNbd, leaving: number): PairCell[] {
  const buyers = twinPairs(model, leaving).map((cell) => ({ ...cell, members: cell.members * (1 - model.never) }));
  return model.never > 0 ? [...buyers, { first: 0, second: 0, members: model.never }] : buyers;
}

/** Half the sum of differences between shares of members by count and the model: the share it would have to move to be right. */
export function dissimilarity(counts: readonly number[], model: MixedNbd): number {
  const members = counts.reduce((sum, count) => sum + count, 0);
  const chances = chancesOf(model, counts.length);
  const beyond = Math.max(0, 1 - chances.reduce((sum, chance) => sum + chance, 0));
  return (counts.reduce((sum, count, x) => sum + Math.abs(count / members - (chances[x] ?? 0)), 0) + beyond) / 2;
}

/** The heaviest fifth and all others, which is how the loss is reckoned. */
const topPart = 0.2;
const topAndRest = [topPart, 1 - topPart];

export interface TopAndRest {
  /** Purchases of the second period against the first, less 1. */
  readonly top: number;
  readonly rest: number;
}

/** @returns null when one of the two bought nothing in the first period. */
export function topAndRestOf(cells: readonly PairCell[]): TopAndRest | null {
  const [top = null, rest = null] = migrationOf(cells, topAndRest).volumeChange;
  return top === null || rest === null ? null : { top, rest };
}

/** The part of purchases that members stop making from one period to the next, all of them alike, and its standard error. */
export interface Leaving {
  readonly share: number;
  readonly error: number;
}

interface Excess {
  readonly model: MixedNbd;
  readonly observed: TopAndRest;
  /** What the twin expects, those who stop included. */
  readonly expectedTop: number;
  readonly expectedRest: number;
  readonly leaving: number;
  readonly misfit: number;
}

function excessOf(cells: readonly PairCell[], leaving: number): Excess | null {
  const counts = countsOf(cells);
  const model = fitMixedNbd(counts);
  const observed = topAndRestOf(cells);
  if (model === null || observed === null) return null;
  const twin = expectedChanges(model);
  return {
    model,
    observed,
    leaving,
    expectedTop: (1 + twin.top) * (1 - leaving) - 1,
    expectedRest: (1 + twin.rest) * (1 - leaving) - 1,
    misfit: dissimilarity(counts, model),
  };
}

/** Changes in the twin when nobody stops, from conditional means alone: E[second | first = x] = (r + x) ÷ (α + 1). */
function expectedChanges(model: MixedNbd): TopAndRest {
  const { r, alpha, never } = model;
  const chances = nbdTable(model);
  const share = chances.map((chance, x) => chance * (1 - never) + (x === 0 ? never : 0));
  const total = share.reduce((sum, chance) => sum + chance, 0);
  const volumes = { top: { first: 0, second: 0 }, rest: { first: 0, second: 0 } };
  let above = 0;
  for (let x = chances.length - 1; x >= 0; x -= 1) {
    const own = share[x] ?? 0;
    const inTop = Math.min(own, Math.max(0, topPart * total - above));
    above += own;
    // Of those who bought nothing some never do, and nothing is expected of them.
    const next = ((r + x) / (alpha + 1)) * (own > 0 ? ((chances[x] ?? 0) * (1 - never)) / own : 0);
    volumes.top.first += inTop * x;
    volumes.top.second += inTop * next;
    volumes.rest.first += (own - inTop) * x;
    volumes.rest.second += (own - inTop) * next;
  }
  const change = ({ first, second }: { first: number; second: number }): number => (first > 0 ? second / first - 1 : 0);
  return { top: change(volumes.top), rest: change(volumes.rest) };
}

/** Tables of pairs as that many members of the twin would show them. */
function pairDrawer(twin: readonly PairCell[], members: number, uniform: Uniform): () => PairCell[] {
  const resampled = (): PairCell[] =>
    twin
      .map(({ first, second, members: chance }) => ({ first, second, members: drawResampledMembers(chance * members, uniform) }))
      .filter((cell) => cell.members > 0);
  if (members > twin.length) return resampled;
  // With fewer members than cells it is quicker to draw members than to ask every cell.
  const ends = new Float64Array(twin.length);
  let total = 0;
  twin.forEach(({ members: chance }, index) => {
    total += chance;
    ends[index] = total;
  });
  return () => {
    const counts = new Map<number, number>();
    for (let member = 0; member < members; member += 1) {
      const index = placeOf(ends, uniform() * total);
      counts.set(index, (counts.get(index) ?? 0) + 1);
    }
    return twin.flatMap(({ first, second }, index) => {
      const own = counts.get(index);
      return own === undefined ? [] : [{ first, second, members: own }];
    });
  };
}

/** The first of ascending ends that lies above a value. */
function placeOf(ends: Float64Array, value: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

export interface MigrationAgainstTwin extends Excess {
  readonly members: number;
  readonly matrix: Migration;
  readonly expectedMatrix: Migration;
  /** By cell, row after row: where observed less expected would lie if nobody changed. */
  readonly bands: readonly Interval[];
  /** Loss of the heaviest fifth beyond the twin, as a share of its purchases in the first period; the interval around it. */
  readonly excessLoss: number;
  readonly excessInterval: Interval;
  /** The part of the misfit that chance does not explain, with its interval. */
  readonly unexplainedMisfit: number;
  readonly misfitInterval: Interval;
}

/**
 * @param cells members by purchases in two periods of equal length. @param shares of members in the bands of the matrix.
 * @param options `draws` of the parametric bootstrap: pairs are drawn from the twin, model and never-buyers fitted again, and the share who
 * stop drawn from its error.
 * @returns null when nobody bought, or the fifth or the others bought nothing in the first period.
 */
export function migrationAgainstTwin(
  cells: readonly PairCell[],
  shares: readonly number[],
  options: { readonly draws: number; readonly level: number; readonly uniform: Uniform; readonly leaving: Leaving },
): MigrationAgainstTwin | null {
  const { leaving, uniform } = options;
  const found = excessOf(cells, leaving.share);
  if (found === null) return null;
  const members = cells.reduce((sum, cell) => sum + cell.members, 0);
  const twin = mixedPairs(found.model, found.leaving);
  const expectedMatrix = migrationOf(twin, shares);
  const expected = expectedMatrix.matrix.flat();
  const drawn: { excess: number; misfit: number; cells: number[] }[] = [];
  const drawPairs = pairDrawer(twin, members, uniform);
  for (let draw = 0; draw < options.draws; draw += 1) {
    const own = drawPairs();
    const again = excessOf(own, Math.min(0.95, Math.max(0, leaving.share + leaving.error * drawNormal(uniform))));
    if (again === null) continue;
    // The matrix is held against the one twin: fitting it again would make the bands a little narrower and cost most of the time.
    const differences = migrationOf(own, shares)
      .matrix.flat()
      .map((value, index) => value - (expected[index] ?? Number.NaN));
    drawn.push({ excess: again.expectedTop - again.observed.top, misfit: again.misfit, cells: differences });
  }
  if (drawn.length === 0) return null;
  const around = (estimate: number, values: readonly number[]): Interval => {
    const { low, high } = percentileInterval(values, options.level);
    return { low: estimate - high, high: estimate - low };
  };
  const excessLoss = found.expectedTop - found.observed.top;
  const misfits = drawn.map(({ misfit }) => misfit);
  const usual = percentileInterval(misfits, 0).low;
  return {
    ...found,
    members,
    matrix: migrationOf(cells, shares),
    expectedMatrix,
    bands: expected.map((_, cell) =>
      percentileInterval(
        drawn.map((each) => each.cells[cell] ?? Number.NaN),
        options.level,
      ),
    ),
    excessLoss,
    excessInterval: around(
      excessLoss,
      drawn.map(({ excess }) => excess),
    ),
    unexplainedMisfit: Math.max(0, found.misfit - usual),
    misfitInterval: around(found.misfit, misfits),
  };
}
