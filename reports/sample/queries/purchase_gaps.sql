-- Shared: purchase gaps

WITH member_days AS (
 -- why: two baskets on one day are one occasion
 SELECT DISTINCT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day
 FROM transactions
 WHERE member_key IS NOT NULL AND NOT COALESCE(is_return, FALSE)
), gaps AS (
 -- why: the gap before a first purchase does not exist, and stays NULL
 SELECT day - lag(day) OVER (PARTITION BY member_key ORDER BY day) AS gap
 FROM member_days
)
SELECT gap, count(*) AS n FROM gaps WHERE gap IS NOT NULL GROUP BY gap ORDER BY gap;
