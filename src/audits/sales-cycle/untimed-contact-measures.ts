/** Whether those whom a send reached stood elsewhere in their own cycle of purchases than those whom it left out. */
import type { Measure } from '../../result/schema.js';
import { type Interval, wilson } from '../../statistics/intervals.js';
import { type PlacedGroup, pooledArea } from '../../statistics/placements.js';
import { jackknifeRatio, type Part } from '../../statistics/resampling.js';
import type { Policy } from '../audit.js';
import { phaseClasses } from './phases.js';
import type { BatchDate, NuisanceRow, PlacedRow, SendRow } from './untimed-contact.sql.js';

/** A send to fewer people is not a batch. */
export const fewestRecipients = 50;
/** Whole sends that are compared at most, evenly spread over the window: more would cost time and change little. */
export const mostDates = 40;

/** The sends that can be compared, in order of day and campaign. */
export function batchDates(sends: readonly SendRow[]): { readonly chosen: BatchDate[]; readonly all: number } {
  const batches = sends.filter(({ recipients }) => recipients >= fewestRecipients);
  const kept = Math.min(mostDates, batches.length);
  const chosen = Array.from({ length: kept }, (_, index) => batches[Math.floor((index * batches.length) / kept)]);
  return { chosen: chosen.flatMap((row) => (row === undefined ? [] : [{ campaignKey: row.campaign_key, day: row.day }])), all: batches.length };
}

/** Share of the variance of contact dates that lies between campaigns and not, within a campaign, between members; null without variance. */
function calendarShare(sends: readonly SendRow[]): number | null {
  const first = sends[0]?.day ?? 0;
  const campaigns = new Map<number, { n: number; sum: number; squares: number }>();
  for (const { campaign_key: key, day, contacts } of sends) {
    const seen = campaigns.get(key) ?? { n: 0, sum: 0, squares: 0 };
    const at = day - first;
    campaigns.set(key, { n: seen.n + contacts, sum: seen.sum + contacts * at, squares: seen.squares + contacts * at * at });
  }
  const all = [...campaigns.values()].reduce((a, b) => ({ n: a.n + b.n, sum: a.sum + b.sum, squares: a.squares + b.squares }), { n: 0, sum: 0, squares: 0 });
  const total = all.squares - all.sum ** 2 / all.n;
  const within = [...campaigns.values()].reduce((sum, { n, sum: own, squares }) => sum + squares - own ** 2 / n, 0);
  return total > 0 ? 1 - within / total : null;
}

type Placed = PlacedRow & Readonly<Record<string, number>>;

const placedGroup = (row: Placed): PlacedGroup => ({
  group: row.jackknife_group,
  first: row.compared_recipients,
  second: row.compared_others,
  firstPlaces: row.recipient_places,
  secondPlaces: row.other_places,
});

/** Rows of each date and band. */
function strataOf(rows: readonly Placed[]): Placed[][] {
  const strata = new Map<string, Placed[]>();
  for (const row of rows) {
    const key = `${row.day} ${row.campaign_key} ${row.band}`;
    const seen = strata.get(key);
    if (seen === undefined) strata.set(key, [row]);
    else seen.push(row);
  }
  return [...strata.values()];
}

export interface DateArea {
  readonly day: number;
  readonly campaignKey: number;
  readonly recipients: number;
  readonly others: number;
  readonly area: (Interval & { readonly estimate: number }) | null;
}

/** The comparison on each date by itself. */
export function dateAreas(rows: readonly Placed[], level: number): DateArea[] {
  const dates = new Map<string, Placed[]>();
  for (const row of rows) dates.set(`${row.day} ${row.campaign_key}`, [...(dates.get(`${row.day} ${row.campaign_key}`) ?? []), row]);
  return [...dates.values()].map((own) => ({
    day: own[0]?.day ?? 0,
    campaignKey: own[0]?.campaign_key ?? 0,
    recipients: own.reduce((sum, row) => sum + row.compared_recipients, 0),
    others: own.reduce((sum, row) => sum + row.compared_others, 0),
    area: pooledArea(
      strataOf(own).map((stratum) => stratum.map(placedGroup)),
      level,
    ),
  }));
}

