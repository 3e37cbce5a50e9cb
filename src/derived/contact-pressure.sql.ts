import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';
import type { DerivedOptions } from './options.js';

const secondsPerDay = 86_400;
/** A contact further back than this is not taken as the beginning of the records: one wrong year would make every contact look followed. */
const longestHistoryDays = 800;
/** No count looks further back than 90 times 24 hours, so that older contacts need not be sorted. */
const longestPressureDays = 91;

/** Whole seconds since 1970 of a TIMESTAMP, so that a window of days is a RANGE of integers and the clock is not lost. */
export function momentOf(dialect: Dialect, value: Sql): Sql {
  const clock = sql`EXTRACT(HOUR FROM ${value}) * 3600 + EXTRACT(MINUTE FROM ${value}) * 60 + CAST(floor(EXTRACT(SECOND FROM ${value})) AS BIGINT)`;
  return sql`(CAST(${dialect.dayNumber(value)} AS BIGINT) * ${literal(secondsPerDay)} + ${clock})`;
}

/** Contacts at most `days` × 24 hours before, the same moment included: the frame of a pressure, [t − w, t). */
const pressureFrame = (days: number): Sql => sql`RANGE BETWEEN ${literal(days * secondsPerDay)} PRECEDING AND CURRENT ROW`;
/** Contacts less than `days` × 24 hours before: what one half-open window of that length can hold, so what a cap counts. */
const capFrame = (days: number): Sql => sql`RANGE BETWEEN ${literal(days * secondsPerDay - 1)} PRECEDING AND CURRENT ROW`;

/** Half the width of the engine's own counts, which is half the memory. */
const small = (count: Sql): Sql => sql`CAST(${count} AS INTEGER)`;

/** One row a dated marketing contact in the window; the columns are described at `Derived.contactPressure`. */
export function contactPressureSql(dialect: Dialect, options: DerivedOptions): Sql {
  const contactedAt = sql`COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))`;
  const day = dialect.dayNumber(contactedAt);
  return sql`
    WITH sizes AS (
      -- why: a campaign's cost is shared out evenly over its messages where a message has no cost of its own
      SELECT campaign_key, count(*) AS messages FROM contacts WHERE NOT COALESCE(is_transactional, FALSE) GROUP BY campaign_key
    ), dated AS (
      -- why: what was sent shortly before the window presses too; a contact without a date stands on its campaign's first day
      SELECT c.member_key, c.campaign_key, NULLIF(lower(trim(c.channel)), '') AS channel, c.contacted_at IS NOT NULL AS has_own_date,
        ${day} AS day, ${momentOf(dialect, contactedAt)} AS moment,
        COALESCE(CAST(c.cost AS DECIMAL(18, 6)), CAST(k.cost / NULLIF(CAST(s.messages AS DOUBLE), 0e0) AS DECIMAL(18, 6))) AS cost
      FROM contacts c
      LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
      LEFT JOIN sizes s ON s.campaign_key = c.campaign_key
      WHERE NOT COALESCE(c.is_transactional, FALSE) AND ${day} < ${literal(options.window.toDay)} AND ${day} >= ${literal(options.window.fromDay - longestPressureDays)}
    ), counted AS (
      -- why: all counts of one partition stand together, so that an engine sorts once; the sorting is what costs
      SELECT member_key, campaign_key, channel, has_own_date, day, moment, cost,
        row_number() OVER (PARTITION BY member_key ORDER BY moment, campaign_key, channel NULLS LAST, has_own_date, cost NULLS LAST) AS ordinal,
        count(*) OVER (pressure RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS reached,
        count(*) OVER (pressure RANGE BETWEEN moment % ${literal(secondsPerDay)} PRECEDING AND CURRENT ROW) AS on_day,
        count(*) OVER (pressure ${pressureFrame(1)}) AS upto_1,
        count(*) OVER (pressure ${pressureFrame(7)}) AS upto_7,
        count(*) OVER (pressure ${pressureFrame(28)}) AS upto_28,
        count(*) OVER (pressure ${pressureFrame(90)}) AS upto_90,
        count(*) OVER (pressure ${capFrame(1)}) AS inside_1,
        count(*) OVER (pressure ${capFrame(7)}) AS inside_7,
        count(*) OVER (pressure ${capFrame(28)}) AS inside_28,
        row_number() OVER (PARTITION BY member_key, channel ORDER BY moment, campaign_key, has_own_date, cost NULLS LAST) AS channel_ordinal,
        count(*) OVER (by_channel RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS channel_reached,
        count(*) OVER (by_channel RANGE BETWEEN moment % ${literal(secondsPerDay)} PRECEDING AND CURRENT ROW) AS channel_on_day,
        count(*) OVER (by_channel ${pressureFrame(28)}) AS channel_upto_28,
        count(*) OVER (by_channel ${capFrame(1)}) AS channel_inside_1,
        count(*) OVER (by_channel ${capFrame(7)}) AS channel_inside_7,
        count(*) OVER (by_channel ${capFrame(28)}) AS channel_inside_28
      FROM dated
      WINDOW pressure AS (PARTITION BY member_key ORDER BY moment), by_channel AS (PARTITION BY member_key, channel ORDER BY moment)
    ), ordered AS (
      -- why: frames by range hold all messages of one moment, so those that come later in the total order are taken off again
      SELECT *, reached - ordinal AS later, channel_reached - channel_ordinal AS channel_later
      FROM counted
    ), records AS (
      SELECT min(${day}) AS first_day
      FROM contacts c
      LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
      WHERE NOT COALESCE(c.is_transactional, FALSE) AND ${day} < ${literal(options.window.toDay)} AND ${day} >= ${literal(options.window.fromDay - longestHistoryDays)}
    )
    SELECT o.member_key, m.jackknife_group, o.campaign_key, o.day, o.moment, o.channel, o.has_own_date, o.cost,
      ${small(sql`o.on_day - o.later`)} AS place_in_day, ${small(sql`o.channel_on_day - o.channel_later`)} AS channel_place_in_day,
      ${small(sql`o.upto_1 - o.later - 1`)} AS prior_1, ${small(sql`o.upto_7 - o.later - 1`)} AS prior_7, ${small(sql`o.upto_28 - o.later - 1`)} AS prior_28, ${small(sql`o.upto_90 - o.later - 1`)} AS prior_90,
      ${small(sql`o.inside_1 - o.later`)} AS within_1, ${small(sql`o.inside_7 - o.later`)} AS within_7, ${small(sql`o.inside_28 - o.later`)} AS within_28,
      ${small(sql`o.channel_upto_28 - o.channel_later - 1`)} AS channel_prior_28, ${small(sql`o.channel_inside_1 - o.channel_later`)} AS channel_within_1,
      ${small(sql`o.channel_inside_7 - o.channel_later`)} AS channel_within_7, ${small(sql`o.channel_inside_28 - o.channel_later`)} AS channel_within_28,
      o.day - r.first_day AS history_days, o.day - r.first_day >= 28 AS is_followed
    FROM ordered o
    JOIN members m ON m.member_key = o.member_key
    CROSS JOIN records r
    WHERE o.day >= ${literal(options.window.fromDay)}`;
}
