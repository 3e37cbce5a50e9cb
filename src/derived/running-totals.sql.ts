/** Running totals along a member's days, so that any stretch of time is one subtraction and no row is multiplied. */
import type { Dialect } from '../engine/dialect.js';
import { literal, type Sql, sql } from '../engine/sql.js';

/** After all days. A NULL would have to be asked for with OR, which makes an engine compare every row with every other. */
export const noNextDay = literal(1_000_000_000);

/** More places in tests than this are sampled: half a million show a hundredth of a standard deviation. */
const mostPlaces = 500_000;
const allGroups = 50;
/** Fewer groups of members would leave too few for an interval. */
const fewestGroups = 10;

/** How many of the fifty jackknife groups stand for all. They come from a hash of the customer number, so that no arm is favoured. */
export function sampledGroupsOf(places: number): number {
  return places <= mostPlaces ? allGroups : Math.max(fewestGroups, Math.floor((allGroups * mostPlaces) / places));
}

/** Places in tests. @param units the table of `experimentUnits`. */
export function placesSql(units: Sql): Sql<{ places: number }> {
  return sql<{ places: number }>`SELECT count(*) AS places FROM ${units}`;
}

/** Members with a place in a test, of the groups that stand for all. */
const sampledMembers = (units: Sql, groups: number): Sql => sql`
        SELECT DISTINCT u.member_key
        FROM ${units} u
        JOIN members m ON m.member_key = u.member_key
        WHERE m.jackknife_group < ${literal(groups)}`;

/** One row a member and day with a marketing message; the columns are described at `Derived.testTotals`. */
export function sendTotalsSql(dialect: Dialect, units: Sql, groups: number, toDay: number): Sql {
  const day = dialect.dayNumber(sql`COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))`);
  return sql`
    WITH sampled AS (${sampledMembers(units, groups)}
    ), days AS (
      SELECT c.member_key, ${day} AS day, count(*) AS messages
      FROM contacts c
      JOIN sampled s ON s.member_key = c.member_key
      LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
      WHERE NOT COALESCE(c.is_transactional, FALSE) AND ${day} < ${literal(toDay)}
      GROUP BY c.member_key, ${day}
    )
    SELECT member_key, day, lead(day, 1, ${noNextDay}) OVER w AS next_day, sum(messages) OVER w AS sent
    FROM days
    WINDOW w AS (PARTITION BY member_key ORDER BY day)`;
}

/** One row a member and day of purchase; the columns are described at `Derived.testTotals`. @param purchaseDays the table of `Derived.purchaseDays`. */
export function spendTotalsSql(purchaseDays: Sql, units: Sql, groups: number): Sql {
  return sql`
    WITH sampled AS (${sampledMembers(units, groups)}
    )
    SELECT p.member_key, p.day, lead(p.day, 1, ${noNextDay}) OVER w AS next_day, sum(p.net) OVER w AS net, sum(p.orders) OVER w AS orders
    FROM ${purchaseDays} p
    JOIN sampled s ON s.member_key = p.member_key
    WINDOW w AS (PARTITION BY p.member_key ORDER BY p.day)`;
}

/** The one row of `days` that holds the totals of all that came before a day: none for a member without anything before. */
export function lastBefore(days: Sql, day: Sql): Sql {
  return sql`${days}.day < ${day} AND ${days}.next_day >= ${day}`;
}
