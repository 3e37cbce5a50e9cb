import { purchaseRhythmSql } from '../../derived/purchase-rhythm.sql.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier, join, literal, type Sql, sql } from '../../engine/sql.js';
import type { Window } from '../audit.js';
import { frequencyBands, longestPhase, phaseClasses, phaseSteps, stepsOfPhase } from './phases.js';

/** Words in `trigger_type` for a send that everybody chosen gets on one day. */
const batchWords = ['batch', 'bulk', 'blast', 'broadcast', 'campaign', 'scheduled', 'manual', 'newsletter', 'none', 'no', 'false'];
const isBatch = sql`COALESCE(lower(trim(c.trigger_type)), 'batch') IN (${join(batchWords.map(literal))})`;

/** Marketing contacts inside the window with the day of the message, or else of the campaign. */
const sentCte = (dialect: Dialect, window: Window): Sql => sql`
    sent AS (
      -- why: what a trigger sends follows the customer by design and is not a choice of date
      SELECT c.member_key, c.campaign_key, ${dialect.dayNumber(sql`COALESCE(c.contacted_at, CAST(k.starts_at AS TIMESTAMP))`)} AS day,
        CASE WHEN ${isBatch} THEN 1 ELSE 0 END AS is_batch
      FROM contacts c
      LEFT JOIN campaigns k ON k.campaign_key = c.campaign_key
      WHERE NOT COALESCE(c.is_transactional, FALSE)
    ), inside AS (
      SELECT member_key, campaign_key, day, is_batch
      FROM sent
      WHERE day >= ${literal(window.fromDay)} AND day < ${literal(window.toDay)}
    )`;

export interface SendRow {
  readonly campaign_key: number;
  readonly name: string;
  readonly day: number;
  readonly contacts: number;
  readonly batch_contacts: number;
  readonly recipients: number;
}

/** Contacts by campaign and day, and the members whom a batch reached. */
export function sendsSql(dialect: Dialect, window: Window): Sql<SendRow> {
  return sql<SendRow>`
    WITH ${sentCte(dialect, window)}
    SELECT i.campaign_key, COALESCE(k.name, k.campaign_id) AS name, i.day, count(*) AS contacts, CAST(sum(i.is_batch) AS BIGINT) AS batch_contacts,
      count(DISTINCT CASE WHEN i.is_batch = 1 THEN i.member_key END) AS recipients
    FROM inside i
    JOIN campaigns k ON k.campaign_key = i.campaign_key
    GROUP BY i.campaign_key, COALESCE(k.name, k.campaign_id), i.day
    ORDER BY i.day, i.campaign_key`;
}

export interface BatchDate {
  readonly campaignKey: number;
  readonly day: number;
}

