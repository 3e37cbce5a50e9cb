/** Evidence and chart of `ignored-non-responders` about members; cells with few members are merged before anybody sees them. */
import { addMoney } from '../../model/money.js';
import type { PeopleChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import { type BetaBinomial, contactsUntilUneconomic, expectedAfterNone } from '../../statistics/beta-binomial.js';
import { joinSmallCells, tellableNested, tellableParts } from '../../statistics/small-cells.js';
import type { HistoryRow, SegmentRow } from './ignored-non-responders.sql.js';

const segmentLabels: Record<SegmentRow['segment'], string> = {
  neverContacted: 'Never contacted',
  neverResponded: 'Contacted, never responded',
  responded: 'Responded at least once',
};

/** A part of the members of the scheme. `isShown` is false for parts of very few members, and for what would give them away. */
export interface Segment {
  readonly id: SegmentRow['segment'];
  readonly label: string;
  readonly members: number;
  readonly value: number | null;
  readonly isShown: boolean;
}

/** Adds the jackknife groups up; a segment nobody is in has 0 members and is shown. */
export function segmentsOf(rows: readonly SegmentRow[], smallCell: number): Segment[] {
  const segments = (['neverContacted', 'neverResponded', 'responded'] as const).map((id) => {
    const mine = rows.filter(({ segment }) => segment === id);
    const members = mine.reduce((sum, row) => sum + row.members, 0);
    const value = rows.some((row) => row.value === null) ? null : addMoney(mine.map((row) => row.value ?? 0));
    return { id, label: segmentLabels[id], members, value };
  });
  const told = tellableParts(
    segments.map(({ members }) => members),
    smallCell,
  );
  return segments.map((segment, index) => ({ ...segment, isShown: told[index] ?? false }));
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
    note: 'An empty row stands for very few members, or for members from whom those could be worked out.',
  };
}

interface SilentLine {
  readonly from: number;
  readonly to: number;
  readonly members: number;
  readonly value: number | null;
}

/** Members without any response by the number of campaigns they had, rare numbers joined. */
function silentLines(histories: readonly HistoryRow[], smallCell: number): SilentLine[] {
  const lines = histories
    .filter(({ responses }) => responses === 0)
    .toSorted((a, b) => a.contacts - b.contacts)
    .map(({ contacts, members, value }): SilentLine => ({ from: contacts, to: contacts, members, value }));
  return joinSmallCells(
    lines,
    ({ members }) => members >= smallCell,
    (left, right) => ({
      from: left.from,
      to: right.to,
      members: left.members + right.members,
      value: left.value === null || right.value === null ? null : addMoney([left.value, right.value]),
    }),
  );
}

/** Members without any response by the number of campaigns they had, with the chance of the next response. */
export function silentTable(histories: readonly HistoryRow[], model: BetaBinomial | null, smallCell: number): EvidenceTable {
  return {
    id: 'silent-by-contacts',
    title: 'Members without any response, by the number of campaigns they had',
    columns: [
      { id: 'campaigns', label: 'Campaigns received', unit: 'text' },
      { id: 'members', label: 'Members without a response', unit: 'count' },
      { id: 'value', label: 'Value in the window', unit: 'money' },
      { id: 'chanceOfNext', label: 'Expected chance of responding to the next one', unit: 'share' },
    ],
    rows: silentLines(histories, smallCell).map(({ from, to, members, value }): Cell[] => [
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
  const cases = breakEvenRates.map((rate) => {
    const limit = Math.ceil(contactsUntilUneconomic(model, rate) - 1e-9);
    const there = histories.filter(({ contacts, responses }) => responses === 0 && contacts >= limit);
    const value = there.some((row) => row.value === null) ? null : addMoney(there.map((row) => row.value ?? 0));
    return { rate, limit, members: there.reduce((sum, row) => sum + row.members, 0), value };
  });
  const lines = silentLines(histories, smallCell);
  const told = tellableNested(
    cases.map(({ members }) => members),
    smallCell,
    lines.map((_line, index) => lines.slice(index).reduce((sum, line) => sum + line.members, 0)),
  );
  return {
    id: 'break-even',
    title: 'After how many contacts without a response the next one no longer pays',
    columns: [
      { id: 'breakEven', label: 'Response rate at which a contact pays for itself', unit: 'share' },
      { id: 'contacts', label: 'Contacts without a response until then', unit: 'count' },
      { id: 'members', label: 'Members who are there already', unit: 'count' },
      { id: 'value', label: 'Value that they hold', unit: 'money' },
    ],
    rows: cases.map(({ rate, limit, members, value }, index): Cell[] => [rate, limit, told[index] ? members : null, told[index] ? value : null]),
    note: 'The rate is the cost of a contact (expected opt-outs included) divided by the margin of a response. An empty cell stands for very few members, or for members from whom a few could be worked out.',
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
