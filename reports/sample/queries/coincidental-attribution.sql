-- Would the sales credited to campaigns have appeared in any other weeks as well?
-- Draws on: attribution_rules.sql, campaign_objectives.sql, contact_facts.sql, member_facts.sql, purchase_days.sql

SELECT r.campaign_key, COALESCE(k.name, k.campaign_id) AS name, r.contacts, r.main_contacts, r.main_day, r.window_days, r.lead_days, r.offsets,
r.has_own_rule, r.is_triggered, r.history_days, r.followed_days, o.objective
FROM "attribution_rules" r
JOIN campaigns k ON k.campaign_key = r.campaign_key
LEFT JOIN "campaign_objectives" o ON o.campaign_key = r.campaign_key
ORDER BY r.campaign_key;

WITH
tested AS (
 SELECT campaign_key, main_day, window_days, lead_days, offsets, from_day, end_day, joined_day
 FROM (VALUES (2, 19747, 14, 21, 1, 19726, 19761, 19726), (3, 19761, 14, 21, 3, 19726, 19775, 19726), (4, 19775, 14, 21, 5, 19726, 19789, 19726), (5, 19786, 14, 21, 7, 19723, 19800, 19723), (6, 19803, 14, 21, 8, 19733, 19817, 19733), (7, 19835, 14, 21, 8, 19765, 19849, 19765), (8, 19845, 14, 21, 8, 19775, 19859, 19775), (9, 19863, 14, 21, 8, 19793, 19877, 19793), (10, 19880, 14, 21, 8, 19810, 19894, 19810), (11, 19894, 14, 21, 8, 19824, 19908, 19824), (13, 19922, 14, 21, 8, 19852, 19936, 19852), (14, 19943, 14, 21, 8, 19873, 19957, 19873), (16, 19961, 14, 21, 8, 19891, 19975, 19891), (17, 19978, 14, 21, 8, 19908, 19992, 19908), (18, 19992, 14, 21, 8, 19922, 20006, 19922), (19, 20013, 14, 21, 8, 19943, 20027, 19943), (20, 20027, 14, 21, 8, 19957, 20041, 19957), (21, 20052, 14, 21, 8, 19982, 20066, 19982), (22, 20059, 14, 21, 8, 19989, 20073, 19989), (23, 20066, 14, 21, 8, 19996, 20080, 19996)) AS v(campaign_key, main_day, window_days, lead_days, offsets, from_day, end_day, joined_day)
),
flagged AS (
 SELECT c.campaign_key, c.member_key, t.main_day, t.window_days, t.lead_days, t.offsets, t.from_day, t.end_day, m.jackknife_group,
 CASE WHEN c.from_day = t.main_day AND COALESCE(m.enrolled_day, t.joined_day) <= t.joined_day THEN 1 ELSE 0 END AS is_test,
 CASE WHEN m.is_open AND COALESCE(m.enrolled_day, 19723) <= 19723 THEN 1 ELSE 0 END AS in_cohort
 FROM "contact_facts" c
 JOIN tested t ON t.campaign_key = c.campaign_key
 JOIN "member_facts" m ON m.member_key = c.member_key
 WHERE c.wave = 1
)
SELECT campaign_key, jackknife_group, CAST(sum(is_test) AS BIGINT) AS recipients, CAST(sum(in_cohort) AS BIGINT) AS cohort_recipients
FROM flagged
GROUP BY campaign_key, jackknife_group
ORDER BY campaign_key, jackknife_group;

