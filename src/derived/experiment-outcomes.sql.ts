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

export interface TroublesRow {
  readonly what: 'complaints' | 'opt-outs';
  readonly n: number;
}

/** How many dated complaints and withdrawals the files have. */
export function recordedTroublesSql(): Sql<TroublesRow> {
  return sql<TroublesRow>`
    SELECT 'complaints' AS what, count(*) AS n FROM service_events WHERE occurred_at IS NOT NULL AND lower(trim(type)) = 'complaint'
    UNION ALL
    SELECT 'opt-outs', count(*) FROM opt_outs WHERE occurred_at IS NOT NULL
    ORDER BY what`;
}

export interface OutcomeOptions {
  readonly valueBasis: ValueBasis;
  /** First day after the analysis. */
  readonly toDay: number;
  /** Days over which purchases are followed, where the data reach as far. */
  readonly horizonDays: number;
  /** Fewest days that say anything; a campaign with less has no computed outcome. */
  readonly fewestDays: number;
  /** Whether the files have complaints, and withdrawals, with a day: without them nobody has any, which says nothing. */
  readonly hasComplaints: boolean;
  readonly hasOptOuts: boolean;
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
    ), followed AS (${followedSql(dialect, units, basis?.column ?? literal(0), options.fewestDays)}
    ), ${troubleCtes(dialect)}
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
    FROM followed f CROSS JOIN history y
    UNION ALL
    SELECT campaign_key, arm, is_holdout, member_key, 'lapsed', days, 0, CAST(1 - active AS DECIMAL(18, 4)), CAST(NULL AS DECIMAL(18, 4)), CAST(0 AS DECIMAL(18, 4))
    FROM followed f CROSS JOIN history y
    WHERE f.pre_active = 1 AND f.days >= ${literal(options.horizonDays)} AND y.first_day <= f.first_day - f.days
    UNION ALL
    SELECT f.campaign_key, f.arm, f.is_holdout, f.member_key, 'complained', f.days, 0, CASE WHEN c.member_key IS NULL THEN CAST(0 AS DECIMAL(18, 4)) ELSE CAST(1 AS DECIMAL(18, 4)) END,
      CAST(NULL AS DECIMAL(18, 4)), CAST(0 AS DECIMAL(18, 4))
    FROM followed f LEFT JOIN complained c ON c.campaign_key = f.campaign_key AND c.member_key = f.member_key
    WHERE ${literal(options.hasComplaints)}
    UNION ALL
    SELECT f.campaign_key, f.arm, f.is_holdout, f.member_key, 'opted out', f.days, 0, CASE WHEN w.member_key IS NULL THEN CAST(0 AS DECIMAL(18, 4)) ELSE CAST(1 AS DECIMAL(18, 4)) END,
      CAST(NULL AS DECIMAL(18, 4)), CAST(0 AS DECIMAL(18, 4))
    FROM followed f LEFT JOIN withdrawn w ON w.campaign_key = f.campaign_key AND w.member_key = f.member_key
    WHERE ${literal(options.hasOptOuts)}`;
}

/** Purchases of every member of a test after the assignment, and over as many days before it. @param value the column that is added up. */
function followedSql(dialect: Dialect, units: Sql, value: Sql, fewestDays: number): Sql {
  const day = dialect.dayNumber(sql`t.occurred_at`);
  return sql`
      -- why: everybody assigned counts, with nought where there was no purchase
      SELECT u.campaign_key, u.arm, u.is_holdout, u.member_key, u.assigned_day, h.days, h.first_day,
        sum(CASE WHEN ${day} >= u.assigned_day THEN ${value} END) AS value,
        sum(CASE WHEN ${day} < u.assigned_day THEN ${value} END) AS pre_value,
        sum(CASE WHEN ${day} >= u.assigned_day THEN t.discount_amount END) AS discount,
        max(CASE WHEN ${day} >= u.assigned_day AND NOT COALESCE(t.is_return, FALSE) THEN 1 ELSE 0 END) AS active,
        max(CASE WHEN ${day} < u.assigned_day AND NOT COALESCE(t.is_return, FALSE) THEN 1 ELSE 0 END) AS pre_active
      FROM ${units} u
      JOIN horizon h ON h.campaign_key = u.campaign_key AND h.days >= ${literal(fewestDays)}
      LEFT JOIN transactions t ON t.member_key = u.member_key AND ${day} >= u.assigned_day - h.days AND ${day} < u.assigned_day + h.days
      WHERE u.is_unambiguous = 1
      GROUP BY u.campaign_key, u.arm, u.is_holdout, u.member_key, u.assigned_day, h.days, h.first_day`;
}

/** Who complained, and who withdrew a permission, while followed. */
function troubleCtes(dialect: Dialect): Sql {
  const complaintDay = dialect.dayNumber(sql`e.occurred_at`);
  const optOutDay = dialect.dayNumber(sql`o.occurred_at`);
  return sql`complained AS (
      SELECT DISTINCT f.campaign_key, f.member_key
      FROM followed f
      JOIN service_events e ON e.member_key = f.member_key AND ${complaintDay} >= f.assigned_day AND ${complaintDay} < f.assigned_day + f.days
      WHERE lower(trim(e.type)) = 'complaint'
    ), withdrawn AS (
      SELECT DISTINCT f.campaign_key, f.member_key
      FROM followed f
      JOIN opt_outs o ON o.member_key = f.member_key AND ${optOutDay} >= f.assigned_day AND ${optOutDay} < f.assigned_day + f.days
    )`;
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

/** Above this quantile of both arms together a value is cut off (methodology §0.5). */
const largestKept = { of: 1000, at: 995 } as const;

/**
 * The same outcomes with the largest values cut off at one figure for all arms; yes-or-no outcomes are left out, they have none.
 * @param outcomes the table of `experimentOutcomes`.
 */
export function cappedOutcomesSql(outcomes: Sql): Sql {
  return sql`
    WITH counted AS (
      SELECT campaign_key, outcome, is_ready, value, count(*) AS n
      FROM ${outcomes}
      WHERE value IS NOT NULL
      GROUP BY campaign_key, outcome, is_ready, value
    ), placed AS (
      -- why: one limit for all arms, found without looking who was in which, leaves them comparable
      SELECT campaign_key, outcome, is_ready, value, sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready ORDER BY value) AS reached,
        sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready) AS members, count(*) OVER (PARTITION BY campaign_key, outcome, is_ready) AS different_values
      FROM counted
    ), limits AS (
      SELECT campaign_key, outcome, is_ready, min(value) AS most
      FROM placed
      WHERE different_values > 2 AND reached * ${literal(largestKept.of)} >= members * ${literal(largestKept.at)}
      GROUP BY campaign_key, outcome, is_ready
    )
    SELECT o.campaign_key, o.arm, o.is_holdout, o.member_key, o.outcome, o.days, o.is_ready, CASE WHEN o.value > l.most THEN l.most ELSE o.value END AS value,
      o.pre_value, o.discount
    FROM ${outcomes} o
    JOIN limits l ON l.campaign_key = o.campaign_key AND l.outcome = o.outcome AND l.is_ready = o.is_ready`;
}
