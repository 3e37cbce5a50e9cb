/** `doctor`: whether this machine has what the program needs, and what to do where it has not. */
import { constants } from 'node:fs';
import { access, readFile, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { openDuckdb } from '../../engine/duckdb/engine.js';
import { exactSumSql } from '../doctor.sql.js';
import { ExitCode } from '../errors.js';
import { withWorkFolder } from '../interrupt.js';
import { paint, print, wrap } from '../terminal.js';

export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'problem';
  readonly found: string;
  /** Null where there is nothing to do. */
  readonly whatToDo: string | null;
}

const gigabyte = 1024 ** 3;
/** The engine's usual limit is 2 GB, and it goes over it by up to two thirds when it writes to disk. */
const comfortableMemory = 3.3 * gigabyte;
const leastMemory = 0.5 * gigabyte;
/** Exports in other encodings are copied, and what does not fit in memory goes to disk: about twice the exports. */
const comfortableDisk = 5 * gigabyte;
const leastDisk = 0.2 * gigabyte;
const browsers = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'brave-browser', 'firefox', 'safari'];

export async function doctorCommand(options: { readonly json?: boolean }): Promise<void> {
  const checks = [
    checkNode(process.versions.node, await neededNode()),
    await checkEngine(),
    checkMemory(process.availableMemory()),
    await checkDisk(),
    await checkReports(resolve('reports')),
    await checkBrowser(),
    checkTerminal(),
  ];
  const isReady = checks.every(({ status }) => status !== 'problem');
  if (options.json) print(JSON.stringify({ isReady, checks }, null, 2));
  else print([...checks.flatMap(checkLines), '', isReady ? 'Ready.' : 'Not ready: mend the problems above.'].join('\n'));
  if (!isReady) process.exitCode = ExitCode.internal;
}

function checkLines({ name, status, found, whatToDo }: Check): string[] {
  const colour = { ok: 'green', warning: 'yellow', problem: 'red' } as const;
  const advice = whatToDo === null ? [] : [`           ${wrap(whatToDo, 68).replaceAll('\n', '\n           ')}`];
  return [`${paint(colour[status], status.padEnd(9))}  ${name.padEnd(10)} ${found}`, ...advice];
}

async function neededNode(): Promise<string> {
  const { engines } = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8')) as { engines: { node: string } };
  return engines.node.replace('>=', '');
}

/** @param running e.g. `20.19.0`. @param needed e.g. `20.19`. */
export function checkNode(running: string, needed: string): Check {
  const [major = 0, minor = 0] = running.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number);
  const isEnough = major > neededMajor || (major === neededMajor && minor >= neededMinor);
  const found = `Node.js ${running}; ${needed} or newer is needed`;
  return { name: 'Node', status: isEnough ? 'ok' : 'problem', found, whatToDo: isEnough ? null : 'Install a newer Node.js from https://nodejs.org.' };
}

/** The engine is a binary for one platform: the one thing that an installation can lack without anybody noticing. */
async function checkEngine(): Promise<Check> {
  try {
    return await withWorkFolder(async (spillFolder) => {
      const engine = await openDuckdb({ spillFolder });
      try {
        const [answer] = await engine.rows(exactSumSql());
        if (answer?.total !== 0.3) throw new Error('The engine adds up wrongly.');
        return { name: 'Engine', status: 'ok', found: `${engine.version} opens and answers`, whatToDo: null };
      } finally {
        await engine.close();
      }
    });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown';
    const whatToDo = 'Install again with “npm ci” on this machine: the engine is a program for one system and one kind of processor.';
    return { name: 'Engine', status: 'problem', found: `DuckDB does not answer (${reason})`, whatToDo };
  }
}

/** @param bytes memory that this process may still take. */
export function checkMemory(bytes: number): Check {
  const found = `${inGigabytes(bytes)} free; the engine takes up to 2 GB unless told otherwise`;
  if (bytes < leastMemory) return { name: 'Memory', status: 'problem', found, whatToDo: 'Close other programs, or use a machine with more memory.' };
  if (bytes < comfortableMemory)
    return { name: 'Memory', status: 'warning', found, whatToDo: 'Run analyse with --memory-limit 1GB; large exports take longer then.' };
  return { name: 'Memory', status: 'ok', found, whatToDo: null };
}

async function checkDisk(): Promise<Check> {
  try {
    const { bavail, bsize } = await statfs(tmpdir());
    await access(tmpdir(), constants.W_OK);
    return judgeDisk(bavail * bsize);
  } catch {
    const whatToDo = 'Let the environment variable TMPDIR (on Windows TEMP) name a folder that may be written.';
    return { name: 'Disk', status: 'problem', found: 'the temporary folder cannot be written', whatToDo };
  }
}

/** @param bytes free in the temporary folder. */
export function judgeDisk(bytes: number): Check {
  const found = `${inGigabytes(bytes)} free in the temporary folder`;
  const whatToDo = 'Make room, or let TMPDIR (on Windows TEMP) name a folder on a larger disk; about twice the size of the exports is enough.';
  const status = bytes < leastDisk ? 'problem' : bytes < comfortableDisk ? 'warning' : 'ok';
  return { name: 'Disk', status, found, whatToDo: status === 'ok' ? null : whatToDo };
}

/** Reports go below the working folder unless --output-path says otherwise; nothing is made here. */
async function checkReports(folder: string): Promise<Check> {
  let place = folder;
  let found = await stat(place).catch(() => null);
  while (found === null && dirname(place) !== place) {
    place = dirname(place);
    found = await stat(place).catch(() => null);
  }
  const mayWrite = await access(place, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (found?.isDirectory() && mayWrite) return { name: 'Reports', status: 'ok', found: 'reports/ can be written here', whatToDo: null };
  const reason = found?.isDirectory() ? 'the folder may not be written' : 'a file stands where the folder should be';
  return {
    name: 'Reports',
    status: 'problem',
    found: `reports/ cannot be written here: ${reason}`,
    whatToDo: 'Change to another folder, or give one with --output-path.',
  };
}

async function checkBrowser(): Promise<Check> {
  const named = process.platform === 'darwin' ? 'Safari' : process.platform === 'win32' ? 'Microsoft Edge' : await firstOnPath(browsers);
  const hasScreen = process.platform === 'darwin' || process.platform === 'win32' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  if (named !== null && hasScreen) return { name: 'Browser', status: 'ok', found: `${named}, for --view`, whatToDo: null };
  const found = named === null ? 'none found; only --view needs one' : `${named}, but no screen to show it on; only --view needs one`;
  return { name: 'Browser', status: 'warning', found, whatToDo: 'Leave --view out and open report.html yourself: it is one file that opens anywhere.' };
}

async function firstOnPath(names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const isThere = await access(join(folder, name), constants.X_OK).then(
        () => true,
        () => false,
      );
      if (folder !== '' && isThere) return name;
    }
  }
  return null;
}

function checkTerminal(): Check {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    const whatToDo = 'init needs a terminal to ask on; every other command runs without one.';
    return { name: 'Terminal', status: 'warning', found: 'none: input or output is a pipe or a file', whatToDo };
  }
  const colours = stdout.hasColors() ? 'with colours' : 'without colours';
  return { name: 'Terminal', status: 'ok', found: `${stdout.columns} × ${stdout.rows}, ${colours}`, whatToDo: null };
}

function inGigabytes(bytes: number): string {
  return `${(bytes / gigabyte).toFixed(1)} GB`;
}
