/** Worlds with campaigns that have no holdout, whose truth is known: who is chosen, and what being contacted changes. */

import { dayOf, isoDate } from '../../src/model/days.js';
import { openStream } from '../../src/simulator/streams.js';
import { drawGamma, drawIndex, drawPoisson } from '../../src/statistics/draws.js';
import type { WorldTables } from './world.js';

export interface TrialWorld {
  readonly seed: number;
  readonly members: number;
  readonly campaigns?: number;
  /** Orders in 28 days that a message adds, in the 56 days after it. */
  readonly effect?: number;
  /** How steeply selection follows what was bought lately; 0 draws by lot. */
  readonly selection?: number;
  /** Takes exactly the members who bought most, and nobody else. */
  readonly isRule?: boolean;
}

/** Two years of purchases that differ between members and never change, campaigns in the second summer, responses of those who buy. */
export function trialWorld({ seed, members, campaigns = 1, effect = 0, selection = 1, isRule = false }: TrialWorld): WorldTables {
  const uniform = openStream(seed, 'target trial');
  const [start, end] = [dayOf('2023-01-01'), dayOf('2025-01-01')];
  const people = Array.from({ length: members }, (_, index) => {
    const rate = drawGamma(uniform, 1.5, 1);
    const days = Array.from({ length: drawPoisson(uniform, (rate * (end - start)) / 30) }, () => start + drawIndex(uniform, end - start));
    return { id: `M${String(index + 1).padStart(6, '0')}`, days };
  });
  const contacts: string[] = [];
  const responses: string[] = [];
  const rows: string[] = [];
  for (let number = 0; number < campaigns; number += 1) {
    const day = dayOf('2024-06-03') + 35 * number;
    rows.push(`C${number},Campaign ${number},${isoDate(day)}`);
    const recent = people.map(({ days }) => days.filter((each) => each >= day - 120 && each < day).length);
    const cut = recent.toSorted((a, b) => b - a)[Math.floor(members / 4)] ?? 0;
    people.forEach((person, index) => {
      const bought = recent[index] ?? 0;
      const chance = 1 / (1 + Math.exp(1 - selection * 0.35 * (Math.min(bought, 12) - 4)));
      if (isRule ? bought <= cut : uniform() >= chance) return;
      contacts.push(`${person.id},C${number},${isoDate(day)},email`);
      const extra = drawPoisson(uniform, 2 * effect);
      for (let order = 0; order < extra; order += 1) person.days.push(day + 1 + drawIndex(uniform, 55));
      const isBuying = person.days.some((each) => each > day && each < day + 21);
      if (isBuying && uniform() < 0.2) responses.push(`${person.id},C${number},${isoDate(day + 3)},click`);
    });
  }
  const orders = people.flatMap(({ id, days }) => days.filter((day) => day < end).map((day) => `${id},${isoDate(day)},${5 + drawIndex(uniform, 20)}`));
  return {
    members: ['member_id,enrolled_at', ...people.map(({ id }) => `${id},2022-01-01`)].join('\n'),
    campaigns: ['campaign_id,name,starts_at', ...rows].join('\n'),
    contacts: ['member_id,campaign_id,contacted_at,channel', ...contacts].join('\n'),
    responses: ['member_id,campaign_id,responded_at,type', ...responses].join('\n'),
    transactions: ['transaction_id,member_id,occurred_at,net_amount', ...orders.map((order, index) => `T${index},${order}`)].join('\n'),
  };
}
