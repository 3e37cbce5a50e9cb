/**
 * Tables that several audits share, each one portable SQL function, built once on demand.
 * Asking twice is free; an audit names what it needs and gets the table's name in the engine.
 */
import type { QueryEngine } from '../engine/engine.js';
import { identifier, type Sql } from '../engine/sql.js';
import { attributionRulesSql, creditedPurchasesSql, longestWindowSql } from './attribution.sql.js';
import { campaignFactsSql } from './campaign-facts.sql.js';
import { campaignObjectivesSql, campaignWordsSql } from './campaign-objectives.sql.js';
import { contactFactsSql } from './contact-facts.sql.js';
import { contactPressureSql } from './contact-pressure.sql.js';
import { experimentHistoriesSql } from './experiment-histories.sql.js';
import { cappedOutcomesSql, experimentOutcomesSql, type GapRow, purchaseGapsSql, recordedTroublesSql } from './experiment-outcomes.sql.js';
import { experimentUnitsSql } from './experiment-units.sql.js';
import { type Halves, memberDriversSql } from './member-drivers.sql.js';
import { memberFactsSql } from './member-facts.sql.js';
import { memberPeriodsSql } from './member-periods.sql.js';
import { classifyObjective } from './objective-rules.js';
import type { DerivedOptions, ValueBasis } from './options.js';
import { purchaseDaysSql } from './purchase-days.sql.js';
import { countedKindsSql, countedKindsTable } from './response-kinds.sql.js';
import { placesSql, sampledGroupsOf, sendTotalsSql, spendTotalsSql } from './running-totals.sql.js';
import { isTriggeredByWords } from './triggered-campaigns.js';
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
  /** Days between a member's successive days of purchase in the files, as a histogram, ascending. */
  purchaseGaps(): Promise<readonly GapRow[]>;
  /**
   * One row a member who was in the scheme and could be contacted on the cut day, with what was known by then and what came after, all
   * in whole numbers: member_key, jackknife_group · value_after (DECIMAL, in [cutDay, endDay), in the basis above: margin, else sales),
   * is_active (1: it is above 0), log_value (100·ln of it; 0 without), contacts_after, selections (these, and holdouts drawn by lot),
   * value_place and selection_place (mid-rank among the members, 0 … 10,000) · known in [fromDay, cutDay), each 100·ln(1 + x): buying_days,
   * spend (in the same basis), silence (days since the last purchase), tenure (days), categories, channels, units (business units),
   * redemptions, returns, cases (service events but returns), resolution (days until settled), contacts · full_price (percent of orders)
   * and response (thousandths: campaigns answered a message, drawn to the usual rate, which weighs as one message). Who has no value of
   * tenure, full_price or resolution stands at the average of the others. buying_bend is the square of buying_days about four days.
   */
  memberDrivers(halves: Halves): Promise<Sql>;
  /**
   * Running totals of the members with a place in a test: any stretch of time is then one subtraction, and `lastBefore` finds the row.
   * `spends` (one row a day of purchase): member_key, day, next_day (a day after all days for the last), net and orders up to and with
   * that day. `sends` (one row a day with a marketing message, over all the history): member_key, day, next_day, sent. With very many
   * places in tests only the members of the jackknife groups below `groups` are in them; else `groups` is 50.
   */
  testTotals(): Promise<{ readonly spends: Sql; readonly sends: Sql; readonly groups: number }>;
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
   * discount (given with those purchases; NULL for ready outcomes). Those that are computed: margin or revenue; active (bought at
   * all); lapsed (did not, of those who had in as many days before; only where the whole horizon is followed, and only their rows);
   * complained and opted out, where the files record such things.
   */
  experimentOutcomes(): Promise<Sql>;
  /** `experimentOutcomes` without the yes-or-no outcomes, values above the 99.5 % quantile of a campaign's arms together cut off there. */
  cappedOutcomes(): Promise<Sql>;
  /**
   * One row an unambiguous member of a test: campaign_key, member_key, half (0 or 1, drawn from the identifier), stratum (0 … 9: what
   * was known on the day of the assignment, by purchases of the year before, none or four bands relative to the mean buyer of the
   * test, and by whether the member had responded to another campaign in that year), prior_net (bought in that year).
   */
  experimentHistories(): Promise<Sql>;
  /**
   * One row a campaign with a dated contact in the window, and its rule of attribution: campaign_key, window_days (the days from the
   * contact on in which a sale is credited; the default of `attribution.sql.ts` without a rule), has_own_rule, contacts (members, by
   * their first message), main_day (the day on which most of them got it), main_contacts, first_day, last_day, is_triggered (a
   * customer's own act sets the message off), history_days and followed_days (days of purchases on file before the main day, and from it on),
   * lead_days (whole weeks from the beginning of the nearest placebo window to the contact), offsets (placebo windows, a week apart
   * each, that the purchases reach back for; 0 to 8).
   */
  attributionRules(): Promise<Sql>;
  /**
   * One row a campaign, member and day of purchase that the campaign's rule credits, half-open [contact, contact + window), from the
   * member's first message of the campaign: campaign_key, member_key, jackknife_group, day, lag (days since the message), orders, net,
   * is_first (1: the member's first purchase in the window, so that their sum counts buyers).
   */
  creditedPurchases(): Promise<Sql>;
}

