/**
 * What a contact cap would have kept from members: all messages replayed in order, one after the other for every member at once,
 * so that a message dropped leaves room for a later one (methodology §1.7).
 */
import type { QueryEngine } from '../engine/engine.js';
import type { Sql } from '../engine/sql.js';
import {
  addDroppedSql,
  cappedContactsSql,
  droppedSql,
  emptyQueueSql,
  longestQueueSql,
  nextQueueSql,
  type ReplayRow,
  replayedPairsSql,
  replayOutcomesSql,
  unreplayedSql,
} from './cap-replay.sql.js';
import type { Derived } from './derived.js';
import { remake } from './remake.js';

/** At most `most` marketing messages in any `days` days on end, the day of the message included. */
export interface CapRule {
  readonly most: number;
  readonly days: number;
}

/** A cap is one rule or several that hold together. */
export type Cap = readonly CapRule[];

export interface ReplayRequest {
  readonly caps: readonly Cap[];
  /** Only messages of this channel are capped; null caps all channels together. */
  readonly channel: string | null;
  readonly window: { readonly fromDay: number; readonly toDay: number };
  /** Replays only the first of the fifty jackknife groups, a random part of the members; left out: everybody. */
  readonly groups?: number;
}

/** Members are split into so many groups by a hash of their identifier. */
export const allGroups = 50;

export interface ReplayedCap {
  readonly cap: Cap;
  /** By jackknife group, ascending. */
  readonly groups: readonly ReplayRow[];
  /** Identifiers with so many messages that no person stands behind them; theirs are counted, and none is dropped. */
  readonly leftAlone: number;
}

const names = { contacts: 'cap_contacts', pairs: 'cap_pairs', dropped: 'cap_dropped' } as const;
const queueName = (step: number): string => `cap_queue_${step % 2}`;

/**
 * Replays the messages of the files under each cap, apart from the others.
 * @throws RangeError for a cap without a rule, or a rule without room for a message or without a day.
 */
export async function replayCaps(
  { engine, derived }: { readonly engine: QueryEngine; readonly derived: Derived },
  request: ReplayRequest,
): Promise<ReplayedCap[]> {
  for (const cap of request.caps) {
    if (cap.length === 0 || cap.some(({ most, days }) => !(most >= 1) || !(days >= 1)))
      throw new RangeError('A cap needs rules of at least one message in at least one day.');
  }
  const { dialect } = engine;
  const { fromDay, toDay } = request.window;
  const longestDays = Math.max(...request.caps.flat().map(({ days }) => days));
  const groups = request.groups ?? allGroups;
  const span = { sinceDay: fromDay - longestDays, toDay, channel: request.channel, groups };
  const query = cappedContactsSql(dialect, await derived.campaignFacts(), await derived.campaignObjectives(), span);
  const contacts = await remake(engine, names.contacts, query);
  const pairs = await remake(engine, names.pairs, replayedPairsSql(contacts, await derived.contactFacts(), { fromDay, groups }));
  const dropped = await dropMessages(engine, contacts, request.caps);
  const rows = await engine.rows(replayOutcomesSql(dialect, { contacts, dropped, pairs }, { caps: request.caps.length, fromDay }));
  const [unreplayed] = await engine.rows(unreplayedSql(contacts));
  for (const name of [...Object.values(names), queueName(0), queueName(1)]) await engine.run(dialect.dropTable(name));
  return request.caps.map((cap, place) => ({ cap, groups: rows.filter((row) => row.cap === place), leftAlone: unreplayed?.members ?? 0 }));
}

/** Message by message: every step takes the next message of all members who still have one, under all caps. @returns the table of those dropped. */
async function dropMessages(engine: QueryEngine, contacts: Sql, caps: readonly Cap[]): Promise<Sql> {
  const longest = Math.max(...caps.flat().map(({ most }) => most));
  let queue = await remake(engine, queueName(0), emptyQueueSql(contacts, caps, longest));
  const dropped = await remake(engine, names.dropped, droppedSql(queue, 0));
  const [longestRow] = await engine.rows(longestQueueSql(queue));
  for (let ordinal = 1; ordinal <= (longestRow?.most ?? 0); ordinal += 1) {
    queue = await remake(engine, queueName(ordinal), nextQueueSql(queue, contacts, ordinal, caps, longest));
    await engine.run(addDroppedSql(dropped, queue, ordinal));
  }
  return dropped;
}
