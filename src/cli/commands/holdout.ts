/** `holdout`: the size of a holdout that answers the question, who is in it, and the plan to sign before the campaign. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import papaparse from 'papaparse';
import { armOf } from '../../holdout/assign.js';
import { type HoldoutPlan, planHoldout } from '../../holdout/plan.js';
import { NamedError } from '../../model/named-error.js';
import { renderEvidenceCsv } from '../../report/evidence-csv.js';
import { renderHoldoutPlan } from '../../report/holdout-plan.js';
import { sampleRatioTest } from '../../statistics/sample-ratio.js';
import { type OutputFile, writeOutput } from '../files.js';
import { print } from '../terminal.js';

export interface HoldoutOptions {
  readonly campaign: string;
  readonly baseline: number;
  readonly breakEven: number;
  readonly spread?: number;
  readonly marginEach?: number;
  readonly audience?: number;
  readonly members?: string;
  readonly idColumn?: string;
  readonly salt?: string;
  readonly currency?: string;
  readonly outputPath: string;
}

export async function holdoutCommand(options: HoldoutOptions): Promise<void> {
  const ids = options.members === undefined ? null : await readIds(options.members, options.idColumn);
  const audience = ids?.length ?? options.audience;
  if (audience === undefined)
    throw badOption(
      'Neither --members nor --audience was given.',
      'Give the list of members, e.g. --members audience.csv, or only their number with --audience.',
    );
  const plan = planned({ ...options, audience });
  const salt = options.salt ?? randomBytes(16).toString('hex');
  const arms = ids?.map((id) => ({ id, arm: armOf(id, options.campaign, salt, plan.share) })) ?? null;
  const holdout = arms?.filter(({ arm }) => arm === 'holdout').length ?? 0;
  const sizes = { treated: audience - holdout, holdout };
  const drawn = arms === null ? null : { ...sizes, p: sampleRatioTest([sizes.treated, sizes.holdout], [1 - plan.share, plan.share]).p };
  const { campaign, currency = null } = options;
  const document = {
    campaign,
    measures: plan.measures,
    isShare: options.spread === undefined,
    isTooSmall: plan.isTooSmall,
    drawn,
    splitLimits: plan.splitLimits,
    salt,
    currency,
  };
  const files: OutputFile[] = [{ name: 'holdout-plan.md', content: renderHoldoutPlan(document) }];
  if (arms !== null) files.push({ name: 'assignments.csv', content: assignmentsCsv(campaign, arms) });
  const written = await writeOutput(resolve(options.outputPath), files);
  const size = `Leave out ${plan.holdout} of ${audience} members (${(plan.share * 100).toFixed(1)} %)${plan.isTooSmall ? ', which is too few for the difference asked for' : ''}.`;
  print([size, ...written.map(({ file }) => join(options.outputPath, file))].join('\n'));
}

function planned({
  audience,
  baseline,
  breakEven,
  spread = null,
  marginEach = null,
}: Pick<HoldoutOptions, 'baseline' | 'breakEven'> & { audience: number; spread?: number | null; marginEach?: number | null }): HoldoutPlan {
  try {
    return planHoldout({ audience, baseline, breakEven, spread, marginEach });
  } catch (error) {
    if (error instanceof RangeError)
      throw badOption(error.message, 'A baseline without --spread is a share such as 0.05; with --spread it is an amount a member.');
    throw error;
  }
}

/** Columns as the program reads them back: campaign, member, arm. */
function assignmentsCsv(campaign: string, arms: readonly { readonly id: string; readonly arm: string }[]): string {
  const columns = ['campaign_id', 'member_id', 'arm'].map((id) => ({ id, label: id, unit: 'text' as const }));
  return renderEvidenceCsv({ id: 'assignments', title: 'Assignments', columns, rows: arms.map(({ id, arm }) => [campaign, id, arm]) });
}

/** Customer numbers of a CSV file with a header, each once. @throws NamedError, which never quotes a number. */
async function readIds(path: string, column: string | undefined): Promise<string[]> {
  const file = basename(path);
  const text = await readFile(path, 'utf8').catch(() => {
    throw new NamedError({
      name: 'file-not-found',
      kind: 'input',
      message: `The list of members ${file} cannot be read.`,
      whatToDo: 'Give a CSV file with a header and one line a member.',
      file,
    });
  });
  const [header = [], ...rows] = papaparse.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' }).data;
  const at = column === undefined ? 0 : header.indexOf(column);
  if (at < 0)
    throw new NamedError({
      name: 'unknown-column',
      kind: 'input',
      message: `${file} has no column of the name given with --id-column.`,
      whatToDo: 'Write the name as the header has it.',
      file,
      line: 1,
    });
  const lines = new Map<string, number>();
  rows.forEach((row, index) => {
    const id = row[at] ?? '';
    const line = index + 2;
    if (id === '')
      throw new NamedError({
        name: 'empty-member-number',
        kind: 'input',
        message: 'A line has no customer number.',
        whatToDo: 'Fill it in or take the line out.',
        file,
        line,
      });
    if (lines.has(id))
      throw new NamedError({
        name: 'member-twice',
        kind: 'input',
        message: `The customer number stands in line ${lines.get(id)} already.`,
        whatToDo: 'Give every member once, or one of them would get both arms.',
        file,
        line,
      });
    lines.set(id, line);
  });
  return [...lines.keys()];
}

function badOption(message: string, whatToDo: string): NamedError {
  return new NamedError({ name: 'bad-option', kind: 'usage', message, whatToDo });
}
