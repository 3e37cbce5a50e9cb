-- How many members can the scheme speak to at all?
-- Draws on: member_facts.sql

WITH
said AS (
 -- why: a file of permissions may be a log (granted, then withdrawn), and opt-outs of one channel go on with it
 SELECT member_key, COALESCE(lower(trim(channel)), '') AS channel, valid_from AS said_at,
 CASE WHEN status = 'granted' AND (valid_to IS NULL OR date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)) >= 20089) THEN 1 ELSE 0 END AS is_granted,
 CASE WHEN status = 'granted' THEN valid_to ELSE valid_from END AS ended_at
 FROM consents
 WHERE valid_from IS NULL OR date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) < 20089
 UNION ALL
 SELECT member_key, COALESCE(lower(trim(channel)), '') AS channel, occurred_at AS said_at, 0 AS is_granted, occurred_at AS ended_at
 FROM opt_outs
 WHERE NOT (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) AND COALESCE(type, '') <> 'erasure' AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
), ranked AS (
 -- why: what has a date comes after what has none, and of two at once the withdrawal is respected
 SELECT member_key, channel, said_at, is_granted, ended_at,
 row_number() OVER (PARTITION BY member_key, channel ORDER BY said_at DESC NULLS LAST, is_granted, ended_at NULLS FIRST) AS place
 FROM said
), latest AS (
 SELECT member_key, channel, said_at, is_granted, ended_at
 FROM ranked
 WHERE place = 1
), withdrawn AS (
 -- why: a withdrawal without a channel, or an erasure, closes every channel
 SELECT member_key, min(occurred_at) AS first_at, max(occurred_at) AS last_at, max(CASE WHEN type = 'erasure' THEN 1 ELSE 0 END) AS is_erased
 FROM opt_outs
 WHERE ((NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) OR type = 'erasure') AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 GROUP BY member_key
), used AS (
 -- why: who has left the only channels that contacts go through cannot be reached, whatever else was never refused
 SELECT DISTINCT COALESCE(lower(trim(channel)), '') AS channel
 FROM contacts
 WHERE channel IS NOT NULL AND NOT COALESCE(is_transactional, FALSE)
), used_count AS (
 -- why: the number is compared with each member's
 SELECT count(*) AS used_channels
 FROM used
), counted AS (
 -- why: a channel granted again after the withdrawal from all of them is open again
 SELECT l.member_key, max(CASE WHEN l.is_granted = 1 AND (w.member_key IS NULL OR (w.is_erased = 0 AND l.said_at > w.last_at)) THEN 1 ELSE 0 END) AS has_grant,
 sum(1 - l.is_granted) AS closed_channels, sum(CASE WHEN u.channel IS NOT NULL THEN 1 - l.is_granted ELSE 0 END) AS closed_used, max(l.ended_at) AS closed_at
 FROM latest l
 LEFT JOIN withdrawn w ON w.member_key = l.member_key
 LEFT JOIN used u ON u.channel = l.channel
 GROUP BY l.member_key
), permissions AS (
 SELECT m.member_key, COALESCE(c.has_grant, 0) = 1 AND NOT (n.used_channels > 0 AND c.closed_used >= n.used_channels) AS has_permission, date_diff('day', DATE '1970-01-01', CAST(COALESCE(w.first_at, c.closed_at) AS DATE)) AS ended_day
 FROM members m
 CROSS JOIN used_count n
 LEFT JOIN counted c ON c.member_key = m.member_key
 LEFT JOIN withdrawn w ON w.member_key = m.member_key
), open_channels AS (
 -- why: a channel granted again after the withdrawal from all of them is open again
 SELECT l.member_key, l.channel
 FROM latest l
 LEFT JOIN withdrawn w ON w.member_key = l.member_key
 WHERE l.is_granted = 1 AND (w.member_key IS NULL OR (w.is_erased = 0 AND l.said_at > w.last_at))
), sent AS (
 -- why: a message of which nobody says whether it arrived proves nothing; service messages arrive like others
 SELECT member_key, COALESCE(lower(trim(channel)), '') AS channel, COALESCE(date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)), 0) AS day,
 CASE WHEN bounced OR NOT delivered THEN 0 WHEN delivered OR NOT bounced THEN 1 END AS has_arrived
 FROM contacts
 WHERE FALSE AND (bounced IS NOT NULL OR delivered IS NOT NULL)
), addresses AS (
 -- why: day and arrival in one number, so that the last message decides, and of two on one day the one that arrived
 SELECT member_key, channel, 1 - max(day * 2 + has_arrived) % 2 AS is_dead
 FROM sent
 WHERE has_arrived IS NOT NULL AND day < 20089 AND (day = 0 OR day >= 19723)
 GROUP BY member_key, channel
), granted AS (
 -- why: one row a member, for the number of channels
 SELECT member_key, count(*) AS channels
 FROM open_channels
 GROUP BY member_key
), recorded AS (
 -- why: never named is not the same as refused
 SELECT DISTINCT member_key FROM consents WHERE member_key IS NOT NULL
), dead AS (
 -- why: a member is out of reach only when no address is left
 SELECT member_key, min(is_dead) AS is_dead
 FROM addresses
 GROUP BY member_key
), placed AS (
 -- why: an alias cannot be grouped by in every engine
 SELECT m.jackknife_group, m.value, CASE WHEN NOT m.is_reachable THEN 0 WHEN g.channels > 4 THEN 4 ELSE COALESCE(g.channels, 0) END AS channels,
 CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_record, COALESCE(d.is_dead, 0) AS is_dead
 FROM "member_facts" m
 LEFT JOIN granted g ON g.member_key = m.member_key
 LEFT JOIN recorded r ON r.member_key = m.member_key
 LEFT JOIN dead d ON d.member_key = m.member_key
 WHERE m.is_open
)
SELECT jackknife_group, channels, has_record, is_dead, count(*) AS members, sum(value) AS value
FROM placed
GROUP BY jackknife_group, channels, has_record, is_dead
ORDER BY jackknife_group, channels, has_record, is_dead;

