import { describe, expect, test } from 'vitest';
import { orderFindings } from '../../src/report/order.js';
import { present } from '../../src/report/present.js';
import { sampleResult } from '../support/sample-result.js';

const view = present(sampleResult());

describe('order', () => {
  test('status, then severity, then evidence grade', () => {
    expect(view.findings.map(({ id }) => id)).toEqual([
      'concentrated-contact',
      'hollow-wins',
      'ignored-non-responders',
      'acquisition-only-goals',
      'non-responder-effect',
      'contact-after-opt-out',
    ]);
    expect(view.unanswered.map(({ id }) => id)).toEqual(['underpowered-holdouts', 'unredeemed-points', 'late-onboarding']);
  });

  test('does not depend on the order of the result, but for full ties', () => {
    const { findings } = sampleResult();
    expect(orderFindings(findings.toReversed()).map(({ id }) => id)).toEqual(orderFindings(findings).map(({ id }) => id));
  });
});

describe('findings', () => {
  const [first] = view.findings;

  test('the headline is the first sentence, filled in', () => {
    expect(first?.headline.replaceAll('\u00a0', ' ')).toBe(
      'The tenth of members contacted most got 38.4 % of all contacts, where chance with the same campaigns would have given 17.2 %.',
    );
  });

  test('a figure that cannot be known says so and why', () => {
    const table = view.findings.find(({ id }) => id === 'ignored-non-responders')?.measures;
    expect(table?.rows[2]?.[1]).toBe('not known');
    expect(table?.note).toContain('No file holds what a contact costs.');
  });

  test('thresholds name their source, and who set them', () => {
    expect(first?.thresholds?.rows).toEqual([
      ['Concentration beyond chance', 'watch 0.1; high 0.25', 'House rule. No study sets a level; chance gives 0.', 'not moved'],
      [
        'Top decile ratio',
        'watch 2\u00a0times; high 3\u00a0times',
        expect.stringMatching(/^Set by you, in place of: Published study\. .*10\.1509/),
        'not moved',
      ],
    ]);
  });

  test('says where a verdict hangs on a level, and who else could be right', () => {
    const hollow = present(sampleResult()).findings.find(({ id }) => id === 'hollow-wins');
    expect(hollow?.thresholds?.rows[0]?.[3]).toBe('yes: “watch” with problem at 1.5');
    expect(hollow?.flips).toBe('The verdict depends on where a level is set: it would be “watch” with problem at 1.5.');
    expect(hollow?.rivals).toHaveLength(2);
    expect(present(sampleResult()).challenged.map(({ id }) => id)).toEqual(['hollow-wins']);
    expect(first?.flips).toBeNull();
  });

  test('says what its design can say of the cause, and names the strongest rival explanation with its check', () => {
    const hollow = view.findings.find(({ id }) => id === 'hollow-wins');
    expect(hollow?.statements.map(({ label }) => label)).toEqual([
      'What we found',
      'Measured against',
      'What it means',
      'Why it may be so',
      'What to do',
      'What would change our mind',
    ]);
    expect(hollow?.statements[3]?.text).toBe(
      'A random draw split the customers, so a difference beyond chance comes from the contact; the split does not show what about the contact made it. ' +
        'The strongest rival explanation: “The campaign added value later than anybody looked.” Check: Members were followed for at least 90 days.',
    );
    expect(first?.statements.map(({ label }) => label)).not.toContain('Why it may be so');
  });

  test('a healthy finding needs no reason, unless it claims an effect', () => {
    const result = sampleResult();
    const hollow = result.findings.find(({ id }) => id === 'hollow-wins');
    if (hollow === undefined) throw new Error('The sample has hollow wins.');
    Object.assign(hollow, { status: 'healthy', severity: 'none', evidenceGrade: 'E4' });
    expect(present(result).challenged).toEqual([]);
    hollow.evidenceGrade = 'E1';
    expect(present(result).challenged.map(({ statements }) => statements[3]?.text)).toEqual([expect.stringContaining('A random draw split the customers')]);
  });

  test('questions without an answer stand together by what they lack', () => {
    expect(view.unansweredGroups.map(({ title, questions }) => [title, ...questions.map(({ lack }) => lack)])).toEqual([
      ['Missing from points', 'points: type, points'],
      ['Too few rows', 'Only one campaign has a holdout, of fewer than fifty members.'],
      ['Stopped with an internal error', 'The audit stopped with an internal error (TypeError).'],
    ]);
  });

  test('a small share keeps its own decimals in a column of large ones', () => {
    expect(first?.evidence[0]?.table.rows.map((row) => row[2])).toEqual(['25.4\u00a0%', '29.9\u00a0%', '27.4\u00a0%', '17.3\u00a0%', '0.002\u00a0%']);
  });

  test('a long evidence table is cut, and says so', () => {
    const result = sampleResult();
    const table = result.findings.flatMap(({ evidence }) => evidence)[0];
    if (table === undefined) throw new Error('The sample has an evidence table.');
    table.rows = Array.from({ length: 300 }, (_, index) => [`campaign ${index}`, index]);
    const shown = present(result).findings.flatMap(({ evidence }) => evidence.map((entry) => entry.table));
    expect(shown.find(({ rows }) => rows.length === 20)?.note).toMatch(/^The first 20 of 300 rows; all of them are in evidence\/.+\.csv\.$/);
  });

  test('a sentence with a hole is refused', () => {
    const result = sampleResult();
    const finding = result.findings.find(({ explanation }) => explanation !== null);
    if (finding?.explanation) finding.explanation.action = 'Do {something}.';
    expect(() => present(result)).toThrow('no measure for the placeholder {something}');
  });
});

describe('first page', () => {
  test('themes: level, spread and not measured', () => {
    expect(view.profile.map(({ level, spread, reading }) => ({ level, spread, reading }))).toEqual([
      { level: 'Naive', spread: ['Naive', 'Transactional', 'Enlightened'], reading: 'Naive, up to Enlightened' },
      { level: 'Transactional', spread: ['Transactional'], reading: 'Transactional' },
      { level: 'Transactional', spread: ['Naive', 'Transactional'], reading: 'Transactional, down to Naive' },
      { level: null, spread: [], reading: 'Not measured.' },
    ]);
  });

  test('audits named in the opinion link to their findings', () => {
    expect(view.opinion.paragraphs[0]?.filter(({ anchor }) => anchor !== undefined)).toEqual([
      { text: 'concentrated contact', anchor: 'finding-concentrated-contact' },
      { text: 'ignored non-responders', anchor: 'finding-ignored-non-responders' },
      { text: 'hollow wins', anchor: 'finding-hollow-wins' },
    ]);
  });

  test('money at stake comes from problems and watches only, the largest first, with its multiple of the material amount', () => {
    expect(view.stakes.map(({ amount, multiple }) => [amount, multiple].map((text) => text.replaceAll('\u00a0', ' ')))).toEqual([
      ['GBP 1,240,871', '11.6 times the material amount'],
      ['GBP 412,531', '3.9 times the material amount'],
      ['GBP 38,210', '0.36 times the material amount'],
    ]);
  });

  test('control totals that do not add up are shown', () => {
    expect(view.inputs.rows.map((row) => row.at(-1))).toEqual(['yes', 'no, out by 1']);
  });

  test('an issue without a value for its placeholder is refused', () => {
    const result = sampleResult();
    for (const issue of result.dataQuality) issue.values = {};
    expect(() => present(result)).toThrow('has no value for the placeholder {rows}');
  });
});
