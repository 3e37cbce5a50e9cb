/** Measures, evidence and the chart of acquisition sources. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure, Money } from '../../result/schema.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import { joinSmallCells } from '../../statistics/small-cells.js';
import type { Policy, Thresholds } from '../audit.js';
import type { SourceRow } from './costly-acquisition-sources.sql.js';
import { joinedWords, type Kind, publishedKinds } from './fault-kinds.js';
import { count, moneyOf, partsBy, totalOf, unknown } from './figures.js';
import { type Comparison, contributionOf, faultsOf, type SourceResult } from './source-comparison.js';

export interface SourceWords {
  /** e.g. “net sales”. */
  readonly value: string;
  readonly followDays: number;
}

/** Sources that stand out: the ratio beyond the watch level, and chance ruled out after adjusting for the number of sources. */
export function standOut({ sources }: Comparison, thresholds: Thresholds): SourceResult[] {
  return sources.filter((each) => each.ratio > (thresholds.faultRatio?.watch ?? 0) && each.adjustedP <= (thresholds.falseDiscovery?.rate ?? 0));
}

/** The one that stands out most clearly: a large ratio of a few members, known only roughly, must not hide a sure one. */
export function clearestOf(out: readonly SourceResult[]): SourceResult | undefined {
  return out.reduce<SourceResult | undefined>((clearest, each) => (clearest === undefined || each.low > clearest.low ? each : clearest), undefined);
}

/** Faults a thousand orders of one source; unknown where they are a handful. */
function worstRate({ source, rows, orders }: SourceResult, value: number, policy: Policy): Measure {
  const faults = totalOf(rows, faultsOf);
  const label = `Returns, complaints and disputes a thousand orders: ${source}`;
  if (faults > 0 && faults < policy.smallCell)
    return unknown('worstPerThousand', label, 'number', orders, `Fewer than ${policy.smallCell} of them: the rate is not shown.`);
  return { id: 'worstPerThousand', label, value, unit: 'number', n: orders };
}

export function sourceMeasures(rows: readonly SourceRow[], comparison: Comparison, thresholds: Thresholds, words: SourceWords, policy: Policy): Measure[] {
  const level = policy.screenLevel;
  const out = standOut(comparison, thresholds);
  const worst = clearestOf(out) ?? comparison.sources[0];
  const orders = totalOf(rows, (row) => row.orders);
  const parts = partsBy(
    rows,
    (row) => row.jackknife_group,
    faultsOf,
    (row) => row.orders,
  );
  const all = jackknifeRatio(parts, level);
  const judged = comparison.sources;
  const rate = (own: readonly SourceRow[]): number => (1000 * totalOf(own, faultsOf)) / totalOf(own, (row) => row.orders);
  const method = 'jackknife over groups of members';
  return [
    count(
      'joiners',
      'Members who joined while the files were running and can be followed',
      totalOf(rows, (row) => row.members),
    ),
    count('orders', 'Orders in their first days of membership', orders),
    { id: 'followUp', label: 'Days of membership that are looked at', value: words.followDays, unit: 'days', n: orders },
    count('judgedSources', 'Sources with enough orders to be judged', judged.length),
    count('costlySources', 'Sources that stand out', out.length, judged.length),
    {
      id: 'faultsPerThousand',
      label: 'Returns, complaints and disputes a thousand orders, all sources',
      value: rate(rows),
      unit: 'number',
      n: orders,
      ...(all === null ? {} : { interval: { low: Math.max(0, all.low * 1000), high: all.high * 1000, level, method } }),
    },
    ...(worst === undefined
      ? []
      : [
          {
            id: 'faultRatio',
            label: `faults with orders of members from ${worst.source}, against the other sources`,
            value: worst.ratio,
            unit: 'ratio' as const,
            n: worst.comparable,
            interval: { low: worst.low, high: worst.high, level, method: `observed over expected, adjusted for ${comparison.adjustment}, ${method}` },
          },
          worstRate(worst, rate(worst.rows), policy),
          {
            id: 'worstP',
            label: `Chance of a gap as large as that of ${worst.source} among that many sources without a difference`,
            value: worst.adjustedP,
            unit: 'probability' as const,
            n: judged.length,
          },
          {
            id: 'worstExcess',
            label: `${words.value} lost and service cost beyond those of the other sources: ${worst.source}`,
            value: worst.excess.value,
            unit: 'money' as const,
            n: worst.orders,
            interval: { low: worst.excess.low, high: worst.excess.high, level, method },
          },
        ]),
  ];
}

/** Waste of the sources that stand out beyond that of the others; the ends add up as if all erred in one direction, which is too wide rather than too narrow. */
export function wasteMoney(out: readonly SourceResult[], words: SourceWords): Money | undefined {
  const value = moneyOf(out, (each) => each.excess.value);
  if (out.length === 0 || !(value > 0)) return undefined;
  const meaning = `${words.value} given back and cost of service in the first ${words.followDays} days of members from the sources that stand out, beyond what other sources have with as many orders`;
  return { value, low: moneyOf(out, (each) => each.excess.low), high: moneyOf(out, (each) => each.excess.high), meaning };
}

