/** From times since joining: curves, shares at an age, and whether this year’s joiners do as last year’s did. */
import type { Chart } from '../../result/charts.js';
import type { Measure } from '../../result/schema.js';
import { type StandardisedDifference, standardisedDifference } from '../../statistics/standardised-difference.js';
import { cumulativeIncidence, kaplanMeier, lastTime, logRank, type SurvivalStep, survivalAt, type TimeCell } from '../../statistics/survival.js';
import type { Policy } from '../audit.js';
import type { JoinerRow } from './joiners.sql.js';

/** A curve is drawn with at most so many points. */
const mostPoints = 120;

/** A curve ends in a handful of members, whose silence looks certain: fewer say nothing. */
const fewestFollowed = 30;

const seasons = Array.from({ length: 12 }, (_, season) => season);
export const membersOf = (rows: readonly JoinerRow[]): number => rows.reduce((sum, { members }) => sum + members, 0);

export const yearOld = (rows: readonly JoinerRow[]): number => membersOf(rows.filter(({ is_year_old }) => is_year_old === 1));

export function cellsOf(rows: readonly JoinerRow[]): TimeCell[] {
  return rows.map(({ time, outcome, members }) => ({
    time,
    events: outcome === 'event' ? members : 0,
    censored: outcome === 'waiting' ? members : 0,
    competing: outcome === 'closed' ? members : 0,
  }));
}

/** The last day on which enough members are followed for the curve to be shown. */
export function shownUntil(cells: readonly TimeCell[], smallCell: number): number {
  const ordered = cells.toSorted((a, b) => b.time - a.time);
  let followed = 0;
  for (const { time, events, censored, competing = 0 } of ordered) {
    followed += events + censored + competing;
    if (followed >= smallCell) return time;
  }
  return 0;
}

/** Share without the event at an age, by Kaplan–Meier; left out where too few joined that long ago, whatever has happened to them since. */
export function waitingAt(id: string, label: string, rows: readonly JoinerRow[], ageDays: number, joinedBefore: number, policy: Policy): Measure[] {
  if (joinedBefore < fewestFollowed) return [];
  const { survival, low, high } = survivalAt(kaplanMeier(cellsOf(rows)), ageDays, policy.screenLevel);
  const interval = { low, high, level: policy.screenLevel, method: 'Kaplan–Meier, log-log interval' };
  return [{ id, label, value: survival, unit: 'share', n: membersOf(rows), ...(low < high ? { interval } : {}) }];
}

/** Those without the event at an age: this year’s joiners against last year’s, season by season; null without two years of joiners. */
export function yearsCompared(rows: readonly JoinerRow[], ageDays: number, level: number): StandardisedDifference | null {
  const side = (year: number, season: number): { successes: number; n: number } => {
    const own = rows.filter((row) => row.year === year && row.season === season);
    return { successes: membersOf(own.filter(({ time, outcome }) => outcome !== 'event' || time > ageDays)), n: membersOf(own) };
  };
  return standardisedDifference(
    seasons.map((season) => ({ later: side(0, season), earlier: side(1, season) })),
    level,
  );
}

/** Log-rank test that joiners of the two years share one curve, season by season; null without both. */
export function yearsTest(rows: readonly JoinerRow[]): number | null {
  const strata = seasons
    .map((season) => [0, 1].map((year) => cellsOf(rows.filter((row) => row.year === year && row.season === season))))
    .filter((groups) => groups.every((cells) => cells.length > 0));
  return strata.length === 0 ? null : (logRank(strata)?.p ?? null);
}

/** What has become of joiners by an age: had the event, closed first, still waiting. */
export function fatesAt(cells: readonly TimeCell[], ageDays: number): { event: number; closed: number; waiting: number } {
  const step = cumulativeIncidence(cells).findLast(({ time }) => time <= ageDays) ?? { incidence: 0, competing: 0 };
  return { event: step.incidence, closed: step.competing, waiting: 1 - step.incidence - step.competing };
}

/** The curve at a few ages, with its interval. */
function curvePoints(curve: readonly SurvivalStep[], until: number, level: number): { x: number; y: number; low: number; high: number }[] {
  const step = Math.max(1, Math.ceil(until / mostPoints));
  return Array.from({ length: Math.floor(until / step) + 1 }, (_, index) => {
    const { survival, low, high } = survivalAt(curve, index * step, level);
    return { x: index * step, y: survival, low, high };
  });
}

export interface CurveWords {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly yLabel: string;
}

/** All joiners, and those of the two years that are compared. */
export function curveChart(rows: readonly JoinerRow[], words: CurveWords, references: readonly number[], policy: Policy): Chart {
  const line = (label: string, own: readonly JoinerRow[], emphasis: 'strong' | 'normal' | 'muted') => {
    const cells = cellsOf(own);
    const until = Math.min(shownUntil(cells, policy.smallCell), lastTime(cells));
    return { label, emphasis, points: curvePoints(kaplanMeier(cells), until, policy.screenLevel) };
  };
  const [later, earlier] = [0, 1].map((year) => rows.filter((row) => row.year === year));
  const isCompared = [later, earlier].every((own) => own !== undefined && membersOf(own) >= policy.smallCell);
  return {
    ...words,
    kind: 'lines',
    isStepped: true,
    xLabel: 'Time since joining',
    xUnit: 'days',
    xNames: null,
    yUnit: 'share',
    lines: [
      line('All joiners', rows, 'strong'),
      ...(isCompared ? [line('Joined in the later year', later ?? [], 'normal'), line('Joined in the year before', earlier ?? [], 'muted')] : []),
    ],
    counts: null,
    xReferences: references.map((value) => ({ value, label: `${value} days` })),
    yReferences: [],
  };
}
