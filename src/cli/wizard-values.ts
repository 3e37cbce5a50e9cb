/** The wizard's questions about values: date order, decimal sign and currency, which only the whole file can raise. */
import type { ColumnRule, FileEntry, MappingFile, TableEntry } from '../ingest/mapping/schema.js';
import type { Plan } from '../ingest/plan/plan.js';
import type { Source } from '../ingest/source.js';
import type { NamedError } from '../model/named-error.js';
import type { Asker } from './wizard-asker.js';

type Setting = { readonly format: 'day-first' | 'month-first' } | { readonly decimal: 'point' | 'comma' };

export interface SettledValues {
  readonly entries: readonly FileEntry[];
  readonly settings: Pick<MappingFile, 'currency' | 'rates'>;
}

const nothing: SettledValues = { entries: [], settings: {} };

/** @returns the entries and settings that settle what stopped the load; null when the wizard has no question for it. */
export async function settleValues({ details }: NamedError, sources: readonly Source[], plan: Plan, asker: Asker): Promise<SettledValues | null> {
  if (details.name === 'several-currencies') return settleCurrencies(sources, plan, asker);
  const source = sources.find(({ file }) => file === details.file);
  const entry = plan.files.find(({ file }) => file === details.file)?.entry;
  if (source === undefined || entry === undefined || details.column === undefined) return null;
  const setting = await askSetting(details.name, details.message, asker);
  if (setting === null) return null;
  const set = withSetting(entry, source, details.column - 1, setting);
  // Where the entry has no place for the answer, asking again would go on for ever.
  return JSON.stringify(set) === JSON.stringify(entry) ? null : { ...nothing, entries: [set] };
}

async function askSetting(name: string, message: string, asker: Asker): Promise<Setting | null> {
  if (name === 'ambiguous-date-order') {
    const order = await asker.one(`${message} What is 03/04/2024 in it?`, [
      { value: 'day-first', label: '3 April', hint: 'day first' },
      { value: 'month-first', label: '4 March', hint: 'month first' },
    ]);
    return { format: order === 'day-first' ? 'day-first' : 'month-first' };
  }
  if (name !== 'ambiguous-decimal-sign') return null;
  const sign = await asker.one(`${message} What is 1,234 in it?`, [
    { value: 'comma', label: 'a little more than one', hint: 'decimal comma' },
    { value: 'point', label: 'more than a thousand', hint: 'decimal point' },
  ]);
  return { decimal: sign === 'comma' ? 'comma' : 'point' };
}

/** Sets the format wherever the entry reads the source column, by header or by position. */
function withSetting(entry: FileEntry, source: Source, at: number, setting: Setting): FileEntry {
  const isMeant = (header: string | undefined): boolean => header !== undefined && (header === source.header[at] || header === `#${at + 1}`);
  const set = (rule: ColumnRule): ColumnRule => {
    if (typeof rule === 'string') return isMeant(rule) ? { column: rule, ...setting } : rule;
    return isMeant(rule.column) || isMeant(rule.signOf) || (rule.sum ?? []).some(isMeant) ? { ...rule, ...setting } : rule;
  };
  const inTable = ({ columns, ...rest }: TableEntry): TableEntry => ({
    ...rest,
    columns: Object.fromEntries(Object.entries(columns).map(([name, rule]) => [name, set(rule)])),
  });
  return { ...entry, ...(entry.tables === undefined ? {} : { tables: entry.tables.map(inTable) }) };
}

/** Sales in several currencies: one is kept, by a condition on each file of sales, or all are converted at rates that the user gives. */
async function settleCurrencies(sources: readonly Source[], plan: Plan, asker: Asker): Promise<SettledValues | null> {
  const found = plan.files.flatMap(({ index, entry }) =>
    (entry.tables ?? []).flatMap((table) => {
      const [source, header] = [sources.find((candidate) => candidate.index === index), currencyColumn(table)];
      return source === undefined || header === null ? [] : source.sample.map((row) => (row[source.header.indexOf(header)] ?? '').trim());
    }),
  );
  const codes = [...new Set(found)].filter((code) => /^[A-Z]{3}$/.test(code)).sort();
  if (codes.length < 2) return null;
  const currency = await asker.one(
    'The sales are in several currencies. Which one is the report in?',
    codes.map((value) => ({ value, label: value })),
  );
  const way = await asker.one('What becomes of sales in the others?', [
    { value: 'convert', label: 'convert them, at rates that you give now' },
    { value: 'leave', label: 'leave them out; they are counted as skipped' },
  ]);
  if (way === 'leave') return { settings: { currency }, entries: plan.files.flatMap(({ entry }) => keepOnly(entry, currency)) };
  const rates: Record<string, number> = {};
  for (const code of codes.filter((other) => other !== currency)) {
    const isRate = (text: string): boolean => /^\d+(?:\.\d+)?$/.test(text) && Number(text) > 0;
    const rate = await asker.text(`What is one ${code} worth in ${currency}?`, 'e.g. 0.85', (text) =>
      isRate(text) ? null : 'Write a number above nought, e.g. 0.85.',
    );
    rates[code] = Number(rate);
  }
  return { settings: { currency, rates }, entries: [] };
}

function currencyColumn({ table, columns }: TableEntry): string | null {
  return table === 'transactions' && typeof columns.currency === 'string' ? columns.currency : null;
}

function keepOnly(entry: FileEntry, currency: string): FileEntry[] {
  const tables = entry.tables ?? [];
  if (tables.every((table) => currencyColumn(table) === null)) return [];
  const kept = tables.map((table): TableEntry => {
    const header = currencyColumn(table);
    const given = table.where === undefined ? [] : Array.isArray(table.where) ? table.where : [table.where];
    return header === null ? table : { ...table, where: [...given, { column: header, in: [currency] }] };
  });
  return [{ ...entry, tables: kept }];
}
