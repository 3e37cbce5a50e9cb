import { describe, expect, test } from 'vitest';
import { measuresById, runAudit } from '../../../src/audits/run.js';
import { decoupledSuccess } from '../../../src/audits/value/decoupled-success.js';
import { campaignAnswer, judgeDecoupledSuccess, programmeAnswer } from '../../../src/audits/value/decoupled-success-verdict.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding, Measure } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { experimentTables } from '../../support/experiment-tables.js';
import { hasHillstrom, stageHillstrom } from '../../support/hillstrom.js';
import { openWorld, type WorldTables } from '../../support/world.js';

const measureOf = (finding: Finding, id: string): Measure | undefined => finding.measures.find((measure) => measure.id === id);
const value = (finding: Finding, id: string): number | null | undefined => measureOf(finding, id)?.value;

/** Campaigns of 40 in each arm; `shift` is what each adds, `responders` how many of the 40 respond. */
function campaigns(plans: readonly { readonly shift: number; readonly responders: number }[], noise = 1): WorldTables {
  return experimentTables(
    plans.map(({ shift, responders }, index) => ({
      id: `c${String(index).padStart(2, '0')}`,
      outcome: 'spend',
      planned: 0.5,
      responders,
      arms: [{ arm: 'treatment', members: 40, value: (member) => 20 + shift + (member % 2 === 0 ? noise : -noise) }],
      holdout: { members: 40, value: (member) => 20 + (member % 2 === 0 ? noise : -noise) },
    })),
  );
}

const counted = (n: number): number[] => Array.from({ length: n }, (_, index) => index);
/** An order of 0 … n − 1 that has nothing to do with the given one. */
const scattered = (index: number, n: number): number => (index * 29 + 3) % n;

interface Programme {
  readonly members: number;
  readonly quarters: number;
  /** Of ten members, how many respond, and what a purchase is worth, by quarter from the first. */
  readonly respond: (quarter: number) => number;
  readonly worth: (quarter: number, member: number) => number;
}

const lastDay = dayOf('2024-12-31');

/** Every member buys once in each quarter of thirteen weeks and gets that quarter’s campaign. */
function programme({ members, quarters, respond, worth }: Programme): WorldTables {
  const firstDay = lastDay + 1 - quarters * 91;
  const lines = {
    campaigns: ['campaign_id,name,starts_at,objective'],
    contacts: ['member_id,campaign_id,contacted_at'],
    responses: ['member_id,campaign_id,type,responded_at'],
    transactions: ['transaction_id,member_id,occurred_at,net_amount'],
  };
  for (const quarter of counted(quarters)) {
    const start = firstDay + quarter * 91;
    lines.campaigns.push(`q${quarter},Quarter ${quarter},${isoDate(start)},sale`);
    for (const member of counted(members)) {
      const day = quarter === quarters - 1 && member === 0 ? lastDay : start + ((member * 13 + quarter * 5) % 91);
      lines.transactions.push(`t${quarter}-${member},m${member},${isoDate(day)},${worth(quarter, member).toFixed(2)}`);
      lines.contacts.push(`m${member},q${quarter},${isoDate(start + 3)}`);
      if ((member * 7 + quarter * 3) % 10 < respond(quarter)) lines.responses.push(`m${member},q${quarter},click,${isoDate(start + 5)}`);
    }
  }
  return Object.fromEntries(Object.entries(lines).map(([name, rows]) => [name, rows.join('\n')]));
}

const steady = (_quarter: number, member: number): number => 20 + (member % 7);
/** Seven members in ten spend a third less in the last two of eight quarters. */
const falling = (quarter: number, member: number): number => (quarter >= 6 && member % 10 < 7 ? 0.66 : 1) * (20 + ((member + quarter) % 7));
const rising = (quarter: number): number => (quarter >= 6 ? 4 : 2);

