import { holdsEverywhere } from '../../derived/all-channels.sql.js';
import { momentOf } from '../../derived/contact-pressure.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

/** What a word said about permission, in the order of respect when two fall on one moment. */
const ended = literal(0);
const granted = literal(1);
const withdrawn = literal(2);

/** “E-Mail” and “email” are one channel; an empty text stands for all channels, or for one that is not known. */
const channelKey = (dialect: Dialect, channel: Sql): Sql =>
  sql`CASE WHEN ${holdsEverywhere(channel)} THEN '' ELSE ${dialect.replacePattern(sql`lower(${channel})`, '[^a-z0-9]', '')} END`;

/** A withdrawal without a clock may have come in the evening: it holds from the end of its day on. */
function heardMoment(dialect: Dialect, at: Sql): Sql {
  const moment = momentOf(dialect, at);
  return sql`CASE WHEN ${moment} % 86400 = 0 THEN ${moment} + 86399 ELSE ${moment} END`;
}

/** Common table expression `said`: every dated word about permission, and grants without a date, which come before everything. */
const saidCte = (dialect: Dialect, window: Window): Sql => sql`
    grants AS (
      -- why: where one grant follows the other without a gap, the first did not end
      SELECT member_key, ${channelKey(dialect, sql`channel`)} AS channel, valid_from, valid_to,
        lead(valid_from) OVER (PARTITION BY member_key, ${channelKey(dialect, sql`channel`)} ORDER BY valid_from NULLS FIRST, valid_to NULLS LAST) AS next_from
      FROM consents
      WHERE status = 'granted'
    ), said AS (
      SELECT member_key, ${channelKey(dialect, sql`channel`)} AS channel, ${heardMoment(dialect, sql`occurred_at`)} AS moment, ${withdrawn} AS word,
        CASE WHEN type = 'erasure' THEN 1 ELSE 0 END AS is_erasure
      FROM opt_outs
      WHERE occurred_at IS NOT NULL AND ${dialect.dayNumber(sql`occurred_at`)} < ${literal(window.toDay)}
      UNION ALL
      SELECT member_key, ${channelKey(dialect, sql`channel`)}, ${heardMoment(dialect, sql`valid_from`)}, ${withdrawn}, 0
      FROM consents
      WHERE status = 'withdrawn' AND valid_from IS NOT NULL AND ${dialect.dayNumber(sql`valid_from`)} < ${literal(window.toDay)}
      UNION ALL
      SELECT member_key, channel, CASE WHEN valid_from IS NULL THEN 0 ELSE ${momentOf(dialect, sql`valid_from`)} END, ${granted}, 0
      FROM grants
      UNION ALL
      SELECT member_key, channel, ${heardMoment(dialect, sql`valid_to`)}, ${ended}, 0
      FROM grants
      WHERE valid_to IS NOT NULL AND (next_from IS NULL OR ${dialect.dayNumber(sql`next_from`)} > ${dialect.dayNumber(sql`valid_to`)} + 1)
    )`;

export interface WithdrawalRow {
  /** Members who withdrew, on a day that is known, before the last contact, and from a channel that contacts go through. */
  readonly members: number;
  /** Dated withdrawals from a channel that no contact names: it may be another word for one that they do name. */
  readonly elsewhere: number;
  /** Withdrawals without a date, which nothing can be held against. */
  readonly undated: number;
  /** Marketing contacts with a date. */
  readonly contacts: number;
  readonly words: number;
}

/** What there is to check. @param pressure the table of `contactPressure`. */
export function withdrawalsSql(dialect: Dialect, pressure: Sql, window: Window): Sql<WithdrawalRow> {
  return sql<WithdrawalRow>`
    WITH ${saidCte(dialect, window)}, sent AS (
      SELECT count(*) AS contacts, max(moment) AS last_moment FROM ${pressure}
    ), used AS (
      -- why: contacts without a channel may have gone through any
      SELECT ${channelKey(dialect, sql`channel`)} AS channel, 1 AS is_used FROM ${pressure} GROUP BY ${channelKey(dialect, sql`channel`)}
    ), anywhere AS (
      SELECT count(CASE WHEN channel = '' THEN 1 END) AS unnamed FROM used
    ), dated AS (
      -- why: who withdrew after the last message, or from a channel that no message names, cannot be seen to have been sent one since
      SELECT count(DISTINCT CASE WHEN s.moment < t.last_moment AND (u.is_used = 1 OR s.channel = '' OR s.is_erasure = 1 OR a.unnamed > 0) THEN s.member_key END) AS members,
        count(CASE WHEN u.is_used IS NULL AND s.channel <> '' AND s.is_erasure = 0 THEN 1 END) AS elsewhere, count(*) AS words
      FROM said s
      CROSS JOIN sent t
      CROSS JOIN anywhere a
      LEFT JOIN used u ON u.channel = s.channel
      WHERE s.word = ${withdrawn}
    ), undated AS (
      SELECT member_key FROM opt_outs WHERE occurred_at IS NULL
      UNION ALL
      SELECT member_key FROM consents WHERE status = 'withdrawn' AND valid_from IS NULL
    ), undated_count AS (
      SELECT count(*) AS undated FROM undated
    )
    SELECT d.members, d.elsewhere, u.undated, t.contacts, d.words
    FROM dated d
    CROSS JOIN sent t
    CROSS JOIN undated_count u
    ORDER BY d.members NULLS LAST`;
}

