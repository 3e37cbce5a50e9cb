/** A Parquet file as text: the engine reads it, every value becomes the text that it stands for. */
import { join } from 'node:path';
import { convertParquet } from '../../../engine/duckdb/parquet.js';
import type { ConvertedText } from './converted.js';
import { refusal } from './expansion.js';

/** @throws NamedError for a file that the engine cannot read: damaged, encrypted, or with bytes that are no text. */
export async function parquetToText(path: string, file: string, index: number, workFolder: string): Promise<ConvertedText> {
  const copy = join(workFolder, `converted-${index}`);
  const written = await convertParquet(path, copy, workFolder);
  if (written === null) {
    throw refusal(
      'unreadable-parquet',
      file,
      `${file} is a Parquet file that cannot be read: damaged, encrypted, or with bytes that are no text.`,
      'Write it again, or export it as CSV.',
    );
  }
  return { path: copy, written };
}
