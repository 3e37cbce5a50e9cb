/** An airline's scheme: members, tiers, cancellations and points, and no campaigns at all. */
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/result/schema.js';
import { findingOf, measured, runAnalysis, sharedData } from '../support/run-analysis.js';

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
    // Members and closings alone carry an opinion, but none on campaigns.
    expect(result.opinion.kind).toBe('qualified');
    expect(result.opinion.basis).toContain('leaky-bucket');
    expect(result.opinion.basis).not.toContain('concentrated-contact');
  });

  test('2,067 members = 12.35 % have cancelled; the bucket fills and its joiners stay for a shorter time', () => {
    expect(measured(result, 'leaky-bucket', 'cancelledMembers')).toBe(2067);
    expect((100 * measured(result, 'leaky-bucket', 'cancelledShare')).toFixed(2)).toBe('12.35');
    expect(measured(result, 'leaky-bucket', 'newMembers')).toBe(3010);
    expect(measured(result, 'leaky-bucket', 'lapsedMembers')).toBe(645);
    expect(measured(result, 'leaky-bucket', 'activeMembers')).toBe(16_737 - 2067);
    const finding = findingOf(result, 'leaky-bucket');
    const flows = finding.evidence.find(({ id }) => id === 'flows')?.rows ?? [];
    expect(flows).toHaveLength(8);
    for (const [, opening, joined, back, lapsed, closing] of flows) expect(Number(opening) + Number(joined) + Number(back) - Number(lapsed)).toBe(closing);
    const cohorts = finding.evidence.find(({ id }) => id === 'cohorts')?.rows ?? [];
    expect(cohorts.map(([year, members, stayed]) => [year, members, stayed])).toEqual([
      ['2013', 2397, 2284],
      ['2014', 2370, 2183],
      ['2015', 2331, 2076],
      ['2016', 2456, 2157],
      ['2017', 2487, 2153],
    ]);
    expect(finding.status).toBe('problem');
    expect(finding.money).toBeNull();
  });

  test('the promotion of 2018 has no concurrent comparison: 115 of 971 = 11.84 % against 76 of 629 = 12.08 % a year before, and no claim', () => {
    const finding = findingOf(result, 'poor-acquisition-quality');
    expect(finding.status).toBe('informative');
    expect(finding.explanation?.condition).toContain('No concurrent comparison');
    expect(measured(result, 'poor-acquisition-quality', 'aloneGroup')).toBe(971);
    expect(measured(result, 'poor-acquisition-quality', 'aloneClosed')).toBe(115);
    expect((100 * measured(result, 'poor-acquisition-quality', 'aloneClosedShare')).toFixed(2)).toBe('11.84');
    expect(measured(result, 'poor-acquisition-quality', 'yearBeforeMembers')).toBe(629);
    expect(measured(result, 'poor-acquisition-quality', 'yearBeforeClosed')).toBe(76);
    expect((100 * measured(result, 'poor-acquisition-quality', 'yearBeforeClosedShare')).toFixed(2)).toBe('12.08');
    expect(finding.money).toBeNull();
  });

  test('24.82 % of points are redeemed; the estimate by issue says that quarters differ', () => {
    expect((100 * measured(result, 'unredeemed-points', 'flowRateOfFiles')).toFixed(2)).toBe('24.82');
    const flows = findingOf(result, 'unredeemed-points').evidence.find(({ id }) => id === 'flows')?.rows ?? [];
    expect(flows.map(([kind, , files]) => [kind, files])).toEqual([
      ['issued', 50_172_736.25],
      ['redeemed', 12_451_388],
      ['expired', 0],
    ]);
    expect(measured(result, 'unredeemed-points', 'cohortSpread')).toBeGreaterThan(0.1);
    expect(findingOf(result, 'unredeemed-points').status).not.toBe('problem');
  });

  test('5,177 = 30.93 % have not redeemed, and the higher churn of these is shown as partly mechanical', () => {
    const finding = findingOf(result, 'slow-first-redemption');
    expect(measured(result, 'slow-first-redemption', 'neverRedeemed')).toBe(5177);
    expect((100 * measured(result, 'slow-first-redemption', 'neverRedeemedShare')).toFixed(2)).toBe('30.93');
    const closed = finding.evidence.find(({ id }) => id === 'closed');
    expect(closed?.rows.map((row) => (100 * Number(row[3])).toFixed(2))).toEqual(['28.92', '4.93']);
    expect(closed?.note).toContain('mechanical');
    expect(finding.caveats.join(' ')).toContain('had less time to redeem');
    // Only those who joined while points were recorded are on the curve.
    expect(measured(result, 'slow-first-redemption', 'joiners')).toBe(2487 + 3010);
  });

  test('members of a scheme with points only are active or not, and come back or not, by the ledger', () => {
    expect(findingOf(result, 'inactive-members').status).toBe('healthy');
    expect(measured(result, 'early-lapse', 'joiners')).toBe(5497);
    expect(findingOf(result, 'early-lapse').status).toBe('healthy');
    expect(findingOf(result, 'tier-stagnation').status).toBe('notApplicable');
    expect(findingOf(result, 'discount-dependence').status).toBe('notApplicable');
  });

  test('every row is accounted for', () => {
    for (const input of result.inputs) {
      expect(input.rowsLoaded + input.rowsQuarantined + input.rowsSkipped.reduce((sum, { rows }) => sum + rows, 0), input.file).toBe(input.rowsRead);
    }
  });
});
