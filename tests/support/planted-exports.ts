/** The exports of a small programme with chosen text in every column that may hold text, as files on disk. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import papaparse from 'papaparse';
import { type TableName, tableNamed, tableNames } from '../../src/model/tables.js';
import { programmeWorld } from '../../src/simulator/programme/programme-world.js';

/** Columns whose words decide what a row is: planted in some rows only, so that the analysis still finds what it looks for. */
const deciding = new Set(['status', 'type', 'arm', 'channel', 'objective', 'primary_kpi', 'trigger_type']);
const decidingEvery = 4;

export interface Planting {
  readonly members: number;
  /** @returns the text for a cell, of which the programme has `cell`; `row` counts from 0. */
  readonly text: (table: TableName, column: string, row: number, cell: string) => string;
  /** Other identifiers of members than those of the programme. */
  readonly memberId?: (id: string) => string;
  /** A column that no table has: its header and its cells. */
  readonly stray?: { readonly header: string; readonly cell: (row: number) => string };
  readonly fileName?: (table: TableName) => string;
}

/** Writes the files into the folder, which is made. @returns the role of each file, which planted text may hide. */
export async function writePlantedExports(
  folder: string,
  { members, text, memberId = (id) => id, stray, fileName }: Planting,
): Promise<Record<string, TableName>> {
  await mkdir(folder, { recursive: true });
  const roles: Record<string, TableName> = {};
  const world = programmeWorld({ seed: 7, members });
  for (const name of tableNames) {
    const csv = world[name];
    if (csv === undefined) continue;
    const [columns = [], ...rows] = papaparse.parse<string[]>(csv, { skipEmptyLines: true }).data;
    const textual = new Set(tableNamed(name).columns.flatMap((column) => (column.type === 'text' && column.name !== 'currency' ? [column.name] : [])));
    const planted = rows.map((row, index) => [
      ...row.map((cell, at) => {
        const column = columns[at] ?? '';
        if (column === 'member_id' && cell !== '') return memberId(cell);
        const isPlanted = textual.has(column) && (!deciding.has(column) || index % decidingEvery === 0);
        return isPlanted ? text(name, column, index, cell) : cell;
      }),
      ...(stray === undefined ? [] : [stray.cell(index)]),
    ]);
    const content = papaparse.unparse({ fields: [...columns, ...(stray === undefined ? [] : [stray.header])], data: planted }, { quotes: true, newline: '\n' });
    const file = fileName?.(name) ?? `${name}.csv`;
    roles[file] = name;
    await writeFile(join(folder, file), `${content}\n`);
  }
  return roles;
}
