/** Measures and evidence of after-sales data in campaigns, and of what follows a complaint. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { jackknifeRiskRatioAcross } from '../../statistics/mantel-haenszel.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { ComplaintOutcomeRow } from './after-sales-blind-spot.sql.js';
import type { CampaignTextRow } from './campaign-texts.sql.js';
import { count, totalOf, unknown } from './figures.js';
import { touchpoints, touchpointsIn } from './touchpoint-rules.js';

const fewestInOutcome = 30;
const outcomes = ['first week', 'second week', 'not yet'] as const;
const outcomeWords = { 'first week': 'Settled within 7 days', 'second week': 'Settled after 8 to 14 days', 'not yet': 'Not settled after 14 days' } as const;
const namesAfterSales = (text: string | null): boolean => touchpointsIn(text).some(({ touchpoint }) => touchpoint === 'after-sales');

function campaignShare(id: string, label: string, rows: readonly CampaignTextRow[], isNamed: (row: CampaignTextRow) => boolean, level: number): Measure {
  const n = rows.length;
  if (n === 0) return unknown(id, label, 'share', 0, 'No campaign says this of itself.');
  const named = rows.filter(isNamed).length;
  return { id, label, value: named / n, unit: 'share', n, interval: { ...wilson(named, n, level), level, method: 'Wilson score interval, campaigns' } };
}

/** Campaigns that say anything at all of their measure of success or their selection. */
export const spokenOf = (rows: readonly CampaignTextRow[]): CampaignTextRow[] =>
  rows.filter((row) => row.primary_kpi !== null || row.targeting_columns !== null);

/** Buying again after a complaint that took longer than a week, against one settled within it, among members who bought alike before. */
function againMeasures(rows: readonly ComplaintOutcomeRow[], hasDates: boolean, level: number): Measure[] {
  const early = rows.filter((row) => row.outcome === 'first week');
  const late = rows.filter((row) => row.outcome !== 'first week');
  const [id, label] = ['againRatio', 'Buying again after a complaint not settled within a week, against one that was, among members who bought alike before'];
  const n = totalOf(rows, (row) => row.members);
  if (!hasDates) return [unknown(id, label, 'ratio', n, 'When complaints were settled is not known.')];
  if ([early, late].some((side) => totalOf(side, (row) => row.members) < fewestInOutcome)) {
    return [unknown(id, label, 'ratio', n, `Each side needs at least ${fewestInOutcome} members whose first complaint can be followed for 104 days.`)];
  }
  const share = (shareId: string, shareLabel: string, own: readonly ComplaintOutcomeRow[]): Measure => {
    const members = totalOf(own, (row) => row.members);
    const bought = totalOf(own, (row) => row.bought);
    return {
      id: shareId,
      label: shareLabel,
      value: bought / members,
      unit: 'share',
      n: members,
      interval: { ...wilson(bought, members, level), level, method: 'Wilson score interval' },
    };
  };
  const parts = [...new Set(rows.map((row) => `${row.jackknife_group} ${row.purchases_before}`))].sort().map((key) => {
    const [cluster = 0, band = 0] = key.split(' ').map(Number);
    const own = (side: readonly ComplaintOutcomeRow[]) => side.filter((row) => row.jackknife_group === cluster && row.purchases_before === band);
    return {
      cluster,
      stratum: band,
      exposedEvents: totalOf(own(late), (row) => row.bought),
      exposed: totalOf(own(late), (row) => row.members),
      unexposedEvents: totalOf(own(early), (row) => row.bought),
      unexposed: totalOf(own(early), (row) => row.members),
    };
  });
  const ratio = jackknifeRiskRatioAcross(parts, level);
  return [
    share('againEarly', 'Members who bought again after a complaint settled within a week', early),
    share('againLate', 'Members who bought again after a complaint not settled within a week', late),
    ratio === null
      ? unknown(id, label, 'ratio', n, 'Hardly anybody bought again, or everybody did.')
      : {
          id,
          label,
          value: ratio.estimate,
          unit: 'ratio',
          n,
          interval: { low: ratio.low, high: ratio.high, level, method: 'Mantel–Haenszel by earlier purchases, jackknife over groups of members' },
        },
  ];
}

export function afterSalesMeasures(
  rows: readonly CampaignTextRow[],
  complaints: readonly ComplaintOutcomeRow[],
  hasDates: boolean,
  troubled: number,
  policy: Policy,
): Measure[] {
  const level = policy.screenLevel;
  const spoken = spokenOf(rows);
  const withKpi = rows.filter((row) => row.primary_kpi !== null);
  const withTargeting = rows.filter((row) => row.targeting_columns !== null);
  return [
    count('campaigns', 'Campaigns that name their measure of success or the data that selects', spoken.length, rows.length),
    count(
      'namedCampaigns',
      'Campaigns of these that name anything that happens after the sale',
      spoken.filter((row) => namesAfterSales(row.primary_kpi) || namesAfterSales(row.targeting_columns)).length,
      spoken.length,
    ),
    campaignShare(
      'afterSalesShare',
      'Campaigns that look at anything that happens after the sale',
      spoken,
      (row) => namesAfterSales(row.primary_kpi) || namesAfterSales(row.targeting_columns),
      level,
    ),
    campaignShare('kpiShare', 'Campaigns whose measure of success is an after-sales figure', withKpi, (row) => namesAfterSales(row.primary_kpi), level),
    campaignShare(
      'targetingShare',
      'Campaigns whose selection uses an after-sales figure',
      withTargeting,
      (row) => namesAfterSales(row.targeting_columns),
      level,
    ),
    count('troubledMembers', 'Members with a complaint, a return or a disputed payment in the window', troubled),
    ...againMeasures(complaints, hasDates, level),
  ];
}

