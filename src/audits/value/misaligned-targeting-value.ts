/** The two-part model of value: the chance to be worth something at all, and how much of those who are. */
import type { Sql } from '../../engine/sql.js';
import { jackknifeAround } from '../../statistics/jackknife.js';
import { type CentredMoments, centre, fitLinear } from '../../statistics/linear-model.js';
import { fitLogistic, type LogisticModel, type LogisticSums } from '../../statistics/logistic.js';
import type { AuditContext } from '../audit.js';
import { foretoldValueSql, type LogisticRow, logisticSumsSql, type ScoreRow } from './misaligned-targeting.sql.js';
import type { Driver } from './misaligned-targeting-drivers.js';
import type { Estimated } from './misaligned-targeting-measures.js';
import { type Cut, placesOf, total } from './misaligned-targeting-models.js';

/** Fewer than this on either side of “worth something”, and its chance is not modelled. */
const fewestOnASide = 30;
/** One observation's worth of pull to “no effect”, so that a driver that tells everything keeps a finite coefficient. */
const ridge = 1;
/** Times the pull that the members themselves must tell of a coefficient. */
const fewestTelling = 5;

const spreadOf = ({ products, n }: CentredMoments, i: number): number => Math.sqrt((products[i]?.[i] ?? 0) / n);

/** Coefficients of standardised drivers, the constant first, as coefficients of the columns themselves. */
function asColumns(standardised: readonly number[], moments: CentredMoments): number[] {
  const slopes = standardised.slice(1).map((value, i) => value / spreadOf(moments, i));
  return [slopes.reduce((left, slope, i) => left - slope * (moments.means[i] ?? 0), standardised[0] ?? 0), ...slopes];
}

/** Sums over columns as sums over standardised drivers: z = (x − m)/s. */
function standardisedSums(row: LogisticRow, moments: CentredMoments, size: number): LogisticSums {
  const range = Array.from({ length: size + 1 }, (_, i) => i);
  const mean = (i: number): number => (i === 0 ? 0 : (moments.means[i - 1] ?? 0));
  const spread = (i: number): number => (i === 0 ? 1 : spreadOf(moments, i - 1));
  const h = (i: number, j: number): number => (row[i <= j ? `h_${i}_${j}` : `h_${j}_${i}`] ?? 0) / 1e6;
  const g = (i: number): number => (row[`g_${i}`] ?? 0) / 1e6;
  return {
    gradient: range.map((i) => (g(i) - mean(i) * g(0)) / spread(i)).map((value, i) => (i === 0 ? g(0) : value)),
    information: range.map((i) => range.map((j) => (h(i, j) - mean(i) * h(0, j) - mean(j) * h(i, 0) + mean(i) * mean(j) * h(0, 0)) / (spread(i) * spread(j)))),
  };
}

export interface ChanceModel {
  /** Logarithms of odds ratios a standard deviation, without the constant. */
  readonly effects: readonly number[];
  readonly precision: readonly number[];
  readonly without: readonly (readonly number[])[];
  /** Coefficients of the columns, the constant first. */
  readonly columns: readonly number[];
}

export interface ChanceEffects {
  /** Times the odds for one standard deviation more of a column; null where the members can hardly tell, e.g. when all who redeemed came back. */
  odds(column: number): Estimated | null;
}

/** The chance model as odds ratios with their intervals. */
export function chanceEffects(model: ChanceModel | null, level: number): ChanceEffects | null {
  if (model === null) return null;
  return {
    odds: (column) => {
      const effect = model.effects[column] ?? 0;
      if ((model.precision[column] ?? 0) < fewestTelling * ridge) return null;
      const interval = jackknifeAround(
        effect,
        model.without.map((each) => each[column] ?? 0),
        level,
      );
      return { value: Math.exp(effect), interval: interval === null ? null : { low: Math.exp(interval.low), high: Math.exp(interval.high) } };
    },
  };
}

/** The chance to be worth something. @param isFitted which groups of members to fit on. @returns null when nearly all or nearly nobody was, or it cannot be fitted. */
export async function fitChance(
  { engine }: AuditContext,
  table: Sql,
  cut: Cut,
  drivers: readonly Driver[],
  isFitted: (group: number) => boolean = () => true,
): Promise<ChanceModel | null> {
  const variables = drivers.flatMap(({ columns }) => columns);
  const size = variables.length + 3;
  const whole = total(cut.all, size, isFitted);
  const active = total(cut.active, size, isFitted).n;
  if (Math.min(active, whole.n - active) < fewestOnASide) return null;
  const moments = centre(whole);
  const share = active / whole.n;
  const start = [Math.log(share / (1 - share)), ...variables.map(() => 0)];
  const model: LogisticModel | null = await fitLogistic(
    async (guess) => {
      const rows = await engine.rows(logisticSumsSql(table, variables, asColumns(guess, moments)));
      return rows.filter((row) => isFitted(row.jackknife_group)).map((row) => standardisedSums(row, moments, variables.length));
    },
    start,
    ridge,
  );
  if (model === null) return null;
  return {
    effects: model.coefficients.slice(1),
    precision: model.precision.slice(1),
    without: model.without.map((each) => each.slice(1)),
    columns: asColumns(model.coefficients, moments),
  };
}

/** Members by the value that the two parts foretell, fitted on one cut and looked at on another. @returns null when the amount cannot be fitted. */
export async function foretoldValue(
  context: AuditContext,
  tables: { readonly fitted: Sql; readonly judged: Sql },
  cut: Cut,
  drivers: readonly Driver[],
  isFitted: (group: number) => boolean = () => true,
): Promise<ScoreRow[] | null> {
  const predictors = placesOf(drivers).flat();
  const active = total(cut.active, predictors.length + 3, isFitted);
  const amount = active.n > predictors.length ? fitLinear(centre(active), predictors, predictors.length) : null;
  if (amount === null) return null;
  const chance = await fitChance(context, tables.fitted, cut, drivers, isFitted);
  const variables = drivers.flatMap(({ columns }) => columns);
  // The logarithm of value is kept in hundredths.
  const hundredths = [amount.intercept, ...amount.coefficients].map((value) => value / 100);
  return context.engine.rows(foretoldValueSql(tables.judged, variables, { chance: chance?.columns ?? null, amount: hundredths }));
}
