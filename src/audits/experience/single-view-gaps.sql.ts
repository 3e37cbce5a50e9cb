import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

/** Units and channels are compared in one spelling. */
const spelt = (text: Sql): Sql => sql`NULLIF(lower(trim(${text})), '')`;

export interface CrosserRow {
  readonly dimension: 'unit' | 'channel';
  readonly jackknife_group: number;
  /** 1 for members who bought in two or more units or channels. */
  readonly is_crosser: number;
  readonly members: number;
  readonly value: number;
}

/** Members with purchases in the window whose unit or channel is known, by whether they bought in several. */
export function crossersSql(dialect: Dialect, window: Window): Sql<CrosserRow> {
  const day = dialect.dayNumber(sql`t.occurred_at`);
  return sql<CrosserRow>`
    WITH sales AS (
      SELECT t.member_key, m.jackknife_group, t.net_amount, ${spelt(sql`t.business_unit`)} AS unit, ${spelt(sql`t.channel`)} AS channel
      FROM transactions t
      JOIN members m ON m.member_key = t.member_key
      WHERE NOT COALESCE(t.is_return, FALSE) AND t.net_amount > 0 AND ${day} >= ${literal(window.fromDay)} AND ${day} < ${literal(window.toDay)}
    ), places AS (
      -- why: a sale without a unit says nothing of how many units a member uses
      SELECT 'unit' AS dimension, member_key, jackknife_group, CASE WHEN min(unit) <> max(unit) THEN 1 ELSE 0 END AS is_crosser, sum(net_amount) AS value
      FROM sales
      WHERE unit IS NOT NULL
      GROUP BY member_key, jackknife_group
      UNION ALL
      SELECT 'channel', member_key, jackknife_group, CASE WHEN min(channel) <> max(channel) THEN 1 ELSE 0 END, sum(net_amount)
      FROM sales
      WHERE channel IS NOT NULL
      GROUP BY member_key, jackknife_group
    )
    SELECT dimension, jackknife_group, is_crosser, count(*) AS members, sum(value) AS value
    FROM places
    GROUP BY dimension, jackknife_group, is_crosser
    ORDER BY dimension, jackknife_group, is_crosser`;
}

export interface OrphanRow {
  readonly jackknife_group: number;
  readonly contacts: number;
  readonly orphans: number;
  readonly orphan_members: number;
}

/** Marketing contacts of the window, and those to numbers that the list of members does not have. */
export function orphansSql(contactFacts: Sql): Sql<OrphanRow> {
  return sql<OrphanRow>`
    SELECT c.jackknife_group, count(*) AS contacts, sum(CASE WHEN m.is_listed THEN 0 ELSE 1 END) AS orphans,
      count(DISTINCT CASE WHEN m.is_listed THEN NULL ELSE c.member_key END) AS orphan_members
    FROM ${contactFacts} c
    JOIN members m ON m.member_key = c.member_key
    GROUP BY c.jackknife_group
    ORDER BY c.jackknife_group`;
}

export interface ConflictRow {
  readonly jackknife_group: number;
  /** Members and channels for which a permission is recorded. */
  readonly permissions: number;
  /** Of these, granted and withdrawn at once: no date says which came last. */
  readonly conflicts: number;
}

/** Permissions that contradict each other: the latest word of a member in a channel is both yes and no. */
export function permissionConflictsSql(dialect: Dialect, window: Window): Sql<ConflictRow> {
  return sql<ConflictRow>`
    WITH said AS (
      SELECT member_key, COALESCE(${spelt(sql`channel`)}, '') AS channel, COALESCE(${dialect.dayNumber(sql`valid_from`)}, -1000000) AS day, status
      FROM consents
      WHERE status IN ('granted', 'withdrawn') AND (valid_from IS NULL OR ${dialect.dayNumber(sql`valid_from`)} < ${literal(window.toDay)})
    ), latest AS (
      -- why: a withdrawal after a grant is a change of mind and no contradiction
      SELECT member_key, channel, max(day) AS day
      FROM said
      GROUP BY member_key, channel
    ), words AS (
      SELECT l.member_key, l.channel, CASE WHEN min(s.status) <> max(s.status) THEN 1 ELSE 0 END AS is_conflict
      FROM latest l
      JOIN said s ON s.member_key = l.member_key AND s.channel = l.channel AND s.day = l.day
      GROUP BY l.member_key, l.channel
    )
    SELECT m.jackknife_group, count(*) AS permissions, sum(w.is_conflict) AS conflicts
    FROM words w
    JOIN members m ON m.member_key = w.member_key
    GROUP BY m.jackknife_group
    ORDER BY m.jackknife_group`;
}

