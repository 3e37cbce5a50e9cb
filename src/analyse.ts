/**
 * The spine: files → sources → canonical tables → findings → result. Everything the program knows passes through here once,
 * in this order. Writing files, printing and the clock are the command line's.
 */
import { anonymise } from './anonymise/anonymise.js';
import { namesInTables } from './anonymise/names.js';
import { auditContext } from './audit-context.js';
import type { AuditContext, AuditDefinition } from './audits/audit.js';
import { audits as allAudits, auditWeights, provableTo } from './audits/index.js';
import { keepBack } from './audits/kept-back.js';
import { runAudit } from './audits/run.js';
import { deriveOnDemand } from './derived/derived.js';
import { valueTotalSql } from './derived/value-total.sql.js';
import { describeWindow, type ObservedWindow, observeWindow } from './derived/window.js';
import { openDuckdb } from './engine/duckdb/engine.js';
import type { Engine } from './engine/engine.js';
import { type FoundFile, refusePersonalNames } from './ingest/discover.js';
import { type Loaded, loadCanonical, openInputs, planMapping } from './ingest/ingest.js';
import type { MappingFile } from './ingest/mapping/schema.js';
import type { Answers } from './ingest/plan/plan.js';
import type { RejectedRow } from './ingest/source.js';
import { dayOf, isoDate } from './model/days.js';
import { usualSmallCell } from './model/small-cell.js';
import { type Judgement, judge } from './opinion/judge.js';
import { type Finding, type Result, schemaVersion } from './result/schema.js';
import { version } from './version.js';

export interface AnalyseRequest {
  readonly files: readonly FoundFile[];
  /** The mapping file, already read; null lets the program find roles and columns itself. */
  readonly mapping: MappingFile | null;
  /** What the user said on the command line where evidence cannot settle something. */
  readonly answers?: Answers;
  /** Last day to look at, `YYYY-MM-DD`; null takes the last day on which the files record an event. */
  readonly asOf: string | null;
  /** Audit ids; empty means all. */
  readonly onlyAudits: readonly string[];
  readonly skipAudits: readonly string[];
  readonly seed: number;
  /** Fewest members that a figure may speak of; 10 unless set. */
  readonly smallCell?: number;
  /** Gives neutral names to files, columns, campaigns, sources, shops and all else that the exports name. */
  readonly isAnonymous?: boolean;
  /** An empty folder for normalised copies and spilled data; the caller removes it. */
  readonly workFolder: string;
  readonly threads?: number;
  readonly memoryLimit?: string;
  readonly onProgress?: (step: string) => void;
  readonly signal?: AbortSignal;
}

export interface Analysis {
  readonly result: Result;
  /** Every row that was not loaded, for the quarantine folder. */
  readonly rejected: readonly RejectedRow[];
}

/** Reads the files, runs the audits and judges what they found. @throws NamedError for anything that the user can mend. */
export async function analyse(request: AnalyseRequest): Promise<Analysis> {
  const progress = (step: string): void => {
    request.signal?.throwIfAborted();
    request.onProgress?.(step);
  };
  progress('Scanning files');
  if (!request.isAnonymous) refusePersonalNames(request.files);
  const sources = await openInputs(request.files, request.workFolder, request.isAnonymous ? () => progress('Scanning a file') : progress);
  progress('Mapping columns');
  const plan = planMapping(sources, request.mapping, request.answers);
  const engine = await openDuckdb({ spillFolder: request.workFolder, ...engineLimits(request) });
  const interrupt = (): void => engine.interrupt();
  request.signal?.addEventListener('abort', interrupt);
  try {
    progress('Loading tables');
    const smallCell = request.smallCell ?? usualSmallCell;
    const loaded = await loadCanonical(engine, sources, plan, smallCell);
    await engine.lock();
    const chosenDay = request.asOf ?? plan.mapping.asOf ?? null;
    const window = await observeWindow(engine, chosenDay === null ? undefined : dayOf(chosenDay), loaded.hasMonthPrecision);
    const { valueBasis, filling, responseTypes } = loaded;
    const objectiveOverrides = plan.mapping.objectives ?? {};
    const derived = await deriveOnDemand(engine, { window, valueBasis, hasConsents: filling.rows('consents') > 0, responseTypes, objectiveOverrides });
    const context = auditContext(engine, derived, loaded, window, request.seed, objectiveOverrides, smallCell);
    const findings = await runAudits(engine, chosenAudits(request), context, plan.mapping, progress);
    progress('Judging');
    const [total] = await engine.rows(valueTotalSql(await derived.memberFacts()));
    const judgement = judge(findings, { value: total?.value ?? null, basis: loaded.valueBasis, auditWeights, provableTo });
    const result = resultOf(request, engine, plan.mapping, loaded, window, judgement);
    if (!request.isAnonymous) return { result, rejected: loaded.rejected };
    return anonymise(result, loaded.rejected, await namesInTables(engine, (table, column) => filling.filled(table, column) > 0, smallCell));
  } finally {
    request.signal?.removeEventListener('abort', interrupt);
    await engine.close();
  }
}

export function engineLimits({ threads, memoryLimit }: Pick<AnalyseRequest, 'threads' | 'memoryLimit'>): { threads?: number; memoryLimit?: string } {
  return { ...(threads === undefined ? {} : { threads }), ...(memoryLimit === undefined ? {} : { memoryLimit }) };
}

function chosenAudits({ onlyAudits, skipAudits }: AnalyseRequest): AuditDefinition[] {
  return allAudits.filter(({ id }) => (onlyAudits.length === 0 || onlyAudits.includes(id)) && !skipAudits.includes(id));
}

async function runAudits(
  engine: Engine,
  chosen: readonly AuditDefinition[],
  context: AuditContext,
  mapping: MappingFile,
  progress: (step: string) => void,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const audit of chosen) {
    progress(`Audit: ${audit.id}`);
    const finding = await engine.asking(audit.id, () => runAudit(audit, context, mapping.thresholds ?? {}));
    findings.push(keepBack(finding, audit, context.policy.smallCell));
  }
  return findings;
}

function resultOf(request: AnalyseRequest, engine: Engine, mapping: MappingFile, loaded: Loaded, window: ObservedWindow, judgement: Judgement): Result {
  return {
    schemaVersion,
    tool: { name: 'loyalty-health', version, engine: engine.version },
    asOf: window.asOfDay === null ? null : isoDate(window.asOfDay),
    asOfReason: window.asOfReason,
    window: describeWindow(window),
    seed: request.seed,
    currency: loaded.currency,
    valueBasis: loaded.valueBasis,
    config: { mapping, onlyAudits: [...request.onlyAudits], skipAudits: [...request.skipAudits] },
    inputs: [...loaded.inputs],
    tables: [...loaded.tables],
    coverage: judgement.coverage,
    opinion: judgement.opinion,
    profile: judgement.profile,
    findings: judgement.findings,
    upgrades: judgement.upgrades,
    dataQuality: [...loaded.issues],
    queries: engine.queries().map(({ purpose, uses, statements }) => ({ purpose, uses: [...uses], statements: [...statements] })),
  };
}
