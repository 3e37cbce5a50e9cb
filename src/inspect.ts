/** The first half of the walk, for looking only: what the program sees in the files, before any audit. */
import { audits } from './audits/index.js';
import { openDuckdb } from './engine/duckdb/engine.js';
import { describeInputs, type InputDescription } from './ingest/describe.js';
import type { FoundFile } from './ingest/discover.js';
import { type Loaded, loadCanonical, openInputs, planMapping } from './ingest/ingest.js';
import type { MappingFile } from './ingest/mapping/schema.js';
import { type FileComments, writeMappingFile } from './ingest/mapping/write.js';
import type { Answers, Plan, Question } from './ingest/plan/plan.js';
import type { Source } from './ingest/source.js';
import { NamedError } from './model/named-error.js';
import { type TableName, tableNamed, tableNames } from './model/tables.js';
import type { DataQualityIssue, EvidenceGrade, TableSummary } from './result/schema.js';

export interface InspectRequest {
  readonly files: readonly FoundFile[];
  readonly mapping: MappingFile | null;
  readonly answers: Answers;
  /** An empty folder for normalised copies and spilled data; the caller removes it. */
  readonly workFolder: string;
  readonly onProgress?: (step: string) => void;
  readonly signal?: AbortSignal;
}

/** What a set of columns would do for one audit. */
interface Gain {
  readonly audit: string;
  /** The audit cannot run without these columns. */
  readonly isNeeded: boolean;
  /** What they add to an audit that runs without them; the audit's question for one that needs them. */
  readonly gain: string;
  /** The evidence grade that they make possible; null where the grade stays. */
  readonly mayReach: EvidenceGrade | null;
}

/** Columns of one table that would answer questions that the files leave open. */
export interface InspectedUnlock {
  readonly table: TableName;
  readonly columns: readonly string[];
  readonly gains: readonly Gain[];
}

export interface Inspection {
  readonly inputs: readonly InputDescription[];
  readonly questions: readonly Question[];
  /** The first thing that only the whole file can show and that stops the analysis; null when nothing does. */
  readonly blockedBy: { readonly name: string; readonly message: string; readonly whatToDo: string } | null;
  readonly tables: readonly TableSummary[];
  readonly issues: readonly DataQualityIssue[];
  readonly unlocks: readonly InspectedUnlock[];
  /** The mapping as YAML, for the user to check and keep; files with an open question are not in it. */
  readonly mappingText: string;
}

/** Opens, maps and loads the files, and says what it saw. @throws NamedError for files that are no tables of text. */
export async function inspect({ files, mapping, answers, workFolder, onProgress, signal }: InspectRequest): Promise<Inspection> {
  const progress = (step: string): void => {
    signal?.throwIfAborted();
    onProgress?.(step);
  };
  const sources = await openInputs(files, workFolder, progress);
  const plan = planMapping(sources, mapping, answers);
  progress('Loading tables');
  const loaded = await tryToLoad(sources, plan, workFolder, signal);
  const inputs = describeInputs(sources, plan);
  const comments: FileComments = new Map(inputs.map(({ file, why }) => [file, why]));
  const isLoaded = !(loaded instanceof NamedError);
  return {
    inputs,
    questions: plan.questions,
    blockedBy: isLoaded ? null : { name: loaded.details.name, message: loaded.details.message, whatToDo: loaded.details.whatToDo },
    tables: isLoaded ? [...loaded.tables] : [],
    issues: isLoaded ? [...loaded.issues] : [],
    unlocks: isLoaded ? unlocksOf(loaded.filling.share) : [],
    mappingText: writeMappingFile(settledMapping(plan), comments),
  };
}

/** Loads the tables in an engine of its own. @returns what was loaded, or the named error that stops an analysis. */
export async function tryToLoad(sources: readonly Source[], plan: Plan, workFolder: string, signal?: AbortSignal): Promise<Loaded | NamedError> {
  const engine = await openDuckdb({ spillFolder: workFolder });
  const interrupt = (): void => engine.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    return await loadCanonical(engine, sources, plan);
  } catch (error) {
    if (error instanceof NamedError) return error;
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await engine.close();
  }
}

/**
 * The mapping of a plan as it is saved. A file that is left out only because a question about it is open is not in it: saved as left
 * out, nobody would be asked again.
 */
export function settledMapping({ mapping, questions }: Plan): MappingFile {
  const open = new Set(questions.filter(({ isBlocking }) => isBlocking).flatMap(({ file }) => [file, ...file.split(', ')]));
  const kept = mapping.files.filter(({ file, ignore }) => ignore === undefined || !open.has(file));
  return { ...mapping, files: kept.map(({ file, fingerprint, ...rest }) => ({ file, ...(fingerprint === undefined ? {} : { fingerprint }), ...rest })) };
}

/**
 * What columns that no file fills would do, those that serve most findings first. An audit that cannot run is listed with what it
 * needs only. A table that no file gives is one entry, with the columns that its rows cannot do without.
 *
 * @param filledShare share of rows in which a column is filled, 0..1.
 */
export function unlocksOf(filledShare: FilledShare): InspectedUnlock[] {
  const found = new Map<string, { table: TableName; columns: Set<string>; gains: Gain[] }>();
  const add = (table: TableName, columns: readonly string[], gain: Gain): void => {
    const missing = columns.filter((column) => filledShare(table, column) === 0);
    if (missing.length === 0) return;
    const isAbsent = tableNamed(table).columns.every(({ name }) => filledShare(table, name) === 0);
    const key = isAbsent ? table : `${table}: ${missing.join(', ')}`;
    const least = isAbsent ? tableNamed(table).columns.filter(({ isRequired }) => isRequired ?? false) : [];
    const entry = found.get(key) ?? { table, columns: new Set(least.map(({ name }) => name)), gains: [] };
    found.set(key, entry);
    for (const column of missing) entry.columns.add(column);
    entry.gains.push(gain);
  };
  for (const { id, question, needs, improves } of audits) {
    const lacks = byTable(needs).filter(([table, columns]) => columns.some((column) => filledShare(table, column) === 0));
    for (const [table, columns] of lacks) add(table, columns, { audit: id, isNeeded: true, gain: question, mayReach: null });
    for (const [table, offers] of lacks.length > 0 ? [] : byTable(improves))
      for (const { columns, gain, mayReach } of offers) add(table, columns, { audit: id, isNeeded: false, gain, mayReach: mayReach ?? null });
  }
  return [...found.values()]
    .map((entry) => ({ ...entry, columns: [...entry.columns], gains: entry.gains.toSorted((a, b) => Number(b.isNeeded) - Number(a.isNeeded)) }))
    .sort((a, b) => weight(b) - weight(a) || (keyOf(a) < keyOf(b) ? -1 : 1));
}

type FilledShare = (table: TableName, column: string) => number;

const keyOf = ({ table, columns }: InspectedUnlock): string => `${table}: ${columns.join(', ')}`;

/** A new answer counts most, then a better grade. */
const weight = ({ gains }: InspectedUnlock): number => gains.reduce((sum, { isNeeded, mayReach }) => sum + (isNeeded ? 100 : mayReach === null ? 1 : 10), 0);

function byTable<Value>(record: Partial<Record<TableName, Value>>): [TableName, Value][] {
  return tableNames.flatMap((table): [TableName, Value][] => {
    const value = record[table];
    return value === undefined ? [] : [[table, value]];
  });
}
