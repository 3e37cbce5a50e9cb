/** Measures of points: how many are used, what the rest is worth, and who was told before theirs expired. */
import type { Measure, Money } from '../../result/schema.js';
import type { Policy } from '../audit.js';
import { stillExpected, type UltimateUse } from './points-cohorts.js';
import { byGroup, exactSum, plain, ratioMeasure, unitRange } from './programme-measures.js';
import type { ExpiryRow, FlowRow } from './unredeemed-points.sql.js';

/** Methodology §6.1: the liability is shown with five points of the share of use either way. */
const sensitivity = 0.05;
/** Of fewer owners nothing is said about notice. */
const fewestOwners = 30;

export interface PointsSeen {
  readonly flows: readonly FlowRow[];
  readonly use: UltimateUse | null;
  readonly expiries: readonly ExpiryRow[];
  /** Service messages on file. */
  readonly serviceMessages: number;
}

const pointsOf = (rows: readonly FlowRow[], kind: FlowRow['kind']): number => exactSum(rows.filter((row) => row.kind === kind).map(({ points }) => points));

/** What a redeemed point was worth on average; null where no redemption says. */
export function worthOfPoint(flows: readonly FlowRow[]): number | null {
  const redeemed = flows.filter(({ kind }) => kind === 'redeem');
  const points = exactSum(redeemed.map(({ valued_points }) => valued_points));
  return points > 0 ? exactSum(redeemed.map(({ worth }) => worth)) / points : null;
}

export function pointsMeasures({ flows, use, expiries, serviceMessages }: PointsSeen, policy: Policy): Measure[] {
  const inWindow = flows.filter(({ in_window }) => in_window === 1);
  const flow = (id: string, label: string, rows: readonly FlowRow[]): Measure => {
    const parts = byGroup(rows).map((own) => ({ numerator: pointsOf(own, 'redeem'), denominator: pointsOf(own, 'earn') }));
    return ratioMeasure(id, label, 'share', parts, earners(rows), policy, { low: 0, high: Number.POSITIVE_INFINITY });
  };
  const [issued, redeemed] = [pointsOf(inWindow, 'earn'), pointsOf(inWindow, 'redeem')];
  const measures = [
    plain('pointsIssued', 'Points issued in the window', issued, 'points', earners(inWindow)),
    plain('pointsRedeemed', 'Points redeemed in the window', redeemed, 'points', earners(inWindow)),
    plain('pointsExpired', 'Points that expired in the window', pointsOf(inWindow, 'expire'), 'points', earners(inWindow)),
    flow('flowRate', 'Points redeemed ÷ points issued in the window (flow rate)', inWindow),
    flow('flowRateOfFiles', 'Points redeemed ÷ points issued over all the files', flows),
    ...(redeemed > 0 ? [plain('earnToBurn', 'Points issued for each point redeemed in the window', issued / redeemed, 'number', earners(inWindow))] : []),
  ];
  return [...measures, ...useMeasures(use, worthOfPoint(flows), issued, policy), ...noticeMeasures(expiries, serviceMessages, policy)];
}

/** Members with points issued; groups do not share members. */
export const earners = (rows: readonly FlowRow[]): number =>
  byGroup(rows).reduce((sum, own) => sum + Math.max(0, ...own.filter(({ kind }) => kind === 'earn').map(({ members }) => members)), 0);

function useMeasures(use: UltimateUse | null, worth: number | null, issuedInWindow: number, policy: Policy): Measure[] {
  if (use === null) return [];
  const { share, interval, horizonDays } = use;
  const n = use.cohorts.length;
  const level = policy.screenLevel;
  const method = 'jackknife over groups of members, the ladder built anew without each';
  const range = interval === null ? null : { low: Math.max(0, interval.low), high: Math.min(1, interval.high), level, method };
  const unused = range === null ? {} : { interval: { ...range, low: 1 - range.high, high: 1 - range.low } };
  const measures: Measure[] = [
    plain('horizonDays', 'Age of points up to which the files show how they are used', horizonDays, 'days', n),
    {
      id: 'usedShare',
      label: 'Share of points issued that is expected to be redeemed by that age (ultimate redemption rate)',
      value: share,
      unit: 'share',
      n,
      ...(range === null ? {} : { interval: range }),
    },
    { id: 'breakageShare', label: 'Share that is not expected to be redeemed by that age (breakage)', value: 1 - share, unit: 'share', n, ...unused },
    plain(
      'cohortSpread',
      'Difference between the quarters of which most and least was redeemed by the same age, at most a year',
      use.spread,
      'shareDifference',
      n,
    ),
    plain('lastGrowth', 'Growth of the redeemed total in the last quarter of age that is known', use.lastGrowth, 'ratio', n),
  ];
  if (worth === null) return measures;
  const liability = (shift: number): number => use.cohorts.reduce((sum, cohort) => sum + stillExpected(cohort, shift), 0) * worth;
  return [
    ...measures,
    plain('worthOfThousand', 'What a thousand points were worth when they were redeemed', worth * 1000, 'money', n),
    plain('liability', 'Indicative liability: points still expected to be redeemed, at that worth', liability(0), 'money', n),
    plain('liabilityLow', 'The same if five in a hundred fewer points are redeemed', liability(-sensitivity), 'money', n),
    plain('liabilityHigh', 'The same if five in a hundred more points are redeemed', liability(sensitivity), 'money', n),
    {
      id: 'unusedWorth',
      label: 'Worth of points issued in the window that are not expected to be redeemed',
      value: issuedInWindow * (1 - share) * worth,
      unit: 'money',
      n,
    },
  ];
}

/** Points whose owner had no message at all in which expiry could have been told. */
function noticeMeasures(expiries: readonly ExpiryRow[], serviceMessages: number, policy: Policy): Measure[] {
  const owners = expiries.reduce((sum, { members }) => sum + members, 0);
  if (owners < fewestOwners) return [];
  const pointsIn = (rows: readonly ExpiryRow[]): number => exactSum(rows.map(({ points }) => points));
  const parts = byGroup(expiries).map((own) => ({ numerator: pointsIn(own.filter(({ was_told }) => was_told === 0)), denominator: pointsIn(own) }));
  return [
    plain('expiriesJudged', 'Expired points for which the files show what their owners were sent', pointsIn(expiries), 'points', owners),
    ratioMeasure(
      'unwarnedShare',
      'Share of these whose owner had no message in the weeks before in which expiry could have been told',
      'share',
      parts,
      owners,
      policy,
      unitRange,
    ),
    plain('serviceMessages', 'Service messages on file, among which a notice of expiry would be', serviceMessages, 'count', serviceMessages),
  ];
}

export function pointsMoney(measures: readonly Measure[]): Money | undefined {
  const found = (id: string): Measure | undefined => measures.find((measure) => measure.id === id);
  const [value, breakage] = [found('unusedWorth')?.value ?? null, found('breakageShare')];
  if (value === null || breakage === undefined || !breakage.value) return undefined;
  const meaning =
    'worth of points issued in the window that members are not expected to redeem by the age that the files reach; a benefit that does not arrive, not a loss in the accounts';
  if (breakage.interval === undefined) return { value, meaning };
  return { value, low: (value * breakage.interval.low) / breakage.value, high: (value * breakage.interval.high) / breakage.value, meaning };
}
