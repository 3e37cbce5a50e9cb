/** What `poor-acquisition-quality` measures: what joiners of each source become, against others who joined at the same time. */

import { firstDayOfMonth, monthOfDay } from '../../model/days.js';
import { addMoney } from '../../model/money.js';
import type { Measure, Money } from '../../result/schema.js';
import { wilson, zOf } from '../../statistics/intervals.js';
import { adjustForFalseDiscovery } from '../../statistics/multiplicity.js';
import { weightedQuantile } from '../../statistics/quantiles.js';
import { standardisedDifference } from '../../statistics/standardised-difference.js';
import type { AuditContext, Measurement } from '../audit.js';
import { spanSql } from './history-span.sql.js';
import { interpurchaseGapsSql } from './interpurchase-gaps.sql.js';
import { type Dimension, type JoinerRow, joinersSql, type WaitRow, type WorthRow, waitsSql, withDiscount, worthSql } from './poor-acquisition-quality.sql.js';
import {
  type Basis,
  type Compared,
  type Comparison,
  compareGroups,
  type Kind,
  logRankOf,
  type StratumOf,
  strataFor,
  type YearBefore,
  yearBefore,
} from './poor-acquisition-quality-comparison.js';
import { curveChart, groupTable, monthName, publishable, worthChart, yearBeforeTable } from './poor-acquisition-quality-exhibits.js';

const horizons = [365, 180, 90] as const;
/** The silence that counts as a lapse: the same for all groups, so that none is watched more closely. */
const silencePercentile = 0.9;
const unknownSilence = 180;
const worthWordsOf = { margin: 'Margin', revenue: 'Net sales' } as const;

interface Observed {
  readonly dimension: Dimension;
  readonly joiners: readonly JoinerRow[];
  readonly horizon: number;
  readonly waits: readonly WaitRow[];
  readonly worth: readonly WorthRow[];
  readonly stratumOf: StratumOf;
  readonly strataWords: string;
}

