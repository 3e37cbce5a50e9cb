/** How much of what could be asked was answered. Silence is printed, never counted as health. */
import type { Coverage, Finding } from '../result/schema.js';

/** After the OpenSSF Scorecard: an audit weighs by the worst that it can find. */
const auditWeights = { critical: 10, high: 7.5, medium: 5, low: 2.5 } as const;
export type AuditWeight = keyof typeof auditWeights;

const answered = new Set<Finding['status']>(['healthy', 'watch', 'problem', 'informative']);

/** @param weightOf the weight class of an audit by id. @param leftOut audits that the user left out: they count neither way. */
export function coverageOf(findings: readonly Finding[], weightOf: (audit: string) => AuditWeight, leftOut: readonly string[]): Coverage {
  const weigh = (selected: readonly Finding[]): number => selected.reduce((sum, finding) => sum + auditWeights[weightOf(finding.id)], 0);
  const evaluated = findings.filter((finding) => answered.has(finding.status));
  const weightTotal = weigh(findings);
  const weightEvaluated = weigh(evaluated);
  const count = (status: Finding['status']): number => findings.filter((finding) => finding.status === status).length;
  return {
    weightEvaluated,
    weightTotal,
    share: weightTotal === 0 ? 0 : weightEvaluated / weightTotal,
    evaluated: evaluated.length,
    notApplicable: count('notApplicable'),
    notEnoughData: count('notEnoughData'),
    errors: count('error'),
    leftOut: [...leftOut],
  };
}
