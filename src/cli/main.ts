#!/usr/bin/env node
/** The command line: parses arguments and loads a command only when it is called, so that --help stays quick. */
import { Command, CommanderError, Option } from 'commander';
import { version } from '../version.js';
import { answerOptions } from './answers.js';
import { ExitCode, exitCodeOf, reportError } from './errors.js';

const list = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Options of every command that reads exports. */
const mappingOption = (): Option =>
  new Option('--mapping <loyalty.yaml>', 'column mapping; by default loyalty.yaml beside the exports, if there is one').env('LOYALTY_MAPPING');

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
    .addOption(new Option('--output <formats>', 'which of html, md, json, csv').default(['html', 'md', 'json', 'csv']).argParser(list).env('LOYALTY_OUTPUT'))
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
  const readers = root.commands.filter((command) => ['analyse', 'inspect'].includes(command.name()));
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
    .addOption(new Option('--output <formats>', 'which of html, md, csv').default(['html', 'md', 'csv']).argParser(list))
    .option('--view', 'open the report in the browser')
    .action(async (path: string, options) => (await import('./commands/report.js')).reportCommand(path, options));
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

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new CommanderError(ExitCode.usage, 'commander.invalidArgument', `error: "${value}" is not a whole number`);
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
