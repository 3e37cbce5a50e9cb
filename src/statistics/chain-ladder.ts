/** What issue cohorts will come to in the end, from how older cohorts went on at the same age: the chain ladder. */

export interface LadderCohort {
  /** What was issued: the base that every cohort has at once. */
  readonly issued: number;
  /** Total used by the end of age 0, 1, …: as many entries as the cohort has been followed for. */
  readonly cumulative: readonly number[];
}

export interface ChainLadder {
  /** Factors from the base to age 0, from age 0 to 1, …; null where nothing at all had been used before the age. */
  readonly factors: readonly (number | null)[];
  /** Expected total of each cohort at the last age that any cohort reaches. */
  readonly ultimate: readonly number[];
}

/**
 * Volume-weighted chain ladder, without a tail beyond the oldest age. Source: Mack 1993, doi 10.2143/AST.23.2.2005092. Where nothing
 * had been used before an age there is no factor, and of a cohort of which nothing has been used yet there is nothing to multiply: these
 * gain the share of their issue that older cohorts gained (the additive method).
 * @param cohorts each with at least one age.
 */
export function chainLadder(cohorts: readonly LadderCohort[]): ChainLadder {
  const ages = Math.max(0, ...cohorts.map(({ cumulative }) => cumulative.length));
  const at = (cohort: LadderCohort, age: number): number => (age < 0 ? cohort.issued : (cohort.cumulative[age] ?? 0));
  const rungs = Array.from({ length: ages }, (_, age) => {
    const reaching = cohorts.filter(({ cumulative }) => cumulative.length > age);
    const sum = (amountOf: (cohort: LadderCohort) => number): number => reaching.reduce((total, cohort) => total + amountOf(cohort), 0);
    const [before, after, issued] = [sum((cohort) => at(cohort, age - 1)), sum((cohort) => at(cohort, age)), sum((cohort) => cohort.issued)];
    return { factor: before > 0 ? after / before : null, gain: issued > 0 ? (after - (age === 0 ? 0 : before)) / issued : 0 };
  });
  const ultimate = cohorts.map((cohort) => {
    const reached = cohort.cumulative.length;
    const used = at(cohort, reached - 1);
    return rungs.slice(reached).reduce((total, { factor, gain }) => (factor === null || used === 0 ? total + gain * cohort.issued : total * factor), used);
  });
  return { factors: rungs.map(({ factor }) => factor), ultimate };
}
