/** Limits on what an archive may become: 0.6 MB of gzip can hold 600 MB of nothing. */
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { NamedError } from '../../../model/named-error.js';

export interface ExpansionLimits {
  /** Bytes that one archive may expand to in all. */
  readonly mostBytes: number;
  /** Expanded bytes to packed ones; real exports stay below 50. */
  readonly highestRatio: number;
  /** Expanded bytes below which the ratio is not looked at: a small table of equal rows packs better than a large real one. */
  readonly ratioFrom: number;
  /** Files in an archive. */
  readonly mostEntries: number;
}

export const expansionLimits: ExpansionLimits = { mostBytes: 68_719_476_736, highestRatio: 200, ratioFrom: 16_777_216, mostEntries: 1_000 };

/** Counts what one archive has become so far. */
export interface Expansion {
  /** @throws NamedError when the archive has become too large. */
  add(bytes: number): void;
}

/** @param packedBytes size of the archive. */
export function startExpansion(file: string, packedBytes: number, limits: ExpansionLimits): Expansion {
  let expanded = 0;
  return {
    add: (bytes) => {
      expanded += bytes;
      if (expanded > limits.mostBytes) {
        throw refusal(
          'archive-too-large',
          file,
          `${file} expands to more than ${limits.mostBytes} bytes.`,
          'Unpack it yourself, and give the files that are needed.',
        );
      }
      if (expanded > limits.ratioFrom && expanded > packedBytes * limits.highestRatio) {
        throw refusal(
          'archive-expands-too-much',
          file,
          `${file} expands to more than ${limits.highestRatio} times its size, which no export does.`,
          'Check where the archive comes from; if it is sound, unpack it yourself and give the files.',
        );
      }
    },
  };
}

/** Writes an expanding stream to a new file. @returns the CRC-32 of what was written. */
export async function writeExpanded(stream: Readable, path: string, expansion: Expansion): Promise<number> {
  let checksum = 0;
  await pipeline(
    stream,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        expansion.add(chunk.length);
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    },
    createWriteStream(path, { flags: 'w', mode: 0o600 }),
  );
  return checksum;
}

export function damagedArchive(file: string): NamedError {
  return refusal('damaged-archive', file, `${file} is damaged or was cut off: it cannot be unpacked.`, 'Export or download it again.');
}

export function refusal(name: string, file: string, message: string, whatToDo: string): NamedError {
  return new NamedError({ name, kind: 'input', message, whatToDo, file });
}

/** Errors of the file system keep their own name; what else goes wrong while unpacking is the archive's fault. */
export function archiveError(error: unknown, file: string): unknown {
  if (error instanceof NamedError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^E[A-Z]+$/.test(code) ? error : damagedArchive(file);
}
