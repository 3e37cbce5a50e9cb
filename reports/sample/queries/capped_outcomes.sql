-- Shared: capped outcomes
-- Draws on: experiment_outcomes.sql

CREATE TABLE "capped_outcomes" AS
WITH counted AS (
 SELECT campaign_key, outcome, is_ready, value, count(*) AS n
 FROM "experiment_outcomes"
 WHERE value IS NOT NULL
 GROUP BY campaign_key, outcome, is_ready, value
), placed AS (
 -- why: one limit for all arms, found without looking who was in which, leaves them comparable
 SELECT campaign_key, outcome, is_ready, value, sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready ORDER BY value) AS reached,
 sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready) AS members, count(*) OVER (PARTITION BY campaign_key, outcome, is_ready) AS different_values
 FROM counted
), limits AS (
 SELECT campaign_key, outcome, is_ready, min(value) AS most
 FROM placed
 WHERE different_values > 2 AND reached * 1000 >= members * 995
 GROUP BY campaign_key, outcome, is_ready
)
SELECT o.campaign_key, o.arm, o.is_holdout, o.member_key, o.outcome, o.days, o.is_ready, CASE WHEN o.value > l.most THEN l.most ELSE o.value END AS value,
o.pre_value, o.discount
FROM "experiment_outcomes" o
JOIN limits l ON l.campaign_key = o.campaign_key AND l.outcome = o.outcome AND l.is_ready = o.is_ready;
