/**
 * What the spread of contacts would be had every campaign kept its size and drawn its members at random from those who were
 * eligible on its day (the campaign-preserving null, methodology §1.2): exactly for large populations, and by simulation.
 */
import type { Uniform } from './random.js';

/** `size` different members selected on `day`; a wave without a day could have reached everybody. */
export interface Wave {
  readonly day: number | null;
  readonly size: number;
}

/** `members` people eligible for waves with fromDay <= day < toDay. */
export interface Cohort {
  readonly fromDay: number;
  readonly toDay: number;
  readonly members: number;
}

interface Step {
  /** null: the waves without a day. */
  readonly day: number | null;
  readonly eligible: number;
  readonly sizes: readonly number[];
}

const isEligible = (cohort: Cohort, day: number | null): boolean => day === null || (cohort.fromDay <= day && day < cohort.toDay);

/** Waves by day, those without a day first, with the number of members eligible on each. @throws RangeError for a wave larger than that. */
function stepsOf(cohorts: readonly Cohort[], waves: readonly Wave[]): Step[] {
  const sizes = new Map<number | null, number[]>();
  for (const { day, size } of waves) sizes.set(day, [...(sizes.get(day) ?? []), size]);
  return [...sizes]
    .sort(([a], [b]) => (a ?? Number.NEGATIVE_INFINITY) - (b ?? Number.NEGATIVE_INFINITY))
    .map(([day, daySizes]) => {
      const eligible = cohorts.reduce((sum, cohort) => sum + (isEligible(cohort, day) ? cohort.members : 0), 0);
      if (daySizes.some((size) => size > eligible)) throw new RangeError('A wave has more members than were eligible for it.');
      return { day, eligible, sizes: daySizes.toSorted((a, b) => a - b) };
    });
}

/** Adds one independent selection of probability `probability` to the distribution of a count; the far tail is dropped. */
function addSelection(distribution: readonly number[], probability: number): number[] {
  const next = new Array<number>(distribution.length + 1).fill(0);
  distribution.forEach((mass, count) => {
    next[count] = (next[count] ?? 0) + mass * (1 - probability);
    next[count + 1] = mass * probability;
  });
  while (next.length > 1 && (next.at(-1) ?? 0) < 1e-15) next.pop();
  return next;
}

/**
 * The exact distribution of a member's number of contacts in each cohort: Poisson-binomial, by convolution over the waves
 * (Hoeffding 1956, doi 10.1214/aoms/1177728178). Exact for one member; members are independent only in large populations.
 * @returns one array a cohort, in the order given: probability of 0, 1, 2, … contacts.
 * @throws RangeError for a wave larger than its eligible population.
 */
export function selectionDistributions(cohorts: readonly Cohort[], waves: readonly Wave[]): (readonly number[])[] {
  const steps = stepsOf(cohorts, waves);
  const dated = steps.filter((step) => step.day !== null);
  const add = (distribution: readonly number[], step: Step): readonly number[] =>
    step.sizes.reduce<readonly number[]>((sofar, size) => addSelection(sofar, size / step.eligible), distribution);
  const undated = steps.filter((step) => step.day === null).reduce<readonly number[]>(add, [1]);
  // Cohorts with the same first wave share the prefix of the convolution, so each start is walked once.
  const walks = new Map<number, (readonly number[])[]>();
  const after = (day: number): number => {
    const found = dated.findIndex((step) => (step.day ?? 0) >= day);
    return found < 0 ? dated.length : found;
  };
  return cohorts.map((cohort) => {
    const first = after(cohort.fromDay);
    const last = Math.max(first, after(cohort.toDay));
    const walk = walks.get(first) ?? [undated];
    walks.set(first, walk);
    while (walk.length <= last - first) {
      const step = dated[first + walk.length - 1];
      walk.push(step === undefined ? undated : add(walk.at(-1) ?? undated, step));
    }
    return walk[last - first] ?? undated;
  });
}

export interface SelectionPlan {
  /** The cohort (its index) of each simulated member. */
  readonly cohortOf: Int32Array;
  /** Simulated members ÷ members. */
  readonly scale: number;
  /** For each day: who is eligible, and how many members each wave takes (a fraction when the population is scaled down). */
  readonly steps: readonly { readonly eligible: Int32Array; readonly sizes: readonly number[] }[];
}

/**
 * Prepares a simulation of at most `maximumMembers` members and about `maximumContacts` contacts a draw: larger populations are
 * scaled down evenly over the cohorts, with every wave's chance of selection kept.
 */
export function planSelection(cohorts: readonly Cohort[], waves: readonly Wave[], maximumMembers: number, maximumContacts: number): SelectionPlan {
  const members = cohorts.reduce((sum, cohort) => sum + cohort.members, 0);
  const contacts = waves.reduce((sum, wave) => sum + wave.size, 0);
  const simulated = Math.max(1, Math.floor(members * Math.min(1, maximumMembers / members, maximumContacts / contacts)));
  const cohortOf = new Int32Array(simulated);
  let cohort = 0;
  let before = 0;
  for (let index = 0; index < simulated; index += 1) {
    const position = ((index + 0.5) * members) / simulated;
    while (before + (cohorts[cohort]?.members ?? Number.POSITIVE_INFINITY) < position) {
      before += cohorts[cohort]?.members ?? 0;
      cohort += 1;
    }
    cohortOf[index] = cohort;
  }
  const steps = stepsOf(cohorts, waves).map((step) => {
    const eligible = Int32Array.from(cohortOf.keys()).filter((index) => {
      const own = cohorts[cohortOf[index] ?? -1];
      return own !== undefined && isEligible(own, step.day);
    });
    return { eligible, sizes: step.sizes.map((size) => (size * eligible.length) / step.eligible) };
  });
  return { cohortOf, scale: simulated / members, steps };
}

/**
 * Repeats the random selection and summarises each draw. Members of a wave are drawn without replacement (the first steps of
 * Durstenfeld's shuffle, 1964, doi 10.1145/364520.364540); fractional sizes are rounded at random, right on average.
 * @param summarise statistics of one draw from the contacts of each simulated member. @returns one list a draw.
 */
export function simulateSelection(plan: SelectionPlan, draws: number, uniform: Uniform, summarise: (counts: Int32Array) => number[]): number[][] {
  const counts = new Int32Array(plan.cohortOf.length);
  const pools = plan.steps.map((step) => Int32Array.from(step.eligible));
  return Array.from({ length: draws }, () => {
    counts.fill(0);
    plan.steps.forEach((step, at) => {
      const pool = pools[at] ?? new Int32Array(0);
      for (const size of step.sizes) {
        const whole = Number.isInteger(size) ? size : Math.floor(size + uniform());
        for (let index = 0; index < whole; index += 1) {
          const other = index + Math.floor(uniform() * (pool.length - index));
          const chosen = pool[other] ?? 0;
          pool[other] = pool[index] ?? 0;
          pool[index] = chosen;
          counts[chosen] = (counts[chosen] ?? 0) + 1;
        }
      }
    });
    return summarise(counts);
  });
}
