-- Shared: attribution rules
-- Draws on: contact_facts.sql, purchase_days.sql

SELECT campaign_key, campaign_id, name, objective
FROM campaigns
WHERE campaign_key IS NOT NULL
ORDER BY campaign_key NULLS LAST;

CREATE TABLE "attribution_rules" AS
WITH sends AS (
 -- why: a member's first message of a campaign starts the window
 SELECT campaign_key, from_day AS day, count(*) AS contacts
 FROM "contact_facts"
 WHERE wave = 1 AND from_day IS NOT NULL
 GROUP BY campaign_key, from_day
), ranked AS (
 SELECT campaign_key, day, contacts, row_number() OVER (PARTITION BY campaign_key ORDER BY contacts DESC, day) AS place,
 sum(contacts) OVER (PARTITION BY campaign_key) AS all_contacts, min(day) OVER (PARTITION BY campaign_key) AS first_day,
 max(day) OVER (PARTITION BY campaign_key) AS last_day
 FROM sends
), kinds AS (
 -- why: a send without a kind is taken for one to everybody chosen
 SELECT campaign_key, count(*) AS sent, count(CASE WHEN lower(trim(trigger_type)) NOT IN ('batch', 'bulk', 'blast', 'broadcast', 'campaign', 'scheduled', 'manual', 'newsletter', 'none', 'no', 'false') THEN 1 END) AS triggered
 FROM contacts
 WHERE NOT COALESCE(is_transactional, FALSE) AND campaign_key IS NOT NULL
 GROUP BY campaign_key
), history AS (
 SELECT min(day) AS first_day, CASE WHEN max(day) + 1 < 20089 THEN max(day) + 1 ELSE 20089 END AS end_day
 FROM "purchase_days"
), ruled AS (
 SELECT r.campaign_key, r.day AS main_day, CAST(r.contacts AS BIGINT) AS main_contacts, CAST(r.all_contacts AS BIGINT) AS contacts, r.first_day, r.last_day,
 CAST(CASE WHEN k.attribution_window_days >= 1 THEN k.attribution_window_days ELSE 14 END AS INTEGER) AS window_days,
 CASE WHEN k.attribution_window_days >= 1 THEN 1 ELSE 0 END AS has_own_rule,
 CASE WHEN 2 * n.triggered > n.sent OR r.campaign_key IN (-1, 12) THEN 1 ELSE 0 END AS is_triggered,
 y.first_day AS history_day, y.end_day
 FROM ranked r
 JOIN campaigns k ON k.campaign_key = r.campaign_key
 JOIN kinds n ON n.campaign_key = r.campaign_key
 CROSS JOIN history y
 WHERE r.place = 1
), led AS (
 -- why: a whole number of weeks between the windows keeps the days of the week alike
 SELECT campaign_key, main_day, main_contacts, contacts, first_day, last_day, window_days, has_own_rule, is_triggered, history_day, end_day,
 CAST(7 * ceil((window_days + 7) / 7e0) AS INTEGER) AS lead_days
 FROM ruled
)
SELECT campaign_key, main_day, main_contacts, contacts, first_day, last_day, window_days, has_own_rule, is_triggered, lead_days,
main_day - history_day AS history_days, end_day - main_day AS followed_days,
CASE WHEN main_day - lead_days - history_day >= 49 THEN 8
WHEN main_day - lead_days >= history_day THEN CAST(floor((main_day - lead_days - history_day) / 7e0) AS INTEGER) + 1 ELSE 0 END AS offsets
FROM led;
