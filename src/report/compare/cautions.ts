/** What makes two results differ without anything having changed in the programme: it is said before anything else. */
import type { Finding, Result } from '../../result/schema.js';
import { obstaclesBetween } from './movements.js';

export type Caution =
  | { readonly kind: 'program' | 'engine' | 'currency' | 'valueBasis'; readonly before: string; readonly after: string }
  | { readonly kind: 'thresholds' | 'methods' | 'leftOut'; readonly audits: readonly string[] }
  | { readonly kind: 'windowLength'; readonly before: number; readonly after: number }
  | { readonly kind: 'overlap'; readonly days: number; readonly isWhole: boolean }
  | { readonly kind: 'columns'; readonly gone: readonly FilledColumns[]; readonly added: readonly FilledColumns[] }
  | { readonly kind: 'order' | 'anonymous' };

const dayNumber = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

/** Thresholds that differ between two findings of one audit, by id. */
export function changedThresholds(before: Finding, after: Finding): string[] {
  const levelsOf = ({ thresholds }: Finding): Map<string, string> =>
    new Map(thresholds.map(({ id, levels }) => [id, JSON.stringify(Object.entries(levels).sort(([a], [b]) => (a < b ? -1 : 1)))]));
  const [from, to] = [levelsOf(before), levelsOf(after)];
  return [...new Set([...from.keys(), ...to.keys()])].filter((id) => from.get(id) !== to.get(id)).sort();
}

/** Whether a figure’s interval is worked out otherwise. */
function hasOtherMethod(before: Finding, after: Finding): boolean {
  const methods = new Map(before.measures.map(({ id, interval }) => [id, interval?.method]));
  return after.measures.some(({ id, interval }) => interval !== undefined && (methods.get(id) ?? interval.method) !== interval.method);
}

/** Columns of one table that only one side fills. */
export interface FilledColumns {
  readonly table: string;
  readonly columns: readonly string[];
}

/** What `result` fills and `other` does not. */
function onlyFilled(result: Result, other: Result): FilledColumns[] {
  const filledOf = ({ tables }: Result, table: string): string[] =>
    tables.filter((each) => each.table === table).flatMap(({ columns }) => columns.filter(({ filled }) => filled > 0).map(({ column }) => column));
  return result.tables.flatMap(({ table }) => {
    const known = new Set(filledOf(other, table));
    const columns = filledOf(result, table).filter((column) => !known.has(column));
    return columns.length === 0 ? [] : [{ table, columns }];
  });
}

function columnCaution(before: Result, after: Result): Caution[] {
  const [gone, added] = [onlyFilled(before, after), onlyFilled(after, before)];
  return gone.length === 0 && added.length === 0 ? [] : [{ kind: 'columns', gone, added }];
}

function windowCautions(before: Result, after: Result): Caution[] {
  const [from, to] = [before.window, after.window];
  if (from === null || to === null) return [];
  const isBackwards = to.to < from.to;
  const shared = Math.min(dayNumber(from.to), dayNumber(to.to)) - Math.max(dayNumber(from.from), dayNumber(to.from)) + 1;
  return [
    ...(isBackwards ? [{ kind: 'order' } as const] : []),
    ...(obstaclesBetween(before, after).isOtherLength ? [{ kind: 'windowLength', before: from.days, after: to.days } as const] : []),
    ...(shared > 0 ? [{ kind: 'overlap', days: shared, isWhole: shared === from.days && shared === to.days } as const] : []),
  ];
}

/** What weighs most comes first. @param both findings of one audit, before and after. */
export function cautionsOf(before: Result, after: Result, both: readonly (readonly [before: Finding, after: Finding])[]): Caution[] {
  const differing = (kind: 'program' | 'engine' | 'currency' | 'valueBasis', from: string, to: string): Caution[] =>
    from === to ? [] : [{ kind, before: from, after: to }];
  const audits = (kind: 'thresholds' | 'methods' | 'leftOut', ids: readonly string[]): Caution[] => (ids.length === 0 ? [] : [{ kind, audits: ids }]);
  const idsWhere = (isSo: (from: Finding, to: Finding) => boolean): string[] => both.filter(([from, to]) => isSo(from, to)).map(([, { id }]) => id);
  const leftOut = [before, after].map(({ coverage }) => new Set(coverage.leftOut));
  const window = windowCautions(before, after);
  return [
    ...window.filter(({ kind }) => kind === 'order'),
    ...differing('currency', before.currency ?? 'none named', after.currency ?? 'none named'),
    ...differing('valueBasis', before.valueBasis ?? 'unknown', after.valueBasis ?? 'unknown'),
    ...audits(
      'thresholds',
      idsWhere((from, to) => changedThresholds(from, to).length > 0),
    ),
    ...window.filter(({ kind }) => kind === 'windowLength'),
    ...columnCaution(before, after),
    ...differing('program', before.tool.version, after.tool.version),
    ...window.filter(({ kind }) => kind === 'overlap'),
    ...audits('leftOut', [...new Set(leftOut.flatMap((ids) => [...ids]))].filter((id) => !leftOut.every((ids) => ids.has(id))).sort()),
    ...audits('methods', idsWhere(hasOtherMethod)),
    ...differing('engine', before.tool.engine, after.tool.engine),
    ...(obstaclesBetween(before, after).isAnonymous ? [{ kind: 'anonymous' } as const] : []),
  ];
}
