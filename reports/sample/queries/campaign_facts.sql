-- Shared: campaign facts
-- Draws on: contact_facts.sql

CREATE TABLE "campaign_facts" AS
WITH reached AS (
 -- why: a responder counts once a campaign, however many messages the member got in it
 SELECT campaign_key, count(*) AS contacts, count(DISTINCT member_key) AS members,
 count(DISTINCT CASE WHEN has_responded = 1 THEN member_key END) AS responders, min(from_day) AS first_day, max(to_day) AS last_day
 FROM "contact_facts"
 GROUP BY campaign_key
)
SELECT r.campaign_key, k.campaign_id, COALESCE(k.name, k.campaign_id) AS name, r.contacts, r.members, r.responders,
r.first_day, r.last_day, k.cost, k.objective AS objective_text
FROM reached r
JOIN campaigns k ON k.campaign_key = r.campaign_key;
