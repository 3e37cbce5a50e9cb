-- Shared: experiment outcomes
-- Draws on: experiment_units.sql, purchase_gaps.sql

SELECT 'complaints' AS what, count(*) AS n FROM service_events WHERE occurred_at IS NOT NULL AND lower(trim(type)) = 'complaint'
UNION ALL
SELECT 'opt-outs', count(*) FROM opt_outs WHERE occurred_at IS NOT NULL
ORDER BY what;

CREATE TABLE "experiment_outcomes" AS
WITH ready AS (
 WITH longest AS (
  -- why: an outcome given for several windows is taken over the longest
  SELECT campaign_key, outcome, max(window_days) AS days
  FROM outcomes
  WHERE campaign_key IS NOT NULL
  GROUP BY campaign_key, outcome
 ), given AS (
  -- why: a row that is repeated is still one result
  SELECT o.campaign_key, o.member_key, o.outcome, l.days, max(o.value) AS value
  FROM outcomes o
  JOIN longest l ON l.campaign_key = o.campaign_key AND l.outcome = o.outcome AND COALESCE(l.days, -1) = COALESCE(o.window_days, -1)
  GROUP BY o.campaign_key, o.member_key, o.outcome, l.days
 ), arms AS (
  SELECT campaign_key, count(DISTINCT arm) AS arms
  FROM "experiment_units"
  WHERE is_unambiguous = 1
  GROUP BY campaign_key
 ), named AS (
  -- why: an arm that the list never names may not have been followed at all
  SELECT g.campaign_key, g.outcome, count(DISTINCT u.arm) AS arms
  FROM given g
  JOIN "experiment_units" u ON u.campaign_key = g.campaign_key AND u.member_key = g.member_key
  WHERE u.is_unambiguous = 1 AND g.value IS NOT NULL
  GROUP BY g.campaign_key, g.outcome
 ), listed AS (
  -- why: a list without a single nought names only those with a result, so who is absent has none
  SELECT g.campaign_key, g.outcome, CASE WHEN min(g.value) > 0 AND max(n.arms) = max(a.arms) THEN CAST(0 AS DECIMAL(18, 4)) END AS absent_value
  FROM given g
  LEFT JOIN arms a ON a.campaign_key = g.campaign_key
  LEFT JOIN named n ON n.campaign_key = g.campaign_key AND n.outcome = g.outcome
  GROUP BY g.campaign_key, g.outcome
 )
 SELECT u.campaign_key, u.arm, u.is_holdout, u.member_key, l.outcome, w.days, COALESCE(g.value, l.absent_value) AS value
 FROM "experiment_units" u
 JOIN listed l ON l.campaign_key = u.campaign_key
 JOIN longest w ON w.campaign_key = l.campaign_key AND w.outcome = l.outcome
 LEFT JOIN given g ON g.campaign_key = u.campaign_key AND g.member_key = u.member_key AND g.outcome = l.outcome
 WHERE u.is_unambiguous = 1
), history AS (
 -- why: outside the days that the purchases reach over, no purchase is not known rather than nought
 SELECT min(date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE))) AS first_day, CASE WHEN max(date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE))) + 1 < 20089 THEN max(date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE))) + 1 ELSE 20089 END AS end_day
 FROM transactions t
), horizon AS (
 -- why: both arms are followed for the same days, as many as the last one assigned could have had; a test older than the file is not followed
 SELECT u.campaign_key, min(u.assigned_day) AS first_day,
 CASE WHEN y.end_day - max(u.assigned_day) < 90 THEN y.end_day - max(u.assigned_day) ELSE 90 END AS days
 FROM "experiment_units" u CROSS JOIN history y
 WHERE u.campaign_key NOT IN (SELECT campaign_key FROM outcomes WHERE campaign_key IS NOT NULL)
 GROUP BY u.campaign_key, y.first_day, y.end_day
 HAVING count(u.assigned_day) = count(*) AND min(u.assigned_day) >= y.first_day
), followed AS (
 -- why: everybody assigned counts, with nought where there was no purchase
 SELECT u.campaign_key, u.arm, u.is_holdout, u.member_key, u.assigned_day, h.days, h.first_day,
 sum(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) >= u.assigned_day THEN margin_amount END) AS value,
 sum(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) < u.assigned_day THEN margin_amount END) AS pre_value,
 sum(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) >= u.assigned_day THEN t.discount_amount END) AS discount,
 max(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) >= u.assigned_day AND NOT COALESCE(t.is_return, FALSE) THEN 1 ELSE 0 END) AS active,
 max(CASE WHEN date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) < u.assigned_day AND NOT COALESCE(t.is_return, FALSE) THEN 1 ELSE 0 END) AS pre_active
 FROM "experiment_units" u
 JOIN horizon h ON h.campaign_key = u.campaign_key AND h.days >= 14
 LEFT JOIN transactions t ON t.member_key = u.member_key AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) >= u.assigned_day - h.days AND date_diff('day', DATE '1970-01-01', CAST(t.occurred_at AS DATE)) < u.assigned_day + h.days
 WHERE u.is_unambiguous = 1
 GROUP BY u.campaign_key, u.arm, u.is_holdout, u.member_key, u.assigned_day, h.days, h.first_day
), complained AS (
 SELECT DISTINCT f.campaign_key, f.member_key
 FROM followed f
 JOIN service_events e ON e.member_key = f.member_key AND date_diff('day', DATE '1970-01-01', CAST(e.occurred_at AS DATE)) >= f.assigned_day AND date_diff('day', DATE '1970-01-01', CAST(e.occurred_at AS DATE)) < f.assigned_day + f.days
 WHERE lower(trim(e.type)) = 'complaint'
), withdrawn AS (
 SELECT DISTINCT f.campaign_key, f.member_key
 FROM followed f
 JOIN opt_outs o ON o.member_key = f.member_key AND date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) >= f.assigned_day AND date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) < f.assigned_day + f.days
)
SELECT campaign_key, arm, is_holdout, member_key, outcome, days, 1 AS is_ready, value, CAST(NULL AS DECIMAL(18, 4)) AS pre_value, CAST(NULL AS DECIMAL(18, 4)) AS discount
FROM ready
UNION ALL
SELECT campaign_key, arm, is_holdout, member_key, 'margin', days, 0, CAST(COALESCE(value, 0) AS DECIMAL(18, 4)),
CASE WHEN y.first_day <= f.first_day - days THEN CAST(COALESCE(pre_value, 0) AS DECIMAL(18, 4)) END, CAST(COALESCE(discount, 0) AS DECIMAL(18, 4))
FROM followed f CROSS JOIN history y
WHERE TRUE
UNION ALL
SELECT campaign_key, arm, is_holdout, member_key, 'active', days, 0, CAST(active AS DECIMAL(18, 4)),
CASE WHEN y.first_day <= f.first_day - days THEN CAST(pre_active AS DECIMAL(18, 4)) END, CAST(0 AS DECIMAL(18, 4))
FROM followed f CROSS JOIN history y
UNION ALL
SELECT campaign_key, arm, is_holdout, member_key, 'lapsed', days, 0, CAST(1 - active AS DECIMAL(18, 4)), CAST(NULL AS DECIMAL(18, 4)), CAST(0 AS DECIMAL(18, 4))
FROM followed f CROSS JOIN history y
WHERE f.pre_active = 1 AND f.days >= 90 AND y.first_day <= f.first_day - f.days
UNION ALL
SELECT f.campaign_key, f.arm, f.is_holdout, f.member_key, 'complained', f.days, 0, CASE WHEN c.member_key IS NULL THEN CAST(0 AS DECIMAL(18, 4)) ELSE CAST(1 AS DECIMAL(18, 4)) END,
CAST(NULL AS DECIMAL(18, 4)), CAST(0 AS DECIMAL(18, 4))
FROM followed f LEFT JOIN complained c ON c.campaign_key = f.campaign_key AND c.member_key = f.member_key
WHERE TRUE
UNION ALL
SELECT f.campaign_key, f.arm, f.is_holdout, f.member_key, 'opted out', f.days, 0, CASE WHEN w.member_key IS NULL THEN CAST(0 AS DECIMAL(18, 4)) ELSE CAST(1 AS DECIMAL(18, 4)) END,
CAST(NULL AS DECIMAL(18, 4)), CAST(0 AS DECIMAL(18, 4))
FROM followed f LEFT JOIN withdrawn w ON w.campaign_key = f.campaign_key AND w.member_key = f.member_key
WHERE TRUE;
