/** Opens a written report with the system's own viewer. */
import { note } from './terminal.js';

export async function viewReport(path: string): Promise<void> {
  const { default: open } = await import('open');
  const viewer = await open(path, { wait: false });
  viewer.once('error', () => note(`The report could not be opened by itself; it is at ${path}.`));
}
