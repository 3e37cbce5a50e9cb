/** The published cases of csv-spectrum, with its own bytes: 11 of 12 are sound, and are held exactly. */
import spectrum from 'csv-spectrum';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Bench, openBench } from './files.js';

type Case = Parameters<Parameters<typeof spectrum>[0]>[1][number];

const rowsOf = (json: Buffer): Record<string, string>[] => z.array(z.record(z.string(), z.string())).parse(JSON.parse(json.toString('utf8')));

describe('csv-spectrum', () => {
  let bench: Bench;
  let cases: Case[] = [];
  beforeAll(async () => {
    bench = await openBench();
    cases = await new Promise<Case[]>((resolve, reject) => {
      spectrum((error, found) => (error === null || error === undefined ? resolve(found) : reject(error)));
    });
  });
  afterAll(async () => await bench.close());

  it('has twelve cases', () => {
    expect(cases.map(({ name }) => name)).toEqual([
      'comma_in_quotes',
      'empty',
      'empty_crlf',
      'escaped_quotes',
      'json',
      'location_coordinates',
      'newlines',
      'newlines_crlf',
      'quotes_and_newlines',
      'simple',
      'simple_crlf',
      'utf8',
    ]);
  });

  it('the eleven sound ones are held exactly', async () => {
    const held = new Map<string, unknown>();
    for (const { name, csv } of cases.filter((entry) => entry.name !== 'location_coordinates')) {
      const source = await bench.open(csv);
      expect(source.rejected).toEqual([]);
      const rows = await bench.held(source);
      held.set(
        name,
        rows.map((row) => Object.fromEntries(row.map((cell, at) => [source.header[at], cell]))),
      );
    }
    expect(held.size).toBe(11);
    for (const [name, rows] of held)
      expect({ name, rows }).toEqual({ name, rows: rowsOf(cases.find((entry) => entry.name === name)?.json ?? Buffer.from('[]')) });
  });

  it('the twelfth is no RFC 4180 and its oracle another record: it is rejected with its place, not repaired', async () => {
    const twelfth = cases.find(({ name }) => name === 'location_coordinates');
    if (twelfth === undefined) throw new Error('The case is missing.');
    // The oracle is one object where the others are lists, and names a telephone number that its file does not hold.
    expect(() => rowsOf(twelfth.json)).toThrow();
    const oracle = z.record(z.string(), z.string()).parse(JSON.parse(twelfth.json.toString('utf8')));
    expect(oracle['Contact Phone Number']).toBe('1234567890');
    expect(twelfth.csv.includes('1234567890')).toBe(false);
    // The file itself has quotation marks (seconds of arc) inside unquoted fields, which RFC 4180, section 2, rule 5, forbids.
    const source = await bench.open(twelfth.csv);
    expect(source.rejected.map(({ type, line, column, columnName }) => [type, line, column, columnName])).toEqual([
      ['bare-quote', 2, 2, 'Location Coordinates'],
    ]);
    expect(await bench.held(source)).toEqual([]);
  });
});
