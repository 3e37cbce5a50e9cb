/** The simulated programme as CSV text in the canonical columns. */
import { isoDate } from '../../model/days.js';
import type { WorldFiles } from '../worlds.js';
import type { Campaign } from './calendar.js';
import type { Contacts } from './contact.js';
import { cents, marginShare, type Order, type ServiceEvent } from './orders.js';
import { categories, channels, type Person, type Span, sources, units } from './people.js';
import { type LedgerLine, type TierPeriod, tierNames, valueOfAPoint } from './points.js';

export interface Happened {
  readonly span: Span;
  readonly people: readonly Person[];
  readonly orders: readonly Order[];
  readonly service: readonly ServiceEvent[];
  readonly calendar: readonly Campaign[];
  readonly contacts: Contacts;
  readonly ledger: readonly LedgerLine[];
  readonly tiers: readonly TierPeriod[];
  readonly outcomeWindows: readonly number[];
}

type Cell = string | number | null;

const salesChannels = ['shop', 'web'] as const;

export function filesOf(happened: Happened): WorldFiles {
  const { people, orders, service, calendar, contacts, ledger, tiers } = happened;
  const present = people.filter(({ isListed }) => isListed);
  const current = new Map(tiers.map(({ person, tier }) => [person, tier]));
  const files: WorldFiles = {
    members: csv(
      'member_id,enrolled_at,acquisition_source,acquisition_discount_share,tier,segment,business_unit,status,closed_at',
      present.map((person) => [
        person.id,
        dayText(person.joinedDay),
        sources[person.source] ?? '',
        sources[person.source] === 'comparison site' ? 0.1 : 0,
        tierNames[current.get(person) ?? 0] ?? '',
        `${categories[person.category]} lovers`,
        units[person.unit] ?? '',
        person.closedDay === null ? 'active' : 'closed',
        dateOf(person.closedDay),
      ]),
    ),
    consents: csv(
      'member_id,channel,status,valid_from',
      present.flatMap((person) =>
        channels.map((channel, index): Cell[] => [person.id, channel, person.allowed[index] === true ? 'granted' : 'withdrawn', dayText(person.joinedDay)]),
      ),
    ),
    transactions: csv(
      'transaction_id,member_id,occurred_at,net_amount,gross_amount,discount_amount,margin_amount,channel,business_unit,category,promo_code,is_return,original_transaction_id',
      orders.map(orderCells),
    ),
    campaigns: csv(
      'campaign_id,name,objective,starts_at,ends_at,business_unit,brand_platform,cost,primary_kpi,kpi_horizon_days,attribution_window_days,targeting_columns,offer_type,discount_depth_share,mentions_programme,staff_briefed_at,planned_holdout_share,owner',
      calendar.map(campaignCells),
    ),
    contacts: csv(
      'member_id,campaign_id,contacted_at,channel,delivered,bounced,offer_id,is_transactional,trigger_type,segment_used',
      contacts.contacts.map(({ person, campaign, day, channel, offer, isDelivered }) => [
        person.id,
        campaign.id,
        dayText(day),
        channels[channel] ?? '',
        isDelivered ? 'true' : 'false',
        'false',
        offer,
        'false',
        campaign.trigger ?? 'batch',
        `${categories[person.category]} lovers`,
      ]),
    ),
    responses: csv(
      'member_id,campaign_id,responded_at,type',
      contacts.responses.map(({ person, campaign, day }) => [person.id, campaign.id, dayText(day), 'click']),
    ),
    assignments: csv(
      'campaign_id,member_id,arm,assigned_at',
      contacts.assignments.map(({ person, campaign, day, isHoldout }) => [campaign.id, person.id, isHoldout ? 'holdout' : 'treatment', dayText(day)]),
    ),
    outcomes: csv('campaign_id,member_id,outcome,value,window_days', outcomesOf(happened)),
    opt_outs: csv(
      'member_id,occurred_at,type,campaign_id',
      contacts.optOuts.map(({ person, campaign, day }) => [person.id, dayText(day), 'unsubscribe', campaign.id]),
    ),
    points: csv(
      'member_id,occurred_at,type,points,value_amount,expires_at',
      ledger.map(({ person, day, type, points, expiresDay }) => [person.id, dayText(day), type, points, cents(points * valueOfAPoint), dateOf(expiresDay)]),
    ),
    tiers: csv(
      'member_id,tier,valid_from,valid_to',
      tiers.map(({ person, tier, fromDay, toDay }) => [person.id, tierNames[tier] ?? '', dayText(fromDay), dateOf(toDay)]),
    ),
    service_events: csv(
      'member_id,occurred_at,type,channel,business_unit,resolved_at,cost',
      service.map(({ person, day, type, resolvedDay, cost }) => [person.id, dayText(day), type, 'phone', units[person.unit] ?? '', dateOf(resolvedDay), cost]),
    ),
    offers: csv(
      'offer_id,type,value,category',
      categories.flatMap((category, index) => [0, 1, 2].map((size): Cell[] => [`O${index}${size}`, 'points', 5 * (size + 1), category])),
    ),
  };
  // A programme without tests has no file of them.
  return Object.fromEntries(Object.entries(files).filter(([, text]) => text.includes('\n')));
}

