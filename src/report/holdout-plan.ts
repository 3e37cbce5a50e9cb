/** The plan of a holdout test as Markdown: what is fixed before anything is sent. */
import type { Measure } from '../result/schema.js';
import { formatFor } from './format.js';
import { inertMarkdown as inert } from './inert.js';
import { fillTemplate } from './template.js';

export interface HoldoutDocument {
  readonly campaign: string;
  readonly measures: readonly Measure[];
  readonly isShare: boolean;
  /** Even half of the audience is too few for the break-even difference. */
  readonly isTooSmall: boolean;
  /** What was drawn; null when no list of members was given. */
  readonly drawn: { readonly treated: number; readonly holdout: number; readonly p: number } | null;
  /** Limits for the number left out while members are being assigned. */
  readonly splitLimits: readonly { readonly assigned: number; readonly low: number; readonly high: number }[];
  readonly salt: string;
  readonly currency: string | null;
}

/** Below this probability the split is not what was planned (Fabijan et al. 2019). */
const suspiciousSplit = 0.001;

function pointsOf({ isShare, isTooSmall, drawn, measures }: HoldoutDocument): (readonly [string, string])[] {
  const outcome = isShare ? 'the share of members with the outcome' : 'the amount a member';
  const size = isTooSmall
    ? 'Even half of the audience, {holdout} members, is too few to see the difference at which the campaign pays ({breakEven}). The test can be expected to see {detectable} or more. Pool several campaigns of one objective, follow members for longer, or accept that only a larger effect can be shown.'
    : 'Leave out {holdout} of {audience} members ({holdoutShare}) and contact {treated}. Four times in five such a test sees a true difference of {detectable}, and one time in twenty it sees one that is not there.';
  const cost =
    measures.find(({ id }) => id === 'foregone')?.value === null
      ? 'If the campaign works, those left out do not get it. What that costs is not known, because the margin of one more member with the outcome was not given.'
      : 'If the campaign does no better than pay, leaving these members out costs {foregone} of margin; if it does nothing, leaving them out saves the cost of contacting them.';
  return [
    ['Question', `Does the campaign change ${outcome}, and by {breakEven} or more? Without contact it is {baseline}.`],
    ['Size', size],
    ['Cost', cost],
    [
      'Check of the split',
      drawn === null
        ? 'Count both arms when the list is drawn and again when results come in: a test of the sample ratio (chi-square) with a probability below 0.001 means that the assignment broke, and no effect may be read from it.'
        : `Drawn: ${drawn.treated} to contact, ${drawn.holdout} left out; probability of such a split when the draw works: ${drawn.p < suspiciousSplit ? 'below 0.001, so do not use it' : drawn.p.toFixed(3)}. Count both arms again when results come in: below 0.001 the assignment broke, and no effect may be read from it.`,
    ],
    [
      'Analysis',
      'Compare everybody as assigned, whether contacted or not, responded or not. The result is the difference of the two arms with its 95 % interval; the campaign pays only if the whole interval lies above the break-even difference.',
    ],
    [
      'Keep to it',
      'One look, at the end. Outcome, length and break-even stand before the first message goes out. Members left out get no other campaign in its place.',
    ],
  ];
}

/** @returns a whole document with blanks for what only people can decide. */
export function renderHoldoutPlan(document: HoldoutDocument): string {
  const format = formatFor(document.currency);
  const fill = (template: string): string => fillTemplate(template, { id: 'holdout', measures: [...document.measures], thresholds: [] }, format);
  const lines = [
    `# Holdout test: ${inert(document.campaign)}`,
    '',
    'Written before the campaign. What is left blank has to be filled in before the first message goes out.',
    '',
    ...pointsOf(document).flatMap(([heading, text]) => [`**${heading}.** ${inert(fill(text))}`, '']),
    '**While the test runs.** Compare the number left out with the limits below whenever a further quarter of the audience has been assigned. Outside them something other than chance decides who is left out: stop, find it, and draw anew. A sound draw is outside once in a thousand tests.',
    '',
    '| members assigned | left out, at least | at most |',
    '| ---: | ---: | ---: |',
    ...document.splitLimits.map(({ assigned, low, high }) => `| ${[assigned, low, high].map((count) => format.value(count, 'count')).join(' | ')} |`),
    '',
    '| to be decided | answer |',
    '| --- | --- |',
    ...[
      'Outcome, and the system that it is read from',
      'First and last day of the outcome',
      'Other campaigns that both arms may get',
      'Who decides, and what follows from each result',
      'Signed, date',
    ].map((row) => `| ${row} | |`),
    '',
    `The arm of a member is decided by SHA-256 of the salt, the campaign and the customer number, each on a line of its own; a member whose first six bytes, read as a fraction of all, lie below the share to leave out is in the holdout. Salt: ${inert(document.salt)}`,
  ];
  return `${lines.join('\n')}\n`;
}
