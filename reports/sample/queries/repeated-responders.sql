-- Do campaigns go back to those who responded before?
-- Draws on: contact_facts.sql, member_facts.sql

WITH
compared AS (
 -- why: a campaign that sends all year has no day of selection, and an early one has no past to look back on
 SELECT campaign_key, min(from_day) AS day, CAST(floor((min(from_day) - 19723) / 28e0) AS BIGINT) AS slice
 FROM "contact_facts"
 GROUP BY campaign_key
 HAVING max(from_day) - min(from_day) <= 28 AND min(from_day) >= 19813
),
only_channels AS (
 SELECT campaign_key, min(lower(trim(channel))) AS channel
 FROM contacts
 WHERE campaign_key IS NOT NULL
 GROUP BY campaign_key
 HAVING count(channel) = count(*) AND min(lower(trim(channel))) = max(lower(trim(channel)))
), refusals AS (
 -- why: members with fewer channels are contacted less, and so respond less; taken for members who were passed over they would make a preference of it
 SELECT member_key, lower(trim(channel)) AS channel
 FROM consents
 GROUP BY member_key, lower(trim(channel))
 HAVING max(CASE WHEN status = 'granted' THEN 1 ELSE 0 END) = 0
),
slices AS (
 SELECT DISTINCT slice, 19723 + slice * 28 AS start_day
 FROM compared
), prior_value AS (
 SELECT s.slice, t.member_key, sum(COALESCE(margin_amount, 0)) AS worth
 FROM slices s
 JOIN transactions t ON date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) < s.start_day AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) >= s.start_day - 365
 WHERE t.member_key IN (SELECT member_key FROM "member_facts" WHERE jackknife_group < 50)
 GROUP BY s.slice, t.member_key
), fifths AS (
 -- why: percent_rank gives equal members equal rank, which NTILE does not
 SELECT s.slice, m.member_key,
 least(CAST(floor(percent_rank() OVER (PARTITION BY s.slice ORDER BY COALESCE(v.worth, 0)) * 5e0) AS BIGINT), 4) AS fifth
 FROM "member_facts" m
 CROSS JOIN slices s
 LEFT JOIN prior_value v ON v.member_key = m.member_key AND v.slice = s.slice
 WHERE m.jackknife_group < 50
), own AS (
 SELECT member_key, campaign_key, from_day, to_day, has_responded, wave
 FROM "contact_facts"
 WHERE jackknife_group < 50 AND from_day IS NOT NULL
), reactions AS (
 -- why: a response without a date happened at the latest on the last day of the contact
 SELECT DISTINCT o.member_key, COALESCE(date_diff('day', DATE '1970-01-01', CAST(r.responded_at AS DATE)), o.to_day) AS day
 FROM own o
 JOIN responses r ON r.member_key = o.member_key AND r.campaign_key = o.campaign_key
 WHERE o.wave = 1 AND o.has_responded = 1 AND lower(trim(COALESCE(r.type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
), past AS (
 SELECT k.campaign_key, o.member_key, 1 AS contacts, 0 AS responses
 FROM compared k
 JOIN own o ON o.from_day < k.day AND o.from_day >= k.day - 90
 UNION ALL
 SELECT k.campaign_key, r.member_key, 0 AS contacts, 1 AS responses
 FROM compared k
 JOIN reactions r ON r.day < k.day AND r.day >= k.day - 90
), known AS (
 SELECT campaign_key, member_key, least(CAST(sum(contacts) AS BIGINT), 3) AS prior_contacts, max(responses) AS has_responded
 FROM past
 GROUP BY campaign_key, member_key
), chosen AS (
 SELECT DISTINCT campaign_key, member_key
 FROM own
)
SELECT n.campaign_key, f.fifth, n.prior_contacts, n.has_responded, count(*) AS members, count(c.member_key) AS selected
FROM known n
JOIN compared k ON k.campaign_key = n.campaign_key
JOIN "member_facts" m ON m.member_key = n.member_key
JOIN fifths f ON f.member_key = n.member_key AND f.slice = k.slice
LEFT JOIN only_channels w ON w.campaign_key = k.campaign_key
LEFT JOIN refusals x ON x.member_key = m.member_key AND x.channel = w.channel
LEFT JOIN chosen c ON c.campaign_key = n.campaign_key AND c.member_key = n.member_key
WHERE c.member_key IS NOT NULL OR x.member_key IS NULL AND (m.closed_day IS NULL OR m.closed_day > k.day) AND (m.has_permission OR m.permission_ended_day > k.day)
GROUP BY n.campaign_key, f.fifth, n.prior_contacts, n.has_responded
ORDER BY n.campaign_key, f.fifth, n.prior_contacts, n.has_responded;

WITH
compared AS (
 -- why: a campaign that sends all year has no day of selection, and an early one has no past to look back on
 SELECT campaign_key, min(from_day) AS day, CAST(floor((min(from_day) - 19723) / 28e0) AS BIGINT) AS slice
 FROM "contact_facts"
 GROUP BY campaign_key
 HAVING max(from_day) - min(from_day) <= 28 AND min(from_day) >= 19813
),
only_channels AS (
 SELECT campaign_key, min(lower(trim(channel))) AS channel
 FROM contacts
 WHERE campaign_key IS NOT NULL
 GROUP BY campaign_key
 HAVING count(channel) = count(*) AND min(lower(trim(channel))) = max(lower(trim(channel)))
), refusals AS (
 -- why: members with fewer channels are contacted less, and so respond less; taken for members who were passed over they would make a preference of it
 SELECT member_key, lower(trim(channel)) AS channel
 FROM consents
 GROUP BY member_key, lower(trim(channel))
 HAVING max(CASE WHEN status = 'granted' THEN 1 ELSE 0 END) = 0
), chosen AS (
 SELECT DISTINCT campaign_key, member_key
 FROM "contact_facts"
)
SELECT k.campaign_key, count(*) AS eligible, count(c.member_key) AS selected
FROM compared k
CROSS JOIN "member_facts" m
LEFT JOIN only_channels w ON w.campaign_key = k.campaign_key
LEFT JOIN refusals x ON x.member_key = m.member_key AND x.channel = w.channel
LEFT JOIN chosen c ON c.campaign_key = k.campaign_key AND c.member_key = m.member_key
WHERE m.jackknife_group < 50
AND (c.member_key IS NOT NULL OR ((m.enrolled_day IS NULL OR m.enrolled_day <= k.day) AND x.member_key IS NULL AND (m.closed_day IS NULL OR m.closed_day > k.day) AND (m.has_permission OR m.permission_ended_day > k.day)))
GROUP BY k.campaign_key
ORDER BY k.campaign_key;