/** The chosen dates with everybody who could have been contacted on them, and how far each was in the own cycle of purchases. */
const standingCte = (memberFacts: Sql, purchaseDays: Sql, experimentUnits: Sql, dates: readonly BatchDate[]): Sql => {
  const days = dates.map(({ day }) => day);
  return sql`
    dates AS (
      SELECT campaign_key, day
      FROM (VALUES ${join(dates.map(({ campaignKey, day }) => sql`(${literal(campaignKey)}, ${literal(day)})`))}) AS v(campaign_key, day)
    ), rhythm AS (${purchaseRhythmSql(purchaseDays)}
    ), last_bought AS (
      -- why: the purchase before a date is the one whose next is not before it; the literal days keep the join small
      SELECT d.campaign_key, d.day, r.member_key, r.jackknife_group, d.day - r.day AS since, r.rhythm_tenths, r.own_gaps, r.year_occasions
      FROM rhythm r
      JOIN dates d ON r.day < d.day AND COALESCE(r.next_day, d.day) >= d.day
      WHERE r.rhythm_tenths > 0 AND r.day < ${literal(Math.max(...days))} AND COALESCE(r.next_day, ${literal(Math.min(...days))}) >= ${literal(Math.min(...days))}
    ), marked AS (
      -- why: who gets the campaign on another day was chosen too, who is held out was as well, and neither is a comparison
      SELECT d.campaign_key, d.day, i.member_key, CASE WHEN i.day = d.day THEN i.is_batch ELSE 0 END AS is_recipient
      FROM inside i
      JOIN dates d ON d.campaign_key = i.campaign_key
      UNION ALL
      SELECT d.campaign_key, d.day, u.member_key, 0
      FROM ${experimentUnits} u
      JOIN dates d ON d.campaign_key = u.campaign_key
      WHERE u.is_holdout = 1
    ), chosen AS (
      -- why: one join of members and dates instead of three, because there are many of both
      SELECT campaign_key, day, member_key, max(is_recipient) AS is_recipient
      FROM marked
      GROUP BY campaign_key, day, member_key
    ), standing AS (
      -- why: only members in the scheme, with permission, on that day
      SELECT b.campaign_key, b.day, b.jackknife_group, b.since, b.rhythm_tenths, b.own_gaps, b.year_occasions, COALESCE(c.is_recipient, 0) AS is_recipient
      FROM last_bought b
      JOIN ${memberFacts} m ON m.member_key = b.member_key
      LEFT JOIN chosen c ON c.campaign_key = b.campaign_key AND c.member_key = b.member_key AND c.day = b.day
      WHERE c.is_recipient = 1 OR (c.member_key IS NULL AND COALESCE(m.enrolled_day, b.day) <= b.day
        AND COALESCE(m.closed_day, b.day + 1) > b.day AND (m.has_permission OR m.permission_ended_day > b.day))
    )`;
};

export interface PlacedRow {
  readonly campaign_key: number;
  readonly day: number;
  /** Index into `frequencyBands`. */
  readonly band: number;
  readonly jackknife_group: number;
  readonly recipients: number;
  readonly others: number;
  /** Recipients with a rhythm of their own. */
  readonly rhythmic: number;
  /** Of both, not yet silent for so many gaps that the question is whether they will come back. */
  readonly compared_recipients: number;
  readonly compared_others: number;
  /** As `firstPlaces` and `secondPlaces` of `statistics/placements.ts`. */
  readonly recipient_places: number;
  readonly other_places: number;
}

