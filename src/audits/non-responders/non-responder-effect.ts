import { gradeOfClaims } from '../../derived/evidence-grade.js';
import { readExperiments } from '../../derived/experiments.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Explanation, Measure } from '../../result/schema.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Verdict } from '../audit.js';
import { belowProof } from '../below-proof.js';
import { caveatsOf } from './non-responder-effect-caveats.js';
import { effectChart, effectsTable, ladderTable, principalTable } from './non-responder-effect-exhibits.js';
import { type Effect, type Headline, headlineOf, inOrder, isBounded, isUsable, readEffects } from './non-responder-effect-ladders.js';
import { contactedMeasures, countMeasures, effectMeasure, ladderMeasures, optOutMeasures } from './non-responder-effect-measures.js';
import { withoutHoldout } from './non-responder-effect-without-holdout.js';
import { explainEffect, whyUnknown } from './non-responder-effect-words.js';

/** Effects that are told in pictures, and of which the ladder becomes measures; the tables hold them all. */
const mostHeadlines = 4;
/** Effects that also become measures, beyond the headlines. */
const mostMeasures = 24;

/** One headline a test, harm (to everybody first) and the largest tests first; then what the same tests say about money. */
function headlinesOf(effects: readonly Effect[]): Headline[] {
  const comparisons = [...new Set(effects.map((effect) => effect.comparison))];
  const pick = (isWanted: (effect: Effect) => boolean): Headline[] =>
    inOrder(comparisons.flatMap((comparison) => headlineOf(effects.filter((effect) => effect.comparison === comparison && isWanted(effect))) ?? []));
  const first = pick(() => true);
  const money = pick(({ outcome }) => outcome.kind === 'money').filter(
    ({ effect, defined }) => defined?.isByConstruction === false && defined.ladder !== null && !first.some((headline) => headline.effect === effect),
  );
  return [...first, ...money].slice(0, mostHeadlines);
}

/** Without a test the only rows behind the finding are how many were contacted. */
function reachTable([silent]: readonly Measure[]): EvidenceTable {
  return {
    id: 'reach',
    title: 'Members contacted in the window',
    columns: [
      { id: 'what', label: 'Members', unit: 'text' },
      { id: 'members', label: 'Number', unit: 'count' },
    ],
    rows: [
      ['contacted', silent?.n ?? 0],
      ['without any response', silent?.value ?? 0],
    ],
  };
}

async function measure(context: AuditContext): Promise<Measurement> {
  const level = context.policy.headlineLevel;
  const experiments = await readExperiments(context);
  const limits = { bound: context.thresholds.harm?.bound ?? 0, falseDiscovery: context.thresholds.harm?.falseDiscovery ?? 0 };
  const effects = await readEffects(context, experiments, limits);
  const usable = effects.filter(isUsable);
  const contacted = await contactedMeasures(context);
  const optOuts = await optOutMeasures(context);
  const headlines = headlinesOf(usable);
  const route = await withoutHoldout(context, usable.length > 0);
  const told = headlines.map(({ effect }) => effect);
  const ordered = [...told, ...usable.filter((effect) => !told.includes(effect))].slice(0, mostMeasures);
  const tests = experiments.flatMap((each) => each.comparisons).length;
  const unknown: Measure = {
    id: 'effectOnNonResponders',
    label: 'Effect of contact on those who do not respond',
    value: null,
    unit: 'number',
    n: 0,
    why: whyUnknown(experiments, effects),
  };
  const principal = principalTable(effects);
  const graded = gradeOfClaims((told.length > 0 ? told : effects).map(({ comparison, doubts }) => ({ campaignKey: comparison.campaignKey, doubts })));
  const doubts = [...effects.flatMap((effect) => effect.doubts), ...(graded?.doubts ?? [])];
  return {
    measures: [
      ...contacted,
      ...optOuts,
      ...countMeasures(tests, effects, headlines.slice(0, 2)),
      ...(graded === null || told.length === 0 ? [] : belowProof(graded, told.length)),
      ...(effects.some(isBounded) ? [] : [unknown]),
      ...ordered.map((effect, index) => effectMeasure(effect, index + 1, level)),
      ...headlines.flatMap((headline, index) => ladderMeasures(headline, index + 1, level)),
      ...route.measures,
    ],
    evidence:
      effects.length === 0
        ? [reachTable(contacted), ...route.evidence]
        : [
            effectsTable(effects, context.policy.smallCell),
            ladderTable(effects, context.policy.smallCell),
            ...(principal === null ? [] : [principal]),
            ...route.evidence,
          ],
    charts: [...headlines.map((headline, index) => effectChart(headline, index + 1)).filter((chart) => chart !== null), ...route.charts],
    evidenceGrade: graded?.grade ?? route.evidenceGrade,
    caveats: [...caveatsOf(experiments, effects, doubts), ...route.caveats],
  };
}

