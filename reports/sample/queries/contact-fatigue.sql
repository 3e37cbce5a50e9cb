-- Do members tire of contact?
-- Draws on: contact_pressure.sql, purchase_days.sql, member_facts.sql

WITH
answers AS (
 -- why: a response belongs to the last contact of its campaign before it, so that two waves do not share one; without a day, to the first
 SELECT p.member_key, p.campaign_key, COALESCE(max(CASE WHEN p.day <= date_diff('day', DATE '1970-01-01', CAST(r.responded_at AS DATE)) THEN p.moment END), min(p.moment)) AS moment
 FROM "contact_pressure" p
 JOIN responses r ON r.member_key = p.member_key AND r.campaign_key = p.campaign_key
 WHERE p.jackknife_group < 50 AND lower(trim(COALESCE(r.type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
 GROUP BY p.member_key, p.campaign_key, date_diff('day', DATE '1970-01-01', CAST(r.responded_at AS DATE))
), answered AS (
 SELECT DISTINCT member_key, campaign_key, moment FROM answers
), withdrawals AS (
 SELECT member_key, min(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))) AS out_day
 FROM opt_outs
 WHERE occurred_at IS NOT NULL
 GROUP BY member_key
), first_days AS (
 SELECT campaign_key, min(day) AS campaign_day FROM "contact_pressure" GROUP BY campaign_key
), ordered AS (
 SELECT member_key, jackknife_group % 50 AS jackknife_group, campaign_key, day, moment, place_in_day, prior_28, is_followed, cost,
 lead(day) OVER (PARTITION BY member_key ORDER BY moment, place_in_day) AS next_day
 FROM "contact_pressure"
 WHERE jackknife_group < 50
), sent AS (
 -- why: after a withdrawal nobody can withdraw again, so those contacts are not at risk; a withdrawal belongs to the last contact before it
 SELECT o.member_key, o.jackknife_group, o.campaign_key, o.day, o.moment, o.place_in_day, o.cost,
 CAST(floor((o.day - f.campaign_day) / 28e0) AS BIGINT) AS stretch,
 CASE WHEN o.prior_28 = 0 THEN 0 WHEN o.prior_28 <= 2 THEN 1 WHEN o.prior_28 <= 4 THEN 2 WHEN o.prior_28 <= 8 THEN 3 WHEN o.prior_28 <= 12 THEN 4 ELSE 5 END AS bin,
 CASE WHEN a.member_key IS NULL THEN 0 ELSE 1 END AS has_responded,
 CASE WHEN w.out_day IS NULL OR w.out_day >= o.day THEN 1 ELSE 0 END AS is_at_risk,
 CASE WHEN w.out_day >= o.day AND w.out_day < o.day + 7 AND (o.next_day IS NULL OR o.next_day > w.out_day) THEN 1 ELSE 0 END AS has_left
 FROM ordered o
 JOIN first_days f ON f.campaign_key = o.campaign_key
 LEFT JOIN answered a ON a.member_key = o.member_key AND a.campaign_key = o.campaign_key AND a.moment = o.moment
 LEFT JOIN withdrawals w ON w.member_key = o.member_key
 WHERE o.is_followed AND o.day <= 20082
), past AS (
 SELECT member_key, day, orders, 0 AS contacts, 0 AS answers FROM "purchase_days"
 UNION ALL
 SELECT c.member_key, date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)), 0, 1, 0
 FROM contacts c
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 WHERE COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE)
 UNION ALL
 SELECT DISTINCT member_key, date_diff('day', DATE '1970-01-01', CAST(responded_at AS DATE)), 0, 0, 1 FROM responses WHERE responded_at IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
), average AS (
 SELECT sum(answers) / NULLIF(CAST(sum(contacts) AS DOUBLE), 0e0) AS answered_share FROM past
), timeline AS (
 -- why: one window over everything a member did is cheaper than a join of each contact with a year of purchases, and one sum than three
 SELECT p.member_key, p.day, least(p.orders, 50) + 32768 * p.answers + 33554432 * p.contacts AS done, CAST(NULL AS BIGINT) AS moment, CAST(NULL AS BIGINT) AS place_in_day
 FROM past p
 JOIN "member_facts" m ON m.member_key = p.member_key
 WHERE m.jackknife_group < 50
 UNION ALL
 SELECT member_key, day, 0, moment, place_in_day FROM sent
), summed AS (
 SELECT member_key, moment, place_in_day,
 CAST(COALESCE(sum(done) OVER (PARTITION BY member_key ORDER BY day RANGE BETWEEN 393 PRECEDING AND 29 PRECEDING), 0) AS BIGINT) AS done
 FROM timeline
), looked_back AS (
 SELECT member_key, moment, place_in_day, done % 32768 AS orders, CAST(floor(done / 32768e0) AS BIGINT) % 1024 AS answers, CAST(floor(done / 33554432e0) AS BIGINT) AS contacts
 FROM summed
 WHERE moment IS NOT NULL
), classed AS (
 SELECT l.member_key, l.moment, l.place_in_day, least(l.orders, 50) AS orders,
 CASE WHEN l.orders = 0 THEN 0 WHEN l.orders = 1 THEN 1 WHEN l.orders <= 3 THEN 2 WHEN l.orders <= 7 THEN 3 ELSE 4 END AS orders_class,
 CASE WHEN l.answers = 0 THEN CASE WHEN l.contacts = 0 THEN 0 ELSE 1 END
 WHEN (l.answers + 5 * v.answered_share) / CAST(l.contacts + 5 AS DOUBLE) > 2e0 * v.answered_share THEN 3 ELSE 2 END AS response_class
 FROM looked_back l
 CROSS JOIN average v
), placed AS (
 SELECT s.campaign_key, s.stretch, c.orders_class, c.response_class, s.bin, s.jackknife_group, s.has_responded, s.is_at_risk, s.has_left, s.cost, c.orders,
 CASE WHEN s.day - m.enrolled_day > 3650 THEN 120 WHEN s.day > m.enrolled_day THEN CAST(floor((s.day - m.enrolled_day) / 30.4e0) AS BIGINT) ELSE 0 END AS tenure
 FROM sent s
 JOIN classed c ON c.member_key = s.member_key AND c.moment = s.moment AND c.place_in_day = s.place_in_day
 JOIN "member_facts" m ON m.member_key = s.member_key
)
SELECT campaign_key, stretch, orders_class, response_class, bin, jackknife_group, count(*) AS contacts, CAST(sum(has_responded) AS BIGINT) AS responses,
CAST(sum(is_at_risk) AS BIGINT) AS at_risk, CAST(sum(has_left) AS BIGINT) AS opt_outs, sum(cost) AS cost, count(cost) AS costed,
CAST(sum(orders) AS BIGINT) AS orders, CAST(sum(orders * orders) AS BIGINT) AS orders_squared, CAST(sum(tenure) AS BIGINT) AS tenure, CAST(sum(tenure * tenure) AS BIGINT) AS tenure_squared
FROM placed
GROUP BY campaign_key, stretch, orders_class, response_class, bin, jackknife_group
ORDER BY campaign_key, stretch, orders_class, response_class, bin, jackknife_group;

