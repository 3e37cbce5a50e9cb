-- Shared: member drivers 19847 19968 20089
-- Draws on: member_facts.sql, purchase_days.sql, experiment_units.sql

CREATE TABLE "member_drivers_19847_19968_20089" AS
WITH
lines AS (
 -- why: what a line is, is asked of it several times below
 SELECT member_key, CASE WHEN date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 19968 THEN 0 ELSE 1 END AS is_after, CASE WHEN COALESCE(is_return, FALSE) OR net_amount < 0 THEN 1 ELSE 0 END AS is_refund,
 COALESCE(margin_amount, 0) AS value, NULLIF(lower(trim(category)), '') AS category, NULLIF(lower(trim(channel)), '') AS channel, NULLIF(lower(trim(business_unit)), '') AS unit, CASE WHEN COALESCE(points_redeemed, 0) <> 0 THEN 1 ELSE 0 END AS is_redeemed,
 CASE WHEN COALESCE(discount_amount, 0) <> 0 OR NULLIF(lower(trim(promo_code)), '') IS NOT NULL THEN 1 ELSE 0 END AS is_discounted
 FROM transactions
 WHERE member_key IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19847 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
), sales AS (
 -- why: value counts what came back, habits only what was bought
 SELECT member_key, sum(CASE WHEN is_after = 0 THEN value ELSE 0 END) AS spent, sum(CASE WHEN is_after = 1 THEN value ELSE 0 END) AS value_after,
 count(CASE WHEN is_after = 0 AND is_refund = 0 THEN 1 END) AS orders, count(CASE WHEN is_after = 0 AND is_refund = 0 AND is_discounted = 0 THEN 1 END) AS full_price,
 count(CASE WHEN is_after = 0 AND is_refund = 1 THEN 1 END) AS refunds, count(CASE WHEN is_after = 0 AND is_redeemed = 1 THEN 1 END) AS redeemed
 FROM lines
 GROUP BY member_key
), kinds AS (
 -- why: each kind once a member, in one pass: counting distinct ones for every member takes far longer
 SELECT member_key, category, channel, unit
 FROM lines
 WHERE is_after = 0 AND is_refund = 0
 GROUP BY GROUPING SETS ((member_key, category), (member_key, channel), (member_key, unit))
), breadths AS (
 -- why: a kind that is not of its own set is NULL and counts for nothing
 SELECT member_key, count(category) AS categories, count(channel) AS channels, count(unit) AS units
 FROM kinds
 GROUP BY member_key
), bought AS (
 -- why: the first day on record tells who was there when nobody knows when they joined
 SELECT member_key, min(day) AS first_day, max(day) AS last_day, count(CASE WHEN day >= 19847 THEN 1 END) AS buying_days
 FROM "purchase_days"
 WHERE day < 19968
 GROUP BY member_key
),
messages AS (
 -- why: a contact without a day of its own stands on the first of its campaign
 SELECT c.member_key, date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS day
 FROM contacts c
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 WHERE NOT COALESCE(c.is_transactional, FALSE)
), sent AS (
 -- why: the first message on record, like the first purchase, tells who was there when nobody knows when they joined
 SELECT member_key, min(day) AS first_day, count(CASE WHEN day >= 19847 AND day < 19968 THEN 1 END) AS sent_before, count(CASE WHEN day >= 19968 THEN 1 END) AS sent_after
 FROM messages
 WHERE day < 20089
 GROUP BY member_key
), answered AS (
 -- why: several reactions to one campaign are one, and what came after the cut day was not known on it
 SELECT r.member_key, count(DISTINCT r.campaign_key) AS campaigns
 FROM responses r
 LEFT JOIN campaigns k ON k.campaign_key = r.campaign_key
 WHERE lower(trim(COALESCE(r.type, 'response'))) IN (SELECT kind FROM "counted_response_kinds") AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(r.responded_at, CAST(COALESCE(k.ends_at, k.starts_at) AS TIMESTAMP)) AS DATE)) >= 19847 AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(r.responded_at, CAST(COALESCE(k.ends_at, k.starts_at) AS TIMESTAMP)) AS DATE)) < 19968
 GROUP BY r.member_key
), redeemed AS (
 -- why: a ledger of points is preferred, the orders stand in for it
 SELECT member_key, count(*) AS times
 FROM points
 WHERE type = 'redeem' AND points <> 0 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19847 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 19968
 GROUP BY member_key
), served AS (
 -- why: how long a case took is known on the cut day only when it was settled by then
 SELECT member_key, count(CASE WHEN lower(trim(type)) <> 'return' THEN 1 END) AS cases, count(CASE WHEN lower(trim(type)) = 'return' THEN 1 END) AS returns,
 count(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(resolved_at AS DATE)) < 19968 THEN 1 END) AS settled,
 sum(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(resolved_at AS DATE)) < 19968 THEN greatest(date_diff('day', DATE '1970-01-01', CAST(resolved_at AS DATE)) - date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)), 0) ELSE 0 END) AS settled_days
 FROM service_events
 WHERE date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19847 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 19968
 GROUP BY member_key
), held_out AS (
 -- why: who was drawn into a holdout had been selected, and was left out by lot
 SELECT member_key, count(*) AS times
 FROM "experiment_units"
 WHERE is_holdout = 1 AND is_unambiguous = 1 AND assigned_day >= 19968 AND assigned_day < 20089
 GROUP BY member_key
), usual AS (
 -- why: nobody's response rate rests on one message, so each is drawn to that of all
 SELECT (SELECT CAST(COALESCE(sum(campaigns), 0) AS DOUBLE) FROM answered) / NULLIF((SELECT sum(sent_before) FROM sent), 0) AS response
), there AS (
 -- why: only what was known on the cut day decides who is looked at
 SELECT m.member_key, m.jackknife_group, 19968 - m.enrolled_day AS days_enrolled, COALESCE(19968 - b.last_day, 19968 - 19847) AS silence, COALESCE(b.buying_days, 0) AS buying_days,
 COALESCE(s.spent, 0) AS spent, COALESCE(s.value_after, 0) AS value_after, s.orders, s.full_price, COALESCE(s.refunds, 0) AS refunds, COALESCE(s.redeemed, 0) AS redeemed,
 COALESCE(w.categories, 0) AS categories, COALESCE(w.channels, 0) AS channels, COALESCE(w.units, 0) AS units, COALESCE(c.sent_before, 0) AS contacts,
 COALESCE(c.sent_after, 0) AS contacts_after
 FROM "member_facts" m
 LEFT JOIN bought b ON b.member_key = m.member_key
 LEFT JOIN sales s ON s.member_key = m.member_key
 LEFT JOIN breadths w ON w.member_key = m.member_key
 LEFT JOIN sent c ON c.member_key = m.member_key
 WHERE (m.enrolled_day < 19968 OR (m.enrolled_day IS NULL AND (b.first_day < 19968 OR c.first_day < 19968)))
 AND (m.closed_day IS NULL OR m.closed_day > 19968) AND (m.has_permission OR m.permission_ended_day > 19968)
), known AS (
 -- why: in whole numbers, so that sums do not depend on their order
 SELECT t.member_key, t.jackknife_group, t.value_after, t.contacts_after, t.contacts_after + COALESCE(h.times, 0) AS selections,
 CAST(floor(100e0 * ln(1e0 + CAST(t.buying_days AS DOUBLE)) + 0.5e0) AS INTEGER) AS buying_days, CAST(floor(100e0 * ln(1e0 + CAST(greatest(t.spent, 0) AS DOUBLE)) + 0.5e0) AS INTEGER) AS spend, CAST(floor(100e0 * ln(1e0 + CAST(least(t.silence, 19968 - 19847) AS DOUBLE)) + 0.5e0) AS INTEGER) AS silence,
 CAST(floor(100e0 * ln(1e0 + CAST(greatest(t.days_enrolled, 0) AS DOUBLE)) + 0.5e0) AS INTEGER) AS tenure, CAST(floor(100e0 * ln(1e0 + CAST(t.categories AS DOUBLE)) + 0.5e0) AS INTEGER) AS categories, CAST(floor(100e0 * ln(1e0 + CAST(t.channels AS DOUBLE)) + 0.5e0) AS INTEGER) AS channels, CAST(floor(100e0 * ln(1e0 + CAST(t.units AS DOUBLE)) + 0.5e0) AS INTEGER) AS units,
 CAST(floor(100e0 * (t.full_price) / NULLIF(t.orders, 0) + 0.5e0) AS INTEGER) AS full_price, CAST(floor(100e0 * ln(1e0 + CAST(greatest(t.redeemed, COALESCE(r.times, 0)) AS DOUBLE)) + 0.5e0) AS INTEGER) AS redemptions,
 CAST(floor(100e0 * ln(1e0 + CAST(greatest(t.refunds, COALESCE(v.returns, 0)) AS DOUBLE)) + 0.5e0) AS INTEGER) AS returns, CAST(floor(100e0 * ln(1e0 + CAST(COALESCE(v.cases, 0) AS DOUBLE)) + 0.5e0) AS INTEGER) AS cases,
 CAST(floor(100e0 * ln(1e0 + CAST(CAST(v.settled_days AS DOUBLE) / NULLIF(v.settled, 0) AS DOUBLE)) + 0.5e0) AS INTEGER) AS resolution, CAST(floor(100e0 * ln(1e0 + CAST(t.contacts AS DOUBLE)) + 0.5e0) AS INTEGER) AS contacts,
 CAST(floor(1000e0 * (least(COALESCE(a.campaigns, 0), t.contacts) + COALESCE(u.response, 0)) / (t.contacts + 1) + 0.5e0) AS INTEGER) AS response
 FROM there t
 CROSS JOIN usual u
 LEFT JOIN answered a ON a.member_key = t.member_key
 LEFT JOIN redeemed r ON r.member_key = t.member_key
 LEFT JOIN served v ON v.member_key = t.member_key
 LEFT JOIN held_out h ON h.member_key = t.member_key
)
SELECT member_key, jackknife_group, CAST(value_after AS DECIMAL(18, 4)) AS value_after, contacts_after, selections, CASE WHEN value_after > 0 THEN 1 ELSE 0 END AS is_active,
CASE WHEN value_after > 0 THEN CAST(floor(100e0 * ln(CAST(value_after AS DOUBLE)) + 0.5e0) AS INTEGER) ELSE 0 END AS log_value,
CAST(floor(5000e0 * (2 * rank() OVER (ORDER BY value_after) + count(*) OVER (PARTITION BY value_after) - 2) / count(*) OVER () + 0.5e0) AS INTEGER) AS value_place, CAST(floor(5000e0 * (2 * rank() OVER (ORDER BY selections) + count(*) OVER (PARTITION BY selections) - 2) / count(*) OVER () + 0.5e0) AS INTEGER) AS selection_place, buying_days, CAST(floor((buying_days - 160) * (buying_days - 160) / 100e0 + 0.5e0) AS INTEGER) AS buying_bend, spend, silence, COALESCE(tenure, CAST(floor(COALESCE(avg(CAST(tenure AS BIGINT)) OVER (), 0) + 0.5e0) AS INTEGER)) AS tenure, categories,
channels, units, COALESCE(full_price, CAST(floor(COALESCE(avg(CAST(full_price AS BIGINT)) OVER (), 0) + 0.5e0) AS INTEGER)) AS full_price, redemptions, returns, cases, COALESCE(resolution, CAST(floor(COALESCE(avg(CAST(resolution AS BIGINT)) OVER (), 0) + 0.5e0) AS INTEGER)) AS resolution, contacts, response
FROM known;
