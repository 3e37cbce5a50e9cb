/** Measures, evidence and the chart of concentrated contact, from the benchmark. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import type { Unit } from '../../result/units.js';
import { type Cell, median, topShare, wholeShare } from '../../statistics/concentration.js';
import type { Comparison, ContactBenchmark } from '../../statistics/contact-benchmark.js';
import type { Interval } from '../../statistics/intervals.js';
import { poissonConcentration } from '../../statistics/poisson-selection.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';

/** @param excluded members never contacted, for want of permission or because a test kept them out: left out of everything else. */
export function contactMeasures(
  benchmark: ContactBenchmark,
  excluded: { readonly withoutPermission: number; readonly heldOut: number },
  policy: Policy,
): Measure[] {
  const { members, gini, giniOfContacts, topDecile, topQuintile, never, neglectRatio } = benchmark;
  const contacted: Cell[] = benchmark.distribution
    .filter((row) => row.contacts > 0 && row.observed > 0)
    .map((row) => ({ value: row.contacts, weight: row.observed }));
  const contactedMembers = contacted.reduce((sum, cell) => sum + cell.weight, 0);
  const contacts = contacted.reduce((sum, cell) => sum + cell.weight * cell.value, 0);
  const count = (id: string, label: string, value: number, n = members): Measure => ({ id, label, value, unit: 'count', n });
  const number = (id: string, label: string, unit: Unit, value: number, n = members): Measure => ({ id, label, value, unit, n });
  const byMembers = (id: string, label: string, unit: Unit, of: { estimate: number } & Interval): Measure => ({
    ...number(id, label, unit, of.estimate),
    interval: { low: of.low, high: of.high, level: policy.screenLevel, method: `resampling members ${policy.draws} times, the random benchmark held fixed` },
  });
  const byChance = (id: string, label: string, unit: Unit, of: Comparison): Measure => ({
    ...number(id, label, unit, of.expected),
    interval: { ...of.band, level: policy.headlineLevel, method: `${policy.draws} random selections with every campaign kept at its size` },
  });
  const giniLabel = benchmark.basis === 'rate' ? 'Gini of contacts a month of membership' : 'Gini of contacts a member';
  const shareOfContacted = (share: number): number => topShare(contacted, wholeShare(contactedMembers, share));
  return [
    count('members', 'Members who could have been contacted', members),
    count('contacts', 'Marketing contacts', contacts, contacts),
    count('contactedMembers', 'Members with at least one contact', contactedMembers),
    count('neverContacted', 'Members without any contact', members - contactedMembers),
    count(
      'membersWithoutPermission',
      'Members left out, because no contact was permitted and none took place',
      excluded.withoutPermission,
      members + excluded.withoutPermission,
    ),
    count('heldOutMembers', 'Members left out, because a test kept them out and no contact took place', excluded.heldOut, members + excluded.heldOut),
    number('neverContactedShare', 'Share of members without any contact', 'share', never.observed),
    byChance('neverContactedExpected', 'Share without any contact under random selection', 'share', never),
    neglectRatio === null
      ? {
          id: 'neglectRatio',
          label: 'Members without contact, against random selection',
          value: null,
          unit: 'ratio',
          n: members,
          why: 'Random selection would leave out fewer than one member, so there is nothing to divide by.',
        }
      : byMembers('neglectRatio', 'Members without contact, against random selection', 'ratio', neglectRatio),
    number('gini', `${giniLabel} (0: all the same, 1: one member has everything)`, 'index', gini.observed),
    byChance('giniExpected', `${giniLabel} under random selection`, 'index', gini),
    ...(giniOfContacts === null
      ? []
      : [
          number('giniOfContacts', 'Gini of contacts a member', 'index', giniOfContacts.observed),
          byChance('giniOfContactsExpected', 'Gini of contacts a member under random selection', 'index', giniOfContacts),
        ]),
    number('giniPoisson', 'Gini of contacts a member if contacts fell like rain (Poisson, same mean)', 'index', poissonConcentration(contacts / members).gini),
    byMembers('excessGini', 'Excess concentration: the way from random selection (0) to one member having everything (1)', 'index', benchmark.excessGini),
    number('topDecileShare', 'Share of contacts to the tenth of members with most', 'share', topDecile.observed),
    byChance('topDecileExpected', 'The same under random selection', 'share', topDecile),
    byMembers('topDecileRatio', 'Share of the top tenth, against random selection', 'ratio', benchmark.topDecileRatio),
    number('topQuintileShare', 'Share of contacts to the fifth of members with most', 'share', topQuintile.observed),
    byChance('topQuintileExpected', 'The same under random selection', 'share', topQuintile),
    number('topDecileShareOfContacted', 'Share of contacts to the top tenth of contacted members', 'share', shareOfContacted(0.1), contactedMembers),
    number('topQuintileShareOfContacted', 'Share of contacts to the top fifth of contacted members', 'share', shareOfContacted(0.2), contactedMembers),
    number('contactsPerTargetedMember', 'Contacts a contacted member, on average', 'contactsPerMember', contacts / contactedMembers, contactedMembers),
    number('medianContacts', 'Contacts of the contacted member in the middle', 'contactsPerMember', median(contacted), contactedMembers),
    number('maxContacts', 'Most contacts of one member', 'contactsPerMember', contacted.at(-1)?.value ?? 0, contactedMembers),
  ];
}

