import type { Dialect } from '../engine/dialect.js';
import { join, literal, type Sql, sql } from '../engine/sql.js';

export interface CampaignWordsRow {
  readonly campaign_key: number;
  readonly campaign_id: string;
  readonly name: string | null;
  readonly objective: string | null;
}

/** What every campaign says about itself. */
export function campaignWordsSql(): Sql<CampaignWordsRow> {
  return sql<CampaignWordsRow>`
    SELECT campaign_key, campaign_id, name, objective
    FROM campaigns
    WHERE campaign_key IS NOT NULL
    ORDER BY campaign_key NULLS LAST`;
}

/** The classified campaigns as a table; the columns are described at `Derived.campaignObjectives`. */
export function campaignObjectivesSql(dialect: Dialect, classified: readonly { readonly campaignKey: number; readonly objective: string | null }[]): Sql {
  const rows = classified.map(({ campaignKey, objective }) => sql`(${literal(campaignKey)}, ${literal(objective)})`);
  const text = dialect.typeOf('text');
  if (rows.length === 0) return sql`SELECT 0 AS campaign_key, CAST(NULL AS ${text}) AS objective WHERE FALSE`;
  return sql`SELECT campaign_key, CAST(objective AS ${text}) AS objective FROM (VALUES ${join(rows)}) AS v(campaign_key, objective)`;
}
