import { periodDays, periodOf, periodsOf } from '../../derived/member-periods.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

/** What tells offers apart: the offer's own code, its kind, or the kind that the campaign states. */
export type OfferLevel = 'offer' | 'offerType' | 'campaignType';
const offerColumns: Readonly<Record<OfferLevel, Sql>> = { offer: sql`c.offer_id`, offerType: sql`o.type`, campaignType: sql`k.offer_type` };

/** Offers beyond these, and segments beyond those, are put together. */
export const mostOffers = 24;
const mostSegments = 11;
export const otherOffers = 'all other offers';
const otherSegments = 'all others';

/** Quarters are three periods of four weeks, so that members' stages and values fall into them. */
const periodsOfQuarter = 3;
const quarterDays = periodsOfQuarter * periodDays;
const quarterOf = (day: Sql, window: Window): Sql => sql`CAST(floor((${periodOf(day, window)} - 1) / ${literal(periodsOfQuarter)}e0) AS BIGINT)`;
const firstDay = (window: Window): number => window.toDay - periodsOf(window) * periodDays;

/** Jackknife groups of members; fewer are a random part of them. */
export const allGroups = 50;

/** Marketing contacts of the whole periods with their offer; contacts without one are kept, to be counted. */
const sentCte = (dialect: Dialect, window: Window, level: OfferLevel, groups = allGroups): Sql => {
  const day = dialect.dayNumber(sql`COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))`);
  return sql`
    kinds AS (
      -- why: an offer that is listed twice must not double its contacts
      SELECT offer_id, min(type) AS type, min(lower(trim(category))) AS category
      FROM offers
      WHERE offer_id IS NOT NULL
      GROUP BY offer_id
    ), sent AS (
      SELECT c.member_key, m.jackknife_group, ${day} AS day, ${offerColumns[level]} AS offer, o.category
      FROM contacts c
      JOIN members m ON m.member_key = c.member_key
      LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
      LEFT JOIN kinds o ON o.offer_id = c.offer_id
      WHERE m.jackknife_group < ${literal(groups)} AND NOT COALESCE(c.is_transactional, FALSE) AND ${day} >= ${literal(firstDay(window))} AND ${day} < ${literal(window.toDay)}
    )`;
};

const keptCte = (kept: readonly string[]): Sql => sql`
    kept AS (
      SELECT place, offer
      FROM (VALUES ${join(kept.map((offer, index) => sql`(${literal(index + 1)}, ${literal(offer)})`))}) AS v(place, offer)
    )`;

export interface OfferRow {
  /** Null: contacts without a known offer. */
  readonly offer: string | null;
  readonly contacts: number;
  /** Of all offers, and of all contacts. */
  readonly known: number;
  readonly all_contacts: number;
}

/** The offers with most contacts, and how many contacts there are at all. */
export function offersSql(dialect: Dialect, window: Window, level: OfferLevel): Sql<OfferRow> {
  return sql<OfferRow>`
    WITH ${sentCte(dialect, window, level)}, counted AS (
      SELECT offer, count(*) AS contacts
      FROM sent
      GROUP BY offer
    ), summed AS (
      SELECT offer, contacts, CAST(sum(CASE WHEN offer IS NULL THEN 0 ELSE contacts END) OVER () AS BIGINT) AS known, CAST(sum(contacts) OVER () AS BIGINT) AS all_contacts
      FROM counted
    )
    SELECT offer, contacts, known, all_contacts
    FROM summed
    WHERE offer IS NOT NULL
    ORDER BY contacts DESC, offer
    LIMIT ${literal(mostOffers + 1)}`;
}

export interface WeekRow {
  readonly quarter: number;
  readonly week: number;
  readonly offer: string;
  readonly contacts: number;
}