/** “0”, “3”, “4 to 6”, “11 or more”; no cell with fewer members than the limit, but for cells with nobody. */
export function contactEvidence(benchmark: ContactBenchmark, smallCell: number): EvidenceTable[] {
  const cells = joinSmallCells(
    benchmark.distribution.map((row) => ({ from: row.contacts, to: row.contacts, observed: row.observed, expected: row.expected })),
    (cell) => cell.observed >= smallCell,
    (left, right) => ({ from: left.from, to: right.to, observed: left.observed + right.observed, expected: left.expected + right.expected }),
  );
  const label = (from: number, to: number, isLast: boolean): string => (isLast && to > from ? `${from} or more` : from === to ? `${from}` : `${from} to ${to}`);
  const row = (name: string, { observed, expected, band }: Comparison): (string | number)[] => [name, observed, expected, band.low, band.high];
  const { gini, giniOfContacts, topDecile, topQuintile, never } = benchmark;
  return [
    {
      id: 'distribution',
      title: 'Members by number of contacts, as it is and as random selection would have it',
      columns: [
        { id: 'contacts', label: 'Contacts', unit: 'text' },
        { id: 'members', label: 'Members', unit: 'count' },
        { id: 'share', label: 'Share of members', unit: 'share' },
        { id: 'expectedShare', label: 'Share under random selection', unit: 'share' },
      ],
      rows: cells.map((cell, index) => [
        label(cell.from, cell.to, index === cells.length - 1),
        cell.observed,
        cell.observed / benchmark.members,
        cell.expected / benchmark.members,
      ]),
      note: `Numbers of contacts with fewer than ${smallCell} members are joined to their neighbours.`,
    },
    {
      id: 'benchmark',
      title: 'Concentration against random selection',
      columns: [
        { id: 'measure', label: 'Measure', unit: 'text' },
        { id: 'observed', label: 'Observed', unit: 'index' },
        { id: 'expected', label: 'Under random selection', unit: 'index' },
        { id: 'low', label: 'Band, low end', unit: 'index' },
        { id: 'high', label: 'Band, high end', unit: 'index' },
      ],
      rows: [
        row(benchmark.basis === 'rate' ? 'Gini of contacts a month' : 'Gini of contacts', gini),
        ...(giniOfContacts === null ? [] : [row('Gini of contacts', giniOfContacts)]),
        row('Share of contacts to the top tenth', topDecile),
        row('Share of contacts to the top fifth', topQuintile),
        row('Share of members never contacted', never),
      ],
      note: `The band holds 95 % of random selections; ${benchmark.simulatedMembers < benchmark.members ? 'it was simulated on a scaled-down population and narrowed to the real one' : 'it was simulated on the whole population'}.`,
    },
  ];
}

/** The Lorenz curve; points that would speak of fewer members than the small-cell limit are left out. */
export function contactChart(benchmark: ContactBenchmark, smallCell: number): Chart {
  const { shares, observed, expected, low, high } = benchmark.lorenz;
  const points = (values: readonly number[]): [number, number][] =>
    shares.flatMap((share, index): [number, number][] =>
      share > 0 && share < 1 && (1 - share) * benchmark.members < smallCell ? [] : [[share, values[index] ?? 0]],
    );
  return {
    kind: 'lorenz',
    id: 'lorenz',
    title: 'Who gets the contacts',
    description:
      'Members are lined up from least to most contacted. The tenth with most contacts receives {topDecileShare} of all contacts; under random selection it would receive {topDecileExpected}. Members without any contact make up {neverContactedShare}.',
    xLabel: 'Share of members, least contacted first',
    yLabel: 'Share of contacts',
    observed: points(observed),
    expected: points(expected),
    expectedLow: points(low),
    expectedHigh: points(high),
  };
}
