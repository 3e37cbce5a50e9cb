/** The points ledger and the tiers that follow from the orders. */
import type { Uniform } from '../../statistics/random.js';
import { openStream } from '../streams.js';
import type { Dials } from './dials.js';
import type { Order } from './orders.js';
import type { Person, Span } from './people.js';

export const tierNames = ['Bronze', 'Silver', 'Gold'] as const;
/** Net spend of a year from which on a tier is reached. */
const tierSpends = [0, 350, 700];
const reviewDays = 182;
export const valueOfAPoint = 0.02;

export interface LedgerLine {
  readonly person: Person;
  readonly day: number;
  readonly type: 'earn' | 'redeem' | 'expire';
  readonly points: number;
  readonly expiresDay: number | null;
}

export interface TierPeriod {
  readonly person: Person;
  readonly tier: number;
  readonly fromDay: number;
  /** Exclusive; null while it lasts. */
  readonly toDay: number | null;
}

interface Purchase {
  readonly day: number;
  readonly net: number;
}

/** Sales of each member in order, returns left out. */
export function purchasesOf(orders: readonly Order[]): Map<Person, Purchase[]> {
  const byPerson = new Map<Person, Purchase[]>();
  for (const { person, day, gross, discount, returns } of orders) {
    if (person === null || returns !== null) continue;
    const list = byPerson.get(person) ?? [];
    list.push({ day, net: gross - discount });
    byPerson.set(person, list);
  }
  for (const list of byPerson.values()) list.sort((a, b) => a.day - b.day);
  return byPerson;
}

/** Periods in a tier: reviewed on fixed days by the spend of the year before, or as given on joining where no review happens. */
export function tierPeriods(
  seed: number,
  people: readonly Person[],
  purchases: ReadonlyMap<Person, readonly Purchase[]>,
  span: Span,
  dials: Dials,
): TierPeriod[] {
  const uniform = openStream(seed, 'tiers');
  return people.flatMap((person) => {
    const end = person.closedDay ?? span.endDay;
    const list = purchases.get(person) ?? [];
    const expected = (person.rate * person.basket * 365) / 30;
    const isReviewed = uniform() < dials.reviewedShare;
    const given = tierFor(expected * (0.4 + uniform()));
    const periods: { tier: number; fromDay: number }[] = [{ tier: person.joinedDay < span.firstDay || !isReviewed ? given : 0, fromDay: person.joinedDay }];
    for (let day = span.firstDay + reviewDays; isReviewed && day < end; day += reviewDays) {
      if (day <= person.joinedDay) continue;
      const days = Math.min(365, day - Math.max(span.firstDay, person.joinedDay));
      const spend = list.reduce((sum, purchase) => sum + (purchase.day < day && purchase.day >= day - 365 ? purchase.net : 0), 0);
      const tier = tierFor((spend * 365) / Math.max(90, days));
      if (tier !== periods.at(-1)?.tier) periods.push({ tier, fromDay: day });
    }
    return periods.map(({ tier, fromDay }, index) => ({ person, tier, fromDay, toDay: periods[index + 1]?.fromDay ?? null }));
  });
}

function tierFor(yearlySpend: number): number {
  return tierSpends.findLastIndex((least) => yearlySpend >= least);
}

/** The ledger: points are earned with each order, the oldest are redeemed first, and what is left expires. */
export function ledgerOf(
  seed: number,
  purchases: ReadonlyMap<Person, readonly Purchase[]>,
  periods: readonly TierPeriod[],
  span: Span,
  dials: Dials,
): LedgerLine[] {
  const uniform = openStream(seed, 'points');
  const tiers = new Map<Person, TierPeriod[]>();
  for (const period of periods) tiers.set(period.person, [...(tiers.get(period.person) ?? []), period]);
  const lines: LedgerLine[] = [];
  for (const [person, list] of purchases) addLedger(uniform, lines, person, list, tiers.get(person) ?? [], span, dials);
  return lines;
}

function addLedger(
  uniform: Uniform,
  lines: LedgerLine[],
  person: Person,
  list: readonly Purchase[],
  tiers: readonly TierPeriod[],
  span: Span,
  dials: Dials,
): void {
  const lots: { left: number; expires: number }[] = [];
  const end = person.closedDay ?? span.endDay;
  const expireUntil = (day: number): void => {
    for (let [lot] = lots; lot !== undefined && lot.expires < day; [lot] = lots) {
      if (lot.left > 0 && lot.expires < end) lines.push({ person, day: lot.expires, type: 'expire', points: lot.left, expiresDay: null });
      lots.shift();
    }
  };
  for (const { day, net } of list) {
    expireUntil(day);
    const tier = tiers.findLast(({ fromDay }) => fromDay <= day)?.tier ?? 0;
    const balance = lots.reduce((sum, lot) => sum + lot.left, 0);
    if (balance >= dials.fewestPointsToRedeem && uniform() < dials.redeemChance) {
      let wanted = Math.floor(balance / dials.fewestPointsToRedeem) * dials.fewestPointsToRedeem;
      lines.push({ person, day, type: 'redeem', points: wanted, expiresDay: null });
      for (const lot of lots) {
        const taken = Math.min(lot.left, wanted);
        lot.left -= taken;
        wanted -= taken;
      }
    }
    const points = Math.round(net * (dials.earnRates[tier] ?? 1));
    lines.push({ person, day, type: 'earn', points, expiresDay: day + dials.pointLifeDays });
    lots.push({ left: points, expires: day + dials.pointLifeDays });
  }
  expireUntil(span.endDay);
}
