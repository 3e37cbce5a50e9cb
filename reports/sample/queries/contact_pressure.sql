-- Shared: contact pressure

CREATE TABLE "contact_pressure" AS
WITH sizes AS (
 -- why: a campaign's cost is shared out evenly over its messages where a message has no cost of its own
 SELECT campaign_key, count(*) AS messages FROM contacts WHERE NOT COALESCE(is_transactional, FALSE) GROUP BY campaign_key
), dated AS (
 -- why: what was sent shortly before the window presses too; a contact without a date stands on its campaign's first day
 SELECT c.member_key, c.campaign_key, NULLIF(lower(trim(c.channel)), '') AS channel, c.contacted_at IS NOT NULL AS has_own_date,
 date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS day, (CAST(date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))) * 3600 + EXTRACT(MINUTE FROM COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))) * 60 + CAST(floor(EXTRACT(SECOND FROM COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)))) AS BIGINT)) AS moment,
 COALESCE(CAST(c.cost AS DECIMAL(18, 6)), CAST(k.cost / NULLIF(CAST(s.messages AS DOUBLE), 0e0) AS DECIMAL(18, 6))) AS cost
 FROM contacts c
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 LEFT JOIN sizes s ON s.campaign_key = c.campaign_key
 WHERE NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) < 20089 AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) >= 19632
), counted AS (
 -- why: all counts of one partition stand together, so that an engine sorts once; the sorting is what costs
 SELECT member_key, campaign_key, channel, has_own_date, day, moment, cost,
 row_number() OVER (PARTITION BY member_key ORDER BY moment, campaign_key, channel NULLS LAST, has_own_date, cost NULLS LAST) AS ordinal,
 count(*) OVER (pressure RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS reached,
 count(*) OVER (pressure RANGE BETWEEN moment % 86400 PRECEDING AND CURRENT ROW) AS on_day,
 count(*) OVER (pressure RANGE BETWEEN 86400 PRECEDING AND CURRENT ROW) AS upto_1,
 count(*) OVER (pressure RANGE BETWEEN 604800 PRECEDING AND CURRENT ROW) AS upto_7,
 count(*) OVER (pressure RANGE BETWEEN 2419200 PRECEDING AND CURRENT ROW) AS upto_28,
 count(*) OVER (pressure RANGE BETWEEN 7776000 PRECEDING AND CURRENT ROW) AS upto_90,
 count(*) OVER (pressure RANGE BETWEEN 86399 PRECEDING AND CURRENT ROW) AS inside_1,
 count(*) OVER (pressure RANGE BETWEEN 604799 PRECEDING AND CURRENT ROW) AS inside_7,
 count(*) OVER (pressure RANGE BETWEEN 2419199 PRECEDING AND CURRENT ROW) AS inside_28,
 row_number() OVER (PARTITION BY member_key, channel ORDER BY moment, campaign_key, has_own_date, cost NULLS LAST) AS channel_ordinal,
 count(*) OVER (by_channel RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS channel_reached,
 count(*) OVER (by_channel RANGE BETWEEN moment % 86400 PRECEDING AND CURRENT ROW) AS channel_on_day,
 count(*) OVER (by_channel RANGE BETWEEN 2419200 PRECEDING AND CURRENT ROW) AS channel_upto_28,
 count(*) OVER (by_channel RANGE BETWEEN 86399 PRECEDING AND CURRENT ROW) AS channel_inside_1,
 count(*) OVER (by_channel RANGE BETWEEN 604799 PRECEDING AND CURRENT ROW) AS channel_inside_7,
 count(*) OVER (by_channel RANGE BETWEEN 2419199 PRECEDING AND CURRENT ROW) AS channel_inside_28
 FROM dated
 WINDOW pressure AS (PARTITION BY member_key ORDER BY moment), by_channel AS (PARTITION BY member_key, channel ORDER BY moment)
), ordered AS (
 -- why: frames by range hold all messages of one moment, so those that come later in the total order are taken off again
 SELECT *, reached - ordinal AS later, channel_reached - channel_ordinal AS channel_later
 FROM counted
), records AS (
 SELECT min(date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE))) AS first_day
 FROM contacts c
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 WHERE NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) < 20089 AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) >= 18923
)
SELECT o.member_key, m.jackknife_group, o.campaign_key, o.day, o.moment, o.channel, o.has_own_date, o.cost,
CAST(o.on_day - o.later AS INTEGER) AS place_in_day, CAST(o.channel_on_day - o.channel_later AS INTEGER) AS channel_place_in_day,
CAST(o.upto_1 - o.later - 1 AS INTEGER) AS prior_1, CAST(o.upto_7 - o.later - 1 AS INTEGER) AS prior_7, CAST(o.upto_28 - o.later - 1 AS INTEGER) AS prior_28, CAST(o.upto_90 - o.later - 1 AS INTEGER) AS prior_90,
CAST(o.inside_1 - o.later AS INTEGER) AS within_1, CAST(o.inside_7 - o.later AS INTEGER) AS within_7, CAST(o.inside_28 - o.later AS INTEGER) AS within_28,
CAST(o.channel_upto_28 - o.channel_later - 1 AS INTEGER) AS channel_prior_28, CAST(o.channel_inside_1 - o.channel_later AS INTEGER) AS channel_within_1,
CAST(o.channel_inside_7 - o.channel_later AS INTEGER) AS channel_within_7, CAST(o.channel_inside_28 - o.channel_later AS INTEGER) AS channel_within_28,
o.day - r.first_day AS history_days, o.day - r.first_day >= 28 AS is_followed
FROM ordered o
JOIN members m ON m.member_key = o.member_key
CROSS JOIN records r
WHERE o.day >= 19723;
