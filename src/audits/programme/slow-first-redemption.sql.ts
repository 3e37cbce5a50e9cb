import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import { type PointsSources, pointsLines } from './points-lines.sql.js';

export interface RedeemerRow {
  readonly has_redeemed: number;
  readonly is_closed: number;
  readonly members: number;
}

/** All members, by whether they have redeemed anything in the files and whether they have left. */
export function redeemersSql(dialect: Dialect, memberFacts: Sql, sources: PointsSources, toDay: number): Sql<RedeemerRow> {
  return sql<RedeemerRow>`
    WITH redeemers AS (
      SELECT DISTINCT l.member_key
      FROM (${pointsLines(dialect, sources, toDay)}
      ) AS l
      WHERE l.kind = 'redeem'
    ), placed AS (
      SELECT CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_redeemed, CASE WHEN m.closed_day < ${literal(toDay)} THEN 1 ELSE 0 END AS is_closed
      FROM ${memberFacts} m
      LEFT JOIN redeemers r ON r.member_key = m.member_key
    )
    SELECT has_redeemed, is_closed, count(*) AS members
    FROM placed
    GROUP BY has_redeemed, is_closed
    ORDER BY has_redeemed, is_closed`;
}
