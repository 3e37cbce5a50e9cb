/** Hand-made broken files: each fault by name, line and column, and what is still loaded. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench } from './files.js';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => await bench.close());

interface FaultCase {
  readonly what: string;
  readonly content: string | Buffer;
  /** `type line:column` of each rejected row. */
  readonly rejected?: readonly string[];
  readonly skipped?: Readonly<Record<string, number>>;
  readonly rows: readonly (readonly string[])[];
  readonly issues?: readonly string[];
}

const bytes = (...parts: (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));
const A = ['1', 'Ann', '5'];
const B = ['2', 'Bob', '6'];
const C = ['3', 'Cal', '7'];

const cases: FaultCase[] = [
  { what: 'a row with a field too many', content: 'id,name,n\n1,Ann,5\n2,Bob,6,x\n3,Cal,7\n', rejected: ['too-many-fields 3:4'], rows: [A, C] },
  {
    what: 'an extra delimiter and an empty last field',
    content: 'id,amount,note\n1,5,a\n2,,20,\n3,7,c\n',
    rejected: ['too-many-fields 3:4'],
    rows: [
      ['1', '5', 'a'],
      ['3', '7', 'c'],
    ],
  },
  { what: 'a row with a field too few', content: 'id,name,n\n1,Ann,5\n2,Bob\n3,Cal,7\n', rejected: ['too-few-fields 3:3'], rows: [A, C] },
  { what: 'a last row cut off', content: 'id,name,n\n1,Ann,5\n2,Bob,6\n3,Ca', rejected: ['too-few-fields 4:3'], rows: [A, B] },
  { what: 'a bare quote', content: 'id,name,n\n1,Ann,5\n2,B"ob,6\n3,Cal,7\n', rejected: ['bare-quote 3:2'], rows: [A, C] },
  { what: 'inches', content: 'id,name,n\n1,Ann,5\n2,5" pipe,6\n3,Cal,7\n', rejected: ['bare-quote 3:2'], rows: [A, C] },
  { what: 'a space before a quote', content: 'id,name,n\n1,Ann,5\n2, "Bob",6\n3,Cal,7\n', rejected: ['bare-quote 3:2'], rows: [A, C] },
  { what: 'text after a quote', content: 'id,name,n\n1,Ann,5\n2,"Bob"by,6\n3,Cal,7\n', rejected: ['text-after-quote 3:2'], rows: [A, C] },
  { what: 'a space after a quote', content: 'id,name,n\n1,Ann,5\n2,"Bob" ,6\n3,Cal,7\n', rejected: ['text-after-quote 3:2'], rows: [A, C] },
  {
    what: 'a quote inside a quoted field, not doubled',
    content: 'id,name,n\n1,Ann,5\n2,"B"o"b",6\n3,Cal,7\n',
    rejected: ['text-after-quote 3:2'],
    rows: [A, C],
  },
  { what: 'a backslash as escape', content: 'id,name,n\n1,Ann,5\n2,"B\\"ob",6\n3,Cal,7\n', rejected: ['text-after-quote 3:2'], rows: [A, C] },
  {
    what: 'an open quote in the middle: one row is lost, not the rest of the file',
    content: 'id,name,n\n1,Ann,5\n2,"Bob,6\n3,Cal,7\n',
    rejected: ['unclosed-quote 3:2'],
    rows: [A, C],
  },
  {
    what: 'an open quote that a later quote seems to close',
    content: 'id,name,n\n1,"Ann",5\n2,"Bob,6\n3,"Cal",7\n',
    rejected: ['unclosed-quote 3:2'],
    rows: [A, C],
  },
  { what: 'an open quote at the end of the file', content: 'id,name,n\n1,Ann,5\n2,"Bob', rejected: ['unclosed-quote 3:2'], rows: [A] },
  {
    what: 'an open quote in a file whose fields may hold line ends',
    content: 'id,name,n\n1,"An\nn",5\n2,"Bob,6\n3,"Cal",7\n4,Dan,8\n',
    rejected: ['text-after-quote 5:2'],
    rows: [
      ['1', 'An\nn', '5'],
      ['4', 'Dan', '8'],
    ],
  },
  { what: 'a carriage return inside a row', content: 'id,name,n\n1,Ann,5\n2,Bo\rb,6\n3,Cal,7\n', rejected: ['stray-carriage-return 3:2'], rows: [A, C] },
  { what: 'a NUL', content: 'id,name,n\n1,Ann,5\n2,Bo\0b,6\n3,Cal,7\n', rejected: ['nul-byte 3:2'], rows: [A, C] },
  { what: 'a NUL inside quotes', content: 'id,name,n\n1,Ann,5\n2,"Bo\0b",6\n3,Cal,7\n', rejected: ['nul-byte 3:2'], rows: [A, C] },
  { what: 'a control byte', content: 'id,name,n\n1,Ann,5\n2,Bob,6\u{1}\n3,Cal,7\n', rejected: ['control-byte 3:3'], rows: [A, C] },
  { what: 'an end-of-file mark of DOS', content: 'id,name,n\n1,Ann,5\n\u{1a}', rejected: ['control-byte 3:1'], rows: [A] },
  { what: 'a field of more than 1 MB', content: `id,name,n\n1,Ann,5\n2,${'x'.repeat(1_048_577)},6\n3,Cal,7\n`, rejected: ['field-too-long 3:2'], rows: [A, C] },
  { what: 'a line of more than 2 MB', content: `id,name,n\n1,Ann,5\n2,${'x,'.repeat(1_100_000)}6\n3,Cal,7\n`, rejected: ['line-too-long 3:*'], rows: [A, C] },
  {
    what: 'a line longer than what is held in memory',
    content: `id,name,n\n1,Ann,5\n2,${'x'.repeat(5_000_000)},6\n3,Cal,7\n`,
    rejected: ['line-too-long 3:*'],
    rows: [A, C],
  },
  {
    what: 'a byte that is no UTF-8 in a UTF-8 file',
    content: bytes('id,name,n\n1,Ann,5\n2,B', 0xff, 'b,6\n3,Café,7\n4,Müller,8\n'),
    rejected: ['undecodable-bytes 3:2'],
    rows: [A, ['3', 'Café', '7'], ['4', 'Müller', '8']],
  },
  {
    what: 'a byte that Windows-1252 leaves undefined',
    content: bytes('id,name,n\n1,Caf', 0xe9, ',5\n2,M', 0xfc, 'ller,6\n3,C', 0x81, 'l,7\n'),
    rejected: ['undecodable-bytes 4:2'],
    rows: [
      ['1', 'Café', '5'],
      ['2', 'Müller', '6'],
    ],
    issues: ['windows-1252-encoding'],
  },
  {
    what: 'half a UTF-16 character',
    content: Buffer.concat([Buffer.from('\u{feff}id,name,n\n1,Ann,5\n2,Bob,', 'utf16le'), Buffer.from([0x36])]),
    rejected: ['undecodable-bytes 3:3'],
    rows: [A],
  },
  {
    what: 'a lone surrogate in UTF-16',
    content: Buffer.from('\u{feff}id,name,n\n1,Ann,5\n2,B\ud800b,6\n', 'utf16le'),
    rejected: ['undecodable-bytes 3:2'],
    rows: [A],
  },
  { what: 'a footer', content: 'id,name,n\n1,Ann,5\n2,Bob,6\n(2 rows affected)\n', rejected: ['too-few-fields 4:2'], rows: [A, B] },
  {
    what: 'a line of dashes under the header, and a line that is no row',
    content: 'id,name,n\n---,---,---\n1,Ann,5\nx\n',
    rejected: ['too-few-fields 4:2'],
    skipped: { 'rule line': 1 },
    rows: [A],
    issues: ['rule-line'],
  },
  {
    what: 'dashes below the first row are data',
    content: 'id,name,n\n1,Ann,5\n---,---,---\n',
    rows: [A, ['---', '---', '---']],
  },
  {
    what: 'two files put end to end, each with its byte-order mark',
    content: '\u{feff}id,name,n\n1,Ann,5\n\u{feff}id,name,n\n2,Bob,6\n',
    skipped: { 'repeated header': 1 },
    rows: [A, B],
    issues: ['stray-byte-order-mark', 'repeated-header'],
  },

  { what: 'blank lines', content: 'id,name,n\n\n1,Ann,5\n\n\n2,Bob,6\n\n', skipped: { 'blank line': 4 }, rows: [A, B] },
  { what: 'lines of spaces', content: 'id,name,n\n1,Ann,5\n   \n2,Bob,6\n', skipped: { 'blank line': 1 }, rows: [A, B] },
  { what: 'rows of nothing but delimiters', content: 'id,name,n\n1,Ann,5\n,,\n,,\n', skipped: { 'empty row': 2 }, rows: [A] },
  { what: 'a title', content: 'Sales report\nid,name,n\n1,Ann,5\n2,Bob,6\n', skipped: { 'title row': 1 }, rows: [A, B], issues: ['title-rows'] },
  {
    what: 'a title padded with delimiters, and a blank line',
    content: 'Sales report,,\n\nid,name,n\n1,Ann,5\n2,Bob,6\n',
    skipped: { 'blank line': 1, 'title row': 1 },
    rows: [A, B],
    issues: ['title-rows'],
  },
  { what: 'a separator line', content: 'sep=;\nid;name;n\n1;Ann;5\n', skipped: { 'separator line': 1 }, rows: [A] },
  {
    what: 'a separator line that contradicts the look of the rows',
    content: 'sep=;\nid;name;n\n1,0;Ann;5,0\n2,0;Bob;6,0\n',
    skipped: { 'separator line': 1 },
    rows: [
      ['1,0', 'Ann', '5,0'],
      ['2,0', 'Bob', '6,0'],
    ],
  },
  {
    what: 'a repeated header',
    content: 'id,name,n\n1,Ann,5\nid,name,n\n2,Bob,6\n',
    skipped: { 'repeated header': 1 },
    rows: [A, B],
    issues: ['repeated-header'],
  },
  { what: 'a total row', content: 'id,name,n\n1,Ann,5\n2,Bob,6\nTotal,,11\n', skipped: { 'total row': 1 }, rows: [A, B], issues: ['total-row'] },
  {
    what: 'a German total row behind an empty cell',
    content: 'id;name;n\n1;Ann;5\n2;Bob;6\n;Summe:;11,00\n',
    skipped: { 'total row': 1 },
    rows: [A, B],
    issues: ['total-row'],
  },
  { what: 'a customer called Total is no total row', content: 'id,name,n\n1,Ann,5\n2,Total,6\n', rows: [A, ['2', 'Total', '6']] },
  {
    what: 'several total rows are subtotals: none is left out',
    content: 'a,b,n\nx,y,5\nTotal,,5\nz,y,6\nTotal,,6\n',
    rows: [
      ['x', 'y', '5'],
      ['Total', '', '5'],
      ['z', 'y', '6'],
      ['Total', '', '6'],
    ],
  },

  { what: 'mixed newlines', content: 'id,name,n\r\n1,Ann,5\n2,Bob,6\r\n', rows: [A, B], issues: ['mixed-newlines'] },
  { what: 'an empty header name', content: 'id,,n\n1,Ann,5\n', rows: [A], issues: ['empty-header-names'] },
  { what: 'duplicate header names', content: 'id,n,n\n1,Ann,5\n', rows: [A], issues: ['duplicate-header-names'] },
  { what: 'no header', content: '1,Ann,5\n2,Bob,6\n', rows: [B], issues: ['header-looks-like-data'] },
  { what: 'a header and nothing else', content: 'id,name,n\n', rows: [], issues: ['no-rows'] },
  { what: 'garbled letters', content: 'id,name,n\n1,JÃ¼rgen,5\n', rows: [['1', 'JÃ¼rgen', '5']], issues: ['garbled-characters'] },
  { what: 'lost letters', content: 'id,name,n\n1,J\u{fffd}rgen,5\n', rows: [['1', 'J\u{fffd}rgen', '5']], issues: ['lost-characters'] },
  {
    what: 'two quotes lost so that two rows look like one',
    content: 'id,name,n\n1,"Ann,5\n2,Bob",6\n3,Cal,7\n',
    rows: [['1', 'Ann,5\n2,Bob', '6'], C],
    issues: ['joined-rows'],
  },
  { what: 'a line end in a header name', content: 'id,"full\nname",n\n1,Ann,5\n', rows: [A] },
  { what: 'a header called __proto__', content: 'id,__proto__,n\n1,Ann,5\n', rows: [A] },
  {
    what: 'decimal commas between semicolons',
    content: 'id;amount;n\n1;2,5;5\n2;3,5;6\n',
    rows: [
      ['1', '2,5', '5'],
      ['2', '3,5', '6'],
    ],
  },
  { what: 'a delimiter in one column', content: 'id\n1\n2;b\n3\n', rows: [['1'], ['2;b'], ['3']], issues: ['delimiters-in-one-column'] },
  { what: 'a delimiter in the name of one column', content: 'id;x\n1\n2\n', rows: [['1'], ['2']], issues: ['delimiters-in-one-column'] },
  { what: 'one column', content: 'id\n1\n2\n', rows: [['1'], ['2']] },
  {
    what: 'values that engines convert',
    content: 'id,name,n\n007,1E5,9007199254740993\nNULL,01/02/2024,true\n',
    rows: [
      ['007', '1E5', '9007199254740993'],
      ['NULL', '01/02/2024', 'true'],
    ],
  },
];

