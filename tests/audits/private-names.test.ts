/**
 * Columns that look free of personal data can hold it: a tier called after its only member, an e-mail address as a segment. What
 * fewer members share than a cell may speak of is never written, in no finding.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audits } from '../../src/audits/index.js';
import { runAudit } from '../../src/audits/run.js';
import { programmeWorld } from '../../src/simulator/programme/programme-world.js';
import type { WorldFiles } from '../../src/simulator/worlds.js';
import { openWorld, type World } from '../support/world.js';

/** By table, columns that say something of a member or of what the member did. */
const free: Record<string, readonly string[]> = {
  members: ['acquisition_source', 'tier', 'segment', 'business_unit', 'status'],
  consents: ['channel'],
  transactions: ['channel', 'business_unit', 'category', 'promo_code'],
  contacts: ['channel', 'trigger_type', 'segment_used'],
  responses: ['type'],
  opt_outs: ['type'],
  points: ['type'],
  tiers: ['tier'],
  service_events: ['type', 'channel', 'business_unit'],
};

/** Every twentieth member has names of their own in all these columns, shared with two others at most. */
function withNames(files: WorldFiles): WorldFiles {
  return Object.fromEntries(
    Object.entries(files).map(([table, text]) => {
      const [header = '', ...rows] = text.split('\n');
      const names = header.split(',');
      const [member, places] = [names.indexOf('member_id'), (free[table] ?? []).map((name) => names.indexOf(name))];
      const named = rows.map((row) => {
        const cells = row.split(',');
        const number = Number((cells[member] ?? '').replace(/\D/g, ''));
        if (member < 0 || number === 0) return row;
        cells[member] = `person${number}@example.com`;
        if (number % 20 === 0) for (const place of places) cells[place] = `Canary ${Math.floor(number / 60)}`;
        return cells.join(',');
      });
      return [table, [header, ...named].join('\n')];
    }),
  );
}

let world: World;
beforeAll(async () => {
  world = await openWorld(withNames(programmeWorld({ seed: 7, members: 600 })), { isPlain: true });
});
afterAll(() => world.close());

test.each(audits)('$id names nobody', async (audit) => {
  const finding = JSON.stringify(await runAudit(audit, world.context)).toLowerCase();
  expect(finding).not.toContain('"status":"error"');
  expect(finding.match(/[^"]{0,40}canary \d+[^"]{0,40}/)?.[0]).toBeUndefined();
  expect(finding.match(/person\d+@example\.com/)?.[0]).toBeUndefined();
});
