/** The rows that the ladders are made of, found by campaign and outcome. */
import type { ComparedOutcome, Comparison } from '../../derived/experiments.js';
import { plainLabel } from '../../derived/experiments.js';
import { type OutcomeSumsRow, outcomeSumsSql } from '../../derived/experiments.sql.js';
import type { Sql } from '../../engine/sql.js';
import { type Moments, momentsOf } from '../../statistics/intervals.js';
import type { AuditContext } from '../audit.js';
import { type HistogramRow, holdoutHistogramSql } from './non-responder-effect.sql.js';
import { type HoldoutCellRow, holdoutCellsSql, type ResponseSplitRow, responseSplitSql } from './non-responder-effect-strata.sql.js';

/** More different outcomes than this are cut into slices of equally many members. */
const histogramCells = 1000;
/** The same for each cell of what was known before, of which there are twenty. */
const slicesOfCells = 50;

interface Keyed {
  readonly campaign_key: number;
  readonly outcome: string;
  readonly is_ready: number;
}

/** All that was counted of one outcome of a campaign. */
export interface OutcomeRecords {
  readonly splits: readonly ResponseSplitRow[];
  readonly histogram: readonly HistogramRow[];
  readonly cells: readonly HoldoutCellRow[];
  readonly sums: readonly OutcomeSumsRow[];
}

const keyOf = (campaignKey: number, outcome: string, isReady: boolean): string => `${campaignKey} ${isReady ? 1 : 0} ${plainLabel(outcome)}`;

/** Rows by campaign and outcome: a list of every row for every effect would be read a thousand times. */
function grouped<Row extends Keyed>(rows: readonly Row[]): (key: string) => readonly Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row.campaign_key, row.outcome, row.is_ready === 1);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return (key) => groups.get(key) ?? [];
}

export type Records = (comparison: Comparison, outcome: ComparedOutcome) => OutcomeRecords;

/** @param outcomes the table of `experimentOutcomes` or of `cappedOutcomes`. */
export async function readRecords({ engine, derived }: AuditContext, outcomes: Sql): Promise<Records> {
  const histories = await derived.experimentHistories();
  const splits = grouped(await engine.rows(responseSplitSql(outcomes, histories)));
  const histogram = grouped(await engine.rows(holdoutHistogramSql(outcomes, histogramCells)));
  const cells = grouped(await engine.rows(holdoutCellsSql(outcomes, histories, slicesOfCells)));
  const sums = grouped(await engine.rows(outcomeSumsSql(outcomes)));
  return ({ campaignKey, arm }, { name, isReady }) => {
    const key = keyOf(campaignKey, name, isReady);
    return {
      splits: splits(key).filter((row) => row.arm === arm),
      histogram: histogram(key),
      cells: cells(key),
      sums: sums(key).filter((row) => row.is_holdout === 1 || row.arm === arm),
    };
  };
}

/** The same outcome with its largest values cut off; null where there are no such records. */
export function cappedOutcome(outcome: ComparedOutcome, { sums }: OutcomeRecords): ComparedOutcome | null {
  const momentsOfArm = (isHoldout: number): Moments | null => {
    const row = sums.find((each) => each.is_holdout === isHoldout);
    return row === undefined || row.n === 0 ? null : momentsOf(row.n, row.total ?? 0, row.squares ?? 0);
  };
  const [treated, holdout] = [momentsOfArm(0), momentsOfArm(1)];
  if (treated === null || holdout === null) return null;
  return { ...outcome, treated: { ...outcome.treated, moments: treated }, holdout: { ...outcome.holdout, moments: holdout } };
}

type Sums = Pick<ResponseSplitRow, 'n' | 'total' | 'squares' | 'gross_total' | 'gross_squares' | 'nonzero' | 'ones' | 'prior_total' | 'prior_squares'>;

/** Rows of a definition and of one answer to it, all cells together; null without any. */
export function sumsOf(rows: readonly ResponseSplitRow[]): Sums | null {
  if (rows.length === 0) return null;
  const add = (pick: (row: ResponseSplitRow) => number | null): number => rows.reduce((sum, row) => sum + (pick(row) ?? 0), 0);
  return {
    n: add((row) => row.n),
    total: add((row) => row.total),
    squares: add((row) => row.squares),
    gross_total: add((row) => row.gross_total),
    gross_squares: add((row) => row.gross_squares),
    nonzero: add((row) => row.nonzero),
    ones: add((row) => row.ones),
    prior_total: add((row) => row.prior_total),
    prior_squares: add((row) => row.prior_squares),
  };
}
