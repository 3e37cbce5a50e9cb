/** What `impossible-credit` measures: what campaigns claim together, against what their customers bought at all. */

import { defaultWindowDays } from '../../derived/attribution.sql.js';
import { plainLabel } from '../../derived/experiments.js';
import { addMoney } from '../../model/money.js';
import type { Chart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { jackknifeRatio, type Part } from '../../statistics/resampling.js';
import { isFew, joinSmallCells } from '../../statistics/small-cells.js';
import type { AuditContext, Measurement } from '../audit.js';
import { type ClaimingCampaignRow, type ClaimRow, claimingCampaignsSql, claimsSql, mostClaims } from './impossible-credit.sql.js';

/** Fewer purchases say nothing about double counting (house rule). */
const fewestOrders = 100;

export async function measureCredit(context: AuditContext): Promise<Measurement> {
  const { engine, derived, policy, window } = context;
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const tables = {
    rules: await derived.attributionRules(),
    credited: await derived.creditedPurchases(),
    purchaseDays: await derived.purchaseDays(),
    contactFacts: await derived.contactFacts(),
  };
  const all = await engine.rows(claimingCampaignsSql(tables));
  if (all.length === 0)
    return { ...blank, notApplicable: 'No contact has a date, and no campaign a first day, so no sale can be counted as following a message.' };
  const hasRules = all.some(({ has_own_rule }) => has_own_rule === 1);
  const campaigns = hasRules ? all.filter(({ has_own_rule }) => has_own_rule === 1) : all;
  const rows = await engine.rows(claimsSql(tables, window, hasRules));
  const orders = rows.reduce((sum, row) => sum + row.orders, 0);
  if (orders < fewestOrders) return { ...blank, notEnough: `Fewer than ${fewestOrders} purchases of members fall into the time of the campaigns.` };
  const reporting = all.filter(({ reported_revenue }) => reported_revenue !== null);
  const measures = [
    ...creditMeasures(rows, policy.screenLevel),
    ...reportMeasures(rows, reporting, policy.screenLevel),
    ...ruleMeasures(campaigns, all, hasRules),
  ];
  const twice = addMoney(rows.map((row) => row.claimed_net - (row.claims > 0 ? row.net : 0)));
  return {
    measures,
    evidence: [claimsTable(rows, policy.smallCell), campaignsTable(all, policy.smallCell)],
    charts: [claimsChart(rows, policy.smallCell)],
    evidenceGrade: 'E4',
    caveats: [
      'Purchases of members are counted; what unknown customers bought cannot be told apart by campaign and is not in the sum.',
      'A member’s first message of a campaign opens the window; a rule that starts it again with every message credits more.',
      ...(hasRules
        ? []
        : [`No campaign has a rule of attribution on record; a window of ${defaultWindowDays} days, a common default of mail platforms, stands in for it.`]),
    ],
    ...(twice > 0 ? { money: { value: twice, meaning: 'sales that are credited a second time or more' } } : {}),
  };
}

function partsOf(rows: readonly ClaimRow[], numerator: (row: ClaimRow) => number, denominator: (row: ClaimRow) => number): Part[] {
  const groups = new Map<number, { numerator: number; denominator: number }>();
  for (const row of rows) {
    const part = groups.get(row.jackknife_group) ?? { numerator: 0, denominator: 0 };
    part.numerator += numerator(row);
    part.denominator += denominator(row);
    groups.set(row.jackknife_group, part);
  }
  return [...groups.values()].filter((part) => part.denominator !== 0);
}

function ratioMeasure(base: Pick<Measure, 'id' | 'label' | 'unit' | 'n'>, parts: readonly Part[], level: number): Measure {
  const total = parts.reduce((sum, part) => sum + part.denominator, 0);
  if (total === 0) return { ...base, value: null, why: 'Nothing was bought that it could be compared with.' };
  const value = parts.reduce((sum, part) => sum + part.numerator, 0) / total;
  const found = jackknifeRatio(parts, level);
  const interval = found === null ? {} : { interval: { low: Math.max(0, found.low), high: found.high, level, method: 'jackknife over 50 groups of members' } };
  return { ...base, value, ...interval };
}

const sumOf = (rows: readonly ClaimRow[], figure: (row: ClaimRow) => number): number => rows.reduce((sum, row) => sum + figure(row), 0);
const isClaimed = ({ claims }: ClaimRow): number => Number(claims > 0);

function creditMeasures(rows: readonly ClaimRow[], level: number): Measure[] {
  const n = sumOf(rows, (row) => row.orders);
  const claimed = sumOf(rows, (row) => isClaimed(row) * row.orders);
  const once = partsOf(
    rows,
    (row) => row.claimed_net,
    (row) => isClaimed(row) * row.net,
  );
  return [
    ratioMeasure(
      { id: 'creditRatio', label: 'sales credited, against all that the credited customers bought in the time looked at', unit: 'share', n },
      partsOf(
        rows,
        (row) => row.claimed_net,
        (row) => row.customers_net,
      ),
      level,
    ),
    ratioMeasure({ id: 'countedTimes', label: 'times that a credited sale is credited, on average', unit: 'ratio', n: claimed }, once, level),
    ratioMeasure(
      { id: 'sharedOrders', label: 'credited purchases that two campaigns or more claim', unit: 'share', n: claimed },
      partsOf(
        rows,
        (row) => (row.claims > 1 ? row.orders : 0),
        (row) => isClaimed(row) * row.orders,
      ),
      level,
    ),
    ratioMeasure(
      { id: 'saturation', label: 'purchases of members that at least one campaign claims', unit: 'share', n },
      partsOf(
        rows,
        (row) => isClaimed(row) * row.orders,
        (row) => row.orders,
      ),
      level,
    ),
    { id: 'creditedSales', label: 'sales credited, added up over campaigns', value: sumOf(rows, (row) => row.claimed_net), unit: 'money', n },
    {
      id: 'customerSales',
      label: 'what the credited customers bought in the time looked at',
      value: sumOf(rows, (row) => row.customers_net),
      unit: 'money',
      n,
    },
    { id: 'creditedOnce', label: 'sales credited, each counted once', value: sumOf(rows, (row) => isClaimed(row) * row.net), unit: 'money', n: claimed },
    { id: 'memberSales', label: 'sales of members in the same time', value: sumOf(rows, (row) => row.net), unit: 'money', n },
  ];
}

/** What campaigns report, against all that contacted members bought in the time looked at: more than the credited ones could. */
function reportMeasures(rows: readonly ClaimRow[], reporting: readonly ClaimingCampaignRow[], level: number): Measure[] {
  const n = reporting.length;
  const base = {
    id: 'reportedRatio',
    label: 'revenue reported, against all that contacted members bought in the time looked at',
    unit: 'share' as const,
    n,
  };
  const reported = addMoney(reporting.map(({ reported_revenue }) => reported_revenue ?? 0));
  const bought = sumOf(rows, (row) => row.contacted_net);
  const counted: Measure = { id: 'reporting', label: 'campaigns that report a revenue', value: n, unit: 'count', n };
  if (n === 0 || bought === 0) return [{ ...base, value: null, why: 'No campaign reports a revenue, or contacted members bought nothing.' }, counted];
  const found = jackknifeRatio(
    partsOf(
      rows,
      (row) => row.contacted_net,
      () => 1,
    ),
    level,
  );
  const groups = new Set(rows.map((row) => row.jackknife_group)).size;
  // What is reported is a fixed sum; only what was bought varies with the members.
  const interval =
    found === null || !(found.low > 0)
      ? {}
      : { interval: { low: reported / (groups * found.high), high: reported / (groups * found.low), level, method: 'jackknife over 50 groups of members' } };
  const over = reporting.filter((row) => row.has_own_rule === 1 && (row.reported_revenue ?? 0) > row.net);
  return [
    { ...base, value: reported / bought, ...interval },
    counted,
    { id: 'reportedRevenue', label: 'revenue reported, added up over campaigns', value: reported, unit: 'money', n },
    { id: 'contactedSales', label: 'what contacted members bought in the time looked at', value: bought, unit: 'money', n },
    { id: 'overReporting', label: 'campaigns that report more than their recipients bought within their window', value: over.length, unit: 'count', n },
  ];
}

function ruleMeasures(campaigns: readonly ClaimingCampaignRow[], all: readonly ClaimingCampaignRow[], hasRules: boolean): Measure[] {
  return [
    { id: 'claiming', label: 'campaigns whose claims are added up', value: campaigns.length, unit: 'count', n: all.length },
    { id: 'ruled', label: 'campaigns with a rule on record', value: hasRules ? campaigns.length : 0, unit: 'count', n: all.length },
    { id: 'defaultDays', label: 'days where no rule is on record', value: defaultWindowDays, unit: 'days', n: all.length },
  ];
}

const claimLabels = ['no campaign', 'one campaign', 'two campaigns', 'three campaigns', 'four campaigns or more'];
const claimsOf = (rows: readonly ClaimRow[]): { label: string; orders: number; net: number }[] =>
  claimLabels.slice(0, mostClaims + 1).map((label, claims) => {
    const own = rows.filter((row) => row.claims === claims);
    return { label, orders: sumOf(own, (row) => row.orders), net: addMoney(own.map((row) => row.net)) };
  });

/** Claims by many campaigns are rare: such lines stand with the one of fewer campaigns. */
const publishedClaims = (rows: readonly ClaimRow[], smallCell: number): { label: string; orders: number; net: number }[] =>
  joinSmallCells(
    claimsOf(rows).reverse(),
    ({ orders }) => !isFew(orders, smallCell),
    (more, fewer) => ({ label: `${fewer.label}, ${more.label}`, orders: more.orders + fewer.orders, net: addMoney([more.net, fewer.net]) }),
  ).reverse();

function claimsTable(rows: readonly ClaimRow[], smallCell: number): EvidenceTable {
  const orders = sumOf(rows, (row) => row.orders);
  return {
    id: 'claims',
    title: 'Purchases of members, by how many campaigns claim them',
    columns: [
      { id: 'claims', label: 'Claimed by', unit: 'text' },
      { id: 'orders', label: 'Purchases', unit: 'count' },
      { id: 'share', label: 'Share of purchases', unit: 'share' },
      { id: 'net', label: 'Sales', unit: 'money' },
    ],
    rows: publishedClaims(rows, smallCell).map(({ label, orders: own, net }): Cell[] => [label, own, own / orders, net]),
    note: `All purchases of members in the time looked at. Lines with fewer than ${smallCell} purchases are joined to the one before.`,
  };
}

function campaignsTable(campaigns: readonly ClaimingCampaignRow[], smallCell: number): EvidenceTable {
  const shown = campaigns.filter(({ contacts }) => contacts >= smallCell);
  return {
    id: 'campaigns',
    title: 'What each campaign may claim by its rule, and what it reports',
    columns: [
      { id: 'campaign', label: 'Campaign', unit: 'text' },
      { id: 'window', label: 'Days in which a sale is credited', unit: 'days' },
      { id: 'isOwn', label: 'Rule on record', unit: 'text' },
      { id: 'members', label: 'Members contacted', unit: 'count' },
      { id: 'buyers', label: 'Buyers credited', unit: 'count' },
      { id: 'net', label: 'Sales credited', unit: 'money' },
      { id: 'reported', label: 'Revenue reported', unit: 'money' },
    ],
    rows: shown.map((row): Cell[] => {
      const isSmall = row.buyers > 0 && row.buyers < smallCell;
      return [
        plainLabel(row.name),
        row.window_days,
        row.has_own_rule === 1,
        row.contacts,
        isSmall ? null : row.buyers,
        isSmall ? null : row.net,
        row.reported_revenue,
      ];
    }),
    note: `Campaigns with fewer than ${smallCell} members are left out, and an empty cell under the credited stands for fewer than ${smallCell} buyers.`,
  };
}

function claimsChart(rows: readonly ClaimRow[], smallCell: number): Chart {
  const cells = publishedClaims(rows, smallCell);
  const bar = (label: string, figure: (cell: (typeof cells)[number]) => number) => {
    const total = cells.reduce((sum, cell) => sum + figure(cell), 0);
    return { label, segments: cells.map((cell) => ({ label: cell.label, share: total === 0 ? 0 : figure(cell) / total })) };
  };
  return {
    id: 'claims',
    kind: 'stack',
    title: 'By how many campaigns the same purchase is claimed',
    description: 'One bar for the purchases of members and one for their sales, each cut by the number of campaigns that claim them.',
    bars: [bar('Purchases', ({ orders }) => orders), bar('Sales', ({ net }) => net)],
  };
}