/** Orders of each member of a test within each length of time that the files follow to its end. */
function outcomesOf({ contacts, orders, outcomeWindows, span }: Happened): Cell[][] {
  if (outcomeWindows.length === 0) return [];
  const days = new Map<Person, number[]>();
  for (const { person, day, returns } of orders) {
    if (person === null || returns !== null) continue;
    const own = days.get(person);
    if (own === undefined) days.set(person, [day]);
    else own.push(day);
  }
  return contacts.assignments.flatMap(({ person, campaign, day }) =>
    outcomeWindows
      .filter((length) => day + length < span.endDay)
      .map((length): Cell[] => [
        campaign.id,
        person.id,
        'orders',
        (days.get(person) ?? []).filter((each) => each > day && each <= day + length).length,
        length,
      ]),
  );
}

function orderCells({ number, person, day, gross, discount, category, unit, salesChannel, returns }: Order): Cell[] {
  const sign = returns === null ? 1 : -1;
  const net = cents(gross - discount);
  return [
    `T${number}`,
    person?.id ?? null,
    dayText(day),
    sign * net,
    sign * gross,
    sign * discount,
    cents(sign * (net - gross * (1 - marginShare))),
    salesChannels[salesChannel] ?? '',
    units[unit] ?? '',
    categories[category] ?? '',
    discount > 0 ? 'SAVE' : null,
    returns === null ? 'false' : 'true',
    returns === null ? null : `T${returns}`,
  ];
}

function campaignCells(campaign: Campaign): Cell[] {
  return [
    campaign.id,
    campaign.name,
    campaign.objective,
    dayText(campaign.startDay),
    dayText(campaign.endDay),
    campaign.unit,
    campaign.isBranded ? 'Close to home' : null,
    campaign.cost,
    campaign.kpi,
    campaign.horizonDays,
    campaign.attributionDays,
    campaign.targeting,
    campaign.offerType,
    campaign.depth,
    campaign.mentionsProgramme ? 'true' : 'false',
    dayText(campaign.briefedDay),
    campaign.holdoutShare,
    'Customer team',
  ];
}

function dateOf(day: number | null): string | null {
  return day === null ? null : dayText(day);
}

/** Dates are written a hundred thousand times and there are few of them. */
function dayText(day: number): string {
  const text = written.get(day) ?? isoDate(day);
  written.set(day, text);
  return text;
}
const written = new Map<number, string>();

function csv(header: string, rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows.map((row) => row.map((cell) => cell ?? '').join(','))].join('\n');
}
