/** The audit contract: the unit by which the product grows. `docs/adding-an-audit.md` walks through it. */
import type { Derived } from '../derived/derived.js';
import type { QueryEngine } from '../engine/engine.js';
import type { TableName } from '../model/tables.js';
import type { Chart } from '../result/charts.js';
import type { EvidenceTable } from '../result/evidence.js';
import type { EvidenceGrade, Explanation, Measure, Money, Rival, Severity, Status, ThresholdSource, Unlock } from '../result/schema.js';
import type { Unit } from '../result/units.js';

export const categories = [
  'targeting',
  'objectives',
  'non-responders',
  'measurement',
  'value',
  'programme',
  'differentiation',
  'sales-cycle',
  'communication',
  'brand',
  'experience',
] as const;
type Category = (typeof categories)[number];

/** Columns by table, e.g. `{ contacts: ['member_id', 'campaign_id'] }`. */
type ColumnNeeds = Partial<Record<TableName, readonly string[]>>;

/** Optional columns of a table and what they add; `mayReach` is the evidence grade that they make possible. */
interface Improvement {
  readonly columns: readonly string[];
  readonly gain: string;
  readonly mayReach?: EvidenceGrade;
}

interface ThresholdDefinition {
  /** Levels by name, e.g. `{ watch: 0.1, high: 0.25 }`. */
  readonly levels: Readonly<Record<string, number>>;
  /** How the report writes the levels, e.g. `share`; left out, the unit of the measure of the same id. */
  readonly unit?: Unit;
  readonly source: ThresholdSource;
  /**
   * Other values that a reasonable person could defend, `[low, high]` by level. Left out, half to one and a half times a level that is
   * a convention of the house or of the trade (a share above one half stays as far from the whole), and none for one that a paper, a regulator or arithmetic gives.
   */
  readonly plausible?: Readonly<Record<string, readonly [low: number, high: number]>>;
}
/** Effective levels after overrides, by threshold id. */
export type Thresholds = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The time that the analysis speaks of; days since 1970-01-01, `toDay` exclusive. */
export interface Window {
  readonly fromDay: number;
  readonly toDay: number;
  readonly days: number;
}

export interface Policy {
  /** Level of intervals that screen. */
  readonly screenLevel: number;
  /** Level of intervals of headline effects. */
  readonly headlineLevel: number;
  /** Fewest members a published cell may have. */
  readonly smallCell: number;
  readonly draws: number;
}

export interface AuditContext {
  readonly engine: QueryEngine;
  readonly derived: Derived;
  /** Last day that the data speaks of, as days since 1970-01-01. */
  readonly asOfDay: number;
  readonly window: Window;
  readonly seed: number;
  readonly policy: Policy;
  readonly thresholds: Thresholds;
  /** Objectives that the user sets by hand: campaign_id → one of `model/objectives.ts`. */
  readonly objectiveOverrides: Readonly<Record<string, string>>;
  /** Share of rows of a table in which a canonical column is filled; 0 for a column that no file has. */
  filledShare(table: TableName, column: string): number;
  rowCount(table: TableName): number;
}

/** What `measure` found. `evidenceGrade` decides the verbs that `explain` may use: no *caused, drove, lift, damaged* below E2. */
export interface Measurement {
  readonly measures: readonly Measure[];
  readonly evidence: readonly EvidenceTable[];
  readonly charts: readonly Chart[];
  readonly evidenceGrade: EvidenceGrade;
  readonly money?: Money;
  readonly members?: { readonly value: number; readonly meaning: string };
  /** Named biases and limits, one sentence each. */
  readonly caveats?: readonly string[];
  /** Columns that would help and that only looking could tell, e.g. a column that is filled with words that say nothing. */
  readonly unlocks?: readonly Unlock[];
  /** Set when the tables are there but say too little: the sentence that says why. */
  readonly notEnough?: string;
  /** Set when the question does not arise for this data, found only on looking. */
  readonly notApplicable?: string;
}

export interface Verdict {
  readonly status: Extract<Status, 'healthy' | 'watch' | 'problem' | 'informative'>;
  /** Severity by the size of the effect; the opinion raises or lowers it by the money at stake. */
  readonly severity: Severity;
}

/** Measures by id, for `judge` and `explain`. `value` throws for an id that was not measured, so a typing error cannot pass. */
export interface Measures {
  get(id: string): Measure | undefined;
  /** @throws Error when the measure does not exist. */
  value(id: string): number | null;
}

export interface AuditDefinition {
  /** File, test and documentation page carry the same name: a noun of the failing state. */
  readonly id: string;
  readonly category: Category;
  readonly question: string;
  /** One plain sentence that a marketing director understands. */
  readonly why: string;
  readonly problem: string;
  /** How much the audit weighs in coverage: the worst severity it can find. */
  readonly weight: Exclude<Severity, 'none'>;
  /** Material whatever the money, e.g. contact after opt-out. */
  readonly materialByNature?: true;
  /** Absent → notApplicable, naming the column that would unlock it. */
  readonly needs: ColumnNeeds;
  /** Optional columns: what raises the evidence grade or the reach of the finding. */
  readonly improves: Partial<Record<TableName, readonly Improvement[]>>;
  /** Fewest rows per table; below → notEnoughData, never a neutral number. */
  readonly minimum: Partial<Record<TableName, number>>;
  readonly thresholds: Readonly<Record<string, ThresholdDefinition>>;
  /**
   * Measures that count neither members nor what they did: campaigns, tests, settings, levels; `*` stands for any ending. All others
   * are kept back where they speak of fewer members than may be shown (`kept-back.ts`).
   */
  readonly notOfMembers?: readonly string[];
  /** Counts of which one is the whole of the others: where one could be worked out from those that are told, the last told one is kept back, too. */
  readonly sums?: readonly (readonly string[])[];
  /** Counts that stand in a table in this order and are joined there where they are few: where one is kept back, so are those beside it. */
  readonly neighbours?: readonly (readonly string[])[];
  /** What else could explain a finding like this, the strongest first: what was done about it, and what stays open. Two or three. */
  readonly rivals: readonly Rival[];
  measure(context: AuditContext): Promise<Measurement>;
  judge(measures: Measures, thresholds: Thresholds): Verdict;
  /**
   * Sentences with placeholders `{measureId}`, `{measureId.interval}`, `{measureId.label}`, `{threshold.id.level}`; plain English, no numbers typed in.
   * The verdict is given so that a healthy finding does not read like a problem.
   */
  explain(measures: Measures, verdict: Verdict): Explanation;
}

/** Types the definition and keeps it immutable. */
export function defineAudit(definition: AuditDefinition): AuditDefinition {
  return Object.freeze(definition);
}
