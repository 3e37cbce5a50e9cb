import { expect, test } from 'vitest';
import { audits } from '../../src/audits/index.js';
import { judgeInCompany } from '../../src/opinion/company.js';
import type { Finding } from '../../src/result/schema.js';
import { sampleResult } from '../support/sample-result.js';

const [model] = sampleResult().findings;
const finding = (id: string, status: Finding['status']): Finding => {
  if (model === undefined) throw new Error('The sample result has no finding.');
  return { ...model, id, status, severity: 'medium', caveats: [] };
};

test('concentration alone is a watch, and says why', () => {
  const [alone] = judgeInCompany([finding('concentrated-contact', 'problem'), finding('contact-fatigue', 'watch')]);
  expect(alone).toMatchObject({ status: 'watch', severity: 'low' });
  expect(alone?.caveats.at(-1)).toMatch(/not a problem/);
  expect(alone?.caveats.at(-1)).toMatch(/Not examined.*chosen again; members of value/);
  expect(alone?.caveats.at(-1)).not.toMatch(/response falls/);
});

test.each(['contact-fatigue', 'repeated-responders', 'neglected-members'])('together with %s it is a problem, and says so', (companion) => {
  const [together] = judgeInCompany([finding('concentrated-contact', 'problem'), finding(companion, 'problem')]);
  expect(together).toMatchObject({ status: 'problem', severity: 'medium' });
  expect(together?.caveats.at(-1)).toMatch(/comes together with another/);
});

test('nothing else is touched, and every audit it names exists', () => {
  const others = [finding('concentrated-contact', 'watch'), finding('hollow-wins', 'problem')];
  expect(judgeInCompany(others)).toEqual(others);
  const known = new Set(audits.map(({ id }) => id));
  for (const id of ['concentrated-contact', 'repeated-responders', 'neglected-members', 'contact-fatigue']) expect(known).toContain(id);
});