export interface CollisionRow {
  readonly jackknife_group: number;
  /** Dated contacts of campaigns whose unit is known. */
  readonly contacts: number;
  readonly collisions: number;
  readonly collided_members: number;
  /** Contacts for which the files also hold the week four weeks earlier, and which collided in either week. */
  readonly compared: number;
  readonly compared_now: number;
  readonly compared_then: number;
}

/**
 * Contacts that follow another unit's contact of the same member within seven days, and in the week four weeks before instead.
 * @param groups how many of the fifty random groups of members to look at.
 */
export function collisionsSql(contactFacts: Sql, groups: number): Sql<CollisionRow> {
  return sql<CollisionRow>`
    WITH units AS (
      -- why: windows over numbers are faster than over text
      SELECT campaign_key, dense_rank() OVER (ORDER BY ${spelt(sql`business_unit`)}) AS unit
      FROM campaigns
      WHERE ${spelt(sql`business_unit`)} IS NOT NULL
    ), dated AS (
      SELECT c.member_key, c.jackknife_group, c.from_day AS day, u.unit
      FROM ${contactFacts} c
      JOIN units u ON u.campaign_key = c.campaign_key
      WHERE c.has_own_date AND c.jackknife_group < ${literal(groups)}
    ), first_contact AS (
      SELECT min(day) AS first_day
      FROM dated
    ), seen AS (
      -- why: the same days of the week, four weeks earlier, show what chance and season give
      SELECT member_key, jackknife_group, day, unit,
        min(unit) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 6 PRECEDING AND CURRENT ROW) AS low_now,
        max(unit) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 6 PRECEDING AND CURRENT ROW) AS high_now,
        min(unit) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 34 PRECEDING AND 28 PRECEDING) AS low_then,
        max(unit) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 34 PRECEDING AND 28 PRECEDING) AS high_then
      FROM dated
    ), marked AS (
      SELECT s.member_key, s.jackknife_group, CASE WHEN s.low_now <> s.unit OR s.high_now <> s.unit THEN 1 ELSE 0 END AS has_now,
        CASE WHEN s.low_then <> s.unit OR s.high_then <> s.unit THEN 1 ELSE 0 END AS has_then, CASE WHEN s.day - 34 >= f.first_day THEN 1 ELSE 0 END AS can_compare
      FROM seen s
      CROSS JOIN first_contact f
    )
    SELECT jackknife_group, count(*) AS contacts, sum(has_now) AS collisions, count(DISTINCT CASE WHEN has_now = 1 THEN member_key END) AS collided_members,
      sum(can_compare) AS compared, sum(can_compare * has_now) AS compared_now, sum(can_compare * has_then) AS compared_then
    FROM marked
    GROUP BY jackknife_group
    ORDER BY jackknife_group`;
}

/** How many units run campaigns. */
export function campaignUnitsSql(): Sql<{ units: number }> {
  return sql<{ units: number }>`SELECT count(DISTINCT ${spelt(sql`business_unit`)}) AS units FROM campaigns`;
}

/** How many members there are, and how many of them a list of members names; others are known from events only. */
export function listedMembersSql(): Sql<{ members: number; listed: number }> {
  return sql<{ members: number; listed: number }>`SELECT count(*) AS members, count(*) FILTER (WHERE is_listed) AS listed FROM members`;
}
