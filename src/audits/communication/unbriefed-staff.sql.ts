import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

export interface LaunchRow {
  readonly campaign_id: string;
  readonly name: string | null;
  readonly objective: string | null;
  /** Days since 1970-01-01: the campaign's first day, else its first dated message. */
  readonly launch_day: number;
  readonly briefed_day: number | null;
  readonly mentions_programme: boolean | null;
  /** Major units. */
  readonly cost: number | null;
  /** Marketing messages in the window. */
  readonly messages: number;
}

/** Common table expressions up to `launched`: campaigns whose first day lies in the window. */
const launchedCtes = (dialect: Dialect, contactFacts: Sql, window: Window): Sql => sql`
    sent AS (
      -- why: a campaign without a first day was launched when its first dated message went out
      SELECT campaign_key, count(*) AS messages, min(CASE WHEN has_own_date THEN from_day END) AS first_day
      FROM ${contactFacts}
      GROUP BY campaign_key
    ), known AS (
      -- why: a code that is only mentioned in passing, without a description and without a message, is not a campaign of the scheme
      SELECT k.campaign_key, k.campaign_id, k.name, k.mentions_programme, k.cost, COALESCE(s.messages, 0) AS messages,
        COALESCE(${dialect.dayNumber(sql`k.starts_at`)}, s.first_day) AS launch_day, ${dialect.dayNumber(sql`k.staff_briefed_at`)} AS briefed_day
      FROM campaigns k
      LEFT JOIN sent s ON s.campaign_key = k.campaign_key
      WHERE k.is_listed OR s.campaign_key IS NOT NULL
    ), launched AS (
      -- why: staff are briefed for what begins, not for what has been running
      SELECT campaign_key, campaign_id, name, mentions_programme, cost, messages, launch_day, briefed_day
      FROM known
      WHERE launch_day >= ${literal(window.fromDay)} AND launch_day < ${literal(window.toDay)}
    )`;

/** One row a campaign launched in the window. */
export function launchesSql(dialect: Dialect, contactFacts: Sql, campaignObjectives: Sql, window: Window): Sql<LaunchRow> {
  return sql<LaunchRow>`
    WITH ${launchedCtes(dialect, contactFacts, window)}
    SELECT l.campaign_id, l.name, o.objective, l.launch_day, l.briefed_day, l.mentions_programme, l.cost, l.messages
    FROM launched l
    LEFT JOIN ${campaignObjectives} o ON o.campaign_key = l.campaign_key
    ORDER BY l.launch_day NULLS LAST, l.campaign_id NULLS LAST`;
}

/**
 * How many members got a message of a campaign that was launched before its staff were told.
 * @param leadDays a briefing counts when it came at least so many days before. @param countsMissing whether no date counts as no briefing.
 */
export function membersAheadOfStaffSql(
  dialect: Dialect,
  contactFacts: Sql,
  window: Window,
  { leadDays, countsMissing }: { readonly leadDays: number; readonly countsMissing: boolean },
): Sql<{ members: number }> {
  const isLate = sql`l.launch_day - l.briefed_day < ${literal(leadDays)} OR (l.briefed_day IS NULL AND ${literal(countsMissing)})`;
  return sql<{ members: number }>`
    WITH ${launchedCtes(dialect, contactFacts, window)}
    SELECT count(DISTINCT c.member_key) AS members
    FROM ${contactFacts} c
    JOIN launched l ON l.campaign_key = c.campaign_key
    WHERE ${isLate}`;
}
