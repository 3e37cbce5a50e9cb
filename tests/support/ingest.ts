/** Files for tests of the ingest: inline text written to a folder, opened, planned and loaded as a run would. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDuckdb } from '../../src/engine/duckdb/engine.js';
import type { Engine } from '../../src/engine/engine.js';
import { discoverFiles } from '../../src/ingest/discover.js';
import { type Loaded, loadCanonical, openInputs, planMapping } from '../../src/ingest/ingest.js';
import { parseMappingFile } from '../../src/ingest/mapping/file.js';
import type { Answers, Plan } from '../../src/ingest/plan/plan.js';
import type { Source } from '../../src/ingest/source.js';

export interface IngestOptions {
  /** YAML text of a mapping file. */
  readonly mapping?: string;
  readonly answers?: Answers;
}

export interface Ingested {
  readonly sources: readonly Source[];
  readonly plan: Plan;
  readonly loaded: Loaded;
  readonly engine: Engine;
}

async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-health-test-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inFolder<T>(path: string, options: IngestOptions, use: (ingested: Ingested) => Promise<T>): Promise<T> {
  return withFolder(async (workFolder) => {
    const sources = await openInputs(await discoverFiles([path], workFolder), workFolder);
    const plan = planMapping(sources, options.mapping === undefined ? null : parseMappingFile(options.mapping, 'loyalty.yaml'), options.answers);
    const engine = await openDuckdb({ spillFolder: workFolder, threads: 2, memoryLimit: '1GB' });
    try {
      return await use({ sources, plan, loaded: await loadCanonical(engine, sources, plan), engine });
    } finally {
      await engine.close();
    }
  });
}

/** Loads a file or folder that exists. */
export async function ingestPath<T>(path: string, options: IngestOptions, use: (ingested: Ingested) => Promise<T>): Promise<T> {
  return inFolder(path, options, use);
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

/** Loads files given by name and text. */
export async function ingest<T>(files: Readonly<Record<string, string>>, options: IngestOptions, use: (ingested: Ingested) => Promise<T>): Promise<T> {
  return withFolder(async (folder) => {
    await write(folder, files);
    return inFolder(folder, options, use);
  });
}

/** Plans files given by name and text, without loading them. */
export async function planFiles(files: Readonly<Record<string, string>>, options: IngestOptions = {}): Promise<{ sources: readonly Source[]; plan: Plan }> {
  return withFolder(async (folder) => {
    await write(folder, files);
    return planPath(folder, options);
  });
}

/** Plans a file or folder that exists, without loading it. */
export async function planPath(path: string, options: IngestOptions = {}): Promise<{ sources: readonly Source[]; plan: Plan }> {
  return withFolder(async (workFolder) => {
    const sources = await openInputs(await discoverFiles([path], workFolder), workFolder);
    return { sources, plan: planMapping(sources, options.mapping === undefined ? null : parseMappingFile(options.mapping, 'loyalty.yaml'), options.answers) };
  });
}
