import type { Dialect } from '../engine/dialect.js';
import { type Sql, sql } from '../engine/sql.js';

export interface MonthSpan {
  readonly source: string;
  /** Year × 12 + month from 0. */
  readonly month: number;
  readonly row_count: number;
  readonly first_day: number;
  readonly last_day: number;
}

/** Rows, first and last day of each kind of event by month, in the order of kinds and months; rows without a date are not counted. */
export function monthSpansSql(dialect: Dialect): Sql<MonthSpan> {
  const day = dialect.dayNumber(sql`happened_at`);
  return sql<MonthSpan>`
    WITH dated AS (
      -- why: what has a beginning and an end counts with both
      SELECT 'transactions' AS source, CAST(occurred_at AS TIMESTAMP) AS happened_at FROM transactions
      UNION ALL SELECT 'points', CAST(occurred_at AS TIMESTAMP) FROM points
      UNION ALL SELECT 'contacts', CAST(contacted_at AS TIMESTAMP) FROM contacts
      UNION ALL SELECT 'responses', CAST(responded_at AS TIMESTAMP) FROM responses
      UNION ALL SELECT 'campaigns', CAST(starts_at AS TIMESTAMP) FROM campaigns
      UNION ALL SELECT 'campaigns', CAST(ends_at AS TIMESTAMP) FROM campaigns WHERE starts_at IS NOT NULL
      UNION ALL SELECT 'members', CAST(enrolled_at AS TIMESTAMP) FROM members
      UNION ALL SELECT 'members', CAST(closed_at AS TIMESTAMP) FROM members WHERE enrolled_at IS NOT NULL
    ), placed AS (
      -- why: a month is a number, so that engines cannot differ over the length of one
      SELECT source, CAST(EXTRACT(YEAR FROM happened_at) * 12 + EXTRACT(MONTH FROM happened_at) - 1 AS BIGINT) AS month, ${day} AS happened_day
      FROM dated
      WHERE happened_at IS NOT NULL
    )
    SELECT source, month, count(*) AS row_count, min(happened_day) AS first_day, max(happened_day) AS last_day
    FROM placed
    GROUP BY source, month
    ORDER BY source, month`;
}
