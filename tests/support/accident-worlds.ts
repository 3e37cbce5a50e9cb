/** Worlds in which a campaign became an experiment by accident, or did not. */
import { dayOf, isoDate } from '../../src/model/days.js';
import { openStream } from '../../src/simulator/streams.js';
import { drawGamma, drawIndex, drawPoisson } from '../../src/statistics/draws.js';
import type { Uniform } from '../../src/statistics/random.js';
import type { WorldTables } from './world.js';

type Accidental = 'none' | 'cut' | 'cutByJoining' | 'waves' | 'chosenWaves' | 'outage' | 'chosenOutage';

export interface AccidentWorld {
  readonly seed: number;
  readonly members: number;
  readonly accident: Accidental;
  /** Orders that a message adds in the eight weeks after it. */
  readonly effect?: number;
}

interface Person {
  readonly index: number;
  readonly id: string;
  readonly days: number[];
  readonly joined: number;
}

const [start, end, day] = [dayOf('2023-01-01'), dayOf('2025-01-01'), dayOf('2024-05-06')];
const laterDay = day + 42;

/** Members whose purchases differ and never change. */
function peopleOf(uniform: Uniform, members: number, accident: Accidental): Person[] {
  return Array.from({ length: members }, (_, index) => {
    const rate = drawGamma(uniform, 1.5, 1);
    const days = Array.from({ length: drawPoisson(uniform, (rate * (end - start)) / 30) }, () => start + drawIndex(uniform, end - start));
    // Identifiers are handed out in the order of joining in one world, and say nothing in the others.
    const joined = accident === 'cutByJoining' ? start - 600 + Math.floor((1200 * index) / members) : start - drawIndex(uniform, 600);
    return { index, id: `M${String(index + 1).padStart(6, '0')}`, days: days.filter((each) => each > joined), joined };
  });
}

const boughtIn = ({ days }: Person, from: number, to: number): number => days.filter((each) => each >= from && each < to).length;

/** When a member is sent the campaign and whether it arrives; null for those who are not. */
function sendingOf(uniform: Uniform, person: Person, members: number, accident: Accidental): { readonly sent: number; readonly hasFailed: boolean } | null {
  const chance = accident === 'none' ? (boughtIn(person, day - 60, day) > 0 ? 0.7 : 0.3) : 0.85;
  if (person.joined >= day || uniform() >= chance) return null;
  const draw = uniform();
  switch (accident) {
    case 'none':
      return { sent: day, hasFailed: draw < 0.03 };
    case 'cut':
    case 'cutByJoining':
      return person.index > 0.6 * members ? null : { sent: day, hasFailed: false };
    case 'waves':
      return { sent: draw < 0.4 ? laterDay : day, hasFailed: false };
    case 'chosenWaves':
      return { sent: boughtIn(person, day, laterDay) === 0 ? laterDay : day, hasFailed: false };
    case 'outage':
      return { sent: draw < 0.3 ? day + 1 : day, hasFailed: draw < 0.3 };
    case 'chosenOutage': {
      const hasFailed = boughtIn(person, day - 200, day) < 3;
      return { sent: hasFailed ? day + 1 : day, hasFailed };
    }
  }
}

/** Two years of purchases, and one campaign to members who bought lately or were drawn by lot. */
export function accidentWorld({ seed, members, accident, effect = 0 }: AccidentWorld): WorldTables {
  const uniform = openStream(seed, 'accident');
  const people = peopleOf(uniform, members, accident);
  const contacts: string[] = [];
  for (const person of people) {
    const sending = sendingOf(uniform, person, members, accident);
    if (sending === null) continue;
    const { sent, hasFailed } = sending;
    contacts.push(`${person.id},C1,${isoDate(sent)},email,${String(!hasFailed)}`);
    const extra = hasFailed ? 0 : drawPoisson(uniform, effect);
    for (let order = 0; order < extra; order += 1) person.days.push(sent + 1 + drawIndex(uniform, 55));
  }
  const orders = people.flatMap(({ id, days }) => days.filter((each) => each < end).map((each) => `${id},${isoDate(each)},${5 + drawIndex(uniform, 20)}`));
  return {
    members: ['member_id,enrolled_at', ...people.map(({ id, joined }) => `${id},${isoDate(joined)}`)].join('\n'),
    campaigns: `campaign_id,name,starts_at\nC1,Spring list,${isoDate(day)}`,
    contacts: ['member_id,campaign_id,contacted_at,channel,delivered', ...contacts].join('\n'),
    transactions: ['transaction_id,member_id,occurred_at,net_amount', ...orders.map((order, index) => `T${index},${order}`)].join('\n'),
  };
}
