/** The two answers: that of the campaigns, and that of the programme as a whole. Pure functions of measures and levels. */
import type { Measures, Thresholds, Verdict } from '../audit.js';

/** Methodology §5.4; `tooNoisy`: enough campaigns, and too little real difference; `none`: too few campaigns. */
export type CampaignAnswer = 'aligned' | 'decoupled' | 'inverse' | 'undetermined' | 'tooNoisy' | 'none';
/** Methodology §5.5; `mayDiverge`: by the estimates, within chance; `none`: too short a history. */
export type ProgrammeAnswer = 'diverges' | 'mayDiverge' | 'notShown' | 'none';

export function campaignAnswer(measures: Measures, thresholds: Thresholds): CampaignAnswer {
  const interval = measures.get('agreement')?.interval;
  if (measures.value('rho') === null) return 'none';
  if (interval === undefined) return 'tooNoisy';
  const { aligned = 1, inverse = -1 } = thresholds.agreement ?? {};
  if (interval.high < inverse) return 'inverse';
  if (interval.high < aligned) return 'decoupled';
  return interval.low > aligned ? 'aligned' : 'undetermined';
}

const lowOf = (measures: Measures, id: string): number => measures.get(id)?.interval?.low ?? Number.NEGATIVE_INFINITY;
const highOf = (measures: Measures, id: string): number => measures.get(id)?.interval?.high ?? Number.POSITIVE_INFINITY;

/** More success and less value in both of the latest quarters; a fall that only the mix of customers makes is none of the same people. */
export function programmeAnswer(measures: Measures, thresholds: Thresholds): ProgrammeAnswer {
  const { success: rise = 1, value: fall = 1 } = thresholds.divergence ?? {};
  const latest = ['1', '2'].map((number) => ({ success: `success.${number}`, existing: `existing.${number}`, same: `same.${number}` }));
  const isKnown = latest.every((ids) => Object.values(ids).every((id) => measures.value(id) !== null));
  if (!isKnown) return 'none';
  const isBeyond = latest.every(
    ({ success, existing, same }) => (measures.value(success) ?? 0) >= rise && (measures.value(existing) ?? 0) <= -fall && (measures.value(same) ?? 0) <= -fall,
  );
  const isSure = latest.every(({ success, existing, same }) => lowOf(measures, success) > 0 && highOf(measures, existing) < 0 && highOf(measures, same) < 0);
  // A rise that only another mix of objectives makes is no success of the campaigns; where the mix cannot be held fixed, the plain rise counts.
  const isMixAlone = ['sameMix.1', 'sameMix.2'].some((id) => (measures.get(id)?.value ?? 1) <= 0);
  if (isBeyond && !isMixAlone) return isSure ? 'diverges' : 'mayDiverge';
  return 'notShown';
}

/**
 * The campaigns’ answer rests on tests with a holdout and weighs more than that of the programme, which describes. The severity tells
 * which of the two spoke: critical both, high the campaigns, medium the programme alone.
 */
export function judgeDecoupledSuccess(measures: Measures, thresholds: Thresholds): Verdict {
  const campaigns = campaignAnswer(measures, thresholds);
  const programme = programmeAnswer(measures, thresholds);
  const isDecoupled = campaigns === 'decoupled' || campaigns === 'inverse';
  if (isDecoupled) return { status: 'problem', severity: programme === 'diverges' ? 'critical' : 'high' };
  if (programme === 'diverges') return campaigns === 'aligned' ? { status: 'watch', severity: 'medium' } : { status: 'problem', severity: 'medium' };
  if (programme === 'mayDiverge') return { status: 'watch', severity: 'low' };
  // Quarters in which nothing parts do not show that the campaigns with more responses are the better ones.
  if (campaigns === 'aligned') return { status: 'healthy', severity: 'none' };
  return { status: 'informative', severity: 'none' };
}
