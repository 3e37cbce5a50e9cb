/** What the spread of the chances of responding says about members who have not responded so far. */
import type { Measure } from '../../result/schema.js';
import { type BetaBinomialFit, chanceOfNone, expectedAfterNone } from '../../statistics/beta-binomial.js';
import type { HistoryRow } from './ignored-non-responders.sql.js';

const sumOf = (histories: readonly HistoryRow[], pick: (row: HistoryRow) => number): number => histories.reduce((sum, row) => sum + pick(row), 0);

/** Lower median of the number of contacts; `histories` in the order of contacts. */
function medianContacts(histories: readonly HistoryRow[]): number | null {
  const half = sumOf(histories, (row) => row.members) / 2;
  let seen = 0;
  for (const { contacts, members } of histories) {
    seen += members;
    if (seen >= half) return contacts;
  }
  return null;
}

/**
 * How many would never have responded if all customers were alike, and by the beta-binomial model; and what the model expects of
 * the middle member without a response next time.
 * @param model null when the spread cannot be seen.
 */
export function modelMeasures(histories: readonly HistoryRow[], model: BetaBinomialFit | null): Measure[] {
  const n = sumOf(histories, (row) => row.members);
  const silent = histories.filter(({ responses }) => responses === 0);
  const never = sumOf(silent, (row) => row.members);
  const mean = sumOf(histories, (row) => row.responses * row.members) / sumOf(histories, (row) => row.contacts * row.members);
  const middle = medianContacts(silent);
  const unknown = { value: null, why: 'Nobody or everybody responded, or nobody was contacted twice: the spread of the chances cannot be seen.' };
  const byModel = model === null ? unknown : { value: sumOf(histories, (row) => row.members * chanceOfNone(model, row.contacts)) / n };
  const next = model === null || middle === null ? unknown : { value: expectedAfterNone(model, middle) };
  return [
    {
      id: 'neverIfAlike',
      label: 'share of contacted members that would never have responded if all had the same chance',
      value: sumOf(histories, (row) => row.members * (1 - mean) ** row.contacts) / n,
      unit: 'share',
      n,
    },
    { id: 'neverByModel', label: 'the same share by the beta-binomial model, in which chances differ', ...byModel, unit: 'share', n },
    {
      id: 'silentContacts',
      label: 'campaigns that the middle member without a response received',
      ...(middle === null ? { value: null, why: 'Every contacted member responded.' } : { value: middle }),
      unit: 'count',
      n: never,
    },
    { id: 'chanceOfNext', label: 'expected chance that this member responds to the next campaign', ...next, unit: 'share', n: never },
  ];
}
