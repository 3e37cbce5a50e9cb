import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';
import type { ValueBasis } from './options.js';

export interface GapRow {
  readonly gap: number;
  readonly n: number;
}

/** Days between a member’s successive days of purchase, as a histogram. */
export function purchaseGapsSql(dialect: Dialect): Sql<GapRow> {
  return sql<GapRow>`
    WITH member_days AS (
      -- why: two baskets on one day are one occasion
      SELECT DISTINCT member_key, ${dialect.dayNumber(sql`occurred_at`)} AS day
      FROM transactions
      WHERE member_key IS NOT NULL AND NOT COALESCE(is_return, FALSE)
    ), gaps AS (
      -- why: the gap before a first purchase does not exist, and stays NULL
      SELECT day - lag(day) OVER (PARTITION BY member_key ORDER BY day) AS gap
      FROM member_days
    )
    SELECT gap, count(*) AS n FROM gaps WHERE gap IS NOT NULL GROUP BY gap ORDER BY gap`;
}

export interface OutcomeOptions {
  readonly valueBasis: ValueBasis;
  /** First day after the analysis. */
  readonly toDay: number;
  /** Days over which purchases are followed, where the data reach as far. */
  readonly horizonDays: number;
  /** Fewest days that say anything; a campaign with less has no computed outcome. */
  readonly fewestDays: number;
}

/** The column of the purchases that a basis adds up, and the name of the outcome. */
const valueColumns = {
  margin: { column: sql`margin_amount`, name: 'margin' },
  revenue: { column: sql`net_amount`, name: 'revenue' },
} as const;

/**
 * One row a member of a test and outcome; the columns are described at `Derived.experimentOutcomes`.
 * @param units the table of `experimentUnits`.
 */
export function experimentOutcomesSql(dialect: Dialect, units: Sql, options: OutcomeOptions): Sql {
  const basis = options.valueBasis === 'margin' || options.valueBasis === 'revenue' ? valueColumns[options.valueBasis] : null;
  const day = dialect.dayNumber(sql`t.occurred_at`);
  return sql`
    WITH ready AS (${readyOutcomesSql(units)}
    ), history AS (
      -- why: outside the days that the purchases reach over, no purchase is not known rather than nought
      SELECT min(${day}) AS first_day, CASE WHEN max(${day}) + 1 < ${literal(options.toDay)} THEN max(${day}) + 1 ELSE ${literal(options.toDay)} END AS end_day
      FROM transactions t
    ), horizon AS (
      -- why: both arms are followed for the same days, as many as the last one assigned could have had; a test older than the file is not followed
      SELECT u.campaign_key, min(u.assigned_day) AS first_day,
        CASE WHEN y.end_day - max(u.assigned_day) < ${literal(options.horizonDays)} THEN y.end_day - max(u.assigned_day) ELSE ${literal(options.horizonDays)} END AS days
      FROM ${units} u CROSS JOIN history y
      WHERE u.campaign_key NOT IN (SELECT campaign_key FROM outcomes WHERE campaign_key IS NOT NULL)
      GROUP BY u.campaign_key, y.first_day, y.end_day
      HAVING count(u.assigned_day) = count(*) AND min(u.assigned_day) >= y.first_day
    ), followed AS (
      -- why: everybody assigned counts, with nought where there was no purchase
      SELECT u.campaign_key, u.arm, u.is_holdout, u.member_key, h.days, h.first_day,
        sum(CASE WHEN ${day} >= u.assigned_day THEN ${basis?.column ?? literal(0)} END) AS value,
        sum(CASE WHEN ${day} < u.assigned_day THEN ${basis?.column ?? literal(0)} END) AS pre_value,
        sum(CASE WHEN ${day} >= u.assigned_day THEN t.discount_amount END) AS discount,
        max(CASE WHEN ${day} >= u.assigned_day AND NOT COALESCE(t.is_return, FALSE) THEN 1 ELSE 0 END) AS active,
        max(CASE WHEN ${day} < u.assigned_day AND NOT COALESCE(t.is_return, FALSE) THEN 1 ELSE 0 END) AS pre_active
      FROM ${units} u
      JOIN horizon h ON h.campaign_key = u.campaign_key AND h.days >= ${literal(options.fewestDays)}
      LEFT JOIN transactions t ON t.member_key = u.member_key AND ${day} >= u.assigned_day - h.days AND ${day} < u.assigned_day + h.days
      WHERE u.is_unambiguous = 1
      GROUP BY u.campaign_key, u.arm, u.is_holdout, u.member_key, h.days, h.first_day
    )
    SELECT campaign_key, arm, is_holdout, member_key, outcome, days, 1 AS is_ready, value, CAST(NULL AS DECIMAL(18, 4)) AS pre_value, CAST(NULL AS DECIMAL(18, 4)) AS discount
    FROM ready
    UNION ALL
    SELECT campaign_key, arm, is_holdout, member_key, ${literal(basis?.name ?? 'no value')}, days, 0, CAST(COALESCE(value, 0) AS DECIMAL(18, 4)),
      CASE WHEN y.first_day <= f.first_day - days THEN CAST(COALESCE(pre_value, 0) AS DECIMAL(18, 4)) END, CAST(COALESCE(discount, 0) AS DECIMAL(18, 4))
    FROM followed f CROSS JOIN history y
    WHERE ${literal(basis !== null)}
    UNION ALL
    SELECT campaign_key, arm, is_holdout, member_key, 'active', days, 0, CAST(active AS DECIMAL(18, 4)),
      CASE WHEN y.first_day <= f.first_day - days THEN CAST(pre_active AS DECIMAL(18, 4)) END, CAST(0 AS DECIMAL(18, 4))
    FROM followed f CROSS JOIN history y`;
}

