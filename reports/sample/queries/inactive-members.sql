-- How many members are members in name only?
-- Draws on: member_facts.sql, purchase_days.sql

WITH active AS (
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day
 FROM transactions
 WHERE member_key IS NOT NULL AND occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 AND (net_amount > 0 OR points_earned > 0 OR points_redeemed > 0)
 UNION ALL
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day
 FROM points
 WHERE type IN ('earn', 'redeem') AND points > 0 AND occurred_at IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
), placed AS (
 -- why: a stray date years before all others is no history, and shows as a hole
 SELECT CAST(floor((20089 - 1 - day) / CAST(31 AS DOUBLE)) AS BIGINT) AS block, day
 FROM active
)
SELECT block, min(day) AS first_day
FROM placed
GROUP BY block
ORDER BY block;

WITH active AS (
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day
 FROM transactions
 WHERE member_key IS NOT NULL AND occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 AND (net_amount > 0 OR points_earned > 0 OR points_redeemed > 0)
 UNION ALL
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day
 FROM points
 WHERE type IN ('earn', 'redeem') AND points > 0 AND occurred_at IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
), placed AS (
 -- why: 0 is the last period, 1 the one before it, and so on back
 SELECT member_key, CAST(floor((20089 - 1 - day) / CAST(365 AS DOUBLE)) AS BIGINT) AS period
 FROM active
), seen AS (
 SELECT member_key, max(CASE WHEN period = 0 THEN 1 ELSE 0 END) AS in_last, max(CASE WHEN period = 1 THEN 1 ELSE 0 END) AS in_previous
 FROM placed
 GROUP BY member_key
), bought AS (
 -- why: what members were worth before a period, in decimals so that the sum does not depend on the order
 SELECT member_key, sum(CASE WHEN day >= 20089 - 2 * 365 AND day < 20089 - 365 THEN net END) AS before_last
 FROM "purchase_days"
 GROUP BY member_key
), both_periods AS (
 SELECT 0 AS period UNION ALL SELECT 1 AS period
), base AS (
 -- why: whoever was open when the period began, also those who left during it
 SELECT p.period, m.jackknife_group, 20089 - (p.period + 1) * 365 - m.enrolled_day AS days_enrolled,
 CASE WHEN p.period = 0 THEN COALESCE(s.in_last, 0) ELSE COALESCE(s.in_previous, 0) END AS is_active,
 CASE WHEN s.member_key IS NULL THEN 0 ELSE 1 END AS was_ever_active, CASE WHEN p.period = 0 THEN b.before_last END AS value_before
 FROM "member_facts" m
 CROSS JOIN both_periods p
 LEFT JOIN seen s ON s.member_key = m.member_key
 LEFT JOIN bought b ON b.member_key = m.member_key
 WHERE (m.enrolled_day IS NULL OR m.enrolled_day < 20089 - (p.period + 1) * 365)
 AND (m.closed_day IS NULL OR m.closed_day >= 20089 - (p.period + 1) * 365)
), banded AS (
 SELECT period, jackknife_group, is_active, was_ever_active, value_before,
 CASE WHEN days_enrolled IS NULL THEN NULL WHEN days_enrolled < 365 THEN 0 WHEN days_enrolled < 730 THEN 1 WHEN days_enrolled < 1826 THEN 2 ELSE 3 END AS tenure_band
 FROM base
)
SELECT period, jackknife_group, tenure_band, is_active, was_ever_active, count(*) AS members, sum(value_before) AS value_before
FROM banded
GROUP BY period, jackknife_group, tenure_band, is_active, was_ever_active
ORDER BY period, jackknife_group, tenure_band NULLS LAST, is_active, was_ever_active;

SELECT gap, count(*) AS n
FROM "purchase_days"
WHERE gap IS NOT NULL
GROUP BY gap
ORDER BY gap;

WITH active AS (
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day
 FROM transactions
 WHERE member_key IS NOT NULL AND occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 AND (net_amount > 0 OR points_earned > 0 OR points_redeemed > 0)
 UNION ALL
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day
 FROM points
 WHERE type IN ('earn', 'redeem') AND points > 0 AND occurred_at IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
), seen AS (
 SELECT DISTINCT member_key FROM active
), joined AS (
 -- why: only a membership that the files follow from its first day can be said to have seen nothing
 SELECT CASE WHEN s.member_key IS NULL THEN 0 ELSE 1 END AS has_activity
 FROM "member_facts" m
 LEFT JOIN seen s ON s.member_key = m.member_key
 WHERE m.enrolled_day >= 19723 AND m.enrolled_day < 19724
)
SELECT has_activity, count(*) AS members
FROM joined
GROUP BY has_activity
ORDER BY has_activity;

WITH active AS (
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day
 FROM transactions
 WHERE member_key IS NOT NULL AND occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 AND (net_amount > 0 OR points_earned > 0 OR points_redeemed > 0)
 UNION ALL
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day
 FROM points
 WHERE type IN ('earn', 'redeem') AND points > 0 AND occurred_at IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
), seen AS (
 SELECT DISTINCT member_key FROM active WHERE day >= 20023
), open_members AS (
 SELECT CASE WHEN s.member_key IS NULL THEN 0 ELSE 1 END AS has_activity
 FROM "member_facts" m
 LEFT JOIN seen s ON s.member_key = m.member_key
 WHERE (m.enrolled_day IS NULL OR m.enrolled_day < 20023) AND (m.closed_day IS NULL OR m.closed_day >= 20023)
)
SELECT has_activity, count(*) AS members
FROM open_members
GROUP BY has_activity
ORDER BY has_activity;
