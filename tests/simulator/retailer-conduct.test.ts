/** The points bank, the tiers, the service desk and the preference centre: their files agree with the truths, and what was to be planted is there. */
import papaparse from 'papaparse';
import { describe, expect, test } from 'vitest';
import { simulateRetailerWithTruths } from '../../src/simulator/retailer.js';

const { exports, conduct, truths } = simulateRetailerWithTruths();

type Row = Readonly<Record<string, string>>;

/** The rows of a file by header, read again from its text; the line with the planted defect left out. */
function readBack(name: string): Row[] {
  const file = exports.find((exported) => exported.name === name);
  if (file === undefined) throw new Error(`The simulator writes no ${name}.`);
  const { data } = papaparse.parse<Row>(file.text.replace('\uFEFF', '').trimEnd(), { header: true });
  return data.filter((_, index) => index + 2 !== file.defect?.line);
}

function groupBy(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

const dayNumber = (iso: string): number => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / 86_400_000;
const fromBritish = (text: string): string => text.slice(0, 10).split('/').reverse().join('-');
const ledger = readBack('points_ledger.csv');
const cases = readBack('service_cases.csv');
const tiers = readBack('tier_history.csv');
const preferences = readBack('marketing_preferences.csv');
const members = readBack('loyalty_members.csv');
const calendar = readBack('campaign_calendar.csv');
const sends = readBack('email_sends.csv');
const sendDays = groupBy(sends, (row) => row['Subscriber Key'] ?? '');
const isContacted = (member: string, from: number, to: number): boolean =>
  sendDays.get(member)?.some((row) => dayNumber(row['Sent At'] ?? '') >= from && dayNumber(row['Sent At'] ?? '') <= to) ?? false;

describe('the files agree with the truths', () => {
  test('credit: only the challenge brought any of the purchases that the rule credits', () => {
    const { all, tested, days } = conduct.credit;
    expect(new Set(calendar.map((row) => row['Attribution Window Days']))).toEqual(new Set([String(days)]));
    expect(all.credited).toBeGreaterThan(tested.credited);
    expect(tested.brought).toBeGreaterThan(0);
    expect(tested.brought).toBeLessThan(tested.credited / 3);
    // Orders that the challenge added fall into the days of campaigns after it as well.
    expect(all.brought).toBeLessThan(all.credited / 20);
  });

  test('points: nobody redeems or loses what was not posted, and the sums are the truth', () => {
    const balances = new Map<string, number>();
    const sums: Record<string, number> = {};
    for (const { 'Card Number': member = '', Movement: type = '', Points, 'Points Value': value } of ledger) {
      const points = Number(Points);
      const balance = (balances.get(member) ?? 0) + (type === 'Earn' ? points : -points);
      expect(balance).toBeGreaterThanOrEqual(0);
      expect(Number(value)).toBeCloseTo(points / 100, 9);
      balances.set(member, balance);
      sums[type] = (sums[type] ?? 0) + points;
    }
    expect(sums).toEqual({ Earn: conduct.points.earned, Redeem: conduct.points.redeemed, Expire: conduct.points.expired });
    const redeemers = new Set(ledger.filter((row) => row.Movement === 'Redeem').map((row) => row['Card Number']));
    expect(redeemers.size).toBe(conduct.points.redeemers);
  });

  test('messages about expiring points', () => {
    const expiries = ledger.filter((row) => row.Movement === 'Expire').map((row) => [row['Card Number'] ?? '', dayNumber(row['Posted At'] ?? '')] as const);
    expect(expiries).toHaveLength(conduct.events.expiry.events);
    expect(expiries.filter(([member, day]) => isContacted(member, day - 14, day + 7))).toHaveLength(conduct.events.expiry.withMessage);
  });

  test('tiers: no two at once, and the last one is in the list of members', () => {
    const periods = groupBy(tiers, (row) => row['Card Number'] ?? '');
    expect(periods.size).toBe(truths.members);
    for (const list of periods.values()) {
      list.slice(1).forEach((period, place) => {
        expect(dayNumber(period['Valid From'] ?? '') - dayNumber(list[place]?.['Valid To'] ?? '')).toBe(1);
      });
    }
    expect(tiers.length - periods.size).toBe(conduct.tiers.up + conduct.tiers.down);
    const current = new Map(tiers.filter((row) => row['Valid To'] === '').map((row) => [row['Card Number'], row['Tier Name']]));
    for (const row of members) expect(current.get(row['Member ID'])).toBe(row.Tier);
  });

  test('complaints, and the messages while they are open', () => {
    const complaints = cases.filter((row) => row['Case Type'] === 'Complaint');
    expect(complaints).toHaveLength(conduct.openComplaints.complaints);
    const followed = complaints
      .map((row) => ({
        member: row['Customer No'] ?? '',
        opened: dayNumber(fromBritish(row['Opened At'] ?? '')),
        settled: row['Resolved At'] === '' ? dayNumber('2025-01-01') : dayNumber(fromBritish(row['Resolved At'] ?? '')),
      }))
      .filter(({ opened, settled }) => opened + 14 < dayNumber('2025-01-01') && settled > opened + 1);
    expect(followed).toHaveLength(conduct.openComplaints.open);
    const hit = followed.filter(({ member, opened, settled }) => isContacted(member, opened + 1, Math.min(opened + 14, settled - 1)));
    expect(hit).toHaveLength(conduct.openComplaints.withSalesMessage);
  });

  test('cases by source of the member', () => {
    const sourceOf = new Map(members.map((row) => [row['Member ID'], row['Sign-up Source']]));
    for (const truth of conduct.sources) {
      const own = cases.filter((row) => sourceOf.get(row['Customer No']) === truth.source);
      expect(own.filter((row) => row['Case Type'] === 'Return')).toHaveLength(truth.returns);
      expect(own.reduce((sum, row) => sum + Number(row['Handling Cost']?.replace(',', '.')), 0)).toBeCloseTo(truth.caseCost, 6);
    }
  });

  test('permissions: who is reachable is who has not opted out, and nobody is written to against their word at the time', () => {
    const open = new Set(members.filter((row) => row.Status === 'Active').map((row) => row['Member ID']));
    const granted = groupBy(
      preferences.filter((row) => row['Opt-in'] === 'Yes' && open.has(row['Subscriber Key'])),
      (row) => row['Subscriber Key'] ?? '',
    );
    expect(granted.size).toBe(conduct.reach.one);
    expect(granted.size).toBe(truths.reachable);
    expect([...granted.values()].filter((rows) => rows.length >= 2)).toHaveLength(conduct.reach.two);
    const withdrawn = new Map(
      preferences.filter((row) => row.Channel === 'Email' && row['Opt-in'] === 'No').map((row) => [row['Subscriber Key'], dayNumber(row['Updated At'] ?? '')]),
    );
    const late = sends.filter((row) => dayNumber(row['Sent At'] ?? '') > (withdrawn.get(row['Subscriber Key']) ?? Number.POSITIVE_INFINITY));
    expect(late).toHaveLength(conduct.afterOptOut.contacts);
    expect(new Set(late.map((row) => row['Campaign Code']))).toEqual(new Set(['GB24-18']));
  });

  test('offers: each that was sent stands in the catalogue', () => {
    const catalogue = new Set(readBack('offer_catalogue.csv').map((row) => row['Offer Code']));
    const sent = new Set(sends.map((row) => row['Offer Code'] ?? '').filter((code) => code !== ''));
    expect([...sent].filter((code) => !catalogue.has(code))).toEqual([]);
    expect(sent.size).toBe(catalogue.size);
  });

  test('the briefing of the tills', () => {
    const noted = calendar.filter((row) => row['Briefing Date'] !== '');
    expect(noted).toHaveLength(conduct.campaigns.briefing.noted);
    const before = noted.filter((row) => dayNumber(fromBritish(row['Briefing Date'] ?? '')) < dayNumber(fromBritish(row.Start ?? '')));
    expect(before).toHaveLength(conduct.campaigns.briefing.before);
  });
});

describe('what was to be planted is there, and what is sound is sound', () => {
  test('planted', () => {
    const { points, events, onboarding, openComplaints, campaigns, sources } = conduct;
    expect(points.redeemed / points.earned).toBeLessThan(0.1);
    expect(points.settledExpired / points.settledEarned).toBeGreaterThan(0.8);
    expect(events.expiry.withMessage / events.expiry.events).toBeLessThan(0.7);
    expect(onboarding.within7 / onboarding.joiners).toBeLessThan(0.1);
    expect(openComplaints.withSalesMessage / openComplaints.open).toBeGreaterThan(0.3);
    expect(campaigns.costShareUnder30Days).toBeGreaterThan(0.7);
    expect(campaigns.briefing.before / campaigns.briefing.noted).toBeLessThan(0.5);
    expect(campaigns.redundant.length / campaigns.pairs).toBeGreaterThan(0.8);
    const returnRate = (source: (typeof sources)[number]): number => source.returns / source.orders;
    const others = sources.filter(({ source }) => source !== 'Referral').map(returnRate);
    expect(Math.min(...sources.filter(({ source }) => source === 'Referral').map(returnRate))).toBeGreaterThan(2.5 * Math.max(...others));
  });

  test('sound', () => {
    const { pressure, reach, campaigns } = conduct;
    expect(pressure.most).toBeLessThanOrEqual(4);
    expect(pressure.mostInOneDay).toBe(1);
    expect(reach.one / reach.open).toBeGreaterThan(0.95);
    expect(campaigns.withTheme / campaigns.campaigns).toBeGreaterThan(0.9);
    expect(truths.unlinkedOrders / truths.linkedOrders).toBeLessThan(0.03);
  });
});
