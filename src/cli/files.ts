/** Output that is never torn: written to temporary names beside their places, flushed, and renamed when all of them are there. */
import { createHash } from 'node:crypto';
import { lstat, mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { NamedError } from '../model/named-error.js';

const temporaryEnding = '.loyalty-health-part';

export interface OutputFile {
  /** Relative to the output folder, with forward slashes. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface WrittenFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes all files into the folder, in their order; leftovers of an interrupted run are swept first. No file takes its place before
 * there was room for all of them, so that a full disk leaves what was there as it was.
 * @throws NamedError when the folder cannot be written.
 */
export async function writeOutput(folder: string, files: readonly OutputFile[]): Promise<WrittenFile[]> {
  try {
    await sweep(folder);
    for (const file of files) await writeAside(folder, file);
    for (const { name } of files) await rename(pathOf(folder, name) + temporaryEnding, pathOf(folder, name));
    return described(files);
  } catch (error) {
    await sweep(folder).catch(() => undefined);
    throw cannotWrite(error);
  }
}

/** What the files are once they are written. */
export function described(files: readonly OutputFile[]): WrittenFile[] {
  return files.map(({ name, content }) => {
    const bytes = Buffer.from(content);
    return { file: name, bytes: bytes.length, sha256: sha256Of(bytes) };
  });
}

/** Subfolders of an output folder whose files come and go from run to run. */
const filledFolders = ['evidence', 'quarantine', 'charts', 'queries'];

/**
 * Looks at an output folder before anything is written.
 * @returns the files that the last run wrote there, by its manifest; empty for a new folder.
 * @throws NamedError when a subfolder is a link: files behind it belong to somebody else.
 */
export async function readEarlierOutput(folder: string): Promise<WrittenFile[]> {
  for (const name of filledFolders) {
    const entry = await lstat(join(folder, name)).catch(() => null);
    if (entry !== null && !entry.isDirectory()) throw outputNotWritten(`${name} in the output folder is a link or a file, not a folder.`);
  }
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    return earlierManifest.parse(manifest).outputs;
  } catch {
    return [];
  }
}

/** What a manifest has to look like for its files to be removed. */
const earlierManifest = z.object({
  tool: z.object({ name: z.literal('loyalty-health') }),
  outputs: z.array(z.object({ file: z.string(), bytes: z.number(), sha256: z.string() })),
});

/**
 * Removes evidence, quarantine, charts and queries of the last run that this run did not write anew, after the new files are in place. A file that
 * the manifest does not list, or that was changed since, is the user's and stays.
 */
export async function removeStale(folder: string, earlier: readonly WrittenFile[], written: readonly WrittenFile[]): Promise<void> {
  const kept = new Set(written.map(({ file }) => file));
  for (const { file, sha256 } of earlier) {
    const [subfolder = '', name = '', ...deeper] = file.split('/');
    if (kept.has(file) || !filledFolders.includes(subfolder) || deeper.length > 0 || name.startsWith('.')) continue;
    const path = join(folder, subfolder, name);
    const bytes = (await lstat(path).catch(() => null))?.isFile() ? await readFile(path) : null;
    if (bytes !== null && sha256Of(bytes) === sha256) await rm(path);
  }
  for (const name of filledFolders) await rmdir(join(folder, name)).catch(() => undefined);
}

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const pathOf = (folder: string, name: string): string => join(folder, ...name.split('/'));

async function writeAside(folder: string, { name, content }: OutputFile): Promise<void> {
  const path = pathOf(folder, name);
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path + temporaryEnding, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sweep(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  for (const entry of entries) if (entry.endsWith(temporaryEnding)) await rm(join(folder, entry), { force: true });
}

function cannotWrite(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons: Record<string, string> = {
    ENOSPC: 'The disk is full.',
    EDQUOT: 'The quota of the disk is used up.',
    EFBIG: 'A file would be larger than the system allows.',
    EIO: 'The disk failed.',
    EACCES: 'The folder may not be written.',
    EROFS: 'The disk is read-only.',
    ENOTDIR: 'A file stands where the folder should be.',
    EEXIST: 'A file stands where the folder should be.',
    EISDIR: 'A folder stands where a file should be.',
    ENAMETOOLONG: 'The name of the folder is too long.',
    ENOENT: 'The folder cannot be made.',
    EPERM: 'The folder may not be written.',
    ELOOP: 'The folder is a link that leads back to itself.',
    EINVAL: 'The name of the folder is not valid.',
  };
  const reason = reasons[code];
  return reason === undefined ? error : outputNotWritten(reason);
}

function outputNotWritten(reason: string): NamedError {
  return new NamedError({
    name: 'output-not-written',
    kind: 'usage',
    message: `${reason} What was there before is unchanged, apart from files already replaced whole.`,
    whatToDo: 'Make room, or give another folder with --output-path.',
  });
}
