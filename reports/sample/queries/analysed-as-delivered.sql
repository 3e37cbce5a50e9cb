-- Do tests count everybody who was assigned, or only those whom the message reached?
-- Draws on: experiments.sql, experiment_units.sql

WITH messages AS (
 -- why: a message arrived unless the file says otherwise, and one that arrived is enough
 SELECT campaign_key, member_key, max(CASE WHEN COALESCE(bounced, FALSE) OR NOT COALESCE(delivered, TRUE) THEN 0 ELSE 1 END) AS has_arrived
 FROM contacts
 WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND NOT COALESCE(is_transactional, FALSE)
 GROUP BY campaign_key, member_key
), results AS (
 SELECT DISTINCT campaign_key, member_key
 FROM outcomes
 WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND value IS NOT NULL
), buyers AS (
 SELECT member_key, min(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))) AS first_day
 FROM transactions
 WHERE member_key IS NOT NULL
 GROUP BY member_key
), withdrawals AS (
 SELECT DISTINCT u.campaign_key, u.member_key
 FROM "experiment_units" u
 JOIN opt_outs o ON o.member_key = u.member_key
 WHERE date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) >= u.assigned_day AND date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) < u.assigned_day + 28
)
SELECT u.campaign_key, u.is_holdout, count(*) AS members, count(CASE WHEN m.is_listed THEN 1 END) AS listed,
count(CASE WHEN b.first_day < u.assigned_day THEN 1 END) AS linked, count(r.member_key) AS with_result, count(s.member_key) AS contacted,
count(CASE WHEN s.has_arrived = 1 THEN 1 END) AS delivered, count(CASE WHEN s.has_arrived = 1 THEN r.member_key END) AS delivered_with_result,
count(w.member_key) AS opted_out
FROM "experiment_units" u
JOIN members m ON m.member_key = u.member_key
LEFT JOIN messages s ON s.campaign_key = u.campaign_key AND s.member_key = u.member_key
LEFT JOIN results r ON r.campaign_key = u.campaign_key AND r.member_key = u.member_key
LEFT JOIN buyers b ON b.member_key = u.member_key
LEFT JOIN withdrawals w ON w.campaign_key = u.campaign_key AND w.member_key = u.member_key
WHERE u.is_unambiguous = 1
GROUP BY u.campaign_key, u.is_holdout
ORDER BY u.campaign_key, u.is_holdout;

WITH tested AS (
 SELECT DISTINCT campaign_key FROM "experiment_units"
), noughts AS (
 SELECT campaign_key, count(*) AS zero_results
 FROM outcomes
 WHERE campaign_key IS NOT NULL AND value = 0
 GROUP BY campaign_key
), messages AS (
 -- why: only who never got one of several messages was missed
 SELECT c.campaign_key, c.member_key, max(CASE WHEN COALESCE(c.bounced, FALSE) OR NOT COALESCE(c.delivered, TRUE) THEN 0 ELSE 1 END) AS has_arrived
 FROM contacts c
 JOIN tested t ON t.campaign_key = c.campaign_key
 WHERE c.member_key IS NOT NULL AND NOT COALESCE(c.is_transactional, FALSE)
 GROUP BY c.campaign_key, c.member_key
), outside AS (
 SELECT s.campaign_key, count(*) AS contacted, sum(1 - s.has_arrived) AS undelivered
 FROM messages s
 LEFT JOIN "experiment_units" u ON u.campaign_key = s.campaign_key AND u.member_key = s.member_key
 WHERE u.member_key IS NULL
 GROUP BY s.campaign_key
)
SELECT t.campaign_key, k.reported_recipients, COALESCE(n.zero_results, 0) AS zero_results, COALESCE(o.undelivered, 0) AS undelivered_outside,
COALESCE(o.contacted, 0) AS contacted_outside
FROM tested t
JOIN campaigns k ON k.campaign_key = t.campaign_key
LEFT JOIN noughts n ON n.campaign_key = t.campaign_key
LEFT JOIN outside o ON o.campaign_key = t.campaign_key
ORDER BY t.campaign_key;
