/**
 * A result without the names that come from the exports: files, headers, campaigns, sources, shops and so on have neutral ones,
 * the same for the same thing everywhere. No figure changes, and what the audits concluded from the names stays.
 */
import { tables } from '../model/tables.js';
import type { Chart } from '../result/charts.js';
import type { EvidenceTable } from '../result/evidence.js';
import type { Finding, Input, Queries, Result } from '../result/schema.js';
import type { KnownName } from './names.js';
import { Substitutes } from './substitutes.js';

/** A row that was not loaded, as far as it names something. */
interface NamedRow {
  readonly file: string;
  readonly columnName: string | null;
}

export interface Anonymised<Row> {
  readonly result: Result;
  readonly rejected: Row[];
}

/** @param names of the canonical tables. */
export function anonymise<Row extends NamedRow>(result: Result, rejected: readonly Row[], names: readonly KnownName[]): Anonymised<Row> {
  const data = new Substitutes(names, houseTexts(result));
  const origins = originsOf(result, rejected);
  const inputs = result.inputs.map((input) => anonymousInput(input, origins));
  return {
    result: {
      ...result,
      asOfReason: origins.text(result.asOfReason, 'file'),
      config: anonymousConfig(result.config),
      inputs,
      tables: result.tables.map((table) => ({
        ...table,
        columns: table.columns.map((column) => ({
          ...column,
          levels: column.levels?.map(({ value, rows }) => ({ value: data.whole(value, `${table.table} ${column.column}`) ?? value, rows })) ?? null,
        })),
      })),
      findings: result.findings.map((finding) => anonymousFinding(finding, data)),
      queries: result.queries.map((queries) => anonymousQueries(queries, data)),
      dataQuality: result.dataQuality.map((issue) => {
        const values = Object.entries(issue.values).map(([key, value]) => [key, typeof value === 'string' ? listed(value, origins, data) : value]);
        return {
          ...issue,
          values: Object.fromEntries(values),
          file: issue.file === null ? null : origins.text(issue.file, 'file'),
        };
      }),
    },
    rejected: rejected.map((row) => ({
      ...row,
      file: origins.text(row.file, 'file'),
      columnName: row.columnName === null ? null : origins.text(row.columnName, 'column'),
    })),
  };
}

/** Ways to reach people, and places to sell, that every trade has. */
const plainChannels = ['email', 'mail', 'letter', 'push', 'phone', 'online', 'web', 'website', 'app', 'store', 'shop', 'branch', 'till'];

/** What the program says of itself, which names nobody: sentences have names only where their placeholders stand. */
function houseTexts({ findings }: Result): string[] {
  const meanings = tables.flatMap(({ name, rowMeans, columns }) => [
    name,
    rowMeans,
    ...columns.flatMap((column) => [column.name.replaceAll('_', ' '), column.meaning]),
  ]);
  const said = findings.flatMap(({ question, why, explanation, rivals, thresholds }) => [
    question,
    why,
    ...Object.values(explanation ?? {}),
    ...rivals.flatMap((rival) => Object.values(rival)),
    ...thresholds.map(({ source }) => source.note),
  ]);
  return [...meanings, ...said, ...plainChannels].map((text) => text.replaceAll(/\{[^}]*\}/g, ' '));
}

/** Files, headers, and reasons that a mapping gives in its own words. */
function originsOf({ inputs }: Result, rejected: readonly NamedRow[]): Substitutes {
  const files = inputs.map(({ file }): KnownName => ({ kind: 'file', name: file, thing: file }));
  const headers = [
    ...inputs.flatMap(({ columns, totals = [] }) => [...columns.map(({ header }) => header), ...totals.flatMap(({ header }) => header.split(' + '))]),
    ...rejected.flatMap(({ columnName }) => (columnName === null ? [] : [columnName])),
  ];
  return new Substitutes([...files, ...headers.map((name): KnownName => ({ kind: 'column', name, thing: name.trim().toLowerCase() }))], []);
}

