/** Which mapping file counts: the one named, else `loyalty.yaml` beside the exports, else none. */
import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { FoundFile } from '../ingest/discover.js';
import { readMappingFile } from '../ingest/mapping/file.js';
import type { MappingFile } from '../ingest/mapping/schema.js';

export interface ChosenMapping {
  readonly mapping: MappingFile | null;
  /** The file that it came from, as shown to the user. */
  readonly from: string | null;
}

export async function chooseMapping(files: readonly FoundFile[], named: string | undefined): Promise<ChosenMapping> {
  if (named !== undefined) return { mapping: await readMappingFile(resolve(named)), from: named };
  const beside = join(baseFolder(files), 'loyalty.yaml');
  const isThere = await access(beside).then(
    () => true,
    () => false,
  );
  return isThere ? { mapping: await readMappingFile(beside), from: 'loyalty.yaml' } : { mapping: null, from: null };
}

/** The folder that the names of the files are relative to. */
export function baseFolder([first]: readonly FoundFile[]): string {
  if (first === undefined) return '.';
  const depth = first.file.split('/').length;
  return Array.from({ length: depth }).reduce<string>((path) => dirname(path), first.path);
}
