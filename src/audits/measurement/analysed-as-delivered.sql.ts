import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

export interface ArmDeliveryRow {
  readonly campaign_key: number;
  readonly is_holdout: number;
  readonly members: number;
  /** Whom the list of members has. */
  readonly listed: number;
  /** With a purchase before the assignment: the customer number links to the tills. */
  readonly linked: number;
  /** With a line of results for this campaign. */
  readonly with_result: number;
  /** With a marketing message of the campaign; of these, with one that arrived as far as is known. */
  readonly contacted: number;
  readonly delivered: number;
  readonly delivered_with_result: number;
  /** Who opted out on the day of the assignment or in the four weeks after it. */
  readonly opted_out: number;
}

/** Days after the assignment in which an opt-out may have taken a member out of the send. */
const suppressionDays = 28;

/** Each arm of each test: how many of those assigned can be followed, got the message, and have a result. @param units the table of `experimentUnits`. */
export function armDeliverySql(dialect: Dialect, units: Sql): Sql<ArmDeliveryRow> {
  return sql<ArmDeliveryRow>`
    WITH messages AS (
      -- why: a message arrived unless the file says otherwise, and one that arrived is enough
      SELECT campaign_key, member_key, max(CASE WHEN COALESCE(bounced, FALSE) OR NOT COALESCE(delivered, TRUE) THEN 0 ELSE 1 END) AS has_arrived
      FROM contacts
      WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND NOT COALESCE(is_transactional, FALSE)
      GROUP BY campaign_key, member_key
    ), results AS (
      SELECT DISTINCT campaign_key, member_key
      FROM outcomes
      WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND value IS NOT NULL
    ), buyers AS (
      SELECT member_key, min(${dialect.dayNumber(sql`occurred_at`)}) AS first_day
      FROM transactions
      WHERE member_key IS NOT NULL
      GROUP BY member_key
    ), withdrawals AS (
      SELECT DISTINCT u.campaign_key, u.member_key
      FROM ${units} u
      JOIN opt_outs o ON o.member_key = u.member_key
      WHERE ${dialect.dayNumber(sql`o.occurred_at`)} >= u.assigned_day AND ${dialect.dayNumber(sql`o.occurred_at`)} < u.assigned_day + ${literal(suppressionDays)}
    )
    SELECT u.campaign_key, u.is_holdout, count(*) AS members, count(CASE WHEN m.is_listed THEN 1 END) AS listed,
      count(CASE WHEN b.first_day < u.assigned_day THEN 1 END) AS linked, count(r.member_key) AS with_result, count(s.member_key) AS contacted,
      count(CASE WHEN s.has_arrived = 1 THEN 1 END) AS delivered, count(CASE WHEN s.has_arrived = 1 THEN r.member_key END) AS delivered_with_result,
      count(w.member_key) AS opted_out
    FROM ${units} u
    JOIN members m ON m.member_key = u.member_key
    LEFT JOIN messages s ON s.campaign_key = u.campaign_key AND s.member_key = u.member_key
    LEFT JOIN results r ON r.campaign_key = u.campaign_key AND r.member_key = u.member_key
    LEFT JOIN buyers b ON b.member_key = u.member_key
    LEFT JOIN withdrawals w ON w.campaign_key = u.campaign_key AND w.member_key = u.member_key
    WHERE u.is_unambiguous = 1
    GROUP BY u.campaign_key, u.is_holdout
    ORDER BY u.campaign_key, u.is_holdout`;
}

export interface CampaignDeliveryRow {
  readonly campaign_key: number;
  readonly reported_recipients: number | null;
  /** Lines of results for the campaign that are nought: without one, the list names only those with a result. */
  readonly zero_results: number;
  /** Members with a message of the campaign that did not arrive, who stand in none of its arms. */
  readonly undelivered_outside: number;
  /** Members with any message of the campaign who stand in none of its arms. */
  readonly contacted_outside: number;
}

/** What the record of each tested campaign says of its analysis. @param units the table of `experimentUnits`. */
export function campaignDeliverySql(units: Sql): Sql<CampaignDeliveryRow> {
  return sql<CampaignDeliveryRow>`
    WITH tested AS (
      SELECT DISTINCT campaign_key FROM ${units}
    ), noughts AS (
      SELECT campaign_key, count(*) AS zero_results
      FROM outcomes
      WHERE campaign_key IS NOT NULL AND value = 0
      GROUP BY campaign_key
    ), messages AS (
      -- why: only who never got one of several messages was missed
      SELECT c.campaign_key, c.member_key, max(CASE WHEN COALESCE(c.bounced, FALSE) OR NOT COALESCE(c.delivered, TRUE) THEN 0 ELSE 1 END) AS has_arrived
      FROM contacts c
      JOIN tested t ON t.campaign_key = c.campaign_key
      WHERE c.member_key IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE)
      GROUP BY c.campaign_key, c.member_key
    ), outside AS (
      SELECT s.campaign_key, count(*) AS contacted, sum(1 - s.has_arrived) AS undelivered
      FROM messages s
      LEFT JOIN ${units} u ON u.campaign_key = s.campaign_key AND u.member_key = s.member_key
      WHERE u.member_key IS NULL
      GROUP BY s.campaign_key
    )
    SELECT t.campaign_key, k.reported_recipients, COALESCE(n.zero_results, 0) AS zero_results, COALESCE(o.undelivered, 0) AS undelivered_outside,
      COALESCE(o.contacted, 0) AS contacted_outside
    FROM tested t
    JOIN campaigns k ON k.campaign_key = t.campaign_key
    LEFT JOIN noughts n ON n.campaign_key = t.campaign_key
    LEFT JOIN outside o ON o.campaign_key = t.campaign_key
    ORDER BY t.campaign_key`;
}
