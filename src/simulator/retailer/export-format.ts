/** How the simulated systems write: cells, delimiters, dates and money. */
import papaparse from 'papaparse';
import { isoDate } from '../../model/days.js';

export interface SimulatedFile {
  readonly name: string;
  readonly text: string;
}

/** What is wrong with one line, on purpose; `line` counts from 1, the header included. */
export interface PlantedDefect {
  readonly line: number;
  readonly kind: 'impossible date' | 'total row' | 'too many fields';
  readonly meaning: string;
}

export interface ExportedFile extends SimulatedFile {
  readonly role: string;
  /** Lines below the header, the defective one included. */
  readonly rows: number;
  readonly defect: PlantedDefect | null;
}

export type Cell = string | number;

export interface Export {
  readonly name: string;
  readonly role: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly delimiter?: ',' | ';' | '|' | '\t';
  readonly newline?: '\n' | '\r\n';
  readonly hasByteOrderMark?: true;
  readonly defect?: PlantedDefect;
}

const byteOrderMark = '\uFEFF';
/** The file’s text, and what is known of it. */
export function writeExport({ name, role, header, rows, delimiter = ',', newline = '\n', hasByteOrderMark, defect }: Export): ExportedFile {
  const text = papaparse.unparse([[...header], ...rows.map((row) => [...row])], { delimiter, newline });
  return { name, role, rows: rows.length, defect: defect ?? null, text: (hasByteOrderMark ? byteOrderMark : '') + text + newline };
}

export function pounds(pence: number): string {
  return (pence / 100).toFixed(2);
}

export function withComma(decimal: string): string {
  return decimal.replace('.', ',');
}

/** dd/mm/yyyy. */
export function britishDate(day: number): string {
  return isoDate(day).split('-').reverse().join('/');
}

export function clock(second: number): string {
  return [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
