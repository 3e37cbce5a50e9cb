/** What is measured of success against value: classes, money in them, the two leagues. */
import { median as medianOf } from 'simple-statistics';
import { caveatsOfDoubts } from '../../derived/evidence-grade.js';
import type { Measure } from '../../result/schema.js';
import type { AuditContext, Measurement } from '../audit.js';
import { belowProof } from '../below-proof.js';
import { changeMeasures } from './hollow-wins-changes.js';
import { type ClassifiedUnit, classify, type ValueClass, valueClasses } from './hollow-wins-classes.js';
import { classesTable, successValueChart } from './hollow-wins-exhibits.js';
import { gradedOf } from './hollow-wins-grade.js';
import { leagueMeasures, leaguesChart, leaguesOf, leaguesTable } from './hollow-wins-leagues.js';
import { costMeasures } from './hollow-wins-money.js';
import { caveatsOf } from './hollow-wins-words.js';
import { isFollowedLongEnough, readSuccessUnits } from './success-units.js';

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

const lostClasses: readonly ValueClass[] = ['Hollow win', 'Costly'];
const provenClasses: readonly ValueClass[] = ['True win', 'Quiet winner'];

/** Share of the cost where every cost is known, else of the members targeted. */
function weightShare(units: readonly ClassifiedUnit[], isCost: boolean, isIn: (unit: ClassifiedUnit) => boolean): number {
  const weight = (unit: ClassifiedUnit): number => (isCost ? Math.max(0, unit.cost ?? 0) : unit.members);
  const total = units.reduce((sum, unit) => sum + weight(unit), 0);
  return units.filter(isIn).reduce((sum, unit) => sum + weight(unit), 0) / total;
}

/** Members who got more than one tested campaign at a time, of all in the treated arms that can be judged. */
function overlapMeasure(judged: readonly ClassifiedUnit[]): Measure {
  const known = judged.flatMap(({ overlap, members }) => (overlap === null ? [] : [{ members, overlapping: overlap.treatedShare * members }]));
  const n = known.reduce((sum, { members }) => sum + members, 0);
  const value = n === 0 ? null : known.reduce((sum, { overlapping }) => sum + overlapping, 0) / n;
  const why = 'No test says on which day its members were assigned.';
  return {
    id: 'overlapShare',
    label: 'Members of treated arms who were to get another tested campaign within the follow-up',
    unit: 'share',
    n,
    value,
    ...(value === null ? { why } : {}),
  };
}

export async function measureHollowWins(context: AuditContext): Promise<Measurement> {
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
  const shared = (id: string, label: string, classes: readonly ValueClass[], isIn: (unit: ClassifiedUnit) => boolean = () => true): Measure => {
    const of = isCost ? 'cost' : 'members targeted';
    const value = weightShare(units, isCost, (unit) => classes.includes(unit.class) && isIn(unit));
    return { id, label: `${label}, share of the ${of}`, value, unit: 'share', n: units.length };
  };
  const judged = units.filter((unit) => unit.value !== null && unit.class !== 'Broken test');
  const lost = units.filter((unit) => lostClasses.includes(unit.class));
  const celebrated = units.filter((unit) => unit.isCelebrated);
  const unjudged = celebrated.filter((unit) => unit.class === 'No counterfactual' || unit.class === 'Broken test');
  const chart = successValueChart(units, median, smallCell);
  const leagues = leaguesOf(units, context);
  const graded = gradedOf(units);
  return {
    measures: [
      counted(units, 'units', 'Campaigns, counting each arm of a test, and contact outside it, as one'),
      counted(judged, 'judged', 'Campaigns and arms whose value can be compared with a holdout'),
      counted(
        judged.filter((unit) => unit.value?.outcome.grade !== 'E1'),
        'unchecked',
        'Of these, tests that leave a doubt, e.g. because the planned size of the holdout is not known',
      ),
      ...(graded === null ? [] : belowProof(graded, graded.results)),
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
      shared('hollowShare', 'Hollow and costly campaigns', lostClasses),
      shared('firmHollowShare', 'Hollow and costly campaigns where only one such claim in twenty may be wrong', lostClasses, ({ isFirm }) => isFirm),
      shared('unprovenShare', 'Campaigns whose value is not known', ['Unproven', 'No counterfactual', 'Broken test']),
      shared('provenShare', 'Campaigns that are shown to add value', provenClasses),
      shared(
        'lastingShare',
        'Campaigns that are shown to add value, and were followed for long enough to tell it from a purchase brought forward',
        provenClasses,
        ({ value }) => value !== null && isFollowedLongEnough(value),
      ),
      ...costMeasures(units),
      overlapMeasure(judged),
      ...leagueMeasures(leagues),
      ...changeMeasures(units, headlineLevel),
    ],
    evidence: [classesTable(units, smallCell), ...(leagues === null ? [] : [leaguesTable(leagues, smallCell)])],
    charts: [...(chart === null ? [] : [chart]), ...(leagues === null ? [] : [leaguesChart(leagues)])],
    evidenceGrade: graded?.grade ?? 'E4',
    caveats: [...caveatsOf(units), ...caveatsOfDoubts(graded?.doubts ?? [])],
    ...(isCost && lost.length > 0
      ? { money: { value: lost.reduce((sum, unit) => sum + (unit.cost ?? 0), 0), meaning: 'cost of campaigns that are hollow or costly' } }
      : {}),
    ...(lost.length > 0
      ? { members: { value: Math.max(...lost.map((unit) => unit.members)), meaning: 'members of the largest campaign that is hollow or costly' } }
      : {}),
  };
}
