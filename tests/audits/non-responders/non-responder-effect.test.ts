import { describe, expect, test } from 'vitest';
import { nonResponderEffect } from '../../../src/audits/non-responders/non-responder-effect.js';
import { runAudit } from '../../../src/audits/run.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { type ExperimentPlan, experimentTables } from '../../support/experiment-tables.js';
import { hasHillstrom, stageHillstrom } from '../../support/hillstrom.js';
import { openWorld, type WorldTables } from '../../support/world.js';

const every = (share: number) => (index: number) => (index % 100 < share * 100 ? 1 : 0);
const value = (finding: Finding, id: string): number | null | undefined => finding.measures.find((measure) => measure.id === id)?.value;
const tableOf = (finding: Finding, id: string): Record<string, unknown>[] => {
  const table = finding.evidence.find((each) => each.id === id);
  return (table?.rows ?? []).map((row) => Object.fromEntries((table?.columns ?? []).map((column, index) => [column.id, row[index]])));
};
/** Of the treated, the first 20 respond; with `every`, they are spread over all values. */
const visits = (treated: number, holdout: number, more: Partial<ExperimentPlan> = {}): ExperimentPlan => ({
  id: 'a',
  outcome: 'active',
  planned: 0.5,
  responders: 20,
  arms: [{ arm: 'treatment', members: 300, value: every(treated) }],
  holdout: { members: 300, value: every(holdout) },
  ...more,
});

const unplanned = ({ planned: _, ...plan }: ExperimentPlan): ExperimentPlan => plan;

/** Margin of 10 ± 20 in both arms of 300: an interval of about 3 to either side of nought. @param cost of the campaign. */
const margins = (id: string, cost: number | undefined): ExperimentPlan => {
  const value = (index: number): number => 10 + (index % 2 === 0 ? 20 : -20);
  return {
    ...visits(0, 0, { id, outcome: 'margin' }),
    ...(cost === undefined ? {} : { cost }),
    arms: [{ arm: 'treatment', members: 300, value }],
    holdout: { members: 300, value },
  };
};

/** Twice as many complain in the treated arm; either twice as many buy as well, or as many as in the holdout. */
const complaints = (isBuyingMore: boolean): WorldTables => {
  const tables = experimentTables([visits(0.4, 0.2, { outcome: 'complained', responders: 150 })]);
  const bought = (tables.outcomes ?? '').split('\n').slice(1);
  const more = bought.map((line) => {
    const [campaign, member = '', , value, days] = line.split(',');
    const index = Number(member.split('-').at(-1));
    return [campaign, member, 'purchase', isBuyingMore ? value : every(0.2)(index), days].join(',');
  });
  return { ...tables, outcomes: [tables.outcomes, ...more].join('\n') };
};

