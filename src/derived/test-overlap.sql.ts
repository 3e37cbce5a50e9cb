import { literal, type Sql, sql } from '../engine/sql.js';

export interface TestOverlapRow {
  readonly campaign_key: number;
  readonly arm: string;
  readonly is_holdout: number;
  readonly members: number;
  /** Of these, who was to get another tested campaign less than `days` before or after. */
  readonly overlapping: number;
}

/**
 * How many members of each arm were to get another tested campaign within the time over which value is followed; arms without dates
 * are left out. @param units the table of `experimentUnits`. @param days of follow-up.
 */
export function testOverlapSql(units: Sql, days: number): Sql<TestOverlapRow> {
  const reach = literal(days - 1);
  return sql<TestOverlapRow>`
    WITH placed AS (
      -- why: a member stands once in each campaign, so what is left after its own place is that of other campaigns
      SELECT campaign_key, arm, is_holdout, sum(1 - is_holdout) OVER (PARTITION BY member_key ORDER BY assigned_day RANGE BETWEEN ${reach} PRECEDING AND ${reach} FOLLOWING) - (1 - is_holdout) AS others
      FROM ${units}
      WHERE is_unambiguous = 1 AND assigned_day IS NOT NULL
    )
    SELECT campaign_key, arm, is_holdout, count(*) AS members, count(CASE WHEN others > 0 THEN 1 END) AS overlapping
    FROM placed
    GROUP BY campaign_key, arm, is_holdout
    ORDER BY campaign_key, arm, is_holdout`;
}
