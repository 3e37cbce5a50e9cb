-- Do the arms of the tests have the sizes that were planned?
-- Draws on: experiments.sql, experiment_units.sql

WITH tested AS (
 SELECT DISTINCT campaign_key FROM "experiment_units"
), reached AS (
 -- why: several messages are one member
 SELECT DISTINCT c.campaign_key, c.member_key
 FROM contacts c
 JOIN tested t ON t.campaign_key = c.campaign_key
 WHERE c.member_key IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE)
)
SELECT r.campaign_key, count(*) AS outside
FROM reached r
LEFT JOIN "experiment_units" u ON u.campaign_key = r.campaign_key AND u.member_key = r.member_key
WHERE u.member_key IS NULL
GROUP BY r.campaign_key
ORDER BY r.campaign_key;
