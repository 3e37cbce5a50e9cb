/**
 * Small worlds whose truth is known (methodology §16), as CSV text in the canonical columns: past the ingest, straight to the audits.
 * Every world is the same for the same seed.
 */
import { dayOf, isoDate } from '../model/days.js';
import type { TableName } from '../model/tables.js';
import { drawGamma, drawIndex, drawPoisson, shuffled } from '../statistics/draws.js';
import type { Uniform } from '../statistics/random.js';
import { openStream } from './streams.js';

/** CSV text with a header row, by canonical table. */
export type WorldFiles = Partial<Record<TableName, string>>;

export interface WorldSize {
  readonly seed: number;
  readonly members: number;
}

type Rows = readonly (readonly (string | number)[])[];

const joinDate = '2022-06-01';
const orderValue = 10;
const marginValue = 4;

/**
 * (a) A campaign with a holdout of one half that changes nothing. Only members who buy within 28 days anyway respond, four in
 * five of them, so contacted non-responders buy less than the holdout although the contact did them no harm.
 * Orders of 90 days before and after 1 April 2024; every order is worth 10 and leaves a margin of 4.
 */
export function zeroEffectWorld({ seed, members }: WorldSize): WorldFiles {
  const uniform = openStream(seed, 'zero effect');
  const startDay = dayOf('2024-04-01');
  const history = memberIds(members).map((id) => {
    const rate = drawGamma(uniform, 1.5, 1);
    const days = buyingDays(uniform, rate, startDay - 90, startDay + 90);
    const isBuyingAnyway = days.some((day) => day > startDay && day < startDay + 28);
    return { id, days, wouldRespond: uniform() < 0.8 && isBuyingAnyway };
  });
  const treated = new Set(shuffled(uniform, memberIds(members)).slice(0, Math.floor(members / 2)));
  const contacted = history.filter(({ id }) => treated.has(id));
  const responders = contacted.filter(({ wouldRespond }) => wouldRespond);
  return {
    members: membersCsv(members),
    campaigns: csv('campaign_id,name,objective,starts_at,ends_at,cost,planned_holdout_share', [
      ['C1', 'Spring offer', 'Immediate sale', '2024-04-01', '2024-04-28', members, 0.5],
    ]),
    assignments: csv(
      'campaign_id,member_id,arm,assigned_at',
      history.map(({ id }) => ['C1', id, treated.has(id) ? 'treatment' : 'holdout', '2024-04-01']),
    ),
    contacts: csv(
      'member_id,campaign_id,contacted_at,channel',
      contacted.map(({ id }) => [id, 'C1', '2024-04-01', 'email']),
    ),
    responses: csv(
      'member_id,campaign_id,responded_at,type',
      responders.map(({ id }) => [id, 'C1', '2024-04-08', 'click']),
    ),
    transactions: transactionsCsv(history),
  };
}

/** What a campaign does, and what it costs; the truth of a tested world. */
export interface TestedCampaign {
  readonly id: string;
  readonly day: string;
  /** Cost a contacted member. */
  readonly cost: number;
  /** Of the members who buy within 28 days anyway, the share who respond if contacted. */
  readonly responseShare: number;
  /** Orders that contact adds within 80 days, on average: to those who respond, never below 0, so that A1 holds. */
  readonly onResponders: number;
  /** The same for everybody else; below 0, the chance that an order of the 89 days after is lost. */
  readonly onOthers: number;
}

/** Truth of the difference that contact makes over 90 days, a member. */
export interface TrueEffect {
  readonly margin: number;
  /** In the share who buy. */
  readonly active: number;
}

interface Fate {
  readonly id: string;
  readonly wouldRespond: boolean;
  /** Days of purchase in the 89 days after, without the campaign and with it. */
  readonly without: readonly number[];
  readonly with: readonly number[];
}

const followedDays = 90;
const addedWithin = 80;

/**
 * (d) Campaigns with a holdout of one half of all members, drawn by lot, each of which changes what is said of it and nothing else. As in (a)
 * only members who would buy anyway respond, so that A2 holds, too. A year of orders before the first campaign, and 100 days after the
 * last; every order is worth 10 and leaves a margin of 4. Campaigns should lie 100 days apart, or one is in the follow-up of another.
 */
export function testedCampaignsWorld({ seed, members, campaigns }: WorldSize & { readonly campaigns: readonly TestedCampaign[] }): WorldFiles {
  const uniform = openStream(seed, 'tested campaigns');
  const days = campaigns.map(({ day }) => dayOf(day));
  const [first, last] = [Math.min(...days) - 365, Math.max(...days) + 100];
  const people = memberIds(members).map((id) => ({ id, days: buyingDays(uniform, drawGamma(uniform, 1.5, 1), first, last) }));
  const assignments: Rows[number][] = [];
  const contacts: Rows[number][] = [];
  const responses: Rows[number][] = [];
  for (const campaign of campaigns) {
    const start = dayOf(campaign.day);
    const treated = new Set(shuffled(uniform, memberIds(members)).slice(0, Math.floor(members / 2)));
    for (const person of people) {
      const isTreated = treated.has(person.id);
      const fate = drawFate(uniform, person, campaign);
      assignments.push([campaign.id, person.id, isTreated ? 'treatment' : 'holdout', campaign.day]);
      if (!isTreated) continue;
      contacts.push([person.id, campaign.id, campaign.day, 'email']);
      if (fate.wouldRespond) responses.push([person.id, campaign.id, isoDate(start + 7), 'click']);
      person.days = [...person.days.filter((day) => day <= start || day >= start + followedDays), ...fate.with].sort((a, b) => a - b);
    }
  }
  return {
    members: membersCsv(members),
    campaigns: csv(
      'campaign_id,name,objective,starts_at,cost,attribution_window_days,planned_holdout_share',
      campaigns.map(({ id, day, cost }) => [id, `Campaign ${id}`, 'Immediate sale', day, cost * Math.floor(members / 2), 14, 0.5]),
    ),
    assignments: csv('campaign_id,member_id,arm,assigned_at', assignments),
    contacts: csv('member_id,campaign_id,contacted_at,channel', contacts),
    responses: csv('member_id,campaign_id,responded_at,type', responses),
    transactions: transactionsCsv(people, { hasDiscount: true }),
  };
}

