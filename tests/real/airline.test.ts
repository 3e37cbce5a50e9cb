/** An airline's scheme: members, tiers, cancellations and points, and no campaigns at all. */
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/result/schema.js';
import { runAnalysis, sharedData } from '../support/run-analysis.js';

const folder = `${sharedData}/airline`;

describe.skipIf(!existsSync(folder))('airline, with no mapping file', () => {
  let result: Result;
  beforeAll(async () => {
    ({ result } = await runAnalysis([folder]));
  });
  const columnOf = (table: string, column: string) => result.tables.find((entry) => entry.table === table)?.columns.find((entry) => entry.column === column);

  test('reads members, tiers and cancellations', () => {
    expect(result.tables.find(({ table }) => table === 'members')?.rows).toBe(16_737);
    expect(columnOf('members', 'closed_at')?.filled).toBe(2067);
    expect(Object.fromEntries((columnOf('members', 'tier')?.levels ?? []).map(({ value, rows }) => [value, rows]))).toEqual({
      Star: 7637,
      Nova: 5671,
      Aurora: 3429,
    });
  });

  test('reads points earned and redeemed', () => {
    expect(columnOf('points', 'points')?.sum).toBe(50_172_736.25 + 12_451_388);
  });

  test('says which columns would unlock the audits on campaigns', () => {
    const finding = result.findings.find(({ id }) => id === 'concentrated-contact');
    expect(finding?.status).toBe('notApplicable');
    expect(finding?.unlocks.some(({ table, columns }) => table === 'contacts' && columns.includes('member_id'))).toBe(true);
    expect(result.opinion.kind).toBe('none');
  });

  test('every row is accounted for', () => {
    for (const input of result.inputs) {
      expect(input.rowsLoaded + input.rowsQuarantined + input.rowsSkipped.reduce((sum, { rows }) => sum + rows, 0), input.file).toBe(input.rowsRead);
    }
  });
});
