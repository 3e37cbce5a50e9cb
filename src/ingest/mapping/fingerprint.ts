import { createHash } from 'node:crypto';

/** @returns the SHA-256 of the header cells, so that next month's export with the same header needs no question. */
export function fingerprintOf(header: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(header)).digest('hex');
}
