import { expect } from 'vitest';
import { concentratedValue } from '../../../src/audits/value/concentrated-value.js';
import type { Finding } from '../../../src/result/schema.js';
import { drawGamma } from '../../../src/statistics/draws.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import { columnSum, csvOf, dateAfter, indexes, membersCsv, valueOfMeasure } from '../programme/programme-tables.js';

const size = 300;
const start = '2024-01-01';
const members = membersCsv(size, () => '2020-01-01');

/** What a member is worth: a few much, most little; the last thirty nothing. */
const worthOf = (member: number): number => (member < 270 ? Math.round(20_000 / (member + 10)) / 100 : 0);
const buyers = indexes(270);
const top = 54;

const purchases = csvOf(
  'transaction_id,member_id,occurred_at,net_amount,discount_amount',
  buyers.map((member) => [`t${member}`, `m${member}`, dateAfter(start, (member * 7) % 300), worthOf(member), member % 2]),
);
/** @param messages to a member. */
const contactsCsv = (messages: (member: number) => number): string =>
  csvOf(
    'member_id,campaign_id,contacted_at',
    indexes(size).flatMap((member) => indexes(messages(member)).map((campaign) => [`m${member}`, `c${campaign}`, dateAfter(start, 20 * campaign + 5)])),
  );

function checkShares(finding: Finding): void {
  const values = buyers.map(worthOf);
  const all = values.reduce((sum, value) => sum + value, 0);
  const held = values.slice(0, top).reduce((sum, value) => sum + value, 0);
  expect(valueOfMeasure(finding, 'buyers')).toBe(270);
  expect(valueOfMeasure(finding, 'topShare')).toBeCloseTo(held / all, 3);
  expect(valueOfMeasure(finding, 'topShareOfAll')).toBeGreaterThan(valueOfMeasure(finding, 'topShare') ?? 1);
  expect(columnSum(finding, 'fifths', 'value')).toBeCloseTo(all, 6);
  expect(columnSum(finding, 'fifths', 'members')).toBe(270);
}

/** Two years of members who buy at rates of their own and may stop after any purchase; spend has nothing to do with how often. */
function history(count: number): { members: string; transactions: string } {
  const uniform = seededUniform(21);
  const rows = indexes(count).flatMap((member) => {
    const [rate, usual] = [drawGamma(uniform, 0.8, 25), 20 + 60 * uniform()];
    const own: [string, string, string, number][] = [];
    let [day, isBuying] = [200 * uniform(), true];
    while (isBuying && day < 730) {
      own.push([`t${member}-${own.length}`, `m${member}`, dateAfter('2023-01-01', Math.floor(day)), Math.round(usual * (50 + 100 * uniform())) / 100]);
      isBuying = own.length === 1 || uniform() >= 0.12;
      day -= Math.log(1 - uniform()) / rate;
    }
    return own;
  });
  return { members: membersCsv(count, () => '2023-01-01'), transactions: csvOf('transaction_id,member_id,occurred_at,net_amount', rows) };
}