WITH
tested AS (
 SELECT campaign_key, main_day, window_days, lead_days, offsets, from_day, end_day, joined_day
 FROM (VALUES (2, 19747, 14, 21, 1, 19726, 19761, 19726), (3, 19761, 14, 21, 3, 19726, 19775, 19726), (4, 19775, 14, 21, 5, 19726, 19789, 19726), (5, 19786, 14, 21, 7, 19723, 19800, 19723), (6, 19803, 14, 21, 8, 19733, 19817, 19733), (7, 19835, 14, 21, 8, 19765, 19849, 19765), (8, 19845, 14, 21, 8, 19775, 19859, 19775), (9, 19863, 14, 21, 8, 19793, 19877, 19793), (10, 19880, 14, 21, 8, 19810, 19894, 19810), (11, 19894, 14, 21, 8, 19824, 19908, 19824), (13, 19922, 14, 21, 8, 19852, 19936, 19852), (14, 19943, 14, 21, 8, 19873, 19957, 19873), (16, 19961, 14, 21, 8, 19891, 19975, 19891), (17, 19978, 14, 21, 8, 19908, 19992, 19908), (18, 19992, 14, 21, 8, 19922, 20006, 19922), (19, 20013, 14, 21, 8, 19943, 20027, 19943), (20, 20027, 14, 21, 8, 19957, 20041, 19957), (21, 20052, 14, 21, 8, 19982, 20066, 19982), (22, 20059, 14, 21, 8, 19989, 20073, 19989), (23, 20066, 14, 21, 8, 19996, 20080, 19996)) AS v(campaign_key, main_day, window_days, lead_days, offsets, from_day, end_day, joined_day)
),
flagged AS (
 SELECT c.campaign_key, c.member_key, t.main_day, t.window_days, t.lead_days, t.offsets, t.from_day, t.end_day, m.jackknife_group,
 CASE WHEN c.from_day = t.main_day AND COALESCE(m.enrolled_day, t.joined_day) <= t.joined_day THEN 1 ELSE 0 END AS is_test,
 CASE WHEN m.is_open AND COALESCE(m.enrolled_day, 19723) <= 19723 THEN 1 ELSE 0 END AS in_cohort
 FROM "contact_facts" c
 JOIN tested t ON t.campaign_key = c.campaign_key
 JOIN "member_facts" m ON m.member_key = c.member_key
 WHERE c.wave = 1
),
spread AS (
 -- why: an equal bucket of days lets the engine join on keys instead of comparing every date
 SELECT f.campaign_key, f.member_key, f.main_day, f.window_days, f.lead_days, f.offsets, f.from_day, f.end_day, f.jackknife_group, f.is_test, f.in_cohort,
 CAST(CAST(floor(f.from_day / 84e0) AS INTEGER) + s.n - 1 AS INTEGER) AS bucket
 FROM flagged f
 CROSS JOIN (SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 2) AS counting(n)) s
 WHERE (f.is_test = 1 OR f.in_cohort = 1) AND (CAST(floor(f.from_day / 84e0) AS INTEGER) + s.n - 1) * 84 < f.end_day
), bought AS (
 SELECT member_key, day, net, gap, next_day, CAST(floor(day / 84e0) AS INTEGER) AS bucket
 FROM "purchase_days"
), pairs AS (
 SELECT s.campaign_key, s.jackknife_group, s.is_test, s.in_cohort, s.main_day, s.window_days, s.lead_days, s.offsets, p.net, p.gap, p.next_day,
 p.day - s.main_day AS lag
 FROM spread s
 JOIN bought p ON p.member_key = s.member_key AND p.bucket = s.bucket
 WHERE p.day >= s.from_day AND p.day < s.end_day
), reach AS (
 -- why: a purchase lies in up to several of the overlapping windows, and is the first of only some of them
 SELECT campaign_key, jackknife_group, is_test, in_cohort, offsets, net,
 CASE WHEN lag >= 0 THEN 0 WHEN lag + lead_days >= 0 THEN 1 ELSE 1 + CAST(ceil((-lag - lead_days) / 7e0) AS INTEGER) END AS low,
 CASE WHEN lag >= 0 THEN 0 ELSE CAST(ceil((window_days - lag - lead_days) / 7e0) AS INTEGER) END AS high,
 CASE WHEN lag >= 0 THEN CASE WHEN COALESCE(gap, lag + 1) > lag THEN 0 ELSE -1 END
 WHEN gap IS NULL THEN offsets ELSE CAST(ceil((gap - lag - lead_days) / 7e0) AS INTEGER) END AS first_high
 FROM pairs
), cells AS (
 SELECT campaign_key, jackknife_group, is_test, in_cohort, low, CASE WHEN high > offsets THEN offsets ELSE high END AS high, first_high,
 count(*) AS purchases, sum(net) AS net
 FROM reach
 WHERE low <= high
 GROUP BY campaign_key, jackknife_group, is_test, in_cohort, low, CASE WHEN high > offsets THEN offsets ELSE high END, first_high
), places AS (
 SELECT n - 1 AS place FROM (SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 9) AS counting(n)) AS counted
)
SELECT c.campaign_key, c.jackknife_group, p.place, CAST(sum(CASE WHEN is_test = 1 AND p.place <= first_high THEN purchases ELSE 0 END) AS BIGINT) AS buyers,
COALESCE(sum(CASE WHEN is_test = 1 THEN net END), 0) AS net,
CAST(sum(CASE WHEN in_cohort = 1 AND p.place <= first_high THEN purchases ELSE 0 END) AS BIGINT) AS cohort_buyers
FROM cells c
JOIN places p ON p.place >= c.low AND p.place <= c.high
GROUP BY c.campaign_key, c.jackknife_group, p.place
ORDER BY c.campaign_key, c.jackknife_group, p.place;

