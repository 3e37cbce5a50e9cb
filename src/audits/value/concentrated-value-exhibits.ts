/** Tables and the chart of how value is spread, and whether the forecast holds. */
import type { CustomerValue } from '../../derived/customer-value.js';
import type { Chart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { ValidationRow } from '../../statistics/clv/validation.js';
import { joinSmallCells, tellableParts } from '../../statistics/small-cells.js';
import type { AttentionRow } from './concentrated-value.sql.js';
import { amountIn, membersIn, type ValueSeen } from './concentrated-value-measures.js';

const labels = ['Top fifth', 'Second fifth', 'Third fifth', 'Fourth fifth', 'Lowest fifth'];

export function valueEvidence(seen: ValueSeen, smallCell: number): EvidenceTable[] {
  const { future } = seen;
  return [fifthsTable(seen, smallCell), ...('why' in future ? [] : [validationTable(future, smallCell)])];
}

interface Band {
  readonly label: string;
  readonly rows: readonly AttentionRow[];
}

/** Fifths of buyers; where equal values make a fifth empty or small it stands with its neighbour. */
function bandsOf(attention: readonly AttentionRow[], smallCell: number): Band[] {
  const bands = labels.map((label, fifth) => ({ label, rows: attention.filter((row) => row.fifth === fifth) })).filter(({ rows }) => rows.length > 0);
  return joinSmallCells<Band>(
    bands,
    ({ rows }) => membersIn(rows) >= smallCell,
    (left, right) => ({ label: `${left.label}, ${right.label}`, rows: [...left.rows, ...right.rows] }),
  );
}

function fifthsTable({ words, attention, hasContacts, hasDiscounts }: ValueSeen, smallCell: number): EvidenceTable {
  const total = {
    value: amountIn(attention, (row) => row.value),
    contacts: amountIn(attention, (row) => row.contacts),
    discounts: amountIn(attention, (row) => row.discounts),
  };
  const bands = bandsOf(attention, smallCell);
  const toldContacts = tellableParts(
    bands.map(({ rows }) => amountIn(rows, (row) => row.contacts)),
    smallCell,
  );
  const part = (own: number, all: number): number | null => (all > 0 ? own / all : null);
  return {
    id: 'fifths',
    title: `Members who bought, by fifths of their ${words}`,
    columns: [
      { id: 'fifth', label: 'Fifth', unit: 'text' },
      { id: 'members', label: 'Members', unit: 'count' },
      { id: 'value', label: `Their ${words}`, unit: 'money' },
      { id: 'value-share', label: `Share of ${words}`, unit: 'share' },
      ...(hasContacts
        ? [
            { id: 'contacts', label: 'Marketing contacts', unit: 'count' as const },
            { id: 'contact-share', label: 'Share of contacts', unit: 'share' as const },
            { id: 'contacts-per-member', label: 'On average', unit: 'contactsPerMember' as const },
          ]
        : []),
      ...(hasDiscounts ? [{ id: 'discount-share', label: 'Share of discounts', unit: 'share' as const }] : []),
    ],
    rows: bands.map(({ label, rows }, index) => {
      const members = membersIn(rows);
      const [value, contacts, discounts] = [amountIn(rows, (row) => row.value), amountIn(rows, (row) => row.contacts), amountIn(rows, (row) => row.discounts)];
      return [
        label,
        members,
        value,
        part(value, total.value),
        ...(hasContacts ? (toldContacts[index] ? [contacts, part(contacts, total.contacts), contacts / members] : [null, null, null]) : []),
        ...(hasDiscounts ? [part(discounts, total.discounts)] : []),
      ];
    }),
    note: 'All members who bought, also those who cannot be contacted. Members with equal value stand in one fifth, so a fifth may hold more or fewer than a fifth of them.',
  };
}

const classOf = ({ from, to }: Pick<ValidationRow, 'from' | 'to'>): string =>
  from === to ? String(from) : Number.isFinite(to) ? `${from} to ${to}` : `${from} or more`;

/** Conditional expectations by frequency: what was forecast for the days held back, and what came. */
function validationTable({ validation }: CustomerValue, smallCell: number): EvidenceTable {
  const rows = joinSmallCells<ValidationRow>(
    validation.byFrequency,
    ({ customers }) => customers >= smallCell,
    (left, right) => ({
      from: left.from,
      to: right.to,
      customers: left.customers + right.customers,
      bought: left.bought + right.bought,
      forecast: {
        model: left.forecast.model + right.forecast.model,
        samePeriod: left.forecast.samePeriod + right.forecast.samePeriod,
        hiatus: left.forecast.hiatus + right.forecast.hiatus,
      },
    }),
  );
  return {
    id: 'forecast-test',
    title: 'Forecast against what came, on days held back',
    columns: [
      { id: 'repeats', label: 'Repeat purchases before', unit: 'text' },
      { id: 'customers', label: 'Customers', unit: 'count' },
      { id: 'bought', label: 'Purchases that came, each', unit: 'number' },
      { id: 'model', label: 'Model', unit: 'number' },
      { id: 'same', label: 'As many as before', unit: 'number' },
      { id: 'hiatus', label: 'None after a long silence', unit: 'number' },
    ],
    rows: rows.map((row): Cell[] => [
      classOf(row),
      row.customers,
      row.bought / row.customers,
      row.forecast.model / row.customers,
      row.forecast.samePeriod / row.customers,
      row.forecast.hiatus / row.customers,
    ]),
    note: 'A sample of customers by a hash of their identifier. Purchases are days with a purchase; the model knows only what came before the days held back.',
  };
}

/** Bars cut at the top fifth: members, their value, what they get, and what is expected of them. */
export function valueChart({ words, attention, hasContacts, hasDiscounts, future }: ValueSeen): Chart {
  const top = attention.filter(({ fifth }) => fifth === 0);
  const bar = (label: string, share: number): { label: string; segments: { label: string; share: number }[] } => ({
    label,
    segments: [
      { label: 'Top fifth', share },
      { label: 'All others', share: 1 - share },
    ],
  });
  const shareOf = (of: (row: AttentionRow) => number): number => amountIn(top, of) / amountIn(attention, of);
  const expected = 'why' in future ? null : future.expected;
  const bars = [
    bar(
      'Members who bought',
      shareOf(({ members }) => members),
    ),
    bar(
      `Their ${words}`,
      Math.min(
        1,
        shareOf(({ value }) => value),
      ),
    ),
    ...(hasContacts && amountIn(attention, ({ contacts }) => contacts) > 0
      ? [
          bar(
            'Marketing contacts',
            shareOf(({ contacts }) => contacts),
          ),
        ]
      : []),
    ...(hasDiscounts && amountIn(attention, ({ discounts }) => discounts) > 0
      ? [
          bar(
            'Discounts',
            shareOf(({ discounts }) => discounts),
          ),
        ]
      : []),
    ...(expected === null ? [] : [bar('Expected next year', expected.topShare)]),
  ];
  return {
    kind: 'stack',
    id: 'fifth-and-others',
    title: 'The top fifth of buyers, and all others',
    description: 'Bars of one hundred per cent, each cut at the fifth of members who bought with most value; {topShare} of the value is theirs.',
    bars,
  };
}
