import { periodOf } from '../../derived/member-periods.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

export interface StageRow {
  readonly stage: string;
  readonly jackknife_group: number;
  readonly members: number;
  /** Of these, in the stage in the latest period. */
  readonly members_now: number;
  readonly days: number;
  /** What those bought in the year before the latest period, in major units. */
  readonly year_net_now: number;
}

/** Members and days of membership of each stage, over the periods in which stages are known and contacts recorded, and what those in it now are worth. */
export function stagesSql(dialect: Dialect, memberPeriods: Sql, contactFacts: Sql, window: Window): Sql<StageRow> {
  return sql<StageRow>`
    WITH latest AS (
      -- why: who is in a stage now is counted on the last period there is
      SELECT max(period) AS period
      FROM ${memberPeriods}
    ), reach AS (
      -- why: before the first and after the last contact on record nobody can be seen to have had one
      SELECT min(${periodOf(sql`from_day`, window)}) AS first_period, max(${periodOf(sql`from_day`, window)}) AS last_period
      FROM ${contactFacts}
      WHERE from_day IS NOT NULL
    ), counted AS (
      SELECT p.stage, p.jackknife_group, p.member_key, CASE WHEN p.period >= r.first_period AND p.period <= r.last_period THEN p.exposure_days END AS seen_days,
        CASE WHEN p.period = l.period THEN p.year_net END AS net_now
      FROM ${memberPeriods} p
      CROSS JOIN latest l
      CROSS JOIN reach r
      WHERE p.stage IS NOT NULL
    )
    SELECT stage, jackknife_group, count(DISTINCT CASE WHEN seen_days IS NOT NULL THEN member_key END) AS members, count(net_now) AS members_now,
      CAST(COALESCE(sum(seen_days), 0) AS BIGINT) AS days, CAST(COALESCE(sum(net_now), 0) AS ${dialect.typeOf('amount')}) AS year_net_now
    FROM counted
    GROUP BY stage, jackknife_group
    ORDER BY stage, jackknife_group`;
}

export interface StageContactRow {
  readonly stage: string;
  /** One of `model/objectives.ts`; null where no rule can tell. */
  readonly objective: string | null;
  readonly jackknife_group: number;
  readonly contacts: number;
  readonly members: number;
}

/** Contacts by the stage that the member was in and by what the campaign was for. */
export function stageContactsSql(contactFacts: Sql, memberPeriods: Sql, campaignObjectives: Sql, window: Window): Sql<StageContactRow> {
  return sql<StageContactRow>`
    WITH placed AS (
      -- why: a contact without any date belongs to no stage
      SELECT member_key, campaign_key, ${periodOf(sql`from_day`, window)} AS period
      FROM ${contactFacts}
      WHERE from_day IS NOT NULL
    )
    SELECT p.stage, o.objective, p.jackknife_group, count(*) AS contacts, count(DISTINCT c.member_key) AS members
    FROM placed c
    JOIN ${memberPeriods} p ON p.member_key = c.member_key AND p.period = c.period
    LEFT JOIN ${campaignObjectives} o ON o.campaign_key = c.campaign_key
    WHERE p.stage IS NOT NULL
    GROUP BY p.stage, o.objective, p.jackknife_group
    ORDER BY p.stage, o.objective NULLS LAST, p.jackknife_group`;
}
