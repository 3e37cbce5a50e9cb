import { type Sql, sql } from '../engine/sql.js';

const lesser = (a: Sql, b: Sql): Sql => sql`least(${a}, ${b})`;
const greater = (a: Sql, b: Sql): Sql => sql`greatest(${a}, ${b})`;
const middleOfThree = (a: Sql, b: Sql, c: Sql): Sql => greater(lesser(a, b), lesser(greater(a, b), c));
/** The two outermost of four cannot be the middle of five. */
const middleOfFive = (a: Sql, b: Sql, c: Sql, d: Sql, e: Sql): Sql =>
  middleOfThree(e, greater(lesser(a, b), lesser(c, d)), lesser(greater(a, b), greater(c, d)));

/** Ten times the gap to expect, in days, from the gaps of a member with at least two; else NULL. */
export const ownRhythm = sql`
      CASE WHEN occasion > 5 THEN 10 * ${middleOfFive(sql`gap`, sql`gap_2`, sql`gap_3`, sql`gap_4`, sql`gap_5`)}
        WHEN occasion > 3 THEN 10 * ${middleOfThree(sql`gap`, sql`gap_2`, sql`gap_3`)}
        WHEN occasion = 3 THEN 5 * (gap + gap_2) END`;

/**
 * Each day of purchase with the member's rhythm as it was known then: member_key, jackknife_group, day, next_day, occasion,
 * year_occasions, net, rhythm_tenths (tenths of days from one purchase to the next: `own_rhythm`; with one gap or none it is drawn to
 * the median of all members' first gaps, which weighs as two gaps; NULL for these when nobody ever bought twice), own_gaps (0, 1, …).
 * @param purchaseDays the table of `Derived.purchaseDays`.
 */
export function purchaseRhythmSql(purchaseDays: Sql): Sql {
  return sql`
    WITH first_gaps AS (
      -- why: one gap a member, so that those who buy every week do not speak for all
      SELECT gap, sum(count(*)) OVER (ORDER BY gap) AS upto, sum(count(*)) OVER () AS members
      FROM ${purchaseDays}
      WHERE occasion = 2
      GROUP BY gap
    ), overall AS (
      SELECT min(gap) AS typical
      FROM first_gaps
      WHERE 2 * upto >= members
    )
    SELECT p.member_key, p.jackknife_group, p.day, p.next_day, p.occasion, p.year_occasions, p.net, p.occasion - 1 AS own_gaps,
      CASE WHEN p.occasion > 2 THEN p.own_rhythm WHEN p.occasion = 2 THEN CAST(floor((20 * o.typical + 10 * p.gap) / 3e0) AS BIGINT) ELSE 10 * o.typical END AS rhythm_tenths
    FROM ${purchaseDays} p
    CROSS JOIN overall o`;
}
