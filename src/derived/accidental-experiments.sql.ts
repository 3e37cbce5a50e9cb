import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';
import type { TrialTables } from './trial-history.sql.js';

/** Equally many members stand in each band of an order of identifiers. */
export const bands = 200;

/** Orders in which a list may have been worked off: as text, and shorter identifiers first (numbers without leading noughts). */
export type IdOrder = 'text' | 'length';
const orders = { text: sql`k.member_id`, length: sql`length(k.member_id), k.member_id` } as const;

/** The shortest and the longest identifier; where they are alike, both orders are one. */
export function idLengthsSql(tables: Pick<TrialTables, 'members'>): Sql<{ readonly shortest: number | null; readonly longest: number | null }> {
  return sql<{ readonly shortest: number | null; readonly longest: number | null }>`
    SELECT min(length(k.member_id)) AS shortest, max(length(k.member_id)) AS longest
    FROM ${tables.members} m
    JOIN members k ON k.member_key = m.member_key`;
}

/** One row a member: member_key, band (0, 1, …) by the identifier, which itself goes no further. */
export function idBandsSql(tables: Pick<TrialTables, 'members'>, order: IdOrder): Sql {
  return sql`
    WITH placed AS (
      SELECT m.member_key, row_number() OVER (ORDER BY ${orders[order]}) - 1 AS place, count(*) OVER () AS members
      FROM ${tables.members} m
      JOIN members k ON k.member_key = m.member_key
    )
    SELECT member_key, CAST(floor(CAST(place AS DOUBLE) * ${literal(bands)} / members) AS INTEGER) AS band
    FROM placed`;
}

export interface ContactedBandRow {
  readonly campaign_key: number;
  readonly band: number;
  readonly contacted: number;
}

/** Members by campaign and band. @param idBands the table of `idBandsSql`. */
export function contactedBandsSql(contactFacts: Sql, idBands: Sql): Sql<ContactedBandRow> {
  return sql<ContactedBandRow>`
    SELECT c.campaign_key, b.band, count(*) AS contacted
    FROM ${contactFacts} c
    JOIN ${idBands} b ON b.member_key = c.member_key
    WHERE c.wave = 1 AND c.campaign_key IS NOT NULL
    GROUP BY c.campaign_key, b.band
    ORDER BY c.campaign_key, b.band`;
}

/** Who could have been contacted on a day and is known since another. */
const eligible = (day: number, sinceDay: number): Sql =>
  sql`m.start_day < ${literal(sinceDay)} AND m.is_reachable AND (m.closed_day IS NULL OR m.closed_day >= ${literal(day)}) AND (m.silenced_day IS NULL OR m.silenced_day >= ${literal(day)})`;

/** Members eligible on a day, by band. */
export function eligibleBandsSql(
  tables: Pick<TrialTables, 'members'>,
  idBands: Sql,
  day: number,
  sinceDay: number,
): Sql<{ readonly band: number; readonly eligible: number }> {
  return sql<{ readonly band: number; readonly eligible: number }>`
    SELECT b.band, count(*) AS eligible
    FROM ${tables.members} m
    JOIN ${idBands} b ON b.member_key = m.member_key
    WHERE ${eligible(day, sinceDay)}
    GROUP BY b.band
    ORDER BY b.band`;
}

/** Sides of a cut between bands: 1 where the list was worked off, 0 beyond; bands from `from` to before `to`, without those of the cut. */
export function cutSidesSql(
  tables: Pick<TrialTables, 'members'>,
  idBands: Sql,
  cut: {
    readonly from: number;
    readonly to: number;
    readonly firstInside: number;
    readonly afterInside: number;
    readonly day: number;
    readonly sinceDay: number;
    readonly dropped: readonly [number, number];
  },
): Sql {
  const isInside = sql`b.band >= ${literal(cut.firstInside)} AND b.band < ${literal(cut.afterInside)}`;
  return sql`
      SELECT m.member_key, CASE WHEN ${isInside} THEN 1 ELSE 0 END AS side, b.band AS part
      FROM ${tables.members} m
      JOIN ${idBands} b ON b.member_key = m.member_key
      WHERE ${eligible(cut.day, cut.sinceDay)} AND b.band >= ${literal(cut.from)} AND b.band < ${literal(cut.to)}
        AND b.band <> ${literal(cut.dropped[0])} AND b.band <> ${literal(cut.dropped[1])}`;
}

/** Sides of two waves of one campaign: 1 for members first contacted in the early one, 0 in the later one. */
export function waveSidesSql(
  tables: Pick<TrialTables, 'members'>,
  contactFacts: Sql,
  waves: { readonly campaignKey: number; readonly early: readonly [number, number]; readonly later: readonly [number, number]; readonly sinceDay: number },
): Sql {
  const within = ([from, to]: readonly [number, number]): Sql => sql`c.from_day >= ${literal(from)} AND c.from_day < ${literal(to)}`;
  return sql`
      SELECT c.member_key, CASE WHEN ${within(waves.early)} THEN 1 ELSE 0 END AS side, c.member_key % 50 AS part
      FROM ${contactFacts} c
      JOIN ${tables.members} m ON m.member_key = c.member_key
      WHERE c.campaign_key = ${literal(waves.campaignKey)} AND c.wave = 1 AND (${within(waves.early)} OR ${within(waves.later)})
        AND ${eligible(waves.early[0], waves.sinceDay)}`;
}

