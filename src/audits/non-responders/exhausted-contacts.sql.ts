import { countsAsResponse, responseKind } from '../../derived/response-kinds.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

/** Silence longer than this is one group. */
const longestSilence = 1000;

/** Common table expression `received`: one row a member and campaign of the window; several messages of one campaign share its responses. */
function receivedCte(contactFacts: Sql): Sql {
  return sql`received AS (
      SELECT member_key, jackknife_group, campaign_key, min(from_day) AS day, count(*) AS messages, max(has_responded) AS has_responded
      FROM ${contactFacts}
      WHERE campaign_key IS NOT NULL
      GROUP BY member_key, jackknife_group, campaign_key
    )`;
}

export interface SilenceRow {
  readonly jackknife_group: number;
  /** Campaigns that the member had received before without ever responding; −1 once there was a response. */
  readonly silence: number;
  readonly contacts: number;
  readonly responses: number;
  /** Of the contacts whose cost is known; NULL without any. */
  readonly cost: number | null;
  readonly costed: number;
}

/** Campaigns received, by how many the member had received in silence before: what was known when each was sent. */
export function silenceSql(contactFacts: Sql): Sql<SilenceRow> {
  return sql<SilenceRow>`
    WITH ${receivedCte(contactFacts)}, sent AS (
      SELECT campaign_key, count(*) AS messages, count(cost) AS costed, sum(cost) AS cost
      FROM contacts
      WHERE NOT COALESCE(is_transactional, FALSE) AND campaign_key IS NOT NULL
      GROUP BY campaign_key
    ), prices AS (
      -- why: what its messages cost, else an even share of the cost of the campaign
      SELECT s.campaign_key, CASE WHEN s.costed > 0 THEN CAST(s.cost AS DOUBLE) / s.costed ELSE CAST(k.cost AS DOUBLE) / s.messages END AS price
      FROM sent s
      JOIN campaigns k ON k.campaign_key = s.campaign_key
    ), placed AS (
      -- why: the rows before a campaign are those that were known when it was sent; one total order keeps days with two campaigns stable
      SELECT jackknife_group, campaign_key, messages, has_responded, row_number() OVER (PARTITION BY member_key ORDER BY day NULLS LAST, campaign_key) - 1 AS earlier,
        sum(has_responded) OVER (PARTITION BY member_key ORDER BY day NULLS LAST, campaign_key ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS answered
      FROM received
    ), grouped AS (
      SELECT p.jackknife_group, CASE WHEN COALESCE(p.answered, 0) > 0 THEN -1 WHEN p.earlier > ${literal(longestSilence)} THEN ${literal(longestSilence)} ELSE p.earlier END AS silence,
        p.has_responded, CAST(p.messages * c.price AS DECIMAL(18, 6)) AS cost
      FROM placed p
      LEFT JOIN prices c ON c.campaign_key = p.campaign_key
    )
    SELECT jackknife_group, silence, count(*) AS contacts, CAST(sum(has_responded) AS BIGINT) AS responses, sum(cost) AS cost, count(cost) AS costed
    FROM grouped
    GROUP BY jackknife_group, silence
    ORDER BY jackknife_group, silence`;
}

export interface HistoryRow {
  readonly jackknife_group: number;
  readonly contacts: number;
  readonly responses: number;
  readonly members: number;
  /** Members with a purchase in the window. */
  readonly buyers: number;
  /** NULL without a value basis. */
  readonly value: number | null;
  /** Members with three or more campaigns in the last 90 days and no response to any of the window. */
  readonly by_rule: number;
}

/** Contacted members by campaigns received and campaigns responded to. */
export function memberHistoriesSql(contactFacts: Sql, memberFacts: Sql, window: Window): Sql<HistoryRow> {
  return sql<HistoryRow>`
    WITH ${receivedCte(contactFacts)}, histories AS (
      -- why: the spread of the chances needs each member's pair of counts, and only how many members share it
      SELECT member_key, count(*) AS contacts, CAST(sum(has_responded) AS BIGINT) AS responses,
        count(CASE WHEN day >= ${literal(window.toDay - 90)} THEN 1 END) AS lately
      FROM received
      GROUP BY member_key
    )
    SELECT m.jackknife_group, h.contacts, h.responses, count(*) AS members, count(CASE WHEN m.orders > 0 THEN 1 END) AS buyers, sum(m.value) AS value,
      count(CASE WHEN h.lately >= 3 AND h.responses = 0 THEN 1 END) AS by_rule
    FROM histories h
    JOIN ${memberFacts} m ON m.member_key = h.member_key
    GROUP BY m.jackknife_group, h.contacts, h.responses
    ORDER BY m.jackknife_group, h.contacts, h.responses`;
}

