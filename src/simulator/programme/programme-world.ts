/**
 * A whole loyalty programme of two years, sound unless a dial is turned, as CSV text in the canonical columns: the world in which
 * audits are calibrated. The same seed and dials give the same files.
 */
import { dayOf } from '../../model/days.js';
import type { WorldFiles } from '../worlds.js';
import { drawCalendar } from './calendar.js';
import { contactMembers } from './contact.js';
import { type Dials, soundProgramme } from './dials.js';
import { sendEventMessages } from './events.js';
import { filesOf, type Happened } from './files.js';
import { addExtraOrders, drawSales } from './orders.js';
import { drawPeople, type Span } from './people.js';
import { ledgerOf, purchasesOf, tierPeriods } from './points.js';

export interface ProgrammeOptions {
  readonly seed: number;
  readonly members: number;
  /** Seed of the campaigns alone, so that worlds can share a calendar; the seed itself unless set. */
  readonly calendarSeed?: number;
  /** What differs from a sound programme. */
  readonly plant?: Partial<Dials>;
}

const endDay = dayOf('2025-01-01');

/** What happened in the programme, before it is written down. */
export function simulateProgramme({ seed, calendarSeed = seed, members: count, plant = {} }: ProgrammeOptions): Happened {
  const dials: Dials = { ...soundProgramme, ...plant };
  const span: Span = { firstDay: endDay - dials.historyDays, endDay };
  const people = drawPeople(seed, count, span, dials);
  const calendar = drawCalendar(calendarSeed, span, dials);
  const sales = drawSales(seed, people, span, dials);
  const { done, members } = contactMembers(seed, people, sales.service, calendar, span, dials);
  addExtraOrders(seed, sales, done.extraDays, span, dials);
  const orders = sales.orders.filter(({ person, day, returns }) => person === null || returns !== null || !done.lost.has(`${person.id} ${day}`));
  const purchases = purchasesOf(orders);
  const tiers = tierPeriods(seed, people, purchases, span, dials);
  const ledger = ledgerOf(seed, purchases, tiers, span, dials);
  sendEventMessages(seed, done, members, calendar, ledger, tiers, span, dials);
  return { span, people, orders, service: sales.service, calendar, contacts: done, ledger, tiers, outcomeWindows: dials.outcomeWindows };
}

export function programmeWorld(options: ProgrammeOptions): WorldFiles {
  return filesOf(simulateProgramme(options));
}
