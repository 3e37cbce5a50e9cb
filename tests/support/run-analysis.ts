/** Runs the whole analysis in this process, as the command line does, and removes its temporary files. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Analysis, analyse } from '../../src/analyse.js';
import { discoverFiles } from '../../src/ingest/discover.js';
import { readMappingFile } from '../../src/ingest/mapping/file.js';
import type { Answers } from '../../src/ingest/plan/plan.js';
import type { Finding, Result } from '../../src/result/schema.js';

export interface RunOptions {
  readonly mapping?: string;
  readonly answers?: Answers;
  readonly asOf?: string;
  readonly onlyAudits?: readonly string[];
  readonly smallCell?: number;
  readonly isAnonymous?: boolean;
}

/** @param paths files or folders, relative to the project root. */
export async function runAnalysis(paths: readonly string[], options: RunOptions = {}): Promise<Analysis> {
  const workFolder = await mkdtemp(join(tmpdir(), 'loyalty-health-test-'));
  try {
    return await analyse({
      files: await discoverFiles(paths, process.cwd()),
      mapping: options.mapping === undefined ? null : await readMappingFile(options.mapping),
      answers: options.answers ?? {},
      asOf: options.asOf ?? null,
      onlyAudits: options.onlyAudits ?? [],
      skipAudits: [],
      seed: 20_240_101,
      ...(options.smallCell === undefined ? {} : { smallCell: options.smallCell }),
      isAnonymous: options.isAnonymous ?? false,
      workFolder,
    });
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** @throws Error when the result has no such finding. */
export function findingOf(result: Result, id: string): Finding {
  const finding = result.findings.find((candidate) => candidate.id === id);
  if (finding === undefined) throw new Error(`No finding is called ${id}.`);
  return finding;
}

/** @throws Error when the finding has no such measure, or its value is not known. */
export function measured(result: Result, id: string, measure: string): number {
  const found = findingOf(result, id).measures.find((candidate) => candidate.id === measure);
  if (found === undefined || found.value === null) throw new Error(`${id} has no value for ${measure}.`);
  return found.value;
}

/** Where the public data sets with known answers are, beside the project; tests on them skip visibly where they are absent. */
export const sharedData = '../shared/data';
