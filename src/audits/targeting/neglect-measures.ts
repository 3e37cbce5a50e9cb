/** Measures, evidence and the chart of neglected members, from their counts and values. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import { gatherSmallNames, joinSmallCells } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { ContactState, NeglectRow } from './neglected-members.sql.js';

/** Members who could hear from the organisation and have not for a long time. */
const neglectedStates: readonly ContactState[] = ['earlier', 'never'];
const neverStates: readonly ContactState[] = ['never', 'new'];

const inStates = (rows: readonly NeglectRow[], states: readonly ContactState[]): NeglectRow[] => rows.filter((row) => states.includes(row.state));
export const reachableOf = (rows: readonly NeglectRow[]): NeglectRow[] => rows.filter((row) => row.state !== 'unreachable');
export const membersOf = (rows: readonly NeglectRow[]): number => rows.reduce((sum, row) => sum + row.members, 0);
/** Added in ten-thousandths, the precision of amounts, so that the sum is exact. */
const worthOf = (rows: readonly NeglectRow[]): number => rows.reduce((sum, row) => sum + Math.round((row.value ?? 0) * 10_000), 0) / 10_000;

/** What a handful of members is worth would point at them. */
const isHidden = (members: number, policy: Policy): boolean => members > 0 && members < policy.smallCell;
const hiddenWhy = (policy: Policy): string => `Fewer than ${policy.smallCell} members: what they are worth is not shown.`;

/** The share of all members’ value that members in some states hold, with its delete-a-group jackknife interval. */
function valueShare(id: string, label: string, rows: readonly NeglectRow[], states: readonly ContactState[], policy: Policy): Measure {
  const level = policy.screenLevel;
  const groups = [...new Set(rows.map((row) => row.jackknife_group))]
    .sort((a, b) => a - b)
    .map((group) => {
      const own = rows.filter((row) => row.jackknife_group === group);
      return { numerator: worthOf(inStates(own, states)), denominator: worthOf(own) };
    });
  const n = membersOf(inStates(rows, states));
  const total = worthOf(rows);
  if (isHidden(n, policy)) return { id, label, value: null, unit: 'share', n, why: hiddenWhy(policy) };
  if (!(total > 0)) return { id, label, value: null, unit: 'share', n, why: 'Members hold no positive value in the window.' };
  const interval = jackknifeRatio(groups, level);
  const value = worthOf(inStates(rows, states)) / total;
  if (interval === null) return { id, label, value, unit: 'share', n };
  const method = `jackknife over ${groups.length} groups of members`;
  return { id, label, value, unit: 'share', n, interval: { low: Math.max(0, interval.low), high: Math.min(1, interval.high), level, method } };
}

/** What the value of members is called, and the share of it from which an amount is material. */
export interface ValueTerms {
  readonly words: string;
  readonly materialShare: number;
}

/** @param basis null when nothing says what a member is worth. */
export function neglectMeasures(rows: readonly NeglectRow[], neglectedDays: number, basis: ValueTerms | null, policy: Policy): Measure[] {
  const reachable = membersOf(reachableOf(rows));
  const neglected = membersOf(inStates(rows, neglectedStates));
  const never = membersOf(inStates(rows, neverStates));
  const count = (id: string, label: string, value: number): Measure => ({ id, label, value, unit: 'count', n: membersOf(rows) });
  const share = (id: string, label: string, part: number): Measure => {
    const interval = { ...wilson(part, reachable, policy.screenLevel), level: policy.screenLevel, method: 'Wilson score interval' };
    return { id, label, value: part / reachable, unit: 'share', n: reachable, interval };
  };
  const worth = (id: string, label: string, own: readonly NeglectRow[]): Measure => {
    const n = membersOf(own);
    return isHidden(n, policy) ? { id, label, value: null, unit: 'money', n, why: hiddenWhy(policy) } : { id, label, value: worthOf(own), unit: 'money', n };
  };
  const value: Measure[] =
    basis === null
      ? []
      : [
          worth('memberValue', `${basis.words} of all members in the window`, rows),
          { id: 'materialShare', label: `Share of ${basis.words} that counts as material`, value: basis.materialShare, unit: 'share', n: membersOf(rows) },
          worth('neglectedValue', `${basis.words} of neglected members`, inStates(rows, neglectedStates)),
          valueShare('neglectedValueShare', `Share of ${basis.words} held by neglected members`, rows, neglectedStates, policy),
          worth('valueNeverContacted', `${basis.words} of reachable members never contacted`, inStates(rows, neverStates)),
          valueShare('valueShareNeverContacted', `Share of ${basis.words} held by reachable members never contacted`, rows, neverStates, policy),
        ];
  return [
    { id: 'neglectedDays', label: 'Days without contact after which a member counts as neglected', value: neglectedDays, unit: 'days', n: membersOf(rows) },
    count('reachableMembers', 'Members who can be contacted at the end of the window', reachable),
    count('unreachableMembers', 'Members who have left or may not be contacted', membersOf(inStates(rows, ['unreachable']))),
    count('neglectedMembers', 'Reachable members without contact for that long', neglected),
    share('neglectedShare', 'Share of reachable members without contact for that long', neglected),
    count('neglectedThroughout', 'Neglected members without contact in the whole window', membersOf(inStates(rows, ['never']))),
    count('neverContacted', 'Reachable members without contact in the whole window, new ones included', never),
    share('neverContactedShare', 'Share of reachable members without contact in the whole window, new ones included', never),
    count('heldOutMembers', 'Members kept out by a test and not contacted otherwise, so not neglected', membersOf(inStates(rows, ['held-out']))),
    count('heldOutSince', 'Members contacted earlier and kept out by a test since, so not neglected', membersOf(inStates(rows, ['held-out-since']))),
    count('newMembers', 'Members too new to count as neglected, not contacted yet', membersOf(inStates(rows, ['new']))),
    ...value,
  ];
}

