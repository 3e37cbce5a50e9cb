import { countsAsResponse, responseKind } from '../../derived/response-kinds.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { join, literal, type Sql, sql } from '../../engine/sql.js';

/** Ready outcomes that are a reaction of the customer; money and lapse are not. */
const reactionOutcomes = ['visit', 'click', 'response', 'reply', 'conversion', 'purchase', 'order', 'redemption'];

/** Who reacted to what and how: member_key, campaign_key, kind. A row for each that was recorded, repeats included. */
export function recordedResponsesSql(): Sql {
  return sql`SELECT member_key, campaign_key, ${responseKind(sql`type`)} AS kind FROM responses WHERE campaign_key IS NOT NULL AND ${countsAsResponse(sql`type`)}`;
}

/** The same from ready outcomes, for files that have no responses of their own. */
export function outcomeResponsesSql(): Sql {
  return sql`SELECT member_key, campaign_key, lower(trim(outcome)) AS kind FROM outcomes WHERE value > 0 AND lower(trim(outcome)) IN (${join(reactionOutcomes.map(literal))})`;
}

/** Common table expressions: `placed`, one row a member and campaign with has_responded (0 or 1). */
export function placed(contactFacts: Sql, responses: Sql): Sql {
  return sql`responders AS (
      -- why: several reactions to one campaign are one responder
      SELECT DISTINCT member_key, campaign_key FROM (${responses}) AS reactions
    ), placed AS (
      -- why: several messages of one campaign share its responses, so a customer counts once in a campaign
      SELECT f.member_key, f.jackknife_group, f.campaign_key, f.from_day, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded
      FROM ${contactFacts} f
      LEFT JOIN responders r ON r.member_key = f.member_key AND r.campaign_key = f.campaign_key
      WHERE f.wave = 1 AND f.campaign_key IS NOT NULL
    )`;
}

export interface CampaignRow {
  readonly campaign_key: number;
  readonly name: string;
  /** The objective or type as written. */
  readonly kind: string | null;
  readonly contacted: number;
  readonly responders: number;
}

/** One row a campaign: members contacted, members who responded. */
export function campaignsSql(contactFacts: Sql, responses: Sql): Sql<CampaignRow> {
  return sql<CampaignRow>`
    WITH ${placed(contactFacts, responses)}, counted AS (
      -- why: the descriptions join to a few rows instead of to every contact
      SELECT campaign_key, count(*) AS contacted, CAST(sum(has_responded) AS BIGINT) AS responders
      FROM placed
      GROUP BY campaign_key
    )
    SELECT c.campaign_key, COALESCE(k.name, k.campaign_id) AS name, k.objective AS kind, c.contacted, c.responders
    FROM counted c
    JOIN campaigns k ON k.campaign_key = c.campaign_key
    ORDER BY k.campaign_id NULLS LAST`;
}

export interface KindRow {
  readonly kind: string;
  /** Contacts (member and campaign) with a response of this kind. */
  readonly responders: number;
  readonly members: number;
}

/** One row a kind of response, among the contacts of the window; the commonest first. */
export function kindsSql(contactFacts: Sql, responses: Sql): Sql<KindRow> {
  return sql<KindRow>`
    WITH reactions AS (
      -- why: a customer who clicks twice has one click
      SELECT DISTINCT member_key, campaign_key, kind FROM (${responses}) AS recorded
    )
    SELECT r.kind, count(*) AS responders, count(DISTINCT r.member_key) AS members
    FROM ${contactFacts} f
    JOIN reactions r ON r.member_key = f.member_key AND r.campaign_key = f.campaign_key
    WHERE f.wave = 1
    GROUP BY r.kind
    ORDER BY responders DESC, r.kind`;
}

export interface SegmentRow {
  readonly jackknife_group: number;
  /** never contacted, never responded or responded. */
  readonly segment: 'neverContacted' | 'neverResponded' | 'responded';
  readonly members: number;
  readonly contacts: number;
  readonly responses: number;
  /** Major units; null without a value basis. */
  readonly value: number | null;
}

/** One row a jackknife group and segment of the members of the scheme. */
export function segmentsSql(contactFacts: Sql, responses: Sql, memberFacts: Sql): Sql<SegmentRow> {
  return sql<SegmentRow>`
    WITH ${placed(contactFacts, responses)}, histories AS (
      -- why: whether somebody ever responded is a property of the member, not of a contact
      SELECT member_key, count(*) AS contacts, sum(has_responded) AS responses
      FROM placed
      GROUP BY member_key
    ), segmented AS (
      -- why: members without a contact are part of the scheme and hold value too
      SELECT m.jackknife_group, m.value, COALESCE(h.contacts, 0) AS contacts, COALESCE(h.responses, 0) AS responses,
        CASE WHEN h.member_key IS NULL THEN 'neverContacted' WHEN h.responses = 0 THEN 'neverResponded' ELSE 'responded' END AS segment
      FROM ${memberFacts} m
      LEFT JOIN histories h ON h.member_key = m.member_key
    )
    SELECT jackknife_group, segment, count(*) AS members, CAST(sum(contacts) AS BIGINT) AS contacts, CAST(sum(responses) AS BIGINT) AS responses, sum(value) AS value
    FROM segmented
    GROUP BY jackknife_group, segment
    ORDER BY jackknife_group, segment`;
}

export interface HistoryRow {
  readonly contacts: number;
  readonly responses: number;
  readonly members: number;
  readonly value: number | null;
}

/** Histogram of contacted members by campaigns received and campaigns responded to. */
export function historiesSql(contactFacts: Sql, responses: Sql, memberFacts: Sql): Sql<HistoryRow> {
  return sql<HistoryRow>`
    WITH ${placed(contactFacts, responses)}, histories AS (
      -- why: the model of the chances needs each member's pair of counts, and only how many members share it
      SELECT member_key, count(*) AS contacts, CAST(sum(has_responded) AS BIGINT) AS responses
      FROM placed
      GROUP BY member_key
    )
    SELECT h.contacts, h.responses, count(*) AS members, sum(m.value) AS value
    FROM histories h
    JOIN ${memberFacts} m ON m.member_key = h.member_key
    GROUP BY h.contacts, h.responses
    ORDER BY h.contacts, h.responses`;
}

export interface OptOutRow {
  readonly never_responded: number;
  readonly opted_out: number;
}

/** Contacted members who never responded, and those of them who withdrew a permission after their first contact. */
export function optOutsSql(dialect: Dialect, contactFacts: Sql, responses: Sql, toDay: number): Sql<OptOutRow> {
  const optOutDay = dialect.dayNumber(sql`o.occurred_at`);
  return sql<OptOutRow>`
    WITH ${placed(contactFacts, responses)}, silent AS (
      -- why: customers who answered at some time and withdrew later are another story
      SELECT member_key, min(from_day) AS first_day
      FROM placed
      GROUP BY member_key
      HAVING sum(has_responded) = 0
    ), withdrawn AS (
      -- why: a withdrawal before the first contact cannot follow from it; several of one member are one
      SELECT DISTINCT s.member_key
      FROM silent s
      JOIN opt_outs o ON o.member_key = s.member_key
      WHERE ${optOutDay} < ${literal(toDay)} AND (s.first_day IS NULL OR ${optOutDay} >= s.first_day)
    )
    SELECT count(*) AS never_responded, count(w.member_key) AS opted_out
    FROM silent s
    LEFT JOIN withdrawn w ON w.member_key = s.member_key
    ORDER BY 1`;
}
