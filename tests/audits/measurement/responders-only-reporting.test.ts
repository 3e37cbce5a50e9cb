import { describe, expect, test } from 'vitest';
import { respondersOnlyReporting } from '../../../src/audits/measurement/responders-only-reporting.js';
import { coverageOf } from '../../../src/audits/measurement/responders-only-rules.js';
import { attributionTables, measureOf, range } from '../../support/attribution-tables.js';
import { auditTester } from '../../support/audit-tester.js';

const day = '2024-03-04';
const isResponding = (member: number): boolean => member % 10 === 0;
const judged = (kpis: readonly (string | undefined)[]) =>
  attributionTables({ members: 60, campaigns: kpis.map((kpi, index) => ({ id: `c${index}`, day, cost: 100, kpi, isResponding })) });
const times = (count: number, kpi: string | undefined): (string | undefined)[] => range(count).map(() => kpi);

auditTester(respondersOnlyReporting, {
  healthy: [
    {
      name: 'most campaigns are judged by customers who stay',
      tables: judged([...times(8, 'Retention rate'), ...times(2, 'Clicks')]),
      check: (finding) => {
        expect(measureOf(finding, 'narrowShare')).toBeCloseTo(0.2, 9);
        expect(measureOf(finding, 'silentShare')).toBe(0.9);
        const rows = finding.evidence[0]?.rows ?? [];
        expect(rows.filter((row) => row[2] === 'responders only')).toHaveLength(measureOf(finding, 'narrow') ?? -1);
      },
    },
    {
      name: 'clicks are counted, and every audience is divided at random',
      tables: attributionTables({
        members: 120,
        campaigns: range(6).map((index) => ({ id: `c${index}`, day, cost: 100, kpi: 'Clicks', isHeldOut: (member) => member % 3 === 0 })),
      }),
      check: (finding) => expect(measureOf(finding, 'whole')).toBe(6),
    },
  ],
  informative: [{ name: 'a third says nothing, and the rest is for everybody', tables: judged([...times(8, 'Retention rate'), ...times(4, undefined)]) }],
  watch: [{ name: 'two thirds count responses', tables: judged([...times(8, 'Redemption rate'), ...times(4, 'Retention rate')]) }],
  problem: [
    {
      name: 'all but one count responses',
      tables: judged([...times(19, 'Redemption rate'), 'Retention rate']),
      check: (finding) => expect(finding.money?.value).toBe(1900),
    },
  ],
  notEnoughData: [
    { name: 'most say nothing', tables: judged([...times(8, undefined), ...times(2, 'Clicks')]) },
    { name: 'four campaigns', tables: judged(times(4, 'Clicks')) },
  ],
  notApplicable: [{ name: 'no campaign says how it is judged', tables: judged(times(8, undefined)) }],
});

describe('whom a result speaks of', () => {
  const row = {
    campaign_id: 'c',
    primary_kpi: null,
    reported_responses: null,
    reported_revenue: null,
    members: 100,
    responders: 10,
    response_amount: 500,
    outcome_responders: 0,
    outcome_silent: 0,
    outcome_held_out: 0,
    has_outcomes: 0,
    held_out: 0,
  };
  test.each([
    ['results for those who did not respond', { has_outcomes: 1, outcome_responders: 10, outcome_silent: 90 }, 'whole audience'],
    ['results for responders alone', { has_outcomes: 1, outcome_responders: 10, outcome_silent: 0, held_out: 100 }, 'responders only'],
    ['a holdout', { held_out: 40, primary_kpi: 'Clicks' }, 'whole audience'],
    ['a revenue that is the sum of the responses', { reported_revenue: 502, primary_kpi: 'Retention' }, 'responders only'],
    ['a revenue that is not', { reported_revenue: 900, primary_kpi: 'Retention' }, 'whole audience'],
    ['only the number of responses', { reported_responses: 10 }, 'responders only'],
    ['nothing', {}, 'not known'],
  ])('%s', (_name, part, expected) => expect(coverageOf({ ...row, ...part }).coverage).toBe(expected));
});
