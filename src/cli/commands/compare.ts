/** `compare`: two results of one programme, before and after. */
import { dirname, join, resolve } from 'node:path';
import { compareResults } from '../../report/compare/compare.js';
import { renderComparison, summariseComparison } from '../../report/compare/markdown.js';
import { writeOutput } from '../files.js';
import { readResult } from '../result-file.js';
import { print } from '../terminal.js';

export interface CompareOptions {
  readonly outputPath?: string;
  readonly json?: boolean;
}

export async function compareCommand(before: string, after: string, options: CompareOptions): Promise<void> {
  const comparison = compareResults(await readResult(resolve(before)), await readResult(resolve(after)));
  const folder = options.outputPath ?? dirname(after);
  const [written] = await writeOutput(resolve(folder), [{ name: 'comparison.md', content: renderComparison(comparison) }]);
  const { cautions, changes } = comparison;
  if (options.json) print(JSON.stringify({ cautions, changes }, null, 2));
  else print([...summariseComparison(comparison), `Comparison: ${join(folder, written?.file ?? '')}`].join('\n'));
}
