/** The simulated year as an analyst would export it: several systems, each with its own headers, delimiters and ways with dates. */
import { dayOf, isoDate } from '../../model/days.js';
import { attributionDays, campaignCost, campaigns } from './calendar.js';
import { britishDate, type Cell, clock, type Export, type ExportedFile, type PlantedDefect, pounds, withComma, writeExport } from './export-format.js';
import type { OrderDetail } from './order-details.js';
import type { SimulatedOrder } from './orders.js';
import type { SimulatedProgramme } from './programme.js';
import { programmeFiles } from './programme-files.js';
import type { TierPeriod } from './tiers.js';
import type { SimulatedYear } from './year.js';

/** The two order files meet here. */
const secondHalf = dayOf('2024-07-01');
/** Line at which the defect of a file stands, where it is not the last. */
const defectLine = 2025;

export function exportFiles(year: SimulatedYear, programme: SimulatedProgramme): ExportedFile[] {
  const { orderDetails, tiers } = programme;
  const loyalty = [members(year, tiers), ...orders(year, orderDetails), calendar(year), sends(year), responses(year), testGroups(year), unsubscribes(year)];
  return [...loyalty, ...programmeFiles(programme)].map(writeExport);
}

function members({ members }: SimulatedYear, tiers: readonly TierPeriod[]): Export {
  const current = new Map(tiers.filter(({ untilDay }) => untilDay === null).map(({ member, tier }) => [member.index, tier]));
  return {
    name: 'loyalty_members.csv',
    role: 'members',
    header: ['Member ID', 'Join Date', 'Sign-up Source', 'Tier', 'Home Store', 'Status', 'Cancellation Date'],
    rows: members.map(({ memberId, joinDay, joinSource, index, homeStore, closedDay }) => [
      memberId,
      britishDate(joinDay),
      joinSource,
      current.get(index) ?? '',
      homeStore,
      closedDay === null ? 'Active' : 'Closed',
      closedDay === null ? '' : britishDate(closedDay),
    ]),
    newline: '\r\n',
    hasByteOrderMark: true,
  };
}

function orders(year: SimulatedYear, details: readonly OrderDetail[]): Export[] {
  const line = (order: SimulatedOrder, place: number): Cell[] => [
    `R24${String(place + 1).padStart(6, '0')}`,
    order.member === null ? '' : (year.members[order.member]?.memberId ?? ''),
    isoDate(order.day),
    pounds(order.netPence),
    pounds(order.discountPence),
    pounds(order.marginPence),
    order.store,
    details[place]?.channel ?? '',
    details[place]?.category ?? '',
  ];
  const lines = year.orders.map((order, place) => ({ order, cells: line(order, place) }));
  const first = lines.filter(({ order }) => order.day < secondHalf).map(({ cells }) => cells);
  const second = lines.filter(({ order }) => order.day >= secondHalf);
  const total = (pence: (order: SimulatedOrder) => number): string => pounds(second.reduce((sum, { order }) => sum + pence(order), 0));
  const totals: Cell[] = [
    'TOTAL',
    '',
    '',
    total(({ netPence }) => netPence),
    total(({ discountPence }) => discountPence),
    total(({ marginPence }) => marginPence),
    '',
    '',
    '',
  ];
  const impossible: Cell[] = ['R24900001', year.members[0]?.memberId ?? '', '2024-02-30', '24.50', '0.00', '8.60', 'S01', 'Store', 'Home'];
  const header = ['Order ID', 'Customer Number', 'Order Date', 'Net Sales', 'Discount', 'Margin'];
  return [
    {
      name: 'orders_2024_h1.csv',
      role: 'transactions',
      header: [...header, 'Store', 'Sales Channel', 'Category'],
      ...planted(first, impossible, 'impossible date', 'The order date is 30 February.'),
    },
    {
      name: 'orders_2024_h2.csv',
      role: 'transactions',
      header: [...header, 'Store Code', 'Sales Channel', 'Category'],
      rows: [...second.map(({ cells }) => cells), totals],
      defect: { line: second.length + 2, kind: 'total row', meaning: 'The last line adds up the file and is no order.' },
    },
  ];
}

