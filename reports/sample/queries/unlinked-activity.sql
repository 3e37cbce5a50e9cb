-- How much of the trade can this report not see?

WITH
sales AS (
 -- why: a return would count against the value, and a basket of nought is no sale
 SELECT date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) AS day, CAST(EXTRACT(YEAR FROM t.occurred_at) * 12 + EXTRACT(MONTH FROM t.occurred_at) - 1 AS BIGINT) AS month, t.member_key,
 CASE WHEN t.member_key IS NULL THEN 1 ELSE 0 END AS is_unlinked, t.net_amount, trim(t.channel) AS channel, trim(t.business_unit) AS business_unit
 FROM transactions t
 WHERE NOT COALESCE(t.is_return, FALSE) AND t.net_amount > 0 AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) < 20089
)
SELECT day, month, count(*) AS sales, sum(is_unlinked) AS unlinked, sum(net_amount) AS value,
sum(CASE WHEN is_unlinked = 1 THEN net_amount ELSE 0 END) AS unlinked_value
FROM sales
GROUP BY day, month
ORDER BY day, month;

WITH
sales AS (
 -- why: a return would count against the value, and a basket of nought is no sale
 SELECT date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) AS day, CAST(EXTRACT(YEAR FROM t.occurred_at) * 12 + EXTRACT(MONTH FROM t.occurred_at) - 1 AS BIGINT) AS month, t.member_key,
 CASE WHEN t.member_key IS NULL THEN 1 ELSE 0 END AS is_unlinked, t.net_amount, trim(t.channel) AS channel, trim(t.business_unit) AS business_unit
 FROM transactions t
 WHERE NOT COALESCE(t.is_return, FALSE) AND t.net_amount > 0 AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) < 20089
), blocked AS (
 -- why: whole weeks stay together, because the days of a week are alike
 SELECT CAST(floor(day / 7e0) AS BIGINT) % 10 AS block, member_key, is_unlinked, net_amount, NULLIF(channel, '') AS channel, NULLIF(business_unit, '') AS business_unit
 FROM sales
), counted AS (
 SELECT 'channel' AS dimension, channel AS place, block, count(*) AS sales, sum(is_unlinked) AS unlinked, sum(net_amount) AS value,
 sum(CASE WHEN is_unlinked = 1 THEN net_amount ELSE 0 END) AS unlinked_value, count(DISTINCT member_key) AS members
 FROM blocked
 GROUP BY channel, block
 UNION ALL
 SELECT 'unit', business_unit, block, count(*) AS sales, sum(is_unlinked) AS unlinked, sum(net_amount) AS value,
 sum(CASE WHEN is_unlinked = 1 THEN net_amount ELSE 0 END) AS unlinked_value, count(DISTINCT member_key) AS members
 FROM blocked
 GROUP BY business_unit, block
)
SELECT dimension, place, block, sales, unlinked, value, unlinked_value, members
FROM counted
ORDER BY dimension, place NULLS LAST, block;
