import { identifier, literal, type Sql, sql } from '../engine/sql.js';

/** Different texts of a column that at least `smallest` rows share; rarer ones may stand in no output as it is. */
export function textsSql(table: string, column: string, smallest: number): Sql<{ name: string }> {
  const name = identifier(column);
  return sql<{ name: string }>`
    SELECT ${name} AS name
    FROM ${identifier(table)}
    WHERE ${name} IS NOT NULL
    GROUP BY ${name}
    HAVING count(*) >= ${literal(smallest)}
    ORDER BY name`;
}

/** Campaigns with their names; `sharers` campaigns have the same name, so that it stands for none of them alone. */
export function campaignsSql(): Sql<{ id: string; name: string | null; sharers: number }> {
  return sql<{ id: string; name: string | null; sharers: number }>`
    SELECT campaign_id AS id, name, CAST(count(*) OVER (PARTITION BY name) AS INTEGER) AS sharers
    FROM campaigns
    ORDER BY id`;
}
