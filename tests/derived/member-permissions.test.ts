/** Who may still be contacted at the end of the window, and until when those who may not could be. */
import { describe, expect, test } from 'vitest';
import { sql } from '../../src/engine/sql.js';
import { dayOf } from '../../src/model/days.js';
import { openWorld, type WorldTables } from '../support/world.js';

const mailing = 'member_id,campaign_id,contacted_at,channel\nz,A,2024-06-01,email\nz,B,2024-12-31,email\n';

async function permissionOf(tables: WorldTables): Promise<{ isPermitted: boolean; endedDay: number | null } | undefined> {
  const world = await openWorld({ members: 'member_id\na\nz\n', contacts: mailing, ...tables }, { asOf: '2024-12-31' });
  try {
    const facts = await world.context.derived.memberFacts();
    const [row] = await world.engine.rows(sql<{ has_permission: boolean; permission_ended_day: number | null }>`
      SELECT f.has_permission, f.permission_ended_day FROM ${facts} f JOIN members m ON m.member_key = f.member_key WHERE m.member_id = 'a'`);
    return row === undefined ? undefined : { isPermitted: row.has_permission, endedDay: row.permission_ended_day };
  } finally {
    await world.close();
  }
}
const consents = (...rows: string[]): string => ['member_id,channel,status,valid_from,valid_to', ...rows].join('\n');
const optOuts = (...rows: string[]): string => ['member_id,channel,occurred_at,type', ...rows].join('\n');
const ended = (day: string) => ({ isPermitted: false, endedDay: dayOf(day) });
const permitted = { isPermitted: true, endedDay: null };

describe('permission is the latest word in each channel', () => {
  test.each([
    ['granted, then withdrawn', { consents: consents('a,email,granted,2023-01-01,', 'a,email,withdrawn,2024-02-01,') }, ended('2024-02-01')],
    ['withdrawn, then granted', { consents: consents('a,email,withdrawn,2023-01-01,', 'a,email,granted,2024-02-01,') }, permitted],
    [
      'both on one moment: the withdrawal is respected',
      { consents: consents('a,email,granted,2024-02-01,', 'a,email,withdrawn,2024-02-01,') },
      ended('2024-02-01'),
    ],
    ['a grant that ran out', { consents: consents('a,email,granted,2023-01-01,2024-03-01') }, ended('2024-03-01')],
    ['never granted, without a date', { consents: consents('a,email,withdrawn,,') }, { isPermitted: false, endedDay: null }],
    [
      'an opt-out goes on with the log',
      { consents: consents('a,email,granted,2023-01-01,'), opt_outs: optOuts('a,email,2024-04-01,unsubscribe') },
      ended('2024-04-01'),
    ],
    [
      'withdrawn where the contacts go, granted elsewhere',
      { consents: consents('a,email,withdrawn,2024-02-01,', 'a,post,granted,2023-01-01,') },
      ended('2024-02-01'),
    ],
    ['from all channels, then granted again', { consents: consents('a,email,granted,2024-05-01,'), opt_outs: optOuts('a,,2024-04-01,unsubscribe') }, permitted],
    ['an erasure is for good', { consents: consents('a,email,granted,2024-05-01,'), opt_outs: optOuts('a,,2024-04-01,erasure') }, ended('2024-04-01')],
    ['opted out of the only channel in use', { opt_outs: optOuts('a,Email,2024-04-01,unsubscribe') }, ended('2024-04-01')],
    ['opted out of “All channels”', { opt_outs: optOuts('a,All channels,2024-04-01,unsubscribe') }, ended('2024-04-01')],
    ['opted out of a channel that is not in use', { opt_outs: optOuts('a,sms,2024-04-01,unsubscribe') }, permitted],
    ['opted out after the window', { opt_outs: optOuts('a,email,2025-04-01,unsubscribe') }, permitted],
    [
      'opted out of one channel where contacts name none',
      { contacts: mailing.replaceAll(',email', ','), opt_outs: optOuts('a,email,2024-04-01,') },
      ended('2024-04-01'),
    ],
    ['nothing said, nothing known', {}, permitted],
  ])('%s', async (_name, tables, expected) => expect(await permissionOf(tables)).toEqual(expected));
});
