import type { Dialect } from '../../engine/dialect.js';
import { identifier, literal, type Sql, sql } from '../../engine/sql.js';
import { unnamedMember } from '../assemble.sql.js';

export interface ListedMembers {
  readonly listed: number;
  readonly unlisted: number;
  readonly unnamed: number;
}

/** Members that a members file lists, those that only other files name, and those known from a stated population alone. */
export function listedMembersSql(): Sql<ListedMembers> {
  const isUnnamed = sql`member_id LIKE ${literal(`${unnamedMember}%`)}`;
  return sql<ListedMembers>`
    SELECT count(*) FILTER (WHERE is_listed) AS listed, count(*) FILTER (WHERE NOT is_listed AND NOT ${isUnnamed}) AS unlisted,
      count(*) FILTER (WHERE NOT is_listed AND ${isUnnamed}) AS unnamed
    FROM members`;
}

/** Campaigns that a campaigns file describes, and those that only other files name. */
export function listedCampaignsSql(): Sql<{ listed: number; unlisted: number }> {
  return sql<{ listed: number; unlisted: number }>`
    SELECT count(*) FILTER (WHERE is_listed) AS listed, count(*) FILTER (WHERE NOT is_listed) AS unlisted FROM campaigns`;
}

/** Rows of an event table dated before the member joined, and the members they belong to. */
export function beforeEnrolmentSql(table: string, column: string): Sql<{ early: number; members: number }> {
  return sql<{ early: number; members: number }>`
    SELECT count(*) AS early, count(DISTINCT e.member_key) AS members
    FROM ${identifier(table)} e
    JOIN members m ON m.member_key = e.member_key
    WHERE CAST(e.${identifier(column)} AS DATE) < m.enrolled_at`;
}

/** Rows of an event table whose member no members file lists, the members they belong to, and rows that name no member. */
export function orphanedRowsSql(table: string): Sql<{ orphaned: number; members: number; unnamed: number }> {
  return sql<{ orphaned: number; members: number; unnamed: number }>`
    SELECT count(*) FILTER (WHERE NOT m.is_listed) AS orphaned, count(DISTINCT m.member_key) FILTER (WHERE NOT m.is_listed) AS members,
      count(*) FILTER (WHERE e.member_key IS NULL) AS unnamed
    FROM ${identifier(table)} e
    LEFT JOIN members m ON m.member_key = e.member_key`;
}

/** Unlisted members whose identifier equals a listed one but for zeros in front, a `.0` behind, and the case of letters. */
export function mismatchedMembersSql(dialect: Dialect): Sql<{ unlisted: number }> {
  const core = dialect.replacePattern(sql`lower(member_id)`, '^0+|\\.0+$', '');
  return sql<{ unlisted: number }>`
    WITH cores AS (
      -- why: what spreadsheets do to identifiers is undone on a copy only
      SELECT ${core} AS core, is_listed FROM members
    ), sides AS (
      SELECT core, count(*) FILTER (WHERE NOT is_listed) AS unlisted, count(*) FILTER (WHERE is_listed) AS listed
      FROM cores
      WHERE core <> ''
      GROUP BY core
    )
    SELECT CAST(COALESCE(sum(unlisted), 0) AS BIGINT) AS unlisted FROM sides WHERE unlisted > 0 AND listed > 0`;
}

/** As `beforeEnrolmentSql`, by the type of the row, the most frequent first. */
export function earlyTypesSql(table: string, column: string): Sql<{ type: string; early: number }> {
  return sql<{ type: string; early: number }>`
    SELECT e.type, count(*) AS early
    FROM ${identifier(table)} e
    JOIN members m ON m.member_key = e.member_key
    WHERE CAST(e.${identifier(column)} AS DATE) < m.enrolled_at AND e.type IS NOT NULL
    GROUP BY e.type
    ORDER BY early DESC, e.type`;
}
