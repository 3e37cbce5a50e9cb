import { describe, expect, test } from 'vitest';
import { overstatedAttribution } from '../../../src/audits/measurement/overstated-attribution.js';
import { runAudit } from '../../../src/audits/run.js';
import type { Finding } from '../../../src/result/schema.js';
import { zeroEffectWorld } from '../../../src/simulator/worlds.js';
import { attributionTables, measureOf, range } from '../../support/attribution-tables.js';
import { auditTester } from '../../support/audit-tester.js';
import { hasHillstrom, stageHillstrom } from '../../support/hillstrom.js';
import { openWorld, type WorldTables } from '../../support/world.js';

const day = '2024-03-04';
/** Every fourth member is held out; who is of each hundred decides the rest, so that both arms are alike. */
const isHeldOut = (member: number): boolean => member % 4 === 0;
const spring = { id: 'spring', day, window: 14, isHeldOut, plannedHoldout: 0.25, objective: 'Immediate sale', cost: 100 };
const inBlock =
  (from: number, to: number) =>
  (member: number): boolean =>
    Math.floor(member / 4) % 100 >= from && Math.floor(member / 4) % 100 < to;
const purchases = (members: number, isBuying: (member: number) => boolean) =>
  range(members)
    .filter(isBuying)
    .map((member) => ({ member, day, after: 3, discount: 2 }));
/** Shares of both arms who buy anyway, and of the treated who buy more. */
const tested = (anyway: number, more: number, campaign: object = {}, members = 1600) =>
  attributionTables({
    members,
    campaigns: [{ ...spring, ...campaign }],
    from: '2024-01-01',
    extra: purchases(members, (member) => inBlock(0, anyway)(member) || (!isHeldOut(member) && inBlock(anyway, anyway + more)(member))),
  });

auditTester(overstatedAttribution, {
  healthy: [
    {
      name: 'most of the credited would not have bought',
      tables: tested(5, 35),
      check: (finding) => {
        // 1,200 treated: 40 of 100 bought, 5 of 100 would have anyway.
        expect(measureOf(finding, 'credited')).toBe(480);
        expect(measureOf(finding, 'incremental')).toBe(420);
        expect(measureOf(finding, 'overstatement')).toBeCloseTo(480 / 420, 9);
        // Twenty buyers in the holdout, and one campaign.
        expect([finding.evidenceGrade, measureOf(finding, 'belowProof')]).toEqual(['E3', 2]);
        expect(finding.caveats.some((caveat) => caveat.startsWith('In at least one arm too few members'))).toBe(true);
        const [row] = finding.evidence.find(({ id }) => id === 'tests')?.rows ?? [];
        expect(row?.slice(2, 8)).toEqual([1200, 400, 0.4, 0.05, 480, 420]);
        // Two a purchase, for the sixty who would have bought anyway.
        expect(measureOf(finding, 'leakage')).toBeCloseTo(120, 6);
      },
    },
  ],
  informative: [{ name: 'the test is too small to tell', tables: tested(2, 1, {}, 2400) }],
  watch: [
    { name: 'half as many again and more', tables: tested(30, 30), check: (finding) => expect(measureOf(finding, 'overstatement')).toBe(2) },
    {
      name: 'far too much, by a rule that nobody uses',
      tables: tested(40, 6, { window: undefined }),
      check: (finding) => expect(measureOf(finding, 'ruled')).toBe(0),
    },
  ],
  problem: [
    {
      name: 'the campaign adds few of those that it is credited with',
      tables: tested(50, 10),
      check: (finding) => {
        expect(measureOf(finding, 'overstatement')).toBe(6);
        expect(measureOf(finding, 'leastOverstatement')).toBeGreaterThan(3);
        expect(finding.evidenceGrade).toBe('E2');
        expect(finding.explanation?.condition).toContain('as many as randomised tests indicate');
        expect(finding.explanation?.condition).toContain('{belowProof.label}.');
      },
    },
    {
      name: 'it adds nothing: no ratio, and the credit is too high even against the high end',
      tables: tested(50, 0),
      check: (finding) => {
        expect(measureOf(finding, 'overstatement')).toBeNull();
        expect(finding.explanation?.condition).toContain('cannot be told from nought, so no ratio is given');
        expect(measureOf(finding, 'incremental')).toBe(0);
      },
    },
  ],
  notEnoughData: [
    { name: 'hardly anybody is credited', tables: tested(1, 0) },
    {
      name: 'a holdout of a handful',
      tables: attributionTables({
        members: 400,
        campaigns: [{ ...spring, isHeldOut: (member) => member < 10 }],
        from: '2024-01-01',
        extra: purchases(400, inBlock(0, 50)),
      }),
    },
  ],
  notApplicable: [
    {
      name: 'no assignments',
      tables: attributionTables({ members: 400, campaigns: [{ id: 'spring', day, window: 14 }], from: '2024-01-01', extra: purchases(400, inBlock(0, 50)) }),
    },
  ],
});

