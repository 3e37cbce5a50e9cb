-- Shared: experiment histories
-- Draws on: experiment_units.sql, purchase_days.sql

CREATE TABLE "experiment_histories" AS
WITH bought AS (
 -- why: strictly before the day of the assignment, or the test itself would sort its members
 SELECT u.campaign_key, u.member_key, sum(p.net) AS net
 FROM "experiment_units" u
 JOIN "purchase_days" p ON p.member_key = u.member_key AND p.day < u.assigned_day AND p.day >= u.assigned_day - 365
 WHERE u.is_unambiguous = 1
 GROUP BY u.campaign_key, u.member_key
), buyers AS (
 -- why: bands relative to the mean buyer of the same test, both arms together, hold in any currency and need no ranks
 SELECT campaign_key, CAST(sum(net) AS DOUBLE) / count(*) AS mean_net
 FROM bought
 GROUP BY campaign_key
), answered AS (
 -- why: who has responded to other campaigns before is likelier to respond again
 SELECT DISTINCT u.campaign_key, u.member_key
 FROM "experiment_units" u
 JOIN responses r ON r.member_key = u.member_key AND date_diff('day', DATE '1970-01-01', CAST(r.responded_at AS DATE)) < u.assigned_day AND date_diff('day', DATE '1970-01-01', CAST(r.responded_at AS DATE)) >= u.assigned_day - 365
 WHERE u.is_unambiguous = 1 AND r.campaign_key <> u.campaign_key AND lower(trim(COALESCE(r.type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
), banded AS (
 SELECT u.campaign_key, u.member_key, b.net, a.member_key AS answered_key,
 CASE WHEN b.net IS NULL THEN 0 WHEN CAST(b.net AS DOUBLE) <= 0.5e0 * y.mean_net THEN 1 WHEN CAST(b.net AS DOUBLE) <= y.mean_net THEN 2
 WHEN CAST(b.net AS DOUBLE) <= 2e0 * y.mean_net THEN 3 ELSE 4 END AS band
 FROM "experiment_units" u
 LEFT JOIN bought b ON b.campaign_key = u.campaign_key AND b.member_key = u.member_key
 LEFT JOIN buyers y ON y.campaign_key = u.campaign_key
 LEFT JOIN answered a ON a.campaign_key = u.campaign_key AND a.member_key = u.member_key
 WHERE u.is_unambiguous = 1
)
SELECT b.campaign_key, b.member_key, m.jackknife_group % 2 AS half, 2 * b.band + CASE WHEN b.answered_key IS NULL THEN 0 ELSE 1 END AS stratum,
CAST(COALESCE(b.net, 0) AS DECIMAL(18, 4)) AS prior_net
FROM banded b
JOIN members m ON m.member_key = b.member_key;
