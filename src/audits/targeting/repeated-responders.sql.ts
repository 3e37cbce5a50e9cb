import { countsAsResponse } from '../../derived/response-kinds.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';

export interface RepeatOptions {
  readonly window: Window;
  /** Days before a campaign in which contacts and responses are looked up. */
  readonly lookBackDays: number;
  /** Members of jackknife groups below this number; 50 are all. */
  readonly groups: number;
  /** What a purchase is worth; null when purchases say nothing of it. */
  readonly value: 'margin' | 'revenue' | null;
}

/** Prior value is what was bought in the year before. */
const valueDays = 365;
/** Value is reckoned once for all campaigns of four weeks. */
const sliceDays = 28;

const purchaseWorth: Record<'margin' | 'revenue', Sql> = { margin: sql`COALESCE(margin_amount, 0)`, revenue: sql`COALESCE(net_amount, 0)` };

/** The campaigns that can be compared: those that chose their members at one time, with the whole look-back inside the window. */
const campaignsCte = (contactFacts: Sql, { window, lookBackDays }: RepeatOptions): Sql => sql`
    compared AS (
      -- why: a campaign that sends all year has no day of selection, and an early one has no past to look back on
      SELECT campaign_key, min(from_day) AS day, CAST(floor((min(from_day) - ${literal(window.fromDay)}) / ${literal(sliceDays)}e0) AS BIGINT) AS slice
      FROM ${contactFacts}
      GROUP BY campaign_key
      HAVING max(from_day) - min(from_day) <= ${literal(sliceDays)} AND min(from_day) >= ${literal(window.fromDay + lookBackDays)}
    )`;

/** Fifths of members by what they bought before the four weeks of a campaign; members who bought alike share a fifth. */
const fifthsCte = (dialect: Dialect, memberFacts: Sql, { window, groups, value }: RepeatOptions): Sql => {
  const bought = dialect.dayNumber(sql`t.occurred_at`);
  return sql`
    slices AS (
      SELECT DISTINCT slice, ${literal(window.fromDay)} + slice * ${literal(sliceDays)} AS start_day
      FROM compared
    ), prior_value AS (
      SELECT s.slice, t.member_key, sum(${value === null ? literal(0) : purchaseWorth[value]}) AS worth
      FROM slices s
      JOIN transactions t ON ${bought} < s.start_day AND ${bought} >= s.start_day - ${literal(valueDays)}
      WHERE t.member_key IN (SELECT member_key FROM ${memberFacts} WHERE jackknife_group < ${literal(groups)})
      GROUP BY s.slice, t.member_key
    ), fifths AS (
      -- why: percent_rank gives equal members equal rank, which NTILE does not
      SELECT s.slice, m.member_key,
        least(CAST(floor(percent_rank() OVER (PARTITION BY s.slice ORDER BY COALESCE(v.worth, 0)) * 5e0) AS BIGINT), 4) AS fifth
      FROM ${memberFacts} m
      CROSS JOIN slices s
      LEFT JOIN prior_value v ON v.member_key = m.member_key AND v.slice = s.slice
      WHERE m.jackknife_group < ${literal(groups)}
    )`;
};

/** Who could not be selected because the campaign went through one channel, to which they never agreed. */
const refusalsCte = sql`
    only_channels AS (
      SELECT campaign_key, min(lower(trim(channel))) AS channel
      FROM contacts
      WHERE campaign_key IS NOT NULL
      GROUP BY campaign_key
      HAVING count(channel) = count(*) AND min(lower(trim(channel))) = max(lower(trim(channel)))
    ), refusals AS (
      -- why: members with fewer channels are contacted less, and so respond less; taken for members who were passed over they would make a preference of it
      SELECT member_key, lower(trim(channel)) AS channel
      FROM consents
      GROUP BY member_key, lower(trim(channel))
      HAVING max(CASE WHEN status = 'granted' THEN 1 ELSE 0 END) = 0
    )`;

/** Members m who refused the channel of campaign k. */
const refusedJoin = sql`
    LEFT JOIN only_channels w ON w.campaign_key = k.campaign_key
    LEFT JOIN refusals x ON x.member_key = m.member_key AND x.channel = w.channel`;

/** Neither left nor withdrawn by the day of campaign k; members without permission whose withdrawal has no date are out throughout. */
const mayBeSelected = sql`x.member_key IS NULL AND (m.closed_day IS NULL OR m.closed_day > k.day) AND (m.has_permission OR m.permission_ended_day > k.day)`;

