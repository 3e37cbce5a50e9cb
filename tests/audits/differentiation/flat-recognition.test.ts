import { expect } from 'vitest';
import { flatRecognition } from '../../../src/audits/differentiation/flat-recognition.js';
import { measuresById } from '../../../src/audits/run.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { drawIndex, drawPoisson } from '../../../src/statistics/draws.js';
import { seededUniform, type Uniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import type { WorldTables } from '../../support/world.js';

const start = dayOf('2024-01-01');
const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);

/** Members who buy 2 to 21 times in the year; `share` is the discount on a basket of 10. */
function world(members: number, share: (rate: number, uniform: Uniform) => number, days = 366): WorldTables {
  const uniform = seededUniform(3);
  const rows = Array.from({ length: members }, (_, index) => {
    const orders = 2 + (index % 20);
    return Array.from({ length: orders }, (__, order) => {
      const discount = Math.round(1000 * share(orders, uniform)) / 100;
      return `t${index}-${order},m${index},${isoDate(start + drawIndex(uniform, days))},${(10 - discount).toFixed(2)},${discount.toFixed(2)}`;
    });
  });
  return {
    members: ['member_id,tier', ...Array.from({ length: members }, (_, index) => `m${index},${index % 20 > 15 ? 'Gold' : 'Basic'}`)].join('\n'),
    transactions: ['transaction_id,member_id,occurred_at,net_amount,discount_amount', ...rows.flat()].join('\n'),
  };
}
const noisy = (mean: number, uniform: Uniform): number => (uniform() < 0.5 ? 0 : 2 * mean);

/** Points worth more for each order the more orders there are, redeemed in December, and no discounts. */
function withPoints(): WorldTables {
  const { members = '', transactions = '' } = world(400, () => 0);
  const rows = Array.from({ length: 400 }, (_, index) => [
    `m${index},${isoDate(start + 340)},Redeem,100,${(index % 20) ** 2 / 20 + 0.1}`,
    `m${index},${isoDate(start + 341)},earn,${(index % 20) ** 2 * 5 + 10},9`,
  ]);
  return { members, transactions, points: ['member_id,occurred_at,type,points,value_amount', ...rows.flat()].join('\n') };
}

/** Everybody redeems, in December, two per cent of what was bought in the first half of the year, in which chance plays a large part. */
function laggingPoints(): WorldTables {
  const uniform = seededUniform(8);
  const bought = Array.from({ length: 500 }, () => {
    const mean = 1 + 6 * uniform();
    return [drawPoisson(uniform, mean), drawPoisson(uniform, mean)] as const;
  });
  const orders = bought.flatMap((halves, member) =>
    halves.flatMap((count, half) =>
      Array.from({ length: count }, (_, order) => `t${member}-${half}-${order},m${member},${isoDate(start + 183 * half + drawIndex(uniform, 183))},10`),
    ),
  );
  const redeemed = bought.flatMap(([first], member) =>
    first === 0 ? [] : [`m${member},${isoDate(start + 340)},redeem,${first * 20},${(first * 0.2).toFixed(2)}`],
  );
  return {
    members: ['member_id', ...bought.map((_, member) => `m${member}`)].join('\n'),
    transactions: ['transaction_id,member_id,occurred_at,net_amount', 'first,m0,2024-01-01,10', 'last,m0,2024-12-31,10', ...orders].join('\n'),
    points: ['member_id,occurred_at,type,points,value_amount', ...redeemed].join('\n'),
  };
}

auditTester(flatRecognition, {
  healthy: [
    {
      name: 'the rate rises with what members buy',
      tables: world(400, (orders, uniform) => noisy(0.02 + orders * 0.004, uniform)),
      check: (finding) => {
        expect(value(finding, 'gradient') ?? 0).toBeGreaterThan(0.5);
        const rows = finding.evidence.find(({ id }) => id === 'tenths')?.rows ?? [];
        expect(rows[0]?.[0]).toBe('had bought nothing, 1 (lowest)');
        expect(rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(400);
        expect(value(finding, 'members')).toBe(392);
        expect(rows.reduce((sum, row) => sum + Number(row[3]) + Number(row[4]), 0)).toBeCloseTo(value(finding, 'rewards') ?? 0, 6);
        expect(finding.money).toBeNull();
      },
    },
    {
      name: 'points are rewards too, and only redeemed ones',
      tables: withPoints(),
      check: (finding) => {
        expect(value(finding, 'discountShare')).toBe(0);
        expect(value(finding, 'rewards')).toBeCloseTo(20 * (2470 / 20 + 20 * 0.1), 6);
      },
    },
  ],
  watch: [
    {
      name: 'two per cent for everybody, in points that are redeemed half a year later: those who bought much by chance seem to get more',
      tables: laggingPoints(),
      check: (finding) => {
        expect(value(finding, 'gradient') ?? 0).toBeGreaterThan(0.5);
        expect(Math.abs(value(finding, 'gradientWithoutLag') ?? 1)).toBeLessThan(0.05);
      },
    },
    { name: 'much noise, no clear slope', tables: world(220, (_, uniform) => (uniform() < 0.03 ? 0.5 : 0)) },
  ],
  problem: [
    {
      name: 'everybody gets a tenth off',
      tables: world(600, (_, uniform) => 0.08 + uniform() * 0.04),
      check: (finding) => {
        expect(finding.severity).toBe('medium');
        expect(Math.abs(value(finding, 'gradient') ?? 1)).toBeLessThan(0.1);
      },
    },
    {
      name: 'those who buy least get most',
      tables: world(400, (orders, uniform) => noisy(0.12 - orders * 0.004, uniform)),
      check: (finding) => {
        expect(finding.severity).toBe('high');
        expect(finding.money?.low ?? -1).toBeGreaterThan(0);
        expect(value(finding, 'lowerHalfRate') ?? 0).toBeGreaterThan(value(finding, 'upperHalfRate') ?? 1);
      },
    },
  ],
  notEnoughData: [
    { name: 'a hundred members', tables: world(100, () => 0.1) },
    { name: 'three months of purchases', tables: world(400, () => 0.1, 90) },
    { name: 'no reward in the second stretch', tables: world(300, () => 0) },
  ],
  notApplicable: [
    {
      name: 'nothing says what came back',
      tables: {
        transactions: [
          'transaction_id,member_id,occurred_at,net_amount',
          ...Array.from({ length: 600 }, (_, index) => `t${index},m${index % 300},2024-0${(index % 9) + 1}-02,9`),
        ].join('\n'),
      },
    },
  ],
});
