-- How is value spread over members, and are those outside the top fifth left out?
-- Draws on: member_facts.sql, contact_facts.sql, purchase_days.sql

WITH
ranked AS (
 -- why: rank() gives equal values one place, so that no order of rows can part them
 SELECT member_key, jackknife_group, is_reachable, value, rank() OVER (ORDER BY value DESC) - 1 AS above, count(*) OVER () AS buyers
 FROM "member_facts"
 WHERE orders > 0 OR value <> 0
), placed AS (
 -- why: an alias cannot be grouped by in every engine
 SELECT jackknife_group, value, CAST(floor(above * 500 / CAST(buyers AS DOUBLE)) AS BIGINT) AS step
 FROM ranked
)
SELECT step, jackknife_group, count(*) AS members, sum(value) AS value
FROM placed
GROUP BY step, jackknife_group
ORDER BY step, jackknife_group;

WITH
ranked AS (
 -- why: rank() gives equal values one place, so that no order of rows can part them
 SELECT member_key, jackknife_group, is_reachable, value, rank() OVER (ORDER BY value DESC) - 1 AS above, count(*) OVER () AS buyers
 FROM "member_facts"
 WHERE orders > 0 OR value <> 0
), contacted AS (
 -- why: a contact is counted once, whatever it brought
 SELECT member_key, count(*) AS contacts
 FROM "contact_facts"
 GROUP BY member_key
), rewarded AS (
 -- why: a discount on what came back was given back
 SELECT member_key, CAST(sum(discount_amount) AS DECIMAL(18, 4)) AS discounts
 FROM transactions
 WHERE member_key IS NOT NULL AND discount_amount > 0 AND NOT COALESCE(is_return, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 GROUP BY member_key
), placed AS (
 -- why: who got nothing got nought, and an alias cannot be grouped by in every engine
 SELECT CAST(floor(r.above * 5 / CAST(r.buyers AS DOUBLE)) AS BIGINT) AS fifth, r.is_reachable, CASE WHEN c.contacts > 0 THEN 1 ELSE 0 END AS is_contacted,
 r.jackknife_group, r.value, COALESCE(c.contacts, 0) AS contacts, CAST(COALESCE(w.discounts, 0) AS DECIMAL(18, 4)) AS discounts
 FROM ranked r
 LEFT JOIN contacted c ON c.member_key = r.member_key
 LEFT JOIN rewarded w ON w.member_key = r.member_key
)
SELECT fifth, is_reachable, is_contacted, jackknife_group, count(*) AS members, sum(value) AS value, min(value) AS least, CAST(sum(contacts) AS BIGINT) AS contacts, sum(discounts) AS discounts
FROM placed
GROUP BY fifth, is_reachable, is_contacted, jackknife_group
ORDER BY fifth, is_reachable, is_contacted, jackknife_group;

WITH placed AS (
 -- why: a stray date years before all others is no history, and shows as a hole
 SELECT CAST(floor((20089 - 1 - day) / CAST(31 AS DOUBLE)) AS BIGINT) AS block, day
 FROM "purchase_days"
)
SELECT block, min(day) AS first_day
FROM placed
GROUP BY block
ORDER BY block;

-- Asked 2 times, with other numbers each.
SELECT gap, count(*) AS n
FROM "purchase_days"
WHERE gap IS NOT NULL AND day >= 19723 AND day < 19967
GROUP BY gap
ORDER BY gap;

SELECT count(DISTINCT member_key) AS buyers
FROM "purchase_days"
WHERE day >= 19723 AND day < 20089;

WITH sampled AS (
 -- why: some thousand customers tell the parameters as well as a million, in a fixed time
 SELECT member_key
 FROM members
 WHERE floor(CAST('0x' || substr(md5(member_id), 1, 7) AS INTEGER) % 10000 / CAST(50 AS DOUBLE)) < 200
), lives AS (
 -- why: the first purchase in the files begins the clock; at a constant rate it does not matter what came before
 SELECT p.member_key, p.jackknife_group, count(CASE WHEN day < 19967 THEN 1 END) - 1 AS repeats, max(CASE WHEN day < 19967 THEN day END) - min(day) AS last_age,
 19967 - min(day) AS age, count(CASE WHEN day < 19967 AND day >= 19967 - 122 THEN 1 END) AS previous,
 count(CASE WHEN day >= 19967 THEN 1 END) AS later
 FROM "purchase_days" p
 JOIN sampled s ON s.member_key = p.member_key
 WHERE day >= 19723 AND day < 20089
 GROUP BY p.member_key, p.jackknife_group
)
SELECT jackknife_group, repeats, last_age, age, previous, later, count(*) AS customers
FROM lives
WHERE repeats >= 0
GROUP BY jackknife_group, repeats, last_age, age, previous, later
ORDER BY jackknife_group, repeats, last_age, age, previous, later;

WITH sampled AS (
 -- why: the same customers as in the other questions
 SELECT member_key
 FROM members
 WHERE floor(CAST('0x' || substr(md5(member_id), 1, 7) AS INTEGER) % 10000 / CAST(50 AS DOUBLE)) < 200
), placed AS (
 -- why: the first purchase in the files is no repeat purchase
 SELECT p.member_key, p.jackknife_group, net, row_number() OVER (PARTITION BY p.member_key ORDER BY day) AS place
 FROM "purchase_days" p
 JOIN sampled s ON s.member_key = p.member_key
 WHERE day >= 19723 AND day < 20089
), means AS (
 -- why: the model of spend knows a customer by the mean of the repeat purchases
 SELECT jackknife_group, count(*) AS repeats, CAST(sum(net) AS DOUBLE) / count(*) AS spend
 FROM placed
 WHERE place > 1
 GROUP BY member_key, jackknife_group
), steps AS (
 -- why: exact amounts would be a row a customer
 SELECT jackknife_group, repeats, CAST(round(ln(spend) * 50e0) AS BIGINT) AS step
 FROM means
 WHERE spend > 0
)
SELECT jackknife_group, repeats, step, count(*) AS customers
FROM steps
GROUP BY jackknife_group, repeats, step
ORDER BY jackknife_group, repeats, step;

WITH sampled AS (
 -- why: some thousand customers tell the shares as well as a million, in a fixed time
 SELECT member_key
 FROM members
 WHERE floor(CAST('0x' || substr(md5(member_id), 1, 7) AS INTEGER) % 10000 / CAST(50 AS DOUBLE)) < 200
), first_days AS (
 -- why: what the first purchase was worth is no repeat purchase
 SELECT p.member_key, min(day) AS first_day
 FROM "purchase_days" p
 JOIN sampled s ON s.member_key = p.member_key
 WHERE day >= 19723 AND day < 20089
 GROUP BY p.member_key
), lives AS (
 -- why: how often, until when and for how much is all that the models know of a customer
 SELECT p.member_key, p.jackknife_group, count(*) - 1 AS repeats, max(p.day) - min(p.day) AS last_age, 20089 - min(p.day) AS age,
 sum(CASE WHEN p.day > f.first_day THEN p.net ELSE 0 END) AS repeat_net
 FROM "purchase_days" p
 JOIN first_days f ON f.member_key = p.member_key
 WHERE p.day >= f.first_day AND p.day < 20089
 GROUP BY p.member_key, p.jackknife_group
), valued AS (
 -- why: a mean is rounded to the places of an amount, so that sums of it do not depend on their order
 SELECT l.jackknife_group, CASE WHEN CAST(m.value AS DOUBLE) >= 1.866e+2 THEN 1 ELSE 0 END AS is_top, l.repeats, l.last_age, l.age,
 CAST(round(COALESCE(CAST(l.repeat_net AS DOUBLE) / NULLIF(l.repeats, 0), 0e0), 4) AS DECIMAL(18, 4)) AS spend
 FROM lives l
 JOIN "member_facts" m ON m.member_key = l.member_key
)
SELECT jackknife_group, is_top, repeats, last_age, age, count(*) AS customers, sum(spend) AS spend
FROM valued
GROUP BY jackknife_group, is_top, repeats, last_age, age
ORDER BY jackknife_group, is_top, repeats, last_age, age;
