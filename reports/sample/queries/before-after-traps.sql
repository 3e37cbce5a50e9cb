-- Would a plain before-and-after report mislead here?
-- Draws on: purchase_days.sql, member_facts.sql, attribution_rules.sql, campaign_objectives.sql, contact_facts.sql, experiment_units.sql, campaign_facts.sql, experiments.sql

SELECT r.campaign_key, COALESCE(k.name, k.campaign_id) AS name, r.contacts, r.main_contacts, r.main_day, r.window_days, r.lead_days, r.offsets,
r.has_own_rule, r.is_triggered, r.history_days, r.followed_days, o.objective
FROM "attribution_rules" r
JOIN campaigns k ON k.campaign_key = r.campaign_key
LEFT JOIN "campaign_objectives" o ON o.campaign_key = r.campaign_key
ORDER BY r.campaign_key;

WITH dated AS (
 SELECT campaign_key, main_day
 FROM (VALUES (16, 19961), (7, 19835), (11, 19894), (18, 19992), (14, 19943)) AS v(campaign_key, main_day)
), spent AS (
 SELECT d.campaign_key, p.member_key, sum(CASE WHEN p.day < d.main_day THEN p.net END) AS before, sum(CASE WHEN p.day >= d.main_day THEN p.net END) AS after
 FROM "purchase_days" p
 JOIN dated d ON p.day >= d.main_day - 90 AND p.day < d.main_day + 90
 WHERE p.day >= 19745 AND p.day < 20082
 GROUP BY d.campaign_key, p.member_key
), got AS (
 SELECT campaign_key, member_key, min(from_day) AS day
 FROM "contact_facts"
 WHERE campaign_key IN (SELECT campaign_key FROM dated)
 GROUP BY campaign_key, member_key
), compared AS (
 -- why: only members in the scheme all the time, and who got it on the main day or not at all
 SELECT d.campaign_key, m.member_key, m.jackknife_group, COALESCE(s.before, 0) AS before, COALESCE(s.after, 0) AS after, CASE WHEN g.member_key IS NULL THEN 0 ELSE 1 END AS is_recipient
 FROM dated d
 CROSS JOIN "member_facts" m
 LEFT JOIN spent s ON s.campaign_key = d.campaign_key AND s.member_key = m.member_key
 LEFT JOIN got g ON g.campaign_key = d.campaign_key AND g.member_key = m.member_key
 WHERE COALESCE(m.enrolled_day, d.main_day - 90) <= d.main_day - 90
 AND COALESCE(m.closed_day, d.main_day + 90) >= d.main_day + 90 AND COALESCE(g.day, d.main_day) = d.main_day
), ranked AS (
 -- why: members who bought for the same sum share a rank, so that no order of rows decides
 SELECT campaign_key, jackknife_group, is_recipient, before, after,
 CAST(floor(10 * (rank() OVER (PARTITION BY campaign_key ORDER BY before) - 1) / CAST(count(*) OVER (PARTITION BY campaign_key) AS DOUBLE)) AS INTEGER) AS decile
 FROM compared
)
SELECT decile, is_recipient, jackknife_group, count(*) AS members, sum(before) AS before, sum(after) AS after
FROM ranked
GROUP BY decile, is_recipient, jackknife_group
ORDER BY decile, is_recipient, jackknife_group;

WITH bought AS (
 SELECT member_key, max(day) AS last_day
 FROM "purchase_days"
 GROUP BY member_key
), flagged AS (
 SELECT m.enrolled_day, m.closed_day, b.last_day, CASE WHEN m.enrolled_day <= 19724 AND m.closed_day IS NULL THEN 1 ELSE 0 END AS is_settled
 FROM "member_facts" m
 LEFT JOIN bought b ON b.member_key = m.member_key
)
SELECT CAST(COALESCE(sum(is_settled), 0) AS BIGINT) AS settled, count(CASE WHEN is_settled = 1 AND COALESCE(last_day, 19723) < 19724 THEN 1 END) AS inactive,
count(closed_day) AS closed,
CAST(COALESCE(sum(CASE WHEN enrolled_day IS NULL OR enrolled_day >= 20089 THEN 0 WHEN enrolled_day > 19723 THEN 20089 - enrolled_day
   ELSE 366 END), 0) AS BIGINT) AS member_days,
count(CASE WHEN last_day >= 19723 THEN 1 END) AS buyers, count(CASE WHEN last_day >= 19723 AND enrolled_day IS NULL THEN 1 END) AS unlisted
FROM flagged;

WITH placed AS (
 SELECT u.campaign_key, u.member_key, u.is_holdout, m.jackknife_group, r.main_day AS day
 FROM "experiment_units" u
 JOIN "attribution_rules" r ON r.campaign_key = u.campaign_key
 JOIN members m ON m.member_key = u.member_key
 WHERE u.is_unambiguous = 1 AND r.followed_days >= 84 AND 5 * r.main_contacts >= r.contacts
), spread AS (
 -- why: an equal bucket of days lets the engine join on keys instead of comparing every date
 SELECT p.campaign_key, p.member_key, p.is_holdout, p.jackknife_group, p.day, CAST(floor(p.day / 28e0) AS INTEGER) + s.n - 1 AS bucket
 FROM placed p
 CROSS JOIN (SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 4) AS counting(n)) s
 WHERE (CAST(floor(p.day / 28e0) AS INTEGER) + s.n - 1) * 28 < p.day + 84
), bought AS (
 SELECT member_key, day, net, CAST(floor(day / 28e0) AS INTEGER) AS bucket
 FROM "purchase_days"
)
SELECT s.jackknife_group, s.is_holdout, CAST(floor((b.day - s.day) / 7e0) AS INTEGER) + 1 AS week, s.campaign_key, 0 AS members, sum(b.net) AS net
FROM spread s
JOIN bought b ON b.member_key = s.member_key AND b.bucket = s.bucket AND b.day >= s.day AND b.day < s.day + 84
GROUP BY s.jackknife_group, s.is_holdout, CAST(floor((b.day - s.day) / 7e0) AS INTEGER) + 1, s.campaign_key
UNION ALL
SELECT jackknife_group, is_holdout, 0, campaign_key, count(*), CAST(0 AS DECIMAL(18, 4))
FROM placed
GROUP BY jackknife_group, is_holdout, campaign_key
ORDER BY 1, 2, 3, 4;

SELECT f.campaign_key, o.objective, f.first_day, f.members, f.responders
FROM "campaign_facts" f
LEFT JOIN "campaign_objectives" o ON o.campaign_key = f.campaign_key
ORDER BY f.campaign_key;
