import { expect } from 'vitest';
import { unredeemedPoints } from '../../../src/audits/programme/unredeemed-points.js';
import { auditTester } from '../../support/audit-tester.js';
import { columnSum, csvOf, dateAfter, indexes, valueOfMeasure } from './programme-tables.js';

const size = 100;
const header = 'member_id,occurred_at,type,points,value_amount';
type Line = readonly [day: number, type: string, points: number, worth?: number];
/** Two years from 2023-01-01, whose last quarter ends on day 728. */
const ledger = (linesOf: (member: number) => readonly Line[]): string =>
  csvOf(
    header,
    indexes(size).flatMap((member) =>
      linesOf(member).map(([day, type, points, worth]) => [`m${member}`, dateAfter('2023-01-01', day), type, points, worth ?? '']),
    ),
  );
/** A hundred points a quarter, of which so many are redeemed in the quarter after. */
const quarterly = (redeemed: number, more: (quarter: number) => readonly Line[] = () => []): readonly Line[] =>
  indexes(8).flatMap((quarter): Line[] => [
    [quarter * 91, 'earn', 100],
    ...(quarter > 0 && redeemed > 0 ? [[quarter * 91 + 30, 'redeem', redeemed, redeemed / 100] as const] : []),
    ...more(quarter),
  ]);
/** Points that are not redeemed expire after a quarter and a half, so that the oldest points are always those of the quarter before. */
const expiring = (redeemed: number): readonly Line[] => quarterly(redeemed, (quarter) => (quarter > 0 ? [[quarter * 91 + 45, 'expire', 100 - redeemed]] : []));
const asOf = '2024-12-28';
const messages = (daysOf: (member: number) => readonly number[], isService = false): string =>
  csvOf(
    'member_id,campaign_id,contacted_at,is_transactional',
    indexes(size).flatMap((member) => daysOf(member).map((day) => [`m${member}`, 'c1', dateAfter('2023-01-01', day), String(isService)])),
  );
/** Four in five are sent something a week before points expire, which is too late, and nothing earlier. */
const tooLate = (member: number): readonly number[] => (member % 5 === 0 ? often : indexes(8).map((quarter) => quarter * 91 + 45 - 7));
/** Every four weeks. */
const often = indexes(27).map((week) => week * 28);

