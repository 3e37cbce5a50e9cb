/** Whether a verdict hangs on where a threshold was set: for each level, what it would be at both ends of what can be defended. */
import type { Finding, Status, Threshold } from '../result/schema.js';
import type { Format } from './format.js';
import { statusWords } from './glossary.js';
import { unitOfThreshold } from './template.js';

const quoted = (status: Status): string => `“${statusWords[status].label.toLowerCase()}”`;

/** “at 5 % watch, at 15 % problem” of every level at which the verdict would be another one; empty when none. */
function flipText(finding: Finding, threshold: Threshold, format: Format): string {
  const unit = unitOfThreshold(threshold, finding.measures);
  const parts = (threshold.flips ?? []).flatMap(({ level, low, high, atLow, atHigh }) => {
    const end = (value: number, status: Status): string[] =>
      status === finding.status ? [] : [`${quoted(status)} with ${wordsOf(level)} at ${format.value(value, unit, { isExact: true })}`];
    return [...end(low, atLow), ...end(high, atHigh)];
  });
  return parts.join('; ');
}

/** What the appendix says of a threshold. */
export function stabilityText(finding: Finding, threshold: Threshold, format: Format): string {
  if (threshold.flips === undefined) return 'not moved';
  const text = flipText(finding, threshold, format);
  return text === '' ? 'no' : `yes: ${text}`;
}

/** One sentence a finding; null where no level could be moved. */
export function stabilitySentence(finding: Finding, format: Format): string | null {
  const moved = finding.thresholds.filter(({ flips }) => flips !== undefined);
  if (moved.length === 0) return null;
  const texts = moved.map((threshold) => flipText(finding, threshold, format)).filter((text) => text !== '');
  return texts.length === 0
    ? 'The verdict stays the same wherever the levels are set within the range that can be defended.'
    : `The verdict depends on where a level is set: it would be ${texts.join('; ')}.`;
}

/** “top decile ratio” for `topDecileRatio`. */
export function wordsOf(id: string): string {
  return id.replace(/([a-z])([A-Z])/g, (_pair, end: string, start: string) => `${end} ${start.toLowerCase()}`);
}
