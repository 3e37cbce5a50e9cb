import { typedName } from '../load/typed.sql.js';
import type { DataIssue, FileCheck } from './issue.js';
import { mixedGroupsSql } from './rows.sql.js';

/** Baskets whose lines name different members. */
export const mixedGroups: FileCheck = async ({ engine, source, plan, compiled }) => {
  const issues: DataIssue[] = [];
  for (const { step, columns } of compiled.steps) {
    const member = columns.get('member_id');
    const group = (step.group?.by ?? []).flatMap((name) => columns.get(name) ?? []);
    if (group.length === 0 || member === undefined) continue;
    const [found] = await engine.rows(mixedGroupsSql(typedName(plan.index), group, member));
    if (found === undefined || found.mixed === 0) continue;
    issues.push({
      type: 'mixed-groups',
      title: 'Baskets with more than one customer',
      description: 'Lines were put together into one row, but they do not agree on the customer. The first one counts.',
      template: '{rows} groups of lines name more than one customer; the first one named counts.',
      values: { rows: found.mixed, file: source.file },
      severity: 'warning',
      file: source.file,
    });
  }
  return issues;
};
