-- Does the moment of contact follow the customer, or only the calendar?
-- Draws on: member_facts.sql, purchase_days.sql, experiment_units.sql

WITH
sent AS (
 -- why: what a trigger sends follows the customer by design and is not a choice of date
 SELECT c.member_key, c.campaign_key, date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS day,
 CASE WHEN COALESCE(lower(trim(c.trigger_type)), 'batch') IN ('batch', 'bulk', 'blast', 'broadcast', 'campaign', 'scheduled', 'manual', 'newsletter', 'none', 'no', 'false') THEN 1 ELSE 0 END AS is_batch
 FROM contacts c
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 WHERE NOT COALESCE(c.is_transactional, FALSE)
), inside AS (
 SELECT member_key, campaign_key, day, is_batch
 FROM sent
 WHERE day >= 19723 AND day < 20089
)
SELECT i.campaign_key, COALESCE(k.name, k.campaign_id) AS name, i.day, count(*) AS contacts, CAST(sum(i.is_batch) AS BIGINT) AS batch_contacts,
count(DISTINCT CASE WHEN i.is_batch = 1 THEN i.member_key END) AS recipients
FROM inside i
JOIN campaigns k ON k.campaign_key = i.campaign_key
GROUP BY i.campaign_key, COALESCE(k.name, k.campaign_id), i.day
ORDER BY i.day, i.campaign_key;

