/** All checks of data quality, in the order in which a reader should see them. */
import type { QueryEngine } from '../../engine/engine.js';
import type { Filling } from '../assemble.js';
import type { CompiledFile } from '../load/typed.sql.js';
import type { FilePlan, Plan } from '../plan/plan.js';
import type { RejectedRow, Source } from '../source.js';
import { beforeEnrolment } from './before-enrolment.js';
import { changedHeader } from './changed-header.js';
import { damagedIdentifiers } from './damaged-identifiers.js';
import { duplicateRows } from './duplicate-rows.js';
import { emptyWords } from './empty-words.js';
import { improbableDates } from './improbable-dates.js';
import type { DataIssue, FileCheck, TablesCheck } from './issue.js';
import { leftOutFiles } from './left-out-files.js';
import { mixedGroups } from './mixed-groups.js';
import { negativeAmounts } from './negative-amounts.js';
import { openQuestions } from './open-questions.js';
import { quarantinedRows } from './quarantined-rows.js';
import { repeatedKeys } from './repeated-keys.js';
import { unlistedMembers } from './unlisted-members.js';
import { unusedColumns } from './unused-columns.js';

export type { DataIssue } from './issue.js';

const fileChecks: readonly FileCheck[] = [damagedIdentifiers, repeatedKeys, mixedGroups, duplicateRows, negativeAmounts];
const tablesChecks: readonly TablesCheck[] = [
  quarantinedRows,
  changedHeader,
  unlistedMembers,
  beforeEnrolment,
  improbableDates,
  openQuestions,
  emptyWords,
  leftOutFiles,
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
