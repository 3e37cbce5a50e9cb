/**
 * The sample’s result against its planted truths, and against the result that was last read and accepted.
 * `UPDATE_GOLDEN=1 npx vitest run tests/golden.test.ts` accepts a changed one; read the difference before you commit it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../src/result/schema.js';
import { retailerTruths } from '../src/simulator/retailer.js';
import { findingOf, measured, runAnalysis } from './support/run-analysis.js';

const truths = retailerTruths();
const goldenPath = new URL('golden/retailer.json', import.meta.url);

/** What has to stay: verdicts, and every measure to nine digits, because the last ones differ between processors. */
function digest(result: Result): object {
  const digits = (value: number | null | undefined): number | null => (typeof value === 'number' ? Number(value.toPrecision(9)) : null);
  return {
    opinion: [result.opinion.kind, result.opinion.title],
    profile: result.profile.map(({ theme, level, low, high }) => [theme, level, low, high]),
    inputs: result.inputs.map(({ file, roles, rowsRead, rowsLoaded, rowsQuarantined, rowsSkipped }) => ({
      file,
      roles,
      rowsRead,
      rowsLoaded,
      rowsQuarantined,
      rowsSkipped,
    })),
    findings: result.findings.map(({ id, status, severity, evidenceGrade, measures, money, members }) => ({
      id,
      verdict: [status, severity, evidenceGrade],
      money: money === null ? null : digits(money.value),
      members: members?.value ?? null,
      measures: Object.fromEntries(
        measures.map((measure) => [measure.id, [digits(measure.value), digits(measure.interval?.low), digits(measure.interval?.high)]]),
      ),
    })),
    dataQuality: result.dataQuality.map(({ type, file, severity }) => [type, file, severity]),
  };
}

