-- Do different members get different offers?
-- Draws on: member_periods.sql

WITH
kinds AS (
 -- why: an offer that is listed twice must not double its contacts
 SELECT offer_id, min(type) AS type, min(lower(trim(category))) AS category
 FROM offers
 WHERE offer_id IS NOT NULL
 GROUP BY offer_id
), sent AS (
 SELECT c.member_key, m.jackknife_group, date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS day, c.offer_id AS offer, o.category
 FROM contacts c
 JOIN members m ON m.member_key = c.member_key
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 LEFT JOIN kinds o ON o.offer_id = c.offer_id
 WHERE m.jackknife_group < 50 AND NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) >= 19725 AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) < 20089
), counted AS (
 SELECT offer, count(*) AS contacts
 FROM sent
 GROUP BY offer
), summed AS (
 SELECT offer, contacts, CAST(sum(CASE WHEN offer IS NULL THEN 0 ELSE contacts END) OVER () AS BIGINT) AS known, CAST(sum(contacts) OVER () AS BIGINT) AS all_contacts
 FROM counted
)
SELECT offer, contacts, known, all_contacts
FROM summed
WHERE offer IS NOT NULL
ORDER BY contacts DESC, offer
LIMIT 25;

WITH
kinds AS (
 -- why: an offer that is listed twice must not double its contacts
 SELECT offer_id, min(type) AS type, min(lower(trim(category))) AS category
 FROM offers
 WHERE offer_id IS NOT NULL
 GROUP BY offer_id
), sent AS (
 SELECT c.member_key, m.jackknife_group, date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS day, c.offer_id AS offer, o.category
 FROM contacts c
 JOIN members m ON m.member_key = c.member_key
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 LEFT JOIN kinds o ON o.offer_id = c.offer_id
 WHERE m.jackknife_group < 50 AND NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) >= 19725 AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) < 20089
), counted AS (
 SELECT member_key, jackknife_group, CAST(floor((CAST(floor((day - 19725) / 28e0) AS BIGINT) + 1 - 1) / 3e0) AS BIGINT) AS quarter, count(DISTINCT offer) AS offers
 FROM sent
 WHERE offer IS NOT NULL
 GROUP BY member_key, jackknife_group, CAST(floor((CAST(floor((day - 19725) / 28e0) AS BIGINT) + 1 - 1) / 3e0) AS BIGINT)
)
SELECT jackknife_group, count(DISTINCT member_key) AS members, count(*) AS member_quarters, CAST(sum(offers) AS BIGINT) AS offers
FROM counted
GROUP BY jackknife_group
ORDER BY jackknife_group;

WITH
kinds AS (
 -- why: an offer that is listed twice must not double its contacts
 SELECT offer_id, min(type) AS type, min(lower(trim(category))) AS category
 FROM offers
 WHERE offer_id IS NOT NULL
 GROUP BY offer_id
), sent AS (
 SELECT c.member_key, m.jackknife_group, date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS day, c.offer_id AS offer, o.category
 FROM contacts c
 JOIN members m ON m.member_key = c.member_key
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 LEFT JOIN kinds o ON o.offer_id = c.offer_id
 WHERE m.jackknife_group < 50 AND NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) >= 19725 AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) < 20089
),
kept AS (
 SELECT place, offer
 FROM (VALUES (1, 'S20'), (2, 'F5'), (3, 'S15'), (4, 'S25'), (5, 'S30'), (6, 'S10'), (7, 'B200'), (8, 'G7')) AS v(place, offer)
), placed AS (
 SELECT CAST(floor((CAST(floor((s.day - 19725) / 28e0) AS BIGINT) + 1 - 1) / 3e0) AS BIGINT) AS quarter, CAST(floor((s.day - 19725) / 7e0) AS BIGINT) AS week,
 COALESCE(k.offer, 'all other offers') AS offer
 FROM sent s
 LEFT JOIN kept k ON k.offer = s.offer
 WHERE s.offer IS NOT NULL
)
SELECT quarter, week, offer, count(*) AS contacts
FROM placed
GROUP BY quarter, week, offer
ORDER BY week, offer;

