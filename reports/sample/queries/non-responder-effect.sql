-- What does contact do to the customers who do not respond?
-- Draws on: experiments.sql, campaign_objectives.sql, experiment_units.sql, purchase_days.sql, experiment_outcomes.sql, experiment_histories.sql, capped_outcomes.sql, contact_facts.sql

SELECT campaign_key FROM "campaign_objectives" WHERE objective = 'win-back' ORDER BY campaign_key;

WITH tested AS (
 SELECT DISTINCT campaign_key FROM "experiment_units"
), messages AS (
 -- why: the cost of a campaign was spent on everybody whom it wrote to, in the test or not; with costs missing the sum would be too low
 SELECT c.campaign_key, CASE WHEN count(c.cost) >= 0.95e0 * count(*) THEN sum(c.cost) END AS cost, count(DISTINCT c.member_key) AS contacted
 FROM contacts c
 JOIN tested t ON t.campaign_key = c.campaign_key
 WHERE NOT COALESCE(c.is_transactional, FALSE)
 GROUP BY c.campaign_key
)
SELECT t.campaign_key, COALESCE(k.cost, m.cost) AS cost, COALESCE(m.contacted, 0) AS contacted, o.objective
FROM tested t
JOIN campaigns k ON k.campaign_key = t.campaign_key
LEFT JOIN messages m ON m.campaign_key = t.campaign_key
LEFT JOIN "campaign_objectives" o ON o.campaign_key = t.campaign_key
ORDER BY t.campaign_key;

SELECT COALESCE(sum(orders), 0) AS orders, sum(net) AS net, sum(margin) AS margin
FROM "purchase_days"
WHERE margin IS NOT NULL;

WITH responded AS (
 -- why: the ladder is shown for any response and for each kind of it; an open never counts
 SELECT DISTINCT campaign_key, member_key, 'any response' AS definition
 FROM responses
 WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
 UNION ALL
 SELECT DISTINCT campaign_key, member_key, lower(trim(COALESCE(type, 'response')))
 FROM responses
 WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
), definitions AS (
 -- why: an arm without a single response of a kind still has non-responders of that kind
 SELECT DISTINCT campaign_key, definition
 FROM responded
), treated AS (
 -- why: by assignment, not by delivery; money before discount is what assumption A1′ speaks of
 SELECT o.campaign_key, o.arm, o.member_key, o.outcome, o.is_ready, o.value, CAST(o.value + COALESCE(o.discount, 0) AS DECIMAL(18, 4)) AS gross, h.stratum, h.half, h.prior_net
 FROM "experiment_outcomes" o
 JOIN "experiment_histories" h ON h.campaign_key = o.campaign_key AND h.member_key = o.member_key
 WHERE o.is_holdout = 0 AND o.value IS NOT NULL
)
SELECT t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded, t.stratum, t.half,
count(*) AS n, sum(t.value) AS total, sum(CAST(t.value AS DECIMAL(38, 4)) * CAST(t.value AS DECIMAL(38, 4))) AS squares, sum(t.gross) AS gross_total, sum(CAST(t.gross AS DECIMAL(38, 4)) * CAST(t.gross AS DECIMAL(38, 4))) AS gross_squares,
count(CASE WHEN t.value <> 0 THEN 1 END) AS nonzero, count(CASE WHEN t.value = 1 THEN 1 END) AS ones,
sum(t.prior_net) AS prior_total, sum(CAST(t.prior_net AS DECIMAL(38, 4)) * CAST(t.prior_net AS DECIMAL(38, 4))) AS prior_squares
FROM treated t
JOIN definitions d ON d.campaign_key = t.campaign_key
LEFT JOIN responded r ON r.campaign_key = t.campaign_key AND r.member_key = t.member_key AND r.definition = d.definition
GROUP BY t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END, t.stratum, t.half
ORDER BY t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, has_responded, t.stratum, t.half;