WITH
cohort AS (
 SELECT member_key, jackknife_group
 FROM "member_facts"
 WHERE is_open AND COALESCE(enrolled_day, 19723) <= 19723
), cells AS (
 -- why: a purchase is the first of every window that opened after the one before it, so days and gaps say all
 SELECT c.jackknife_group, p.day, CASE WHEN p.gap IS NULL OR p.gap > 14 THEN 14 ELSE p.gap END AS gap, count(*) AS purchases
 FROM "purchase_days" p
 JOIN cohort c ON c.member_key = p.member_key
 GROUP BY c.jackknife_group, p.day, CASE WHEN p.gap IS NULL OR p.gap > 14 THEN 14 ELSE p.gap END
), opened AS (
 SELECT campaign_key, place, day, window_days
 FROM (VALUES (2, 0, 19747, 14), (2, 1, 19726, 14), (3, 0, 19761, 14), (3, 1, 19740, 14), (3, 2, 19733, 14), (3, 3, 19726, 14), (4, 0, 19775, 14), (4, 1, 19754, 14), (4, 2, 19747, 14), (4, 3, 19740, 14), (4, 4, 19733, 14), (4, 5, 19726, 14), (5, 0, 19786, 14), (5, 1, 19765, 14), (5, 2, 19758, 14), (5, 3, 19751, 14), (5, 4, 19744, 14), (5, 5, 19737, 14), (5, 6, 19730, 14), (5, 7, 19723, 14), (6, 0, 19803, 14), (6, 1, 19782, 14), (6, 2, 19775, 14), (6, 3, 19768, 14), (6, 4, 19761, 14), (6, 5, 19754, 14), (6, 6, 19747, 14), (6, 7, 19740, 14), (6, 8, 19733, 14), (7, 0, 19835, 14), (7, 1, 19814, 14), (7, 2, 19807, 14), (7, 3, 19800, 14), (7, 4, 19793, 14), (7, 5, 19786, 14), (7, 6, 19779, 14), (7, 7, 19772, 14), (7, 8, 19765, 14), (8, 0, 19845, 14), (8, 1, 19824, 14), (8, 2, 19817, 14), (8, 3, 19810, 14), (8, 4, 19803, 14), (8, 5, 19796, 14), (8, 6, 19789, 14), (8, 7, 19782, 14), (8, 8, 19775, 14), (9, 0, 19863, 14), (9, 1, 19842, 14), (9, 2, 19835, 14), (9, 3, 19828, 14), (9, 4, 19821, 14), (9, 5, 19814, 14), (9, 6, 19807, 14), (9, 7, 19800, 14), (9, 8, 19793, 14), (10, 0, 19880, 14), (10, 1, 19859, 14), (10, 2, 19852, 14), (10, 3, 19845, 14), (10, 4, 19838, 14), (10, 5, 19831, 14), (10, 6, 19824, 14), (10, 7, 19817, 14), (10, 8, 19810, 14), (11, 0, 19894, 14), (11, 1, 19873, 14), (11, 2, 19866, 14), (11, 3, 19859, 14), (11, 4, 19852, 14), (11, 5, 19845, 14), (11, 6, 19838, 14), (11, 7, 19831, 14), (11, 8, 19824, 14), (13, 0, 19922, 14), (13, 1, 19901, 14), (13, 2, 19894, 14), (13, 3, 19887, 14), (13, 4, 19880, 14), (13, 5, 19873, 14), (13, 6, 19866, 14), (13, 7, 19859, 14), (13, 8, 19852, 14), (14, 0, 19943, 14), (14, 1, 19922, 14), (14, 2, 19915, 14), (14, 3, 19908, 14), (14, 4, 19901, 14), (14, 5, 19894, 14), (14, 6, 19887, 14), (14, 7, 19880, 14), (14, 8, 19873, 14), (16, 0, 19961, 14), (16, 1, 19940, 14), (16, 2, 19933, 14), (16, 3, 19926, 14), (16, 4, 19919, 14), (16, 5, 19912, 14), (16, 6, 19905, 14), (16, 7, 19898, 14), (16, 8, 19891, 14), (17, 0, 19978, 14), (17, 1, 19957, 14), (17, 2, 19950, 14), (17, 3, 19943, 14), (17, 4, 19936, 14), (17, 5, 19929, 14), (17, 6, 19922, 14), (17, 7, 19915, 14), (17, 8, 19908, 14), (18, 0, 19992, 14), (18, 1, 19971, 14), (18, 2, 19964, 14), (18, 3, 19957, 14), (18, 4, 19950, 14), (18, 5, 19943, 14), (18, 6, 19936, 14), (18, 7, 19929, 14), (18, 8, 19922, 14), (19, 0, 20013, 14), (19, 1, 19992, 14), (19, 2, 19985, 14), (19, 3, 19978, 14), (19, 4, 19971, 14), (19, 5, 19964, 14), (19, 6, 19957, 14), (19, 7, 19950, 14), (19, 8, 19943, 14), (20, 0, 20027, 14), (20, 1, 20006, 14), (20, 2, 19999, 14), (20, 3, 19992, 14), (20, 4, 19985, 14), (20, 5, 19978, 14), (20, 6, 19971, 14), (20, 7, 19964, 14), (20, 8, 19957, 14), (21, 0, 20052, 14), (21, 1, 20031, 14), (21, 2, 20024, 14), (21, 3, 20017, 14), (21, 4, 20010, 14), (21, 5, 20003, 14), (21, 6, 19996, 14), (21, 7, 19989, 14), (21, 8, 19982, 14), (22, 0, 20059, 14), (22, 1, 20038, 14), (22, 2, 20031, 14), (22, 3, 20024, 14), (22, 4, 20017, 14), (22, 5, 20010, 14), (22, 6, 20003, 14), (22, 7, 19996, 14), (22, 8, 19989, 14), (23, 0, 20066, 14), (23, 1, 20045, 14), (23, 2, 20038, 14), (23, 3, 20031, 14), (23, 4, 20024, 14), (23, 5, 20017, 14), (23, 6, 20010, 14), (23, 7, 20003, 14), (23, 8, 19996, 14))
 AS v(campaign_key, place, day, window_days)
), days AS (
 SELECT o.campaign_key, o.place, o.day + s.n - 1 AS day, s.n - 1 AS since
 FROM opened o
 JOIN (SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 14) AS counting(n)) s ON s.n <= o.window_days
)
SELECT d.campaign_key, c.jackknife_group, d.place, CAST(sum(CASE WHEN c.gap > d.since THEN c.purchases ELSE 0 END) AS BIGINT) AS buyers
FROM days d
JOIN cells c ON c.day = d.day
GROUP BY d.campaign_key, c.jackknife_group, d.place
ORDER BY d.campaign_key, c.jackknife_group, d.place;

