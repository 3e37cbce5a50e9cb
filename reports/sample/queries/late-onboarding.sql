-- How long do new members wait for a first word?
-- Draws on: contact_facts.sql, member_facts.sql, experiment_units.sql, purchase_days.sql

SELECT min(from_day) AS first_day, max(from_day) AS last_day
FROM "contact_facts"
WHERE has_own_date;

WITH
held_out AS (
 -- why: who was kept out by a test is not contacted on purpose from that day on; without a day, from the beginning
 SELECT member_key, min(COALESCE(assigned_day, 0)) AS held_day
 FROM "experiment_units"
 WHERE is_holdout = 1
 GROUP BY member_key
), joined AS (
 -- why: whoever joined before contacts were seen may have had a first one that nobody can see (left truncation)
 SELECT m.member_key, m.jackknife_group, m.enrolled_day, m.value,
 least(20083, COALESCE(m.closed_day - 1, 20083), COALESCE(m.permission_ended_day - 1, 20083),
  COALESCE(h.held_day - 1, 20083)) AS end_day
 FROM "member_facts" m
 LEFT JOIN held_out h ON h.member_key = m.member_key
 WHERE m.enrolled_day >= 19730 AND m.enrolled_day <= 20083
 AND (m.has_permission OR m.permission_ended_day > m.enrolled_day)
), first_contacts AS (
 -- why: a message before joining went to a prospect and welcomes nobody
 SELECT c.member_key, min(c.from_day) AS contact_day
 FROM "contact_facts" c
 JOIN joined j ON j.member_key = c.member_key
 WHERE c.has_own_date AND c.from_day >= j.enrolled_day
 GROUP BY c.member_key
), followed AS (
 -- why: a contact after the end of following does not count, and the wait ends there
 SELECT j.member_key, j.jackknife_group, j.enrolled_day, j.value,
 CASE WHEN c.contact_day <= j.end_day THEN 1 ELSE 0 END AS is_contacted,
 CASE WHEN c.contact_day <= j.end_day THEN c.contact_day ELSE j.end_day END - j.enrolled_day AS wait_days
 FROM joined j
 LEFT JOIN first_contacts c ON c.member_key = j.member_key
 WHERE j.end_day >= j.enrolled_day
)
SELECT f.jackknife_group, m.acquisition_source AS source, f.wait_days, f.is_contacted, count(*) AS members, sum(f.value) AS value
FROM followed f
JOIN members m ON m.member_key = f.member_key
GROUP BY f.jackknife_group, m.acquisition_source, f.wait_days, f.is_contacted
ORDER BY f.jackknife_group, m.acquisition_source NULLS LAST, f.wait_days, f.is_contacted;

WITH
held_out AS (
 -- why: who was kept out by a test is not contacted on purpose from that day on; without a day, from the beginning
 SELECT member_key, min(COALESCE(assigned_day, 0)) AS held_day
 FROM "experiment_units"
 WHERE is_holdout = 1
 GROUP BY member_key
), joined AS (
 -- why: whoever joined before contacts were seen may have had a first one that nobody can see (left truncation)
 SELECT m.member_key, m.jackknife_group, m.enrolled_day, m.value,
 least(20083, COALESCE(m.closed_day - 1, 20083), COALESCE(m.permission_ended_day - 1, 20083),
  COALESCE(h.held_day - 1, 20083)) AS end_day
 FROM "member_facts" m
 LEFT JOIN held_out h ON h.member_key = m.member_key
 WHERE m.enrolled_day >= 19730 AND m.enrolled_day <= 20083
 AND (m.has_permission OR m.permission_ended_day > m.enrolled_day)
), first_contacts AS (
 -- why: a message before joining went to a prospect and welcomes nobody
 SELECT c.member_key, min(c.from_day) AS contact_day
 FROM "contact_facts" c
 JOIN joined j ON j.member_key = c.member_key
 WHERE c.has_own_date AND c.from_day >= j.enrolled_day
 GROUP BY c.member_key
), followed AS (
 -- why: a contact after the end of following does not count, and the wait ends there
 SELECT j.member_key, j.jackknife_group, j.enrolled_day, j.value,
 CASE WHEN c.contact_day <= j.end_day THEN 1 ELSE 0 END AS is_contacted,
 CASE WHEN c.contact_day <= j.end_day THEN c.contact_day ELSE j.end_day END - j.enrolled_day AS wait_days
 FROM joined j
 LEFT JOIN first_contacts c ON c.member_key = j.member_key
 WHERE j.end_day >= j.enrolled_day
)
SELECT count(*) AS joined, count(*) - count(f.member_key) AS excluded
FROM "member_facts" m
LEFT JOIN followed f ON f.member_key = m.member_key
WHERE m.enrolled_day >= 19730 AND m.enrolled_day <= 20083;

SELECT min(day) AS first_day, max(day) AS last_day FROM "purchase_days";

WITH since_joining AS (
 -- why: purchases before joining are not steps of a new member; two baskets of one day are two purchases
 SELECT m.member_key, p.day, sum(p.orders) OVER (PARTITION BY m.member_key ORDER BY p.day ROWS UNBOUNDED PRECEDING) AS orders_so_far
 FROM "member_facts" m
 JOIN "purchase_days" p ON p.member_key = m.member_key
 WHERE m.enrolled_day >= 19730 AND m.enrolled_day <= 20083 AND p.day >= m.enrolled_day AND p.day <= 20083
), second AS (
 -- why: the first day on which there are two
 SELECT member_key, min(day) AS second_day
 FROM since_joining
 WHERE orders_so_far >= 2
 GROUP BY member_key
), followed AS (
 -- why: who leaves is followed until then
 SELECT m.enrolled_day, s.second_day, least(COALESCE(m.closed_day, 20083), 20083) AS end_day
 FROM "member_facts" m
 LEFT JOIN second s ON s.member_key = m.member_key
 WHERE m.enrolled_day >= 19730 AND m.enrolled_day <= 20083
), waited AS (
 -- why: an alias cannot be grouped by in every engine
 SELECT CASE WHEN second_day <= end_day THEN second_day ELSE end_day END - enrolled_day AS wait_days, CASE WHEN second_day <= end_day THEN 1 ELSE 0 END AS has_bought
 FROM followed
 WHERE end_day >= enrolled_day
)
SELECT wait_days, has_bought, count(*) AS members
FROM waited
GROUP BY wait_days, has_bought
ORDER BY wait_days, has_bought;
