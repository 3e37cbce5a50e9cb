/** Which tables and columns would tell most, one step after the other: questions that get an answer, and findings that are proved better. */
import type { EvidenceGrade, Finding, Unlock, Upgrade } from '../result/schema.js';

/** What a table could add to one finding. */
interface Chance {
  readonly audit: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** Every table that has to come before there is an answer; empty for a finding that has one already. */
  readonly awaits: readonly string[];
  readonly raise: { readonly grade: EvidenceGrade; readonly mayReach: EvidenceGrade } | null;
}

const isNeeded = (unlock: Unlock): boolean => unlock.isNeeded === true;

function chancesOf(finding: Finding): Chance[] {
  const awaits = [...new Set(finding.unlocks.filter(isNeeded).map(({ table }) => table))];
  if (awaits.length > 0) {
    return finding.unlocks.filter(isNeeded).map(({ table, columns }) => ({ audit: finding.id, table, columns, awaits, raise: null }));
  }
  const grade = finding.evidenceGrade;
  if (grade === null) return [];
  return finding.unlocks.flatMap(({ table, columns, mayReach }): Chance[] =>
    mayReach === undefined || mayReach >= grade ? [] : [{ audit: finding.id, table, columns, awaits: [], raise: { grade, mayReach } }],
  );
}

/** A question that waits for several tables counts in part for each, so that the first of them is not worthless. */
function worthOf({ awaits }: Chance, chosen: ReadonlySet<string>): number {
  return awaits.length === 0 ? 1 : 1 / awaits.filter((table) => !chosen.has(table)).length;
}

/**
 * @param provableTo the best grade that a recorded holdout makes possible, by audit.
 * @returns steps of one table each, the most useful next one first; ties go by the name of the table. A holdout comes last: it needs
 * a campaign and not only an export.
 */
export function planUpgrades(findings: readonly Finding[], provableTo: ReadonlyMap<string, EvidenceGrade>): Upgrade[] {
  return [...tableSteps(findings), ...holdoutStep(findings, provableTo)];
}

/** A holdout in the next campaign: how large, what it costs, and what it could prove. */
function holdoutStep(findings: readonly Finding[], provableTo: ReadonlyMap<string, EvidenceGrade>): Upgrade[] {
  const holdouts = findings.find(({ id }) => id === 'absent-holdouts');
  if (holdouts === undefined || (holdouts.status !== 'problem' && holdouts.status !== 'watch')) return [];
  const measured = (id: string): number | null => holdouts.measures.find((measure) => measure.id === id)?.value ?? null;
  const raises = findings.flatMap(({ id, evidenceGrade: grade }) => {
    const mayReach = provableTo.get(id);
    return grade === null || mayReach === undefined || mayReach >= grade ? [] : [{ audit: id, grade, mayReach }];
  });
  const holdout = { members: measured('nextHoldout'), foregone: measured('nextForegone') };
  return raises.length === 0 && holdout.members === null ? [] : [{ table: 'assignments', columns: [], answers: [], raises, holdout }];
}

function tableSteps(findings: readonly Finding[]): Upgrade[] {
  const chances = findings.flatMap(chancesOf);
  const tables = [...new Set(chances.map(({ table }) => table))].sort();
  const chosen = new Set<string>();
  return tables.map((): Upgrade => {
    const worth = (table: string): number => chances.reduce((sum, chance) => sum + (chance.table === table ? worthOf(chance, chosen) : 0), 0);
    const open = tables.filter((table) => !chosen.has(table));
    const next = open.reduce((best, table) => (worth(table) > worth(best) ? table : best));
    chosen.add(next);
    const mine = chances.filter(({ table }) => table === next);
    const isAnsweredNow = ({ awaits }: Chance): boolean => awaits.includes(next) && awaits.every((table) => chosen.has(table));
    return {
      table: next,
      columns: [...new Set(mine.flatMap(({ columns }) => columns))].sort(),
      answers: [...new Set(chances.filter(isAnsweredNow).map(({ audit }) => audit))],
      raises: bestRaises(mine),
    };
  });
}

/** One line a finding, with the best grade that the step makes possible. */
function bestRaises(chances: readonly Chance[]): Upgrade['raises'] {
  const best = new Map<string, NonNullable<Chance['raise']>>();
  for (const { audit, raise } of chances) {
    const known = best.get(audit);
    if (raise !== null && (known === undefined || raise.mayReach < known.mayReach)) best.set(audit, raise);
  }
  return [...best].map(([audit, raise]) => ({ audit, ...raise }));
}
