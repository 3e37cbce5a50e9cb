/** Ctrl-C stops the engine, removes temporary files and ends with 130. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'loyalty-health-';

/** A killed run cannot clean up after itself; the next one does, because copies of exports must not lie about. */
async function sweepDeadFolders(): Promise<void> {
  const entries = await readdir(tmpdir()).catch(() => []);
  for (const entry of entries) {
    const pid = Number(entry.startsWith(prefix) ? entry.slice(prefix.length).match(/^\d+(?=-)/)?.[0] : undefined);
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(tmpdir(), entry), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, and is alive.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Runs `work` with a temporary folder and a signal that Ctrl-C or a termination request raises; the folder is always removed. */
export async function withWorkFolder<T>(work: (folder: string, signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  await sweepDeadFolders();
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  try {
    return await work(folder, controller.signal);
  } catch (error) {
    // An interrupted query fails in the engine's own words; what the user did is the better name.
    controller.signal.throwIfAborted();
    throw error;
  } finally {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
    await rm(folder, { recursive: true, force: true });
  }
}
