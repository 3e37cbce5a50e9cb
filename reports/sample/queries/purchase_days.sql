-- Shared: purchase days

CREATE TABLE "purchase_days" AS
WITH days AS (
 SELECT member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS day, count(*) AS orders, CAST(sum(net_amount) AS DECIMAL(18, 4)) AS net, CAST(sum(margin_amount) AS DECIMAL(18, 4)) AS margin
 FROM transactions
 WHERE member_key IS NOT NULL AND NOT COALESCE(is_return, FALSE) AND net_amount > 0 AND occurred_at IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 GROUP BY member_key, date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))
), placed AS (
 -- why: all that looks along a member's days stands together, so that an engine sorts them once
 SELECT member_key, day, orders, net, margin, row_number() OVER w AS occasion, lead(day) OVER w AS next_day, day - lag(day, 1) OVER w AS gap,
 lag(day, 1) OVER w - lag(day, 2) OVER w AS gap_2, lag(day, 2) OVER w - lag(day, 3) OVER w AS gap_3,
 lag(day, 3) OVER w - lag(day, 4) OVER w AS gap_4, lag(day, 4) OVER w - lag(day, 5) OVER w AS gap_5,
 count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 364 PRECEDING AND CURRENT ROW) AS year_occasions
 FROM days
 WINDOW w AS (PARTITION BY member_key ORDER BY day)
)
SELECT p.member_key, m.jackknife_group, p.day, CAST(p.orders AS INTEGER) AS orders, p.net, p.margin, CAST(p.occasion AS INTEGER) AS occasion, CAST(p.gap AS INTEGER) AS gap,
CAST(p.next_day AS INTEGER) AS next_day, CAST(p.year_occasions AS INTEGER) AS year_occasions, CAST(
 CASE WHEN occasion > 5 THEN 10 * greatest(least(gap_5, greatest(least(gap, gap_2), least(gap_3, gap_4))), least(greatest(gap_5, greatest(least(gap, gap_2), least(gap_3, gap_4))), least(greatest(gap, gap_2), greatest(gap_3, gap_4))))
 WHEN occasion > 3 THEN 10 * greatest(least(gap, gap_2), least(greatest(gap, gap_2), gap_3))
 WHEN occasion = 3 THEN 5 * (gap + gap_2) END AS INTEGER) AS own_rhythm
FROM placed p
JOIN members m ON m.member_key = p.member_key;
