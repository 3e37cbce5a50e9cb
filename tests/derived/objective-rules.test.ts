import { expect, test } from 'vitest';
import { classifyObjective, normaliseText, objectiveRules } from '../../src/derived/objective-rules.js';
import { objectives } from '../../src/model/objectives.js';

const byName = (name: string) => classifyObjective({ campaignId: 'k', name, objectiveText: null }, {}).objective;
const byObjective = (objectiveText: string) => classifyObjective({ campaignId: 'k', name: null, objectiveText }, {}).objective;

test.each([
  ['New customer 10% off', 'acquisition'],
  ['New product: the spring range', 'development'],
  ['Welcome voucher', 'activation'],
  ['Welcome back, Anna’s friends', 'win-back'],
  ['WIN-BACK 20% off', 'win-back'],
  ['Reactivation wave 2', 'win-back'],
  ['Summer SALE', 'sale'],
  ['20% off everything', 'sale'],
  ['Black_Friday_2024', 'sale'],
  ['Birthday voucher', 'retention'],
  ['After-sales survey', 'service'],
  ['Wholesale partners', null],
  ['Brand week', null],
  ['Type A', null],
  ['Newsletter March', null],
  ['', null],
])('name “%s” → %s', (name, objective) => {
  expect(byName(name)).toBe(objective);
});

test.each([...objectives])('the taxonomy’s own word “%s” is read as itself in the objective column', (objective) => {
  expect(byObjective(objective)).toBe(objective);
  expect(byObjective(` ${objective.toUpperCase()} `)).toBe(objective);
});

test('the objective column comes before the name, the user before both', () => {
  const campaign = { campaignId: 'k1', name: 'Black Friday', objectiveText: 'Retention' };
  expect(classifyObjective(campaign, {})).toEqual({ objective: 'retention', decidedBy: 'objective column: “retention”' });
  expect(classifyObjective({ ...campaign, objectiveText: 'Type B' }, {})).toEqual({ objective: 'sale', decidedBy: 'name: “black friday”' });
  expect(classifyObjective(campaign, { k1: 'service' })).toEqual({ objective: 'service', decidedBy: 'set by the user' });
  expect(classifyObjective(campaign, { k1: 'fun' }).objective).toBeNull();
});

test('every phrase is in normal form, so that it can be found, and stands in one rule only', () => {
  const phrases = objectiveRules.flatMap(({ phrases: both, objectiveOnly }) => [...both, ...objectiveOnly]);
  expect(phrases.filter((phrase) => normaliseText(phrase) !== phrase)).toEqual([]);
  expect(phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index)).toEqual([]);
});
