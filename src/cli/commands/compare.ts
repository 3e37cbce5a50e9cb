/** `compare`: two results of one programme, before and after. */
import { dirname, join, resolve } from 'node:path';
import type { Branding } from '../../report/branding.js';
import { type Comparison, compareResults } from '../../report/compare/compare.js';
import { readBranding } from '../branding.js';
import { type OutputFile, writeOutput } from '../files.js';
import { checkFormats } from '../rendered.js';
import { readResult } from '../result-file.js';
import { print } from '../terminal.js';

export interface CompareOptions {
  readonly outputPath?: string;
  readonly output: readonly string[];
  readonly branding?: string;
  readonly json?: boolean;
}

export async function compareCommand(before: string, after: string, options: CompareOptions): Promise<void> {
  checkFormats(options.output, ['html', 'md']);
  const branding = await readBranding(options.branding, false);
  const comparison = compareResults(await readResult(resolve(before)), await readResult(resolve(after)));
  const folder = options.outputPath ?? dirname(after);
  const written = await writeOutput(resolve(folder), await rendered(comparison, options.output, branding));
  const { cautions, changes, themes, skipped } = comparison;
  if (options.json) print(JSON.stringify({ cautions, changes, themes, skipped }, null, 2));
  else {
    const { summariseComparison } = await import('../../report/compare/summary.js');
    print([...summariseComparison(comparison), ...written.map(({ file }) => `Comparison: ${join(folder, file)}`)].join('\n'));
  }
}

async function rendered(comparison: Comparison, formats: readonly string[], branding: Branding): Promise<OutputFile[]> {
  const files: OutputFile[] = [];
  if (formats.includes('html'))
    files.push({ name: 'comparison.html', content: (await import('../../report/compare/page.js')).renderComparisonHtml(comparison, branding) });
  if (formats.includes('md'))
    files.push({ name: 'comparison.md', content: (await import('../../report/compare/markdown.js')).renderComparison(comparison, branding) });
  return files;
}
