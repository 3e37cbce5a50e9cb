/** Compact tables of what members did and were sent, day by day, from which any date can be looked at from before and after. */
import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';
import { countsAsResponse } from './response-kinds.sql.js';

/** Amounts, counts and shares of one member: wide enough for money, narrow enough that squares fit. */
const amount = (value: Sql): Sql => sql`CAST(${value} AS DECIMAL(18, 3))`;

export interface HistorySpan {
  /** First day after the analysis. */
  readonly toDay: number;
  /** Jackknife groups of members that are looked at, from the first. */
  readonly groups: number;
}

/** The column of the purchases that counts as value; null counts nothing. */
export type ValueColumn = 'margin_amount' | 'net_amount' | null;
const valueColumns = { margin_amount: sql`t.margin_amount`, net_amount: sql`t.net_amount` } as const;

/**
 * One row a member and day with a purchase or return: member_key, day, value (returns taken off), baskets, main_baskets (those through
 * the channel that most baskets go through), discount, gross (before discount).
 */
export function trialDaysSql(dialect: Dialect, column: ValueColumn, { toDay, groups }: HistorySpan): Sql {
  const day = dialect.dayNumber(sql`t.occurred_at`);
  const ifBought = (amountOf: Sql): Sql => sql`CASE WHEN COALESCE(t.is_return, FALSE) THEN 0 ELSE ${amountOf} END`;
  const bought = ifBought(literal(1));
  const value = column === null ? literal(0) : valueColumns[column];
  const discount = sql`COALESCE(t.discount_amount, 0)`;
  return sql`
    WITH spellings AS (
      SELECT channel, lower(trim(channel)) AS name, count(*) AS baskets FROM transactions WHERE channel IS NOT NULL GROUP BY channel
    ), names AS (
      -- why: one channel stands for how a member shops; of several used alike the first by name, so that engines agree
      SELECT name, row_number() OVER (ORDER BY sum(baskets) DESC, name) AS place FROM spellings GROUP BY name
    ), main AS (
      -- why: as it is spelt in the files, because few spellings are compared faster than many purchases are rewritten
      SELECT s.channel FROM spellings s JOIN names n ON n.name = s.name WHERE n.place = 1
    )
    SELECT t.member_key, CAST(${day} AS INTEGER) AS day, ${amount(sql`sum(COALESCE(${value}, 0))`)} AS value, CAST(sum(${bought}) AS INTEGER) AS baskets,
      CAST(sum(CASE WHEN t.channel IN (SELECT channel FROM main) THEN ${bought} ELSE 0 END) AS INTEGER) AS main_baskets,
      ${amount(sql`sum(${ifBought(discount)})`)} AS discount, ${amount(sql`sum(${ifBought(sql`COALESCE(t.net_amount, 0) + ${discount}`)})`)} AS gross
    FROM transactions t
    JOIN members m ON m.member_key = t.member_key
    WHERE t.occurred_at IS NOT NULL AND ${day} < ${literal(toDay)} AND m.jackknife_group < ${literal(groups)}
    GROUP BY t.member_key, ${day}`;
}

/** One row a dated marketing message: member_key, campaign_key, day; messages before the window count too. */
export function trialContactsSql(dialect: Dialect, { toDay, groups }: HistorySpan): Sql {
  const day = dialect.dayNumber(sql`COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))`);
  return sql`
    SELECT c.member_key, c.campaign_key, CAST(${day} AS INTEGER) AS day, count(*) AS contacts
    FROM contacts c
    JOIN members m ON m.member_key = c.member_key
    LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
    WHERE NOT COALESCE(c.is_transactional, FALSE) AND ${day} < ${literal(toDay)} AND m.jackknife_group < ${literal(groups)}
    GROUP BY c.member_key, c.campaign_key, ${day}`;
}

