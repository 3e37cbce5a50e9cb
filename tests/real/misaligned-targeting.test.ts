/** dunnhumby, The Complete Journey: contact follows past purchases (Spearman 0.769 of campaigns received and sampled spend, says its README). */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findingOf, measured, runAnalysis, sharedData } from '../support/run-analysis.js';

const folder = `${sharedData}/dunnhumby`;
const audit = 'misaligned-targeting';

describe.skipIf(!existsSync(folder))('whom dunnhumby’s grocer contacted, against what the households went on to buy', () => {
  test('selection follows what goes with value, and nothing is said of what contact added', { timeout: 60_000 }, async () => {
    const { result } = await runAnalysis([folder], { answers: { population: 2469 }, onlyAudits: [audit] });
    const finding = findingOf(result, audit);
    expect(finding.status).toBe('healthy');
    expect(measured(result, audit, 'agreement')).toBeGreaterThan(0.9);
    expect(measured(result, audit, 'overlap')).toBeGreaterThan(0.75);
    expect(measured(result, audit, 'valueFit')).toBeGreaterThan(0.4);
    expect(measured(result, audit, 'topFifthContacts')).toBeGreaterThan(0.4);
    expect(finding.explanation?.consequence).toContain('does not say that the contact adds any');
    // Households without a trace before the cut day cannot be among those compared.
    expect(measured(result, audit, 'members')).toBeLessThan(2469);
  });
});
