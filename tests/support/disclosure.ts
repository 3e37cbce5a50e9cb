/**
 * What a reader with a pencil could work out of a finding: counts of a few people that are told, that are left over when the lines of
 * a table are taken from a total that is told, or that a share tells together with its base.
 */

import type { Cell, EvidenceTable } from '../../src/result/evidence.js';
import type { Finding } from '../../src/result/schema.js';

/** Columns of counts of what is neither a person nor done by one: campaigns, tests, days, places in a league, ends of bins. */
const otherColumns =
  /campaign|test|compar|quarter|place|days|median|had at most|without a member|segments|offer|variance|arms|characteristics|effect alone|hold among|come and go|several lengths|cells|observed$|kpi|data|silence, from|^to$|until then|silence$|mismatched|of these, discounts|offer is known|weeks before|oldest age|to hold out|of this audience/i;

interface Leak {
  readonly where: string;
  readonly what: string;
}

const isFew = (count: number, smallCell: number): boolean => Number.isInteger(count) && count > 0 && count < smallCell;
const numbersIn = (table: EvidenceTable, at: number): (number | null)[] =>
  table.rows.map((row: readonly Cell[]) => (typeof row[at] === 'number' ? row[at] : null));

function countColumns(table: EvidenceTable): { readonly at: number; readonly label: string }[] {
  return table.columns.flatMap(({ label, unit }, at) => (unit === 'count' && !otherColumns.test(label) ? [{ at, label }] : []));
}

/** Shares of something else than the counts beside them: plans, expectations, and shares of all members of a test. */
const otherShares = /planned|^starting|^held out$|under random|expected|in the twin|by chance|^campaigns: share$/i;
/** Tables whose lines are no parts of a whole: each holds the next, or they count different things. */
const nested = new Set(['what-a-cap-would-save', 'break-even', 'collisions', 'definitions', 'checked', 'effects', 'gaps', 'pairs', 'by-channel']);

/** Whether one column is a share of another in every line. */
function isShareOf(table: EvidenceTable | undefined, share: number, base: number): boolean {
  const lines = (table?.rows ?? []).flatMap((row) => {
    const [part, whole] = [row[share], row[base]];
    return typeof part === 'number' && typeof whole === 'number' && part > 0 && part < 1 ? [part * whole] : [];
  });
  return lines.length > 0 && lines.every((part) => Math.abs(part - Math.round(part)) < 1e-7);
}

/** Counts of a few in cells, and in shares whose base stands beside them. */
function inCells(finding: Finding, truth: Finding, smallCell: number): Leak[] {
  return finding.evidence.flatMap((table) => {
    const whole = truth.evidence.find(({ id }) => id === table.id);
    const columns = countColumns(table);
    const counts = columns.flatMap(({ at, label }) =>
      numbersIn(table, at).flatMap((count) => (count !== null && isFew(count, smallCell) ? [{ where: `${table.id}: ${label}`, what: `${count}` }] : [])),
    );
    const shares = table.columns.flatMap(({ label, unit }, at) => {
      if (unit !== 'share' || otherShares.test(label) || otherShares.test(`${table.id}: ${label}`)) return [];
      const bases = columns.filter((base) => isShareOf(whole, at, base.at));
      return bases.flatMap((base) =>
        table.rows.flatMap((row) => {
          const [share, whole] = [row[at], row[base.at]];
          if (typeof share !== 'number' || typeof whole !== 'number') return [];
          const part = share * whole;
          const nearest = Math.round(part);
          if (Math.abs(part - nearest) > 1e-7 || nearest >= whole || nearest < 1) return [];
          const told = [nearest, whole - nearest].filter((count) => isFew(count, smallCell));
          return told.map((count) => ({ where: `${table.id}: ${label} of ${base.label}`, what: `${count} of ${whole}` }));
        }),
      );
    });
    return [...counts, ...shares];
  });
}