WITH
tested AS (
 SELECT campaign_key, main_day, window_days, lead_days, offsets, from_day, end_day, joined_day
 FROM (VALUES (5, 19786, 14, 21, 7, 19730, 19814, 19723), (6, 19803, 14, 21, 8, 19747, 19831, 19733), (7, 19835, 14, 21, 8, 19779, 19863, 19765), (8, 19845, 14, 21, 8, 19789, 19873, 19775), (9, 19863, 14, 21, 8, 19807, 19891, 19793), (10, 19880, 14, 21, 8, 19824, 19908, 19810), (11, 19894, 14, 21, 8, 19838, 19922, 19824), (13, 19922, 14, 21, 8, 19866, 19950, 19852), (14, 19943, 14, 21, 8, 19887, 19971, 19873), (16, 19961, 14, 21, 8, 19905, 19989, 19891), (17, 19978, 14, 21, 8, 19922, 20006, 19908), (18, 19992, 14, 21, 8, 19936, 20020, 19922), (19, 20013, 14, 21, 8, 19957, 20041, 19943), (20, 20027, 14, 21, 8, 19971, 20055, 19957), (21, 20052, 14, 21, 8, 19996, 20080, 19982), (22, 20059, 14, 21, 8, 20003, 20087, 19989)) AS v(campaign_key, main_day, window_days, lead_days, offsets, from_day, end_day, joined_day)
),
flagged AS (
 SELECT c.campaign_key, c.member_key, t.main_day, t.window_days, t.lead_days, t.offsets, t.from_day, t.end_day, m.jackknife_group,
 CASE WHEN c.from_day = t.main_day AND COALESCE(m.enrolled_day, t.joined_day) <= t.joined_day THEN 1 ELSE 0 END AS is_test,
 CASE WHEN m.is_open AND COALESCE(m.enrolled_day, 19723) <= 19723 THEN 1 ELSE 0 END AS in_cohort
 FROM "contact_facts" c
 JOIN tested t ON t.campaign_key = c.campaign_key
 JOIN "member_facts" m ON m.member_key = c.member_key
 WHERE c.wave = 1
),
spread AS (
 -- why: an equal bucket of days lets the engine join on keys instead of comparing every date
 SELECT f.campaign_key, f.member_key, f.main_day, f.window_days, f.lead_days, f.offsets, f.from_day, f.end_day, f.jackknife_group, f.is_test, f.in_cohort,
 CAST(CAST(floor(f.from_day / 84e0) AS INTEGER) + s.n - 1 AS INTEGER) AS bucket
 FROM flagged f
 CROSS JOIN (SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 2) AS counting(n)) s
 WHERE (f.is_test = 1 OR f.in_cohort = 1) AND (CAST(floor(f.from_day / 84e0) AS INTEGER) + s.n - 1) * 84 < f.end_day
), bought AS (
 SELECT member_key, day, net, gap, next_day, CAST(floor(day / 84e0) AS INTEGER) AS bucket
 FROM "purchase_days"
), pairs AS (
 SELECT s.campaign_key, s.jackknife_group, s.is_test, s.in_cohort, s.main_day, s.window_days, s.lead_days, s.offsets, p.net, p.gap, p.next_day,
 p.day - s.main_day AS lag
 FROM spread s
 JOIN bought p ON p.member_key = s.member_key AND p.bucket = s.bucket
 WHERE p.day >= s.from_day AND p.day < s.end_day
)
SELECT jackknife_group, lag, is_test, in_cohort,
CASE WHEN gap IS NULL OR gap > lag + CASE WHEN lag >= 0 THEN 0 ELSE 35 END THEN 1 ELSE 0 END AS is_first,
CASE WHEN lag < 0 AND COALESCE(next_day, main_day) >= main_day THEN 1 ELSE 0 END AS is_last, count(*) AS purchases
FROM pairs
GROUP BY jackknife_group, lag, is_test, in_cohort,
CASE WHEN gap IS NULL OR gap > lag + CASE WHEN lag >= 0 THEN 0 ELSE 35 END THEN 1 ELSE 0 END,
CASE WHEN lag < 0 AND COALESCE(next_day, main_day) >= main_day THEN 1 ELSE 0 END
ORDER BY jackknife_group, lag, is_test, in_cohort, 5, 6;

