/** A comparison as Markdown and as lines for a terminal. */
import type { Finding } from '../../result/schema.js';
import { type Format, formatFor } from '../format.js';
import { severityWords, statusWords } from '../glossary.js';
import { inertMarkdown as inert, inertLine } from '../inert.js';
import type { Caution, Comparison, Direction, FindingChange, Movement } from './compare.js';

const headings: readonly (readonly [Direction, string, string])[] = [
  ['worse', 'Worse', 'The verdict is graver than before.'],
  ['better', 'Better', 'The verdict is milder than before.'],
  ['notComparable', 'Not comparable', 'The verdict differs, but so do the thresholds.'],
  ['newlyMeasurable', 'Newly judged', 'There was no verdict before.'],
  ['noLongerMeasurable', 'No longer judged', 'There is no verdict any more.'],
  ['same', 'Unchanged', 'The verdict is the same; a figure may have moved all the same.'],
];

function verdictOf(finding: Pick<Finding, 'status' | 'severity'> | null): string {
  if (finding === null) return 'not asked';
  const label = statusWords[finding.status].label.toLowerCase();
  return finding.status === 'problem' || finding.status === 'watch' ? `${label}, ${severityWords[finding.severity].toLowerCase()}` : label;
}

/** “Share of members … from 12.0 % to 9.1 %: −2.9 percentage points, between −4.0 and −1.8, beyond chance.” */
function movementText({ before, after, change, isBeyondChance }: Movement, format: Format): string {
  const unit = after.unit === 'share' ? 'shareDifference' : after.unit;
  const options = { magnitude: Math.max(Math.abs(change.value), (change.high - change.low) / 2), halfWidth: (change.high - change.low) / 2 };
  const chance = isBeyondChance ? 'beyond chance' : 'within chance';
  return `${after.label}: from ${format.measure(before)} to ${format.measure(after)}, a change of ${format.value(change.value, unit, options)} (${format.between(change.low, change.high, unit, options)}, ${format.level(change.level)} interval), ${chance}.`;
}

function cautionText(caution: Caution): string {
  switch (caution.kind) {
    case 'program':
      return `The program changed from version ${caution.before} to ${caution.after}: methods may differ.`;
    case 'engine':
      return `The engine changed from ${caution.before} to ${caution.after}.`;
    case 'currency':
      return `The currency changed from ${caution.before} to ${caution.after}: amounts cannot be compared.`;
    case 'valueBasis':
      return `Customer value is measured otherwise: ${caution.before} before, ${caution.after} now.`;
    case 'thresholds':
      return `Thresholds differ for ${caution.audits.join(', ')}: a verdict that changed there is not called better or worse.`;
    case 'windowLength':
      return `The windows differ in length (${caution.before} and ${caution.after} days): counts and amounts cannot be compared.`;
    case 'overlap':
      return `The windows share ${caution.days} ${caution.days === 1 ? 'day' : 'days'}: what happened then counts on both sides, so that true changes look smaller.`;
    case 'order':
      return 'The second result ends before the first: the two may have been given the wrong way round.';
  }
}

/** Cautions that hold for every comparison. */
const general =
  'Changes are described, not explained. Both intervals are taken as independent; the members are largely the same people, so that the interval of a change is, if anything, too wide. With many figures, some move beyond chance by chance.';

function changeLines(change: FindingChange, format: Format): string[] {
  const moved = change.movements.filter(({ isBeyondChance }) => isBeyondChance);
  const still = change.movements.length - moved.length;
  const rest = still === 0 ? '' : `${still} other ${still === 1 ? 'figure' : 'figures'} with an interval moved within chance.`;
  return [
    `- **${inert(change.question)}** ${inert(`${verdictOf(change.before)} → ${verdictOf(change.after)}.`)}`,
    ...moved.map((movement) => `  - ${inert(movementText(movement, format))}`),
    ...(rest === '' ? [] : [`  - ${inert(rest)}`]),
  ];
}

/** @returns a whole document; the same two results give the same text. */
export function renderComparison({ before, after, cautions, changes }: Comparison): string {
  const format = formatFor(after.currency);
  const window = ({ window: own }: Comparison['before']): string => (own === null ? 'no dates' : `${own.from} to ${own.to}`);
  const lines = [
    '# What has changed?',
    '',
    `- Before: ${inert(window(before))}. ${inert(before.opinion.title)}.`,
    `- After: ${inert(window(after))}. ${inert(after.opinion.title)}.`,
    '',
    ...(cautions.length === 0 ? [] : ['> **Read this first.**', ...cautions.map((caution) => `> ${inert(cautionText(caution))}`), '']),
    inert(general),
    '',
    ...headings.flatMap(([direction, heading, meaning]) => {
      const own = changes.filter((change) => change.direction === direction);
      return own.length === 0 ? [] : [`## ${heading}`, '', inert(meaning), '', ...own.flatMap((change) => changeLines(change, format)), ''];
    }),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** A few lines for a terminal: cautions, and how many findings went which way. */
export function summariseComparison({ cautions, changes }: Comparison): string[] {
  const counts = headings.flatMap(([direction, heading]) => {
    const own = changes.filter((change) => change.direction === direction);
    return own.length === 0 ? [] : [`${heading}: ${own.length}${direction === 'same' ? '' : ` (${own.map(({ id }) => id).join(', ')})`}`];
  });
  return [...cautions.map(cautionText), ...counts].map(inertLine);
}
