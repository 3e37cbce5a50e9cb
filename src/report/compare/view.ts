/** What a comparison shows, in its order, with every number already written. */
import type { Severity, Status } from '../../result/schema.js';
import type { StatementView, TableView, ThemeView } from '../view.js';
import type { Direction } from './compare.js';

/** One end of a finding’s verdict. */
export interface VerdictView {
  readonly status: Status;
  readonly statusLabel: string;
  readonly severity: Severity;
  readonly severityLabel: string;
}

export interface ChangeView {
  readonly anchor: string;
  readonly name: string;
  readonly question: string;
  /** Null where that result does not ask the question. */
  readonly before: VerdictView | null;
  readonly after: VerdictView | null;
  /** Both verdicts in one line. */
  readonly text: string;
  readonly afterText: string;
  /** What the later result found, or the earlier one where there is no later. */
  readonly headline: string;
  /** Money at stake before and after; empty where neither has any. */
  readonly money: string;
  /** Whether a figure behind a changed verdict moved beyond chance; empty where that is no question. */
  readonly backing: string;
  /** Anchor of its figures that moved; null where none did. */
  readonly figures: string | null;
}

interface EndView {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
}

/** A figure that moved beyond chance, ready to be drawn. */
export interface FigureView {
  readonly label: string;
  readonly level: string;
  readonly before: EndView;
  readonly after: EndView;
  /** Laid off from the value before. */
  readonly change: EndView;
  readonly sentence: string;
}

export interface MovedView {
  readonly anchor: string;
  readonly question: string;
  readonly verdict: string;
  readonly figures: readonly FigureView[];
}

export interface ThemeChangeView {
  readonly label: string;
  readonly direction: Direction;
  readonly directionLabel: string;
  readonly before: ThemeView;
  readonly after: ThemeView;
}

export interface DirectionView {
  readonly direction: Direction;
  readonly label: string;
  readonly meaning: string;
  readonly changes: readonly ChangeView[];
}

export interface ComparisonView {
  readonly title: string;
  readonly logo: string | null;
  readonly question: string;
  readonly subject: readonly StatementView[];
  /** What makes the two differ by itself; empty where nothing does. */
  readonly banner: readonly StatementView[];
  /** Every direction in which a finding went, those with none left out. */
  readonly directions: readonly DirectionView[];
  readonly opinion: { readonly before: OpinionView; readonly after: OpinionView };
  readonly themes: readonly ThemeChangeView[];
  readonly figures: string;
  readonly moved: readonly MovedView[];
  readonly still: TableView | null;
  readonly skipped: readonly string[];
  readonly grades: TableView | null;
  readonly sides: TableView;
  readonly general: string;
  readonly tool: string;
}

interface OpinionView {
  readonly kind: string;
  readonly titles: readonly string[];
}
