/** Runs one audit: what it needs, what it measured, what that means. The only place where an audit's exception is caught. */
import { type TableName, tableNamed } from '../model/tables.js';
import type { Finding, Measure, Threshold, Unlock } from '../result/schema.js';
import type { AuditContext, AuditDefinition, Measures, Thresholds } from './audit.js';
import { flipsOf } from './threshold-flips.js';

/** Overrides by audit id and threshold id, e.g. from the configuration file. */
export type ThresholdOverrides = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

/** Thresholds and their effective levels, overrides applied. */
function effectiveThresholds(audit: AuditDefinition, overrides: ThresholdOverrides): { printed: Threshold[]; levels: Thresholds } {
  const printed = Object.entries(audit.thresholds).map(([id, definition]): Threshold => {
    const override = overrides[audit.id]?.[id];
    const unit = definition.unit === undefined ? {} : { unit: definition.unit };
    return { id, levels: { ...definition.levels, ...override }, ...unit, source: { ...definition.source }, isOverridden: override !== undefined };
  });
  return { printed, levels: Object.fromEntries(printed.map((threshold) => [threshold.id, threshold.levels])) };
}

/** Columns that the audit needs and that no file fills. */
function missingNeeds(audit: AuditDefinition, context: Pick<AuditContext, 'filledShare'>): Unlock[] {
  return Object.entries(audit.needs).flatMap(([table, columns]) => {
    const missing = (columns ?? []).filter((column) => context.filledShare(table as TableName, column) === 0);
    return missing.length === 0 ? [] : [{ table, columns: missing, gain: `answers “${audit.question}”`, isNeeded: true as const }];
  });
}

/** Optional columns that no file fills, with what they would add. */
function missingImprovements(audit: AuditDefinition, context: Pick<AuditContext, 'filledShare'>): Unlock[] {
  return Object.entries(audit.improves).flatMap(([table, offers]) =>
    (offers ?? []).flatMap(({ columns, gain, mayReach }) => {
      const missing = columns.filter((column) => context.filledShare(table as TableName, column) === 0);
      return missing.length === 0 ? [] : [{ table, columns: missing, gain, ...(mayReach === undefined ? {} : { mayReach }) }];
    }),
  );
}

/** Measures by id. */
export function measuresById(measures: readonly Measure[]): Measures {
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  return {
    get: (id) => byId.get(id),
    value: (id) => {
      const measure = byId.get(id);
      if (measure === undefined) throw new Error(`No measure is called ${id}.`);
      return measure.value;
    },
  };
}

/** @returns the finding; never throws: an audit that fails becomes a finding with status `error` and a reason without data in it. */
export async function runAudit(audit: AuditDefinition, context: AuditContext, overrides: ThresholdOverrides = {}): Promise<Finding> {
  const { printed, levels } = effectiveThresholds(audit, overrides);
  const blank: Finding = {
    id: audit.id,
    category: audit.category,
    problem: audit.problem,
    question: audit.question,
    why: audit.why,
    status: 'notApplicable',
    severity: 'none',
    evidenceGrade: null,
    materialByNature: audit.materialByNature ?? false,
    measures: [],
    thresholds: printed,
    money: null,
    members: null,
    explanation: null,
    rivals: [],
    reason: null,
    caveats: [],
    evidence: [],
    charts: [],
    unlocks: [],
  };
  const needed = missingNeeds(audit, context);
  if (needed.length > 0) return { ...blank, reason: missingSentence(needed), unlocks: needed };
  const unlocks = missingImprovements(audit, context);
  const short = Object.entries(audit.minimum).find(([table, rows]) => context.rowCount(table as TableName) < (rows ?? 0));
  if (short !== undefined) {
    const [table, rows] = short;
    const reason = `The question needs at least ${rows} rows of ${table}; the files hold ${context.rowCount(table as TableName)}.`;
    return { ...blank, status: 'notEnoughData', reason, unlocks };
  }
  try {
    const read = new Set<string>();
    const measured = await audit.measure({ ...context, thresholds: noting(levels, read) });
    const seen = {
      measures: [...measured.measures],
      evidence: [...measured.evidence],
      charts: [...measured.charts],
      caveats: [...(measured.caveats ?? [])],
      unlocks: [...unlocks, ...(measured.unlocks ?? [])],
    };
    if (measured.notApplicable !== undefined) return { ...blank, ...seen, reason: measured.notApplicable };
    if (measured.notEnough !== undefined) return { ...blank, ...seen, status: 'notEnoughData', reason: measured.notEnough };
    const measures = measuresById(measured.measures);
    const verdict = audit.judge(measures, levels);
    return {
      ...blank,
      ...seen,
      ...verdict,
      evidenceGrade: measured.evidenceGrade,
      money: measured.money ?? null,
      members: measured.members ?? null,
      explanation: audit.explain(measures, verdict),
      rivals: [...audit.rivals],
      // A level that the measurement itself has read cannot be moved afterwards.
      thresholds: printed.map((threshold) => {
        const flips = read.has(threshold.id) ? [] : flipsOf(audit, threshold.id, measures, levels);
        return flips.length === 0 ? threshold : { ...threshold, flips };
      }),
    };
  } catch (error) {
    return { ...blank, status: 'error', reason: `The audit stopped with an internal error (${error instanceof Error ? error.name : 'unknown'}).`, unlocks };
  }
}

/** The levels, noting which of them are read. */
function noting(levels: Thresholds, read: Set<string>): Thresholds {
  return new Proxy(levels, {
    get: (target, id, receiver) => {
      if (typeof id === 'string') read.add(id);
      return Reflect.get(target, id, receiver);
    },
  });
}

/** “No file has contacts (member_id, campaign_id: the customer, the campaign).” */
function missingSentence(needed: readonly Unlock[]): string {
  const parts = needed.map(({ table, columns }) => {
    const meanings = columns.map((name) => tableNamed(table as TableName).columns.find((column) => column.name === name)?.meaning ?? name);
    return `${table}: ${columns.map((column, index) => `${column} (${meanings[index]})`).join(', ')}`;
  });
  return `The files do not have what this question needs. Missing: ${parts.join('; ')}.`;
}
