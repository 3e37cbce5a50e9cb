/** dunnhumby, The Complete Journey: no holdout, so no uplift may be stated. The known answers are in the data's own README. */
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/result/schema.js';
import { findingOf, measured, runAnalysis, sharedData } from '../support/run-analysis.js';

const folder = `${sharedData}/dunnhumby`;

describe.skipIf(!existsSync(folder))('dunnhumby, with no mapping file and --population 2469', () => {
  let result: Result;
  beforeAll(async () => {
    // The sample of transactions leaves 90 households without a trace; their number is the one question that a flag answers.
    ({ result } = await runAnalysis([folder], { answers: { population: 2469 } }));
  });

  test.each([
    ['concentrated-contact', 'members', 2469],
    ['concentrated-contact', 'contactedMembers', 1559],
    ['concentrated-contact', 'neverContacted', 910],
    ['concentrated-contact', 'contacts', 6589],
    ['concentrated-contact', 'maxContacts', 15],
    ['concentrated-contact', 'medianContacts', 4],
    ['overlapping-audiences', 'contactedMembers', 1559],
    ['overlapping-audiences', 'liveMembers', 875],
  ])('%s %s is %d', (audit, measure, expected) => expect(measured(result, audit, measure)).toBe(expected));

  test.each([
    ['concentrated-contact', 'contactsPerTargetedMember', 1, '4.226', 3],
    ['concentrated-contact', 'topQuintileShare', 100, '56.17', 2],
    ['overlapping-audiences', 'liveMembersShare', 100, '56.1', 1],
    ['ignored-non-responders', 'nonResponseShare', 100, '87.98', 2],
    ['ignored-non-responders', 'neverRespondedShare', 100, '73.70', 2],
    ['ignored-non-responders', 'valueShareNeverContacted', 100, '11.70', 2],
    ['ignored-non-responders', 'valueShareNeverResponded', 100, '53.83', 2],
    ['ignored-non-responders', 'valueShareResponded', 100, '34.46', 2],
  ])('%s %s × %d is %s', (audit, measure, scale, expected, digits) => {
    expect((measured(result, audit, measure) * Number(scale)).toFixed(Number(digits))).toBe(expected);
  });

  test('the sampled sales add up to the cent', () => {
    const sales = result.tables.find(({ table }) => table === 'transactions')?.columns.find(({ column }) => column === 'net_amount');
    expect(sales?.sum).toBe(233_935.24);
  });

  test('calls the rise of response with contact count selection, not effect', () => {
    const finding = findingOf(result, 'contact-fatigue');
    expect(measured(result, 'contact-fatigue', 'plainHeavy')).toBeGreaterThan(measured(result, 'contact-fatigue', 'plainLight'));
    expect(finding.explanation?.condition).toContain('The rise of response with contact count is selection, not effect');
    expect(['informative', 'watch']).toContain(finding.status);
  });

  test('says that no uplift can be stated, because there is no holdout', () => {
    const finding = findingOf(result, 'absent-holdouts');
    expect(finding.status).toBe('problem');
    expect(JSON.stringify([finding.explanation, findingOf(result, 'non-responder-effect')])).toMatch(/no (uplift|effect) can be stated/i);
    expect(findingOf(result, 'hollow-wins').status).toBe('informative');
    expect(result.opinion.kind).toMatch(/disclaimer|adverse/);
  });
});
