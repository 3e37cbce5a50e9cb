-- Are members sold to while their complaint is open?
-- Draws on: campaign_objectives.sql, member_facts.sql

WITH
refunds AS (
 -- why: a return is marked as one, or is a sale with a negative amount
 SELECT t.member_key, date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) AS day, abs(t.net_amount) AS refund, abs(t.margin_amount) AS returned_margin
 FROM transactions t
 WHERE t.occurred_at IS NOT NULL AND (COALESCE(t.is_return, FALSE) OR t.net_amount < 0)
), refund_count AS (
 -- why: returns that the sales record must not be counted a second time from the service desk
 SELECT count(*) AS recorded
 FROM refunds
), desk_events AS (
 -- why: words are compared in one spelling
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day, lower(trim(type)) AS kind, date_diff('day', DATE '1970-01-01', CAST(resolved_at AS DATE)) AS resolved_day, cost
 FROM service_events
 WHERE occurred_at IS NOT NULL
), faults AS (
 SELECT member_key, day, 'return' AS kind, CAST(NULL AS BIGINT) AS resolved_day, CAST(NULL AS DECIMAL(18, 4)) AS cost, refund, returned_margin
 FROM refunds
 UNION ALL
 SELECT s.member_key, s.day, CASE WHEN s.kind = 'return' AND r.recorded > 0 THEN 'handling' ELSE s.kind END, s.resolved_day, s.cost,
 CAST(NULL AS DECIMAL(18, 4)), CAST(NULL AS DECIMAL(18, 4))
 FROM desk_events s
 CROSS JOIN refund_count r
 WHERE s.kind IN ('complaint', 'return', 'dispute', 'contact')
), events AS (
 -- why: two complaints of one day are one event, open until both are settled
 SELECT f.member_key, m.jackknife_group, f.day, f.kind, CASE WHEN count(f.resolved_day) = count(*) THEN max(f.resolved_day) END AS resolved_day
 FROM faults f
 JOIN members m ON m.member_key = f.member_key
 WHERE f.kind IN ('complaint', 'return', 'dispute') AND f.day >= 19723 AND f.day + 14 < 20089
 GROUP BY f.member_key, m.jackknife_group, f.day, f.kind
), concerned AS (
 -- why: few members have an event, and the messages of all others need not be looked at
 SELECT DISTINCT member_key
 FROM events
), messages AS (
 -- why: a service message is an answer, and what bounced was never read
 SELECT c.member_key, date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) AS day
 FROM contacts c
 JOIN concerned e ON e.member_key = c.member_key
 LEFT JOIN "campaign_objectives" o ON o.campaign_key = c.campaign_key
 WHERE c.contacted_at IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE) AND NOT COALESCE(c.bounced, FALSE) AND COALESCE(c.delivered, TRUE)
 AND COALESCE(o.objective, '') <> 'service' AND date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) < 20089
), first_message AS (
 -- why: before the first message of the files, and after the last, nobody can be seen to have had one
 SELECT min(date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE))) AS first_day, max(date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE))) AS last_day
 FROM contacts c
 WHERE c.contacted_at IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) < 20089
), followed AS (
 -- why: a message of the same day may have been sent before the event, so it does not count
 SELECT e.member_key, e.jackknife_group, e.kind, e.day, CASE WHEN e.resolved_day <= e.day + 1 THEN 0 ELSE 1 END AS is_open,
 max(CASE WHEN s.day > e.day AND s.day <= e.day + 14 THEN 1 ELSE 0 END) AS has_after,
 max(CASE WHEN s.day > e.day AND s.day <= e.day + 14 AND (e.resolved_day IS NULL OR s.day < e.resolved_day) THEN 1 ELSE 0 END) AS has_while_open,
 max(CASE WHEN s.day >= e.day - 28 AND s.day < e.day - 14 THEN 1 ELSE 0 END) AS has_before,
 CASE WHEN e.day - 28 >= f.first_day THEN 1 ELSE 0 END AS can_compare
 FROM events e
 CROSS JOIN first_message f
 LEFT JOIN messages s ON s.member_key = e.member_key AND s.day BETWEEN e.day - 28 AND e.day + 28
 WHERE e.day >= f.first_day - 28 AND e.day + 14 <= f.last_day + 28
 GROUP BY e.member_key, e.jackknife_group, e.kind, e.day, e.resolved_day, f.first_day
)
SELECT kind, jackknife_group, count(*) AS events, count(DISTINCT member_key) AS members, sum(has_after) AS has_after,
count(DISTINCT CASE WHEN has_after = 1 THEN member_key END) AS members_after, sum(is_open) AS open, sum(is_open * has_while_open) AS has_while_open,
sum(can_compare) AS compared, sum(can_compare * has_after) AS compared_after, sum(can_compare * has_before) AS compared_before
FROM followed
GROUP BY kind, jackknife_group
ORDER BY kind, jackknife_group;

