import type { Dialect } from '../engine/dialect.js';
import { type Sql, sql } from '../engine/sql.js';

export interface SpanRow {
  readonly source: string;
  readonly first_day: number | null;
  readonly last_day: number | null;
}

/** First and last day of each kind of event. */
export function spansSql(dialect: Dialect): Sql<SpanRow> {
  const day = dialect.dayNumber;
  return sql<SpanRow>`
    SELECT 'transactions' AS source, min(${day(sql`occurred_at`)}) AS first_day, max(${day(sql`occurred_at`)}) AS last_day FROM transactions
    UNION ALL SELECT 'points', min(${day(sql`occurred_at`)}), max(${day(sql`occurred_at`)}) FROM points
    UNION ALL SELECT 'contacts', min(${day(sql`contacted_at`)}), max(${day(sql`contacted_at`)}) FROM contacts
    UNION ALL SELECT 'responses', min(${day(sql`responded_at`)}), max(${day(sql`responded_at`)}) FROM responses
    UNION ALL SELECT 'campaigns', min(${day(sql`starts_at`)}), max(${day(sql`COALESCE(ends_at, starts_at)`)}) FROM campaigns
    UNION ALL SELECT 'members', min(${day(sql`enrolled_at`)}), max(${day(sql`COALESCE(closed_at, enrolled_at)`)}) FROM members
    ORDER BY 1`;
}
