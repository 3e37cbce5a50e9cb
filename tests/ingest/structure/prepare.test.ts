/** Packed and converted files: what is in them is held exactly, under the name and hash of what was given. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discoverFiles } from '../../../src/ingest/discover.js';
import { openInputs } from '../../../src/ingest/ingest.js';
import { lineNumbers } from '../../../src/ingest/structure/lines.js';
import { expansionLimits } from '../../../src/ingest/structure/prepare/expansion.js';
import { prepareFile } from '../../../src/ingest/structure/prepare/prepare.js';
import { NamedError } from '../../../src/model/named-error.js';
import { type Bench, openAll, openBench } from './files.js';

const packed = join(import.meta.dirname, 'packed');
const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => await bench.close());

async function nameOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'no error',
    (error: unknown) => (error instanceof NamedError ? error.details.name : String(error)),
  );
}

const open = async (name: string, content: string | Buffer): Promise<Awaited<ReturnType<typeof openAll>>> =>
  openAll(await bench.write(name, content), name, bench.folder);

describe('archives', () => {
  it('gzip: several members, another encoding, the hash of the given file', async () => {
    const bytes = Buffer.concat([gzipSync(Buffer.from('\u{feff}id;name\n1;Zoë\n', 'utf16le')), gzipSync(Buffer.from('2;漢字\n', 'utf16le'))]);
    const [source] = await open('members.csv.gz', bytes);
    expect(source).toMatchObject({ file: 'members.csv.gz', bytes: bytes.length, sha256: hash(bytes), header: ['id', 'name'], headerLine: 1 });
    expect(source?.dialect).toMatchObject({ encoding: 'utf-16le', hasByteOrderMark: true, delimiter: ';' });
    if (source !== undefined) {
      expect(await bench.held(source)).toEqual([
        ['1', 'Zoë'],
        ['2', '漢字'],
      ]);
    }
  });

  it('gzip: whichever byte is wrong, the rows are exact or the file is refused', async () => {
    const sound = gzipSync('id,n\n1,2\n3,4\n');
    const outcomes = new Map<string, number>();
    for (const [at, byte] of sound.entries()) {
      const bytes = Buffer.from(sound);
      bytes[at] = byte ^ 0xff;
      const outcome = await open('flipped.csv.gz', bytes).then(
        async ([source]) => (source === undefined ? 'nothing' : JSON.stringify([source.header, ...(await bench.held(source))])),
        (error: unknown) => (error instanceof NamedError ? 'refused' : String(error)),
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].sort()).toEqual(['[["id","n"],["1","2"],["3","4"]]', 'refused']);
  });

  it('gzip is told by its bytes, whatever its name', async () => {
    const [source] = await open('misnamed.csv', gzipSync('id,n\n1,2\n'));
    expect(source?.header).toEqual(['id', 'n']);
  });

  it('zip: every export in it is an input of its own, other files are left alone', async () => {
    const path = join(packed, 'exports.zip');
    const sources = await openInputs(await discoverFiles([path], packed), bench.folder);
    expect(sources.map(({ file, index }) => [index, file])).toEqual([
      [0, 'exports.zip/2024/members.CSV'],
      [1, 'exports.zip/contacts.ndjson'],
      [2, 'exports.zip/orders.csv'],
    ]);
    const bytes = readFileSync(path);
    for (const source of sources) expect([source.bytes, source.sha256]).toEqual([bytes.length, hash(bytes)]);
    const held: string[][][] = [];
    for (const source of sources) held.push(await bench.held(source));
    expect(held).toEqual([
      [
        ['M001', 'Zoë'],
        ['M002', 'Bob'],
      ],
      [['M001', 'true']],
      [
        ['O1', 'M001', '5.00'],
        ['O2', 'M002', '6.50'],
      ],
    ]);
  });

  it('limits: bytes in all, ratio, and number of files', async () => {
    const zip = join(packed, 'exports.zip');
    const prepare = (limits: Partial<typeof expansionLimits>): Promise<unknown> =>
      prepareFile(zip, 'exports.zip', 0, bench.folder, { ...expansionLimits, ...limits });
    expect(await nameOf(prepare({ mostBytes: 60 }))).toBe('archive-too-large');
    expect(await nameOf(prepare({ mostEntries: 3 }))).toBe('archive-too-large');
    expect(await nameOf(prepare({ ratioFrom: 10, highestRatio: 0.1 }))).toBe('archive-expands-too-much');
    expect(await nameOf(prepare({}))).toBe('no error');
  });

  it('the same export, packed and unpacked, would count twice: it is refused', async () => {
    const rows = 'id,n\n1,2\n';
    const twins = async (first: string, second: string, content: string | Buffer): Promise<string> => {
      const files = [];
      for (const [file, bytes] of [
        [first, gzipSync(rows)],
        [second, content],
      ] as const) {
        files.push({ path: await bench.write(file.replaceAll('/', '-'), bytes), file });
      }
      return nameOf(openInputs(files, bench.folder));
    };
    expect(await twins('orders.csv.gz', 'orders.csv', rows)).toBe('export-given-twice');
    expect(await twins('a/orders.csv.gz', 'b/orders.csv.gz', gzipSync(rows))).toBe('export-given-twice');
    expect(await twins('orders.csv.gz', 'orders.csv', 'id,n\n1,3\n')).toBe('no error');
    expect(await twins('campaign-1.csv.gz', 'campaign-2.csv', rows)).toBe('no error');
  });
});

describe('Parquet', () => {
  it('every value is the text that it stands for', async () => {
    const path = join(packed, 'members.parquet');
    const [source] = await openAll(path, 'members.parquet', bench.folder);
    if (source === undefined) throw new Error('No source.');
    expect(source.sha256).toBe(hash(readFileSync(path)));
    expect(source.header).toEqual(['member_id', 'big', 'amount', 'share', 'day', 'seen_at', 'active', 'note', 'items', 'place', 'unmarked']);
    expect(await bench.held(source)).toEqual([
      ['007', '9007199254740993', '12345678901234567890.12', '0.1', '2024-01-02', '2024-01-02 01:04:05+00', 'true', 'a "b",\nc', '[1,2]', '{"x":1}', 'plain'],
      ['', '', '', '', '', '', '', '', '', '', ''],
      ['M2', '1', '2.00', '3.0', '1999-12-31', '', 'false', 'z', '[]', '', ''],
    ]);
    expect(source.issues.map(({ type }) => type)).toEqual(['converted-file']);
    // A value with a line end in it does not move the records below.
    expect(await lineNumbers(source, [2])).toEqual(new Map([[2, { line: 3, record: 3 }]]));
  });

  it('a name that an engine would take for a pattern or a partition', async () => {
    const bytes = readFileSync(join(packed, 'members.parquet'));
    for (const name of ['year=2024[1].parquet', "it's*.parquet"]) {
      const [source] = await open(name, bytes);
      expect(source?.header).toHaveLength(11);
    }
  });
});

describe('one JSON object a line', () => {
  it('numbers keep their digits, keys their order, absent and null are empty', async () => {
    const lines = [
      '{"id":"007","n":9007199254740993,"x":1.10,"e":1E5}',
      '',
      '{"name":"Zo\\u00eb \\"Q\\"\\n,;","id":null,"tags":["a", {"b":1}]}',
      '{"ok":true,"id":"NULL","n":-0.50}',
    ];
    const [source] = await open('events.ndjson', `\u{feff}${lines.join('\r\n')}`);
    if (source === undefined) throw new Error('No source.');
    expect(source.header).toEqual(['id', 'n', 'x', 'e', 'name', 'tags', 'ok']);
    expect(await bench.held(source)).toEqual([
      ['007', '9007199254740993', '1.10', '1E5', '', '', ''],
      ['', '', '', '', 'Zoë "Q"\n,;', '["a", {"b":1}]', ''],
      ['NULL', '-0.50', '', '', '', '', 'true'],
    ]);
    expect(source.skipped).toEqual([{ rule: 'blank line', rows: 1 }]);
    expect(await lineNumbers(source, [0, 1, 2])).toEqual(
      new Map([
        [0, { line: 1, record: 1 }],
        [1, { line: 3, record: 2 }],
        [2, { line: 4, record: 3 }],
      ]),
    );
  });

  it('reads what is packed', async () => {
    const [source] = await open('events.jsonl.gz', gzipSync('{"id":1}\n{"id":2}\n'));
    if (source === undefined) throw new Error('No source.');
    expect(await bench.held(source)).toEqual([['1'], ['2']]);
  });

  it('an object across two chunks', async () => {
    const text = Array.from({ length: 60_000 }, (_, index) => `{"id":${index},"text":"é${'x'.repeat(index % 40)}"}\n`).join('');
    const [source] = await open('long.jsonl', text);
    if (source === undefined) throw new Error('No source.');
    const held = await bench.held(source);
    expect(held).toHaveLength(60_000);
    expect(held[59_999]).toEqual(['59999', `é${'x'.repeat(59_999 % 40)}`]);
  });
});

describe('columns set apart by spaces', () => {
  it('are read where every line has the same number of words and some column holds numbers', async () => {
    const [source] = await open(
      'cdnow.txt',
      '\u{feff}  id  day       n   amount\r\n  00001 19970101  1   11.77\r\n\r\n  00002 19970112  1   12.00  \r\n 00003 19970102 5 77.00\r\n',
    );
    if (source === undefined) throw new Error('No source.');
    expect(source.dialect.delimiter).toBe(' ');
    expect(source.header).toEqual(['id', 'day', 'n', 'amount']);
    expect(await bench.held(source)).toEqual([
      ['00001', '19970101', '1', '11.77'],
      ['00002', '19970112', '1', '12.00'],
      ['00003', '19970102', '5', '77.00'],
    ]);
    expect(await lineNumbers(source, [1])).toEqual(new Map([[1, { line: 4, record: 2 }]]));
    expect(source.issues.map(({ type }) => type)).toEqual(['space-delimited']);
  });

  it.each([
    ['two words a line', 'order number\nAB 123\nCD 456\nEF 789\n', ['order number']],
    ['text only', 'first middle last\nAnn Bea Cal\nDan Eve Fay\nGil Hal Ian\n', ['first middle last']],
    ['another delimiter', 'id,first name here\n1,Ann B 5\n2,Dan E 6\n3,Gil H 7\n', ['id', 'first name here']],
    ['a quoted name', '"a b c"\n1 2 3\n4 5 6\n7 8 9\n', ['a b c']],
  ])('are no columns: %s', async (_, content, header) => {
    const [source] = await open('words.txt', content);
    expect(source?.header).toEqual(header);
    expect(source?.dialect.delimiter).toBe(',');
  });
});

describe('a folder', () => {
  it('gives every kind of export, whatever the case of its ending', async () => {
    const names = ['A.CSV', 'b.tsv', 'c.txt', 'd.ndjson', 'e.jsonl', 'f.parquet', 'g.csv.gz', 'h.ZIP'];
    const { mkdir } = await import('node:fs/promises');
    const folder = join(bench.folder, 'kinds');
    await mkdir(folder);
    for (const name of [...names, 'i.xlsx', 'j.md']) await bench.write(join('kinds', name), '');
    expect((await discoverFiles([folder], bench.folder)).map(({ file }) => file)).toEqual(names);
  });
});
