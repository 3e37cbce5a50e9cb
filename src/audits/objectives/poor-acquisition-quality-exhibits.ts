/** Tables and charts of `poor-acquisition-quality`. */
import { firstDayOfMonth, isoDate } from '../../model/days.js';
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import { zOf } from '../../statistics/intervals.js';
import { kaplanMeier, lastTime, survivalAt } from '../../statistics/survival.js';
import type { JoinerRow, WaitRow } from './poor-acquisition-quality.sql.js';
import { type Compared, type Comparison, type Kind, membersOf, type YearBefore } from './poor-acquisition-quality-comparison.js';

const mostCurves = 5;
const curvePoints = 24;
/** Limits of a funnel plot (Spiegelhalter 2005, Statistics in Medicine 24, doi 10.1002/sim.1970). */
const funnelLevels = { inner: 0.95, outer: 0.998 };

export const monthName = (month: number): string => isoDate(firstDayOfMonth(month)).slice(0, 7);

const outcomeWords: Readonly<Record<Kind, { readonly table: string; readonly axis: string; readonly title: string }>> = {
  second: { table: 'Later with a second purchase than others', axis: 'Share without a second purchase', title: 'How long joiners wait before they buy again' },
  lapse: { table: 'Earlier silent than others', axis: 'Share not yet silent for long', title: 'How long joiners buy before they fall silent' },
  closing: { table: 'Earlier closed than others', axis: 'Share of memberships still open', title: 'How long joiners keep their membership' },
};

/** One row a group; small groups are left out of comparisons and stand with their number only. */
export function groupTable(
  joiners: readonly JoinerRow[],
  worth: Compared | null,
  waits: readonly Compared[],
  worthWords: string,
  smallCell: number,
): EvidenceTable {
  const names = [...new Set(joiners.map(({ group_name }) => group_name))].sort();
  const sizes = names.map((name) => {
    const own = joiners.filter((row) => row.group_name === name);
    return { name, members: own.reduce((sum, row) => sum + row.members, 0), before: own.reduce((sum, row) => sum + row.bought_before, 0) };
  });
  const shown = sizes.filter(({ members }) => members >= smallCell).sort((a, b) => b.members - a.members || (a.name < b.name ? -1 : 1));
  const of = (compared: Compared | null, name: string): Comparison | undefined => compared?.groups.find((group) => group.name === name);
  return {
    id: 'groups',
    title: 'Joiners by where they came from, against others who joined at the same time',
    columns: [
      { id: 'group', label: 'Group', unit: 'text' },
      { id: 'members', label: 'Joined', unit: 'count' },
      ...(worth === null
        ? []
        : ([
            { id: 'own', label: `${worthWords} a member`, unit: 'moneyPerMember' },
            { id: 'other', label: 'Others, same time of joining', unit: 'moneyPerMember' },
            { id: 'low', label: 'Difference, lower end', unit: 'moneyPerMember' },
            { id: 'high', label: 'Difference, upper end', unit: 'moneyPerMember' },
            { id: 'shrunken', label: 'Shortfall, drawn to the mean', unit: 'share' },
            { id: 'p', label: 'Chance alone, adjusted for the number of groups', unit: 'probability' },
          ] as const)),
      ...waits.map(({ basis }) => ({ id: basis, label: outcomeWords[basis as Kind].table, unit: 'days' as const })),
    ],
    rows: shown.map(({ name, members }) => {
      const money = of(worth, name);
      return [
        name,
        members,
        ...(worth === null
          ? []
          : [
              money?.own ?? null,
              money?.other ?? null,
              money?.difference.low ?? null,
              money?.difference.high ?? null,
              money?.shrunken ?? null,
              money?.adjustedP ?? null,
            ]),
        ...waits.map((compared) => {
          const wait = of(compared, name);
          if (wait === undefined) return null;
          return compared.basis === 'second' ? wait.difference.estimate : -wait.difference.estimate;
        }),
      ];
    }),
    note: 'A group is empty where it is too small or nobody else joined at the same time. Days are differences of the mean time inside the period watched (restricted mean).',
  };
}

/** Groups of whom enough have closed and enough have not. */
export function publishable(list: readonly YearBefore[], smallCell: number): YearBefore[] {
  return list.filter(({ members, closed, otherMembers, otherClosed }) =>
    [closed, members - closed, otherClosed, otherMembers - otherClosed].every((count) => count === 0 || count >= smallCell),
  );
}

