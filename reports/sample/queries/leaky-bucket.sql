-- Does winning new members hide that members leave?
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

SELECT jackknife_group, gap, count(*) AS gaps
FROM "purchase_days"
WHERE gap IS NOT NULL
GROUP BY jackknife_group, gap
ORDER BY jackknife_group, gap;

WITH placed AS (
 -- why: who has no joining date was there before; a closing before the joining is an error of the file
 SELECT jackknife_group, CASE WHEN enrolled_day IS NULL THEN 0 ELSE CASE WHEN enrolled_day < 19814 THEN 0 WHEN enrolled_day < 19905 THEN 1 WHEN enrolled_day < 19997 THEN 2 WHEN enrolled_day < 20089 THEN 3 ELSE 4 END END AS from_quarter,
 CASE WHEN closed_day IS NULL THEN 4 ELSE CASE WHEN closed_day < 19814 THEN 0 WHEN closed_day < 19905 THEN 1 WHEN closed_day < 19997 THEN 2 WHEN closed_day < 20089 THEN 3 ELSE 4 END END AS to_quarter
 FROM "member_facts"
 WHERE closed_day IS NULL OR enrolled_day IS NULL OR closed_day >= enrolled_day
)
SELECT jackknife_group, from_quarter, to_quarter, 'new' AS start, CASE WHEN to_quarter < 4 THEN 1 ELSE 0 END AS has_lapsed, count(*) AS members
FROM placed
WHERE from_quarter < 4
GROUP BY jackknife_group, from_quarter, to_quarter
ORDER BY jackknife_group, from_quarter, to_quarter;

WITH personal AS (
 -- why: fewer than four purchases say nothing about a member's rhythm
 SELECT member_key, day, CASE WHEN next_gap IS NULL THEN open_limit WHEN gaps < 4 THEN NULL WHEN place > CAST(floor((90 * (gaps - 1) + 99) / 100e0) AS BIGINT) THEN closed_limit ELSE shifted_limit END AS own_limit
 FROM (
  SELECT member_key, day, next_gap, place, gaps, max(CASE WHEN place = CAST(floor((90 * (gaps) + 99) / 100e0) AS BIGINT) THEN next_gap END) OVER (PARTITION BY member_key) AS open_limit,
  max(CASE WHEN place = CAST(floor((90 * (gaps - 1) + 99) / 100e0) AS BIGINT) THEN next_gap END) OVER (PARTITION BY member_key) AS closed_limit,
  max(CASE WHEN place = CAST(floor((90 * (gaps - 1) + 99) / 100e0) AS BIGINT) + 1 THEN next_gap END) OVER (PARTITION BY member_key) AS shifted_limit
  FROM (
   SELECT member_key, day, next_gap, row_number() OVER (PARTITION BY member_key ORDER BY next_gap NULLS LAST, day) AS place, count(next_gap) OVER (PARTITION BY member_key) AS gaps
   FROM (
    SELECT member_key, day, lead(gap) OVER (PARTITION BY member_key ORDER BY day) AS next_gap FROM "purchase_days"
   ) AS followed
  ) AS ordered
  WHERE gaps >= 3
 ) AS placed
), dated AS (
 -- why: a quarter of the calendar cannot be reckoned in the same words by every engine, so its days are given
 SELECT member_key, jackknife_group, day, occasion, CASE WHEN day < 19905 THEN 0 WHEN day < 19997 THEN 1 WHEN day < 20089 THEN 2 ELSE 3 END AS from_quarter FROM "purchase_days"
), quarters AS (
 -- why: the last purchase of a quarter decides the state at its end and at the ends that follow
 SELECT member_key, jackknife_group, from_quarter, min(day) AS begin_day, max(day) AS day, min(occasion) AS first_occasion, max(occasion) AS occasion
 FROM dated
 GROUP BY member_key, jackknife_group, from_quarter
), known AS (
 -- why: who joined before the files begin bought before they begin, and is not new when seen for the first time
 SELECT q.member_key, q.jackknife_group, q.from_quarter, q.day, q.first_occasion, q.occasion, p.own_limit, min(q.begin_day) OVER (PARTITION BY q.member_key) AS first_day,
 CASE WHEN m.enrolled_day < 19723 THEN 0 ELSE 1 END AS is_born_here
 FROM quarters q
 JOIN "member_facts" m ON m.member_key = q.member_key
 LEFT JOIN personal p ON p.member_key = q.member_key AND p.day = q.day
), limited AS (
 -- why: the first day on which the silence is longer than the limit
 SELECT member_key, jackknife_group, from_quarter, first_occasion, is_born_here, day + COALESCE(own_limit, 66) + 1 AS lapse_day
 FROM known
 WHERE from_quarter < 3
), spells AS (
 -- why: a spell ends with the silence or with the next quarter of purchases, whichever comes first
 SELECT jackknife_group, from_quarter, first_occasion, is_born_here, CASE WHEN lapse_day < 19905 THEN 0 WHEN lapse_day < 19997 THEN 1 WHEN lapse_day < 20089 THEN 2 ELSE 3 END AS lapse_quarter,
 lag(lapse_day) OVER (PARTITION BY member_key ORDER BY from_quarter) AS previous_lapse_day,
 COALESCE(lead(from_quarter) OVER (PARTITION BY member_key ORDER BY from_quarter), 3) AS next_quarter
 FROM limited
), told AS (
 -- why: whether a spell begins anew is known from how the one before ended
 SELECT jackknife_group, from_quarter, least(lapse_quarter, next_quarter) AS to_quarter, CASE WHEN lapse_quarter < next_quarter THEN 1 ELSE 0 END AS has_lapsed,
 CASE WHEN first_occasion = 1 AND is_born_here = 1 THEN 'new' WHEN CASE WHEN previous_lapse_day < 19905 THEN 0 WHEN previous_lapse_day < 19997 THEN 1 WHEN previous_lapse_day < 20089 THEN 2 ELSE 3 END >= from_quarter AND previous_lapse_day IS NOT NULL THEN 'active' ELSE 'back' END AS start
 FROM spells
)
SELECT jackknife_group, from_quarter, to_quarter, start, has_lapsed, count(*) AS members
FROM told
GROUP BY jackknife_group, from_quarter, to_quarter, start, has_lapsed
ORDER BY jackknife_group, from_quarter, to_quarter, start, has_lapsed;

