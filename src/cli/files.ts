/** Output that is never torn: written to a temporary name beside its place, flushed, then renamed. */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NamedError } from '../model/named-error.js';

const temporaryEnding = '.loyalty-health-part';

export interface OutputFile {
  /** Relative to the output folder, with forward slashes. */
  readonly name: string;
  readonly text: string;
}

export interface WrittenFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes all files into the folder, whole or not at all each; leftovers of an interrupted run are swept first.
 * @throws NamedError when the folder cannot be written.
 */
export async function writeOutput(folder: string, files: readonly OutputFile[]): Promise<WrittenFile[]> {
  try {
    await sweep(folder);
    const written: WrittenFile[] = [];
    for (const file of files) written.push(await writeWhole(folder, file));
    return written;
  } catch (error) {
    throw cannotWrite(error);
  }
}

/** Removes what an earlier run left in folders that this run has filled anew, after the new files are in place. */
export async function removeStale(folder: string, subfolders: readonly string[], written: readonly WrittenFile[]): Promise<void> {
  const kept = new Set(written.map(({ file }) => file));
  for (const name of subfolders) {
    const entries = await readdir(join(folder, name)).catch(() => []);
    for (const entry of entries) if (!kept.has(`${name}/${entry}`)) await rm(join(folder, name, entry), { recursive: true, force: true });
    if (![...kept].some((file) => file.startsWith(`${name}/`))) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function writeWhole(folder: string, { name, text }: OutputFile): Promise<WrittenFile> {
  const path = join(folder, ...name.split('/'));
  const bytes = Buffer.from(text, 'utf8');
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path + temporaryEnding, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(path + temporaryEnding, path);
  return { file: name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function sweep(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  for (const entry of entries) if (entry.endsWith(temporaryEnding)) await rm(join(folder, entry), { force: true });
}

function cannotWrite(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Record<string, string> = {
    ENOSPC: 'The disk is full.',
    EACCES: 'The folder may not be written.',
    EROFS: 'The disk is read-only.',
    ENOTDIR: 'A file stands where the folder should be.',
    EEXIST: 'A file stands where the folder should be.',
    EISDIR: 'A folder stands where a file should be.',
  };
  const reason = reasons[code];
  if (reason === undefined) return error;
  return new NamedError({
    name: 'output-not-written',
    kind: 'usage',
    message: `${reason} What was there before is unchanged, apart from files already replaced whole.`,
    whatToDo: 'Make room, or give another folder with --output-path.',
  });
}
