/** What the audits of randomised tests share: one light a test, the table of lights, and the verdict over all tests. */
import { type Experiment, fewestPerArm, readExperiments } from '../../derived/experiments.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import type { Unit } from '../../result/units.js';
import type { AuditContext, Measurement, Measures, Thresholds, Verdict } from '../audit.js';

export type Light = 'pass' | 'watch' | 'fail' | 'notTestable';
const lightWords: Record<Light, string> = { pass: 'pass', watch: 'watch', fail: 'fail', notTestable: 'not testable' };
/** The worst first; “not testable” is no light, so that it never hides one. */
const byWeight: readonly Light[] = ['fail', 'watch', 'pass', 'notTestable'];

/** One row of the card: a test, or one treated arm of it against the holdout. */
export interface LitTest {
  readonly label: string;
  readonly treated: number;
  readonly holdout: number;
  /** What the test counts for among all tests: its members, or the money spent on them. */
  readonly weight: number;
  readonly light: Light;
  /** Why it is not green; empty for a pass. */
  readonly why: string;
  /** The cells of the audit’s own columns. */
  readonly cells: readonly Cell[];
}

/** Place of a light when the worst come first. */
export const byLight: Readonly<Record<Light, number>> = { fail: 0, watch: 1, pass: 2, notTestable: 3 };

export const worstOf = (lights: readonly Light[]): Light => byWeight.find((light) => lights.includes(light)) ?? 'notTestable';

const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };

/** A finding in which the question does not arise. */
export const withoutQuestion = (notApplicable: string, unlocks: Measurement['unlocks'] = []): Measurement => ({ ...blank, notApplicable, unlocks });

const tooLittle = (notEnough: string): Measurement => ({ ...blank, notEnough });

const hasEnough = ({ holdout, treated }: Experiment): boolean => holdout >= fewestPerArm && treated >= fewestPerArm;

/**
 * @param isLargeEnough left out, enough members in the holdout and in all treated arms together.
 * @returns tests with a holdout that are large enough; else the finding that says why there are none.
 */
export async function readTests(
  context: AuditContext,
  isLargeEnough = hasEnough,
): Promise<{ readonly tests: readonly Experiment[]; readonly none: Measurement | null }> {
  const experiments = await readExperiments(context);
  const held = experiments.filter(({ holdout, treated }) => holdout > 0 && treated > 0);
  const tests = held.filter(isLargeEnough);
  if (held.length === 0) {
    const gain = 'a holdout (the arm called “holdout”: members left out by a random draw) is what every check of a test looks at';
    const none = withoutQuestion('The assignments name no campaign with both a holdout and a treated arm, so there is no test to check.', [
      { table: 'assignments', columns: ['arm'], gain },
    ]);
    return { tests, none };
  }
  const none =
    tests.length > 0 ? null : tooLittle(`No test is large enough: it takes ${fewestPerArm} members or so both in the holdout and in the treated arms.`);
  return { tests, none };
}

const sumOf = (tests: readonly LitTest[]): number => tests.reduce((sum, { weight }) => sum + weight, 0);

/** Counts of the lights, and what the failing and the doubtful tests are of all that could be checked. @param of what a test counts for, e.g. “members”. */
export function cardMeasures(tests: readonly LitTest[], of: string): Measure[] {
  const withLight = (...lights: readonly Light[]): LitTest[] => tests.filter(({ light }) => lights.includes(light));
  const count = (id: string, label: string, light: Light): Measure => ({ id, label, value: withLight(light).length, unit: 'count', n: tests.length });
  const checked = withLight('pass', 'watch', 'fail');
  const all = sumOf(checked);
  const share = (id: string, label: string, ...lights: readonly Light[]): Measure => ({
    id,
    label: `${label}, by ${of}`,
    value: all > 0 ? sumOf(withLight(...lights)) / all : null,
    unit: 'share',
    n: checked.length,
    ...(all > 0 ? {} : { why: 'No test could be checked.' }),
  });
  return [
    { id: 'tests', label: 'Tests with a holdout', value: tests.length, unit: 'count', n: tests.length },
    { id: 'checked', label: 'Tests that could be checked', value: checked.length, unit: 'count', n: tests.length },
    count('passed', 'Tests that pass', 'pass'),
    count('watched', 'Tests to watch', 'watch'),
    count('failed', 'Tests that fail', 'fail'),
    count('notTestable', 'Tests that could not be checked', 'notTestable'),
    share('failedShare', 'Part of the tests that fails', 'fail'),
    share('doubtfulShare', 'Part of the tests that fails or is to be watched', 'fail', 'watch'),
  ];
}

