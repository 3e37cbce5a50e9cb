-- Shared: send totals

CREATE TABLE "send_totals" AS
WITH sampled AS (
 SELECT DISTINCT u.member_key
 FROM "experiment_units" u
 JOIN members m ON m.member_key = u.member_key
 WHERE m.jackknife_group < 50
), days AS (
 SELECT c.member_key, date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS day, count(*) AS messages
 FROM contacts c
 JOIN sampled s ON s.member_key = c.member_key
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 WHERE NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) < 20089
 GROUP BY c.member_key, date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE))
)
SELECT member_key, day, lead(day, 1, 1000000000) OVER w AS next_day, sum(messages) OVER w AS sent
FROM days
WINDOW w AS (PARTITION BY member_key ORDER BY day);