WITH by_value AS (
 -- why: ties must stay together, or the slices would depend on the order of the rows
 SELECT campaign_key, outcome, is_ready, value, count(*) AS n
 FROM "experiment_outcomes"
 WHERE is_holdout = 1 AND value IS NOT NULL
 GROUP BY campaign_key, outcome, is_ready, value
), placed AS (
 -- why: the slice of a value follows from the members below it
 SELECT campaign_key, outcome, is_ready, value, n,
 sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready ORDER BY value) - n AS below,
 sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready) AS members,
 count(*) OVER (PARTITION BY campaign_key, outcome, is_ready) AS different_values
 FROM by_value
), sliced AS (
 SELECT campaign_key, outcome, is_ready, value, n,
 CASE WHEN different_values <= 1000 OR n * 1000 >= members THEN value END AS own_value,
 CASE WHEN different_values <= 1000 THEN 0 ELSE CAST(floor(CAST(below AS DOUBLE) * 1000 / members) AS BIGINT) END AS slice
 FROM placed
)
SELECT campaign_key, outcome, is_ready, sum(n) AS n, sum(n * value) AS total, sum(CAST(n AS DECIMAL(10, 0)) * CAST(CAST(value AS DECIMAL(38, 4)) * CAST(value AS DECIMAL(38, 4)) AS DECIMAL(28, 8))) AS squares
FROM sliced
GROUP BY campaign_key, outcome, is_ready, slice, own_value
ORDER BY campaign_key, outcome, is_ready, min(value), max(value);

WITH held AS (
 SELECT o.campaign_key, o.outcome, o.is_ready, h.stratum, h.half, o.value, count(*) AS n
 FROM "experiment_outcomes" o
 JOIN "experiment_histories" h ON h.campaign_key = o.campaign_key AND h.member_key = o.member_key
 WHERE o.is_holdout = 1 AND o.value IS NOT NULL
 GROUP BY o.campaign_key, o.outcome, o.is_ready, h.stratum, h.half, o.value
), placed AS (
 -- why: frames by value hold all members of one value, so ties stay together and the order of the rows does not matter
 SELECT campaign_key, outcome, is_ready, stratum, half, value, n, sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready, value) AS members_of_value,
 sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready ORDER BY value) AS reached, sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready) AS members
 FROM held
), sliced AS (
 SELECT campaign_key, outcome, is_ready, stratum, half, value, n,
 CASE WHEN members_of_value * 50 >= members THEN value END AS own_value,
 CAST(floor(CAST(reached - 1 AS DOUBLE) * 50 / members) AS BIGINT) AS slice
 FROM placed
)
SELECT campaign_key, outcome, is_ready, stratum, half, sum(n) AS n, sum(n * value) AS total,
sum(CAST(n AS DECIMAL(10, 0)) * CAST(CAST(value AS DECIMAL(38, 4)) * CAST(value AS DECIMAL(38, 4)) AS DECIMAL(28, 8))) AS squares
FROM sliced
GROUP BY campaign_key, outcome, is_ready, stratum, half, slice, own_value
ORDER BY campaign_key, outcome, is_ready, stratum, half, min(value), max(value);

SELECT campaign_key, arm, is_holdout, outcome, days, is_ready, count(*) AS members, count(value) AS n, sum(value) AS total,
sum(CAST(value AS DECIMAL(38, 4)) * CAST(value AS DECIMAL(38, 4))) AS squares, count(CASE WHEN value <> 0 THEN 1 END) AS nonzero, count(CASE WHEN value = 1 THEN 1 END) AS ones,
count(pre_value) AS pre_n, sum(pre_value) AS pre_total, sum(CAST(pre_value AS DECIMAL(38, 4)) * CAST(pre_value AS DECIMAL(38, 4))) AS pre_squares, sum(CAST(value AS DECIMAL(38, 4)) * CAST(pre_value AS DECIMAL(38, 4))) AS products
FROM "experiment_outcomes"
GROUP BY campaign_key, arm, is_holdout, outcome, days, is_ready
ORDER BY campaign_key, arm, is_holdout, outcome, days NULLS LAST, is_ready;

