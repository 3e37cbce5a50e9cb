#!/usr/bin/env node
/** The command line: parses arguments and loads a command only when it is called, so that --help stays quick. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { version } from '../version.js';
import { answerOptions, roleOption } from './answers.js';
import { exitCodeOf, reportError } from './errors.js';

const list = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Options of every command that reads exports. */
const mappingOption = (): Option =>
  new Option('--mapping <loyalty.yaml>', 'column mapping; by default loyalty.yaml beside the exports, if there is one').env('LOYALTY_MAPPING');

const smallCellOption = (): Option =>
  new Option('--small-cell <number>', 'fewest members that a figure may speak of, 5 or more').default(10).argParser(wholeNumber).env('LOYALTY_SMALL_CELL');
const brandingOption = (): Option => new Option('--branding <branding.yaml>', 'title, client, author, logo and colours of the report').env('LOYALTY_BRANDING');

const compareOption = (): Option =>
  new Option('--compare-with <result.json>', 'an earlier result of the same programme; the report then says what changed since');

function program(): Command {
  const root = new Command('loyalty-health')
    .description('Lighthouse for loyalty programmes: an honest diagnostic from CSV exports.')
    .version(version)
    .showHelpAfterError('(add --help for all options)')
    .option('--quiet', 'no progress and no summary, only errors');
  root
    .command('analyse')
    .alias('analyze')
    .description('read exports, run the audits, write the report')
    .argument('<exports...>', 'files, folders or patterns in quotation marks')
    .addOption(new Option('--output-path <folder>', 'where to write the report').default('reports/loyalty-health').env('LOYALTY_OUTPUT_PATH'))
    .addOption(
      new Option('--output <formats>', 'which of html, md, json, csv, pdf, xlsx, docx, svg')
        .default(['html', 'md', 'json', 'csv'])
        .argParser(list)
        .env('LOYALTY_OUTPUT'),
    )
    .addOption(new Option('--as-of <date>', 'last day to look at, YYYY-MM-DD; by default the last event in the files').env('LOYALTY_AS_OF'))
    .addOption(mappingOption())
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 on findings at or above it').choices(['low', 'medium', 'high', 'critical']).env('LOYALTY_FAIL_ON'),
    )
    .addOption(new Option('--only-audits <ids>', 'run only these, separated by commas').default([]).argParser(list))
    .addOption(new Option('--skip-audits <ids>', 'leave these out, separated by commas').default([]).argParser(list))
    .addOption(new Option('--seed <number>', 'seed of the random draws').default(20_240_101).argParser(wholeNumber).env('LOYALTY_SEED'))
    .addOption(new Option('--memory-limit <size>', 'memory for the engine, e.g. 4GB').default('2GB').env('LOYALTY_MEMORY_LIMIT'))
    .addOption(new Option('--threads <number>', 'threads for the engine').argParser(wholeNumber).env('LOYALTY_THREADS'))
    .addOption(smallCellOption())
    .addOption(brandingOption())
    .addOption(compareOption())
    .option('--anonymous', 'neutral names for campaigns, sources, shops, files and columns; no names of people and organisations')
    .option('--json', 'print the result as JSON on standard output instead of the summary')
    .option('--view', 'open the report in the browser')
    .action(async (exports: string[], options, command: Command) =>
      (await import('./commands/analyse.js')).analyseCommand(exports, { ...options, ...command.optsWithGlobals() }),
    );
  root
    .command('inspect')
    .description('show what the program sees in exports: roles, column mapping, quality')
    .argument('<exports...>', 'files, folders or patterns in quotation marks')
    .addOption(mappingOption())
    .option('--save [loyalty.yaml]', 'write the mapping, for you to check and keep')
    .option('--force', 'replace a mapping file that is there')
    .option('--json', 'print as JSON')
    .action(async (exports: string[], options, command: Command) =>
      (await import('./commands/inspect.js')).inspectCommand(exports, { ...options, ...command.optsWithGlobals() }),
    );
  root
    .command('simulate-cap')
    .description('what a contact cap would have saved and cost, and the test that would show it')
    .argument('<exports...>', 'files, folders or patterns in quotation marks')
    .addOption(new Option('--per-28-days <number>', 'most marketing contacts a member in any 28 days').argParser(wholeNumber))
    .addOption(new Option('--per-7-days <number>', 'most in any 7 days').argParser(wholeNumber))
    .addOption(new Option('--per-day <number>', 'most in a day').argParser(wholeNumber))
    .addOption(new Option('--channel <name>', 'cap only this channel, as the contacts name it; by default all together'))
    .addOption(new Option('--output-path <folder>', 'where to write').default('reports/cap-simulation').env('LOYALTY_OUTPUT_PATH'))
    .addOption(new Option('--as-of <date>', 'last day to look at, YYYY-MM-DD; by default the last event in the files').env('LOYALTY_AS_OF'))
    .addOption(mappingOption())
    .addOption(new Option('--seed <number>', 'seed of the random draws').default(20_240_101).argParser(wholeNumber).env('LOYALTY_SEED'))
    .addOption(new Option('--memory-limit <size>', 'memory for the engine, e.g. 4GB').default('2GB').env('LOYALTY_MEMORY_LIMIT'))
    .addOption(new Option('--threads <number>', 'threads for the engine').argParser(wholeNumber).env('LOYALTY_THREADS'))
    .addOption(smallCellOption())
    .option('--json', 'print the simulation as JSON')
    .action(async (exports: string[], options, command: Command) =>
      (await import('./commands/simulate-cap.js')).simulateCapCommand(exports, { ...options, ...command.optsWithGlobals() }),
    );
  root
    .command('init')
    .description('ask what the exports leave open, and write loyalty.yaml')
    .argument('<exports...>', 'files, folders or patterns in quotation marks')
    .addOption(new Option('--mapping <loyalty.yaml>', 'where to write; by default loyalty.yaml beside the exports').env('LOYALTY_MAPPING'))
    .option('--force', 'replace a mapping file that is there without asking')
    .action(async (exports: string[], options, command: Command) =>
      (await import('./commands/init.js')).initCommand(exports, { ...options, ...command.optsWithGlobals() }),
    );
  root
    .command('doctor')
    .description('check that this machine has what the program needs')
    .option('--json', 'print as JSON')
    .action(async (options) => (await import('./commands/doctor.js')).doctorCommand(options));
  const readers = root.commands.filter((command) => ['analyse', 'inspect', 'simulate-cap'].includes(command.name()));
  for (const command of readers) for (const option of answerOptions(wholeNumber)) command.addOption(option);
  root
    .command('explain')
    .description('explain an audit, or list all of them')
    .argument('[audit]', 'the id of an audit')
    .option('--json', 'print as JSON')
    .action(async (audit: string | undefined, options) => (await import('./commands/explain.js')).explainCommand(audit, options));
  root
    .command('report')
    .description('render a result.json again, without the exports')
    .argument('<result.json>', 'a result written by analyse')
    .addOption(new Option('--output-path <folder>', 'where to write; by default beside the result'))
    .addOption(new Option('--output <formats>', 'which of html, md, csv, pdf, xlsx, docx, svg').default(['html', 'md', 'csv']).argParser(list))
    .addOption(brandingOption())
    .addOption(compareOption())
    .option('--anonymous', 'leave out the names of people and organisations')
    .option('--view', 'open the report in the browser')
    .action(async (path: string, options) => (await import('./commands/report.js')).reportCommand(path, options));
  root
    .command('holdout')
    .description('plan a holdout test: its size, who is left out, and what to fix beforehand')
    .addOption(new Option('--campaign <id>', 'the campaign').makeOptionMandatory())
    .addOption(
      new Option('--baseline <number>', 'outcome without contact: a share such as 0.05, or with --spread an amount a member')
        .argParser(number)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--break-even <number>', 'smallest difference that would change the decision').argParser(number).makeOptionMandatory())
    .addOption(new Option('--spread <number>', 'standard deviation of the amount between members').argParser(number))
    .addOption(new Option('--margin-each <number>', 'margin of one more member with the outcome').argParser(number))
    .addOption(new Option('--members <list.csv>', 'the audience: a CSV file with a header, customer numbers in its first column'))
    .addOption(new Option('--id-column <name>', 'the column of the customer numbers'))
    .addOption(new Option('--audience <number>', 'size of the audience, where no list is given').argParser(wholeNumber))
    .addOption(new Option('--salt <text>', 'secret word of the draw; by default a random one'))
    .addOption(new Option('--currency <code>', 'currency of amounts, e.g. GBP'))
    .addOption(new Option('--output-path <folder>', 'where to write').default('reports/holdout').env('LOYALTY_OUTPUT_PATH'))
    .action(async (options) => (await import('./commands/holdout.js')).holdoutCommand(options));
  root
    .command('compare')
    .description('what changed between two results of one programme, held against chance')
    .argument('<before.json>', 'the earlier result.json')
    .argument('<after.json>', 'the later result.json')
    .addOption(new Option('--output-path <folder>', 'where to write the comparison; by default beside the later result'))
    .addOption(new Option('--output <formats>', 'which of html, md').default(['html', 'md']).argParser(list))
    .addOption(brandingOption())
    .option('--json', 'print the comparison as JSON instead of the summary')
    .action(async (before: string, after: string, options) => (await import('./commands/compare.js')).compareCommand(before, after, options));
  root
    .command('verify')
    .description('check that a report folder is what was written, and that the same exports give it again')
    .argument('<folder>', 'a folder that analyse has written')
    .argument('[exports...]', 'the exports that it was made from; without them only the folder is checked')
    .addOption(mappingOption())
    .addOption(roleOption())
    .addOption(compareOption())
    .addOption(new Option('--memory-limit <size>', 'memory for the engine, e.g. 4GB').default('2GB').env('LOYALTY_MEMORY_LIMIT'))
    .addOption(new Option('--threads <number>', 'threads for the engine').argParser(wholeNumber).env('LOYALTY_THREADS'))
    .option('--json', 'print as JSON')
    .action(async (folder: string, exports: string[], options, command: Command) =>
      (await import('./commands/verify.js')).verifyCommand(folder, exports, { ...options, ...command.optsWithGlobals() }),
    );
  root
    .command('schema')
    .description('print the JSON Schema of result.json or of loyalty.yaml')
    .addOption(new Option('--of <document>', 'which one').choices(['result', 'config']).default('result'))
    .action(async (options) => (await import('./commands/schema.js')).schemaCommand(options));
  root
    .command('simulate')
    .description('write the exports of an invented retailer whose truths are known')
    .addOption(new Option('--output-path <folder>', 'where to write').makeOptionMandatory())
    .addOption(new Option('--seed <number>', 'seed of the random draws').argParser(wholeNumber))
    .addOption(new Option('--members <number>', 'members of the scheme').argParser(wholeNumber))
    .action(async (options) => (await import('./commands/simulate.js')).simulateCommand(options));
  return withExitOverride(root);
}

function number(value: string): number {
  const parsed = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(parsed)) throw new InvalidArgumentError('It has to be a number.');
  return parsed;
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('It has to be a whole number.');
  return number;
}

/** Commander ends with 1 on a usage error; here 1 means findings, so its errors are thrown and mapped. */
function withExitOverride(command: Command): Command {
  command.exitOverride();
  for (const child of command.commands) withExitOverride(child);
  return command;
}

try {
  await program().parseAsync(process.argv);
} catch (error) {
  reportError(error);
  process.exitCode = exitCodeOf(error);
}
