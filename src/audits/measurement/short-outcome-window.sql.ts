import { type Sql, sql } from '../../engine/sql.js';

export interface OutcomeHorizonRow {
  readonly campaign_id: string;
  readonly primary_kpi: string | null;
  readonly kpi_horizon_days: number | null;
  readonly attribution_window_days: number | null;
  readonly reported_revenue: number | null;
  /** Longest window of a result that the source gives ready; null without one. */
  readonly outcome_days: number | null;
}

/** What each campaign is judged by, and over how many days. */
export function outcomeHorizonsSql(): Sql<OutcomeHorizonRow> {
  return sql<OutcomeHorizonRow>`
    WITH followed AS (
      SELECT campaign_key, max(window_days) AS outcome_days
      FROM outcomes
      WHERE campaign_key IS NOT NULL
      GROUP BY campaign_key
    )
    SELECT k.campaign_id, k.primary_kpi, k.kpi_horizon_days, k.attribution_window_days, k.reported_revenue, f.outcome_days
    FROM campaigns k
    LEFT JOIN followed f ON f.campaign_key = k.campaign_key
    WHERE k.campaign_key IS NOT NULL
    ORDER BY k.campaign_id NULLS LAST`;
}