/** @param shown those that may be published. */
export function yearBeforeTable(shown: readonly YearBefore[]): EvidenceTable[] {
  if (shown.length === 0) return [];
  return [
    {
      id: 'year-before',
      title: 'Groups that nobody else joined beside, and those who had joined a year before, at the same age',
      columns: [
        { id: 'group', label: 'Group', unit: 'text' },
        { id: 'joined', label: 'Joined', unit: 'text' },
        { id: 'members', label: 'Members', unit: 'count' },
        { id: 'closed', label: 'Closed since', unit: 'count' },
        { id: 'share', label: 'Share', unit: 'share' },
        { id: 'otherMembers', label: 'Others a year before', unit: 'count' },
        { id: 'otherClosed', label: 'Closed at the same age', unit: 'count' },
        { id: 'otherShare', label: 'Share', unit: 'share' },
      ],
      rows: shown.map((each) => [
        each.name,
        each.firstMonth === each.lastMonth ? monthName(each.firstMonth) : `${monthName(each.firstMonth)} to ${monthName(each.lastMonth)}`,
        each.members,
        each.closed,
        each.closed / each.members,
        each.otherMembers,
        each.otherClosed,
        each.otherClosed / each.otherMembers,
      ]),
      note: 'No concurrent comparison: nobody else joined in these months, so a difference between the years cannot be told from a difference between the groups.',
    },
  ];
}

/** Each group against the others with the limits of a funnel plot around “no difference”. */
export function worthChart(worth: Compared, worthWords: string): Chart {
  const ratio = (level: number, { difference }: Comparison): number => zOf(level) * difference.standardError;
  return {
    id: 'worth',
    kind: 'whisker',
    title: `${worthWords} a member, against others who joined at the same time`,
    description:
      'One line a group: the difference to all others who joined at the same time, with its 95 % and 99.8 % intervals. Left of nought the group is worth less.',
    unit: 'moneyPerMember',
    reference: { value: 0, label: 'as the others' },
    rows: worth.groups.map((group) => ({
      label: group.name,
      low: group.difference.estimate - ratio(funnelLevels.inner, group),
      high: group.difference.estimate + ratio(funnelLevels.inner, group),
      outerLow: group.difference.estimate - ratio(funnelLevels.outer, group),
      outerHigh: group.difference.estimate + ratio(funnelLevels.outer, group),
      estimate: group.difference.estimate,
    })),
  };
}

/** Kaplan–Meier curves of the largest groups, read at a few dozen days so that no step stands for a single member. */
export function curveChart(waits: readonly WaitRow[], kind: Kind, horizon: number, level: number, fewest: number): Chart[] {
  const own = waits.filter((row) => row.kind === kind);
  const groups = [...new Set(own.map(({ group_name }) => group_name))]
    .map((name) => ({ name, cells: own.filter((row) => row.group_name === name) }))
    .map((group) => ({ ...group, members: membersOf(group.cells) }))
    .filter(({ members }) => members >= fewest)
    .sort((a, b) => b.members - a.members || (a.name < b.name ? -1 : 1))
    .slice(0, mostCurves);
  if (groups.length === 0) return [];
  const days = [...new Set(Array.from({ length: curvePoints + 1 }, (_, index) => Math.round((horizon * index) / curvePoints)))];
  return [
    {
      id: `curve-${kind}`,
      kind: 'lines',
      title: outcomeWords[kind].title,
      description: `${outcomeWords[kind].axis} by days (Kaplan–Meier: those who have not been watched for longer are taken out of the count from then on), one curve a group, the largest ones. Not adjusted for the time of joining.`,
      isStepped: true,
      xLabel: kind === 'closing' ? 'Days since joining' : 'Days since the first purchase',
      xUnit: 'days',
      xNames: null,
      yLabel: outcomeWords[kind].axis,
      yUnit: 'share',
      lines: groups.map(({ name, cells }) => {
        const curve = kaplanMeier(cells);
        const end = lastTime(cells);
        const points = days
          .filter((day) => day <= end)
          .map((x) => {
            const { survival, low, high } = survivalAt(curve, x, level);
            return { x, y: survival, low, high };
          });
        return { label: name, emphasis: 'normal' as const, points };
      }),
      counts: null,
      xReferences: [],
      yReferences: [],
    },
  ];
}
