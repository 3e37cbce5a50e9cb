import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

export interface BrandRow {
  readonly campaign_id: string;
  readonly name: string | null;
  readonly brand_platform: string | null;
  readonly offer_type: string | null;
  /** 0.2 for 20 % off; as the list has it. */
  readonly discount_depth: number | null;
  /** Major units: the campaign's own cost, else what its messages in the window cost. */
  readonly cost: number | null;
  /** Marketing messages in the window, and those without a date. */
  readonly messages: number;
}

/** One row a campaign that ran in the window, or that has no date. */
export function brandRowsSql(dialect: Dialect, window: Window): Sql<BrandRow> {
  const contactDay = dialect.dayNumber(sql`contacted_at`);
  const isInside = sql`contacted_at IS NULL OR (${contactDay} >= ${literal(window.fromDay)} AND ${contactDay} < ${literal(window.toDay)})`;
  return sql<BrandRow>`
    WITH sent AS (
      -- why: the cost of single messages stands in where the campaign's own cost is missing; service messages are no campaign effort
      SELECT campaign_key, count(CASE WHEN ${isInside} THEN 1 END) AS messages, sum(CASE WHEN ${isInside} THEN cost END) AS message_cost,
        min(${contactDay}) AS first_day, max(${contactDay}) AS last_day
      FROM contacts
      WHERE NOT COALESCE(is_transactional, FALSE)
      GROUP BY campaign_key
    ), known AS (
      -- why: a code that is only mentioned in passing, without a description and without a message, is not a campaign of the scheme
      SELECT k.campaign_id, k.name, k.brand_platform, k.offer_type, k.discount_depth_share, COALESCE(k.cost, s.message_cost) AS cost,
        COALESCE(s.messages, 0) AS messages, COALESCE(${dialect.dayNumber(sql`k.starts_at`)}, s.first_day) AS start_day,
        COALESCE(${dialect.dayNumber(sql`k.ends_at`)}, s.last_day, ${dialect.dayNumber(sql`k.starts_at`)}) AS end_day
      FROM campaigns k
      LEFT JOIN sent s ON s.campaign_key = k.campaign_key
      WHERE k.is_listed OR s.campaign_key IS NOT NULL
    )
    SELECT campaign_id, name, brand_platform, offer_type, discount_depth_share AS discount_depth, cost, messages
    FROM known
    WHERE start_day IS NULL OR (start_day < ${literal(window.toDay)} AND end_day >= ${literal(window.fromDay)})
    ORDER BY campaign_id NULLS LAST`;
}
