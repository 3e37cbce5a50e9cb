/** The figures of exhaustion: the break-even, the point beyond which contact does not pay, and what lies beyond it. */
import type { Measure } from '../../result/schema.js';
import { expectedAfterNone } from '../../statistics/beta-binomial.js';
import { type Interval, wilson } from '../../statistics/intervals.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import type { AuditContext } from '../audit.js';
import { daysAfterResponse } from './exhausted-contacts.sql.js';
import { type Beyond, beyond, type Counted, type Exhaustion, intervalOf, type Replicate, smooth, totals } from './exhausted-contacts-model.js';

/** Contacts until which the middle of a year of campaigns is told, where no price gives a limit. */
const exampleSilence = 10;

export interface Found {
  readonly counted: Counted;
  readonly exhaustion: Exhaustion;
  readonly replicates: readonly Replicate[];
  /** Whole campaigns in silence from which on contact does not pay; null without prices. */
  readonly limit: number | null;
  readonly isMargin: boolean;
}

const withInterval = (measure: Measure, interval: Interval | null, level: number, method: string, floor = 0): Measure =>
  interval === null ? measure : { ...measure, interval: { low: Math.max(floor, interval.low), high: interval.high, level, method } };

const method = 'delete-a-group jackknife, model and prices fitted anew each time';

/** What the chances of responding look like. */
export function chanceMeasures({ counted, exhaustion, replicates }: Found, level: number): Measure[] {
  const { model } = exhaustion;
  const members = totals.members(counted);
  const rate = totals.responses(counted) / totals.contacts(counted);
  const parts = groupsOf(counted).map((group) => ({
    numerator: sum(counted.silence, group, (row) => row.responses),
    denominator: sum(counted.silence, group, (row) => row.contacts),
  }));
  const after = expectedAfterNone(model, exampleSilence);
  const afterInterval = intervalOf(after, replicates, level, (replicate) => expectedAfterNone(replicate.model, exampleSilence));
  const responseRate: Measure = {
    id: 'responseRate',
    label: 'Campaigns received that were responded to',
    value: rate,
    unit: 'share',
    n: totals.contacts(counted),
  };
  const chance: Measure = {
    id: 'chanceAfterTen',
    label: `Expected response to the next campaign after ${exampleSilence} without any`,
    value: after,
    unit: 'share',
    n: members,
  };
  return [withInterval(responseRate, jackknifeRatio(parts, level), level, 'delete-a-group jackknife'), withInterval(chance, afterInterval, level, method)];
}

/** What a contact costs and a response brings, and from where on the one exceeds the other. */
export function priceMeasures({ counted, exhaustion, replicates, isMargin }: Found, level: number): Measure[] {
  const { prices, limit } = exhaustion;
  const n = totals.contacts(counted);
  if (prices === null || limit === null) {
    const why = 'What a contact costs, or what a response brought, is not in the files.';
    return [{ id: 'breakEven', label: 'Response rate at which a contact pays', value: null, unit: 'share', n, why }];
  }
  const breakEven: Measure = {
    id: 'breakEven',
    label: `Response rate at which a contact pays, if all ${isMargin ? 'the margin' : 'the sales'} counted for responses would be missing without them`,
    value: prices.breakEven,
    unit: 'share',
    n,
  };
  const point: Measure = {
    id: 'limit',
    label: 'Campaigns without a response after which the next one does not pay',
    value: limit,
    unit: 'number',
    n: totals.members(counted),
  };
  return [
    { id: 'costPerContact', label: 'Cost of a campaign received', value: prices.cost, unit: 'money', n },
    {
      id: 'perResponse',
      label: `${isMargin ? 'margin' : 'sales'} ${counted.isBoughtAfter ? `of purchases within ${daysAfterResponse} days of a response` : 'credited to a response'}`,
      value: prices.perResponse,
      unit: 'money',
      n: totals.responses(counted),
    },
    withInterval(
      breakEven,
      intervalOf(prices.breakEven, replicates, level, (replicate) => replicate.prices?.breakEven ?? null),
      level,
      method,
    ),
    withInterval(
      point,
      intervalOf(limit, replicates, level, (replicate) => replicate.limit),
      level,
      method,
    ),
  ];
}

