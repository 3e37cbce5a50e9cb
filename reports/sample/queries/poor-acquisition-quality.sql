-- Do some sources or discounts bring members who do not stay?
-- Draws on: purchase_days.sql, member_facts.sql

WITH bought AS (
 -- why: nothing can be said of the time before the first purchase on file
 SELECT min(day) AS first_purchase_day, count(CASE WHEN occasion = 1 THEN 1 END) AS buyers FROM "purchase_days"
), joined AS (
 -- why: who left before closings were written down is not on file
 SELECT min(enrolled_day) AS first_enrolled_day, min(CASE WHEN closed_day < 20089 THEN closed_day END) AS first_closed_day, count(*) AS members,
 count(CASE WHEN closed_day < 20089 THEN 1 END) AS closed
 FROM "member_facts"
)
SELECT first_purchase_day, buyers, first_enrolled_day, first_closed_day, members, closed
FROM bought CROSS JOIN joined
ORDER BY members;

WITH
named AS (
 -- why: what is fixed on joining cannot depend on how long somebody stayed
 SELECT member_key, NULLIF(trim(acquisition_source), '') AS group_name, date_diff('day', DATE '1970-01-01', CAST(enrolled_at AS DATE)) AS enrolled_day, date_diff('day', DATE '1970-01-01', CAST(closed_at AS DATE)) AS closed_day,
 CAST(EXTRACT(YEAR FROM enrolled_at) * 12 + EXTRACT(MONTH FROM enrolled_at) - 1 AS BIGINT) AS month
 FROM members
 WHERE enrolled_at IS NOT NULL
), ranked AS (
 -- why: hundreds of sources with a handful of members each are one group
 SELECT group_name, row_number() OVER (ORDER BY count(*) DESC, group_name) AS place
 FROM named
 WHERE group_name IS NOT NULL
 GROUP BY group_name
), first_bought AS (
 -- why: a first purchase before joining is not known to be the first
 SELECT member_key, day AS first_day FROM "purchase_days" WHERE occasion = 1
), joiners AS (
 -- why: only who joined inside the files has been followed from the start
 SELECT n.member_key, CASE WHEN r.place <= 15 THEN n.group_name ELSE 'all other sources' END AS group_name, n.month, n.enrolled_day, n.closed_day,
 f.first_day, CASE WHEN f.first_day < n.enrolled_day THEN 1 ELSE 0 END AS has_bought_before
 FROM named n
 JOIN ranked r ON r.group_name = n.group_name
 LEFT JOIN first_bought f ON f.member_key = n.member_key
 WHERE n.enrolled_day >= 19723 AND n.enrolled_day < 20089 AND (n.closed_day IS NULL OR n.closed_day >= n.enrolled_day)
)
SELECT group_name, month, count(*) AS members, CAST(sum(has_bought_before) AS BIGINT) AS bought_before, count(CASE WHEN enrolled_day + 365 <= 20089 THEN 1 END) AS followed_365,
count(CASE WHEN enrolled_day + 180 <= 20089 THEN 1 END) AS followed_180, count(CASE WHEN enrolled_day + 90 <= 20089 THEN 1 END) AS followed_90,
count(CASE WHEN closed_day < 20089 THEN 1 END) AS closed, count(CASE WHEN closed_day < 19723 THEN 1 END) AS closed_year_before
FROM joiners
GROUP BY group_name, month
ORDER BY group_name, month;

SELECT jackknife_group, gap, count(*) AS gaps
FROM "purchase_days"
WHERE gap IS NOT NULL
GROUP BY jackknife_group, gap
ORDER BY jackknife_group, gap;