/** Members of the tests that fail, for the finding. */
export function membersOf(tests: readonly LitTest[], meaning: string): Measurement['members'] {
  const members = tests.filter(({ light }) => light === 'fail').reduce((sum, { treated, holdout }) => sum + treated + holdout, 0);
  return members === 0 ? undefined : { value: members, meaning };
}

/** The levels that all cards share; a tenth of the tests broken is more than an accident. */
export const cardThresholds = {
  failedShare: {
    levels: { watch: 0, problem: 0.1 },
    plausible: { watch: [0, 0.05], problem: [0.05, 0.25] },
    unit: 'share' as const,
    source: {
      kind: 'house' as const,
      note: 'Any broken or doubtful test is worth a look; a tenth of the tests, by the members in them, is a habit and no accident.',
    },
  },
} as const;

/** Healthy, to be watched or a problem, by what part of the tests fails. @param severity of a problem. */
export function judgeCard(measures: Measures, thresholds: Thresholds, severity: Verdict['severity'] = 'high'): Verdict {
  const failed = measures.value('failedShare');
  if (failed === null) return { status: 'informative', severity: 'none' };
  if (failed > (thresholds.failedShare?.problem ?? 1)) return { status: 'problem', severity };
  const doubtful = measures.value('doubtfulShare') ?? 0;
  return doubtful > (thresholds.failedShare?.watch ?? 1) ? { status: 'watch', severity: 'low' } : { status: 'healthy', severity: 'none' };
}

/** One row a test; tests that a cell of few members would give away are left out and counted. */
export function cardTable(
  title: string,
  columns: readonly { readonly id: string; readonly label: string; readonly unit: Unit }[],
  tests: readonly LitTest[],
  smallCell: number,
  note: string,
): EvidenceTable {
  const shown = tests.filter(({ treated, holdout }) => treated >= smallCell && holdout >= smallCell);
  const hidden = tests.length - shown.length;
  return {
    id: 'tests',
    title,
    columns: [
      { id: 'test', label: 'Test', unit: 'text' },
      { id: 'treated', label: 'Members treated', unit: 'count' },
      { id: 'holdout', label: 'Members held out', unit: 'count' },
      ...columns,
      { id: 'light', label: 'Verdict', unit: 'text' },
      { id: 'why', label: 'Why', unit: 'text' },
    ],
    rows: shown.map(({ label, treated, holdout, cells, light, why }): Cell[] => [label, treated, holdout, ...cells, lightWords[light], why]),
    note: `${note}${hidden === 0 ? '' : ` Left out: tests with an arm of fewer than ${smallCell} members (${hidden}).`}`,
  };
}

/** A number of members, or an empty cell where it would speak of fewer than may be shown. */
export const safeCount = (members: number, smallCell: number): number | null => (members > 0 && members < smallCell ? null : members);

/** What is amiss, failures first; a light that no test has is left out. @param failed words for one test and for several. */
export function amissOf(measures: Measures, failed: readonly [string, string], watched: readonly [string, string]): string {
  const parts = [
    ...((measures.value('failed') ?? 0) > 0 ? [countOf(measures, 'failed', ...failed)] : []),
    ...((measures.value('watched') ?? 0) > 0 ? [countOf(measures, 'watched', ...watched)] : []),
  ];
  return parts.join(', and ');
}

/** “1 of 3 tests fails”, “2 of 5 tests fail”; the numbers are filled in by the report. */
export function countOf(measures: Measures, id: 'passed' | 'watched' | 'failed' | 'notTestable', one: string, many: string): string {
  const tests = measures.value('checked') ?? 0;
  return `{${id}} of {${id === 'notTestable' ? 'tests' : 'checked'}} ${tests === 1 && id !== 'notTestable' ? 'test' : 'tests'} ${measures.value(id) === 1 ? one : many}`;
}
