-- Shared: campaign objectives

SELECT campaign_key, campaign_id, name, objective
FROM campaigns
WHERE campaign_key IS NOT NULL
ORDER BY campaign_key NULLS LAST;

CREATE TABLE "campaign_objectives" AS SELECT campaign_key, CAST(objective AS VARCHAR) AS objective FROM (VALUES (1, 'sale'), (2, 'acquisition'), (3, 'sale'), (4, 'acquisition'), (5, 'sale'), (6, 'sale'), (7, 'development'), (8, 'sale'), (9, 'acquisition'), (10, NULL), (11, 'sale'), (12, 'activation'), (13, 'sale'), (14, 'sale'), (15, 'win-back'), (16, 'sale'), (17, 'acquisition'), (18, 'sale'), (19, 'sale'), (20, NULL), (21, 'sale'), (22, 'sale'), (23, 'sale'), (24, 'sale')) AS v(campaign_key, objective);
