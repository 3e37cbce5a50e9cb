import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { periodOf, periodsOf } from '../../src/derived/member-periods.sql.js';
import { purchaseRhythmSql } from '../../src/derived/purchase-rhythm.sql.js';
import { literal, sql } from '../../src/engine/sql.js';
import { dayOf, isoDate } from '../../src/model/days.js';
import { openWorld, type World } from '../support/world.js';

const start = dayOf('2023-01-01');
/** Purchases by member: days since 1 January 2023. */
const bought: Record<string, readonly number[]> = {
  weekly: Array.from({ length: 100 }, (_, week) => week * 7),
  stopped: Array.from({ length: 85 }, (_, week) => week * 7),
  waned: Array.from({ length: 97 }, (_, week) => week * 7),
  more: [0, 100, 200, 300, 400, 510, 600, 620, 640, 660, 680, 690],
  irregular: [0, 10, 30, 70, 150, 310],
  once: [5],
};
const rows = Object.entries(bought).flatMap(([member, days]) => days.map((day, index) => `${member}-${index},${member},${isoDate(start + day)},10`));
const joined = ['weekly', 'stopped', 'waned', 'more', 'irregular', 'once', 'silent'].map((member) => `${member},2022-06-01`);

describe('periods of members', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(
      {
        members: ['member_id,enrolled_at', ...joined, `late,${isoDate(start + 680)}`, `waiting,${isoDate(start + 400)}`, 'unknown,'].join('\n'),
        transactions: ['transaction_id,member_id,occurred_at,net_amount', ...rows].join('\n'),
      },
      { asOf: isoDate(start + 699) },
    );
  });
  afterAll(() => world.close());

  const stagesIn = async (period: number): Promise<Record<string, string | null>> => {
    const { derived, engine } = world.context;
    const found = await engine.rows(
      sql<{
        member_id: string;
        stage: string | null;
      }>`SELECT m.member_id, p.stage FROM ${await derived.memberPeriods()} p JOIN members m ON m.member_key = p.member_key WHERE p.period = ${literal(period)} ORDER BY m.member_id`,
    );
    return Object.fromEntries(found.map(({ member_id, stage }) => [member_id, stage]));
  };

  test('there are thirteen of four weeks in a year', () => {
    expect(periodsOf(world.context.window)).toBe(13);
    expect(periodsOf({ fromDay: -1_000_000, toDay: 1_000_000 })).toBe(14);
    expect(periodOf(literal(0), { fromDay: 0, toDay: 28 }).text).toContain('28');
  });

  test('stages follow the rules at the beginning of the last period', async () => {
    expect(await stagesIn(13)).toEqual({
      weekly: 'stable',
      stopped: 'lapsed',
      waned: 'stable',
      more: 'growing',
      irregular: 'lapsed',
      once: 'lapsed',
      silent: 'lapsed',
      late: 'new',
      waiting: 'new',
      unknown: 'lapsed',
    });
    // Period 10 begins on day 588, the last purchase of “stopped”; at the beginning of 11, on day 616, four of its weekly gaps have passed.
    expect((await stagesIn(10)).stopped).toBe('stable');
    expect((await stagesIn(11)).stopped).toBe('at-risk');
    expect((await stagesIn(12)).stopped).toBe('lapsed');
  });

  test('days before joining are no days of contact, and periods before it are not there', async () => {
    const { derived, engine } = world.context;
    const found = await engine.rows(
      sql<{
        period: number;
        exposure_days: number;
      }>`SELECT p.period, p.exposure_days FROM ${await derived.memberPeriods()} p JOIN members m ON m.member_key = p.member_key WHERE m.member_id = 'late' ORDER BY p.period`,
    );
    expect(found).toEqual([{ period: 13, exposure_days: 20 }]);
  });

  test('what was bought in the year before adds up', async () => {
    const { derived, engine } = world.context;
    const found = await engine.rows(
      sql<{
        year_net: number;
      }>`SELECT p.year_net FROM ${await derived.memberPeriods()} p JOIN members m ON m.member_key = p.member_key WHERE m.member_id = 'weekly' AND p.period = 13`,
    );
    expect(found).toEqual([{ year_net: 520 }]);
  });

  test('the rhythm is the median of the last five gaps, of three, the mean of two, and drawn to all members before', async () => {
    const { derived, engine } = world.context;
    const query = sql<{
      rhythm_tenths: number;
    }>`SELECT r.rhythm_tenths FROM (${purchaseRhythmSql(await derived.purchaseDays())}) r JOIN members m ON m.member_key = r.member_key WHERE m.member_id = 'irregular' ORDER BY r.day`;
    // First gaps are 7, 7, 7, 10 and 100 days: their median is 7. Then (2·7 + 10)/3 = 8, (10 + 20)/2 = 15, and the medians 20, 40 and 40.
    expect((await engine.rows(query)).map(({ rhythm_tenths }) => rhythm_tenths)).toEqual([70, 80, 150, 200, 400, 400]);
  });
});
