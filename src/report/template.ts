/** Fills the sentences of a finding: `{measureId}`, `{measureId.interval}`, `{measureId.label}`, `{threshold.id.level}`. */
import type { Finding, Measure, Threshold } from '../result/schema.js';
import type { Unit } from '../result/units.js';
import type { Format } from './format.js';

const placeholder = /\{([A-Za-z][\w.-]*)\}/g;

/**
 * Replaces each placeholder once; what is put in is not looked at again, so data cannot smuggle in a placeholder.
 * `textOf` also learns whether a bracket opens right before it.
 */
export function replacePlaceholders(template: string, textOf: (name: string, isBracketed: boolean) => string): string {
  return template.replace(placeholder, (_whole, name: string, offset: number) => textOf(name, template[offset - 1] === '('));
}

/** The unit of a threshold: its own, else that of the measure of the same name, else what its name ends in. */
export function unitOfThreshold(threshold: Threshold, measures: readonly Measure[]): Unit {
  const own = threshold.unit ?? measures.find((measure) => measure.id === threshold.id)?.unit;
  if (own !== undefined) return own;
  if (threshold.id.endsWith('Share')) return 'share';
  if (threshold.id.endsWith('Days')) return 'days';
  return threshold.id.endsWith('Ratio') ? 'ratio' : 'number';
}

/** A sentence that begins with a number that is told in words, e.g. “Fewer than 10 members”. */
function capitaliseStarts(text: string): string {
  return text.replace(
    /(^|[.?] )(fewer than|at least|under|over|not shown)/g,
    (_whole, before: string, words: string) => before + words.charAt(0).toUpperCase() + words.slice(1),
  );
}

/** A per cent sign that an audit wrote itself does not part from its number either. */
function keepTogether(sentence: string): string {
  return sentence.replace(/(\d) %/g, '$1\u00a0%');
}

/**
 * Numbers go in with their unit and with decimals that their interval shares.
 * @throws Error for a placeholder that neither a measure nor a threshold answers: a sentence with a hole must not be printed.
 */
export function fillTemplate(template: string, finding: Pick<Finding, 'id' | 'measures' | 'thresholds'>, format: Format): string {
  const filled = replacePlaceholders(template, (name, isBracketed) => {
    const [, thresholdId, level] = name.match(/^threshold\.([^.]+)\.(.+)$/) ?? [];
    if (thresholdId !== undefined && level !== undefined) {
      const threshold = finding.thresholds.find(({ id }) => id === thresholdId);
      const value = threshold?.levels[level];
      if (threshold === undefined || value === undefined) throw new Error(`${finding.id} has no threshold for the placeholder {${name}}.`);
      return format.value(value, unitOfThreshold(threshold, finding.measures), { isExact: true });
    }
    const part = ['.interval', '.label'].find((ending) => name.endsWith(ending)) ?? '';
    const measure = finding.measures.find(({ id }) => id === name.slice(0, name.length - part.length));
    if (measure === undefined) throw new Error(`${finding.id} has no measure for the placeholder {${name}}.`);
    if (part === '.label') return measure.label;
    return part === '.interval' ? format.interval(measure, isBracketed) : format.measure(measure);
  });
  return capitaliseStarts(keepTogether(filled));
}
