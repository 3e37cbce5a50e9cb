import { fewestPerArm } from '../../derived/experiments.js';
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { byLight, cardMeasures, cardTable, cardThresholds, judgeCard, membersOf, readTests } from './test-card.js';
import { characteristicsSql, levelsSql } from './unbalanced-arms.sql.js';
import { type BalancedTest, balanceMeasures, characteristicsTable, differencesChart, litTest } from './unbalanced-arms-exhibits.js';
import { balanceOf } from './unbalanced-arms-measures.js';
import { caveatsOf, explainBalance, rivals } from './unbalanced-arms-words.js';

/** A year has every season in it; less than four weeks says little of a customer. */
const lookBack = { longestDays: 365, fewestDays: 28 } as const;
const mostTold = 5;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy, thresholds } = context;
  const { tests, none } = await readTests(context);
  if (none !== null) return none;
  const units = await derived.experimentUnits();
  const hasPurchases = context.rowCount('transactions') > 0;
  const hasTierHistory = context.rowCount('tiers') > 0;
  const totals = await derived.testTotals();
  const tables = { units, ...totals, ...lookBack, hasPurchases };
  const undated = new Set(['segment', 'unit', ...(hasPurchases ? [] : ['net', 'orders']), ...(hasTierHistory ? [] : ['tier'])]);
  const numbers = await engine.rows(characteristicsSql(engine.dialect, tables));
  const levels = await engine.rows(levelsSql(engine.dialect, units, hasTierHistory));
  const { watch = 0, fail = 0 } = thresholds.standardisedDifference ?? {};
  const { low = 0, high = 0 } = thresholds.varianceRatio ?? {};
  const limits = { watch, fail, p: thresholds.chance?.probability ?? 0 };
  const compared = tests
    .flatMap(({ comparisons }) => comparisons)
    .filter(({ treated, holdout }) => treated >= fewestPerArm && holdout >= fewestPerArm)
    .map((comparison): BalancedTest => ({ comparison, balance: balanceOf(comparison, { numbers, levels, undated }, limits, { low, high }) }));
  const lit = compared.map(litTest);
  const told = compared
    .filter(({ balance }) => balance !== null)
    .sort((a, b) => byLight[a.balance?.light ?? 'pass'] - byLight[b.balance?.light ?? 'pass'] || (a.balance?.p ?? 1) - (b.balance?.p ?? 1));
  const [first] = told;
  const chart = first === undefined ? null : differencesChart(first);
  const members = membersOf(lit, 'members of tests whose arms differed before the test');
  return {
    measures: [...cardMeasures(lit, 'members'), ...balanceMeasures(told.slice(0, mostTold))],
    evidence: [
      cardTable(
        'Were the arms alike before the test?',
        [
          { id: 'characteristics', label: 'Characteristics compared', unit: 'count' },
          { id: 'largest', label: 'Largest standardised difference', unit: 'number' },
          { id: 'of', label: 'In', unit: 'text' },
          { id: 'chance', label: 'What chance reaches once in a thousand draws', unit: 'number' },
          { id: 'p', label: 'Probability of arms that differ as much', unit: 'probability' },
        ],
        lit,
        policy.smallCell,
        'The probability is that of all characteristics together: of one test of the numbers at once (Hansen and Bowers 2008) and of the largest single difference, adjusted for their number. Small arms differ by chance, and a difference that chance explains is a pass.',
      ),
      characteristicsTable(compared),
    ],
    charts: chart === null ? [] : [chart],
    evidenceGrade: 'E4',
    ...(members === undefined ? {} : { members }),
    caveats: caveatsOf({ hasPurchases, hasTierHistory, groups: totals.groups }),
  };
}

export const unbalancedArms = defineAudit({
  id: 'unbalanced-arms',
  category: 'measurement',
  question: 'Were the treated and the holdout alike before the test?',
  why: 'A test compares like with like only when both groups bought as much, and as lately, before it began; a group of better customers looks like a good campaign.',
  problem: 'FP7',
  weight: 'high',
  needs: { assignments: ['campaign_id', 'member_id', 'arm'] },
  improves: {
    transactions: [{ columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'compares what both arms bought before the test' }],
    members: [
      { columns: ['enrolled_at'], gain: 'compares how long both arms had been in the scheme' },
      { columns: ['acquisition_source'], gain: 'compares where the members of both arms came from' },
    ],
    assignments: [{ columns: ['assigned_at'], gain: 'says which day lies before the test' }],
    tiers: [{ columns: ['tier', 'valid_from'], gain: 'compares the tiers on the day of the assignment' }],
  },
  minimum: { assignments: 60 },
  thresholds: {
    standardisedDifference: {
      levels: { watch: 0.1, fail: 0.25 },
      unit: 'number',
      source: {
        kind: 'paper',
        citation: 'Stuart 2010, doi 10.1214/09-STS313; Austin 2009; Rubin 2001',
        note: 'A tenth of a standard deviation is the usual limit, a quarter the outer one. Beyond them the difference must also be more than chance allows.',
      },
    },
    varianceRatio: {
      levels: { low: 0.5, high: 2 },
      unit: 'number',
      source: { kind: 'paper', citation: 'Rubin 2001', note: 'Between half and twice; beyond, with its whole interval, the test is watched.' },
    },
    chance: {
      levels: { probability: 0.001 },
      unit: 'probability',
      source: { kind: 'convention', note: 'A difference that a fair draw brings more often than this says nothing against the draw.' },
    },
    ...cardThresholds,
  },
  notOfMembers: ['*'],
  rivals,
  measure,
  judge: judgeCard,
  explain: explainBalance,
});