function anonymousInput(input: Input, origins: Substitutes): Input {
  const header = (name: string): string => (name === '' ? '' : origins.text(name, 'column'));
  const isLeftOut = input.roles.length === 0;
  return {
    ...input,
    file: origins.text(input.file, 'file'),
    // Why a file or column is left out may be said in words of the mapping.
    roleReason: isLeftOut ? 'Left out.' : input.roleReason,
    columns: input.columns.map((column) => ({
      ...column,
      header: header(column.header),
      reason: column.mappedTo.length === 0 ? 'Not used.' : column.reason.replaceAll(/“([^”]*)”/g, (_, name: string) => `“${header(name)}”`),
    })),
    ...(input.totals === undefined ? {} : { totals: input.totals.map((total) => ({ ...total, header: total.header.split(' + ').map(header).join(' + ') })) }),
  };
}

/** A mapping is made of names; what of it moves a verdict has none. */
function anonymousConfig({ mapping, ...config }: Result['config']): Result['config'] {
  const kept = ['version', 'asOf', 'currency', 'rates', 'timeZone', 'population', 'thresholds'];
  const entries = typeof mapping === 'object' && mapping !== null ? Object.entries(mapping) : [];
  return { ...config, mapping: Object.fromEntries(entries.filter(([key]) => kept.includes(key))), isAnonymous: true };
}

/** Names in a list, one after the other; what else stands there stays. */
function listed(text: string, origins: Substitutes, data: Substitutes): string {
  const parts = text.split(/(, |; | and | \+ |”, “)/);
  return parts.map((part, at) => (at % 2 === 1 ? part : (origins.whole(part, 'file column') ?? data.text(origins.text(part, 'file column'), '')))).join('');
}

function anonymousFinding(finding: Finding, data: Substitutes): Finding {
  const { id } = finding;
  const text = (said: string): string => data.text(said, id);
  const evidence = finding.evidence.map((table) => anonymousTable(table, id, data));
  const charts = finding.charts.map((chart) => anonymousChart(chart, id, data));
  const meant = <T extends { meaning: string }>(of: T | null): T | null => (of === null ? null : { ...of, meaning: text(of.meaning) });
  return {
    ...finding,
    measures: finding.measures.map(({ why, ...measure }) => ({
      ...measure,
      label: text(measure.label),
      ...(why === undefined ? {} : { why: text(why) }),
    })),
    money: meant(finding.money),
    members: meant(finding.members),
    reason: finding.reason === null ? null : text(finding.reason),
    caveats: finding.caveats.map(text),
    evidence,
    charts,
  };
}

/** Values of the data stand in a query only between quotation marks. */
function anonymousQueries({ purpose, uses, statements }: Queries, data: Substitutes): Queries {
  const anonymous = (text: string): string =>
    text.replaceAll(/'((?:[^']|'')*)'/g, (_, quoted: string) => `'${data.text(quoted.replaceAll("''", "'"), purpose).replaceAll("'", "''")}'`);
  return { purpose, uses, statements: statements.map(({ text, times }) => ({ text: anonymous(text), times })) };
}

function anonymousTable(table: EvidenceTable, id: string, data: Substitutes): EvidenceTable {
  const around = table.columns.map((column) => `${column.label} ${column.id}`);
  return {
    ...table,
    title: data.text(table.title, id),
    columns: table.columns.map((column) => ({ ...column, label: data.text(column.label, id) })),
    rows: table.rows.map((row) => row.map((cell, at) => (typeof cell === 'string' ? data.text(cell, around[at] ?? id) : cell))),
    ...(table.note === undefined ? {} : { note: data.text(table.note, id) }),
  };
}

/** Keys of a chart whose text says which kind of thing it is. */
const kept = new Set(['id', 'kind', 'emphasis', 'xUnit', 'yUnit', 'unit']);

/** Marks of these charts are campaigns, also where their names are numbers. */
const ofCampaigns = new Set(['scatter', 'slope']);

function anonymousChart<C extends Chart>(chart: C, id: string, data: Substitutes): C {
  const around = `${id} ${chart.title} ${ofCampaigns.has(chart.kind) ? 'campaign' : ''}`;
  return everyText(chart, (text, key) => (kept.has(key) ? text : data.text(text, around)), '');
}

/** The same value with every text in it replaced. */
function everyText<T>(value: T, replace: (text: string, key: string) => string, key: string): T;
function everyText(value: unknown, replace: (text: string, key: string) => string, key: string): unknown {
  if (typeof value === 'string') return replace(value, key);
  if (Array.isArray(value)) return value.map((item: unknown) => everyText(item, replace, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]: [string, unknown]) => [name, everyText(item, replace, name)]));
}
