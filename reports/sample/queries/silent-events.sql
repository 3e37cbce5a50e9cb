-- Do members hear from the scheme when something happens to them?
-- Draws on: member_facts.sql

WITH covered AS (
 -- why: before the first and after the last message nobody can see silence
 SELECT min(date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE))) AS first_day, max(date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE))) AS last_day
 FROM contacts
 WHERE date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)) < 20089
), expired AS (
 -- why: lines of expiry say more than dates on which points were to expire
 SELECT count(*) AS expiries FROM points WHERE type = 'expire' AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
)
SELECT c.first_day, c.last_day, e.expiries
FROM covered c
CROSS JOIN expired e;

WITH
events AS (
 -- why: every kind is asked the same question
 SELECT member_key, 'tier' AS kind, day, CAST(NULL AS DECIMAL(38, 4)) AS value
 FROM (
  SELECT member_key, tier, date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS day,
  lag(tier) OVER (PARTITION BY member_key ORDER BY valid_from, valid_to NULLS LAST, tier) AS tier_before
  FROM tiers
  WHERE valid_from IS NOT NULL AND tier IS NOT NULL
 ) AS placed
 WHERE tier_before <> tier
 GROUP BY member_key, day
 UNION ALL
 SELECT member_key, 'expiry' AS kind, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day,
 CASE WHEN count(value_amount) = count(*) THEN CAST(sum(abs(value_amount)) AS DECIMAL(38, 4)) END AS value
 FROM points
 WHERE type = 'expire' AND occurred_at IS NOT NULL
 GROUP BY member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))
 UNION ALL
 SELECT member_key, 'anniversary' AS kind, day, CAST(NULL AS DECIMAL(38, 4)) AS value
 FROM (
  SELECT member_key, enrolled_day,
  enrolled_day + CAST(round(365.25e0 * floor((20076 - enrolled_day) / 365.25e0)) AS BIGINT) AS day
  FROM "member_facts"
  WHERE enrolled_day IS NOT NULL
 ) AS yearly
 WHERE day > enrolled_day
), placed AS (
 -- why: a date near another event of the kind may hold the message about that one
 SELECT member_key, kind, day, value,
 count(*) OVER (PARTITION BY member_key, kind ORDER BY day RANGE BETWEEN 81 PRECEDING AND 39 PRECEDING) AS near_earlier,
 count(*) OVER (PARTITION BY member_key, kind ORDER BY day RANGE BETWEEN 39 FOLLOWING AND 81 FOLLOWING) AS near_later
 FROM events
), shifted AS (
 -- why: the same members on another date show how often any 22 days hold a message by chance
 SELECT e.member_key, e.kind, e.day, e.value, s.shift, e.day + s.shift - 14 AS from_day, e.day + s.shift + 7 AS to_day
 FROM placed e
 CROSS JOIN (VALUES (-60), (0), (60)) AS s(shift)
 WHERE s.shift = 0 OR (s.shift < 0 AND e.near_earlier = 0) OR (s.shift > 0 AND e.near_later = 0)
), seen AS (
 -- why: only stretches in which messages were recorded and the member could get one
 SELECT w.member_key, m.jackknife_group, w.kind, w.day, w.value, w.shift, w.from_day, w.to_day
 FROM shifted w
 JOIN "member_facts" m ON m.member_key = w.member_key
 WHERE w.from_day >= 19730 AND w.to_day <= 20083
 AND COALESCE(m.enrolled_day, w.from_day) <= w.from_day AND COALESCE(m.closed_day, w.to_day + 1) > w.to_day
 AND (m.has_permission OR m.permission_ended_day > w.to_day)
), halves AS (
 -- why: 22 days touch two stretches of 22 days, so an equi-join finds their messages
 SELECT s.member_key, s.kind, s.day, s.shift, s.from_day, s.to_day, CAST(floor((s.from_day) / 22e0) AS BIGINT) + h.half AS bucket
 FROM seen s
 CROSS JOIN (VALUES (0), (1)) AS h(half)
), messages AS (
 -- why: several messages of one day need not be made one here, the next step does it for far fewer rows
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)) AS day, CAST(floor((date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE))) / 22e0) AS BIGINT) AS bucket
 FROM contacts
 WHERE date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)) >= 19730 AND date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)) <= 20083
), heard AS (
 -- why: one message is enough
 SELECT DISTINCT h.member_key, h.kind, h.day, h.shift
 FROM halves h
 JOIN messages d ON d.member_key = h.member_key AND d.bucket = h.bucket
 WHERE d.day >= h.from_day AND d.day <= h.to_day
), told AS (
 -- why: one row an event, with its own stretch and the two others beside it
 SELECT s.member_key, s.jackknife_group, s.kind, s.day, max(s.value) AS value, count(CASE WHEN s.shift = 0 THEN 1 END) AS is_seen,
 max(CASE WHEN s.shift = 0 AND h.member_key IS NOT NULL THEN 1 ELSE 0 END) AS is_heard,
 max(CASE WHEN s.shift < 0 THEN CASE WHEN h.member_key IS NULL THEN 0 ELSE 1 END END) AS is_heard_earlier,
 max(CASE WHEN s.shift > 0 THEN CASE WHEN h.member_key IS NULL THEN 0 ELSE 1 END END) AS is_heard_later
 FROM seen s
 LEFT JOIN heard h ON h.member_key = s.member_key AND h.kind = s.kind AND h.day = s.day AND h.shift = s.shift
 GROUP BY s.member_key, s.jackknife_group, s.kind, s.day
), numbered AS (
 -- why: members are counted apart from events, once for the heard and once for the silent
 SELECT kind, jackknife_group, is_heard, is_heard_earlier, is_heard_later, value,
 row_number() OVER (PARTITION BY member_key, kind, is_heard ORDER BY day) AS place
 FROM told
 WHERE is_seen = 1
)
SELECT kind, jackknife_group, is_heard, is_heard_earlier, is_heard_later, count(*) AS events, count(CASE WHEN place = 1 THEN 1 END) AS members,
sum(value) AS value, count(*) - count(value) AS unvalued
FROM numbered
GROUP BY kind, jackknife_group, is_heard, is_heard_earlier, is_heard_later
ORDER BY kind, jackknife_group, is_heard, is_heard_earlier NULLS LAST, is_heard_later NULLS LAST;

