-- Which members hear nothing, and what are they worth?
-- Draws on: contact_facts.sql, member_facts.sql

WITH contacted AS (
 -- why: a contact without a date may have been yesterday, so it counts in the organisation's favour
 SELECT member_key, max(CASE WHEN to_day IS NULL OR to_day >= 19909 THEN 1 ELSE 0 END) AS is_recent
 FROM "contact_facts"
 GROUP BY member_key
), held_out AS (
 -- why: who is left out by a test is left out on purpose, and somebody follows what they buy
 SELECT DISTINCT a.member_key
 FROM assignments a
 LEFT JOIN campaigns k ON k.campaign_key = a.campaign_key
 LEFT JOIN (
  SELECT campaign_key, min(date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE))) AS first_day, max(date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE))) AS last_day
  FROM contacts
  GROUP BY campaign_key
 ) AS sent ON sent.campaign_key = a.campaign_key
 WHERE a.member_key IS NOT NULL AND lower(trim(a.arm)) = 'holdout' AND COALESCE(date_diff('day', DATE '1970-01-01', CAST(a.assigned_at AS DATE)), date_diff('day', DATE '1970-01-01', CAST(k.starts_at AS DATE)), sent.first_day, 0) < 20089
 AND ((sent.campaign_key IS NULL AND date_diff('day', DATE '1970-01-01', CAST(k.ends_at AS DATE)) IS NULL) OR COALESCE(date_diff('day', DATE '1970-01-01', CAST(k.ends_at AS DATE)), sent.last_day, date_diff('day', DATE '1970-01-01', CAST(k.starts_at AS DATE)), date_diff('day', DATE '1970-01-01', CAST(a.assigned_at AS DATE))) IS NULL
  OR date_diff('day', DATE '1970-01-01', CAST(k.ends_at AS DATE)) >= 19909 OR sent.last_day >= 19909 OR date_diff('day', DATE '1970-01-01', CAST(k.starts_at AS DATE)) >= 19909 OR date_diff('day', DATE '1970-01-01', CAST(a.assigned_at AS DATE)) >= 19909)
), placed AS (
 SELECT m.jackknife_group, m.tier, m.value, 20089 - m.enrolled_day AS days_enrolled,
 CASE WHEN NOT m.is_reachable THEN 'unreachable' WHEN c.is_recent = 1 THEN 'recent'
 WHEN c.is_recent = 0 AND h.member_key IS NOT NULL THEN 'held-out-since' WHEN c.is_recent = 0 THEN 'earlier'
 WHEN h.member_key IS NOT NULL THEN 'held-out' WHEN m.enrolled_day >= 19909 THEN 'new' ELSE 'never' END AS state
 FROM "member_facts" m
 LEFT JOIN contacted c ON c.member_key = m.member_key
 LEFT JOIN held_out h ON h.member_key = m.member_key
), banded AS (
 -- why: an alias cannot be grouped by in every engine
 SELECT state, jackknife_group, tier, value,
 CASE WHEN days_enrolled IS NULL THEN NULL WHEN days_enrolled < 365 THEN 0 WHEN days_enrolled < 730 THEN 1 WHEN days_enrolled < 1826 THEN 2 ELSE 3 END AS tenure_band
 FROM placed
)
SELECT state, jackknife_group, tier, tenure_band, count(*) AS members, sum(value) AS value
FROM banded
GROUP BY state, jackknife_group, tier, tenure_band
ORDER BY state, jackknife_group, tier NULLS LAST, tenure_band NULLS LAST;