const sourceKinds: readonly Kind<SourceRow>[] = [
  { labels: ['returns'], of: (row) => row.returns },
  { labels: ['complaints'], of: (row) => row.complaints },
  { labels: ['disputes'], of: (row) => row.disputes },
];

interface Line {
  readonly label: string;
  readonly rows: readonly SourceRow[];
  readonly result: SourceResult | null;
}

export function sourceEvidence(rows: readonly SourceRow[], comparison: Comparison, words: SourceWords, policy: Policy): EvidenceTable[] {
  const judged = new Set(comparison.sources.map(({ source }) => source));
  const small = rows.filter((row) => row.source === null || !judged.has(row.source));
  const lines: Line[] = [
    ...comparison.sources.map((result) => ({ label: result.source, rows: result.rows, result })),
    ...(small.length === 0 ? [] : [{ label: 'Sources with too few orders, together', rows: small, result: null }]),
  ];
  const shown = joinSmallCells(
    lines,
    (line) => totalOf(line.rows, (row) => row.members) >= policy.smallCell,
    (left, right) => ({ label: `${left.label}, ${right.label}`, rows: [...left.rows, ...right.rows], result: null }),
  );
  const kinds = publishedKinds(
    sourceKinds,
    shown.map((line) => line.rows),
    policy.smallCell,
  );
  const perThousand = (own: readonly SourceRow[], of: (row: SourceRow) => number): number | null => {
    const [events, orders] = [totalOf(own, of), totalOf(own, (row) => row.orders)];
    // What no source has at all is not recorded, which is not the same as never.
    return orders === 0 || totalOf(rows, of) === 0 || (events > 0 && events < policy.smallCell) ? null : (1000 * events) / orders;
  };
  const closedShare = (own: readonly SourceRow[]): number | null => {
    const closed = totalOf(own, (row) => row.closed);
    return totalOf(rows, (row) => row.closed) === 0 || (closed > 0 && closed < policy.smallCell) ? null : closed / totalOf(own, (row) => row.members);
  };
  return [
    {
      id: 'by-source',
      title: `Acquisition sources in the first ${words.followDays} days of membership, the most faults for their orders first`,
      columns: [
        { id: 'source', label: 'Source', unit: 'text' },
        { id: 'members', label: 'Members', unit: 'count' },
        { id: 'orders', label: 'Orders', unit: 'count' },
        ...kinds.map(({ labels }) => ({ id: labels.join('-'), label: `${joinedWords(labels)} a thousand orders`, unit: 'number' as const })),
        { id: 'contacts', label: 'Service contacts a thousand orders', unit: 'number' },
        { id: 'closed', label: 'Left within the time', unit: 'share' },
        { id: 'ratio', label: 'Faults (returns, complaints, disputes) against the other sources', unit: 'ratio' },
        { id: 'low', label: 'From', unit: 'ratio' },
        { id: 'high', label: 'To', unit: 'ratio' },
        { id: 'shrunken', label: 'Drawn towards the average', unit: 'ratio' },
        { id: 'limit', label: 'Chance reaches to (95 %)', unit: 'ratio' },
        { id: 'farLimit', label: 'Chance reaches to (99.8 %)', unit: 'ratio' },
        { id: 'p', label: 'p, adjusted for the number of sources', unit: 'probability' },
        {
          id: 'contribution',
          label: `${words.value === 'margin' ? 'Margin' : 'Net sales'}, less what was given back and cost of service`,
          unit: 'moneyPerMember',
        },
      ],
      rows: shown.map(({ label, rows: own, result }) => [
        label,
        totalOf(own, (row) => row.members),
        totalOf(own, (row) => row.orders),
        ...kinds.map(({ of }) => perThousand(own, of)),
        perThousand(own, (row) => row.contacts),
        closedShare(own),
        ...(result === null
          ? [null, null, null, null, null, null, null]
          : [result.ratio, result.low, result.high, result.shrunken, result.limits.high, result.limits.farHigh, result.adjustedP]),
        contributionOf(own),
      ]),
      note: `Adjusted for ${comparison.adjustment}. From and to are the ${policy.screenLevel * 100} % interval. Kinds of fault with fewer than ${policy.smallCell} in some source are put together; other rates that rest on so few are left out.`,
    },
  ];
}

/** One line a source, the most faults first. */
export function sourceChart({ sources }: Comparison, out: readonly SourceResult[]): Chart {
  return {
    kind: 'whisker',
    id: 'sources',
    title: 'Acquisition sources by the faults that come with their orders',
    description:
      'One line a source, with its interval: the faults that come with its orders against those of the other sources with orders like its own, 1 being the same. {costlySources} of {judgedSources} stand out.',
    unit: 'ratio',
    reference: { value: 1, label: 'like the others' },
    rows: sources.map((each) => ({
      label: each.source,
      low: each.low,
      high: each.high,
      outerLow: null,
      outerHigh: null,
      estimate: each.ratio,
      ...(out.includes(each) ? { note: 'stands out' } : {}),
    })),
  };
}
