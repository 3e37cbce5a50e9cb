import { rawName } from '../load/typed.sql.js';
import type { FileCheck } from './issue.js';
import { duplicateRowsSql } from './rows.sql.js';

/** Rows that repeat another one in every cell: an export made twice, or, where the file has no identifier, different customers. */
export const duplicateRows: FileCheck = async ({ engine, source, plan }) => {
  const [found] = await engine.rows(duplicateRowsSql(rawName(source.index), source.header.length));
  if (found === undefined || found.repeated === 0) return [];
  const hasNoIdentifier = plan.steps.some((step) => step.columns.some(({ column, reading }) => column.type === 'member' && reading.kind === 'rowNumber'));
  return [
    {
      type: 'duplicate-rows',
      title: 'Rows that repeat another row',
      description: 'These rows equal another row of the file in every cell. Nothing was removed.',
      template: hasNoIdentifier
        ? '{rows} of {total} rows repeat another row. The file has no customer number, so they are taken as different customers.'
        : '{rows} of {total} rows repeat another row. All were counted; if the export was made twice, remove one copy.',
      values: { rows: found.repeated, total: source.rowsRead, file: source.file },
      severity: hasNoIdentifier ? 'note' : 'warning',
      file: source.file,
    },
  ];
};