/** Contacts by week and offer. */
export function weeksSql(dialect: Dialect, window: Window, level: OfferLevel, kept: readonly string[]): Sql<WeekRow> {
  return sql<WeekRow>`
    WITH ${sentCte(dialect, window, level)}, ${keptCte(kept)}, placed AS (
      SELECT ${quarterOf(sql`s.day`, window)} AS quarter, CAST(floor((s.day - ${literal(firstDay(window))}) / 7e0) AS BIGINT) AS week,
        COALESCE(k.offer, ${literal(otherOffers)}) AS offer
      FROM sent s
      LEFT JOIN kept k ON k.offer = s.offer
      WHERE s.offer IS NOT NULL
    )
    SELECT quarter, week, offer, count(*) AS contacts
    FROM placed
    GROUP BY quarter, week, offer
    ORDER BY week, offer`;
}

export interface VarietyRow {
  readonly jackknife_group: number;
  readonly members: number;
  readonly member_quarters: number;
  readonly offers: number;
}

/** Different offers that a member got in a quarter with any, added up. */
export function varietySql(dialect: Dialect, window: Window, level: OfferLevel): Sql<VarietyRow> {
  return sql<VarietyRow>`
    WITH ${sentCte(dialect, window, level)}, counted AS (
      SELECT member_key, jackknife_group, ${quarterOf(sql`day`, window)} AS quarter, count(DISTINCT offer) AS offers
      FROM sent
      WHERE offer IS NOT NULL
      GROUP BY member_key, jackknife_group, ${quarterOf(sql`day`, window)}
    )
    SELECT jackknife_group, count(DISTINCT member_key) AS members, count(*) AS member_quarters, CAST(sum(offers) AS BIGINT) AS offers
    FROM counted
    GROUP BY jackknife_group
    ORDER BY jackknife_group`;
}

/** One row a marketing contact with a known offer, in small numbers, because every division of members looks at all of them: offer is its place among the kept, from 1, or 0. */
export function offerSendsSql(dialect: Dialect, window: Window, level: OfferLevel, kept: readonly string[]): Sql {
  return sql`
    WITH ${sentCte(dialect, window, level)}, ${keptCte(kept)}
    SELECT s.member_key, s.jackknife_group, CAST(${periodOf(sql`s.day`, window)} AS INTEGER) AS period, CAST(${quarterOf(sql`s.day`, window)} AS INTEGER) AS quarter, CAST(COALESCE(k.place, 0) AS INTEGER) AS offer
    FROM sent s
    LEFT JOIN kept k ON k.offer = s.offer
    WHERE s.offer IS NOT NULL`;
}

/** Ways to divide members, each known on the day of the contact. */
export const segmentations = ['tier', 'segment', 'value', 'stage', 'category'] as const;
export type Segmentation = (typeof segmentations)[number];

export interface SegmentTables {
  readonly memberPeriods: Sql;
  readonly hasTierHistory: boolean;
  /** The table of `boughtSql`. */
  readonly bought: Sql;
  /** The table of `offerSendsSql`. */
  readonly sends: Sql;
}

const quartersOf = (window: Window): number => Math.ceil(periodsOf(window) / periodsOfQuarter);

/**
 * One row a member, category and quarter with a purchase in the year before it: member_key, category, quarter, net. One pass over the
 * purchases, and no row for each of them in each quarter. @param groups jackknife groups that are looked at; 50 are all.
 */
