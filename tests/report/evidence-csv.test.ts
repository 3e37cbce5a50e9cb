import papaparse from 'papaparse';
import { describe, expect, test } from 'vitest';
import { evidenceFileName, renderEvidenceCsv } from '../../src/report/evidence-csv.js';
import type { EvidenceTable } from '../../src/result/evidence.js';
import { hostileTexts } from '../support/hostile-text.js';

const table = (rows: EvidenceTable['rows']): EvidenceTable => ({
  id: 'rows',
  title: 'Rows',
  columns: [
    { id: 'name', label: 'Name', unit: 'text' },
    { id: 'amount', label: 'Amount', unit: 'money' },
  ],
  rows,
});

test('header of column ids, CRLF, numbers at full precision, an empty field for what is not known', () => {
  expect(
    renderEvidenceCsv(
      table([
        ['Spring, sale', -0.1234567890123],
        ['a "b"', null],
        ['yes', true],
      ]),
    ),
  ).toBe('name,amount\r\n"Spring, sale",-0.1234567890123\r\n"a ""b""",\r\nyes,true\r\n');
});

describe('no cell runs in a spreadsheet', () => {
  const starts = /^[\s\uFEFF\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;
  test.each(hostileTexts.map((text) => [text]))('%j', (text) => {
    const { data } = papaparse.parse<string[]>(renderEvidenceCsv(table([[text, 1]])).trimEnd());
    const cell = data[1]?.[0] ?? '';
    expect(cell).not.toMatch(starts);
    expect(cell.replace(/^'/, '')).toBe(text.replace(/^'/, ''));
    expect(data[1]?.[1]).toBe('1');
  });

  test('negative numbers stay numbers', () => {
    expect(renderEvidenceCsv(table([['x', -5]]))).toContain('x,-5\r\n');
  });
});

test('file names hold nothing that a file system could take amiss', () => {
  expect(evidenceFileName({ id: 'hollow-wins' }, { id: 'campaigns' })).toBe('hollow-wins.campaigns.csv');
  expect(evidenceFileName({ id: '../../etc/passwd' }, { id: 'a b\0:' })).toBe('-etc-passwd.a-b-.csv');
});