auditTester(concentratedValue, {
  healthy: [
    {
      name: 'everybody is contacted alike',
      tables: { members, transactions: purchases, contacts: contactsCsv(() => 2) },
      check: (finding) => {
        checkShares(finding);
        expect(valueOfMeasure(finding, 'otherContactShare')).toBeCloseTo(0.8, 12);
        expect(valueOfMeasure(finding, 'silentOthers')).toBe(0);
        expect(columnSum(finding, 'fifths', 'contacts')).toBe(540);
        expect(finding.charts.map(({ kind }) => kind)).toEqual(['stack']);
      },
    },
    {
      name: 'those without permission are left out of the comparison',
      tables: {
        members,
        transactions: purchases,
        contacts: contactsCsv((member) => (member < 100 ? 4 : 0)),
        consents: csvOf(
          'member_id,channel,status,valid_from',
          indexes(size).map((member) => [`m${member}`, 'email', member < 100 ? 'granted' : 'withdrawn', '2023-01-01']),
        ),
      },
      check: (finding) => {
        expect(valueOfMeasure(finding, 'reachableBuyers')).toBe(100);
        expect(valueOfMeasure(finding, 'otherContactShare')).toBeCloseTo(0.46, 12);
      },
    },
  ],
  watch: [
    {
      name: 'the others get less than half of what their value would give them',
      tables: { members, transactions: purchases, contacts: contactsCsv((member) => (member < top ? 8 : member % 3 === 0 ? 1 : 0)) },
      check: (finding) => {
        const ratio = valueOfMeasure(finding, 'otherAttention') ?? 1;
        expect(ratio).toBeLessThan(0.5);
        expect(ratio).toBeGreaterThan(0.25);
        expect(finding.members?.value).toBe(valueOfMeasure(finding, 'silentOthers'));
      },
    },
  ],
  problem: [
    {
      name: 'hardly anybody outside the top fifth is contacted',
      tables: { members, transactions: purchases, contacts: contactsCsv((member) => (member < top ? 10 : member % 12 === 0 ? 1 : 0)) },
      check: (finding) => {
        expect(finding.explanation?.condition).toMatch(/^Among members who can be contacted/);
        checkShares(finding);
        const contacted = buyers.filter((member) => member >= top && member % 12 === 0).length;
        expect(valueOfMeasure(finding, 'silentOthers')).toBe(270 - top - contacted);
        expect(valueOfMeasure(finding, 'otherContactShare')).toBeCloseTo(contacted / (contacted + 10 * top), 12);
      },
    },
  ],
  informative: [
    {
      name: 'without contacts nothing is judged',
      tables: { members, transactions: purchases },
      check: (finding) => {
        checkShares(finding);
        expect(finding.measures.some(({ id }) => id === 'otherAttention')).toBe(false);
      },
    },
    {
      name: 'totals of members instead of purchases: no forecast, and the period is printed',
      tables: {
        members: csvOf(
          'member_id,spend_total,totals_period_days',
          indexes(size).map((member) => [`m${member}`, worthOf(member), 365]),
        ),
      },
      check: (finding) => {
        expect(valueOfMeasure(finding, 'periodDays')).toBe(365);
        expect(valueOfMeasure(finding, 'expectedTopShare')).toBeNull();
      },
    },
    {
      name: 'two years of purchases: a forecast that was tested on days held back',
      tables: history(2000),
      check: (finding) => {
        const share = finding.measures.find(({ id }) => id === 'expectedTopShare');
        expect(share?.value ?? 0).toBeGreaterThan(0.3);
        // Part of today’s top fifth was lucky, or has stopped.
        expect(share?.value ?? 1).toBeLessThan(valueOfMeasure(finding, 'topShare') ?? 0);
        expect(share?.interval?.low).toBeLessThan(share?.value ?? 0);
        expect(Math.abs((valueOfMeasure(finding, 'forecastRatio') ?? 0) - 1)).toBeLessThan(0.1);
        expect(valueOfMeasure(finding, 'modelError')).toBeLessThan(valueOfMeasure(finding, 'samePeriodError') ?? 0);
        const rows = finding.evidence.find(({ id }) => id === 'forecast-test')?.rows ?? [];
        expect(rows.length).toBeGreaterThan(3);
        for (const row of rows) expect(Number(row[1])).toBeGreaterThanOrEqual(10);
      },
    },
  ],
  notEnoughData: [
    {
      name: 'ninety members who bought',
      tables: {
        members: membersCsv(90, () => '2020-01-01'),
        transactions: csvOf(
          'transaction_id,member_id,occurred_at,net_amount',
          indexes(90).map((member) => [`t${member}`, `m${member}`, dateAfter(start, member), 10]),
        ),
      },
    },
  ],
  notApplicable: [{ name: 'nothing says what a member is worth', tables: { members, contacts: contactsCsv(() => 1) } }],
});
