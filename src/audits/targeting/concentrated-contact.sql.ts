import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';
import { heldOutSql } from './held-out.sql.js';

/**
 * A wave is one selection: a campaign's contacts of one ordinal (a member's first, second …) within 28 days. A campaign that runs
 * all year selects many times, and somebody who joins in June is eligible from June on.
 */
const wavesCte = (contactFacts: Sql, window: Window): Sql => sql`
    first_days AS (
      -- why: slices of 28 days are counted from the campaign's own first day, so that a short campaign is never cut in two
      SELECT campaign_key, min(from_day) AS campaign_day
      FROM ${contactFacts}
      GROUP BY campaign_key
    ), placed AS (
      -- why: a contact without any date goes to a wave of its own kind, number -1
      SELECT c.member_key, c.campaign_key, c.wave, c.from_day,
        COALESCE(CAST(floor((c.from_day - f.campaign_day) / 28e0) AS BIGINT), -1) AS slice
      FROM ${contactFacts} c
      JOIN first_days f ON f.campaign_key = c.campaign_key
    ), waves AS (
      -- why: a campaign that began before the window selected its members at the latest by the window's first day
      SELECT campaign_key, wave, slice, greatest(min(from_day), ${literal(window.fromDay)}) AS known_day, count(from_day) AS dated, count(*) AS size
      FROM placed
      GROUP BY campaign_key, wave, slice
    )`;

export interface WaveRow {
  readonly day: number | null;
  readonly size: number;
  readonly waves: number;
}

/** How many waves of each size there were on each day. */
export function waveSizesSql(contactFacts: Sql, window: Window): Sql<WaveRow> {
  return sql<WaveRow>`
    WITH ${wavesCte(contactFacts, window)}, dated AS (
      -- why: greatest() ignores NULL in one engine and returns it in another
      SELECT CASE WHEN dated > 0 THEN known_day END AS day, size
      FROM waves
    )
    SELECT day, size, count(*) AS waves
    FROM dated
    GROUP BY day, size
    ORDER BY day NULLS LAST, size`;
}

export interface ContactHistogramRow {
  readonly contacts: number;
  readonly from_day: number;
  readonly to_day: number;
  /** Not those who were never contacted for want of permission or because a test kept them out: no selection could have reached them. */
  readonly can_be_contacted: 'yes' | 'no permission' | 'held out';
  readonly members: number;
}

/** Members by number of contacts and by the days between which they could be selected. */
export function contactHistogramSql(dialect: Dialect, contactFacts: Sql, memberFacts: Sql, window: Window): Sql<ContactHistogramRow> {
  const firstDay = literal(window.fromDay);
  const endDay = literal(window.toDay);
  return sql<ContactHistogramRow>`
    WITH ${wavesCte(contactFacts, window)}, contacted AS (
      SELECT p.member_key, count(*) AS contacts, min(CASE WHEN w.dated > 0 THEN w.known_day END) AS first_wave_day,
        max(CASE WHEN w.dated > 0 THEN w.known_day END) AS last_wave_day
      FROM placed p
      JOIN waves w ON w.campaign_key = p.campaign_key AND w.wave = p.wave AND w.slice = p.slice
      GROUP BY p.member_key
    ), held_out AS (
      -- why: who is left out by a test is left out on purpose
      ${heldOutSql(dialect, window, window.fromDay)}
    ), eligible AS (
      -- why: the end of permission ends eligibility as leaving does
      SELECT m.member_key, m.is_reachable OR NOT m.is_open OR m.permission_ended_day IS NOT NULL AS was_permitted,
        greatest(COALESCE(m.enrolled_day, ${firstDay}), ${firstDay}) AS joined_day,
        least(COALESCE(m.closed_day, ${endDay}), COALESCE(m.permission_ended_day, ${endDay}), ${endDay}) AS left_day
      FROM ${memberFacts} m
    ), spans AS (
      -- why: whoever was contacted was eligible then, whatever the date of joining or leaving says
      SELECT COALESCE(c.contacts, 0) AS contacts, least(e.joined_day, COALESCE(c.first_wave_day, e.joined_day)) AS from_day,
        greatest(e.left_day, COALESCE(c.last_wave_day + 1, e.left_day)) AS to_day,
        CASE WHEN c.member_key IS NOT NULL THEN 'yes' WHEN NOT e.was_permitted THEN 'no permission' WHEN h.member_key IS NOT NULL THEN 'held out' ELSE 'yes' END AS can_be_contacted
      FROM eligible e
      LEFT JOIN held_out h ON h.member_key = e.member_key
      LEFT JOIN contacted c ON c.member_key = e.member_key
    )
    SELECT contacts, from_day, to_day, can_be_contacted, count(*) AS members
    FROM spans
    WHERE from_day < to_day OR contacts > 0
    GROUP BY contacts, from_day, to_day, can_be_contacted
    ORDER BY contacts, from_day, to_day, can_be_contacted`;
}
