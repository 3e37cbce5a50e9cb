import type { TablesCheck } from './issue.js';
import { mismatchedMembersSql } from './members.sql.js';

/** Members that would be one if zeros in front, a `.0` behind, or capital letters did not tell them apart. */
export const mismatchedIdentifiers: TablesCheck = async ({ engine }) => {
  const [found] = await engine.rows(mismatchedMembersSql(engine.dialect));
  if (found === undefined || found.unlisted === 0) return [];
  return [
    {
      type: 'mismatched-identifiers',
      title: 'Identifiers that have lost zeros or are written in two ways',
      description:
        'A spreadsheet takes zeros away from the front of numbers and puts .0 behind them. Identifiers are never changed here, so these members count twice. Export the files again with the identifier as text.',
      template:
        '{unlisted} members that no members file lists would be listed if zeros in front, “.0” behind and capital letters did not count. They were not put together.',
      values: { unlisted: found.unlisted },
      severity: 'error',
      file: null,
    },
  ];
};