/** What becomes of a member with the campaign and without it. The chances are drawn for everybody, contacted or not. */
function drawFate(uniform: Uniform, { id, days }: { readonly id: string; readonly days: readonly number[] }, campaign: TestedCampaign): Fate {
  const start = dayOf(campaign.day);
  const without = days.filter((day) => day > start && day < start + followedDays);
  const wouldRespond = uniform() < campaign.responseShare && without.some((day) => day < start + 28);
  const effect = wouldRespond ? campaign.onResponders : campaign.onOthers;
  const added = Array.from({ length: drawPoisson(uniform, Math.max(0, effect)) }, () => start + 1 + drawIndex(uniform, addedWithin));
  const kept = effect < 0 ? without.filter(() => uniform() >= -effect) : without;
  return { id, wouldRespond, without, with: [...kept, ...added] };
}

/** The truth of a campaign of world (d), counted over many members: for everybody, and for those who would not respond. */
export function trueEffects(campaign: TestedCampaign, members = 400_000): { readonly everybody: TrueEffect; readonly nonResponders: TrueEffect } {
  const uniform = openStream(-1, 'true effects');
  const start = dayOf(campaign.day);
  const fates = memberIds(members).map((id) =>
    drawFate(uniform, { id, days: buyingDays(uniform, drawGamma(uniform, 1.5, 1), start, start + followedDays) }, campaign),
  );
  const meanOf = (some: readonly Fate[]): TrueEffect => {
    let [margin, active] = [0, 0];
    for (const { without, with: changed } of some) {
      margin += marginValue * (changed.length - without.length);
      active += Number(changed.length > 0) - Number(without.length > 0);
    }
    return { margin: margin / some.length, active: active / some.length };
  };
  return { everybody: meanOf(fates), nonResponders: meanOf(fates.filter(({ wouldRespond }) => !wouldRespond)) };
}

/**
 * (b) Two years of a stationary negative binomial customer base (Ehrenberg 1959): rates differ between members and never change.
 * @param leaving chance in a year that a member falls silent for good, the same for all and without a word in any file.
 */
export function stationaryBuyersWorld({ seed, members, leaving = 0 }: WorldSize & { readonly leaving?: number }): WorldFiles {
  const uniform = openStream(seed, 'stationary buyers');
  const [first, end] = [dayOf('2023-01-01'), dayOf('2025-01-01')];
  const daily = -Math.log(1 - leaving) / 365;
  const history = memberIds(members).map((id) => {
    const days = buyingDays(uniform, drawGamma(uniform, 1, 2), first, end);
    const silent = leaving === 0 ? end : first - Math.log(1 - uniform()) / daily;
    return { id, days: days.filter((day) => day < silent) };
  });
  return { members: membersCsv(members), transactions: transactionsCsv(history) };
}

/** (c) Twelve campaigns in 2024, each sent to a quarter of all members drawn by lot. */
export function randomTargetingWorld({ seed, members }: WorldSize): WorldFiles {
  const uniform = openStream(seed, 'random targeting');
  const campaigns = Array.from({ length: 12 }, (_, month) => ({
    id: `C${String(month + 1).padStart(2, '0')}`,
    day: `2024-${String(month + 1).padStart(2, '0')}-10`,
  }));
  return {
    members: membersCsv(members),
    campaigns: csv(
      'campaign_id,name,objective,starts_at',
      campaigns.map(({ id, day }) => [id, `Campaign ${id}`, 'Immediate sale', day]),
    ),
    contacts: csv(
      'member_id,campaign_id,contacted_at,channel',
      campaigns.flatMap(({ id, day }) =>
        shuffled(uniform, memberIds(members))
          .slice(0, Math.floor(members / 4))
          .map((member) => [member, id, day, 'email']),
      ),
    ),
  };
}

function memberIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `M${String(index + 1).padStart(5, '0')}`);
}

/** Days of Poisson purchases in [fromDay, toDay), in order. @param rate purchases in 30 days. */
function buyingDays(uniform: Uniform, rate: number, fromDay: number, toDay: number): number[] {
  const days = toDay - fromDay;
  return Array.from({ length: drawPoisson(uniform, (rate * days) / 30) }, () => fromDay + drawIndex(uniform, days)).sort((a, b) => a - b);
}

function membersCsv(count: number): string {
  return csv(
    'member_id,enrolled_at',
    memberIds(count).map((id) => [id, joinDate]),
  );
}

function transactionsCsv(history: readonly { readonly id: string; readonly days: readonly number[] }[], { hasDiscount } = { hasDiscount: false }): string {
  const orders = history.flatMap(({ id, days }) => days.map((day) => ({ id, day })));
  return csv(
    `transaction_id,member_id,occurred_at,net_amount,margin_amount${hasDiscount ? ',discount_amount' : ''}`,
    orders.map(({ id, day }, index) => [`T${index + 1}`, id, isoDate(day), orderValue, marginValue, ...(hasDiscount ? [0] : [])]),
  );
}

function csv(header: string, rows: Rows): string {
  return [header, ...rows.map((row) => row.join(','))].join('\n');
}
