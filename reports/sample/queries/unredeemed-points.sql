-- Do members use the points that they are given?

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
 SELECT m.jackknife_group, l.member_key, l.kind, CASE WHEN l.day >= 19723 THEN 1 ELSE 0 END AS in_window, l.points, l.worth
 FROM lines l
 JOIN members m ON m.member_key = l.member_key
)
SELECT jackknife_group, kind, in_window, sum(points) AS points, sum(CASE WHEN worth > 0 THEN points END) AS valued_points,
sum(CASE WHEN worth > 0 THEN worth END) AS worth, count(DISTINCT member_key) AS members
FROM placed
GROUP BY jackknife_group, kind, in_window
ORDER BY jackknife_group, kind, in_window;

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
 SELECT member_key, kind, points, CAST(floor((20089 - 1 - day) / CAST(91 AS DOUBLE)) AS BIGINT) AS quarter
 FROM lines
), quarterly AS (
 -- why: an earning that was taken back belongs to its quarter, and cannot make that quarter negative
 SELECT member_key, quarter, greatest(COALESCE(sum(CASE WHEN kind = 'earn' THEN points END), 0), 0) AS issued,
 COALESCE(sum(CASE WHEN kind = 'redeem' THEN points END), 0) AS redeemed, COALESCE(sum(CASE WHEN kind = 'expire' THEN points END), 0) AS expired
 FROM placed
 WHERE quarter < 24
 GROUP BY member_key, quarter
), running AS (
 -- why: quarters count backwards, so the oldest comes first
 SELECT member_key, quarter, issued, redeemed, expired, sum(issued) OVER w AS issued_to, sum(redeemed + expired) OVER w AS used_to
 FROM quarterly
 WINDOW w AS (PARTITION BY member_key ORDER BY quarter DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), opening AS (
 -- why: points used before enough were issued come from before the files, and must not be taken from later issues
 SELECT member_key, greatest(max(used_to - issued_to), 0) AS brought
 FROM running
 GROUP BY member_key
), lots AS (
 SELECT r.member_key, r.quarter, o.brought + r.issued_to - r.issued AS lot_from, o.brought + r.issued_to AS lot_to
 FROM running r
 JOIN opening o ON o.member_key = r.member_key
 WHERE r.issued > 0
), uses AS (
 SELECT member_key, quarter, 'redeem' AS kind, used_to - redeemed - expired AS use_from, used_to - expired AS use_to FROM running WHERE redeemed > 0
 UNION ALL SELECT member_key, quarter, 'expire', used_to - expired, used_to FROM running WHERE expired > 0
), matched AS (
 SELECT l.member_key, u.kind, l.quarter AS cohort, l.quarter - u.quarter AS age, least(l.lot_to, u.use_to) - greatest(l.lot_from, u.use_from) AS points
 FROM lots l
 JOIN uses u ON u.member_key = l.member_key AND u.use_to > l.lot_from AND u.use_from < l.lot_to
 UNION ALL SELECT member_key, 'issued', quarter, -1, lot_to - lot_from FROM lots
)
SELECT m.jackknife_group, x.kind, x.cohort, x.age, sum(x.points) AS points, count(DISTINCT x.member_key) AS members
FROM matched x
JOIN members m ON m.member_key = x.member_key
GROUP BY m.jackknife_group, x.kind, x.cohort, x.age
ORDER BY m.jackknife_group, x.kind, x.cohort, x.age;

WITH messages AS (
 -- why: a service message can tell of expiry as well as a campaign, so both count
 SELECT DISTINCT member_key, date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)) AS day
 FROM contacts
 WHERE contacted_at IS NOT NULL AND COALESCE(delivered, TRUE) AND NOT COALESCE(bounced, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)) >= 19723
), known_from AS (
 -- why: before the first message in the files nobody can know what was sent
 SELECT min(day) + 90 AS first_day FROM messages
), expiries AS (
 SELECT p.member_key, date_diff('day', DATE '1970-01-01', CAST(p.occurred_at AS DATE)) AS day, sum(p.points) AS points
 FROM points p
 WHERE p.type = 'expire' AND p.points > 0 AND p.occurred_at IS NOT NULL
 GROUP BY p.member_key, date_diff('day', DATE '1970-01-01', CAST(p.occurred_at AS DATE))
), told AS (
 SELECT e.member_key, e.day, e.points, max(CASE WHEN c.member_key IS NULL THEN 0 ELSE 1 END) AS was_told
 FROM expiries e
 CROSS JOIN known_from k
 LEFT JOIN messages c ON c.member_key = e.member_key AND c.day >= e.day - 90 AND c.day <= e.day - 14
 WHERE e.day >= k.first_day AND e.day < 20089
 GROUP BY e.member_key, e.day, e.points
)
SELECT m.jackknife_group, t.was_told, sum(t.points) AS points, count(DISTINCT t.member_key) AS members
FROM told t
JOIN members m ON m.member_key = t.member_key
GROUP BY m.jackknife_group, t.was_told
ORDER BY m.jackknife_group, t.was_told;

SELECT count(*) AS messages
FROM contacts
WHERE is_transactional AND contacted_at IS NOT NULL
ORDER BY messages;
