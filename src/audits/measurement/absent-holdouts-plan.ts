/** What each campaign has by way of a holdout, what it can see with it, and what it would need. */
import { type Experiment, fewestPerArm, plainLabel } from '../../derived/experiments.js';
import type { Cell, EvidenceTable } from '../../result/evidence.js';
import type { Measure } from '../../result/schema.js';
import { holdoutNeeded, minimumDetectableDifference } from '../../statistics/power.js';
import type { ContactedCampaignRow } from './absent-holdouts.sql.js';

/**
 * Relative differences that the needed holdouts are planned for (methodology §4.3), of the rarer answer: where nine in ten buy
 * anyway, a tenth more buyers would be all of the rest.
 */
const plannedDifferences = { small: 0.1, large: 0.2 } as const;

const boughtAnyway = 'bought in 90 days';

export interface CampaignPlan {
  readonly label: string;
  readonly contacts: number;
  readonly members: number;
  readonly holdout: number;
  /** A holdout and a treated arm of at least `fewestPerArm` members, a split that does not contradict the plan, and no campaign for the holdout. */
  readonly isCovered: boolean;
  /** There is a holdout, of fewer than `fewestPerArm` members. */
  readonly isTooSmall: boolean;
  /** Share that the plan starts from, and what it is; null when nothing tells it. */
  readonly base: { readonly share: number; readonly of: string } | null;
  /** Smallest difference, as a share, that the holdout can be expected to see; null without a holdout or a base. */
  readonly detectable: number | null;
  /** The same if half of the audience were held out; null without a base. */
  readonly detectableAtBest: number | null;
  /** Members to hold out of this audience; null when half of it is too few, or without a base. */
  readonly neededSmall: number | null;
  readonly neededLarge: number | null;
}

/** @param activeShare contacted members who bought in the last 90 days; null when unknown. @param smallCell fewest members that a share may rest on. */
export function planCampaign(row: ContactedCampaignRow, experiment: Experiment | undefined, activeShare: number | null, smallCell: number): CampaignPlan {
  const holdout = experiment?.holdout ?? 0;
  const base = baseOf(row, experiment, activeShare, smallCell);
  const variance = base === null ? null : base.share * (1 - base.share);
  const audience = Math.max(row.members, experiment?.treated ?? 0) + holdout;
  const needed = (relative: number): number | null =>
    base === null || variance === null || !(variance > 0) ? null : holdoutNeeded(audience, variance, Math.min(base.share, 1 - base.share) * relative);
  return {
    label: plainLabel(row.name),
    contacts: row.contacts,
    members: row.members,
    holdout,
    isCovered: experiment !== undefined && isUsable(experiment),
    isTooSmall: holdout > 0 && holdout < fewestPerArm,
    base,
    detectable: variance === null || holdout < fewestPerArm ? null : minimumDetectableDifference(variance, audience - holdout, holdout),
    detectableAtBest: variance === null ? null : minimumDetectableDifference(variance, audience / 2, audience / 2),
    neededSmall: needed(plannedDifferences.small),
    neededLarge: needed(plannedDifferences.large),
  };
}

/** Whether a test can show an effect at all. */
function isUsable({ holdout, comparisons, split, crossover }: Experiment): boolean {
  const isLargeEnough = holdout >= fewestPerArm && comparisons.some(({ treated }) => treated >= fewestPerArm);
  return isLargeEnough && split.verdict !== 'fail' && crossover.verdict !== 'fail';
}

/** A yes-or-no outcome of the holdout where one was followed; else who buys in 90 days anyway; else the response rate. */
function baseOf(row: ContactedCampaignRow, experiment: Experiment | undefined, activeShare: number | null, smallCell: number): CampaignPlan['base'] {
  const shares = (experiment?.comparisons ?? []).flatMap((comparison) => comparison.outcomes).filter((outcome) => outcome.kind === 'share');
  // “Bought” comes before “lapsed”: a plan starts from what is hoped for.
  const [followed] = shares.toSorted((a, b) => Number(a.isBad) - Number(b.isBad) || b.holdout.nonzero - a.holdout.nonzero);
  if (followed !== undefined && followed.holdout.nonzero >= smallCell) return { share: followed.holdout.moments.mean, of: `${followed.name} without contact` };
  if (activeShare !== null) return { share: activeShare, of: boughtAnyway };
  return row.responders >= smallCell ? { share: row.responders / row.members, of: 'response rate' } : null;
}

/**
 * The holdout that would tell most next: that of the largest campaign without one, for a fifth more buyers, and what it costs if the
 * campaign does bring them. @param worth of a member who buys in the time that is planned for; null when it is not known.
 */