WITH lives AS (
 -- why: the model needs the first purchase of all, so who joined before the files begin is left out
 SELECT d.member_key, max(d.occasion) - 1 AS repeats, max(d.day) - min(d.day) AS last_age, 20088 - min(d.day) AS age
 FROM "purchase_days" d
 JOIN "member_facts" m ON m.member_key = d.member_key
 WHERE d.jackknife_group < 50 AND (m.enrolled_day IS NULL OR m.enrolled_day >= 19723)
 GROUP BY d.member_key
)
SELECT repeats, last_age, age, count(*) AS customers
FROM lives
GROUP BY repeats, last_age, age
ORDER BY repeats, last_age, age;

WITH personal AS (
 -- why: fewer than four purchases say nothing about a member's rhythm
 SELECT member_key, day, gap AS own_limit FROM "purchase_days" WHERE FALSE
), dated AS (
 -- why: a quarter of the calendar cannot be reckoned in the same words by every engine, so its days are given
 SELECT member_key, jackknife_group, day, occasion, CASE WHEN day < 19905 THEN 0 WHEN day < 19997 THEN 1 WHEN day < 20089 THEN 2 ELSE 3 END AS from_quarter FROM "purchase_days"
), quarters AS (
 -- why: the last purchase of a quarter decides the state at its end and at the ends that follow
 SELECT member_key, jackknife_group, from_quarter, min(day) AS begin_day, max(day) AS day, min(occasion) AS first_occasion, max(occasion) AS occasion
 FROM dated
 GROUP BY member_key, jackknife_group, from_quarter
), known AS (
 -- why: who joined before the files begin bought before they begin, and is not new when seen for the first time
 SELECT q.member_key, q.jackknife_group, q.from_quarter, q.day, q.first_occasion, q.occasion, p.own_limit, min(q.begin_day) OVER (PARTITION BY q.member_key) AS first_day,
 CASE WHEN m.enrolled_day < 19723 THEN 0 ELSE 1 END AS is_born_here
 FROM quarters q
 JOIN "member_facts" m ON m.member_key = q.member_key
 LEFT JOIN personal p ON p.member_key = q.member_key AND p.day = q.day
), limited AS (
 -- why: the first day on which the silence is longer than the limit
 SELECT member_key, jackknife_group, from_quarter, first_occasion, is_born_here, day + CASE WHEN occasion = 1 THEN 66 ELSE CAST(floor(least(1e6, greatest(0e0, (5.831190116802388e+1 + (day - first_day)) * (power(1.5302081625665548e+2 * (3.7467018310019244e+0 + occasion - 2), 1e0 / (1.8268964976761415e+0 + occasion - 1)) - 1e0)))) AS BIGINT) END + 1 AS lapse_day
 FROM known
 WHERE from_quarter < 3
), spells AS (
 -- why: a spell ends with the silence or with the next quarter of purchases, whichever comes first
 SELECT jackknife_group, from_quarter, first_occasion, is_born_here, CASE WHEN lapse_day < 19905 THEN 0 WHEN lapse_day < 19997 THEN 1 WHEN lapse_day < 20089 THEN 2 ELSE 3 END AS lapse_quarter,
 lag(lapse_day) OVER (PARTITION BY member_key ORDER BY from_quarter) AS previous_lapse_day,
 COALESCE(lead(from_quarter) OVER (PARTITION BY member_key ORDER BY from_quarter), 3) AS next_quarter
 FROM limited
), told AS (
 -- why: whether a spell begins anew is known from how the one before ended
 SELECT jackknife_group, from_quarter, least(lapse_quarter, next_quarter) AS to_quarter, CASE WHEN lapse_quarter < next_quarter THEN 1 ELSE 0 END AS has_lapsed,
 CASE WHEN first_occasion = 1 AND is_born_here = 1 THEN 'new' WHEN CASE WHEN previous_lapse_day < 19905 THEN 0 WHEN previous_lapse_day < 19997 THEN 1 WHEN previous_lapse_day < 20089 THEN 2 ELSE 3 END >= from_quarter AND previous_lapse_day IS NOT NULL THEN 'active' ELSE 'back' END AS start
 FROM spells
)
SELECT jackknife_group, from_quarter, to_quarter, start, has_lapsed, count(*) AS members
FROM told
GROUP BY jackknife_group, from_quarter, to_quarter, start, has_lapsed
ORDER BY jackknife_group, from_quarter, to_quarter, start, has_lapsed;

