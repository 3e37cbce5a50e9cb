-- Does marketing stop when a member says no?
-- Draws on: contact_pressure.sql

WITH
grants AS (
 -- why: where one grant follows the other without a gap, the first did not end
 SELECT member_key, CASE WHEN (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) THEN '' ELSE regexp_replace(lower(channel), '[^a-z0-9]', '', 'g') END AS channel, valid_from, valid_to,
 lead(valid_from) OVER (PARTITION BY member_key, CASE WHEN (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) THEN '' ELSE regexp_replace(lower(channel), '[^a-z0-9]', '', 'g') END ORDER BY valid_from NULLS FIRST, valid_to NULLS LAST) AS next_from
 FROM consents
 WHERE status = 'granted'
), said AS (
 SELECT member_key, CASE WHEN (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) THEN '' ELSE regexp_replace(lower(channel), '[^a-z0-9]', '', 'g') END AS channel, CASE WHEN (CAST(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM occurred_at) * 3600 + EXTRACT(MINUTE FROM occurred_at) * 60 + CAST(floor(EXTRACT(SECOND FROM occurred_at)) AS BIGINT)) % 86400 = 0 THEN (CAST(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM occurred_at) * 3600 + EXTRACT(MINUTE FROM occurred_at) * 60 + CAST(floor(EXTRACT(SECOND FROM occurred_at)) AS BIGINT)) + 86399 ELSE (CAST(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM occurred_at) * 3600 + EXTRACT(MINUTE FROM occurred_at) * 60 + CAST(floor(EXTRACT(SECOND FROM occurred_at)) AS BIGINT)) END AS moment, 2 AS word,
 CASE WHEN type = 'erasure' THEN 1 ELSE 0 END AS is_erasure
 FROM opt_outs
 WHERE occurred_at IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 UNION ALL
 SELECT member_key, CASE WHEN (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) THEN '' ELSE regexp_replace(lower(channel), '[^a-z0-9]', '', 'g') END, CASE WHEN (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_from) * 3600 + EXTRACT(MINUTE FROM valid_from) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_from)) AS BIGINT)) % 86400 = 0 THEN (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_from) * 3600 + EXTRACT(MINUTE FROM valid_from) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_from)) AS BIGINT)) + 86399 ELSE (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_from) * 3600 + EXTRACT(MINUTE FROM valid_from) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_from)) AS BIGINT)) END, 2, 0
 FROM consents
 WHERE status = 'withdrawn' AND valid_from IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) < 20089
 UNION ALL
 SELECT member_key, channel, CASE WHEN valid_from IS NULL THEN 0 ELSE (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_from) * 3600 + EXTRACT(MINUTE FROM valid_from) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_from)) AS BIGINT)) END, 1, 0
 FROM grants
 UNION ALL
 SELECT member_key, channel, CASE WHEN (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_to) * 3600 + EXTRACT(MINUTE FROM valid_to) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_to)) AS BIGINT)) % 86400 = 0 THEN (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_to) * 3600 + EXTRACT(MINUTE FROM valid_to) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_to)) AS BIGINT)) + 86399 ELSE (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_to) * 3600 + EXTRACT(MINUTE FROM valid_to) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_to)) AS BIGINT)) END, 0, 0
 FROM grants
 WHERE valid_to IS NOT NULL AND (next_from IS NULL OR date_diff('day', DATE '1970-01-01', CAST(next_from AS DATE)) > date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)) + 1)
), sent AS (
 SELECT count(*) AS contacts, max(moment) AS last_moment FROM "contact_pressure"
), used AS (
 -- why: contacts without a channel may have gone through any
 SELECT CASE WHEN (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) THEN '' ELSE regexp_replace(lower(channel), '[^a-z0-9]', '', 'g') END AS channel, 1 AS is_used FROM "contact_pressure" GROUP BY CASE WHEN (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) THEN '' ELSE regexp_replace(lower(channel), '[^a-z0-9]', '', 'g') END
), anywhere AS (
 SELECT count(CASE WHEN channel = '' THEN 1 END) AS unnamed FROM used
), dated AS (
 -- why: who withdrew after the last message, or from a channel that no message names, cannot be seen to have been sent one since
 SELECT count(DISTINCT CASE WHEN s.moment < t.last_moment AND (u.is_used = 1 OR s.channel = '' OR s.is_erasure = 1 OR a.unnamed > 0) THEN s.member_key END) AS members,
 count(CASE WHEN u.is_used IS NULL AND s.channel <> '' AND s.is_erasure = 0 THEN 1 END) AS elsewhere, count(*) AS words
 FROM said s
 CROSS JOIN sent t
 CROSS JOIN anywhere a
 LEFT JOIN used u ON u.channel = s.channel
 WHERE s.word = 2
), undated AS (
 SELECT member_key FROM opt_outs WHERE occurred_at IS NULL
 UNION ALL
 SELECT member_key FROM consents WHERE status = 'withdrawn' AND valid_from IS NULL
), undated_count AS (
 SELECT count(*) AS undated FROM undated
)
SELECT d.members, d.elsewhere, u.undated, t.contacts, d.words
FROM dated d
CROSS JOIN sent t
CROSS JOIN undated_count u
ORDER BY d.members NULLS LAST;

