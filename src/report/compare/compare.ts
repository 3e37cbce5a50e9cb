/**
 * Two results of one programme, before and after: what got better, worse or newly measurable. A movement counts only when the
 * intervals of both ends leave no room for chance; a changed method, threshold or basis is said before anything else.
 */
import type { EvidenceGrade, Finding, FocusLevel, ProfileTheme, Result, Severity, Status } from '../../result/schema.js';
import { focusLevel } from '../../result/schema.js';
import { orderFindings } from '../order.js';
import { type Caution, cautionsOf, changedThresholds } from './cautions.js';
import { figuresOf, type Movement, obstaclesBetween, type SkipReason } from './movements.js';

export type Direction = 'better' | 'worse' | 'same' | 'newlyMeasurable' | 'noLongerMeasurable' | 'notComparable';

type Verdict = Pick<Finding, 'status' | 'severity' | 'evidenceGrade' | 'money'>;

export interface FindingChange {
  readonly id: string;
  readonly question: string;
  readonly before: Verdict | null;
  readonly after: Verdict | null;
  readonly direction: Direction;
  /** Figures that are compared, those beyond chance first. */
  readonly movements: readonly Movement[];
  /** Thresholds that differ, by id. */
  readonly changedThresholds: readonly string[];
  /** Null where the grade is the same, or where one side has none. */
  readonly grade: { readonly before: EvidenceGrade; readonly after: EvidenceGrade; readonly isBetter: boolean } | null;
}

export interface ThemeChange {
  readonly label: string;
  readonly before: ProfileTheme | null;
  readonly after: ProfileTheme | null;
  readonly direction: Exclude<Direction, 'notComparable'>;
}

export interface Comparison {
  readonly before: Result;
  readonly after: Result;
  readonly cautions: readonly Caution[];
  /** In the order of the later result; findings that it does not have come last. */
  readonly changes: readonly FindingChange[];
  readonly themes: readonly ThemeChange[];
  /** Figures with an interval on both sides that are not compared, by the reason. */
  readonly skipped: Readonly<Record<SkipReason, number>>;
}

const severities: readonly Severity[] = ['none', 'low', 'medium', 'high', 'critical'];

/** How much is known: no answer, an answer without a verdict, a verdict. */
function knowledgeOf(status: Status | undefined): number {
  if (status === 'healthy' || status === 'watch' || status === 'problem') return 2;
  return status === 'informative' ? 1 : 0;
}

/** How grave a verdict is. */
function gravityOf({ status, severity }: Verdict): number {
  return (status === 'problem' ? 10 : status === 'watch' ? 1 : 0) + (status === 'healthy' ? 0 : severities.indexOf(severity));
}

function directionOf(before: Finding | undefined, after: Finding | undefined, hasChangedThresholds: boolean): Direction {
  const [known, knows] = [knowledgeOf(before?.status), knowledgeOf(after?.status)];
  if (known !== knows) return knows > known ? 'newlyMeasurable' : 'noLongerMeasurable';
  if (before === undefined || after === undefined || knows < 2) return 'same';
  const [from, to] = [gravityOf(before), gravityOf(after)];
  if (from === to) return 'same';
  if (hasChangedThresholds) return 'notComparable';
  return to < from ? 'better' : 'worse';
}

const verdictOf = (finding: Finding | undefined): Verdict | null =>
  finding === undefined ? null : { status: finding.status, severity: finding.severity, evidenceGrade: finding.evidenceGrade, money: finding.money };

function gradeChange(before: Finding | undefined, after: Finding | undefined): FindingChange['grade'] {
  const [from, to] = [before?.evidenceGrade ?? null, after?.evidenceGrade ?? null];
  return from === null || to === null || from === to ? null : { before: from, after: to, isBetter: to < from };
}

function changeOf(before: Finding | undefined, after: Finding | undefined, movements: readonly Movement[]): FindingChange[] {
  const known = after ?? before;
  if (known === undefined) return [];
  const thresholds = before === undefined || after === undefined ? [] : changedThresholds(before, after);
  return [
    {
      id: known.id,
      question: known.question,
      before: verdictOf(before),
      after: verdictOf(after),
      direction: directionOf(before, after, thresholds.length > 0),
      movements: [...movements.filter(({ isBeyondChance }) => isBeyondChance), ...movements.filter(({ isBeyondChance }) => !isBeyondChance)],
      changedThresholds: thresholds,
      grade: gradeChange(before, after),
    },
  ];
}

function themeDirection(before: FocusLevel | null, after: FocusLevel | null): ThemeChange['direction'] {
  if (before === after) return 'same';
  if (before === null) return 'newlyMeasurable';
  if (after === null) return 'noLongerMeasurable';
  return focusLevel.options.indexOf(after) > focusLevel.options.indexOf(before) ? 'better' : 'worse';
}

function themesOf(before: Result, after: Result): ThemeChange[] {
  const gone = before.profile.filter(({ theme }) => !after.profile.some((other) => other.theme === theme));
  return [...after.profile, ...gone].map(({ theme, label }) => {
    const sides = [before, after].map(({ profile }) => profile.find((other) => other.theme === theme) ?? null);
    const [from = null, to = null] = sides;
    return { label, before: from, after: to, direction: themeDirection(from?.level ?? null, to?.level ?? null) };
  });
}

/** Compares two results of one programme. Either may lack findings that the other has. */
export function compareResults(before: Result, after: Result): Comparison {
  const earlier = new Map(before.findings.map((finding) => [finding.id, finding]));
  const later = orderFindings(after.findings);
  const gone = before.findings.filter(({ id }) => !later.some((finding) => finding.id === id));
  const both = later.flatMap((finding) => {
    const from = earlier.get(finding.id);
    return from === undefined ? [] : [[from, finding] as const];
  });
  const { movements, skipped } = figuresOf(both, obstaclesBetween(before, after));
  const changes = [
    ...later.flatMap((finding) => changeOf(earlier.get(finding.id), finding, movements.get(finding.id) ?? [])),
    ...gone.flatMap((finding) => changeOf(finding, undefined, [])),
  ];
  return { before, after, cautions: cautionsOf(before, after, both), changes, themes: themesOf(before, after), skipped };
}