function calendar({ contacts }: SimulatedYear): Export {
  const header = ['Campaign Code', 'Campaign Name', 'Objective', 'Start', 'End', 'Cost', 'Primary KPI', 'KPI Horizon Days', 'Attribution Window Days'];
  return {
    name: 'campaign_calendar.csv',
    role: 'campaigns',
    header: [...header, 'Offer Type', 'Discount Depth', 'Planned Holdout Share', 'Owner', 'Brand Theme', 'Mentions Programme', 'Briefing Date', 'Targeting'],
    rows: campaigns.map((campaign) => [
      campaign.code,
      campaign.name,
      campaign.objectiveText,
      britishDate(campaign.startDay),
      britishDate(campaign.startDay + campaign.days - 1),
      withComma(campaignCost(campaign, contacts.filter((contact) => contact.campaign === campaign).length).toFixed(2)),
      campaign.kpi,
      campaign.kpiDays,
      attributionDays,
      campaign.offer,
      withComma(campaign.discountShare.toFixed(2)),
      campaign.test === undefined ? '' : withComma(campaign.test.holdoutShare.toFixed(2)),
      campaign.objective === 'acquisition' ? 'Acquisition team' : 'CRM team',
      campaign.brandTheme,
      campaign.mentionsProgramme ? 'Yes' : 'No',
      campaign.briefedDay === null ? '' : britishDate(campaign.briefedDay),
      campaign.targeting,
    ]),
    delimiter: ';',
  };
}

function sends({ contacts }: SimulatedYear): Export {
  const rows = contacts.map(({ campaign, member, day, second }) => [
    campaign.code,
    member.memberId,
    `${isoDate(day)} ${clock(second)}`,
    'Email',
    campaign.offerCode,
  ]);
  const resent: Cell[] = [...(rows[defectLine - 3] ?? []), 'resent'];
  return {
    name: 'email_sends.csv',
    role: 'contacts',
    header: ['Campaign Code', 'Subscriber Key', 'Sent At', 'Channel', 'Offer Code'],
    ...planted(rows, resent, 'too many fields', 'A remark after the last column makes the line one field too long.'),
  };
}

function responses({ responses }: SimulatedYear): Export {
  return {
    name: 'campaign_responses.csv',
    role: 'responses',
    header: ['Campaign Code', 'Customer Number', 'Event Type', 'Event Date', 'Revenue'],
    rows: responses.map(({ campaign, member, type, day, pence }) => [campaign.code, member.memberId, type, isoDate(day), pence === null ? '' : pounds(pence)]),
    delimiter: '|',
  };
}

function testGroups({ tests }: SimulatedYear): Export {
  const rows = tests.flatMap(({ campaign, outcomes }) =>
    outcomes
      .toSorted((a, b) => a.member.index - b.member.index)
      .map(({ member, isTreated }) => [campaign.code, member.memberId, isTreated ? 'Treatment' : 'Control', isoDate(campaign.startDay)]),
  );
  return { name: 'test_groups.csv', role: 'assignments', header: ['Campaign Code', 'Member ID', 'Test Group', 'Assigned Date'], rows };
}

function unsubscribes({ optOuts }: SimulatedYear): Export {
  return {
    name: 'unsubscribes.csv',
    role: 'opt_outs',
    header: ['Subscriber Key', 'Campaign Code', 'Unsubscribe Date'],
    rows: optOuts.map(({ member, campaign, day }) => [member.memberId, campaign.code, isoDate(day)]),
  };
}

/** The rows with one more, wrong on purpose, in the middle of them. */
function planted(
  rows: readonly (readonly Cell[])[],
  wrong: readonly Cell[],
  kind: PlantedDefect['kind'],
  meaning: string,
): Pick<Export, 'rows'> & { defect: PlantedDefect } {
  const at = Math.min(rows.length, defectLine - 2);
  return { rows: [...rows.slice(0, at), wrong, ...rows.slice(at)], defect: { line: at + 2, kind, meaning } };
}
