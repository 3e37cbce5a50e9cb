/**
 * Runs an audit over tiny inline tables and enforces the laws that every audit keeps: no case twice, every threshold decides
 * something on both of its sides, no NaN and no Infinity, the same finding when the rows are turned round, sentences whose
 * placeholders all resolve, and verbs that the evidence grade allows.
 */
import { afterAll, describe, expect, test } from 'vitest';
import type { AuditDefinition } from '../../src/audits/audit.js';
import { runAudit } from '../../src/audits/run.js';
import type { Finding, Status } from '../../src/result/schema.js';
import { finding as findingSchema } from '../../src/result/schema.js';
import { openWorld, type World, type WorldOptions, type WorldTables } from './world.js';

interface AuditCase extends WorldOptions {
  readonly name: string;
  readonly tables: WorldTables;
  /** More to check than the status, e.g. that the evidence re-counts to the measure. */
  readonly check?: (finding: Finding) => void;
}

export interface AuditCases {
  readonly healthy: readonly AuditCase[];
  readonly problem: readonly AuditCase[];
  readonly notEnoughData: readonly AuditCase[];
  readonly notApplicable: readonly AuditCase[];
  readonly watch?: readonly AuditCase[];
  readonly informative?: readonly AuditCase[];
}

const causalVerbs = /\b(caused?|causing|drove|drives|impact(ed|s)?|due to|lift(ed|s)?|damag(e|ed|es|ing))\b/i;

/** The finding of a case with its rows turned round, in a world of its own. */
async function reversedFinding(audit: AuditDefinition, auditCase: AuditCase): Promise<Finding> {
  const world = await openWorld(auditCase.tables, { ...auditCase, reversed: true });
  try {
    return await runAudit(audit, world.context);
  } finally {
    await world.close();
  }
}

/** All cases, then the laws. Every kind but `watch` and `informative` needs at least one case. */
export function auditTester(audit: AuditDefinition, cases: AuditCases): void {
  const all = Object.entries(cases).flatMap(([status, list]: [string, readonly AuditCase[]]) =>
    list.map((auditCase) => ({ status: status as Status, ...auditCase })),
  );
  describe(audit.id, () => {
    const findings: { auditCase: AuditCase; finding: Finding }[] = [];
    /** One world a case, asked again and again: opening one costs more than an audit. */
    const worlds = new Map<AuditCase, Promise<World>>();
    const findingOf = async (auditCase: AuditCase, overrides = {}): Promise<Finding> => {
      const opened = worlds.get(auditCase) ?? openWorld(auditCase.tables, auditCase);
      worlds.set(auditCase, opened);
      return runAudit(audit, (await opened).context, overrides);
    };
    afterAll(async () => {
      for (const world of worlds.values()) await (await world).close();
    });

    test('has a case of each kind, none twice', () => {
      for (const kind of ['problem', 'notEnoughData', 'notApplicable'] as const) expect(cases[kind].length, kind).toBeGreaterThan(0);
      expect(cases.healthy.length + (cases.informative?.length ?? 0), 'healthy or informative').toBeGreaterThan(0);
      const bodies = all.map(({ tables, asOf }) => JSON.stringify([tables, asOf]));
      expect(new Set(bodies).size).toBe(bodies.length);
    });

    test('names two or three rival explanations, each with a check and what stays open, without figures and without a claim of cause', () => {
      expect([2, 3]).toContain(audit.rivals.length);
      const said = audit.rivals.flatMap(({ explanation, check, open }) => [explanation, check, open]);
      expect(new Set(said).size, 'none twice').toBe(said.length);
      for (const sentence of said) {
        expect(sentence).toMatch(/^[A-Z].*[.?]$/);
        expect(sentence).not.toMatch(/\d/);
        expect(sentence).not.toMatch(causalVerbs);
      }
    });

    test.each(all)('$status: $name', async (auditCase) => {
      const finding = await findingOf(auditCase);
      expect(finding.status, finding.reason ?? '').toBe(auditCase.status);
      expect(findingSchema.safeParse(finding).error).toBeUndefined();
      expect(JSON.stringify(finding)).not.toMatch(/NaN|Infinity/);
      expect(await reversedFinding(audit, auditCase)).toEqual(finding);
      checkSentences(finding);
      if (finding.explanation !== null) expect(finding.evidence.length, 'a judged finding shows the rows behind it').toBeGreaterThan(0);
      if (finding.status === 'notApplicable' || finding.status === 'notEnoughData') expect(finding.reason).toBeTruthy();
      auditCase.check?.(finding);
      findings.push({ auditCase, finding });
    });

    const levels = Object.entries(audit.thresholds).flatMap(([id, definition]) => Object.keys(definition.levels).map((level) => ({ id, level })));
    test.each(levels)('threshold $id, level $level, decides on both of its sides', async ({ id, level }) => {
      const verdicts = new Set<string>();
      let differs = false;
      for (const auditCase of all.filter(({ status }) => status !== 'notApplicable' && status !== 'notEnoughData')) {
        verdicts.clear();
        for (const extreme of [-1e9, 1e9]) {
          const finding = await findingOf(auditCase, { [audit.id]: { [id]: { ...audit.thresholds[id]?.levels, [level]: extreme } } });
          verdicts.add(`${finding.status} ${finding.severity} ${JSON.stringify(finding.measures)}`);
        }
        if (verdicts.size > 1) differs = true;
        if (differs) break;
      }
      expect(differs, 'moving the level from one end to the other changes some verdict').toBe(true);
    });
  });
}

/** Placeholders resolve; below E2 no sentence claims a cause. */
function checkSentences(finding: Finding): void {
  if (finding.explanation === null) return;
  const measures = new Set(finding.measures.map((measure) => measure.id));
  for (const sentence of Object.values(finding.explanation)) {
    for (const [, name = ''] of sentence.matchAll(/\{([^}]*)\}/g)) {
      if (name.startsWith('threshold.')) {
        const [, id = '', level = ''] = name.split('.');
        expect(finding.thresholds.find((threshold) => threshold.id === id)?.levels[level], name).toBeTypeOf('number');
      } else {
        expect(measures, `placeholder ${name}`).toContain(name.replace(/\.(interval|label)$/, ''));
        if (name.endsWith('.interval')) expect(finding.measures.find((measure) => measure.id === name.slice(0, -9))?.interval, name).toBeDefined();
      }
    }
  }
  if (finding.evidenceGrade !== 'E1' && finding.evidenceGrade !== 'E2') {
    const { condition, consequence } = finding.explanation;
    expect(`${condition} ${consequence}`).not.toMatch(causalVerbs);
  }
}
