-- Do campaigns together claim more than their customers bought?
-- Draws on: attribution_rules.sql, credited_purchases.sql, purchase_days.sql, contact_facts.sql

WITH sums AS (
 SELECT campaign_key, sum(is_first) AS buyers, sum(orders) AS orders, sum(net) AS net
 FROM "credited_purchases"
 GROUP BY campaign_key
)
SELECT r.campaign_key, COALESCE(k.name, k.campaign_id) AS name, r.window_days, r.has_own_rule, r.contacts,
CAST(COALESCE(s.buyers, 0) AS BIGINT) AS buyers, CAST(COALESCE(s.orders, 0) AS BIGINT) AS orders, COALESCE(s.net, 0) AS net, k.reported_revenue
FROM "attribution_rules" r
JOIN campaigns k ON k.campaign_key = r.campaign_key
LEFT JOIN sums s ON s.campaign_key = r.campaign_key
ORDER BY r.campaign_key;

WITH counted AS (
 SELECT campaign_key
 FROM "attribution_rules"
 WHERE has_own_rule >= 1
), claimed AS (
 SELECT c.member_key, c.day, count(*) AS claims
 FROM "credited_purchases" c
 JOIN counted r ON r.campaign_key = c.campaign_key
 GROUP BY c.member_key, c.day
), customers AS (
 SELECT DISTINCT member_key FROM claimed
), reached AS (
 SELECT DISTINCT member_key FROM "contact_facts"
), bought AS (
 SELECT p.jackknife_group, p.orders, p.net, COALESCE(c.claims, 0) AS claims, CASE WHEN u.member_key IS NOT NULL THEN p.net END AS customers_net,
 CASE WHEN m.member_key IS NOT NULL THEN p.net END AS contacted_net
 FROM "purchase_days" p
 LEFT JOIN claimed c ON c.member_key = p.member_key AND c.day = p.day
 LEFT JOIN customers u ON u.member_key = p.member_key
 LEFT JOIN reached m ON m.member_key = p.member_key
 WHERE p.day >= 19723 AND p.day < 20089
)
SELECT jackknife_group, CASE WHEN claims > 4 THEN 4 ELSE claims END AS claims, CAST(sum(orders) AS BIGINT) AS orders, sum(net) AS net,
sum(claims * net) AS claimed_net, COALESCE(sum(customers_net), 0) AS customers_net, COALESCE(sum(contacted_net), 0) AS contacted_net
FROM bought
GROUP BY jackknife_group, CASE WHEN claims > 4 THEN 4 ELSE claims END
ORDER BY jackknife_group, 2;
