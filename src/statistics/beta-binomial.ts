/**
 * The beta-binomial model: every customer has an own chance of responding, and the chances are spread out like a Beta(α, β).
 * Source: Skellam 1948, doi 10.1111/j.2517-6161.1948.tb00014.x.
 */
import { minimise } from './nelder-mead.js';

/** Members who were contacted `contacts` times and responded `responses` of them. */
export interface ResponseCell {
  readonly contacts: number;
  readonly responses: number;
  readonly members: number;
}

export interface BetaBinomial {
  readonly alpha: number;
  readonly beta: number;
}

export interface BetaBinomialFit extends BetaBinomial {
  /** Log-likelihood without the binomial coefficients, which no parameter moves. */
  readonly logLikelihood: number;
  /** The likelihood still rises towards “all customers alike”: no difference between customers can be seen. */
  readonly isAlike: boolean;
}

/** Beyond this α + β the chances differ by less than any list of customers can show. */
const largestSum = 1e5;

/** Numbers of members with more than i events, for i = 0, 1, …: ln Γ(a + r) − ln Γ(a) summed over members is Σ count[i]·ln(a + i). */
function exceedances(cells: readonly ResponseCell[], eventsOf: (cell: ResponseCell) => number): number[] {
  const counts: number[] = new Array(Math.max(0, ...cells.map(eventsOf))).fill(0);
  for (const cell of cells) {
    for (let i = 0; i < eventsOf(cell); i += 1) counts[i] = (counts[i] ?? 0) + cell.members;
  }
  return counts;
}

/**
 * Fits α and β by maximum likelihood on the logit of the mean and the logarithm of α + β.
 * @param cells histogram of (contacts, responses), contacts > 0.
 * @returns null when nobody or everybody responded, or when nobody was contacted twice: then the spread cannot be known.
 * @throws RangeError for a cell with more responses than contacts.
 */
export function fitBetaBinomial(cells: readonly ResponseCell[]): BetaBinomialFit | null {
  if (cells.some(({ contacts, responses }) => responses < 0 || responses > contacts)) throw new RangeError('A cell has more responses than contacts.');
  const responded = exceedances(cells, ({ responses }) => responses);
  const silent = exceedances(cells, ({ contacts, responses }) => contacts - responses);
  const contacted = exceedances(cells, ({ contacts }) => contacts);
  if (responded.length === 0 || silent.length === 0 || contacted.length < 2) return null;
  const rises = (counts: readonly number[], a: number): number => counts.reduce((sum, count, i) => sum + count * Math.log(a + i), 0);
  const logLikelihood = ({ alpha, beta }: BetaBinomial): number => rises(responded, alpha) + rises(silent, beta) - rises(contacted, alpha + beta);
  const from = ([logit = 0, logSum = 0]: readonly number[]): BetaBinomial => {
    const mean = 1 / (1 + Math.exp(-logit));
    const sum = Math.exp(logSum);
    return { alpha: mean * sum, beta: (1 - mean) * sum };
  };
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const start = [Math.log(total(responded) / total(silent)), Math.log(10)];
  const cost = (at: readonly number[]): number => {
    const parameters = from(at);
    const isInside = parameters.alpha > 0 && parameters.beta > 0 && (at[1] ?? 0) <= Math.log(largestSum);
    return isInside ? -logLikelihood(parameters) : Number.POSITIVE_INFINITY;
  };
  const found = minimise(cost, start);
  const parameters = from(found.at);
  return { ...parameters, logLikelihood: -found.value, isAlike: parameters.alpha + parameters.beta > 0.9 * largestSum };
}

/** Chance that a customer drawn at random shows no response in `contacts` contacts. */
export function chanceOfNone({ alpha, beta }: BetaBinomial, contacts: number): number {
  let chance = 1;
  for (let i = 0; i < contacts; i += 1) chance *= (beta + i) / (alpha + beta + i);
  return chance;
}

/** Expected chance of responding to the next contact after none of `contacts`: α / (α + β + k). */
export function expectedAfterNone({ alpha, beta }: BetaBinomial, contacts: number): number {
  return alpha / (alpha + beta + contacts);
}

/**
 * Contacts without a response after which the expected response to the next one falls to the break-even rate:
 * k* = α / (c/m) − α − β, not below 0. Not rounded.
 * @param breakEven cost of a contact divided by the margin of a response, > 0.
 */
export function contactsUntilUneconomic({ alpha, beta }: BetaBinomial, breakEven: number): number {
  if (!(breakEven > 0)) throw new RangeError('The break-even rate must be positive.');
  return Math.max(0, alpha / breakEven - alpha - beta);
}
