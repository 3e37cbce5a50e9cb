/** Measures, evidence and the chart of inactive members, from counts by time in the scheme. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import { standardisedDifference } from '../../statistics/standardised-difference.js';
import type { Policy } from '../audit.js';
import type { GhostRow, InactivityRow } from './inactive-members.sql.js';
import { byGroup, differenceMeasure, exactSum, plain, ratioMeasure, shareOfMembers, unitRange } from './programme-measures.js';

const bands = [0, 1, 2, 3, null] as const;
/** Of fewer joiners a share of ghosts says nothing. */
const fewestJoiners = 30;
const bandLabels = ['under 1 year', '1 to 2 years', '2 to 5 years', '5 years or more'];

export const membersIn = (rows: readonly { readonly members: number }[]): number => rows.reduce((sum, row) => sum + row.members, 0);
export const inactiveOf = (rows: readonly InactivityRow[]): InactivityRow[] => rows.filter(({ is_active }) => is_active === 0);
const silentOf = (rows: readonly InactivityRow[]): InactivityRow[] => rows.filter(({ is_active, was_ever_active }) => is_active === 0 && was_ever_active === 0);

export interface Observed {
  readonly last: readonly InactivityRow[];
  /** The same a period earlier; null when the history does not reach so far. */
  readonly previous: readonly InactivityRow[] | null;
  readonly periodDays: number;
  readonly ghosts: readonly GhostRow[];
  /** Activity within the time in which nine in ten repeat purchases come; null without repeat purchases. */
  readonly paced: { readonly days: number; readonly rows: readonly GhostRow[] } | null;
  readonly hasValue: boolean;
}

const without = (rows: readonly GhostRow[]): number => membersIn(rows.filter(({ has_activity }) => has_activity === 0));

export function inactivityMeasures(seen: Observed, policy: Policy): Measure[] {
  const open = membersIn(seen.last);
  const ghostBase = membersIn(seen.ghosts);
  const measures = [
    plain('periodDays', 'Days looked at', seen.periodDays, 'days', open),
    plain('openMembers', 'Members whose membership was open when those days began', open, 'count', open),
    plain('inactiveMembers', 'Of these, members who did not buy, earn or redeem in those days', membersIn(inactiveOf(seen.last)), 'count', open),
    shareOfMembers('inactiveShare', 'Share of them who did not buy, earn or redeem', membersIn(inactiveOf(seen.last)), open, policy),
    shareOfMembers(
      'activeShare',
      'Share of them who bought, earned or redeemed at least once (the active rate)',
      open - membersIn(inactiveOf(seen.last)),
      open,
      policy,
    ),
    plain('neverSeen', 'Inactive members without any activity on any day of the files', membersIn(silentOf(seen.last)), 'count', open),
  ];
  if (ghostBase >= fewestJoiners) {
    measures.push(
      plain('joinersFollowed', 'Members who joined inside the files and have been followed for long enough', ghostBase, 'count', ghostBase),
      shareOfMembers('ghostShare', 'Share of these who have never bought, earned or redeemed (ghost enrolments)', without(seen.ghosts), ghostBase, policy),
    );
  }
  if (seen.paced !== null && membersIn(seen.paced.rows) > 0) {
    const base = membersIn(seen.paced.rows);
    measures.push(
      plain('pacedDays', 'Days within which nine in ten repeat purchases come', seen.paced.days, 'days', base),
      shareOfMembers('pacedActiveShare', 'Share of open members who were active within that time', base - without(seen.paced.rows), base, policy),
    );
  }
  return [...measures, ...trendMeasures(seen, policy), ...valueMeasures(seen, policy)];
}

/** Members of the same time in the scheme, now and a period earlier. */
function trendMeasures({ last, previous }: Observed, policy: Policy): Measure[] {
  if (previous === null) return [];
  const strata = bands.map((band) => {
    const side = (rows: readonly InactivityRow[]): { successes: number; n: number } => {
      const own = rows.filter(({ tenure_band }) => tenure_band === band);
      return { successes: membersIn(inactiveOf(own)), n: membersIn(own) };
    };
    return { later: side(last), earlier: side(previous) };
  });
  const found = standardisedDifference(strata, policy.screenLevel);
  if (found === null) return [];
  return [
    plain('inactiveShareCompared', 'Inactive share among members whose time in the scheme can be compared', found.later, 'share', found.n),
    plain('inactiveShareBefore', 'The same share one period earlier, for the same mix of time in the scheme', found.earlier, 'share', found.n),
    differenceMeasure('inactivityRise', 'Change of the inactive share from one period to the next, members of like time in the scheme compared', found, policy),
  ];
}

