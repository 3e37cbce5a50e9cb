-- Shared: spend totals
-- Draws on: purchase_days.sql

CREATE TABLE "spend_totals" AS
WITH sampled AS (
 SELECT DISTINCT u.member_key
 FROM "experiment_units" u
 JOIN members m ON m.member_key = u.member_key
 WHERE m.jackknife_group < 50
)
SELECT p.member_key, p.day, lead(p.day, 1, 1000000000) OVER w AS next_day, sum(p.net) OVER w AS net, sum(p.orders) OVER w AS orders
FROM "purchase_days" p
JOIN sampled s ON s.member_key = p.member_key
WINDOW w AS (PARTITION BY p.member_key ORDER BY p.day);