WITH
events AS (
 -- why: every kind is asked the same question
 SELECT member_key, 'tier' AS kind, day, CAST(NULL AS DECIMAL(38, 4)) AS value
 FROM (
  SELECT member_key, tier, date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS day,
  lag(tier) OVER (PARTITION BY member_key ORDER BY valid_from, valid_to NULLS LAST, tier) AS tier_before
  FROM tiers
  WHERE valid_from IS NOT NULL AND tier IS NOT NULL
 ) AS placed
 WHERE tier_before <> tier
 GROUP BY member_key, day
 UNION ALL
 SELECT member_key, 'expiry' AS kind, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day,
 CASE WHEN count(value_amount) = count(*) THEN CAST(sum(abs(value_amount)) AS DECIMAL(38, 4)) END AS value
 FROM points
 WHERE type = 'expire' AND occurred_at IS NOT NULL
 GROUP BY member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))
 UNION ALL
 SELECT member_key, 'anniversary' AS kind, day, CAST(NULL AS DECIMAL(38, 4)) AS value
 FROM (
  SELECT member_key, enrolled_day,
  enrolled_day + CAST(round(365.25e0 * floor((20076 - enrolled_day) / 365.25e0)) AS BIGINT) AS day
  FROM "member_facts"
  WHERE enrolled_day IS NOT NULL
 ) AS yearly
 WHERE day > enrolled_day
), placed AS (
 -- why: a date near another event of the kind may hold the message about that one
 SELECT member_key, kind, day, value,
 count(*) OVER (PARTITION BY member_key, kind ORDER BY day RANGE BETWEEN 81 PRECEDING AND 39 PRECEDING) AS near_earlier,
 count(*) OVER (PARTITION BY member_key, kind ORDER BY day RANGE BETWEEN 39 FOLLOWING AND 81 FOLLOWING) AS near_later
 FROM events
), shifted AS (
 -- why: the same members on another date show how often any 22 days hold a message by chance
 SELECT e.member_key, e.kind, e.day, e.value, s.shift, e.day + s.shift - 14 AS from_day, e.day + s.shift + 7 AS to_day
 FROM placed e
 CROSS JOIN (VALUES (-60), (0), (60)) AS s(shift)
 WHERE s.shift = 0 OR (s.shift < 0 AND e.near_earlier = 0) OR (s.shift > 0 AND e.near_later = 0)
), seen AS (
 -- why: only stretches in which messages were recorded and the member could get one
 SELECT w.member_key, m.jackknife_group, w.kind, w.day, w.value, w.shift, w.from_day, w.to_day
 FROM shifted w
 JOIN "member_facts" m ON m.member_key = w.member_key
 WHERE w.from_day >= 19730 AND w.to_day <= 20083
 AND COALESCE(m.enrolled_day, w.from_day) <= w.from_day AND COALESCE(m.closed_day, w.to_day + 1) > w.to_day
 AND (m.has_permission OR m.permission_ended_day > w.to_day)
), dated AS (
 -- why: an alias cannot be grouped by in every engine
 SELECT kind, CAST(floor(day / 22e0) AS BIGINT) AS stretch
 FROM seen
 WHERE shift = 0
)
SELECT kind, count(*) AS events
FROM dated
GROUP BY kind, stretch
ORDER BY kind, stretch;
