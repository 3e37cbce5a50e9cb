/** Two leagues side by side: by success, which is known, and by value, where every place has its interval. */
import type { SlopeChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { type RandomEffects, randomEffects, reliabilityOf, shrunkenEstimates } from '../../statistics/random-effects.js';
import { averageRanks } from '../../statistics/rank-correlation.js';
import { type RankEstimate, rankIntervals } from '../../statistics/rank-intervals.js';
import { toldRate } from '../../statistics/small-cells.js';
import type { AuditContext } from '../audit.js';
import { type ClassifiedUnit, valueClasses } from './hollow-wins-classes.js';
import { comparedUnits, estimateOf, isNetOfCost } from './success-units.js';

/** Level of the intervals of places (methodology §5.4). */
const placeLevel = 0.8;
/** More lines than these cannot be followed with the eye. */
const mostLines = 14;
/** With three campaigns or fewer all of them are among the first three. */
const fewestForTopThree = 4;

interface Placed {
  readonly unit: ClassifiedUnit;
  readonly success: number;
  /** Place by success, 1 for the most; equal rates share the mean of their places. */
  readonly successPlace: number;
  readonly estimate: number;
  readonly standardError: number;
  /** The estimate without the part that is likely to be luck. */
  readonly shrunken: number;
  readonly place: RankEstimate;
}

export interface Leagues {
  readonly placed: readonly Placed[];
  readonly isNet: boolean;
  /** What value is measured as, and for how many days it was followed. */
  readonly outcome: string;
  readonly days: number | null;
  /** Share of the variance between the estimates that is more than chance. */
  readonly reliability: number;
}

/** @returns null with fewer than two campaigns or arms that have a response and a value by the same yardstick. */
export function leaguesOf(units: readonly ClassifiedUnit[], { policy, seed }: Pick<AuditContext, 'policy' | 'seed'>): Leagues | null {
  const compared = comparedUnits(units);
  const isNet = isNetOfCost(compared.map(({ unit }) => unit));
  const estimates = compared.map(({ unit, value }) => estimateOf(unit, value, isNet));
  const model: RandomEffects | null = randomEffects(estimates);
  if (model === null) return null;
  const places = rankIntervals(estimates, model, placeLevel, policy.draws, seed);
  const shrunken = shrunkenEstimates(estimates, model);
  const bySuccess = averageRanks(compared.map(({ success }) => -success));
  const placed = compared.flatMap(({ unit, success }, index): Placed[] => {
    const [estimate, place] = [estimates[index], places[index]];
    if (estimate === undefined || place === undefined) return [];
    return [{ unit, success, ...estimate, successPlace: bySuccess[index] ?? 1, shrunken: shrunken[index] ?? estimate.estimate, place }];
  });
  const { name: outcome = '', days = null } = compared[0]?.value.outcome ?? {};
  return { placed: placed.sort((a, b) => a.successPlace - b.successPlace), isNet, outcome, days, reliability: reliabilityOf(estimates, model) };
}

const topThreeOf = ({ topThree }: RankEstimate, campaigns: number): number | null => (campaigns < fewestForTopThree ? null : topThree);

export function leaguesTable({ placed, isNet, outcome, days }: Leagues, smallCell: number): EvidenceTable {
  const within = days === null ? '' : ` within ${days} days`;
  const what = `Change in ${outcome}${within}, ${isNet ? 'after' : 'before'} the cost of the campaign`;
  const byValue = placed.toSorted((a, b) => a.place.expected - b.place.expected || a.successPlace - b.successPlace);
  return {
    id: 'leagues',
    title: 'The campaigns in the order of customer value, each beside its place by response',
    columns: [
      { id: 'campaign', label: 'Campaign and arm', unit: 'text' },
      { id: 'expectedPlace', label: 'Expected place by value', unit: 'count' },
      { id: 'lowPlace', label: 'Place from', unit: 'count' },
      { id: 'highPlace', label: 'Place to', unit: 'count' },
      { id: 'successPlace', label: 'Place by response', unit: 'count' },
      { id: 'success', label: 'Response rate', unit: 'share' },
      { id: 'change', label: what, unit: 'moneyPerMember' },
      { id: 'shrunken', label: 'The same, less what is likely to be luck', unit: 'moneyPerMember' },
      { id: 'topThree', label: 'Chance to be among the first three', unit: 'share' },
      { id: 'class', label: 'Class', unit: 'text' },
    ],
    rows: byValue.map(({ unit, success, successPlace, estimate, shrunken, place }): Cell[] => [
      unit.label,
      place.expected,
      place.low,
      place.high,
      successPlace,
      unit.isReported ? success : toldRate(success, unit.members, smallCell),
      estimate,
      shrunken,
      topThreeOf(place, placed.length),
      unit.class,
    ]),
    note:
      'Place 1 is the best. Changes in value are those of everybody targeted against the holdout; each is drawn towards the mean of all the more, the more of it can be chance ' +
      '(empirical Bayes; DerSimonian and Laird 1986). Places are simulated from what the tests leave open, with the middle 80 % of them from … to (Goldstein and Spiegelhalter 1996): ' +
      'where the ranges of two campaigns overlap widely, neither is shown to be the better one. Campaigns whose value is measured otherwise, or over another number of days, are in the first table only.',
  };
}

/** A line a campaign; with many, those about which something is shown come first, and then the most celebrated. */
export function leaguesChart({ placed, isNet }: Leagues): SlopeChart {
  const byClass = (each: Placed): number => (each.unit.class === 'Unproven' ? 1 : 0);
  const drawn = placed
    .toSorted((a, b) => byClass(a) - byClass(b) || valueClasses.indexOf(a.unit.class) - valueClasses.indexOf(b.unit.class))
    .slice(0, mostLines);
  return {
    kind: 'slope',
    id: 'leagues',
    title: 'The league of success and the league of value',
    description:
      'Each line is a campaign or an arm of it: on the left its place by response rate, on the right the place that it can be expected to have by value added, with the interval of that place. Long intervals mean that the tests cannot tell the order.',
    leftLabel: 'Place by response rate',
    rightLabel: `Expected place by value added, ${isNet ? 'after' : 'before'} cost (80 % interval)`,
    places: placed.length,
    lines: drawn.map(({ unit, successPlace, place }) => ({
      label: unit.label,
      left: successPlace,
      right: place.expected,
      low: place.low,
      high: place.high,
      class: unit.class,
    })),
  };
}

export function leagueMeasures(leagues: Leagues | null): Measure[] {
  const placed = leagues?.placed ?? [];
  const n = placed.length;
  const spans = placed.map(({ place }) => place.high - place.low + 1).sort((a, b) => a - b);
  const span = spans[Math.floor((n - 1) / 2)];
  const why = 'Fewer than two campaigns have both a response and a value that can be compared.';
  return [
    { id: 'ranked', label: 'Campaigns and arms in both leagues', value: n, unit: 'count', n },
    {
      id: 'placeSpan',
      label: 'Places over which the middle campaign could stand by value (80 %)',
      unit: 'count',
      n,
      ...(span === undefined ? { value: null, why } : { value: span }),
    },
    {
      id: 'realShare',
      label: 'Of the differences in value between campaigns, the part that is more than chance',
      unit: 'share',
      n,
      ...(leagues === null ? { value: null, why } : { value: leagues.reliability }),
    },
  ];
}
