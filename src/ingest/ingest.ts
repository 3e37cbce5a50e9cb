/** Files in, canonical tables out: opened, planned, loaded, checked. The spine calls these three in this order. */
import type { Engine } from '../engine/engine.js';
import { NamedError } from '../model/named-error.js';
import { usualSmallCell } from '../model/small-cell.js';
import { assembleCanonicalTables, type Filling } from './assemble.js';
import type { FoundFile } from './discover.js';
import { type DataIssue, findIssues, startIssues } from './issues/issues.js';
import { overlappingFiles } from './issues/overlapping-files.js';
import { renamedCampaigns } from './issues/renamed-campaigns.js';
import { currencyOf, hasMonthPrecision, lastEventOf, responseTypesOf, valueBasisOf } from './load/facts.js';
import { type InputSummary, summariseInputs } from './load/inputs.js';
import { loadFiles } from './load/load.js';
import { refuseRejectedFiles } from './load/rejected-files.js';
import { controlTotals, type TableTotals, withoutRemainders } from './load/totals.js';
import { refuseCopies } from './plan/copies.js';
import type { Plan } from './plan/plan.js';
import type { RejectedRow, Source } from './source.js';
import { openSource } from './structure/open.js';
import { prepareFile } from './structure/prepare/prepare.js';
import { refuseRepeats } from './structure/repeats.js';

export { planMapping } from './plan/plan-mapping.js';

export interface Loaded {
  readonly filling: Filling;
  readonly inputs: readonly InputSummary[];
  /** Control totals of the tables that have rows. */
  readonly tables: readonly TableTotals[];
  /** Every row that was not loaded, structure and values, in the order of files and lines. */
  readonly rejected: readonly RejectedRow[];
  readonly issues: readonly DataIssue[];
  readonly valueBasis: 'margin' | 'revenue' | 'reported-total' | null;
  readonly currency: string | null;
  /** Last day of an event, stray dates left aside; null where nothing is dated. */
  readonly lastEvent: string | null;
  /** Events are dated by month only. */
  readonly hasMonthPrecision: boolean;
  /** Kinds of response that count, in the model's spelling; null where the mapping does not say. */
  readonly responseTypes: readonly string[] | null;
}

/** Scans the files in the order given; an archive becomes one source a table in it. @throws NamedError of kind `input` for what is no table of text. */
export async function openInputs(files: readonly FoundFile[], workFolder: string, onProgress?: (step: string) => void): Promise<Source[]> {
  const sources: Source[] = [];
  for (const given of files) {
    onProgress?.(`Scanning ${given.file}`);
    for (const input of await prepareFile(given.path, given.file, sources.length, workFolder)) {
      sources.push(await openSource(input.path, input.file, sources.length, workFolder, input));
    }
  }
  refuseRepeats(sources);
  return sources;
}

/**
 * Loads every file of the plan, typed, into the canonical tables.
 *
 * @param smallCell fewest rows that a control total may speak of.
 * @throws NamedError of kind `input` for the first question that blocks, files given twice, files of which no row can be loaded, and for what only the whole file can show: an
 * undecidable date order or decimal sign, several currencies.
 * @throws Error when rows read are not rows loaded, quarantined and skipped.
 */
export async function loadCanonical(engine: Engine, sources: readonly Source[], plan: Plan, smallCell = usualSmallCell): Promise<Loaded> {
  requireRows(sources);
  requireAnswers(plan);
  refuseCopies(sources, plan);
  const pending = startIssues(engine);
  const files = await loadFiles(engine, sources, plan, pending.checkFile, smallCell);
  refuseRejectedFiles(sources, plan, files);
  const filling = await assembleCanonicalTables(engine, files.staged, plan.mapping.population, Object.keys(plan.mapping.objectives ?? {}));
  return {
    filling,
    inputs: summariseInputs(sources, plan, files.accounts),
    tables: withoutRemainders(
      await controlTotals(engine, smallCell),
      [...files.accounts.values()].map(({ totals = [] }) => totals),
      smallCell,
    ),
    rejected: files.rejected,
    issues: await findIssues(engine, {
      sources,
      plan,
      filling,
      rejected: files.rejected,
      ofFiles: [...pending.found, ...(files.sharedSales === null ? [] : [overlappingFiles(files.sharedSales)]), ...renamedCampaigns(filling.renamedCampaigns)],
    }),
    valueBasis: valueBasisOf(filling),
    currency: await currencyOf(engine, plan, files.currencies),
    lastEvent: await lastEventOf(engine),
    hasMonthPrecision: hasMonthPrecision(plan),
    responseTypes: await responseTypesOf(engine, plan),
  };
}

/** @throws NamedError when all files end at their header. */
function requireRows(sources: readonly Source[]): void {
  if (sources.length === 0 || sources.some(({ rowsRead }) => rowsRead > 0)) return;
  const isOne = sources.length === 1;
  throw new NamedError({
    name: 'no-rows',
    kind: 'input',
    message: isOne ? 'The file has a header and no rows.' : `None of the ${sources.length} files has a row below its header.`,
    whatToDo: 'Export the data again, with its rows.',
    ...(sources[0] === undefined ? {} : { file: sources[0].file }),
  });
}

function requireAnswers({ questions }: Plan): void {
  const [first, ...others] = questions.filter(({ isBlocking }) => isBlocking);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (${others.length} more question${others.length === 1 ? '' : 's'} after this one: run loyalty-health inspect.)`;
  throw new NamedError({ name: first.name, kind: 'input', message: `${first.message}${more}`, whatToDo: first.whatToDo, file: first.file });
}
