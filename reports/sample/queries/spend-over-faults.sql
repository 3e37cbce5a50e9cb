-- Does marketing spend grow while faults grow too?

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
), dated AS (
 SELECT kind AS source, day
 FROM faults
 WHERE kind IN ('complaint', 'return', 'dispute')
 UNION ALL
 SELECT 'orders', date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))
 FROM transactions
 WHERE occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND net_amount > 0
)
SELECT source, min(day) AS first_day, max(day) AS last_day
FROM dated
WHERE day < 20089
GROUP BY source
ORDER BY source;

SELECT COALESCE(name, campaign_id) AS name, date_diff('day', DATE '1970-01-01', CAST(starts_at AS DATE)) AS start_day,
CASE WHEN ends_at >= starts_at THEN date_diff('day', DATE '1970-01-01', CAST(ends_at AS DATE)) ELSE date_diff('day', DATE '1970-01-01', CAST(starts_at AS DATE)) END AS end_day, cost
FROM campaigns
WHERE starts_at IS NOT NULL AND cost > 0 AND date_diff('day', DATE '1970-01-01', CAST(starts_at AS DATE)) < 20089
ORDER BY campaign_key NULLS LAST;

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
), counted AS (
 -- why: a basket of nought or below is no order
 SELECT date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day, 'order' AS kind
 FROM transactions
 WHERE occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND net_amount > 0
 UNION ALL
 SELECT day, kind
 FROM faults
 WHERE kind IN ('complaint', 'return', 'dispute')
), placed AS (
 SELECT CAST(floor((20088 - day) / CAST(28 AS DOUBLE)) AS BIGINT) AS ago, kind
 FROM counted
 WHERE day < 20089
)
SELECT ago, count(*) FILTER (WHERE kind = 'order') AS orders, count(*) FILTER (WHERE kind = 'complaint') AS complaints,
count(*) FILTER (WHERE kind = 'return') AS returns, count(*) FILTER (WHERE kind = 'dispute') AS disputes
FROM placed
GROUP BY ago
ORDER BY ago DESC NULLS LAST;
