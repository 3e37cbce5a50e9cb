/** The members of the simulated programme: who they are, when they join and leave, and on which days they would buy without contact. */
import { drawGamma, drawIndex, drawLognormal } from '../../statistics/draws.js';
import type { Uniform } from '../../statistics/random.js';
import { openStream } from '../streams.js';
import { at, type Dials } from './dials.js';

export const sources = ['shop', 'website', 'friend', 'comparison site'] as const;
const sourceShares = [0.35, 0.3, 0.1, 0.25];
export const categories = ['garden', 'kitchen', 'sports', 'toys'] as const;
export const channels = ['email', 'app', 'sms', 'post'] as const;
export const units = ['North', 'South'] as const;

/** Days before the files begin over which older members joined. */
const olderDays = 730;
/** Money spent on an order, on average. */
export const meanBasket = 40;
/** Gaps between purchases are more regular than chance: gamma with this shape. */
const gapShape = 3;

export interface Person {
  readonly id: string;
  readonly joinedDay: number;
  /** First day that is not a member any more, or null. */
  closedDay: number | null;
  readonly source: number;
  readonly category: number;
  readonly unit: number;
  readonly salesChannel: number;
  /** Purchases per 30 days while living. */
  readonly rate: number;
  readonly basket: number;
  readonly engagement: number;
  /** Lasting preference of selections; mean 1. */
  readonly favour: number;
  readonly isForgotten: boolean;
  readonly isListed: boolean;
  /** By channel of `channels`. */
  readonly allowed: readonly boolean[];
  /** Days of purchase in order, inside the files. */
  readonly days: readonly number[];
  /** First day from which on nothing brings the member to buy. */
  readonly silentDay: number;
}

export interface Span {
  readonly firstDay: number;
  /** Exclusive. */
  readonly endDay: number;
}

/** Where a day lies in the history, 0 to 1. */
export function placeOf(day: number, { firstDay, endDay }: Span): number {
  return (day - firstDay) / (endDay - firstDay);
}

export function drawPeople(seed: number, count: number, span: Span, dials: Dials): Person[] {
  const uniform = openStream(seed, 'people');
  return Array.from({ length: count }, (_, index) => drawPerson(uniform, `M${String(index + 1).padStart(6, '0')}`, span, dials));
}

function drawPerson(uniform: Uniform, id: string, span: Span, dials: Dials): Person {
  const { firstDay, endDay } = span;
  const isOlder = uniform() < dials.olderShare;
  const joinedDay = isOlder ? firstDay - 1 - drawIndex(uniform, olderDays) : firstDay + drawIndex(uniform, endDay - firstDay);
  const source = pick(uniform, sourceShares);
  const rate = drawGamma(uniform, dials.rateShape, dials.rateShape / dials.ordersPerMonth);
  const basket = drawLognormal(uniform, meanBasket, 0.35);
  const engagement = drawGamma(uniform, dials.engagementShape, dials.engagementShape);
  const favour = dials.favouritism > 0 ? drawLognormal(uniform, 1, dials.favouritism) : 1;
  const isReachable = uniform() >= dials.unreachableShare;
  const allowed = [dials.emailConsent, 0.6, 0.5, 0.7].map((share) => uniform() < share && isReachable);
  const closedDay = drawClosing(uniform, joinedDay, span, dials);
  const person: Person = {
    id,
    joinedDay,
    closedDay,
    source,
    category: drawIndex(uniform, categories.length),
    unit: drawIndex(uniform, units.length),
    salesChannel: drawIndex(uniform, 2),
    rate,
    basket,
    engagement,
    favour,
    isForgotten: uniform() < dials.forgottenShare,
    isListed: uniform() >= dials.unlistedShare,
    allowed,
    ...drawPurchases(uniform, { joinedDay, closedDay, rate, source }, span, dials),
  };
  return person;
}

/** The first closing after joining and inside the files; members who closed before are no members. */
function drawClosing(uniform: Uniform, joinedDay: number, span: Span, dials: Dials): number | null {
  for (let day = Math.max(joinedDay + 1, span.firstDay); day < span.endDay; day += 7) {
    if (uniform() < (at(dials.closingsPerYear, placeOf(joinedDay, span)) * 7) / 365) return Math.min(day + drawIndex(uniform, 7), span.endDay - 1);
  }
  return null;
}

function drawPurchases(
  uniform: Uniform,
  { joinedDay, closedDay, rate, source }: Pick<Person, 'joinedDay' | 'closedDay' | 'rate' | 'source'>,
  span: Span,
  dials: Dials,
): Pick<Person, 'days' | 'silentDay'> {
  const end = closedDay ?? span.endDay;
  const isComparison = sources[source] === 'comparison site';
  const joinedAt = placeOf(joinedDay, span);
  if (uniform() < dials.ghostShare) return { days: [], silentDay: joinedDay };
  const isOneTime = uniform() < at(dials.oneTimeShare, joinedAt) * (isComparison ? dials.comparisonSiteDrop : 1);
  const drop = at(dials.dropShare, joinedAt) * (isComparison ? dials.comparisonSiteDrop : 1);
  const days: number[] = [];
  const middle = (span.firstDay + span.endDay) / 2;
  const slow = rate > fastRate(dials) ? 1 - dials.bestSlowdown : 1;
  for (let day = joinedDay; day < end; ) {
    if (day >= span.firstDay) days.push(day);
    if (isOneTime || (day > joinedDay && uniform() < drop)) return { days, silentDay: day + 1 };
    day += Math.max(1, Math.round(drawGamma(uniform, gapShape, (gapShape * rate * (day < middle ? 1 : slow)) / 30)));
  }
  return { days, silentDay: end };
}

/** The pace of which only the fastest fifth is faster: Wilson & Hilferty 1931 for the gamma distribution. */
function fastRate({ ordersPerMonth, rateShape }: Dials): number {
  const spread = 1 / (9 * rateShape);
  return ordersPerMonth * (1 - spread + 0.8416 * Math.sqrt(spread)) ** 3;
}

/** Index drawn with the given chances, which add up to 1. */
function pick(uniform: Uniform, shares: readonly number[]): number {
  let left = uniform();
  const index = shares.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return index < 0 ? shares.length - 1 : index;
}
