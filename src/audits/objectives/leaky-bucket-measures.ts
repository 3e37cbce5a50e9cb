/** What `leaky-bucket` measures: who comes and goes, whether new members stay as long as those before them, and where sales change. */
import type { Chart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { differenceOfMeans, momentsOf, wilson } from '../../statistics/intervals.js';
import type { AuditContext, Measurement, Policy } from '../audit.js';
import { type Buckets, type Definition, measureBuckets } from './leaky-bucket-definitions.js';
import { type Cohort, type Flow, flowsOf, latestYear, mayShow, publishedFlows, type Retention, type YearOfFlows } from './leaky-bucket-flows.js';
import { salesChangeOf } from './leaky-bucket-sales.js';

const fewestActive = 50;

const shareOf = ({ members, retained }: Cohort): number => retained / members;

function countMeasure(id: string, label: string, value: number, n: number, { smallCell }: Policy): Measure {
  const isShown = mayShow(value, smallCell);
  return {
    id,
    label,
    value: isShown ? value : null,
    unit: 'count',
    n,
    ...(isShown ? {} : { why: `Fewer than ${smallCell} members: the number is not shown.` }),
  };
}

function ratioMeasures({ fresh, back, lapsed, ratio, inflow }: YearOfFlows, policy: Policy): Measure[] {
  const n = fresh + back + lapsed;
  const measure = (id: string, label: string, estimate: typeof ratio, came: number): Measure => {
    if (lapsed < policy.smallCell || came < policy.smallCell || estimate === null) {
      return { id, label, value: null, unit: 'ratio', n, why: 'Too few members came or went for a ratio.' };
    }
    const interval = { low: Math.max(0, estimate.low), high: estimate.high, level: policy.screenLevel, method: 'jackknife over groups of members' };
    return { id, label, value: estimate.estimate, unit: 'ratio', n, interval };
  };
  return [
    measure('replacementRatio', 'new members, compared with lapsed ones', ratio, fresh),
    measure('inflowRatio', 'new and returning members together, compared with lapsed ones', inflow, fresh + back),
  ];
}

/** Retention of two groups of joiners, or of three in a row, and whether it fell twice. */
function retentionMeasures(found: Retention | null, policy: Policy): Measure[] {
  if (found === null) {
    const why = 'Too few groups of joiners have been followed for a year and are large enough.';
    return [{ id: 'consecutiveFalls', label: 'consecutive falls in retention', value: null, unit: 'count', n: 0, why }];
  }
  const { earlier, middle, later, falls, isSameSeason } = found;
  const level = policy.screenLevel;
  const retention = (id: string, label: string, cohort: Cohort): Measure => ({
    id,
    label: `still there after 12 months, of those who joined in ${cohort.label}${label}`,
    value: shareOf(cohort),
    unit: 'share',
    n: cohort.members,
    interval: { ...wilson(cohort.retained, cohort.members, level), level, method: 'Wilson score interval' },
  });
  const moments = ({ members, retained }: Cohort) => momentsOf(members, retained, retained);
  const { estimate, low, high } = differenceOfMeans(moments(later), moments(earlier), level);
  return [
    { id: 'laterJoiners', label: later.label, value: later.members, unit: 'count', n: later.members },
    { id: 'earlierJoiners', label: earlier.label, value: earlier.members, unit: 'count', n: earlier.members },
    retention('retentionLatest', ' (latest followed)', later),
    ...(middle === null ? [] : [retention('retentionMiddle', ' (one before)', middle)]),
    retention('retentionEarlier', middle === null ? ' (the same quarters a year before)' : ' (two before)', earlier),
    {
      id: 'retentionChange',
      label: 'change in retention after 12 months between these groups of joiners',
      value: estimate,
      unit: 'shareDifference',
      n: earlier.members + later.members,
      interval: { low, high, level, method: 'difference of two shares' },
    },
    {
      id: 'consecutiveFalls',
      label: 'consecutive falls in retention, up to the latest group',
      value: falls,
      unit: 'count',
      n: earlier.members + later.members,
    },
    {
      id: 'sameSeason',
      label: 'whether both joined at the same time of the year (1: yes, 0: no)',
      value: isSameSeason ? 1 : 0,
      unit: 'count',
      n: earlier.members + later.members,
    },
  ];
}

function flowTable(flows: readonly Flow[], words: string): EvidenceTable {
  return {
    id: 'flows',
    title: 'The bucket, quarter by quarter',
    columns: [
      { id: 'quarter', label: 'Quarter', unit: 'text' },
      { id: 'opening', label: 'Active at the start', unit: 'count' },
      { id: 'new', label: 'New', unit: 'count' },
      { id: 'back', label: 'Came back', unit: 'count' },
      { id: 'lapsed', label: 'Lapsed', unit: 'count' },
      { id: 'closing', label: 'Active at the end', unit: 'count' },
    ],
    rows: flows.map(({ label, opening, fresh, back, lapsed, closing }) => [label, opening, fresh, back, lapsed, closing]),
    note: `Active at the start + new + came back − lapsed = active at the end. Lapsed by ${words}. Quarters with too few members of a kind are joined.`,
  };
}

/** Each definition over the latest year: a conclusion that hangs on one of them is weak. */
function definitionTable({ definitions, missing }: Buckets, policy: Policy): EvidenceTable {
  const shown = (count: number): number | null => (mayShow(count, policy.smallCell) ? count : null);
  return {
    id: 'definitions',
    title: 'The same with other definitions of a lapse',
    columns: [
      { id: 'definition', label: 'Lapsed by', unit: 'text' },
      { id: 'quarters', label: 'Quarters', unit: 'count' },
      { id: 'new', label: 'New', unit: 'count' },
      { id: 'back', label: 'Came back', unit: 'count' },
      { id: 'lapsed', label: 'Lapsed', unit: 'count' },
      { id: 'active', label: 'Active at the end', unit: 'count' },
      { id: 'ratio', label: 'New for each lapsed', unit: 'ratio' },
      { id: 'retention', label: 'Still there after 12 months, latest group', unit: 'share' },
    ],
    rows: [
      ...definitions.map(({ words, spells, bounds, cohorts }) => {
        const year = latestYear(spells, bounds, policy.screenLevel);
        const latest = cohorts.at(-1);
        const ratio = year.lapsed >= policy.smallCell && year.fresh >= policy.smallCell ? year.fresh / year.lapsed : null;
        return [
          words,
          year.quarters,
          shown(year.fresh),
          shown(year.back),
          shown(year.lapsed),
          shown(year.active),
          ratio,
          latest === undefined ? null : shareOf(latest),
        ];
      }),
      ...missing.map(({ words, why }) => [`${words} (not used: ${why})`, null, null, null, null, null, null, null]),
    ],
    note: 'The first line is judged. A member who bought once only counts as lapsed by the common limit in the model too, because the model lets nobody go before a second purchase.',
  };
}

function cohortTable({ cohorts }: Definition): EvidenceTable[] {
  if (cohorts.length === 0) return [];
  return [
    {
      id: 'cohorts',
      title: 'Who was still there 12 months after joining',
      columns: [
        { id: 'joined', label: 'Joined in', unit: 'text' },
        { id: 'members', label: 'Members', unit: 'count' },
        { id: 'retained', label: 'Still there', unit: 'count' },
        { id: 'share', label: 'Share', unit: 'share' },
      ],
      rows: cohorts.map((cohort) => [cohort.label, cohort.members, cohort.retained, shareOf(cohort)]),
      note: 'Every group has been followed for the same 365 days. Groups that are too small are joined to their neighbour.',
    },
  ];
}

function flowChart(flows: readonly Flow[]): Chart[] {
  if (flows.length < 2) return [];
  const line = (label: string, emphasis: 'strong' | 'normal' | 'muted', of: (flow: Flow) => number) => ({
    label,
    emphasis,
    points: flows.map((flow, x) => ({ x, y: of(flow), low: null, high: null })),
  });
  return [
    {
      id: 'flows',
      kind: 'lines',
      title: 'Members who came and members who went',
      description: 'One line each for new members, members who came back and lapsed members, by quarter; underneath, the members active at the end.',
      isStepped: false,
      xLabel: 'Quarter',
      xUnit: 'text',
      xNames: flows.map(({ label }) => label),
      yLabel: 'Members',
      yUnit: 'count',
      lines: [
        line('lapsed', 'strong', ({ lapsed }) => lapsed),
        line('new', 'normal', ({ fresh }) => fresh),
        ...(flows.some(({ back }) => back > 0) ? [line('came back', 'muted', ({ back }) => back)] : []),
      ],
      counts: { label: 'Active at the end', values: flows.map(({ closing }, x) => ({ x, n: closing })) },
      xReferences: [],
      yReferences: [],
    },
  ];
}

export async function measureLeak(audit: AuditContext): Promise<Measurement> {
  const { policy, filledShare } = audit;
  const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };
  const hasPurchases = filledShare('transactions', 'occurred_at') > 0 && filledShare('transactions', 'member_id') > 0;
  const hasMembership = filledShare('members', 'enrolled_at') > 0 && filledShare('members', 'closed_at') > 0;
  if (!hasPurchases && !hasMembership) {
    const notApplicable = 'Who stays can be seen from purchases by member, or from dates of joining and closing; the files have neither.';
    const unlocks = [
      { table: 'transactions', columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'shows who has fallen silent, and what they bought' },
      { table: 'members', columns: ['enrolled_at', 'closed_at'], gain: 'shows who joined and who cancelled' },
    ];
    return { ...blank, notApplicable, unlocks };
  }
  const buckets = await measureBuckets(audit);
  const cancelled = cancellations(buckets, policy);
  const [judged] = buckets.definitions;
  if (judged === undefined) {
    return {
      ...blank,
      measures: cancelled,
      notEnough: 'The files do not follow members over a whole calendar quarter after enough is known of them to say who was active when it began.',
    };
  }
  const year = latestYear(judged.spells, judged.bounds, policy.screenLevel);
  const flows = publishedFlows(flowsOf(judged.spells, judged.bounds), policy.smallCell);
  if (year.active + year.lapsed < fewestActive || flows.length === 0) {
    return {
      ...blank,
      measures: cancelled,
      notEnough: `The question needs at least ${fewestActive} members who are or were active, and enough who came or went to be shown.`,
    };
  }
  // A cohort needs a year of follow-up; where purchases are too short for it, closings may not be.
  const followed = buckets.definitions.find(({ retention }) => retention !== null) ?? judged;
  const sales = salesChangeOf(buckets.change, policy);
  const n = year.active + year.lapsed;
  const pooled: Measure[] =
    buckets.pooledDays === null
      ? []
      : [{ id: 'pooledDays', label: 'silence that is long for members with fewer than four purchases', value: buckets.pooledDays, unit: 'days', n }];
  const measures: Measure[] = [
    countMeasure('activeMembers', 'members active at the end of the last whole quarter', year.active, n, policy),
    { id: 'quarters', label: 'quarters that the flows below cover', value: year.quarters, unit: 'count', n: year.quarters },
    countMeasure('newMembers', 'new members in these quarters', year.fresh, n, policy),
    countMeasure('backMembers', 'members who came back in these quarters', year.back, n, policy),
    countMeasure('lapsedMembers', 'members who lapsed in these quarters', year.lapsed, n, policy),
    ...ratioMeasures(year, policy),
    ...retentionMeasures(followed.retention, policy),
    ...cancelled,
    ...byModel(buckets, policy),
    ...pooled,
    ...sales.measures,
  ];
  return {
    measures,
    evidence: [flowTable(flows, judged.words), ...cohortTable(followed), definitionTable(buckets, policy), ...sales.evidence],
    charts: [...flowChart(flows), ...sales.charts],
    evidenceGrade: 'E4',
    ...(sales.money === null ? {} : { money: sales.money }),
    ...(mayShow(year.lapsed, policy.smallCell)
      ? { members: { value: year.lapsed, meaning: `members who lapsed in the latest ${year.quarters} quarters` } }
      : {}),
    caveats: caveatsOf(audit, buckets, judged, followed),
  };
}

