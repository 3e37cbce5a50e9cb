/**
 * No figure of a finding speaks of a few people, and none can be worked out from the others: every audit, in small worlds where
 * groups are small, told with a limit of 10 and of 25, against the same finding told without a limit.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditContext } from '../../src/audits/audit.js';
import { audits } from '../../src/audits/index.js';
import { keepBack } from '../../src/audits/kept-back.js';
import { runAudit } from '../../src/audits/run.js';
import type { Finding } from '../../src/result/schema.js';
import { programmeWorld } from '../../src/simulator/programme/programme-world.js';
import { leaksOf } from '../support/disclosure.js';
import { openWorld, type World } from '../support/world.js';

const limits = [10, 25];
const worlds = [
  { name: '350 members', seed: 11, members: 350 },
  { name: '900 members', seed: 7, members: 900 },
];

describe.each(worlds)('a programme of $name', ({ seed, members }) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(programmeWorld({ seed, members }), { isPlain: true });
  });
  afterAll(() => world.close());
  const findingWith = (audit: (typeof audits)[number], smallCell: number): Promise<Finding> => {
    const context: AuditContext = { ...world.context, policy: { ...world.context.policy, smallCell } };
    return runAudit(audit, context);
  };

  test.each(audits)('$id', async (audit) => {
    const truth = await findingWith(audit, 1);
    const isOther = (id: string): boolean => (audit.notOfMembers ?? []).some((name) => (name.endsWith('*') ? id.startsWith(name.slice(0, -1)) : id === name));
    const leaks: object[] = [];
    for (const smallCell of limits) {
      const finding = keepBack(await findingWith(audit, smallCell), audit, smallCell);
      expect(finding.status, finding.reason ?? '').not.toBe('error');
      leaks.push(...leaksOf(finding, truth, smallCell, isOther).map((leak) => ({ ...leak, limit: smallCell })));
    }
    expect(leaks).toEqual([]);
  });
});
