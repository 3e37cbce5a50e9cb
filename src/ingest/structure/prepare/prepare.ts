/** What is given may be packed or in another form: this makes plain text of it, in the work folder, before the scanner sees it. */
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { eachChunk, readPart } from '../read.js';
import { alreadyPacked, refuseTapeArchive, statFile, unreadable } from '../refuse.js';
import { type ExpansionLimits, expansionLimits } from './expansion.js';
import { expandGzip } from './gunzip.js';
import { jsonLinesToText } from './json-lines.js';
import { parquetToText } from './parquet.js';
import { judgeSpaces, spacesToTabs, uncertainDelimiter } from './spaces.js';
import { expandZip } from './unzip.js';

/** A file as it was given, or one of those packed into it. */
interface PackedFile {
  readonly path: string;
  readonly file: string;
  /** Size and hash of what was given; null where `path` is that itself. */
  readonly given: { readonly bytes: number; readonly sha256: string } | null;
}

/** How the text came about. In `parquet` and `json-lines` each record is one line, whatever its text holds. */
export type SourceForm = 'text' | 'spaced-text' | 'parquet' | 'json-lines';

/** What `openSource` must know of a text that is not the given file itself. */
export interface PreparedFile extends PackedFile {
  readonly form: SourceForm;
  /** Columns and records that the conversion wrote: the scanner must find as many. */
  readonly written: { readonly columns: number; readonly records: number } | null;
}

const gzipMagic = '\u001f\u008b';
const zipMagics = ['PK\u0003\u0004', 'PK\u0005\u0006'];
const headBytes = 262_144;

const isZip = (start: string): boolean => zipMagics.some((magic) => start.startsWith(magic));

/**
 * @param path absolute. @param file the name to show. @param firstIndex position of the first resulting input.
 * @param workFolder where copies are made; the caller removes it.
 * @returns one entry a table, those of an archive as `archive.zip/name.csv`, sorted by name.
 * @throws NamedError of kind `input` for an archive that is damaged, encrypted, nested, too large or unsafe, and for what cannot be converted.
 */
export async function prepareFile(
  path: string,
  file: string,
  firstIndex: number,
  workFolder: string,
  limits: ExpansionLimits = expansionLimits,
): Promise<PreparedFile[]> {
  await statFile(path, file);
  try {
    const unpacked = await unpack(path, file, firstIndex, workFolder, limits);
    const prepared: PreparedFile[] = [];
    for (const [position, entry] of unpacked.entries()) prepared.push(await convert(entry, firstIndex + position, workFolder));
    return prepared;
  } catch (error) {
    throw unreadable(error, file);
  }
}

async function unpack(path: string, file: string, firstIndex: number, workFolder: string, limits: ExpansionLimits): Promise<PackedFile[]> {
  const start = await startOf(path);
  if (!start.startsWith(gzipMagic) && !isZip(start)) return [{ path, file, given: null }];
  const given = await hashOf(path);
  if (isZip(start)) return (await expandZip(path, file, firstIndex, workFolder, limits)).map((entry) => ({ ...entry, given }));
  return [{ path: await expandGzip(path, file, firstIndex, workFolder, limits), file, given }];
}

async function startOf(path: string): Promise<string> {
  return (await readPart(path, 0, 16)).toString('latin1');
}

async function hashOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const bytes = await eachChunk(path, (chunk) => {
    hash.update(chunk);
  });
  return { bytes, sha256: hash.digest('hex') };
}

async function convert(entry: PackedFile, index: number, workFolder: string): Promise<PreparedFile> {
  const { path, file } = entry;
  const head = await readPart(path, 0, headBytes);
  const start = head.toString('latin1', 0, 16);
  if (entry.given !== null && (start.startsWith(gzipMagic) || isZip(start))) throw alreadyPacked(file);
  refuseTapeArchive(head, file);
  const given = entry.given ?? null;
  const hashed = async (): Promise<PackedFile['given']> => given ?? (await hashOf(path));
  if (start.startsWith('PAR1')) {
    const copy = await parquetToText(path, file, index, workFolder);
    return { path: copy.path, file, given: await hashed(), form: 'parquet', written: copy.written };
  }
  if (isJsonLines(file)) {
    const copy = await jsonLinesToText(path, file, index, workFolder);
    return { path: copy.path, file, given: await hashed(), form: 'json-lines', written: copy.written };
  }
  const spaces = judgeSpaces(head);
  if (spaces === 'uncertain') throw uncertainDelimiter(file, 1);
  if (spaces === 'none') return { ...entry, form: 'text', written: null };
  return { path: await spacesToTabs(path, file, index, workFolder), file, given: await hashed(), form: 'spaced-text', written: null };
}

/** By its name: a JSON document of another kind looks the same at first. */
function isJsonLines(file: string): boolean {
  const name = file.toLowerCase().replace(/\.gz$/, '');
  return ['.ndjson', '.jsonl'].includes(extname(name));
}
