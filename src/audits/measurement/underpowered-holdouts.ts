import { readPrices } from '../../derived/break-even.js';
import { fewestPerArm } from '../../derived/experiments.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { byLight, cardMeasures, cardTable, readTests } from './test-card.js';
import { groupedSumsSql } from './underpowered-holdouts.sql.js';
import { allMeasure, litTest, poolsTable, powerMeasures, ratiosChart } from './underpowered-holdouts-exhibits.js';
import { outcomeOf, type Pool, type PoweredTest, poolByObjective, poolOfAll, powerOf } from './underpowered-holdouts-measures.js';
import { caveatsOf, explainPower, rivals } from './underpowered-holdouts-words.js';

const mostTold = 5;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy, thresholds } = context;
  const { tests, none } = await readTests(context);
  if (none !== null) return none;
  const prices = await readPrices(context, tests);
  const comparisons = tests.flatMap((test) => test.comparisons).filter(({ treated, holdout }) => treated >= fewestPerArm && holdout >= fewestPerArm);
  const names = [...new Set(comparisons.flatMap((comparison) => outcomeOf(comparison)?.name ?? []))].sort();
  const sums = names.length === 0 ? [] : await engine.rows(groupedSumsSql(await derived.experimentOutcomes(), names));
  const powered = comparisons.map((comparison) => powerOf(comparison, { sums, prices, level: policy.screenLevel }));
  const known = powered.filter((test) => test !== null);
  const pools = poolByObjective(known);
  const poolOf = (test: PoweredTest | null): Pool | undefined => pools.find(({ objective }) => objective === test?.objective);
  const { watch = 0, fail = 0 } = thresholds.timesBreakEven ?? {};
  const lit = comparisons.map((comparison, index) => litTest(comparison, powered[index] ?? null, poolOf(powered[index] ?? null), { watch, fail }));
  const lost = lit.flatMap((each, index) => {
    const pool = poolOf(powered[index] ?? null);
    return each.light === 'fail' && (pool === undefined || pool.ratio > fail) ? [each] : [];
  });
  const [spent, blind] = [lit, lost].map((list) => list.reduce((sum, { light, weight }) => sum + (light === 'notTestable' ? 0 : weight), 0));
  const lightOf = ({ comparison }: PoweredTest): number => byLight[lit[comparisons.indexOf(comparison)]?.light ?? 'notTestable'];
  const told = known
    .toSorted((a, b) => lightOf(a) - lightOf(b) || (b.cost ?? -1) - (a.cost ?? -1) || b.comparison.treated - a.comparison.treated)
    .slice(0, mostTold);
  const chart = ratiosChart(told);
  return {
    measures: [
      ...cardMeasures(lit, 'cost'),
      { id: 'lost', label: 'Tests too small alone and together with others of their objective', value: lost.length, unit: 'count', n: lit.length },
      {
        id: 'blindShare',
        label: 'Cost of tests that are too small alone and together with others of their objective',
        value: spent !== undefined && spent > 0 ? (blind ?? 0) / spent : null,
        unit: 'share',
        n: lit.filter(({ light }) => light !== 'notTestable').length,
        ...(spent !== undefined && spent > 0 ? {} : { why: 'For no test are a cost and a margin known.' }),
      },
      {
        id: 'decided',
        label: 'Tests that are too small, and whose result lies clear of the break-even all the same',
        value: known.filter((test) => test.isDecided && test.ratio !== null && test.ratio > fail).length,
        unit: 'count',
        n: lit.length,
      },
      allMeasure(poolOfAll(known)),
      ...powerMeasures(told, policy.screenLevel),
    ],
    evidence: [
      cardTable(
        'Could the test have seen a campaign that just pays?',
        [
          { id: 'outcome', label: 'Outcome', unit: 'text' },
          { id: 'cost', label: 'Cost a contacted member', unit: 'moneyPerMember' },
          { id: 'breakEven', label: 'Difference that pays for it, in the outcome', unit: 'number' },
          { id: 'detectable', label: 'Smallest difference that can be seen, in the outcome', unit: 'number' },
          { id: 'ratio', label: 'Times the break-even', unit: 'ratio' },
          { id: 'low', label: 'Interval from', unit: 'ratio' },
          { id: 'high', label: 'Interval to', unit: 'ratio' },
          { id: 'removed', label: 'Variance taken out by the value before', unit: 'share' },
          { id: 'needed', label: 'Members to hold out of this audience', unit: 'count' },
          { id: 'pooled', label: 'Times the break-even, with all tests of the objective', unit: 'ratio' },
        ],
        lit,
        policy.smallCell,
        'For 80 % power at 5 % (two-sided). An empty cell under “members to hold out” beside a break-even means that even half of the audience is too few.',
      ),
      ...(pools.length === 0 ? [] : [poolsTable(pools)]),
    ],
    charts: chart === null ? [] : [chart],
    evidenceGrade: 'E4',
    ...(blind !== undefined && blind > 0
      ? { money: { value: blind, meaning: 'cost of campaigns whose holdout is too small to show whether they paid back' } }
      : {}),
    ...(lost.length > 0
      ? { members: { value: Math.max(...lost.map(({ treated }) => treated)), meaning: 'members treated in the largest test that is too small' } }
      : {}),
    caveats: caveatsOf(known),
  };
}

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const blind = measures.value('blindShare');
  if (blind === null) return { status: 'informative', severity: 'none' };
  const isBlindTogether = (measures.value('timesAll') ?? 0) > (thresholds.timesBreakEven?.fail ?? Number.POSITIVE_INFINITY);
  if (isBlindTogether && blind > (thresholds.blindShare?.problem ?? 1)) return { status: 'problem', severity: 'high' };
  return (measures.value('doubtfulShare') ?? 0) > (thresholds.blindShare?.watch ?? 1)
    ? { status: 'watch', severity: 'medium' }
    : { status: 'healthy', severity: 'none' };
}

export const underpoweredHoldouts = defineAudit({
  id: 'underpowered-holdouts',
  category: 'measurement',
  question: 'Are the holdouts large enough to show whether a campaign pays for itself?',
  why: 'A holdout that is too small finds nothing whatever the campaign does, and “no difference was found” is then mistaken for “there is none”.',
  problem: 'FP7',
  weight: 'high',
  needs: { assignments: ['campaign_id', 'member_id', 'arm'] },
  improves: {
    campaigns: [
      { columns: ['cost'], gain: 'gives the difference that pays for the campaign' },
      { columns: ['objective'], gain: 'lets the tests of one objective be taken together' },
    ],
    transactions: [{ columns: ['margin_amount'], gain: 'turns a cost into the sales or orders that pay for it' }],
    assignments: [{ columns: ['assigned_at'], gain: 'takes the value before the test out of the variance' }],
  },
  minimum: { assignments: 60 },
  thresholds: {
    timesBreakEven: {
      levels: { watch: 1, fail: 2 },
      unit: 'ratio',
      source: {
        kind: 'house',
        citation: 'after Lewis & Rao 2015, doi 10.1093/qje/qjv023',
        note: 'A test should be able to see the difference that pays for the campaign; one that sees only twice that or more cannot decide anything that matters.',
      },
    },
    blindShare: {
      levels: { watch: 0.1, problem: 0.5 },
      plausible: { watch: [0, 0.2], problem: [0.25, 0.75] },
      source: {
        kind: 'house',
        note: 'By cost of the tests: a tenth that is doubtful is worth a look, and from one half on most of the money spent on tested campaigns cannot be judged.',
      },
    },
  },
  notOfMembers: ['*'],
  rivals,
  measure,
  judge,
  explain: explainPower,
});
