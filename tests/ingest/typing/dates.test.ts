/** Random moments, written in every style that exports have, come back as the same moments. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sql } from '../../../src/engine/sql.js';
import { ingest } from '../../support/ingest.js';

const mapping = `version: 1
files: [{ file: o.csv, tables: [{ table: opt_outs, columns: { member_id: id, occurred_at: d } }] }]
`;
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const two = (number: number): string => String(number).padStart(2, '0');
const seconds = fc.sample(fc.integer({ min: Date.UTC(2000, 0, 1) / 1000, max: Date.UTC(2037, 11, 31) / 1000 }), { numRuns: 400, seed: 20_240_101 });

/** The parts of a moment as texts. */
function partsOf(second: number): {
  y: string;
  m: string;
  d: string;
  h: string;
  h12: string;
  half: string;
  min: string;
  s: string;
  month: string;
  day: string;
} {
  const date = new Date(second * 1000);
  const hour = date.getUTCHours();
  return {
    y: String(date.getUTCFullYear()),
    m: two(date.getUTCMonth() + 1),
    d: two(date.getUTCDate()),
    h: two(hour),
    h12: String(hour % 12 === 0 ? 12 : hour % 12),
    half: hour < 12 ? 'AM' : 'PM',
    min: two(date.getUTCMinutes()),
    s: two(date.getUTCSeconds()),
    month: months[date.getUTCMonth()] ?? '',
    day: days[date.getUTCDay()] ?? '',
  };
}
/** A moment on a clock that is so many minutes ahead of UTC. */
const ahead = (second: number, minutes: number): ReturnType<typeof partsOf> => partsOf(second + minutes * 60);

type Precision = 'second' | 'minute' | 'day';
const styles: readonly (readonly [name: string, write: (second: number) => string, precision: Precision])[] = [
  ['ISO', (at) => (({ y, m, d, h, min, s }) => `${y}-${m}-${d}T${h}:${min}:${s}`)(partsOf(at)), 'second'],
  ['ISO in UTC', (at) => (({ y, m, d, h, min, s }) => `${y}-${m}-${d}T${h}:${min}:${s}.000Z`)(partsOf(at)), 'second'],
  ['ISO at −03:30', (at) => (({ y, m, d, h, min, s }) => `${y}-${m}-${d} ${h}:${min}:${s} -0330`)(ahead(at, -210)), 'second'],
  ['a form’s time stamp', (at) => (({ y, m, d, h12, min, s, half }) => `${y}/${m}/${d} ${h12}:${min}:${s} ${half} GMT+8`)(ahead(at, 480)), 'second'],
  ['day first', (at) => (({ y, m, d, h, min }) => `${d}/${m}/${y} ${h}:${min}`)(partsOf(at)), 'minute'],
  ['day first, dots, two-digit years', (at) => (({ y, m, d }) => `${Number(d)}.${Number(m)}.${y.slice(2)}`)(partsOf(at)), 'day'],
  ['month first', (at) => (({ y, m, d, h12, min, s, half }) => `${Number(m)}/${Number(d)}/${y} ${h12}:${min}:${s} ${half}`)(partsOf(at)), 'second'],
  ['month first, short', (at) => (({ y, m, d, h12, min, half }) => `${m}/${d}/${y.slice(2)}, ${h12}:${min} ${half.toLowerCase()}`)(partsOf(at)), 'minute'],
  ['dd-mmm-yy', (at) => (({ y, month, d }) => `${d}-${month.slice(0, 3).toUpperCase()}-${y.slice(2)}`)(partsOf(at)), 'day'],
  ['month name', (at) => (({ y, month, d, h12, min, half }) => `${month} ${Number(d)}, ${y} ${h12}:${min} ${half}`)(partsOf(at)), 'minute'],
  ['mail', (at) => (({ y, month, d, h, min, s, day }) => `"${day}, ${d} ${month.slice(0, 3)} ${y} ${h}:${min}:${s} +0100"`)(ahead(at, 60)), 'second'],
  ['yyyymmdd', (at) => (({ y, m, d }) => `${y}${m}${d}`)(partsOf(at)), 'day'],
  ['yyyymmdd with a time', (at) => (({ y, m, d, h, min, s }) => `${y}${m}${d}T${h}${min}${s}`)(partsOf(at)), 'second'],
  ['spreadsheet', (at) => String(Math.round((at / 86_400 + 25_569) * 1e6) / 1e6), 'second'],
];

describe('dates come back as they were written', () => {
  it.each(styles)('%s', async (_, write, precision) => {
    const text = `id;d\n${seconds.map((second, index) => `${two(index).padStart(4, '0')};${write(second)}`).join('\n')}\n`;
    await ingest({ 'o.csv': text }, { mapping }, async ({ engine, loaded }) => {
      expect(loaded.rejected).toEqual([]);
      const rows = await engine.rows(sql<{ at: number }>`SELECT CAST(epoch(occurred_at) AS BIGINT) AS at FROM opt_outs ORDER BY member_key`);
      const unit = { second: 1, minute: 60, day: 86_400 }[precision];
      expect(rows.map(({ at }) => at)).toEqual(seconds.map((second) => Math.floor(second / unit) * unit));
    });
  });
});