const totalOf = (rows: readonly JoinerRow[], of: (row: JoinerRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);

/** The longest period for which two groups have been followed; the shortest one when none has. */
function horizonOf(joiners: readonly JoinerRow[], fewest: number): number {
  const followed: Readonly<Record<(typeof horizons)[number], (row: JoinerRow) => number>> = {
    365: (row) => row.followed_365,
    180: (row) => row.followed_180,
    90: (row) => row.followed_90,
  };
  const names = [...new Set(joiners.map(({ group_name }) => group_name))];
  const groupsAt = (days: (typeof horizons)[number]): number =>
    names.filter(
      (name) =>
        totalOf(
          joiners.filter((row) => row.group_name === name),
          followed[days],
        ) >= fewest,
    ).length;
  return horizons.find((days) => groupsAt(days) >= 2) ?? 90;
}

async function observe(audit: AuditContext, dimension: Dimension, hasPurchases: boolean): Promise<Observed | null> {
  const { engine, derived, window, thresholds } = audit;
  const { dialect } = engine;
  const [purchases, members] = [await derived.purchaseDays(), await derived.memberFacts()];
  const [span] = await engine.rows(spanSql(purchases, members, window.toDay));
  const sinceDay = (hasPurchases ? span?.first_purchase_day : span?.first_closed_day) ?? null;
  if (sinceDay === null) return null;
  const joinerSpan = { dimension, sinceDay, toDay: window.toDay };
  const month = monthOfDay(window.toDay);
  const before = firstDayOfMonth(month - 12) + window.toDay - firstDayOfMonth(month);
  const joiners = await engine.rows(joinersSql(dialect, purchases, joinerSpan, before));
  const horizon = horizonOf(joiners, thresholds.sourceMembers?.least ?? 0);
  const gaps = hasPurchases ? await engine.rows(interpurchaseGapsSql(purchases)) : [];
  const silence =
    weightedQuantile(
      gaps.map((row) => ({ value: row.gap, weight: row.gaps })),
      silencePercentile,
    ) ?? unknownSilence;
  const waits = await engine.rows(waitsSql(dialect, purchases, joinerSpan, horizon, silence));
  const basis = derived.valueBasis;
  const worth = hasPurchases && (basis === 'margin' || basis === 'revenue') ? await engine.rows(worthSql(dialect, purchases, joinerSpan, horizon, basis)) : [];
  const { stratumOf, words } = strataFor(joiners);
  return { dimension, joiners, horizon, waits, worth, stratumOf, strataWords: words };
}

const blank = { measures: [], evidence: [], charts: [], evidenceGrade: 'E4' as const };

/** Why the question cannot be asked of these files; null when it can. */
function refusal({ filledShare }: AuditContext, hasPurchases: boolean): Measurement | null {
  if (filledShare('members', 'acquisition_source') === 0 && filledShare('members', 'acquisition_discount_share') === 0) {
    const unlocks = [
      {
        table: 'members',
        columns: ['acquisition_source', 'acquisition_discount_share'],
        gain: 'says where each member came from, and whether a discount brought them',
      },
    ];
    return { ...blank, notApplicable: 'The files do not say where members came from, nor whether they joined with a discount.', unlocks };
  }
  if (hasPurchases || filledShare('members', 'closed_at') > 0) return null;
  const unlocks = [
    { table: 'transactions', columns: ['member_id', 'occurred_at', 'net_amount'], gain: 'shows what joiners become: whether they buy again, and for how much' },
  ];
  return { ...blank, notApplicable: 'What joiners become can be seen from purchases or from closing dates; the files have neither.', unlocks };
}

export async function measureQuality(audit: AuditContext): Promise<Measurement> {
  const hasPurchases = audit.filledShare('transactions', 'occurred_at') > 0 && audit.filledShare('transactions', 'member_id') > 0;
  const refused = refusal(audit, hasPurchases);
  if (refused !== null) return refused;
  const observed: Observed[] = [];
  const columns: Readonly<Record<Dimension, string>> = { source: 'acquisition_source', discount: 'acquisition_discount_share' };
  for (const dimension of (['source', 'discount'] as const).filter((each) => audit.filledShare('members', columns[each]) > 0)) {
    const found = await observe(audit, dimension, hasPurchases);
    if (found !== null && found.joiners.length > 0) observed.push(found);
  }
  const [main] = observed;
  if (main === undefined) return { ...blank, notEnough: 'Nobody whose source is known joined inside the time that the files follow.' };
  return compareAll(audit, observed, main, hasPurchases);
}

function compareAll(audit: AuditContext, observed: readonly Observed[], main: Observed, hasPurchases: boolean): Measurement {
  const { derived, policy, thresholds } = audit;
  const fewest = Math.max(policy.smallCell, thresholds.sourceMembers?.least ?? 0);
  const basis = basisOf(main, hasPurchases, derived.valueBasis);
  const compareBy = (by: Basis): Comparison[] =>
    observed.flatMap((each) => {
      const only = each.dimension === 'discount' ? { only: [withDiscount] } : {};
      return compareGroups(by, each, { stratumOf: each.stratumOf, horizon: each.horizon, level: policy.screenLevel, fewest, ...only }).groups;
    });
  const groups = inOneFamily(compareBy(basis));
  const kinds: readonly Kind[] = hasPurchases ? ['second', 'lapse'] : ['closing'];
  const waits = kinds.map((kind): Compared => ({ basis: kind, groups: compareBy(kind) }));
  const worth = basis === 'worth' ? { basis, groups } : null;
  const worthWords = derived.valueBasis === 'margin' ? worthWordsOf.margin : worthWordsOf.revenue;
  const alone = publishable(yearBefore(main.joiners, fewest), policy.smallCell);
  const evidence = [
    groupTable(
      observed.flatMap((each) => each.joiners),
      worth,
      waits,
      worthWords,
      policy.smallCell,
    ),
    ...yearBeforeTable(alone),
  ];
  const curves = kinds.slice(0, 1).flatMap((kind) => curveChart(main.waits, kind, main.horizon, policy.screenLevel, fewest));
  const charts = worth === null || groups.length === 0 ? curves : [worthChart(worth, worthWords), ...curves];
  const joiners = totalOf(main.joiners, (row) => row.members);
  const common: Measure[] = [
    { id: 'joiners', label: 'members who joined inside the time that the files follow', value: joiners, unit: 'count', n: joiners },
    { id: 'horizonDays', label: 'time from joining over which groups are compared', value: main.horizon, unit: 'days', n: joiners },
    { id: 'groupsCompared', label: 'groups that could be compared', value: groups.length, unit: 'count', n: groups.length },
  ];
  const seen = { ...blank, evidence, charts, caveats: caveatsOf(main, hasPurchases) };
  const flagged = groups.filter(({ adjustedP, shortfall }) => adjustedP <= (thresholds.falseDiscovery?.q ?? 0) && shortfall > 0);
  const worst = flagged[0] ?? groups[0];
  if (worst === undefined) {
    const [largest] = [...alone].sort((a, b) => b.members - a.members);
    if (largest !== undefined) return { ...seen, measures: [...common, ...yearBeforeMeasures(largest, audit)] };
    return {
      ...seen,
      measures: common,
      notEnough: `No two groups of at least ${fewest} members joined at the same time and have been followed for long enough.`,
    };
  }
  const measures: Measure[] = [
    ...common,
    { id: 'groupsFlagged', label: 'groups that do worse than others by more than chance', value: flagged.length, unit: 'count', n: groups.length },
    ...worstMeasures(worst, basis, audit, worthWords),
    ...waits.flatMap((compared) => waitMeasures(compared, worst.name, audit)),
    ...kinds.flatMap((kind) => logRankMeasures(main, kind, joiners)),
  ];
  // A member has a source and may have had a discount: of the two cuts of the same members only that of the worst group is added up.
  const atStake = flagged.filter(({ name }) => (name === withDiscount) === (worst.name === withDiscount));
  const money = basis === 'worth' ? moneyOf(atStake, main.horizon, worthWords, policy.screenLevel) : null;
  const affected = atStake.reduce((sum, { members }) => sum + members, 0);
  const members = affected === 0 ? {} : { members: { value: affected, meaning: 'joiners of groups that do worse than others' } };
  return { ...seen, measures, ...(money === null ? {} : { money }), ...members };
}

const logRankWords: Readonly<Record<Kind, string>> = { second: 'time to the second purchase', lapse: 'time to a long silence', closing: 'time to closing' };

function logRankMeasures({ waits, stratumOf }: Observed, kind: Kind, n: number): Measure[] {
  const p = logRankOf(waits, kind, stratumOf);
  if (p === null) return [];
  return [
    {
      id: `chance-${kind}`,
      label: `chance of differences between all groups as large as these in ${logRankWords[kind]} (log-rank test within the time of joining)`,
      value: p,
      unit: 'probability',
      n,
    },
  ];
}

/** Money when it is known, else the second purchase, else closings. */
function basisOf(main: Observed, hasPurchases: boolean, valueBasis: string | null): Basis {
  if (hasPurchases && (valueBasis === 'margin' || valueBasis === 'revenue') && main.worth.length > 0) return 'worth';
  return hasPurchases ? 'second' : 'closing';
}

/** Sources and the discount are one family of comparisons, declared before looking (methodology §0.5, F-3). */
function inOneFamily(groups: readonly Comparison[]): Comparison[] {
  const adjusted = adjustForFalseDiscovery(groups.map(({ p }) => p));
  return groups.map((group, index) => ({ ...group, adjustedP: adjusted[index] ?? 1 })).sort((a, b) => b.shrunken - a.shrunken || (a.name < b.name ? -1 : 1));
}

function worstMeasures(worst: Comparison, basis: Basis, { policy }: AuditContext, worthWords: string): Measure[] {
  const level = policy.screenLevel;
  const n = worst.members;
  const interval = { low: worst.low, high: worst.high, level, method: 'standardised to the time of joining, large-sample normal' };
  const shared: Measure[] = [
    { id: 'worstGroup', label: worst.name, value: n, unit: 'count', n },
    { id: 'worstShrunken', label: 'the same, drawn towards the other groups by as much as chance is in it', value: worst.shrunken, unit: 'share', n },
    { id: 'worstChance', label: 'chance of such a difference among so many groups if none differed', value: worst.adjustedP, unit: 'probability', n },
  ];
  if (basis !== 'worth') {
    return [
      {
        id: 'worstLostTime',
        label: `time lost by the group that does worst (${worst.name}), as a share of the time watched`,
        value: worst.shortfall,
        unit: 'share',
        n,
        interval,
      },
      ...shared,
    ];
  }
  const { low, high, estimate } = worst.difference;
  return [
    {
      id: 'worstShortfall',
      label: `how much less the group that does worst (${worst.name}) is worth than others`,
      value: worst.shortfall,
      unit: 'share',
      n,
      interval,
    },
    { id: 'worstWorth', label: `${worthWords} a member of this group`, value: worst.own, unit: 'moneyPerMember', n },
    { id: 'otherWorth', label: `${worthWords} a member of the others, same time of joining`, value: worst.other, unit: 'moneyPerMember', n },
    { id: 'worthDifference', label: 'difference', value: estimate, unit: 'moneyPerMember', n, interval: { ...interval, low, high } },
    ...shared,
  ];
}

/** The other outcomes of the group that does worst, in days. */
function waitMeasures({ basis, groups }: Compared, name: string, { policy }: AuditContext): Measure[] {
  const group = groups.find((each) => each.name === name);
  if (group === undefined) return [];
  const label =
    basis === 'second'
      ? 'days that this group waits longer for the second purchase'
      : basis === 'lapse'
        ? 'days that this group falls silent earlier'
        : 'days that this group closes earlier';
  const sign = basis === 'second' ? 1 : -1;
  const { estimate, low, high } = group.difference;
  const ends = [sign * low, sign * high].sort((a, b) => a - b);
  const interval = {
    low: ends[0] ?? 0,
    high: ends[1] ?? 0,
    level: policy.screenLevel,
    method: 'difference of restricted means, standardised to the time of joining',
  };
  return [{ id: `days-${basis}`, label, value: sign * estimate, unit: 'days', n: group.members, interval }];
}

function moneyOf(flagged: readonly Comparison[], horizon: number, worthWords: string, level: number): Money | null {
  if (flagged.length === 0) return null;
  const value = addMoney(flagged.map(({ difference, members }) => -difference.estimate * members));
  const half = zOf(level) * Math.sqrt(flagged.reduce((sum, { difference, members }) => sum + (difference.standardError * members) ** 2, 0));
  return {
    value,
    low: Math.max(0, value - half),
    high: value + half,
    meaning: `${worthWords.toLowerCase()} in the first ${horizon} days by which these joiners are below others who joined at the same time`,
  };
}

function yearBeforeMeasures(found: YearBefore, { policy }: AuditContext): Measure[] {
  const level = policy.screenLevel;
  const months = found.firstMonth === found.lastMonth ? monthName(found.firstMonth) : `${monthName(found.firstMonth)} to ${monthName(found.lastMonth)}`;
  const share = (id: string, label: string, closed: number, members: number): Measure => ({
    id,
    label,
    value: closed / members,
    unit: 'share',
    n: members,
    interval: { ...wilson(closed, members, level), level, method: 'Wilson score interval' },
  });
  const difference = standardisedDifference(
    [{ later: { successes: found.closed, n: found.members }, earlier: { successes: found.otherClosed, n: found.otherMembers } }],
    level,
  );
  return [
    { id: 'aloneGroup', label: found.name, value: found.members, unit: 'count', n: found.members },
    { id: 'aloneClosed', label: `of those who joined through ${found.name} in ${months}, closed since`, value: found.closed, unit: 'count', n: found.members },
    share('aloneClosedShare', `share closed since, of those who joined through ${found.name} in ${months}`, found.closed, found.members),
    {
      id: 'yearBeforeMembers',
      label: 'others who had joined in the same months of the year before',
      value: found.otherMembers,
      unit: 'count',
      n: found.otherMembers,
    },
    { id: 'yearBeforeClosed', label: 'of these, closed at the same age', value: found.otherClosed, unit: 'count', n: found.otherMembers },
    share('yearBeforeClosedShare', 'share of these closed at the same age', found.otherClosed, found.otherMembers),
    ...(difference === null
      ? []
      : [
          {
            id: 'yearBeforeDifference',
            label: 'difference between the two years, which is not a comparison of sources',
            value: difference.estimate,
            unit: 'shareDifference' as const,
            n: found.members + found.otherMembers,
            interval: { low: difference.low, high: difference.high, level, method: 'Newcombe' },
          },
        ]),
  ];
}

function caveatsOf({ joiners, strataWords }: Observed, hasPurchases: boolean): string[] {
  const before = totalOf(joiners, (row) => row.bought_before);
  return [
    `Groups are compared inside the same ${strataWords} of joining and for the same time; what they bought first, and who they were, is not adjusted for, so a difference is one between groups of people and not an effect of the source.`,
    ...(before > 0 ? ['Members who bought before they joined are left out, because their first purchase is not known to be the first.'] : []),
    ...(hasPurchases
      ? ['Who joined before the files begin is left out: their first months are not in the files.']
      : ['The files hold no purchases by member, so only closed memberships are compared; who stays without ever returning counts as staying.']),
    'For context only, never scored: a 35 % discount brought customers worth about half in two trades (Lewis 2006), while in randomised catalogue tests deeper discounts raised the later purchases of first-time customers (Anderson & Simester 2004). So it is measured here and not presumed.',
  ];
}
