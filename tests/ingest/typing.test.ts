/** Cells to typed values, as exports write them; what does not fit goes to quarantine, never elsewhere. */
import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.js';
import { ingest } from '../support/ingest.js';

const member = (columns: string): string => `version: 1
files:
  - file: m.csv
    tables:
      - table: members
        columns: { member_id: id, ${columns} }
`;
const optOuts = `version: 1
files: [{ file: m.csv, tables: [{ table: opt_outs, columns: { member_id: id, occurred_at: d } }] }]
`;
/** The dates of column `d`, by member; quarantined rows are absent. */
async function dates(cells: readonly string[], rule = 'enrolled_at: d', answers = {}): Promise<(string | null)[]> {
  const text = `id;d\n${cells.map((cell, index) => `${String(index).padStart(6, '0')};${cell}`).join('\n')}\n`;
  return ingest({ 'm.csv': text }, { mapping: member(rule), answers }, async ({ engine }) => {
    const rows = await engine.rows(sql<{ d: string | null }>`SELECT CAST(enrolled_at AS VARCHAR) AS d FROM members ORDER BY member_id`);
    return rows.map(({ d }) => d);
  });
}
/** The amounts of column `d`, by member. */
async function amounts(cells: readonly string[], rule = 'spend_total: d', answers = {}): Promise<(number | null)[]> {
  const text = `id;d\n${cells.map((cell, index) => `${String(index).padStart(6, '0')};${cell}`).join('\n')}\n`;
  return ingest({ 'm.csv': text }, { mapping: member(rule), answers }, async ({ engine }) => {
    const rows = await engine.rows(sql<{ d: number | null }>`SELECT spend_total AS d FROM members ORDER BY member_id`);
    return rows.map(({ d }) => d);
  });
}

describe('dates', () => {
  it.each([
    ['ISO', ['2024-02-29', '2023-1-5'], ['2024-02-29', '2023-01-05']],
    ['ISO with zone', ['2024-02-29T23:30:00-05:00', '2024-02-29 23:30:00 +0100'], ['2024-03-01', '2024-02-29']],
    ['the day first, by evidence of one cell', ['01/02/2024', '13/02/2024'], ['2024-02-01', '2024-02-13']],
    ['the month first, by evidence of one cell', ['01/02/2024', '02/13/2024'], ['2024-01-02', '2024-02-13']],
    ['dots and two-digit years', ['31.12.99', '01.02.24'], ['1999-12-31', '2024-02-01']],
    ['with times', ['13/02/2024 09:05', '14/02/2024 11:59:59 PM'], ['2024-02-13', '2024-02-14']],
    ['yyyymmdd', ['20240229', '20231231'], ['2024-02-29', '2023-12-31']],
    ['month names', ['05-Mar-24', '28-FEB-2023'], ['2024-03-05', '2023-02-28']],
    ['month first in words', ['March 5, 2024', 'Feb 28, 2023'], ['2024-03-05', '2023-02-28']],
    ['year first with slashes', ['2024/02/29', '2024/03/01'], ['2024-02-29', '2024-03-01']],
    ['seconds since 1970', ['1709164800', '1709251199'], ['2024-02-29', '2024-02-29']],
    ['milliseconds since 1970', ['1709164800000', '1709251199999'], ['2024-02-29', '2024-02-29']],
    ['days since the end of 1899, as spreadsheets count', ['45351', '44197.75', '36526'], ['2024-02-29', '2021-01-01', '2000-01-01']],
    ['a form’s time stamp', ['2019/10/01 12:38:43 PM GMT+8', '2019/10/01 2:38:43 AM GMT+8'], ['2019-10-01', '2019-09-30']],
    ['day first with zone', ['13/02/2024 23:30 UTC', '14/02/2024 23:30:00 -0500'], ['2024-02-13', '2024-02-15']],
    ['ISO with AM and PM', ['2019-10-01 12:38:43 AM', '2019-10-01 1:05 p.m.'], ['2019-10-01', '2019-10-01']],
    ['the date of a mail', ['Tue, 05 Mar 2024 23:10:00 GMT', 'Wed, 06 Mar 2024 23:10:00 -0200'], ['2024-03-05', '2024-03-07']],
    ['four letters for September', ['5 Sept 2023', '6 September 2023', '7. Sep 2023'], ['2023-09-05', '2023-09-06', '2023-09-07']],
  ])('%s', async (_, cells, expected) => {
    expect(await dates(cells)).toEqual(expected);
  });

  it('an order that no cell settles stops the run and names the flag', async () => {
    await expect(dates(['01/02/2024', '03/04/2024'])).rejects.toMatchObject({
      name: 'ambiguous-date-order',
      details: { kind: 'input', file: 'm.csv', column: 2, whatToDo: expect.stringContaining('--date-order day-first') },
    });
    expect(await dates(['01/02/2024', '03/04/2024'], 'enrolled_at: d', { dateOrder: 'month-first' })).toEqual(['2024-01-02', '2024-03-04']);
    expect(await dates(['01/02/2024'], 'enrolled_at: {column: d, format: day-first}')).toEqual(['2024-02-01']);
    expect(await dates(['01/01/2024', '03/03/2024'])).toEqual(['2024-01-01', '2024-03-03']);
  });

  it('a zone that letters do not settle, or that no place on earth has, is a fault and no guess', async () => {
    const sound = Array.from({ length: 30 }, (_, index) => `2024-02-29 10:00:${String(index).padStart(2, '0')} UTC`);
    expect(await dates([...sound, '2024-02-29 10:00:00 CST', '2024-02-29 10:00:00 +2017', 'infinity'])).toHaveLength(30);
  });

  it('times keep their clock, and the zone in which days are counted can be declared', async () => {
    const text = 'id;d\n1;2024-07-01 23:30:00\n2;2024-07-01T23:30:00Z\n3;2024-07-01\n4;2024-01-01T23:30:00+00:00\n';
    const stamps = (timeZone: string): Promise<(string | null)[]> =>
      ingest({ 'm.csv': text }, { mapping: `${timeZone}${optOuts}` }, async ({ engine }) => {
        const rows = await engine.rows(sql<{ at: string | null }>`SELECT CAST(occurred_at AS VARCHAR) AS at FROM opt_outs ORDER BY member_key`);
        return rows.map(({ at }) => at);
      });
    expect(await stamps('')).toEqual(['2024-07-01 23:30:00', '2024-07-01 23:30:00', '2024-07-01 00:00:00', '2024-01-01 23:30:00']);
    expect(await stamps('timeZone: Europe/Berlin\n')).toEqual(['2024-07-01 23:30:00', '2024-07-02 01:30:00', '2024-07-01 00:00:00', '2024-01-02 00:30:00']);
    await expect(stamps('timeZone: Mars/Olympus\n')).rejects.toMatchObject({ details: { kind: 'config' } });
  });

  it('evidence beats the flag', async () => {
    expect(await dates(['01/02/2024', '13/02/2024'], 'enrolled_at: d', { dateOrder: 'month-first' })).toEqual(['2024-02-01', '2024-02-13']);
  });

  it('dates that do not exist go to quarantine with line and column', async () => {
    await ingest({ 'm.csv': 'id,d\n1,2024-02-30\n2,\n3,2024-02-28\n' }, { mapping: member('enrolled_at: d') }, async ({ loaded }) => {
      expect(loaded.rejected).toEqual([
        {
          file: 'm.csv',
          line: 2,
          record: 1,
          column: 2,
          columnName: 'd',
          type: 'not-a-date',
          reason: 'The cell is not a date in the format of its column.',
        },
      ]);
      expect(loaded.inputs[0]).toMatchObject({ rowsRead: 3, rowsLoaded: 2, rowsQuarantined: 1 });
      expect(JSON.stringify(loaded.issues)).not.toContain('2024-02-30');
    });
  });
});