/** The value of neglected members as money at stake. */
export function neglectedMoney(measures: readonly Measure[], words: string | null): Money | undefined {
  const total = measures.find((measure) => measure.id === 'memberValue')?.value ?? null;
  const value = measures.find((measure) => measure.id === 'neglectedValue')?.value ?? null;
  if (words === null || total === null || value === null) return undefined;
  const interval = measures.find((measure) => measure.id === 'neglectedValueShare')?.interval;
  const meaning = `${words} in the window of members without contact for a long time`;
  return interval === undefined ? { value, meaning } : { value, low: interval.low * total, high: interval.high * total, meaning };
}

interface Division {
  readonly label: string;
  readonly rows: readonly NeglectRow[];
}

/** The fair-neglect view (methodology §13.16): one row a division, small ones joined to their neighbour. */
function divisionTable(id: string, title: string, heading: string, divisions: readonly Division[], words: string | null, smallCell: number): EvidenceTable[] {
  const hides = (members: number): boolean => members === 0 || members >= smallCell;
  const shown = joinSmallCells(
    divisions.map((division) => ({ label: division.label, rows: reachableOf(division.rows) })).filter((division) => division.rows.length > 0),
    ({ rows }) => membersOf(rows) >= smallCell && hides(membersOf(inStates(rows, neglectedStates))),
    (left, right) => ({ label: `${left.label}, ${right.label}`, rows: [...left.rows, ...right.rows] }),
  );
  const table: EvidenceTable = {
    id,
    title,
    columns: [
      { id: 'division', label: heading, unit: 'text' },
      { id: 'reachable', label: 'Reachable members', unit: 'count' },
      { id: 'neglected', label: 'Without contact for long', unit: 'count' },
      { id: 'share', label: 'Share without contact', unit: 'share' },
      ...(words === null ? [] : [{ id: 'value', label: `Their ${words}`, unit: 'money' as const }]),
    ],
    rows: shown.map(({ label, rows }) => {
      const neglected = inStates(rows, neglectedStates);
      return [label, membersOf(rows), membersOf(neglected), membersOf(neglected) / membersOf(rows), ...(words === null ? [] : [worthOf(neglected)])];
    }),
    note: `Rows with fewer than ${smallCell} members are joined to their neighbour.`,
  };
  // One row would only repeat the finding.
  return shown.length < 2 ? [] : [table];
}

const tenureLabels = ['under 1 year', '1 to 2 years', '2 to 5 years', '5 years or more'];

