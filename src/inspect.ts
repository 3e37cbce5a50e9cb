/** The first half of the walk, for looking only: what the program sees in the files, before any audit. */
import { audits } from './audits/index.js';
import { missingImprovements, missingNeeds } from './audits/run.js';
import { openDuckdb } from './engine/duckdb/engine.js';
import { describeInputs, type InputDescription } from './ingest/describe.js';
import type { FoundFile } from './ingest/discover.js';
import { type Loaded, loadCanonical, openInputs, planMapping } from './ingest/ingest.js';
import type { MappingFile } from './ingest/mapping/schema.js';
import { type FileComments, writeMappingFile } from './ingest/mapping/write.js';
import type { Answers, Question } from './ingest/plan/plan.js';
import type { Source } from './ingest/source.js';
import { NamedError } from './model/named-error.js';
import type { DataQualityIssue, TableSummary } from './result/schema.js';

export interface InspectRequest {
  readonly files: readonly FoundFile[];
  readonly mapping: MappingFile | null;
  readonly answers: Answers;
  /** An empty folder for normalised copies and spilled data; the caller removes it. */
  readonly workFolder: string;
  readonly onProgress?: (step: string) => void;
}

/** Columns of one table that would answer questions that the files leave open. */
interface InspectedUnlock {
  readonly table: string;
  readonly columns: readonly string[];
  /** Audits that could not run without them. */
  readonly audits: readonly string[];
  /** What they would add to audits that can run. */
  readonly gains: readonly string[];
}

export interface Inspection {
  readonly inputs: readonly InputDescription[];
  readonly questions: readonly Question[];
  /** The first thing that only the whole file can show and that stops the analysis; null when nothing does. */
  readonly blockedBy: { readonly name: string; readonly message: string; readonly whatToDo: string } | null;
  readonly tables: readonly TableSummary[];
  readonly issues: readonly DataQualityIssue[];
  readonly unlocks: readonly InspectedUnlock[];
  /** The mapping as YAML, for the user to check and keep. */
  readonly mappingText: string;
}

/** Opens, maps and loads the files, and says what it saw. @throws NamedError for files that are no tables of text. */
export async function inspect({ files, mapping, answers, workFolder, onProgress }: InspectRequest): Promise<Inspection> {
  const sources = await openInputs(files, workFolder, onProgress);
  const plan = planMapping(sources, mapping, answers);
  onProgress?.('Loading tables');
  const loaded = await tryToLoad(sources, plan, workFolder);
  const inputs = describeInputs(sources, plan);
  const comments: FileComments = new Map(inputs.map(({ file, why }) => [file, why]));
  const isLoaded = !(loaded instanceof NamedError);
  return {
    inputs,
    questions: plan.questions,
    blockedBy: isLoaded ? null : { name: loaded.details.name, message: loaded.details.message, whatToDo: loaded.details.whatToDo },
    tables: isLoaded ? [...loaded.tables] : [],
    issues: isLoaded ? [...loaded.issues] : [],
    unlocks: isLoaded ? unlocksOf(loaded) : [],
    mappingText: writeMappingFile(plan.mapping, comments),
  };
}

async function tryToLoad(sources: readonly Source[], plan: ReturnType<typeof planMapping>, workFolder: string): Promise<Loaded | NamedError> {
  const engine = await openDuckdb({ spillFolder: workFolder });
  try {
    return await loadCanonical(engine, sources, plan);
  } catch (error) {
    if (error instanceof NamedError) return error;
    throw error;
  } finally {
    await engine.close();
  }
}

function unlocksOf({ filling }: Loaded): InspectedUnlock[] {
  const context = { filledShare: filling.share };
  const found = new Map<string, { table: string; columns: readonly string[]; audits: Set<string>; gains: Set<string> }>();
  const entryFor = (table: string, columns: readonly string[]) => {
    const key = `${table}: ${columns.join(', ')}`;
    const entry = found.get(key) ?? { table, columns, audits: new Set<string>(), gains: new Set<string>() };
    found.set(key, entry);
    return entry;
  };
  for (const audit of audits) {
    const needed = missingNeeds(audit, context);
    for (const { table, columns } of needed) entryFor(table, columns).audits.add(audit.id);
    if (needed.length > 0) continue;
    for (const { table, columns, gain } of missingImprovements(audit, context)) entryFor(table, columns).gains.add(gain);
  }
  return [...found.values()]
    .map((entry) => ({ ...entry, audits: [...entry.audits], gains: [...entry.gains] }))
    .sort((a, b) => b.audits.length - a.audits.length || b.gains.length - a.gains.length || (`${a.table}${a.columns}` < `${b.table}${b.columns}` ? -1 : 1));
}
