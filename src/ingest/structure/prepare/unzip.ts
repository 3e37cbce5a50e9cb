/** The exports in a zip archive. Names inside it are shown and never used as paths. */
import { join } from 'node:path';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { isReadableName } from '../../discover.js';
import { alreadyPacked, workbook } from '../refuse.js';
import { archiveError, damagedArchive, type Expansion, type ExpansionLimits, refusal, startExpansion, writeExpanded } from './expansion.js';

interface UnpackedFile {
  readonly path: string;
  readonly file: string;
}

const encryptedFlag = 1;
const symbolicLink = 0xa000;
const knownMethods: ReadonlySet<number> = new Set([0, 8]);

/**
 * @returns the tables in the archive as `archive.zip/name.csv`, sorted by name; other files in it are left alone, as in a folder.
 * @throws NamedError for an archive that is damaged, encrypted, nested, unsafe, exploding or without exports.
 */
export async function expandZip(path: string, file: string, firstIndex: number, workFolder: string, limits: ExpansionLimits): Promise<UnpackedFile[]> {
  const archive = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw archiveError(error, file);
  });
  try {
    const entries = await entriesOf(archive, file, limits);
    const expansion = startExpansion(file, archive.fileSize, limits);
    const unpacked: UnpackedFile[] = [];
    for (const [position, entry] of entries.entries()) {
      const copy = join(workFolder, `unpacked-${firstIndex + position}`);
      await expandEntry(archive, entry, copy, expansion, file);
      unpacked.push({ path: copy, file: `${file}/${entry.fileName}` });
    }
    return unpacked;
  } catch (error) {
    throw archiveError(isUnsafeName(error) ? unsafeEntry(file) : error, file);
  } finally {
    archive.close();
  }
}

/** The entries to read, sorted by name. */
async function entriesOf(archive: ZipFile, file: string, limits: ExpansionLimits): Promise<Entry[]> {
  if (archive.entryCount > limits.mostEntries) {
    const message = `${file} holds more than ${limits.mostEntries} files.`;
    throw refusal('archive-too-large', file, message, 'Unpack it yourself, and give the files that are needed.');
  }
  const entries: Entry[] = [];
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName === '[Content_Types].xml') throw workbook(file);
    if (!isHidden(entry.fileName) && isReadableName(entry.fileName)) entries.push(entry);
  }
  for (const entry of entries) requireReadable(entry, file);
  if (entries.length === 0) {
    throw refusal('archive-without-exports', file, `${file} holds no export that this program reads.`, 'Pack CSV files, or leave the archive out.');
  }
  entries.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  const again = entries.find((entry, position) => entry.fileName === entries[position + 1]?.fileName);
  if (again !== undefined) {
    throw refusal('repeated-archive-entry', file, `${file} holds two files of the same name.`, 'Unpack it yourself, and give the file that counts.');
  }
  return entries;
}

/** Dot files, and the copies of attributes that macOS packs along: they end in .csv too. */
const isHidden = (name: string): boolean => name.endsWith('/') || name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

function requireReadable(entry: Entry, file: string): void {
  const shown = `${file}/${entry.fileName}`;
  if ((entry.generalPurposeBitFlag & encryptedFlag) !== 0) {
    throw refusal('encrypted-archive', file, `${shown} is encrypted.`, 'Unpack the archive with its password, and give the files.');
  }
  if (/\.(?:zip|gz)$/i.test(entry.fileName)) throw alreadyPacked(shown);
  if (((entry.externalFileAttributes >>> 16) & 0xf000) === symbolicLink) throw unsafeEntry(file);
  if (!knownMethods.has(entry.compressionMethod)) {
    const whatToDo = 'Unpack the archive yourself and give the files, or pack it anew with the usual “deflate”.';
    throw refusal('unsupported-compression', file, `${shown} is compressed by a method that this program does not read.`, whatToDo);
  }
}

async function expandEntry(archive: ZipFile, entry: Entry, copy: string, expansion: Expansion, file: string): Promise<void> {
  const stream = await archive.openReadStreamPromise(entry);
  const checksum = await writeExpanded(stream, copy, expansion);
  if (checksum !== entry.crc32) throw damagedArchive(file);
}

/** yauzl checks every name as it reads the directory, and says so by its message only. */
const isUnsafeName = (error: unknown): boolean =>
  error instanceof Error && /^(?:absolute path|invalid relative path|invalid characters in fileName)/.test(error.message);

function unsafeEntry(file: string): ReturnType<typeof refusal> {
  const message = `${file} holds a file whose place is outside the archive.`;
  return refusal('unsafe-archive-entry', file, message, 'Check where the archive comes from; no export is packed like this.');
}