-- Asked 2 times, with other numbers each.
DROP TABLE IF EXISTS "offer_purchases";

CREATE TABLE "offer_purchases" AS
WITH summed AS (
 SELECT member_key, lower(trim(category)) AS category, sum(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 19725 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19360 THEN net_amount END) AS "net_0", sum(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 19809 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19444 THEN net_amount END) AS "net_1", sum(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 19893 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19528 THEN net_amount END) AS "net_2", sum(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 19977 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19612 THEN net_amount END) AS "net_3", sum(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20061 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19696 THEN net_amount END) AS "net_4"
 FROM transactions
 WHERE member_key IS NOT NULL AND category IS NOT NULL AND NOT COALESCE(is_return, FALSE)
 GROUP BY member_key, lower(trim(category))
), spread AS (
 SELECT b.member_key, b.category, q.n - 1 AS quarter, CASE q.n - 1 WHEN 0 THEN "net_0" WHEN 1 THEN "net_1" WHEN 2 THEN "net_2" WHEN 3 THEN "net_3" WHEN 4 THEN "net_4" END AS net
 FROM summed b
 CROSS JOIN (SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 5) AS counting(n)) q
)
SELECT member_key, category, CAST(quarter AS INTEGER) AS quarter, net
FROM spread
WHERE net IS NOT NULL;

-- Asked 2 times, with other numbers each.
DROP TABLE IF EXISTS "offer_sends";

CREATE TABLE "offer_sends" AS
WITH
kinds AS (
 -- why: an offer that is listed twice must not double its contacts
 SELECT offer_id, min(type) AS type, min(lower(trim(category))) AS category
 FROM offers
 WHERE offer_id IS NOT NULL
 GROUP BY offer_id
), sent AS (
 SELECT c.member_key, m.jackknife_group, date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS day, c.offer_id AS offer, o.category
 FROM contacts c
 JOIN members m ON m.member_key = c.member_key
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 LEFT JOIN kinds o ON o.offer_id = c.offer_id
 WHERE m.jackknife_group < 50 AND NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) >= 19725 AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) < 20089
),
kept AS (
 SELECT place, offer
 FROM (VALUES (1, 'S20'), (2, 'F5'), (3, 'S15'), (4, 'S25'), (5, 'S30'), (6, 'S10'), (7, 'B200'), (8, 'G7')) AS v(place, offer)
)
SELECT s.member_key, s.jackknife_group, CAST(CAST(floor((s.day - 19725) / 28e0) AS BIGINT) + 1 AS INTEGER) AS period, CAST(CAST(floor((CAST(floor((s.day - 19725) / 28e0) AS BIGINT) + 1 - 1) / 3e0) AS BIGINT) AS INTEGER) AS quarter, CAST(COALESCE(k.place, 0) AS INTEGER) AS offer
FROM sent s
LEFT JOIN kept k ON k.offer = s.offer
WHERE s.offer IS NOT NULL;

