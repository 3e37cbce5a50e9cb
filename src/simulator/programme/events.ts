/** Messages that an event of the member sets off: joining, an anniversary, a new tier, points about to expire, a complaint. */
import { openStream } from '../streams.js';
import type { Campaign } from './calendar.js';
import { type Contacts, type Member, send } from './contact.js';
import type { Dials } from './dials.js';
import type { Person, Span } from './people.js';
import type { LedgerLine, TierPeriod } from './points.js';

interface Event {
  readonly person: Person;
  readonly day: number;
  readonly trigger: NonNullable<Campaign['trigger']>;
}

/** Days before points expire on which the member is told. */
const expiryNoticeDays = 14;

/** Sends the messages for each event inside the files, to members who may be written to on that day. */
export function sendEventMessages(
  seed: number,
  done: Contacts,
  members: readonly Member[],
  calendar: readonly Campaign[],
  ledger: readonly LedgerLine[],
  tiers: readonly TierPeriod[],
  span: Span,
  dials: Dials,
): void {
  const uniform = openStream(seed, 'events');
  const byPerson = new Map(members.map((member) => [member.person, member]));
  const campaigns = new Map(calendar.map((campaign) => [campaign.trigger, campaign]));
  // A message that an event sets off is read by whom it concerns; it brings neither opt-outs nor orders.
  const quiet = { ...dials, optOutRate: 0, extraOrderChance: 0, lostOrderChance: 0 };
  const joined = members.flatMap(({ person }): Event[] => {
    if (uniform() >= dials.welcomed) return [];
    return [{ person, day: person.joinedDay + Math.round(dials.welcomeDays * (0.5 + uniform())), trigger: 'joining' }];
  });
  const others = [...anniversaries(members, span), ...tierChanges(tiers), ...expiries(ledger), ...complaintsOf(members)].filter(
    () => uniform() < dials.eventMessages,
  );
  for (const { person, day, trigger } of [...joined, ...others]) {
    const member = byPerson.get(person);
    const campaign = campaigns.get(trigger);
    const isInside = day >= span.firstDay && day < (person.closedDay ?? span.endDay) && day >= person.joinedDay;
    if (member === undefined || campaign === undefined || !isInside || member.optedOutDay < day || !person.allowed.includes(true)) continue;
    send(uniform, done, member, campaign, day, span, quiet);
  }
}

function anniversaries(members: readonly Member[], { firstDay, endDay }: Span): Event[] {
  return members.flatMap(({ person }) =>
    [365, 730, 1096, 1461]
      .map((days): Event => ({ person, day: person.joinedDay + days, trigger: 'anniversary' }))
      .filter(({ day }) => day >= firstDay && day < endDay),
  );
}

/** Two days after a tier changes. */
function tierChanges(tiers: readonly TierPeriod[]): Event[] {
  return tiers.filter(({ person, fromDay }) => fromDay > person.joinedDay).map(({ person, fromDay }) => ({ person, day: fromDay + 2, trigger: 'tier change' }));
}

/** One notice a member and month, before the first points of that month expire. */
function expiries(ledger: readonly LedgerLine[]): Event[] {
  const told = new Map<Person, number>();
  const lines = ledger.filter(({ type }) => type === 'expire').toSorted((a, b) => a.day - b.day);
  return lines.flatMap(({ person, day }): Event[] => {
    if (day - (told.get(person) ?? 0) < 5) return [];
    told.set(person, day);
    return [{ person, day: day - expiryNoticeDays, trigger: 'points expiring' }];
  });
}

/** A word of care once the complaint is settled. */
function complaintsOf(members: readonly Member[]): Event[] {
  return members.flatMap(({ person, complaints }) =>
    complaints
      .filter(({ type, resolvedDay }) => type === 'complaint' && resolvedDay !== null)
      .map(({ resolvedDay, day }): Event => ({ person, day: (resolvedDay ?? day) + 1, trigger: 'complaint' })),
  );
}
