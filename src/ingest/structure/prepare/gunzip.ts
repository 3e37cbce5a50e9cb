/** One gzip file, unpacked. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { readPart } from '../read.js';
import { archiveError, damagedArchive, type ExpansionLimits, startExpansion, writeExpanded } from './expansion.js';

/** @returns the path of the unpacked text. @throws NamedError for a damaged or exploding archive. */
export async function expandGzip(path: string, file: string, index: number, workFolder: string, limits: ExpansionLimits): Promise<string> {
  const copy = join(workFolder, `unpacked-${index}`);
  const { size } = await stat(path);
  const input = createReadStream(path);
  const gunzip = createGunzip();
  input.on('error', (error) => gunzip.destroy(error));
  try {
    await writeExpanded(input.pipe(gunzip), copy, startExpansion(file, size, limits));
  } catch (error) {
    throw archiveError(error, file);
  } finally {
    input.destroy();
  }
  // zlib takes a zero byte behind the last member for padding and drops whatever follows it.
  const rest = await readPart(path, gunzip.bytesWritten, Math.min(size - gunzip.bytesWritten, 65_536));
  if (rest.some((byte) => byte !== 0)) throw damagedArchive(file);
  return copy;
}