WITH
kept AS (
 SELECT place, offer
 FROM (VALUES (1, 'S20'), (2, 'F5'), (3, 'S15'), (4, 'S25'), (5, 'S30'), (6, 'S10'), (7, 'B200'), (8, 'G7')) AS v(place, offer)
), segments AS (SELECT t.member_key, q.n - 1 AS quarter, max(t.tier) AS segment FROM tiers t JOIN (SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 5) AS counting(n)) q
 ON COALESCE(date_diff('day', DATE '1970-01-01', CAST(t.valid_from AS DATE)), 19641 + q.n * 84) <= 19641 + q.n * 84 AND COALESCE(date_diff('day', DATE '1970-01-01', CAST(t.valid_to AS DATE)), 19641 + q.n * 84 + 1) > 19641 + q.n * 84
 WHERE t.member_key IS NOT NULL GROUP BY t.member_key, q.n
), placed AS (
 SELECT s.member_key, s.jackknife_group, s.quarter, s.offer, g.segment
 FROM "offer_sends" s
 JOIN segments g ON g.member_key = s.member_key AND g.quarter = s.quarter
), sizes AS (
 -- why: a column with a thousand codes is no segmentation that a plan could follow
 SELECT segment, row_number() OVER (ORDER BY count(*) DESC, segment) AS place
 FROM placed
 GROUP BY segment
), cells AS (
 SELECT p.quarter, p.jackknife_group, CASE WHEN z.place <= 11 THEN p.segment ELSE 'all others' END AS segment, p.offer,
 count(*) AS contacts, count(DISTINCT p.member_key) AS members
 FROM placed p
 JOIN sizes z ON z.segment = p.segment
 GROUP BY p.quarter, p.jackknife_group, CASE WHEN z.place <= 11 THEN p.segment ELSE 'all others' END, p.offer
)
SELECT c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, 'all other offers') AS offer, c.contacts, c.members
FROM cells c
LEFT JOIN kept k ON k.place = c.offer
ORDER BY c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, 'all other offers');

WITH
kept AS (
 SELECT place, offer
 FROM (VALUES (1, 'S20'), (2, 'F5'), (3, 'S15'), (4, 'S25'), (5, 'S30'), (6, 'S10'), (7, 'B200'), (8, 'G7')) AS v(place, offer)
), segments AS (SELECT member_key, CAST(NULL AS BIGINT) AS quarter, segment FROM members WHERE segment IS NOT NULL
), placed AS (
 SELECT s.member_key, s.jackknife_group, s.quarter, s.offer, g.segment
 FROM "offer_sends" s
 JOIN segments g ON g.member_key = s.member_key
), sizes AS (
 -- why: a column with a thousand codes is no segmentation that a plan could follow
 SELECT segment, row_number() OVER (ORDER BY count(*) DESC, segment) AS place
 FROM placed
 GROUP BY segment
), cells AS (
 SELECT p.quarter, p.jackknife_group, CASE WHEN z.place <= 11 THEN p.segment ELSE 'all others' END AS segment, p.offer,
 count(*) AS contacts, count(DISTINCT p.member_key) AS members
 FROM placed p
 JOIN sizes z ON z.segment = p.segment
 GROUP BY p.quarter, p.jackknife_group, CASE WHEN z.place <= 11 THEN p.segment ELSE 'all others' END, p.offer
)
SELECT c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, 'all other offers') AS offer, c.contacts, c.members
FROM cells c
LEFT JOIN kept k ON k.place = c.offer
ORDER BY c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, 'all other offers');

WITH
kept AS (
 SELECT place, offer
 FROM (VALUES (1, 'S20'), (2, 'F5'), (3, 'S15'), (4, 'S25'), (5, 'S30'), (6, 'S10'), (7, 'B200'), (8, 'G7')) AS v(place, offer)
), segments AS (SELECT member_key, CAST(floor(period / 3e0) AS BIGINT) AS quarter,
 'tenth ' || lpad(CAST(1 + least(CAST(floor(percent_rank() OVER (PARTITION BY period ORDER BY year_net) * 10e0) AS BIGINT), 9) AS VARCHAR), 2, '0') AS segment
 FROM "member_periods" WHERE (period - 1) % 3 = 0 AND history_days >= 84
), placed AS (
 SELECT s.member_key, s.jackknife_group, s.quarter, s.offer, g.segment
 FROM "offer_sends" s
 JOIN segments g ON g.member_key = s.member_key AND g.quarter = s.quarter
), sizes AS (
 -- why: a column with a thousand codes is no segmentation that a plan could follow
 SELECT segment, row_number() OVER (ORDER BY count(*) DESC, segment) AS place
 FROM placed
 GROUP BY segment
), cells AS (
 SELECT p.quarter, p.jackknife_group, CASE WHEN z.place <= 11 THEN p.segment ELSE 'all others' END AS segment, p.offer,
 count(*) AS contacts, count(DISTINCT p.member_key) AS members
 FROM placed p
 JOIN sizes z ON z.segment = p.segment
 GROUP BY p.quarter, p.jackknife_group, CASE WHEN z.place <= 11 THEN p.segment ELSE 'all others' END, p.offer
)
SELECT c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, 'all other offers') AS offer, c.contacts, c.members
FROM cells c
LEFT JOIN kept k ON k.place = c.offer
ORDER BY c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, 'all other offers');

