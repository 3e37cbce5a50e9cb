-- Does every stage of a member’s life in the scheme have a campaign that is meant for it?
-- Draws on: member_periods.sql, contact_facts.sql, campaign_objectives.sql

WITH latest AS (
 -- why: who is in a stage now is counted on the last period there is
 SELECT max(period) AS period
 FROM "member_periods"
), reach AS (
 -- why: before the first and after the last contact on record nobody can be seen to have had one
 SELECT min(CAST(floor((from_day - 19725) / 28e0) AS BIGINT) + 1) AS first_period, max(CAST(floor((from_day - 19725) / 28e0) AS BIGINT) + 1) AS last_period
 FROM "contact_facts"
 WHERE from_day IS NOT NULL
), counted AS (
 SELECT p.stage, p.jackknife_group, p.member_key, CASE WHEN p.period >= r.first_period AND p.period <= r.last_period THEN p.exposure_days END AS seen_days,
 CASE WHEN p.period = l.period THEN p.year_net END AS net_now
 FROM "member_periods" p
 CROSS JOIN latest l
 CROSS JOIN reach r
 WHERE p.stage IS NOT NULL
)
SELECT stage, jackknife_group, count(DISTINCT CASE WHEN seen_days IS NOT NULL THEN member_key END) AS members, count(net_now) AS members_now,
CAST(COALESCE(sum(seen_days), 0) AS BIGINT) AS days, CAST(COALESCE(sum(net_now), 0) AS DECIMAL(18, 4)) AS year_net_now
FROM counted
GROUP BY stage, jackknife_group
ORDER BY stage, jackknife_group;

WITH placed AS (
 -- why: a contact without any date belongs to no stage
 SELECT member_key, campaign_key, CAST(floor((from_day - 19725) / 28e0) AS BIGINT) + 1 AS period
 FROM "contact_facts"
 WHERE from_day IS NOT NULL
)
SELECT p.stage, o.objective, p.jackknife_group, count(*) AS contacts, count(DISTINCT c.member_key) AS members
FROM placed c
JOIN "member_periods" p ON p.member_key = c.member_key AND p.period = c.period
LEFT JOIN "campaign_objectives" o ON o.campaign_key = c.campaign_key
WHERE p.stage IS NOT NULL
GROUP BY p.stage, o.objective, p.jackknife_group
ORDER BY p.stage, o.objective NULLS LAST, p.jackknife_group;
