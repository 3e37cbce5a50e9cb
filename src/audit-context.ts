/** What every audit sees of a run. */
import type { AuditContext } from './audits/audit.js';
import type { Derived } from './derived/derived.js';
import type { ObservedWindow } from './derived/window.js';
import type { Engine } from './engine/engine.js';
import type { Loaded } from './ingest/ingest.js';
import { usualSmallCell } from './model/small-cell.js';

export function auditContext(
  engine: Engine,
  derived: Derived,
  loaded: Loaded,
  window: ObservedWindow,
  seed: number,
  objectiveOverrides: Readonly<Record<string, string>>,
  smallCell = usualSmallCell,
): AuditContext {
  return {
    engine,
    derived,
    asOfDay: window.asOfDay ?? window.toDay - 1,
    window: { fromDay: window.fromDay, toDay: window.toDay, days: window.toDay - window.fromDay },
    seed,
    policy: { screenLevel: 0.9, headlineLevel: 0.95, smallCell, draws: 500 },
    thresholds: {},
    objectiveOverrides,
    filledShare: loaded.filling.share,
    rowCount: loaded.filling.rows,
  };
}