WITH responded AS (
 -- why: the ladder is shown for any response and for each kind of it; an open never counts
 SELECT DISTINCT campaign_key, member_key, 'any response' AS definition
 FROM responses
 WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
 UNION ALL
 SELECT DISTINCT campaign_key, member_key, lower(trim(COALESCE(type, 'response')))
 FROM responses
 WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
), definitions AS (
 -- why: an arm without a single response of a kind still has non-responders of that kind
 SELECT DISTINCT campaign_key, definition
 FROM responded
), treated AS (
 -- why: by assignment, not by delivery; money before discount is what assumption A1′ speaks of
 SELECT o.campaign_key, o.arm, o.member_key, o.outcome, o.is_ready, o.value, CAST(o.value + COALESCE(o.discount, 0) AS DECIMAL(18, 4)) AS gross, h.stratum, h.half, h.prior_net
 FROM "capped_outcomes" o
 JOIN "experiment_histories" h ON h.campaign_key = o.campaign_key AND h.member_key = o.member_key
 WHERE o.is_holdout = 0 AND o.value IS NOT NULL
)
SELECT t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END AS has_responded, t.stratum, t.half,
count(*) AS n, sum(t.value) AS total, sum(CAST(t.value AS DECIMAL(38, 4)) * CAST(t.value AS DECIMAL(38, 4))) AS squares, sum(t.gross) AS gross_total, sum(CAST(t.gross AS DECIMAL(38, 4)) * CAST(t.gross AS DECIMAL(38, 4))) AS gross_squares,
count(CASE WHEN t.value <> 0 THEN 1 END) AS nonzero, count(CASE WHEN t.value = 1 THEN 1 END) AS ones,
sum(t.prior_net) AS prior_total, sum(CAST(t.prior_net AS DECIMAL(38, 4)) * CAST(t.prior_net AS DECIMAL(38, 4))) AS prior_squares
FROM treated t
JOIN definitions d ON d.campaign_key = t.campaign_key
LEFT JOIN responded r ON r.campaign_key = t.campaign_key AND r.member_key = t.member_key AND r.definition = d.definition
GROUP BY t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, CASE WHEN r.member_key IS NULL THEN 0 ELSE 1 END, t.stratum, t.half
ORDER BY t.campaign_key, t.arm, d.definition, t.outcome, t.is_ready, has_responded, t.stratum, t.half;

WITH by_value AS (
 -- why: ties must stay together, or the slices would depend on the order of the rows
 SELECT campaign_key, outcome, is_ready, value, count(*) AS n
 FROM "capped_outcomes"
 WHERE is_holdout = 1 AND value IS NOT NULL
 GROUP BY campaign_key, outcome, is_ready, value
), placed AS (
 -- why: the slice of a value follows from the members below it
 SELECT campaign_key, outcome, is_ready, value, n,
 sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready ORDER BY value) - n AS below,
 sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready) AS members,
 count(*) OVER (PARTITION BY campaign_key, outcome, is_ready) AS different_values
 FROM by_value
), sliced AS (
 SELECT campaign_key, outcome, is_ready, value, n,
 CASE WHEN different_values <= 1000 OR n * 1000 >= members THEN value END AS own_value,
 CASE WHEN different_values <= 1000 THEN 0 ELSE CAST(floor(CAST(below AS DOUBLE) * 1000 / members) AS BIGINT) END AS slice
 FROM placed
)
SELECT campaign_key, outcome, is_ready, sum(n) AS n, sum(n * value) AS total, sum(CAST(n AS DECIMAL(10, 0)) * CAST(CAST(value AS DECIMAL(38, 4)) * CAST(value AS DECIMAL(38, 4)) AS DECIMAL(28, 8))) AS squares
FROM sliced
GROUP BY campaign_key, outcome, is_ready, slice, own_value
ORDER BY campaign_key, outcome, is_ready, min(value), max(value);

