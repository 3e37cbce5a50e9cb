/** Measures and tables of joiners who do not come back. */
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import { kaplanMeier, restrictedMean } from '../../statistics/survival.js';
import type { Policy } from '../audit.js';
import { cellsOf, membersOf, shownUntil, waitingAt, yearOld, yearsCompared, yearsTest } from './joiner-curves.js';
import type { JoinerRow } from './joiners.sql.js';
import { differenceMeasure, plain } from './programme-measures.js';

export const earlyDays = 90;
export const yearDays = 365;
/** Of fewer joiners in either year nothing is compared. */
const fewestCompared = 50;

export function lapseMeasures(joiners: readonly JoinerRow[], pace: number | null, policy: Policy): Measure[] {
  const cells = cellsOf(joiners);
  const n = membersOf(joiners);
  const early = waitingAt(
    'noSecondEarly',
    'Share of joiners without a second day of activity 90 days after joining',
    joiners,
    earlyDays,
    membersOf(joiners.filter(({ year }) => year !== null)),
    policy,
  );
  const late = waitingAt('noSecondYear', 'Share of joiners without a second day of activity a year after joining', joiners, yearDays, yearOld(joiners), policy);
  const horizon = Math.min(yearDays, shownUntil(cells, policy.smallCell));
  return [
    plain('joiners', 'Members who joined inside the files, so that they are followed from their first day', n, 'count', n),
    plain('earlyDays', 'Days after joining that count as early', earlyDays, 'days', n),
    ...early,
    ...late,
    ...(horizon > 0
      ? [
          plain('meanHorizon', 'Days over which the mean wait is taken', horizon, 'days', n),
          plain(
            'meanWait',
            'Mean days without a second day of activity, within that time (restricted mean)',
            restrictedMean(kaplanMeier(cells), horizon).value,
            'days',
            n,
          ),
        ]
      : []),
    ...(pace === null ? [] : [plain('pacedDays', 'Days within which nine in ten repeat purchases of all members come', pace, 'days', n)]),
    ...trendMeasures(joiners, policy),
  ];
}

function trendMeasures(joiners: readonly JoinerRow[], policy: Policy): Measure[] {
  const found = yearsCompared(joiners, earlyDays, policy.screenLevel);
  const isCompared = [0, 1].every((year) => membersOf(joiners.filter((row) => row.year === year)) >= fewestCompared);
  if (found === null || !isCompared) return [];
  const test = yearsTest(joiners);
  return [
    plain('earlyLater', 'Share without a second day of activity by then, joiners of the later year', found.later, 'share', found.n),
    plain('earlyBefore', 'The same, joiners of the year before, season by season', found.earlier, 'share', found.n),
    differenceMeasure('earlyRise', 'Change of that share from one year of joiners to the next', found, policy),
    ...(test === null
      ? []
      : [plain('yearsTest', 'Probability of curves this different if both years came back alike (log-rank test by season)', test, 'probability', found.n)]),
  ];
}

/** Joiners whose first ninety days are all in the files, by season and year of joining, the oldest first. */
export function lapseEvidence(joiners: readonly JoinerRow[], smallCell: number): EvidenceTable[] {
  const cohorts = [1, 0].flatMap((year) =>
    Array.from({ length: 4 }, (_, quarter) => 3 - quarter).map((quarter) => {
      const rows = joiners.filter((row) => row.year === year && row.season !== null && Math.floor(row.season / 3) === quarter);
      return { label: `${year === 1 ? 'the year before' : 'the later year'}, quarter ${4 - quarter}`, rows };
    }),
  );
  const lapsed = (rows: readonly JoinerRow[]): number => membersOf(rows.filter(({ time, outcome }) => outcome !== 'event' || time > earlyDays));
  const isPublic = (members: number): boolean => members === 0 || members >= smallCell;
  const shown = joinSmallCells(
    cohorts.filter(({ rows }) => rows.length > 0),
    ({ rows }) => membersOf(rows) >= smallCell && isPublic(lapsed(rows)) && isPublic(membersOf(rows) - lapsed(rows)),
    (left, right) => ({ label: `${left.label}; ${right.label}`, rows: [...left.rows, ...right.rows] }),
  );
  return [
    {
      id: 'by-cohort',
      title: 'Joiners who were followed for 90 days, by when they joined',
      columns: [
        { id: 'cohort', label: 'Joined in', unit: 'text' },
        { id: 'joiners', label: 'Joiners', unit: 'count' },
        { id: 'lapsed', label: 'No second day of activity in 90 days', unit: 'count' },
        { id: 'share', label: 'Share of joiners', unit: 'share' },
      ],
      rows: shown.map(({ label, rows }) => [label, membersOf(rows), lapsed(rows), lapsed(rows) / membersOf(rows)]),
      note: `Every joiner counts at the same age. Cohorts in which a count would be of fewer than ${smallCell} members are joined to their neighbour.`,
    },
  ];
}
