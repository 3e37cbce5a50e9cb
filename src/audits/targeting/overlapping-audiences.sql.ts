import type { Dialect } from '../../engine/dialect.js';
import { join, literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

export interface OverlapOptions {
  /** Members of jackknife groups below this number; 50 are all. */
  readonly groups: number;
  /** Campaigns that begin at most this many days apart are compared. */
  readonly days: number;
  readonly fewestMembers: number;
}

/** Common table expressions `compared`, campaigns that chose their members at one time, and `audience`, who they chose. */
const audienceCtes = (contactFacts: Sql, { groups, days, fewestMembers }: OverlapOptions): Sql => sql`
    chosen AS (
      SELECT member_key, jackknife_group, campaign_key, min(from_day) AS first_day, max(from_day) AS last_day
      FROM ${contactFacts}
      WHERE from_day IS NOT NULL AND jackknife_group < ${literal(groups)}
      GROUP BY member_key, jackknife_group, campaign_key
    ), compared AS (
      -- why: a campaign that sends all year has no day of selection, and a handful of members says nothing
      SELECT campaign_key, min(first_day) AS day, count(*) AS members
      FROM chosen
      GROUP BY campaign_key
      HAVING max(last_day) - min(first_day) <= ${literal(days)} AND count(*) >= ${literal(fewestMembers)}
    ), audience AS (
      SELECT c.member_key, c.jackknife_group, c.campaign_key, k.day
      FROM chosen c
      JOIN compared k ON k.campaign_key = c.campaign_key
    )`;

export interface AudienceRow {
  readonly campaign_key: number;
  readonly name: string;
  readonly business_unit: string | null;
  readonly objective: string | null;
  /** First day of its contacts. */
  readonly day: number;
  readonly members: number;
  /** Mean cost of a contact; NULL when unknown. */
  readonly cost: number | null;
  readonly costed: number;
  readonly contacts: number;
}

/** The campaigns that can be compared, with what their contacts cost. */
export function audiencesSql(contactFacts: Sql, pressure: Sql, objectives: Sql, options: OverlapOptions): Sql<AudienceRow> {
  return sql<AudienceRow>`
    WITH ${audienceCtes(contactFacts, options)}, costs AS (
      SELECT campaign_key, sum(cost) AS cost, count(cost) AS costed, count(*) AS contacts
      FROM ${pressure}
      GROUP BY campaign_key
    )
    SELECT a.campaign_key, COALESCE(k.name, k.campaign_id) AS name, k.business_unit, o.objective, a.day, a.members,
      c.cost, COALESCE(c.costed, 0) AS costed, COALESCE(c.contacts, 0) AS contacts
    FROM compared a
    JOIN campaigns k ON k.campaign_key = a.campaign_key
    LEFT JOIN ${objectives} o ON o.campaign_key = a.campaign_key
    LEFT JOIN costs c ON c.campaign_key = a.campaign_key
    ORDER BY a.day, a.campaign_key`;
}

export interface SharedRow {
  readonly first_key: number;
  readonly second_key: number;
  readonly members: number;
}

/** Members in both of two campaigns that began near each other; pairs without any are not listed. */
export function sharedMembersSql(contactFacts: Sql, options: OverlapOptions): Sql<SharedRow> {
  return sql<SharedRow>`
    WITH ${audienceCtes(contactFacts, options)}
    SELECT a.campaign_key AS first_key, b.campaign_key AS second_key, count(*) AS members
    FROM audience a
    JOIN audience b ON b.member_key = a.member_key AND b.campaign_key > a.campaign_key AND b.day BETWEEN a.day - ${literal(options.days)} AND a.day + ${literal(options.days)}
    GROUP BY a.campaign_key, b.campaign_key
    ORDER BY a.campaign_key, b.campaign_key`;
}

export interface EligibleSpanRow {
  readonly from_day: number;
  /** First day on which they could no longer be selected. */
  readonly to_day: number;
  readonly members: number;
}

/** Members by the days between which a campaign could have selected them. */
export function eligibleSpansSql(memberFacts: Sql, window: Window, { groups }: OverlapOptions): Sql<EligibleSpanRow> {
  const [first, end] = [literal(window.fromDay), literal(window.toDay)];
  return sql<EligibleSpanRow>`
    WITH spans AS (
      -- why: who had no permission at any known time could not have been selected at all
      SELECT CASE WHEN enrolled_day > ${first} THEN enrolled_day ELSE ${first} END AS from_day,
        least(COALESCE(closed_day, ${end}), CASE WHEN has_permission THEN ${end} ELSE COALESCE(permission_ended_day, ${first}) END, ${end}) AS to_day
      FROM ${memberFacts}
      WHERE jackknife_group < ${literal(groups)}
    )
    SELECT from_day, to_day, count(*) AS members
    FROM spans
    WHERE from_day < to_day
    GROUP BY from_day, to_day
    ORDER BY from_day, to_day`;
}

export interface CollisionRow {
  readonly jackknife_group: number;
  readonly members: number;
  /** Members for whom two or more campaigns ran on one day. */
  readonly live_members: number;
  /** Days on which a member was contacted, added up over members. */
  readonly member_days: number;
  /** Of these, days with contacts of two or more campaigns. */
  readonly crowded_days: number;
}

/** How often campaigns meet at one member: those that run on one day, and those that send on one day. */
export function collisionsSql(dialect: Dialect, contactFacts: Sql): Sql<CollisionRow> {
  const ends = dialect.dayNumber(sql`k.ends_at`);
  return sql<CollisionRow>`
    WITH live AS (
      -- why: for a member a campaign runs from the first message to the campaign’s last day, or to the last message where none is stated
      SELECT c.member_key, c.jackknife_group, c.campaign_key, min(c.from_day) AS from_day, max(CASE WHEN ${ends} > c.to_day THEN ${ends} ELSE c.to_day END) AS to_day
      FROM ${contactFacts} c
      JOIN campaigns k ON k.campaign_key = c.campaign_key
      WHERE c.from_day IS NOT NULL
      GROUP BY c.member_key, c.jackknife_group, c.campaign_key
    ), met AS (
      SELECT member_key, jackknife_group,
        CASE WHEN from_day <= max(to_day) OVER (PARTITION BY member_key ORDER BY from_day, campaign_key ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 1 ELSE 0 END AS is_met
      FROM live
    ), people AS (
      SELECT member_key, jackknife_group, max(is_met) AS is_met
      FROM met
      GROUP BY member_key, jackknife_group
    ), days AS (
      SELECT member_key, jackknife_group, from_day, CASE WHEN min(campaign_key) < max(campaign_key) THEN 1 ELSE 0 END AS is_crowded
      FROM ${contactFacts}
      WHERE has_own_date
      GROUP BY member_key, jackknife_group, from_day
    ), day_counts AS (
      SELECT jackknife_group, count(*) AS member_days, CAST(sum(is_crowded) AS BIGINT) AS crowded_days
      FROM days
      GROUP BY jackknife_group
    ), member_counts AS (
      SELECT jackknife_group, count(*) AS members, CAST(sum(is_met) AS BIGINT) AS live_members
      FROM people
      GROUP BY jackknife_group
    )
    SELECT m.jackknife_group, m.members, m.live_members, COALESCE(d.member_days, 0) AS member_days, COALESCE(d.crowded_days, 0) AS crowded_days
    FROM member_counts m
    LEFT JOIN day_counts d ON d.jackknife_group = m.jackknife_group
    ORDER BY m.jackknife_group`;
}

export interface UnitCollisionRow {
  readonly first_unit: string;
  readonly second_unit: string;
  readonly member_days: number;
  readonly members: number;
}

/** Days on which one member was contacted by two campaigns, by the business units that sent them. */
export function unitCollisionsSql(contactFacts: Sql): Sql<UnitCollisionRow> {
  return sql<UnitCollisionRow>`
    WITH sent AS (
      SELECT DISTINCT c.member_key, c.from_day, c.campaign_key, k.business_unit AS unit
      FROM ${contactFacts} c
      JOIN campaigns k ON k.campaign_key = c.campaign_key
      WHERE c.has_own_date AND k.business_unit IS NOT NULL
    ), met AS (
      SELECT DISTINCT a.member_key, a.from_day, a.unit AS first_unit, b.unit AS second_unit
      FROM sent a
      JOIN sent b ON b.member_key = a.member_key AND b.from_day = a.from_day AND b.campaign_key <> a.campaign_key AND b.unit >= a.unit
    )
    SELECT first_unit, second_unit, count(*) AS member_days, count(DISTINCT member_key) AS members
    FROM met
    GROUP BY first_unit, second_unit
    ORDER BY first_unit, second_unit`;
}

export interface RedundantRow {
  readonly campaign_key: number;
  readonly jackknife_group: number;
  readonly members: number;
}

/** Members of the later campaign of each pair who had been in the earlier one, each counted once a campaign. @param pairs not empty. */
export function redundantSql(
  contactFacts: Sql,
  pairs: readonly { readonly earlier: number; readonly later: number }[],
  options: OverlapOptions,
): Sql<RedundantRow> {
  const values = join(pairs.map(({ earlier, later }) => sql`(${literal(earlier)}, ${literal(later)})`));
  return sql<RedundantRow>`
    WITH ${audienceCtes(contactFacts, options)}, pairs AS (
      SELECT earlier, later FROM (VALUES ${values}) AS v(earlier, later)
    ), twice AS (
      SELECT DISTINCT b.member_key, b.jackknife_group, b.campaign_key
      FROM pairs p
      JOIN audience a ON a.campaign_key = p.earlier
      JOIN audience b ON b.campaign_key = p.later AND b.member_key = a.member_key
    )
    SELECT campaign_key, jackknife_group, count(*) AS members
    FROM twice
    GROUP BY campaign_key, jackknife_group
    ORDER BY campaign_key, jackknife_group`;
}
