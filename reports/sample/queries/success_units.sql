-- Shared: success units
-- Draws on: campaign_facts.sql, experiments.sql, experiment_units.sql, purchase_gaps.sql, capped_outcomes.sql

WITH messages AS (
 -- why: some sources give a cost a message and none a campaign; with messages missing from it the sum would be a break-even too low
 SELECT campaign_key, CASE WHEN count(cost) >= 0.95e0 * count(*) THEN sum(cost) END AS contact_cost
 FROM contacts
 WHERE campaign_key IS NOT NULL AND NOT COALESCE(is_transactional, FALSE)
 GROUP BY campaign_key
), tracked AS (
 -- why: a campaign that the responses never name was not followed, which is not the same as no response
 SELECT campaign_key, count(*) AS response_rows
 FROM responses
 WHERE campaign_key IS NOT NULL
 GROUP BY campaign_key
)
SELECT f.campaign_key, f.name, f.members, f.responders, COALESCE(t.response_rows, 0) AS response_rows, f.cost, m.contact_cost, k.reported_recipients, k.reported_responses
FROM "campaign_facts" f
JOIN campaigns k ON k.campaign_key = f.campaign_key
LEFT JOIN messages m ON m.campaign_key = f.campaign_key
LEFT JOIN tracked t ON t.campaign_key = f.campaign_key
ORDER BY f.campaign_key;

WITH responders AS (
 -- why: several reactions are one responder, and an open never counts
 SELECT DISTINCT campaign_key, member_key
 FROM responses
 WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
)
SELECT u.campaign_key, u.arm, count(*) AS members, count(r.member_key) AS responders
FROM "experiment_units" u
LEFT JOIN responders r ON r.campaign_key = u.campaign_key AND r.member_key = u.member_key
WHERE u.is_holdout = 0 AND u.is_unambiguous = 1
GROUP BY u.campaign_key, u.arm
ORDER BY u.campaign_key, u.arm;

WITH placed AS (
 -- why: a member stands once in each campaign, so what is left after its own place is that of other campaigns
 SELECT campaign_key, arm, is_holdout, sum(1 - is_holdout) OVER (PARTITION BY member_key ORDER BY assigned_day RANGE BETWEEN 89 PRECEDING AND 89 FOLLOWING) - (1 - is_holdout) AS others
 FROM "experiment_units"
 WHERE is_unambiguous = 1 AND assigned_day IS NOT NULL
)
SELECT campaign_key, arm, is_holdout, count(*) AS members, count(CASE WHEN others > 0 THEN 1 END) AS overlapping
FROM placed
GROUP BY campaign_key, arm, is_holdout
ORDER BY campaign_key, arm, is_holdout;

SELECT campaign_key, arm, is_holdout, outcome, days, is_ready, count(*) AS members, count(value) AS n, sum(value) AS total,
sum(CAST(value AS DECIMAL(38, 4)) * CAST(value AS DECIMAL(38, 4))) AS squares, count(CASE WHEN value <> 0 THEN 1 END) AS nonzero, count(CASE WHEN value = 1 THEN 1 END) AS ones,
count(pre_value) AS pre_n, sum(pre_value) AS pre_total, sum(CAST(pre_value AS DECIMAL(38, 4)) * CAST(pre_value AS DECIMAL(38, 4))) AS pre_squares, sum(CAST(value AS DECIMAL(38, 4)) * CAST(pre_value AS DECIMAL(38, 4))) AS products
FROM "capped_outcomes"
GROUP BY campaign_key, arm, is_holdout, outcome, days, is_ready
ORDER BY campaign_key, arm, is_holdout, outcome, days NULLS LAST, is_ready;
