-- Was the holdout really held out, and otherwise treated like everybody else?
-- Draws on: experiments.sql, experiment_units.sql, spend_totals.sql, send_totals.sql

SELECT count(*) AS places FROM "experiment_units";

WITH horizon AS (
 -- why: both sides are followed for the same days, as many as the last one assigned has had
 SELECT u.campaign_key, CASE WHEN 20089 - max(u.assigned_day) < 90 THEN 20089 - max(u.assigned_day) ELSE 90 END AS days
 FROM "experiment_units" u
 GROUP BY u.campaign_key
 HAVING count(u.assigned_day) = count(*) AND 20089 - max(u.assigned_day) >= 14 AND min(u.assigned_day) >= (SELECT min(day) FROM "send_totals")
), own AS (
 -- why: the messages of the tested campaign are what the arms differ in, and no contamination
 SELECT u.campaign_key, u.member_key, count(*) AS messages
 FROM "experiment_units" u
 JOIN horizon h ON h.campaign_key = u.campaign_key
 JOIN contacts c ON c.campaign_key = u.campaign_key AND c.member_key = u.member_key
 JOIN campaigns k ON k.campaign_key = c.campaign_key
 WHERE NOT COALESCE(c.is_transactional, FALSE) AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) >= u.assigned_day AND date_diff('day', DATE '1970-01-01', CAST(COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP)) AS DATE)) < u.assigned_day + h.days
 GROUP BY u.campaign_key, u.member_key
)
SELECT u.campaign_key, u.is_holdout, m.jackknife_group, count(*) AS members, h.days,
CAST(sum(COALESCE(e.sent, 0) - COALESCE(b.sent, 0) - COALESCE(o.messages, 0)) AS BIGINT) AS others, count(CASE WHEN COALESCE(e.sent, 0) - COALESCE(b.sent, 0) - COALESCE(o.messages, 0) > 0 THEN 1 END) AS reached
FROM "experiment_units" u
JOIN horizon h ON h.campaign_key = u.campaign_key
JOIN members m ON m.member_key = u.member_key
LEFT JOIN own o ON o.campaign_key = u.campaign_key AND o.member_key = u.member_key
LEFT JOIN "send_totals" b ON b.member_key = u.member_key AND b.day < u.assigned_day AND b.next_day >= u.assigned_day
LEFT JOIN "send_totals" e ON e.member_key = u.member_key AND e.day < (u.assigned_day + h.days) AND e.next_day >= (u.assigned_day + h.days)
WHERE u.is_unambiguous = 1 AND m.jackknife_group < 50
GROUP BY u.campaign_key, u.is_holdout, m.jackknife_group, h.days
ORDER BY u.campaign_key, u.is_holdout, m.jackknife_group;
