-- Do reported results speak of responders only?
-- Draws on: contact_facts.sql, experiment_units.sql, counted_campaigns.sql

WITH reached AS (
 SELECT campaign_key, member_key, max(has_responded) AS has_responded
 FROM "contact_facts"
 GROUP BY campaign_key, member_key
), amounts AS (
 SELECT campaign_key, sum(amount) AS response_amount
 FROM responses
 WHERE campaign_key IS NOT NULL AND lower(trim(COALESCE(type, 'response'))) IN (SELECT kind FROM "counted_response_kinds")
 GROUP BY campaign_key
), results AS (
 -- why: several outcomes of one member are one member followed
 SELECT DISTINCT campaign_key, member_key
 FROM outcomes
 WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND value IS NOT NULL
), followed AS (
 SELECT r.campaign_key, count(*) AS members, sum(r.has_responded) AS responders, count(CASE WHEN r.has_responded = 1 THEN o.member_key END) AS outcome_responders,
 count(CASE WHEN r.has_responded = 0 THEN o.member_key END) AS outcome_silent
 FROM reached r
 LEFT JOIN results o ON o.campaign_key = r.campaign_key AND o.member_key = r.member_key
 GROUP BY r.campaign_key
), held AS (
 SELECT u.campaign_key, count(*) AS held_out, count(o.member_key) AS outcome_held_out
 FROM "experiment_units" u
 LEFT JOIN results o ON o.campaign_key = u.campaign_key AND o.member_key = u.member_key
 WHERE u.is_holdout = 1 AND u.is_unambiguous = 1
 GROUP BY u.campaign_key
), listed AS (
 SELECT campaign_key, 1 AS has_outcomes FROM results GROUP BY campaign_key
)
SELECT k.campaign_id, k.primary_kpi, k.reported_responses, k.reported_revenue, COALESCE(f.members, 0) AS members, CAST(COALESCE(f.responders, 0) AS BIGINT) AS responders,
a.response_amount, COALESCE(f.outcome_responders, 0) AS outcome_responders, COALESCE(f.outcome_silent, 0) AS outcome_silent,
COALESCE(h.outcome_held_out, 0) AS outcome_held_out, COALESCE(l.has_outcomes, 0) AS has_outcomes, COALESCE(h.held_out, 0) AS held_out
FROM campaigns k
LEFT JOIN followed f ON f.campaign_key = k.campaign_key
LEFT JOIN amounts a ON a.campaign_key = k.campaign_key
LEFT JOIN held h ON h.campaign_key = k.campaign_key
LEFT JOIN listed l ON l.campaign_key = k.campaign_key
WHERE k.campaign_key IS NOT NULL
ORDER BY k.campaign_id NULLS LAST;
