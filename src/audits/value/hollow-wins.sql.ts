import { countsAsResponse } from '../../derived/response-kinds.sql.js';
import { type Sql, sql } from '../../engine/sql.js';

export interface CampaignSuccessRow {
  readonly campaign_key: number;
  readonly name: string;
  readonly members: number;
  readonly responders: number;
  /** Rows of any kind in the file of responses: without one, nobody knows whether there was none or nobody looked. */
  readonly response_rows: number;
  readonly cost: number | null;
  readonly contact_cost: number | null;
  readonly reported_recipients: number | null;
  readonly reported_responses: number | null;
}

/** What each campaign is celebrated for, and what it cost. @param campaignFacts the table of `Derived.campaignFacts`. */
export function campaignSuccessSql(campaignFacts: Sql): Sql<CampaignSuccessRow> {
  return sql<CampaignSuccessRow>`
    WITH messages AS (
      -- why: some sources give a cost a message and none a campaign; with messages missing from it the sum would be a break-even too low
      SELECT campaign_key, CASE WHEN count(cost) >= 0.95e0 * count(*) THEN sum(cost) END AS contact_cost
      FROM contacts
      WHERE campaign_key IS NOT NULL AND NOT COALESCE(is_transactional, FALSE)
      GROUP BY campaign_key
    ), tracked AS (
      -- why: a campaign that the responses never name was not followed, which is not the same as no response
      SELECT campaign_key, count(*) AS response_rows
      FROM responses
      WHERE campaign_key IS NOT NULL
      GROUP BY campaign_key
    )
    SELECT f.campaign_key, f.name, f.members, f.responders, COALESCE(t.response_rows, 0) AS response_rows, f.cost, m.contact_cost, k.reported_recipients, k.reported_responses
    FROM ${campaignFacts} f
    JOIN campaigns k ON k.campaign_key = f.campaign_key
    LEFT JOIN messages m ON m.campaign_key = f.campaign_key
    LEFT JOIN tracked t ON t.campaign_key = f.campaign_key
    ORDER BY f.campaign_key`;
}

export interface ArmSuccessRow {
  readonly campaign_key: number;
  readonly arm: string;
  readonly members: number;
  readonly responders: number;
}

/** Response by assignment: members of each treated arm, and those with at least one response that counts. */
export function armSuccessSql(units: Sql): Sql<ArmSuccessRow> {
  return sql<ArmSuccessRow>`
    WITH responders AS (
      -- why: several reactions are one responder, and an open never counts
      SELECT DISTINCT campaign_key, member_key
      FROM responses
      WHERE campaign_key IS NOT NULL AND member_key IS NOT NULL AND ${countsAsResponse(sql`type`)}
    )
    SELECT u.campaign_key, u.arm, count(*) AS members, count(r.member_key) AS responders
    FROM ${units} u
    LEFT JOIN responders r ON r.campaign_key = u.campaign_key AND r.member_key = u.member_key
    WHERE u.is_holdout = 0 AND u.is_unambiguous = 1
    GROUP BY u.campaign_key, u.arm
    ORDER BY u.campaign_key, u.arm`;
}
