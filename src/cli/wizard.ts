/** The wizard: plans, asks what is open, plans again, until only the user's own file is left to write. */
import { type Loaded, planMapping } from '../ingest/ingest.js';
import type { FileEntry, MappingFile } from '../ingest/mapping/schema.js';
import type { FileComments } from '../ingest/mapping/write.js';
import type { FilePlan, Plan, Question } from '../ingest/plan/plan.js';
import { matchesFile } from '../ingest/plan/plan-mapping.js';
import type { Source } from '../ingest/source.js';
import { settledMapping } from '../inspect.js';
import { NamedError } from '../model/named-error.js';
import type { Asker } from './wizard-asker.js';
import { canAsk, type Settled, settleFile } from './wizard-files.js';
import { settlePlaceholders } from './wizard-placeholders.js';
import { askSettings } from './wizard-settings.js';
import { type SettledValues, settleValues } from './wizard-values.js';

export interface WizardRequest {
  readonly sources: readonly Source[];
  /** The mapping file that is there; its answers are kept. */
  readonly existing: MappingFile | null;
  readonly asker: Asker;
  /** Loads the tables of a plan, for what only whole files can show. */
  load(plan: Plan): Promise<Loaded | NamedError>;
}

export interface WizardAnswers {
  readonly mapping: MappingFile;
  /** What to say above each file's entry. */
  readonly comments: FileComments;
  /** What the wizard has no question for and the user must settle in the file; empty when an analysis can run. */
  readonly open: readonly { readonly message: string; readonly whatToDo: string }[];
}

/** Asks until nothing is open that it can ask. @throws NamedError for a mapping file that does not fit and that the user keeps. */
export async function runWizard(request: WizardRequest): Promise<WizardAnswers> {
  const { sources, existing, asker } = request;
  let mapping = await keepOrDrop(existing ?? { version: 1, files: [] }, sources, asker);
  const settled = new Map<string, string>();
  const asked = new Set<string>();
  const settle = ({ entry, said }: Settled): void => {
    settled.set(entry.file, said);
    mapping = { ...mapping, files: [...mapping.files.filter(({ file }) => file !== entry.file), entry] };
  };
  for (;;) {
    const plan = planMapping(sources, mapping);
    const comments = commentsOf(plan, settled);
    const open = openFile(plan, sources, settled);
    if (open !== null) {
      settle(await settleFile(open.source, open.questions, entryOf(plan, open.source), asker));
      continue;
    }
    const unasked = plan.questions.filter(({ isBlocking }) => isBlocking);
    if (unasked.length > 0) return { mapping: settledMapping(plan), comments, open: unasked };
    const loaded = await request.load(plan);
    const found = await settleLoaded(loaded, plan, request, { settled, asked });
    if (found !== null) {
      mapping = { ...mapping, ...found.settings };
      for (const entry of found.entries) settle({ entry, said: settled.get(entry.file) ?? `${capitalised(reasonIn(plan, entry))}; values as you said` });
      continue;
    }
    if (loaded instanceof NamedError) return { mapping: settledMapping(plan), comments, open: [loaded.details] };
    asker.say('What the files say', plan.files.map((file) => describeFile(file, settled)).join('\n'));
    for (const { file, message, whatToDo } of plan.questions.filter((question) => !canAsk(question))) asker.say(file, `${message}\n${whatToDo}`);
    const settings = await askSettings({ loaded, mapping, asker });
    const { files, ...head } = settledMapping(plan);
    return { mapping: { ...head, ...settings, files }, comments, open: [] };
  }
}

