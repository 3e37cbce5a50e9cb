/** From findings to what they mean together. */
import type { Coverage, EvidenceGrade, Finding, Opinion, ProfileTheme, Upgrade } from '../result/schema.js';
import { judgeInCompany } from './company.js';
import { type AuditWeight, coverageOf } from './coverage.js';
import { type MaterialityBasis, materialityOf, weighSeverity } from './materiality.js';
import { opinionOf } from './opinion.js';
import { profileOf } from './profile.js';
import { planUpgrades } from './upgrades.js';

export interface Programme {
  /** The members' value over the window, major units; null when it is unknown. */
  readonly value: number | null;
  readonly basis: MaterialityBasis | null;
  /** Every audit there is, chosen for this run or not, with its weight. */
  readonly auditWeights: ReadonlyMap<string, AuditWeight>;
  /** The best evidence grade that a recorded holdout makes possible, by audit. */
  readonly provableTo: ReadonlyMap<string, EvidenceGrade>;
}

export interface Judgement {
  readonly findings: Finding[];
  readonly coverage: Coverage;
  readonly opinion: Opinion;
  readonly profile: ProfileTheme[];
  readonly upgrades: Upgrade[];
}

/** Materiality first, from the size of the programme alone; then findings in company, severities, coverage, opinion and profile. */
export function judge(findings: readonly Finding[], { value, basis, auditWeights, provableTo }: Programme): Judgement {
  const materiality = materialityOf(value, basis);
  const weighed = judgeInCompany(findings).map((finding) => ({
    ...finding,
    severity: weighSeverity(finding.severity, finding.money?.value ?? null, finding.materialByNature, materiality),
  }));
  const chosen = new Set(findings.map(({ id }) => id));
  const leftOut = [...auditWeights.keys()].filter((id) => !chosen.has(id));
  const weightOf = (id: string): AuditWeight => auditWeights.get(id) ?? 'low';
  const coverage = coverageOf(weighed, weightOf, leftOut);
  return {
    findings: weighed,
    coverage,
    opinion: opinionOf(weighed, coverage, materiality, weightOf),
    profile: profileOf(weighed, weightOf),
    upgrades: planUpgrades(weighed, provableTo),
  };
}
