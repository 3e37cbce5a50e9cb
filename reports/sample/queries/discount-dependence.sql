-- Do members buy only when there is a discount?

WITH judged AS (
 SELECT member_key, CASE WHEN day < 19906 THEN 0 ELSE 1 END AS half, net, gross,
 gross - net AS discount, CASE WHEN gross > net OR discount > 0 OR code IS NOT NULL THEN 1 ELSE 0 END AS is_discounted
 FROM (
  SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day, net_amount AS net, abs(discount_amount) AS discount, NULLIF(trim(promo_code), '') AS code,
  CASE WHEN gross_amount > net_amount THEN gross_amount WHEN discount_amount IS NOT NULL THEN net_amount + abs(discount_amount) WHEN gross_amount = net_amount THEN gross_amount END AS gross
  FROM transactions
  WHERE member_key IS NOT NULL AND occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND net_amount > 0
  AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 ) AS orders
 WHERE gross IS NOT NULL OR discount IS NOT NULL OR code IS NOT NULL OR FALSE
)
SELECT m.jackknife_group, j.half, count(*) AS orders, sum(j.is_discounted) AS discounted, sum(j.gross) AS gross,
sum(CASE WHEN j.gross IS NOT NULL THEN j.net END) AS net_of_gross, sum(CASE WHEN j.gross IS NOT NULL THEN j.discount END) AS discounts, sum(j.net) AS net
FROM judged j
JOIN members m ON m.member_key = j.member_key
GROUP BY m.jackknife_group, j.half
ORDER BY m.jackknife_group, j.half;

WITH judged AS (
 SELECT member_key, CASE WHEN day < 19906 THEN 0 ELSE 1 END AS half, net, gross,
 gross - net AS discount, CASE WHEN gross > net OR discount > 0 OR code IS NOT NULL THEN 1 ELSE 0 END AS is_discounted
 FROM (
  SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day, net_amount AS net, abs(discount_amount) AS discount, NULLIF(trim(promo_code), '') AS code,
  CASE WHEN gross_amount > net_amount THEN gross_amount WHEN discount_amount IS NOT NULL THEN net_amount + abs(discount_amount) WHEN gross_amount = net_amount THEN gross_amount END AS gross
  FROM transactions
  WHERE member_key IS NOT NULL AND occurred_at IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND net_amount > 0
  AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 ) AS orders
 WHERE gross IS NOT NULL OR discount IS NOT NULL OR code IS NOT NULL OR FALSE
), by_member AS (
 SELECT member_key, count(*) AS orders, sum(is_discounted) AS discounted, max(CASE WHEN is_discounted = 0 AND half = 0 THEN 1 ELSE 0 END) AS full_early,
 max(CASE WHEN is_discounted = 0 AND half = 1 THEN 1 ELSE 0 END) AS full_late
 FROM judged
 GROUP BY member_key
), capped AS (
 -- why: the few with very many orders would each be a cell of their own
 SELECT member_key, CASE WHEN orders > 50 THEN 50 ELSE orders END AS orders,
 CASE WHEN orders > 50 THEN CAST(floor(discounted * 50e0 / orders) AS BIGINT) ELSE discounted END AS discounted, full_early, full_late
 FROM by_member
)
SELECT m.jackknife_group, c.orders, c.discounted, c.full_early, c.full_late, count(*) AS members
FROM capped c
JOIN members m ON m.member_key = c.member_key
GROUP BY m.jackknife_group, c.orders, c.discounted, c.full_early, c.full_late
ORDER BY m.jackknife_group, c.orders, c.discounted, c.full_early, c.full_late;

SELECT m.jackknife_group, sum(p.value_amount) AS worth
FROM points p
JOIN members m ON m.member_key = p.member_key
WHERE p.type = 'redeem' AND p.value_amount > 0 AND date_diff('day', DATE '1970-01-01', CAST(p.occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(p.occurred_at AS DATE)) < 20089
GROUP BY m.jackknife_group
ORDER BY m.jackknife_group;
