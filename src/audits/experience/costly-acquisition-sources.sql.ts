import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import { faultCtes } from './faults.sql.js';

export interface SourceTerms {
  /** End of the window, exclusive. */
  readonly toDay: number;
  /** Days of membership in which everybody's orders are looked at. */
  readonly followDays: number;
  /** Days more in which what went wrong with those orders can show. */
  readonly lagDays: number;
  readonly isMargin: boolean;
}

export interface SourceRow {
  /** null: one of the sources beyond the thirty largest. */
  readonly source: string | null;
  /** Joining month, counted in lengths of 30.4375 days. */
  readonly month: number;
  /** Category of the first order; null: not given, or beyond the twelve largest. */
  readonly category: string | null;
  readonly jackknife_group: number;
  readonly members: number;
  readonly orders: number;
  readonly returns: number;
  readonly complaints: number;
  readonly disputes: number;
  readonly contacts: number;
  readonly closed: number;
  /** Net sales or margin of those orders. */
  readonly value: number | null;
  /** What was given back of it in returns, and what service cost. */
  readonly waste: number | null;
}

/** Members who joined while the files were running and can be followed for the same time, with where they came from. */
function cohortCtes(dialect: Dialect, { toDay, followDays, lagDays }: SourceTerms): Sql {
  const enrolled = dialect.dayNumber(sql`m.enrolled_at`);
  const lastDay = literal(toDay - followDays - lagDays);
  return sql`
    reach AS (
      -- why: whoever joined before the first sale of the files has a beginning that nobody can see
      SELECT min(${dialect.dayNumber(sql`occurred_at`)}) AS first_day
      FROM transactions
    ), joined AS (
      SELECT m.member_key, m.jackknife_group, NULLIF(trim(m.acquisition_source), '') AS source, ${enrolled} AS enrolled_day, ${dialect.dayNumber(sql`m.closed_at`)} AS closed_day
      FROM members m
      CROSS JOIN reach r
      WHERE ${enrolled} >= r.first_day AND ${enrolled} <= ${lastDay}
    ), source_sizes AS (
      -- why: free text can hold a source a member; the largest are judged, the rest stay in the comparison
      SELECT source, row_number() OVER (ORDER BY count(*) DESC, source) AS place
      FROM joined
      WHERE source IS NOT NULL
      GROUP BY source
    ), cohort AS (
      SELECT j.member_key, j.jackknife_group, CASE WHEN s.place <= 30 THEN j.source END AS source, j.enrolled_day, j.closed_day
      FROM joined j
      JOIN source_sizes s ON s.source = j.source
    )`;
}

/** What the first orders of members came to, by source and by what makes sources unlike. */
export function acquisitionSourcesSql(dialect: Dialect, terms: SourceTerms): Sql<SourceRow> {
  const [follow, lag] = [literal(terms.followDays), literal(terms.lagDays)];
  const day = dialect.dayNumber(sql`t.occurred_at`);
  const [earned, given] = terms.isMargin ? [sql`COALESCE(t.margin_amount, 0)`, sql`f.returned_margin`] : [sql`t.net_amount`, sql`f.refund`];
  return sql<SourceRow>`
    WITH ${faultCtes(dialect)}, ${cohortCtes(dialect, terms)}, sales AS (
      -- why: the first order's category is settled before anything can go wrong with it
      SELECT c.member_key, ${earned} AS earned, NULLIF(trim(t.category), '') AS category,
        row_number() OVER (PARTITION BY c.member_key ORDER BY ${day}, t.category NULLS LAST, t.net_amount) AS place
      FROM cohort c
      JOIN transactions t ON t.member_key = c.member_key
      WHERE NOT COALESCE(t.is_return, FALSE) AND t.net_amount > 0 AND ${day} >= c.enrolled_day AND ${day} < c.enrolled_day + ${follow}
    ), bought AS (
      SELECT member_key, count(*) AS orders, sum(earned) AS value, max(CASE WHEN place = 1 THEN category END) AS category
      FROM sales
      GROUP BY member_key
    ), category_sizes AS (
      SELECT category, row_number() OVER (ORDER BY count(*) DESC, category) AS place
      FROM bought
      WHERE category IS NOT NULL
      GROUP BY category
    ), met AS (
      -- why: a fault of the last orders shows some time later
      SELECT c.member_key, sum(CASE WHEN f.kind = 'return' THEN 1 ELSE 0 END) AS returns, sum(CASE WHEN f.kind = 'complaint' THEN 1 ELSE 0 END) AS complaints,
        sum(CASE WHEN f.kind = 'dispute' THEN 1 ELSE 0 END) AS disputes, sum(CASE WHEN f.kind = 'contact' THEN 1 ELSE 0 END) AS contacts,
        sum(COALESCE(${given}, 0)) + sum(COALESCE(f.cost, 0)) AS waste
      FROM cohort c
      JOIN faults f ON f.member_key = c.member_key AND f.day >= c.enrolled_day AND f.day < c.enrolled_day + ${follow} + ${lag}
      GROUP BY c.member_key
    ), placed AS (
      SELECT c.source, CAST(floor(c.enrolled_day / 30.4375e0) AS BIGINT) AS month, CASE WHEN k.place <= 12 THEN b.category END AS category, c.jackknife_group,
        COALESCE(b.orders, 0) AS orders, b.value, COALESCE(m.returns, 0) AS returns, COALESCE(m.complaints, 0) AS complaints, COALESCE(m.disputes, 0) AS disputes,
        COALESCE(m.contacts, 0) AS contacts, m.waste, CASE WHEN c.closed_day < c.enrolled_day + ${follow} + ${lag} THEN 1 ELSE 0 END AS is_closed
      FROM cohort c
      LEFT JOIN bought b ON b.member_key = c.member_key
      LEFT JOIN category_sizes k ON k.category = b.category
      LEFT JOIN met m ON m.member_key = c.member_key
    )
    SELECT source, month, category, jackknife_group, count(*) AS members, sum(orders) AS orders, sum(returns) AS returns, sum(complaints) AS complaints,
      sum(disputes) AS disputes, sum(contacts) AS contacts, sum(is_closed) AS closed, sum(value) AS value, sum(waste) AS waste
    FROM placed
    GROUP BY source, month, category, jackknife_group
    ORDER BY source NULLS LAST, month, category NULLS LAST, jackknife_group`;
}