auditTester(decoupledSuccess, {
  healthy: [
    {
      name: 'campaigns with more responses add more value',
      tables: campaigns(counted(10).map((index) => ({ shift: index / 2, responders: 4 + 3 * index }))),
      check: (finding) => {
        expect(value(finding, 'campaigns')).toBe(10);
        expect(value(finding, 'rho')).toBeCloseTo(1, 12);
        expect(value(finding, 'tau')).toBeCloseTo(1, 12);
        expect(finding.explanation?.condition).toContain('those with more responses add more value');
        expect(finding.explanation?.condition).toContain('The comparison of campaigns says so.');
        const rows = finding.evidence[0]?.rows ?? [];
        expect(rows.map((row) => row[3])).toEqual(counted(10).map((index) => index + 1));
        expect(rows.map((row) => row[6])).toEqual(rows.map((row) => row[3]));
      },
    },
  ],
  problem: [
    {
      name: 'campaigns with more responses add less',
      tables: campaigns(counted(10).map((index) => ({ shift: -index / 2, responders: 4 + 3 * index }))),
      check: (finding) => {
        expect(finding.severity).toBe('high');
        expect(value(finding, 'agreement')).toBe(-1);
        expect(finding.explanation?.condition).toContain('those with more responses add less value');
      },
    },
    {
      name: 'many campaigns whose responses have nothing to do with their value',
      tables: campaigns(counted(40).map((index) => ({ shift: scattered(index, 40) / 8, responders: index }))),
      check: (finding) => {
        expect(finding.severity).toBe('high');
        expect(Math.abs(value(finding, 'rho') ?? 1)).toBeLessThan(0.15);
        expect(finding.explanation?.condition).toContain('The comparison of campaigns says so.');
      },
    },
    {
      name: 'two quarters with more responses and customers who bring less',
      tables: programme({ members: 300, quarters: 8, respond: rising, worth: falling }),
      check: (finding) => {
        expect(finding.severity).toBe('medium');
        expect(value(finding, 'success.1')).toBeCloseTo(1, 12);
        expect(value(finding, 'existing.1')).toBeLessThan(-0.2);
        // Everybody buys in every quarter, so existing customers are always the same people.
        expect(value(finding, 'same.1')).toBeCloseTo(value(finding, 'existing.1') ?? 0, 12);
        expect(value(finding, 'base.1')).toBe(0);
        const [quarter] = finding.evidence[0]?.rows ?? [];
        expect(quarter?.slice(0, 3)).toEqual(['to 2024-12-31', 300, 120]);
        const missing = counted(300).reduce((sum, member) => sum + falling(2, member) + falling(3, member) - falling(6, member) - falling(7, member), 0);
        expect(finding.money?.value).toBeCloseTo(missing, 0);
        expect(finding.members?.value).toBe(300);
        expect(finding.explanation?.condition).toContain('The comparison of quarters says so, not that of campaigns.');
      },
    },
  ],
  watch: [
    {
      name: 'the same with customers who vary so much that chance could make it',
      tables: programme({
        members: 200,
        quarters: 8,
        respond: rising,
        worth: (quarter, member) => ((member * 7 + quarter * 31) % 40 === 0 ? (quarter >= 6 ? 800 : 900) : 2),
      }),
      check: (finding) => {
        expect(finding.severity).toBe('low');
        expect(finding.money).toBeNull();
        expect(finding.explanation?.condition).toContain('chance could make these figures');
      },
    },
  ],
  informative: [
    {
      name: 'no campaign can be compared, and the quarters are as they were the year before',
      tables: programme({ members: 300, quarters: 8, respond: () => 3, worth: (quarter, member) => steady(quarter, member) + ((member + quarter) % 3) / 10 }),
      check: (finding) => {
        expect(value(finding, 'campaigns')).toBe(0);
        expect(finding.explanation?.condition).toContain('Neither comparison shows that success and value part');
        expect(finding.charts.map(({ kind }) => kind)).toEqual(['lines']);
        expect(finding.money).toBeNull();
      },
    },
    {
      name: 'campaigns that differ by no more than chance',
      tables: campaigns(
        counted(10).map((index) => ({ shift: scattered(index, 10) / 100, responders: 4 + 3 * index })),
        8,
      ),
      check: (finding) => {
        expect(value(finding, 'agreement')).toBeNull();
        expect(measureOf(finding, 'agreement')?.why).toContain('Too noisy to say');
        expect(finding.explanation?.condition).toContain('too noisy to say');
      },
    },
    {
      name: 'a handful of campaigns in an order that could be chance',
      tables: campaigns(counted(9).map((index) => ({ shift: [2, 0, 3, 1, 4, 2.5, 1.5, 3.5, 0.5][index] ?? 0, responders: 4 + 3 * index }))),
      check: (finding) => expect(finding.explanation?.condition).toContain('and neither shows that they go together'),
    },
  ],
  notEnoughData: [
    {
      name: 'seven campaigns are a table and no more',
      tables: campaigns(counted(7).map((index) => ({ shift: index, responders: 4 + 3 * index }))),
      check: (finding) => {
        expect(finding.evidence[0]?.rows).toHaveLength(7);
        expect(finding.reason).toContain('the files hold 7');
      },
    },
    {
      name: 'ten campaigns of which nine have the same response rate',
      tables: campaigns(counted(10).map((index) => ({ shift: -index / 2, responders: index === 0 ? 40 : 4 }))),
      check: (finding) => {
        expect(value(finding, 'campaigns')).toBe(10);
        expect(finding.reason).toContain('the same response rate');
        expect(finding.reason).not.toContain('the files hold');
      },
    },
    { name: 'six quarters', tables: programme({ members: 60, quarters: 6, respond: rising, worth: falling }) },
  ],
  notApplicable: [{ name: 'no contacts', tables: { members: 'member_id\n1\n2' } }],
});

