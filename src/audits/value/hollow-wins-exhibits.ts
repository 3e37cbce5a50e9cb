/** The picture of success against value, and the table behind it. */
import type { ScatterChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import { toldRate } from '../../statistics/small-cells.js';
import { type ClassifiedUnit, falseDiscoveryRate } from './hollow-wins-classes.js';

/** A revenue that the source reported is no rate of members. */
const shownSuccess = ({ success, isReported, members }: ClassifiedUnit, smallCell: number): number | null =>
  isReported ? success : toldRate(success, members, smallCell);

/** One row a campaign or arm with at least `smallCell` members. */
export function classesTable(units: readonly ClassifiedUnit[], smallCell: number): EvidenceTable {
  const shown = units.filter((unit) => unit.members >= smallCell);
  return {
    id: 'classes',
    title: 'What was celebrated, and the change in value of everybody targeted',
    columns: [
      { id: 'campaign', label: 'Campaign and arm', unit: 'text' },
      { id: 'members', label: 'Members targeted', unit: 'count' },
      { id: 'success', label: 'Response rate', unit: 'share' },
      { id: 'isCelebrated', label: 'At or above the median', unit: 'text' },
      { id: 'outcome', label: 'Value measured as', unit: 'text' },
      { id: 'days', label: 'Followed for', unit: 'days' },
      { id: 'change', label: 'Change in value', unit: 'moneyPerMember' },
      { id: 'low', label: 'Lower bound', unit: 'moneyPerMember' },
      { id: 'high', label: 'Upper bound', unit: 'moneyPerMember' },
      { id: 'breakEven', label: 'Break-even', unit: 'moneyPerMember' },
      { id: 'varianceRemoved', label: 'Chance variation explained by value before the test', unit: 'share' },
      { id: 'cost', label: 'Cost', unit: 'money' },
      { id: 'reason', label: 'Why there is no verdict', unit: 'text' },
      { id: 'class', label: 'Class', unit: 'text' },
    ],
    rows: shown.map((unit): Cell[] => [
      unit.label,
      unit.members,
      // A rate of a handful of responders would tell who they are.
      shownSuccess(unit, smallCell),
      unit.success === null ? 'not known' : unit.isCelebrated ? 'yes' : 'no',
      unit.value?.outcome.name ?? 'not measured',
      unit.value?.outcome.days ?? null,
      unit.value?.change.estimate ?? null,
      unit.value?.change.low ?? null,
      unit.value?.change.high ?? null,
      unit.cost === null ? null : unit.breakEven,
      unit.value?.varianceRemoved ?? null,
      unit.cost,
      unit.reason ?? '',
      unit.class,
    ]),
    note:
      'Each bound stands alone at the level of headline claims (one-sided). Hollow win: celebrated, and even the upper bound is below the break-even. ' +
      'Miss: the same without being celebrated. Costly: even the upper bound is below nought. True win and quiet winner: the lower bound is above the break-even, ' +
      'or above nought where the cost is not known. ' +
      `A class is given only where it also holds among all comparisons at once (Benjamini and Hochberg, false discovery rate ${falseDiscoveryRate}); anything else is unproven. ` +
      `Campaigns with fewer than ${smallCell} members are left out.`,
  };
}

/** Success against value with its bounds; null when no unit has both. */
export function successValueChart(units: readonly ClassifiedUnit[], median: number | null, smallCell: number): ScatterChart | null {
  const points = units.flatMap((unit) => {
    const { label, value, cost, breakEven, class: name } = unit;
    const success = shownSuccess(unit, smallCell);
    if (success === null || value === null) return [];
    const { estimate, low, high } = value.change;
    return [{ label, x: success, y: estimate, low, high, class: name, ...(cost === null ? {} : { breakEven }) }];
  });
  if (points.length === 0) return null;
  return {
    kind: 'scatter',
    id: 'success-and-value',
    title: 'Success that is celebrated against value that is added',
    description:
      'Each mark is a campaign or an arm of it: to the right the response rate, upwards the change in value a targeted member against the holdout, with its bounds. {judged} of {units} campaigns and arms have a holdout and can be shown.',
    xLabel: 'Response rate',
    xUnit: 'share',
    yLabel: 'Change in value a targeted member',
    yUnit: 'moneyPerMember',
    points,
    xReference: median === null ? null : { value: median, label: 'median response' },
    yReference: { value: 0, label: 'no change in value' },
  };
}
