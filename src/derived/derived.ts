/**
 * Tables that several audits share, each one portable SQL function, built once on demand.
 * Asking twice is free; an audit names what it needs and gets the table's name in the engine.
 */
import type { QueryEngine } from '../engine/engine.js';
import { identifier, type Sql } from '../engine/sql.js';
import { campaignFactsSql } from './campaign-facts.sql.js';
import { campaignObjectivesSql, campaignWordsSql } from './campaign-objectives.sql.js';
import { contactFactsSql } from './contact-facts.sql.js';
import { contactPressureSql } from './contact-pressure.sql.js';
import { experimentOutcomesSql, purchaseGapsSql } from './experiment-outcomes.sql.js';
import { experimentUnitsSql } from './experiment-units.sql.js';
import { memberFactsSql } from './member-facts.sql.js';
import { memberPeriodsSql } from './member-periods.sql.js';
import { classifyObjective } from './objective-rules.js';
import type { DerivedOptions, ValueBasis } from './options.js';
import { purchaseDaysSql } from './purchase-days.sql.js';
import { countedKindsSql, countedKindsTable } from './response-kinds.sql.js';
import { fewestOutcomeDays, valueHorizonDays } from './value-horizon.js';

export interface Derived {
  readonly valueBasis: ValueBasis;
  readonly hasConsents: boolean;
  /**
   * One row a member of the scheme: member_key, jackknife_group, enrolled_day, closed_day (both may be NULL), is_open (not closed at
   * the end of the window), is_reachable (open and with permission), has_permission (at the end of the window: one channel granted
   * where permissions are known, and not withdrawn from every channel that contacts use), permission_ended_day (NULL with permission,
   * or when it is not known), value (DECIMAL; value over the window in the basis above, 0 without purchases, NULL when there is no
   * basis), orders.
   */
  memberFacts(): Promise<Sql>;
  /**
   * One row a marketing contact inside the window: member_key, jackknife_group, campaign_key, from_day and to_day (the day of the
   * contact, or the campaign's first and last day where the contact has no date; NULL when neither is known), wave (1 for a
   * member's first contact in the campaign, 2 for the second …), has_responded (0 or 1: a response of a type that counts, in
   * that campaign), has_own_date.
   */
  contactFacts(): Promise<Sql>;
  /**
   * One row a dated marketing contact inside the window, with what the member had been sent before it (messages before the window
   * count, service messages never do): member_key, jackknife_group, campaign_key, day, moment (whole seconds since 1970), channel
   * (lower case; NULL where none is stated), has_own_date (false: stands on the campaign's first day), cost (DECIMAL, of this
   * message, else an even share of its campaign's; NULL when neither is known).
   * Pressure, methodology §1.3: prior_1, prior_7, prior_28, prior_90 and channel_prior_28 are the contacts strictly before this one
   * and at most that many times 24 hours before it, [t − w, t); of several at one moment each knows those that come before it in
   * one total order. channel_… are those of the same channel.
   * Caps: within_1, within_7, within_28 and channel_within_… are this contact and the earlier ones less than that many times 24
   * hours before, so it exceeds a cap of c in a sliding window when within_… > c; place_in_day and channel_place_in_day (1, 2, …) are
   * the same for a calendar day.
   * history_days: days between the first contact on record and this one; is_followed: at least 28, so that prior_28 is complete.
   */
  contactPressure(): Promise<Sql>;
  /**
   * One row a campaign with at least one contact in the window: campaign_key, campaign_id, name, contacts, members,
   * responders, first_day, last_day, cost (NULL when unknown), objective_text.
   */
  campaignFacts(): Promise<Sql>;
  /** One row a campaign of the files: campaign_key, objective (one of `model/objectives.ts`; NULL where no rule can tell). */
  campaignObjectives(): Promise<Sql>;
  /**
   * One row a member and day of purchase, over all the history before the end of the window, returns and amounts of nought left
   * out: member_key, jackknife_group, day, orders (baskets of that day), net and margin (DECIMAL; margin may be NULL), occasion (1
   * for the member's first day of purchase in the files), gap (days since the previous one, NULL for the first), next_day (the next
   * day of purchase, NULL for the last), year_occasions (days of purchase in the year that ends with this one), own_rhythm (tenths of
   * days from one purchase to the next as known on that day: the median of the member's last five gaps, of the last three with three
   * or four, the mean of two; NULL with less than two). `purchaseRhythmSql` fills the rhythm of the others.
   */
  purchaseDays(): Promise<Sql>;
  /**
   * One row a member and period of four weeks (1, 2 …, counted back from the end of the window) with a day on which the member
   * could be contacted: member_key, jackknife_group, period, exposure_days (those days), history_days (purchases in the files
   * before the period; -1 without), year_net (bought in the 52 weeks before it, or as many as the files hold), stage (one of
   * `stages` in `member-periods.sql.ts` at its beginning; NULL where the files do not reach back far enough to tell).
   */
  memberPeriods(): Promise<Sql>;
  /**
   * One row a campaign and member with a place in a test: campaign_key, member_key, arm, is_holdout (0 or 1), assigned_day
   * (the campaign's first day where the assignment has none; may be NULL), is_unambiguous (0: the member stands in two arms).
   */
  experimentUnits(): Promise<Sql>;
  /**
   * One row an unambiguous member of a test and outcome, by assignment: campaign_key, arm, is_holdout, member_key, outcome, days
   * (window; may be NULL), is_ready (1: as given in `outcomes`; 0: added up from purchases, for campaigns that `outcomes` does
   * not name), value (NULL when missing), pre_value (the same over the days before; NULL when the files do not reach back),
   * discount (given with those purchases; NULL for ready outcomes).
   */
  experimentOutcomes(): Promise<Sql>;
}