export function neglectEvidence(rows: readonly NeglectRow[], words: string | null, smallCell: number): EvidenceTable[] {
  const tiers = [...new Set(rows.map((row) => row.tier))].sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
  const byTier = gatherSmallNames<Division>(
    tiers.map((tier) => ({ label: tier ?? 'no tier known', rows: rows.filter((row) => row.tier === tier) })),
    (division) => membersOf(division.rows) >= smallCell,
    (small) => ({ label: 'other tiers', rows: small.flatMap((division) => division.rows) }),
  );
  const byTenure = [0, 1, 2, 3, null].map((band) => ({
    label: band === null ? 'joining date unknown' : (tenureLabels[band] ?? ''),
    rows: rows.filter((row) => row.tenure_band === band),
  }));
  return [
    stateTable(rows, words, smallCell),
    ...divisionTable('by-tier', 'Who is left without contact, by tier', 'Tier', byTier, words, smallCell),
    ...divisionTable('by-tenure', 'Who is left without contact, by time in the scheme', 'Time in the scheme', byTenure, words, smallCell),
  ];
}

const stateLabels: [state: ContactState, label: string][] = [
  ['recent', 'Contacted lately'],
  ['earlier', 'Contacted, but not lately'],
  ['never', 'Never contacted'],
  ['new', 'New, not contacted yet'],
  ['held-out', 'Kept out by a test'],
  ['held-out-since', 'Contacted earlier, kept out by a test since'],
  ['unreachable', 'Has left or may not be contacted'],
];

/**
 * Members by their last contact. The neglected are told together where one of their states is small; other small states stand with
 * those contacted lately, of whom no other figure tells how many they are.
 */
function segmentsOf(rows: readonly NeglectRow[], smallCell: number): Division[] {
  const segments = stateLabels.map(([state, label]) => ({ label, rows: inStates(rows, [state]) })).filter((segment) => segment.rows.length > 0);
  const join = (left: Division, right: Division): Division => ({ label: `${left.label}; ${right.label}`, rows: [...left.rows, ...right.rows] });
  const isLarge = (segment: Division): boolean => membersOf(segment.rows) >= smallCell;
  const isOf = (segment: Division, states: readonly ContactState[]): boolean => segment.rows.some((row) => states.includes(row.state));
  const neglected = segments.filter((segment) => isOf(segment, neglectedStates));
  const [first, ...more] = neglected;
  const together = first === undefined || neglected.every(isLarge) ? neglected : [more.reduce(join, first)];
  const [recent, others] = [
    segments.filter((segment) => isOf(segment, ['recent'])),
    segments.filter((segment) => !isOf(segment, ['recent', ...neglectedStates])),
  ];
  const all = [...together, ...others];
  const [lead, ...small] = [...recent, ...all.filter((segment) => !isLarge(segment))];
  const joined = lead === undefined ? [] : [small.reduce(join, lead)];
  return joinSmallCells<Division>([...joined, ...all.filter(isLarge)], isLarge, join);
}

function stateTable(rows: readonly NeglectRow[], words: string | null, smallCell: number): EvidenceTable {
  return {
    id: 'by-last-contact',
    title: 'Members by their last contact',
    columns: [
      { id: 'state', label: 'Last contact', unit: 'text' },
      { id: 'members', label: 'Members', unit: 'count' },
      { id: 'share', label: 'Share of members', unit: 'share' },
      ...(words === null ? [] : [{ id: 'value', label: `Their ${words}`, unit: 'money' as const }]),
    ],
    rows: segmentsOf(rows, smallCell).map((segment) => [
      segment.label,
      membersOf(segment.rows),
      membersOf(segment.rows) / membersOf(rows),
      ...(words === null ? [] : [worthOf(segment.rows)]),
    ]),
    note: `States with fewer than ${smallCell} members are joined to their neighbour.`,
  };
}

/** Two bars cut into the same pieces: members, and what they are worth. */
export function neglectChart(rows: readonly NeglectRow[], words: string | null, smallCell: number): Chart {
  const segments = segmentsOf(rows, smallCell);
  const bar = (label: string, amountOf: (rows: readonly NeglectRow[]) => number): { label: string; segments: { label: string; share: number }[] } => ({
    label,
    segments: segments.map((segment) => ({ label: segment.label, share: amountOf(segment.rows) / amountOf(rows) })),
  });
  const hasValue = words !== null && worthOf(rows) > 0;
  return {
    kind: 'stack',
    id: 'states',
    title: 'When members last heard from the organisation',
    description: `One bar for members${hasValue ? ` and one for their ${words}` : ''}, each cut by the last contact. {neglectedMembers} reachable members have heard nothing for {neglectedDays}.`,
    bars: [bar('Members', membersOf), ...(hasValue ? [bar(`Their ${words}`, worthOf)] : [])],
  };
}
