import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

export interface CampaignTextRow {
  readonly name: string;
  readonly primary_kpi: string | null;
  readonly targeting_columns: string | null;
}

/** What the campaigns of the window say of their measure of success and their selection. */
export function campaignTextsSql(dialect: Dialect, window: Window): Sql<CampaignTextRow> {
  const starts = dialect.dayNumber(sql`starts_at`);
  const ends = dialect.dayNumber(sql`COALESCE(ends_at, starts_at)`);
  return sql<CampaignTextRow>`
    SELECT COALESCE(name, campaign_id) AS name, NULLIF(trim(primary_kpi), '') AS primary_kpi, NULLIF(trim(targeting_columns), '') AS targeting_columns
    FROM campaigns
    WHERE is_listed AND (starts_at IS NULL OR (${starts} < ${literal(window.toDay)} AND ${ends} >= ${literal(window.fromDay)}))
    ORDER BY campaign_key NULLS LAST`;
}
