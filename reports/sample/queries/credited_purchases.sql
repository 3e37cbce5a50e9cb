-- Shared: credited purchases
-- Draws on: attribution_rules.sql, contact_facts.sql, purchase_days.sql

SELECT max(window_days) AS days FROM "attribution_rules";

CREATE TABLE "credited_purchases" AS
WITH steps AS (
 SELECT n - 1 AS step FROM (SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 2) AS counting(n)) AS counted
), sent AS (
 SELECT c.campaign_key, c.member_key, c.from_day AS day, c.from_day + r.window_days AS end_day, CAST(floor(c.from_day / 28e0) AS INTEGER) AS bucket
 FROM "contact_facts" c
 JOIN "attribution_rules" r ON r.campaign_key = c.campaign_key
 WHERE c.wave = 1 AND c.from_day IS NOT NULL
), spread AS (
 -- why: an equal bucket of days lets the engine join on keys instead of comparing every date
 SELECT s.campaign_key, s.member_key, s.day, s.end_day, s.bucket + b.step AS bucket
 FROM sent s
 JOIN steps b ON (s.bucket + b.step) * 28 < s.end_day
), bought AS (
 SELECT member_key, jackknife_group, day, orders, net, gap, CAST(floor(day / 28e0) AS INTEGER) AS bucket
 FROM "purchase_days"
)
SELECT s.campaign_key, s.member_key, p.jackknife_group, p.day, p.day - s.day AS lag, p.orders, p.net,
CASE WHEN p.gap IS NULL OR p.day - p.gap < s.day THEN 1 ELSE 0 END AS is_first
FROM spread s
JOIN bought p ON p.member_key = s.member_key AND p.bucket = s.bucket
WHERE p.day >= s.day AND p.day < s.end_day;