describe('the grade', () => {
  /** Half of what is paid is margin. */
  const withMargin = (tables: WorldTables): WorldTables => {
    const [header = '', ...rows] = (tables.transactions ?? '').split('\n');
    const at = header.split(',').indexOf('net_amount');
    return { ...tables, transactions: [`${header},margin_amount`, ...rows.map((row) => `${row},${Number(row.split(',')[at]) / 2}`)].join('\n') };
  };
  const findingIn = async (tables: WorldTables): Promise<Finding> => {
    const world = await openWorld(tables);
    try {
      return await runAudit(overstatedAttribution, world.context);
    } finally {
      await world.close();
    }
  };
  const isWide = (finding: Finding): boolean => finding.caveats.some((caveat) => caveat.includes('holds both nought and the difference'));

  test('is lower where the margin added may be nought or all of the cost, and is not where it cannot be all of it', async () => {
    const cheap = await findingIn(withMargin(tested(50, 0)));
    expect([isWide(cheap), cheap.evidenceGrade]).toEqual([true, 'E3']);
    const dear = await findingIn(withMargin(tested(50, 0, { cost: 2000 })));
    expect([isWide(dear), dear.evidenceGrade]).toEqual([false, 'E2']);
  });

  test('without margins is not lower for it, and the finding says that it could not be asked', async () => {
    const finding = await findingIn(tested(50, 0));
    expect([isWide(finding), finding.evidenceGrade]).toEqual([false, 'E2']);
    expect(finding.caveats.some((caveat) => caveat.startsWith('Costs or margins are not known'))).toBe(true);
  });

  test('of two campaigns is that of a proof', async () => {
    // Each with a holdout of its own: with one for both, the second test would begin with arms that the first has made unlike.
    const later = { ...spring, id: 'later', day: '2024-04-15', isHeldOut: (member: number) => member % 4 === 1 };
    const bought = (campaign: typeof spring) =>
      range(1600)
        .filter((member) => inBlock(0, 50)(member) || (!campaign.isHeldOut(member) && inBlock(50, 70)(member)))
        .map((member) => ({ member, day: campaign.day, after: 3 }));
    const campaigns = [spring, later];
    const finding = await findingIn(attributionTables({ members: 1600, campaigns, from: '2024-01-01', extra: campaigns.flatMap(bought) }));
    expect([measureOf(finding, 'tests'), finding.evidenceGrade]).toEqual([2, 'E1']);
    expect(finding.explanation?.condition).toContain('as many as randomised tests show');
  });
});

test('a world without any effect: the difference is not told from nought', async () => {
  const world = await openWorld(zeroEffectWorld({ seed: 3, members: 2000 }));
  try {
    const finding = await runAudit(overstatedAttribution, world.context);
    expect(measureOf(finding, 'overstatement')).toBeNull();
    expect(finding.status).toBe('watch');
    const incremental = finding.measures.find(({ id }) => id === 'incremental')?.interval;
    expect(incremental?.low).toBeLessThan(0);
    expect(incremental?.high).toBeGreaterThan(0);
  } finally {
    await world.close();
  }
});

test.skipIf(!hasHillstrom)('Hillstrom: 456 conversions counted, 212 more than without mail', async () => {
  const world = await openWorld({}, { stage: stageHillstrom });
  try {
    const finding = await runAudit(overstatedAttribution, world.context);
    expect(measureOf(finding, 'credited')).toBe(456);
    // Published rates: 1.2531 % of 21,307 and 0.8837 % of 21,387 mailed, 0.5726 % of 21,306 not mailed.
    expect(measureOf(finding, 'incremental')).toBe(212);
    expect(measureOf(finding, 'overstatement')).toBeCloseTo(456 / (456 - (42_694 * 122) / 21_306), 9);
    expect(finding.status).toBe('watch');
  } finally {
    await world.close();
  }
});