describe('numbers', () => {
  it.each([
    ['plain', ['1', '-2', '3.5', ' 4 ', ''], [1, -2, 3.5, 4, null]],
    ['thousands and decimal point', ['1,234.50', '7'], [1234.5, 7]],
    ['thousands and decimal comma', ['1.234,50', '0,5', '7'], [1234.5, 0.5, 7]],
    ['a currency sign or its code', ['£1,234.00', 'GBP 5.10', '6.20 £'], [1234, 5.1, 6.2]],
    ['Swiss thousands', ["CHF 1'000.00", 'Fr. 12.50', '3.00'], [1000, 12.5, 3]],
    ['brackets and a trailing minus', ['(12.50)', '3.00-', '-4.10'], [-12.5, -3, -4.1]],
    ['percentages', ['12.5%', '100 %'], [0.125, 1]],
    ['Indian thousands', ['₹1,00,000.50', 'INR 5.10', 'Rs. 7.00'], [100_000.5, 5.1, 7]],
    ['dollars of a country', ['A$3.00', 'AUD 4.00'], [3, 4]],
    ['letters for a currency', ['1 234,50 kr', '5,00 kr'], [1234.5, 5]],
    ['the minus of typesetters', ['−12.50', '− 3.00', '(£4.10)'], [-12.5, -3, -4.1]],
    ['spaces between thousands', ['1 234 567,50', '1 234,50 €', '0,5'], [1_234_567.5, 1234.5, 0.5]],
  ])('%s', async (_, cells, expected) => {
    expect(await amounts(cells)).toEqual(expected);
  });

  it('a style that no cell settles stops the run and names the flag', async () => {
    await expect(amounts(['1,234', '5,678'])).rejects.toMatchObject({
      name: 'ambiguous-decimal-sign',
      details: { whatToDo: expect.stringContaining('--decimal') },
    });
    expect(await amounts(['1,234', '5,678'], 'spend_total: d', { decimal: 'comma' })).toEqual([1.234, 5.678]);
    expect(await amounts(['1,234', '5,678'], 'spend_total: {column: d, decimal: point}')).toEqual([1234, 5678]);
    expect(await amounts(['1,234,567', '5,678'])).toEqual([1_234_567, 5678]);
  });

  it('two currencies in one column are never added up', async () => {
    await expect(amounts(['£1.50', '€1.50'])).rejects.toMatchObject({ name: 'several-currencies', details: { kind: 'input', file: 'm.csv', column: 2 } });
    await expect(amounts(['1.50 USD', '1.50', '1.75 CAD'])).rejects.toMatchObject({ name: 'several-currencies' });
  });

  it('a gap that does not stand between thousands is a fault', async () => {
    const sound = Array.from({ length: 30 }, (_, index) => `${index}.50`);
    expect(await amounts([...sound, '12 34.00', '1,23.00', '1 2'])).toHaveLength(30);
  });

  it('whole numbers in the sample do not settle the rest of the column', async () => {
    const whole = Array.from({ length: 4000 }, (_, index) => String(index));
    const odd = whole.map((cell, index) => (index === 2001 ? '12,5' : cell));
    expect((await amounts(odd))[2001]).toBe(12.5);
    await expect(amounts(whole.map((cell, index) => (index === 2001 ? '12,500' : cell)))).rejects.toMatchObject({ name: 'ambiguous-decimal-sign' });
  });

  it('words among numbers go to quarantine; a word for empty can be declared', async () => {
    expect(await amounts(['1', '2', 'unknown', '4', '5', '6', '7', '8', '9', '10', '11'])).toHaveLength(10);
    const mapping = member('spend_total: d').replace('    tables:', '    empty: [NA]\n    tables:');
    await ingest({ 'm.csv': 'id,d\n1,NA\n2,5\n' }, { mapping }, async ({ loaded }) => {
      expect(loaded.rejected).toEqual([]);
      expect(loaded.filling.filled('members', 'spend_total')).toBe(1);
      expect(loaded.issues.map(({ type }) => type)).toContain('words-for-empty');
    });
  });
});

