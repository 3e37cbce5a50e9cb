/** Tests that happened by accident: what stands in for a holdout that nobody drew. */
import { type Accident, type AccidentEffect, type AccidentKind, balanceP, imbalanceLimits, type Unusable } from '../../derived/accident-comparison.js';
import { fewestEvents } from '../../derived/experiment-checks.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import type { Measures } from '../audit.js';

/** Accidents whose difference becomes a measure; the table holds them all. */
const mostTold = 3;

const kindWords: Record<AccidentKind, string> = {
  idCutoff: 'contact stops at a point in the order of the identifiers',
  waves: 'one part of the list was contacted weeks before another',
  outage: 'the delivery of a day, or of a part of it, broke down',
  quota: 'the audience has exactly the size of a quota',
  listedNotSent: 'members on the list were sent nothing',
};

const whyWords: Record<Unusable, string> = {
  tooFew: 'no: too few members on a side who can be followed before and after',
  unlike: 'no: the two sides differed before by more than chance allows',
  placebo: 'no: the two sides parted before the campaign already',
  shortHistory: 'no: too few days of purchases on record before or after',
  reselected: 'no: the later part seems to have been chosen by what it did between the two sends',
  madeGood: 'no: most of those whose message failed were reached later',
  noOrder: 'no: by which order the list was cut is not on record',
  unknownReason: 'no: why they were sent nothing is not on record',
};

const designWords = {
  difference: 'change from before to after, one side less the other',
  discontinuity: 'jump at the cut, with a slope on each side',
} as const;

const isUsableAccident = ({ why }: Accident): boolean => why === null;

const unitOf = ({ outcome }: AccidentEffect): 'moneyPerMember' | 'shareDifference' => (outcome === 'value' ? 'moneyPerMember' : 'shareDifference');

/** How many there are, how many can be used, and what the largest of these show. @param valueName “margin” or “revenue”. @param campaigns that were searched. */
export function accidentMeasures(accidents: readonly Accident[], valueName: string, campaigns: number): Measure[] {
  const usable = accidents.filter(isUsableAccident);
  const told = usable.slice(0, mostTold).flatMap((accident, index) =>
    accident.effects.map((effect): Measure => {
      const { estimate, low, high } = effect.difference;
      const what = effect.outcome === 'value' ? `${valueName} a member` : 'share of members who buy';
      return {
        id: `${effect.outcome === 'value' ? 'accidentValue' : 'accidentActive'}.${index + 1}`,
        label: `${accident.label}, ${kindWords[accident.kind]}: ${what} over ${accident.days} days, the side that was contacted less the other`,
        value: estimate,
        unit: unitOf(effect),
        interval: {
          low,
          high,
          level: effect.level,
          method: 'difference of changes by side of the accident, whoever was reached; widened for the number of effects told',
        },
        n: accident.exposed + accident.spared,
      };
    }),
  );
  const count = (id: string, label: string, value: number): Measure => ({ id, label, value, unit: 'count', n: campaigns });
  return [
    count('accidents', 'Places where a test may have happened by accident', accidents.length),
    count('accidentsUsable', 'Accidental tests that can be used', usable.length),
    ...told,
  ];
}

