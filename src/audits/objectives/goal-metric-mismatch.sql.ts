import { type Sql, sql } from '../../engine/sql.js';

export interface KpiRow {
  readonly campaign_id: string;
  /** The measure of success as it is written; null when it is not recorded. */
  readonly primary_kpi: string | null;
  readonly kpi_horizon_days: number | null;
}

/** What each campaign calls success, and after how many days it counts it. */
export function campaignKpisSql(): Sql<KpiRow> {
  return sql<KpiRow>`
    SELECT campaign_id, primary_kpi, kpi_horizon_days
    FROM campaigns
    WHERE campaign_key IS NOT NULL
    ORDER BY campaign_id NULLS LAST`;
}
