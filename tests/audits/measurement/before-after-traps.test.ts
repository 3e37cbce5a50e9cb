import { describe, expect, test } from 'vitest';
import {
  forwardBuyingOf,
  forwardState,
  mixShiftOf,
  mixState,
  regressionOf,
  regressionState,
  survivorshipOf,
  winnerState,
  winnersCurseOf,
} from '../../../src/audits/measurement/before-after-trap-tests.js';
import { beforeAfterTraps } from '../../../src/audits/measurement/before-after-traps.js';
import { attributionTables, measureOf, range } from '../../support/attribution-tables.js';
import { auditTester } from '../../support/audit-tester.js';

const day = '2024-01-08';
const isHeldOut = (member: number): boolean => member % 2 === 0;
const spring = { id: 'spring', day, window: 14, objective: 'Immediate sale' };
const steady = (member: number): number => [14, 28, 42][member % 3] ?? 28;
/** One in ten never buys, so that members who have fallen silent are on file. */
const mostlySteady = (member: number): number | null => (member % 10 === 0 ? null : steady(member));
/** Purchases `after` days after the contact, of members who were not held out. */
const bought = (after: number, amount = 30) =>
  range(800)
    .filter((member) => !isHeldOut(member))
    .map((member) => ({ member, day, after, amount: amount + (member % 7) }));
const two = [
  { ...spring, isHeldOut, plannedHoldout: 0.5 },
  { ...spring, id: 'other', isHeldOut: (member: number) => member % 4 < 2, plannedHoldout: 0.5 },
];

auditTester(beforeAfterTraps, {
  healthy: [
    {
      name: 'steady members, leavers on file, a gain that stays',
      tables: attributionTables({
        members: 800,
        campaigns: [{ ...spring, isHeldOut, plannedHoldout: 0.5 }],
        gapOf: mostlySteady,
        extra: [...bought(5), ...bought(50)],
        closed: 20,
      }),
      check: (finding) => {
        expect(measureOf(finding, 'present')).toBe(0);
        expect(measureOf(finding, 'closed')).toBe(20);
        expect(measureOf(finding, 'earlyGain')).toBeGreaterThan(25);
        const states = finding.evidence[0]?.rows.map((row) => row[1]) ?? [];
        expect(states.filter((state) => state !== 'not testable')).toHaveLength(measureOf(finding, 'testable') ?? -1);
        expect(states.filter((state) => state === 'present')).toHaveLength(measureOf(finding, 'present') ?? -1);
        expect(finding.charts[0]).toMatchObject({ kind: 'lines' });
      },
    },
    {
      name: 'two tests, neither of which shows a gain beyond the other',
      tables: attributionTables({
        members: 800,
        campaigns: two,
        gapOf: mostlySteady,
        extra: range(240).map((member) => ({ member: 3 * member, day, after: 60, amount: 5 })),
        closed: 20,
      }),
    },
  ],
  informative: [{ name: 'only leavers can be looked at', tables: attributionTables({ members: 800, campaigns: [], gapOf: mostlySteady, closed: 20 }) }],
  watch: [
    {
      name: 'everybody bought much just before, and drifts back',
      tables: attributionTables({
        members: 800,
        campaigns: [{ ...spring, isSent: isHeldOut }],
        gapOf: mostlySteady,
        extra: range(800).map((member) => ({ member, day, after: -20, amount: 60 + (member % 11) })),
        closed: 20,
      }),
      check: (finding) => {
        expect(measureOf(finding, 'regressionPresent')).toBe(1);
        expect(measureOf(finding, 'untreatedChange')).toBeLessThan(-0.3);
        expect(finding.explanation?.condition).toContain('neither figure, nor the gap between them');
      },
    },
  ],
  problem: [
    {
      name: 'nobody ever left, and everybody still buys',
      tables: attributionTables({ members: 800, campaigns: [spring], gapOf: steady }),
      check: (finding) => {
        expect(measureOf(finding, 'survivorshipPresent')).toBe(1);
        expect(measureOf(finding, 'inactiveShare')).toBe(0);
      },
    },
    {
      name: 'purchases are brought forward',
      tables: attributionTables({
        members: 800,
        campaigns: [{ ...spring, isHeldOut, plannedHoldout: 0.5 }],
        gapOf: mostlySteady,
        extra: [
          ...bought(5),
          ...range(800)
            .filter(isHeldOut)
            .map((member) => ({ member, day, after: 50, amount: 30 + (member % 7) })),
        ],
        closed: 20,
      }),
      check: (finding) => {
        expect(measureOf(finding, 'forwardPresent')).toBe(1);
        expect(measureOf(finding, 'lateGain')).toBeLessThan(-20);
      },
    },
  ],
  notEnoughData: [{ name: 'a handful of members', tables: attributionTables({ members: 20, campaigns: [spring], gapOf: steady }) }],
  notApplicable: [{ name: 'members and nothing else', tables: { members: ['member_id', ...range(50).map((member) => `m${member}`)].join('\n') } }],
});

