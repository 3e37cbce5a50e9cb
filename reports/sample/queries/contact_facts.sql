-- Shared: contact facts

CREATE TABLE "contact_facts" AS
WITH responders AS (
 -- why: several reactions to one campaign are one responder; an open never counts (image pre-loading opens mail by itself)
 SELECT DISTINCT member_key, campaign_key
 FROM responses
 WHERE campaign_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
), dated AS (
 -- why: a contact without a date happened at some time while its campaign ran
 SELECT c.member_key, c.campaign_key, c.contacted_at IS NOT NULL AS has_own_date,
 date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) AS from_day,
 date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(COALESCE(k.ends_at, k.starts_at) AS TIMESTAMP)) AS DATE)) AS to_day
 FROM contacts c
 LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
 WHERE NOT COALESCE(c.is_transactional, FALSE)
), in_window AS (
 SELECT member_key, campaign_key, has_own_date, from_day, to_day
 FROM dated
 WHERE from_day IS NULL OR (from_day < 20089 AND to_day >= 19723)
)
SELECT i.member_key, m.jackknife_group, i.campaign_key, i.from_day, i.to_day, i.has_own_date,
row_number() OVER (PARTITION BY i.member_key, i.campaign_key ORDER BY i.from_day NULLS LAST, i.to_day NULLS LAST, i.has_own_date) AS wave,
CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded
FROM in_window i
JOIN members m ON m.member_key = i.member_key
LEFT JOIN responders r ON r.member_key = i.member_key AND r.campaign_key = i.campaign_key;
