import { literal, type Sql, sql } from '../../engine/sql.js';

/** The days that the dated marketing contacts of the window cover; null without any. */
export interface CoverRow {
  readonly first_day: number | null;
  readonly last_day: number | null;
}

export function contactCoverSql(contactFacts: Sql): Sql<CoverRow> {
  return sql<CoverRow>`
    SELECT min(from_day) AS first_day, max(from_day) AS last_day
    FROM ${contactFacts}
    WHERE has_own_date`;
}

/** The days that purchases cover, over all the history. */
export function purchaseCoverSql(purchaseDays: Sql): Sql<CoverRow> {
  return sql<CoverRow>`SELECT min(day) AS first_day, max(day) AS last_day FROM ${purchaseDays}`;
}

/** Inclusive days since 1970-01-01 between which contacts are seen. */
export interface Cover {
  readonly firstDay: number;
  readonly lastDay: number;
}

export interface WaitRow {
  readonly jackknife_group: number;
  readonly source: string | null;
  /** Whole days from joining to the first contact, or to the last day on which one would have been seen. */
  readonly wait_days: number;
  readonly is_contacted: number;
  readonly members: number;
  readonly value: number | null;
}

/** Common table expressions up to `followed`: members who joined while contacts were seen and who could be contacted. */
const followedCtes = (contactFacts: Sql, memberFacts: Sql, experimentUnits: Sql, { firstDay, lastDay }: Cover): Sql => sql`
    held_out AS (
      -- why: who was kept out by a test is not contacted on purpose from that day on; without a day, from the beginning
      SELECT member_key, min(COALESCE(assigned_day, 0)) AS held_day
      FROM ${experimentUnits}
      WHERE is_holdout = 1
      GROUP BY member_key
    ), joined AS (
      -- why: whoever joined before contacts were seen may have had a first one that nobody can see (left truncation)
      SELECT m.member_key, m.jackknife_group, m.enrolled_day, m.value,
        least(${literal(lastDay)}, COALESCE(m.closed_day - 1, ${literal(lastDay)}), COALESCE(m.permission_ended_day - 1, ${literal(lastDay)}),
          COALESCE(h.held_day - 1, ${literal(lastDay)})) AS end_day
      FROM ${memberFacts} m
      LEFT JOIN held_out h ON h.member_key = m.member_key
      WHERE m.enrolled_day >= ${literal(firstDay)} AND m.enrolled_day <= ${literal(lastDay)}
        AND (m.has_permission OR m.permission_ended_day > m.enrolled_day)
    ), first_contacts AS (
      -- why: a message before joining went to a prospect and welcomes nobody
      SELECT c.member_key, min(c.from_day) AS contact_day
      FROM ${contactFacts} c
      JOIN joined j ON j.member_key = c.member_key
      WHERE c.has_own_date AND c.from_day >= j.enrolled_day
      GROUP BY c.member_key
    ), followed AS (
      -- why: a contact after the end of following does not count, and the wait ends there
      SELECT j.member_key, j.jackknife_group, j.enrolled_day, j.value,
        CASE WHEN c.contact_day <= j.end_day THEN 1 ELSE 0 END AS is_contacted,
        CASE WHEN c.contact_day <= j.end_day THEN c.contact_day ELSE j.end_day END - j.enrolled_day AS wait_days
      FROM joined j
      LEFT JOIN first_contacts c ON c.member_key = j.member_key
      WHERE j.end_day >= j.enrolled_day
    )`;

/** New members by how long they waited for the first contact, with where they came from and what they are worth. */
export function waitsSql(contactFacts: Sql, memberFacts: Sql, experimentUnits: Sql, cover: Cover): Sql<WaitRow> {
  return sql<WaitRow>`
    WITH ${followedCtes(contactFacts, memberFacts, experimentUnits, cover)}
    SELECT f.jackknife_group, m.acquisition_source AS source, f.wait_days, f.is_contacted, count(*) AS members, sum(f.value) AS value
    FROM followed f
    JOIN members m ON m.member_key = f.member_key
    GROUP BY f.jackknife_group, m.acquisition_source, f.wait_days, f.is_contacted
    ORDER BY f.jackknife_group, m.acquisition_source NULLS LAST, f.wait_days, f.is_contacted`;
}

export interface ExcludedRow {
  readonly joined: number;
  /** Joined while contacts were seen, and could not be contacted: no permission, or kept out by a test from the beginning. */
  readonly excluded: number;
}

/** Members who joined while contacts were seen, and those among them who are not followed. */
export function excludedSql(contactFacts: Sql, memberFacts: Sql, experimentUnits: Sql, cover: Cover): Sql<ExcludedRow> {
  return sql<ExcludedRow>`
    WITH ${followedCtes(contactFacts, memberFacts, experimentUnits, cover)}
    SELECT count(*) AS joined, count(*) - count(f.member_key) AS excluded
    FROM ${memberFacts} m
    LEFT JOIN followed f ON f.member_key = m.member_key
    WHERE m.enrolled_day >= ${literal(cover.firstDay)} AND m.enrolled_day <= ${literal(cover.lastDay)}`;
}

export interface SecondPurchaseRow {
  readonly wait_days: number;
  readonly has_bought: number;
  readonly members: number;
}

/** New members by how long they took to their second purchase since joining; context, whoever could be contacted or not. */
export function secondPurchasesSql(memberFacts: Sql, purchaseDays: Sql, { firstDay, lastDay }: Cover): Sql<SecondPurchaseRow> {
  return sql<SecondPurchaseRow>`
    WITH since_joining AS (
      -- why: purchases before joining are not steps of a new member; two baskets of one day are two purchases
      SELECT m.member_key, p.day, sum(p.orders) OVER (PARTITION BY m.member_key ORDER BY p.day ROWS UNBOUNDED PRECEDING) AS orders_so_far
      FROM ${memberFacts} m
      JOIN ${purchaseDays} p ON p.member_key = m.member_key
      WHERE m.enrolled_day >= ${literal(firstDay)} AND m.enrolled_day <= ${literal(lastDay)} AND p.day >= m.enrolled_day AND p.day <= ${literal(lastDay)}
    ), second AS (
      -- why: the first day on which there are two
      SELECT member_key, min(day) AS second_day
      FROM since_joining
      WHERE orders_so_far >= 2
      GROUP BY member_key
    ), followed AS (
      -- why: who leaves is followed until then
      SELECT m.enrolled_day, s.second_day, least(COALESCE(m.closed_day, ${literal(lastDay)}), ${literal(lastDay)}) AS end_day
      FROM ${memberFacts} m
      LEFT JOIN second s ON s.member_key = m.member_key
      WHERE m.enrolled_day >= ${literal(firstDay)} AND m.enrolled_day <= ${literal(lastDay)}
    ), waited AS (
      -- why: an alias cannot be grouped by in every engine
      SELECT CASE WHEN second_day <= end_day THEN second_day ELSE end_day END - enrolled_day AS wait_days, CASE WHEN second_day <= end_day THEN 1 ELSE 0 END AS has_bought
      FROM followed
      WHERE end_day >= enrolled_day
    )
    SELECT wait_days, has_bought, count(*) AS members
    FROM waited
    GROUP BY wait_days, has_bought
    ORDER BY wait_days, has_bought`;
}