WITH
grants AS (
 -- why: where one grant follows the other without a gap, the first did not end
 SELECT member_key, CASE WHEN (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) THEN '' ELSE regexp_replace(lower(channel), '[^a-z0-9]', '', 'g') END AS channel, valid_from, valid_to,
 lead(valid_from) OVER (PARTITION BY member_key, CASE WHEN (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) THEN '' ELSE regexp_replace(lower(channel), '[^a-z0-9]', '', 'g') END ORDER BY valid_from NULLS FIRST, valid_to NULLS LAST) AS next_from
 FROM consents
 WHERE status = 'granted'
), said AS (
 SELECT member_key, CASE WHEN (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) THEN '' ELSE regexp_replace(lower(channel), '[^a-z0-9]', '', 'g') END AS channel, CASE WHEN (CAST(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM occurred_at) * 3600 + EXTRACT(MINUTE FROM occurred_at) * 60 + CAST(floor(EXTRACT(SECOND FROM occurred_at)) AS BIGINT)) % 86400 = 0 THEN (CAST(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM occurred_at) * 3600 + EXTRACT(MINUTE FROM occurred_at) * 60 + CAST(floor(EXTRACT(SECOND FROM occurred_at)) AS BIGINT)) + 86399 ELSE (CAST(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM occurred_at) * 3600 + EXTRACT(MINUTE FROM occurred_at) * 60 + CAST(floor(EXTRACT(SECOND FROM occurred_at)) AS BIGINT)) END AS moment, 2 AS word,
 CASE WHEN type = 'erasure' THEN 1 ELSE 0 END AS is_erasure
 FROM opt_outs
 WHERE occurred_at IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
 UNION ALL
 SELECT member_key, CASE WHEN (NULLIF(trim(channel), '') IS NULL OR lower(trim(channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) THEN '' ELSE regexp_replace(lower(channel), '[^a-z0-9]', '', 'g') END, CASE WHEN (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_from) * 3600 + EXTRACT(MINUTE FROM valid_from) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_from)) AS BIGINT)) % 86400 = 0 THEN (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_from) * 3600 + EXTRACT(MINUTE FROM valid_from) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_from)) AS BIGINT)) + 86399 ELSE (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_from) * 3600 + EXTRACT(MINUTE FROM valid_from) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_from)) AS BIGINT)) END, 2, 0
 FROM consents
 WHERE status = 'withdrawn' AND valid_from IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) < 20089
 UNION ALL
 SELECT member_key, channel, CASE WHEN valid_from IS NULL THEN 0 ELSE (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_from AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_from) * 3600 + EXTRACT(MINUTE FROM valid_from) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_from)) AS BIGINT)) END, 1, 0
 FROM grants
 UNION ALL
 SELECT member_key, channel, CASE WHEN (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_to) * 3600 + EXTRACT(MINUTE FROM valid_to) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_to)) AS BIGINT)) % 86400 = 0 THEN (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_to) * 3600 + EXTRACT(MINUTE FROM valid_to) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_to)) AS BIGINT)) + 86399 ELSE (CAST(date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)) AS BIGINT) * 86400 + EXTRACT(HOUR FROM valid_to) * 3600 + EXTRACT(MINUTE FROM valid_to) * 60 + CAST(floor(EXTRACT(SECOND FROM valid_to)) AS BIGINT)) END, 0, 0
 FROM grants
 WHERE valid_to IS NOT NULL AND (next_from IS NULL OR date_diff('day', DATE '1970-01-01', CAST(next_from AS DATE)) > date_diff('day', DATE '1970-01-01', CAST(valid_to AS DATE)) + 1)
), concerned AS (
 -- why: most members never withdraw, and need no looking at
 SELECT DISTINCT member_key FROM said WHERE word <> 1
), events AS (
 SELECT s.member_key, s.channel, s.moment, s.word, s.is_erasure, CAST(NULL AS INTEGER) AS campaign_key, CAST(NULL AS VARCHAR) AS stated
 FROM said s
 JOIN concerned c ON c.member_key = s.member_key
 UNION ALL
 SELECT p.member_key, CASE WHEN (NULLIF(trim(p.channel), '') IS NULL OR lower(trim(p.channel)) IN ('all', 'any', 'every', 'everything', 'global', 'marketing', 'all marketing', 'all channels', 'any channel', 'every channel', 'alle', 'tous')) THEN '' ELSE regexp_replace(lower(p.channel), '[^a-z0-9]', '', 'g') END, p.moment, -1, 0, p.campaign_key, p.channel
 FROM "contact_pressure" p
 JOIN concerned c ON c.member_key = p.member_key
), placed AS (
 -- why: moment and word in one number, so that a maximum finds the last word before each message
 SELECT campaign_key, stated, member_key, channel, moment, word,
 max(CASE WHEN word >= 0 THEN moment * 4 + word END) OVER (PARTITION BY member_key, channel ORDER BY moment RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS own_word,
 max(CASE WHEN word >= 0 AND channel = '' THEN moment * 4 + word END) OVER earlier AS any_word,
 max(CASE WHEN word = 2 AND channel <> '' THEN 1 ELSE 0 END) OVER earlier AS is_other_refused,
 min(CASE WHEN is_erasure = 1 THEN moment END) OVER earlier AS erased_moment
 FROM events
 WINDOW earlier AS (PARTITION BY member_key ORDER BY moment RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), judged AS (
 SELECT campaign_key, stated, member_key, channel, moment, is_other_refused, erased_moment,
 CASE WHEN COALESCE(own_word, -1) > COALESCE(any_word, -1) THEN own_word ELSE any_word END AS last_word
 FROM placed
 WHERE word = -1
), stated AS (
 SELECT campaign_key, stated AS channel, member_key,
 CASE WHEN erased_moment IS NOT NULL OR last_word % 4 = 2 THEN 'withdrawn' WHEN last_word % 4 = 0 THEN 'ended' ELSE 'unknown' END AS state,
 CAST(floor(moment / 86400e0) - floor(COALESCE(erased_moment, last_word / 4e0) / 86400e0) AS BIGINT) AS lag_days
 FROM judged
 WHERE erased_moment IS NOT NULL OR last_word % 4 <> 1 OR (channel = '' AND is_other_refused = 1)
)
SELECT s.state, CASE WHEN GROUPING(k.campaign_id) = 0 THEN 'campaign' WHEN GROUPING(s.channel) = 0 THEN 'channel' WHEN GROUPING(s.lag_days) = 0 THEN 'lag' ELSE 'all' END AS part,
COALESCE(k.name, k.campaign_id) AS campaign, s.channel, s.lag_days, count(*) AS contacts, count(DISTINCT s.member_key) AS members
FROM stated s
LEFT JOIN campaigns k ON k.campaign_key = s.campaign_key
GROUP BY GROUPING SETS ((s.state), (s.state, k.campaign_id, k.name), (s.state, s.channel), (s.state, s.lag_days))
ORDER BY s.state, part, contacts DESC, k.campaign_id NULLS LAST, s.channel NULLS LAST, s.lag_days NULLS LAST;