/** One row a member and day with a response that counts: member_key, day. */
export function trialResponsesSql(dialect: Dialect, { toDay, groups }: HistorySpan): Sql {
  const day = dialect.dayNumber(sql`r.responded_at`);
  return sql`
    SELECT r.member_key, CAST(${day} AS INTEGER) AS day, count(*) AS responses
    FROM responses r
    JOIN members m ON m.member_key = r.member_key
    WHERE r.responded_at IS NOT NULL AND ${countsAsResponse(sql`r.type`)} AND ${day} < ${literal(toDay)} AND m.jackknife_group < ${literal(groups)}
    GROUP BY r.member_key, ${day}`;
}

/** One row a period of a member in a tier: member_key, from_day, until_day (NULL while it lasts), is_other (1: not the commonest tier). */
export function trialTiersSql(dialect: Dialect, { groups }: HistorySpan): Sql {
  return sql`
    WITH commonest AS (
      SELECT tier, row_number() OVER (ORDER BY periods DESC, tier) AS place
      FROM (SELECT tier, count(*) AS periods FROM tiers GROUP BY tier) AS counted
    )
    SELECT t.member_key, ${dialect.dayNumber(sql`t.valid_from`)} AS from_day, ${dialect.dayNumber(sql`t.valid_to`)} AS until_day, CASE WHEN c.place = 1 THEN 0 ELSE 1 END AS is_other
    FROM tiers t
    JOIN members m ON m.member_key = t.member_key
    JOIN commonest c ON c.tier = t.tier
    WHERE t.valid_from IS NOT NULL AND m.jackknife_group < ${literal(groups)}`;
}

/**
 * One row a member of whom it is known since when: member_key, jackknife_group, start_day (enrolment, else the first purchase or message on
 * record), closed_day, silenced_day (when permission ended; NULL with permission), is_reachable (permission, or a day on which it ended).
 * @param days the table of `trialDaysSql`. @param contacts that of `trialContactsSql`.
 */
export function trialMembersSql(memberFacts: Sql, days: Sql, contacts: Sql, { groups }: HistorySpan): Sql {
  return sql`
    WITH seen AS (
      -- why: where no day of joining is on record, a member is known from the first trace
      SELECT member_key, min(day) AS first_day
      FROM (SELECT member_key, day FROM ${days} UNION ALL SELECT member_key, day FROM ${contacts}) AS traces
      GROUP BY member_key
    )
    SELECT f.member_key, f.jackknife_group, COALESCE(f.enrolled_day, s.first_day) AS start_day, f.closed_day, f.permission_ended_day AS silenced_day,
      f.has_permission OR f.permission_ended_day IS NOT NULL AS is_reachable
    FROM ${memberFacts} f
    LEFT JOIN seen s ON s.member_key = f.member_key
    WHERE f.jackknife_group < ${literal(groups)} AND COALESCE(f.enrolled_day, s.first_day) IS NOT NULL`;
}

/** First and last day with a purchase in the files; NULL without one. */
export function trialReachSql(days: Sql): Sql<{ readonly first_day: number | null; readonly last_day: number | null }> {
  return sql<{ readonly first_day: number | null; readonly last_day: number | null }>`SELECT min(day) AS first_day, max(day) AS last_day FROM ${days}`;
}

export interface Vantage {
  /** The date that is looked at from before and after. */
  readonly day: number;
  /** Days followed after it, and compared with as many before. */
  readonly days: number;
}

export interface TrialTables {
  readonly members: Sql;
  readonly days: Sql;
  readonly contacts: Sql;
  readonly responses: Sql;
  readonly tiers: Sql;
}

/** How far back habits are looked at: whole weeks, so that every weekday counts alike. */
const lookBackDays = 364;

/**
 * One row a member of `sides` with what was known before a date and what came after: member_key, jackknife_group, side, part, the covariates
 * x1 … x11 in the order of `covariates`, then the outcomes value_before, value_after, active_before, active_after and their changes.
 * @param sides a query with member_key, side and part.
 */
