/** From an entry of the mapping file, with header names, to a plan with column positions. */
import { NamedError } from '../../model/named-error.js';
import { type CanonicalTable, tableNamed } from '../../model/tables.js';
import { fingerprintOf } from '../mapping/fingerprint.js';
import type { ColumnRule, ConditionEntry, FileEntry, TableEntry } from '../mapping/schema.js';
import type { Source } from '../source.js';
import { safeHeader } from '../structure/safe-header.js';
import { collectFormats } from './formats.js';
import type { ColumnNote, Condition, FilePlan, PlannedColumn, Reading, Step } from './plan.js';
import { savedEntry } from './saved-entry.js';

/** Detection's confidence and reasons, by source column. */
export type Notes = ReadonlyMap<number, Pick<ColumnNote, 'confidence' | 'reason'>>;

export interface Role {
  readonly reason: string;
  readonly confidence: number | null;
}

/** @throws NamedError of kind `config` for a column that the file or the canonical table does not have. */
export function resolveEntry(entry: FileEntry, source: Source, role: Role, notes: Notes | null): FilePlan {
  const locate = (header: string): number => positionOf(source, header, entry);
  // Row 1 of two files is not the same customer.
  const scope: Scope = { locate, rowPrefix: source.index === 0 ? '' : `${source.index + 1}-` };
  const steps = (entry.tables ?? []).flatMap((table) => stepsOf(table, scope));
  return {
    index: source.index,
    file: source.file,
    roleReason: role.reason,
    roleConfidence: role.confidence,
    leftOut: entry.ignore ?? null,
    steps,
    fillDown:
      entry.fillDown === undefined
        ? null
        : { at: entry.fillDown.columns.map(locate), within: entry.fillDown.within === undefined ? null : locate(entry.fillDown.within) },
    emptyWords: entry.empty ?? [],
    ...collectFormats(entry, steps, source, locate),
    columns: columnNotes(entry, steps, source, notes),
    headerChanges: headerChanges(entry, steps, source),
    entry: notes === null ? entry : savedEntry(entry, source),
  };
}

interface Scope {
  readonly locate: (header: string) => number;
  /** Stands before row numbers that serve as identifiers. */
  readonly rowPrefix: string;
}

function positionOf(source: Source, header: string, entry: FileEntry): number {
  const at = source.header.indexOf(header);
  if (at >= 0 && source.header.indexOf(header, at + 1) < 0) return at;
  const position = at < 0 ? /^#(\d+)$/.exec(header)?.[1] : undefined;
  const index = position === undefined ? -1 : Number(position) - 1;
  if (index >= 0 && index < source.header.length) return index;
  const isRepeated = at >= 0;
  throw new NamedError({
    name: isRepeated ? 'repeated-column' : 'missing-column',
    kind: 'config',
    message: isRepeated
      ? `${source.file} has more than one column “${header}”.`
      : `The mapping names a column “${header}” that ${source.file} does not have.${
          entry.fingerprint !== undefined && entry.fingerprint !== fingerprintOf(source.header) ? ' The header has changed since the mapping was written.' : ''
        }`,
    whatToDo: isRepeated ? 'Name the column by its position, e.g. "#3".' : 'Correct the mapping, or run `loyalty-health inspect --save` again.',
    file: source.file,
  });
}

function stepsOf(entry: TableEntry, scope: Scope): Step[] {
  const { locate } = scope;
  const table = tableNamed(entry.table);
  const base = plannedColumns(table, entry.columns, scope);
  const where = (entry.where === undefined ? [] : Array.isArray(entry.where) ? entry.where : [entry.where]).map((condition) => conditionOf(condition, locate));
  const group = entry.groupBy === undefined ? null : { by: entry.groupBy.columns, first: entry.groupBy.first ?? [] };
  for (const name of [...(group?.by ?? []), ...(group?.first ?? [])]) canonicalColumn(table, name);
  const repeat = entry.repeat === undefined ? null : locate(entry.repeat);
  if (repeat !== null) where.push({ kind: 'positive', at: repeat });
  const { unpivot } = entry;
  if (unpivot === undefined) {
    return [checked({ table: table.name, columns: base, where, group, repeat, isConstant: base.every(({ reading }) => reading.kind === 'constant') })];
  }
  return unpivot.columns.map((item) => {
    const { column: header, label, with: extra } = typeof item === 'string' ? { column: item, label: undefined, with: undefined } : item;
    const at = locate(header);
    const own: PlannedColumn[] = [{ column: canonicalColumn(table, unpivot.name), reading: { kind: 'constant', text: String(label ?? header) } }];
    if (unpivot.value !== undefined) own.push({ column: canonicalColumn(table, unpivot.value), reading: { kind: 'column', at, map: null } });
    own.push(...plannedColumns(table, extra ?? {}, scope));
    const columns = [...base.filter((planned) => !own.some((other) => other.column.name === planned.column.name)), ...own];
    const kept: Condition[] = unpivot.keep === 'all' ? [] : [{ kind: unpivot.keep, at }];
    return checked({ table: table.name, columns, where: [...where, ...kept], group, repeat, isConstant: false });
  });
}