/** Contacts beyond the point, members beyond it by now, what they buy, and whether the records bear the model out. */
export function beyondMeasures({ counted, replicates, limit }: Found, { policy }: AuditContext): Measure[] {
  if (limit === null) return [];
  const level = policy.screenLevel;
  const there = beyond(counted, limit);
  const [contacts, members, value] = [totals.contacts(counted), totals.members(counted), totals.value(counted)];
  const share: Measure = { id: 'exhaustedShare', label: 'Contacts sent beyond that point', value: there.contacts / contacts, unit: 'share', n: contacts };
  const held: Measure = {
    id: 'exhaustedMemberShare',
    label: 'Contacted members who are beyond it by now',
    value: there.members / members,
    unit: 'share',
    n: members,
  };
  const isHidden = there.members > 0 && there.members < policy.smallCell;
  const worth: Measure[] =
    value > 0 && there.members > 0 && !isHidden
      ? [
          withInterval(
            { id: 'exhaustedValueShare', label: 'What they hold of the value of all members', value: there.value / value, unit: 'share', n: there.members },
            intervalOf(there.value / value, replicates, level, smooth.valueShare),
            level,
            method,
          ),
          {
            id: 'exhaustedBuyerShare',
            label: 'Those of them who bought in the time that is looked at',
            value: there.buyers / there.members,
            unit: 'share',
            n: there.members,
            ...buyersInterval(there, level),
          },
        ]
      : [];
  return [
    withInterval(share, intervalOf(there.contacts / contacts, replicates, level, smooth.contactShare), level, method),
    { id: 'exhaustedContacts', label: 'Their number', value: there.contacts, unit: 'count', n: contacts },
    isHidden
      ? {
          id: 'exhaustedMembers',
          label: 'Members who are beyond it by now',
          value: null,
          unit: 'count',
          n: members,
          why: 'So few that the number may not be shown.',
        }
      : { id: 'exhaustedMembers', label: 'Members who are beyond it by now', value: there.members, unit: 'count', n: members },
    ...(isHidden ? [] : [withInterval(held, intervalOf(there.members / members, replicates, level, smooth.memberShare), level, method)]),
    ...worth,
    observedMeasure(counted, limit, there, level),
  ];
}

const buyersInterval = ({ buyers, members }: Beyond, level: number): Pick<Measure, 'interval'> => ({
  interval: { ...wilson(buyers, members, level), level, method: 'Wilson' },
});

/** How often contacts beyond the point were answered after all: the model says less than the break-even, and this needs no model. */
function observedMeasure(counted: Counted, limit: number, there: Beyond, level: number): Measure {
  const measure: Measure = {
    id: 'observedBeyond',
    label: 'Response rate of contacts beyond that point, as recorded',
    value: null,
    unit: 'share',
    n: there.contacts,
  };
  if (there.contacts === 0) return { ...measure, why: 'No contact was sent beyond that point.' };
  const late = counted.silence.filter((row) => row.silence >= limit);
  const parts = groupsOf(counted).map((group) => ({
    numerator: sum(late, group, (row) => row.responses),
    denominator: sum(late, group, (row) => row.contacts),
  }));
  const found = { ...measure, value: there.responses / there.contacts };
  const jackknifed =
    there.responses === 0
      ? null
      : jackknifeRatio(
          parts.filter(({ denominator }) => denominator > 0),
          level,
        );
  const interval = jackknifed ?? wilson(there.responses, there.contacts, level);
  return withInterval(found, interval, level, jackknifed === null ? 'Wilson' : 'delete-a-group jackknife');
}

/** Members whom a common rule of e-mail platforms would no longer contact, for comparison. */
export function ruleMeasures({ counted }: Found, { policy }: AuditContext): Measure[] {
  const byRule = counted.histories.reduce((total, row) => total + row.by_rule, 0);
  const n = totals.members(counted);
  if (byRule > 0 && byRule < policy.smallCell) return [];
  const label =
    'Members with three or more campaigns in the last 90 days and no response in the whole time, whom a common rule of e-mail platforms would leave out';
  return [{ id: 'platformRule', label, value: byRule, unit: 'count', n }];
}

function groupsOf(counted: Counted): number[] {
  return [...new Set(counted.histories.map((row) => row.jackknife_group))].toSorted((a, b) => a - b);
}

function sum<Row extends { readonly jackknife_group: number }>(rows: readonly Row[], group: number, pick: (row: Row) => number): number {
  return rows.reduce((total, row) => total + (row.jackknife_group === group ? pick(row) : 0), 0);
}