describe('verdicts, on both sides of each level', () => {
  const measures = (agreement: readonly [number, number] | null, ...changes: readonly (readonly [success: number, existing: number, half: number])[]) =>
    measuresById([
      { id: 'rho', label: '', value: agreement === null ? null : 0, unit: 'index', n: 9 },
      {
        id: 'agreement',
        label: '',
        value: 0,
        unit: 'index',
        n: 9,
        ...(agreement === null ? {} : { interval: { low: agreement[0], high: agreement[1], level: 0.9, method: '' } }),
      },
      ...[0, 1].flatMap((index) =>
        (['success', 'existing', 'same'] as const).map((key): Measure => {
          const change = changes[index];
          const base = { id: `${key}.${index + 1}`, label: '', unit: 'share' as const, n: 100 };
          if (change === undefined) return { ...base, value: null };
          const estimate = key === 'success' ? change[0] : change[1];
          return { ...base, value: estimate, interval: { low: estimate - change[2], high: estimate + change[2], level: 0.9, method: '' } };
        }),
      ),
    ]);
  const levels = { agreement: { aligned: 0.3, inverse: 0 }, divergence: { success: 0.05, value: 0.02 } };

  test.each([
    [[0.31, 0.9], 'aligned'],
    [[0.29, 0.9], 'undetermined'],
    [[-0.2, 0.29], 'decoupled'],
    [[-0.2, 0.31], 'undetermined'],
    [[-0.9, -0.01], 'inverse'],
    [null, 'none'],
  ] as const)('agreement within %j: %s', (agreement, expected) => expect(campaignAnswer(measures(agreement), levels)).toBe(expected));

  test.each([
    [
      [
        [0.05, -0.02, 0.01],
        [0.06, -0.03, 0.01],
      ],
      'diverges',
    ],
    [
      [
        [0.05, -0.02, 0.01],
        [0.049, -0.03, 0.0005],
      ],
      'notShown',
    ],
    [
      [
        [0.05, -0.019, 0.0005],
        [0.06, -0.03, 0.01],
      ],
      'notShown',
    ],
    [
      [
        [0.05, -0.02, 0.03],
        [0.06, -0.03, 0.01],
      ],
      'mayDiverge',
    ],
    [
      [
        [0.04, -0.01, 0.09],
        [0.06, -0.03, 0.09],
      ],
      'notShown',
    ],
    [[[0.05, -0.02, 0.01]], 'none'],
  ] as const)('quarters %j: %s', (changes, expected) => expect(programmeAnswer(measures(null, ...changes), levels)).toBe(expected));

  const diverging = [
    [0.1, -0.1, 0.01],
    [0.1, -0.1, 0.01],
  ] as const;
  test.each([
    ['both', [-0.2, 0.2], diverging, 'problem', 'critical'],
    ['campaigns that go together, and a programme that does not', [0.5, 0.9], diverging, 'watch', 'medium'],
    ['a programme alone', null, diverging, 'problem', 'medium'],
    ['neither', [-0.2, 0.6], [], 'informative', 'none'],
  ] as const)('%s', (_name, agreement, changes, status, severity) => {
    expect(judgeDecoupledSuccess(measures(agreement, ...changes), levels)).toEqual({ status, severity });
  });
});

