import { tableNamed } from '../../model/tables.js';
import { fingerprintOf } from '../mapping/fingerprint.js';
import type { ColumnRule, FileEntry, TableEntry } from '../mapping/schema.js';
import type { Source } from '../source.js';
import { dateCandidates, filledCells, numberCandidates } from './formats.js';

/** What `inspect --save` writes of a detected file: the header it was written for, and formats that next month's file need not prove. */
export function savedEntry({ file, ...rest }: FileEntry, source: Source): FileEntry {
  const tables = rest.tables?.map((table) => ({
    ...table,
    columns: Object.fromEntries(Object.entries(table.columns).map(([name, rule]) => [name, withFormat(table.table, name, rule, source, rest.empty)])),
  }));
  return { file, fingerprint: fingerprintOf(source.header), ...rest, ...(tables === undefined ? {} : { tables }) };
}

function withFormat(table: TableEntry['table'], name: string, rule: ColumnRule, source: Source, emptyWords: readonly string[] | undefined): ColumnRule {
  const type = tableNamed(table).columns.find((column) => column.name === name)?.type;
  const at = typeof rule === 'string' ? source.header.indexOf(rule) : -1;
  if (typeof rule !== 'string' || at < 0) return rule;
  const cells = filledCells(source, at, emptyWords);
  if (type === 'date' || type === 'timestamp') {
    const [format, other] = dateCandidates(cells);
    return format === undefined || other !== undefined || format === 'iso' ? rule : { column: rule, format };
  }
  if (type !== 'amount' && type !== 'number') return rule;
  const [style, other] = numberCandidates(cells);
  return style === 'comma' && other === undefined ? { column: rule, decimal: style } : rule;
}
