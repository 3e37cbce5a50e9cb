/** The view model: what every rendering shows, in its order, with every number already written. */
import type { Chart } from '../result/charts.js';
import type { FocusLevel, Severity, Status } from '../result/schema.js';

/** Text in which audits are named: a part with an anchor links to the finding. */
export type Linked = readonly { readonly text: string; readonly anchor?: string }[];

export interface ColumnView {
  readonly label: string;
  /** What the cells leave out, e.g. the currency; empty when nothing. */
  readonly unit: string;
  readonly isNumeric: boolean;
}

export interface TableView {
  readonly caption: string;
  readonly columns: readonly ColumnView[];
  readonly rows: readonly (readonly string[])[];
  readonly note: string | null;
}

export interface StatementView {
  readonly label: string;
  readonly text: string;
}

/** What else could explain a finding. */
interface RivalView {
  readonly explanation: string;
  readonly check: string;
  readonly open: string;
}

export interface FindingView {
  readonly anchor: string;
  readonly id: string;
  /** The audit's id in words, e.g. “concentrated contact”. */
  readonly name: string;
  readonly category: string;
  readonly problem: string;
  readonly question: string;
  readonly why: string;
  readonly status: Status;
  readonly statusLabel: string;
  readonly severity: Severity;
  /** Empty for a finding without severity. */
  readonly severityLabel: string;
  readonly grade: { readonly code: string; readonly label: string; readonly gloss: string } | null;
  /** One or two sentences: what was found, or why nothing was. */
  readonly headline: string;
  readonly statements: readonly StatementView[];
  readonly money: string | null;
  readonly members: string | null;
  readonly measures: TableView | null;
  readonly thresholds: TableView | null;
  /** Charts as in the result; only their descriptions are filled in. */
  readonly charts: readonly Chart[];
  readonly evidence: readonly { readonly table: TableView; readonly fileName: string }[];
  readonly caveats: readonly string[];
  readonly rivals: readonly RivalView[];
  /** True when the sceptic’s page takes the finding up. */
  readonly isContestable: boolean;
  /** One sentence: whether the verdict stands for every level that could be defended; null where nothing could be moved. */
  readonly flips: string | null;
  readonly unlocks: readonly string[];
}

export interface ThemeView {
  readonly label: string;
  readonly sentence: string;
  readonly level: FocusLevel | null;
  /** The levels from the lowest to the highest finding; empty when nothing was measured. */
  readonly spread: readonly FocusLevel[];
  /** The same in words, for those who cannot see the strip. */
  readonly reading: string;
}

export interface StakeView {
  readonly anchor: string;
  readonly question: string;
  readonly amount: string;
  /** “between a and b”; empty without an interval. */
  readonly range: string;
  readonly meaning: string;
  /** “2.1 times the material amount”; empty without materiality. */
  readonly multiple: string;
}

interface ExhibitView {
  readonly anchor: string;
  readonly question: string;
  readonly chart: Chart;
  readonly table: TableView | null;
}

/** What changed since an earlier report, in a dozen lines. */
export interface SinceView {
  readonly lead: string;
  /** What makes the two differ by itself; empty where nothing does. */
  readonly cautions: readonly string[];
  readonly lines: readonly Linked[];
}

/** The SQL of one question, or of what several share. */
export interface QueriesView {
  readonly title: string;
  readonly anchor: string;
  /** Of the question; null for shared work. */
  readonly finding: string | null;
  readonly uses: readonly { readonly name: string; readonly anchor: string }[];
  readonly fileName: string;
  readonly statements: readonly { readonly text: string; readonly note: string }[];
}

export interface ReportView {
  readonly tool: string;
  /** What kind of document it is, in the consultant’s words. */
  readonly title: string;
  /** A picture as a data address; null without one. */
  readonly logo: string | null;
  readonly question: string;
  readonly subject: readonly StatementView[];
  readonly opinion: {
    readonly kind: string;
    readonly title: string;
    /** The title, one sentence a line. */
    readonly titles: readonly string[];
    readonly paragraphs: readonly Linked[];
    readonly materiality: string;
    readonly disclaimer: string;
  };
  readonly profile: readonly ThemeView[];
  readonly stakes: readonly StakeView[];
  readonly actions: readonly { readonly anchor: string; readonly question: string; readonly action: string }[];
  /** Null where no earlier result was given. */
  readonly since: SinceView | null;
  /** What the report turns on, told before the findings. */
  readonly exhibits: readonly ExhibitView[];
  readonly findings: readonly FindingView[];
  readonly unanswered: readonly FindingView[];
  /** The same by what they lack, each with that in a few words. */
  readonly unansweredGroups: readonly {
    readonly title: string;
    readonly questions: readonly { readonly finding: FindingView; readonly lack: string }[];
  }[];
  readonly coverage: { readonly share: string; readonly sentences: readonly string[] };
  /** Steps that would tell more, each building on those before it; null when there is none. */
  readonly upgrades: TableView | null;
  /** Findings that a sceptic will ask about. */
  readonly challenged: readonly FindingView[];
  /** Columns that no file fills, with what each would add. */
  readonly unlocks: readonly { readonly columns: string; readonly gains: readonly string[] }[];
  readonly dataQuality: readonly {
    readonly severity: string;
    readonly title: string;
    readonly sentence: string;
    readonly description: string;
    readonly file: string;
  }[];
  readonly inputs: TableView;
  readonly inputDetails: readonly { readonly file: string; readonly facts: readonly StatementView[]; readonly columns: TableView }[];
  readonly tables: TableView;
  readonly tableDetails: readonly TableView[];
  readonly thresholds: TableView;
  readonly queries: { readonly list: readonly QueriesView[]; readonly index: TableView };
  readonly grades: TableView;
  readonly statuses: TableView;
  readonly levels: TableView;
  readonly terms: TableView;
  readonly config: string;
}
