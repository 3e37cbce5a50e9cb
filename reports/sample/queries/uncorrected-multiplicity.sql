-- Do the apparent effects hold when everything that was looked at is counted?
-- Draws on: experiments.sql, experiment_units.sql, campaign_facts.sql

WITH given AS (
 -- why: a row that is repeated is still one result
 SELECT campaign_key, member_key, outcome, window_days, max(value) AS value
 FROM outcomes
 WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND window_days IS NOT NULL AND value IS NOT NULL
 GROUP BY campaign_key, member_key, outcome, window_days
), several AS (
 SELECT campaign_key, outcome
 FROM given
 GROUP BY campaign_key, outcome
 HAVING count(DISTINCT window_days) > 1
)
SELECT u.campaign_key, u.arm, u.is_holdout, g.outcome, g.window_days AS days, count(*) AS n, min(g.value) AS least, sum(g.value) AS total,
sum(CAST(g.value AS DECIMAL(38, 4)) * CAST(g.value AS DECIMAL(38, 4))) AS squares
FROM given g
JOIN several s ON s.campaign_key = g.campaign_key AND s.outcome = g.outcome
JOIN "experiment_units" u ON u.campaign_key = g.campaign_key AND u.member_key = g.member_key
WHERE u.is_unambiguous = 1
GROUP BY u.campaign_key, u.arm, u.is_holdout, g.outcome, g.window_days
ORDER BY u.campaign_key, u.is_holdout, u.arm, g.outcome, g.window_days;

WITH tested AS (
 SELECT DISTINCT campaign_key FROM "experiment_units"
)
SELECT t.campaign_key, k.reported_revenue, k.reported_recipients, f.members, f.responders
FROM tested t
JOIN campaigns k ON k.campaign_key = t.campaign_key
LEFT JOIN "campaign_facts" f ON f.campaign_key = t.campaign_key
ORDER BY t.campaign_key;
