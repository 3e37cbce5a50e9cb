/** Where the money is: in campaigns that are hollow or costly, in unproven ones, in those that cannot be judged. */
import type { Measure } from '../../result/schema.js';
import type { ClassifiedUnit, ValueClass } from './hollow-wins-classes.js';

const lostClasses: readonly ValueClass[] = ['Hollow win', 'Costly'];
const unjudgedClasses: readonly ValueClass[] = ['No counterfactual', 'Broken test'];

/** Sums over the campaigns and arms whose cost is known; all null when none is. */
export function costMeasures(units: readonly ClassifiedUnit[]): Measure[] {
  const known = units.flatMap(({ cost, class: name }) => (cost === null ? [] : [{ cost, name }]));
  const total = known.reduce((sum, { cost }) => sum + cost, 0);
  const isKnown = total > 0;
  const costIn = (classes: readonly ValueClass[] | null): number =>
    known.filter(({ name }) => classes?.includes(name) ?? true).reduce((sum, { cost }) => sum + cost, 0);
  const costOf = (id: string, label: string, classes: readonly ValueClass[] | null): Measure => ({
    id,
    label,
    unit: 'money',
    n: known.length,
    ...(isKnown ? { value: costIn(classes) } : { value: null, why: 'No cost is known.' }),
  });
  return [
    costOf('knownCost', 'Cost of the campaigns, as far as it is known', null),
    costOf('hollowCost', 'Cost of hollow and costly campaigns', lostClasses),
    costOf('unprovenCost', 'Cost of unproven campaigns', ['Unproven']),
    costOf('unjudgedCost', 'Cost of campaigns without a test that can be judged', unjudgedClasses),
    {
      id: 'hollowCostShare',
      label: 'Hollow and costly campaigns, share of the known cost',
      unit: 'share',
      n: known.length,
      ...(isKnown ? { value: costIn(lostClasses) / total } : { value: null, why: 'No cost is known.' }),
    },
  ];
}