/** Shares of recipients in each class of phase, and of others in the same mix of dates and rhythms. */
export function phaseShares(rows: readonly Placed[]): { readonly recipients: number; readonly others: number }[] {
  const shares = phaseClasses.map(() => ({ recipients: 0, others: 0 }));
  let weights = 0;
  for (const stratum of strataOf(rows)) {
    const recipients = stratum.reduce((sum, row) => sum + row.recipients, 0);
    const others = stratum.reduce((sum, row) => sum + row.others, 0);
    if (recipients === 0 || others === 0) continue;
    weights += recipients;
    phaseClasses.forEach((_, index) => {
      const share = shares[index];
      if (share === undefined) return;
      share.recipients += stratum.reduce((sum, row) => sum + (row[`recipients_${index}`] ?? 0), 0);
      share.others += (recipients / others) * stratum.reduce((sum, row) => sum + (row[`others_${index}`] ?? 0), 0);
    });
  }
  return shares.map(({ recipients, others }) => ({ recipients: weights === 0 ? 0 : recipients / weights, others: weights === 0 ? 0 : others / weights }));
}

/** Rows added up by jackknife group, for a share of recipients. */
function partsOf(rows: readonly Placed[], counted: (row: Placed) => number): Part[] {
  const groups = new Map<number, { numerator: number; denominator: number }>();
  for (const row of rows) {
    const seen = groups.get(row.jackknife_group) ?? { numerator: 0, denominator: 0 };
    groups.set(row.jackknife_group, { numerator: seen.numerator + counted(row), denominator: seen.denominator + row.recipients });
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, part]) => part);
}

function jackknifedShare(id: string, label: string, parts: readonly Part[], n: number, policy: Policy): Measure {
  const numerator = parts.reduce((sum, part) => sum + part.numerator, 0);
  const denominator = parts.reduce((sum, part) => sum + part.denominator, 0);
  if (denominator === 0) return { id, label, value: null, unit: 'share', n, why: 'Nothing to count.' };
  const interval = jackknifeRatio(parts, policy.screenLevel);
  const value = numerator / denominator;
  if (interval === null) return { id, label, value, unit: 'share', n };
  const method = `jackknife over ${parts.length} groups of members`;
  return {
    id,
    label,
    value,
    unit: 'share',
    n,
    interval: { low: Math.max(0, interval.low), high: Math.min(1, interval.high), level: policy.screenLevel, method },
  };
}

export interface TimingFacts {
  readonly sends: readonly SendRow[];
  readonly rows: readonly Placed[];
  readonly dates: readonly DateArea[];
  readonly batches: number;
  readonly nuisance: readonly NuisanceRow[] | null;
  /** Around one half: where timing says nothing. */
  readonly band: Interval;
}

const indexOf = (id: (typeof phaseClasses)[number]['id']): number => phaseClasses.findIndex((known) => known.id === id);

