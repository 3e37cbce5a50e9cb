-- Do the best customers get more back for their money than the others?
-- Draws on: purchase_days.sql, member_facts.sql

SELECT min(day) AS first_day FROM "purchase_days";

WITH worth AS (
 -- why: before discounts, so that the reward itself does not move a member down
 SELECT member_key, sum(COALESCE(gross_amount, net_amount + abs(COALESCE(discount_amount, 0)))) AS worth
 FROM transactions
 WHERE member_key IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 19906
 GROUP BY member_key
), tenths AS (
 -- why: members who bought alike share a tenth, which NTILE would not give them
 SELECT member_key, worth, 1 + least(CAST(floor(percent_rank() OVER (ORDER BY worth) * 10e0) AS BIGINT), 9) AS tenth
 FROM worth
 WHERE worth > 0
), later AS (
 SELECT member_key, sum(net_amount) AS revenue, sum(abs(COALESCE(discount_amount, 0))) AS discounts
 FROM transactions
 WHERE member_key IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19906 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 GROUP BY member_key
), redeemed AS (
 -- why: what was earned shows, without the lag until it is redeemed, whether the rate rises
 SELECT member_key, sum(CASE WHEN lower(trim(type)) LIKE 'redeem%' THEN abs(COALESCE(value_amount, 0)) ELSE 0 END) AS points,
 sum(CASE WHEN lower(trim(type)) LIKE 'earn%' THEN abs(COALESCE(points, 0)) ELSE 0 END) AS earned
 FROM points
 WHERE (lower(trim(type)) LIKE 'redeem%' OR lower(trim(type)) LIKE 'earn%') AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19906 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 GROUP BY member_key
)
SELECT COALESCE(t.tenth, 0) AS tenth, m.tier, m.jackknife_group, count(*) AS members, CAST(sum(COALESCE(t.worth, 0)) AS DECIMAL(18, 4)) AS worth,
CAST(sum(COALESCE(l.revenue, 0)) AS DECIMAL(18, 4)) AS revenue,
CAST(sum(COALESCE(l.discounts, 0)) AS DECIMAL(18, 4)) AS discounts, CAST(sum(COALESCE(r.points, 0)) AS DECIMAL(18, 4)) AS points,
CAST(sum(COALESCE(r.earned, 0)) AS DECIMAL(18, 4)) AS earned
FROM "member_facts" m
LEFT JOIN tenths t ON t.member_key = m.member_key
LEFT JOIN later l ON l.member_key = m.member_key
LEFT JOIN redeemed r ON r.member_key = m.member_key
WHERE t.member_key IS NOT NULL OR l.member_key IS NOT NULL
GROUP BY COALESCE(t.tenth, 0), m.tier, m.jackknife_group
ORDER BY tenth, m.tier NULLS LAST, m.jackknife_group;
