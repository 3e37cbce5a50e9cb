/** Figures of a finding that speak of fewer members than may be shown are told as a range, and what would give them away is not told. */
import type { Chart } from '../result/charts.js';
import type { Finding, Measure } from '../result/schema.js';
import { isFew } from '../statistics/small-cells.js';
import type { AuditDefinition, Verdict } from './audit.js';
import { measuresById } from './run.js';

type Rules = Pick<AuditDefinition, 'notOfMembers' | 'sums' | 'neighbours'>;

/** As near to a whole number as a share at full precision comes to a count. */
const nearWhole = 1e-6;

/** The members, or things that they did, of which a measure is the number or the share; null where it is neither. */
function countOf({ value, unit, n }: Measure): number | null {
  if (value === null || (unit !== 'count' && unit !== 'share')) return null;
  const count = unit === 'count' ? value : value * n;
  const whole = Math.round(count);
  return Math.abs(count - whole) < nearWhole ? whole : null;
}

/** The measure without its value: what may be said of it instead is a range that holds for any small number. */
function withoutValue(measure: Measure, n: number, smallCell: number): Measure {
  const { id, label, unit } = measure;
  const why = speaksOfFew(measure, smallCell)
    ? `It speaks of fewer than ${smallCell} members, so the number is not shown.`
    : `From it a figure of fewer than ${smallCell} members could be worked out, so it is not shown.`;
  return { id, label, value: null, unit, n, why, keptBack: rangeOf(measure, smallCell) };
}

function rangeOf(measure: Measure, smallCell: number): NonNullable<Measure['keptBack']> {
  const count = countOf(measure);
  const { unit, n } = measure;
  if (count === null) return {};
  if (unit === 'count' && count < smallCell) return { high: smallCell - 1 };
  if (isFew(n, smallCell)) return {};
  if (isFew(count, smallCell)) return { high: smallCell / n };
  if (isFew(n - count, smallCell)) return { low: unit === 'count' ? n - smallCell + 1 : (n - smallCell) / n };
  return unit === 'count' ? { low: smallCell } : {};
}

/** Whether the number, what is left of its base, or the base itself is a few. */
function speaksOfFew(measure: Measure, smallCell: number): boolean {
  const count = countOf(measure);
  return isFew(measure.n, smallCell) || (count !== null && (isFew(count, smallCell) || isFew(measure.n - count, smallCell)));
}

/**
 * Ids of measures that would give a hidden one away. What the parts of a sum leave of its whole counts as one more part, which
 * nothing tells. Where a few people are all that is not told of a whole, the last one of the list that is told goes, too.
 */
function givenAway(measures: ReadonlyMap<string, Measure>, hidden: ReadonlySet<string>, sums: Rules['sums'], smallCell: number): string[] {
  return (sums ?? []).flatMap((ids) => {
    const counted = ids.flatMap((id) => {
      const measure = measures.get(id);
      const count = measure === undefined ? null : countOf(measure);
      return count === null ? [] : [{ id, count }];
    });
    const [whole] = counted.toSorted((a, b) => b.count - a.count);
    const parts = counted.filter((each) => each !== whole);
    if (whole === undefined || counted.length < ids.length) return [];
    const rest = whole.count - parts.reduce((sum, { count }) => sum + count, 0);
    const kept = parts.filter(({ id }) => hidden.has(id)).map(({ count }) => count);
    const unknown = rest > 0 ? [...kept, rest] : kept;
    const isSafe = hidden.has(whole.id)
      ? unknown.length > 0
      : kept.length === 0
        ? !isFew(rest, smallCell)
        : unknown.length > 1 && unknown.reduce((sum, count) => sum + count, 0) >= smallCell;
    const next = isSafe ? undefined : counted.findLast(({ id, count }) => !hidden.has(id) && count > 0);
    return next === undefined ? [] : [next.id];
  });
}

/**
 * A share at full precision tells its base, since only few fractions come as near to it. Decimals at which bases that differ by the
 * limit look alike; null where that would leave too little of the share.
 */
function decimalsFor(measure: Measure, smallCell: number): number | null {
  const { value, n } = measure;
  if (value === null || value === 0 || value === 1 || countOf(measure) === null) return 6;
  const step = (2 * smallCell * Math.max(value, 1 - value)) / n;
  return [4, 3, 2].find((decimals) => 10 ** -decimals >= step) ?? null;
}

/** The share and its interval at so many decimals that they do not tell their base. */
function rounded(measure: Measure, smallCell: number): Measure {
  const decimals = measure.unit === 'share' ? decimalsFor(measure, smallCell) : null;
  if (decimals === null || measure.value === null) return measure;
  const round = (share: number): number => Number(share.toFixed(decimals));
  const { interval } = measure;
  return {
    ...measure,
    value: round(measure.value),
    ...(interval === undefined ? {} : { interval: { ...interval, low: round(interval.low), high: round(interval.high) } }),
  };
}

/** Ids of the counts that stand before and after one in a table, those of nobody passed over. */
function besides(id: string, neighbours: Rules['neighbours'], measures: ReadonlyMap<string, Measure>): string[] {
  return (neighbours ?? []).flatMap((ids) => {
    const at = ids.indexOf(id);
    const isSomebody = (other: string): boolean => (measures.get(other)?.value ?? 0) > 0;
    return at < 0 ? [] : [ids.slice(0, at).findLast(isSomebody), ids.slice(at + 1).find(isSomebody)].flatMap((found) => found ?? []);
  });
}