export interface DeliveryRow {
  readonly campaign_key: number;
  readonly name: string;
  readonly day: number;
  readonly members: number;
  readonly failed: number;
  /** Of those who failed, members whom the campaign reached on a later day. */
  readonly reached_later: number;
}

/** One row a member, campaign and day with a message of which it is known whether it arrived: has_failed (1: none of that day did). */
export function deliveriesSql(dialect: Dialect, tables: Pick<TrialTables, 'members'>, window: { readonly fromDay: number; readonly toDay: number }): Sql {
  const day = dialect.dayNumber(sql`c.contacted_at`);
  return sql`
    WITH sent AS (
      SELECT c.member_key, c.campaign_key, CAST(${day} AS INTEGER) AS day, min(CASE WHEN COALESCE(c.bounced, FALSE) OR NOT COALESCE(c.delivered, TRUE) THEN 1 ELSE 0 END) AS has_failed
      FROM contacts c
      JOIN ${tables.members} m ON m.member_key = c.member_key
      WHERE c.campaign_key IS NOT NULL AND c.contacted_at IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE) AND (c.delivered IS NOT NULL OR c.bounced IS NOT NULL)
        AND ${day} >= ${literal(window.fromDay)} AND ${day} < ${literal(window.toDay)}
      GROUP BY c.member_key, c.campaign_key, ${day}
    )
    SELECT member_key, campaign_key, day, has_failed, max(CASE WHEN has_failed = 0 THEN day END) OVER (PARTITION BY member_key, campaign_key) AS last_reached
    FROM sent`;
}

/** Members by campaign and day, and those of them whose message failed. @param deliveries the table of `deliveriesSql`. */
export function deliveryDaysSql(deliveries: Sql): Sql<DeliveryRow> {
  return sql<DeliveryRow>`
    SELECT d.campaign_key, COALESCE(k.name, k.campaign_id) AS name, d.day, count(*) AS members, sum(d.has_failed) AS failed,
      sum(CASE WHEN d.has_failed = 1 AND d.last_reached > d.day THEN 1 ELSE 0 END) AS reached_later
    FROM ${deliveries} d
    JOIN campaigns k ON k.campaign_key = d.campaign_key
    GROUP BY d.campaign_key, COALESCE(k.name, k.campaign_id), d.day
    ORDER BY d.campaign_key, d.day`;
}

/**
 * Sides of an outage: 0 for members whose turn was on the day that failed, 1 for those whose turn was on the days before and after. Where the
 * campaign has one day only, 0 for those whose message failed and 1 for the others.
 */
export function outageSidesSql(
  tables: Pick<TrialTables, 'members'>,
  deliveries: Sql,
  outage: {
    readonly campaignKey: number;
    readonly day: number;
    readonly from: number;
    readonly to: number;
    readonly isPartOfDay: boolean;
    readonly sinceDay: number;
  },
): Sql {
  const isSpared = outage.isPartOfDay ? sql`d.has_failed = 1` : sql`d.day = ${literal(outage.day)}`;
  return sql`
      SELECT d.member_key, CASE WHEN max(CASE WHEN ${isSpared} THEN 1 ELSE 0 END) = 1 THEN 0 ELSE 1 END AS side, d.member_key % 50 AS part
      FROM ${deliveries} d
      JOIN ${tables.members} m ON m.member_key = d.member_key
      WHERE d.campaign_key = ${literal(outage.campaignKey)} AND d.day >= ${literal(outage.from)} AND d.day < ${literal(outage.to)} AND ${eligible(outage.from, outage.sinceDay)}
      GROUP BY d.member_key`;
}

/** Members assigned to a treated arm who were sent nothing of the campaign, by campaign. @param units the table of `experimentUnits`. */
export function listedNotSentSql(units: Sql): Sql<{ readonly campaign_key: number; readonly name: string; readonly listed: number; readonly unsent: number }> {
  return sql<{ readonly campaign_key: number; readonly name: string; readonly listed: number; readonly unsent: number }>`
    WITH sent AS (
      SELECT DISTINCT campaign_key, member_key FROM contacts WHERE campaign_key IS NOT NULL
    )
    SELECT u.campaign_key, COALESCE(k.name, k.campaign_id) AS name, count(*) AS listed, count(CASE WHEN s.member_key IS NULL THEN 1 END) AS unsent
    FROM ${units} u
    JOIN campaigns k ON k.campaign_key = u.campaign_key
    LEFT JOIN sent s ON s.campaign_key = u.campaign_key AND s.member_key = u.member_key
    WHERE u.is_holdout = 0 AND u.is_unambiguous = 1 AND u.campaign_key IN (SELECT campaign_key FROM sent)
    GROUP BY u.campaign_key, COALESCE(k.name, k.campaign_id)
    ORDER BY u.campaign_key`;
}
