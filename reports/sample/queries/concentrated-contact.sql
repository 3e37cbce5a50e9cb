-- Do the same customers get most of the contact?
-- Draws on: contact_facts.sql, member_facts.sql

WITH
first_days AS (
 -- why: slices of 28 days are counted from the campaign's own first day, so that a short campaign is never cut in two
 SELECT campaign_key, min(from_day) AS campaign_day
 FROM "contact_facts"
 GROUP BY campaign_key
), placed AS (
 -- why: a contact without any date goes to a wave of its own kind, number -1
 SELECT c.member_key, c.campaign_key, c.wave, c.from_day,
 COALESCE(CAST(floor((c.from_day - f.campaign_day) / 28e0) AS BIGINT), -1) AS slice
 FROM "contact_facts" c
 JOIN first_days f ON f.campaign_key = c.campaign_key
), waves AS (
 -- why: a campaign that began before the window selected its members at the latest by the window's first day
 SELECT campaign_key, wave, slice, greatest(min(from_day), 19723) AS known_day, count(from_day) AS dated, count(*) AS size
 FROM placed
 GROUP BY campaign_key, wave, slice
), dated AS (
 -- why: greatest() ignores NULL in one engine and returns it in another
 SELECT CASE WHEN dated > 0 THEN known_day END AS day, size
 FROM waves
)
SELECT day, size, count(*) AS waves
FROM dated
GROUP BY day, size
ORDER BY day NULLS LAST, size;

WITH
first_days AS (
 -- why: slices of 28 days are counted from the campaign's own first day, so that a short campaign is never cut in two
 SELECT campaign_key, min(from_day) AS campaign_day
 FROM "contact_facts"
 GROUP BY campaign_key
), placed AS (
 -- why: a contact without any date goes to a wave of its own kind, number -1
 SELECT c.member_key, c.campaign_key, c.wave, c.from_day,
 COALESCE(CAST(floor((c.from_day - f.campaign_day) / 28e0) AS BIGINT), -1) AS slice
 FROM "contact_facts" c
 JOIN first_days f ON f.campaign_key = c.campaign_key
), waves AS (
 -- why: a campaign that began before the window selected its members at the latest by the window's first day
 SELECT campaign_key, wave, slice, greatest(min(from_day), 19723) AS known_day, count(from_day) AS dated, count(*) AS size
 FROM placed
 GROUP BY campaign_key, wave, slice
), contacted AS (
 SELECT p.member_key, count(*) AS contacts, min(CASE WHEN w.dated > 0 THEN w.known_day END) AS first_wave_day,
 max(CASE WHEN w.dated > 0 THEN w.known_day END) AS last_wave_day
 FROM placed p
 JOIN waves w ON w.campaign_key = p.campaign_key AND w.wave = p.wave AND w.slice = p.slice
 GROUP BY p.member_key
), held_out AS (
 -- why: who is left out by a test is left out on purpose
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
  OR date_diff('day', DATE '1970-01-01', CAST(k.ends_at AS DATE)) >= 19723 OR sent.last_day >= 19723 OR date_diff('day', DATE '1970-01-01', CAST(k.starts_at AS DATE)) >= 19723 OR date_diff('day', DATE '1970-01-01', CAST(a.assigned_at AS DATE)) >= 19723)
), eligible AS (
 -- why: the end of permission ends eligibility as leaving does
 SELECT m.member_key, m.is_reachable OR NOT m.is_open OR m.permission_ended_day IS NOT NULL AS was_permitted,
 greatest(COALESCE(m.enrolled_day, 19723), 19723) AS joined_day,
 least(COALESCE(m.closed_day, 20089), COALESCE(m.permission_ended_day, 20089), 20089) AS left_day
 FROM "member_facts" m
), spans AS (
 -- why: whoever was contacted was eligible then, whatever the date of joining or leaving says
 SELECT COALESCE(c.contacts, 0) AS contacts, least(e.joined_day, COALESCE(c.first_wave_day, e.joined_day)) AS from_day,
 greatest(e.left_day, COALESCE(c.last_wave_day + 1, e.left_day)) AS to_day,
 CASE WHEN c.member_key IS NOT NULL THEN 'yes' WHEN NOT e.was_permitted THEN 'no permission' WHEN h.member_key IS NOT NULL THEN 'held out' ELSE 'yes' END AS can_be_contacted
 FROM eligible e
 LEFT JOIN held_out h ON h.member_key = e.member_key
 LEFT JOIN contacted c ON c.member_key = e.member_key
)
SELECT contacts, from_day, to_day, can_be_contacted, count(*) AS members
FROM spans
WHERE from_day < to_day OR contacts > 0
GROUP BY contacts, from_day, to_day, can_be_contacted
ORDER BY contacts, from_day, to_day, can_be_contacted;