/** One row a place that was looked into. Null where there is none. @param smallCell fewest members that a table may show. */
export function accidentsTable(accidents: readonly Accident[], valueName: string, smallCell: number): EvidenceTable | null {
  const shown = accidents.filter(({ exposed }) => exposed >= smallCell);
  if (shown.length === 0) return null;
  const cells = ({ effects }: Accident, outcome: AccidentEffect['outcome']): Cell[] => {
    const effect = effects.find((each) => each.outcome === outcome);
    return effect === undefined
      ? [null, null, null, null]
      : [effect.difference.estimate, effect.difference.low, effect.difference.high, effect.before.estimate];
  };
  const columns = (prefix: string, words: string, unit: 'moneyPerMember' | 'shareDifference'): EvidenceTable['columns'] => [
    { id: prefix, label: words, unit },
    { id: `${prefix}Low`, label: 'Interval from', unit },
    { id: `${prefix}High`, label: 'Interval to', unit },
    { id: `${prefix}Before`, label: 'The same one period earlier', unit },
  ];
  return {
    id: 'accidents',
    title: 'Tests that happened by accident',
    columns: [
      { id: 'campaign', label: 'Campaign', unit: 'text' },
      { id: 'what', label: 'What happened', unit: 'text' },
      { id: 'usable', label: 'Can it be used?', unit: 'text' },
      { id: 'exposed', label: 'Members on the side that was contacted', unit: 'count' },
      { id: 'spared', label: 'Members on the other side', unit: 'count' },
      { id: 'days', label: 'Days followed', unit: 'days' },
      { id: 'imbalance', label: 'Largest standardised difference before', unit: 'index' },
      { id: 'p', label: 'Probability of sides as unlike by chance', unit: 'probability' },
      { id: 'design', label: 'How it is compared', unit: 'text' },
      { id: 'grade', label: 'Evidence grade', unit: 'text' },
      ...columns('value', `Difference in ${valueName} a member`, 'moneyPerMember'),
      ...columns('active', 'Difference in the share who buy', 'shareDifference'),
    ],
    rows: shown.map((accident): Cell[] => [
      accident.label,
      `${kindWords[accident.kind]}${accident.isRound && accident.kind !== 'quota' ? ', and the audience is a round number' : ''}`,
      accident.why === null ? 'yes' : whyWords[accident.why],
      accident.exposed,
      accident.spared < smallCell ? null : accident.spared,
      accident.days,
      accident.largestImbalance,
      accident.p,
      accident.design === null ? 'not compared' : designWords[accident.design],
      accident.grade ?? 'none',
      ...cells(accident, 'value'),
      ...cells(accident, 'active'),
    ]),
    note:
      `The sides are compared as they fell, whoever of them was really reached. Usable: alike before (joint probability at least ${balanceP}, no difference above ${imbalanceLimits.fail} of a standard deviation that chance does not explain), ` +
      `and no difference one period earlier. Intervals allow for the number of effects in the table. A difference of more than ${imbalanceLimits.watch} that chance does not explain takes one grade off, and so does a side with fewer than ${fewestEvents} buyers.`,
  };
}

const hasUsable = (measures: Measures): boolean => (measures.get('accidentsUsable')?.value ?? 0) > 0;

/** What an accident is worth, after the consequence; empty without a usable one. */
export const standInSentence = (measures: Measures): string =>
  hasUsable(measures) ? ' What happened by accident stands in for a holdout in its own campaign alone, as far as chance chose the sides.' : '';

/** What to do about it, after the action. */
export const askSentence = (measures: Measures): string =>
  hasUsable(measures)
    ? ' Ask whoever ran the campaigns in the table of accidents whether chance chose the sides; the same done by lot would prove what it shows.'
    : '';

/** A sentence on the search, after the condition; empty where nothing was found. */
export function accidentSentences(measures: Measures): string {
  const [found, usable] = [measures.get('accidents')?.value ?? 0, measures.get('accidentsUsable')?.value ?? 0];
  if (found === 0) return '';
  const places = found === 1 ? '{accidents} place' : '{accidents} places';
  const search = ` A search for tests that happened by accident (a list that was cut off, a delivery that broke down, parts contacted weeks apart) found ${places}`;
  if (usable === 0) return `${search}, and none can be used.`;
  const told = ['accidentActive.1', 'accidentValue.1'].flatMap((id) => {
    const interval = measures.get(id)?.interval;
    if (interval === undefined) return [];
    const verdict = interval.low > 0 || interval.high < 0 ? 'the evidence indicates a difference' : 'no difference stands out from chance';
    return [`{${id}.label}: {${id}}, {${id}.interval}; ${verdict}.`];
  });
  return `${search}; {accidentsUsable} can be used, because the two sides were alike before. ${told.join(' ')}`;
}