/** What is left of a total that is told when the lines that are told are taken from it. @param truth the finding with every figure. */
function inRemainders(finding: Finding, truth: Finding, smallCell: number): Leak[] {
  const told = new Set(finding.measures.flatMap(({ value, n }) => [value, n]).filter((value) => value !== null));
  return finding.evidence.flatMap((table) => {
    const whole = truth.evidence.find(({ id }) => id === table.id);
    if (whole === undefined || nested.has(table.id)) return [];
    return countColumns(table).flatMap(({ at, label }) => {
      const [shown, all] = [numbersIn(table, at), numbersIn(whole, at)].map((column) => column.reduce<number>((sum, count) => sum + (count ?? 0), 0));
      const rest = (all ?? 0) - (shown ?? 0);
      return isFew(rest, smallCell) && told.has(all ?? 0) ? [{ where: `${table.id}: ${label}`, what: `${rest} left of ${all}` }] : [];
    });
  });
}

/** A line that joins several against a figure of one of them. */
function inJoined(finding: Finding, truth: Finding, smallCell: number, isOther: (id: string) => boolean): Leak[] {
  const counts = finding.measures.flatMap(({ id, value, unit }) => (unit === 'count' && value !== null && value > 0 && !isOther(id) ? [{ id, value }] : []));
  return finding.evidence.flatMap((table) => {
    const whole = truth.evidence.find(({ id }) => id === table.id);
    if (whole === undefined) return [];
    return countColumns(table).flatMap(({ at, label }) => {
      const single = new Set(numbersIn(whole, at));
      const joined = numbersIn(table, at).filter((count) => count !== null && !single.has(count));
      return joined.flatMap((line) =>
        counts.flatMap(({ id, value }) =>
          single.has(value) && isFew((line ?? 0) - value, smallCell) ? [{ where: `${table.id}: ${label}`, what: `${line} − ${id} ${value}` }] : [],
        ),
      );
    });
  });
}

/** Counts and shares of a few among the measures, and the base of an amount. @param isOther whether a measure counts something else. */
function inMeasures(finding: Finding, smallCell: number, isOther: (id: string) => boolean): Leak[] {
  return finding.measures.flatMap(({ id, value, unit, n }) => {
    if (isOther(id)) return [];
    const where = `measure ${id}`;
    if (isFew(n, smallCell)) return [{ where, what: `rests on ${n}` }];
    if (value === null || (unit !== 'count' && unit !== 'share')) return [];
    const part = unit === 'count' ? value : value * n;
    const nearest = Math.round(part);
    if (Math.abs(part - nearest) > 1e-6) return [];
    return [nearest, n - nearest].filter((count) => isFew(count, smallCell)).map((count) => ({ where, what: `${count} of ${n}` }));
  });
}

/** A share that is kept back and stands in a table or picture all the same. */
function copied(finding: Finding, truth: Finding): Leak[] {
  const hidden = truth.measures.filter(
    ({ id, value }) => value !== null && !Number.isInteger(value) && finding.measures.some((measure) => measure.id === id && measure.value === null),
  );
  const text = JSON.stringify([finding.evidence, finding.charts]);
  return hidden.flatMap(({ id, value }) =>
    new RegExp(`[^\\d.]${value}[^\\d]`).test(text) ? [{ where: `measure ${id}`, what: `${value} stands elsewhere` }] : [],
  );
}

function inCharts(finding: Finding, smallCell: number): Leak[] {
  return finding.charts.flatMap((chart) =>
    chart.kind === 'lines' && chart.counts !== null
      ? chart.counts.values.filter(({ n }) => isFew(n, smallCell)).map(({ n }) => ({ where: `chart ${chart.id}`, what: `${n} ${chart.counts?.label}` }))
      : [],
  );
}

/** @param truth the same finding made without any limit. */
export function leaksOf(finding: Finding, truth: Finding, smallCell: number, isOther: (id: string) => boolean): Leak[] {
  const atStake = finding.members !== null && isFew(finding.members.value, smallCell) ? [{ where: 'members', what: `${finding.members.value}` }] : [];
  return [
    ...inCells(finding, truth, smallCell),
    ...copied(finding, truth),
    ...inRemainders(finding, truth, smallCell),
    ...inJoined(finding, truth, smallCell, isOther),
    ...inMeasures(finding, smallCell, isOther),
    ...inCharts(finding, smallCell),
    ...atStake,
  ];
}
