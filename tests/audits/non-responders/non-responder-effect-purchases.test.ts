/** A test whose outcomes are added up from purchases: what was known before sharpens the ranges. */
import { beforeAll, describe, expect, test } from 'vitest';
import { nonResponderEffect } from '../../../src/audits/non-responders/non-responder-effect.js';
import { runAudit } from '../../../src/audits/run.js';
import { isoDate } from '../../../src/model/days.js';
import type { Finding } from '../../../src/result/schema.js';
import { seededUniform } from '../../../src/statistics/random.js';
import { openWorld, type WorldTables } from '../../support/world.js';

const assigned = 19_900;
const size = 700;

interface Member {
  readonly id: string;
  readonly isTreated: boolean;
  readonly responds: boolean;
  /** Day after the assignment (before it, where negative) and amount. */
  readonly purchases: readonly (readonly [day: number, amount: number])[];
  /** Day of the withdrawal after the assignment; null for none. */
  readonly leaves: number | null;
  readonly complains: boolean;
}

/** The effect on everybody is nought; the better customers respond (`sign` 1), or the worse (−1). Messages make some withdraw. */
function membersOf(sign: 1 | -1): Member[] {
  const uniform = seededUniform(11);
  return Array.from({ length: 2 * size }, (_, index): Member => {
    const isTreated = index < size;
    const rate = 0.5 + 4 * uniform() ** 2;
    const purchases = Array.from({ length: 12 }, (_month, month) => month).flatMap((month) => {
      const amount = 10 + Math.floor(20 * uniform());
      const isBought = uniform() < rate / 5;
      return isBought ? [[30 * month - 240, index % 100 === 3 && month === 8 ? 900 : amount] as const] : [];
    });
    const responds = isTreated && uniform() < (sign === 1 ? 0.02 + 0.06 * rate : 0.3 - 0.06 * rate);
    const chanceOfLeaving = isTreated ? 0.14 : 0.04;
    return { id: `m${index}`, isTreated, responds, purchases, leaves: uniform() < chanceOfLeaving ? 5 : null, complains: uniform() < 0.06 };
  });
}

function tablesOf(members: readonly Member[]): WorldTables {
  const list = (header: string, lines: readonly string[]): string => [header, ...lines].join('\n');
  const ofAll = (line: (member: Member) => readonly string[]): string[] => members.flatMap((member) => [...line(member)]);
  return {
    campaigns: 'campaign_id,name,starts_at,planned_holdout_share\na,Spring test,2024-06-26,0.5',
    assignments: list(
      'campaign_id,member_id,arm,assigned_at',
      ofAll(({ id, isTreated }) => [`a,${id},${isTreated ? 'treatment' : 'holdout'},${isoDate(assigned)}`]),
    ),
    contacts: list(
      'member_id,campaign_id,contacted_at',
      ofAll(({ id, isTreated }) => (isTreated ? [`${id},a,${isoDate(assigned)}`] : [])),
    ),
    responses: list(
      'member_id,campaign_id,responded_at,type',
      ofAll(({ id, responds }) => (responds ? [`${id},a,${isoDate(assigned + 1)},click`] : [])),
    ),
    transactions: list('transaction_id,member_id,occurred_at,net_amount,discount_amount', [
      `x1,x,${isoDate(assigned - 400)},1,0`,
      `x2,x,${isoDate(assigned + 120)},1,0`,
      ...ofAll(({ id, purchases }) => purchases.map(([day, amount]) => `${id}-${day},${id},${isoDate(assigned + day)},${amount},0`)),
    ]),
    service_events: list(
      'member_id,occurred_at,type',
      ofAll(({ id, complains }) => (complains ? [`${id},${isoDate(assigned + 10)},Complaint`] : [])),
    ),
    opt_outs: list(
      'member_id,occurred_at',
      ofAll(({ id, leaves }) => (leaves === null ? [] : [`${id},${isoDate(assigned + leaves)}`])),
    ),
  };
}

const measureOf = (finding: Finding, id: string) => finding.measures.find((measure) => measure.id === id);
const rowsOf = (finding: Finding, id: string): Record<string, unknown>[] => {
  const table = finding.evidence.find((each) => each.id === id);
  return (table?.rows ?? []).map((row) => Object.fromEntries((table?.columns ?? []).map((column, index) => [column.id, row[index]])));
};

async function findingOf(members: readonly Member[], isReversed = false): Promise<Finding> {
  const world = await openWorld(tablesOf(members), { reversed: isReversed });
  try {
    return await runAudit(nonResponderEffect, world.context);
  } finally {
    await world.close();
  }
}