function judge(measures: Measures): Verdict {
  return (measures.value('harmfulEffects') ?? 0) > 0 ? { status: 'problem', severity: 'high' } : { status: 'informative', severity: 'none' };
}

export const nonResponderEffect = defineAudit({
  id: 'non-responder-effect',
  category: 'non-responders',
  question: 'What does contact do to the customers who do not respond?',
  why: 'Most of the customers who are contacted do not respond; whether the message helped, annoyed or left them cold decides if contacting everybody is worth it.',
  problem: 'NR',
  weight: 'high',
  needs: { contacts: ['member_id', 'campaign_id'], responses: ['member_id', 'campaign_id'] },
  improves: {
    assignments: [{ columns: ['campaign_id', 'member_id', 'arm'], gain: 'bounds the effect of contact on those who do not respond', mayReach: 'E2' }],
    campaigns: [
      { columns: ['planned_holdout_share'], gain: 'lets the split be checked against the plan, which the highest evidence grade needs', mayReach: 'E1' },
    ],
    transactions: [
      { columns: ['occurred_at', 'net_amount'], gain: 'follows purchases of both arms, and sharpens the ranges by what members had bought before the test' },
      { columns: ['discount_amount'], gain: 'allows a tighter upper limit for money after discount' },
      { columns: ['member_id', 'occurred_at'], gain: 'compares members with similar ones who were not selected, where there is no holdout', mayReach: 'E3' },
    ],
    service_events: [{ columns: ['occurred_at', 'type'], gain: 'shows whether contact is followed by complaints' }],
    opt_outs: [{ columns: ['occurred_at'], gain: 'shows how many withdraw after a message' }],
  },
  minimum: { contacts: 200 },
  thresholds: {
    harm: {
      levels: { bound: 0, falseDiscovery: 0.025 },
      source: {
        kind: 'convention',
        citation: 'Benjamini & Hochberg 1995, doi 10.1111/j.2517-6161.1995.tb02031.x',
        note: 'Harm is stated only when the whole interval is on the bad side of nought, and false alarms over all comparisons together are kept below the second level, that of one side of a 95 % interval.',
      },
    },
  },
  notOfMembers: ['tests', 'effects', 'unusable', 'unpriced', 'belowProof', 'bounded', 'harm*', 'goodRanges', 'trial*', 'imbalance*'],
  rivals: [
    {
      explanation: 'Those who did not respond were worse customers to begin with, so they do worse than the holdout whatever the campaign does.',
      check:
        'They are never compared with the holdout as if that were an effect: the effect is stated for everybody assigned, and for non-responders as a range that allows for any difference between them and the others.',
      open: 'How much better the responders would have been without the campaign; the assumptions that narrow the range name it, and the appendix shows several answers.',
    },
    {
      explanation: 'The arms were not alike: the draw was not random, or members were lost or crossed over after it.',
      check:
        'The sizes of the arms are tested against the plan, purchases before the test against chance, results missing against each other, and the holdout for contact; an effect that fails is not told.',
      open: 'That the draw was random is taken from the source; a difference that shows neither in sizes nor in earlier purchases cannot be seen.',
    },
    {
      explanation: 'One of many comparisons looks harmful by chance.',
      check: 'The probability of every comparison is adjusted for all of them together, and effects with few events never count as harm.',
      open: 'Outcomes followed for a short time may turn round later; a purchase that was only brought forward looks like a gain.',
    },
  ],
  measure,
  judge,
  explain: (measures, verdict): Explanation => explainEffect(measures, verdict),
});