auditTester(nonResponderEffect, {
  healthy: [],
  informative: [
    {
      name: 'a holdout and no harm: whole audience and ladder',
      tables: experimentTables([visits(0.5, 0.45)]),
      check: (finding) => {
        // A test without a doubt, and the only one.
        expect(tableOf(finding, 'effects')).toMatchObject([{ grade: 'E1', doubts: '' }]);
        expect(finding.evidenceGrade).toBe('E2');
        expect(finding.explanation?.condition).toContain('{belowProof.label}.');
        expect(value(finding, 'itt.1')).toBeCloseTo(0.05, 12);
        expect(value(finding, 'l0.1')).toBeNull();
        expect(value(finding, 'nonResponseShare.1')).toBeCloseTo(280 / 300, 12);
        const rungs = tableOf(finding, 'ladder');
        expect(rungs.map((row) => String(row.rung).slice(0, 2))).toEqual(['L0', 'L1', 'L2']);
        const [l0] = rungs;
        // μ_N1 = 130/280; of the holdout 135/300 were active, so E[Y0|N] is between (0.45 − π)/(1 − π) and 0.45/(1 − π).
        const response = 20 / 300;
        expect(l0?.low).toBeCloseTo(130 / 280 - 0.45 / (1 - response), 10);
        expect(l0?.high).toBeCloseTo(130 / 280 - (0.45 - response) / (1 - response), 10);
        expect(finding.charts).toHaveLength(1);
      },
    },
    {
      name: 'two campaigns, each with a sound test: E1, and nothing below a proof',
      tables: experimentTables([visits(0.5, 0.45), visits(0.5, 0.45, { id: 'b' })]),
      check: (finding) => {
        expect(finding.evidenceGrade).toBe('E1');
        expect(value(finding, 'belowProof')).toBeUndefined();
        expect(finding.explanation?.condition).not.toContain('belowProof');
        expect(finding.caveats.some((caveat) => caveat.includes('grade lower'))).toBe(false);
      },
    },
    {
      name: 'an interval that holds nought and the break-even takes off a grade, one that stops short of it does not',
      tables: experimentTables([margins('a', 300), margins('b', 3000)]),
      check: (finding) => {
        const [a, b] = tableOf(finding, 'effects').filter((row) => !String(row.outcome).includes('cut off'));
        expect(a).toMatchObject({ grade: 'E2', doubts: 'an interval holds both nought and the difference that would pay for the campaign' });
        expect(b).toMatchObject({ grade: 'E1', doubts: '' });
        expect(Number(b?.high)).toBeLessThan(10);
        expect(finding.evidenceGrade).toBe('E2');
        expect(value(finding, 'unpriced')).toBe(0);
        expect(finding.caveats.some((caveat) => caveat.includes('holds both nought and the difference'))).toBe(true);
      },
    },
    {
      name: 'without a cost the same interval takes off nothing, and the finding says that it could not be asked',
      tables: experimentTables([margins('a', undefined), margins('b', undefined)]),
      check: (finding) => {
        expect(finding.evidenceGrade).toBe('E1');
        expect(value(finding, 'unpriced')).toBe(2);
        expect(
          finding.caveats.some((caveat) => caveat.startsWith('What difference would pay for the campaign is not known in {unpriced} of {effects} cases')),
        ).toBe(true);
      },
    },
    {
      name: 'complaints: no range rests on what responders are like, and more of them where more was bought is no harm',
      tables: complaints(true),
      check: (finding) => {
        const ladder = tableOf(finding, 'ladder').filter((row) => String(row.outcome).startsWith('complained'));
        expect(ladder.map(({ low }) => low === null)).toEqual([false, true, true]);
        expect(ladder[0]?.note).toContain('whoever buys more also complains');
        const row = tableOf(finding, 'effects').find((each) => String(each.outcome).startsWith('complained'));
        expect(Number(row?.low)).toBeGreaterThan(0);
        expect(Number(row?.harmP)).toBeLessThan(0.025);
        expect(value(finding, 'harmfulEffects')).toBe(0);
        expect(finding.caveats.some((caveat) => caveat.startsWith('Whoever buys more also complains'))).toBe(true);
      },
    },
    {
      name: 'no holdout: the reason why nothing can be said',
      tables: experimentTables([{ id: 'a', contactedOnly: 230, responders: 30 }]),
      check: (finding) => {
        expect(finding.evidenceGrade).toBe('E4');
        expect(value(finding, 'contactedNonResponders')).toBe(200);
        expect(finding.measures.find((measure) => measure.id === 'effectOnNonResponders')).toMatchObject({
          value: null,
          why: expect.stringContaining('holdout'),
        });
      },
    },
    {
      name: 'arms that contradict the plan: grade E3, and never harm',
      tables: experimentTables([visits(0.1, 0.6, { planned: 0.2 })]),
      check: (finding) => {
        expect(finding.evidenceGrade).toBe('E3');
        expect(finding.caveats.some((caveat) => caveat.includes('do not match the plan'))).toBe(true);
        expect(finding.measures.some(({ id }) => /^(itt|l0|l1|l2)\./.test(id))).toBe(false);
        expect(finding.charts).toEqual([]);
        expect(finding.explanation?.condition).toContain('no test can be used (evidence grade E3): the sizes of the arms do not match the plan');
        expect(tableOf(finding, 'ladder')).toMatchObject([{ rung: 'none', note: expect.stringContaining('the test cannot be used') }]);
      },
    },
    {
      name: 'win-back: the second assumption is switched off',
      tables: experimentTables([visits(0.5, 0.45, { objective: 'Win-back of lapsed' })]),
      check: (finding) => {
        const l2 = tableOf(finding, 'ladder').find((row) => String(row.rung).startsWith('L2'));
        expect(l2).toMatchObject({ low: null, note: expect.stringContaining('win-back') });
      },
    },
    {
      name: 'margin without a known discount: L1 is left out by name, L2 keeps its lower end',
      tables: experimentTables([
        visits(0.5, 0.45, {
          outcome: 'margin',
          arms: [{ arm: 'treatment', members: 300, value: (index) => (index % 7) * 3 }],
          holdout: { members: 300, value: (index) => (index % 7) * 2 },
        }),
      ]),
      check: (finding) => {
        const [l0, l1, l2] = tableOf(finding, 'ladder');
        expect(l1).toMatchObject({ low: null, note: expect.stringContaining('L1 left out') });
        expect(l2?.high).toBe(l0?.high);
        expect(l2?.rung).toBe('L2: responders at least as valuable anyway');
        expect(finding.explanation?.condition).toContain('assuming only that those who responded would have been at least as valuable without it');
        expect(finding.explanation?.condition).not.toContain('worse off');
        expect(finding.caveats.some((caveat) => caveat.includes('rests on two assumptions'))).toBe(false);
        expect(JSON.stringify(finding.charts)).toContain('Non-responders, responders as valuable anyway (L2)');
      },
    },
    {
      name: 'an outcome that is the response is left out by name',
      tables: experimentTables([visits(0, 0.1, { outcome: 'click', arms: [{ arm: 'treatment', members: 300, value: (index) => (index < 20 ? 1 : 0) }] })]),
      check: (finding) => {
        expect(tableOf(finding, 'ladder')).toMatchObject([{ rung: 'none', note: expect.stringContaining('the response itself') }]);
        expect(finding.charts).toEqual([]);
        expect(finding.explanation?.condition).not.toContain('within bounds');
        expect(finding.measures.find(({ id }) => id === 'effectOnNonResponders')?.why).toContain('the response itself');
      },
    },
    {
      name: 'a handful of responders: nothing is known within bounds',
      tables: experimentTables([visits(0.5, 0.45, { responders: 5 })]),
      check: (finding) => {
        expect(value(finding, 'bounded')).toBe(0);
        expect(value(finding, 'itt.1')).toBeCloseTo(0.05, 12);
        expect(finding.explanation?.condition).toContain('cannot be known');
      },
    },
    {
      name: 'an arm without any event is never harm',
      tables: experimentTables([
        visits(0, 0.01, { planned: 0.9, arms: [{ arm: 'treatment', members: 300, value: () => 0 }], holdout: { members: 2700, value: every(0.02) } }),
      ]),
      check: (finding) => expect(tableOf(finding, 'effects')).toMatchObject([{ grade: 'E2', hasFewEvents: 'yes' }]),
    },
    {
      name: 'less of a bad outcome lies on the good side',
      tables: experimentTables([visits(0.1, 0.6, { outcome: 'has_churned' })]),
      check: (finding) => {
        expect(value(finding, 'goodRanges')).toBe(1);
        expect(finding.explanation?.condition).toContain('wholly on the good side');
      },
    },
    {
      name: 'contacts before the time that is looked at only: nobody, in a clean sentence',
      tables: {
        ...experimentTables([{ id: 'a', contactedOnly: 230, responders: 30 }]),
        transactions: 'transaction_id,member_id,occurred_at,net_amount\nt1,x,2022-01-01,1',
      },
      asOf: '2026-01-01',
      check: (finding) => {
        expect(finding.explanation?.condition).toContain('Nobody was contacted');
        expect(finding.measures.find(({ id }) => id === 'contactedNonResponderShare')?.why).toBeTruthy();
      },
    },
    {
      name: 'withdrawals, as given by the source, are a price of contact and no harm by themselves',
      tables: experimentTables([visits(0.4, 0.15, { outcome: 'unsubscribed' })]),
      check: (finding) => {
        expect(tableOf(finding, 'effects')).toMatchObject([{ harmP: null }]);
        expect(value(finding, 'itt.1')).toBeCloseTo(0.25, 12);
        const [, l1, l2] = tableOf(finding, 'ladder');
        expect([l1?.low, l2?.low]).toEqual([null, null]);
        expect(l1?.note).toContain('a message alone makes a withdrawal possible');
        expect(finding.caveats.some((caveat) => caveat.includes('Withdrawals are shown and not judged'))).toBe(true);
      },
    },
    {
      name: 'a bad outcome changes the signs: more lapse in the holdout is no harm',
      tables: experimentTables([visits(0.1, 0.3, { outcome: 'lapsed' })]),
    },
  ],
  problem: [
    {
      name: 'one campaign: evidence indicates harm, and does not show it',
      tables: experimentTables([visits(0.3, 0.6)]),
      check: (finding) => {
        expect(finding.evidenceGrade).toBe('E2');
        expect(finding.explanation?.condition).toMatch(/^Evidence indicates harm, short of proof, in \{harmfulEffects\}/);
        expect(finding.explanation?.action).toContain('repeat the test');
      },
    },
    {
      name: 'one campaign without a planned split: the figures agree with harm',
      tables: experimentTables([unplanned(visits(0.3, 0.6))]),
      check: (finding) => {
        expect(finding.evidenceGrade).toBe('E3');
        expect(value(finding, 'belowProof')).toBe(2);
        expect(finding.explanation?.condition).toMatch(/^The figures agree with harm, and are far from proof of it/);
        expect(finding.explanation?.condition).not.toMatch(/(?:was|were|are) worse off|harmAtLeast/);
        expect(finding.caveats.filter((caveat) => caveat.endsWith('one grade lower.'))).toHaveLength(2);
      },
    },
    {
      name: 'more complaints where no more was bought: harm, and nobody in particular is blamed',
      tables: complaints(false),
      check: (finding) => {
        expect([value(finding, 'harmOverall'), value(finding, 'harmUnderA1')]).toEqual([1, 0]);
        expect(finding.explanation?.condition).toContain('nothing follows for those who did not respond');
      },
    },
    {
      name: 'the audience as a whole is worse off, in one of two campaigns',
      tables: experimentTables([visits(0.3, 0.6), visits(0.5, 0.45, { id: 'b' })]),
      check: (finding) => {
        expect(value(finding, 'harmfulEffects')).toBe(1);
        // The first sentence is the headline, and carries the figure.
        expect(finding.explanation?.condition).toMatch(
          /^Harm is shown in \{harmfulEffects\} of \{effects\} results of \{tests\} tests: (?:(?!\. ).)*\{itt\.1\}, /,
        );
        expect(finding.explanation?.condition).toContain('worse off');
        const l1 = tableOf(finding, 'ladder').find((row) => String(row.rung).startsWith('L1'));
        expect(l1?.outerHigh).toBeLessThan(0);
        // “Worse by at least”: the near end of the interval, not the estimate.
        expect(value(finding, 'harmAtLeast.1')).toBe(-Number(l1?.outerHigh));
        expect(finding.explanation?.condition).toContain('{harmAtLeast.1.label}: {harmAtLeast.1}.');
      },
    },
    {
      name: 'responders save by a voucher what they would have paid: the audience earned less, and nobody else is blamed',
      tables: experimentTables([
        visits(0, 0, {
          outcome: 'margin',
          responders: 150,
          arms: [{ arm: 'treatment', members: 300, value: (index) => (index < 150 ? 5 : 10) + (index % 3) * 0.1 }],
          holdout: { members: 300, value: (index) => 10 + (index % 3) * 0.1 },
        }),
      ]),
      check: (finding) => {
        expect(value(finding, 'harmOverall')).toBe(1);
        expect(value(finding, 'harmUnderA1')).toBe(0);
        expect(finding.explanation?.condition).toContain('nothing follows for those who did not respond');
        expect(finding.explanation?.condition).not.toContain('were made worse off');
      },
    },
    {
      name: 'responders gain more than the others lose: harm that the whole audience hides',
      tables: experimentTables([
        visits(0, 0, {
          outcome: 'spend',
          responders: 60,
          arms: [{ arm: 'treatment', members: 600, value: (index) => (index < 60 ? 100 : 5) + (index % 3) * 0.1 }],
          holdout: { members: 600, value: (index) => 10 + (index % 3) * 0.1 },
        }),
      ]),
      check: (finding) => {
        expect(value(finding, 'itt.1')).toBeGreaterThan(0);
        expect(value(finding, 'harmOverall')).toBe(0);
        expect(value(finding, 'harmProved')).toBe(1);
        expect(finding.explanation?.condition).toContain('whatever it did to those who responded');
      },
    },
  ],
  notEnoughData: [{ name: 'a handful of contacts', tables: experimentTables([{ id: 'a', contactedOnly: 20, responders: 3 }]) }],
  notApplicable: [{ name: 'no responses', tables: experimentTables([{ id: 'a', contactedOnly: 220 }]) }],
});