/** Settles which responses count, and creates the registry over the canonical tables of `engine`. Call it once an engine. */
export async function deriveOnDemand(engine: QueryEngine, options: DerivedOptions): Promise<Derived> {
  await engine.run(engine.dialect.createTableAs(countedKindsTable, countedKindsSql(engine.dialect, options.responseTypes ?? null)));
  const built = new Map<string, Promise<Sql>>();
  const once = (name: string, query: () => Promise<Sql>): Promise<Sql> => {
    let table = built.get(name);
    if (table === undefined) {
      table = query().then(async (text) => {
        await engine.run(engine.dialect.createTableAs(name, text));
        return identifier(name);
      });
      built.set(name, table);
    }
    return table;
  };
  const { dialect } = engine;
  const derived: Derived = {
    valueBasis: options.valueBasis,
    hasConsents: options.hasConsents,
    memberFacts: () => once('member_facts', async () => memberFactsSql(dialect, options)),
    contactFacts: () => once('contact_facts', async () => contactFactsSql(dialect, options)),
    contactPressure: () => once('contact_pressure', async () => contactPressureSql(dialect, options)),
    campaignFacts: () => once('campaign_facts', async () => campaignFactsSql(await derived.contactFacts())),
    campaignObjectives: () =>
      once('campaign_objectives', async () => {
        const campaigns = await engine.rows(campaignWordsSql());
        const classified = campaigns.map(({ campaign_key, campaign_id, name, objective }) => ({
          campaignKey: campaign_key,
          objective: classifyObjective({ campaignId: campaign_id, name, objectiveText: objective }, options.objectiveOverrides ?? {}).objective,
        }));
        return campaignObjectivesSql(dialect, classified);
      }),
    purchaseDays: () => once('purchase_days', async () => purchaseDaysSql(dialect, options.window.toDay)),
    memberPeriods: () =>
      once('member_periods', async () => memberPeriodsSql(dialect, await derived.memberFacts(), await derived.purchaseDays(), options.window)),
    experimentUnits: () => once('experiment_units', async () => experimentUnitsSql(dialect, options.window.toDay)),
    experimentOutcomes: () =>
      once('experiment_outcomes', async () => {
        const units = await derived.experimentUnits();
        const horizonDays = valueHorizonDays(await engine.rows(purchaseGapsSql(dialect)));
        const { valueBasis, window } = options;
        return experimentOutcomesSql(dialect, units, { valueBasis, toDay: window.toDay, horizonDays, fewestDays: fewestOutcomeDays });
      }),
  };
  return derived;
}