describe('the traps', () => {
  const level = 0.9;

  test('regression: the change of untreated members is weighed by the recipients of each tenth', () => {
    const rows = [0, 1].flatMap((decile) =>
      [0, 1].flatMap((is_recipient) =>
        range(20).map((jackknife_group) => ({
          decile,
          is_recipient,
          jackknife_group,
          members: decile === is_recipient ? 2 : 6,
          before: (decile + 1) * 100 + jackknife_group,
          after: decile === 1 ? 100 : 100 + jackknife_group,
        })),
      ),
    );
    const found = regressionOf(rows, level);
    // Tenth 0: 40 untreated keep their sums, tenth 1: 120 untreated lose; recipients are 120 in tenth 0 and 40 in tenth 1.
    const lost = range(20).reduce((sum, group) => sum + 100 - (200 + group), 0);
    const before = range(20).reduce((sum, group) => sum + 300 + 2 * group, 0);
    expect(found?.untreated.value).toBeCloseTo(((40 / 120) * lost) / before, 9);
    expect(regressionState(found, 0.05)).toBe('present');
    expect(regressionState(null, 0.05)).toBe('not testable');
  });

  test('survivors: buyers whom the list of members does not have', () => {
    const row = { settled: 500, inactive: 60, closed: 30, member_days: 400_000, buyers: 500, unlisted: 80 };
    expect(survivorshipOf(row, true, true, 0.05, level).state).toBe('present');
    expect(survivorshipOf({ ...row, unlisted: 20 }, true, true, 0.05, level).state).toBe('absent');
    expect(survivorshipOf(row, false, true, 0.05, level).state).toBe('not testable');
    expect(survivorshipOf({ ...row, unlisted: 0, closed: 0, inactive: 3 }, true, true, 0.05, level).state).toBe('present');
    expect(survivorshipOf({ ...row, unlisted: 0, closed: 0, inactive: 24 }, true, true, 0.05, level).state).toBe('absent');
  });

  test('forward buying: each test against its own holdout', () => {
    const row = (is_holdout: number, jackknife_group: number, week: number, members: number, net: number) => ({
      is_holdout,
      jackknife_group,
      week,
      members,
      net,
      campaign_key: 1,
    });
    const rows = range(20).flatMap((group) => [
      row(0, group, 0, 10, 0),
      row(1, group, 0, 5, 0),
      row(0, group, 2, 0, 100 + group),
      row(1, group, 2, 0, 20),
      row(1, group, 9, 0, 30 + (group % 3)),
    ]);
    const found = forwardBuyingOf(rows, 12, level);
    expect(found?.early.value).toBeCloseTo((2000 + 190) / 200 - 400 / 100, 9);
    expect(found?.cumulative).toHaveLength(12);
    expect(found?.cumulative[11]?.value).toBeCloseTo((found?.early.value ?? 0) + (found?.late.value ?? 0), 9);
    expect(forwardState(found)).toBe('present');
    expect(forwardState(null)).toBe('not testable');
  });

  test('mix: the whole rises because the kind with many responses grows', () => {
    const rows = range(24).map((index) => {
      const isLate = index >= 12;
      const isWarm = isLate ? index % 4 !== 0 : index % 4 === 0;
      const members = 1000;
      return {
        campaign_key: index,
        objective: isWarm ? 'win-back' : 'sale',
        first_day: 19_000 + index * 10,
        members,
        responders: (isWarm ? 200 : 20) + (index % 3),
      };
    });
    const found = mixShiftOf(rows, level);
    expect(found?.overall.value).toBeGreaterThan(0.05);
    expect(Math.abs(found?.within.value ?? 1)).toBeLessThan(0.005);
    expect(mixState(found)).toBe('present');
    expect(mixState(mixShiftOf(rows.slice(0, 8), level))).toBe('not testable');
  });

  test('the best of several: equal effects are drawn to their mean, far apart ones hardly', () => {
    const variant = (label: string, mean: number, n = 1000) => ({ label, treated: { n, mean, variance: 4 }, holdout: { n, mean: 1, variance: 4 } });
    const alike = winnersCurseOf([variant('a', 1.1), variant('b', 1.02), variant('c', 1.05)], level);
    expect(alike?.label).toBe('a');
    expect(alike?.shrunk).toBeCloseTo(0.17 / 3, 9);
    expect(winnerState(alike, 0.25)).toBe('present');
    const apart = winnersCurseOf([variant('a', 3), variant('b', 1.1), variant('c', 1.05)], level);
    expect(winnerState(apart, 0.25)).toBe('absent');
    expect(winnerState(winnersCurseOf([variant('a', 3)], level), 0.25)).toBe('not testable');
  });
});