describe('better customers respond, the effect is nought', () => {
  const members = membersOf(1);
  let finding: Finding;
  beforeAll(async () => {
    finding = await findingOf(members);
  });
  const ladderOf = (outcome: string): Record<string, unknown>[] => rowsOf(finding, 'ladder').filter((row) => String(row.outcome).startsWith(`${outcome} over`));
  const rungOf = (outcome: string, rung: string): { low: number; high: number; outerLow: number; outerHigh: number } => {
    const row = ladderOf(outcome).find((each) => String(each.rung).startsWith(rung));
    return { low: Number(row?.low), high: Number(row?.high), outerLow: Number(row?.outerLow), outerHigh: Number(row?.outerHigh) };
  };

  test('no harm is stated, though non-responders bought less than the whole holdout', () => {
    expect(finding.status).toBe('informative');
    expect(measureOf(finding, 'worstCase.1')?.value).toBeLessThan(0);
    expect(finding.explanation?.condition).toContain('it is the worst case, not an estimate');
    expect(JSON.stringify(finding)).not.toMatch(/naive/i);
  });

  test('what was bought before narrows the range, and every range holds the truth', () => {
    const width = (rung: string): number => rungOf('revenue', rung).high - rungOf('revenue', rung).low;
    expect(width('L0x: the same')).toBeLessThan(width('L0: '));
    for (const outcome of ['revenue', 'active', 'lapsed']) {
      for (const rung of ['L0: ', 'L0x: the same', 'L0x, another way', 'L2: ']) {
        expect(rungOf(outcome, rung).outerLow, `${outcome} ${rung}`).toBeLessThanOrEqual(0);
        expect(rungOf(outcome, rung).outerHigh, `${outcome} ${rung}`).toBeGreaterThanOrEqual(0);
      }
    }
    expect(measureOf(finding, 'l0x.1')?.interval).toBeDefined();
    expect(finding.charts[0]).toMatchObject({
      kind: 'whisker',
      rows: expect.arrayContaining([expect.objectContaining({ label: expect.stringContaining('L0x') })]),
    });
  });

  test('the point estimate stands in a table of its own with its sensitivity, and in no sentence', () => {
    const rows = rowsOf(finding, 'principal-score').filter((row) => String(row.outcome).startsWith('revenue over'));
    expect(rows.map((row) => row.ratio)).toEqual([1, 1.25, 1.5, 2]);
    const estimates = rows.map((row) => Number(row.estimate));
    expect(estimates).toEqual(estimates.toSorted((a, b) => a - b));
    expect(Number(rows[0]?.low)).toBeLessThanOrEqual(0);
    expect(Number(rows[0]?.high)).toBeGreaterThanOrEqual(0);
    expect(finding.measures.some(({ id }) => id.startsWith('l3'))).toBe(false);
  });

  test('money has a second line with the largest amounts cut off at one figure for both arms', () => {
    const [plain, capped] = rowsOf(finding, 'effects').filter((row) => String(row.outcome).startsWith('revenue'));
    expect(capped).toMatchObject({ outcome: 'revenue, largest amounts cut off, over 90 days', harmP: null });
    const spends = (isTreated: boolean): number[] =>
      members
        .filter((member) => member.isTreated === isTreated)
        .map(({ purchases }) => purchases.reduce((sum, [day, amount]) => sum + (day >= 0 && day < 90 ? amount : 0), 0));
    const all = [...spends(true), ...spends(false)].toSorted((a, b) => a - b);
    const most = all[Math.ceil(0.995 * all.length) - 1] ?? 0;
    const mean = (values: readonly number[]): number => values.reduce((sum, spend) => sum + Math.min(spend, most), 0) / values.length;
    expect(capped?.treatedMean).toBeCloseTo(mean(spends(true)), 9);
    expect(capped?.holdoutMean).toBeCloseTo(mean(spends(false)), 9);
    expect(Number(plain?.treatedMean)).toBeGreaterThan(Number(capped?.treatedMean));
  });

  test('lapsed is asked of those who had bought before, complaints and withdrawals of everybody', () => {
    const effects = rowsOf(finding, 'effects');
    const hadBought = (member: Member): boolean => member.purchases.some(([day]) => day >= -90 && day < 0);
    const lapsed = members.filter((member) => member.isTreated && hadBought(member));
    const gone = lapsed.filter(({ purchases }) => !purchases.some(([day]) => day >= 0 && day < 90));
    expect(effects.find((row) => String(row.outcome).startsWith('lapsed'))).toMatchObject({ treated: lapsed.length });
    expect(effects.find((row) => String(row.outcome).startsWith('lapsed'))?.treatedMean).toBeCloseTo(gone.length / lapsed.length, 12);
    const treated = members.filter(({ isTreated }) => isTreated);
    expect(effects.find((row) => String(row.outcome).startsWith('complained'))?.treatedMean).toBeCloseTo(
      treated.filter(({ complains }) => complains).length / size,
      12,
    );
    expect(effects.find((row) => String(row.outcome).startsWith('opted out'))?.treatedMean).toBeCloseTo(
      treated.filter(({ leaves }) => leaves !== null).length / size,
      12,
    );
  });

  test('withdrawals are counted among those who did not respond, and are never harm by themselves', () => {
    const silent = members.filter(({ isTreated, responds }) => isTreated && !responds);
    const left = silent.filter(({ leaves }) => leaves !== null).length;
    for (const days of [30, 90]) {
      expect(measureOf(finding, `optOutsWithin${days}`)).toMatchObject({ n: silent.length });
      expect(measureOf(finding, `optOutsWithin${days}`)?.value).toBeCloseTo((1000 * left) / silent.length, 9);
    }
    const row = rowsOf(finding, 'effects').find((each) => String(each.outcome).startsWith('opted out'));
    expect(Number(row?.low)).toBeGreaterThan(0);
    expect(row?.harmP).toBeNull();
    expect(measureOf(finding, 'harmfulEffects')?.value).toBe(0);
  });

  test('the order of the rows does not matter', async () => {
    expect(await findingOf(members, true)).toEqual(finding);
  });
});

describe('worse customers respond', () => {
  let finding: Finding;
  beforeAll(async () => {
    finding = await findingOf(membersOf(-1));
  });

  test('purchases of the year before deny the second assumption, and its range is left out', () => {
    expect(measureOf(finding, 'earlierGap.1')?.interval?.high).toBeLessThan(0);
    const l2 = rowsOf(finding, 'ladder').filter((row) => String(row.rung).startsWith('L2'));
    for (const row of l2) expect(row).toMatchObject({ low: null, note: expect.stringContaining('had bought less') });
    expect(measureOf(finding, 'l2.1')).toBeUndefined();
    expect(finding.caveats.some((caveat) => caveat.includes('had bought less'))).toBe(true);
  });
});
