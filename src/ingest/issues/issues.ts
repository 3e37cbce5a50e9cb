/** All checks of data quality, in the order in which a reader should see them. */
import type { QueryEngine } from '../../engine/engine.js';
import type { Filling } from '../assemble.js';
import type { CompiledFile } from '../load/typed.sql.js';
import type { FilePlan, Plan } from '../plan/plan.js';
import type { RejectedRow, Source } from '../source.js';
import { beforeEnrolment } from './before-enrolment.js';
import { calendarGaps } from './calendar-gaps.js';
import { changedHeader } from './changed-header.js';
import { clock } from './clock.js';
import { convertedCurrencies } from './converted-currencies.js';
import { damagedIdentifiers } from './damaged-identifiers.js';
import { dayNumbers } from './day-numbers.js';
import { duplicateRows } from './duplicate-rows.js';
import { emptyWords } from './empty-words.js';
import { improbableDates } from './improbable-dates.js';
import type { DataIssue, FileCheck, TablesCheck } from './issue.js';
import { largeShares } from './large-shares.js';
import { leftOutFiles } from './left-out-files.js';
import { mismatchedIdentifiers } from './mismatched-identifiers.js';
import { mixedGroups } from './mixed-groups.js';
import { mixedPercentages } from './mixed-percentages.js';
import { negativeAmounts } from './negative-amounts.js';
import { oddSales } from './odd-sales.js';
import { openQuestions } from './open-questions.js';
import { orphanedRows } from './orphaned-rows.js';
import { partialMargins } from './partial-margins.js';
import { placeholderValues } from './placeholder-values.js';
import { placeholderWordsInUse } from './placeholder-words.js';
import { quarantinedRows } from './quarantined-rows.js';
import { repeatedKeys } from './repeated-keys.js';
import { sparseColumns } from './sparse-columns.js';
import { unlistedMembers } from './unlisted-members.js';
import { unusedColumns } from './unused-columns.js';
import { volumeChanges } from './volume-changes.js';

export type { DataIssue } from './issue.js';

const fileChecks: readonly FileCheck[] = [
  damagedIdentifiers,
  repeatedKeys,
  mixedGroups,
  duplicateRows,
  negativeAmounts,
  mixedPercentages,
  placeholderWordsInUse,
  placeholderValues,
];
const tablesChecks: readonly TablesCheck[] = [
  quarantinedRows,
  changedHeader,
  unlistedMembers,
  mismatchedIdentifiers,
  orphanedRows,
  beforeEnrolment,
  improbableDates,
  calendarGaps,
  volumeChanges,
  oddSales,
  partialMargins,
  largeShares,
  convertedCurrencies,
  dayNumbers,
  clock,
  openQuestions,
  emptyWords,
  leftOutFiles,
  sparseColumns,
  unusedColumns,
];

export interface PendingIssues {
  readonly found: DataIssue[];
  checkFile(plan: FilePlan, source: Source, compiled: CompiledFile): Promise<void>;
}

/** Collects the issues of single files while they are loaded. */
export function startIssues(engine: QueryEngine): PendingIssues {
  const found: DataIssue[] = [];
  return {
    found,
    checkFile: async (plan, source, compiled) => {
      for (const check of fileChecks) found.push(...(await check({ engine, plan, source, compiled })));
    },
  };
}

export interface IssuesRequest {
  readonly sources: readonly Source[];
  readonly plan: Plan;
  readonly filling: Filling;
  readonly rejected: readonly RejectedRow[];
  readonly ofFiles: readonly DataIssue[];
}

/** Issues of structure, of single files, and of all tables together; errors first, then warnings, then notes. */
export async function findIssues(engine: QueryEngine, { ofFiles, ...request }: IssuesRequest): Promise<DataIssue[]> {
  const found: DataIssue[] = [...request.sources.flatMap(({ issues }) => issues), ...ofFiles];
  for (const check of tablesChecks) found.push(...(await check({ engine, ...request })));
  const order = { error: 0, warning: 1, note: 2 };
  return found.sort((a, b) => order[a.severity] - order[b.severity]);
}