function valueMeasures({ last, hasValue }: Observed, policy: Policy): Measure[] {
  const inactive = membersIn(inactiveOf(last));
  if (!hasValue || inactive < policy.smallCell) return [];
  const salesOf = (rows: readonly InactivityRow[]): number => exactSum(rows.map(({ value_before }) => value_before));
  const parts = byGroup(last).map((rows) => ({ numerator: salesOf(inactiveOf(rows)), denominator: salesOf(rows) }));
  return [
    plain('valueOfOpen', 'Net sales of all these members in the days before', salesOf(last), 'money', membersIn(last)),
    plain('valueBeforeSilence', 'Net sales of members now inactive, in as many days before they fell silent', salesOf(inactiveOf(last)), 'money', inactive),
    ratioMeasure('valueShareBeforeSilence', 'Their share of the net sales of all these members then', 'share', parts, inactive, policy, unitRange),
  ];
}

export function inactivityMoney(measures: readonly Measure[]): Money | undefined {
  const salesOf = (id: string): number | null => measures.find((measure) => measure.id === id)?.value ?? null;
  const [value, total] = [salesOf('valueBeforeSilence'), salesOf('valueOfOpen')];
  if (value === null || total === null) return undefined;
  const interval = measures.find(({ id }) => id === 'valueShareBeforeSilence')?.interval;
  const meaning = 'net sales, in the period before, of members who have fallen silent; some of them only pause';
  return interval === undefined ? { value, meaning } : { value, low: interval.low * total, high: interval.high * total, meaning };
}

interface Division {
  readonly label: string;
  readonly rows: readonly InactivityRow[];
}

const hides = (members: number, smallCell: number): boolean => members > 0 && members < smallCell;

/** By time in the scheme; a row in which any count would be small is joined to its neighbour. */
function divisionsOf(rows: readonly InactivityRow[], smallCell: number): Division[] {
  return joinSmallCells<Division>(
    bands
      .map((band) => ({
        label: band === null ? 'joining date unknown' : (bandLabels[band] ?? ''),
        rows: rows.filter(({ tenure_band }) => tenure_band === band),
      }))
      .filter((division) => division.rows.length > 0),
    (division) =>
      membersIn(division.rows) >= smallCell &&
      !hides(membersIn(inactiveOf(division.rows)) - membersIn(silentOf(division.rows)), smallCell) &&
      !hides(membersIn(silentOf(division.rows)), smallCell) &&
      !hides(membersIn(division.rows) - membersIn(inactiveOf(division.rows)), smallCell),
    (left, right) => ({ label: `${left.label}, ${right.label}`, rows: [...left.rows, ...right.rows] }),
  );
}

export function inactivityEvidence({ last, hasValue }: Observed, smallCell: number): EvidenceTable[] {
  return [
    {
      id: 'by-tenure',
      title: 'Members by time in the scheme and by what they did in the period',
      columns: [
        { id: 'tenure', label: 'Time in the scheme when the period began', unit: 'text' },
        { id: 'members', label: 'Open members', unit: 'count' },
        { id: 'inactive', label: 'Inactive in the period', unit: 'count' },
        { id: 'never', label: 'Of these, no activity in the files', unit: 'count' },
        { id: 'share', label: 'Inactive share', unit: 'share' },
        ...(hasValue ? [{ id: 'value', label: 'Net sales of the inactive, the period before', unit: 'money' as const }] : []),
      ],
      rows: divisionsOf(last, smallCell).map(({ label, rows }) => {
        const inactive = inactiveOf(rows);
        const counts = [membersIn(rows), membersIn(inactive), membersIn(silentOf(rows)), membersIn(inactive) / membersIn(rows)];
        return [label, ...counts, ...(hasValue ? [exactSum(inactive.map(({ value_before }) => value_before))] : [])];
      }),
      note: `Rows in which a count would be of fewer than ${smallCell} members are joined to their neighbour.`,
    },
  ];
}

export function inactivityChart({ last }: Observed, smallCell: number): Chart {
  return {
    kind: 'stack',
    id: 'activity',
    title: 'Who was active, by time in the scheme',
    description:
      'One bar for each time in the scheme, cut into active members, members who were active only earlier, and members without any activity in the files. {inactiveShare} of all were inactive.',
    bars: divisionsOf(last, smallCell).map(({ label, rows }) => {
      const [all, inactive, silent] = [membersIn(rows), membersIn(inactiveOf(rows)), membersIn(silentOf(rows))];
      return {
        label,
        segments: [
          { label: 'Active', share: (all - inactive) / all },
          { label: 'Active only earlier', share: (inactive - silent) / all },
          { label: 'No activity in the files', share: silent / all },
        ],
      };
    }),
  };
}