export function nextHoldoutMeasures(plans: readonly CampaignPlan[], worth: number | null): Measure[] {
  const [next] = plans.filter((plan) => !plan.isCovered && plan.neededLarge !== null).toSorted((a, b) => b.contacts - a.contacts);
  if (next?.base == null || next.neededLarge === null) return [];
  const difference = Math.min(next.base.share, 1 - next.base.share) * plannedDifferences.large;
  const isKnown = worth !== null && next.base.of === boughtAnyway;
  const foregone = isKnown
    ? { value: next.neededLarge * difference * worth }
    : { value: null, why: 'What one more member with that outcome is worth is not known.' };
  return [
    {
      id: 'nextHoldout',
      label: `Members to hold out of the next campaign like ${next.label} to see a fifth more or less`,
      value: next.neededLarge,
      unit: 'count',
      n: next.members,
    },
    { id: 'nextForegone', label: 'Value foregone by holding them out, if the campaign brings a fifth more', ...foregone, unit: 'money', n: next.neededLarge },
  ];
}

/** One row a campaign. Campaigns with fewer members than `smallCell` are left out and counted in the note. */
export function plansTable(plans: readonly CampaignPlan[], smallCell: number): EvidenceTable {
  const shown = plans.filter((plan) => plan.members >= smallCell);
  const hidden = plans.length - shown.length;
  return {
    id: 'campaigns',
    title: 'Campaigns, their holdouts, and the holdout that each would need',
    columns: [
      { id: 'campaign', label: 'Campaign', unit: 'text' },
      { id: 'contacts', label: 'Contacts', unit: 'count' },
      { id: 'members', label: 'Members contacted', unit: 'count' },
      { id: 'holdout', label: 'Members held out', unit: 'count' },
      { id: 'base', label: 'Starting from', unit: 'text' },
      { id: 'baseShare', label: 'Starting share', unit: 'share' },
      { id: 'detectable', label: 'Smallest difference that can be seen', unit: 'shareDifference' },
      { id: 'detectableAtBest', label: 'The same with half of the audience held out', unit: 'shareDifference' },
      { id: 'neededSmall', label: 'Members to hold out to see a tenth more or less', unit: 'count' },
      { id: 'neededLarge', label: 'Members to hold out to see a fifth more or less', unit: 'count' },
    ],
    rows: shown.map((plan): Cell[] => [
      plan.label,
      plan.contacts,
      plan.members,
      plan.holdout > 0 && plan.holdout < smallCell ? null : plan.holdout,
      plan.base?.of ?? 'not known',
      plan.base?.share ?? null,
      plan.detectable,
      plan.detectableAtBest,
      plan.neededSmall,
      plan.neededLarge,
    ]),
    note:
      'For 80 % power at 5 % (two-sided), the rest of the audience being contacted. A tenth or a fifth is of those who do it, or of those who do not where these are fewer. An empty cell under “members to hold out” with a known starting share means that even half of the audience is too few: several campaigns have to be pooled. ' +
      `An empty cell under “members held out” stands for fewer than ${smallCell}.` +
      (hidden === 0 ? '' : ` Left out: campaigns with fewer than ${smallCell} members (${hidden}).`),
  };
}

const verdicts: Record<Experiment['split']['verdict'], string> = {
  pass: 'matches the plan',
  watch: 'doubtful',
  fail: 'does not match the plan',
  notTestable: 'not testable: the planned share is not known',
};

const crossovers: Record<Experiment['crossover']['verdict'], string> = {
  pass: 'no, or nearly none',
  watch: 'some (0.5 to 2 %)',
  fail: 'too many (above 2 %)',
};

/** One row a test: sizes of the arms against the plan, and whether the holdout was held out. */
export function splitsTable(experiments: readonly Experiment[], smallCell: number): EvidenceTable {
  return {
    id: 'splits',
    title: 'Do the arms have the sizes that were planned?',
    columns: [
      { id: 'campaign', label: 'Campaign', unit: 'text' },
      { id: 'arms', label: 'Treated arms', unit: 'count' },
      { id: 'treated', label: 'Members treated', unit: 'count' },
      { id: 'holdout', label: 'Members held out', unit: 'count' },
      { id: 'planned', label: 'Planned holdout', unit: 'share' },
      { id: 'p', label: 'Probability of a split at least as uneven', unit: 'probability' },
      { id: 'equalP', label: 'The same, of all arms against arms of equal size', unit: 'probability' },
      { id: 'verdict', label: 'Verdict', unit: 'text' },
      { id: 'crossover', label: 'Did members of the holdout get the campaign?', unit: 'text' },
    ],
    rows: experiments
      .filter((each) => each.holdout >= smallCell && each.treated >= smallCell)
      .map((each): Cell[] => [
        each.label,
        each.comparisons.length,
        each.treated,
        each.holdout,
        each.split.plannedHoldoutShare,
        each.split.p,
        each.split.equalSplitP,
        verdicts[each.split.verdict],
        crossovers[each.crossover.verdict],
      ]),
    note:
      'The verdict compares the holdout, and all treated members together, with the share that was planned; a plan is never inferred from the data. How the treated were to be divided is on no record: ' +
      'where the planned holdout is that of an equal split of three arms or more, all arms are also compared with arms of equal size, which informs and decides nothing.',
  };
}
