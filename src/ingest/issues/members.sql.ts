import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';
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

/** The last day of what happened, by table. */
export function lastDaysSql(tables: readonly (readonly [table: string, column: string])[]): Sql<{ last_day: string | null }> {
  const days = tables.map(([table, column]) => sql`SELECT max(CAST(${identifier(column)} AS DATE)) AS d FROM ${identifier(table)}`);
  return sql<{ last_day: string | null }>`SELECT CAST(max(d) AS VARCHAR) AS last_day FROM (${join(days, ' UNION ALL ')}) AS days`;
}
