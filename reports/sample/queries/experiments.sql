-- Shared: experiments
-- Draws on: experiment_units.sql, experiment_outcomes.sql

WITH reached AS (
 -- why: a message before the assignment does not undo it, one without a day counts
 SELECT DISTINCT u.campaign_key, u.member_key
 FROM "experiment_units" u
 JOIN contacts c ON c.campaign_key = u.campaign_key AND c.member_key = u.member_key
 WHERE NOT COALESCE(c.is_transactional, FALSE) AND (c.contacted_at IS NULL OR u.assigned_day IS NULL OR date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) >= u.assigned_day)
), starts AS (
 -- why: squares of days since 1970 would lose the digits in which the arms differ
 SELECT campaign_key, min(assigned_day) AS first_day FROM "experiment_units" GROUP BY campaign_key
)
SELECT u.campaign_key, k.campaign_id, COALESCE(k.name, k.campaign_id) AS name, k.objective, k.planned_holdout_share, u.arm, u.is_holdout,
sum(u.is_unambiguous) AS members, sum(1 - u.is_unambiguous) AS ambiguous,
count(CASE WHEN u.is_unambiguous = 1 THEN r.member_key END) AS contacted, count(CASE WHEN u.is_unambiguous = 1 THEN u.assigned_day END) AS dated,
sum(CASE WHEN u.is_unambiguous = 1 THEN u.assigned_day - s.first_day END) AS days,
sum(CASE WHEN u.is_unambiguous = 1 THEN (u.assigned_day - s.first_day) * (u.assigned_day - s.first_day) END) AS day_squares
FROM "experiment_units" u
JOIN starts s ON s.campaign_key = u.campaign_key
JOIN campaigns k ON k.campaign_key = u.campaign_key
LEFT JOIN reached r ON r.campaign_key = u.campaign_key AND r.member_key = u.member_key
GROUP BY u.campaign_key, k.campaign_id, k.name, k.objective, k.planned_holdout_share, u.arm, u.is_holdout
ORDER BY u.campaign_key, u.is_holdout, u.arm;

SELECT campaign_key, arm, is_holdout, outcome, days, is_ready, count(*) AS members, count(value) AS n, sum(value) AS total,
sum(CAST(value AS DECIMAL(38, 4)) * CAST(value AS DECIMAL(38, 4))) AS squares, count(CASE WHEN value <> 0 THEN 1 END) AS nonzero, count(CASE WHEN value = 1 THEN 1 END) AS ones,
count(pre_value) AS pre_n, sum(pre_value) AS pre_total, sum(CAST(pre_value AS DECIMAL(38, 4)) * CAST(pre_value AS DECIMAL(38, 4))) AS pre_squares, sum(CAST(value AS DECIMAL(38, 4)) * CAST(pre_value AS DECIMAL(38, 4))) AS products
FROM "experiment_outcomes"
GROUP BY campaign_key, arm, is_holdout, outcome, days, is_ready
ORDER BY campaign_key, arm, is_holdout, outcome, days NULLS LAST, is_ready;
