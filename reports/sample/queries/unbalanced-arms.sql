-- Were the treated and the holdout alike before the test?
-- Draws on: experiments.sql, experiment_units.sql, spend_totals.sql, send_totals.sql

SELECT count(*) AS places FROM "experiment_units";

WITH beginnings AS (
 SELECT (SELECT min(day) FROM "spend_totals") AS spend_day, (SELECT min(day) FROM "send_totals") AS send_day
), history AS (
 -- why: both arms are looked at over the same days, as many as the files hold before the first assignment
 SELECT u.campaign_key, CASE WHEN min(u.assigned_day) - b.spend_day >= 365 THEN 365 WHEN min(u.assigned_day) - b.spend_day >= 28 THEN min(u.assigned_day) - b.spend_day END AS spend_days, CASE WHEN min(u.assigned_day) - b.send_day >= 365 THEN 365 WHEN min(u.assigned_day) - b.send_day >= 28 THEN min(u.assigned_day) - b.send_day END AS send_days
 FROM "experiment_units" u CROSS JOIN beginnings b
 GROUP BY u.campaign_key, b.spend_day, b.send_day
), described AS (
 SELECT u.campaign_key, u.arm, u.is_holdout, m.jackknife_group % 10 AS jackknife_group, CASE WHEN h.spend_days IS NOT NULL AND u.assigned_day IS NOT NULL THEN COALESCE(sp.net, 0) - COALESCE(so.net, 0) END AS net, CASE WHEN h.spend_days IS NOT NULL AND u.assigned_day IS NOT NULL THEN COALESCE(sp.orders, 0) - COALESCE(so.orders, 0) END AS orders, CASE WHEN h.spend_days IS NOT NULL AND u.assigned_day IS NOT NULL THEN CASE WHEN COALESCE(sp.orders, 0) > COALESCE(so.orders, 0) THEN 1 ELSE 0 END END AS active,
 CASE WHEN h.spend_days IS NOT NULL AND u.assigned_day IS NOT NULL THEN u.assigned_day - sp.day END AS silence,
 CASE WHEN h.spend_days IS NOT NULL AND u.assigned_day IS NOT NULL AND sp.day IS NOT NULL THEN 1 ELSE 0 END AS bought,
 u.assigned_day - date_diff('day', DATE '1970-01-01', CAST(m.enrolled_at AS DATE)) AS tenure, CASE WHEN u.assigned_day IS NOT NULL AND m.enrolled_at IS NOT NULL THEN 1 ELSE 0 END AS dated,
 CASE WHEN h.send_days IS NOT NULL AND u.assigned_day IS NOT NULL THEN COALESCE(mp.sent, 0) - COALESCE(mo.sent, 0) END AS messages
 FROM "experiment_units" u
 JOIN history h ON h.campaign_key = u.campaign_key
 JOIN members m ON m.member_key = u.member_key
 LEFT JOIN "spend_totals" sp ON sp.member_key = u.member_key AND sp.day < u.assigned_day AND sp.next_day >= u.assigned_day
 LEFT JOIN "spend_totals" so ON so.member_key = u.member_key AND so.day < (u.assigned_day - h.spend_days) AND so.next_day >= (u.assigned_day - h.spend_days)
 LEFT JOIN "send_totals" mp ON mp.member_key = u.member_key AND mp.day < u.assigned_day AND mp.next_day >= u.assigned_day
 LEFT JOIN "send_totals" mo ON mo.member_key = u.member_key AND mo.day < (u.assigned_day - h.send_days) AND mo.next_day >= (u.assigned_day - h.send_days)
 WHERE u.is_unambiguous = 1 AND m.jackknife_group < 50
)
SELECT campaign_key, arm, is_holdout, jackknife_group, count(*) AS members, count("net") AS "n_net", count("orders") AS "n_orders", count("active") AS "n_active", count("silence") AS "n_silence", count("tenure") AS "n_tenure", count("messages") AS "n_messages", sum(COALESCE("net", 0)) AS "sum_net", sum(COALESCE("orders", 0)) AS "sum_orders", sum(COALESCE("active", 0)) AS "sum_active", sum(COALESCE("silence", 0)) AS "sum_silence", sum(COALESCE("tenure", 0)) AS "sum_tenure", sum(COALESCE("messages", 0)) AS "sum_messages", sum(COALESCE("bought", 0)) AS "sum_bought", sum(COALESCE("dated", 0)) AS "sum_dated", sum(CAST(COALESCE("net", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("net", 0) AS DECIMAL(38, 4))) AS "net_net", sum(CAST(COALESCE("net", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("orders", 0) AS DECIMAL(38, 4))) AS "net_orders", sum(CAST(COALESCE("net", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("active", 0) AS DECIMAL(38, 4))) AS "net_active", sum(CAST(COALESCE("net", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("silence", 0) AS DECIMAL(38, 4))) AS "net_silence", sum(CAST(COALESCE("net", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("tenure", 0) AS DECIMAL(38, 4))) AS "net_tenure", sum(CAST(COALESCE("net", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("messages", 0) AS DECIMAL(38, 4))) AS "net_messages", sum(CAST(COALESCE("net", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("bought", 0) AS DECIMAL(38, 4))) AS "net_bought", sum(CAST(COALESCE("net", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("dated", 0) AS DECIMAL(38, 4))) AS "net_dated", sum(CAST(COALESCE("orders", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("orders", 0) AS DECIMAL(38, 4))) AS "orders_orders", sum(CAST(COALESCE("orders", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("active", 0) AS DECIMAL(38, 4))) AS "orders_active", sum(CAST(COALESCE("orders", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("silence", 0) AS DECIMAL(38, 4))) AS "orders_silence", sum(CAST(COALESCE("orders", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("tenure", 0) AS DECIMAL(38, 4))) AS "orders_tenure", sum(CAST(COALESCE("orders", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("messages", 0) AS DECIMAL(38, 4))) AS "orders_messages", sum(CAST(COALESCE("orders", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("bought", 0) AS DECIMAL(38, 4))) AS "orders_bought", sum(CAST(COALESCE("orders", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("dated", 0) AS DECIMAL(38, 4))) AS "orders_dated", sum(CAST(COALESCE("active", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("active", 0) AS DECIMAL(38, 4))) AS "active_active", sum(CAST(COALESCE("active", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("silence", 0) AS DECIMAL(38, 4))) AS "active_silence", sum(CAST(COALESCE("active", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("tenure", 0) AS DECIMAL(38, 4))) AS "active_tenure", sum(CAST(COALESCE("active", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("messages", 0) AS DECIMAL(38, 4))) AS "active_messages", sum(CAST(COALESCE("active", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("bought", 0) AS DECIMAL(38, 4))) AS "active_bought", sum(CAST(COALESCE("active", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("dated", 0) AS DECIMAL(38, 4))) AS "active_dated", sum(CAST(COALESCE("silence", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("silence", 0) AS DECIMAL(38, 4))) AS "silence_silence", sum(CAST(COALESCE("silence", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("tenure", 0) AS DECIMAL(38, 4))) AS "silence_tenure", sum(CAST(COALESCE("silence", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("messages", 0) AS DECIMAL(38, 4))) AS "silence_messages", sum(CAST(COALESCE("silence", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("bought", 0) AS DECIMAL(38, 4))) AS "silence_bought", sum(CAST(COALESCE("silence", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("dated", 0) AS DECIMAL(38, 4))) AS "silence_dated", sum(CAST(COALESCE("tenure", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("tenure", 0) AS DECIMAL(38, 4))) AS "tenure_tenure", sum(CAST(COALESCE("tenure", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("messages", 0) AS DECIMAL(38, 4))) AS "tenure_messages", sum(CAST(COALESCE("tenure", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("bought", 0) AS DECIMAL(38, 4))) AS "tenure_bought", sum(CAST(COALESCE("tenure", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("dated", 0) AS DECIMAL(38, 4))) AS "tenure_dated", sum(CAST(COALESCE("messages", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("messages", 0) AS DECIMAL(38, 4))) AS "messages_messages", sum(CAST(COALESCE("messages", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("bought", 0) AS DECIMAL(38, 4))) AS "messages_bought", sum(CAST(COALESCE("messages", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("dated", 0) AS DECIMAL(38, 4))) AS "messages_dated", sum(CAST(COALESCE("bought", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("bought", 0) AS DECIMAL(38, 4))) AS "bought_bought", sum(CAST(COALESCE("bought", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("dated", 0) AS DECIMAL(38, 4))) AS "bought_dated", sum(CAST(COALESCE("dated", 0) AS DECIMAL(38, 4)) * CAST(COALESCE("dated", 0) AS DECIMAL(38, 4))) AS "dated_dated"
FROM described
GROUP BY campaign_key, arm, is_holdout, jackknife_group
ORDER BY campaign_key, is_holdout, arm, jackknife_group;

WITH periods AS (
 -- why: a member has one tier on one day, whatever the history says of its ends
 SELECT member_key, tier, date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS from_day, lead(date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)), 1, 1000000000) OVER (PARTITION BY member_key ORDER BY date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)), tier) AS next_day
 FROM tiers
 WHERE member_key IS NOT NULL AND valid_from IS NOT NULL
), described AS (
 SELECT u.campaign_key, u.arm, u.is_holdout, m.acquisition_source AS source, p.tier AS tier, m.segment, m.business_unit AS unit
 FROM "experiment_units" u
 JOIN members m ON m.member_key = u.member_key
 LEFT JOIN periods p ON p.member_key = u.member_key AND p.from_day <= u.assigned_day AND p.next_day > u.assigned_day
 WHERE u.is_unambiguous = 1
), counted AS (
 SELECT campaign_key, arm, is_holdout, source, tier, segment, unit, count(*) AS members,
 CASE WHEN grouping(source) = 0 THEN 'source' WHEN grouping(tier) = 0 THEN 'tier' WHEN grouping(segment) = 0 THEN 'segment' ELSE 'unit' END AS attribute
 FROM described
 GROUP BY GROUPING SETS ((campaign_key, arm, is_holdout, source), (campaign_key, arm, is_holdout, tier), (campaign_key, arm, is_holdout, segment), (campaign_key, arm, is_holdout, unit))
)
SELECT campaign_key, arm, is_holdout, attribute, CASE attribute WHEN 'source' THEN source WHEN 'tier' THEN tier WHEN 'segment' THEN segment ELSE unit END AS level, members
FROM counted
ORDER BY campaign_key, is_holdout, arm, attribute, level NULLS LAST;