export function trialSubjectsSql(tables: TrialTables, sides: Sql, { day, days }: Vantage): Sql {
  const [at, before, after, yearBefore] = [literal(day), literal(day - days), literal(day + days), literal(day - lookBackDays)];
  const within = (value: Sql, from: Sql, to: Sql): Sql => sql`sum(CASE WHEN day >= ${from} AND day < ${to} THEN ${value} ELSE 0 END)`;
  const hasBought = (from: Sql, to: Sql): Sql => sql`max(CASE WHEN day >= ${from} AND day < ${to} AND baskets > 0 THEN 1 ELSE 0 END)`;
  return sql`
    WITH sided AS (${sides}
    ), bought AS (
      -- why: the days before and after are equally many and hold each weekday equally often
      SELECT member_key, ${within(sql`value`, before, at)} AS value_before, ${within(sql`value`, at, after)} AS value_after, ${hasBought(before, at)} AS active_before,
        ${hasBought(at, after)} AS active_after, ${within(sql`value`, yearBefore, at)} AS year_value, ${within(sql`baskets`, yearBefore, at)} AS year_baskets,
        ${within(sql`main_baskets`, yearBefore, at)} AS main_baskets, ${within(sql`discount`, yearBefore, at)} AS discount, ${within(sql`gross`, yearBefore, at)} AS gross,
        max(CASE WHEN day < ${at} AND baskets > 0 THEN day END) AS last_day
      FROM ${tables.days}
      WHERE day >= ${yearBefore} AND day < ${after}
      GROUP BY member_key
    ), sent AS (
      SELECT member_key, sum(CASE WHEN day >= ${literal(day - 28)} THEN contacts ELSE 0 END) AS contacts_28, sum(contacts) AS contacts_90
      FROM ${tables.contacts}
      WHERE day >= ${literal(day - 90)} AND day < ${at}
      GROUP BY member_key
    ), answered AS (
      SELECT member_key, sum(responses) AS responses FROM ${tables.responses} WHERE day >= ${yearBefore} AND day < ${at} GROUP BY member_key
    ), tiered AS (
      SELECT member_key, max(is_other) AS is_other FROM ${tables.tiers} WHERE from_day <= ${at} AND (until_day IS NULL OR until_day > ${at}) GROUP BY member_key
    )
    SELECT s.member_key, m.jackknife_group, s.side, s.part, ${amount(sql`COALESCE(b.value_before, 0)`)} AS x1, ${amount(sql`COALESCE(b.year_value, 0)`)} AS x2,
      ${amount(sql`COALESCE(b.year_baskets, 0)`)} AS x3, ${amount(sql`${at} - COALESCE(b.last_day, ${yearBefore})`)} AS x4, ${amount(sql`${at} - m.start_day`)} AS x5,
      ${amount(sql`COALESCE(t.is_other, 0)`)} AS x6, ${amount(sql`COALESCE(CAST(b.main_baskets AS DOUBLE) / NULLIF(b.year_baskets, 0), 0e0)`)} AS x7,
      ${amount(sql`CASE WHEN b.gross > 0 AND b.discount > 0 THEN CASE WHEN b.discount < b.gross THEN CAST(b.discount AS DOUBLE) / CAST(b.gross AS DOUBLE) ELSE 1e0 END ELSE 0e0 END`)} AS x8,
      ${amount(sql`COALESCE(c.contacts_28, 0)`)} AS x9, ${amount(sql`COALESCE(c.contacts_90, 0)`)} AS x10, ${amount(sql`COALESCE(a.responses, 0)`)} AS x11,
      ${amount(sql`COALESCE(b.value_before, 0)`)} AS value_before, ${amount(sql`COALESCE(b.value_after, 0)`)} AS value_after,
      ${amount(sql`COALESCE(b.active_before, 0)`)} AS active_before, ${amount(sql`COALESCE(b.active_after, 0)`)} AS active_after,
      ${amount(sql`COALESCE(b.value_after, 0) - COALESCE(b.value_before, 0)`)} AS value_change, ${amount(sql`COALESCE(b.active_after, 0) - COALESCE(b.active_before, 0)`)} AS active_change
    FROM sided s
    JOIN ${tables.members} m ON m.member_key = s.member_key
    LEFT JOIN bought b ON b.member_key = s.member_key
    LEFT JOIN sent c ON c.member_key = s.member_key
    LEFT JOIN answered a ON a.member_key = s.member_key
    LEFT JOIN tiered t ON t.member_key = s.member_key`;
}
