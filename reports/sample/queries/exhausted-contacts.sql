-- Is contact spent on members who no longer respond?
-- Draws on: contact_facts.sql, member_facts.sql, purchase_days.sql

SELECT CAST(sum(margin) AS DOUBLE) / NULLIF(CAST(sum(CASE WHEN margin IS NOT NULL THEN net END) AS DOUBLE), 0e0) AS margin_share
FROM "purchase_days";

WITH received AS (
 SELECT member_key, jackknife_group, campaign_key, min(from_day) AS day, count(*) AS messages, max(has_responded) AS has_responded
 FROM "contact_facts"
 WHERE campaign_key IS NOT NULL
 GROUP BY member_key, jackknife_group, campaign_key
)
SELECT c.jackknife_group, lower(trim(COALESCE(r.type, 'response'))) AS kind, count(*) AS responses, count(r.amount) AS valued, sum(r.amount) AS amount
FROM received c
JOIN responses r ON r.member_key = c.member_key AND r.campaign_key = c.campaign_key
WHERE lower(trim(COALESCE(r.type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
GROUP BY c.jackknife_group, lower(trim(COALESCE(r.type, 'response')))
ORDER BY c.jackknife_group, kind;

WITH received AS (
 SELECT member_key, jackknife_group, campaign_key, min(from_day) AS day, count(*) AS messages, max(has_responded) AS has_responded
 FROM "contact_facts"
 WHERE campaign_key IS NOT NULL
 GROUP BY member_key, jackknife_group, campaign_key
), sent AS (
 SELECT campaign_key, count(*) AS messages, count(cost) AS costed, sum(cost) AS cost
 FROM contacts
 WHERE NOT COALESCE(is_transactional, FALSE) AND campaign_key IS NOT NULL
 GROUP BY campaign_key
), prices AS (
 -- why: what its messages cost, else an even share of the cost of the campaign
 SELECT s.campaign_key, CASE WHEN s.costed > 0 THEN CAST(s.cost AS DOUBLE) / s.costed ELSE CAST(k.cost AS DOUBLE) / s.messages END AS price
 FROM sent s
 JOIN campaigns k ON k.campaign_key = s.campaign_key
), placed AS (
 -- why: the rows before a campaign are those that were known when it was sent; one total order keeps days with two campaigns stable
 SELECT jackknife_group, campaign_key, messages, has_responded, row_number() OVER (PARTITION BY member_key ORDER BY day NULLS LAST, campaign_key) - 1 AS earlier,
 sum(has_responded) OVER (PARTITION BY member_key ORDER BY day NULLS LAST, campaign_key ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS answered
 FROM received
), grouped AS (
 SELECT p.jackknife_group, CASE WHEN COALESCE(p.answered, 0) > 0 THEN -1 WHEN p.earlier > 1000 THEN 1000 ELSE p.earlier END AS silence,
 p.has_responded, CAST(p.messages * c.price AS DECIMAL(18, 6)) AS cost
 FROM placed p
 LEFT JOIN prices c ON c.campaign_key = p.campaign_key
)
SELECT jackknife_group, silence, count(*) AS contacts, CAST(sum(has_responded) AS BIGINT) AS responses, sum(cost) AS cost, count(cost) AS costed
FROM grouped
GROUP BY jackknife_group, silence
ORDER BY jackknife_group, silence;

WITH received AS (
 SELECT member_key, jackknife_group, campaign_key, min(from_day) AS day, count(*) AS messages, max(has_responded) AS has_responded
 FROM "contact_facts"
 WHERE campaign_key IS NOT NULL
 GROUP BY member_key, jackknife_group, campaign_key
), histories AS (
 -- why: the spread of the chances needs each member's pair of counts, and only how many members share it
 SELECT member_key, count(*) AS contacts, CAST(sum(has_responded) AS BIGINT) AS responses,
 count(CASE WHEN day >= 19999 THEN 1 END) AS lately
 FROM received
 GROUP BY member_key
)
SELECT m.jackknife_group, h.contacts, h.responses, count(*) AS members, count(CASE WHEN m.orders > 0 THEN 1 END) AS buyers, sum(m.value) AS value,
count(CASE WHEN h.lately >= 3 AND h.responses = 0 THEN 1 END) AS by_rule
FROM histories h
JOIN "member_facts" m ON m.member_key = h.member_key
GROUP BY m.jackknife_group, h.contacts, h.responses
ORDER BY m.jackknife_group, h.contacts, h.responses;

SELECT jackknife_group, sum(value) AS value FROM "member_facts" GROUP BY jackknife_group ORDER BY jackknife_group;

SELECT count(DISTINCT o.member_key) AS withdrawals
FROM opt_outs o
JOIN "contact_facts" c ON c.member_key = o.member_key AND c.from_day <= date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) AND c.from_day > date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) - 30
WHERE date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) < 20089;
