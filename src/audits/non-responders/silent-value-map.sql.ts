import { identifier, type Sql, sql } from '../../engine/sql.js';
import { placed } from './ignored-non-responders.sql.js';

export interface SilentValueRow {
  /** The group as the files name it; null where they name none. */
  readonly name: string | null;
  readonly segment: 'neverContacted' | 'neverResponded' | 'responded';
  readonly members: number;
  readonly value: number | null;
}

/** Columns of the list of members by which value is shown, the most telling first. */
export const mapColumns = ['business_unit', 'segment', 'tier'] as const;
export type MapColumn = (typeof mapColumns)[number];

/** Members and their value by a group of the files and by what they did with what they were sent. */
export function silentValueSql(contactFacts: Sql, responses: Sql, memberFacts: Sql, column: MapColumn): Sql<SilentValueRow> {
  return sql<SilentValueRow>`
    WITH ${placed(contactFacts, responses)}, histories AS (
      -- why: whether somebody ever responded is a property of the member, not of a contact
      SELECT member_key, sum(has_responded) AS responses
      FROM placed
      GROUP BY member_key
    ), named AS (
      -- why: a group that is written with blanks around it is the same group
      SELECT NULLIF(trim(g.${identifier(column)}), '') AS name, f.value,
        CASE WHEN h.member_key IS NULL THEN 'neverContacted' WHEN h.responses = 0 THEN 'neverResponded' ELSE 'responded' END AS segment
      FROM ${memberFacts} f
      LEFT JOIN members g ON g.member_key = f.member_key
      LEFT JOIN histories h ON h.member_key = f.member_key
    )
    SELECT name, segment, count(*) AS members, sum(value) AS value
    FROM named
    GROUP BY name, segment
    ORDER BY name NULLS LAST, segment`;
}