describe('words, yes and no, identifiers', () => {
  it('spellings of permissions end in the model’s own, and an unknown one is quarantined', async () => {
    const text = 'member_id,channel,status\n1,E-Mail,Opted In\n2,SMS,no\n3,email,perhaps\n';
    const mapping = `version: 1
files:
  - file: c.csv
    tables: [{ table: consents, columns: { member_id: member_id, channel: channel, status: status } }]
`;
    await ingest({ 'c.csv': text }, { mapping }, async ({ engine, loaded }) => {
      expect(await engine.rows(sql`SELECT channel, status FROM consents ORDER BY channel`)).toEqual([
        { channel: 'email', status: 'granted' },
        { channel: 'sms', status: 'withdrawn' },
      ]);
      expect(loaded.rejected.map(({ type, line }) => [type, line])).toEqual([['unknown-word', 4]]);
    });
  });

  it('yes and no in any usual spelling', async () => {
    const mapping = `version: 1
files:
  - file: t.csv
    tables: [{ table: contacts, columns: { member_id: id, campaign_id: c, delivered: ok } }]
`;
    await ingest(
      { 't.csv': 'id,c,ok\n1,A,Yes\n2,A,FALSE\n3,A,1\n4,A,\n5,A,maybe\n6,A,Opted-In\n7,A,Unsubscribed\n8,A,Nein\n' },
      { mapping },
      async ({ engine, loaded }) => {
        expect(await engine.rows(sql`SELECT delivered FROM contacts`)).toEqual([
          { delivered: true },
          { delivered: false },
          { delivered: true },
          { delivered: null },
          { delivered: true },
          { delivered: false },
          { delivered: false },
        ]);
        expect(loaded.rejected.map(({ type }) => type)).toEqual(['not-yes-or-no']);
      },
    );
  });

  it('identifiers stay text: zeros, digits beyond a number, E+ and .0 are findings and not conversions', async () => {
    const ids = ['007', '12345678901234567890', '1.2E+11', '31625220889.0', ' 8 '];
    await ingest({ 'm.csv': `id,d\n${ids.map((id) => `${id},1`).join('\n')}\n` }, { mapping: member('spend_total: d') }, async ({ engine, loaded }) => {
      const rows = await engine.rows(sql<{ member_id: string }>`SELECT member_id FROM members ORDER BY member_id`);
      expect(rows.map(({ member_id }) => member_id)).toEqual(['007', '1.2E+11', '12345678901234567890', '31625220889.0', '8']);
      const found = loaded.issues.map(({ type, severity }) => [type, severity]);
      expect(found).toContainEqual(['identifiers-in-scientific-notation', 'error']);
      expect(found).toContainEqual(['identifiers-with-fraction', 'note']);
    });
  });

  it('a row without its identifier says nothing and is quarantined', async () => {
    await ingest({ 'm.csv': 'id,d\n,1\n2,2\n' }, { mapping: member('spend_total: d') }, async ({ loaded }) => {
      expect(loaded.rejected).toMatchObject([{ line: 2, column: 1, columnName: 'id', type: 'missing-value' }]);
    });
  });
});
