-- Are the customers who do not respond ignored?
-- Draws on: contact_facts.sql, member_facts.sql, experiments.sql

WITH responders AS (
 -- why: several reactions to one campaign are one responder
 SELECT DISTINCT member_key, campaign_key FROM (SELECT member_key, campaign_key, lower(trim(COALESCE(type, 'response'))) AS kind FROM responses WHERE campaign_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")) AS reactions
), placed AS (
 -- why: several messages of one campaign share its responses, so a customer counts once in a campaign
 SELECT f.member_key, f.jackknife_group, f.campaign_key, f.from_day, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded
 FROM "contact_facts" f
 LEFT JOIN responders r ON r.member_key = f.member_key AND r.campaign_key = f.campaign_key
 WHERE f.wave = 1 AND f.campaign_key IS NOT NULL
), counted AS (
 -- why: the descriptions join to a few rows instead of to every contact
 SELECT campaign_key, count(*) AS contacted, CAST(sum(has_responded) AS BIGINT) AS responders
 FROM placed
 GROUP BY campaign_key
)
SELECT c.campaign_key, COALESCE(k.name, k.campaign_id) AS name, k.objective AS kind, c.contacted, c.responders
FROM counted c
JOIN campaigns k ON k.campaign_key = c.campaign_key
ORDER BY k.campaign_id NULLS LAST;

WITH reactions AS (
 -- why: a customer who clicks twice has one click
 SELECT DISTINCT member_key, campaign_key, kind FROM (SELECT member_key, campaign_key, lower(trim(COALESCE(type, 'response'))) AS kind FROM responses WHERE campaign_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")) AS recorded
)
SELECT r.kind, count(*) AS responders, count(DISTINCT r.member_key) AS members
FROM "contact_facts" f
JOIN reactions r ON r.member_key = f.member_key AND r.campaign_key = f.campaign_key
WHERE f.wave = 1
GROUP BY r.kind
ORDER BY responders DESC, r.kind;

WITH responders AS (
 -- why: several reactions to one campaign are one responder
 SELECT DISTINCT member_key, campaign_key FROM (SELECT member_key, campaign_key, lower(trim(COALESCE(type, 'response'))) AS kind FROM responses WHERE campaign_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")) AS reactions
), placed AS (
 -- why: several messages of one campaign share its responses, so a customer counts once in a campaign
 SELECT f.member_key, f.jackknife_group, f.campaign_key, f.from_day, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded
 FROM "contact_facts" f
 LEFT JOIN responders r ON r.member_key = f.member_key AND r.campaign_key = f.campaign_key
 WHERE f.wave = 1 AND f.campaign_key IS NOT NULL
), histories AS (
 -- why: whether somebody ever responded is a property of the member, not of a contact
 SELECT member_key, count(*) AS contacts, sum(has_responded) AS responses
 FROM placed
 GROUP BY member_key
), segmented AS (
 -- why: members without a contact are part of the scheme and hold value too
 SELECT m.jackknife_group, m.value, COALESCE(h.contacts, 0) AS contacts, COALESCE(h.responses, 0) AS responses,
 CASE WHEN h.member_key IS NULL THEN 'neverContacted' WHEN h.responses = 0 THEN 'neverResponded' ELSE 'responded' END AS segment
 FROM "member_facts" m
 LEFT JOIN histories h ON h.member_key = m.member_key
)
SELECT jackknife_group, segment, count(*) AS members, CAST(sum(contacts) AS BIGINT) AS contacts, CAST(sum(responses) AS BIGINT) AS responses, sum(value) AS value
FROM segmented
GROUP BY jackknife_group, segment
ORDER BY jackknife_group, segment;

WITH responders AS (
 -- why: several reactions to one campaign are one responder
 SELECT DISTINCT member_key, campaign_key FROM (SELECT member_key, campaign_key, lower(trim(COALESCE(type, 'response'))) AS kind FROM responses WHERE campaign_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")) AS reactions
), placed AS (
 -- why: several messages of one campaign share its responses, so a customer counts once in a campaign
 SELECT f.member_key, f.jackknife_group, f.campaign_key, f.from_day, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded
 FROM "contact_facts" f
 LEFT JOIN responders r ON r.member_key = f.member_key AND r.campaign_key = f.campaign_key
 WHERE f.wave = 1 AND f.campaign_key IS NOT NULL
), histories AS (
 -- why: the model of the chances needs each member's pair of counts, and only how many members share it
 SELECT member_key, count(*) AS contacts, CAST(sum(has_responded) AS BIGINT) AS responses
 FROM placed
 GROUP BY member_key
)
SELECT h.contacts, h.responses, count(*) AS members, sum(m.value) AS value
FROM histories h
JOIN "member_facts" m ON m.member_key = h.member_key
GROUP BY h.contacts, h.responses
ORDER BY h.contacts, h.responses;

WITH responders AS (
 -- why: several reactions to one campaign are one responder
 SELECT DISTINCT member_key, campaign_key FROM (SELECT member_key, campaign_key, lower(trim(COALESCE(type, 'response'))) AS kind FROM responses WHERE campaign_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")) AS reactions
), placed AS (
 -- why: several messages of one campaign share its responses, so a customer counts once in a campaign
 SELECT f.member_key, f.jackknife_group, f.campaign_key, f.from_day, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded
 FROM "contact_facts" f
 LEFT JOIN responders r ON r.member_key = f.member_key AND r.campaign_key = f.campaign_key
 WHERE f.wave = 1 AND f.campaign_key IS NOT NULL
), silent AS (
 -- why: customers who answered at some time and withdrew later are another story
 SELECT member_key, min(from_day) AS first_day
 FROM placed
 GROUP BY member_key
 HAVING sum(has_responded) = 0
), withdrawn AS (
 -- why: a withdrawal before the first contact cannot follow from it; several of one member are one
 SELECT DISTINCT s.member_key
 FROM silent s
 JOIN opt_outs o ON o.member_key = s.member_key
 WHERE date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) < 20089 AND (s.first_day IS NULL OR date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) >= s.first_day)
)
SELECT count(*) AS never_responded, count(w.member_key) AS opted_out
FROM silent s
LEFT JOIN withdrawn w ON w.member_key = s.member_key
ORDER BY 1;

WITH responders AS (
 -- why: several reactions to one campaign are one responder
 SELECT DISTINCT member_key, campaign_key FROM (SELECT member_key, campaign_key, lower(trim(COALESCE(type, 'response'))) AS kind FROM responses WHERE campaign_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")) AS reactions
), placed AS (
 -- why: several messages of one campaign share its responses, so a customer counts once in a campaign
 SELECT f.member_key, f.jackknife_group, f.campaign_key, f.from_day, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded
 FROM "contact_facts" f
 LEFT JOIN responders r ON r.member_key = f.member_key AND r.campaign_key = f.campaign_key
 WHERE f.wave = 1 AND f.campaign_key IS NOT NULL
), histories AS (
 -- why: whether somebody ever responded is a property of the member, not of a contact
 SELECT member_key, sum(has_responded) AS responses
 FROM placed
 GROUP BY member_key
), named AS (
 -- why: a group that is written with blanks around it is the same group
 SELECT NULLIF(trim(g."business_unit"), '') AS name, f.value,
 CASE WHEN h.member_key IS NULL THEN 'neverContacted' WHEN h.responses = 0 THEN 'neverResponded' ELSE 'responded' END AS segment
 FROM "member_facts" f
 LEFT JOIN members g ON g.member_key = f.member_key
 LEFT JOIN histories h ON h.member_key = f.member_key
)
SELECT name, segment, count(*) AS members, sum(value) AS value
FROM named
GROUP BY name, segment
ORDER BY name NULLS LAST, segment;
