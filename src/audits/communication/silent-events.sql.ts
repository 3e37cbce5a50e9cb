import type { Dialect } from '../../engine/dialect.js';
import { join, literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

/** A message counts from so many days before the event to so many after it (methodology §7.3): 22 days in all. */
const daysBefore = 14;
const daysAfter = 7;
const spanDays = daysBefore + daysAfter + 1;
/** The same members are looked at so many days earlier and later, for what chance gives. */
const shiftDays = 60;

export const kinds = ['tier', 'expiry', 'anniversary'] as const;
export type Kind = (typeof kinds)[number];

export interface SurveyRow {
  /** The days that dated messages cover, service messages included; null without any. */
  readonly first_day: number | null;
  readonly last_day: number | null;
  /** Lines of the ledger that say that points expired in the window. */
  readonly expiries: number;
}

/** What there is to look at. */
export function surveySql(dialect: Dialect, window: Window): Sql<SurveyRow> {
  const inside = (value: Sql): Sql => sql`${dialect.dayNumber(value)} >= ${literal(window.fromDay)} AND ${dialect.dayNumber(value)} < ${literal(window.toDay)}`;
  return sql<SurveyRow>`
    WITH covered AS (
      -- why: before the first and after the last message nobody can see silence
      SELECT min(${dialect.dayNumber(sql`contacted_at`)}) AS first_day, max(${dialect.dayNumber(sql`contacted_at`)}) AS last_day
      FROM contacts
      WHERE ${inside(sql`contacted_at`)}
    ), expired AS (
      -- why: lines of expiry say more than dates on which points were to expire
      SELECT count(*) AS expiries FROM points WHERE type = 'expire' AND ${inside(sql`occurred_at`)}
    )
    SELECT c.first_day, c.last_day, e.expiries
    FROM covered c
    CROSS JOIN expired e`;
}

const tierChanges = (dialect: Dialect): Sql => sql`
      SELECT member_key, 'tier' AS kind, day, CAST(NULL AS DECIMAL(38, 4)) AS value
      FROM (
        SELECT member_key, tier, ${dialect.dayNumber(sql`valid_from`)} AS day,
          lag(tier) OVER (PARTITION BY member_key ORDER BY valid_from, valid_to NULLS LAST, tier) AS tier_before
        FROM tiers
        WHERE valid_from IS NOT NULL AND tier IS NOT NULL
      ) AS placed
      WHERE tier_before <> tier
      GROUP BY member_key, day`;

/** Points that did expire, as the ledger says. */
const expiries = (dialect: Dialect): Sql => sql`
      SELECT member_key, 'expiry' AS kind, ${dialect.dayNumber(sql`occurred_at`)} AS day,
        CASE WHEN count(value_amount) = count(*) THEN CAST(sum(abs(value_amount)) AS DECIMAL(38, 4)) END AS value
      FROM points
      WHERE type = 'expire' AND occurred_at IS NOT NULL
      GROUP BY member_key, ${dialect.dayNumber(sql`occurred_at`)}`;

/** Points that were bound to expire, because their owner redeemed nothing from the day they were earned on. */
const unspentExpiries = (dialect: Dialect): Sql => sql`
      SELECT p.member_key, 'expiry' AS kind, ${dialect.dayNumber(sql`p.expires_at`)} AS day, CAST(NULL AS DECIMAL(38, 4)) AS value
      FROM points p
      LEFT JOIN (SELECT member_key, max(occurred_at) AS last_at FROM points WHERE type = 'redeem' GROUP BY member_key) AS spent ON spent.member_key = p.member_key
      WHERE p.type = 'earn' AND p.expires_at IS NOT NULL AND (spent.last_at IS NULL OR spent.last_at < p.occurred_at)
      GROUP BY p.member_key, ${dialect.dayNumber(sql`p.expires_at`)}`;

/** The latest anniversary of joining that a message after it can still be seen for; a year is 365.25 days, a day more or less is nothing here. */
const anniversaries = (memberFacts: Sql, lastDay: number): Sql => sql`
      SELECT member_key, 'anniversary' AS kind, day, CAST(NULL AS DECIMAL(38, 4)) AS value
      FROM (
        SELECT member_key, enrolled_day,
          enrolled_day + CAST(round(365.25e0 * floor((${literal(lastDay - daysAfter)} - enrolled_day) / 365.25e0)) AS BIGINT) AS day
        FROM ${memberFacts}
        WHERE enrolled_day IS NOT NULL
      ) AS yearly
      WHERE day > enrolled_day`;

export interface EventsQuery {
  readonly memberFacts: Sql;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Whether the ledger has lines of expiry; else the dates on which points were to expire are taken. */
  readonly hasExpiries: boolean;
}

export interface EventRow {
  readonly kind: Kind;
  readonly jackknife_group: number;
  /** Whether a message fell into the time around the event. */
  readonly is_heard: number;
  /** The same around the day 60 days earlier and 60 days later; null where that cannot be seen or another event of the kind lies near. */
  readonly is_heard_earlier: number | null;
  readonly is_heard_later: number | null;
  readonly events: number;
  /** Members, each in the row of the first of their events of this kind that is heard or not. */
  readonly members: number;
  readonly value: number | null;
  readonly unvalued: number;
}

/** Common table expressions up to `seen`: the stretches of 22 days around each event, and around the same members' other days. */
function stretchCtes(dialect: Dialect, { memberFacts, firstDay, lastDay, hasExpiries }: EventsQuery): Sql {
  const sources = [tierChanges(dialect), hasExpiries ? expiries(dialect) : unspentExpiries(dialect), anniversaries(memberFacts, lastDay)];
  return sql`
    events AS (
      -- why: every kind is asked the same question
      ${join(sources, '\nUNION ALL\n')}
    ), placed AS (
      -- why: a date near another event of the kind may hold the message about that one
      SELECT member_key, kind, day, value,
        count(*) OVER (PARTITION BY member_key, kind ORDER BY day RANGE BETWEEN ${literal(shiftDays + spanDays - 1)} PRECEDING AND ${literal(shiftDays - spanDays + 1)} PRECEDING) AS near_earlier,
        count(*) OVER (PARTITION BY member_key, kind ORDER BY day RANGE BETWEEN ${literal(shiftDays - spanDays + 1)} FOLLOWING AND ${literal(shiftDays + spanDays - 1)} FOLLOWING) AS near_later
      FROM events
    ), shifted AS (
      -- why: the same members on another date show how often any 22 days hold a message by chance
      SELECT e.member_key, e.kind, e.day, e.value, s.shift, e.day + s.shift - ${literal(daysBefore)} AS from_day, e.day + s.shift + ${literal(daysAfter)} AS to_day
      FROM placed e
      CROSS JOIN (VALUES (-${literal(shiftDays)}), (0), (${literal(shiftDays)})) AS s(shift)
      WHERE s.shift = 0 OR (s.shift < 0 AND e.near_earlier = 0) OR (s.shift > 0 AND e.near_later = 0)
    ), seen AS (
      -- why: only stretches in which messages were recorded and the member could get one
      SELECT w.member_key, m.jackknife_group, w.kind, w.day, w.value, w.shift, w.from_day, w.to_day
      FROM shifted w
      JOIN ${memberFacts} m ON m.member_key = w.member_key
      WHERE w.from_day >= ${literal(firstDay)} AND w.to_day <= ${literal(lastDay)}
        AND COALESCE(m.enrolled_day, w.from_day) <= w.from_day AND COALESCE(m.closed_day, w.to_day + 1) > w.to_day
        AND (m.has_permission OR m.permission_ended_day > w.to_day)
    )`;
}

/** Events of members who could be contacted, by whether a message fell around them and around the same members' other days. */
export function eventsSql(dialect: Dialect, query: EventsQuery): Sql<EventRow> {
  const contactDay = dialect.dayNumber(sql`contacted_at`);
  const bucket = (day: Sql): Sql => sql`CAST(floor((${day}) / ${literal(spanDays)}e0) AS BIGINT)`;
  return sql<EventRow>`
    WITH ${stretchCtes(dialect, query)}, halves AS (
      -- why: 22 days touch two stretches of 22 days, so an equi-join finds their messages
      SELECT s.member_key, s.kind, s.day, s.shift, s.from_day, s.to_day, ${bucket(sql`s.from_day`)} + h.half AS bucket
      FROM seen s
      CROSS JOIN (VALUES (0), (1)) AS h(half)
    ), messages AS (
      -- why: several messages of one day need not be made one here, the next step does it for far fewer rows
      SELECT member_key, ${contactDay} AS day, ${bucket(contactDay)} AS bucket
      FROM contacts
      WHERE ${contactDay} >= ${literal(query.firstDay)} AND ${contactDay} <= ${literal(query.lastDay)}
    ), heard AS (
      -- why: one message is enough
      SELECT DISTINCT h.member_key, h.kind, h.day, h.shift
      FROM halves h
      JOIN messages d ON d.member_key = h.member_key AND d.bucket = h.bucket
      WHERE d.day >= h.from_day AND d.day <= h.to_day
    ), told AS (
      -- why: one row an event, with its own stretch and the two others beside it
      SELECT s.member_key, s.jackknife_group, s.kind, s.day, max(s.value) AS value, count(CASE WHEN s.shift = 0 THEN 1 END) AS is_seen,
        max(CASE WHEN s.shift = 0 AND h.member_key IS NOT NULL THEN 1 ELSE 0 END) AS is_heard,
        max(CASE WHEN s.shift < 0 THEN CASE WHEN h.member_key IS NULL THEN 0 ELSE 1 END END) AS is_heard_earlier,
        max(CASE WHEN s.shift > 0 THEN CASE WHEN h.member_key IS NULL THEN 0 ELSE 1 END END) AS is_heard_later
      FROM seen s
      LEFT JOIN heard h ON h.member_key = s.member_key AND h.kind = s.kind AND h.day = s.day AND h.shift = s.shift
      GROUP BY s.member_key, s.jackknife_group, s.kind, s.day
    ), numbered AS (
      -- why: members are counted apart from events, once for the heard and once for the silent
      SELECT kind, jackknife_group, is_heard, is_heard_earlier, is_heard_later, value,
        row_number() OVER (PARTITION BY member_key, kind, is_heard ORDER BY day) AS place
      FROM told
      WHERE is_seen = 1
    )
    SELECT kind, jackknife_group, is_heard, is_heard_earlier, is_heard_later, count(*) AS events, count(CASE WHEN place = 1 THEN 1 END) AS members,
      sum(value) AS value, count(*) - count(value) AS unvalued
    FROM numbered
    GROUP BY kind, jackknife_group, is_heard, is_heard_earlier, is_heard_later
    ORDER BY kind, jackknife_group, is_heard, is_heard_earlier NULLS LAST, is_heard_later NULLS LAST`;
}

export interface StretchRow {
  readonly kind: Kind;
  readonly events: number;
}

/** How many events of a kind can be seen in each stretch of 22 days of the calendar. */
export function stretchesSql(dialect: Dialect, query: EventsQuery): Sql<StretchRow> {
  return sql<StretchRow>`
    WITH ${stretchCtes(dialect, query)}, dated AS (
      -- why: an alias cannot be grouped by in every engine
      SELECT kind, CAST(floor(day / ${literal(spanDays)}e0) AS BIGINT) AS stretch
      FROM seen
      WHERE shift = 0
    )
    SELECT kind, count(*) AS events
    FROM dated
    GROUP BY kind, stretch
    ORDER BY kind, stretch`;
}