WITH
refunds AS (
 -- why: a return is marked as one, or is a sale with a negative amount
 SELECT t.member_key, date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) AS day, abs(t.net_amount) AS refund, abs(t.margin_amount) AS returned_margin
 FROM transactions t
 WHERE t.occurred_at IS NOT NULL AND (COALESCE(t.is_return, FALSE) OR t.net_amount < 0)
), refund_count AS (
 -- why: returns that the sales record must not be counted a second time from the service desk
 SELECT count(*) AS recorded
 FROM refunds
), desk_events AS (
 -- why: words are compared in one spelling
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day, lower(trim(type)) AS kind, date_diff('day', DATE '1970-01-01', CAST(resolved_at AS DATE)) AS resolved_day, cost
 FROM service_events
 WHERE occurred_at IS NOT NULL
), faults AS (
 SELECT member_key, day, 'return' AS kind, CAST(NULL AS BIGINT) AS resolved_day, CAST(NULL AS DECIMAL(18, 4)) AS cost, refund, returned_margin
 FROM refunds
 UNION ALL
 SELECT s.member_key, s.day, CASE WHEN s.kind = 'return' AND r.recorded > 0 THEN 'handling' ELSE s.kind END, s.resolved_day, s.cost,
 CAST(NULL AS DECIMAL(18, 4)), CAST(NULL AS DECIMAL(18, 4))
 FROM desk_events s
 CROSS JOIN refund_count r
 WHERE s.kind IN ('complaint', 'return', 'dispute', 'contact')
), events AS (
 -- why: two complaints of one day are one event, open until both are settled
 SELECT f.member_key, m.jackknife_group, f.day, f.kind, CASE WHEN count(f.resolved_day) = count(*) THEN max(f.resolved_day) END AS resolved_day
 FROM faults f
 JOIN members m ON m.member_key = f.member_key
 WHERE f.kind IN ('complaint', 'return', 'dispute') AND f.day >= 19723 AND f.day + 14 < 20089
 GROUP BY f.member_key, m.jackknife_group, f.day, f.kind
), concerned AS (
 -- why: few members have an event, and the messages of all others need not be looked at
 SELECT DISTINCT member_key
 FROM events
), messages AS (
 -- why: a service message is an answer, and what bounced was never read
 SELECT c.member_key, date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) AS day
 FROM contacts c
 JOIN concerned e ON e.member_key = c.member_key
 LEFT JOIN "campaign_objectives" o ON o.campaign_key = c.campaign_key
 WHERE c.contacted_at IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE) AND NOT COALESCE(c.bounced, FALSE) AND COALESCE(c.delivered, TRUE)
 AND COALESCE(o.objective, '') <> 'service' AND date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) < 20089
), first_message AS (
 -- why: before the first message of the files, and after the last, nobody can be seen to have had one
 SELECT min(date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE))) AS first_day, max(date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE))) AS last_day
 FROM contacts c
 WHERE c.contacted_at IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) < 20089
), followed AS (
 -- why: a message of the same day may have been sent before the event, so it does not count
 SELECT e.member_key, e.jackknife_group, e.kind, e.day, CASE WHEN e.resolved_day <= e.day + 1 THEN 0 ELSE 1 END AS is_open,
 max(CASE WHEN s.day > e.day AND s.day <= e.day + 14 THEN 1 ELSE 0 END) AS has_after,
 max(CASE WHEN s.day > e.day AND s.day <= e.day + 14 AND (e.resolved_day IS NULL OR s.day < e.resolved_day) THEN 1 ELSE 0 END) AS has_while_open,
 max(CASE WHEN s.day >= e.day - 28 AND s.day < e.day - 14 THEN 1 ELSE 0 END) AS has_before,
 CASE WHEN e.day - 28 >= f.first_day THEN 1 ELSE 0 END AS can_compare
 FROM events e
 CROSS JOIN first_message f
 LEFT JOIN messages s ON s.member_key = e.member_key AND s.day BETWEEN e.day - 28 AND e.day + 28
 WHERE e.day >= f.first_day - 28 AND e.day + 14 <= f.last_day + 28
 GROUP BY e.member_key, e.jackknife_group, e.kind, e.day, e.resolved_day, f.first_day
), told AS (
 SELECT DISTINCT member_key
 FROM followed
 WHERE kind = 'complaint' AND is_open = 1 AND has_while_open = 1
)
SELECT m.jackknife_group, count(t.member_key) AS members, sum(CASE WHEN t.member_key IS NOT NULL THEN m.value END) AS value, sum(m.value) AS total
FROM "member_facts" m
LEFT JOIN told t ON t.member_key = m.member_key
GROUP BY m.jackknife_group
ORDER BY m.jackknife_group;

