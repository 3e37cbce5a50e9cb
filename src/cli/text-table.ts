/** A table for a terminal: the first column on the left, numbers on the right, headings broken at spaces. */
import { wrap } from './terminal.js';

const widestHeading = 11;
const gap = '  ';

/** @param rows cells without line breaks, one a column. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => {
    const words = Math.max(...title.split(' ').map((word) => word.length));
    const cells = Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
    return Math.max(words, cells, column === 0 ? 0 : Math.min(widestHeading, title.length));
  });
  const headings = header.map((title, column) => wrap(title, widths[column] ?? 0).split('\n'));
  const height = Math.max(...headings.map((lines) => lines.length));
  const place = (text: string, column: number): string => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0));
  const line = (cells: readonly string[]): string => cells.map(place).join(gap).trimEnd();
  const headLines = Array.from({ length: height }, (_, index) => line(headings.map((lines) => lines[index - (height - lines.length)] ?? '')));
  return [...headLines, ...rows.map(line)].join('\n');
}