WITH
kept AS (
 SELECT place, offer
 FROM (VALUES (1, 'S20'), (2, 'F5'), (3, 'S15'), (4, 'S25'), (5, 'S30'), (6, 'S10'), (7, 'B200'), (8, 'G7')) AS v(place, offer)
), segments AS (SELECT member_key, period, stage AS segment FROM "member_periods" WHERE stage IS NOT NULL
), placed AS (
 SELECT s.member_key, s.jackknife_group, s.quarter, s.offer, g.segment
 FROM "offer_sends" s
 JOIN segments g ON g.member_key = s.member_key AND g.period = s.period
), sizes AS (
 -- why: a column with a thousand codes is no segmentation that a plan could follow
 SELECT segment, row_number() OVER (ORDER BY count(*) DESC, segment) AS place
 FROM placed
 GROUP BY segment
), cells AS (
 SELECT p.quarter, p.jackknife_group, CASE WHEN z.place <= 11 THEN p.segment ELSE 'all others' END AS segment, p.offer,
 count(*) AS contacts, count(DISTINCT p.member_key) AS members
 FROM placed p
 JOIN sizes z ON z.segment = p.segment
 GROUP BY p.quarter, p.jackknife_group, CASE WHEN z.place <= 11 THEN p.segment ELSE 'all others' END, p.offer
)
SELECT c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, 'all other offers') AS offer, c.contacts, c.members
FROM cells c
LEFT JOIN kept k ON k.place = c.offer
ORDER BY c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, 'all other offers');

WITH
kept AS (
 SELECT place, offer
 FROM (VALUES (1, 'S20'), (2, 'F5'), (3, 'S15'), (4, 'S25'), (5, 'S30'), (6, 'S10'), (7, 'B200'), (8, 'G7')) AS v(place, offer)
), segments AS (SELECT member_key, quarter, category AS segment FROM (
  SELECT b.member_key, b.quarter, b.category, row_number() OVER (PARTITION BY b.member_key, b.quarter ORDER BY b.net DESC, b.category) AS place
  FROM "offer_purchases" b) ranked WHERE place = 1
), placed AS (
 SELECT s.member_key, s.jackknife_group, s.quarter, s.offer, g.segment
 FROM "offer_sends" s
 JOIN segments g ON g.member_key = s.member_key AND g.quarter = s.quarter
), sizes AS (
 -- why: a column with a thousand codes is no segmentation that a plan could follow
 SELECT segment, row_number() OVER (ORDER BY count(*) DESC, segment) AS place
 FROM placed
 GROUP BY segment
), cells AS (
 SELECT p.quarter, p.jackknife_group, CASE WHEN z.place <= 11 THEN p.segment ELSE 'all others' END AS segment, p.offer,
 count(*) AS contacts, count(DISTINCT p.member_key) AS members
 FROM placed p
 JOIN sizes z ON z.segment = p.segment
 GROUP BY p.quarter, p.jackknife_group, CASE WHEN z.place <= 11 THEN p.segment ELSE 'all others' END, p.offer
)
SELECT c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, 'all other offers') AS offer, c.contacts, c.members
FROM cells c
LEFT JOIN kept k ON k.place = c.offer
ORDER BY c.quarter, c.jackknife_group, c.segment, COALESCE(k.offer, 'all other offers');
