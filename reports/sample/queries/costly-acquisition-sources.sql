-- Do some acquisition sources bring members whose orders go wrong more often?

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
),
reach AS (
 -- why: whoever joined before the first sale of the files has a beginning that nobody can see
 SELECT min(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))) AS first_day
 FROM transactions
), joined AS (
 SELECT m.member_key, m.jackknife_group, NULLIF(trim(m.acquisition_source), '') AS source, date_diff('day', DATE '1970-01-01', CAST(m.enrolled_at AS DATE)) AS enrolled_day, date_diff('day', DATE '1970-01-01', CAST(m.closed_at AS DATE)) AS closed_day
 FROM members m
 CROSS JOIN reach r
 WHERE date_diff('day', DATE '1970-01-01', CAST(m.enrolled_at AS DATE)) >= r.first_day AND date_diff('day', DATE '1970-01-01', CAST(m.enrolled_at AS DATE)) <= 19969
), source_sizes AS (
 -- why: free text can hold a source a member; the largest are judged, the rest stay in the comparison
 SELECT source, row_number() OVER (ORDER BY count(*) DESC, source) AS place
 FROM joined
 WHERE source IS NOT NULL
 GROUP BY source
), cohort AS (
 SELECT j.member_key, j.jackknife_group, CASE WHEN s.place <= 30 THEN j.source END AS source, j.enrolled_day, j.closed_day
 FROM joined j
 JOIN source_sizes s ON s.source = j.source
), sales AS (
 -- why: the first order's category is settled before anything can go wrong with it
 SELECT c.member_key, COALESCE(t.margin_amount, 0) AS earned, NULLIF(trim(t.category), '') AS category,
 row_number() OVER (PARTITION BY c.member_key ORDER BY date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)), t.category NULLS LAST, t.net_amount) AS place
 FROM cohort c
 JOIN transactions t ON t.member_key = c.member_key
 WHERE NOT COALESCE(t.is_return, FALSE) AND t.net_amount > 0 AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) >= c.enrolled_day AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) < c.enrolled_day + 90
), bought AS (
 SELECT member_key, count(*) AS orders, sum(earned) AS value, max(CASE WHEN place = 1 THEN category END) AS category
 FROM sales
 GROUP BY member_key
), category_sizes AS (
 SELECT category, row_number() OVER (ORDER BY count(*) DESC, category) AS place
 FROM bought
 WHERE category IS NOT NULL
 GROUP BY category
), met AS (
 -- why: a fault of the last orders shows some time later
 SELECT c.member_key, sum(CASE WHEN f.kind = 'return' THEN 1 ELSE 0 END) AS returns, sum(CASE WHEN f.kind = 'complaint' THEN 1 ELSE 0 END) AS complaints,
 sum(CASE WHEN f.kind = 'dispute' THEN 1 ELSE 0 END) AS disputes, sum(CASE WHEN f.kind = 'contact' THEN 1 ELSE 0 END) AS contacts,
 sum(COALESCE(f.returned_margin, 0)) + sum(COALESCE(f.cost, 0)) AS waste
 FROM cohort c
 JOIN faults f ON f.member_key = c.member_key AND f.day >= c.enrolled_day AND f.day < c.enrolled_day + 90 + 30
 GROUP BY c.member_key
), placed AS (
 SELECT c.source, CAST(floor(c.enrolled_day / 30.4375e0) AS BIGINT) AS month, CASE WHEN k.place <= 12 THEN b.category END AS category, c.jackknife_group,
 COALESCE(b.orders, 0) AS orders, b.value, COALESCE(m.returns, 0) AS returns, COALESCE(m.complaints, 0) AS complaints, COALESCE(m.disputes, 0) AS disputes,
 COALESCE(m.contacts, 0) AS contacts, m.waste, CASE WHEN c.closed_day < c.enrolled_day + 90 + 30 THEN 1 ELSE 0 END AS is_closed
 FROM cohort c
 LEFT JOIN bought b ON b.member_key = c.member_key
 LEFT JOIN category_sizes k ON k.category = b.category
 LEFT JOIN met m ON m.member_key = c.member_key
)
SELECT source, month, category, jackknife_group, count(*) AS members, sum(orders) AS orders, sum(returns) AS returns, sum(complaints) AS complaints,
sum(disputes) AS disputes, sum(contacts) AS contacts, sum(is_closed) AS closed, sum(value) AS value, sum(waste) AS waste
FROM placed
GROUP BY source, month, category, jackknife_group
ORDER BY source NULLS LAST, month, category NULLS LAST, jackknife_group;
