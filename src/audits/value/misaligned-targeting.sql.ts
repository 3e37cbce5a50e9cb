import type { Dialect } from '../../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';

export interface BlockRow {
  /** Stretches of four weeks, counted back from the end of the window, 0 for the last. */
  readonly block: number;
  readonly purchases: number;
  readonly first_day: number;
}

/** Days of purchase in each stretch of four weeks, so that stray dates are not taken for history. @param mostDays how far back to look. */
export function purchaseBlocksSql(purchaseDays: Sql, toDay: number, mostDays: number): Sql<BlockRow> {
  return sql<BlockRow>`
    WITH placed AS (
      -- why: stretches are counted back from the end, so that the last one is whole
      SELECT CAST(floor((${literal(toDay)} - 1 - day) / 28e0) AS BIGINT) AS block, day
      FROM ${purchaseDays}
      WHERE day >= ${literal(toDay - mostDays)}
    )
    SELECT block, count(*) AS purchases, min(day) AS first_day
    FROM placed
    GROUP BY block
    ORDER BY block`;
}

/** How many times members let so many days pass between purchases. */
export function gapHistogramSql(purchaseDays: Sql): Sql<{ gap: number; n: number }> {
  return sql<{ gap: number; n: number }>`
    SELECT gap, count(*) AS n
    FROM ${purchaseDays}
    WHERE gap IS NOT NULL
    GROUP BY gap
    ORDER BY gap`;
}

export interface FirstDaysRow {
  readonly contacts: number | null;
  readonly responses: number | null;
  readonly points: number | null;
  readonly service: number | null;
}

/** The first day on which the files record each kind of event: before it, none is not nought. */
export function firstDaysSql(dialect: Dialect): Sql<FirstDaysRow> {
  return sql<FirstDaysRow>`
    SELECT
      (SELECT min(${dialect.dayNumber(sql`COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))`)})
        FROM contacts c LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key WHERE NOT COALESCE(c.is_transactional, FALSE)) AS contacts,
      (SELECT min(${dialect.dayNumber(sql`COALESCE(r.responded_at, CAST(k.starts_at AS TIMESTAMP))`)}) FROM responses r LEFT JOIN campaigns k ON k.campaign_key = r.campaign_key) AS responses,
      (SELECT min(${dialect.dayNumber(sql`occurred_at`)}) FROM points) AS points,
      (SELECT min(${dialect.dayNumber(sql`occurred_at`)}) FROM service_events) AS service
    ORDER BY 1 NULLS LAST`;
}

/** Products of two columns are whole and small, their sums may be large: exact in the engine, a DOUBLE on the way out. */
const summed = (product: Sql, name: string): Sql => sql`CAST(sum(CAST(${product} AS BIGINT)) AS DOUBLE) AS ${identifier(name)}`;

/** `s_i` and `p_i_j` of the variables in their order, for i ≤ j. */
export type MomentRow = Readonly<Record<string, number>> & { readonly jackknife_group: number; readonly is_active: number; readonly n: number };

/** Sums and products of all variables by jackknife group, apart for members who were worth something afterwards. @param drivers the table of `Derived.memberDrivers`. */
export function driverMomentsSql(drivers: Sql, variables: readonly string[]): Sql<MomentRow> {
  const columns = variables.map(identifier);
  const sums = columns.map((column, i) => summed(column, `s_${i}`));
  const products = columns.flatMap((left, i) => columns.slice(i).map((right, offset) => summed(sql`${left} * ${right}`, `p_${i}_${i + offset}`)));
  return sql<MomentRow>`
    SELECT jackknife_group, is_active, count(*) AS n, ${join([...sums, ...products])}
    FROM ${drivers}
    GROUP BY jackknife_group, is_active
    ORDER BY jackknife_group, is_active`;
}

const linear = (variables: readonly string[], coefficients: readonly number[]): Sql =>
  join([literal(coefficients[0] ?? 0), ...variables.map((name, i) => sql`${literal(coefficients[i + 1] ?? 0)} * ${identifier(name)}`)], ' + ');
/** Chances and weights in millionths, so that their sums are whole. */
const millionths = (value: Sql): Sql => sql`CAST(floor(1e6 * (${value}) + 0.5e0) AS BIGINT)`;

/** `g_i` and `h_i_j` for i ≤ j, in millionths, with the constant at 0. */
export type LogisticRow = Readonly<Record<string, number>> & { readonly jackknife_group: number };

/** Gradient and information of the chance to be worth something, by jackknife group. @param coefficients the constant first. */
export function logisticSumsSql(drivers: Sql, variables: readonly string[], coefficients: readonly number[]): Sql<LogisticRow> {
  const columns = [literal(1), ...variables.map(identifier)];
  const gradient = columns.map((column, i) => summed(sql`error * ${column}`, `g_${i}`));
  const information = columns.flatMap((left, i) => columns.slice(i).map((right, offset) => summed(sql`weight * ${left} * ${right}`, `h_${i}_${i + offset}`)));
  return sql<LogisticRow>`
    WITH guessed AS (
      -- why: a chance of nothing or of certainty would leave a division by nought
      SELECT jackknife_group, is_active, 1e0 / (1e0 + exp(-least(greatest(${linear(variables, coefficients)}, -30e0), 30e0))) AS chance, ${join(variables.map(identifier))}
      FROM ${drivers}
    ), weighed AS (
      -- why: in millionths, so that the sums of products are whole
      SELECT jackknife_group, ${millionths(sql`is_active - chance`)} AS error, ${millionths(sql`chance * (1e0 - chance)`)} AS weight, ${join(variables.map(identifier))}
      FROM guessed
    )
    SELECT jackknife_group, ${join([...gradient, ...information])}
    FROM weighed
    GROUP BY jackknife_group
    ORDER BY jackknife_group`;
}

export interface ScoreRow {
  readonly jackknife_group: number;
  /** Twentieths of the logarithm of the value foretold. */
  readonly score: number;
  readonly members: number;
  readonly value: number;
  readonly contacts: number;
  readonly left_out: number;
  readonly value_left_out: number;
}

/**
 * Members by the value foretold on the cut day, with what they were worth and sent afterwards.
 * @param chance coefficients of the chance to be worth something. @param amount those of the logarithm of the value of who is; the constants first.
 */
export function foretoldValueSql(
  drivers: Sql,
  variables: readonly string[],
  { chance, amount }: { readonly chance: readonly number[] | null; readonly amount: readonly number[] },
): Sql<ScoreRow> {
  const logChance = chance === null ? literal(0) : sql`-ln(1e0 + exp(-least(greatest(${linear(variables, chance)}, -30e0), 30e0)))`;
  return sql<ScoreRow>`
    WITH scored AS (
      -- why: a score in steps, because sums by step tell as much as sums by member
      SELECT jackknife_group, CAST(floor(20e0 * (${logChance} + ${linear(variables, amount)})) AS INTEGER) AS score, value_after, contacts_after, selections
      FROM ${drivers}
    )
    SELECT jackknife_group, score, count(*) AS members, CAST(sum(value_after) AS DECIMAL(38, 4)) AS value, CAST(sum(contacts_after) AS BIGINT) AS contacts,
      count(CASE WHEN selections = 0 THEN 1 END) AS left_out, CAST(sum(CASE WHEN selections = 0 THEN value_after ELSE 0 END) AS DECIMAL(38, 4)) AS value_left_out
    FROM scored
    GROUP BY jackknife_group, score
    ORDER BY jackknife_group, score`;
}
