-- Shared: member facts

CREATE TABLE "member_facts" AS
WITH purchases AS (
 -- why: value and orders inside the window only, so that members with a long history are not favoured
 SELECT member_key, sum(COALESCE(margin_amount, 0)) AS purchase_value, count(*) AS orders
 FROM transactions
 WHERE member_key IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 GROUP BY member_key
),
said AS (
 -- why: a file of permissions may be a log (granted, then withdrawn), and opt-outs of one channel go on with it
 SELECT member_key, COALESCE(lower(trim(channel)), '') AS channel, valid_from AS said_at,
 CASE WHEN status = 'granted' AND (valid_to IS NULL OR date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)) >= 20089) THEN 1 ELSE 0 END AS is_granted,
 CASE WHEN status = 'granted' THEN valid_to ELSE valid_from END AS ended_at
 FROM consents
 WHERE valid_from IS NULL OR date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) < 20089
 UNION ALL
 SELECT member_key, COALESCE(lower(trim(channel)), '') AS channel, occurred_at AS said_at, 0 AS is_granted, occurred_at AS ended_at
 FROM opt_outs
 WHERE NOT (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) AND COALESCE(type, '') <> 'erasure' AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
), ranked AS (
 -- why: what has a date comes after what has none, and of two at once the withdrawal is respected
 SELECT member_key, channel, said_at, is_granted, ended_at,
 row_number() OVER (PARTITION BY member_key, channel ORDER BY said_at DESC NULLS LAST, is_granted, ended_at NULLS FIRST) AS place
 FROM said
), latest AS (
 SELECT member_key, channel, said_at, is_granted, ended_at
 FROM ranked
 WHERE place = 1
), withdrawn AS (
 -- why: a withdrawal without a channel, or an erasure, closes every channel
 SELECT member_key, min(occurred_at) AS first_at, max(occurred_at) AS last_at, max(CASE WHEN type = 'erasure' THEN 1 ELSE 0 END) AS is_erased
 FROM opt_outs
 WHERE ((NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) OR type = 'erasure') AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 GROUP BY member_key
), used AS (
 -- why: who has left the only channels that contacts go through cannot be reached, whatever else was never refused
 SELECT DISTINCT COALESCE(lower(trim(channel)), '') AS channel
 FROM contacts
 WHERE channel IS NOT NULL AND NOT COALESCE(is_transactional, FALSE)
), used_count AS (
 -- why: the number is compared with each member's
 SELECT count(*) AS used_channels
 FROM used
), counted AS (
 -- why: a channel granted again after the withdrawal from all of them is open again
 SELECT l.member_key, max(CASE WHEN l.is_granted = 1 AND (w.member_key IS NULL OR (w.is_erased = 0 AND l.said_at > w.last_at)) THEN 1 ELSE 0 END) AS has_grant,
 sum(1 - l.is_granted) AS closed_channels, sum(CASE WHEN u.channel IS NOT NULL THEN 1 - l.is_granted ELSE 0 END) AS closed_used, max(l.ended_at) AS closed_at
 FROM latest l
 LEFT JOIN withdrawn w ON w.member_key = l.member_key
 LEFT JOIN used u ON u.channel = l.channel
 GROUP BY l.member_key
), permissions AS (
 SELECT m.member_key, COALESCE(c.has_grant, 0) = 1 AND NOT (n.used_channels > 0 AND c.closed_used >= n.used_channels) AS has_permission, date_diff('day', DATE '1970-01-01', CAST(COALESCE(w.first_at, c.closed_at) AS DATE)) AS ended_day
 FROM members m
 CROSS JOIN used_count n
 LEFT JOIN counted c ON c.member_key = m.member_key
 LEFT JOIN withdrawn w ON w.member_key = m.member_key
), dated AS (
 SELECT member_key, jackknife_group, tier, date_diff('day', DATE '1970-01-01', CAST(enrolled_at AS DATE)) AS enrolled_day, date_diff('day', DATE '1970-01-01', CAST(closed_at AS DATE)) AS closed_day, spend_total, orders_total
 FROM members
), open_members AS (
 -- why: openness is used twice below, and SQL cannot name it in the same SELECT
 SELECT *, (closed_day IS NULL OR closed_day >= 20089) AND (enrolled_day IS NULL OR enrolled_day < 20089) AS is_open
 FROM dated
)
SELECT m.member_key, m.jackknife_group, m.enrolled_day, m.closed_day, m.tier, m.is_open,
m.is_open AND c.has_permission AS is_reachable, c.has_permission, CASE WHEN c.has_permission THEN NULL ELSE c.ended_day END AS permission_ended_day,
CAST(COALESCE(p.purchase_value, 0) AS DECIMAL(38, 4)) AS value,
COALESCE(p.orders, m.orders_total, 0) AS orders
FROM open_members m
LEFT JOIN purchases p ON p.member_key = m.member_key
JOIN permissions c ON c.member_key = m.member_key;
