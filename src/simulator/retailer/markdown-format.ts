/** How figures stand in `TRUTH.md`. */

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line), ''];
}

/** Thousands with commas; written out because the built-in way follows the machine’s language. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

export function money(value: number): string {
  const [whole = '', pence = ''] = Math.abs(value).toFixed(2).split('.');
  return `${value < 0 ? '−' : ''}£${count(Number(whole))}.${pence}`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

export function ratio(value: number): string {
  return value.toFixed(3);
}
