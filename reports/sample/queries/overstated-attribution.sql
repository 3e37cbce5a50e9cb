-- Do the credited results exceed what randomised tests show?
-- Draws on: experiments.sql, campaign_objectives.sql, experiment_outcomes.sql, attribution_rules.sql, experiment_units.sql, credited_purchases.sql, purchase_days.sql

SELECT x.campaign_key, COALESCE(k.name, k.campaign_id) AS name, o.objective, x.outcome, x.days, x.is_holdout, m.jackknife_group, count(x.value) AS members,
count(CASE WHEN x.value = 1 THEN 1 END) AS buyers, count(CASE WHEN x.value <> 0 AND x.value <> 1 THEN 1 END) AS others
FROM "experiment_outcomes" x
JOIN members m ON m.member_key = x.member_key
JOIN campaigns k ON k.campaign_key = x.campaign_key
LEFT JOIN "campaign_objectives" o ON o.campaign_key = x.campaign_key
WHERE x.is_ready = 1
GROUP BY x.campaign_key, COALESCE(k.name, k.campaign_id), o.objective, x.outcome, x.days, x.is_holdout, m.jackknife_group
ORDER BY x.campaign_key, x.outcome, x.days NULLS LAST, x.is_holdout, m.jackknife_group;

SELECT r.campaign_key, COALESCE(k.name, k.campaign_id) AS name, o.objective, r.window_days, r.has_own_rule, r.contacts, k.cost
FROM "attribution_rules" r
JOIN campaigns k ON k.campaign_key = r.campaign_key
LEFT JOIN "campaign_objectives" o ON o.campaign_key = r.campaign_key
ORDER BY r.campaign_key;

SELECT max(window_days) AS days FROM "attribution_rules";

WITH
placed AS (
 SELECT u.campaign_key, u.member_key, u.is_holdout, m.jackknife_group, r.window_days,
 CASE WHEN 5 * r.main_contacts >= r.contacts THEN r.main_day ELSE u.assigned_day END AS day, r.main_day + r.followed_days AS end_day
 FROM "experiment_units" u
 JOIN "attribution_rules" r ON r.campaign_key = u.campaign_key
 JOIN members m ON m.member_key = u.member_key
 WHERE u.is_unambiguous = 1
), followed AS (
 SELECT campaign_key
 FROM placed
 GROUP BY campaign_key
 HAVING count(day) = count(*) AND max(day + window_days) <= max(end_day)
), spread AS (
 -- why: an equal bucket of days lets the engine join on keys instead of comparing every date
 SELECT p.campaign_key, p.member_key, p.is_holdout, p.jackknife_group, p.day, p.day + p.window_days AS end_day, CAST(floor(p.day / 28e0) AS INTEGER) + s.n - 1 AS bucket
 FROM placed p
 CROSS JOIN (SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 2) AS counting(n)) s
 WHERE (CAST(floor(p.day / 28e0) AS INTEGER) + s.n - 1) * 28 < p.day + p.window_days
), bought AS (
 SELECT member_key, day, net, margin, gap, CAST(floor(day / 28e0) AS INTEGER) AS bucket
 FROM "purchase_days"
), results AS (
 SELECT s.campaign_key, s.is_holdout, s.jackknife_group, sum(CASE WHEN b.gap IS NULL OR b.day - b.gap < s.day THEN 1 ELSE 0 END) AS buyers, sum(b.net) AS net, sum(b.margin) AS margin
 FROM spread s
 JOIN bought b ON b.member_key = s.member_key AND b.bucket = s.bucket AND b.day >= s.day AND b.day < s.end_day
 GROUP BY s.campaign_key, s.is_holdout, s.jackknife_group
), sizes AS (
 SELECT campaign_key, is_holdout, jackknife_group, count(*) AS members
 FROM placed
 GROUP BY campaign_key, is_holdout, jackknife_group
)
SELECT z.campaign_key, z.is_holdout, z.jackknife_group, z.members, CAST(COALESCE(r.buyers, 0) AS BIGINT) AS buyers, COALESCE(r.net, 0) AS net, COALESCE(r.margin, 0) AS margin
FROM sizes z
JOIN followed f ON f.campaign_key = z.campaign_key
LEFT JOIN results r ON r.campaign_key = z.campaign_key AND r.is_holdout = z.is_holdout AND r.jackknife_group = z.jackknife_group
ORDER BY z.campaign_key, z.is_holdout, z.jackknife_group;

WITH claimed AS (
 SELECT c.campaign_key, c.member_key, c.jackknife_group, c.day, c.is_first, c.net
 FROM "credited_purchases" c
 JOIN "experiment_units" u ON u.campaign_key = c.campaign_key AND u.member_key = c.member_key
 WHERE u.is_unambiguous = 1 AND u.is_holdout = 0
), given AS (
 -- why: a day has one row of purchases, whose discounts are added up the same way
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day, sum(discount_amount) AS discount
 FROM transactions
 WHERE discount_amount > 0 AND member_key IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND net_amount > 0
 GROUP BY member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))
)
SELECT c.campaign_key, c.jackknife_group, CAST(sum(c.is_first) AS BIGINT) AS buyers, sum(c.net) AS net, COALESCE(sum(g.discount), 0) AS discount
FROM claimed c
LEFT JOIN given g ON g.member_key = c.member_key AND g.day = c.day
GROUP BY c.campaign_key, c.jackknife_group
ORDER BY c.campaign_key, c.jackknife_group;
