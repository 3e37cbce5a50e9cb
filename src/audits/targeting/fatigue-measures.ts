/** Measures, evidence and charts of contact fatigue. */
import type { Chart, LinesChart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import type { Unit } from '../../result/units.js';
import { eValue, eValueOfInterval } from '../../statistics/e-value.js';
import type { Interval } from '../../statistics/intervals.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import { tellableParts } from '../../statistics/small-cells.js';
import type { Policy } from '../audit.js';
import type { FatigueRow } from './contact-fatigue.sql.js';
import { contrastOf, type End, type FatigueEstimates, meanOver, type Replicates, ratioOf } from './fatigue-estimates.js';
import { costOf, type Knee, type Prices } from './fatigue-knee.js';

export interface FatigueData {
  readonly rows: readonly FatigueRow[];
  readonly estimates: FatigueEstimates;
  readonly prices: Prices | null;
  readonly net: Replicates | null;
  readonly knee: Knee | null;
  readonly hasOptOuts: boolean;
  /** Members ÷ members looked at. */
  readonly scale: number;
}

const total = (rows: readonly FatigueRow[], of: (row: FatigueRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
const method = 'jackknife over groups of members';

/** Contacts at the knee and beyond. */
const beyond = ({ rows, estimates, knee }: FatigueData): FatigueRow[] => {
  const bins = knee === null ? [] : estimates.bins.slice(knee.bin).flatMap((bin) => bin.bins);
  return rows.filter((row) => bins.includes(row.bin));
};

interface Found {
  readonly value: number;
  readonly interval: Interval | null;
}

/** A ratio of fewer events on either side would hang on a handful of people. */
const fewestEvents = 10;

function eventsIn(rows: readonly FatigueRow[], { bins }: FatigueEstimates, { places }: End, events: (row: FatigueRow) => number): number {
  const wanted = places.flatMap((place) => bins[place]?.bins ?? []);
  return total(
    rows.filter((row) => wanted.includes(row.bin)),
    events,
  );
}

/** A linear estimate of a share may stray below nought, which no share can be: it and its interval end there. */
function withinShares({ value, interval }: Found, unit: Unit): Found {
  if (unit !== 'share') return { value, interval };
  const held = (share: number): number => Math.min(1, Math.max(0, share));
  return { value: held(value), interval: interval === null ? null : { low: held(interval.low), high: held(interval.high) } };
}

export function fatigueMeasures(data: FatigueData, policy: Policy): Measure[] {
  const { rows, estimates, hasOptOuts } = data;
  const { bins, response, optOut } = estimates;
  const level = policy.headlineLevel;
  const contacts = total(rows, (row) => row.contacts);
  const responses = total(rows, (row) => row.responses);
  const [light, heavy] = [
    (means: readonly number[]) => meanOver(bins, estimates.light, means),
    (means: readonly number[]) => meanOver(bins, estimates.heavy, means),
  ];
  const of = (what: string, { label }: { label: string }): string => `${what} after ${label} ${label === '1' ? 'contact' : 'contacts'} in 28 days`;
  const built = (id: string, label: string, unit: Unit, n: number, found: Found | null): Measure => {
    if (found === null) return { id, label, value: null, unit, n, why: 'No campaign reached like members under unlike pressure.' };
    if (!Number.isFinite(found.value)) return { id, label, value: null, unit, n, why: 'Too few events under the lightest or the heaviest pressure.' };
    return { id, label, value: found.value, unit, n, ...(found.interval === null ? {} : { interval: { ...found.interval, level, method } }) };
  };
  const estimate = (id: string, label: string, unit: Unit, from: Replicates | null, value: (means: readonly number[]) => number, n = contacts): Measure =>
    built(id, label, unit, n, from === null ? null : withinShares(contrastOf(from, value, level), unit));
  const ratioFor = (from: Replicates | null, events: (row: FatigueRow) => number): Found | null => {
    if (from === null) return null;
    const isEnough = [estimates.light, estimates.heavy].every((end) => eventsIn(rows, estimates, end, events) >= Math.max(fewestEvents, policy.smallCell));
    const found = ratioOf(from, heavy, light, level);
    return isEnough && found.interval !== null ? found : { value: Number.NaN, interval: null };
  };
  const responseRatio = ratioFor(response, (row) => row.responses);
  const fallOf = ({ value, interval }: Found): Found => ({
    value: 1 - value,
    interval: interval === null ? null : { low: 1 - interval.high, high: 1 - interval.low },
  });
  const ratio = built('responseRatio', 'Adjusted response under the heaviest pressure against the lightest', 'ratio', contacts, responseRatio);
  const measures: Measure[] = [
    { id: 'contactsCompared', label: 'Contacts with a complete look-back of 28 days and 7 days to follow', value: contacts, unit: 'count', n: contacts },
    { id: 'responses', label: 'Responses to them', value: responses, unit: 'count', n: contacts },
    estimate('plainLight', `Plain ${of('response', estimates.light)}`, 'share', estimates.plainResponse, light),
    estimate('plainHeavy', `Plain ${of('response', estimates.heavy)}`, 'share', estimates.plainResponse, heavy),
    estimate('responseLight', of('response', estimates.light), 'share', response, light),
    estimate('responseHeavy', of('response', estimates.heavy), 'share', response, heavy),
    ratio,
    built(
      'responseFall',
      'Fall of adjusted response from the lightest pressure to the heaviest, as a share of it',
      'share',
      contacts,
      responseRatio === null ? null : fallOf(responseRatio),
    ),
    estimate(
      'withinPersonChange',
      'Change of response within one person from the lightest pressure to the heaviest',
      'shareDifference',
      estimates.withinPerson,
      (means) => heavy(means) - light(means),
      estimates.steps,
    ),
    ...evidenceValues(ratio),
    ...mantelHaenszelOf(estimates, contacts, level),
    {
      id: 'largestImbalance',
      label: 'Largest difference beforehand that is left after adjusting, in standard deviations',
      value: imbalanceOf(estimates),
      unit: 'number',
      n: contacts,
    },
  ];
  if (hasOptOuts) {
    const atRisk = total(rows, (row) => row.at_risk);
    measures.push(
      { id: 'optOuts', label: 'Withdrawals within 7 days of a contact', value: total(rows, (row) => row.opt_outs), unit: 'count', n: atRisk },
      estimate('optOutLight', of('opt-out within 7 days', estimates.light), 'share', optOut, light, atRisk),
      estimate('optOutHeavy', of('opt-out within 7 days', estimates.heavy), 'share', optOut, heavy, atRisk),
      built(
        'optOutRise',
        'Adjusted opt-out under the heaviest pressure against the lightest',
        'ratio',
        atRisk,
        ratioFor(optOut, (row) => row.opt_outs),
      ),
    );
  }
  return [...measures, ...kneeMeasures(data, contacts, policy)];
}

/** What is left of the differences beforehand; null when they cannot be compared within strata. */
export function imbalanceOf({ balance }: FatigueEstimates): number | null {
  if (balance.some(({ adjusted }) => adjusted === null)) return null;
  return Math.max(...balance.map(({ adjusted }) => Math.abs(adjusted ?? 0)));
}

function evidenceValues(ratio: Measure): Measure[] {
  if (ratio.value === null || ratio.value <= 0) return [];
  const { interval } = ratio;
  const measures: Measure[] = [{ id: 'eValue', label: 'E-value of that ratio', value: eValue(ratio.value), unit: 'ratio', n: ratio.n }];
  if (interval !== undefined && interval.low > 0)
    measures.push({
      id: 'eValueOfInterval',
      label: 'E-value of the nearer end of its interval',
      value: eValueOfInterval(interval.low, interval.high),
      unit: 'ratio',
      n: ratio.n,
    });
  return measures;
}

function mantelHaenszelOf({ mantelHaenszel: found }: FatigueEstimates, n: number, level: number): Measure[] {
  if (found === null) return [];
  const interval = { low: found.low, high: found.high, level, method: 'jackknife over campaigns' };
  return [
    { id: 'mantelHaenszelRatio', label: 'The same ratio by Mantel and Haenszel, campaigns as clusters', value: found.estimate, unit: 'ratio', n, interval },
  ];
}

function netMeasures({ net, estimates }: FatigueData, n: number, policy: Policy): Measure[] {
  if (net === null) return [];
  const level = policy.headlineLevel;
  const worth = (id: string, label: string, of: (values: readonly number[]) => number): Measure => {
    const { value, interval } = contrastOf(net, of, level);
    return { id, label, value, unit: 'moneyPerMember', n, ...(interval === null ? {} : { interval: { ...interval, level, method } }) };
  };
  return [
    worth('netLight', 'What a contact brings at most after its cost, lightest pressure', (values) => meanOver(estimates.bins, estimates.light, values)),
    worth('netHeavy', 'What a contact brings at most after its cost, heaviest pressure', (values) => meanOver(estimates.bins, estimates.heavy, values)),
  ];
}

function kneeMeasures(data: FatigueData, contacts: number, policy: Policy): Measure[] {
  const { knee, estimates } = data;
  const worth = netMeasures(data, contacts, policy);
  if (knee === null) return worth;
  const own = beyond(data);
  const groups = [...new Set(data.rows.map((row) => row.jackknife_group))].sort((a, b) => a - b);
  const inGroup = (rows: readonly FatigueRow[], group: number): number =>
    total(
      rows.filter((row) => row.jackknife_group === group),
      (row) => row.contacts,
    );
  const found = jackknifeRatio(
    groups.map((group) => ({ numerator: inGroup(own, group), denominator: inGroup(data.rows, group) })),
    policy.screenLevel,
  );
  const interval = found === null ? {} : { interval: { low: Math.max(0, found.low), high: Math.min(1, found.high), level: policy.screenLevel, method } };
  return [
    ...worth,
    {
      id: 'kneeFrom',
      label:
        knee.basis === 'money'
          ? 'Contacts in 28 days from which one more no longer pays'
          : 'Contacts in 28 days from which response is below that of lighter pressure',
      value: estimates.bins[knee.bin]?.from ?? 0,
      unit: 'count',
      n: contacts,
    },
    {
      id: 'beyondKneeShare',
      label: 'Share of contacts from there on',
      value: total(own, (row) => row.contacts) / contacts,
      unit: 'share',
      n: contacts,
      ...interval,
    },
  ];
}

/** What the contacts from the knee on cost; undefined without a knee or without costs. */
export function fatigueMoney(data: FatigueData, policy: Policy): Money | undefined {
  const own = beyond(data);
  const contacts = total(own, (row) => row.contacts);
  if (contacts === 0 || total(own, (row) => row.costed) < contacts) return undefined;
  const groups = [...new Set(data.rows.map((row) => row.jackknife_group))];
  const parts = groups.map((group) => ({ numerator: costOf(own.filter((row) => row.jackknife_group === group)), denominator: 1 }));
  const found = jackknifeRatio(parts, policy.screenLevel);
  const range = found === null ? {} : { low: Math.max(0, found.low * groups.length * data.scale), high: found.high * groups.length * data.scale };
  return {
    value: costOf(own) * data.scale,
    ...range,
    meaning: 'cost of contacts at a pressure at which response is lower or no longer pays; what they brought is not taken off',
  };
}

/** In which bins so many did something, or so many did not, that the plain share of them may be told. */
function tellableBins({ rows, estimates }: FatigueData, events: (row: FatigueRow) => number, of: (row: FatigueRow) => number, smallCell: number): boolean[] {
  const inBin = (bin: number, count: (row: FatigueRow) => number): number =>
    total(
      rows.filter((row) => estimates.bins[bin]?.bins.includes(row.bin)),
      count,
    );
  const counts = (count: (row: FatigueRow) => number): boolean[] =>
    tellableParts(
      estimates.bins.map((_bin, bin) => inBin(bin, count)),
      smallCell,
    );
  const [did, didNot] = [counts(events), counts((row) => of(row) - events(row))];
  return estimates.bins.map((_bin, bin) => (did[bin] ?? false) && (didNot[bin] ?? false));
}

const responseBins = (data: FatigueData, { smallCell }: Policy): boolean[] =>
  tellableBins(
    data,
    (row) => row.responses,
    (row) => row.contacts,
    smallCell,
  );
const optOutBins = (data: FatigueData, { smallCell }: Policy): boolean[] =>
  tellableBins(
    data,
    (row) => row.opt_outs,
    (row) => row.at_risk,
    smallCell,
  );

export function fatigueEvidence(data: FatigueData, policy: Policy): EvidenceTable[] {
  const { rows, estimates, net, hasOptOuts } = data;
  const level = policy.headlineLevel;
  const [toldResponse, toldOptOut] = [responseBins(data, policy), optOutBins(data, policy)];
  const at = (from: Replicates | null, bin: number): number | null => from?.whole[bin] ?? null;
  const end = (from: Replicates | null, bin: number, side: 'low' | 'high'): number | null =>
    from === null
      ? null
      : (withinShares(
          contrastOf(from, (means) => means[bin] ?? 0, level),
          'share',
        ).interval?.[side] ?? null);
  const own = (bin: number): FatigueRow[] => rows.filter((row) => estimates.bins[bin]?.bins.includes(row.bin));
  return [
    {
      id: 'by-pressure',
      title: 'Response and opt-out by the contacts in the 28 days before',
      columns: [
        { id: 'pressure', label: 'Contacts in the 28 days before', unit: 'text' },
        { id: 'contacts', label: 'Contacts compared', unit: 'count' },
        { id: 'plain', label: 'Response, plain', unit: 'share' },
        { id: 'adjusted', label: 'Response, adjusted', unit: 'share' },
        { id: 'adjustedLow', label: 'Lower end', unit: 'share' },
        { id: 'adjustedHigh', label: 'Upper end', unit: 'share' },
        { id: 'withinPerson', label: 'Change of response within one person', unit: 'shareDifference' },
        { id: 'optOut', label: 'Opt-out within 7 days, plain', unit: 'share' },
        { id: 'optOutAdjusted', label: 'Opt-out within 7 days, adjusted', unit: 'share' },
        { id: 'net', label: 'What a contact brings at most after its cost', unit: 'moneyPerMember' },
      ],
      rows: estimates.bins.map((bin, index) => [
        bin.label === 'no' ? 'none' : bin.label,
        total(own(index), (row) => row.contacts),
        toldResponse[index] ? at(estimates.plainResponse, index) : null,
        at(estimates.response, index),
        end(estimates.response, index, 'low'),
        end(estimates.response, index, 'high'),
        at(estimates.withinPerson, index),
        hasOptOuts && toldOptOut[index] ? at(estimates.plainOptOut, index) : null,
        hasOptOuts ? at(estimates.optOut, index) : null,
        net?.whole[index] ?? null,
      ]),
      note: 'Adjusted: as if contacts under every pressure had gone out in the same campaigns to members who had bought and responded alike before. Within one person: from one contact to the next, within pairs of campaigns, against the lightest pressure. Bins with few contacts are joined. A plain share is left out where few members did so, or few did not.',
    },
    {
      id: 'balance',
      title: 'How members under the heaviest and the lightest pressure differed beforehand',
      columns: [
        { id: 'what', label: 'What', unit: 'text' },
        { id: 'plain', label: 'Difference in standard deviations, plain', unit: 'number' },
        { id: 'adjusted', label: 'The same within campaign and baseline', unit: 'number' },
      ],
      rows: estimates.balance.map(({ label, plain, adjusted }) => [label, plain, adjusted]),
      note: 'Below 0.1 the sides are alike in this respect; above 0.25 a comparison cannot be trusted.',
    },
  ];
}

export function fatigueCharts(data: FatigueData, policy: Policy): Chart[] {
  const { estimates, knee, hasOptOuts } = data;
  const { bins } = estimates;
  const points = (from: Replicates, hasBand: boolean): LinesChart['lines'][number]['points'] =>
    bins.map((_bin, x) => {
      const { value, interval } = contrastOf(from, (means) => means[x] ?? 0, policy.headlineLevel);
      return { x, y: value, low: hasBand && interval !== null ? Math.max(0, interval.low) : null, high: hasBand ? (interval?.high ?? null) : null };
    });
  const lines = (plain: Replicates, adjusted: Replicates | null, told: readonly boolean[]): LinesChart['lines'] => [
    ...(adjusted === null ? [] : [{ label: 'Adjusted', emphasis: 'strong' as const, points: points(adjusted, true) }]),
    { label: 'Plain', emphasis: 'muted', points: points(plain, false).filter(({ x }) => told[x]) },
  ];
  const base = {
    kind: 'lines' as const,
    isStepped: false,
    xLabel: 'Contacts in the 28 days before',
    xUnit: 'count' as const,
    xNames: bins.map(({ label }) => (label === 'no' ? 'none' : label)),
    yUnit: 'share' as const,
    counts: { label: 'Contacts', values: bins.map(({ contacts }, x) => ({ x, n: contacts })) },
    xReferences: knee === null ? [] : [{ value: knee.bin, label: knee.basis === 'money' ? 'no longer pays' : 'response is lower' }],
    yReferences: [],
  };
  const response: Chart = {
    ...base,
    id: 'response',
    title: 'Response by contact pressure',
    description:
      'Share of contacts that were answered, by the contacts that the member had been sent in the 28 days before: plain, and adjusted to the same campaigns and to members who had bought and responded alike, with its interval.',
    yLabel: 'Response',
    lines: lines(estimates.plainResponse, estimates.response, responseBins(data, policy)),
  };
  if (!hasOptOuts) return [response];
  return [
    response,
    {
      ...base,
      id: 'opt-outs',
      title: 'Opt-outs by contact pressure',
      description:
        'Share of contacts after which the member opted out within 7 days and before the next contact, by the contacts in the 28 days before: plain and adjusted.',
      yLabel: 'Opt-out within 7 days',
      lines: lines(estimates.plainOptOut, estimates.optOut, optOutBins(data, policy)),
    },
  ];
}
