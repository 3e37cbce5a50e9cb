/** The wizard's questions about values that may stand for “not known”: they are found by the checks of data quality, never guessed. */
import type { Loaded } from '../ingest/ingest.js';
import type { FileEntry } from '../ingest/mapping/schema.js';
import type { Plan } from '../ingest/plan/plan.js';
import type { Source } from '../ingest/source.js';
import type { Asker } from './wizard-asker.js';

interface Placeholder {
  readonly file: string;
  /** As it is written in the file. */
  readonly word: string;
  readonly columns: Set<string>;
}

/**
 * @param isOpen whether a file's entry may still change: answers in a mapping file that is there are kept.
 * @param asked what was asked before; added to.
 * @returns the entries in which a word now means an empty cell.
 */
export async function settlePlaceholders(
  { issues }: Loaded,
  { sources, plan, asked, asker, isOpen }: { sources: readonly Source[]; plan: Plan; asked: Set<string>; asker: Asker; isOpen(file: string): boolean },
): Promise<FileEntry[]> {
  const entries = new Map<string, FileEntry>();
  for (const { file, word, columns } of placeholdersIn(issues, sources)) {
    const key = `${file}: ${word}`;
    const entry = entries.get(file) ?? plan.files.find((planned) => planned.file === file)?.entry;
    if (entry === undefined || asked.has(key) || !isOpen(file)) continue;
    asked.add(key);
    const answer = await asker.one(`What does “${word}” mean in ${file} (${[...columns].join(', ')})?`, [
      { value: 'empty', label: 'nothing is known: treat it as an empty cell' },
      { value: 'value', label: 'it is a value like any other' },
    ]);
    if (answer === 'empty') entries.set(file, { ...entry, empty: [...(entry.empty ?? []), word] });
  }
  return [...entries.values()];
}

function placeholdersIn(issues: Loaded['issues'], sources: readonly Source[]): Placeholder[] {
  const found = new Map<string, Placeholder>();
  for (const { type, file, values } of issues) {
    const source = sources.find((candidate) => candidate.file === file);
    if (source === undefined || (type !== 'placeholder-words' && type !== 'placeholder-values')) continue;
    const column = String(values.column);
    const words = type === 'placeholder-words' ? String(values.words).split('”, “') : asWritten(source, column, values.value);
    for (const word of words) {
      const key = `${source.file}: ${word}`;
      const known = found.get(key) ?? { file: source.file, word, columns: new Set<string>() };
      known.columns.add(column);
      found.set(key, known);
    }
  }
  return [...found.values()];
}

/** How the sample writes a number; a date, or a number that the sample does not show, is left to the user. */
function asWritten(source: Source, column: string, value: string | number | undefined): string[] {
  const at = source.header.indexOf(column);
  const cells = source.sample.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '' && Number(cell) === value);
  return [...new Set(cells)];
}