/** Outcomes that the source gives ready, for every member of the test: NULL where a member’s is missing. */
function readyOutcomesSql(units: Sql): Sql {
  return sql`
      WITH longest AS (
        -- why: an outcome given for several windows is taken over the longest
        SELECT campaign_key, outcome, max(window_days) AS days
        FROM outcomes
        WHERE campaign_key IS NOT NULL
        GROUP BY campaign_key, outcome
      ), given AS (
        -- why: a row that is repeated is still one result
        SELECT o.campaign_key, o.member_key, o.outcome, l.days, max(o.value) AS value
        FROM outcomes o
        JOIN longest l ON l.campaign_key = o.campaign_key AND l.outcome = o.outcome AND COALESCE(l.days, -1) = COALESCE(o.window_days, -1)
        GROUP BY o.campaign_key, o.member_key, o.outcome, l.days
      ), arms AS (
        SELECT campaign_key, count(DISTINCT arm) AS arms
        FROM ${units}
        WHERE is_unambiguous = 1
        GROUP BY campaign_key
      ), named AS (
        -- why: an arm that the list never names may not have been followed at all
        SELECT g.campaign_key, g.outcome, count(DISTINCT u.arm) AS arms
        FROM given g
        JOIN ${units} u ON u.campaign_key = g.campaign_key AND u.member_key = g.member_key
        WHERE u.is_unambiguous = 1 AND g.value IS NOT NULL
        GROUP BY g.campaign_key, g.outcome
      ), listed AS (
        -- why: a list without a single nought names only those with a result, so who is absent has none
        SELECT g.campaign_key, g.outcome, CASE WHEN min(g.value) > 0 AND max(n.arms) = max(a.arms) THEN CAST(0 AS DECIMAL(18, 4)) END AS absent_value
        FROM given g
        LEFT JOIN arms a ON a.campaign_key = g.campaign_key
        LEFT JOIN named n ON n.campaign_key = g.campaign_key AND n.outcome = g.outcome
        GROUP BY g.campaign_key, g.outcome
      )
      SELECT u.campaign_key, u.arm, u.is_holdout, u.member_key, l.outcome, w.days, COALESCE(g.value, l.absent_value) AS value
      FROM ${units} u
      JOIN listed l ON l.campaign_key = u.campaign_key
      JOIN longest w ON w.campaign_key = l.campaign_key AND w.outcome = l.outcome
      LEFT JOIN given g ON g.campaign_key = u.campaign_key AND g.member_key = u.member_key AND g.outcome = l.outcome
      WHERE u.is_unambiguous = 1`;
}
