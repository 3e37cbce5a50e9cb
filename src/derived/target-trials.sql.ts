import { identifier, join, literal, type Sql, sql } from '../engine/sql.js';
import { productOf } from './product.sql.js';
import type { TrialTables, Vantage } from './trial-history.sql.js';

export interface BatchDayRow {
  readonly campaign_key: number;
  readonly name: string;
  readonly day: number;
  readonly members: number;
}

/** Members by campaign and day of their first message in it. @param contactFacts the table of `Derived.contactFacts`. */
export function batchDaysSql(contactFacts: Sql, campaignFacts: Sql): Sql<BatchDayRow> {
  return sql<BatchDayRow>`
    SELECT c.campaign_key, f.name, c.from_day AS day, count(*) AS members
    FROM ${contactFacts} c
    JOIN ${campaignFacts} f ON f.campaign_key = c.campaign_key
    WHERE c.wave = 1 AND c.from_day IS NOT NULL
    GROUP BY c.campaign_key, f.name, c.from_day
    ORDER BY c.campaign_key, c.from_day`;
}

export interface TrialDesign extends Vantage {
  readonly campaignKey: number;
  /** First day of the campaign, and first day on which a message no longer belongs to its batch. */
  readonly campaignDay: number;
  readonly batchEnd: number;
}

/**
 * Who is compared: members eligible on the day of the campaign and known for long enough before the date that is looked at. side 0 was
 * not contacted by the campaign at all, 1 was and did not respond, 2 was and did.
 */
export function trialSidesSql(tables: Pick<TrialTables, 'members'>, contactFacts: Sql, design: TrialDesign): Sql {
  const { campaignKey, campaignDay, batchEnd, day, days } = design;
  return sql`
      SELECT m.member_key, CASE WHEN o.member_key IS NULL THEN 0 ELSE 1 + o.has_responded END AS side, 0 AS part
      FROM ${tables.members} m
      LEFT JOIN (
        SELECT member_key, min(COALESCE(from_day, -1)) AS first_day, max(has_responded) AS has_responded
        FROM ${contactFacts}
        WHERE campaign_key = ${literal(campaignKey)}
        GROUP BY member_key
      ) AS o ON o.member_key = m.member_key
      WHERE m.start_day < ${literal(day - days)} AND m.is_reachable AND (m.closed_day IS NULL OR m.closed_day >= ${literal(campaignDay)})
        AND (m.silenced_day IS NULL OR m.silenced_day >= ${literal(campaignDay)})
        AND (o.member_key IS NULL OR (o.first_day >= ${literal(campaignDay)} AND o.first_day < ${literal(batchEnd)}))`;
}

/** Sum of a column, and of its squares where they are asked for, named after it. */
const sumOf = (name: string): Sql => sql`sum(${identifier(name)}) AS ${identifier(`${name}_sum`)}`;
const squaresOf = (name: string): Sql => sql`sum(${productOf(identifier(name), identifier(name))}) AS ${identifier(`${name}_squares`)}`;

const compared = [...Array.from({ length: 11 }, (_, index) => `x${index + 1}`), 'value_change', 'active_change'];
const described = ['value_before', 'value_after', 'active_before', 'active_after'];
const allSums = join([...compared.flatMap((name) => [sumOf(name), squaresOf(name)]), ...described.map(sumOf)]);

export type SumsRow = { readonly side: number; readonly n: number } & Readonly<Record<string, number>>;

/** Three classes of equally many, after a class of its own for nought; ties share a class. */
const thirds = (name: string): Sql => {
  const [column, rank] = [identifier(name), identifier(`${name}_rank`)];
  return sql`CASE WHEN ${column} <= 0 THEN 0 WHEN ${rank} < ${literal(1 / 3)} THEN 1 WHEN ${rank} < ${literal(2 / 3)} THEN 2 ELSE 3 END`;
};
const ranked = (name: string): Sql => {
  const column = identifier(name);
  return sql`percent_rank() OVER (PARTITION BY CASE WHEN ${column} > 0 THEN 1 ELSE 0 END ORDER BY ${column}) AS ${identifier(`${name}_rank`)}`;
};

/** The classes that cells are made of, and how many each has. */
export const cellClasses = [4, 4, 3, 3, 2, 3, 2, 2] as const;

/** One row a cell and side: n, the classes b1 … b8, and sums and squares of every covariate and outcome. */
export function trialCellsSql(subjects: Sql): Sql<SumsRow> {
  const ranks = join(['x1', 'x3', 'x5', 'basket'].map(ranked));
  return sql<SumsRow>`
    WITH sized AS (
      SELECT *, CAST(x2 AS DOUBLE) / NULLIF(CAST(x3 AS DOUBLE), 0e0) AS basket FROM ${subjects}
    ), placed AS (
      -- why: classes of like members are drawn over both sides together, so that neither decides them
      SELECT *, ${ranks}
      FROM sized
    ), classed AS (
      SELECT *, ${thirds('x1')} AS b1, ${thirds('x3')} AS b2, CASE WHEN x4 <= 28 THEN 0 WHEN x4 <= 91 THEN 1 ELSE 2 END AS b3,
        CASE WHEN x10 = 0 THEN 0 WHEN x10 <= 4 THEN 1 ELSE 2 END AS b4, CASE WHEN x11 > 0 THEN 1 ELSE 0 END AS b5, ${thirds('x5')} - 1 AS b6,
        CASE WHEN x6 > 0 THEN 1 ELSE 0 END AS b7, CASE WHEN basket > 0 AND basket_rank >= 0.5e0 THEN 1 ELSE 0 END AS b8
      FROM placed
    )
    SELECT side, b1, b2, b3, b4, b5, b6, b7, b8, count(*) AS n, ${allSums}
    FROM classed
    GROUP BY side, b1, b2, b3, b4, b5, b6, b7, b8
    ORDER BY side, b1, b2, b3, b4, b5, b6, b7, b8`;
}

/** One row a side and part of it: n, and sums and squares of every covariate and outcome. */
export function trialPartsSql(subjects: Sql): Sql<SumsRow & { readonly part: number }> {
  return sql<SumsRow & { readonly part: number }>`
    SELECT side, part, count(*) AS n, ${allSums}
    FROM ${subjects}
    GROUP BY side, part
    ORDER BY side, part`;
}