WITH
refunds AS (
 -- why: a return is marked as one, or is a sale with a negative amount
 SELECT t.member_key, date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) AS day, abs(t.net_amount) AS refund, abs(t.margin_amount) AS returned_margin
 FROM transactions t
 WHERE t.occurred_at IS NOT NULL AND (COALESCE(t.is_return, FALSE) OR t.net_amount < 0)
), refund_count AS (
 -- why: returns that the sales record must not be counted a second time from the service desk
 SELECT count(*) AS recorded
 FROM refunds
), desk_events AS (
 -- why: words are compared in one spelling
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day, lower(trim(type)) AS kind, date_diff('day', DATE '1970-01-01', CAST(resolved_at AS DATE)) AS resolved_day, cost
 FROM service_events
 WHERE occurred_at IS NOT NULL
), faults AS (
 SELECT member_key, day, 'return' AS kind, CAST(NULL AS BIGINT) AS resolved_day, CAST(NULL AS DECIMAL(18, 4)) AS cost, refund, returned_margin
 FROM refunds
 UNION ALL
 SELECT s.member_key, s.day, CASE WHEN s.kind = 'return' AND r.recorded > 0 THEN 'handling' ELSE s.kind END, s.resolved_day, s.cost,
 CAST(NULL AS DECIMAL(18, 4)), CAST(NULL AS DECIMAL(18, 4))
 FROM desk_events s
 CROSS JOIN refund_count r
 WHERE s.kind IN ('complaint', 'return', 'dispute', 'contact')
), events AS (
 -- why: two complaints of one day are one event, open until both are settled
 SELECT f.member_key, m.jackknife_group, f.day, f.kind, CASE WHEN count(f.resolved_day) = count(*) THEN max(f.resolved_day) END AS resolved_day
 FROM faults f
 JOIN members m ON m.member_key = f.member_key
 WHERE f.kind IN ('complaint', 'return', 'dispute') AND f.day >= 19723 AND f.day + 14 < 20089
 GROUP BY f.member_key, m.jackknife_group, f.day, f.kind
), concerned AS (
 -- why: few members have an event, and the messages of all others need not be looked at
 SELECT DISTINCT member_key
 FROM events
), messages AS (
 -- why: a service message is an answer, and what bounced was never read
 SELECT c.member_key, date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) AS day
 FROM contacts c
 JOIN concerned e ON e.member_key = c.member_key
 LEFT JOIN "campaign_objectives" o ON o.campaign_key = c.campaign_key
 WHERE c.contacted_at IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE) AND NOT COALESCE(c.bounced, FALSE) AND COALESCE(c.delivered, TRUE)
 AND COALESCE(o.objective, '') <> 'service' AND date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) < 20089
), first_message AS (
 -- why: before the first message of the files, and after the last, nobody can be seen to have had one
 SELECT min(date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE))) AS first_day, max(date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE))) AS last_day
 FROM contacts c
 WHERE c.contacted_at IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) < 20089
), followed AS (
 -- why: a message of the same day may have been sent before the event, so it does not count
 SELECT e.member_key, e.jackknife_group, e.kind, e.day, CASE WHEN e.resolved_day <= e.day + 1 THEN 0 ELSE 1 END AS is_open,
 max(CASE WHEN s.day > e.day AND s.day <= e.day + 14 THEN 1 ELSE 0 END) AS has_after,
 max(CASE WHEN s.day > e.day AND s.day <= e.day + 14 AND (e.resolved_day IS NULL OR s.day < e.resolved_day) THEN 1 ELSE 0 END) AS has_while_open,
 max(CASE WHEN s.day >= e.day - 28 AND s.day < e.day - 14 THEN 1 ELSE 0 END) AS has_before,
 CASE WHEN e.day - 28 >= f.first_day THEN 1 ELSE 0 END AS can_compare
 FROM events e
 CROSS JOIN first_message f
 LEFT JOIN messages s ON s.member_key = e.member_key AND s.day BETWEEN e.day - 28 AND e.day + 28
 WHERE e.day >= f.first_day - 28 AND e.day + 14 <= f.last_day + 28
 GROUP BY e.member_key, e.jackknife_group, e.kind, e.day, e.resolved_day, f.first_day
), placed AS (
 SELECT DISTINCT e.member_key, e.day, CAST(floor((s.day - e.day - CASE WHEN s.day > e.day THEN 1 ELSE 0 END) / 7e0) AS BIGINT) AS week
 FROM events e
 CROSS JOIN first_message f
 JOIN messages s ON s.member_key = e.member_key AND s.day BETWEEN e.day - 28 AND e.day + 28
 WHERE e.kind = 'complaint' AND s.day <> e.day AND e.day - 28 >= f.first_day AND e.day + 28 < 20089 AND e.day + 28 <= f.last_day + 28
), complaints AS (
 -- why: the same complaints are looked at in every week; week 99 counts them
 SELECT e.member_key, e.day
 FROM events e
 CROSS JOIN first_message f
 WHERE e.kind = 'complaint' AND e.day - 28 >= f.first_day AND e.day + 28 < 20089 AND e.day + 28 <= f.last_day + 28
)
SELECT week, count(*) AS messaged
FROM placed
GROUP BY week
UNION ALL
SELECT 99 AS week, count(*) AS messaged
FROM complaints
ORDER BY week;