auditTester(unredeemedPoints, {
  healthy: [
    {
      name: 'four points in ten are redeemed in the quarter after, the others expire',
      tables: { points: ledger(() => expiring(40)) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'usedShare')).toBeCloseTo(0.4, 12);
        expect(valueOfMeasure(finding, 'breakageShare')).toBeCloseTo(0.6, 12);
        expect(valueOfMeasure(finding, 'flowRateOfFiles')).toBeCloseTo((7 * 40) / 800, 12);
        expect(valueOfMeasure(finding, 'cohortSpread')).toBeCloseTo(0, 12);
        // A redeemed point was worth 0.01; of the last quarter 40 points a member are still to come.
        expect(valueOfMeasure(finding, 'worthOfThousand')).toBeCloseTo(10, 12);
        expect(valueOfMeasure(finding, 'liability')).toBeCloseTo(40, 9);
        expect(valueOfMeasure(finding, 'liabilityLow')).toBeCloseTo(35, 9);
        expect(columnSum(finding, 'cohorts', 'issued')).toBe(800 * size);
        expect(columnSum(finding, 'cohorts', 'redeemed')).toBe(280 * size);
        expect(columnSum(finding, 'cohorts', 'expired')).toBe(420 * size);
        expect(columnSum(finding, 'cohorts', 'recognised')).toBeCloseTo(280, 9);
      },
    },
    {
      name: 'everybody hears from us long before points expire',
      tables: { points: ledger(() => expiring(40)), contacts: messages(() => often) },
      asOf,
      check: (finding) => expect(valueOfMeasure(finding, 'unwarnedShare')).toBe(0),
    },
    {
      name: 'points from the orders, half of them used; a return takes points back',
      tables: {
        transactions: csvOf(
          'transaction_id,member_id,occurred_at,net_amount,is_return,points_earned,points_redeemed',
          indexes(size).flatMap((member) =>
            indexes(8).flatMap((quarter) => [
              [`t${member}-${quarter}`, `m${member}`, dateAfter('2023-01-01', quarter * 91), 10, 'false', 110, quarter > 0 ? 50 : ''],
              [`r${member}-${quarter}`, `m${member}`, dateAfter('2023-01-01', quarter * 91 + 5), 1, 'true', 10, ''],
            ]),
          ),
        ),
      },
      asOf,
      check: (finding) => {
        expect(columnSum(finding, 'cohorts', 'issued')).toBe(800 * size);
        expect(valueOfMeasure(finding, 'flowRateOfFiles')).toBeCloseTo(350 / 800, 12);
        expect(finding.money).toBeNull();
      },
    },
    {
      name: 'redemptions of points from before the files are not taken from later ones',
      tables: { points: ledger(() => [[-20, 'redeem', 500], ...expiring(40)]) },
      asOf,
      check: (finding) => expect(valueOfMeasure(finding, 'usedShare')).toBeCloseTo(0.4, 12),
    },
  ],
  informative: [
    {
      name: 'half a year of points: too little to follow them',
      tables: { points: ledger(() => expiring(40).filter(([day]) => day < 170)) },
      check: (finding) => expect(valueOfMeasure(finding, 'flowRate')).toBe(0.2),
    },
  ],
  watch: [
    { name: 'fifteen points in a hundred are used', tables: { points: ledger(() => expiring(15)) }, asOf },
    {
      name: 'hardly any are used so far, but ever more of the old ones',
      tables: { points: ledger(() => quarterly(0, (quarter) => (quarter > 1 ? [[quarter * 91 + 60, 'redeem', quarter]] : []))) },
      asOf,
    },
    {
      name: 'points are hardly used, and each quarter of issue in its own way',
      tables: { points: ledger(() => [...quarterly(0), [40, 'redeem', 60], [45, 'expire', 40]]) },
      asOf,
      check: (finding) => expect(valueOfMeasure(finding, 'cohortSpread')).toBeCloseTo(0.6, 12),
    },
    {
      name: 'eight in ten owners heard nothing, but the files hold no service messages: notice may have come from elsewhere',
      tables: { points: ledger(() => expiring(40)), contacts: messages(tooLate) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'unwarnedShare')).toBeCloseTo(0.8, 12);
        expect(finding.caveats.join(' ')).toContain('no service messages');
      },
    },
    {
      name: 'a third of the owners heard nothing before their points expired',
      tables: { points: ledger(() => expiring(40)), contacts: messages((member) => (member % 3 === 0 ? [0] : often)) },
      asOf,
    },
  ],
  problem: [
    {
      name: 'five points in a hundred are used',
      tables: { points: ledger(() => expiring(5)) },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'usedShare')).toBeCloseTo(0.05, 12);
        // Four quarters of a hundred points, worth a hundredth each, of which 95 in a hundred reach nobody.
        expect(finding.money?.value).toBeCloseTo(4 * size * 0.95, 9);
      },
    },
    {
      name: 'eight in ten owners heard nothing before their points expired; a message the week before comes too late',
      tables: {
        points: ledger(() => expiring(40)),
        contacts: messages(tooLate, true),
      },
      asOf,
      check: (finding) => {
        expect(valueOfMeasure(finding, 'unwarnedShare')).toBeCloseTo(0.8, 12);
        expect(finding.severity).toBe('high');
        expect(columnSum(finding, 'notice', 'points')).toBe(valueOfMeasure(finding, 'expiriesJudged'));
      },
    },
  ],
  notEnoughData: [
    {
      name: 'twenty members with points',
      tables: {
        points: csvOf(
          header,
          indexes(20).flatMap((member) => [
            [`m${member}`, '2024-01-01', 'earn', 5, ''],
            [`m${member}`, '2024-02-01', 'redeem', 5, ''],
          ]),
        ),
      },
    },
  ],
  notApplicable: [
    { name: 'no points at all', tables: { members: 'member_id\nm1' } },
    { name: 'points are earned, and no file says whether they are redeemed', tables: { points: ledger(() => [[0, 'earn', 5]]) } },
  ],
});