/** Ids of the measures that may not be told. */
function hiddenIds(measures: readonly Measure[], isOther: (id: string) => boolean, { sums, neighbours }: Rules, smallCell: number): Set<string> {
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  const ofMembers = measures.filter(({ id }) => !isOther(id));
  const few = ofMembers.filter((measure) => speaksOfFew(measure, smallCell)).map(({ id }) => id);
  const hidden = new Set([...few, ...few.flatMap((id) => besides(id, neighbours, byId))]);
  for (;;) {
    const secret = secretsOf(measures, hidden);
    const shares = ofMembers.filter(
      (measure) => measure.unit === 'share' && (secret.has(countOf(measure) ?? 0) || (secret.has(measure.n) && decimalsFor(measure, smallCell) === null)),
    );
    const more = [...givenAway(byId, hidden, sums, smallCell), ...shares.map(({ id }) => id)].filter((id) => !hidden.has(id));
    if (more.length === 0) return hidden;
    for (const id of more) hidden.add(id);
  }
}

/** Numbers of people that only hidden measures would tell. */
function secretsOf(measures: readonly Measure[], hidden: ReadonlySet<string>): Set<number> {
  const counts = measures.flatMap((measure) => (hidden.has(measure.id) ? (countOf(measure) ?? []) : []));
  return new Set(counts.filter((count) => count > 0));
}

/** The measures as they may be published; the same ones, in the same order. */
export function keepMeasuresBack(measures: readonly Measure[], rules: Rules, smallCell: number): Measure[] {
  const { notOfMembers = [] } = rules;
  const isOther = (id: string): boolean => notOfMembers.some((name) => (name.endsWith('*') ? id.startsWith(name.slice(0, -1)) : id === name));
  const hidden = hiddenIds(measures, isOther, rules, smallCell);
  const secret = secretsOf(measures, hidden);
  return measures.map((measure) => {
    const n = !isOther(measure.id) && (isFew(measure.n, smallCell) || secret.has(measure.n)) ? 0 : measure.n;
    return hidden.has(measure.id)
      ? withoutValue(measure, n, smallCell)
      : n === measure.n
        ? measure
        : measure.value === null
          ? { ...measure, n }
          : { ...rounded(measure, smallCell), n, keptBack: {} };
  });
}

/**
 * The finding as it may be published. The verdict was formed on all figures; here those of too few members become “fewer than 10”,
 * and with them goes what they could be worked out from: the other part of a sum, shares of the same people, and the number of
 * people behind an amount.
 */
export function keepBack(finding: Finding, audit: Pick<AuditDefinition, 'explain'> & Rules, smallCell: number): Finding {
  const measures = keepMeasuresBack(finding.measures, audit, smallCell);
  const hidden = new Set(measures.flatMap(({ id, value }, index) => (value === null && finding.measures[index]?.value !== null ? [id] : [])));
  const { members, status, severity } = finding;
  const hidesMembers = members !== null && (isFew(members.value, smallCell) || secretsOf(finding.measures, hidden).has(members.value));
  return {
    ...finding,
    measures,
    ...withoutCopies(
      finding,
      new Set(finding.measures.flatMap(({ value }, index) => (value !== null && !Number.isInteger(value) && value !== measures[index]?.value ? [value] : []))),
    ),
    ...(hidesMembers ? { members: null } : {}),
    ...(members !== null && isFew(members.value, smallCell) ? { money: null } : {}),
    ...(finding.explanation === null || hidden.size === 0
      ? {}
      : {
          explanation: audit.explain(measuresById(finding.measures.map((measure, index) => standIn(measure, measures[index]))), {
            status,
            severity,
          } as Verdict),
        }),
  };
}

/** Tables and pictures without the shares and rates that are kept back. @param secrets values at full precision, so that none is met by chance. */
function withoutCopies({ evidence, charts }: Finding, secrets: ReadonlySet<number>): Pick<Finding, 'evidence' | 'charts'> {
  if (secrets.size === 0) return { evidence, charts };
  const isSecret = (value: unknown): boolean => typeof value === 'number' && secrets.has(value);
  const without = (chart: Chart): Chart[] => {
    switch (chart.kind) {
      case 'whisker':
        return [{ ...chart, rows: chart.rows.filter(({ estimate }) => !isSecret(estimate)) }];
      case 'lines':
        return [{ ...chart, lines: chart.lines.map((line) => ({ ...line, points: line.points.filter(({ y }) => !isSecret(y)) })) }];
      case 'matrix':
        return [{ ...chart, rows: chart.rows.map((row) => ({ ...row, values: row.values.map((value) => (isSecret(value) ? null : value)) })) }];
      case 'scatter':
        return [{ ...chart, points: chart.points.filter(({ x, y }) => !isSecret(x) && !isSecret(y)) }];
      case 'people':
        return chart.segments.some(({ share }) => isSecret(share)) ? [] : [chart];
      case 'stack':
        return [{ ...chart, bars: chart.bars.filter(({ segments }) => !segments.some(({ share }) => isSecret(share))) }];
      default:
        return [chart];
    }
  };
  return {
    evidence: evidence.map((table) => ({ ...table, rows: table.rows.map((row) => row.map((cell) => (isSecret(cell) ? null : cell))) })),
    charts: charts.flatMap(without),
  };
}

/** For the choice of words: a number that is told as a range reads like the end of it, and one that is not told is not known. */
const standIn = (measure: Measure, published: Measure | undefined): Measure =>
  published?.value !== null || published.keptBack === undefined ? measure : { ...measure, value: published.keptBack.high ?? published.keptBack.low ?? null };
