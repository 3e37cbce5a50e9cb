/** The tables and the picture of what value goes with and what selection goes with. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Driver } from './misaligned-targeting-drivers.js';
import type { ColumnResult, DriverResult, Estimated } from './misaligned-targeting-measures.js';
import type { ChanceEffects } from './misaligned-targeting-value.js';

/** A bar of more colours than this cannot be read. */
const mostSegments = 7;

const levers: Record<Driver['lever'], string> = {
  none: 'no',
  contact: 'yes; a holdout tells what it does',
  untested: 'yes; not tested in these files',
};

const sentenceCase = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const cells = (estimated: Estimated | null): (number | null)[] => [
  estimated?.value ?? null,
  estimated?.interval?.low ?? null,
  estimated?.interval?.high ?? null,
];
/** A share of a whole is neither below nothing nor above all, whatever the arithmetic of an interval says. */
const shareCells = (estimated: Estimated): (number | null)[] => cells(estimated).map((value) => (value === null ? null : Math.max(0, Math.min(1, value))));
const numberColumns = (id: string, label: string, unit: 'share' | 'shareDifference' | 'index' | 'ratio'): EvidenceTable['columns'] => [
  { id, label, unit },
  { id: `${id}Low`, label: 'Low end', unit },
  { id: `${id}High`, label: 'High end', unit },
];

export function driversTable(results: readonly DriverResult[], level: number): EvidenceTable {
  return {
    id: 'drivers',
    title: 'What later value goes with, and what later selection goes with',
    columns: [
      { id: 'driver', label: 'Known of the member on the day', unit: 'text' },
      ...numberColumns('value', 'Share of what tells value', 'share'),
      ...numberColumns('selection', 'Share of what tells selection', 'share'),
      ...numberColumns('difference', 'Value less selection', 'shareDifference'),
      { id: 'chance', label: 'Chance of such a difference where there is none, adjusted for the number of drivers', unit: 'probability' },
      { id: 'lever', label: 'Could be acted on', unit: 'text' },
    ],
    rows: results
      .toSorted((a, b) => b.value.value - a.value.value)
      .map(({ driver, value, selection, difference, differenceChance }) => [
        sentenceCase(driver.label),
        ...shareCells(value),
        ...shareCells(selection),
        ...cells(difference),
        differenceChance,
        levers[driver.lever],
      ]),
    note: `Each share is what the driver adds to R², averaged over all orders in which drivers could enter (known as LMG, or the Shapley value), over the R² of all; each column of shares adds up to 100 %. Intervals of ${level * 100} %. A share says what goes together, not what brings about what.`,
  };
}

export function effectsTable(columns: readonly ColumnResult[], chance: ChanceEffects | null): EvidenceTable {
  return {
    id: 'effects',
    title: 'Each driver with all others held fixed',
    columns: [
      { id: 'driver', label: 'Known of the member on the day', unit: 'text' },
      ...numberColumns('place', 'Place by later value, in standard deviations', 'index'),
      ...numberColumns('odds', 'Odds of being worth something later', 'ratio'),
      ...numberColumns('amount', 'Amount of those who were, in standard deviations of its logarithm', 'index'),
      ...numberColumns('selection', 'Place by later selection, in standard deviations', 'index'),
      { id: 'inflation', label: 'Variance inflation', unit: 'number' },
    ],
    rows: columns.map(({ label, value, amount, selection, inflation }, at) => [
      sentenceCase(label),
      ...cells(value),
      ...cells(chance?.odds(at) ?? null),
      ...cells(amount),
      ...cells(selection),
      inflation,
    ]),
    note: 'For one standard deviation more of the driver. Variance inflation above 10 means that the others tell this driver almost by themselves: its own effect is then hardly more than a guess, and the shares of the first table are the better guide. Empty odds: too few members tell, for example because all who did so were worth something later.',
  };
}

/** Shares of both profiles in the same order, the smallest together. */
export function profileChart(results: readonly DriverResult[]): Chart {
  const sorted = results.toSorted((a, b) => Math.max(b.value.value, b.selection.value) - Math.max(a.value.value, a.selection.value));
  const [named, rest] = [sorted.slice(0, mostSegments), sorted.slice(mostSegments)];
  const bar = (label: string, of: (result: DriverResult) => number) => ({
    label,
    segments: [
      ...named.map((result) => ({ label: result.driver.label, share: Math.max(0, of(result)) })),
      ...(rest.length === 0 ? [] : [{ label: 'all others', share: rest.reduce((sum, result) => sum + Math.max(0, of(result)), 0) }]),
    ],
  });
  return {
    kind: 'stack',
    id: 'profiles',
    title: 'What goes with value, and what goes with being contacted',
    description:
      'Two bars of 100 %. The upper one divides what can be foretold of later value among the things known of a member before; the lower one does the same for who is contacted later. The two have {overlap} in common; the nearer to 100 %, the more alike they are.',
    bars: [bar('What tells later value', ({ value }) => value.value), bar('What tells who is contacted', ({ selection }) => selection.value)],
  };
}
