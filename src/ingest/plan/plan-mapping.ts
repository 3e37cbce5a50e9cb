/** From sources to a plan: what a mapping file says first, detection for the rest. Pure: nothing is read here. */
import { NamedError } from '../../model/named-error.js';
import { detectFiles } from '../detect/detect.js';
import { fingerprintOf } from '../mapping/fingerprint.js';
import type { FileEntry, MappingFile } from '../mapping/schema.js';
import type { Source } from '../source.js';
import type { Answers, FilePlan, Plan } from './plan.js';
import { resolveEntry } from './resolve.js';

/**
 * @param mapping the mapping file, or null to let the evidence speak. Files that it does not name are left to detection.
 * @param answers what the user said on the command line.
 * @throws NamedError of kind `config` when the mapping does not fit the files.
 */
export function planMapping(sources: readonly Source[], mapping: MappingFile | null, answers: Answers = {}): Plan {
  const entries = mapping?.files ?? [];
  requireUse(entries, sources);
  requireFiles(Object.keys(answers.roles ?? {}), sources);
  const named = new Map<number, FileEntry>();
  for (const source of sources) {
    // A flag beats the file: a role that is given on the command line takes the place of the entry.
    if (answers.roles?.[source.file] !== undefined) continue;
    const entry = entries.find((candidate) => matchesFile(candidate.file, source.file));
    if (entry !== undefined) named.set(source.index, entry);
  }
  const detected = detectFiles(
    sources.filter((source) => !named.has(source.index)),
    sources,
    answers,
  );
  const files = sources.map((source): FilePlan => {
    const entry = named.get(source.index);
    if (entry !== undefined) return resolveEntry(entry, source, { reason: 'set in the mapping file', confidence: null }, null);
    const found = detected.files.get(source.index);
    if (found === undefined) throw new Error(`Detection said nothing about ${source.file}.`);
    return resolveEntry(found.entry, source, found.role, found.notes);
  });
  const { files: _entries, ...settings } = mapping ?? { version: 1 as const, files: [] };
  const population = answers.population === undefined ? {} : { population: answers.population };
  return { files, questions: detected.questions, mapping: { ...settings, ...population, files: savedEntries(entries, named, files, sources) }, answers };
}

/** The given entries, then those of files that detection found; a fingerprint follows the header where an entry names one file. */
function savedEntries(
  entries: readonly FileEntry[],
  named: ReadonlyMap<number, FileEntry>,
  files: readonly FilePlan[],
  sources: readonly Source[],
): FileEntry[] {
  const given = entries.map((entry) => {
    const [only, ...others] = sources.filter((source) => named.get(source.index) === entry);
    return only === undefined || others.length > 0 ? entry : { ...entry, fingerprint: fingerprintOf(only.header) };
  });
  const found = files.filter(({ index }) => !named.has(index)).map(({ entry }) => entry);
  // What a flag has overruled must come first: of several entries that fit a file, the first counts.
  const overruling = found.filter(({ file }) => entries.some((entry) => matchesFile(entry.file, file)));
  const others = found.filter((entry) => !overruling.includes(entry));
  return [...overruling, ...given.filter(({ file }) => !overruling.some((entry) => entry.file === file)), ...others];
}

/** `transactions_*.csv` matches by name in any folder; without a star the name must be the file's, or its last part. */
export function matchesFile(pattern: string, file: string): boolean {
  const name = pattern.includes('/') ? file : (file.split('/').at(-1) ?? file);
  const pieces = pattern.split('*');
  const [first = ''] = pieces;
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= name.length - last.length;
}

function requireFiles(named: readonly string[], sources: readonly Source[]): void {
  const unknown = named.find((file) => !sources.some((source) => source.file === file));
  if (unknown === undefined) return;
  throw new NamedError({
    name: 'unknown-file',
    kind: 'usage',
    message: `--role names a file “${unknown}” that was not given.`,
    whatToDo: `The files are ${sources.map(({ file }) => file).join(', ')}.`,
  });
}

/** A mapping that names no file at all that is there is for another folder: better said than silently unused. */
function requireUse(entries: readonly FileEntry[], sources: readonly Source[]): void {
  if (entries.length === 0 || sources.some((source) => entries.some((entry) => matchesFile(entry.file, source.file)))) return;
  throw new NamedError({
    name: 'mapping-matches-nothing',
    kind: 'config',
    message: 'The mapping file names none of the files that were given.',
    whatToDo: `It names ${entries.map((entry) => entry.file).join(', ')}; correct “file” there, or leave --mapping out.`,
  });
}
