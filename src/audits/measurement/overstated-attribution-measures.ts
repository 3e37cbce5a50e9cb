/** What `overstated-attribution` measures: what the rule credits in randomised tests, beside what the tests show. */

import { longestWindowSql } from '../../derived/attribution.sql.js';
import { caveatsOfDoubts, type Doubt, type Graded, gradeOfClaims, isImprecise } from '../../derived/evidence-grade.js';
import { fewestEvents } from '../../derived/experiment-checks.js';
import { type ComparedOutcome, doubtsOfTest, type Experiment, fewestPerArm, plainLabel, readExperiments } from '../../derived/experiments.js';
import type { Chart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { mayTellPart, tellableParts } from '../../statistics/small-cells.js';
import type { AuditContext, Measurement } from '../audit.js';
import { belowProof } from '../below-proof.js';
import { armsSql, creditsSql, type ReadyRow, readyOutcomesSql, testedCampaignsSql } from './overstated-attribution.sql.js';
import { type CreditedTest, emptyGroup, type GroupSums, type Overstatement, overstatementOf, totalOf } from './overstated-attribution-tests.js';

/** Outcomes given ready that count what a report would credit. */
const creditedOutcome = /conver|purchas|order|buy|bought|sale/i;
/** Fewer credited buyers say nothing (house rule; methodology §11.2 downgrades fewer than 30 events). */
const fewestCredited = 30;

const isSound = ({ holdout, treated, split, crossover }: Experiment): boolean =>
  holdout >= fewestPerArm && treated >= fewestPerArm && split.verdict !== 'fail' && crossover.verdict !== 'fail';

export async function measureOverstatement(context: AuditContext): Promise<Measurement> {
  const { policy } = context;
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const experiments = await readExperiments(context);
  if (experiments.every(({ holdout }) => holdout === 0))
    return { ...blank, notApplicable: 'No campaign has a holdout (members left out at random), so nothing shows what its sales would have been without it.' };
  const sound = experiments.filter(isSound);
  if (sound.length === 0)
    return { ...blank, notEnough: `No test has two arms of at least ${fewestPerArm} members, the sizes that were planned, and a holdout that was held out.` };
  const keys = new Set(sound.map(({ campaignKey }) => campaignKey));
  const found = (await readTests(context)).filter((test) => keys.has(test.campaignKey) && totalOf(test).holdout >= fewestPerArm);
  const tests = found.some(({ hasOwnRule }) => hasOwnRule) ? found.filter(({ hasOwnRule }) => hasOwnRule) : found;
  const credited = tests.reduce((sum, test) => sum + totalOf(test).credited, 0);
  if (credited < fewestCredited) return { ...blank, notEnough: `Fewer than ${fewestCredited} buyers are credited in tests whose window is over in the files.` };
  const level = policy.headlineLevel;
  const pooled = overstatementOf(tests, level);
  const leakage = leakageOf(tests, pooled);
  const isMargin = context.derived.valueBasis === 'margin';
  const graded = gradedOf(tests, experiments, pooled, isMargin);
  return {
    measures: [...pooledMeasures(tests, pooled, level), ...belowProof(graded, tests.length), ...moneyMeasures(tests, pooled, leakage, level, isMargin)],
    evidence: [testsTable(tests, level, policy.smallCell), objectivesTable(tests, level, policy.smallCell)],
    charts: [chartOf(tests, level)],
    evidenceGrade: graded.grade,
    caveats: [
      'A buyer is counted once a campaign, by assignment: everybody assigned to a treated arm against everybody held out, in the same days.',
      'The holdout still gets other campaigns, so the difference is what this campaign adds on top of them.',
      ...(tests.some(({ hasOwnRule }) => hasOwnRule)
        ? []
        : ['No campaign has a rule of attribution on record, so a common one, or the count that the source gives, stands in for it.']),
      ...caveatsOfDoubts(graded.doubts),
      ...(knownCost(tests) === null || !isMargin
        ? ['Costs or margins are not known, so whether the result is too uncertain to tell if the campaigns paid could not be asked, and takes off no grade.']
        : []),
    ],
    ...(leakage === null || leakage.value <= 0
      ? {}
      : { money: { value: leakage.value, low: leakage.low, high: leakage.high, meaning: 'discounts on credited purchases that would have been made anyway' } }),
    members: { value: tests.reduce((sum, test) => Math.max(sum, totalOf(test).treated), 0), meaning: 'treated members of the largest test' },
  };
}

/** Tests by purchases and the rule; else by what the source counted. */
async function readTests(context: AuditContext): Promise<CreditedTest[]> {
  const { engine, derived } = context;
  const objectives = await derived.campaignObjectives();
  const ready = await engine.rows(readyOutcomesSql(await derived.experimentOutcomes(), objectives));
  const byPurchases = context.rowCount('transactions') === 0 ? [] : await purchaseTests(context, new Set(ready.map(({ campaign_key }) => campaign_key)));
  return [...byPurchases, ...readyTests(ready)];
}

async function purchaseTests({ engine, derived }: AuditContext, ready: ReadonlySet<number>): Promise<CreditedTest[]> {
  const rules = await derived.attributionRules();
  const tables = { units: await derived.experimentUnits(), rules, credited: await derived.creditedPurchases(), purchaseDays: await derived.purchaseDays() };
  const campaigns = await engine.rows(testedCampaignsSql(rules, await derived.campaignObjectives()));
  const [longest] = await engine.rows(longestWindowSql(rules));
  const arms = await engine.rows(armsSql(engine.dialect, tables, longest?.days ?? 1));
  const credits = await engine.rows(creditsSql(engine.dialect, tables));
  const groups = new Map<number, Map<number, { -readonly [key in keyof GroupSums]: number }>>();
  const groupOf = (campaign: number, group: number): { -readonly [key in keyof GroupSums]: number } => {
    const ofCampaign = groups.get(campaign) ?? new Map<number, { -readonly [key in keyof GroupSums]: number }>();
    groups.set(campaign, ofCampaign);
    const sums = ofCampaign.get(group) ?? { ...emptyGroup };
    ofCampaign.set(group, sums);
    return sums;
  };
  for (const row of arms) {
    const sums = groupOf(row.campaign_key, row.jackknife_group);
    const arm = row.is_holdout === 1 ? 'holdout' : 'treated';
    sums[arm] += row.members;
    sums[`${arm}Buyers`] += row.buyers;
    sums[`${arm}Margin`] += row.margin;
  }
  for (const row of credits) {
    if (!groups.has(row.campaign_key)) continue;
    const sums = groupOf(row.campaign_key, row.jackknife_group);
    sums.credited += row.buyers;
    sums.creditedNet += row.net;
    sums.discount += row.discount;
  }
  return campaigns.flatMap((campaign): CreditedTest[] => {
    const own = groups.get(campaign.campaign_key);
    if (own === undefined || ready.has(campaign.campaign_key)) return [];
    const treated = [...own.values()].reduce((sum, group) => sum + group.treated, 0);
    return [
      {
        campaignKey: campaign.campaign_key,
        label: plainLabel(campaign.name),
        objective: campaign.objective,
        hasOwnRule: campaign.has_own_rule === 1,
        windowDays: campaign.window_days,
        // Contact outside of the test bears its own part of the cost.
        cost: campaign.cost === null ? null : campaign.cost * Math.min(1, treated / Math.max(1, campaign.contacts)),
        groups: own,
      },
    ];
  });
}

/** A yes-or-no outcome that a report would count: everybody in the treated arm who has it is credited. */
function readyTests(rows: readonly ReadyRow[]): CreditedTest[] {
  const wanted = rows.filter(({ outcome }) => creditedOutcome.test(outcome));
  return [...new Set(wanted.map(({ campaign_key }) => campaign_key))].flatMap((key): CreditedTest[] => {
    const ofCampaign = wanted.filter((row) => row.campaign_key === key);
    const [first] = ofCampaign;
    const own = ofCampaign.filter((row) => row.outcome === first?.outcome);
    if (first === undefined || own.some(({ others }) => others > 0)) return [];
    const groups = new Map<number, GroupSums>();
    for (const row of own) {
      const sums = groups.get(row.jackknife_group) ?? emptyGroup;
      const next =
        row.is_holdout === 1
          ? { ...sums, holdout: sums.holdout + row.members, holdoutBuyers: sums.holdoutBuyers + row.buyers }
          : { ...sums, treated: sums.treated + row.members, treatedBuyers: sums.treatedBuyers + row.buyers, credited: sums.credited + row.buyers };
      groups.set(row.jackknife_group, next);
    }
    return [{ campaignKey: key, label: plainLabel(first.name), objective: first.objective, hasOwnRule: false, windowDays: first.days, cost: null, groups }];
  });
}

/** Who bought, as the source counts it or as the files do. */
const isOfBuyers = ({ name, isReady }: ComparedOutcome): boolean => (isReady ? creditedOutcome.test(name) : name === 'active');
/** How many had the outcome is asked of all tests added up, and both arms are followed from the day of the campaign here. */
const askedOtherwise: readonly Doubt[] = ['fewEvents', 'days'];

const addUp = (tests: readonly CreditedTest[], part: keyof GroupSums): number => tests.reduce((total, test) => total + totalOf(test)[part], 0);

/** What takes down the difference that the tests add up to. */
function gradedOf(tests: readonly CreditedTest[], experiments: readonly Experiment[], { margin }: Overstatement, isMargin: boolean): Graded {
  const sum = (part: keyof GroupSums): number => addUp(tests, part);
  const events = [sum('treatedBuyers'), sum('holdoutBuyers'), sum('treated') - sum('treatedBuyers'), sum('holdout') - sum('holdoutBuyers')];
  const ofAll: readonly Doubt[] = [
    ...(Math.min(...events) < fewestEvents ? ['fewEvents' as const] : []),
    ...(margin.interval !== null && isImprecise(margin.interval, isMargin ? knownCost(tests) : null) ? ['imprecise' as const] : []),
  ];
  const claims = tests.map(({ campaignKey }) => {
    const own = experiments.filter((experiment) => experiment.campaignKey === campaignKey);
    const ofDraw = own.flatMap(({ split, crossover }) => doubtsOfTest(split, crossover));
    const outcomes = own.flatMap(({ comparisons }) => comparisons.flatMap((comparison) => comparison.outcomes.filter(isOfBuyers)));
    return { campaignKey, doubts: [...ofAll, ...ofDraw, ...outcomes.flatMap(({ doubts }) => doubts.filter((doubt) => !askedOtherwise.includes(doubt)))] };
  });
  return gradeOfClaims(claims) ?? { grade: 'E3', steps: 2, doubts: ofAll };
}

/** What all the campaigns cost together; null where one of them is not known, or there was no cost. */
function knownCost(tests: readonly CreditedTest[]): number | null {
  const cost = tests.every((test) => test.cost !== null) ? tests.reduce((sum, test) => sum + (test.cost ?? 0), 0) : 0;
  return cost > 0 ? cost : null;
}

/** Discount a credited buyer, times the credited who would have bought anyway; null without discounts. */
function leakageOf(
  tests: readonly CreditedTest[],
  { credited, incremental, incrementalInterval }: Overstatement,
): { value: number; low: number; high: number } | null {
  const discount = tests.reduce((sum, test) => sum + totalOf(test).discount, 0);
  if (!(discount > 0) || incrementalInterval === null) return null;
  const anyway = (gained: number): number => (discount * Math.min(credited, Math.max(0, credited - gained))) / credited;
  return { value: anyway(incremental), low: anyway(incrementalInterval.high), high: anyway(incrementalInterval.low) };
}

const method = 'jackknife over 50 groups of members';

function pooledMeasures(tests: readonly CreditedTest[], pooled: Overstatement, level: number): Measure[] {
  const n = tests.reduce((sum, test) => sum + totalOf(test).treated + totalOf(test).holdout, 0);
  const each = tests.map((test) => overstatementOf([test], level));
  const count = (id: string, label: string, value: number): Measure => ({ id, label, value, unit: 'count', n: tests.length });
  const base = { id: 'overstatement', label: 'buyers credited for each buyer that the test shows', unit: 'ratio' as const, n };
  const whyNot = 'What the tests show cannot be told from nought, so no ratio is given.';
  return [
    { id: 'credited', label: 'buyers that the rule credits', value: pooled.credited, unit: 'count', n },
    {
      id: 'incremental',
      label: 'more buyers among the treated than without the campaigns, by the holdouts',
      value: Math.round(pooled.incremental),
      unit: 'count',
      n,
      ...(pooled.incrementalInterval === null
        ? {}
        : { interval: { low: Math.round(pooled.incrementalInterval.low), high: Math.round(pooled.incrementalInterval.high), level, method } }),
    },
    pooled.ratio === null
      ? { ...base, value: null, why: whyNot }
      : {
          ...base,
          value: pooled.ratio.value,
          ...(pooled.ratio.interval === null ? {} : { interval: { ...pooled.ratio.interval, level, method: 'Fieller, jackknife over 50 groups of members' } }),
        },
    pooled.least === null
      ? {
          id: 'leastOverstatement',
          label: 'least that the credited exceed what the tests show',
          value: null,
          unit: 'ratio',
          n,
          why: 'The tests allow that nothing at all was added.',
        }
      : { id: 'leastOverstatement', label: 'least that the credited exceed what the tests show', value: pooled.least, unit: 'ratio', n },
    count('tests', 'tests added up', tests.length),
    count('shown', 'tests that by themselves show more buyers', each.filter(({ ratio }) => ratio !== null).length),
    count('notShown', 'tests whose result cannot be told from nought', each.filter(({ ratio }) => ratio === null).length),
    count('ruled', 'tests with a rule of attribution on record', tests.filter(({ hasOwnRule }) => hasOwnRule).length),
  ];
}

function moneyMeasures(
  tests: readonly CreditedTest[],
  pooled: Overstatement,
  leakage: { value: number; low: number; high: number } | null,
  level: number,
  isMargin: boolean,
): Measure[] {
  const n = tests.length;
  const cost = knownCost(tests);
  const { value, interval } = pooled.margin;
  const roi = (margin: number): number => (margin - (cost ?? 0)) / (cost ?? 1);
  return [
    leakage === null
      ? {
          id: 'leakage',
          label: 'discounts on credited purchases that would have been made anyway',
          value: null,
          unit: 'money',
          n,
          why: 'No discounts are recorded with the purchases.',
        }
      : {
          id: 'leakage',
          label: 'discounts on credited purchases that would have been made anyway',
          value: leakage.value,
          unit: 'money',
          n,
          interval: { low: leakage.low, high: leakage.high, level, method },
        },
    ...(isMargin && cost !== null
      ? [
          {
            id: 'incrementalReturn',
            label: 'margin added within the window, less cost, over cost',
            value: roi(value),
            unit: 'share' as const,
            n,
            ...(interval === null ? {} : { interval: { low: roi(interval.low), high: roi(interval.high), level, method } }),
          },
        ]
      : []),
  ];
}

function testsTable(tests: readonly CreditedTest[], level: number, smallCell: number): EvidenceTable {
  const shown = tests.filter((test) => {
    const { credited, treated, treatedBuyers, holdout, holdoutBuyers } = totalOf(test);
    const mayTell = mayTellPart(treatedBuyers, treated, smallCell) && mayTellPart(holdoutBuyers, holdout, smallCell);
    return credited >= smallCell && holdoutBuyers >= smallCell && mayTell;
  });
  return {
    id: 'tests',
    title: 'Tests: buyers that the rule credits, and buyers that the holdout shows to be more',
    columns: [
      { id: 'campaign', label: 'Campaign', unit: 'text' },
      { id: 'window', label: 'Days', unit: 'days' },
      { id: 'treated', label: 'Members treated', unit: 'count' },
      { id: 'holdout', label: 'Members held out', unit: 'count' },
      { id: 'treatedShare', label: 'Buyers among the treated', unit: 'share' },
      { id: 'holdoutShare', label: 'Buyers among the held out', unit: 'share' },
      { id: 'credited', label: 'Buyers credited', unit: 'count' },
      { id: 'incremental', label: 'Buyers more', unit: 'number' },
      { id: 'low', label: 'Low', unit: 'number' },
      { id: 'high', label: 'High', unit: 'number' },
      { id: 'ratio', label: 'Credited for each buyer more', unit: 'ratio' },
    ],
    rows: shown.map((test): Cell[] => {
      const total = totalOf(test);
      const { incremental, incrementalInterval, ratio, credited } = overstatementOf([test], level);
      return [
        test.label,
        test.windowDays,
        total.treated,
        total.holdout,
        total.treatedBuyers / total.treated,
        total.holdoutBuyers / total.holdout,
        credited,
        incremental,
        incrementalInterval?.low ?? null,
        incrementalInterval?.high ?? null,
        ratio?.value ?? null,
      ];
    }),
    note: `An empty last cell: the buyers more cannot be told from nought, so no ratio is given. Left out: tests with fewer than ${smallCell} buyers on a side, or all but so few (${tests.length - shown.length}).`,
  };
}

const byObjective = (tests: readonly CreditedTest[]): { label: string; tests: CreditedTest[] }[] =>
  [...new Set(tests.map(({ objective }) => objective))]
    .toSorted((a, b) => ((a ?? '~') < (b ?? '~') ? -1 : 1))
    .map((objective) => ({ label: objective ?? 'not known', tests: tests.filter((test) => test.objective === objective) }));

function objectivesTable(tests: readonly CreditedTest[], level: number, smallCell: number): EvidenceTable {
  const groups = byObjective(tests);
  // A test with few buyers on a side is not shown by itself either, so an objective must not be one that is all others less it.
  const toldBy = (part: 'credited' | 'holdoutBuyers'): boolean[] =>
    tellableParts(
      groups.map(({ tests: own }) => addUp(own, part)),
      smallCell,
    );
  const [credited, heldOut] = [toldBy('credited'), toldBy('holdoutBuyers')];
  const told = groups.map((_group, index) => credited[index] && heldOut[index]);
  return {
    id: 'objectives',
    title: 'The same, added up by what the campaigns were for',
    columns: [
      { id: 'objective', label: 'Objective', unit: 'text' },
      { id: 'tests', label: 'Tests', unit: 'count' },
      { id: 'credited', label: 'Buyers credited', unit: 'count' },
      { id: 'incremental', label: 'Buyers more', unit: 'number' },
      { id: 'low', label: 'Low', unit: 'number' },
      { id: 'high', label: 'High', unit: 'number' },
      { id: 'ratio', label: 'Credited for each buyer more', unit: 'ratio' },
      { id: 'ratioLow', label: 'Ratio, low', unit: 'ratio' },
      { id: 'ratioHigh', label: 'Ratio, high', unit: 'ratio' },
    ],
    rows: groups.map(({ label, tests: own }, index): Cell[] => {
      if (!told[index]) return [label, own.length, null, null, null, null, null, null, null];
      const { credited, incremental, incrementalInterval, ratio } = overstatementOf(own, level);
      const interval = ratio?.interval ?? null;
      return [
        label,
        own.length,
        credited,
        incremental,
        incrementalInterval?.low ?? null,
        incrementalInterval?.high ?? null,
        ratio?.value ?? null,
        interval?.low ?? null,
        interval?.high ?? null,
      ];
    }),
    note: 'Intervals of 95 % unless set otherwise; an empty ratio stands where the buyers more cannot be told from nought.',
  };
}

/** Tests in the picture; the largest, so that it stays readable. */
const mostRows = 12;

function chartOf(tests: readonly CreditedTest[], level: number): Chart {
  const largest = tests.toSorted((a, b) => totalOf(b).treated - totalOf(a).treated || a.campaignKey - b.campaignKey).slice(0, mostRows);
  return {
    id: 'tests',
    kind: 'whisker',
    title: 'Of 100 buyers credited, how many the holdout shows to be more',
    description:
      'One row a test, and one for all together: the interval of the share of the credited buyers that the holdout shows to be more. At 100 % the credit would be right, at nought all of it would have come anyway.',
    unit: 'share',
    reference: { value: 1, label: 'all that is credited' },
    rows: [...largest.map((test) => ({ label: test.label, tests: [test] })), { label: 'All tests', tests: [...tests] }].flatMap(({ label, tests: own }) => {
      const { credited, incremental, incrementalInterval } = overstatementOf(own, level);
      if (incrementalInterval === null || !(credited > 0)) return [];
      return [
        {
          label,
          low: incrementalInterval.low / credited,
          high: incrementalInterval.high / credited,
          outerLow: null,
          outerHigh: null,
          estimate: incremental / credited,
        },
      ];
    }),
  };
}
