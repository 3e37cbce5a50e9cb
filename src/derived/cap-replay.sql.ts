import type { Dialect } from '../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../engine/sql.js';
import type { Cap, CapRule } from './cap-replay.js';
import { countsAsResponse } from './response-kinds.sql.js';

interface ReplaySpan {
  /** First day that is replayed: messages before the window already weigh on its first days. */
  readonly sinceDay: number;
  readonly toDay: number;
  /** Only messages of this channel are capped; null caps all. */
  readonly channel: string | null;
  /** Jackknife groups of members that are replayed, from the first. */
  readonly groups: number;
}

export interface ReplayTables {
  readonly contacts: Sql;
  readonly dropped: Sql;
  readonly pairs: Sql;
}

/** More messages than this in a year or so do not go to a person, but to a test address or an identifier that many share. */
export const mostMessages = 1_000;
/** Stands for messages that name no campaign, so that they join with each other and with nothing else. */
const noCampaign = literal(-1);

/** Restricts to a channel in one spelling. */
export function inChannel(channel: string | null): Sql {
  return channel === null ? literal(true) : sql`lower(trim(c.channel)) = ${literal(channel.trim().toLowerCase())}`;
}

/**
 * One row a dated marketing message: member_key, jackknife_group, campaign_key, day, cost (its own, or its share of the campaign's),
 * ordinal (the order in which a member gets them; on one day service first, then the campaign answered more often). The first
 * messages of all members stand first, because each step reads one of everybody.
 */
export function cappedContactsSql(dialect: Dialect, campaignFacts: Sql, objectives: Sql, span: ReplaySpan): Sql {
  const day = dialect.dayNumber(sql`c.contacted_at`);
  const money = dialect.typeOf('amount');
  return sql`
    WITH sizes AS (
      -- why: where messages have no cost of their own, each carries its share of the campaign's
      SELECT campaign_key, count(*) AS contacts
      FROM contacts
      WHERE NOT COALESCE(is_transactional, FALSE)
      GROUP BY campaign_key
    ), dated AS (
      SELECT c.member_key, m.jackknife_group, COALESCE(c.campaign_key, ${noCampaign}) AS campaign_key, CAST(${day} AS INTEGER) AS day,
        COALESCE(c.cost, CAST(CAST(k.cost AS DOUBLE) / NULLIF(s.contacts, 0) AS ${money})) AS cost,
        CASE WHEN o.objective = 'service' THEN 0 ELSE 1 END AS urgency, CAST(f.responders AS DOUBLE) / NULLIF(f.members, 0) AS answered
      FROM contacts c
      JOIN members m ON m.member_key = c.member_key
      LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
      LEFT JOIN sizes s ON s.campaign_key = c.campaign_key
      LEFT JOIN ${objectives} o ON o.campaign_key = c.campaign_key
      LEFT JOIN ${campaignFacts} f ON f.campaign_key = c.campaign_key
      WHERE NOT COALESCE(c.is_transactional, FALSE) AND c.contacted_at IS NOT NULL AND m.jackknife_group < ${literal(span.groups)} AND ${inChannel(span.channel)}
        AND ${day} >= ${literal(span.sinceDay)} AND ${day} < ${literal(span.toDay)}
    )
    SELECT member_key, jackknife_group, campaign_key, day, cost,
      row_number() OVER (PARTITION BY member_key ORDER BY day, urgency, answered DESC NULLS LAST, campaign_key, cost NULLS LAST) AS ordinal
    FROM dated
    ORDER BY ordinal, member_key`;
}

/** Messages within the last days of a rule, the one at hand included; frame bounds are whole days. */
function withinRule({ days }: CapRule, index: number): Sql {
  return sql`count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN ${literal(days - 1)} PRECEDING AND CURRENT ROW) AS ${identifier(`n${index}`)}`;
}

/**
 * Members whom a cap could keep a message from, with their number of messages: who never got more than a rule allows loses none. Each
 * message of the longest queue is a step for all, so one identifier that thousands share is left alone, or the steps would never end.
 */
