import { type Sql, sql } from '../../engine/sql.js';

export interface OutsideRow {
  readonly campaign_key: number;
  /** Members with a marketing contact of the campaign who stand in none of its arms. */
  readonly outside: number;
}

/** Who got a tested campaign without a place in its test: a trace of members taken out after the draw. @param units the table of `experimentUnits`. */
export function outsideSql(units: Sql): Sql<OutsideRow> {
  return sql<OutsideRow>`
    WITH tested AS (
      SELECT DISTINCT campaign_key FROM ${units}
    ), reached AS (
      -- why: several messages are one member
      SELECT DISTINCT c.campaign_key, c.member_key
      FROM contacts c
      JOIN tested t ON t.campaign_key = c.campaign_key
      WHERE c.member_key IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE)
    )
    SELECT r.campaign_key, count(*) AS outside
    FROM reached r
    LEFT JOIN ${units} u ON u.campaign_key = r.campaign_key AND u.member_key = r.member_key
    WHERE u.member_key IS NULL
    GROUP BY r.campaign_key
    ORDER BY r.campaign_key`;
}
