import { median as medianOf } from 'simple-statistics';
import type { EvidenceGrade, Measure } from '../../result/schema.js';
import { type AuditContext, defineAudit, type Measurement, type Measures, type Thresholds, type Verdict } from '../audit.js';
import { changeMeasures } from './hollow-wins-changes.js';
import { type ClassifiedUnit, classify, type ValueClass, valueClasses } from './hollow-wins-classes.js';
import { classesTable, successValueChart } from './hollow-wins-exhibits.js';
import { readSuccessUnits } from './hollow-wins-units.js';
import { caveatsOf, explainHollowWins } from './hollow-wins-words.js';

const classIds: Record<ValueClass, string> = {
  'True win': 'trueWins',
  'Hollow win': 'hollowWins',
  'Quiet winner': 'quietWinners',
  Costly: 'costly',
  Miss: 'misses',
  Unproven: 'unproven',
  'No counterfactual': 'withoutCounterfactual',
  'Broken test': 'brokenTests',
};

/** Share of the cost where every cost is known, else of the members targeted, in the classes given. */
function weightShare(units: readonly ClassifiedUnit[], isCost: boolean, classes: readonly ValueClass[]): number {
  const weight = (unit: ClassifiedUnit): number => (isCost ? (unit.cost ?? 0) : unit.members);
  const total = units.reduce((sum, unit) => sum + weight(unit), 0);
  return units.filter((unit) => classes.includes(unit.class)).reduce((sum, unit) => sum + weight(unit), 0) / total;
}

/** The weakest grade of what was judged; a description where nothing was. */
function gradeOf(units: readonly ClassifiedUnit[]): EvidenceGrade {
  const grades = units.flatMap(({ value, class: name }) => (value === null || name === 'Broken test' ? [] : [value.outcome.grade]));
  return grades.length === 0 ? 'E4' : (grades.toSorted().at(-1) ?? 'E4');
}

async function measure(context: AuditContext): Promise<Measurement> {
  const { smallCell, headlineLevel } = context.policy;
  const read = await readSuccessUnits(context);
  const successes = read.flatMap((unit) => unit.success ?? []);
  const nothing = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  if (read.length === 0) return { ...nothing, notEnough: 'No marketing contact falls into the time that is looked at.' };
  if (successes.length === 0)
    return { ...nothing, notApplicable: 'No file says what a campaign is celebrated for: neither responses nor a reported number of them.' };
  const median = medianOf(successes);
  const units = classify(read, median);
  const isCost = units.every((unit) => unit.cost !== null) && units.some((unit) => (unit.cost ?? 0) > 0);
  const counted = (list: readonly ClassifiedUnit[], id: string, label: string): Measure => ({ id, label, value: list.length, unit: 'count', n: units.length });
  const shared = (id: string, label: string, classes: readonly ValueClass[]): Measure => {
    const of = isCost ? 'cost' : 'members targeted';
    return { id, label: `${label}, share of the ${of}`, value: weightShare(units, isCost, classes), unit: 'share', n: units.length };
  };
  const judged = units.filter((unit) => unit.value !== null && unit.class !== 'Broken test');
  const lost = units.filter((unit) => unit.class === 'Hollow win' || unit.class === 'Costly');
  const celebrated = units.filter((unit) => unit.isCelebrated);
  const unjudged = celebrated.filter((unit) => unit.class === 'No counterfactual' || unit.class === 'Broken test');
  const chart = successValueChart(units, median);
  return {
    measures: [
      counted(units, 'units', 'Campaigns, counting each arm of a test, and contact outside it, as one'),
      counted(judged, 'judged', 'Campaigns and arms whose value can be compared with a holdout'),
      counted(
        judged.filter((unit) => unit.value?.outcome.grade !== 'E1'),
        'unchecked',
        'Of these, tests that leave a doubt, e.g. because the planned size of the holdout is not known',
      ),
      counted(
        judged.filter((unit) => unit.cost === null),
        'costUnknown',
        'Of these, campaigns and arms whose cost is not known',
      ),
      counted(
        lost.filter((unit) => (unit.value?.change.low ?? 0) > 0),
        'gainsBelowCost',
        'Hollow wins that did add value, but less than they cost',
      ),
      counted(celebrated, 'celebrated', 'Campaigns and arms with a response above nought, at or above the median'),
      counted(unjudged, 'celebratedUnjudged', 'Celebrated campaigns and arms that cannot be judged'),
      { id: 'medianSuccess', label: 'Median response rate', value: median, unit: 'share', n: successes.length },
      ...valueClasses.map((name) =>
        counted(
          units.filter((unit) => unit.class === name),
          classIds[name],
          name,
        ),
      ),
      shared('hollowShare', 'Hollow and costly campaigns', ['Hollow win', 'Costly']),
      shared('unprovenShare', 'Campaigns whose value is not known', ['Unproven', 'No counterfactual', 'Broken test']),
      shared('provenShare', 'Campaigns that are shown to add value', ['True win', 'Quiet winner']),
      ...changeMeasures(units, headlineLevel),
    ],
    evidence: [classesTable(units, smallCell)],
    charts: chart === null ? [] : [chart],
    evidenceGrade: gradeOf(units),
    caveats: caveatsOf(units),
    ...(isCost && lost.length > 0
      ? { money: { value: lost.reduce((sum, unit) => sum + (unit.cost ?? 0), 0), meaning: 'cost of campaigns that are hollow or costly' } }
      : {}),
    ...(lost.length > 0
      ? { members: { value: Math.max(...lost.map((unit) => unit.members)), meaning: 'members of the largest campaign that is hollow or costly' } }
      : {}),
  };
}

function judge(measures: Measures, thresholds: Thresholds): Verdict {
  const hollow = measures.value('hollowShare') ?? 0;
  if (hollow > (thresholds.hollowShare?.problem ?? 1)) return { status: 'problem', severity: 'high' };
  if (hollow > (thresholds.hollowShare?.watch ?? 1)) return { status: 'watch', severity: 'medium' };
  const isProven = (measures.value('provenShare') ?? 0) >= (thresholds.provenShare?.healthy ?? 1);
  return isProven ? { status: 'healthy', severity: 'none' } : { status: 'informative', severity: 'none' };
}

export const hollowWins = defineAudit({
  id: 'hollow-wins',
  category: 'value',
  question: 'Do the campaigns that are celebrated add value?',
  why: 'A campaign can have many responses and still leave the customers as a whole worth no more than before, because the responders would have bought anyway.',
  problem: 'FP2',
  weight: 'critical',
  needs: { contacts: ['member_id', 'campaign_id'] },
  improves: {
    assignments: [{ columns: ['campaign_id', 'member_id', 'arm'], gain: 'shows what the members would have been worth without the campaign', mayReach: 'E2' }],
    transactions: [{ columns: ['margin_amount'], gain: 'measures value as margin' }],
    campaigns: [
      { columns: ['cost'], gain: 'gives the break-even and the money in hollow campaigns' },
      { columns: ['planned_holdout_share'], gain: 'lets the sizes of the arms be checked against the plan', mayReach: 'E1' },
    ],
  },
  minimum: { contacts: 200 },
  thresholds: {
    hollowShare: {
      levels: { watch: 0, problem: 0.1 },
      source: { kind: 'house', note: 'Any hollow or costly campaign is worth a look; a tenth of the cost (or of the members targeted) calls for a change.' },
    },
    provenShare: { levels: { healthy: 0.5 }, source: { kind: 'house', note: 'At least half of the effort is shown to add value.' } },
  },
  measure,
  judge,
  explain: explainHollowWins,
});
