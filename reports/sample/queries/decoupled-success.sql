-- Does what campaigns are celebrated for go with what customers are worth?
-- Draws on: success_units.sql

SELECT min(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))) AS first_day, max(date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE))) AS last_day
FROM transactions
WHERE member_key IS NOT NULL AND date_diff('day', DATE '1970-01-01', CAST(occurred_at AS DATE)) < 20089
ORDER BY first_day NULLS LAST;
