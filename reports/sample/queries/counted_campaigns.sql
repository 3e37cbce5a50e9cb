-- Shared: counted campaigns

WITH sent AS (
 -- why: service messages are no campaign effort; the cost of single messages stands in where the campaign's own cost is missing
 SELECT campaign_key, count(*) AS whole_contacts, sum(cost) AS whole_cost, count(CASE WHEN contacted_at IS NULL OR (date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)) < 20089) THEN 1 END) AS contacts,
 sum(CASE WHEN contacted_at IS NULL OR (date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)) >= 19723 AND date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE)) < 20089) THEN cost END) AS message_cost, min(date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE))) AS first_day, max(date_diff('day', DATE '1970-01-01', CAST(contacted_at AS DATE))) AS last_day
 FROM contacts
 WHERE NOT COALESCE(is_transactional, FALSE)
 GROUP BY campaign_key
), known AS (
 -- why: a code that is only mentioned in passing, without a description and without a message, is not a campaign of the scheme
 SELECT k.campaign_id, k.name, k.objective, COALESCE(k.cost, s.message_cost) AS cost, COALESCE(s.contacts, 0) AS contacts,
 COALESCE(k.cost, s.whole_cost) AS whole_cost, COALESCE(s.whole_contacts, 0) AS whole_contacts,
 COALESCE(date_diff('day', DATE '1970-01-01', CAST(k.starts_at AS DATE)), s.first_day) AS start_day,
 COALESCE(date_diff('day', DATE '1970-01-01', CAST(k.ends_at AS DATE)), s.last_day, date_diff('day', DATE '1970-01-01', CAST(k.starts_at AS DATE))) AS end_day
 FROM campaigns k
 LEFT JOIN sent s ON s.campaign_key = k.campaign_key
 WHERE k.is_listed OR s.campaign_key IS NOT NULL
)
SELECT campaign_id, name, objective AS objective_text, start_day, cost, contacts, whole_cost, whole_contacts,
start_day IS NULL OR end_day >= 19723 AS is_in_window
FROM known
WHERE start_day IS NULL OR start_day < 20089
ORDER BY campaign_id NULLS LAST;
