/** Measures, evidence and the chart of briefings, one campaign a unit. Pure: campaign rows in, shares out. */
import { addMoney } from '../../model/money.js';
import type { StackChart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { medianWithInterval } from '../../statistics/median-interval.js';
import { ratioOf } from '../../statistics/resampling.js';
import { weightedShare } from '../../statistics/weighted-share.js';
import type { AuditContext } from '../audit.js';
import { shareOfCampaigns } from '../objectives/campaign-effort.js';
import type { LaunchRow } from './unbriefed-staff.sql.js';

export interface Rules {
  /** A briefing counts as before the launch when it came at least so many days before. */
  readonly leadDays: number;
  /** From this share of recorded dates on, a missing date counts as no briefing. */
  readonly knownMinimum: number;
}

const leadOf = ({ launch_day, briefed_day }: LaunchRow): number | null => (briefed_day === null ? null : launch_day - briefed_day);
const isInTime = (row: LaunchRow, { leadDays }: Rules): boolean => (leadOf(row) ?? Number.NEGATIVE_INFINITY) >= leadDays;
const isKnown = (row: LaunchRow): boolean => row.briefed_day !== null;

/** Whether briefings are recorded so nearly always that a missing date says that there was none. */
export const countsMissing = (rows: readonly LaunchRow[], { knownMinimum }: Rules): boolean => rows.filter(isKnown).length / rows.length >= knownMinimum;

/** Campaigns that went out before their staff were told, as far as the dates allow to say so. */
export function lateLaunches(rows: readonly LaunchRow[], rules: Rules): LaunchRow[] {
  const counts = countsMissing(rows, rules);
  return rows.filter((row) => (isKnown(row) ? !isInTime(row, rules) : counts));
}

export function briefingMeasures(rows: readonly LaunchRow[], rules: Rules, { policy }: AuditContext): Measure[] {
  const level = policy.screenLevel;
  const known = rows.filter(isKnown);
  const inTime = rows.filter((row) => isInTime(row, rules)).length;
  const missing = rows.length - known.length;
  const judged = countsMissing(rows, rules) ? rows.length : known.length;
  const late = lateLaunches(rows, rules);
  const count = (id: string, label: string, value: number): Measure => ({ id, label, value, unit: 'count', n: rows.length });
  const lead = medianWithInterval(
    known.flatMap((row) => leadOf(row) ?? []),
    level,
  );
  const saying = rows.filter(({ mentions_programme }) => mentions_programme !== null);
  return [
    count('campaigns', 'Campaigns launched in the window', rows.length),
    count('judgedCampaigns', 'Campaigns that the share is formed over', judged),
    count('missingDates', 'Campaigns without a date of briefing', missing),
    { id: 'knownShare', label: 'Share of campaigns with a date of briefing', value: known.length / rows.length, unit: 'share', n: rows.length },
    shareOfCampaigns(
      'briefedShare',
      'Share of campaigns whose staff were briefed before the launch',
      inTime,
      judged,
      level,
      'No campaign has a date of briefing.',
    ),
    shareOfCampaigns('briefedAtMost', 'The same share if every missing date stood for a briefing in time', inTime + missing, rows.length, level, ''),
    count('lateCampaigns', 'Campaigns launched before their staff were briefed', late.length),
    {
      id: 'leadDays',
      label: 'Median days from briefing to launch, negative after the launch',
      value: lead?.median ?? null,
      unit: 'days',
      n: known.length,
      ...(lead?.interval == null ? {} : { interval: { ...lead.interval, level, method: 'order statistics, by the sign test' } }),
      ...(lead === null ? { why: 'No campaign has a date of briefing.' } : {}),
    },
    shareOfCampaigns(
      'mentionsShare',
      'Share of campaigns that mention the scheme, where the list says',
      saying.filter(({ mentions_programme }) => mentions_programme === true).length,
      saying.length,
      level,
      'The campaign list does not say which campaigns mention the scheme.',
    ),
    nonSelling(rows, level),
  ];
}

/** Messages of service campaigns among messages whose campaign has an objective that can be read. */
function nonSelling(rows: readonly LaunchRow[], level: number): Measure {
  const parts = rows.flatMap(({ objective, messages }) =>
    objective === null ? [] : [{ numerator: objective === 'service' ? messages : 0, denominator: messages }],
  );
  const value = ratioOf(parts);
  const interval = weightedShare(parts, level);
  return {
    id: 'nonSellingShare',
    label: 'Share of marketing messages that belong to service campaigns, which sell nothing',
    value,
    unit: 'share',
    n: parts.length,
    ...(interval === null ? {} : { interval: { ...interval, level, method: 'Wilson score interval on the effective number of campaigns' } }),
    ...(value === null ? { why: 'No message belongs to a campaign whose objective can be read.' } : {}),
  };
}

/** Lead times from the best to none. */
const bands: readonly { readonly label: string; readonly holds: (lead: number | null) => boolean }[] = [
  { label: '14 days or more before', holds: (lead) => lead !== null && lead >= 14 },
  { label: '7 to 13 days before', holds: (lead) => lead !== null && lead >= 7 && lead < 14 },
  { label: '1 to 6 days before', holds: (lead) => lead !== null && lead >= 1 && lead < 7 },
  { label: 'on the day of the launch', holds: (lead) => lead === 0 },
  { label: 'after the launch', holds: (lead) => lead !== null && lead < 0 },
  { label: 'no date of briefing', holds: (lead) => lead === null },
];

export function briefingEvidence(rows: readonly LaunchRow[], rules: Rules): EvidenceTable[] {
  const late = new Set(lateLaunches(rows, rules));
  const countedAs = (row: LaunchRow): string => (isInTime(row, rules) ? 'briefed in time' : late.has(row) ? 'not briefed in time' : 'left out');
  return [
    {
      id: 'lead-times',
      title: 'When staff were briefed, counted from the launch',
      columns: [
        { id: 'lead', label: 'Briefing', unit: 'text' },
        { id: 'campaigns', label: 'Campaigns', unit: 'count' },
        { id: 'share', label: 'Share of campaigns', unit: 'share' },
        { id: 'cost', label: 'Their cost', unit: 'money' },
      ],
      rows: bands.map(({ label, holds }) => {
        const own = rows.filter((row) => holds(leadOf(row)));
        return [label, own.length, own.length / rows.length, own.some(({ cost }) => cost !== null) ? addMoney(own.map(({ cost }) => cost ?? 0)) : null];
      }),
      note: 'Cost as far as the campaign list has it.',
    },
    {
      id: 'campaigns',
      title: 'Each campaign and its briefing',
      columns: [
        { id: 'campaign', label: 'Campaign', unit: 'text' },
        { id: 'name', label: 'Name', unit: 'text' },
        { id: 'launch', label: 'Launch', unit: 'date' },
        { id: 'briefed', label: 'Staff briefed', unit: 'date' },
        { id: 'lead', label: 'Days before the launch', unit: 'days' },
        { id: 'countedAs', label: 'Counted as', unit: 'text' },
      ],
      rows: rows.map((row) => [row.campaign_id, row.name, row.launch_day, row.briefed_day, leadOf(row), countedAs(row)]),
    },
  ];
}

export function briefingChart(rows: readonly LaunchRow[]): StackChart {
  return {
    kind: 'stack',
    id: 'lead-times',
    title: 'When staff were briefed, counted from the launch',
    description: 'One bar for {campaigns} campaigns, cut by how long before the launch the staff were briefed. Without a date of briefing: {missingDates}.',
    bars: [
      {
        label: 'Campaigns',
        segments: bands
          .map(({ label, holds }) => ({ label, share: rows.filter((row) => holds(leadOf(row))).length / rows.length }))
          .filter(({ share }) => share > 0),
      },
    ],
  };
}