export function boughtSql(dialect: Dialect, window: Window, groups: number): Sql {
  const day = dialect.dayNumber(sql`occurred_at`);
  const starts = Array.from({ length: quartersOf(window) }, (_, quarter) => firstDay(window) + quarter * quarterDays);
  const before = (start: number): Sql => sql`${day} < ${literal(start)} AND ${day} >= ${literal(start - 365)}`;
  const sums = join(starts.map((start, quarter) => sql`sum(CASE WHEN ${before(start)} THEN net_amount END) AS ${identifier(`net_${quarter}`)}`));
  const cases = join(
    starts.map((_, quarter) => sql`WHEN ${literal(quarter)} THEN ${identifier(`net_${quarter}`)}`),
    ' ',
  );
  const only =
    groups < allGroups ? sql`member_key IN (SELECT member_key FROM members WHERE jackknife_group < ${literal(groups)})` : sql`member_key IS NOT NULL`;
  return sql`
    WITH summed AS (
      SELECT member_key, lower(trim(category)) AS category, ${sums}
      FROM transactions
      WHERE ${only} AND category IS NOT NULL AND NOT COALESCE(is_return, FALSE)
      GROUP BY member_key, lower(trim(category))
    ), spread AS (
      SELECT b.member_key, b.category, q.n - 1 AS quarter, CASE q.n - 1 ${cases} END AS net
      FROM summed b
      CROSS JOIN ${dialect.countingTable(starts.length)} q
    )
    SELECT member_key, category, CAST(quarter AS INTEGER) AS quarter, net
    FROM spread
    WHERE net IS NOT NULL`;
}

/** Rows of member_key, period (NULL: always) and segment. */
function segmentsOf(dialect: Dialect, window: Window, segmentation: Segmentation, { memberPeriods, hasTierHistory, bought }: SegmentTables): Sql {
  const start = sql`${literal(firstDay(window) - quarterDays)} + q.n * ${literal(quarterDays)}`;
  const quarters = dialect.countingTable(quartersOf(window));
  const always = dialect.typeOf('integer');
  const queries: Readonly<Record<Segmentation, Sql>> = {
    tier: hasTierHistory
      ? sql`SELECT t.member_key, q.n - 1 AS quarter, max(t.tier) AS segment FROM tiers t JOIN ${quarters} q
          ON COALESCE(${dialect.dayNumber(sql`t.valid_from`)}, ${start}) <= ${start} AND COALESCE(${dialect.dayNumber(sql`t.valid_to`)}, ${start} + 1) > ${start}
          WHERE t.member_key IS NOT NULL GROUP BY t.member_key, q.n`
      : sql`SELECT member_key, CAST(NULL AS ${always}) AS quarter, tier AS segment FROM members WHERE tier IS NOT NULL`,
    segment: sql`SELECT member_key, CAST(NULL AS ${always}) AS quarter, segment FROM members WHERE segment IS NOT NULL`,
    value: sql`SELECT member_key, CAST(floor(period / ${literal(periodsOfQuarter)}e0) AS BIGINT) AS quarter,
          'tenth ' || lpad(CAST(1 + least(CAST(floor(percent_rank() OVER (PARTITION BY period ORDER BY year_net) * 10e0) AS BIGINT), 9) AS VARCHAR), 2, '0') AS segment
          FROM ${memberPeriods} WHERE (period - 1) % ${literal(periodsOfQuarter)} = 0 AND history_days >= ${literal(quarterDays)}`,
    stage: sql`SELECT member_key, period, stage AS segment FROM ${memberPeriods} WHERE stage IS NOT NULL`,
    category: sql`SELECT member_key, quarter, category AS segment FROM (
          SELECT b.member_key, b.quarter, b.category, row_number() OVER (PARTITION BY b.member_key, b.quarter ORDER BY b.net DESC, b.category) AS place
          FROM ${bought} b) ranked WHERE place = 1`,
  };
  return queries[segmentation];
}

const joinOf = (segmentation: Segmentation, hasTierHistory: boolean): Sql => {
  if (segmentation === 'stage') return sql`g.member_key = s.member_key AND g.period = s.period`;
  if (segmentation === 'segment' || (segmentation === 'tier' && !hasTierHistory)) return sql`g.member_key = s.member_key`;
  return sql`g.member_key = s.member_key AND g.quarter = s.quarter`;
};

export interface CellRow {
  readonly quarter: number;
  readonly jackknife_group: number;
  readonly segment: string;
  readonly offer: string;
  readonly contacts: number;
  readonly members: number;
}

