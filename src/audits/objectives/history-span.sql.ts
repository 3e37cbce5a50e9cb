import { literal, type Sql, sql } from '../../engine/sql.js';

export interface SpanRow {
  readonly first_purchase_day: number | null;
  readonly buyers: number;
  readonly first_enrolled_day: number | null;
  readonly first_closed_day: number | null;
  readonly members: number;
  readonly closed: number;
}

/** From when purchases, joining and closing are on file. */
export function spanSql(purchaseDays: Sql, memberFacts: Sql, toDay: number): Sql<SpanRow> {
  return sql<SpanRow>`
    WITH bought AS (
      -- why: nothing can be said of the time before the first purchase on file
      SELECT min(day) AS first_purchase_day, count(CASE WHEN occasion = 1 THEN 1 END) AS buyers FROM ${purchaseDays}
    ), joined AS (
      -- why: who left before closings were written down is not on file
      SELECT min(enrolled_day) AS first_enrolled_day, min(CASE WHEN closed_day < ${literal(toDay)} THEN closed_day END) AS first_closed_day, count(*) AS members,
        count(CASE WHEN closed_day < ${literal(toDay)} THEN 1 END) AS closed
      FROM ${memberFacts}
    )
    SELECT first_purchase_day, buyers, first_enrolled_day, first_closed_day, members, closed
    FROM bought CROSS JOIN joined
    ORDER BY members`;
}
