import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

export interface CampaignRow {
  readonly campaign_id: string;
  readonly name: string | null;
  readonly objective_text: string | null;
  readonly is_in_window: boolean;
  /** First day, as days since 1970-01-01; null when neither the campaign nor its contacts have a date. */
  readonly start_day: number | null;
  /** Major units; null when neither the campaign nor its contacts in the window have a cost. */
  readonly cost: number | null;
  /** Messages in the window, and those without a date. */
  readonly contacts: number;
  /** As above, over the whole campaign. */
  readonly whole_cost: number | null;
  readonly whole_contacts: number;
}

/** One row a campaign that had begun by the end of the window, with what it cost and how many messages it sent. */
export function campaignMixSql(dialect: Dialect, window: { readonly fromDay: number; readonly toDay: number }): Sql<CampaignRow> {
  const contactDay = dialect.dayNumber(sql`contacted_at`);
  const isInside = sql`contacted_at IS NULL OR (${contactDay} >= ${literal(window.fromDay)} AND ${contactDay} < ${literal(window.toDay)})`;
  return sql<CampaignRow>`
    WITH sent AS (
      -- why: service messages are no campaign effort; the cost of single messages stands in where the campaign's own cost is missing
      SELECT campaign_key, count(*) AS whole_contacts, sum(cost) AS whole_cost, count(CASE WHEN ${isInside} THEN 1 END) AS contacts,
        sum(CASE WHEN ${isInside} THEN cost END) AS message_cost, min(${contactDay}) AS first_day, max(${contactDay}) AS last_day
      FROM contacts
      WHERE NOT COALESCE(is_transactional, FALSE)
      GROUP BY campaign_key
    ), known AS (
      -- why: a code that is only mentioned in passing, without a description and without a message, is not a campaign of the scheme
      SELECT k.campaign_id, k.name, k.objective, COALESCE(k.cost, s.message_cost) AS cost, COALESCE(s.contacts, 0) AS contacts,
        COALESCE(k.cost, s.whole_cost) AS whole_cost, COALESCE(s.whole_contacts, 0) AS whole_contacts,
        COALESCE(${dialect.dayNumber(sql`k.starts_at`)}, s.first_day) AS start_day,
        COALESCE(${dialect.dayNumber(sql`k.ends_at`)}, s.last_day, ${dialect.dayNumber(sql`k.starts_at`)}) AS end_day
      FROM campaigns k
      LEFT JOIN sent s ON s.campaign_key = k.campaign_key
      WHERE k.is_listed OR s.campaign_key IS NOT NULL
    )
    SELECT campaign_id, name, objective AS objective_text, start_day, cost, contacts, whole_cost, whole_contacts,
      start_day IS NULL OR end_day >= ${literal(window.fromDay)} AS is_in_window
    FROM known
    WHERE start_day IS NULL OR start_day < ${literal(window.toDay)}
    ORDER BY campaign_id NULLS LAST`;
}
