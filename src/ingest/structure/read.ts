/** Reading a file from its first byte to its last, as UTF-8 chunks, in constant memory. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { ScanPlan } from '../source.js';
import { createTranscoder, markLength } from './encoding.js';
import { createScanner, type NewlineCounts, type ScannedRecord } from './scan.js';

const chunkBytes = 1_048_576;

/** Fills the buffer as far as the file goes, so that chunks are cut at the same places in every run. */
async function fill(handle: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

async function withFile<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r');
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

/** @returns up to `bytes` raw bytes from `position`. */
export async function readPart(path: string, position: number, bytes: number): Promise<Buffer> {
  return await withFile(path, async (handle) => {
    const buffer = Buffer.allocUnsafe(bytes);
    return buffer.subarray(0, await fill(handle, buffer, position));
  });
}

/** Calls `use` for each raw chunk; the next one is read while it is used. The buffer is used again: copy what is to be kept. */
export async function eachChunk(path: string, use: (chunk: Buffer) => void | Promise<void>): Promise<number> {
  return await withFile(path, async (handle) => {
    let current = Buffer.allocUnsafe(chunkBytes);
    let spare = Buffer.allocUnsafe(chunkBytes);
    let position = 0;
    let filled = await fill(handle, current, position);
    while (filled > 0) {
      position += filled;
      const next = fill(handle, spare, position);
      try {
        await use(current.subarray(0, filled));
      } finally {
        filled = await next;
      }
      [current, spare] = [spare, current];
    }
    return position;
  });
}

export interface Walked {
  readonly bytes: number;
  readonly sha256: string;
  readonly newlines: NewlineCounts;
}

/**
 * Scans a file under a plan, hashing its raw bytes on the way.
 * @param visit called once a record. @param afterChunk called between chunks, for a visitor that writes.
 */
export async function walkRecords(
  path: string,
  plan: ScanPlan,
  visit: (record: ScannedRecord) => void,
  afterChunk: () => Promise<void> = async () => {},
): Promise<Walked> {
  const { encoding, hasByteOrderMark, delimiter, newline } = plan.dialect;
  const hash = createHash('sha256');
  const transcoder = createTranscoder(encoding);
  const scanner = createScanner({ delimiter, newline, linesAreRecords: plan.linesAreRecords }, visit);
  let mark = hasByteOrderMark ? markLength(encoding) : 0;
  const bytes = await eachChunk(path, async (chunk) => {
    hash.update(chunk);
    scanner.push(transcoder.convert(chunk.subarray(mark)));
    mark = 0;
    await afterChunk();
  });
  scanner.push(transcoder.end());
  scanner.finish();
  await afterChunk();
  return { bytes, sha256: hash.digest('hex'), newlines: scanner.newlines };
}
