/** The changes in value with their intervals, as measures that sentences can name. */
import type { Measure } from '../../result/schema.js';
import { type ClassifiedUnit, valueClasses } from './hollow-wins-classes.js';

/** Changes in value that also become measures; the table holds them all. */
const mostMeasures = 12;

/** The worst first, each with its break-even; null where the cost is not known. */
export function changeMeasures(units: readonly ClassifiedUnit[], headlineLevel: number): Measure[] {
  return units
    .flatMap((unit) => (unit.value === null ? [] : [{ ...unit, value: unit.value }]))
    .sort((a, b) => valueClasses.indexOf(a.class) - valueClasses.indexOf(b.class))
    .slice(0, mostMeasures)
    .flatMap(({ label, members, cost, breakEven, class: name, value: { outcome, change, varianceRemoved } }, index): Measure[] => {
      const method = `difference of means by assignment, the larger of separate and common variance${varianceRemoved === null ? '' : ', adjusted by value before the test (CUPED)'}`;
      const interval = { low: change.low, high: change.high, level: 2 * headlineLevel - 1, method };
      const within = outcome.days === null ? '' : ` within ${outcome.days} days`;
      const what = `${name}: ${label}, change in ${outcome.name} a targeted member${within}`;
      const paid = cost === null ? { value: null, why: 'The cost is not known.' } : { value: breakEven };
      return [
        { id: `change.${index + 1}`, label: what, value: change.estimate, unit: 'moneyPerMember', interval, n: members },
        { id: `breakEven.${index + 1}`, label: `Break-even of ${label}`, unit: 'moneyPerMember', n: members, ...paid },
      ];
    });
}
