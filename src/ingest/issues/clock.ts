import { tables } from '../../model/tables.js';
import { timedRowsSql } from './calendar.sql.js';
import type { TablesCheck } from './issue.js';

/** In which time zone days begin: said wherever a file has times of day, because a late sale may belong to the next day elsewhere. */
export const clock: TablesCheck = async ({ engine, plan, filling }) => {
  const columns: string[] = [];
  for (const table of tables) {
    for (const { name, type } of table.columns) {
      if (type !== 'timestamp' || filling.filled(table.name, name) === 0) continue;
      const [found] = await engine.rows(timedRowsSql(table.name, name));
      if ((found?.timed ?? 0) > 0) columns.push(`${table.name}.${name}`);
    }
  }
  if (columns.length === 0) return [];
  const { timeZone } = plan.mapping;
  return [
    {
      type: 'time-zone',
      title: 'The time zone in which days are counted',
      description:
        'A time that names its zone is put on this clock; a time that names none is taken to be on it already. “timeZone” in the mapping changes it.',
      template:
        timeZone === undefined
          ? 'No time zone is declared, so days begin and end at midnight UTC in {columns}.'
          : 'Days begin and end at midnight in {zone}, as declared, in {columns}.',
      values: { columns: columns.join(', '), zone: timeZone ?? 'UTC' },
      severity: 'note',
      file: null,
    },
  ];
};