function cappedMembersSql(contacts: Sql, rules: Cap, cap: number): Sql {
  const counts = join(rules.map(withinRule));
  const exceeds = join(
    rules.map(({ most }, index) => sql`max(${identifier(`n${index}`)}) > ${literal(most)}`),
    ' OR ',
  );
  return sql`
    SELECT ${literal(cap)} AS cap, member_key, max(ordinal) AS messages
    FROM (SELECT member_key, ordinal, ${counts} FROM ${contacts}) AS counted
    GROUP BY member_key
    HAVING (${exceeds}) AND max(ordinal) <= ${literal(mostMessages)}`;
}

const slot = (place: number): Sql => identifier(`kept_${place}`);
const slots = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1);

/** Before the first message: nothing kept. `kept_1` … `kept_n` are the days of the last messages kept, the latest last. */
export function emptyQueueSql(contacts: Sql, caps: readonly Cap[], longest: number): Sql {
  const none = join(slots(longest).map((place) => sql`CAST(NULL AS INTEGER) AS ${slot(place)}`));
  const members = join(
    caps.map((rules, cap) => cappedMembersSql(contacts, rules, cap)),
    ' UNION ALL ',
  );
  return sql`SELECT cap, member_key, messages, 1 AS is_kept, ${none} FROM (${members}) AS capped`;
}

/** The queues after message number `ordinal` of each member under each cap: it is kept while every rule has room for it on its day. */
export function nextQueueSql(queue: Sql, contacts: Sql, ordinal: number, caps: readonly Cap[], longest: number): Sql {
  const roomIn = ({ most, days }: CapRule): Sql => sql`(q.${slot(longest - most + 1)} IS NULL OR x.day - q.${slot(longest - most + 1)} >= ${literal(days)})`;
  const hasRoom = join(
    caps.map((rules, cap) => sql`WHEN ${literal(cap)} THEN ${join(rules.map(roomIn), ' AND ')}`),
    ' ',
  );
  const shifted = join(
    slots(longest).map((place) => {
      const following = place === longest ? sql`day` : slot(place + 1);
      return sql`CASE WHEN is_kept = 1 THEN ${following} ELSE ${slot(place)} END AS ${slot(place)}`;
    }),
  );
  const queued = join(slots(longest).map((place) => sql`q.${slot(place)}`));
  return sql`
    WITH decided AS (
      SELECT q.cap, q.member_key, q.messages, x.day, CASE WHEN CASE q.cap ${hasRoom} END THEN 1 ELSE 0 END AS is_kept, ${queued}
      FROM ${queue} q
      JOIN ${contacts} x ON x.member_key = q.member_key AND x.ordinal = ${literal(ordinal)}
      WHERE q.messages >= ${literal(ordinal)}
    )
    SELECT cap, member_key, messages, is_kept, ${shifted}
    FROM decided`;
}

/** The messages dropped at one step. */
export function droppedSql(queue: Sql, ordinal: number): Sql {
  return sql`SELECT cap, member_key, ${literal(ordinal)} AS ordinal FROM ${queue} WHERE is_kept = 0`;
}

/** Adds the messages dropped at one step to those dropped before. */
export function addDroppedSql(dropped: Sql, queue: Sql, ordinal: number): Sql {
  return sql`INSERT INTO ${dropped} ${droppedSql(queue, ordinal)}`;
}

/** The most messages that any member has to be taken through. */
export function longestQueueSql(queue: Sql): Sql<{ readonly most: number | null }> {
  return sql<{ readonly most: number | null }>`SELECT max(messages) AS most FROM ${queue}`;
}

/** Members with too many messages to be replayed. */
export function unreplayedSql(contacts: Sql): Sql<{ readonly members: number }> {
  return sql<{ readonly members: number }>`SELECT count(*) AS members FROM ${contacts} WHERE ordinal = ${literal(mostMessages + 1)} ORDER BY members`;
}

