/** A copy that holds only the sound rows, as UTF-8 with one kind of newline: what the engine cannot misread. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScanPlan } from '../source.js';
import { createClassifier } from './classify.js';
import { walkRecords } from './read.js';

/** @returns the path of the copy in `workFolder`. */
export async function writeSoundRows(path: string, plan: ScanPlan, index: number, workFolder: string): Promise<string> {
  const copy = join(workFolder, `source-${index}.csv`);
  const classifier = createClassifier(plan);
  const handle = await open(copy, 'w', 0o600);
  let out = Buffer.allocUnsafe(65_536);
  // A header of our own: without one, a first value that begins with U+FEFF would be taken for a byte-order mark.
  const header = Array.from({ length: plan.columns }, (_, column) => `c${column}`).join(plan.dialect.delimiter);
  let used = out.write(`${header}\n`);
  try {
    await walkRecords(
      path,
      plan,
      (record) => {
        if (classifier.classify(record).kind !== 'sound') return;
        const length = record.end - record.start;
        if (used + length + 1 > out.length) out = Buffer.concat([out.subarray(0, used)], 2 * (used + length + 1));
        record.bytes.copy(out, used, record.start, record.end);
        out[used + length] = 0x0a;
        used += length + 1;
      },
      async () => {
        let written = 0;
        while (written < used) written += (await handle.write(out, written, used - written)).bytesWritten;
        used = 0;
      },
    );
  } finally {
    await handle.close();
  }
  return copy;
}
