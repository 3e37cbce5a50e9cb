/** Tables and the picture of the route without a holdout. */
import {
  fewestEffective,
  fewestMembers,
  guardDays,
  largestImbalance,
  type NotEstimable,
  type TargetTrial,
  varianceLimits,
  type Yardstick,
} from '../../derived/target-trials.js';
import { covariates } from '../../derived/trial-history.js';
import type { WhiskerChart } from '../../result/charts.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import { directedOf, isEstimable, outcomeWords, type WithoutHoldout } from './non-responder-effect-without-holdout-measures.js';

const whyWords: Record<NotEstimable, string> = {
  noBatch: 'not estimable: the messages went out over weeks',
  fewContacted: `not estimable: fewer than ${fewestMembers} members contacted who can be followed before and after`,
  fewComparators: `not estimable: fewer than ${fewestMembers} members could have been contacted and were not`,
  shortHistory: 'not estimable: too few days of purchases on record before or after',
  notAlike: 'not estimable: the two sides stay unlike after weighting',
  noOverlap: 'not estimable: hardly anybody who was left out is like those selected',
  placeboNotAlike: 'not estimable: on the dates before the campaign the two sides stay unlike',
};

function resultOf(trial: TargetTrial): string {
  if (trial.why !== null) return whyWords[trial.why];
  const directed = directedOf(trial);
  if (directed.length === 0) return 'cannot be told from bias';
  return directed
    .map(({ outcome, difference }) => `${outcome === 'value' ? 'value' : 'buyers'}: ${difference.estimate > 0 ? 'higher' : 'lower'} than similar members`)
    .join('; ');
}

const cellsOf = (each: Yardstick | undefined): Cell[] =>
  each === undefined ? [null, null, null, null] : [each.difference.estimate, each.difference.low - each.bias, each.difference.high + each.bias, each.bias];

const differenceColumns = (prefix: string, words: string, unit: 'moneyPerMember' | 'shareDifference'): EvidenceTable['columns'] => [
  { id: prefix, label: `${words}: difference`, unit },
  { id: `${prefix}Low`, label: 'Widened interval from', unit },
  { id: `${prefix}High`, label: 'Widened interval to', unit },
  { id: `${prefix}Bias`, label: 'Largest difference before the campaign', unit },
];

/** One row a campaign. Sides with fewer members than `smallCell` are left empty. */
function trialsTable({ found, valueName }: WithoutHoldout, smallCell: number): EvidenceTable {
  const shown = (members: number | undefined): Cell => (members === undefined || members < smallCell ? null : members);
  return {
    id: 'targetTrials',
    title: 'Everybody contacted, against similar members who could have been contacted on the same day and were not',
    columns: [
      { id: 'campaign', label: 'Campaign', unit: 'text' },
      { id: 'result', label: 'Result', unit: 'text' },
      { id: 'days', label: 'Days before and after', unit: 'days' },
      { id: 'contacted', label: 'Members contacted', unit: 'count' },
      { id: 'comparators', label: 'Members not contacted', unit: 'count' },
      { id: 'effective', label: 'What these are worth after weighting', unit: 'count' },
      { id: 'overlap', label: 'Contacted with a like among them', unit: 'share' },
      { id: 'imbalanceBefore', label: 'Largest standardised difference before weighting', unit: 'index' },
      { id: 'imbalanceAfter', label: 'And after', unit: 'index' },
      ...differenceColumns('value', `Change of ${outcomeWords('value', valueName)}`, 'moneyPerMember'),
      ...differenceColumns('active', 'Change of the share who buy', 'shareDifference'),
    ],
    rows: found.trials
      .filter(({ contacted }) => contacted >= smallCell)
      .map((trial): Cell[] => [
        trial.label,
        resultOf(trial),
        trial.days,
        shown(trial.contacted),
        shown(trial.comparison?.comparators),
        trial.comparison === null ? null : Math.floor(trial.comparison.effectiveComparators),
        trial.comparison?.overlap ?? null,
        trial.comparison?.largestBefore ?? null,
        trial.comparison?.largestAfter ?? null,
        ...cellsOf(trial.effects.find(({ outcome }) => outcome === 'value')),
        ...cellsOf(trial.effects.find(({ outcome }) => outcome === 'active')),
      ]),
    note:
      `The change from the days before to as many after, contacted less weighted others. The interval is widened on each side by the largest difference that the same comparison shows on dates before the campaign, ${guardDays} days and more further back. ` +
      `Estimated only where every standardised difference after weighting is at most ${largestImbalance}, the variances differ by no more than the factor ${varianceLimits.high}, and the others are worth ${fewestEffective} members or more.`,
  };
}

