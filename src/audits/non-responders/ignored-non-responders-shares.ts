/** Shares of `ignored-non-responders` with their intervals: contacts without a response, by kind of response, and value by segment. */
import type { Measure } from '../../result/schema.js';
import { wilson } from '../../statistics/intervals.js';
import { jackknifeRatio } from '../../statistics/resampling.js';
import type { AuditContext } from '../audit.js';
import type * as queries from './ignored-non-responders.sql.js';
import type { Segment } from './ignored-non-responders-tables.js';

/** More kinds of response than this are an export of events, not a definition of success. */
const mostKinds = 6;
export const notShown = 'Fewer members than may be shown.';

export type Measured = Omit<Measure, 'interval' | 'why'>;
export const sumOf = <Row>(rows: readonly Row[], pick: (row: Row) => number): number => rows.reduce((sum, row) => sum + pick(row), 0);
export const withWilson = (measure: Measured, successes: number, trials: number, level: number, method = 'Wilson'): Measure => ({
  ...measure,
  interval: { ...wilson(successes, trials, level), level, method },
});

/** For labels only: a sentence names kinds through the label of a measure. */
export const inWords = (kinds: readonly queries.KindRow[], smallCell: number): string => {
  const words = kinds
    .slice(0, mostKinds)
    .filter((row) => mayNameKind(row, smallCell))
    .map(({ kind }) => kind);
  if (words.length === 0) return kinds.length === 1 ? 'one, by few members' : 'several, each by few members';
  return words.join(', ') + (kinds.length > words.length ? ' and others' : '');
};

/** A word that stands with few members could be about one of them. */
export const mayNameKind = ({ members }: queries.KindRow, smallCell: number): boolean => members >= smallCell;

/** `click through` → `ClickThrough`. */
const inCamelCase = (kind: string): string =>
  kind
    .split(/[^a-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

/** How much smaller the sample is in effect, because one customer has several contacts: jackknife over binomial variance (Kish 1965). */
function designEffectOf(groups: readonly queries.SegmentRow[], level: number): number {
  const numbers = [...new Set(groups.map((row) => row.jackknife_group))];
  const parts = numbers.flatMap((number) => {
    const mine = groups.filter((row) => row.jackknife_group === number);
    const denominator = sumOf(mine, (row) => row.contacts);
    return denominator === 0 ? [] : [{ numerator: sumOf(mine, (row) => row.responses), denominator }];
  });
  const jackknifed = jackknifeRatio(parts, level);
  const share = jackknifed?.estimate ?? 0;
  if (jackknifed === null || share <= 0 || share >= 1) return 1;
  return Math.max(1, (jackknifed.standardError ** 2 * sumOf(parts, (part) => part.denominator)) / (share * (1 - share)));
}

/** Shares of contacts without a response: any, and each kind when there are several. */
export function silenceMeasures(groups: readonly queries.SegmentRow[], kinds: readonly queries.KindRow[], { policy }: AuditContext): Measure[] {
  const level = policy.screenLevel;
  const contacts = sumOf(groups, (row) => row.contacts);
  const effective = contacts / designEffectOf(groups, level);
  const measureOf = (id: string, label: string, responders: number): Measure => {
    const share = 1 - responders / contacts;
    const method = 'Wilson, with the design effect of several contacts per customer';
    return withWilson({ id, label, value: share, unit: 'share', n: contacts }, Math.max(0, share) * effective, effective, level, method);
  };
  const any = measureOf(
    'nonResponseShare',
    'share of contacts (customer and campaign) without a response',
    sumOf(groups, (row) => row.responses),
  );
  const shown = kinds.length < 2 ? [] : kinds.slice(0, mostKinds).filter((row) => mayNameKind(row, policy.smallCell));
  return [
    any,
    ...shown.map((row) =>
      measureOf(`nonResponseShare${inCamelCase(row.kind)}`, `share of contacts without a response of the kind “${row.kind}”`, row.responders),
    ),
  ];
}

/** Share of value by segment, jackknifed over groups of members. */
export function valueMeasures(groups: readonly queries.SegmentRow[], segments: readonly Segment[], context: AuditContext): Measure[] {
  const { valueBasis } = context.derived;
  const numbers = [...new Set(groups.map((row) => row.jackknife_group))];
  const held = segments.map(({ value }) => value);
  const isKnown = valueBasis !== null && sumOf(held, (value) => value ?? 0) > 0 && held.every((value) => value !== null);
  return segments.map(({ id, label, members, isShown }) => {
    const measure: Measure = {
      id: `valueShare${id.slice(0, 1).toUpperCase()}${id.slice(1)}`,
      label: `share of value in the window: ${label.toLowerCase()}`,
      value: null,
      unit: 'share',
      n: members,
    };
    if (!isKnown) return { ...measure, why: 'No file says what members spend.' };
    if (!isShown) return { ...measure, n: 0, why: notShown };
    const parts = numbers.map((number) => {
      const mine = groups.filter((row) => row.jackknife_group === number);
      return {
        numerator: sumOf(mine, (row) => (row.segment === id ? (row.value ?? 0) : 0)),
        denominator: sumOf(mine, (row) => row.value ?? 0),
      };
    });
    const value = sumOf(parts, (part) => part.numerator) / sumOf(parts, (part) => part.denominator);
    const interval = jackknifeRatio(parts, context.policy.screenLevel);
    if (interval === null) return { ...measure, value };
    const { low, high } = interval;
    return {
      ...measure,
      value,
      interval: { low: Math.max(0, low), high: Math.min(1, high), level: context.policy.screenLevel, method: 'jackknife over groups of members' },
    };
  });
}
