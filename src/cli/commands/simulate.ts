/** `simulate`: an invented retailer’s exports, with their truths beside them. */
import { resolve } from 'node:path';
import { simulateRetailer } from '../../simulator/retailer.js';
import { writeOutput } from '../files.js';
import { print } from '../terminal.js';

export interface SimulateOptions {
  readonly outputPath: string;
  readonly seed?: number;
  readonly members?: number;
}

export async function simulateCommand(options: SimulateOptions): Promise<void> {
  const files = simulateRetailer(options);
  const written = await writeOutput(
    resolve(options.outputPath),
    files.map(({ name, text }) => ({ name, content: text })),
  );
  print(written.map(({ file, bytes }) => `${String(bytes).padStart(9)}  ${file}`).join('\n'));
}
