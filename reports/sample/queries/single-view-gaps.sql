-- Is one customer seen as one?
-- Draws on: contact_facts.sql

SELECT count(DISTINCT NULLIF(lower(trim(business_unit)), '')) AS units FROM campaigns;

SELECT count(*) AS members, count(*) FILTER (WHERE is_listed) AS listed FROM members;

WITH sales AS (
 SELECT t.member_key, m.jackknife_group, t.net_amount, NULLIF(lower(trim(t.business_unit)), '') AS unit, NULLIF(lower(trim(t.channel)), '') AS channel
 FROM transactions t
 JOIN members m ON m.member_key = t.member_key
 WHERE NOT COALESCE(t.is_return, FALSE) AND t.net_amount > 0 AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) < 20089
), places AS (
 -- why: a sale without a unit says nothing of how many units a member uses
 SELECT 'unit' AS dimension, member_key, jackknife_group, CASE WHEN min(unit) <> max(unit) THEN 1 ELSE 0 END AS is_crosser, sum(net_amount) AS value
 FROM sales
 WHERE unit IS NOT NULL
 GROUP BY member_key, jackknife_group
 UNION ALL
 SELECT 'channel', member_key, jackknife_group, CASE WHEN min(channel) <> max(channel) THEN 1 ELSE 0 END, sum(net_amount)
 FROM sales
 WHERE channel IS NOT NULL
 GROUP BY member_key, jackknife_group
)
SELECT dimension, jackknife_group, is_crosser, count(*) AS members, sum(value) AS value
FROM places
GROUP BY dimension, jackknife_group, is_crosser
ORDER BY dimension, jackknife_group, is_crosser;

SELECT c.jackknife_group, count(*) AS contacts, sum(CASE WHEN m.is_listed THEN 0 ELSE 1 END) AS orphans,
count(DISTINCT CASE WHEN m.is_listed THEN NULL ELSE c.member_key END) AS orphan_members
FROM "contact_facts" c
JOIN members m ON m.member_key = c.member_key
GROUP BY c.jackknife_group
ORDER BY c.jackknife_group;

WITH said AS (
 SELECT member_key, COALESCE(NULLIF(lower(trim(channel)), ''), '') AS channel, COALESCE(date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)), -1000000) AS day, status
 FROM consents
 WHERE status IN ('granted', 'withdrawn') AND (valid_from IS NULL OR date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) < 20089)
), latest AS (
 -- why: a withdrawal after a grant is a change of mind and no contradiction
 SELECT member_key, channel, max(day) AS day
 FROM said
 GROUP BY member_key, channel
), words AS (
 SELECT l.member_key, l.channel, CASE WHEN min(s.status) <> max(s.status) THEN 1 ELSE 0 END AS is_conflict
 FROM latest l
 JOIN said s ON s.member_key = l.member_key AND s.channel = l.channel AND s.day = l.day
 GROUP BY l.member_key, l.channel
)
SELECT m.jackknife_group, count(*) AS permissions, sum(w.is_conflict) AS conflicts
FROM words w
JOIN members m ON m.member_key = w.member_key
GROUP BY m.jackknife_group
ORDER BY m.jackknife_group;

SELECT COALESCE(name, campaign_id) AS name, NULLIF(trim(primary_kpi), '') AS primary_kpi, NULLIF(trim(targeting_columns), '') AS targeting_columns
FROM campaigns
WHERE is_listed AND (starts_at IS NULL OR (date_diff('day', DATE '1970-01-01', CAST(starts_at AS DATE)) < 20089 AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(ends_at, starts_at) AS DATE)) >= 19723))
ORDER BY campaign_key NULLS LAST;
