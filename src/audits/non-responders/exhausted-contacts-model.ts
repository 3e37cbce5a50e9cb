/** After how many campaigns in silence the next contact no longer pays, and what lies beyond that point. */
import { type BetaBinomial, contactsUntilUneconomic, fitBetaBinomial } from '../../statistics/beta-binomial.js';
import type { Interval } from '../../statistics/intervals.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import type { AmountRow, HistoryRow, SilenceRow } from './exhausted-contacts.sql.js';

/** All that was counted, by jackknife group. */
export interface Counted {
  readonly silence: readonly SilenceRow[];
  readonly histories: readonly HistoryRow[];
  readonly amounts: readonly AmountRow[];
  readonly value: readonly { readonly jackknife_group: number; readonly value: number | null }[];
  /** No file says what a response brought, and `amounts` are purchases soon after one. */
  readonly isBoughtAfter: boolean;
  /** Margin ÷ net sales; null without margins: sales then stand for it. */
  readonly marginShare: number | null;
}

const sumOf = <Row>(rows: readonly Row[], pick: (row: Row) => number | null): number => rows.reduce((sum, row) => sum + (pick(row) ?? 0), 0);

/** The same without one group. */
function without(counted: Counted, group: number): Counted {
  const keep = ({ jackknife_group }: { readonly jackknife_group: number }): boolean => jackknife_group !== group;
  return {
    ...counted,
    silence: counted.silence.filter(keep),
    histories: counted.histories.filter(keep),
    amounts: counted.amounts.filter(keep),
    value: counted.value.filter(keep),
  };
}

/** Cost of a contact and what a response brings; null where the files do not say. */
export interface Prices {
  readonly cost: number;
  /** Everything credited to a response counts as brought by it, so this is an upper end. */
  readonly perResponse: number;
  /** Cost ÷ what a response brings: the response rate at which a contact pays. */
  readonly breakEven: number;
}

/**
 * A response of a kind that mostly has an amount counts with the mean of its kind where it has none; kinds that never have one, such
 * as clicks, count as nought.
 */
export function pricesOf({ silence, amounts, marginShare }: Counted): Prices | null {
  const [costed, responses] = [sumOf(silence, (row) => row.costed), sumOf(silence, (row) => row.responses)];
  const kinds = [...new Set(amounts.map(({ kind }) => kind))];
  const credited = kinds.reduce((sum, kind) => {
    const rows = amounts.filter((row) => row.kind === kind);
    const valued = sumOf(rows, (row) => row.valued);
    return valued === 0 ? sum : sum + (sumOf(rows, (row) => row.amount) / valued) * sumOf(rows, (row) => row.responses);
  }, 0);
  if (costed === 0 || responses === 0) return null;
  const cost = sumOf(silence, (row) => row.cost) / costed;
  const perResponse = (credited / responses) * (marginShare ?? 1);
  return cost > 0 && perResponse > 0 ? { cost, perResponse, breakEven: cost / perResponse } : null;
}

export interface Beyond {
  readonly contacts: number;
  readonly responses: number;
  readonly cost: number;
  readonly members: number;
  readonly buyers: number;
  readonly value: number;
}

/** Contacts sent after at least `limit` campaigns in silence, and members who by now have received as many and answered none. */
export function beyond({ silence, histories }: Counted, limit: number): Beyond {
  const sent = silence.filter((row) => row.silence >= limit);
  const members = histories.filter((row) => row.responses === 0 && row.contacts >= limit);
  return {
    contacts: sumOf(sent, (row) => row.contacts),
    responses: sumOf(sent, (row) => row.responses),
    cost: sumOf(sent, (row) => row.cost),
    members: sumOf(members, (row) => row.members),
    buyers: sumOf(members, (row) => row.buyers),
    value: sumOf(members, (row) => row.value),
  };
}

/** A figure at a limit that is not whole, between those of its two neighbours: so that it moves as smoothly as the limit does. */
function between(counted: Counted, limit: number, figure: (beyond: Beyond) => number): number {
  const below = Math.floor(limit);
  const part = limit - below;
  return (1 - part) * figure(beyond(counted, below)) + part * figure(beyond(counted, below + 1));
}

/** What is known of exhaustion: the spread of the chances, and with prices the point from which contact does not pay. */
export interface Exhaustion {
  readonly model: BetaBinomial & { readonly isAlike: boolean };
  readonly prices: Prices | null;
  /** Campaigns in silence from which the next contact is expected to bring less than it costs; not rounded, null without prices. */
  readonly limit: number | null;
}

export function exhaustionOf(counted: Counted): Exhaustion | null {
  const cells = [...groupedCells(counted.histories).values()];
  const model = fitBetaBinomial(cells);
  if (model === null) return null;
  const prices = pricesOf(counted);
  return { model, prices, limit: prices === null ? null : contactsUntilUneconomic(model, prices.breakEven) };
}

function groupedCells(histories: readonly HistoryRow[]): Map<string, { contacts: number; responses: number; members: number }> {
  const cells = new Map<string, { contacts: number; responses: number; members: number }>();
  for (const { contacts, responses, members } of histories) {
    const key = `${contacts} ${responses}`;
    cells.set(key, { contacts, responses, members: (cells.get(key)?.members ?? 0) + members });
  }
  return cells;
}

export type Replicate = Exhaustion & { readonly counted: Counted };

/** The whole reckoning once for each group left out: model, prices and counts together. */
export function replicatesOf(counted: Counted): Replicate[] {
  const groups = [...new Set(counted.histories.map((row) => row.jackknife_group))].toSorted((a, b) => a - b);
  return groups.flatMap((group) => {
    const rest = without(counted, group);
    const found = exhaustionOf(rest);
    return found === null ? [] : [{ ...found, counted: rest }];
  });
}

/** The interval of a figure that depends on everything. `at` is the estimate; `figure` is told which members are left. */
export function intervalOf(at: number, replicates: readonly Replicate[], level: number, figure: (replicate: Replicate) => number | null): Interval | null {
  const values = replicates.map(figure);
  return values.some((value) => value === null)
    ? null
    : jackknifeAround(
        at,
        values.filter((value) => value !== null),
        level,
      );
}

/** Share of contacts, cost and value beyond the limit of a replicate. */
export const smooth = {
  contactShare: ({ counted, limit }: Replicate): number | null =>
    limit === null ? null : between(counted, limit, ({ contacts }) => contacts) / sumOf(counted.silence, (row) => row.contacts),
  memberShare: ({ counted, limit }: Replicate): number | null =>
    limit === null ? null : between(counted, limit, ({ members }) => members) / sumOf(counted.histories, (row) => row.members),
  valueShare: ({ counted, limit }: Replicate): number | null => {
    const whole = sumOf(counted.value, (row) => row.value);
    return limit === null || !(whole > 0) ? null : between(counted, limit, ({ value }) => value) / whole;
  },
  /** Of the contacts that are left, as if all were there. */
  loss: ({ counted, limit, prices }: Replicate, groups: number): number | null =>
    limit === null || prices === null
      ? null
      : (between(counted, limit, ({ cost, responses }) => cost - responses * prices.perResponse) * groups) / (groups - 1),
};

export const totals = {
  contacts: (counted: Counted): number => sumOf(counted.silence, (row) => row.contacts),
  responses: (counted: Counted): number => sumOf(counted.silence, (row) => row.responses),
  members: (counted: Counted): number => sumOf(counted.histories, (row) => row.members),
  value: (counted: Counted): number => sumOf(counted.value, (row) => row.value),
};
