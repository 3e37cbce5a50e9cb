/** What `simulate-cap` found: plain data for the command line, beside the result of an analysis. */
import type { LinesChart } from './charts.js';
import type { EvidenceTable } from './evidence.js';
import type { Measure, Result } from './schema.js';

export interface CapSimulation {
  readonly currency: string | null;
  readonly window: Result['window'];
  /** Only messages of this channel were capped; null: all. */
  readonly channel: string | null;
  readonly measures: readonly Measure[];
  /** Sentence templates like those of a finding: what the cap would have changed. */
  readonly effect: readonly string[];
  /** The randomised test that would settle it, point by point. */
  readonly test: readonly { readonly heading: string; readonly text: string }[];
  readonly frontier: EvidenceTable;
  readonly chart: LinesChart;
}
