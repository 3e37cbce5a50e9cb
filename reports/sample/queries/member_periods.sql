-- Shared: member periods
-- Draws on: member_facts.sql, purchase_days.sql

CREATE TABLE "member_periods" AS
WITH
present AS (
 -- why: a membership or a permission that begins or ends inside a period counts for its own days
 SELECT m.member_key, m.jackknife_group, n.n AS period, m.enrolled_day, 19697 + (n.n) * 28 AS start_day,
 least(19697 + (n.n + 1) * 28, COALESCE(m.closed_day, 20089),
  CASE WHEN m.has_permission THEN 20089 ELSE COALESCE(m.permission_ended_day, -1000000) END)
 - greatest(19697 + (n.n) * 28, COALESCE(m.enrolled_day, 19697 + (n.n) * 28)) AS exposure_days
 FROM "member_facts" m
 CROSS JOIN (SELECT CAST(n AS BIGINT) AS n FROM generate_series(1, 13) AS counting(n)) n
), rhythm AS (
 WITH first_gaps AS (
  -- why: one gap a member, so that those who buy every week do not speak for all
  SELECT gap, sum(count(*)) OVER (ORDER BY gap) AS upto, sum(count(*)) OVER () AS members
  FROM "purchase_days"
  WHERE occasion = 2
  GROUP BY gap
 ), overall AS (
  SELECT min(gap) AS typical
  FROM first_gaps
  WHERE 2 * upto >= members
 )
 SELECT p.member_key, p.jackknife_group, p.day, p.next_day, p.occasion, p.year_occasions, p.net, p.occasion - 1 AS own_gaps,
 CASE WHEN p.occasion > 2 THEN p.own_rhythm WHEN p.occasion = 2 THEN CAST(floor((20 * o.typical + 10 * p.gap) / 3e0) AS BIGINT) ELSE 10 * o.typical END AS rhythm_tenths
 FROM "purchase_days" p
 CROSS JOIN overall o
), bought AS (
 -- why: the last day and the rhythm of that day travel as one number, because their greatest is then the latest
 SELECT member_key, CAST(floor((day - 19725) / 28e0) AS BIGINT) + 1 AS period, max(day * 1000000 + least(COALESCE(rhythm_tenths, 999999), 999999)) AS last_code,
 min(day) AS first_day, sum(net) AS net
 FROM rhythm
 GROUP BY member_key, CAST(floor((day - 19725) / 28e0) AS BIGINT) + 1
), files AS (
 SELECT min(day) AS first_day
 FROM "purchase_days"
), joined AS (
 SELECT member_key, jackknife_group, period, enrolled_day, start_day, exposure_days, NULL AS last_code, NULL AS first_day, NULL AS net
 FROM present
 UNION ALL
 SELECT member_key, NULL, period, NULL, NULL, NULL, last_code, first_day, net
 FROM bought
), known AS (
 -- why: a frame that ends one period before leaves out what happens in the period itself
 SELECT member_key, jackknife_group, period, enrolled_day, start_day, exposure_days,
 max(last_code) OVER (PARTITION BY member_key ORDER BY period RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last_code,
 min(first_day) OVER (PARTITION BY member_key ORDER BY period RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS first_day,
 sum(net) OVER (PARTITION BY member_key ORDER BY period RANGE BETWEEN 3 PRECEDING AND 1 PRECEDING) AS recent_net,
 sum(net) OVER (PARTITION BY member_key ORDER BY period RANGE BETWEEN 6 PRECEDING AND 4 PRECEDING) AS before_net,
 sum(net) OVER (PARTITION BY member_key ORDER BY period RANGE BETWEEN 13 PRECEDING AND 1 PRECEDING) AS year_net
 FROM joined
), told AS (
 SELECT k.member_key, k.jackknife_group, k.period, k.enrolled_day, k.start_day, k.exposure_days, k.last_code, k.first_day, k.recent_net, k.before_net, k.year_net,
 k.start_day - f.first_day AS history_days, k.start_day - CAST(floor(k.last_code / 1000000e0) AS BIGINT) AS silence,
 k.last_code % 1000000 AS rhythm_tenths
 FROM known k CROSS JOIN files f
 WHERE k.exposure_days > 0
)
SELECT member_key, jackknife_group, period, exposure_days, COALESCE(history_days, -1) AS history_days,
CAST(COALESCE(year_net, 0) AS DECIMAL(18, 4)) AS year_net,
CASE WHEN enrolled_day > start_day - 84 THEN 'new'
WHEN history_days IS NULL OR history_days < 168 THEN NULL
WHEN last_code IS NULL AND enrolled_day >= start_day - history_days THEN 'new'
WHEN enrolled_day IS NULL AND first_day > start_day - 84 THEN 'new'
WHEN last_code IS NULL OR silence > 365 OR 10 * silence > 6 * rhythm_tenths THEN 'lapsed'
WHEN 10 * silence > 3 * rhythm_tenths THEN 'at-risk'
WHEN before_net > 0 AND recent_net >= 1.5e+0 * before_net THEN 'growing'
ELSE 'stable' END AS stage
FROM told;