WITH
said AS (
 -- why: a file of permissions may be a log (granted, then withdrawn), and opt-outs of one channel go on with it
 SELECT member_key, COALESCE(lower(trim(channel)), '') AS channel, valid_from AS said_at,
 CASE WHEN status = 'granted' AND (valid_to IS NULL OR date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)) >= 20089) THEN 1 ELSE 0 END AS is_granted,
 CASE WHEN status = 'granted' THEN valid_to ELSE valid_from END AS ended_at
 FROM consents
 WHERE valid_from IS NULL OR date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) < 20089
 UNION ALL
 SELECT member_key, COALESCE(lower(trim(channel)), '') AS channel, occurred_at AS said_at, 0 AS is_granted, occurred_at AS ended_at
 FROM opt_outs
 WHERE NOT (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) AND COALESCE(type, '') <> 'erasure' AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
), ranked AS (
 -- why: what has a date comes after what has none, and of two at once the withdrawal is respected
 SELECT member_key, channel, said_at, is_granted, ended_at,
 row_number() OVER (PARTITION BY member_key, channel ORDER BY said_at DESC NULLS LAST, is_granted, ended_at NULLS FIRST) AS place
 FROM said
), latest AS (
 SELECT member_key, channel, said_at, is_granted, ended_at
 FROM ranked
 WHERE place = 1
), withdrawn AS (
 -- why: a withdrawal without a channel, or an erasure, closes every channel
 SELECT member_key, min(occurred_at) AS first_at, max(occurred_at) AS last_at, max(CASE WHEN type = 'erasure' THEN 1 ELSE 0 END) AS is_erased
 FROM opt_outs
 WHERE ((NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) OR type = 'erasure') AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 GROUP BY member_key
), used AS (
 -- why: who has left the only channels that contacts go through cannot be reached, whatever else was never refused
 SELECT DISTINCT COALESCE(lower(trim(channel)), '') AS channel
 FROM contacts
 WHERE channel IS NOT NULL AND NOT COALESCE(is_transactional, FALSE)
), used_count AS (
 -- why: the number is compared with each member's
 SELECT count(*) AS used_channels
 FROM used
), counted AS (
 -- why: a channel granted again after the withdrawal from all of them is open again
 SELECT l.member_key, max(CASE WHEN l.is_granted = 1 AND (w.member_key IS NULL OR (w.is_erased = 0 AND l.said_at > w.last_at)) THEN 1 ELSE 0 END) AS has_grant,
 sum(1 - l.is_granted) AS closed_channels, sum(CASE WHEN u.channel IS NOT NULL THEN 1 - l.is_granted ELSE 0 END) AS closed_used, max(l.ended_at) AS closed_at
 FROM latest l
 LEFT JOIN withdrawn w ON w.member_key = l.member_key
 LEFT JOIN used u ON u.channel = l.channel
 GROUP BY l.member_key
), permissions AS (
 SELECT m.member_key, COALESCE(c.has_grant, 0) = 1 AND NOT (n.used_channels > 0 AND c.closed_used >= n.used_channels) AS has_permission, date_diff('day', DATE '1970-01-01', CAST(COALESCE(w.first_at, c.closed_at) AS DATE)) AS ended_day
 FROM members m
 CROSS JOIN used_count n
 LEFT JOIN counted c ON c.member_key = m.member_key
 LEFT JOIN withdrawn w ON w.member_key = m.member_key
), open_channels AS (
 -- why: a channel granted again after the withdrawal from all of them is open again
 SELECT l.member_key, l.channel
 FROM latest l
 LEFT JOIN withdrawn w ON w.member_key = l.member_key
 WHERE l.is_granted = 1 AND (w.member_key IS NULL OR (w.is_erased = 0 AND l.said_at > w.last_at))
), sent AS (
 -- why: a message of which nobody says whether it arrived proves nothing; service messages arrive like others
 SELECT member_key, COALESCE(lower(trim(channel)), '') AS channel, COALESCE(date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)), 0) AS day,
 CASE WHEN bounced OR NOT delivered THEN 0 WHEN delivered OR NOT bounced THEN 1 END AS has_arrived
 FROM contacts
 WHERE FALSE AND (bounced IS NOT NULL OR delivered IS NOT NULL)
), addresses AS (
 -- why: day and arrival in one number, so that the last message decides, and of two on one day the one that arrived
 SELECT member_key, channel, 1 - max(day * 2 + has_arrived) % 2 AS is_dead
 FROM sent
 WHERE has_arrived IS NOT NULL AND day < 20089 AND (day = 0 OR day >= 19723)
 GROUP BY member_key, channel
), either AS (
 -- why: a channel may be granted and unused, or used and not granted
 SELECT member_key, channel, 1 AS granted, 0 AS addresses, 0 AS dead FROM open_channels
 UNION ALL
 SELECT member_key, channel, 0, 1, is_dead FROM addresses
)
SELECT e.channel, m.jackknife_group, CAST(sum(e.granted) AS BIGINT) AS granted, CAST(sum(e.addresses) AS BIGINT) AS addresses, CAST(sum(e.dead) AS BIGINT) AS dead
FROM either e
JOIN "member_facts" m ON m.member_key = e.member_key
WHERE m.is_open
GROUP BY e.channel, m.jackknife_group
ORDER BY e.channel NULLS LAST, m.jackknife_group;
