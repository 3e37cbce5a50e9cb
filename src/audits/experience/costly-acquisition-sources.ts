/** Do some acquisition sources bring members whose orders go wrong more often? */
import { type AuditContext, defineAudit, type Measurement } from '../audit.js';
import { acquisitionSourcesSql, type SourceRow } from './costly-acquisition-sources.sql.js';
import { count, totalOf } from './figures.js';
import { compareSources, faultsOf } from './source-comparison.js';
import { sourceChart, sourceEvidence, sourceMeasures, standOut, wasteMoney } from './source-measures.js';

/** After the follow-up, so that what is wrong with the last orders can show. */
const lagDays = 30;
const fewestFaults = 30;
/** Of the fifty random groups of members; with fewer the intervals would rest on a handful of people. */
const fewestGroups = 10;

async function measure(context: AuditContext): Promise<Measurement> {
  const { engine, derived, window, policy, thresholds } = context;
  const followDays = thresholds.followUp?.days ?? 0;
  const fewestOrders = thresholds.sourceOrders?.minimum ?? 0;
  const isMargin = derived.valueBasis === 'margin';
  const rows = await engine.rows(acquisitionSourcesSql(engine.dialect, { toDay: window.toDay, followDays, lagDays, isMargin }));
  const faults = totalOf(rows, faultsOf);
  const ordersOf = (source: string): number =>
    totalOf(
      rows.filter((row) => row.source === source),
      (row) => row.orders,
    );
  const names = [...new Set(rows.flatMap((row) => (row.source === null ? [] : [row.source])))].filter(
    (source) => ordersOf(source) >= Math.max(1, fewestOrders),
  );
  const none = {
    measures: [
      count(
        'joiners',
        'Members who joined while the files were running and can be followed',
        totalOf(rows, (row) => row.members),
      ),
      count('faults', 'Returns, complaints and disputes of theirs', faults),
    ],
    evidence: [],
    charts: [],
    evidenceGrade: 'E4' as const,
  };
  if (names.length < 2 || new Set(rows.map((row) => row.jackknife_group)).size < fewestGroups) {
    return {
      ...none,
      notEnough:
        'The comparison needs two sources with enough orders in the first days of membership, of members who joined after the files begin and long enough before they end.',
    };
  }
  if (faults < fewestFaults) {
    return {
      ...none,
      notEnough: `The members who can be followed have fewer than ${fewestFaults} recorded returns, complaints and disputes together, so sources cannot be told apart.`,
      unlocks: [{ table: 'service_events', columns: ['member_id', 'occurred_at', 'type'], gain: 'counts complaints and disputes by acquisition source' }],
    };
  }
  const words = { value: isMargin ? 'margin' : 'net sales', followDays };
  const comparison = compareSources(rows, names, policy.screenLevel);
  const out = standOut(comparison, thresholds);
  const money = wasteMoney(out, words);
  return {
    measures: sourceMeasures(rows, comparison, thresholds, words, policy),
    evidence: sourceEvidence(rows, comparison, words, policy),
    charts: [sourceChart(comparison, out)],
    evidenceGrade: comparison.adjustment === 'nothing' ? 'E4' : 'E3',
    ...(money === undefined ? {} : { money }),
    members: { value: totalOf(out, (each) => each.members), meaning: 'members from the sources that stand out who joined in the time looked at' },
    caveats: caveatsOf(rows, comparison.adjustment),
  };
}

function caveatsOf(rows: readonly SourceRow[], adjustment: string): string[] {
  const hasDisputes = rows.some((row) => row.disputes > 0);
  return [
    adjustment === 'nothing'
      ? 'Too few orders of other sources share a joining month, so nothing could be adjusted for: a source that was busy at Christmas is compared with the whole year.'
      : `Sources are compared within ${adjustment} only; members may differ in much else, such as age or what they were promised, so a source is associated with its faults and need not bring them about.`,
    'Only members who joined after the first sale of the files are looked at, each for the same number of days, so that late returns of new sources are not missed.',
    'Acquisition discounts count as far as they lower net sales or margin; advertising paid for a source is not in these files.',
    ...(hasDisputes ? ['For context, never scored: a former Visa programme warned merchants from disputes of 0.65 % of sales and 75 a month on.'] : []),
  ];
}