const findingIn = async (tables: WorldTables): Promise<Finding> => {
  const world = await openWorld(tables);
  try {
    return await runAudit(decoupledSuccess, world.context);
  } finally {
    await world.close();
  }
};

test('customers who leave, and new ones who come in their place, are no divergence: the same people bring less, existing customers do not', async () => {
  const full = programme({ members: 300, quarters: 8, respond: rising, worth: steady });
  // Member m belongs to the generation m mod 10, and each generation buys in five quarters in a row.
  const rows = (full.transactions ?? '').split('\n').filter((line, index) => {
    const [, quarter, member] = /^t(\d+)-(\d+),/.exec(line) ?? [];
    const age = Number(quarter) + 4 - (Number(member) % 12);
    return index === 0 || (age >= 0 && age < 5) || member === '0';
  });
  const finding = await findingIn({ ...full, transactions: rows.join('\n') });
  expect(value(finding, 'success.1')).toBeCloseTo(1, 12);
  expect(value(finding, 'same.1')).toBeLessThan(-0.02);
  expect(value(finding, 'existing.1')).toBeGreaterThan(-0.02);
  expect(finding.status).not.toBe('problem');
});

test('a response after its quarter is over does not count, so that no quarter is followed for longer than another', async () => {
  const tables = programme({ members: 300, quarters: 8, respond: () => 3, worth: falling });
  const late = (tables.responses ?? '').replace(/q4,click,\d{4}-\d{2}-\d{2}/g, 'q4,click,2024-12-30');
  const finding = await findingIn({ ...tables, responses: late });
  expect(measureOf(finding, 'success.2')?.value).toBeCloseTo(0, 12);
  expect(finding.evidence[0]?.rows[1]?.[2]).toBe(90);
  const third = await findingIn(tables);
  expect(third.evidence[0]?.rows.length).toBeGreaterThan(1);
});

test('a rise of the response rate that is gone with the mix of objectives of the year before is no divergence', () => {
  const levels = { agreement: { aligned: 0.3, inverse: 0 }, divergence: { success: 0.05, value: 0.02 } };
  const answerWith = (sameMix: number | null): string => {
    const told = [1, 2].flatMap((number): Measure[] => [
      ...(['success', 'existing', 'same'] as const).map((key): Measure => {
        const estimate = key === 'success' ? 0.2 : -0.1;
        return {
          id: `${key}.${number}`,
          label: '',
          value: estimate,
          unit: 'share',
          n: 100,
          interval: { low: estimate - 0.01, high: estimate + 0.01, level: 0.9, method: '' },
        };
      }),
      { id: `sameMix.${number}`, label: '', value: number === 1 ? sameMix : 0.2, unit: 'share', n: 100 },
    ]);
    return programmeAnswer(measuresById(told), levels);
  };
  expect(answerWith(0.01)).toBe('diverges');
  expect(answerWith(null)).toBe('diverges');
  expect(answerWith(0)).toBe('notShown');
});

describe.skipIf(!hasHillstrom)('Hillstrom', () => {
  test('one campaign with two arms is no set of campaigns', async () => {
    const world = await openWorld({}, { stage: stageHillstrom });
    const finding = await runAudit(decoupledSuccess, world.context);
    await world.close();
    expect(finding.status).toBe('notEnoughData');
    expect(finding.reason).toContain('2 more were followed for too short a time');
  });
});