export interface BreachRow {
  /** `withdrawn`: sent after an objection; `ended`: after a permission ran out; `unknown`: the message names no channel and one was refused. */
  readonly state: 'withdrawn' | 'ended' | 'unknown';
  readonly part: 'all' | 'campaign' | 'channel' | 'lag';
  readonly campaign: string | null;
  readonly channel: string | null;
  /** Days from the withdrawal to the message. */
  readonly lag_days: number | null;
  readonly contacts: number;
  readonly members: number;
}

/** Marketing contacts to members who had said no, or whose permission had run out, in several cuts. */
export function breachesSql(dialect: Dialect, pressure: Sql, window: Window): Sql<BreachRow> {
  return sql<BreachRow>`
    WITH ${saidCte(dialect, window)}, concerned AS (
      -- why: most members never withdraw, and need no looking at
      SELECT DISTINCT member_key FROM said WHERE word <> ${granted}
    ), events AS (
      SELECT s.member_key, s.channel, s.moment, s.word, s.is_erasure, CAST(NULL AS INTEGER) AS campaign_key, CAST(NULL AS ${dialect.typeOf('text')}) AS stated
      FROM said s
      JOIN concerned c ON c.member_key = s.member_key
      UNION ALL
      SELECT p.member_key, ${channelKey(dialect, sql`p.channel`)}, p.moment, -1, 0, p.campaign_key, p.channel
      FROM ${pressure} p
      JOIN concerned c ON c.member_key = p.member_key
    ), placed AS (
      -- why: moment and word in one number, so that a maximum finds the last word before each message
      SELECT campaign_key, stated, member_key, channel, moment, word,
        max(CASE WHEN word >= 0 THEN moment * 4 + word END) OVER (PARTITION BY member_key, channel ORDER BY moment RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS own_word,
        max(CASE WHEN word >= 0 AND channel = '' THEN moment * 4 + word END) OVER earlier AS any_word,
        max(CASE WHEN word = ${withdrawn} AND channel <> '' THEN 1 ELSE 0 END) OVER earlier AS is_other_refused,
        min(CASE WHEN is_erasure = 1 THEN moment END) OVER earlier AS erased_moment
      FROM events
      WINDOW earlier AS (PARTITION BY member_key ORDER BY moment RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), judged AS (
      SELECT campaign_key, stated, member_key, channel, moment, is_other_refused, erased_moment,
        CASE WHEN COALESCE(own_word, -1) > COALESCE(any_word, -1) THEN own_word ELSE any_word END AS last_word
      FROM placed
      WHERE word = -1
    ), stated AS (
      SELECT campaign_key, stated AS channel, member_key,
        CASE WHEN erased_moment IS NOT NULL OR last_word % 4 = ${withdrawn} THEN 'withdrawn' WHEN last_word % 4 = ${ended} THEN 'ended' ELSE 'unknown' END AS state,
        CAST(floor(moment / 86400e0) - floor(COALESCE(erased_moment, last_word / 4e0) / 86400e0) AS BIGINT) AS lag_days
      FROM judged
      WHERE erased_moment IS NOT NULL OR last_word % 4 <> ${granted} OR (channel = '' AND is_other_refused = 1)
    )
    SELECT s.state, CASE WHEN GROUPING(k.campaign_id) = 0 THEN 'campaign' WHEN GROUPING(s.channel) = 0 THEN 'channel' WHEN GROUPING(s.lag_days) = 0 THEN 'lag' ELSE 'all' END AS part,
      COALESCE(k.name, k.campaign_id) AS campaign, s.channel, s.lag_days, count(*) AS contacts, count(DISTINCT s.member_key) AS members
    FROM stated s
    LEFT JOIN campaigns k ON k.campaign_key = s.campaign_key
    GROUP BY GROUPING SETS ((s.state), (s.state, k.campaign_id, k.name), (s.state, s.channel), (s.state, s.lag_days))
    ORDER BY s.state, part, contacts DESC, k.campaign_id NULLS LAST, s.channel NULLS LAST, s.lag_days NULLS LAST`;
}
