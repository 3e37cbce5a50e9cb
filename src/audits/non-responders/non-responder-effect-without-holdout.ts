/** The route of the audit where no randomised test can be used: everything that it adds to the finding, in one call. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { EvidenceGrade, Measure } from '../../result/schema.js';
import type { AuditContext } from '../audit.js';
import { withoutHoldoutChart, withoutHoldoutTables } from './non-responder-effect-without-holdout-exhibits.js';
import { readWithoutHoldout, withoutHoldoutCaveats, withoutHoldoutMeasures } from './non-responder-effect-without-holdout-measures.js';

export interface WithoutHoldoutRoute {
  readonly measures: readonly Measure[];
  readonly evidence: readonly EvidenceTable[];
  readonly charts: readonly Chart[];
  readonly caveats: readonly string[];
  /** E3 where a comparison of like with like is told; never better. */
  readonly evidenceGrade: EvidenceGrade;
}

const nothing: WithoutHoldoutRoute = { measures: [], evidence: [], charts: [], caveats: [], evidenceGrade: 'E4' };

/** @param hasUsableTest a randomised test answers better, and the route is not taken. */
export async function withoutHoldout(context: AuditContext, hasUsableTest: boolean): Promise<WithoutHoldoutRoute> {
  const route = hasUsableTest ? null : await readWithoutHoldout(context);
  if (route === null) return nothing;
  const chart = withoutHoldoutChart(route);
  return {
    measures: withoutHoldoutMeasures(route, context.policy.headlineLevel),
    evidence: withoutHoldoutTables(route, context.policy.smallCell),
    charts: chart === null ? [] : [chart],
    caveats: withoutHoldoutCaveats(route),
    evidenceGrade: route.told === null ? 'E4' : 'E3',
  };
}