export function timingMeasures(facts: TimingFacts, policy: Policy): Measure[] {
  const { sends, rows, dates, band } = facts;
  const recipients = rows.reduce((sum, row) => sum + row.recipients, 0);
  const others = rows.reduce((sum, row) => sum + row.others, 0);
  const comparedContacts = rows.reduce((sum, row) => sum + row.compared_recipients, 0);
  const contacts = sends.reduce((sum, row) => sum + row.contacts, 0);
  const area = pooledArea(
    strataOf(rows).map((stratum) => stratum.map(placedGroup)),
    policy.screenLevel,
  );
  const compared = dates.flatMap((date) => (date.area === null ? [] : [date.area]));
  const timed = compared.filter(({ low, high }) => low > band.high || high < band.low).length;
  const areaMeasure: Measure = {
    id: 'laterShare',
    label: 'Pairs in which the member contacted was further along in the own cycle than a member left out of the same send who buys about as often',
    value: area?.estimate ?? null,
    unit: 'share',
    n: comparedContacts,
    ...(area === null
      ? { why: 'The sends went to everybody who could be reached, or nearly, so too few are left to compare with.' }
      : {
          interval: { low: Math.max(0, area.low), high: Math.min(1, area.high), level: policy.screenLevel, method: 'placements by jackknife group of members' },
        }),
  };
  const timedMeasure: Measure = {
    id: 'timedShare',
    label: 'Share of sends whose own interval lies outside the band in which timing says nothing',
    value: compared.length === 0 ? null : timed / compared.length,
    unit: 'share',
    n: compared.length,
    ...(compared.length === 0
      ? { why: 'No send can be compared.' }
      : { interval: { ...wilson(timed, compared.length, policy.screenLevel), level: policy.screenLevel, method: 'Wilson score interval, sends as units' } }),
  };
  const inClass = (id: string, label: string, classes: readonly number[]): Measure =>
    jackknifedShare(
      id,
      label,
      partsOf(rows, (row) => classes.reduce((sum, index) => sum + (row[`recipients_${index}`] ?? 0), 0)),
      recipients,
      policy,
    );
  const shares = phaseShares(rows);
  const calendar = calendarShare(sends);
  const batch = sends.reduce((sum, row) => sum + row.batch_contacts, 0);
  const plain = (id: string, label: string, value: number | null, n: number, why: string): Measure => ({
    id,
    label,
    value,
    unit: 'share',
    n,
    ...(value === null ? { why } : {}),
  });
  return [
    areaMeasure,
    timedMeasure,
    { id: 'sends', label: 'Sends compared', value: compared.length, unit: 'count', n: facts.batches },
    { id: 'batches', label: `Sends to at least ${fewestRecipients} members on one day`, value: facts.batches, unit: 'count', n: sends.length },
    {
      id: 'compared',
      label: 'Contacts compared: to members not silent for more than three of their own gaps',
      value: comparedContacts,
      unit: 'count',
      n: recipients,
    },
    { id: 'recipients', label: 'Contacts in these sends to members who had bought before', value: recipients, unit: 'count', n: recipients },
    plain('reachedShare', 'Share of members who could be contacted that such a send reached', recipients / (recipients + others), recipients + others, ''),
    inClass('justBought', 'Share of contacts below a quarter of the member’s own gap between purchases', [indexOf('justBought')]),
    plain(
      'justBoughtOthers',
      'The same among comparable members left out',
      compared.length === 0 ? null : (shares[indexOf('justBought')]?.others ?? 0),
      others,
      'Nobody was left out.',
    ),
    inClass('inWindow', 'Share of contacts between three quarters and five quarters of that gap', [indexOf('inWindow')]),
    inClass('late', 'Share of contacts at twice that gap or later', [indexOf('late'), indexOf('veryLate')]),
    plain('ownRhythmShare', 'Share of these contacts to members with a rhythm of their own (three purchases or more)', ownRhythmShare(rows), recipients, ''),
    plain('triggeredShare', 'Share of contacts that a trigger sent, left out of the comparison', 1 - batch / contacts, contacts, ''),
    plain('calendarShare', 'Share of the variance of contact dates that the campaigns’ calendar explains', calendar, contacts, 'All contacts fall on one day.'),
    ...(facts.nuisance === null ? [] : [nuisanceMeasure(facts.nuisance, policy)]),
  ];
}

function ownRhythmShare(rows: readonly Placed[]): number {
  const recipients = rows.reduce((sum, row) => sum + row.recipients, 0);
  return rows.reduce((sum, row) => sum + row.rhythmic, 0) / recipients;
}

function nuisanceMeasure(rows: readonly NuisanceRow[], policy: Policy): Measure {
  const parts = rows.map(({ contacts, soon }) => ({ numerator: soon, denominator: contacts }));
  const contacts = rows.reduce((sum, row) => sum + row.contacts, 0);
  return jackknifedShare(
    'promotedAfterPurchase',
    'Share of offers in a category that the member had bought within the fortnight before',
    parts,
    contacts,
    policy,
  );
}
