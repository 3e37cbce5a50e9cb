/** Ctrl-C stops the engine, removes temporary files and ends with 130. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `work` with a temporary folder and a signal that Ctrl-C or a termination request raises; the folder is always removed. */
export async function withWorkFolder<T>(work: (folder: string, signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.once('SIGINT', abort);
  process.once('SIGTERM', abort);
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-health-'));
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