WITH bought AS (
 -- why: the parts of a change are those of each member, added up
 SELECT member_key, jackknife_group, min(occasion) AS first_occasion, sum(CASE WHEN day < 19906 THEN net ELSE 0 END) AS earlier,
 sum(CASE WHEN day >= 19906 THEN net ELSE 0 END) AS later, sum(CASE WHEN day < 19906 THEN orders ELSE 0 END) AS earlier_orders,
 sum(CASE WHEN day >= 19906 THEN orders ELSE 0 END) AS later_orders
 FROM "purchase_days"
 WHERE day >= 19723
 GROUP BY member_key, jackknife_group
), told AS (
 SELECT b.jackknife_group, b.earlier, b.later, CASE WHEN b.earlier_orders > 0 AND b.later_orders > 0 THEN 1 ELSE 0 END AS is_kept,
 CASE WHEN b.earlier_orders = 0 AND b.first_occasion = 1 AND (m.enrolled_day IS NULL OR m.enrolled_day >= 19723) THEN 1 ELSE 0 END AS is_new,
 -- why: half-way between both periods' value of a purchase, so that no part is left over (rounded to the places of an amount)
 CAST(round((b.later_orders - b.earlier_orders) * (CAST(b.earlier AS DOUBLE) / NULLIF(b.earlier_orders, 0) + CAST(b.later AS DOUBLE) / NULLIF(b.later_orders, 0)) / 2e0, 4) AS DECIMAL(18, 4)) AS frequency
 FROM bought b
 JOIN "member_facts" m ON m.member_key = b.member_key
)
SELECT jackknife_group, sum(earlier) AS earlier, sum(later) AS later, sum(CASE WHEN is_new = 1 THEN later ELSE 0 END) AS from_new,
sum(CASE WHEN earlier = 0 AND is_new = 0 THEN later ELSE 0 END) AS from_back, sum(CASE WHEN later = 0 THEN earlier ELSE 0 END) AS from_lost,
sum(CASE WHEN is_kept = 1 THEN frequency ELSE 0 END) AS from_frequency, CAST(sum(is_new) AS BIGINT) AS new_members,
count(CASE WHEN earlier = 0 AND is_new = 0 THEN 1 END) AS back_members, count(CASE WHEN later = 0 THEN 1 END) AS lost_members,
CAST(sum(is_kept) AS BIGINT) AS kept_members
FROM told
GROUP BY jackknife_group
ORDER BY jackknife_group;
