/** Measures, evidence and the chart of sales messages that reach members after something went wrong. */
import type { Chart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import type { AuditContext, Policy } from '../audit.js';
import { count, moneyOf, partsBy, shareOfCount, shareOfMoney, totalOf, unknown } from './figures.js';
import type { ComplainerRow, ToneDeafRow, WeekRow } from './tone-deaf-contact.sql.js';

const groups = 'groups of members';
/** Fewer complaints with a look at the weeks before give no comparison. */
const fewestCompared = 30;
const group = (row: { readonly jackknife_group: number }): number => row.jackknife_group;

export function toneDeafMeasures(rows: readonly ToneDeafRow[], days: number, policy: Policy): Measure[] {
  const level = policy.screenLevel;
  const complaints = rows.filter((row) => row.kind === 'complaint');
  const compared = totalOf(complaints, (row) => row.compared);
  const change = jackknifeRatio(
    partsBy(
      complaints,
      group,
      (row) => row.compared_after - row.compared_before,
      (row) => row.compared,
    ),
    level,
  );
  const changeLabel = 'Complaints with a sales message: the days after against the fortnight that ended 15 days before';
  const comparison: Measure[] =
    compared < fewestCompared || days !== 14
      ? [
          unknown(
            'changeOnBefore',
            changeLabel,
            'shareDifference',
            compared,
            'The files hold too few complaints with the weeks before them, or the days after are not a fortnight.',
          ),
        ]
      : [
          shareOfCount(
            'afterShare',
            'Complaints followed by a sales message, settled or not',
            partsBy(
              complaints,
              group,
              (row) => row.compared_after,
              (row) => row.compared,
            ),
            level,
            groups,
          ),
          shareOfCount(
            'beforeShare',
            'The same complaints: a sales message 15 to 28 days before',
            partsBy(
              complaints,
              group,
              (row) => row.compared_before,
              (row) => row.compared,
            ),
            level,
            groups,
          ),
          {
            id: 'changeOnBefore',
            label: changeLabel,
            value: totalOf(complaints, (row) => row.compared_after - row.compared_before) / compared,
            unit: 'shareDifference',
            n: compared,
            ...(change === null || change.standardError === 0
              ? {}
              : { interval: { low: change.low, high: change.high, level, method: `jackknife over ${groups}` } }),
          },
        ];
  const others = (['return', 'dispute'] as const).flatMap((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    const label = kind === 'return' ? 'Returns followed by a sales message' : 'Disputes of a payment followed by a sales message';
    // A share of a handful says what happened to each of them; the table joins such kinds to a neighbour.
    if (own.length > 0 && totalOf(own, (row) => row.members) < policy.smallCell)
      return [
        unknown(
          `${kind}Share`,
          label,
          'share',
          totalOf(own, (row) => row.events),
          `Fewer than ${policy.smallCell} members: the share is not shown.`,
        ),
      ];
    return own.length === 0
      ? []
      : [
          shareOfCount(
            `${kind}Share`,
            label,
            partsBy(
              own,
              group,
              (row) => row.has_after,
              (row) => row.events,
            ),
            level,
            groups,
          ),
        ];
  });
  return [
    { id: 'toneDeafDays', label: 'Days after the event that are looked at', value: days, unit: 'days', n: totalOf(rows, (row) => row.events) },
    count(
      'complaints',
      'Complaints that can be followed for that long',
      totalOf(complaints, (row) => row.events),
    ),
    count(
      'openComplaints',
      'Complaints of these that were not settled by the next day',
      totalOf(complaints, (row) => row.open),
    ),
    count(
      'toneDeafComplaints',
      'Open complaints during which a sales message was sent',
      totalOf(complaints, (row) => row.has_while_open),
      totalOf(complaints, (row) => row.open),
    ),
    shareOfCount(
      'toneDeafShare',
      'Open complaints during which a sales message was sent',
      partsBy(
        complaints,
        group,
        (row) => row.has_while_open,
        (row) => row.open,
      ),
      level,
      groups,
    ),
    ...comparison,
    ...others,
  ];
}

/** What the members concerned are worth; null where few are concerned or nothing says what members are worth. */
export function complainersMoney(rows: readonly ComplainerRow[], words: string | null, policy: Policy): Money | undefined {
  const members = totalOf(rows, (row) => row.members);
  const total = moneyOf(rows, (row) => row.total);
  const value = moneyOf(rows, (row) => row.value);
  if (words === null || members < policy.smallCell || !(total > 0) || !(value > 0)) return undefined;
  const share = shareOfMoney(
    '',
    '',
    partsBy(
      rows,
      group,
      (row) => row.value ?? 0,
      (row) => row.total ?? 0,
    ),
    members,
    policy.screenLevel,
    groups,
  );
  const range = share.interval === undefined ? {} : { low: share.interval.low * total, high: Math.max(value, share.interval.high * total) };
  return {
    value,
    ...range,
    meaning: `${words} in the window of members who were sent a sales message while their complaint was open: what they buy, not what is lost`,
  };
}

const kindWords = { complaint: 'Complaint', return: 'Return', dispute: 'Dispute of a payment' } as const;

export function toneDeafEvidence(rows: readonly ToneDeafRow[], { policy }: AuditContext): EvidenceTable[] {
  const cells = (['complaint', 'return', 'dispute'] as const)
    .map((kind): { readonly label: string; readonly rows: ToneDeafRow[] } => ({ label: kindWords[kind], rows: rows.filter((row) => row.kind === kind) }))
    .filter((cell) => cell.rows.length > 0);
  const mayShow = (members: number): boolean => members === 0 || members >= policy.smallCell;
  const shown = joinSmallCells(
    cells,
    (cell) => totalOf(cell.rows, (row) => row.members) >= policy.smallCell && mayShow(totalOf(cell.rows, (row) => row.members_after)),
    (left, right) => ({ label: `${left.label}, ${right.label}`, rows: [...left.rows, ...right.rows] }),
  );
  return [
    {
      id: 'by-event',
      title: 'Events, and how many were followed by a sales message',
      columns: [
        { id: 'event', label: 'Event', unit: 'text' },
        { id: 'events', label: 'Events', unit: 'count' },
        { id: 'followed', label: 'Followed by a sales message', unit: 'count' },
        { id: 'share', label: 'Share', unit: 'share' },
        { id: 'low', label: 'From', unit: 'share' },
        { id: 'high', label: 'To', unit: 'share' },
        { id: 'perThousand', label: 'A thousand events', unit: 'number' },
        { id: 'open', label: 'Not settled by the next day', unit: 'count' },
        { id: 'whileOpen', label: 'Sales message while open', unit: 'count' },
      ],
      rows: shown.map(({ label, rows: own }): Cell[] => {
        const share = shareOfCount(
          '',
          '',
          partsBy(
            own,
            group,
            (row) => row.has_after,
            (row) => row.events,
          ),
          policy.screenLevel,
          groups,
        );
        const { low = null, high = null } = share.interval ?? {};
        const isComplaint = own.every((row) => row.kind === 'complaint');
        const whileOpen = totalOf(own, (row) => row.has_while_open);
        return [
          label,
          totalOf(own, (row) => row.events),
          totalOf(own, (row) => row.has_after),
          share.value,
          low,
          high,
          share.value === null ? null : share.value * 1000,
          isComplaint ? totalOf(own, (row) => row.open) : null,
          isComplaint && (whileOpen === 0 || whileOpen >= policy.smallCell) ? whileOpen : null,
        ];
      }),
      note: `From and to are the ${policy.screenLevel * 100} % interval. Several events of one kind and day of one member count once. Kinds that fewer than ${policy.smallCell} members stand behind are joined to a neighbour or left out.`,
    },
  ];
}

const weekNames = ['22–28 days before', '15–21 before', '8–14 before', '1–7 before', '1–7 days after', '8–14 after', '15–21 after', '22–28 after'];

/** Share of complaints with a sales message in each week around them; weeks that would speak of a handful of members are left out. */
export function weeksChart(weeks: readonly WeekRow[], { policy }: AuditContext): Chart[] {
  const complaints = weeks.find((row) => row.week === 99)?.messaged ?? 0;
  if (complaints < fewestCompared) return [];
  const points = weekNames.flatMap((_, x) => {
    const messaged = weeks.find((row) => row.week === x - 4)?.messaged ?? 0;
    if (messaged > 0 && messaged < policy.smallCell) return [];
    return [{ x, y: messaged / complaints, ...wilson(messaged, complaints, policy.screenLevel) }];
  });
  return [
    {
      kind: 'lines',
      id: 'weeks',
      title: 'Sales messages in the weeks around a complaint',
      description:
        'Of the same complaints, the share whose member was sent a sales message in each of the four weeks before and after. Where somebody takes heed, the line falls after the complaint.',
      isStepped: false,
      xLabel: 'Week around the complaint',
      xUnit: 'text',
      xNames: weekNames,
      yLabel: 'Complaints with a sales message',
      yUnit: 'share',
      lines: [{ label: 'Complaints with a sales message', emphasis: 'strong', points }],
      counts: null,
      xReferences: [{ value: 3.5, label: 'complaint' }],
      yReferences: [],
    },
  ];
}
