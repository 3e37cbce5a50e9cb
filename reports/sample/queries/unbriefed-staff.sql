-- Do staff know of a campaign before customers do?
-- Draws on: contact_facts.sql, campaign_objectives.sql

WITH
sent AS (
 -- why: a campaign without a first day was launched when its first dated message went out
 SELECT campaign_key, count(*) AS messages, min(CASE WHEN has_own_date THEN from_day END) AS first_day
 FROM "contact_facts"
 GROUP BY campaign_key
), known AS (
 -- why: a code that is only mentioned in passing, without a description and without a message, is not a campaign of the scheme
 SELECT k.campaign_key, k.campaign_id, k.name, k.mentions_programme, k.cost, COALESCE(s.messages, 0) AS messages,
 COALESCE(date_diff('day', DATE '1970-01-01', CAST(k.starts_at AS DATE)), s.first_day) AS launch_day, date_diff('day', DATE '1970-01-01', CAST(k.staff_briefed_at AS DATE)) AS briefed_day
 FROM campaigns k
 LEFT JOIN sent s ON s.campaign_key = k.campaign_key
 WHERE k.is_listed OR s.campaign_key IS NOT NULL
), launched AS (
 -- why: staff are briefed for what begins, not for what has been running
 SELECT campaign_key, campaign_id, name, mentions_programme, cost, messages, launch_day, briefed_day
 FROM known
 WHERE launch_day >= 19723 AND launch_day < 20089
)
SELECT l.campaign_id, l.name, o.objective, l.launch_day, l.briefed_day, l.mentions_programme, l.cost, l.messages
FROM launched l
LEFT JOIN "campaign_objectives" o ON o.campaign_key = l.campaign_key
ORDER BY l.launch_day NULLS LAST, l.campaign_id NULLS LAST;

WITH
sent AS (
 -- why: a campaign without a first day was launched when its first dated message went out
 SELECT campaign_key, count(*) AS messages, min(CASE WHEN has_own_date THEN from_day END) AS first_day
 FROM "contact_facts"
 GROUP BY campaign_key
), known AS (
 -- why: a code that is only mentioned in passing, without a description and without a message, is not a campaign of the scheme
 SELECT k.campaign_key, k.campaign_id, k.name, k.mentions_programme, k.cost, COALESCE(s.messages, 0) AS messages,
 COALESCE(date_diff('day', DATE '1970-01-01', CAST(k.starts_at AS DATE)), s.first_day) AS launch_day, date_diff('day', DATE '1970-01-01', CAST(k.staff_briefed_at AS DATE)) AS briefed_day
 FROM campaigns k
 LEFT JOIN sent s ON s.campaign_key = k.campaign_key
 WHERE k.is_listed OR s.campaign_key IS NOT NULL
), launched AS (
 -- why: staff are briefed for what begins, not for what has been running
 SELECT campaign_key, campaign_id, name, mentions_programme, cost, messages, launch_day, briefed_day
 FROM known
 WHERE launch_day >= 19723 AND launch_day < 20089
)
SELECT count(DISTINCT c.member_key) AS members
FROM "contact_facts" c
JOIN launched l ON l.campaign_key = c.campaign_key
WHERE l.launch_day - l.briefed_day < 1 OR (l.briefed_day IS NULL AND FALSE);
