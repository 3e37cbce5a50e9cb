import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDuckdb } from '../../src/engine/duckdb/engine.js';
import { sql } from '../../src/engine/sql.js';
import { frameOf, mostFrameRows } from '../../src/frames/index.js';
import type { EvidenceTable } from '../../src/result/evidence.js';

const table: EvidenceTable = {
  id: 'mix',
  title: 'Objectives',
  columns: [
    { id: 'objective', label: 'Objective', unit: 'text' },
    { id: 'campaigns', label: 'Campaigns', unit: 'count' },
    { id: 'cost', label: 'Cost', unit: 'money' },
    { id: 'is_sale', label: 'A sale', unit: 'text' },
  ],
  rows: [
    ['acquisition', 12, 1234.56, false],
    ['sale, "now"', 7, null, true],
    ['retention', 3, 0.1, false],
  ],
};

describe('frameOf', () => {
  test('keeps names, order and exact values; missing numbers become NaN', async () => {
    const frame = await frameOf(table);
    expect(frame.columns).toEqual(['objective', 'campaigns', 'cost', 'is_sale']);
    expect(frame.shape).toEqual([3, 4]);
    expect(frame.values).toEqual([
      ['acquisition', 12, 1234.56, false],
      ['sale, "now"', 7, Number.NaN, true],
      ['retention', 3, 0.1, false],
    ]);
  });

  test('agrees with the engine on sums, counts and the missing value', async () => {
    const spillFolder = await mkdtemp(join(tmpdir(), 'loyalty-health-test-'));
    const engine = await openDuckdb({ spillFolder });
    const [row] = await engine.rows(
      sql<{ campaigns: number; cost: number; known: number }>`SELECT sum(campaigns) AS campaigns, sum(cost) AS cost, count(cost) AS known
        FROM (VALUES (12, 1234.56), (7, NULL), (3, 0.10)) AS t(campaigns, cost)`,
    );
    await engine.close();
    await rm(spillFolder, { recursive: true });
    const frame = await frameOf(table);
    expect(frame.column('campaigns').sum()).toBe(row?.campaigns);
    expect(frame.column('cost').sum()).toBeCloseTo(row?.cost ?? Number.NaN, 2);
    expect(frame.column('cost').count()).toBe(row?.known);
  });

  test('refuses what danfojs cannot hold', async () => {
    await expect(frameOf({ ...table, rows: [] })).rejects.toThrow('no rows');
    const rows = Array.from({ length: mostFrameRows + 1 }, () => table.rows[0] ?? []);
    await expect(frameOf({ ...table, rows })).rejects.toThrow('more than');
  });
});
