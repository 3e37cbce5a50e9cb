import type { ValueBasis } from '../../derived/options.js';
import { countsAsResponse } from '../../derived/response-kinds.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

/** Quarters of thirteen weeks, counted from the first; four of them are a year of whole weeks. */
export const quarterDays = 91;

export interface Quarters {
  /** First day of the first whole quarter, and the day after the last one. */
  readonly fromDay: number;
  readonly toDay: number;
}

/** Number of the quarter, from 0. */
function quarterOf(day: Sql, fromDay: number): Sql {
  return sql`CAST(floor((${day} - ${literal(fromDay)}) / 91e0) AS BIGINT)`;
}

export interface SalesSpanRow {
  readonly first_day: number | null;
  readonly last_day: number | null;
}

/** Between which days purchases of members are on file. */
export function salesSpanSql(dialect: Dialect, toDay: number): Sql<SalesSpanRow> {
  const day = dialect.dayNumber(sql`occurred_at`);
  return sql<SalesSpanRow>`
    SELECT min(${day}) AS first_day, max(${day}) AS last_day
    FROM transactions
    WHERE member_key IS NOT NULL AND ${day} < ${literal(toDay)}
    ORDER BY first_day NULLS LAST`;
}

export interface SuccessQuarterRow {
  readonly jackknife_group: number;
  readonly quarter: number;
  readonly objective: string | null;
  /** Members reached by a campaign, added up over the campaigns of the quarter, and those of them who responded to it in time. */
  readonly reached: number;
  readonly responded: number;
}

/**
 * Response by quarter of the first contact. A response counts when it came before its quarter was over, so that the latest quarter is
 * followed for as long as those before it; without a date it counts.
 * @param objectives the table of `campaignObjectives`.
 */
export function successQuartersSql(dialect: Dialect, objectives: Sql, { fromDay, toDay }: Quarters): Sql<SuccessQuarterRow> {
  const contactDay = dialect.dayNumber(sql`COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))`);
  const responseDay = dialect.dayNumber(sql`responded_at`);
  return sql<SuccessQuarterRow>`
    WITH reached AS (
      -- why: several messages of one campaign are one attempt
      SELECT c.member_key, c.campaign_key, min(${contactDay}) AS day
      FROM contacts c
      JOIN campaigns k ON k.campaign_key = c.campaign_key
      WHERE NOT COALESCE(c.is_transactional, FALSE) AND c.member_key IS NOT NULL
      GROUP BY c.member_key, c.campaign_key
    ), answered AS (
      -- why: several reactions are one response, and the first one decides whether it came in time
      SELECT member_key, campaign_key, min(CASE WHEN responded_at IS NULL THEN ${literal(fromDay)} ELSE ${responseDay} END) AS day
      FROM responses
      WHERE member_key IS NOT NULL AND campaign_key IS NOT NULL AND ${countsAsResponse(sql`type`)}
      GROUP BY member_key, campaign_key
    ), tracked AS (
      -- why: a campaign that the responses never name was not followed, which is not the same as no response
      SELECT DISTINCT campaign_key FROM responses WHERE campaign_key IS NOT NULL
    )
    SELECT m.jackknife_group, ${quarterOf(sql`r.day`, fromDay)} AS quarter, o.objective, count(*) AS reached,
      count(CASE WHEN ${quarterOf(sql`a.day`, fromDay)} <= ${quarterOf(sql`r.day`, fromDay)} THEN 1 END) AS responded
    FROM reached r
    JOIN tracked t ON t.campaign_key = r.campaign_key
    JOIN members m ON m.member_key = r.member_key
    LEFT JOIN ${objectives} o ON o.campaign_key = r.campaign_key
    LEFT JOIN answered a ON a.member_key = r.member_key AND a.campaign_key = r.campaign_key
    WHERE r.day >= ${literal(fromDay)} AND r.day < ${literal(toDay)}
    GROUP BY m.jackknife_group, ${quarterOf(sql`r.day`, fromDay)}, o.objective
    ORDER BY m.jackknife_group, quarter, o.objective NULLS LAST`;
}

const valueColumns = { margin: sql`margin_amount`, revenue: sql`net_amount` } as const;

export interface CustomerQuarterRow {
  readonly jackknife_group: number;
  readonly quarter: number;
  /** Existing customers: who bought in the quarters just before, and what they brought in this one. */
  readonly customers: number;
  readonly value: number;
  /** Of these, who were existing customers a year before as well, with their value now and then. */
  readonly same_customers: number;
  readonly same_value: number;
  readonly same_value_before: number;
}

/** What existing customers bring by quarter, and the same people a year before. @param reach quarters before in which an existing customer bought. */
export function customerQuartersSql(
  dialect: Dialect,
  basis: Exclude<ValueBasis, null | 'reported-total'>,
  { fromDay, toDay }: Quarters,
  reach: number,
): Sql<CustomerQuarterRow> {
  const day = dialect.dayNumber(sql`occurred_at`);
  const last = literal(Math.floor((toDay - fromDay) / quarterDays) - 1);
  return sql<CustomerQuarterRow>`
    WITH spent AS (
      -- why: what a member returned is taken off what the member bought
      SELECT member_key, ${quarterOf(day, fromDay)} AS quarter, sum(COALESCE(${valueColumns[basis]}, 0)) AS value
      FROM transactions
      WHERE member_key IS NOT NULL AND ${day} >= ${literal(fromDay)} AND ${day} < ${literal(toDay)}
      GROUP BY member_key, ${quarterOf(day, fromDay)}
    ), followed AS (
      -- why: only the quarters with a purchase are kept, so each has to know the next one
      SELECT member_key, quarter, lead(quarter) OVER w AS next_quarter, lead(value) OVER w AS next_value
      FROM spent
      WINDOW w AS (PARTITION BY member_key ORDER BY quarter)
    ), existing AS (
      -- why: who bought is an existing customer in the quarters that follow, with nought where nothing was bought; the next purchase begins anew
      SELECT f.member_key, f.quarter + s.n AS quarter, CASE WHEN f.quarter + s.n = f.next_quarter THEN f.next_value ELSE 0 END AS value
      FROM followed f
      CROSS JOIN ${dialect.countingTable(reach)} s
      WHERE f.quarter + s.n <= COALESCE(f.next_quarter, ${last}) AND f.quarter + s.n <= ${last}
    )
    SELECT m.jackknife_group, e.quarter, count(*) AS customers, sum(e.value) AS value, count(b.member_key) AS same_customers,
      COALESCE(sum(CASE WHEN b.member_key IS NOT NULL THEN e.value END), 0) AS same_value, COALESCE(sum(b.value), 0) AS same_value_before
    FROM existing e
    JOIN members m ON m.member_key = e.member_key
    LEFT JOIN existing b ON b.member_key = e.member_key AND b.quarter = e.quarter - 4
    GROUP BY m.jackknife_group, e.quarter
    ORDER BY m.jackknife_group, e.quarter`;
}
