import type { Dialect } from '../engine/dialect.js';
import { type Sql, sql } from '../engine/sql.js';
import { productOf } from './product.sql.js';

export interface ArmRow {
  readonly campaign_key: number;
  readonly campaign_id: string;
  readonly name: string;
  readonly objective: string | null;
  readonly planned_holdout_share: number | null;
  readonly arm: string;
  readonly is_holdout: number;
  readonly members: number;
  readonly ambiguous: number;
  /** Members, none in two arms, with a marketing contact of the campaign since they were assigned. */
  readonly contacted: number;
  /** Members, none in two arms, whose day of assignment is known; those days added up, and their squares, counted from the first day of the campaign’s test. */
  readonly dated: number;
  readonly days: number | null;
  readonly day_squares: number | null;
}

/** Size of each arm of each test, and how many in it got the campaign. @param units the table of `experimentUnits`. */
export function armsSql(dialect: Dialect, units: Sql): Sql<ArmRow> {
  return sql<ArmRow>`
    WITH reached AS (
      -- why: a message before the assignment does not undo it, one without a day counts
      SELECT DISTINCT u.campaign_key, u.member_key
      FROM ${units} u
      JOIN contacts c ON c.campaign_key = u.campaign_key AND c.member_key = u.member_key
      WHERE NOT COALESCE(c.is_transactional, FALSE) AND (c.contacted_at IS NULL OR u.assigned_day IS NULL OR ${dialect.dayNumber(sql`c.contacted_at`)} >= u.assigned_day)
    ), starts AS (
      -- why: squares of days since 1970 would lose the digits in which the arms differ
      SELECT campaign_key, min(assigned_day) AS first_day FROM ${units} GROUP BY campaign_key
    )
    SELECT u.campaign_key, k.campaign_id, COALESCE(k.name, k.campaign_id) AS name, k.objective, k.planned_holdout_share, u.arm, u.is_holdout,
      sum(u.is_unambiguous) AS members, sum(1 - u.is_unambiguous) AS ambiguous,
      count(CASE WHEN u.is_unambiguous = 1 THEN r.member_key END) AS contacted, count(CASE WHEN u.is_unambiguous = 1 THEN u.assigned_day END) AS dated,
      sum(CASE WHEN u.is_unambiguous = 1 THEN u.assigned_day - s.first_day END) AS days,
      sum(CASE WHEN u.is_unambiguous = 1 THEN (u.assigned_day - s.first_day) * (u.assigned_day - s.first_day) END) AS day_squares
    FROM ${units} u
    JOIN starts s ON s.campaign_key = u.campaign_key
    JOIN campaigns k ON k.campaign_key = u.campaign_key
    LEFT JOIN reached r ON r.campaign_key = u.campaign_key AND r.member_key = u.member_key
    GROUP BY u.campaign_key, k.campaign_id, k.name, k.objective, k.planned_holdout_share, u.arm, u.is_holdout
    ORDER BY u.campaign_key, u.is_holdout, u.arm`;
}

export interface OutcomeSumsRow {
  readonly campaign_key: number;
  readonly arm: string;
  readonly is_holdout: number;
  readonly outcome: string;
  readonly days: number | null;
  readonly is_ready: number;
  readonly members: number;
  readonly n: number;
  readonly total: number | null;
  readonly squares: number | null;
  readonly nonzero: number;
  readonly ones: number;
  readonly pre_n: number;
  readonly pre_total: number | null;
  readonly pre_squares: number | null;
  readonly products: number | null;
}

/** Sums of each outcome by arm: all that means, variances and the adjustment by the pre-period need. */
export function outcomeSumsSql(outcomes: Sql): Sql<OutcomeSumsRow> {
  return sql<OutcomeSumsRow>`
    SELECT campaign_key, arm, is_holdout, outcome, days, is_ready, count(*) AS members, count(value) AS n, sum(value) AS total,
      sum(${productOf(sql`value`, sql`value`)}) AS squares, count(CASE WHEN value <> 0 THEN 1 END) AS nonzero, count(CASE WHEN value = 1 THEN 1 END) AS ones,
      count(pre_value) AS pre_n, sum(pre_value) AS pre_total, sum(${productOf(sql`pre_value`, sql`pre_value`)}) AS pre_squares, sum(${productOf(sql`value`, sql`pre_value`)}) AS products
    FROM ${outcomes}
    GROUP BY campaign_key, arm, is_holdout, outcome, days, is_ready
    ORDER BY campaign_key, arm, is_holdout, outcome, days NULLS LAST, is_ready`;
}