WITH
cohort AS (
 SELECT member_key, jackknife_group
 FROM "member_facts"
 WHERE is_open AND COALESCE(enrolled_day, 19723) <= 19723
), opened AS (
 SELECT main_day, campaigns
 FROM (VALUES (19786, 1), (19803, 1), (19835, 1), (19845, 1), (19863, 1), (19880, 1), (19894, 1), (19922, 1), (19943, 1), (19961, 1), (19978, 1), (19992, 1), (20013, 1), (20027, 1), (20052, 1), (20059, 1)) AS v(main_day, campaigns)
), last_bought AS (
 -- why: the last purchase before a day is the one whose next is not before it
 SELECT p.day, CASE WHEN p.next_day IS NULL OR p.next_day - p.day > 56 THEN 56 ELSE p.next_day - p.day END AS silent, count(*) AS members
 FROM "purchase_days" p
 JOIN cohort c ON c.member_key = p.member_key
 GROUP BY p.day, CASE WHEN p.next_day IS NULL OR p.next_day - p.day > 56 THEN 56 ELSE p.next_day - p.day END
), placed AS (
 SELECT o.main_day - l.day AS since, l.members
 FROM last_bought l
 JOIN opened o ON l.day < o.main_day AND l.day >= o.main_day - 56 AND o.main_day - l.day <= l.silent
 UNION ALL
 SELECT 0, n.members FROM (SELECT count(*) AS members FROM cohort) n CROSS JOIN opened o
)
SELECT since, CAST(sum(members) AS BIGINT) AS members
FROM placed
GROUP BY since
ORDER BY since;
