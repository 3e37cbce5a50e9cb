/** Tables and picture of `coincidental-attribution`. */
import { guardDays } from '../../derived/attribution.sql.js';
import type { LinesChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import { type CampaignWindows, type Coincidence, coincidenceOf, isSeasonTakenOut, ratioWithInterval, type sharesByWindow } from './coincidence-windows.js';
import { chartDays, chartLeadDays, type LagRow, type RuleRow, type SinceRow, sinceDays } from './coincidental-attribution.sql.js';

/** One row an earlier window. */
export function windowsTable(shares: ReturnType<typeof sharesByWindow>): EvidenceTable {
  return {
    id: 'windows',
    title: 'The same rule, put on earlier weeks',
    columns: [
      { id: 'weeks', label: 'Weeks before the nearest window', unit: 'count' },
      { id: 'campaigns', label: 'Campaigns that reach back as far', unit: 'count' },
      { id: 'plain', label: 'Buyers of the earlier window, of those credited', unit: 'share' },
      { id: 'share', label: 'The same with the season taken out', unit: 'share' },
    ],
    rows: shares.map(({ place, campaigns, plain, share }): Cell[] => [place - 1, campaigns, plain, share]),
    note: 'The season is taken out with members whom the campaign did not contact, where there are enough. Each window has the days of the week of the credited one.',
  };
}

/** One row a campaign, those left out with the reason. */
export function campaignsTable(
  windows: readonly CampaignWindows[],
  names: ReadonlyMap<number, string>,
  rules: readonly RuleRow[],
  reasonToLeaveOut: (rule: RuleRow) => string | null,
  { screenLevel, smallCell }: Policy,
): EvidenceTable {
  const isSeasonal = isSeasonTakenOut(windows);
  const rows = rules
    .filter(({ contacts }) => contacts >= smallCell)
    .map((rule): Cell[] => {
      const campaign = windows.find(({ tested }) => tested.campaignKey === rule.campaign_key);
      const name = names.get(rule.campaign_key) ?? null;
      if (campaign === undefined) return [name, rule.contacts, rule.window_days, rule.has_own_rule === 1, null, null, null, null, null, reasonToLeaveOut(rule)];
      const { credited, ...earlier } = coincidenceOf([campaign], 'buyers', null);
      const expectedOf = (sums: Pick<Coincidence, 'expected' | 'plain'>): number => (isSeasonal ? sums.expected : sums.plain);
      const expected = expectedOf(earlier);
      if (campaign.total.recipients < smallCell || credited < smallCell)
        return [name, rule.contacts, rule.window_days, rule.has_own_rule === 1, null, null, null, null, null, 'compared; too few buyers to show'];
      const share = ratioWithInterval([campaign], 'buyers', (sums) => expectedOf(sums) / sums.credited, screenLevel);
      return [
        name,
        rule.contacts,
        rule.window_days,
        rule.has_own_rule === 1,
        credited,
        expected,
        share?.value ?? null,
        share?.interval?.low ?? null,
        share?.interval?.high ?? null,
        'compared',
      ];
    });
  return {
    id: 'campaigns',
    title: 'Campaigns, what their rule credits, and what it credits in earlier weeks',
    columns: [
      { id: 'campaign', label: 'Campaign', unit: 'text' },
      { id: 'recipients', label: 'Members contacted', unit: 'count' },
      { id: 'window', label: 'Days in which a sale is credited', unit: 'days' },
      { id: 'isOwn', label: 'Rule on record', unit: 'text' },
      { id: 'credited', label: 'Buyers credited', unit: 'count' },
      { id: 'expected', label: 'Buyers in as many days of earlier weeks (mean)', unit: 'number' },
      { id: 'share', label: 'Share', unit: 'share' },
      { id: 'low', label: 'Low', unit: 'share' },
      { id: 'high', label: 'High', unit: 'share' },
      { id: 'state', label: 'Compared?', unit: 'text' },
    ],
    rows,
    note: `Compared are members who got the message on the campaign’s main day and had joined before the earliest window. Campaigns with fewer than ${smallCell} members are left out.`,
  };
}

interface Band {
  readonly label: string;
  readonly last: string;
  readonly recipients: number;
  readonly others: number;
}

/** Days since the last purchase on the day of the contact, of recipients and of members whom the campaign did not contact. */
export function sinceTable(lags: readonly LagRow[], since: readonly SinceRow[], wide: readonly CampaignWindows[], smallCell: number): EvidenceTable[] {
  const ends = [7, 14, 28, sinceDays];
  const recipients = wide.reduce((sum, { total }) => sum + total.recipients, 0);
  const cohort = since.find((row) => row.since === 0)?.members ?? 0;
  const bought = (isIn: (row: LagRow) => boolean, low: number, high: number): number =>
    lags.reduce((sum, row) => sum + (row.is_last === 1 && isIn(row) && -row.lag > low && -row.lag <= high ? row.purchases : 0), 0);
  const isTest = (row: LagRow): boolean => row.is_test === 1;
  const inCohort = (row: LagRow): boolean => row.in_cohort === 1;
  const bands = ends.map((end, index): Band => {
    const low = ends[index - 1] ?? 0;
    const all = since.reduce((sum, row) => sum + (row.since > low && row.since <= end ? row.members : 0), 0);
    return { label: `${low + 1} to ${end} days`, last: `${end} days`, recipients: bought(isTest, low, end), others: all - bought(inCohort, low, end) };
  });
  const cohortRecipients = wide.reduce((sum, { total }) => sum + total.cohortRecipients, 0);
  const sumOf = (part: 'recipients' | 'others'): number => bands.reduce((sum, band) => sum + band[part], 0);
  const others = cohort - cohortRecipients;
  if (recipients < smallCell || others < smallCell) return [];
  const longer = { label: `over ${sinceDays} days, or never`, last: 'longer', recipients: recipients - sumOf('recipients'), others: others - sumOf('others') };
  const shown = joinSmallCells(
    [...bands, longer],
    (band) => band.recipients >= smallCell && band.others >= smallCell,
    (left, right): Band => ({
      label: `${left.label.split(' to ')[0]} to ${right.last}`,
      last: right.last,
      recipients: left.recipients + right.recipients,
      others: left.others + right.others,
    }),
  );
  return [
    {
      id: 'since',
      title: 'Days since the last purchase, on the day of the contact',
      columns: [
        { id: 'since', label: 'Last purchase before', unit: 'text' },
        { id: 'recipients', label: 'Recipients', unit: 'count' },
        { id: 'recipientShare', label: 'Share of recipients', unit: 'share' },
        { id: 'others', label: 'Members not contacted', unit: 'count' },
        { id: 'otherShare', label: 'Share of those', unit: 'share' },
      ],
      rows: shown.map((band): Cell[] => [band.label, band.recipients, band.recipients / recipients, band.others, band.others / others]),
      note: `A member counts once a campaign. Campaigns with at least ${sinceDays} days of purchases before and ${chartDays} after; members not contacted are those in the scheme all the time.`,
    },
  ];
}

/** Buyers within 1, 2 … days of the contact, and of a day five weeks earlier: “stretch the window and attribution grows”. */
export function windowsChart(lags: readonly LagRow[], wide: readonly CampaignWindows[], level: number): LinesChart | null {
  const groups = [...new Set(wide.flatMap((campaign) => [...campaign.groups.keys()]))].sort((a, b) => a - b);
  const recipientsOf = (without: number | null): number =>
    wide.reduce((sum, { total, groups: own }) => sum + total.recipients - (without === null ? 0 : (own.get(without)?.recipients ?? 0)), 0);
  if (recipientsOf(null) === 0) return null;
  /** First purchases by day since the beginning, for each group. */
  const firsts = (fromLag: number): Map<number, Float64Array> => {
    const byGroup = new Map(groups.map((group) => [group, new Float64Array(chartDays)]));
    for (const row of lags) {
      const day = row.lag - fromLag;
      const ofGroup = byGroup.get(row.jackknife_group);
      if (row.is_test === 1 && row.is_first === 1 && day >= 0 && day < chartDays && ofGroup !== undefined) ofGroup[day] = (ofGroup[day] ?? 0) + row.purchases;
    }
    return byGroup;
  };
  const line = (label: string, emphasis: 'strong' | 'normal', fromLag: number): LinesChart['lines'][number] => {
    const byGroup = firsts(fromLag);
    const within = (day: number, without: number | null): number =>
      groups.reduce((sum, group) => sum + (group === without ? 0 : (byGroup.get(group) ?? new Float64Array()).slice(0, day).reduce((a, b) => a + b, 0)), 0) /
      recipientsOf(without);
    const points = Array.from({ length: chartDays }, (_, index) => {
      const y = within(index + 1, null);
      const interval = jackknifeAround(
        y,
        groups.map((group) => within(index + 1, group)),
        level,
      );
      return { x: index + 1, y, low: interval?.low ?? null, high: interval?.high ?? null };
    });
    return { label, emphasis, points };
  };
  return {
    id: 'windows',
    kind: 'lines',
    title: 'Stretch the window, and what is credited grows',
    description: `Share of recipients with a purchase within so many days of the contact, beside the share of the same members within as many days of a day ${chartLeadDays / 7} weeks earlier. The space between the lines is what needs an explanation.`,
    isStepped: false,
    xLabel: 'days in which a sale is credited',
    xUnit: 'days',
    xNames: null,
    yLabel: 'recipients with a purchase',
    yUnit: 'share',
    lines: [line('after the contact', 'strong', 0), line(`${chartLeadDays / 7} weeks earlier`, 'normal', -guardDays - chartDays)],
    counts: null,
    xReferences: [],
    yReferences: [],
  };
}
