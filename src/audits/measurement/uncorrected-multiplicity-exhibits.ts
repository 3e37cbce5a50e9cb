/** Many comparisons: figures and tables. */
import { plainLabel } from '../../derived/experiments.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import type { LitTest } from './test-card.js';
import { type Best, type Celebrated, type Claim, chanceOfAsFickle, type Look } from './uncorrected-multiplicity-measures.js';

interface Found {
  readonly claims: readonly Claim[];
  readonly looks: readonly Look[];
  readonly celebrated: Celebrated | null;
  readonly best: Best | null;
}

function bestMeasures(best: Best | null, level: number): Measure[] {
  if (best === null) return [];
  const { claim, shrunken, of } = best;
  const { outcome, difference, comparison } = claim;
  const unit = outcome.kind === 'money' ? 'moneyPerMember' : outcome.kind === 'share' ? 'shareDifference' : 'number';
  const interval = { low: difference.low, high: difference.high, level, method: 'normal' };
  return [
    { id: 'best', label: `The best of ${of} results in ${outcome.name}, ${comparison.label}`, value: difference.estimate, unit, interval, n: of },
    { id: 'bestShrunken', label: `The same once the luck of being the best is taken off, ${comparison.label}`, value: shrunken, unit, n: of },
  ];
}

export function measuresOf(
  { claims, looks, celebrated, best }: Found,
  tests: number,
  { level, nominal: limit }: { level: number; nominal: number },
): Measure[] {
  const nominal = claims.filter(({ isNominal }) => isNominal);
  const lost = nominal.filter(({ survives }) => !survives);
  const fickle = looks.filter(({ isFickle }) => isFickle);
  const members = (list: readonly Look[]): number =>
    [...new Set(list.map(({ comparison }) => comparison))].reduce((sum, { treated, holdout }) => sum + treated + holdout, 0);
  const count = (id: string, label: string, value: number, n: number): Measure => ({ id, label, value, unit: 'count', n });
  const isCelebrated = ({ comparison }: Claim): boolean => celebrated?.keys.has(comparison.campaignKey) === true;
  return [
    count('tests', 'Tests with a holdout and a result', tests, tests),
    count('comparisons', 'Comparisons of an arm with its holdout, over all outcomes', claims.length, claims.length),
    count('nominal', 'Comparisons that look like an effect when taken alone', nominal.length, claims.length),
    count('survivors', 'Of these, those that hold among all comparisons', nominal.length - lost.length, nominal.length),
    count('lost', 'Of these, those that do not', lost.length, nominal.length),
    {
      id: 'lostShare',
      label: 'Part of the apparent effects that does not hold among all comparisons',
      value: nominal.length === 0 ? null : lost.length / nominal.length,
      unit: 'share',
      n: nominal.length,
      ...(nominal.length === 0 ? { why: 'No comparison looks like an effect.' } : {}),
    },
    count('celebratedLost', 'Of those that do not hold, in campaigns celebrated as successes', lost.filter(isCelebrated).length, lost.length),
    count('looks', 'Results that are on record for several lengths of time', looks.length, looks.length),
    count('fickle', 'Of these, results that come and go with the length of time', fickle.length, looks.length),
    count('fickleTests', 'Tests with such a result', new Set(fickle.map(({ comparison }) => comparison)).size, tests),
    {
      id: 'fickleChance',
      label: 'Probability of as many such tests where nothing ever happens',
      value: looks.length === 0 ? null : chanceOfAsFickle(looks, limit),
      unit: 'probability',
      n: new Set(looks.map(({ comparison }) => comparison)).size,
      ...(looks.length === 0 ? { why: 'No result is on record for more than one length of time.' } : {}),
    },
    {
      id: 'fickleShare',
      label: 'Part of the tests with several lengths of time whose result comes and goes with it, by members',
      value: looks.length === 0 ? null : members(fickle) / members(looks),
      unit: 'share',
      n: new Set(looks.map(({ comparison }) => comparison)).size,
      ...(looks.length === 0 ? { why: 'No result is on record for more than one length of time.' } : {}),
    },
    ...bestMeasures(best, level),
  ];
}

export function claimsTable(claims: readonly Claim[], celebrated: Celebrated | null): EvidenceTable {
  return {
    id: 'comparisons',
    title: 'All comparisons, alone and among each other',
    columns: [
      { id: 'test', label: 'Campaign and arm', unit: 'text' },
      { id: 'outcome', label: 'Outcome', unit: 'text' },
      { id: 'days', label: 'Days followed', unit: 'days' },
      { id: 'difference', label: 'Difference', unit: 'number' },
      { id: 'low', label: 'Interval from', unit: 'number' },
      { id: 'high', label: 'Interval to', unit: 'number' },
      { id: 'p', label: 'Probability by chance, alone', unit: 'probability' },
      { id: 'adjusted', label: 'The same, adjusted for all comparisons', unit: 'probability' },
      { id: 'celebrated', label: 'Celebrated', unit: 'text' },
      { id: 'verdict', label: 'Verdict', unit: 'text' },
    ],
    rows: claims.map(({ comparison, outcome, difference, p, adjusted, isNominal, survives }): Cell[] => [
      comparison.label,
      outcome.name,
      outcome.days,
      difference.estimate,
      difference.low,
      difference.high,
      p,
      adjusted,
      celebrated === null ? 'not known' : celebrated.keys.has(comparison.campaignKey) ? 'yes' : 'no',
      survives ? 'holds among all' : isNominal ? 'holds only alone' : 'no difference shown',
    ]),
    note: 'By assignment, with the value before the test taken out where it is known. Comparisons with too few members who had the outcome, or had it not, are not made. Intervals at 95 %, each alone.',
  };
}

/** One row an arm: what was looked at. */
export function litTests({ claims, looks }: Found): LitTest[] {
  const comparisons = [...new Set([...claims, ...looks].map(({ comparison }) => comparison))];
  return comparisons.map((comparison): LitTest => {
    const own = claims.filter((claim) => claim.comparison === comparison);
    const nominal = own.filter(({ isNominal }) => isNominal);
    const lost = nominal.filter(({ survives }) => !survives);
    const seen = looks.filter((look) => look.comparison === comparison);
    const fickle = seen.filter(({ isFickle }) => isFickle);
    const why = [
      ...(fickle.length > 0 ? [`the result comes and goes with the length of time (${fickle.map(({ outcome }) => plainLabel(outcome)).join(', ')})`] : []),
      ...(lost.length > 0 ? ['an apparent effect does not hold among all comparisons'] : []),
    ].join('; ');
    const light = fickle.length > 0 ? 'fail' : lost.length > 0 ? 'watch' : 'pass';
    const { label, treated, holdout } = comparison;
    return {
      label,
      treated,
      holdout,
      weight: treated + holdout,
      light,
      why,
      cells: [own.length, nominal.length, nominal.length - lost.length, seen.length, fickle.length],
    };
  });
}
