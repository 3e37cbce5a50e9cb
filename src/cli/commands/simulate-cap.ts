/** `simulate-cap`: what a contact cap would have changed, and the test that would show it. */
import { join, resolve } from 'node:path';
import type { Cap, CapRule } from '../../derived/cap-replay.js';
import { discoverFiles } from '../../ingest/discover.js';
import { NamedError } from '../../model/named-error.js';
import { summariseCap } from '../../report/cap-simulation.js';
import { simulateCap } from '../../simulate-cap.js';
import { checkDate, checkLimits, checkSmallCell, type LimitOptions } from '../analysis-options.js';
import { type AnswerOptions, answersOf } from '../answers.js';
import { writeOutput } from '../files.js';
import { withWorkFolder } from '../interrupt.js';
import { chooseMapping } from '../mapping.js';
import { note, print, startProgress, wrap } from '../terminal.js';
import { textTable } from '../text-table.js';

export interface SimulateCapOptions extends AnswerOptions, LimitOptions {
  readonly per28Days?: number;
  readonly per7Days?: number;
  readonly perDay?: number;
  readonly channel?: string;
  readonly asOf?: string;
  readonly mapping?: string;
  readonly seed: number;
  readonly smallCell: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export async function simulateCapCommand(exports: readonly string[], options: SimulateCapOptions): Promise<void> {
  const cap = capOf(options);
  if (options.asOf !== undefined) checkDate(options.asOf);
  checkLimits(options, 'simulate-cap');
  checkSmallCell(options.smallCell);
  const progress = startProgress(options.quiet ?? false);
  const simulation = await withWorkFolder(async (workFolder, signal) => {
    const files = await discoverFiles(exports, process.cwd());
    const { mapping, from } = await chooseMapping(files, options.mapping);
    if (from !== null && options.mapping === undefined && !options.quiet) note(`Using the column mapping in ${from}.`);
    return simulateCap({
      files,
      mapping,
      answers: answersOf(options),
      asOf: options.asOf ?? null,
      cap,
      channel: options.channel ?? null,
      seed: options.seed,
      smallCell: options.smallCell,
      memoryLimit: options.memoryLimit,
      ...(options.threads === undefined ? {} : { threads: options.threads }),
      workFolder,
      onProgress: progress.step,
      signal,
    });
  }).finally(() => progress.done());
  const [{ renderCapMarkdown, frontierFile }, { renderEvidenceCsv }] = [
    await import('../../report/cap-simulation.js'),
    await import('../../report/evidence-csv.js'),
  ];
  const written = await writeOutput(resolve(options.outputPath), [
    { name: 'cap-simulation.md', content: renderCapMarkdown(simulation) },
    { name: frontierFile, content: renderEvidenceCsv(simulation.frontier) },
    { name: 'cap-simulation.json', content: `${JSON.stringify(simulation, null, 2)}\n` },
  ]);
  if (options.json) print(JSON.stringify(simulation, null, 2));
  else if (!options.quiet) {
    const { paragraphs, header, rows } = summariseCap(simulation);
    const files = written.map(({ file }) => join(options.outputPath, file));
    print([...paragraphs.map((text) => wrap(text, lineWidth)), textTable(header, rows), `The test that would settle it: ${files[0]}`].join('\n\n'));
  }
}

/** @throws NamedError when no rule was given, or one has no room for a message. */
function capOf({ per28Days, per7Days, perDay }: SimulateCapOptions): Cap {
  const rules = [
    { most: per28Days, days: 28 },
    { most: per7Days, days: 7 },
    { most: perDay, days: 1 },
  ].flatMap(({ most, days }): CapRule[] => (most === undefined ? [] : [{ most, days }]));
  if (rules.length > 0 && rules.every(({ most }) => most >= 1 && most <= mostMessages)) return rules;
  throw new NamedError({
    name: 'bad-option',
    kind: 'usage',
    message: rules.length === 0 ? 'No cap was given.' : `A cap has to leave room for 1 to ${mostMessages} contacts.`,
    whatToDo: 'Give one or several of --per-28-days, --per-7-days and --per-day, e.g. --per-28-days 4.',
  });
}

/** Longer lines are hard to read. */
const lineWidth = 100;

/** A cap above this restrains nobody. */
const mostMessages = 200;