/** Contacts by quarter, segment and offer. @param kept those of `offerSendsSql`. */
export function cellsSql(dialect: Dialect, window: Window, kept: readonly string[], segmentation: Segmentation, tables: SegmentTables): Sql<CellRow> {
  return sql<CellRow>`
    WITH ${keptCte(kept)}, segments AS (${segmentsOf(dialect, window, segmentation, tables)}
    ), placed AS (
      SELECT s.member_key, s.jackknife_group, s.quarter, s.offer, g.segment
      FROM ${tables.sends} s
      JOIN segments g ON ${joinOf(segmentation, tables.hasTierHistory)}
    ), sizes AS (
      -- why: a column with a thousand codes is no segmentation that a plan could follow
      SELECT segment, row_number() OVER (ORDER BY count(*) DESC, segment) AS place
      FROM placed
      GROUP BY segment
    ), cells AS (
      SELECT p.quarter, p.jackknife_group, CASE WHEN z.place <= ${literal(mostSegments)} THEN p.segment ELSE ${literal(otherSegments)} END AS segment, p.offer,
        count(*) AS contacts, count(DISTINCT p.member_key) AS members
      FROM placed p
      JOIN sizes z ON z.segment = p.segment
      GROUP BY p.quarter, p.jackknife_group, CASE WHEN z.place <= ${literal(mostSegments)} THEN p.segment ELSE ${literal(otherSegments)} END, p.offer
    )
    SELECT c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, ${literal(otherOffers)}) AS offer, c.contacts, c.members
    FROM cells c
    LEFT JOIN kept k ON k.place = c.offer
    ORDER BY c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, ${literal(otherOffers)})`;
}

export interface RelevanceRow {
  readonly quarter: number;
  readonly jackknife_group: number;
  readonly category: string;
  /** Contacts with an offer in the category; those of them whose member had bought in it; contacts, with any category, whose member had. */
  readonly offered: number;
  readonly relevant: number;
  readonly could_be: number;
}

/** Offers by category, and whether the member had bought in it in the year before the quarter. @param bought the table of `boughtSql`, for so many groups. */
export function relevanceSql(dialect: Dialect, window: Window, bought: Sql, groups: number): Sql<RelevanceRow> {
  return sql<RelevanceRow>`
    WITH ${sentCte(dialect, window, 'offer', groups)}, offered AS (
      SELECT member_key, jackknife_group, ${quarterOf(sql`day`, window)} AS quarter, category, count(*) AS contacts
      FROM sent
      WHERE category IS NOT NULL
      GROUP BY member_key, jackknife_group, ${quarterOf(sql`day`, window)}, category
    ), totals AS (
      SELECT member_key, jackknife_group, quarter, sum(contacts) AS contacts
      FROM offered
      GROUP BY member_key, jackknife_group, quarter
    ), parts AS (
      -- why: once is enough; what was bought after the offer is no reason for it
      SELECT o.quarter, o.jackknife_group, o.category, o.contacts AS offered, CASE WHEN b.member_key IS NULL THEN 0 ELSE o.contacts END AS relevant, 0 AS could_be
      FROM offered o
      LEFT JOIN ${bought} b ON b.member_key = o.member_key AND b.quarter = o.quarter AND b.category = o.category
      UNION ALL
      SELECT t.quarter, t.jackknife_group, b.category, 0, 0, t.contacts
      FROM totals t
      JOIN ${bought} b ON b.member_key = t.member_key AND b.quarter = t.quarter
    )
    SELECT quarter, jackknife_group, category, CAST(sum(offered) AS BIGINT) AS offered, CAST(sum(relevant) AS BIGINT) AS relevant, CAST(sum(could_be) AS BIGINT) AS could_be
    FROM parts
    GROUP BY quarter, jackknife_group, category
    ORDER BY quarter, jackknife_group, category`;
}
