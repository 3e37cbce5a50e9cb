import { describe, expect, test } from 'vitest';
import { costlyAcquisitionSources } from '../../../src/audits/experience/costly-acquisition-sources.js';
import { clearestOf } from '../../../src/audits/experience/source-measures.js';
import { measuresById, runAudit } from '../../../src/audits/run.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld, type WorldTables } from '../../support/world.js';

const value = (finding: Finding, id: string): number | null => measuresById(finding.measures).value(id);
const sources = ['Friend', 'Shop', 'Web', 'Flash sale'] as const;
const first = dayOf('2024-01-01');

interface Member {
  readonly id: number;
  readonly source: string;
  readonly joined: number;
  readonly inSource: number;
}

/** 110 members a source who join over six months; each orders three times in 60 days. */
const people: readonly Member[] = Array.from({ length: 440 }, (_, id) => ({
  id,
  source: sources[id % 4] ?? '',
  joined: first + 1 + ((id * 7) % 180),
  inSource: Math.floor(id / 4),
}));

function world(returnsOf: (member: Member) => number, categoryOf: (member: Member) => string = () => 'Shoes', list: readonly Member[] = people): WorldTables {
  const orders = list.flatMap(({ id, joined, ...member }) =>
    [0, 20, 40].map((after, index) => `o${id}-${index},m${id},${isoDate(joined + after)},50,,${categoryOf({ id, joined, ...member })}`),
  );
  const returned = list.flatMap((member) =>
    Array.from({ length: returnsOf(member) }, (_, index) => `r${member.id}-${index},m${member.id},${isoDate(member.joined + 45 + index)},-50,true,`),
  );
  return {
    members: `member_id,acquisition_source,enrolled_at,closed_at\n${list.map(({ id, source, joined }) => `m${id},${source},${isoDate(joined)},`).join('\n')}`,
    transactions: `transaction_id,member_id,occurred_at,net_amount,is_return,category\n${['start,m9999,2024-01-01,1,,', 'end,m9999,2024-12-31,1,,', ...orders, ...returned].join('\n')}`,
  };
}

const isFlash = ({ source }: Member): boolean => source === 'Flash sale';

auditTester(costlyAcquisitionSources, {
  healthy: [
    {
      name: 'one order in nine comes back, whatever the source',
      tables: world((member) => (member.inSource % 3 === 0 ? 1 : 0)),
      check: (finding) => {
        expect(value(finding, 'joiners')).toBe(440);
        expect(value(finding, 'orders')).toBe(1320);
        expect(value(finding, 'costlySources')).toBe(0);
        expect(value(finding, 'faultsPerThousand')).toBeCloseTo((1000 * 148) / 1320, 9);
        expect(finding.money).toBeNull();
      },
    },
    {
      name: 'a source returns more because its members bought another category',
      tables: world(
        (member) =>
          (isFlash(member) ? member.inSource % 4 !== 0 : member.inSource % 4 === 0) ? (member.inSource % 2 === 0 || member.inSource % 5 < 3 ? 1 : 0) : 0,
        (member) => ((isFlash(member) ? member.inSource % 4 !== 0 : member.inSource % 4 === 0) ? 'Dresses' : 'Shoes'),
        people.map((member) => ({ ...member, joined: first + 1 + (member.inSource % 30) })),
      ),
      check: (finding) => {
        const rows = finding.evidence[0]?.rows ?? [];
        const flash = rows.find(([source]) => source === 'Flash sale');
        const friend = rows.find(([source]) => source === 'Friend');
        expect(Number(flash?.[3]) / Number(friend?.[3])).toBeGreaterThan(1.5);
        expect(finding.measures.find((measure) => measure.id === 'faultRatio')?.interval?.method).toContain('category');
      },
    },
  ],
  watch: [
    {
      name: 'a source returns 1.4 times as much as the others',
      tables: world((member) => (isFlash(member) ? (member.inSource % 10 < 7 ? 1 : 0) : member.inSource % 2)),
      check: (finding) => expect(value(finding, 'faultRatio')).toBeCloseTo(1.4, 1),
    },
  ],
  problem: [
    {
      name: 'a flash sale brings members who return three times as much',
      tables: {
        ...world((member) => (isFlash(member) ? 1 : member.inSource % 3 === 0 ? 1 : 0)),
        service_events: `member_id,occurred_at,type,cost\n${people
          .filter(isFlash)
          .map(({ id, joined }) => `m${id},${isoDate(joined + 50)},contact,4`)
          .join('\n')}`,
      },
      check: (finding) => {
        expect(finding.measures.find((measure) => measure.id === 'faultRatio')?.label).toContain('Flash sale');
        expect(value(finding, 'faultRatio')).toBeCloseTo(110 / 37, 1);
        expect(finding.members?.value).toBe(110);
        const rows = finding.evidence[0]?.rows ?? [];
        expect(rows[0]?.slice(0, 4)).toEqual(['Flash sale', 110, 330, (1000 * 110) / 330]);
        // 110 returns and calls of its own, against the third as many returns of the others.
        expect(finding.money?.value).toBeCloseTo(110 * 54 - 37 * 50, -2);
        expect(finding.money?.low).toBeLessThan(finding.money?.value ?? 0);
      },
    },
  ],
  notEnoughData: [
    {
      name: 'a hundred orders a source',
      tables: world(
        () => 1,
        () => 'Shoes',
        people.slice(0, 120),
      ),
    },
    { name: 'hardly anything went wrong', tables: world(({ id }) => (id < 20 ? 1 : 0)) },
    {
      name: 'everybody joined in autumn and cannot be followed yet',
      tables: world(
        () => 1,
        () => 'Shoes',
        people.map((member) => ({ ...member, joined: dayOf('2024-10-01') + (member.id % 30) })),
      ),
    },
    {
      name: 'everybody joined before the files begin',
      tables: {
        ...world(() => 1),
        members: `member_id,acquisition_source,enrolled_at\n${people.map(({ id, source }) => `m${id},${source},2023-12-01`).join('\n')}`,
      },
    },
  ],
  notApplicable: [{ name: 'sources are not known', tables: { transactions: world(() => 0).transactions ?? '' } }],
});

test('a sure ratio is not hidden by a larger one that is known only roughly', () => {
  const blank = { rows: [], members: 100, orders: 300, observed: 30, expected: 10, comparable: 300, adjustedP: 0.01, shrunken: 1 };
  const rest = { limits: { low: 0, high: 2, farLow: 0, farHigh: 3 }, excess: { value: 0, low: 0, high: 0 } };
  const rough = { ...blank, ...rest, source: 'Rough', ratio: 3, low: 1.1, high: 8 };
  const sure = { ...blank, ...rest, source: 'Sure', ratio: 1.7, low: 1.4, high: 2 };
  expect(clearestOf([rough, sure])).toBe(sure);
  expect(clearestOf([])).toBeUndefined();
});

describe('chance', () => {
  test('sources that are alike are called a problem in at most one of twenty worlds', async () => {
    let problems = 0;
    for (let seed = 1; seed <= 20; seed += 1) {
      const uniform = seededUniform(seed);
      const tendency = people.map(() => (uniform() < 0.2 ? 0.8 : 0.05));
      const opened = await openWorld(world((member) => (uniform() < (tendency[member.id] ?? 0) ? 1 : 0)));
      try {
        if ((await runAudit(costlyAcquisitionSources, opened.context)).status === 'problem') problems += 1;
      } finally {
        await opened.close();
      }
    }
    expect(problems).toBeLessThanOrEqual(1);
  });
});
