-- How long does a new member wait for a first reward?
-- Draws on: member_facts.sql

SELECT 'ledger' AS source, type AS kind, count(*) AS lines FROM points WHERE points <> 0 AND occurred_at IS NOT NULL GROUP BY type
UNION ALL SELECT 'orders', 'earn', count(*) FROM transactions WHERE member_key IS NOT NULL AND points_earned <> 0 AND occurred_at IS NOT NULL
UNION ALL SELECT 'orders', 'redeem', count(*) FROM transactions WHERE member_key IS NOT NULL AND points_redeemed <> 0 AND occurred_at IS NOT NULL
ORDER BY source, kind;

WITH lines AS (
 SELECT member_key, day, kind, points, worth FROM (
  SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day, type AS kind, points, value_amount AS worth
  FROM points
  WHERE occurred_at IS NOT NULL AND points <> 0 AND type IN ('earn', 'redeem', 'expire') AND type NOT IN ('', '')
  UNION ALL (SELECT CAST(NULL AS INTEGER) AS member_key, CAST(NULL AS BIGINT) AS day, '' AS kind, CAST(NULL AS DECIMAL(18, 4)) AS points, CAST(NULL AS DECIMAL(18, 4)) AS worth WHERE FALSE)
  UNION ALL (SELECT CAST(NULL AS INTEGER) AS member_key, CAST(NULL AS BIGINT) AS day, '' AS kind, CAST(NULL AS DECIMAL(18, 4)) AS points, CAST(NULL AS DECIMAL(18, 4)) AS worth WHERE FALSE)
 ) AS movements
 WHERE day < 20089
), placed AS (
 -- why: a stray date years before all others is no history, and shows as a hole
 SELECT CAST(floor((20089 - 1 - day) / CAST(31 AS DOUBLE)) AS BIGINT) AS block, day
 FROM lines
)
SELECT block, min(day) AS first_day
FROM placed
GROUP BY block
ORDER BY block;

WITH times AS (
 SELECT m.member_key, m.enrolled_day, m.closed_day, min(l.day) AS event_day
 FROM "member_facts" m
 LEFT JOIN (
  SELECT member_key, day, kind, points, worth FROM (
   SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day, type AS kind, points, value_amount AS worth
   FROM points
   WHERE occurred_at IS NOT NULL AND points <> 0 AND type IN ('earn', 'redeem', 'expire') AND type NOT IN ('', '')
   UNION ALL (SELECT CAST(NULL AS INTEGER) AS member_key, CAST(NULL AS BIGINT) AS day, '' AS kind, CAST(NULL AS DECIMAL(18, 4)) AS points, CAST(NULL AS DECIMAL(18, 4)) AS worth WHERE FALSE)
   UNION ALL (SELECT CAST(NULL AS INTEGER) AS member_key, CAST(NULL AS BIGINT) AS day, '' AS kind, CAST(NULL AS DECIMAL(18, 4)) AS points, CAST(NULL AS DECIMAL(18, 4)) AS worth WHERE FALSE)
  ) AS movements
  WHERE day < 20089
 ) AS l ON l.member_key = m.member_key AND l.kind = 'redeem' AND l.day >= m.enrolled_day
 WHERE m.enrolled_day >= 19723 AND m.enrolled_day < 20089
 GROUP BY m.member_key, m.enrolled_day, m.closed_day
), ended AS (
 -- why: what comes first counts; closing on the very day of the event comes after it
 SELECT enrolled_day, CASE WHEN event_day IS NOT NULL AND (closed_day IS NULL OR event_day <= closed_day) THEN 'event' WHEN closed_day IS NOT NULL AND closed_day < 20089 THEN 'closed' ELSE 'waiting' END AS outcome,
 CASE WHEN event_day IS NOT NULL AND (closed_day IS NULL OR event_day <= closed_day) THEN event_day WHEN closed_day IS NOT NULL AND closed_day < 20089 THEN closed_day ELSE 20089 END AS last_day,
 19909 - 1 - enrolled_day AS back, CASE WHEN enrolled_day <= 19724 THEN 1 ELSE 0 END AS is_year_old
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

WITH redeemers AS (
 SELECT DISTINCT l.member_key
 FROM (
  SELECT member_key, day, kind, points, worth FROM (
   SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day, type AS kind, points, value_amount AS worth
   FROM points
   WHERE occurred_at IS NOT NULL AND points <> 0 AND type IN ('earn', 'redeem', 'expire') AND type NOT IN ('', '')
   UNION ALL (SELECT CAST(NULL AS INTEGER) AS member_key, CAST(NULL AS BIGINT) AS day, '' AS kind, CAST(NULL AS DECIMAL(18, 4)) AS points, CAST(NULL AS DECIMAL(18, 4)) AS worth WHERE FALSE)
   UNION ALL (SELECT CAST(NULL AS INTEGER) AS member_key, CAST(NULL AS BIGINT) AS day, '' AS kind, CAST(NULL AS DECIMAL(18, 4)) AS points, CAST(NULL AS DECIMAL(18, 4)) AS worth WHERE FALSE)
  ) AS movements
  WHERE day < 20089
 ) AS l
 WHERE l.kind = 'redeem'
), placed AS (
 SELECT CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_redeemed, CASE WHEN m.closed_day < 20089 THEN 1 ELSE 0 END AS is_closed
 FROM "member_facts" m
 LEFT JOIN redeemers r ON r.member_key = m.member_key
)
SELECT has_redeemed, is_closed, count(*) AS members
FROM placed
GROUP BY has_redeemed, is_closed
ORDER BY has_redeemed, is_closed;
