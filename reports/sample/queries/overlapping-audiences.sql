-- Do campaigns with one objective go to the same members?
-- Draws on: contact_facts.sql, contact_pressure.sql, member_facts.sql, campaign_objectives.sql

WITH
chosen AS (
 SELECT member_key, jackknife_group, campaign_key, min(from_day) AS first_day, max(from_day) AS last_day
 FROM "contact_facts"
 WHERE from_day IS NOT NULL AND jackknife_group < 50
 GROUP BY member_key, jackknife_group, campaign_key
), compared AS (
 -- why: a campaign that sends all year has no day of selection, and a handful of members says nothing
 SELECT campaign_key, min(first_day) AS day, count(*) AS members
 FROM chosen
 GROUP BY campaign_key
 HAVING max(last_day) - min(first_day) <= 28 AND count(*) >= 30
), audience AS (
 SELECT c.member_key, c.jackknife_group, c.campaign_key, k.day
 FROM chosen c
 JOIN compared k ON k.campaign_key = c.campaign_key
), costs AS (
 SELECT campaign_key, sum(cost) AS cost, count(cost) AS costed, count(*) AS contacts
 FROM "contact_pressure"
 GROUP BY campaign_key
)
SELECT a.campaign_key, COALESCE(k.name, k.campaign_id) AS name, k.business_unit, o.objective, a.day, a.members,
c.cost, COALESCE(c.costed, 0) AS costed, COALESCE(c.contacts, 0) AS contacts
FROM compared a
JOIN campaigns k ON k.campaign_key = a.campaign_key
LEFT JOIN "campaign_objectives" o ON o.campaign_key = a.campaign_key
LEFT JOIN costs c ON c.campaign_key = a.campaign_key
ORDER BY a.day, a.campaign_key;

WITH spans AS (
 -- why: who had no permission at any known time could not have been selected at all
 SELECT CASE WHEN enrolled_day > 19723 THEN enrolled_day ELSE 19723 END AS from_day,
 least(COALESCE(closed_day, 20089), CASE WHEN has_permission THEN 20089 ELSE COALESCE(permission_ended_day, 19723) END, 20089) AS to_day
 FROM "member_facts"
 WHERE jackknife_group < 50
)
SELECT from_day, to_day, count(*) AS members
FROM spans
WHERE from_day < to_day
GROUP BY from_day, to_day
ORDER BY from_day, to_day;

