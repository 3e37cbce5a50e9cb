/** Which reactions count as a response, the same for every audit. */
import { describe, expect, it } from 'vitest';
import { countsAsResponse } from '../../src/derived/response-kinds.sql.js';
import { sql } from '../../src/engine/sql.js';
import { openWorld, type WorldOptions } from '../support/world.js';

const tables = {
  campaigns: 'campaign_id,starts_at,ends_at\nA,2024-01-01,2024-01-31\n',
  contacts: 'member_id,campaign_id,contacted_at\na,A,2024-01-02\nb,A,2024-01-02\nc,A,2024-01-02\nd,A,2024-01-02\n',
  responses: 'member_id,campaign_id,responded_at,type\na,A,2024-01-03,Click\nb,A,2024-01-03,open\nc,A,2024-01-03,purchase\nd,A,2024-01-03,\n',
};

async function responders(options: WorldOptions): Promise<{ byFacts: number; byKind: number }> {
  const world = await openWorld(tables, options);
  try {
    const { context, engine } = world;
    const facts = await context.derived.contactFacts();
    const [byFacts] = await engine.rows(sql<{ n: number }>`SELECT CAST(sum(has_responded) AS BIGINT) AS n FROM ${facts}`);
    const [byKind] = await engine.rows(sql<{ n: number }>`SELECT count(*) AS n FROM responses WHERE ${countsAsResponse(sql`type`)}`);
    return { byFacts: byFacts?.n ?? 0, byKind: byKind?.n ?? 0 };
  } finally {
    await world.close();
  }
}

describe('kinds of response that count', () => {
  it('are all but opens, deliveries and withdrawals', async () => {
    expect(await responders({})).toEqual({ byFacts: 3, byKind: 3 });
  });

  const kindOf = async (type: string): Promise<number> => {
    const world = await openWorld({ ...tables, responses: `member_id,campaign_id,responded_at,type\na,A,2024-01-03,${type}\n` });
    try {
      const [row] = await world.engine.rows(sql<{ n: number }>`SELECT count(*) AS n FROM responses WHERE ${countsAsResponse(sql`type`)}`);
      return row?.n ?? 0;
    } finally {
      await world.close();
    }
  };

  it.each([
    'Email Open',
    'Opened Email',
    'EmailOpened',
    'hard bounce',
    'HardBounce',
    'soft_bounce',
    'impression',
    'opt-out',
    'OptOut',
    'complaint',
    'Unsubscribed',
    'Delivery',
    'email_sent',
  ])('leave out “%s”, however the export words it', async (type) => expect(await kindOf(type)).toBe(0));

  it.each(['reopened account', 'Click', 'absent-minded reply', 'presents order'])('keep “%s”, which only looks like one', async (type) =>
    expect(await kindOf(type)).toBe(1),
  );

  it('are those that are declared, in shared tables and in audits alike', async () => {
    expect(await responders({ responseTypes: ['click', 'open'] })).toEqual({ byFacts: 2, byKind: 2 });
    expect(await responders({ responseTypes: ['response'] })).toEqual({ byFacts: 1, byKind: 1 });
  });
});