WITH
sent AS (
 -- why: what a trigger sends follows the customer by design and is not a choice of date
 SELECT c.member_key, c.campaign_key, date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS day,
 CASE WHEN COALESCE(lower(trim(c.trigger_type)), 'batch') IN ('batch', 'bulk', 'blast', 'broadcast', 'campaign', 'scheduled', 'manual', 'newsletter', 'none', 'no', 'false') THEN 1 ELSE 0 END AS is_batch
 FROM contacts c
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 WHERE NOT COALESCE(c.is_transactional, FALSE)
), inside AS (
 SELECT member_key, campaign_key, day, is_batch
 FROM sent
 WHERE day >= 19723 AND day < 20089
),
dates AS (
 SELECT campaign_key, day
 FROM (VALUES (1, 19730), (2, 19747), (3, 19761), (4, 19775), (5, 19786), (6, 19803), (7, 19835), (8, 19845), (9, 19863), (10, 19880), (11, 19894), (12, 19908), (13, 19922), (14, 19943), (15, 19950), (16, 19961), (17, 19978), (18, 19992), (19, 20013), (20, 20027), (21, 20052), (22, 20059), (23, 20066), (24, 20083)) AS v(campaign_key, day)
), rhythm AS (
 WITH first_gaps AS (
  -- why: one gap a member, so that those who buy every week do not speak for all
  SELECT gap, sum(count(*)) OVER (ORDER BY gap) AS upto, sum(count(*)) OVER () AS members
  FROM "purchase_days"
  WHERE occasion = 2
  GROUP BY gap
 ), overall AS (
  SELECT min(gap) AS typical
  FROM first_gaps
  WHERE 2 * upto >= members
 )
 SELECT p.member_key, p.jackknife_group, p.day, p.next_day, p.occasion, p.year_occasions, p.net, p.occasion - 1 AS own_gaps,
 CASE WHEN p.occasion > 2 THEN p.own_rhythm WHEN p.occasion = 2 THEN CAST(floor((20 * o.typical + 10 * p.gap) / 3e0) AS BIGINT) ELSE 10 * o.typical END AS rhythm_tenths
 FROM "purchase_days" p
 CROSS JOIN overall o
), last_bought AS (
 -- why: the purchase before a date is the one whose next is not before it; the literal days keep the join small
 SELECT d.campaign_key, d.day, r.member_key, r.jackknife_group, d.day - r.day AS since, r.rhythm_tenths, r.own_gaps, r.year_occasions
 FROM rhythm r
 JOIN dates d ON r.day < d.day AND COALESCE(r.next_day, d.day) >= d.day
 WHERE r.rhythm_tenths > 0 AND r.day < 20083 AND COALESCE(r.next_day, 19730) >= 19730
), marked AS (
 -- why: who gets the campaign on another day was chosen too, who is held out was as well, and neither is a comparison
 SELECT d.campaign_key, d.day, i.member_key, CASE WHEN i.day = d.day THEN i.is_batch ELSE 0 END AS is_recipient
 FROM inside i
 JOIN dates d ON d.campaign_key = i.campaign_key
 UNION ALL
 SELECT d.campaign_key, d.day, u.member_key, 0
 FROM "experiment_units" u
 JOIN dates d ON d.campaign_key = u.campaign_key
 WHERE u.is_holdout = 1
), chosen AS (
 -- why: one join of members and dates instead of three, because there are many of both
 SELECT campaign_key, day, member_key, max(is_recipient) AS is_recipient
 FROM marked
 GROUP BY campaign_key, day, member_key
), standing AS (
 -- why: only members in the scheme, with permission, on that day
 SELECT b.campaign_key, b.day, b.jackknife_group, b.since, b.rhythm_tenths, b.own_gaps, b.year_occasions, COALESCE(c.is_recipient, 0) AS is_recipient
 FROM last_bought b
 JOIN "member_facts" m ON m.member_key = b.member_key
 LEFT JOIN chosen c ON c.campaign_key = b.campaign_key AND c.member_key = b.member_key AND c.day = b.day
 WHERE c.is_recipient = 1 OR (c.member_key IS NULL AND COALESCE(m.enrolled_day, b.day) <= b.day
  AND COALESCE(m.closed_day, b.day + 1) > b.day AND (m.has_permission OR m.permission_ended_day > b.day))
), histogram AS (
 -- why: the phase in fine steps, so that a whole date is a few hundred numbers; all beyond the last step stand alike
 SELECT campaign_key, day, jackknife_group, CASE WHEN year_occasions <= 1 THEN 0 WHEN year_occasions <= 2 THEN 1 WHEN year_occasions <= 3 THEN 2 WHEN year_occasions <= 5 THEN 3 WHEN year_occasions <= 7 THEN 4 WHEN year_occasions <= 10 THEN 5 WHEN year_occasions <= 14 THEN 6 WHEN year_occasions <= 20 THEN 7 WHEN year_occasions <= 28 THEN 8 WHEN year_occasions <= 40 THEN 9 ELSE 10 END AS band,
 least(CAST(floor(since * 200e0 / rhythm_tenths) AS BIGINT), 80) AS step,
 CAST(sum(is_recipient) AS BIGINT) AS recipients, CAST(sum(1 - is_recipient) AS BIGINT) AS others,
 CAST(sum(CASE WHEN own_gaps >= 2 THEN is_recipient ELSE 0 END) AS BIGINT) AS rhythmic
 FROM standing
 GROUP BY 1, 2, 3, 4, 5
), steps AS (
 -- why: leaving out who has gone silent is a choice of people, not of the moment
 SELECT campaign_key, day, band, step, CAST(sum(recipients) AS BIGINT) AS recipients, CAST(sum(others) AS BIGINT) AS others
 FROM histogram
 WHERE step < 60
 GROUP BY campaign_key, day, band, step
), ranked AS (
 -- why: twice the number below or above, ties once, stays a whole number
 SELECT campaign_key, day, band, step, 2 * sum(others) OVER w - others AS others_below,
 2 * sum(recipients) OVER (PARTITION BY campaign_key, day, band) - 2 * sum(recipients) OVER w + recipients AS recipients_above
 FROM steps
 WINDOW w AS (PARTITION BY campaign_key, day, band ORDER BY step)
)
SELECT h.campaign_key, h.day, h.band, h.jackknife_group, CAST(sum(h.recipients) AS BIGINT) AS recipients, CAST(sum(h.others) AS BIGINT) AS others,
CAST(sum(h.rhythmic) AS BIGINT) AS rhythmic, CAST(sum(CASE WHEN r.step IS NULL THEN 0 ELSE h.recipients END) AS BIGINT) AS compared_recipients,
CAST(sum(CASE WHEN r.step IS NULL THEN 0 ELSE h.others END) AS BIGINT) AS compared_others,
CAST(sum(COALESCE(h.recipients * r.others_below, 0)) AS BIGINT) AS recipient_places, CAST(sum(COALESCE(h.others * r.recipients_above, 0)) AS BIGINT) AS other_places,
CAST(sum(CASE WHEN h.step >= 0 AND h.step < 5 THEN h.recipients ELSE 0 END) AS BIGINT) AS "recipients_0",
CAST(sum(CASE WHEN h.step >= 0 AND h.step < 5 THEN h.others ELSE 0 END) AS BIGINT) AS "others_0", CAST(sum(CASE WHEN h.step >= 5 AND h.step < 10 THEN h.recipients ELSE 0 END) AS BIGINT) AS "recipients_1",
CAST(sum(CASE WHEN h.step >= 5 AND h.step < 10 THEN h.others ELSE 0 END) AS BIGINT) AS "others_1", CAST(sum(CASE WHEN h.step >= 10 AND h.step < 15 THEN h.recipients ELSE 0 END) AS BIGINT) AS "recipients_2",
CAST(sum(CASE WHEN h.step >= 10 AND h.step < 15 THEN h.others ELSE 0 END) AS BIGINT) AS "others_2", CAST(sum(CASE WHEN h.step >= 15 AND h.step < 25 THEN h.recipients ELSE 0 END) AS BIGINT) AS "recipients_3",
CAST(sum(CASE WHEN h.step >= 15 AND h.step < 25 THEN h.others ELSE 0 END) AS BIGINT) AS "others_3", CAST(sum(CASE WHEN h.step >= 25 AND h.step < 40 THEN h.recipients ELSE 0 END) AS BIGINT) AS "recipients_4",
CAST(sum(CASE WHEN h.step >= 25 AND h.step < 40 THEN h.others ELSE 0 END) AS BIGINT) AS "others_4", CAST(sum(CASE WHEN h.step >= 40 AND h.step < 80 THEN h.recipients ELSE 0 END) AS BIGINT) AS "recipients_5",
CAST(sum(CASE WHEN h.step >= 40 AND h.step < 80 THEN h.others ELSE 0 END) AS BIGINT) AS "others_5", CAST(sum(CASE WHEN h.step >= 80 AND h.step < 20000 THEN h.recipients ELSE 0 END) AS BIGINT) AS "recipients_6",
CAST(sum(CASE WHEN h.step >= 80 AND h.step < 20000 THEN h.others ELSE 0 END) AS BIGINT) AS "others_6"
FROM histogram h
LEFT JOIN ranked r ON r.campaign_key = h.campaign_key AND r.day = h.day AND r.band = h.band AND r.step = h.step
GROUP BY h.campaign_key, h.day, h.band, h.jackknife_group
ORDER BY h.day, h.campaign_key, h.band, h.jackknife_group;
