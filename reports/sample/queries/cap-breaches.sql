-- How often are members contacted beyond a cap?
-- Draws on: contact_pressure.sql, experiment_units.sql, experiments.sql, campaign_facts.sql, campaign_objectives.sql, contact_facts.sql

WITH own AS (
 SELECT jackknife_group, channel, moment, cost, is_followed, place_in_day, channel_place_in_day, within_1, within_28, channel_within_1, channel_within_28,
 CASE WHEN regexp_full_match(COALESCE(channel, ''), '(sms|mms|text|txt)([^a-z].*)?|.*[^a-z](sms|mms)([^a-z].*)?') THEN 1 ELSE 0 END AS is_text
 FROM "contact_pressure"
 WHERE has_own_date
), placed AS (
 SELECT jackknife_group, CAST(NULL AS VARCHAR) AS channel, 1 AS is_all, is_text, moment, cost, is_followed, place_in_day AS in_day, within_1 AS in_24h, within_28 AS in_28,
 channel_within_1 AS texts_24h, channel_place_in_day AS texts_day
 FROM own
 UNION ALL
 SELECT jackknife_group, channel, 0, is_text, moment, cost, is_followed, channel_place_in_day, channel_within_1, channel_within_28, channel_within_1, channel_place_in_day
 FROM own
)
SELECT jackknife_group, channel, is_all, max(is_text) AS is_text, count(*) AS contacts,
count(CASE WHEN is_followed THEN 1 END) AS followed,
count(CASE WHEN is_followed AND in_28 > 12 THEN 1 END) AS over_watch,
count(CASE WHEN is_followed AND in_28 > 20 THEN 1 END) AS over_high,
count(CASE WHEN in_day >= 3 THEN 1 END) AS crowded_day,
count(CASE WHEN in_24h >= 3 THEN 1 END) AS crowded_24h,
count(CASE WHEN is_text = 1 AND texts_24h > 1 THEN 1 END) AS over_text,
count(CASE WHEN is_text = 1 AND texts_day > 1 THEN 1 END) AS over_text_day,
count(CASE WHEN moment % 86400 <> 0 THEN 1 END) AS clocked,
sum(CASE WHEN is_followed AND in_28 > 20 THEN cost END) AS cost_over,
count(CASE WHEN is_followed AND in_28 > 20 THEN cost END) AS costed_over
FROM placed
GROUP BY jackknife_group, channel, is_all
ORDER BY is_all DESC, channel NULLS LAST, jackknife_group;

WITH by_member AS (
 SELECT member_key, max(CASE WHEN is_followed THEN within_28 END) AS most_28, max(place_in_day) AS most_day,
 max(CASE WHEN regexp_full_match(COALESCE(channel, ''), '(sms|mms|text|txt)([^a-z].*)?|.*[^a-z](sms|mms)([^a-z].*)?') THEN channel_within_1 END) AS most_texts
 FROM "contact_pressure"
 WHERE has_own_date
 GROUP BY member_key
)
SELECT count(*) AS members, count(CASE WHEN most_28 > 12 THEN 1 END) AS over_watch, count(CASE WHEN most_28 > 20 THEN 1 END) AS over_high,
count(CASE WHEN most_day >= 3 THEN 1 END) AS crowded_day, count(CASE WHEN most_texts > 1 THEN 1 END) AS over_text
FROM by_member
ORDER BY members;

WITH own AS (
 -- why: a contact without a date of its own may have been sent on any day of its campaign
 SELECT channel, jackknife_group, history_days, prior_1, prior_7, prior_28, prior_90, channel_prior_28
 FROM "contact_pressure"
 WHERE has_own_date
), counted AS (
 SELECT 1 AS days, CAST(NULL AS VARCHAR) AS channel, jackknife_group, prior_1 AS prior FROM own WHERE history_days >= 1
 UNION ALL
 SELECT 7, NULL, jackknife_group, prior_7 FROM own WHERE history_days >= 7
 UNION ALL
 SELECT 28, NULL, jackknife_group, prior_28 FROM own WHERE history_days >= 28
 UNION ALL
 SELECT 90, NULL, jackknife_group, prior_90 FROM own WHERE history_days >= 90
 UNION ALL
 SELECT 28, channel, jackknife_group, channel_prior_28 FROM own WHERE history_days >= 28 AND channel IS NOT NULL
)
SELECT days, channel, jackknife_group, prior, count(*) AS contacts
FROM counted
GROUP BY days, channel, jackknife_group, prior
ORDER BY days, channel NULLS FIRST, jackknife_group, prior;

SELECT prior_28 AS prior, count(*) AS contacts, count(DISTINCT member_key) AS members
FROM "contact_pressure"
WHERE has_own_date AND is_followed
GROUP BY prior_28
ORDER BY prior_28;

