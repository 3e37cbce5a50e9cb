import { expect, test } from 'vitest';
import { poorAcquisitionQuality } from '../../../src/audits/objectives/poor-acquisition-quality.js';
import { compareGroups } from '../../../src/audits/objectives/poor-acquisition-quality-comparison.js';
import { runAudit } from '../../../src/audits/run.js';
import { dayOf, isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { auditTester } from '../../support/audit-tester.js';
import { openWorld, type WorldTables } from '../../support/world.js';

const measureOf = (finding: Finding, id: string) => finding.measures.find((measure) => measure.id === id);
const rowsOf = (finding: Finding, id: string) => finding.evidence.find((table) => table.id === id)?.rows ?? [];
const asOf = '2024-12-31';
const sources = ['Till', 'Website', 'App', 'Voucher'];

interface Joiner {
  readonly id: string;
  readonly source: string;
  readonly enrolled: number;
  readonly amounts: readonly number[];
}

/** Members who join through four sources in turn during 2023 and buy every 60 days; `worthOf` scales what they spend. */
function joiners(count: number, worthOf: (source: string) => number, spread = 0.2): Joiner[] {
  return Array.from({ length: count }, (_, index) => {
    const source = sources[index % 4] ?? '';
    const own = 1 + spread * (((index * 7919) % 11) / 5 - 1);
    return {
      id: `m${index}`,
      source,
      enrolled: dayOf('2023-01-01') + Math.floor((index * 330) / count),
      amounts: [0, 1, 2, 3, 4].map(() => 10 * own * worthOf(source)),
    };
  });
}
function tablesOf(list: readonly Joiner[], discountOf?: (joiner: Joiner) => string): WorldTables {
  const share = discountOf === undefined ? '' : ',acquisition_discount_share';
  return {
    members: [
      `member_id,enrolled_at,acquisition_source${share}`,
      ...list.map((each) => `${each.id},${isoDate(each.enrolled)},${each.source}${discountOf === undefined ? '' : `,${discountOf(each)}`}`),
    ].join('\n'),
    transactions: [
      'transaction_id,member_id,occurred_at,net_amount,is_return',
      // A member from before the files begin, so that they are known to begin on the first day.
      'old-1,old,2023-01-01,5,false',
      ...list.flatMap((each) =>
        each.amounts.map((amount, visit) => `${each.id}-${visit},${each.id},${isoDate(each.enrolled + 1 + visit * 60)},${amount.toFixed(2)},false`),
      ),
      ...list.slice(0, 1).map((each) => `${each.id}-back,${each.id},${isoDate(each.enrolled + 200)},-4.00,true`),
    ].join('\n'),
  };
}
const same = (): number => 1;
const half = (source: string): number => (source === 'Voucher' ? 0.5 : 1);

/** Members who join side by side through two sources and close after `closeAfter` days. */
const closings = (count: number, closeAfter: (source: string, index: number) => number | null): string =>
  [
    'member_id,enrolled_at,acquisition_source,closed_at',
    'old,2022-01-01,Till,2022-12-01',
    ...Array.from({ length: count }, (_, index) => {
      const source = index % 2 === 0 ? 'Till' : 'Voucher';
      const enrolled = dayOf('2023-01-01') + Math.floor((index * 330) / count);
      const days = closeAfter(source, index);
      return `m${index},${isoDate(enrolled)},${source},${days === null ? '' : isoDate(enrolled + days)}`;
    }),
  ].join('\n');

auditTester(poorAcquisitionQuality, {
  healthy: [
    {
      name: 'four sources whose members are worth the same',
      tables: tablesOf(joiners(800, same)),
      asOf,
      check: (finding) => {
        expect(measureOf(finding, 'groupsCompared')?.value).toBe(4);
        expect(measureOf(finding, 'horizonDays')?.value).toBe(365);
        expect(rowsOf(finding, 'groups').reduce((sum, row) => sum + Number(row[1]), 0)).toBe(800);
        expect(finding.money).toBeNull();
        expect(finding.explanation?.consequence).toContain('No source stands out');
      },
    },
  ],
  problem: [
    {
      name: 'one source brings members worth half',
      tables: tablesOf(joiners(800, half)),
      asOf,
      check: (finding) => {
        expect(measureOf(finding, 'worstGroup')?.label).toBe('Voucher');
        expect(measureOf(finding, 'worstShortfall')?.value).toBeCloseTo(0.5, 1);
        const voucher = joiners(800, half).filter(({ source }) => source === 'Voucher');
        const worth = voucher.reduce((sum, { amounts }) => sum + amounts.reduce((total, amount) => total + Number(amount.toFixed(2)), 0), 0) / voucher.length;
        expect(measureOf(finding, 'worstWorth')?.value).toBeCloseTo(worth, 6);
        expect(finding.money?.value).toBeCloseTo(-(measureOf(finding, 'worthDifference')?.value ?? 0) * 200, 3);
        expect(finding.members?.value).toBe(200);
        expect(finding.charts.map(({ kind }) => kind)).toEqual(['whisker', 'lines']);
      },
    },
    {
      name: 'the same by discount, where the source is not known',
      tables: {
        ...tablesOf(joiners(800, half), ({ source }) => (source === 'Voucher' ? '0.35' : '0')),
        members:
          tablesOf(joiners(800, half), ({ source }) => (source === 'Voucher' ? '0.35' : '0')).members?.replaceAll(/,(Till|Website|App|Voucher),/g, ',,') ?? '',
      },
      asOf,
      check: (finding) => {
        expect(measureOf(finding, 'worstGroup')?.label).toBe('joined with a discount');
        expect(measureOf(finding, 'groupsCompared')?.value).toBe(1);
      },
    },
    {
      name: 'without purchases: two thirds of one source close after a month',
      tables: { members: closings(600, (source, index) => (source === 'Voucher' && index % 3 > 0 ? 30 : null)) },
      asOf,
      check: (finding) => {
        expect(measureOf(finding, 'worstGroup')?.label).toBe('Voucher');
        // Two thirds lose 335 of 365 days.
        expect(measureOf(finding, 'worstLostTime')?.value).toBeCloseTo(((2 / 3) * 335) / 365, 2);
        expect(finding.money).toBeNull();
        expect(rowsOf(finding, 'groups').find(([name]) => name === 'Voucher')?.[2]).toBeCloseTo((2 / 3) * 335, 0);
      },
    },
  ],
  watch: [
    { name: 'one source brings members worth a sixth less', tables: tablesOf(joiners(800, (source) => (source === 'Voucher' ? 0.84 : 1))), asOf },
    {
      name: 'without purchases: a fifth of one source closes after half a year',
      tables: {
        members: closings(1000, (source, index) => (source === 'Voucher' && index % 7 < 1 ? 180 : source === 'Till' && index % 50 === 0 ? 300 : null)),
      },
      asOf,
    },
  ],
  informative: [
    {
      name: 'sixty members a source, who differ too much to tell',
      tables: tablesOf(joiners(240, same, 1).map((each, index) => ({ ...each, amounts: each.amounts.map((amount) => amount * (index % 13 === 0 ? 12 : 1)) }))),
      asOf,
      check: (finding) => expect(finding.explanation?.consequence).toContain('too small to tell'),
    },
    {
      name: 'a promotion that nobody else joined beside is set beside the year before and not judged',
      tables: {
        members: [
          'member_id,enrolled_at,acquisition_source,closed_at',
          'old,2021-01-01,Standard,2021-06-01',
          ...Array.from(
            { length: 200 },
            (_, index) => `s${index},2022-0${2 + (index % 3)}-01,Standard,${index % 8 === 0 ? '2022-11-01' : index % 8 === 1 ? '2023-11-01' : ''}`,
          ),
          ...Array.from({ length: 300 }, (_, index) => `p${index},2023-0${2 + (index % 3)}-01,Promotion,${index % 6 === 0 ? '2023-10-01' : ''}`),
        ].join('\n'),
      },
      asOf: '2023-12-31',
      check: (finding) => {
        expect(measureOf(finding, 'aloneClosed')).toMatchObject({ value: 50, n: 300 });
        expect(measureOf(finding, 'yearBeforeClosed')).toMatchObject({ value: 25, n: 200 });
        expect(finding.explanation?.condition).toContain('No concurrent comparison');
        expect(rowsOf(finding, 'year-before')).toEqual([['Promotion', '2023-02 to 2023-04', 300, 50, 50 / 300, 200, 25, 25 / 200]]);
      },
    },
  ],
  notEnoughData: [
    { name: 'ninety members', tables: tablesOf(joiners(80, same)), asOf },
    { name: 'thirty members a source', tables: tablesOf(joiners(120, same)), asOf },
  ],
  notApplicable: [
    { name: 'no source', tables: { ...tablesOf(joiners(200, same)), members: 'member_id,enrolled_at\nm1,2024-01-01' }, asOf },
    { name: 'neither purchases nor closings', tables: { members: tablesOf(joiners(200, same)).members ?? '' }, asOf },
  ],
});

test('a season is not taken for a source: who joined before Christmas is worth half in every source', async () => {
  const seasonal = joiners(800, same).map((each, index) => {
    const isLate = index >= 600;
    // The voucher is given out before Christmas more often.
    return { ...each, source: isLate && index % 2 === 0 ? 'Voucher' : each.source, amounts: each.amounts.map((amount) => (isLate ? amount / 2 : amount)) };
  });
  const world = await openWorld(tablesOf(seasonal), { asOf });
  try {
    const finding = await runAudit(poorAcquisitionQuality, world.context);
    expect(finding.status).toBe('healthy');
    const voucher = seasonal.filter(({ source }) => source === 'Voucher');
    const meanOf = (list: readonly Joiner[]): number => list.reduce((sum, { amounts }) => sum + (amounts[0] ?? 0), 0) / list.length;
    expect(meanOf(voucher) / meanOf(seasonal.filter(({ source }) => source !== 'Voucher'))).toBeLessThan(0.85);
  } finally {
    await world.close();
  }
});

test('groups smaller than asked for are not compared', () => {
  const row = (group_name: string, members: number) => ({ group_name, month: 1, members, total: members * 10, total_of_squares: members * 110 });
  const compared = compareGroups(
    'worth',
    { worth: [row('a', 100), row('b', 40)], waits: [] },
    { stratumOf: (month) => month, horizon: 365, level: 0.9, fewest: 50 },
  );
  expect(compared.groups.map(({ name }) => name)).toEqual(['a']);
});

test('a source and the discount that came with it are one loss, not two', async () => {
  const list = joiners(800, half);
  const losses = await Promise.all(
    [tablesOf(list), tablesOf(list, ({ source }) => (source === 'Voucher' ? '0.3' : '0'))].map(async (tables) => {
      const world = await openWorld(tables, { asOf });
      try {
        return await runAudit(poorAcquisitionQuality, world.context);
      } finally {
        await world.close();
      }
    }),
  );
  const [plain, both] = losses;
  expect(measureOf(both as Finding, 'groupsFlagged')?.value).toBe(2);
  expect(both?.money?.value).toBeCloseTo(plain?.money?.value ?? 0, 0);
  expect(both?.members?.value).toBe(plain?.members?.value);
});

test('who joined too lately to be followed for the whole time gives no mean wait over it', () => {
  const month = (at: number, followed: number) =>
    ['A', 'B'].flatMap((group_name) => [
      { group_name, month: at, kind: 'second' as const, time: 20, events: group_name === 'A' ? 10 : 30, censored: 0, competing: 0 },
      { group_name, month: at, kind: 'second' as const, time: followed, events: 0, censored: group_name === 'A' ? 40 : 20, competing: 0 },
    ]);
  const compare = (waits: ReturnType<typeof month>) =>
    compareGroups('second', { worth: [], waits }, { stratumOf: (each) => each, horizon: 365, level: 0.9, fewest: 10 }).groups.find(({ name }) => name === 'A');
  const settled = compare(month(1, 365));
  expect(settled?.members).toBe(50);
  expect(compare([...month(1, 365), ...month(12, 30)])).toEqual(settled);
  expect(compare(month(12, 30))).toBeUndefined();
});

test('a discount whose members are worth more is not said to do worst', async () => {
  const list = joiners(800, (source) => (source === 'Voucher' ? 1.3 : 1));
  const tables = tablesOf(list, ({ source }) => (source === 'Voucher' ? '0.3' : '0'));
  const members = (tables.members ?? '').replace('acquisition_source,', '').replace(/,(Till|Website|App|Voucher),/g, ',');
  const world = await openWorld({ ...tables, members }, { asOf });
  try {
    const finding = await runAudit(poorAcquisitionQuality, world.context);
    expect(measureOf(finding, 'worstShortfall')?.value).toBeLessThan(0);
    expect(finding.status).toBe('healthy');
    expect(finding.explanation?.condition).toMatch(/^None of/);
  } finally {
    await world.close();
  }
});
