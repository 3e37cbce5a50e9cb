-- Does marketing look at what happens after the sale?
-- Draws on: purchase_days.sql

SELECT COALESCE(name, campaign_id) AS name, NULLIF(trim(primary_kpi), '') AS primary_kpi, NULLIF(trim(targeting_columns), '') AS targeting_columns
FROM campaigns
WHERE is_listed AND (starts_at IS NULL OR (date_diff('day', DATE '1970-01-01', CAST(starts_at AS DATE)) < 20089 AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(ends_at, starts_at) AS DATE)) >= 19723))
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
), ordered AS (
 -- why: of several complaints of a day the last to be settled counts, one not settled last of all
 SELECT member_key, day, resolved_day, row_number() OVER (PARTITION BY member_key ORDER BY day, resolved_day DESC NULLS FIRST) AS place
 FROM faults
 WHERE kind = 'complaint' AND day >= 19723 AND day + 14 + 90 < 20089
), sorted AS (
 SELECT c.member_key, m.jackknife_group, c.day,
 CASE WHEN c.resolved_day <= c.day + 7 THEN 'first week' WHEN c.resolved_day <= c.day + 14 THEN 'second week' ELSE 'not yet' END AS outcome
 FROM ordered c
 JOIN members m ON m.member_key = c.member_key
 WHERE c.place = 1
), followed AS (
 SELECT s.member_key, s.jackknife_group, s.outcome, sum(CASE WHEN p.day < s.day AND p.day >= s.day - 180 THEN 1 ELSE 0 END) AS before,
 max(CASE WHEN p.day > s.day + 14 AND p.day <= s.day + 14 + 90 THEN 1 ELSE 0 END) AS has_bought
 FROM sorted s
 LEFT JOIN "purchase_days" p ON p.member_key = s.member_key
 GROUP BY s.member_key, s.jackknife_group, s.outcome
), banded AS (
 -- why: an alias cannot be grouped by in every engine
 SELECT outcome, jackknife_group, CASE WHEN before > 3 THEN 3 ELSE CAST(before AS BIGINT) END AS purchases_before, has_bought
 FROM followed
)
SELECT outcome, jackknife_group, purchases_before, count(*) AS members, sum(has_bought) AS bought
FROM banded
GROUP BY outcome, jackknife_group, purchases_before
ORDER BY outcome, jackknife_group, purchases_before;

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
)
SELECT count(DISTINCT member_key) AS members
FROM faults
WHERE kind IN ('complaint', 'return', 'dispute') AND day >= 19723 AND day < 20089;