describe.skipIf(!hasHillstrom)('Hillstrom, the published differences', () => {
  test('whole-audience effects with 95 % intervals, and the ladder', async () => {
    const world = await openWorld({}, { stage: stageHillstrom });
    const finding = await runAudit(nonResponderEffect, world.context);
    await world.close();
    expect(finding.status).toBe('informative');
    // Three arms, one campaign.
    expect(finding.evidenceGrade).toBe('E2');
    expect(value(finding, 'contactedNonResponderShare')).toBeCloseTo(0.83295, 5);
    const effects = tableOf(finding, 'effects');
    const published: [arm: string, outcome: string, difference: number, low: number, high: number, digits: number][] = [
      ['Mens', 'visit', 0.07659, 0.06995, 0.08322, 4],
      ['Mens', 'conversion', 0.00681, 0.005, 0.00861, 4],
      ['Mens', 'spend', 0.7698, 0.4851, 1.0545, 3],
      ['Womens', 'visit', 0.04523, 0.03889, 0.05157, 4],
      ['Womens', 'conversion', 0.00311, 0.0015, 0.00472, 4],
      ['Womens', 'spend', 0.4244, 0.169, 0.6799, 3],
    ];
    for (const [arm, outcome, difference, low, high, digits] of published) {
      const row = effects.find((each) => String(each.test).includes(`, ${arm} E-Mail`) && String(each.outcome).startsWith(outcome));
      expect(row?.difference, `${arm} ${outcome}`).toBeCloseTo(difference, digits + 1);
      expect(row?.low, `${arm} ${outcome}`).toBeCloseTo(low, digits);
      expect(row?.high, `${arm} ${outcome}`).toBeCloseTo(high, digits);
    }
    const rungs = tableOf(finding, 'ladder');
    expect(rungs.filter((row) => row.rung === 'none').every((row) => String(row.note).includes('response itself'))).toBe(true);
    expect(rungs.filter((row) => String(row.outcome).startsWith('spend')).every((row) => String(row.note).includes('by construction'))).toBe(true);
    // Members who did not buy still visited more often: the ladder of “purchase” on visits lies above nought on every rung.
    const visitors = rungs.filter((row) => row.response === 'purchase' && String(row.outcome).startsWith('visit'));
    expect(visitors).toHaveLength(6);
    for (const row of visitors) expect(row.outerLow).toBeGreaterThan(0);
  });
});