/** Recipients and others of each date and band of frequency: counts, places, and how many stand in each class of phase. */
export function placesSql(
  dialect: Dialect,
  window: Window,
  tables: { readonly memberFacts: Sql; readonly purchaseDays: Sql; readonly experimentUnits: Sql },
  dates: readonly BatchDate[],
): Sql<PlacedRow & Record<string, number>> {
  const bands = frequencyBands.map((most, index) => sql`WHEN year_occasions <= ${literal(most)} THEN ${literal(index)}`);
  const isIn = (low: number, high: number): Sql => sql`h.step >= ${literal(stepsOfPhase(low))} AND h.step < ${literal(stepsOfPhase(high))}`;
  const classes = phaseClasses.map(
    ({ low, high }, index) => sql`CAST(sum(CASE WHEN ${isIn(low, high)} THEN h.recipients ELSE 0 END) AS BIGINT) AS ${identifier(`recipients_${index}`)},
      CAST(sum(CASE WHEN ${isIn(low, high)} THEN h.others ELSE 0 END) AS BIGINT) AS ${identifier(`others_${index}`)}`,
  );
  return sql<PlacedRow & Record<string, number>>`
    WITH ${sentCte(dialect, window)}, ${standingCte(tables.memberFacts, tables.purchaseDays, tables.experimentUnits, dates)}, histogram AS (
      -- why: the phase in fine steps, so that a whole date is a few hundred numbers; all beyond the last step stand alike
      SELECT campaign_key, day, jackknife_group, CASE ${join(bands, ' ')} ELSE ${literal(frequencyBands.length)} END AS band,
        least(CAST(floor(since * ${literal(10 * phaseSteps)}e0 / rhythm_tenths) AS BIGINT), ${literal(stepsOfPhase(4))}) AS step,
        CAST(sum(is_recipient) AS BIGINT) AS recipients, CAST(sum(1 - is_recipient) AS BIGINT) AS others,
        CAST(sum(CASE WHEN own_gaps >= 2 THEN is_recipient ELSE 0 END) AS BIGINT) AS rhythmic
      FROM standing
      GROUP BY 1, 2, 3, 4, 5
    ), steps AS (
      -- why: leaving out who has gone silent is a choice of people, not of the moment
      SELECT campaign_key, day, band, step, CAST(sum(recipients) AS BIGINT) AS recipients, CAST(sum(others) AS BIGINT) AS others
      FROM histogram
      WHERE step < ${literal(stepsOfPhase(longestPhase))}
      GROUP BY campaign_key, day, band, step
    ), ranked AS (
      -- why: twice the number below or above, ties once, stays a whole number
      SELECT campaign_key, day, band, step, 2 * sum(others) OVER w - others AS others_below,
        2 * sum(recipients) OVER (PARTITION BY campaign_key, day, band) - 2 * sum(recipients) OVER w + recipients AS recipients_above
      FROM steps
      WINDOW w AS (PARTITION BY campaign_key, day, band ORDER BY step)
    )
    SELECT h.campaign_key, h.day, h.band, h.jackknife_group, CAST(sum(h.recipients) AS BIGINT) AS recipients, CAST(sum(h.others) AS BIGINT) AS others,
      CAST(sum(h.rhythmic) AS BIGINT) AS rhythmic, CAST(sum(CASE WHEN r.step IS NULL THEN 0 ELSE h.recipients END) AS BIGINT) AS compared_recipients,
      CAST(sum(CASE WHEN r.step IS NULL THEN 0 ELSE h.others END) AS BIGINT) AS compared_others,
      CAST(sum(COALESCE(h.recipients * r.others_below, 0)) AS BIGINT) AS recipient_places, CAST(sum(COALESCE(h.others * r.recipients_above, 0)) AS BIGINT) AS other_places,
      ${join(classes)}
    FROM histogram h
    LEFT JOIN ranked r ON r.campaign_key = h.campaign_key AND r.day = h.day AND r.band = h.band AND r.step = h.step
    GROUP BY h.campaign_key, h.day, h.band, h.jackknife_group
    ORDER BY h.day, h.campaign_key, h.band, h.jackknife_group`;
}

export interface NuisanceRow {
  readonly jackknife_group: number;
  readonly contacts: number;
  readonly soon: number;
}

/** Contacts whose offer has a category, and those of them whose member had bought in it within `days` days before. */
export function nuisanceSql(dialect: Dialect, window: Window, days: number): Sql<NuisanceRow> {
  const sent = dialect.dayNumber(sql`c.contacted_at`);
  const bought = dialect.dayNumber(sql`t.occurred_at`);
  return sql<NuisanceRow>`
    WITH categories AS (
      SELECT offer_id, min(lower(trim(category))) AS category
      FROM offers
      WHERE category IS NOT NULL
      GROUP BY offer_id
    ), offered AS (
      -- why: the same offer twice on a day is one message to the customer
      SELECT DISTINCT c.member_key, m.jackknife_group, o.category, ${sent} AS day
      FROM contacts c
      JOIN categories o ON o.offer_id = c.offer_id
      JOIN members m ON m.member_key = c.member_key
      WHERE NOT COALESCE(c.is_transactional, FALSE) AND ${sent} >= ${literal(window.fromDay)} AND ${sent} < ${literal(window.toDay)}
    ), soon AS (
      -- why: the literal days leave the purchases of other years out of the join
      SELECT DISTINCT f.member_key, f.category, f.day
      FROM offered f
      JOIN transactions t ON t.member_key = f.member_key AND lower(trim(t.category)) = f.category AND ${bought} < f.day AND ${bought} >= f.day - ${literal(days)}
      WHERE NOT COALESCE(t.is_return, FALSE) AND ${bought} >= ${literal(window.fromDay - days)} AND ${bought} < ${literal(window.toDay)}
    )
    SELECT f.jackknife_group, count(*) AS contacts, count(s.member_key) AS soon
    FROM offered f
    LEFT JOIN soon s ON s.member_key = f.member_key AND s.category = f.category AND s.day = f.day
    GROUP BY f.jackknife_group
    ORDER BY f.jackknife_group`;
}
