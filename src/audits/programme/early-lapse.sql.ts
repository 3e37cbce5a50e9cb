import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import { activeDays } from './activity.sql.js';
import { type JoinerRow, type JoinerTerms, joinerTimesSql } from './joiners.sql.js';

/** Members who joined inside the history, by the time to their second day of activity since; who has left is followed on, for they did not return. */
export function secondVisitsSql(dialect: Dialect, memberFacts: Sql, terms: JoinerTerms): Sql<JoinerRow> {
  return joinerTimesSql(
    sql`
      SELECT m.member_key, m.enrolled_day, CAST(NULL AS BIGINT) AS closed_day, min(CASE WHEN a.day > a.first_day THEN a.day END) AS event_day
      FROM ${memberFacts} m
      LEFT JOIN (
        SELECT d.member_key, d.day, min(d.day) OVER (PARTITION BY d.member_key) AS first_day
        FROM (${activeDays(dialect, terms.toDay)}
        ) AS d
        JOIN ${memberFacts} f ON f.member_key = d.member_key AND d.day >= f.enrolled_day
        WHERE f.enrolled_day >= ${literal(terms.fromDay)}
      ) AS a ON a.member_key = m.member_key
      WHERE m.enrolled_day >= ${literal(terms.fromDay)} AND m.enrolled_day < ${literal(terms.toDay)}
      GROUP BY m.member_key, m.enrolled_day`,
    terms,
  );
}