WITH
answers AS (
 -- why: a response belongs to the last contact of its campaign before it, so that two waves do not share one; without a day, to the first
 SELECT p.member_key, p.campaign_key, COALESCE(max(CASE WHEN p.day <= date_diff('day', DATE '1970-01-01', CAST(r.responded_at AS DATE)) THEN p.moment END), min(p.moment)) AS moment
 FROM "contact_pressure" p
 JOIN responses r ON r.member_key = p.member_key AND r.campaign_key = p.campaign_key
 WHERE p.jackknife_group < 50 AND lower(trim(COALESCE(r.type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
 GROUP BY p.member_key, p.campaign_key, date_diff('day', DATE '1970-01-01', CAST(r.responded_at AS DATE))
), answered AS (
 SELECT DISTINCT member_key, campaign_key, moment FROM answers
), withdrawals AS (
 SELECT member_key, min(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))) AS out_day
 FROM opt_outs
 WHERE occurred_at IS NOT NULL
 GROUP BY member_key
), first_days AS (
 SELECT campaign_key, min(day) AS campaign_day FROM "contact_pressure" GROUP BY campaign_key
), ordered AS (
 SELECT member_key, jackknife_group % 50 AS jackknife_group, campaign_key, day, moment, place_in_day, prior_28, is_followed, cost,
 lead(day) OVER (PARTITION BY member_key ORDER BY moment, place_in_day) AS next_day
 FROM "contact_pressure"
 WHERE jackknife_group < 50
), sent AS (
 -- why: after a withdrawal nobody can withdraw again, so those contacts are not at risk; a withdrawal belongs to the last contact before it
 SELECT o.member_key, o.jackknife_group, o.campaign_key, o.day, o.moment, o.place_in_day, o.cost,
 CAST(floor((o.day - f.campaign_day) / 28e0) AS BIGINT) AS stretch,
 CASE WHEN o.prior_28 = 0 THEN 0 WHEN o.prior_28 <= 2 THEN 1 WHEN o.prior_28 <= 4 THEN 2 WHEN o.prior_28 <= 8 THEN 3 WHEN o.prior_28 <= 12 THEN 4 ELSE 5 END AS bin,
 CASE WHEN a.member_key IS NULL THEN 0 ELSE 1 END AS has_responded,
 CASE WHEN w.out_day IS NULL OR w.out_day >= o.day THEN 1 ELSE 0 END AS is_at_risk,
 CASE WHEN w.out_day >= o.day AND w.out_day < o.day + 7 AND (o.next_day IS NULL OR o.next_day > w.out_day) THEN 1 ELSE 0 END AS has_left
 FROM ordered o
 JOIN first_days f ON f.campaign_key = o.campaign_key
 LEFT JOIN answered a ON a.member_key = o.member_key AND a.campaign_key = o.campaign_key AND a.moment = o.moment
 LEFT JOIN withdrawals w ON w.member_key = o.member_key
 WHERE o.is_followed AND o.day <= 20082
), stepped AS (
 SELECT jackknife_group, campaign_key AS to_campaign, bin AS to_bin, has_responded AS to_answer, lag(campaign_key) OVER onwards AS from_campaign,
 lag(bin) OVER onwards AS from_bin, lag(has_responded) OVER onwards AS from_answer
 FROM sent
 WINDOW onwards AS (PARTITION BY member_key ORDER BY moment, place_in_day)
), cells AS (
 SELECT from_campaign, to_campaign, from_bin, to_bin, jackknife_group, count(*) AS steps, CAST(sum(to_answer - from_answer) AS BIGINT) AS change
 FROM stepped
 WHERE from_campaign IS NOT NULL AND from_campaign <> to_campaign
 GROUP BY from_campaign, to_campaign, from_bin, to_bin, jackknife_group
), informative AS (
 -- why: where all members made the same step, or there are hardly any, nothing can be compared
 SELECT from_campaign, to_campaign, from_bin, to_bin, jackknife_group, steps, change,
 min(to_bin - from_bin) OVER pair AS least, max(to_bin - from_bin) OVER pair AS most, sum(steps) OVER pair AS all_steps
 FROM cells
 WINDOW pair AS (PARTITION BY from_campaign, to_campaign)
)
SELECT from_campaign, to_campaign, from_bin, to_bin, jackknife_group, steps, change
FROM informative
WHERE least < most AND all_steps >= 30
ORDER BY from_campaign, to_campaign, from_bin, to_bin, jackknife_group;

WITH stated AS (
 SELECT sum(amount) AS amount, count(amount) AS valued
 FROM responses
 WHERE lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds") AND date_diff('day', DATE '1970-01-01', CAST(responded_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(responded_at AS DATE)) < 20089
), earned AS (
 SELECT sum(margin) AS margin, sum(CASE WHEN margin IS NOT NULL THEN net END) AS net FROM "purchase_days"
), sent AS (
 SELECT count(*) AS contacts, count(DISTINCT member_key) AS members FROM "contact_pressure"
)
SELECT s.amount, s.valued, e.margin / NULLIF(CAST(e.net AS DOUBLE), 0e0) AS margin_share, t.contacts, t.members
FROM stated s
CROSS JOIN earned e
CROSS JOIN sent t
ORDER BY s.valued;