WITH
named AS (
 -- why: what is fixed on joining cannot depend on how long somebody stayed
 SELECT member_key, NULLIF(trim(acquisition_source), '') AS group_name, date_diff('day', DATE '1970-01-01', CAST(enrolled_at AS DATE)) AS enrolled_day, date_diff('day', DATE '1970-01-01', CAST(closed_at AS DATE)) AS closed_day,
 CAST(EXTRACT(YEAR FROM enrolled_at) * 12 + EXTRACT(MONTH FROM enrolled_at) - 1 AS BIGINT) AS month
 FROM members
 WHERE enrolled_at IS NOT NULL
), ranked AS (
 -- why: hundreds of sources with a handful of members each are one group
 SELECT group_name, row_number() OVER (ORDER BY count(*) DESC, group_name) AS place
 FROM named
 WHERE group_name IS NOT NULL
 GROUP BY group_name
), first_bought AS (
 -- why: a first purchase before joining is not known to be the first
 SELECT member_key, day AS first_day FROM "purchase_days" WHERE occasion = 1
), joiners AS (
 -- why: only who joined inside the files has been followed from the start
 SELECT n.member_key, CASE WHEN r.place <= 15 THEN n.group_name ELSE 'all other sources' END AS group_name, n.month, n.enrolled_day, n.closed_day,
 f.first_day, CASE WHEN f.first_day < n.enrolled_day THEN 1 ELSE 0 END AS has_bought_before
 FROM named n
 JOIN ranked r ON r.group_name = n.group_name
 LEFT JOIN first_bought f ON f.member_key = n.member_key
 WHERE n.enrolled_day >= 19723 AND n.enrolled_day < 20089 AND (n.closed_day IS NULL OR n.closed_day >= n.enrolled_day)
), spaced AS (
 -- why: the silence after the last purchase lasts until the end of the files
 SELECT member_key, day, occasion, COALESCE(lead(day) OVER (PARTITION BY member_key ORDER BY day), 20089) - day AS quiet
 FROM "purchase_days"
), marked AS (
 -- why: the first silence that is too long is the lapse, whatever came after it
 SELECT member_key, min(CASE WHEN occasion = 2 THEN day END) AS second_day, min(CASE WHEN quiet > 66 THEN day END) + 66 + 1 AS lapse_day
 FROM spaced
 GROUP BY member_key
), bought AS (
 -- why: who bought before joining has an unknown first purchase
 SELECT j.group_name, j.month, j.first_day, m.second_day, m.lapse_day, CASE WHEN j.closed_day < 20089 THEN j.closed_day END AS closed_day
 FROM joiners j
 JOIN marked m ON m.member_key = j.member_key
 WHERE j.has_bought_before = 0 AND (j.closed_day IS NULL OR j.closed_day >= j.first_day)
), waits AS (
 -- why: a closing makes a second purchase impossible, and is no purchase
 SELECT group_name, month, 'second' AS kind, first_day AS from_day, second_day AS event_day, closed_day AS competing_day FROM bought
 UNION ALL
 SELECT group_name, month, 'lapse', first_day, lapse_day, NULL FROM bought
 UNION ALL
 SELECT group_name, month, 'closing', enrolled_day, CASE WHEN closed_day < 20089 THEN closed_day END, NULL FROM joiners
), timed AS (
 -- why: whatever comes first ends the wait, and what comes on the same day counts as the event
 SELECT group_name, month, kind, least(180, COALESCE(event_day, competing_day, 20089) - from_day, COALESCE(competing_day, event_day, 20089) - from_day) AS days,
 event_day - from_day AS event_time, competing_day - from_day AS competing_time
 FROM waits
), told AS (
 -- why: who is still waiting at the end is counted as watched until then
 SELECT group_name, month, kind, days, CASE WHEN event_time = days THEN 1 ELSE 0 END AS is_event,
 CASE WHEN competing_time = days AND COALESCE(event_time <> days, TRUE) THEN 1 ELSE 0 END AS is_competing
 FROM timed
)
SELECT group_name, month, kind, days AS time, CAST(sum(is_event) AS BIGINT) AS events, CAST(sum(1 - is_event - is_competing) AS BIGINT) AS censored,
CAST(sum(is_competing) AS BIGINT) AS competing
FROM told
GROUP BY group_name, month, kind, days
ORDER BY group_name, month, kind, days;

WITH
named AS (
 -- why: what is fixed on joining cannot depend on how long somebody stayed
 SELECT member_key, NULLIF(trim(acquisition_source), '') AS group_name, date_diff('day', DATE '1970-01-01', CAST(enrolled_at AS DATE)) AS enrolled_day, date_diff('day', DATE '1970-01-01', CAST(closed_at AS DATE)) AS closed_day,
 CAST(EXTRACT(YEAR FROM enrolled_at) * 12 + EXTRACT(MONTH FROM enrolled_at) - 1 AS BIGINT) AS month
 FROM members
 WHERE enrolled_at IS NOT NULL
), ranked AS (
 -- why: hundreds of sources with a handful of members each are one group
 SELECT group_name, row_number() OVER (ORDER BY count(*) DESC, group_name) AS place
 FROM named
 WHERE group_name IS NOT NULL
 GROUP BY group_name
), first_bought AS (
 -- why: a first purchase before joining is not known to be the first
 SELECT member_key, day AS first_day FROM "purchase_days" WHERE occasion = 1
), joiners AS (
 -- why: only who joined inside the files has been followed from the start
 SELECT n.member_key, CASE WHEN r.place <= 15 THEN n.group_name ELSE 'all other sources' END AS group_name, n.month, n.enrolled_day, n.closed_day,
 f.first_day, CASE WHEN f.first_day < n.enrolled_day THEN 1 ELSE 0 END AS has_bought_before
 FROM named n
 JOIN ranked r ON r.group_name = n.group_name
 LEFT JOIN first_bought f ON f.member_key = n.member_key
 WHERE n.enrolled_day >= 19723 AND n.enrolled_day < 20089 AND (n.closed_day IS NULL OR n.closed_day >= n.enrolled_day)
), followed AS (
 -- why: only who has been followed for the whole time can be compared in money
 SELECT member_key, group_name, month, enrolled_day FROM joiners WHERE has_bought_before = 0 AND enrolled_day + 180 <= 20089
), flows AS (
 -- why: returns are negative amounts; what serving costs is taken off margin
 SELECT f.member_key, COALESCE(t.margin_amount, 0) AS amount
 FROM followed f
 JOIN transactions t ON t.member_key = f.member_key
 WHERE date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) >= f.enrolled_day AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) < f.enrolled_day + 180
 UNION ALL
 SELECT f.member_key, -COALESCE(s.cost, 0)
 FROM followed f
 JOIN service_events s ON s.member_key = f.member_key
 WHERE date_diff('day', DATE '1970-01-01', CAST(s.occurred_at AS DATE)) >= f.enrolled_day AND date_diff('day', DATE '1970-01-01', CAST(s.occurred_at AS DATE)) < f.enrolled_day + 180
), worths AS (
 -- why: one amount a member, because members are what is compared
 SELECT member_key, sum(amount) AS worth FROM flows GROUP BY member_key
), each_member AS (
 -- why: who never bought is worth nothing, and counts
 SELECT f.group_name, f.month, CAST(COALESCE(w.worth, 0) AS DECIMAL(18, 4)) AS worth FROM followed f LEFT JOIN worths w ON w.member_key = f.member_key
)
SELECT group_name, month, count(*) AS members, sum(worth) AS total, sum(CAST(worth AS DECIMAL(38, 4)) * CAST(worth AS DECIMAL(38, 4))) AS total_of_squares
FROM each_member
GROUP BY group_name, month
ORDER BY group_name, month;
