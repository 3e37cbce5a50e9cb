import { blockDays, type HistoryBlockRow } from '../../derived/purchase-history.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import { type PointsSources, pointsLines } from './points-lines.sql.js';

export interface JoinerRow {
  /** 0: joined in the last year whose joiners have all been followed for the age compared, 1: in the year before; null: neither. */
  readonly year: number | null;
  /** Twelfth of that year, 0 to 11: like seasons are compared. */
  readonly season: number | null;
  /** Days from joining to the event, to closing, or to the end of the data. */
  readonly time: number;
  readonly outcome: 'event' | 'closed' | 'waiting';
  /** Joined a year or more before the end, whatever has happened since. */
  readonly is_year_old: number;
  readonly members: number;
}

export interface JoinerTerms {
  /** First day of the history: who joined before it cannot be followed from the start. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Age at which joiners of two years are compared. */
  readonly ageDays: number;
}

/** @param times rows member_key, enrolled_day, closed_day, event_day of members who joined inside the history. */
export function joinerTimesSql(times: Sql, { toDay, ageDays }: JoinerTerms): Sql<JoinerRow> {
  const end = literal(toDay);
  return sql<JoinerRow>`
    WITH times AS (${times}
    ), ended AS (
      -- why: what comes first counts; closing on the very day of the event comes after it
      SELECT enrolled_day, CASE WHEN event_day IS NOT NULL AND (closed_day IS NULL OR event_day <= closed_day) THEN 'event' WHEN closed_day IS NOT NULL AND closed_day < ${end} THEN 'closed' ELSE 'waiting' END AS outcome,
        CASE WHEN event_day IS NOT NULL AND (closed_day IS NULL OR event_day <= closed_day) THEN event_day WHEN closed_day IS NOT NULL AND closed_day < ${end} THEN closed_day ELSE ${end} END AS last_day,
        ${literal(toDay - ageDays)} - 1 - enrolled_day AS back, CASE WHEN enrolled_day <= ${literal(toDay - 365)} THEN 1 ELSE 0 END AS is_year_old
      FROM times
    ), placed AS (
      SELECT outcome, CASE WHEN last_day > enrolled_day THEN last_day - enrolled_day ELSE 0 END AS time,
        CASE WHEN back >= 0 AND back < 730 THEN CAST(floor(back / 365e0) AS BIGINT) END AS year, back, is_year_old
      FROM ended
    ), dated AS (
      SELECT outcome, time, year, is_year_old, CASE WHEN year IS NOT NULL THEN CAST(floor((back - 365 * year) * 12 / 365e0) AS BIGINT) END AS season
      FROM placed
    )
    SELECT year, season, time, outcome, is_year_old, count(*) AS members
    FROM dated
    GROUP BY year, season, time, outcome, is_year_old
    ORDER BY year NULLS LAST, season NULLS LAST, time, outcome, is_year_old`;
}

/** Members who joined inside the history, by the time to their first redemption. */
export function firstRedemptionsSql(dialect: Dialect, memberFacts: Sql, sources: PointsSources, terms: JoinerTerms): Sql<JoinerRow> {
  return joinerTimesSql(
    sql`
      SELECT m.member_key, m.enrolled_day, m.closed_day, min(l.day) AS event_day
      FROM ${memberFacts} m
      LEFT JOIN (${pointsLines(dialect, sources, terms.toDay)}
      ) AS l ON l.member_key = m.member_key AND l.kind = 'redeem' AND l.day >= m.enrolled_day
      WHERE m.enrolled_day >= ${literal(terms.fromDay)} AND m.enrolled_day < ${literal(terms.toDay)}
      GROUP BY m.member_key, m.enrolled_day, m.closed_day`,
    terms,
  );
}

/** Blocks of 31 days with points earned or redeemed, counted back from the end. */
export function pointsBlocksSql(dialect: Dialect, sources: PointsSources, toDay: number): Sql<HistoryBlockRow> {
  return sql<HistoryBlockRow>`
    WITH lines AS (${pointsLines(dialect, sources, toDay)}
    ), placed AS (
      -- why: a stray date years before all others is no history, and shows as a hole
      SELECT CAST(floor((${literal(toDay)} - 1 - day) / CAST(${literal(blockDays)} AS DOUBLE)) AS BIGINT) AS block, day
      FROM lines
    )
    SELECT block, min(day) AS first_day
    FROM placed
    GROUP BY block
    ORDER BY block`;
}