/** A table without its required columns says nothing, and a group by an unmapped column would be one group. */
function checked(step: Step): Step {
  const names = new Set(step.columns.map(({ column }) => column.name));
  const table = tableNamed(step.table);
  const needed = table.columns.filter((column) => column.isRequired && !(column.mayBeEmpty ?? false)).map((column) => column.name);
  const missing = [...needed, ...(step.group?.by ?? [])].filter((name) => !names.has(name));
  if (missing.length > 0) {
    throw new NamedError({
      name: 'missing-required-column',
      kind: 'config',
      message: `The mapping makes ${step.table} without ${missing.join(', ')}.`,
      whatToDo: `Map ${missing.join(', ')} to a column, a constant or the row number.`,
    });
  }
  return step;
}

function plannedColumns(table: CanonicalTable, columns: Readonly<Record<string, ColumnRule>>, scope: Scope): PlannedColumn[] {
  return Object.entries(columns).map(([name, rule]) => ({ column: canonicalColumn(table, name), reading: readingOf(rule, scope) }));
}

function canonicalColumn(table: CanonicalTable, name: string): CanonicalTable['columns'][number] {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) {
    throw new NamedError({
      name: 'unknown-canonical-column',
      kind: 'config',
      message: `The table ${table.name} has no column ${name}.`,
      whatToDo: `Its columns are ${table.columns.map((candidate) => candidate.name).join(', ')}.`,
    });
  }
  return column;
}

function readingOf(rule: ColumnRule, { locate, rowPrefix }: Scope): Reading {
  if (typeof rule === 'string') return { kind: 'column', at: locate(rule), map: null };
  if (rule.constant !== undefined) return { kind: 'constant', text: String(rule.constant) };
  if (rule.year !== undefined && rule.month !== undefined) return { kind: 'yearMonth', year: locate(rule.year), month: locate(rule.month) };
  if (rule.day !== undefined && rule.dayZero !== undefined) return { kind: 'dayNumber', at: locate(rule.day), dayZero: rule.dayZero };
  if (rule.sum !== undefined) return { kind: 'sum', at: rule.sum.map(locate) };
  if (rule.signOf !== undefined) return { kind: 'sign', at: locate(rule.signOf), positive: String(rule.positive), negative: String(rule.negative) };
  if (rule.column === undefined) return { kind: 'rowNumber', prefix: rowPrefix };
  const values = rule.values === undefined ? null : new Map(Object.entries(rule.values).map(([from, to]) => [from, String(to)]));
  return { kind: 'column', at: locate(rule.column), map: values === null ? null : { values, otherwise: rule.otherwise ?? 'keep' } };
}

function conditionOf(entry: ConditionEntry, locate: (header: string) => number): Condition {
  const at = locate(entry.column);
  if (entry.in !== undefined) return { kind: 'in', at, values: entry.in.map(String) };
  if (entry.notIn !== undefined) return { kind: 'notIn', at, values: entry.notIn.map(String) };
  return { kind: entry.positive === undefined ? 'notEmpty' : 'positive', at };
}

/** Source columns that a reading looks at. */
export function positionsOf(reading: Reading): readonly number[] {
  switch (reading.kind) {
    case 'column':
    case 'dayNumber':
    case 'sign':
      return [reading.at];
    case 'sum':
      return reading.at;
    case 'yearMonth':
      return [reading.year, reading.month];
    default:
      return [];
  }
}

function columnNotes(entry: FileEntry, steps: readonly Step[], source: Source, notes: Notes | null): ColumnNote[] {
  return source.header.map((header, at) => {
    const targets = steps.flatMap((step) =>
      step.columns.filter(({ reading }) => positionsOf(reading).includes(at)).map(({ column }) => `${step.table}.${column.name}`),
    );
    const filters = steps.some((step) => step.where.some((condition) => condition.at === at));
    const note = notes?.get(at);
    const unused = entry.unusedColumns?.[header] ?? entry.unusedColumns?.[`#${at + 1}`] ?? entry.ignore;
    const isUsed = targets.length > 0 || filters;
    const fallback = isUsed ? (targets.length > 0 ? 'set in the mapping file' : 'chooses rows') : (unused ?? 'the mapping does not name it');
    return {
      header: safeHeader(source, at),
      mappedTo: [...new Set(targets)],
      confidence: isUsed ? (note?.confidence ?? null) : null,
      reason: note?.reason ?? fallback,
    };
  });
}

/** Only a saved mapping names every column, so only there can a new or a vanished one be told. */
function headerChanges(entry: FileEntry, steps: readonly Step[], source: Source): string[] {
  if (entry.fingerprint === undefined || entry.fingerprint === fingerprintOf(source.header) || entry.ignore !== undefined) return [];
  const used = new Set(
    steps.flatMap((step) => [...step.columns.flatMap(({ reading }) => positionsOf(reading)), ...step.where.map((condition) => condition.at)]),
  );
  const known = new Set(Object.keys(entry.unusedColumns ?? {}));
  const added = source.header
    .filter((header, at) => !used.has(at) && !known.has(header) && !known.has(`#${at + 1}`))
    .map((header) => `new column “${safeHeader(source, source.header.indexOf(header))}”`);
  const gone = [...known].filter((header) => !source.header.includes(header) && !/^#\d+$/.test(header)).map((header) => `column “${header}” is gone`);
  return added.length + gone.length === 0 ? ['the columns stand in another order'] : [...added, ...gone];
}
