-- Are campaigns for lasting goals judged by figures that are counted at once?
-- Draws on: counted_campaigns.sql

SELECT campaign_id, primary_kpi, kpi_horizon_days
FROM campaigns
WHERE campaign_key IS NOT NULL
ORDER BY campaign_id NULLS LAST;
