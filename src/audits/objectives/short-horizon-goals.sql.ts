import { type Sql, sql } from '../../engine/sql.js';

export interface HorizonRow {
  readonly campaign_id: string;
  /** Days after which success is measured; null when it is not recorded. */
  readonly kpi_horizon_days: number | null;
  /** Days in which a sale is credited; null when it is not recorded. */
  readonly attribution_window_days: number | null;
}

/** How long each campaign waits before it counts its success. */
export function campaignHorizonsSql(): Sql<HorizonRow> {
  return sql<HorizonRow>`
    SELECT campaign_id, kpi_horizon_days, attribution_window_days
    FROM campaigns
    WHERE campaign_key IS NOT NULL
    ORDER BY campaign_id NULLS LAST`;
}