/** One row a member and campaign in the window: contacts (with or without a date), sent (replayed), has_answered, amount, has_left. */
export function replayedPairsSql(contacts: Sql, contactFacts: Sql, { fromDay, groups }: { readonly fromDay: number; readonly groups: number }): Sql {
  return sql`
    WITH pairs AS (
      -- why: a message of the campaign in another channel, or one without a date, still reaches the member
      SELECT member_key, jackknife_group, COALESCE(campaign_key, ${noCampaign}) AS campaign_key, count(*) AS contacts
      FROM ${contactFacts}
      WHERE jackknife_group < ${literal(groups)}
      GROUP BY member_key, jackknife_group, COALESCE(campaign_key, ${noCampaign})
    ), replayed AS (
      SELECT member_key, campaign_key, count(*) AS sent
      FROM ${contacts}
      WHERE day >= ${literal(fromDay)}
      GROUP BY member_key, campaign_key
    ), answers AS (
      SELECT member_key, campaign_key, sum(amount) AS amount
      FROM responses
      WHERE campaign_key IS NOT NULL AND ${countsAsResponse(sql`type`)}
      GROUP BY member_key, campaign_key
    ), withdrawals AS (
      SELECT DISTINCT member_key, campaign_key
      FROM opt_outs
      WHERE campaign_key IS NOT NULL
    )
    SELECT p.member_key, p.jackknife_group, p.campaign_key, p.contacts, COALESCE(r.sent, 0) AS sent,
      CASE WHEN a.member_key IS NULL THEN 0 ELSE 1 END AS has_answered, a.amount, CASE WHEN w.member_key IS NULL THEN 0 ELSE 1 END AS has_left
    FROM pairs p
    LEFT JOIN replayed r ON r.member_key = p.member_key AND r.campaign_key = p.campaign_key
    LEFT JOIN answers a ON a.member_key = p.member_key AND a.campaign_key = p.campaign_key
    LEFT JOIN withdrawals w ON w.member_key = p.member_key AND w.campaign_key = p.campaign_key`;
}

export interface ReplayRow {
  /** Place of the cap in the request, from 0. */
  readonly cap: number;
  readonly jackknife_group: number;
  readonly contacts: number;
  readonly dropped: number;
  readonly members: number;
  readonly affected: number;
  readonly saved_cost: number | null;
  readonly responses: number;
  readonly lost_responses: number;
  readonly lost_amount: number | null;
  readonly opt_outs: number;
  readonly avoided_opt_outs: number;
}

/**
 * What each cap would have changed inside the window, by jackknife group. A response, or an opt-out that names its campaign, goes
 * with the messages only where the cap takes away every message of that campaign to that member.
 */
export function replayOutcomesSql(
  dialect: Dialect,
  tables: ReplayTables,
  { caps, fromDay }: { readonly caps: number; readonly fromDay: number },
): Sql<ReplayRow> {
  return sql<ReplayRow>`
    WITH lost AS (
      SELECT d.cap, x.member_key, x.campaign_key, count(*) AS dropped, sum(x.cost) AS saved_cost
      FROM ${tables.dropped} d
      JOIN ${tables.contacts} x ON x.member_key = d.member_key AND x.ordinal = d.ordinal
      WHERE x.day >= ${literal(fromDay)}
      GROUP BY d.cap, x.member_key, x.campaign_key
    ), losses AS (
      SELECT l.cap, p.jackknife_group, sum(l.dropped) AS dropped, count(DISTINCT l.member_key) AS affected, sum(l.saved_cost) AS saved_cost,
        sum(CASE WHEN l.dropped = p.contacts THEN p.has_answered ELSE 0 END) AS lost_responses, sum(CASE WHEN l.dropped = p.contacts THEN p.amount END) AS lost_amount,
        sum(CASE WHEN l.dropped = p.contacts THEN p.has_left ELSE 0 END) AS avoided_opt_outs
      FROM lost l
      JOIN ${tables.pairs} p ON p.member_key = l.member_key AND p.campaign_key = l.campaign_key
      GROUP BY l.cap, p.jackknife_group
    ), everything AS (
      SELECT jackknife_group, sum(sent) AS contacts, count(DISTINCT member_key) AS members, sum(has_answered) AS responses, sum(has_left) AS opt_outs
      FROM ${tables.pairs}
      GROUP BY jackknife_group
    )
    SELECT n.n - 1 AS cap, e.jackknife_group, e.contacts, COALESCE(s.dropped, 0) AS dropped, e.members, COALESCE(s.affected, 0) AS affected, s.saved_cost, e.responses,
      COALESCE(s.lost_responses, 0) AS lost_responses, s.lost_amount, e.opt_outs, COALESCE(s.avoided_opt_outs, 0) AS avoided_opt_outs
    FROM everything e
    CROSS JOIN ${dialect.countingTable(caps)} n
    LEFT JOIN losses s ON s.jackknife_group = e.jackknife_group AND s.cap = n.n - 1
    ORDER BY cap, e.jackknife_group`;
}