SELECT sum(net_amount) AS net, sum(margin_amount) AS margin
FROM transactions
WHERE member_key IS NOT NULL AND margin_amount IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089;

SELECT u.campaign_key, sum(r.amount) AS amount
FROM "experiment_units" u
JOIN responses r ON r.campaign_key = u.campaign_key AND r.member_key = u.member_key
WHERE u.is_holdout = 0 AND u.is_unambiguous = 1 AND r.amount IS NOT NULL AND lower(trim(COALESCE(r.type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
GROUP BY u.campaign_key
ORDER BY u.campaign_key;

-- Asked 2 times, with other numbers each.
DROP TABLE IF EXISTS "cap_contacts";

CREATE TABLE "cap_contacts" AS
WITH sizes AS (
 -- why: where messages have no cost of their own, each carries its share of the campaign's
 SELECT campaign_key, count(*) AS contacts
 FROM contacts
 WHERE NOT COALESCE(is_transactional, FALSE)
 GROUP BY campaign_key
), dated AS (
 SELECT c.member_key, m.jackknife_group, COALESCE(c.campaign_key, -1) AS campaign_key, CAST(date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) AS INTEGER) AS day,
 COALESCE(c.cost, CAST(CAST(k.cost AS DOUBLE) / NULLIF(s.contacts, 0) AS DECIMAL(18, 4))) AS cost,
 CASE WHEN o.objective = 'service' THEN 0 ELSE 1 END AS urgency, CAST(f.responders AS DOUBLE) / NULLIF(f.members, 0) AS answered
 FROM contacts c
 JOIN members m ON m.member_key = c.member_key
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 LEFT JOIN sizes s ON s.campaign_key = c.campaign_key
 LEFT JOIN "campaign_objectives" o ON o.campaign_key = c.campaign_key
 LEFT JOIN "campaign_facts" f ON f.campaign_key = c.campaign_key
 WHERE NOT COALESCE(c.is_transactional, FALSE) AND c.contacted_at IS NOT NULL AND m.jackknife_group < 50 AND TRUE
 AND date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) >= 19695 AND date_diff('day', DATE '1970-01-01', CAST(c.contacted_at AS DATE)) < 20089
)
SELECT member_key, jackknife_group, campaign_key, day, cost,
row_number() OVER (PARTITION BY member_key ORDER BY day, urgency, answered DESC NULLS LAST, campaign_key, cost NULLS LAST) AS ordinal
FROM dated
ORDER BY ordinal, member_key;

-- Asked 2 times, with other numbers each.
DROP TABLE IF EXISTS "cap_pairs";

CREATE TABLE "cap_pairs" AS
WITH pairs AS (
 -- why: a message of the campaign in another channel, or one without a date, still reaches the member
 SELECT member_key, jackknife_group, COALESCE(campaign_key, -1) AS campaign_key, count(*) AS contacts
 FROM "contact_facts"
 WHERE jackknife_group < 50
 GROUP BY member_key, jackknife_group, COALESCE(campaign_key, -1)
), replayed AS (
 SELECT member_key, campaign_key, count(*) AS sent
 FROM "cap_contacts"
 WHERE day >= 19723
 GROUP BY member_key, campaign_key
), answers AS (
 SELECT member_key, campaign_key, sum(amount) AS amount
 FROM responses
 WHERE campaign_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
 GROUP BY member_key, campaign_key
), withdrawals AS (
 SELECT DISTINCT member_key, campaign_key
 FROM opt_outs
 WHERE campaign_key IS NOT NULL
)
SELECT p.member_key, p.jackknife_group, p.campaign_key, p.contacts, COALESCE(r.sent, 0) AS sent,
CASE WHEN a.member_key IS NULL THEN 0 ELSE 1 END AS has_answered, a.amount, CASE WHEN w.member_key IS NULL THEN 0 ELSE 1 END AS has_left
FROM pairs p
LEFT JOIN replayed r ON r.member_key = p.member_key AND r.campaign_key = p.campaign_key
LEFT JOIN answers a ON a.member_key = p.member_key AND a.campaign_key = p.campaign_key
LEFT JOIN withdrawals w ON w.member_key = p.member_key AND w.campaign_key = p.campaign_key;

-- Asked 26 times, with other numbers each.
DROP TABLE IF EXISTS "cap_queue_0";

CREATE TABLE "cap_queue_0" AS SELECT cap, member_key, messages, 1 AS is_kept, CAST(NULL AS INTEGER) AS "kept_1", CAST(NULL AS INTEGER) AS "kept_2", CAST(NULL AS INTEGER) AS "kept_3", CAST(NULL AS INTEGER) AS "kept_4", CAST(NULL AS INTEGER) AS "kept_5", CAST(NULL AS INTEGER) AS "kept_6", CAST(NULL AS INTEGER) AS "kept_7", CAST(NULL AS INTEGER) AS "kept_8", CAST(NULL AS INTEGER) AS "kept_9", CAST(NULL AS INTEGER) AS "kept_10", CAST(NULL AS INTEGER) AS "kept_11", CAST(NULL AS INTEGER) AS "kept_12", CAST(NULL AS INTEGER) AS "kept_13", CAST(NULL AS INTEGER) AS "kept_14", CAST(NULL AS INTEGER) AS "kept_15", CAST(NULL AS INTEGER) AS "kept_16", CAST(NULL AS INTEGER) AS "kept_17", CAST(NULL AS INTEGER) AS "kept_18", CAST(NULL AS INTEGER) AS "kept_19", CAST(NULL AS INTEGER) AS "kept_20" FROM (
 SELECT 0 AS cap, member_key, max(ordinal) AS messages
 FROM (SELECT member_key, ordinal, count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS "n0" FROM "cap_contacts") AS counted
 GROUP BY member_key
 HAVING (max("n0") > 1) AND max(ordinal) <= 1000 UNION ALL
 SELECT 1 AS cap, member_key, max(ordinal) AS messages
 FROM (SELECT member_key, ordinal, count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS "n0" FROM "cap_contacts") AS counted
 GROUP BY member_key
 HAVING (max("n0") > 2) AND max(ordinal) <= 1000 UNION ALL
 SELECT 2 AS cap, member_key, max(ordinal) AS messages
 FROM (SELECT member_key, ordinal, count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS "n0" FROM "cap_contacts") AS counted
 GROUP BY member_key
 HAVING (max("n0") > 3) AND max(ordinal) <= 1000 UNION ALL
 SELECT 3 AS cap, member_key, max(ordinal) AS messages
 FROM (SELECT member_key, ordinal, count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS "n0" FROM "cap_contacts") AS counted
 GROUP BY member_key
 HAVING (max("n0") > 4) AND max(ordinal) <= 1000 UNION ALL
 SELECT 4 AS cap, member_key, max(ordinal) AS messages
 FROM (SELECT member_key, ordinal, count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS "n0" FROM "cap_contacts") AS counted
 GROUP BY member_key
 HAVING (max("n0") > 6) AND max(ordinal) <= 1000 UNION ALL
 SELECT 5 AS cap, member_key, max(ordinal) AS messages
 FROM (SELECT member_key, ordinal, count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS "n0" FROM "cap_contacts") AS counted
 GROUP BY member_key
 HAVING (max("n0") > 8) AND max(ordinal) <= 1000 UNION ALL
 SELECT 6 AS cap, member_key, max(ordinal) AS messages
 FROM (SELECT member_key, ordinal, count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS "n0" FROM "cap_contacts") AS counted
 GROUP BY member_key
 HAVING (max("n0") > 12) AND max(ordinal) <= 1000 UNION ALL
 SELECT 7 AS cap, member_key, max(ordinal) AS messages
 FROM (SELECT member_key, ordinal, count(*) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS "n0" FROM "cap_contacts") AS counted
 GROUP BY member_key
 HAVING (max("n0") > 20) AND max(ordinal) <= 1000) AS capped;

-- Asked 2 times, with other numbers each.
DROP TABLE IF EXISTS "cap_dropped";

CREATE TABLE "cap_dropped" AS SELECT cap, member_key, 0 AS ordinal FROM "cap_queue_0" WHERE is_kept = 0;

SELECT max(messages) AS most FROM "cap_queue_0";

-- Asked 23 times, with other numbers each.
CREATE TABLE "cap_queue_1" AS
WITH decided AS (
 SELECT q.cap, q.member_key, q.messages, x.day, CASE WHEN CASE q.cap WHEN 0 THEN (q."kept_20" IS NULL OR x.day - q."kept_20" >= 28) WHEN 1 THEN (q."kept_19" IS NULL OR x.day - q."kept_19" >= 28) WHEN 2 THEN (q."kept_18" IS NULL OR x.day - q."kept_18" >= 28) WHEN 3 THEN (q."kept_17" IS NULL OR x.day - q."kept_17" >= 28) WHEN 4 THEN (q."kept_15" IS NULL OR x.day - q."kept_15" >= 28) WHEN 5 THEN (q."kept_13" IS NULL OR x.day - q."kept_13" >= 28) WHEN 6 THEN (q."kept_9" IS NULL OR x.day - q."kept_9" >= 28) WHEN 7 THEN (q."kept_1" IS NULL OR x.day - q."kept_1" >= 28) END THEN 1 ELSE 0 END AS is_kept, q."kept_1", q."kept_2", q."kept_3", q."kept_4", q."kept_5", q."kept_6", q."kept_7", q."kept_8", q."kept_9", q."kept_10", q."kept_11", q."kept_12", q."kept_13", q."kept_14", q."kept_15", q."kept_16", q."kept_17", q."kept_18", q."kept_19", q."kept_20"
 FROM "cap_queue_0" q
 JOIN "cap_contacts" x ON x.member_key = q.member_key AND x.ordinal = 1
 WHERE q.messages >= 1
)
SELECT cap, member_key, messages, is_kept, CASE WHEN is_kept = 1 THEN "kept_2" ELSE "kept_1" END AS "kept_1", CASE WHEN is_kept = 1 THEN "kept_3" ELSE "kept_2" END AS "kept_2", CASE WHEN is_kept = 1 THEN "kept_4" ELSE "kept_3" END AS "kept_3", CASE WHEN is_kept = 1 THEN "kept_5" ELSE "kept_4" END AS "kept_4", CASE WHEN is_kept = 1 THEN "kept_6" ELSE "kept_5" END AS "kept_5", CASE WHEN is_kept = 1 THEN "kept_7" ELSE "kept_6" END AS "kept_6", CASE WHEN is_kept = 1 THEN "kept_8" ELSE "kept_7" END AS "kept_7", CASE WHEN is_kept = 1 THEN "kept_9" ELSE "kept_8" END AS "kept_8", CASE WHEN is_kept = 1 THEN "kept_10" ELSE "kept_9" END AS "kept_9", CASE WHEN is_kept = 1 THEN "kept_11" ELSE "kept_10" END AS "kept_10", CASE WHEN is_kept = 1 THEN "kept_12" ELSE "kept_11" END AS "kept_11", CASE WHEN is_kept = 1 THEN "kept_13" ELSE "kept_12" END AS "kept_12", CASE WHEN is_kept = 1 THEN "kept_14" ELSE "kept_13" END AS "kept_13", CASE WHEN is_kept = 1 THEN "kept_15" ELSE "kept_14" END AS "kept_14", CASE WHEN is_kept = 1 THEN "kept_16" ELSE "kept_15" END AS "kept_15", CASE WHEN is_kept = 1 THEN "kept_17" ELSE "kept_16" END AS "kept_16", CASE WHEN is_kept = 1 THEN "kept_18" ELSE "kept_17" END AS "kept_17", CASE WHEN is_kept = 1 THEN "kept_19" ELSE "kept_18" END AS "kept_18", CASE WHEN is_kept = 1 THEN "kept_20" ELSE "kept_19" END AS "kept_19", CASE WHEN is_kept = 1 THEN day ELSE "kept_20" END AS "kept_20"
FROM decided;

-- Asked 23 times, with other numbers each.
INSERT INTO "cap_dropped" SELECT cap, member_key, 1 AS ordinal FROM "cap_queue_1" WHERE is_kept = 0;

WITH lost AS (
 SELECT d.cap, x.member_key, x.campaign_key, count(*) AS dropped, sum(x.cost) AS saved_cost
 FROM "cap_dropped" d
 JOIN "cap_contacts" x ON x.member_key = d.member_key AND x.ordinal = d.ordinal
 WHERE x.day >= 19723
 GROUP BY d.cap, x.member_key, x.campaign_key
), losses AS (
 SELECT l.cap, p.jackknife_group, sum(l.dropped) AS dropped, count(DISTINCT l.member_key) AS affected, sum(l.saved_cost) AS saved_cost,
 sum(CASE WHEN l.dropped = p.contacts THEN p.has_answered ELSE 0 END) AS lost_responses, sum(CASE WHEN l.dropped = p.contacts THEN p.amount END) AS lost_amount,
 sum(CASE WHEN l.dropped = p.contacts THEN p.has_left ELSE 0 END) AS avoided_opt_outs
 FROM lost l
 JOIN "cap_pairs" p ON p.member_key = l.member_key AND p.campaign_key = l.campaign_key
 GROUP BY l.cap, p.jackknife_group
), everything AS (
 SELECT jackknife_group, sum(sent) AS contacts, count(DISTINCT member_key) AS members, sum(has_answered) AS responses, sum(has_left) AS opt_outs
 FROM "cap_pairs"
 GROUP BY jackknife_group
)
SELECT n.n - 1 AS cap, e.jackknife_group, e.contacts, COALESCE(s.dropped, 0) AS dropped, e.members, COALESCE(s.affected, 0) AS affected, s.saved_cost, e.responses,
COALESCE(s.lost_responses, 0) AS lost_responses, s.lost_amount, e.opt_outs, COALESCE(s.avoided_opt_outs, 0) AS avoided_opt_outs
FROM everything e
CROSS JOIN (SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 8) AS counting(n)) n
LEFT JOIN losses s ON s.jackknife_group = e.jackknife_group AND s.cap = n.n - 1
ORDER BY cap, e.jackknife_group;

SELECT count(*) AS members FROM "cap_contacts" WHERE ordinal = 1001 ORDER BY members;