/** Settles which responses count, and creates the registry over the canonical tables of `engine`. Call it once an engine. */
export async function deriveOnDemand(engine: QueryEngine, options: DerivedOptions): Promise<Derived> {
  const once = (name: string, query: () => Promise<Sql>): Promise<Sql> =>
    engine.shared(name, async () => {
      await engine.run(engine.dialect.createTableAs(name, await query()));
      return identifier(name);
    });
  await once(countedKindsTable, async () => countedKindsSql(engine.dialect, options.responseTypes ?? null));
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
    purchaseGaps: () => engine.shared('purchase_gaps', () => engine.rows(purchaseGapsSql(dialect))),
    memberDrivers: (halves) =>
      once(`member_drivers_${halves.fromDay}_${halves.cutDay}_${halves.endDay}`, async () => {
        const [memberFacts, purchaseDays, experimentUnits] = [await derived.memberFacts(), await derived.purchaseDays(), await derived.experimentUnits()];
        return memberDriversSql(dialect, halves, options.valueBasis, { memberFacts, purchaseDays, experimentUnits });
      }),
    testTotals: async () => {
      const units = await derived.experimentUnits();
      const groups = sampledGroupsOf((await engine.rows(placesSql(units)))[0]?.places ?? 0);
      const spends = await once('spend_totals', async () => spendTotalsSql(await derived.purchaseDays(), units, groups));
      const sends = await once('send_totals', async () => sendTotalsSql(dialect, units, groups, options.window.toDay));
      return { spends, sends, groups };
    },
    memberPeriods: () =>
      once('member_periods', async () => memberPeriodsSql(dialect, await derived.memberFacts(), await derived.purchaseDays(), options.window)),
    experimentUnits: () => once('experiment_units', async () => experimentUnitsSql(dialect, options.window.toDay)),
    experimentOutcomes: () =>
      once('experiment_outcomes', async () => {
        const units = await derived.experimentUnits();
        const horizonDays = valueHorizonDays(await derived.purchaseGaps());
        const { valueBasis, window } = options;
        const recorded = await engine.rows(recordedTroublesSql());
        const hasAny = (what: string): boolean => recorded.some((row) => row.what === what && row.n > 0);
        const troubles = { hasComplaints: hasAny('complaints'), hasOptOuts: hasAny('opt-outs') };
        return experimentOutcomesSql(dialect, units, { valueBasis, toDay: window.toDay, horizonDays, fewestDays: fewestOutcomeDays, ...troubles });
      }),
    cappedOutcomes: () => once('capped_outcomes', async () => cappedOutcomesSql(await derived.experimentOutcomes())),
    experimentHistories: () =>
      once('experiment_histories', async () => experimentHistoriesSql(dialect, await derived.experimentUnits(), await derived.purchaseDays())),
    attributionRules: () =>
      once('attribution_rules', async () => {
        const campaigns = await engine.rows(campaignWordsSql());
        const triggeredByWords = campaigns.filter(({ name, objective }) => isTriggeredByWords([name, objective])).map(({ campaign_key }) => campaign_key);
        return attributionRulesSql(await derived.contactFacts(), await derived.purchaseDays(), { toDay: options.window.toDay, triggeredByWords });
      }),
    creditedPurchases: () =>
      once('credited_purchases', async () => {
        const rules = await derived.attributionRules();
        const [longest] = await engine.rows(longestWindowSql(rules));
        return creditedPurchasesSql(dialect, await derived.contactFacts(), await derived.purchaseDays(), rules, longest?.days ?? 1);
      }),
  };
  return derived;
}
