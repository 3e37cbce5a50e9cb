/** `analyse`: exports in, report out. */
import { join, resolve } from 'node:path';
import { audits } from '../../audits/index.js';
import { discoverFiles } from '../../ingest/discover.js';
import { NamedError } from '../../model/named-error.js';
import type { Result, Severity } from '../../result/schema.js';
import { checkDate, checkLimits, checkSmallCell, type LimitOptions } from '../analysis-options.js';
import { type AnswerOptions, answersOf } from '../answers.js';
import { type BrandingOptions, readBranding } from '../branding.js';
import { readCompared } from '../compared-with.js';
import { ExitCode } from '../errors.js';
import { described, readEarlierOutput, removeStale, writeOutput } from '../files.js';
import { manifestOf } from '../manifest.js';
import { chooseMapping } from '../mapping.js';
import { produce } from '../produce.js';
import { checkFormats } from '../rendered.js';
import { note, print, startProgress } from '../terminal.js';
import { viewReport } from '../view.js';

export interface AnalyseOptions extends AnswerOptions, LimitOptions, BrandingOptions {
  readonly output: readonly string[];
  readonly asOf?: string;
  readonly mapping?: string;
  readonly compareWith?: string;
  readonly failOn?: Exclude<Severity, 'none'>;
  readonly onlyAudits: readonly string[];
  readonly skipAudits: readonly string[];
  readonly seed: number;
  readonly smallCell: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly view?: boolean;
}

export async function analyseCommand(exports: readonly string[], options: AnalyseOptions): Promise<void> {
  checkFormats(options.output);
  checkAudits([...options.onlyAudits, ...options.skipAudits]);
  if (options.asOf !== undefined) checkDate(options.asOf);
  checkLimits(options, 'analyse');
  checkSmallCell(options.smallCell);
  const branding = await readBranding(options.branding, options.anonymous ?? false);
  const compared = options.compareWith === undefined ? null : await readCompared(options.compareWith, options.anonymous ?? false);
  const folder = resolve(options.outputPath);
  const earlier = await readEarlierOutput(folder);
  const isQuiet = options.quiet ?? false;
  const progress = startProgress(isQuiet);
  const timings: string[] = [];
  let mark = performance.now();
  let running = 'Starting';
  const onProgress = (step: string): void => {
    const now = performance.now();
    timings.push(`${(now - mark).toFixed(0).padStart(8)} ms  ${running}`);
    mark = now;
    running = step;
    progress.step(step);
  };
  const files = await discoverFiles(exports, process.cwd());
  const { mapping, from } = await chooseMapping(files, options.mapping);
  if (from !== null && options.mapping === undefined && !isQuiet) note(`Using the column mapping in ${from}.`);
  const { onlyAudits, skipAudits, seed, output: formats } = options;
  const settings = {
    mapping,
    answers: answersOf(options),
    asOf: options.asOf ?? null,
    onlyAudits: [...onlyAudits],
    skipAudits: [...skipAudits],
    seed,
    formats: [...formats],
    smallCell: options.smallCell,
    isAnonymous: options.anonymous ?? false,
    branding,
    ...(compared === null ? {} : { comparedWith: compared.described }),
  };
  const { result, outputs } = await produce(files, settings, options, onProgress, compared?.result ?? null).finally(() => progress.done());
  onProgress('Writing');
  const written = described(outputs);
  // The receipt comes last: it speaks of files that are in their place.
  await writeOutput(folder, [...outputs, { name: 'manifest.json', content: manifestOf(result, settings, written, process.version) }]);
  await removeStale(folder, earlier, written);
  onProgress('Done');
  await writeOutput(folder, [{ name: 'run.log', content: `${timings.join('\n')}\n` }]);
  if (options.json) print(JSON.stringify(result, null, 2));
  else if (!isQuiet) print((await import('../summary.js')).summaryLines(result, options.outputPath, options.output));
  if (options.view) await viewReport(join(folder, 'report.html'));
  if (options.failOn !== undefined && failsOn(result, options.failOn)) process.exitCode = ExitCode.findings;
}

const severities: readonly Severity[] = ['none', 'low', 'medium', 'high', 'critical'];

function failsOn(result: Result, limit: Severity): boolean {
  return result.findings.some((finding) => finding.status === 'problem' && severities.indexOf(finding.severity) >= severities.indexOf(limit));
}

function checkAudits(ids: readonly string[]): void {
  const unknown = ids.filter((id) => !audits.some((audit) => audit.id === id));
  if (unknown.length === 0) return;
  throw new NamedError({
    name: 'unknown-audit',
    kind: 'usage',
    message: `There is no audit called ${unknown.join(', ')}.`,
    whatToDo: 'loyalty-health explain lists all audits.',
  });
}
