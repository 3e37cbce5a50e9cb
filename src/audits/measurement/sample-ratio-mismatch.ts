import { type Experiment, fewestPerArm } from '../../derived/experiments.js';
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { outsideSql } from './sample-ratio-mismatch.sql.js';
import { checkSplits, limitsOf, splitChart, splitMeasures, whyOf } from './sample-ratio-mismatch-measures.js';
import { explainSplits } from './sample-ratio-mismatch-words.js';
import { cardMeasures, cardTable, cardThresholds, judgeCard, type LitTest, membersOf, readTests, safeCount } from './test-card.js';

/** Tests whose figures stand in sentences and in the picture; the table holds them all. */
const mostTold = 8;

/** Members that a plan has to give each side; fewer make the chi-square test untrue. */
const fewestPlanned = 10;

/** By the plan, never by the split itself: looking only at tests with a large holdout would find holdouts that are too large. */
function isLargeEnough({ holdout, treated, split: { plannedHoldoutShare: planned } }: Experiment): boolean {
  const n = holdout + treated;
  if (n < 2 * fewestPerArm) return false;
  return planned === null || !(planned > 0 && planned < 1) || Math.min(planned, 1 - planned) * n >= fewestPlanned;
}

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy, thresholds } = context;
  const { tests, none } = await readTests(context, isLargeEnough);
  if (none !== null) return none;
  const splits = checkSplits(tests, limitsOf(thresholds));
  const outside = await engine.rows(outsideSql(await derived.experimentUnits()));
  const outsideOf = (key: number): number => outside.find((row) => row.campaign_key === key)?.outside ?? 0;
  const lit = splits.map((split): LitTest => {
    const { test, share, planned, p, adjusted, light } = split;
    const { label, treated, holdout, ambiguous, campaignKey } = test;
    const traces = [safeCount(outsideOf(campaignKey), policy.smallCell), safeCount(ambiguous, policy.smallCell)];
    const cells = [planned, share, p, adjusted, test.split.equalSplitP, ...traces];
    return { label, treated, holdout, weight: treated + holdout, light, why: whyOf(split), cells };
  });
  const told = splits.filter(({ p }) => p !== null).sort((a, b) => (a.p ?? 1) - (b.p ?? 1) || a.test.campaignKey - b.test.campaignKey);
  const members = membersOf(lit, 'members of tests whose arms do not have the planned sizes');
  return {
    measures: [...cardMeasures(lit, 'members'), ...splitMeasures(told.slice(0, mostTold), policy.headlineLevel)],
    evidence: [
      cardTable(
        'Do the arms have the sizes that were planned?',
        [
          { id: 'planned', label: 'Planned holdout', unit: 'share' },
          { id: 'share', label: 'Held out', unit: 'share' },
          { id: 'p', label: 'Probability of a holdout at least as far from the plan', unit: 'probability' },
          { id: 'adjusted', label: 'The same, adjusted for all tests', unit: 'probability' },
          { id: 'equalP', label: 'Probability for all arms against arms of equal size', unit: 'probability' },
          { id: 'outside', label: 'Members who got the campaign without a place in the test', unit: 'count' },
          { id: 'ambiguous', label: 'Members in two arms', unit: 'count' },
        ],
        lit,
        policy.smallCell,
        'A plan is never inferred from the data. The verdict compares the holdout with all treated members together, because how the treated were to be divided is on no record; where the plan is that of equal arms, all arms are compared with it as well, for information. Members in two arms belong to neither. An empty cell stands for a number that is not known, or for fewer members than may be shown.',
      ),
    ],
    charts: told.length === 0 ? [] : [splitChart(told.slice(0, mostTold), policy.headlineLevel)],
    evidenceGrade: 'E4',
    ...(members === undefined ? {} : { members }),
    caveats: [
      'The sizes of the arms are all that can be checked; that the draw itself was random is taken from the source.',
      'A small test passes easily: only a gross mismatch shows in a few hundred members.',
    ],
  };
}

export const sampleRatioMismatch = defineAudit({
  id: 'sample-ratio-mismatch',
  category: 'measurement',
  question: 'Do the arms of the tests have the sizes that were planned?',
  why: 'When a test was planned half and half and came out otherwise, members were lost on one side only, and the two sides can no longer be compared.',
  problem: 'FP7',
  weight: 'high',
  needs: { assignments: ['campaign_id', 'member_id', 'arm'], campaigns: ['planned_holdout_share'] },
  improves: { contacts: [{ columns: ['member_id', 'campaign_id'], gain: 'shows who got the campaign without a place in the test' }] },
  minimum: { assignments: 60 },
  thresholds: {
    splitProbability: {
      levels: { watch: 0.01, fail: 0.001, smallestDeviation: 0.001, falseDiscovery: 0.1 },
      unit: 'probability',
      source: {
        kind: 'vendor',
        citation: 'Statsig; Fabijan et al. 2019, doi 10.1145/3292500.3330722, for the test',
        note: 'Limits in use for online experiments: doubtful below the first probability, broken below the second when the share is off by at least the third. Either must also hold among all tests at once (Benjamini and Hochberg): doubtful at the fourth, broken at the first.',
      },
    },
    ...cardThresholds,
  },
  notOfMembers: ['tests', 'checked', 'passed', 'watched', 'failed', 'notTestable', 'failedShare', 'doubtfulShare', 'planned.*', 'split.*'],
  rivals: [
    {
      explanation: 'The plan on record is wrong or was changed, and the draw followed the new one.',
      check: 'Only the planned share in the campaign record is used; a split that fits another round share still counts as a mismatch.',
      open: 'Ask whoever drew the sample which share was set on the day.',
    },
    {
      explanation: 'Chance: among many tests one is far from its plan.',
      check: 'The probability is adjusted over all tests that were checked, and a doubtful or broken one must stand out then too.',
      open: 'About one broken verdict in a thousand sound tests is still chance.',
    },
    {
      explanation: 'The export lost rows of one arm, and the test itself is sound.',
      check: 'Members in two arms, and members who got the campaign without a place in the test, are counted in the table.',
      open: 'Compare the number of assignments in the export with the log of the system that drew them.',
    },
  ],
  measure,
  judge: judgeCard,
  explain: explainSplits,
});