export interface WholeValueRow {
  readonly jackknife_group: number;
  readonly value: number | null;
}

/** The value of all members of the scheme, contacted or not. */
export function wholeValueSql(memberFacts: Sql): Sql<WholeValueRow> {
  return sql<WholeValueRow>`SELECT jackknife_group, sum(value) AS value FROM ${memberFacts} GROUP BY jackknife_group ORDER BY jackknife_group`;
}

export interface AmountRow {
  readonly jackknife_group: number;
  readonly kind: string;
  readonly responses: number;
  readonly valued: number;
  readonly amount: number | null;
}

/** What the files credit to responses of the campaigns received, by kind of response. */
export function amountsSql(contactFacts: Sql): Sql<AmountRow> {
  return sql<AmountRow>`
    WITH ${receivedCte(contactFacts)}
    SELECT c.jackknife_group, ${responseKind(sql`r.type`)} AS kind, count(*) AS responses, count(r.amount) AS valued, sum(r.amount) AS amount
    FROM received c
    JOIN responses r ON r.member_key = c.member_key AND r.campaign_key = c.campaign_key
    WHERE ${countsAsResponse(sql`r.type`)}
    GROUP BY c.jackknife_group, ${responseKind(sql`r.type`)}
    ORDER BY c.jackknife_group, kind`;
}

/** Purchases so soon after a response count as brought by it where no file says what a response brought (house). */
export const daysAfterResponse = 30;

/** What members bought from the day of a response on, for files without amounts: one kind, and every response has an amount. */
export function boughtAfterSql(dialect: Dialect, contactFacts: Sql, purchaseDays: Sql): Sql<AmountRow> {
  return sql<AmountRow>`
    WITH ${receivedCte(contactFacts)}, answered AS (
      -- why: the first response to a campaign stands for it; one without a day happened when the message came
      SELECT c.jackknife_group, c.member_key, c.campaign_key, min(COALESCE(${dialect.dayNumber(sql`r.responded_at`)}, c.day)) AS day
      FROM received c
      JOIN responses r ON r.member_key = c.member_key AND r.campaign_key = c.campaign_key
      WHERE ${countsAsResponse(sql`r.type`)}
      GROUP BY c.jackknife_group, c.member_key, c.campaign_key
    ), bought AS (
      SELECT a.jackknife_group, a.member_key, a.campaign_key, sum(p.net) AS amount
      FROM answered a
      LEFT JOIN ${purchaseDays} p ON p.member_key = a.member_key AND p.day >= a.day AND p.day < a.day + ${literal(daysAfterResponse)}
      GROUP BY a.jackknife_group, a.member_key, a.campaign_key
    )
    SELECT jackknife_group, 'any' AS kind, count(*) AS responses, count(*) AS valued, sum(amount) AS amount
    FROM bought
    GROUP BY jackknife_group
    ORDER BY jackknife_group`;
}

export interface MarginRow {
  /** Margin ÷ net sales of purchases; NULL without margins. */
  readonly margin_share: number | null;
}

export function marginShareSql(purchaseDays: Sql): Sql<MarginRow> {
  return sql<MarginRow>`
    SELECT CAST(sum(margin) AS DOUBLE) / NULLIF(CAST(sum(CASE WHEN margin IS NOT NULL THEN net END) AS DOUBLE), 0e0) AS margin_share
    FROM ${purchaseDays}`;
}

export interface WithdrawalRow {
  readonly withdrawals: number;
}

/** Members who withdrew a permission in the window within 30 days of a contact: the least that contact can have cost in reach. */
export function withdrawalsSql(dialect: Dialect, contactFacts: Sql, window: Window): Sql<WithdrawalRow> {
  const day = dialect.dayNumber(sql`o.occurred_at`);
  return sql<WithdrawalRow>`
    SELECT count(DISTINCT o.member_key) AS withdrawals
    FROM opt_outs o
    JOIN ${contactFacts} c ON c.member_key = o.member_key AND c.from_day <= ${day} AND c.from_day > ${day} - 30
    WHERE ${day} >= ${literal(window.fromDay)} AND ${day} < ${literal(window.toDay)}`;
}
