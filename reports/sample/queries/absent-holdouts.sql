-- Do the campaigns have holdouts, so that their effect can be known?
-- Draws on: campaign_facts.sql, experiments.sql, contact_facts.sql, member_facts.sql, experiment_units.sql

SELECT campaign_key, name, contacts, members, responders
FROM "campaign_facts"
ORDER BY campaign_key;

WITH contacted AS (
 -- why: holdouts are drawn from those who would be contacted
 SELECT DISTINCT member_key FROM "contact_facts"
), history AS (
 -- why: after the last purchase in the files nobody is known not to have bought
 SELECT min(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))) AS first_day, CASE WHEN max(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))) + 1 < 20089 THEN max(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))) + 1 ELSE 20089 END AS end_day
 FROM transactions
), buyers AS (
 -- why: a return alone is no purchase
 SELECT t.member_key, sum(CAST(t.margin_amount AS DECIMAL(18, 4))) AS worth
 FROM transactions t CROSS JOIN history h
 WHERE t.member_key IS NOT NULL AND NOT COALESCE(t.is_return, FALSE)
 AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) >= h.end_day - 90 AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) < h.end_day
 GROUP BY t.member_key
)
SELECT count(*) AS members, count(b.member_key) AS active, max(h.end_day - h.first_day) AS followed, sum(b.worth) AS worth
FROM contacted c
CROSS JOIN history h
LEFT JOIN buyers b ON b.member_key = c.member_key;

-- Asked 2 times, with other numbers each.
DROP TABLE IF EXISTS "trial_days";

CREATE TABLE "trial_days" AS
WITH spellings AS (
 SELECT channel, lower(trim(channel)) AS name, count(*) AS baskets FROM transactions WHERE channel IS NOT NULL GROUP BY channel
), names AS (
 -- why: one channel stands for how a member shops; of several used alike the first by name, so that engines agree
 SELECT name, row_number() OVER (ORDER BY sum(baskets) DESC, name) AS place FROM spellings GROUP BY name
), main AS (
 -- why: as it is spelt in the files, because few spellings are compared faster than many purchases are rewritten
 SELECT s.channel FROM spellings s JOIN names n ON n.name = s.name WHERE n.place = 1
)
SELECT t.member_key, CAST(date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) AS INTEGER) AS day, CAST(sum(COALESCE(t.margin_amount, 0)) AS DECIMAL(18, 3)) AS value, CAST(sum(CASE WHEN COALESCE(t.is_return, FALSE) THEN 0 ELSE 1 END) AS INTEGER) AS baskets,
CAST(sum(CASE WHEN t.channel IN (SELECT channel FROM main) THEN CASE WHEN COALESCE(t.is_return, FALSE) THEN 0 ELSE 1 END ELSE 0 END) AS INTEGER) AS main_baskets,
CAST(sum(CASE WHEN COALESCE(t.is_return, FALSE) THEN 0 ELSE COALESCE(t.discount_amount, 0) END) AS DECIMAL(18, 3)) AS discount, CAST(sum(CASE WHEN COALESCE(t.is_return, FALSE) THEN 0 ELSE COALESCE(t.net_amount, 0) + COALESCE(t.discount_amount, 0) END) AS DECIMAL(18, 3)) AS gross
FROM transactions t
JOIN members m ON m.member_key = t.member_key
WHERE t.occurred_at IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) < 20089 AND m.jackknife_group < 50
GROUP BY t.member_key, date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE));

-- Asked 2 times, with other numbers each.
DROP TABLE IF EXISTS "trial_contacts";

CREATE TABLE "trial_contacts" AS
SELECT c.member_key, c.campaign_key, CAST(date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS INTEGER) AS day, count(*) AS contacts
FROM contacts c
JOIN members m ON m.member_key = c.member_key
LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
WHERE NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) < 20089 AND m.jackknife_group < 50
GROUP BY c.member_key, c.campaign_key, date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE));

-- Asked 2 times, with other numbers each.
DROP TABLE IF EXISTS "trial_responses";

CREATE TABLE "trial_responses" AS
SELECT r.member_key, CAST(date_diff('day', DATE '1970-01-01', CAST(r.responded_at AS DATE)) AS INTEGER) AS day, count(*) AS responses
FROM responses r
JOIN members m ON m.member_key = r.member_key
WHERE r.responded_at IS NOT NULL AND lower(trim(COALESCE(r.type, 'response'))) IN (SELECT kind FROM "counted_response_kinds") AND date_diff('day', DATE '1970-01-01', CAST(r.responded_at AS DATE)) < 20089 AND m.jackknife_group < 50
GROUP BY r.member_key, date_diff('day', DATE '1970-01-01', CAST(r.responded_at AS DATE));

-- Asked 2 times, with other numbers each.
DROP TABLE IF EXISTS "trial_tiers";

CREATE TABLE "trial_tiers" AS
WITH commonest AS (
 SELECT tier, row_number() OVER (ORDER BY periods DESC, tier) AS place
 FROM (SELECT tier, count(*) AS periods FROM tiers GROUP BY tier) AS counted
)
SELECT t.member_key, date_diff('day', DATE '1970-01-01', CAST(t.valid_from AS DATE)) AS from_day, date_diff('day', DATE '1970-01-01', CAST(t.valid_to AS DATE)) AS until_day, CASE WHEN c.place = 1 THEN 0 ELSE 1 END AS is_other
FROM tiers t
JOIN members m ON m.member_key = t.member_key
JOIN commonest c ON c.tier = t.tier
WHERE t.valid_from IS NOT NULL AND m.jackknife_group < 50;

