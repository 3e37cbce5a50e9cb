-- Are the holdouts large enough to show whether a campaign pays for itself?
-- Draws on: experiments.sql, experiment_units.sql, campaign_objectives.sql, purchase_days.sql, experiment_outcomes.sql

WITH tested AS (
 SELECT DISTINCT campaign_key FROM "experiment_units"
), messages AS (
 -- why: the cost of a campaign was spent on everybody whom it wrote to, in the test or not; with costs missing the sum would be too low
 SELECT c.campaign_key, CASE WHEN count(c.cost) >= 0.95e0 * count(*) THEN sum(c.cost) END AS cost, count(DISTINCT c.member_key) AS contacted
 FROM contacts c
 JOIN tested t ON t.campaign_key = c.campaign_key
 WHERE NOT COALESCE(c.is_transactional, FALSE)
 GROUP BY c.campaign_key
)
SELECT t.campaign_key, COALESCE(k.cost, m.cost) AS cost, COALESCE(m.contacted, 0) AS contacted, o.objective
FROM tested t
JOIN campaigns k ON k.campaign_key = t.campaign_key
LEFT JOIN messages m ON m.campaign_key = t.campaign_key
LEFT JOIN "campaign_objectives" o ON o.campaign_key = t.campaign_key
ORDER BY t.campaign_key;

SELECT COALESCE(sum(orders), 0) AS orders, sum(net) AS net, sum(margin) AS margin
FROM "purchase_days"
WHERE margin IS NOT NULL;

SELECT o.campaign_key, o.arm, o.is_holdout, o.outcome, o.is_ready, m.jackknife_group, count(o.value) AS n, sum(o.value) AS total,
sum(CAST(o.value AS DECIMAL(38, 4)) * CAST(o.value AS DECIMAL(38, 4))) AS squares, count(o.pre_value) AS pre_n, sum(o.pre_value) AS pre_total,
sum(CAST(o.pre_value AS DECIMAL(38, 4)) * CAST(o.pre_value AS DECIMAL(38, 4))) AS pre_squares, sum(CAST(o.value AS DECIMAL(38, 4)) * CAST(o.pre_value AS DECIMAL(38, 4))) AS products
FROM "experiment_outcomes" o
JOIN members m ON m.member_key = o.member_key
WHERE o.value IS NOT NULL AND (o.is_ready = 1 OR o.outcome IN ('margin'))
GROUP BY o.campaign_key, o.arm, o.is_holdout, o.outcome, o.is_ready, m.jackknife_group
ORDER BY o.campaign_key, o.is_holdout, o.arm, o.outcome, o.is_ready, m.jackknife_group;
