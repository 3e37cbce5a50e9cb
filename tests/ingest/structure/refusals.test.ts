/** Inputs that are no table of text are refused by name, with what to do. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSource } from '../../../src/ingest/structure/open.js';
import { unreadable } from '../../../src/ingest/structure/refuse.js';
import { NamedError } from '../../../src/model/named-error.js';
import { type Bench, openBench } from './files.js';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => await bench.close());

async function refusalOf(opening: Promise<unknown>): Promise<NamedError['details']> {
  const error = await opening.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NamedError)) throw new Error(`Expected a named error, got ${String(error)}.`);
  return error.details;
}

const cases: { what: string; content: string | Buffer; name: string }[] = [
  { what: 'an empty file', content: '', name: 'empty-file' },
  { what: 'a byte-order mark and nothing else', content: '\u{feff}', name: 'empty-file' },
  { what: 'blank lines and nothing else', content: '\n\n  \n', name: 'empty-file' },
  { what: 'the beginning of a zip archive', content: Buffer.from('PK\u{3}\u{4}…'), name: 'damaged-archive' },
  { what: 'the beginning of a gzip file', content: Buffer.from([0x1f, 0x8b, 8, 0]), name: 'damaged-archive' },
  { what: 'a PDF', content: '%PDF-1.7\n', name: 'not-a-csv-file' },
  { what: 'an HTML table called .csv', content: '<html><body><table><tr><td>1</td></tr></table>', name: 'not-a-csv-file' },
  { what: 'JSON', content: '[{"id": 1}]', name: 'not-a-csv-file' },
  { what: 'UTF-32', content: Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), name: 'unsupported-encoding' },
  { what: 'binary', content: Buffer.from(Array.from({ length: 2_000 }, (_, index) => (index * 7) % 32)), name: 'binary-file' },
  { what: 'a header with a name too few', content: 'id,name\n1,Ann,5\n2,Bob,6\n3,Cal,7\n', name: 'header-does-not-fit' },
  { what: 'a header with a quote in the middle', content: 'id,na"me,n\n1,Ann,5\n2,Bob,6\n', name: 'faulty-header' },
  { what: 'an unknown delimiter in a separator line', content: 'sep=^\nid^n\n1^2\n', name: 'unsupported-delimiter' },
  { what: 'more than 2,000 columns', content: `${Array.from({ length: 2_001 }, (_, index) => `c${index}`).join(',')}\n`, name: 'too-many-columns' },
  { what: 'more faults than a list can help with', content: `id,name,n\n${'1,2,3\n'.repeat(100_001)}${'x,y\n'.repeat(100_001)}`, name: 'too-many-faults' },
];

describe('refusals', () => {
  it.each(cases)('$what', async ({ content, name }) => {
    const details = await refusalOf(bench.open(content));
    expect(details).toMatchObject({ name, kind: 'input', file: 'input.csv' });
    expect(details.message).toMatch(/\.$/);
    expect(details.whatToDo).toMatch(/\.$/);
    expect(details.message).not.toContain(bench.folder);
  });

  it('a missing file', async () => {
    expect(await refusalOf(openSource(join(bench.folder, 'absent.csv'), 'absent.csv', 0, bench.folder))).toMatchObject({
      name: 'file-not-found',
      kind: 'input',
    });
  });

  it('a folder', async () => {
    const path = join(bench.folder, 'folder.csv');
    await mkdir(path);
    expect(await refusalOf(openSource(path, 'folder.csv', 0, bench.folder))).toMatchObject({ name: 'is-a-folder', kind: 'input' });
  });

  it.skipIf(process.platform === 'win32')('a device', async () => {
    expect(await refusalOf(openSource('/dev/null', 'null', 0, bench.folder))).toMatchObject({ name: 'not-a-regular-file', kind: 'input' });
  });

  it('a file that may not be read; an error of our own is left as it is', async () => {
    const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    expect(await refusalOf(Promise.reject(unreadable(denied, 'locked.csv')))).toMatchObject({ name: 'file-unreadable', file: 'locked.csv' });
    const ours = new RangeError('a defect');
    expect(unreadable(ours, 'locked.csv')).toBe(ours);
  });
});
