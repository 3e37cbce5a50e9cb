-- Do the best customers turn away, beyond what happens when nobody changes?
-- Draws on: purchase_days.sql, member_facts.sql

WITH placed AS (
 -- why: a stray date years before all others is no history, and shows as a hole
 SELECT CAST(floor((20089 - 1 - day) / CAST(31 AS DOUBLE)) AS BIGINT) AS block, day
 FROM "purchase_days"
)
SELECT block, min(day) AS first_day
FROM placed
GROUP BY block
ORDER BY block;

SELECT gap, count(*) AS n
FROM "purchase_days"
WHERE gap IS NOT NULL AND day >= 19723 AND day < 20089
GROUP BY gap
ORDER BY gap;

WITH placed AS (
 -- why: each day of purchase belongs to one of two periods of equal length
 SELECT member_key, COALESCE(margin, 0) AS value, CASE WHEN day < 19906 THEN 1 ELSE 0 END AS is_first
 FROM "purchase_days"
 WHERE day >= 19723 AND day < 20089
), bought AS (
 -- why: members are compared by how often they bought, and what that was worth stands beside it
 SELECT member_key, CAST(sum(is_first) AS BIGINT) AS first, count(*) - CAST(sum(is_first) AS BIGINT) AS second, sum(CASE WHEN is_first = 1 THEN value ELSE 0 END) AS first_value
 FROM placed
 GROUP BY member_key
), followed AS (
 -- why: members without a purchase belong to the lowest fifth
 SELECT COALESCE(b.first, 0) AS first, COALESCE(b.second, 0) AS second, CAST(COALESCE(b.first_value, 0) AS DECIMAL(18, 4)) AS first_value
 FROM "member_facts" m
 LEFT JOIN bought b ON b.member_key = m.member_key
 WHERE m.enrolled_day < 19723 AND (m.closed_day IS NULL OR m.closed_day >= 19906)
)
SELECT first, second, count(*) AS members, sum(first_value) AS first_value
FROM followed
GROUP BY first, second
ORDER BY first, second;

WITH placed AS (
 -- why: the same stretches of both periods, so that a season is in both
 SELECT member_key, day, CASE WHEN day < 19906 THEN 1 ELSE 0 END AS is_first,
 CAST(floor((CASE WHEN day < 19906 THEN day - 19723 ELSE day - 19906 END) / CAST(28 AS DOUBLE)) AS BIGINT) % 2 AS is_odd
 FROM "purchase_days"
 WHERE day >= 19723 AND day < 20089
), bought AS (
 -- why: one pass over the purchases serves both turns
 SELECT member_key, sum(CASE WHEN is_first = 1 AND is_odd = 0 THEN 1 ELSE 0 END) AS even_first, sum(CASE WHEN is_first = 1 AND is_odd = 1 THEN 1 ELSE 0 END) AS odd_first, count(*) - sum(CASE WHEN is_first = 1 AND is_odd = 0 THEN 1 ELSE 0 END) - sum(CASE WHEN is_first = 1 AND is_odd = 1 THEN 1 ELSE 0 END) AS later,
 sum(CASE WHEN is_first = 0 AND is_odd = 0 THEN 1 ELSE 0 END) AS even_second, max(CASE WHEN is_first = 1 AND is_odd = 0 AND day >= 19794 THEN 1 ELSE 0 END) AS even_alive, max(CASE WHEN is_first = 1 AND is_odd = 1 AND day >= 19794 THEN 1 ELSE 0 END) AS odd_alive
 FROM placed
 GROUP BY member_key
), followed AS (
 -- why: members without a purchase belong to the others
 SELECT m.jackknife_group, COALESCE(b.even_first, 0) AS even_first, COALESCE(b.odd_first, 0) AS odd_first, COALESCE(b.even_second, 0) AS even_second,
 COALESCE(b.later - b.even_second, 0) AS odd_second, COALESCE(b.even_alive, 0) AS even_alive, COALESCE(b.odd_alive, 0) AS odd_alive
 FROM "member_facts" m
 LEFT JOIN bought b ON b.member_key = m.member_key
 WHERE m.enrolled_day < 19723 AND (m.closed_day IS NULL OR m.closed_day >= 19906)
), turns AS (
 -- why: each half of the stretches chooses for the other
 SELECT 0 AS turn, jackknife_group, even_first AS chosen, even_alive AS is_alive, odd_first AS earlier, odd_second AS later FROM followed
 UNION ALL
 SELECT 1, jackknife_group, odd_first, odd_alive, even_first, even_second FROM followed
)
SELECT turn, jackknife_group, CAST(chosen AS BIGINT) AS chosen, is_alive, count(*) AS members, CAST(sum(earlier) AS BIGINT) AS earlier, CAST(sum(later) AS BIGINT) AS later
FROM turns
GROUP BY turn, jackknife_group, chosen, is_alive
ORDER BY turn, jackknife_group, chosen, is_alive;