describe('the sample retailer', () => {
  let result: Result;
  beforeAll(async () => {
    ({ result } = await runAnalysis(['sample-data/retailer']));
  });
  const intervalOf = (audit: string, id: string): { low: number; high: number } => {
    const interval = findingOf(result, audit).measures.find((measure) => measure.id === id)?.interval;
    if (interval === undefined) throw new Error(`${audit} has no interval for ${id}.`);
    return interval;
  };

  test('is read whole: members, orders, contacts, and the planted defects in quarantine', () => {
    const rows = Object.fromEntries(result.tables.map((table) => [table.table, table.rows]));
    expect(rows).toMatchObject({
      members: truths.members,
      transactions: truths.linkedOrders + truths.unlinkedOrders,
      contacts: truths.contacts,
      campaigns: truths.objectives.campaigns,
    });
    expect(result.inputs.reduce((sum, { rowsQuarantined }) => sum + rowsQuarantined, 0)).toBe(2);
    expect(result.inputs.flatMap(({ rowsSkipped }) => rowsSkipped.map(({ rule, rows: skipped }) => [rule, skipped]))).toEqual([['total row', 1]]);
  });

  test('truth: the best customers are over-targeted, far beyond chance', () => {
    expect(findingOf(result, 'concentrated-contact').status).toBe('problem');
    expect(measured(result, 'concentrated-contact', 'contactedMembers')).toBe(truths.contactedMembers);
    // The truth counts members reachable at the end of the year; the audit also those who left, by their time at risk.
    expect(Math.abs(measured(result, 'concentrated-contact', 'excessGini') - truths.concentration.excessGini)).toBeLessThan(0.03);
  });

  test('truth: a blind spot is never contacted and holds material value', () => {
    expect(findingOf(result, 'neglected-members').status).toBe('problem');
    // Some of those who never heard anything were kept out by one of the two tests: the audit does not call them neglected.
    const heldOut = measured(result, 'neglected-members', 'heldOutMembers');
    expect(measured(result, 'neglected-members', 'neverContacted') + heldOut).toBe(truths.neverContacted.members);
    expect(measured(result, 'neglected-members', 'neverContacted')).toBeGreaterThan(truths.blindSpot.members);
    expect(measured(result, 'neglected-members', 'valueNeverContacted')).toBeLessThan(truths.neverContacted.margin);
    expect(measured(result, 'neglected-members', 'valueNeverContacted')).toBeGreaterThan(truths.blindSpot.margin);
    expect(measured(result, 'neglected-members', 'memberValue')).toBeCloseTo(truths.margin, 2);
  });

  test('truth: eight in ten goals are acquisition or an immediate sale', () => {
    expect(findingOf(result, 'acquisition-only-goals').status).toBe('problem');
    expect(measured(result, 'acquisition-only-goals', 'shareOfCost')).toBeCloseTo(truths.objectives.costShareOfClassified, 4);
    expect(measured(result, 'acquisition-only-goals', 'shareOfCampaigns')).toBeCloseTo(truths.objectives.countShareOfClassified, 4);
  });

  test('truth: more than nine in ten contacts bring no response', () => {
    expect(findingOf(result, 'ignored-non-responders').status).toBe('problem');
    expect(measured(result, 'ignored-non-responders', 'nonResponseShare')).toBeCloseTo(truths.nonResponseShare, 4);
  });

  test('truth: one test is a true win and one is hollow, and both intervals hold the true effect', () => {
    const league = findingOf(result, 'hollow-wins').evidence[0];
    const classAt = league?.columns.findIndex(({ id }) => id === 'class') ?? -1;
    const classOf = (name: string): unknown => league?.rows.find((row) => row.some((cell) => String(cell).startsWith(name)))?.[classAt];
    expect(String(classOf(truths.win.name)).toLowerCase()).toBe(truths.win.expectedClass);
    expect(String(classOf(truths.hollow.name)).toLowerCase()).toBe(truths.hollow.expectedClass);
    const changes = findingOf(result, 'hollow-wins').measures.filter(({ id }) => id.startsWith('change.'));
    for (const { effect } of [truths.win, truths.hollow]) {
      expect(changes.some(({ interval }) => interval !== undefined && interval.low <= effect && effect <= interval.high)).toBe(true);
    }
  });

  test('truth: no effect on the non-responders of the hollow campaign, and none is reported', () => {
    expect(measured(result, 'non-responder-effect', 'harmfulEffects')).toBe(0);
    const ladder = findingOf(result, 'non-responder-effect').evidence.find(({ id }) => id === 'ladder');
    const at = (id: string): number => ladder?.columns.findIndex((column) => column.id === id) ?? -1;
    for (const { name, effectOnNonResponders } of [truths.win, truths.hollow]) {
      const rungs =
        ladder?.rows.filter(
          (row) => String(row[at('test')]).startsWith(name) && String(row[at('outcome')]).startsWith('margin') && row[at('outerLow')] !== null,
        ) ?? [];
      expect(rungs.length).toBeGreaterThanOrEqual(2);
      for (const row of rungs) {
        expect(Number(row[at('outerLow')])).toBeLessThanOrEqual(effectOnNonResponders);
        expect(Number(row[at('outerHigh')])).toBeGreaterThanOrEqual(effectOnNonResponders);
      }
    }
  });

  test('finds no problem that was not planted', () => {
    expect(intervalOf('concentrated-contact', 'excessGini').low).toBeGreaterThan(0);
    const planted = new Set(['concentrated-contact', 'neglected-members', 'acquisition-only-goals', 'ignored-non-responders', 'hollow-wins']);
    expect(result.findings.filter(({ id, status }) => status === 'problem' && !planted.has(id)).map(({ id }) => id)).toEqual([]);
    expect(result.findings.filter(({ status }) => status === 'error')).toEqual([]);
  });

  test('is the result that was last accepted', () => {
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(goldenPath, `${JSON.stringify(digest(result), null, 2)}\n`);
    expect(digest(result)).toEqual(JSON.parse(readFileSync(goldenPath, 'utf8')));
  });
});
