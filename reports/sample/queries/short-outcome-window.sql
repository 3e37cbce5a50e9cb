-- Are results followed long enough to speak of customer value?
-- Draws on: counted_campaigns.sql, purchase_gaps.sql

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
ORDER BY k.campaign_id NULLS LAST;
