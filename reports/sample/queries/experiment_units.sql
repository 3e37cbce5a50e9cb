-- Shared: experiment units

CREATE TABLE "experiment_units" AS
WITH dated AS (
 -- why: an assignment without a day was made when its campaign began
 SELECT a.campaign_key, a.member_key, CASE WHEN lower(trim(a.arm)) = 'holdout' THEN 'holdout' ELSE trim(a.arm) END AS arm,
 CASE WHEN lower(trim(a.arm)) = 'holdout' THEN 1 ELSE 0 END AS is_holdout,
 date_diff('day', DATE '1970-01-01', CAST(COALESCE(a.assigned_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS assigned_day
 FROM assignments a
 JOIN campaigns k ON k.campaign_key = a.campaign_key
 WHERE a.member_key IS NOT NULL
), placed AS (
 -- why: who stands in two arms of one test belongs to neither, whatever was delivered
 SELECT campaign_key, member_key, min(arm) AS arm, max(is_holdout) AS is_holdout, min(assigned_day) AS assigned_day,
 CASE WHEN min(arm) = max(arm) THEN 1 ELSE 0 END AS is_unambiguous
 FROM dated
 GROUP BY campaign_key, member_key
)
SELECT campaign_key, member_key, arm, is_holdout, assigned_day, is_unambiguous
FROM placed
WHERE assigned_day IS NULL OR assigned_day < 20089;
