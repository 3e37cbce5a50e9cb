-- Do members move between tiers more, or less, than chance moves them?
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

WITH bought AS (
 SELECT member_key, count(CASE WHEN day < 19906 THEN 1 END) AS first, count(CASE WHEN day >= 19906 THEN 1 END) AS second
 FROM "purchase_days"
 WHERE day >= 19723 AND day < 20089
 GROUP BY member_key
), periods AS (
 -- why: exports write the end of a period as its last day or as the first day after it, so the latest beginning decides
 SELECT member_key, tier, date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS from_day, COALESCE(date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)), 20089) AS until_day
 FROM tiers
 WHERE valid_from IS NOT NULL AND tier IS NOT NULL
), ranked_before AS (
 SELECT member_key, tier, row_number() OVER (PARTITION BY member_key ORDER BY from_day DESC, tier) AS place
 FROM periods
 WHERE from_day <= 19906 AND until_day >= 19906
), ranked_after AS (
 SELECT member_key, tier, row_number() OVER (PARTITION BY member_key ORDER BY from_day DESC, tier) AS place
 FROM periods
 WHERE from_day < 20089 AND until_day >= 20089 - 1
)
SELECT b.tier AS tier_before, a.tier AS tier_after, COALESCE(p.first, 0) AS first, COALESCE(p.second, 0) AS second, count(*) AS members
FROM "member_facts" m
LEFT JOIN bought p ON p.member_key = m.member_key
LEFT JOIN ranked_before b ON b.member_key = m.member_key AND b.place = 1
LEFT JOIN ranked_after a ON a.member_key = m.member_key AND a.place = 1
WHERE m.enrolled_day < 19723 AND (m.closed_day IS NULL OR m.closed_day >= 19906)
GROUP BY b.tier, a.tier, COALESCE(p.first, 0), COALESCE(p.second, 0)
ORDER BY tier_before NULLS LAST, tier_after NULLS LAST, first, second;

WITH counted AS (
 SELECT member_key, count(DISTINCT valid_from) AS periods
 FROM tiers
 WHERE valid_from IS NOT NULL
 GROUP BY member_key
)
SELECT count(*) AS members FROM counted WHERE periods > 1;