function balanceTable({ told, found }: WithoutHoldout): EvidenceTable | null {
  const trial = told ?? found.trials.find(({ comparison }) => comparison !== null);
  if (trial === undefined || trial.comparison === null) return null;
  const { balance } = trial.comparison;
  return {
    id: 'trialBalance',
    title: `How alike the two sides are: ${trial.label}`,
    columns: [
      { id: 'covariate', label: 'Known before the campaign', unit: 'text' },
      { id: 'before', label: 'Standardised difference before weighting', unit: 'index' },
      { id: 'after', label: 'After weighting', unit: 'index' },
      { id: 'varianceRatio', label: 'Variance, weighted others over contacted', unit: 'ratio' },
    ],
    rows: covariates.map(({ label }, index): Cell[] => [
      label,
      balance[index]?.before ?? null,
      balance[index]?.after ?? null,
      balance[index]?.varianceRatio ?? null,
    ]),
    note: 'In pooled standard deviations, fixed before weighting. What the files do not hold is nought for everybody and has no variance.',
  };
}

function nonRespondersTable({ found, valueName }: WithoutHoldout): EvidenceTable | null {
  const trials = found.trials.filter((trial) => isEstimable(trial) && trial.described !== null && trial.nonResponders.length > 0);
  if (trials.length === 0) return null;
  return {
    id: 'trialNonResponders',
    title: 'Those who did not respond, beside members not selected who look like them: described, no effect',
    columns: [
      { id: 'campaign', label: 'Campaign', unit: 'text' },
      { id: 'members', label: 'Members who did not respond', unit: 'count' },
      { id: 'activeBefore', label: 'Bought in the days before', unit: 'share' },
      { id: 'activeAfter', label: 'Bought in the days after', unit: 'share' },
      ...differenceColumns('value', `Change of ${outcomeWords('value', valueName)}`, 'moneyPerMember'),
      ...differenceColumns('active', 'Change of the share who buy', 'shareDifference'),
    ],
    rows: trials.map((trial): Cell[] => [
      trial.label,
      trial.described?.members ?? null,
      trial.described?.activeBefore ?? null,
      trial.described?.activeAfter ?? null,
      ...cellsOf(trial.nonResponders.find(({ outcome }) => outcome === 'value')),
      ...cellsOf(trial.nonResponders.find(({ outcome }) => outcome === 'active')),
    ]),
    note: 'Responding is itself an outcome: who would not have responded is not known among those left out, only who looks like it, and whoever was about to buy may well respond. A difference below nought is to be expected without any harm. Evidence grade E3.',
  };
}

/** @param smallCell fewest members that a table may show. */
export function withoutHoldoutTables(route: WithoutHoldout, smallCell: number): EvidenceTable[] {
  return [trialsTable(route, smallCell), balanceTable(route), nonRespondersTable(route)].filter((table) => table !== null);
}

/** One row a campaign that can be estimated: the share who buy, with the interval of chance and the one widened by bias. null without one. */
export function withoutHoldoutChart({ found }: WithoutHoldout): WhiskerChart | null {
  const rows = found.trials.filter(isEstimable).flatMap(({ label, effects }) => {
    const active = effects.find(({ outcome }) => outcome === 'active');
    if (active === undefined) return [];
    const { low, high, estimate } = active.difference;
    return [{ label, low, high, outerLow: low - active.bias, outerHigh: high + active.bias, estimate }];
  });
  if (rows.length === 0) return null;
  return {
    kind: 'whisker',
    id: 'targetTrials',
    title: 'Change of the share who buy: contacted members against similar members not selected',
    description:
      'One row a campaign without a holdout. The thick bar is chance alone; the thin line adds the largest difference that the same comparison shows before the campaign. {trialsDirected} of {trialsEstimable} stand out from it.',
    unit: 'shareDifference',
    reference: { value: 0, label: 'no difference' },
    rows,
  };
}
