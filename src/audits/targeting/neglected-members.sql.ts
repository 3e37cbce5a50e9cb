import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';
import { heldOutSql } from './held-out.sql.js';

/** Whom a test kept out is in `held-out` without any other contact, and in `held-out-since` with one before. */
export type ContactState = 'recent' | 'earlier' | 'never' | 'new' | 'held-out' | 'held-out-since' | 'unreachable';

export interface NeglectRow {
  readonly state: ContactState;
  readonly jackknife_group: number;
  readonly tier: string | null;
  /** 0: under a year in the scheme, 1: one to two years, 2: two to five, 3: five and more; null: not known. */
  readonly tenure_band: number | null;
  readonly members: number;
  readonly value: number | null;
}

/**
 * Members by when they were last contacted, with what divides them further.
 * @param sinceDay a contact on this day or later is recent, who was kept out by a test since would have had one and is not neglected, and whoever joined
 * on it or later has not been waiting long.
 */
export function contactStatesSql(dialect: Dialect, contactFacts: Sql, memberFacts: Sql, window: Window, sinceDay: number): Sql<NeglectRow> {
  const since = literal(sinceDay);
  return sql<NeglectRow>`
    WITH contacted AS (
      -- why: a contact without a date may have been yesterday, so it counts in the organisation's favour
      SELECT member_key, max(CASE WHEN to_day IS NULL OR to_day >= ${since} THEN 1 ELSE 0 END) AS is_recent
      FROM ${contactFacts}
      GROUP BY member_key
    ), held_out AS (
      -- why: who is left out by a test is left out on purpose, and somebody follows what they buy
      ${heldOutSql(dialect, window, sinceDay)}
    ), placed AS (
      SELECT m.jackknife_group, m.tier, m.value, ${literal(window.toDay)} - m.enrolled_day AS days_enrolled,
        CASE WHEN NOT m.is_reachable THEN 'unreachable' WHEN c.is_recent = 1 THEN 'recent'
          WHEN c.is_recent = 0 AND h.member_key IS NOT NULL THEN 'held-out-since' WHEN c.is_recent = 0 THEN 'earlier'
          WHEN h.member_key IS NOT NULL THEN 'held-out' WHEN m.enrolled_day >= ${since} THEN 'new' ELSE 'never' END AS state
      FROM ${memberFacts} m
      LEFT JOIN contacted c ON c.member_key = m.member_key
      LEFT JOIN held_out h ON h.member_key = m.member_key
    ), banded AS (
      -- why: an alias cannot be grouped by in every engine
      SELECT state, jackknife_group, tier, value,
        CASE WHEN days_enrolled IS NULL THEN NULL WHEN days_enrolled < 365 THEN 0 WHEN days_enrolled < 730 THEN 1 WHEN days_enrolled < 1826 THEN 2 ELSE 3 END AS tenure_band
      FROM placed
    )
    SELECT state, jackknife_group, tier, tenure_band, count(*) AS members, sum(value) AS value
    FROM banded
    GROUP BY state, jackknife_group, tier, tenure_band
    ORDER BY state, jackknife_group, tier NULLS LAST, tenure_band NULLS LAST`;
}