WITH held AS (
 SELECT o.campaign_key, o.outcome, o.is_ready, h.stratum, h.half, o.value, count(*) AS n
 FROM "capped_outcomes" o
 JOIN "experiment_histories" h ON h.campaign_key = o.campaign_key AND h.member_key = o.member_key
 WHERE o.is_holdout = 1 AND o.value IS NOT NULL
 GROUP BY o.campaign_key, o.outcome, o.is_ready, h.stratum, h.half, o.value
), placed AS (
 -- why: frames by value hold all members of one value, so ties stay together and the order of the rows does not matter
 SELECT campaign_key, outcome, is_ready, stratum, half, value, n, sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready, value) AS members_of_value,
 sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready ORDER BY value) AS reached, sum(n) OVER (PARTITION BY campaign_key, outcome, is_ready) AS members
 FROM held
), sliced AS (
 SELECT campaign_key, outcome, is_ready, stratum, half, value, n,
 CASE WHEN members_of_value * 50 >= members THEN value END AS own_value,
 CAST(floor(CAST(reached - 1 AS DOUBLE) * 50 / members) AS BIGINT) AS slice
 FROM placed
)
SELECT campaign_key, outcome, is_ready, stratum, half, sum(n) AS n, sum(n * value) AS total,
sum(CAST(n AS DECIMAL(10, 0)) * CAST(CAST(value AS DECIMAL(38, 4)) * CAST(value AS DECIMAL(38, 4)) AS DECIMAL(28, 8))) AS squares
FROM sliced
GROUP BY campaign_key, outcome, is_ready, stratum, half, slice, own_value
ORDER BY campaign_key, outcome, is_ready, stratum, half, min(value), max(value);

SELECT campaign_key, arm, is_holdout, outcome, days, is_ready, count(*) AS members, count(value) AS n, sum(value) AS total,
sum(CAST(value AS DECIMAL(38, 4)) * CAST(value AS DECIMAL(38, 4))) AS squares, count(CASE WHEN value <> 0 THEN 1 END) AS nonzero, count(CASE WHEN value = 1 THEN 1 END) AS ones,
count(pre_value) AS pre_n, sum(pre_value) AS pre_total, sum(CAST(pre_value AS DECIMAL(38, 4)) * CAST(pre_value AS DECIMAL(38, 4))) AS pre_squares, sum(CAST(value AS DECIMAL(38, 4)) * CAST(pre_value AS DECIMAL(38, 4))) AS products
FROM "capped_outcomes"
GROUP BY campaign_key, arm, is_holdout, outcome, days, is_ready
ORDER BY campaign_key, arm, is_holdout, outcome, days NULLS LAST, is_ready;

WITH by_member AS (
 -- why: a member with one response to any campaign of the window is no non-responder
 SELECT member_key, max(has_responded) AS has_responded
 FROM "contact_facts"
 GROUP BY member_key
)
SELECT count(*) AS contacted, count(CASE WHEN has_responded = 0 THEN 1 END) AS never_responded
FROM by_member;

WITH silent AS (
 -- why: a member with one response to any campaign of the window is no non-responder
 SELECT member_key, min(from_day) AS first_day
 FROM "contact_facts"
 GROUP BY member_key
 HAVING max(has_responded) = 0 AND count(from_day) > 0
), withdrawn AS (
 -- why: what counts is the nearest message before the withdrawal; several withdrawals of a member are one
 SELECT s.member_key, min(date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) - c.from_day) AS days_after
 FROM silent s
 JOIN opt_outs o ON o.member_key = s.member_key
 JOIN "contact_facts" c ON c.member_key = s.member_key AND c.from_day <= date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE))
 WHERE date_diff('day', DATE '1970-01-01', CAST(o.occurred_at AS DATE)) < 20089
 GROUP BY s.member_key
)
SELECT count(CASE WHEN s.first_day + 30 <= 20089 THEN 1 END) AS followed_30, count(CASE WHEN s.first_day + 90 <= 20089 THEN 1 END) AS followed_90,
count(CASE WHEN s.first_day + 30 <= 20089 AND w.days_after < 30 THEN 1 END) AS opted_out_30,
count(CASE WHEN s.first_day + 90 <= 20089 AND w.days_after < 90 THEN 1 END) AS opted_out_90
FROM silent s
LEFT JOIN withdrawn w ON w.member_key = s.member_key;
