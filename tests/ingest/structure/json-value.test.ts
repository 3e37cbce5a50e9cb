/** The strict reading of JSON agrees with the runtime's on what is JSON, and keeps what the runtime would round. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonObject } from '../../../src/ingest/structure/prepare/json-value.js';

const isObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

function expectSame(cells: ReadonlyMap<string, string>, parsed: Readonly<Record<string, unknown>>): void {
  expect([...cells.keys()].sort()).toEqual(Object.keys(parsed).sort());
  for (const [key, cell] of cells) {
    const value = parsed[key];
    const read: unknown = typeof value === 'string' ? cell : cell === '' ? null : JSON.parse(cell);
    expect(read).toEqual(value);
  }
}

function hasEqualKeys(text: string): boolean {
  const keys = text.match(/"[^"]*"\s*:/g) ?? [];
  return new Set(keys).size < keys.length;
}

describe('readJsonObject', () => {
  it('takes what JSON.parse takes, with the same keys, and nothing else', () => {
    const objects = fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 });
    const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '0', '.', '-', 'e', 'n', ' ', '\u{1}');
    fc.assert(
      fc.property(objects, fc.option(fc.tuple(fc.nat(), piece)), fc.integer({ min: 0, max: 2 }), (object, corruption, indent) => {
        const text = JSON.stringify(object, null, indent);
        const [place, inserted] = corruption ?? [0, ''];
        const at = place % (text.length + 1);
        const tried = text.slice(0, at) + inserted + text.slice(at);
        const reading = readJsonObject(tried);
        if (!isObject(tried)) expect(reading).toHaveProperty('faultAt');
        else if ('cells' in reading) expectSame(reading.cells, JSON.parse(tried));
        // JSON.parse keeps the last of two equal keys without a word.
        else expect(hasEqualKeys(tried)).toBe(true);
      }),
      { numRuns: 3_000, seed: 20_240_105 },
    );
  });

  it('keeps every digit', () => {
    const reading = readJsonObject('{"id":123456789012345678901234567890,"n":1.10,"deep":[9007199254740993]}');
    expect('cells' in reading && [...reading.cells.values()]).toEqual(['123456789012345678901234567890', '1.10', '[9007199254740993]']);
  });

  it.each([
    ['', 0],
    ['[]', 0],
    ['{"a":1} x', 8],
    ['{"a":01}', 6],
    ['{"a":"\t"}', 5],
    ['{"a":1,"a":2}', 11],
    [`{"a":${'['.repeat(70)}${']'.repeat(70)}}`, 69],
  ])('the place of a fault: %j', (text, faultAt) => {
    expect(readJsonObject(text)).toEqual({ faultAt });
  });
});
