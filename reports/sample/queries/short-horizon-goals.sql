-- Is success counted too soon to see more than an immediate sale?
-- Draws on: counted_campaigns.sql, purchase_days.sql

SELECT campaign_id, kpi_horizon_days, attribution_window_days
FROM campaigns
WHERE campaign_key IS NOT NULL
ORDER BY campaign_id NULLS LAST;

SELECT jackknife_group, gap, count(*) AS gaps
FROM "purchase_days"
WHERE gap IS NOT NULL
GROUP BY jackknife_group, gap
ORDER BY jackknife_group, gap;
