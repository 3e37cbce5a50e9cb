/** The rows behind exhaustion, and the curve of the chance of a response after so many campaigns in silence. */
import type { LinesChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import { contactsUntilUneconomic, expectedAfterNone } from '../../statistics/beta-binomial.js';
import { joinSmallCells, tellableNested } from '../../statistics/small-cells.js';
import type { Found } from './exhausted-contacts-measures.js';
import { beyond, intervalOf, totals } from './exhausted-contacts-model.js';

/** How much of what is credited to responses might be missing without them. */
const incrementalShares = [1, 0.5, 0.25, 0.1] as const;
/** Break-even rates shown where the files give no prices. */
const exampleRates = [0.001, 0.005, 0.01, 0.02, 0.05] as const;

interface SilenceLine {
  readonly from: number;
  readonly to: number;
  readonly contacts: number;
  readonly responses: number;
  /** Responses that the model expects. */
  readonly expected: number;
  readonly cost: number | null;
}

/** Silence in single campaigns, joined where there are few; −1 stands apart. */
function silenceLines({ counted, exhaustion }: Found, smallCell: number): SilenceLine[] {
  const most = Math.max(0, ...counted.silence.map(({ silence }) => silence));
  const lines = Array.from({ length: most + 1 }, (_, silence): SilenceLine => {
    const rows = counted.silence.filter((row) => row.silence === silence);
    const contacts = rows.reduce((sum, row) => sum + row.contacts, 0);
    const cost = rows.some((row) => row.costed > 0) ? rows.reduce((sum, row) => sum + (row.cost ?? 0), 0) : null;
    const responses = rows.reduce((sum, row) => sum + row.responses, 0);
    return { from: silence, to: silence, contacts, responses, expected: contacts * expectedAfterNone(exhaustion.model, silence), cost };
  });
  const mayShow = ({ contacts, responses }: SilenceLine): boolean =>
    contacts >= smallCell && (responses === 0 || responses >= smallCell) && (contacts === responses || contacts - responses >= smallCell);
  return joinSmallCells(lines, mayShow, (a, b) => ({
    from: a.from,
    to: b.to,
    contacts: a.contacts + b.contacts,
    responses: a.responses + b.responses,
    expected: a.expected + b.expected,
    cost: a.cost === null && b.cost === null ? null : (a.cost ?? 0) + (b.cost ?? 0),
  }));
}

/** Contacts by the silence before them: recorded and expected response, and cost. */
export function silenceTable(found: Found, smallCell: number): EvidenceTable {
  return {
    id: 'silence',
    title: 'Campaigns received, by how many the member had received before without ever responding',
    columns: [
      { id: 'from', label: 'Campaigns in silence, from', unit: 'count' },
      { id: 'to', label: 'to', unit: 'count' },
      { id: 'contacts', label: 'Contacts', unit: 'count' },
      { id: 'responses', label: 'Responses', unit: 'count' },
      { id: 'rate', label: 'Response rate', unit: 'share' },
      { id: 'expected', label: 'Expected by the model', unit: 'share' },
      { id: 'cost', label: 'Cost', unit: 'money' },
    ],
    rows: silenceLines(found, smallCell).map(({ from, to, contacts, responses, expected, cost }): Cell[] => [
      from,
      to,
      contacts,
      responses,
      responses / contacts,
      expected / contacts,
      cost,
    ]),
    note: 'Contacts with members who had responded to an earlier campaign are not in this table. Lines with few contacts are joined to the next.',
  };
}

/** The point for several beliefs about what would have been bought anyway, or for several break-even rates where nothing is known. */
export function limitTable(found: Found, smallCell: number, withdrawalCost: number | null): EvidenceTable {
  const { counted, exhaustion } = found;
  const { prices, model } = exhaustion;
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const cases: [string, number][] =
    prices === null
      ? exampleRates.map((rate) => ['for comparison', rate])
      : [
          ...incrementalShares.map((share): [string, number] => [
            `${percent(share)} of what is counted for responses would be missing without them`,
            prices.breakEven / share,
          ]),
          ...(withdrawalCost === null
            ? []
            : [['all of it, and each withdrawal loses a year of average contact', (prices.cost + withdrawalCost) / prices.perResponse] as [string, number]]),
        ];
  const points = cases.map(([belief, rate]) => {
    const limit = Math.ceil(contactsUntilUneconomic(model, rate));
    return { belief, rate, limit, there: beyond(counted, limit) };
  });
  const lines = silenceLines(found, smallCell);
  const toldMembers = tellableNested(
    points.map(({ there }) => there.members),
    smallCell,
  );
  const toldContacts = tellableNested(
    points.map(({ there }) => there.contacts),
    smallCell,
    lines.map((_line, index) => lines.slice(index).reduce((sum, line) => sum + line.contacts, 0)),
  );
  return {
    id: 'break-even',
    title: 'After how many campaigns in silence the next one does not pay, by what is believed of responses',
    columns: [
      { id: 'belief', label: 'If', unit: 'text' },
      { id: 'breakEven', label: 'Response rate at which a contact pays', unit: 'share' },
      { id: 'limit', label: 'Campaigns in silence', unit: 'count' },
      { id: 'contactShare', label: 'Contacts beyond that point', unit: 'share' },
      { id: 'members', label: 'Members beyond it by now', unit: 'count' },
      { id: 'valueShare', label: 'What they hold of the value', unit: 'share' },
    ],
    rows: points.map(({ belief, rate, limit, there }, index): Cell[] => {
      // By responses alone nothing pays: then silence says nothing, and counting the silent would say that it did.
      if (limit === 0) return [belief, rate, limit, null, null, null];
      const value = totals.value(counted);
      const mayTell = toldMembers[index] ?? false;
      return [
        belief,
        rate,
        limit,
        toldContacts[index] ? there.contacts / totals.contacts(counted) : null,
        mayTell ? there.members : null,
        mayTell && value > 0 ? there.value / value : null,
      ];
    }),
    note: 'The fewer purchases would be missing without a response, the earlier the point. Nought campaigns: not even a first contact pays by responses alone. An empty cell stands for very few members, for members from whom a few could be worked out, or for nothing to count.',
  };
}

/** The expected response after so many campaigns in silence, with what was recorded, and the break-even. */
export function silenceChart(found: Found, smallCell: number, level: number): LinesChart {
  const lines = silenceLines(found, smallCell);
  const most = lines.at(-1)?.from ?? 0;
  const expected = Array.from({ length: most + 1 }, (_, silence) => {
    const y = expectedAfterNone(found.exhaustion.model, silence);
    const interval = intervalOf(y, found.replicates, level, (replicate) => expectedAfterNone(replicate.model, silence));
    return { x: silence, y, low: interval === null ? null : Math.max(0, interval.low), high: interval?.high ?? null };
  });
  const { prices } = found.exhaustion;
  return {
    kind: 'lines',
    id: 'silence-curve',
    title: 'Chance of a response to the next campaign, by campaigns in silence',
    description:
      'Falling: the longer the silence, the fewer respond to the next campaign, as expected by the model and as recorded. Underneath, how many contacts were sent at each length of silence.',
    isStepped: false,
    xLabel: 'Campaigns received without a response',
    xUnit: 'count',
    xNames: null,
    yLabel: 'Response to the next',
    yUnit: 'share',
    lines: [
      { label: 'expected', emphasis: 'strong', points: expected },
      {
        label: 'recorded',
        emphasis: 'normal',
        points: lines.map(({ from, to, contacts, responses }) => ({ x: (from + to) / 2, y: responses / contacts, low: null, high: null })),
      },
    ],
    counts: { label: 'Contacts', values: lines.map(({ from, to, contacts }) => ({ x: (from + to) / 2, n: contacts })) },
    xReferences: found.limit === null || found.limit === 0 || found.limit > most ? [] : [{ value: found.limit, label: 'no longer pays' }],
    yReferences: prices === null ? [] : [{ value: prices.breakEven, label: 'break-even' }],
  };
}