/** Asks what only whole files show; null when nothing is left to ask. Answers in a mapping file that is there are kept. */
async function settleLoaded(
  loaded: Loaded | NamedError,
  plan: Plan,
  { sources, existing, asker }: WizardRequest,
  { settled, asked }: { settled: ReadonlyMap<string, string>; asked: Set<string> },
): Promise<SettledValues | null> {
  if (loaded instanceof NamedError) {
    const key = keyOf(loaded);
    if (asked.has(key)) return null;
    asked.add(key);
    return settleValues(loaded, sources, plan, asker);
  }
  const kept = (existing?.files ?? []).filter(({ file }) => !settled.has(file));
  const isOpen = (file: string): boolean => !kept.some((entry) => matchesFile(entry.file, file));
  const entries = await settlePlaceholders(loaded, { sources, plan, asked, asker, isOpen });
  return entries.length === 0 ? null : { entries, settings: {} };
}

/** One place of one error: asked once, because an answer that changes nothing would be asked for for ever. */
function keyOf({ details }: NamedError): string {
  return [details.name, details.file ?? '', details.column ?? ''].join(':');
}

/** The first file with questions that were not asked yet. */
function openFile({ questions }: Plan, sources: readonly Source[], settled: ReadonlyMap<string, string>): { source: Source; questions: Question[] } | null {
  for (const source of sources) {
    const own = questions.filter((question) => canAsk(question) && (question.file === source.file || question.file.split(', ').includes(source.file)));
    if (own.length > 0 && !settled.has(source.file)) return { source, questions: own };
  }
  return null;
}

function entryOf({ files }: Plan, source: Source): FileEntry {
  const file = files.find(({ index }) => index === source.index);
  if (file === undefined) throw new Error(`The plan says nothing about ${source.file}.`);
  return file.entry;
}

/** An existing mapping is kept file by file; where a header has changed, the difference is named and the user decides. */
async function keepOrDrop(mapping: MappingFile, sources: readonly Source[], asker: Asker): Promise<MappingFile> {
  let kept = mapping;
  for (const source of sources) {
    const entry = kept.files.find(({ file }) => matchesFile(file, source.file));
    if (entry === undefined) continue;
    const { change, error } = changeOf(source, kept);
    if (change === null) continue;
    asker.say(`${source.file} has changed since the mapping was written`, change);
    const isAfresh = await asker.yesOrNo(`Look at ${source.file} afresh, without its old mapping?`, error !== null);
    if (!isAfresh && error !== null) throw error;
    if (isAfresh) kept = { ...kept, files: kept.files.filter((other) => other !== entry) };
  }
  return kept;
}

/** The named differences between a file's header and its entry; an error where the entry no longer fits at all. */
function changeOf(source: Source, mapping: MappingFile): { change: string | null; error: NamedError | null } {
  try {
    const [file] = planMapping([source], mapping).files;
    const changes = file?.headerChanges ?? [];
    return { change: changes.length === 0 ? null : changes.join('\n'), error: null };
  } catch (error) {
    if (error instanceof NamedError && error.details.file === source.file) return { change: error.message, error };
    throw error;
  }
}

function describeFile({ file, leftOut, roleReason, steps, columns, entry }: FilePlan, settled: ReadonlyMap<string, string>): string {
  if (leftOut !== null) return `${file}: left out, ${leftOut}`;
  const used = columns.filter(({ mappedTo }) => mappedTo.length > 0).length;
  const reason = settled.has(entry.file) ? 'as you said' : roleReason;
  return `${file}: ${[...new Set(steps.map(({ table }) => table))].join(', ')}; ${reason}; ${used} of ${columns.length} columns used`;
}

/** Entries that the mapping file had already keep the comments that they have there. */
function commentsOf({ files }: Plan, settled: ReadonlyMap<string, string>): FileComments {
  const found = files.flatMap(({ entry, roleConfidence, roleReason }): [string, string][] => {
    const said = settled.get(entry.file);
    if (said !== undefined) return [[entry.file, said]];
    return roleConfidence === null ? [] : [[entry.file, roleReason]];
  });
  return new Map(found);
}

function reasonIn({ files }: Plan, { file }: FileEntry): string {
  return files.find(({ entry }) => entry.file === file)?.roleReason ?? '';
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
