import { describe, expect, test } from 'vitest';
import { plainBranding } from '../../src/report/branding.js';
import { formatOf, present } from '../../src/report/present.js';
import { presentQueries, questionsOf, renderQueryFile } from '../../src/report/queries.js';
import type { Queries } from '../../src/result/schema.js';
import { sampleResult } from '../support/sample-result.js';

const result = sampleResult();
const format = formatOf(result, plainBranding);

describe('the queries behind each number', () => {
  test('a file says what it answers, what it draws on, and how often a statement was asked', () => {
    const [own, shared] = result.queries;
    if (own === undefined || shared === undefined) throw new Error('The sample has two records of queries.');
    expect(renderQueryFile(own, questionsOf(result))).toBe(
      [
        `-- ${result.findings.find(({ id }) => id === 'concentrated-contact')?.question}`,
        '-- Draws on: contact_facts.sql',
        '',
        '-- Asked 3 times, with other numbers each.',
        'SELECT contacts, count(*) AS members',
        'FROM "contact_facts"',
        'GROUP BY contacts',
        'ORDER BY contacts;',
        '',
      ].join('\n'),
    );
    expect(renderQueryFile(shared, questionsOf(result))).toMatch(/^-- Shared: contact facts\n\nCREATE TABLE "contact_facts"/);
  });

  test('questions come in the order of the report, then what they share, each linked to what it draws on', () => {
    const { list, index } = presentQueries({ ...result, queries: result.queries.toReversed() }, ['hollow-wins', 'concentrated-contact'], format);
    expect(list.map(({ fileName, finding, uses }) => [fileName, finding !== null, uses.map(({ anchor }) => anchor)])).toEqual([
      ['concentrated-contact.sql', true, ['sql-contact_facts']],
      ['contact_facts.sql', false, []],
    ]);
    expect(index.rows.map((row) => row.at(-1))).toEqual(['queries/concentrated-contact.sql', 'queries/contact_facts.sql']);
  });

  test('a long statement is cut at the end of a line, and the page says what is left out', () => {
    const line = `AND ${'x'.repeat(95)}\n`;
    const long: Queries = { purpose: 'hollow-wins', uses: [], statements: [{ text: line.repeat(100), times: 1 }] };
    const [shown] = presentQueries({ ...result, queries: [long] }, [], format).list[0]?.statements ?? [];
    expect(shown?.text.length).toBe(2999);
    expect(shown?.note).toBe('Another 7,001 letters of it are in the file.');
  });

  test('one without any query is not listed', () => {
    const none: Queries = { purpose: 'hollow-wins', uses: [], statements: [] };
    expect(presentQueries({ ...result, queries: [none] }, [], format).list).toEqual([]);
  });

  test('stand in the view of the report', () => {
    expect(present(result).queries.list).toHaveLength(2);
  });
});