describe('broken files', () => {
  it.each(cases)('$what', async ({ content, rejected = [], skipped = {}, rows, issues = [] }) => {
    const source = await bench.open(content);
    const found = source.rejected.map(({ type, line, column }, index) => `${type} ${line}:${rejected[index]?.endsWith('*') ? '*' : column}`);
    expect(found).toEqual(rejected);
    expect(Object.fromEntries(source.skipped.map(({ rule, rows: count }) => [rule, count]))).toEqual(skipped);
    expect(await bench.held(source)).toEqual(rows);
    expect(source.sample).toEqual(rows);
    expect(source.issues.map((issue) => issue.type)).toEqual(issues);
    const skippedRows = source.skipped.reduce((sum, entry) => sum + entry.rows, 0);
    expect(source.rowsRead).toBe(rows.length + source.rejected.length + skippedRows);
  });

  it('names the column of a fault by its header and says nothing of the value', async () => {
    const source = await bench.open('id,name,n\n1,Ann,5\n2,"Secret"x,6\n');
    expect(source.rejected).toEqual([
      {
        file: 'input.csv',
        line: 3,
        record: 2,
        column: 2,
        columnName: 'name',
        type: 'text-after-quote',
        reason: 'Text follows a closing quotation mark before the next delimiter; a quotation mark inside a quoted field must be doubled.',
      },
    ]);
  });

  it('every placeholder of an issue has its value', async () => {
    for (const { content } of cases) {
      for (const issue of (await bench.open(content)).issues) {
        const names = [...issue.template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
        expect(names.sort()).toEqual(Object.keys(issue.values).sort());
      }
    }
  });
});