WITH live AS (
 -- why: for a member a campaign runs from the first message to the campaign’s last day, or to the last message where none is stated
 SELECT c.member_key, c.jackknife_group, c.campaign_key, min(c.from_day) AS from_day, max(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(k.ends_at AS DATE)) > c.to_day THEN date_diff('day', DATE '1970-01-01', CAST(k.ends_at AS DATE)) ELSE c.to_day END) AS to_day
 FROM "contact_facts" c
 JOIN campaigns k ON k.campaign_key = c.campaign_key
 WHERE c.from_day IS NOT NULL
 GROUP BY c.member_key, c.jackknife_group, c.campaign_key
), met AS (
 SELECT member_key, jackknife_group,
 CASE WHEN from_day <= max(to_day) OVER (PARTITION BY member_key ORDER BY from_day, campaign_key ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 1 ELSE 0 END AS is_met
 FROM live
), people AS (
 SELECT member_key, jackknife_group, max(is_met) AS is_met
 FROM met
 GROUP BY member_key, jackknife_group
), days AS (
 SELECT member_key, jackknife_group, from_day, CASE WHEN min(campaign_key) < max(campaign_key) THEN 1 ELSE 0 END AS is_crowded
 FROM "contact_facts"
 WHERE has_own_date
 GROUP BY member_key, jackknife_group, from_day
), day_counts AS (
 SELECT jackknife_group, count(*) AS member_days, CAST(sum(is_crowded) AS BIGINT) AS crowded_days
 FROM days
 GROUP BY jackknife_group
), member_counts AS (
 SELECT jackknife_group, count(*) AS members, CAST(sum(is_met) AS BIGINT) AS live_members
 FROM people
 GROUP BY jackknife_group
)
SELECT m.jackknife_group, m.members, m.live_members, COALESCE(d.member_days, 0) AS member_days, COALESCE(d.crowded_days, 0) AS crowded_days
FROM member_counts m
LEFT JOIN day_counts d ON d.jackknife_group = m.jackknife_group
ORDER BY m.jackknife_group;

WITH
chosen AS (
 SELECT member_key, jackknife_group, campaign_key, min(from_day) AS first_day, max(from_day) AS last_day
 FROM "contact_facts"
 WHERE from_day IS NOT NULL AND jackknife_group < 50
 GROUP BY member_key, jackknife_group, campaign_key
), compared AS (
 -- why: a campaign that sends all year has no day of selection, and a handful of members says nothing
 SELECT campaign_key, min(first_day) AS day, count(*) AS members
 FROM chosen
 GROUP BY campaign_key
 HAVING max(last_day) - min(first_day) <= 28 AND count(*) >= 30
), audience AS (
 SELECT c.member_key, c.jackknife_group, c.campaign_key, k.day
 FROM chosen c
 JOIN compared k ON k.campaign_key = c.campaign_key
)
SELECT a.campaign_key AS first_key, b.campaign_key AS second_key, count(*) AS members
FROM audience a
JOIN audience b ON b.member_key = a.member_key AND b.campaign_key > a.campaign_key AND b.day BETWEEN a.day - 28 AND a.day + 28
GROUP BY a.campaign_key, b.campaign_key
ORDER BY a.campaign_key, b.campaign_key;

WITH sent AS (
 SELECT DISTINCT c.member_key, c.from_day, c.campaign_key, k.business_unit AS unit
 FROM "contact_facts" c
 JOIN campaigns k ON k.campaign_key = c.campaign_key
 WHERE c.has_own_date AND k.business_unit IS NOT NULL
), met AS (
 SELECT DISTINCT a.member_key, a.from_day, a.unit AS first_unit, b.unit AS second_unit
 FROM sent a
 JOIN sent b ON b.member_key = a.member_key AND b.from_day = a.from_day AND b.campaign_key <> a.campaign_key AND b.unit >= a.unit
)
SELECT first_unit, second_unit, count(*) AS member_days, count(DISTINCT member_key) AS members
FROM met
GROUP BY first_unit, second_unit
ORDER BY first_unit, second_unit;

WITH
chosen AS (
 SELECT member_key, jackknife_group, campaign_key, min(from_day) AS first_day, max(from_day) AS last_day
 FROM "contact_facts"
 WHERE from_day IS NOT NULL AND jackknife_group < 50
 GROUP BY member_key, jackknife_group, campaign_key
), compared AS (
 -- why: a campaign that sends all year has no day of selection, and a handful of members says nothing
 SELECT campaign_key, min(first_day) AS day, count(*) AS members
 FROM chosen
 GROUP BY campaign_key
 HAVING max(last_day) - min(first_day) <= 28 AND count(*) >= 30
), audience AS (
 SELECT c.member_key, c.jackknife_group, c.campaign_key, k.day
 FROM chosen c
 JOIN compared k ON k.campaign_key = c.campaign_key
), pairs AS (
 SELECT earlier, later FROM (VALUES (2, 4), (3, 5), (5, 6), (11, 13), (13, 14), (18, 19), (21, 22), (21, 23), (22, 23), (22, 24), (23, 24)) AS v(earlier, later)
), twice AS (
 SELECT DISTINCT b.member_key, b.jackknife_group, b.campaign_key
 FROM pairs p
 JOIN audience a ON a.campaign_key = p.earlier
 JOIN audience b ON b.campaign_key = p.later AND b.member_key = a.member_key
)
SELECT campaign_key, jackknife_group, count(*) AS members
FROM twice
GROUP BY campaign_key, jackknife_group
ORDER BY campaign_key, jackknife_group;