export function afterSalesEvidence(rows: readonly CampaignTextRow[], complaints: readonly ComplaintOutcomeRow[], policy: Policy): EvidenceTable[] {
  const spoken = spokenOf(rows);
  const uses = (of: (row: CampaignTextRow) => string | null, touchpoint: string): number =>
    spoken.filter((row) => touchpointsIn(of(row)).some((named) => named.touchpoint === touchpoint)).length;
  const known = (row: CampaignTextRow): boolean => touchpointsIn(row.primary_kpi).length + touchpointsIn(row.targeting_columns).length > 0;
  const tables: EvidenceTable[] = [
    {
      id: 'by-kind-of-data',
      title: 'What campaigns look at',
      columns: [
        { id: 'kind', label: 'Kind of data', unit: 'text' },
        { id: 'kpi', label: 'Campaigns with it as measure of success', unit: 'count' },
        { id: 'targeting', label: 'Campaigns that select by it', unit: 'count' },
      ],
      rows: [
        ...touchpoints.map((touchpoint) => [touchpoint, uses((row) => row.primary_kpi, touchpoint), uses((row) => row.targeting_columns, touchpoint)]),
        [
          'no word that is known',
          spoken.filter((row) => row.primary_kpi !== null && touchpointsIn(row.primary_kpi).length === 0).length,
          spoken.filter((row) => row.targeting_columns !== null && touchpointsIn(row.targeting_columns).length === 0).length,
        ],
      ],
      note: 'A campaign can look at several kinds of data. Which words stand for which kind is listed on the page of this audit.',
    },
    {
      id: 'campaigns',
      title: 'How each campaign was read',
      columns: [
        { id: 'campaign', label: 'Campaign', unit: 'text' },
        { id: 'kpi', label: 'Measure of success', unit: 'text' },
        { id: 'targeting', label: 'Selected by', unit: 'text' },
        { id: 'read', label: 'Read as', unit: 'text' },
      ],
      rows: spoken.map((row) => {
        const named = [...touchpointsIn(row.primary_kpi), ...touchpointsIn(row.targeting_columns)];
        const words = [...new Set(named.map(({ touchpoint, phrase }) => `${touchpoint} (“${phrase}”)`))].join(', ');
        return [row.name, row.primary_kpi, row.targeting_columns, known(row) ? words : 'no known word'];
      }),
    },
  ];
  const cells = outcomes.map((outcome) => ({ label: outcomeWords[outcome] as string, rows: complaints.filter((row) => row.outcome === outcome) }));
  const mayShow = (people: number): boolean => people === 0 || people >= policy.smallCell;
  const shown = joinSmallCells(
    cells.filter((cell) => cell.rows.length > 0),
    (cell) => {
      const [all, bought] = [totalOf(cell.rows, (row) => row.members), totalOf(cell.rows, (row) => row.bought)];
      return all >= policy.smallCell && mayShow(bought) && mayShow(all - bought);
    },
    (left, right) => ({ label: `${left.label}, ${right.label.charAt(0).toLowerCase()}${right.label.slice(1)}`, rows: [...left.rows, ...right.rows] }),
  );
  if (shown.length === 0) return tables;
  return [
    ...tables,
    {
      id: 'after-complaints',
      title: 'Members by how soon their first complaint was settled, and whether they bought again',
      columns: [
        { id: 'outcome', label: 'Complaint', unit: 'text' },
        { id: 'members', label: 'Members', unit: 'count' },
        { id: 'before', label: 'Days with a purchase in the 180 days before, at most 3, on average', unit: 'number' },
        { id: 'bought', label: 'Bought again within 90 days', unit: 'count' },
        { id: 'share', label: 'Share', unit: 'share' },
        { id: 'low', label: 'From', unit: 'share' },
        { id: 'high', label: 'To', unit: 'share' },
      ],
      rows: shown.map(({ label, rows: own }) => {
        const [all, bought] = [totalOf(own, (row) => row.members), totalOf(own, (row) => row.bought)];
        const { low, high } = wilson(bought, all, policy.screenLevel);
        return [label, all, totalOf(own, (row) => row.members * row.purchases_before) / all, bought, bought / all, low, high];
      }),
      note: `Counted from the fifteenth day after the complaint. Groups in which fewer than ${policy.smallCell} members bought again, or did not, are joined to a neighbour.`,
    },
  ];
}

/** One bar a question, cut into campaigns that look at what happens after the sale and others. */
export function afterSalesChart(measures: readonly Measure[]): Chart {
  const bars = (['kpiShare', 'targetingShare'] as const).flatMap((id) => {
    const measure = measures.find((candidate) => candidate.id === id);
    if (measure === undefined || measure.value === null) return [];
    return [
      {
        label: id === 'kpiShare' ? 'Measure of success' : 'Selection of members',
        total: `${measure.n} campaigns`,
        segments: [
          { label: 'After the sale', share: measure.value },
          { label: 'Anything else', share: 1 - measure.value },
        ],
      },
    ];
  });
  return {
    kind: 'stack',
    id: 'after-sales',
    title: 'Campaigns that look at what happens after the sale',
    description:
      'Campaigns that name their measure of success, and campaigns that name the data by which they select, each cut by whether returns, complaints, service or satisfaction are among it; {afterSalesShare} in all.',
    bars,
  };
}
