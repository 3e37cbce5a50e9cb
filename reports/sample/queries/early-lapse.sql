-- How many new members never come back?
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

WITH times AS (
 SELECT m.member_key, m.enrolled_day, CAST(NULL AS BIGINT) AS closed_day, min(CASE WHEN a.day > a.first_day THEN a.day END) AS event_day
 FROM "member_facts" m
 LEFT JOIN (
  SELECT d.member_key, d.day, min(d.day) OVER (PARTITION BY d.member_key) AS first_day
  FROM (
   SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day
   FROM transactions
   WHERE member_key IS NOT NULL AND occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
   AND (net_amount > 0 OR points_earned > 0 OR points_redeemed > 0)
   UNION ALL
   SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day
   FROM points
   WHERE type IN ('earn', 'redeem') AND points > 0 AND occurred_at IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
  ) AS d
  JOIN "member_facts" f ON f.member_key = d.member_key AND d.day >= f.enrolled_day
  WHERE f.enrolled_day >= 19723
 ) AS a ON a.member_key = m.member_key
 WHERE m.enrolled_day >= 19723 AND m.enrolled_day < 20089
 GROUP BY m.member_key, m.enrolled_day
), ended AS (
 -- why: what comes first counts; closing on the very day of the event comes after it
 SELECT enrolled_day, CASE WHEN event_day IS NOT NULL AND (closed_day IS NULL OR event_day <= closed_day) THEN 'event' WHEN closed_day IS NOT NULL AND closed_day < 20089 THEN 'closed' ELSE 'waiting' END AS outcome,
 CASE WHEN event_day IS NOT NULL AND (closed_day IS NULL OR event_day <= closed_day) THEN event_day WHEN closed_day IS NOT NULL AND closed_day < 20089 THEN closed_day ELSE 20089 END AS last_day,
 19999 - 1 - enrolled_day AS back, CASE WHEN enrolled_day <= 19724 THEN 1 ELSE 0 END AS is_year_old
 FROM times
), placed AS (
 SELECT outcome, CASE WHEN last_day > enrolled_day THEN last_day - enrolled_day ELSE 0 END AS time,
 CASE WHEN back >= 0 AND back < 730 THEN CAST(floor(back / 365e0) AS BIGINT) END AS year, back, is_year_old
 FROM ended
), dated AS (
 SELECT outcome, time, year, is_year_old, CASE WHEN year IS NOT NULL THEN CAST(floor((back - 365 * year) * 12 / 365e0) AS BIGINT) END AS season
 FROM placed
)
SELECT year, season, time, outcome, is_year_old, count(*) AS members
FROM dated
GROUP BY year, season, time, outcome, is_year_old
ORDER BY year NULLS LAST, season NULLS LAST, time, outcome, is_year_old;

SELECT gap, count(*) AS n
FROM "purchase_days"
WHERE gap IS NOT NULL
GROUP BY gap
ORDER BY gap;