/** What the model of buying says instead. */
function byModel({ definitions }: Buckets, policy: Policy): Measure[] {
  const model = definitions.find(({ id }) => id === 'chance');
  if (model === undefined) return [];
  const { active, lapsed } = latestYear(model.spells, model.bounds, policy.screenLevel);
  return [countMeasure('activeByModel', 'members active at the end of the last whole quarter, by a model of buying', active, active + lapsed, policy)];
}

/** How many of all members on file have closed their membership. */
function cancellations({ span }: Buckets, policy: Policy): Measure[] {
  const { members, closed } = span;
  if (closed < policy.smallCell || members - closed < policy.smallCell) return [];
  const interval = { ...wilson(closed, members, policy.screenLevel), level: policy.screenLevel, method: 'Wilson score interval' };
  return [
    { id: 'cancelledMembers', label: 'members on file who have closed their membership', value: closed, unit: 'count', n: members },
    {
      id: 'cancelledShare',
      label: 'share of all members on file who have closed their membership',
      value: closed / members,
      unit: 'share',
      n: members,
      interval,
    },
  ];
}

function caveatsOf({ filledShare }: AuditContext, { change }: Buckets, judged: Definition, followed: Definition): string[] {
  const caveats: string[] = [];
  if (judged.id === 'silence') {
    caveats.push(
      'Nobody tells a shop that they have left: a lapse here is a silence that is long for the member, and one in ten of a member’s own gaps is that long, so many who lapse come back.',
    );
    if (filledShare('members', 'enrolled_at') === 0)
      caveats.push('Joining dates are unknown, so who is seen for the first time counts as new, though some will have bought before the files begin.');
  } else {
    caveats.push('A membership that nobody closes counts as active, however long the member has been silent.');
  }
  if (followed.id === 'membership')
    caveats.push(
      'Members whose records were deleted when they left are missing, so retention may look better than it was, the more so for older groups of joiners.',
    );
  if (followed.retention?.isSameSeason === false)
    caveats.push(
      'Groups of joiners are quarters, and customers won before Christmas often stay for a shorter time: a fall may be the season, so it is watched and not called a problem. With six quarters of joiners followed for a year, the same quarters are compared.',
    );
  if (followed.id !== judged.id)
    caveats.push('The purchases do not reach back far enough to follow joiners for a year, so retention is taken from closed memberships.');
  if (change !== null && change.days < 365) caveats.push('Sales are compared with the months just before, so their change contains the season.');
  return caveats;
}
