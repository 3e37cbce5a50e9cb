/** Evidence and chart of `ignored-non-responders` about members; cells with few members are merged before anybody sees them. */
import { addMoney } from '../../model/money.js';
import type { PeopleChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import { type BetaBinomial, contactsUntilUneconomic, expectedAfterNone } from '../../statistics/beta-binomial.js';
import type { HistoryRow, SegmentRow } from './ignored-non-responders.sql.js';

const segmentLabels: Record<SegmentRow['segment'], string> = {
  neverContacted: 'Never contacted',
  neverResponded: 'Contacted, never responded',
  responded: 'Responded at least once',
};

/** A part of the members of the scheme. `isShown` is false for parts of very few members. */
export interface Segment {
  readonly id: SegmentRow['segment'];
  readonly label: string;
  readonly members: number;
  readonly value: number | null;
  readonly isShown: boolean;
}

/** Adds the jackknife groups up; a segment nobody is in has 0 members and is shown. */
export function segmentsOf(rows: readonly SegmentRow[], smallCell: number): Segment[] {
  return (['neverContacted', 'neverResponded', 'responded'] as const).map((id) => {
    const mine = rows.filter(({ segment }) => segment === id);
    const members = mine.reduce((sum, row) => sum + row.members, 0);
    const value = rows.some((row) => row.value === null) ? null : addMoney(mine.map((row) => row.value ?? 0));
    return { id, label: segmentLabels[id], members, value, isShown: members === 0 || members >= smallCell };
  });
}

/** Never contacted, never responded, responded: members and the value they hold. */
export function segmentTable(segments: readonly Segment[]): EvidenceTable {
  const members = segments.reduce((sum, segment) => sum + segment.members, 0);
  const value = addMoney(segments.map((segment) => segment.value ?? 0));
  return {
    id: 'value',
    title: 'Who holds the value of the scheme',
    columns: [
      { id: 'segment', label: 'Members', unit: 'text' },
      { id: 'members', label: 'Number', unit: 'count' },
      { id: 'shareOfMembers', label: 'Share of members', unit: 'share' },
      { id: 'value', label: 'Value in the window', unit: 'money' },
      { id: 'shareOfValue', label: 'Share of value', unit: 'share' },
      { id: 'valuePerMember', label: 'Value a head', unit: 'moneyPerMember' },
    ],
    rows: segments.map((segment): Cell[] => {
      if (!segment.isShown) return [segment.label, null, null, null, null, null];
      const shareOfValue = segment.value === null || value <= 0 ? null : segment.value / value;
      const valuePerMember = segment.value === null || segment.members === 0 ? null : segment.value / segment.members;
      return [segment.label, segment.members, segment.members / members, segment.value, shareOfValue, valuePerMember];
    }),
    note: 'An empty row stands for very few members.',
  };
}

/** Members without any response by the number of campaigns they had, rare numbers top-coded, with the chance of the next response. */
export function silentTable(histories: readonly HistoryRow[], model: BetaBinomial | null, smallCell: number): EvidenceTable {
  const silent = histories.filter(({ responses }) => responses === 0).toSorted((a, b) => a.contacts - b.contacts);
  const rows: { from: number; to: number; members: number; value: number | null }[] = [];
  for (const { contacts, members, value } of silent) {
    const last = rows.at(-1);
    if (last !== undefined && last.members < smallCell) {
      rows.splice(-1, 1, {
        from: last.from,
        to: contacts,
        members: last.members + members,
        value: last.value === null || value === null ? null : addMoney([last.value, value]),
      });
    } else rows.push({ from: contacts, to: contacts, members, value });
  }
  const [tail, before] = [rows.at(-1), rows.at(-2)];
  if (tail !== undefined && before !== undefined && tail.members < smallCell) {
    const value = before.value === null || tail.value === null ? null : addMoney([before.value, tail.value]);
    rows.splice(-2, 2, { from: before.from, to: tail.to, members: before.members + tail.members, value });
  }
  return {
    id: 'silent-by-contacts',
    title: 'Members without any response, by the number of campaigns they had',
    columns: [
      { id: 'campaigns', label: 'Campaigns received', unit: 'text' },
      { id: 'members', label: 'Members without a response', unit: 'count' },
      { id: 'value', label: 'Value in the window', unit: 'money' },
      { id: 'chanceOfNext', label: 'Expected chance of responding to the next one', unit: 'share' },
    ],
    rows: rows.map(({ from, to, members, value }): Cell[] => [
      from === to ? String(from) : `${from} to ${to}`,
      members,
      value,
      model === null ? null : expectedAfterNone(model, from),
    ]),
    note: 'The chance is that of the beta-binomial model, for the lowest number of campaigns in the row. It falls slowly: no response so far is not a type of person.',
  };
}

/** Break-even response rates that a contact may need; each client knows its own. */
const breakEvenRates = [0.005, 0.01, 0.02, 0.05];

/** After how many contacts without a response the next one no longer pays, and who is there already. */
export function breakEvenTable(histories: readonly HistoryRow[], model: BetaBinomial, smallCell: number): EvidenceTable {
  return {
    id: 'break-even',
    title: 'After how many contacts without a response the next one no longer pays',
    columns: [
      { id: 'breakEven', label: 'Response rate at which a contact pays for itself', unit: 'share' },
      { id: 'contacts', label: 'Contacts without a response until then', unit: 'count' },
      { id: 'members', label: 'Members who are there already', unit: 'count' },
      { id: 'value', label: 'Value that they hold', unit: 'money' },
    ],
    rows: breakEvenRates.map((rate): Cell[] => {
      const limit = Math.ceil(contactsUntilUneconomic(model, rate) - 1e-9);
      const there = histories.filter(({ contacts, responses }) => responses === 0 && contacts >= limit);
      const members = there.reduce((sum, row) => sum + row.members, 0);
      const isHidden = members > 0 && members < smallCell;
      const value = isHidden || there.some((row) => row.value === null) ? null : addMoney(there.map((row) => row.value ?? 0));
      return [rate, limit, isHidden ? null : members, value];
    }),
    note: 'The rate is the cost of a contact (expected opt-outs included) divided by the margin of a response. An empty cell stands for very few members.',
  };
}

export function peopleBar(segments: readonly { label: string; members: number }[]): PeopleChart {
  const members = segments.reduce((sum, segment) => sum + segment.members, 0);
  const emphasis = ['muted', 'strong', 'normal'] as const;
  return {
    id: 'people',
    kind: 'people',
    title: 'Of one hundred members',
    description: 'Members who were never contacted, who were contacted and never responded, and who responded at least once, as parts of one hundred.',
    segments: segments.map(({ label, members: count }, index) => ({ label, share: count / members, emphasis: emphasis[index] ?? 'normal' })),
  };
}
