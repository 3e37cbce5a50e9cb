/** Measures, evidence and the curve of the wait for the first contact, from counts of members by days waited. */
import type { LinesChart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import { kaplanMeier, lastTime, quantileTime, survivalAt, type TimeCell } from '../../statistics/survival.js';
import type { Policy } from '../audit.js';
import type { SecondPurchaseRow, WaitRow } from './late-onboarding.sql.js';

/** A share after so many days needs so many members whose fate by then is known. */
export const fewestFollowed = 50;
/** Sources that are shown one by one. */
const mostSources = 12;
/** The curve is drawn to here; what comes later matters to nobody who asks about a welcome. */
const chartDays = 90;
const weekDays = 7;

const membersOf = (rows: readonly { readonly members: number }[]): number => rows.reduce((sum, { members }) => sum + members, 0);
/** Added in ten-thousandths, the precision of amounts, so that the sum is exact. */
const worthOf = (rows: readonly WaitRow[]): number => rows.reduce((sum, { value }) => sum + Math.round((value ?? 0) * 10_000), 0) / 10_000;
const cellsOf = (rows: readonly { readonly wait_days: number; readonly is_contacted: number; readonly members: number }[]): TimeCell[] =>
  rows.map(({ wait_days: time, is_contacted, members }) => ({ time, events: is_contacted * members, censored: (1 - is_contacted) * members }));

/** Members whose fate by the end of day `days` is known: had the event by then, or were followed that long. */
const followedTo = (cells: readonly TimeCell[], days: number): number =>
  cells.reduce((sum, { time, events, censored }) => sum + (time >= days ? events + censored : events), 0);

/** Known not to have been contacted by the end of the first week. */
export const lateRows = (rows: readonly WaitRow[]): WaitRow[] => rows.filter(({ wait_days }) => wait_days > weekDays);
/** Who had a first contact in the first week, or was followed beyond it. */
export const knownForAWeek = (rows: readonly WaitRow[]): number => followedTo(cellsOf(rows), weekDays);

/** Share that has had the event by the end of day `days`, from the Kaplan–Meier curve. */
function shareBy(id: string, label: string, cells: readonly TimeCell[], days: number, level: number): Measure {
  const n = followedTo(cells, days);
  if (n < fewestFollowed) return { id, label, value: null, unit: 'share', n, why: `Fewer than ${fewestFollowed} of them could be followed for ${days} days.` };
  const at = survivalAt(kaplanMeier(cells), days, level);
  const isAtEdge = at.survival <= 0 || at.survival >= 1;
  // At 0 and at 1 the curve has no spread; the members whose fate is known give the interval.
  const { low, high } = isAtEdge ? wilson(at.survival <= 0 ? n : 0, n, level) : { low: 1 - at.high, high: 1 - at.low };
  const method = isAtEdge ? 'Wilson score interval' : 'Kaplan–Meier, log-log';
  return { id, label, value: 1 - at.survival, unit: 'share', n, interval: { low, high, level, method } };
}

export function waitMeasures(rows: readonly WaitRow[], excluded: number, { screenLevel: level }: Policy): Measure[] {
  const cells = cellsOf(rows);
  const n = membersOf(rows);
  const median = quantileTime(kaplanMeier(cells), 0.5, level);
  const hasRange = median.low !== null && median.high !== null;
  return [
    { id: 'newMembers', label: 'New members followed from joining', value: n, unit: 'count', n },
    { id: 'excludedMembers', label: 'New members left out: no permission, or kept out by a test', value: excluded, unit: 'count', n: n + excluded },
    { id: 'followedDays', label: 'Longest time that anybody was followed', value: lastTime(cells), unit: 'days', n },
    shareBy('within2Share', 'Share of new members contacted within two days', cells, 2, level),
    shareBy('within7Share', 'Share of new members contacted within 7 days', cells, weekDays, level),
    shareBy('within30Share', 'Share of new members contacted within 30 days', cells, 30, level),
    {
      id: 'medianDays',
      label: 'Days by which half of the new members had their first contact',
      value: median.time,
      unit: 'days',
      n,
      ...(median.time !== null && hasRange ? { interval: { low: median.low ?? 0, high: median.high ?? 0, level, method: 'Brookmeyer–Crowley' } } : {}),
      ...(median.time === null ? { why: 'Fewer than half had a first contact while they were followed.' } : {}),
    },
    { id: 'lateMembers', label: 'New members known to have had no contact within 7 days', value: membersOf(lateRows(rows)), unit: 'count', n },
  ];
}

/** Context: the second purchase since joining. */
export function purchaseMeasures(rows: readonly SecondPurchaseRow[], { screenLevel }: Policy): Measure[] {
  const cells = cellsOf(rows.map(({ wait_days, has_bought, members }) => ({ wait_days, is_contacted: has_bought, members })));
  return [30, 60, 90].map((days) =>
    shareBy(`secondPurchase${days}Share`, `Share of new members with a second purchase within ${days} days`, cells, days, screenLevel),
  );
}

/** What the members are worth who heard nothing in their first week; undefined where it is not known or too few to show. */
export function lateMoney(rows: readonly WaitRow[], words: string | null, { screenLevel, smallCell }: Policy): Money | undefined {
  const late = lateRows(rows);
  const value = worthOf(late);
  if (words === null || membersOf(late) < smallCell || !(value > 0)) return undefined;
  const total = worthOf(rows);
  const groups = [...new Set(rows.map(({ jackknife_group }) => jackknife_group))]
    .sort((a, b) => a - b)
    .map((group) => {
      const own = rows.filter(({ jackknife_group }) => jackknife_group === group);
      return { numerator: worthOf(lateRows(own)), denominator: worthOf(own) };
    });
  const share = total > 0 ? jackknifeRatio(groups, screenLevel) : null;
  const meaning = `${words} in the window of new members without contact in their first 7 days`;
  if (share === null) return { value, meaning };
  // Negative margins of the others can make the part more than the whole.
  return { value, low: Math.max(0, share.low) * total, high: Math.max(value, Math.min(1, share.high) * total), meaning };
}

interface Band {
  readonly label: string;
  readonly members: number;
}

/** Observed waits in bands; small ones are joined to their neighbour. */
function waitTable(rows: readonly WaitRow[], smallCell: number): EvidenceTable {
  const contacted = rows.filter(({ is_contacted }) => is_contacted === 1);
  const between = (from: number, to: number): number => membersOf(contacted.filter(({ wait_days }) => wait_days >= from && wait_days <= to));
  const waiting = rows.filter(({ is_contacted }) => is_contacted === 0);
  const bands: Band[] = [
    { label: 'first contact on day 0', members: between(0, 0) },
    { label: 'days 1 and 2', members: between(1, 2) },
    { label: 'days 3 to 7', members: between(3, 7) },
    { label: 'days 8 to 30', members: between(8, 30) },
    { label: 'days 31 to 90', members: between(31, 90) },
    { label: 'later', members: between(91, Number.POSITIVE_INFINITY) },
    { label: 'none while followed, for more than 30 days', members: membersOf(waiting.filter(({ wait_days }) => wait_days > 30)) },
    { label: 'none while followed, for 8 to 30 days', members: membersOf(waiting.filter(({ wait_days }) => wait_days > 7 && wait_days <= 30)) },
    { label: 'none while followed, for 7 days or less', members: membersOf(waiting.filter(({ wait_days }) => wait_days <= 7)) },
  ];
  const shown = joinSmallCells(
    bands.filter(({ members }) => members > 0),
    ({ members }) => members >= smallCell,
    (left, right) => ({ label: `${left.label}; ${right.label}`, members: left.members + right.members }),
  );
  return {
    id: 'waits',
    title: 'How long new members waited for their first contact',
    columns: [
      { id: 'wait', label: 'First contact', unit: 'text' },
      { id: 'members', label: 'New members', unit: 'count' },
      { id: 'share', label: 'Share of new members', unit: 'share' },
    ],
    rows: shown.map(({ label, members }) => [label, members, members / membersOf(rows)]),
    note: `Counts as observed: some were followed for a few days only, which the curve allows for. Rows with fewer than ${smallCell} members are joined to their neighbour.`,
  };
}

/** Where they came from: the share contacted in the first week, source by source; empty where only one source is known. */
function sourceTable(rows: readonly WaitRow[], { smallCell, screenLevel }: Policy): EvidenceTable[] {
  const names = [...new Set(rows.map(({ source }) => source))];
  const groups = names
    .map((name) => ({ name: name ?? 'source not known', rows: rows.filter(({ source }) => source === name) }))
    .sort((a, b) => membersOf(b.rows) - membersOf(a.rows) || (a.name < b.name ? -1 : 1));
  const isShown = (own: readonly WaitRow[]): boolean => knownForAWeek(own) >= fewestFollowed && membersOf(lateRows(own)) >= smallCell;
  const large = groups.filter((group, index) => index < mostSources && isShown(group.rows));
  const rest = groups.filter((group) => !large.includes(group)).flatMap((group) => group.rows);
  const shown = isShown(rest) ? [...large, { name: 'other sources', rows: rest }] : large;
  if (shown.length < 2) return [];
  return [
    {
      id: 'by-source',
      title: 'First contact within 7 days, by where members came from',
      columns: [
        { id: 'source', label: 'Source', unit: 'text' },
        { id: 'members', label: 'New members', unit: 'count' },
        { id: 'share', label: 'Contacted within 7 days', unit: 'share' },
        { id: 'low', label: 'Low', unit: 'share' },
        { id: 'high', label: 'High', unit: 'share' },
      ],
      rows: shown.map(({ name, rows: own }) => {
        const share = shareBy('share', '', cellsOf(own), weekDays, screenLevel);
        return [name, membersOf(own), share.value, share.interval?.low ?? null, share.interval?.high ?? null];
      }),
      note: 'Shares from the Kaplan–Meier curve of each source. Sources with few members, or with few who waited, are not shown by themselves.',
    },
  ];
}

export const waitEvidence = (rows: readonly WaitRow[], policy: Policy): EvidenceTable[] => [waitTable(rows, policy.smallCell), ...sourceTable(rows, policy)];

/** One minus the survival curve, drawn where at least a small cell of members is still waiting and stepped when as many were contacted. */
export function waitChart(rows: readonly WaitRow[], watchShare: number, { smallCell, screenLevel }: Policy): LinesChart {
  const cells = cellsOf(rows);
  const curve = kaplanMeier(cells);
  const points: { x: number; y: number; low: number | null; high: number | null }[] = curve[0]?.time === 0 ? [] : [{ x: 0, y: 0, low: null, high: null }];
  let pending = 0;
  for (const { time, events, atRisk } of curve) {
    pending += events;
    if (time > chartDays || atRisk < smallCell || pending < smallCell) continue;
    const { survival, low, high } = survivalAt(curve, time, screenLevel);
    points.push({ x: time, y: 1 - survival, low: 1 - high, high: 1 - low });
    pending = 0;
  }
  const stillWaiting = Array.from({ length: Math.floor(chartDays / weekDays) + 1 }, (_, week) => week * weekDays)
    .map((x) => ({ x, n: cells.reduce((sum, { time, events, censored }) => sum + (time >= x ? events + censored : 0), 0) }))
    .filter(({ n }) => n >= smallCell);
  return {
    kind: 'lines',
    id: 'waits',
    title: 'New members who have had a first contact, by days since joining',
    description: `A curve that climbs with every new member contacted, with its ${Math.round(screenLevel * 100)} % band. After two days it stands at {within2Share}, after 7 days at {within7Share}, after 30 days at {within30Share}. Underneath, how many were still waiting and followed.`,
    isStepped: true,
    xLabel: 'Days since joining',
    xUnit: 'days',
    xNames: null,
    yLabel: 'Share of new members with a first contact',
    yUnit: 'share',
    lines: [{ label: 'Contacted', emphasis: 'strong', points }],
    counts: { label: 'New members still waiting and followed', values: stillWaiting },
    xReferences: [{ value: weekDays, label: '7 days' }],
    yReferences: [{ value: watchShare, label: 'House level for 7 days' }],
  };
}