export interface RepeatRow {
  readonly campaign_key: number;
  /** 0: the fifth of members who had bought least, 4: most. */
  readonly fifth: number;
  /** Contacts in the look-back, 3 for three or more; 0 only for members who responded to an older contact. */
  readonly prior_contacts: number;
  readonly has_responded: number;
  readonly members: number;
  readonly selected: number;
}

/** Members contacted or responding before each campaign: how many of them it selected. */
export function repeatSql(dialect: Dialect, contactFacts: Sql, memberFacts: Sql, options: RepeatOptions): Sql<RepeatRow> {
  const lookBack = literal(options.lookBackDays);
  return sql<RepeatRow>`
    WITH ${campaignsCte(contactFacts, options)}, ${refusalsCte}, ${fifthsCte(dialect, memberFacts, options)}, own AS (
      SELECT member_key, campaign_key, from_day, to_day, has_responded, wave
      FROM ${contactFacts}
      WHERE jackknife_group < ${literal(options.groups)} AND from_day IS NOT NULL
    ), reactions AS (
      -- why: a response without a date happened at the latest on the last day of the contact
      SELECT DISTINCT o.member_key, COALESCE(${dialect.dayNumber(sql`r.responded_at`)}, o.to_day) AS day
      FROM own o
      JOIN responses r ON r.member_key = o.member_key AND r.campaign_key = o.campaign_key
      WHERE o.wave = 1 AND o.has_responded = 1 AND ${countsAsResponse(sql`r.type`)}
    ), past AS (
      SELECT k.campaign_key, o.member_key, 1 AS contacts, 0 AS responses
      FROM compared k
      JOIN own o ON o.from_day < k.day AND o.from_day >= k.day - ${lookBack}
      UNION ALL
      SELECT k.campaign_key, r.member_key, 0 AS contacts, 1 AS responses
      FROM compared k
      JOIN reactions r ON r.day < k.day AND r.day >= k.day - ${lookBack}
    ), known AS (
      SELECT campaign_key, member_key, least(CAST(sum(contacts) AS BIGINT), 3) AS prior_contacts, max(responses) AS has_responded
      FROM past
      GROUP BY campaign_key, member_key
    ), chosen AS (
      SELECT DISTINCT campaign_key, member_key
      FROM own
    )
    SELECT n.campaign_key, f.fifth, n.prior_contacts, n.has_responded, count(*) AS members, count(c.member_key) AS selected
    FROM known n
    JOIN compared k ON k.campaign_key = n.campaign_key
    JOIN ${memberFacts} m ON m.member_key = n.member_key
    JOIN fifths f ON f.member_key = n.member_key AND f.slice = k.slice
    ${refusedJoin}
    LEFT JOIN chosen c ON c.campaign_key = n.campaign_key AND c.member_key = n.member_key
    WHERE c.member_key IS NOT NULL OR ${mayBeSelected}
    GROUP BY n.campaign_key, f.fifth, n.prior_contacts, n.has_responded
    ORDER BY n.campaign_key, f.fifth, n.prior_contacts, n.has_responded`;
}

export interface EligibleRow {
  readonly campaign_key: number;
  readonly eligible: number;
  readonly selected: number;
}

/** Everybody whom each compared campaign could have selected, and did. */
export function eligibleSql(contactFacts: Sql, memberFacts: Sql, options: RepeatOptions): Sql<EligibleRow> {
  return sql<EligibleRow>`
    WITH ${campaignsCte(contactFacts, options)}, ${refusalsCte}, chosen AS (
      SELECT DISTINCT campaign_key, member_key
      FROM ${contactFacts}
    )
    SELECT k.campaign_key, count(*) AS eligible, count(c.member_key) AS selected
    FROM compared k
    CROSS JOIN ${memberFacts} m
    ${refusedJoin}
    LEFT JOIN chosen c ON c.campaign_key = k.campaign_key AND c.member_key = m.member_key
    WHERE m.jackknife_group < ${literal(options.groups)}
      AND (c.member_key IS NOT NULL OR ((m.enrolled_day IS NULL OR m.enrolled_day <= k.day) AND ${mayBeSelected}))
    GROUP BY k.campaign_key
    ORDER BY k.campaign_key`;
}
