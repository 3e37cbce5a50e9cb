/** The Hillstrom e-mail test as canonical tables, loaded by SQL because 64,000 rows are too many for VALUES. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Engine } from '../../src/engine/engine.js';
import { identifier, join, literal, type Sql, sql } from '../../src/engine/sql.js';
import { stagedName } from '../../src/ingest/assemble.sql.js';
import { type TableName, tableNamed } from '../../src/model/tables.js';

const hillstromFile = resolve('../shared/data/hillstrom/hillstrom_data.csv');
export const hasHillstrom = existsSync(hillstromFile);

const member = sql`CAST(c.rowid + 1 AS VARCHAR)`;
const treated = sql`c.c8 <> 'No E-Mail'`;

interface Part {
  readonly table: TableName;
  /** Canonical columns that the part fills; the others stay empty. */
  readonly columns: Readonly<Record<string, Sql>>;
  readonly from: Sql;
}

const outcome = (name: string, column: Sql): Part => ({
  table: 'outcomes',
  columns: { campaign_id: literal('challenge'), member_id: member, outcome: literal(name), value: column, window_days: literal(14) },
  from: sql`raw_hillstrom c`,
});
const response = (type: string, column: Sql): Part => ({
  table: 'responses',
  columns: { campaign_id: literal('challenge'), member_id: member, type: literal(type) },
  from: sql`raw_hillstrom c WHERE ${column} = '1' AND ${treated}`,
});

const parts: readonly Part[] = [
  { table: 'members', columns: { member_id: member, spend_total: sql`c.c2` }, from: sql`raw_hillstrom c` },
  {
    table: 'campaigns',
    columns: { campaign_id: literal('challenge'), name: literal('E-mail test'), planned_holdout_share: sql`1.0 / 3` },
    from: sql`(SELECT 0 AS rowid) c`,
  },
  {
    table: 'assignments',
    columns: { campaign_id: literal('challenge'), member_id: member, arm: sql`CASE WHEN ${treated} THEN c.c8 ELSE 'holdout' END` },
    from: sql`raw_hillstrom c`,
  },
  {
    table: 'contacts',
    columns: { campaign_id: literal('challenge'), member_id: member, channel: literal('email') },
    from: sql`raw_hillstrom c WHERE ${treated}`,
  },
  response('visit', sql`c.c9`),
  response('purchase', sql`c.c10`),
  outcome('visit', sql`c.c9`),
  outcome('conversion', sql`c.c10`),
  outcome('spend', sql`c.c11`),
];

/** For `WorldOptions.stage`. */
export async function stageHillstrom(engine: Engine): Promise<readonly TableName[]> {
  const file = { path: hillstromFile, delimiter: ',', quote: '"', newline: '\n', columns: 12 } as const;
  await engine.loadText('raw_hillstrom', file);
  const names = [...new Set(parts.map((part) => part.table))];
  for (const name of names) {
    const table = tableNamed(name);
    const selects = parts
      .filter((part) => part.table === name)
      .map(({ columns, from }, index) => {
        const cells = table.columns.map((column) => {
          const isKey = column.type === 'member' || column.type === 'campaign';
          const type = engine.dialect.typeOf(isKey ? 'id' : column.type);
          return sql`CAST(${columns[column.name] ?? literal(null)} AS ${type}) AS ${identifier(column.name)}`;
        });
        return sql`SELECT ${join(cells)}, CAST(c.rowid + ${literal(index * 1_000_000)} AS BIGINT) AS staged_order FROM ${from}`;
      });
    await engine.run(engine.dialect.createTableAs(stagedName(name), join(selects, ' UNION ALL ')));
  }
  return names;
}
