/** Measures, evidence and the chart of messages around events, kind by kind, against what chance gives the same members. */
import { addMoney } from '../../model/money.js';
import type { WhiskerChart } from '../../result/charts.js';
import type { EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { effectiveCount } from '../../statistics/quantiles.js';
import { jackknifeRatio, type Part, ratioOf } from '../../statistics/resampling.js';
import type { Policy } from '../audit.js';
import { type EventRow, type Kind, kinds, type StretchRow } from './silent-events.sql.js';

/** Fewer events than this say nothing about a kind. */
const fewestEvents = 30;
/** Where chance leaves fewer than one event in ten without a message, a message says nothing. */
const leastRoom = 0.1;
/** On fewer stretches of the calendar than this, counted as if they were equally full, one campaign to everybody looks like an announcement. */
const fewestStretches = 4;
/** Values are known for so many of the expiries, or their sum is not shown. */
const leastValued = 0.95;

export const kindWords: Readonly<Record<Kind, string>> = { tier: 'changes of tier', expiry: 'expiries of points', anniversary: 'anniversaries of joining' };

const eventsOf = (rows: readonly EventRow[]): number => rows.reduce((sum, { events }) => sum + events, 0);
export const membersOf = (rows: readonly EventRow[]): number => rows.reduce((sum, { members }) => sum + members, 0);
export const ofKind = (rows: readonly EventRow[], kind: Kind): EventRow[] => rows.filter((row) => row.kind === kind);
export const silentRows = (rows: readonly EventRow[]): EventRow[] => rows.filter(({ is_heard }) => is_heard === 0);

/** What chance gives the member of an event: the mean over the other dates that can be seen; null when none can. */
function chanceOf({ is_heard_earlier: earlier, is_heard_later: later }: EventRow): number | null {
  const seen = [earlier, later].filter((value) => value !== null);
  return seen.length === 0 ? null : seen.reduce((sum, value) => sum + value, 0) / seen.length;
}

/** Totals of two amounts an event, one part a jackknife group. */
function partsOf(rows: readonly EventRow[], of: (row: EventRow) => Part): Part[] {
  const groups = [...new Set(rows.map(({ jackknife_group }) => jackknife_group))].sort((a, b) => a - b);
  return groups.map((group) =>
    rows
      .filter(({ jackknife_group }) => jackknife_group === group)
      .map((row) => ({ row, part: of(row) }))
      .reduce(
        (sum, { row, part }) => ({ numerator: sum.numerator + part.numerator * row.events, denominator: sum.denominator + part.denominator * row.events }),
        {
          numerator: 0,
          denominator: 0,
        },
      ),
  );
}

/** A share of events, its interval over groups of members; where the groups do not differ, the members themselves give it. */
function shareMeasure(id: string, label: string, rows: readonly EventRow[], parts: readonly Part[], level: number): Measure {
  const n = eventsOf(rows);
  const value = Math.min(1, Math.max(0, ratioOf(parts) ?? 0));
  const groups = jackknifeRatio(parts, level);
  const members = Math.max(1, membersOf(rows));
  const [low, high] = [groups?.low ?? 0, groups?.high ?? 0].map((end) => Math.min(1, Math.max(0, end)));
  // An interval that lies below 0 as a whole, where messages are held back around events, has no width once it is cut off there.
  const interval =
    low === undefined || high === undefined || !(low < high)
      ? { ...wilson(value * members, members, level), level, method: 'Wilson score interval' }
      : { low, high, level, method: `jackknife over ${parts.length} groups of members` };
  return { id, label, value, unit: 'share', n, interval };
}

/** Four measures of one kind: how many events, how many with a message, how many by chance, how many beyond chance. */
function kindMeasures(kind: Kind, rows: readonly EventRow[], stretches: readonly StretchRow[], { screenLevel, smallCell }: Policy): Measure[] {
  const words = kindWords[kind];
  const n = eventsOf(rows);
  const labels = {
    Share: `Share of ${words} with a message around them`,
    ByChance: `Share of the same members’ other days with a message around them: what chance gives for ${words}`,
    Announced: `Share of ${words} announced beyond chance`,
  };
  const count: Measure = { id: `${kind}Events`, label: `Observed ${words}`, value: n, unit: 'count', n };
  const unknown = (why: string): Measure[] =>
    Object.entries(labels).map(([part, label]) => ({ id: `${kind}${part}`, label, value: null, unit: 'share' as const, n, why }));
  if (n < fewestEvents || membersOf(rows) < smallCell)
    return [count, ...unknown(`Fewer than ${fewestEvents} ${words} could be seen with the days around them.`)];
  const heard = shareMeasure(
    `${kind}Share`,
    labels.Share,
    rows,
    partsOf(rows, ({ is_heard }) => ({ numerator: is_heard, denominator: 1 })),
    screenLevel,
  );
  const paired = rows.filter((row) => chanceOf(row) !== null);
  const cannot = (why: string): Measure[] => [count, heard, ...unknown(why).slice(1)];
  if (eventsOf(paired) < fewestEvents)
    return cannot('For too few of these events another stretch of the same member’s days can be seen, so chance is not known.');
  const byChance = shareMeasure(
    `${kind}ByChance`,
    labels.ByChance,
    paired,
    partsOf(paired, (row) => ({ numerator: chanceOf(row) ?? 0, denominator: 1 })),
    screenLevel,
  );
  const untold = (why: string): Measure[] => [count, heard, byChance, ...unknown(why).slice(2)];
  if (1 - (byChance.value ?? 1) < leastRoom)
    return untold('These members get so many messages that nearly every three weeks hold one; whether one was about the event cannot be told.');
  if (effectiveCount(stretches.filter((stretch) => stretch.kind === kind).map(({ events }) => events)) < fewestStretches)
    return untold('Nearly all of them fall on the same few days, so a campaign of those days cannot be told from a message about the event.');
  const beyond = partsOf(paired, (row) => ({ numerator: row.is_heard - (chanceOf(row) ?? 0), denominator: 1 - (chanceOf(row) ?? 0) }));
  return [count, heard, byChance, shareMeasure(`${kind}Announced`, labels.Announced, paired, beyond, screenLevel)];
}

/**
 * What points were worth that expired without a message; none where the ledger does not say. It is no money at stake: what silence
 * costs the scheme is the goodwill, and a small worth would make light of it.
 */
function silentWorth(rows: readonly EventRow[], { screenLevel: level, smallCell }: Policy): Measure[] {
  const expired = ofKind(rows, 'expiry');
  const silent = silentRows(expired);
  const unvalued = expired.reduce((sum, row) => sum + row.unvalued, 0);
  if (eventsOf(expired) < fewestEvents || membersOf(silent) < smallCell || unvalued > (1 - leastValued) * eventsOf(expired)) return [];
  const worth = (own: readonly EventRow[]): number => addMoney(own.map(({ value }) => value ?? 0));
  const total = worth(expired);
  const groups = [...new Set(expired.map(({ jackknife_group }) => jackknife_group))]
    .sort((a, b) => a - b)
    .map((group) => expired.filter(({ jackknife_group }) => jackknife_group === group))
    .map((own) => ({ numerator: worth(silentRows(own)), denominator: worth(own) }));
  const share = total > 0 ? jackknifeRatio(groups, level) : null;
  const method = `jackknife over ${groups.length} groups of members`;
  const interval = share === null ? {} : { interval: { low: Math.max(0, share.low) * total, high: Math.min(1, share.high) * total, level, method } };
  return [
    {
      id: 'silentWorth',
      label: 'Worth of points that expired without a message around the day',
      value: worth(silent),
      unit: 'money',
      n: eventsOf(silent),
      ...interval,
    },
  ];
}

export const eventMeasures = (rows: readonly EventRow[], stretches: readonly StretchRow[], policy: Policy): Measure[] => [
  ...kinds.flatMap((kind) => kindMeasures(kind, ofKind(rows, kind), stretches, policy)),
  ...silentWorth(rows, policy),
];

const known = (measures: readonly Measure[], kind: Kind, part: string): Measure | undefined => measures.find(({ id }) => id === `${kind}${part}`);

export function eventEvidence(measures: readonly Measure[]): EvidenceTable {
  return {
    id: 'events',
    title: 'Messages around events, and around the same members’ other days',
    columns: [
      { id: 'event', label: 'Event', unit: 'text' },
      { id: 'events', label: 'Observed', unit: 'count' },
      { id: 'share', label: 'With a message', unit: 'share' },
      { id: 'chance', label: 'By chance', unit: 'share' },
      { id: 'announced', label: 'Announced beyond chance', unit: 'share' },
      { id: 'low', label: 'Low', unit: 'share' },
      { id: 'high', label: 'High', unit: 'share' },
    ],
    rows: kinds
      .filter((kind) => known(measures, kind, 'Share')?.value != null)
      .map((kind) => {
        const announced = known(measures, kind, 'Announced');
        const [share, chance] = [known(measures, kind, 'Share')?.value ?? null, known(measures, kind, 'ByChance')?.value ?? null];
        const range = [announced?.interval?.low ?? null, announced?.interval?.high ?? null];
        return [kindWords[kind], known(measures, kind, 'Events')?.value ?? 0, share, chance, announced?.value ?? null, ...range];
      }),
    note: 'Events that cannot be seen with the days around them, or whose member could not be contacted then, are left out.',
  };
}

export function eventChart(measures: readonly Measure[], watch: number): WhiskerChart {
  return {
    kind: 'whisker',
    id: 'announced',
    title: 'Share of events announced beyond chance',
    description:
      'One row a kind of event: how many of the events that chance would have left silent had a message, with the interval, against the house level.',
    unit: 'share',
    reference: { value: watch, label: 'House level' },
    rows: kinds.flatMap((kind) => {
      const announced = known(measures, kind, 'Announced');
      if (announced?.value == null || announced.interval === undefined) return [];
      const { value: estimate, interval } = announced;
      return [{ label: kindWords[kind], low: estimate, high: estimate, outerLow: interval.low, outerHigh: interval.high, estimate }];
    }),
  };
}

export interface Announced {
  readonly kind: Kind;
  readonly value: number;
  readonly high: number;
}

/** Kinds whose share beyond chance is known. */
export function announcedOf(
  measures: readonly { readonly id: string; readonly value: number | null; readonly interval?: { readonly high: number } | undefined }[],
): Announced[] {
  return kinds.flatMap((kind) => {
    const found = measures.find(({ id }) => id === `${kind}Announced`);
    return found === undefined || found.value === null ? [] : [{ kind, value: found.value, high: found.interval?.high ?? 1 }];
  });
}

/** Whether to mark an anniversary is a matter of taste: it is judged only where nothing that changes a member's standing is known. */
export function judgedOf(announced: readonly Announced[]): Announced[] {
  const standing = announced.filter(({ kind }) => kind !== 'anniversary');
  return (standing.length > 0 ? standing : [...announced]).sort((a, b) => a.value - b.value);
}
export const worstOf = (announced: readonly Announced[]): Kind => judgedOf(announced)[0]?.kind ?? 'anniversary';
