import type { TableName } from '../../model/tables.js';
import type { DataIssue, TablesCheck } from './issue.js';
import { beforeEnrolmentSql, earlyTypesSql } from './members.sql.js';

const events: readonly (readonly [TableName, string, string])[] = [
  ['transactions', 'occurred_at', 'sales'],
  ['points', 'occurred_at', 'lines of the points ledger'],
  ['contacts', 'contacted_at', 'contacts'],
  ['responses', 'responded_at', 'responses'],
];

/** Events of members that had not yet joined. */
export const beforeEnrolment: TablesCheck = async ({ engine, filling }) => {
  if (filling.filled('members', 'enrolled_at') === 0) return [];
  const issues: DataIssue[] = [];
  for (const [table, column, noun] of events) {
    if (filling.filled(table, column) === 0) continue;
    const [found] = await engine.rows(beforeEnrolmentSql(table, column));
    if (found === undefined || found.early === 0) continue;
    // A row of a file can be two lines of a ledger: earned and redeemed in one month.
    const types = table === 'points' ? await engine.rows(earlyTypesSql(table, column)) : [];
    const counts = Object.fromEntries(types.map(({ type, early }) => [type, early]));
    issues.push({
      type: 'events-before-enrolment',
      title: 'Events before the member joined',
      description: 'Either the date of joining is wrong, or the record belongs to somebody else, or history was carried over. Nothing was changed.',
      template: `Dated before the member joined: {rows} of the {noun}${inBrackets(Object.keys(counts))}; members concerned: {members}.`,
      values: { rows: found.early, noun, members: found.members, table, ...counts },
      severity: 'warning',
      file: null,
    });
  }
  return issues;
};

/** “ (6,637 earn, 765 redeem)” as a template; types are the model's own words. */
function inBrackets(types: readonly string[]): string {
  return types.length === 0 ? '' : ` (${types.map((type) => `{${type}} ${type}`).join(', ')})`;
}
