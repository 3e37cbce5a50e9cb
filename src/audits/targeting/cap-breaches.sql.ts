import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';

/** Channels that are a text message, in their usual spellings. */
const textMessage = '(sms|mms|text|txt)([^a-z].*)?|.*[^a-z](sms|mms)([^a-z].*)?';

export interface PressureRow {
  /** The window in days. */
  readonly days: number;
  /** null: all channels together. */
  readonly channel: string | null;
  readonly jackknife_group: number;
  /** Contacts that the member had been sent within that many days before. */
  readonly prior: number;
  readonly contacts: number;
}

/** How many contacts came after how many others; those whose look-back begins before the first contact on record are left out. */
export function pressureSql(dialect: Dialect, pressure: Sql): Sql<PressureRow> {
  const anyChannel = sql`CAST(NULL AS ${dialect.typeOf('text')})`;
  return sql<PressureRow>`
    WITH own AS (
      -- why: a contact without a date of its own may have been sent on any day of its campaign
      SELECT channel, jackknife_group, history_days, prior_1, prior_7, prior_28, prior_90, channel_prior_28
      FROM ${pressure}
      WHERE has_own_date
    ), counted AS (
      SELECT 1 AS days, ${anyChannel} AS channel, jackknife_group, prior_1 AS prior FROM own WHERE history_days >= 1
      UNION ALL
      SELECT 7, NULL, jackknife_group, prior_7 FROM own WHERE history_days >= 7
      UNION ALL
      SELECT 28, NULL, jackknife_group, prior_28 FROM own WHERE history_days >= 28
      UNION ALL
      SELECT 90, NULL, jackknife_group, prior_90 FROM own WHERE history_days >= 90
      UNION ALL
      SELECT 28, channel, jackknife_group, channel_prior_28 FROM own WHERE history_days >= 28 AND channel IS NOT NULL
    )
    SELECT days, channel, jackknife_group, prior, count(*) AS contacts
    FROM counted
    GROUP BY days, channel, jackknife_group, prior
    ORDER BY days, channel NULLS FIRST, jackknife_group, prior`;
}

export interface Caps {
  /** Contacts in 28 days that deserve a look, and that are too many. */
  readonly watch: number;
  readonly high: number;
  /** Contacts in a day from which on it is flagged. */
  readonly perDay: number;
  /** Text messages in 24 hours. */
  readonly textsPerDay: number;
}

export interface BreachCountRow {
  readonly jackknife_group: number;
  /** null: all channels together, or those that name none. */
  readonly channel: string | null;
  readonly is_all: number;
  readonly is_text: number;
  readonly contacts: number;
  /** With a complete look-back of 28 days; the two below are among them. */
  readonly followed: number;
  readonly over_watch: number;
  readonly over_high: number;
  readonly crowded_day: number;
  readonly crowded_24h: number;
  readonly over_text: number;
  readonly over_text_day: number;
  /** Contacts with a time of day. */
  readonly clocked: number;
  /** What the contacts over the high cap cost; NULL when none of them has a cost. */
  readonly cost_over: number | null;
  readonly costed_over: number;
}

/** Contacts beyond each cap, in a sliding window and on a calendar day; a channel's own line counts that channel alone. */
export function breachCountsSql(dialect: Dialect, pressure: Sql, caps: Caps): Sql<BreachCountRow> {
  const [watch, high, perDay, textsPerDay] = [literal(caps.watch), literal(caps.high), literal(caps.perDay), literal(caps.textsPerDay)];
  return sql<BreachCountRow>`
    WITH own AS (
      SELECT jackknife_group, channel, moment, cost, is_followed, place_in_day, channel_place_in_day, within_1, within_28, channel_within_1, channel_within_28,
        CASE WHEN ${dialect.matches(sql`COALESCE(channel, '')`, textMessage)} THEN 1 ELSE 0 END AS is_text
      FROM ${pressure}
      WHERE has_own_date
    ), placed AS (
      SELECT jackknife_group, CAST(NULL AS ${dialect.typeOf('text')}) AS channel, 1 AS is_all, is_text, moment, cost, is_followed, place_in_day AS in_day, within_1 AS in_24h, within_28 AS in_28,
        channel_within_1 AS texts_24h, channel_place_in_day AS texts_day
      FROM own
      UNION ALL
      SELECT jackknife_group, channel, 0, is_text, moment, cost, is_followed, channel_place_in_day, channel_within_1, channel_within_28, channel_within_1, channel_place_in_day
      FROM own
    )
    SELECT jackknife_group, channel, is_all, max(is_text) AS is_text, count(*) AS contacts,
      count(CASE WHEN is_followed THEN 1 END) AS followed,
      count(CASE WHEN is_followed AND in_28 > ${watch} THEN 1 END) AS over_watch,
      count(CASE WHEN is_followed AND in_28 > ${high} THEN 1 END) AS over_high,
      count(CASE WHEN in_day >= ${perDay} THEN 1 END) AS crowded_day,
      count(CASE WHEN in_24h >= ${perDay} THEN 1 END) AS crowded_24h,
      count(CASE WHEN is_text = 1 AND texts_24h > ${textsPerDay} THEN 1 END) AS over_text,
      count(CASE WHEN is_text = 1 AND texts_day > ${textsPerDay} THEN 1 END) AS over_text_day,
      count(CASE WHEN moment % 86400 <> 0 THEN 1 END) AS clocked,
      sum(CASE WHEN is_followed AND in_28 > ${high} THEN cost END) AS cost_over,
      count(CASE WHEN is_followed AND in_28 > ${high} THEN cost END) AS costed_over
    FROM placed
    GROUP BY jackknife_group, channel, is_all
    ORDER BY is_all DESC, channel NULLS LAST, jackknife_group`;
}

export interface BreachMembersRow {
  readonly members: number;
  readonly over_watch: number;
  readonly over_high: number;
  readonly crowded_day: number;
  readonly over_text: number;
}

/** Members with at least one contact beyond each cap. */
export function breachMembersSql(dialect: Dialect, pressure: Sql, caps: Caps): Sql<BreachMembersRow> {
  const isText = dialect.matches(sql`COALESCE(channel, '')`, textMessage);
  return sql<BreachMembersRow>`
    WITH by_member AS (
      SELECT member_key, max(CASE WHEN is_followed THEN within_28 END) AS most_28, max(place_in_day) AS most_day,
        max(CASE WHEN ${isText} THEN channel_within_1 END) AS most_texts
      FROM ${pressure}
      WHERE has_own_date
      GROUP BY member_key
    )
    SELECT count(*) AS members, count(CASE WHEN most_28 > ${literal(caps.watch)} THEN 1 END) AS over_watch, count(CASE WHEN most_28 > ${literal(caps.high)} THEN 1 END) AS over_high,
      count(CASE WHEN most_day >= ${literal(caps.perDay)} THEN 1 END) AS crowded_day, count(CASE WHEN most_texts > ${literal(caps.textsPerDay)} THEN 1 END) AS over_text
    FROM by_member
    ORDER BY members`;
}

export interface PressureMembersRow {
  readonly prior: number;
  readonly contacts: number;
  readonly members: number;
}

/** Contacts and members by the contacts in the 28 days before. */
export function pressureMembersSql(pressure: Sql): Sql<PressureMembersRow> {
  return sql<PressureMembersRow>`
    SELECT prior_28 AS prior, count(*) AS contacts, count(DISTINCT member_key) AS members
    FROM ${pressure}
    WHERE has_own_date AND is_followed
    GROUP BY prior_28
    ORDER BY prior_28`;
}
