/** `verify`: is this pack what was written, and do the same exports give it again? */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { discoverFiles, type FoundFile } from '../../ingest/discover.js';
import { NamedError } from '../../model/named-error.js';
import { inertLine } from '../../report/inert.js';
import type { Result } from '../../result/schema.js';
import { version } from '../../version.js';
import { checkLimits } from '../analysis-options.js';
import type { AnswerOptions } from '../answers.js';
import { ExitCode } from '../errors.js';
import { isIntact, type Manifest, manifest } from '../manifest.js';
import { chooseMapping } from '../mapping.js';
import { produce } from '../produce.js';
import { readResultFile } from '../result-file.js';
import { type RunSettings, shown } from '../run-settings.js';
import { print, startProgress } from '../terminal.js';

export interface VerifyOptions extends Pick<AnswerOptions, 'role'> {
  /** Where an anonymous pack was made with a mapping, which its receipt does not show. */
  readonly mapping?: string;
  /** The earlier result, where the report was held against one. */
  readonly compareWith?: string;
  readonly memoryLimit: string;
  readonly threads?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** One thing that is not as it was. */
interface Difference {
  readonly what: 'manifest' | 'output' | 'input' | 'earlier result' | 'run';
  readonly file: string;
  readonly how: string;
}

interface Verification {
  readonly same: boolean;
  readonly outputs: number;
  /** null when no exports were given. */
  readonly inputs: number | null;
  readonly isRunAgain: boolean;
  readonly differences: readonly Difference[];
  readonly notes: readonly string[];
}

export async function verifyCommand(pack: string, exports: readonly string[], options: VerifyOptions): Promise<void> {
  checkLimits({ ...options, outputPath: pack }, 'verify');
  const folder = resolve(pack);
  const receipt = await readManifest(join(folder, 'manifest.json'));
  const files = exports.length === 0 ? null : await discoverFiles(exports, process.cwd());
  const verification = await verify(folder, receipt, files, options);
  print(options.json ? JSON.stringify(verification, null, 2) : linesOf(verification).join('\n'));
  if (!verification.same) process.exitCode = ExitCode.findings;
}

async function readManifest(path: string): Promise<Manifest> {
  const refuse = (message: string): never => {
    throw new NamedError({ name: 'not-a-pack', kind: 'input', message, whatToDo: 'Give the folder that analyse has written.', file: basename(path) });
  };
  const text = await readFile(path, 'utf8').catch(() => refuse('The folder holds no manifest.json.'));
  const parsed = manifest.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return refuse(`manifest.json is not a receipt of this program, or was changed: ${issue?.path.join('.') || 'it is not JSON'}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function verify(folder: string, receipt: Manifest, files: readonly FoundFile[] | null, options: VerifyOptions): Promise<Verification> {
  const differences: Difference[] = isIntact(receipt) ? [] : [{ what: 'manifest', file: 'manifest.json', how: 'was changed after it was written' }];
  differences.push(...(await changedOutputs(folder, receipt)));
  const notes = [...versionNotes(receipt), ...(await strangers(folder, receipt))];
  if (files !== null) {
    const { earlier, difference } = await earlierOf(receipt, options.compareWith);
    const changed = [...(await changedInputs(files, receipt)), ...difference];
    differences.push(...changed);
    // Other exports give other results; running them would say nothing more.
    const settings = changed.length === 0 ? await settingsOf(files, receipt, options) : null;
    if (settings !== null) differences.push(...(await differencesOfRun(files, receipt, settings, options, earlier)));
    else if (changed.length === 0) differences.push(otherMapping);
  }
  const isRunAgain =
    files !== null && !differences.some((difference) => difference.what === 'input' || difference.what === 'earlier result' || difference === otherMapping);
  return {
    same: differences.length === 0,
    outputs: receipt.outputs.length,
    inputs: files === null ? null : receipt.inputs.length,
    isRunAgain,
    differences,
    notes,
  };
}

/** Names in a receipt may have been changed, too: nothing outside the pack is read. */
const isInside = (folder: string, path: string): boolean => path.startsWith(folder + sep);

async function changedOutputs(folder: string, { outputs }: Manifest): Promise<Difference[]> {
  const found = await Promise.all(
    outputs.map(async ({ file, sha256 }): Promise<Difference[]> => {
      const path = resolve(folder, ...file.split('/'));
      const entry = isInside(folder, path) ? await lstat(path).catch(() => null) : null;
      if (entry === null || !entry.isFile()) return [{ what: 'output', file, how: 'is missing' }];
      return (await sha256OfFile(path)) === sha256 ? [] : [{ what: 'output', file, how: 'was changed after it was written' }];
    }),
  );
  return found.flat();
}

const otherMapping: Difference = {
  what: 'run',
  file: 'manifest.json',
  how: 'is anonymous and was made with another mapping or other roles than those given, so the run was not repeated; give --mapping and --role as then',
};

/** Everything that the run was told; null where an anonymous receipt withholds it and what is given instead is something else. */
async function settingsOf(files: readonly FoundFile[], { run }: Manifest, { mapping: named, role }: VerifyOptions): Promise<RunSettings | null> {
  const { withheldSha256, ...settings } = run;
  if (withheldSha256 === null) return settings;
  const { mapping } = await chooseMapping(files, named);
  const told = { ...settings, mapping, answers: { ...settings.answers, ...(role === undefined ? {} : { roles: { ...role } }) } };
  return shown(told).withheldSha256 === withheldSha256 ? told : null;
}

/** The receipt of an anonymous run does not name the exports: they are told by their bytes. */
async function changedAnonymousInputs(files: readonly FoundFile[], { inputs }: Manifest): Promise<Difference[]> {
  const known = new Set(inputs.map(({ sha256 }) => sha256));
  const found = new Map<string, string>();
  for (const { file, path } of files) found.set(await sha256OfFile(path), file);
  return [
    ...[...found].filter(([sha256]) => !known.has(sha256)).map(([, file]): Difference => ({ what: 'input', file, how: 'is not a file that was analysed' })),
    ...inputs
      .filter(({ sha256 }) => !found.has(sha256))
      .map(({ file }): Difference => ({ what: 'input', file, how: 'was analysed and is not among the exports given' })),
  ];
}

/** Exports that are missing, new or changed. A file inside an archive is compared by the run. */
async function changedInputs(files: readonly FoundFile[], receipt: Manifest): Promise<Difference[]> {
  if (receipt.run.isAnonymous) return changedAnonymousInputs(files, receipt);
  const { inputs } = receipt;
  const known = new Map(inputs.map(({ file, sha256 }) => [file, sha256]));
  const found = new Set(files.map(({ file }) => file));
  const changed: Difference[] = [];
  for (const { file, path } of files) {
    const sha256 = known.get(file);
    if (sha256 !== undefined && (await sha256OfFile(path)) !== sha256) changed.push({ what: 'input', file, how: 'is not the file that was analysed' });
  }
  const missing = inputs.filter(({ file }) => !found.has(file) && ![...found].some((archive) => file.startsWith(archive)));
  return [...changed, ...missing.map(({ file }): Difference => ({ what: 'input', file, how: 'was analysed and is not among the exports given' }))];
}

/** The earlier result that the report was held against, where it is the one given. @throws NamedError when what is given is no result. */
async function earlierOf({ run: { comparedWith } }: Manifest, path: string | undefined): Promise<{ earlier: Result | null; difference: Difference[] }> {
  if (comparedWith === undefined) return { earlier: null, difference: [] };
  const given = path === undefined ? null : await readResultFile(resolve(path));
  if (given?.sha256 === comparedWith.sha256) return { earlier: given.result, difference: [] };
  const how =
    given === null
      ? 'is the result that the report was held against, and was not given: name it with --compare-with, so that the run can be repeated'
      : `is the result that the report was held against; ${given.file}, which was given, is another`;
  return { earlier: null, difference: [{ what: 'earlier result', file: comparedWith.file, how }] };
}

async function differencesOfRun(
  files: readonly FoundFile[],
  receipt: Manifest,
  settings: RunSettings,
  options: VerifyOptions,
  earlier: Result | null,
): Promise<Difference[]> {
  const progress = startProgress(options.quiet ?? false);
  const { result, outputs } = await produce(files, settings, options, (step) => progress.step(step), earlier).finally(() => progress.done());
  const again = new Map(outputs.map(({ name, content }) => [name, createHash('sha256').update(content).digest('hex')]));
  const before = new Map(receipt.outputs.map(({ file, sha256 }) => [file, sha256]));
  const inputs = new Map(receipt.inputs.map(({ file, sha256 }) => [file, sha256]));
  return [
    ...result.inputs
      .filter(({ file, sha256 }) => inputs.get(file) !== sha256)
      .map(({ file }): Difference => ({ what: 'input', file, how: 'is not what was analysed' })),
    ...receipt.outputs
      .filter(({ file }) => !again.has(file))
      .map(({ file }): Difference => ({ what: 'run', file, how: 'is not written when the exports are run again' })),
    ...[...again].flatMap(([file, sha256]): Difference[] => {
      const earlier = before.get(file);
      if (earlier === sha256) return [];
      return [
        { what: 'run', file, how: earlier === undefined ? 'is new when the exports are run again' : 'comes out otherwise when the exports are run again' },
      ];
    }),
  ];
}

function versionNotes({ tool }: Manifest): string[] {
  const notes = [];
  if (tool.version !== version)
    notes.push(`The pack was written by version ${inertLine(tool.version)} of the program; this is ${version}, which may account for differences.`);
  if (tool.node !== process.version) notes.push(`It was written with Node ${inertLine(tool.node)}; this is ${process.version}.`);
  return notes;
}

/** Files in the pack that the receipt does not list, besides the receipt itself and the timings. */
async function strangers(folder: string, { outputs }: Manifest): Promise<string[]> {
  const known = new Set([...outputs.map(({ file }) => file), 'manifest.json', 'run.log']);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    );
  const others = names.filter((name) => !known.has(name)).sort();
  return others.length === 0 ? [] : [`Not part of the pack: ${others.map(inertLine).join(', ')}.`];
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function linesOf({ same, outputs, inputs, isRunAgain, differences, notes }: Verification): string[] {
  const of = (what: Difference['what'][]): Difference[] => differences.filter((difference) => what.includes(difference.what));
  const counted = (total: number, bad: number, words: string): string => `${total - bad} of ${total} ${words}`;
  const run = of(['run']).length;
  return [
    `${counted(outputs, of(['output']).length, 'files of the pack are as they were written.')}`,
    inputs === null
      ? 'The exports were not given, so they were not compared and the run was not repeated.'
      : counted(inputs, Math.min(inputs, of(['input']).length), 'exports are the ones that were analysed.'),
    ...(isRunAgain ? [run === 0 ? 'Run again: every file comes out the same, byte for byte.' : `Run again: ${run} files come out otherwise.`] : []),
    ...differences.map(({ what, file, how }) => `  ${what}: ${inertLine(file)} ${how}`),
    ...notes,
    same ? 'Same.' : 'Not the same.',
  ];
}