-- Asked 2 times, with other numbers each.
DROP TABLE IF EXISTS "trial_members";

CREATE TABLE "trial_members" AS
WITH seen AS (
 -- why: where no day of joining is on record, a member is known from the first trace
 SELECT member_key, min(day) AS first_day
 FROM (SELECT member_key, day FROM "trial_days" UNION ALL SELECT member_key, day FROM "trial_contacts") AS traces
 GROUP BY member_key
)
SELECT f.member_key, f.jackknife_group, COALESCE(f.enrolled_day, s.first_day) AS start_day, f.closed_day, f.permission_ended_day AS silenced_day,
f.has_permission OR f.permission_ended_day IS NOT NULL AS is_reachable
FROM "member_facts" f
LEFT JOIN seen s ON s.member_key = f.member_key
WHERE f.jackknife_group < 50 AND COALESCE(f.enrolled_day, s.first_day) IS NOT NULL;

SELECT min(day) AS first_day, max(day) AS last_day FROM "trial_days";

-- Asked 2 times, with other numbers each.
SELECT c.campaign_key, f.name, c.from_day AS day, count(*) AS members
FROM "contact_facts" c
JOIN "campaign_facts" f ON f.campaign_key = c.campaign_key
WHERE c.wave = 1 AND c.from_day IS NOT NULL
GROUP BY c.campaign_key, f.name, c.from_day
ORDER BY c.campaign_key, c.from_day;

SELECT min(length(k.member_id)) AS shortest, max(length(k.member_id)) AS longest
FROM "trial_members" m
JOIN members k ON k.member_key = m.member_key;

-- Asked 2 times, with other numbers each.
DROP TABLE IF EXISTS "trial_bands";

CREATE TABLE "trial_bands" AS
WITH placed AS (
 SELECT m.member_key, row_number() OVER (ORDER BY k.member_id) - 1 AS place, count(*) OVER () AS members
 FROM "trial_members" m
 JOIN members k ON k.member_key = m.member_key
)
SELECT member_key, CAST(floor(CAST(place AS DOUBLE) * 200 / members) AS INTEGER) AS band
FROM placed;

SELECT c.campaign_key, b.band, count(*) AS contacted
FROM "contact_facts" c
JOIN "trial_bands" b ON b.member_key = c.member_key
WHERE c.wave = 1 AND c.campaign_key IS NOT NULL
GROUP BY c.campaign_key, b.band
ORDER BY c.campaign_key, b.band;

-- Asked 3 times, with other numbers each.
SELECT b.band, count(*) AS eligible
FROM "trial_members" m
JOIN "trial_bands" b ON b.member_key = m.member_key
WHERE m.start_day < 19905 AND m.is_reachable AND (m.closed_day IS NULL OR m.closed_day >= 19961) AND (m.silenced_day IS NULL OR m.silenced_day >= 19961)
GROUP BY b.band
ORDER BY b.band;

WITH sent AS (
 SELECT DISTINCT campaign_key, member_key FROM contacts WHERE campaign_key IS NOT NULL
)
SELECT u.campaign_key, COALESCE(k.name, k.campaign_id) AS name, count(*) AS listed, count(CASE WHEN s.member_key IS NULL THEN 1 END) AS unsent
FROM "experiment_units" u
JOIN campaigns k ON k.campaign_key = u.campaign_key
LEFT JOIN sent s ON s.campaign_key = u.campaign_key AND s.member_key = u.member_key
WHERE u.is_holdout = 0 AND u.is_unambiguous = 1 AND u.campaign_key IN (SELECT campaign_key FROM sent)
GROUP BY u.campaign_key, COALESCE(k.name, k.campaign_id)
ORDER BY u.campaign_key;

WITH only_holdout AS (
 -- why: a campaign with a treated arm, or with contacts, has a holdout of its own, not one from all marketing
 SELECT campaign_key
 FROM "experiment_units"
 WHERE campaign_key NOT IN (SELECT campaign_key FROM "contact_facts" WHERE campaign_key IS NOT NULL)
 GROUP BY campaign_key
 HAVING min(is_holdout) = 1
), kept AS (
 -- why: who is assigned twice is one member, from the first day
 SELECT u.member_key, min(u.assigned_day) AS assigned_day
 FROM "experiment_units" u
 JOIN only_holdout o ON o.campaign_key = u.campaign_key
 GROUP BY u.member_key
), reached AS (
 -- why: one message breaks the design, and a group younger than the period has not been one yet
 SELECT k.member_key, max(CASE WHEN c.member_key IS NOT NULL THEN 1 ELSE 0 END) AS has_contact
 FROM kept k
 LEFT JOIN "contact_facts" c ON c.member_key = k.member_key AND (c.from_day IS NULL OR k.assigned_day IS NULL OR c.from_day >= k.assigned_day)
 WHERE k.assigned_day <= 19999
 GROUP BY k.member_key
)
SELECT count(*) AS assigned, count(CASE WHEN has_contact = 0 THEN 1 END) AS kept_free
FROM reached;
