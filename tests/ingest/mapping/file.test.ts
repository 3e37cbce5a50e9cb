import { describe, expect, it } from 'vitest';
import { parseMappingFile, readMappingFile } from '../../../src/ingest/mapping/file.js';
import { fingerprintOf } from '../../../src/ingest/mapping/fingerprint.js';
import { writeMappingFile } from '../../../src/ingest/mapping/write.js';
import { NamedError } from '../../../src/model/named-error.js';

/** The error of a mapping text, as name:line:column. */
function errorOf(text: string): string {
  try {
    parseMappingFile(text, 'loyalty.yaml');
  } catch (error) {
    if (!(error instanceof NamedError)) throw error;
    expect(error.details).toMatchObject({ kind: 'config', file: 'loyalty.yaml' });
    return `${error.name}:${error.details.line}:${error.details.column}`;
  }
  return 'none';
}

describe('a mapping file that is wrong is refused with file, line and column', () => {
  it.each([
    ['a key twice', 'version: 1\nversion: 1\n', 'duplicate-key:2:1'],
    ['a duplicate key inside', 'version: 1\nfiles:\n  - file: a.csv\n    file: b.csv\n', 'duplicate-key:4:5'],
    ['no YAML', 'version: [1\n', 'mapping-syntax:2:1'],
    ['an unknown key', 'version: 1\ncurency: GBP\n', 'unknown-key:2:1'],
    ['an unknown key inside', 'version: 1\nfiles:\n  - file: a.csv\n    ignroe: because\n', 'unknown-key:4:5'],
    ['another version', 'version: 2\n', 'invalid-mapping:1:10'],
    ['an unknown table', 'version: 1\nfiles:\n  - file: a.csv\n    tables:\n      - table: sales\n        columns: {}\n', 'invalid-mapping:5:16'],
    [
      'two sources for a column',
      'version: 1\nfiles:\n  - file: a.csv\n    tables:\n      - table: members\n        columns:\n          member_id: { column: id, constant: x }\n',
      'invalid-mapping:7:22',
    ],
    [
      'an unknown key of a column',
      'version: 1\nfiles:\n  - file: a.csv\n    tables:\n      - table: members\n        columns:\n          member_id: { colum: id }\n',
      'unknown-key:7:24',
    ],
    [
      'a bad date format',
      'version: 1\nfiles:\n  - file: a.csv\n    tables:\n      - table: members\n        columns:\n          enrolled_at: { column: d, format: dd/mm }\n',
      'invalid-mapping:7:45',
    ],
    ['neither tables nor a reason', 'version: 1\nfiles:\n  - file: a.csv\n', 'invalid-mapping:3:5'],
    ['an objective that is none', 'version: 1\nobjectives:\n  C1: fame\n', 'invalid-mapping:3:7'],
  ])('%s', (_, text, expected) => {
    expect(errorOf(text)).toBe(expected);
  });

  it('a bomb of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, index) => `  a${index + 1}: &a${index + 1} [${Array.from({ length: 9 }, () => `*a${index}`).join(', ')}]`);
    expect(errorOf(`version: 1\nobjectives:\n  a0: &a0 x\n${levels.join('\n')}\n`)).toMatch(/^mapping-aliases/);
  });

  it('a file that is not there', async () => {
    await expect(readMappingFile('/nowhere/loyalty.yaml')).rejects.toMatchObject({ name: 'mapping-not-found', details: { file: 'loyalty.yaml' } });
  });
});

describe('a mapping file that is right', () => {
  const text = `version: 1
currency: GBP
population: 100
responseTypes: [click, purchase]
objectives: { C1: retention }
thresholds: { concentrated-contact: { excessGini: { watch: 0.2 } } }
files:
  - file: "tx_*.csv"
    tables:
      - table: transactions
        columns:
          transaction_id: id
          occurred_at: { column: date, format: day-first }
          net_amount: { column: paid, decimal: comma }
        where: { column: kind, notIn: [draft, 0] }
  - file: notes.csv
    ignore: nothing but remarks
`;

  it('survives being written and read', () => {
    const mapping = parseMappingFile(text, 'loyalty.yaml');
    const written = writeMappingFile(
      mapping,
      new Map([
        ['tx_*.csv', 'a comment: with a colon\nand a second line'],
        ['notes.csv', 'not shown'],
      ]),
    );
    expect(parseMappingFile(written, 'loyalty.yaml')).toEqual(mapping);
    expect(written).toContain('  # a comment: with a colon\n  # and a second line\n  - file: tx_*.csv');
    expect(written).not.toContain('not shown');
  });

  it('keeps words that older YAML read as yes and no', () => {
    const mapping = parseMappingFile(
      'version: 1\nfiles:\n  - file: a.csv\n    tables:\n      - table: consents\n        columns:\n          status: { column: s, values: { Yes: granted, No: withdrawn } }\n',
      'loyalty.yaml',
    );
    expect(mapping.files[0]?.tables?.[0]?.columns.status).toEqual({ column: 's', values: { Yes: 'granted', No: 'withdrawn' } });
  });
});

describe('the fingerprint of a header', () => {
  it('changes with a name, an order and a border between cells', () => {
    const prints = [['a', 'b'], ['b', 'a'], ['ab'], ['a', 'B'], ['a,b']].map(fingerprintOf);
    expect(new Set(prints).size).toBe(5);
    expect(fingerprintOf(['a', 'b'])).toBe(prints[0]);
  });
});