export const costlyAcquisitionSources = defineAudit({
  id: 'costly-acquisition-sources',
  category: 'experience',
  question: 'Do some acquisition sources bring members whose orders go wrong more often?',
  why: 'A source that brings many members looks cheap until their returns, complaints and disputes are counted.',
  problem: 'CF1',
  weight: 'high',
  needs: { members: ['acquisition_source', 'enrolled_at'], transactions: ['member_id', 'occurred_at', 'net_amount'] },
  improves: {
    service_events: [
      { columns: ['member_id', 'occurred_at', 'type'], gain: 'counts complaints, disputes and service contacts by source' },
      { columns: ['cost'], gain: 'adds what service cost' },
    ],
    transactions: [
      { columns: ['is_return'], gain: 'counts returns by source' },
      { columns: ['category'], gain: 'compares sources within the category of the first order' },
      { columns: ['margin_amount'], gain: 'says what is left of the margin' },
    ],
    members: [{ columns: ['closed_at'], gain: 'shows which sources bring members who leave at once' }],
  },
  minimum: { members: 50 },
  thresholds: {
    faultRatio: {
      levels: { watch: 1.2, high: 1.5 },
      source: { kind: 'house', note: 'A fifth, or a half, more faults than other sources with orders like these; the other sources are the yardstick.' },
    },
    falseDiscovery: {
      levels: { rate: 0.1 },
      unit: 'share',
      source: {
        kind: 'paper',
        citation: 'Benjamini & Hochberg 1995, doi 10.1111/j.2517-6161.1995.tb02031.x',
        note: 'Of the sources that stand out, at most a tenth are expected to do so by chance.',
      },
    },
    sourceOrders: {
      levels: { minimum: 200 },
      unit: 'count',
      source: { kind: 'house', note: 'A source with fewer orders stays in the comparison and is not judged by itself.' },
    },
    followUp: {
      levels: { days: 90 },
      unit: 'days',
      source: { kind: 'house', note: 'Everybody’s first quarter of membership, and 30 days more for returns and complaints to show.' },
    },
  },
  notOfMembers: ['judgedSources', 'costlySources', 'worstP'],
  rivals: [
    {
      explanation: 'Members of one source buy other goods, or joined in another season, with more returns whatever the source.',
      check:
        'Members are compared within joining month and category of the first order, or within the month alone, or as they are, where too few orders have their like; the table says which.',
      open: 'Age, place, and what members were promised are not in the files.',
    },
    {
      explanation: 'Returns and complaints are recorded better for some sources, such as the web, than for others.',
      check: 'The kinds of faults are shown apart where there are enough of each, so that one kind that is missing in one source is seen.',
      open: 'The files do not say who records what.',
    },
    {
      explanation: 'The worst of many sources always looks bad.',
      check: 'Sources are judged together, and the figure of the worst one is drawn towards the others.',
      open: 'A source with few orders keeps a wide interval.',
    },
  ],
  measure,
  judge: (measures, { faultRatio }) => {
    const worst = measures.get('faultRatio');
    if ((measures.value('costlySources') ?? 0) === 0) return { status: 'healthy', severity: 'none' };
    const isFar = (worst?.value ?? 0) > (faultRatio?.high ?? 0) && (worst?.interval?.low ?? 0) > (faultRatio?.watch ?? 0);
    return isFar ? { status: 'problem', severity: 'high' } : { status: 'watch', severity: 'low' };
  },
  explain: (measures, { status }) => {
    const several = (measures.value('costlySources') ?? 0) > 1 ? ' {costlySources} of {judgedSources} sources stand out; the table has them all.' : '';
    const common =
      'Over all sources {faultsPerThousand} returns, complaints and disputes, faults for short, came with a thousand orders ({faultsPerThousand.interval}) in the first {followUp} of membership.';
    const excess =
      (measures.value('worstExcess') ?? 0) > 0
        ? ' Beyond what other sources give back and need in service with as many orders, it comes to {worstExcess} ({worstExcess.interval}) for this source.'
        : '';
    return {
      condition:
        status === 'healthy'
          ? `${common} None of {judgedSources} sources stands out. Furthest from the others are the {faultRatio.label}: {faultRatio} ({faultRatio.interval}).`
          : `${common} What stands out most clearly are the {faultRatio.label}, like orders compared: {faultRatio} ({faultRatio.interval}); {worstPerThousand} of them a thousand orders.${several}`,
      criterion:
        'A source stands out when it has more than {threshold.faultRatio.watch} the faults of the others and, with that many sources compared, at most {threshold.falseDiscovery.rate} of such calls would be chance; above {threshold.faultRatio.high}, with an interval that stays above the first level, it is a problem.',
      consequence:
        status === 'healthy'
          ? 'No source brings clearly more disappointment than the others; what a member is worth after returns and service is in the table.'
          : `Part of what this source brings in goes back out as returns, complaints and service.${excess}`,
      action:
        status === 'healthy'
          ? 'Keep the table beside the cost of each source when the acquisition budget is set.'
          : 'Read what this source promises, compare it with what members get, and change the promise for a random half of its new members; compare their returns and complaints over their first 90 days.',
      wouldChangeOurMind:
        'A kind of goods or of customer that this source brings and the files do not show, or returns and complaints that are recorded for some sources better than for others.',
    };
  },
});
