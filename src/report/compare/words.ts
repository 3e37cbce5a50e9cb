/** How a comparison is put into words and numbers, the same for the page, the Markdown file, the terminal and the report. */
import type { Unit } from '../../result/units.js';
import type { Format } from '../format.js';
import { severityWords, statusWords, valueBasisWords } from '../glossary.js';
import { nameOf } from '../present-finding.js';
import type { StatementView } from '../view.js';
import type { Caution, FilledColumns } from './cautions.js';
import type { Direction, FindingChange } from './compare.js';
import { falseDiscoveryRate, type Movement, type SkipReason } from './movements.js';

/** In the order of reading: what needs attention first. */
export const directionWords: readonly { readonly direction: Direction; readonly label: string; readonly meaning: string }[] = [
  { direction: 'worse', label: 'Worse', meaning: 'The verdict is graver than before.' },
  { direction: 'better', label: 'Better', meaning: 'The verdict is milder than before.' },
  { direction: 'notComparable', label: 'Not comparable', meaning: 'The verdict differs, but so do the thresholds that it is measured by.' },
  { direction: 'newlyMeasurable', label: 'Newly measurable', meaning: 'Before there was no answer, or none that could be judged.' },
  { direction: 'noLongerMeasurable', label: 'No longer measurable', meaning: 'Now there is no answer, or none that can be judged.' },
  { direction: 'same', label: 'Unchanged', meaning: 'The verdict is the same; a figure behind it may have moved all the same.' },
];

export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** “problem, high severity”; “not asked” where a result does not have the finding. */
export function verdictText(verdict: FindingChange['before']): string {
  if (verdict === null) return 'not asked';
  const label = statusWords[verdict.status].label.toLowerCase();
  return verdict.severity === 'none' ? label : `${label}, ${severityWords[verdict.severity].toLowerCase()} severity`;
}

const differenceUnit = (unit: Unit): Unit => (unit === 'share' ? 'shareDifference' : unit === 'date' ? 'days' : unit);

/** A change as text, with its sign. */
export interface ChangeTexts {
  readonly value: string;
  /** Without the unit in words. */
  readonly bare: string;
  /** Its interval in a sentence, and in a table or a drawing. */
  readonly between: string;
  readonly cell: string;
}

export function changeTexts({ after, change }: Movement, format: Format): ChangeTexts {
  const unit = differenceUnit(after.unit);
  const halfWidth = (change.high - change.low) / 2;
  const options = { magnitude: Math.max(Math.abs(change.value), halfWidth), halfWidth, isBare: unit === 'ratio' };
  const write = (value: number, isBare: boolean): string => {
    const text = format.value(value, unit, { ...options, isBare });
    return value > 0 && !text.startsWith('+') && /[1-9]/.test(text) ? `+${text}` : text;
  };
  return {
    value: write(change.value, options.isBare),
    bare: write(change.value, true),
    between: `between ${write(change.low, true)} and ${write(change.high, true)}`,
    cell: `${write(change.low, true)} to ${write(change.high, true)}`,
  };
}

/** “Share of members never contacted: from 12.0 % to 9.1 %, a change of −2.9 percentage points (between −4.0 and −1.8, 90 % interval).” */
export function movementText(movement: Movement, format: Format): string {
  const { label, before, after, change } = movement;
  const { value, between } = changeTexts(movement, format);
  return `${label.charAt(0).toUpperCase()}${label.slice(1)}: from ${format.measure(before)} to ${format.measure(after)}, a change of ${value} (${between}, ${format.level(change.level)} interval).`;
}

/** “3 contacts”-like lists of audits in words, cut where they would fill the page. */
function listed(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`;
}

const basisText = (basis: string): string => {
  const known = Object.entries(valueBasisWords).find(([key]) => key === basis);
  return known === undefined ? 'unknown' : known[1].replace(/^Customer value is /, '').replace(/[:.].*$/, '');
};

/** What differs, and what that means for reading the rest. */
export function cautionView(caution: Caution): StatementView {
  switch (caution.kind) {
    case 'order':
      return { label: 'Order', text: 'The later result ends before the earlier one: the two may have been given the wrong way round.' };
    case 'program':
      return {
        label: 'Program',
        text: `The program changed from version ${caution.before} to ${caution.after}. A method may have changed with it, so a movement may be the program’s and not the programme’s. Running the earlier exports again with this version settles it.`,
      };
    case 'engine':
      return { label: 'Engine', text: `The database engine changed from ${caution.before} to ${caution.after}. Figures should not hang on it.` };
    case 'currency':
      return { label: 'Currency', text: `The currency changed from ${caution.before} to ${caution.after}, so amounts are not compared.` };
    case 'valueBasis':
      return {
        label: 'Customer value',
        text: `Customer value was ${basisText(caution.before)} and is now ${basisText(caution.after)}. Amounts are not compared, and shares of value speak of another value.`,
      };
    case 'thresholds':
      return {
        label: 'Thresholds',
        text: `The levels that a verdict is measured by differ for ${listed(caution.audits.map(nameOf))}. A verdict that changed there is called neither better nor worse; its figures can be compared.`,
      };
    case 'methods':
      return {
        label: 'Method',
        text: `Intervals are worked out otherwise than before for some figures of ${listed(caution.audits.map(nameOf))}. Their values can be compared; how sure they are, less so.`,
      };
    case 'windowLength':
      return {
        label: 'Window',
        text: `The windows differ in length (${caution.before} and ${caution.after} days), so counts and amounts are not compared. Shares that build up over time, such as that of members never contacted, move with the length alone.`,
      };
    case 'overlap':
      return {
        label: 'Window',
        text: caution.isWhole
          ? `Both look at the same ${counted(caution.days, 'day', 'days')}: what differs is the files, the settings or the program, and not the time.`
          : `The windows share ${counted(caution.days, 'day', 'days')}. What happened then counts on both sides, so that true changes look smaller.`,
      };
    case 'columns':
      return { label: 'Data', text: columnText(caution) };
    case 'leftOut':
      return { label: 'Audits', text: `Left out on request on one side only: ${listed(caution.audits.map(nameOf))}.` };
    case 'anonymous':
      return {
        label: 'Names',
        text: 'Names are withheld and numbered anew in each result, so that figures of a named campaign, source or shop are not compared.',
      };
  }
}

function columnText({ gone, added }: Extract<Caution, { kind: 'columns' }>): string {
  const parts = [
    ...(added.length === 0 ? [] : [`Only the later exports fill ${listed(added.map(columnsText))}.`]),
    ...(gone.length === 0 ? [] : [`Only the earlier exports fill ${listed(gone.map(columnsText))}.`]),
  ];
  return `${parts.join(' ')} Answers may have come or gone for that reason.`;
}

/** “assignments (arm, member id)”. */
function columnsText({ table, columns }: FilledColumns): string {
  return `${spaced(table)} (${columns.map(spaced).join(', ')})`;
}

const spaced = (name: string): string => name.replaceAll('_', ' ');

const skipWords: Readonly<Record<SkipReason, (figures: string, is: string) => string>> = {
  otherThing: (figures) => `${figures} named another campaign, place, group or level than before.`,
  neutralName: (figures) => `${figures} named something whose name is withheld.`,
  otherLevel: (figures, is) => `${figures} ${is} given with intervals of different levels.`,
  ofChance: (figures) => `${figures} said what chance alone would give.`,
  amount: (figures, is) => `${figures} ${is} in money that is counted otherwise than before.`,
  windowLength: (figures) => `${figures} grew with the length of the window, which differs.`,
};

/** Why figures were left out, one sentence a reason. */
export function skippedTexts(skipped: Readonly<Record<SkipReason, number>>): string[] {
  return (Object.keys(skipWords) as SkipReason[]).flatMap((reason) => {
    const count = skipped[reason];
    return count === 0 ? [] : [skipWords[reason](counted(count, 'figure', 'figures'), count === 1 ? 'was' : 'were')];
  });
}

/** “12 of 140 figures moved beyond chance …”: with what such a count is worth. */
export function figuresText(compared: number, moved: number): string {
  if (compared === 0) return 'No figure has an interval on both sides, so that no movement can be told from chance.';
  const allowance = `the list allows for how many were looked at: about one in ${1 / falseDiscoveryRate} of those named may be chance all the same`;
  if (moved === 0) return `None of the ${counted(compared, 'figure', 'figures')} with an interval on both sides moved by more than chance could explain.`;
  return `${moved} of ${counted(compared, 'figure', 'figures')} with an interval on both sides moved by more than chance could explain; ${allowance}.`;
}

/** Whether a verdict that changed has a figure behind it that chance does not account for. */
export function backingText(movements: readonly Movement[]): string {
  const moved = movements.filter(({ isBeyondChance }) => isBeyondChance).length;
  if (moved > 0) return `${counted(moved, 'figure', 'figures')} behind it moved beyond chance`;
  if (movements.length === 0) return 'No figure behind it can be held against chance.';
  const none = movements.length === 1 ? 'The one figure behind it did not move' : `None of the ${movements.length} figures behind it moved`;
  return `${none} beyond chance: a verdict that stands near a level can change by chance alone.`;
}

/** “in 3 of the 4 a figure behind it moved beyond chance”. */
export function backedText(changes: readonly FindingChange[]): string {
  const backed = changes.filter(({ movements }) => movements.some(({ isBeyondChance }) => isBeyondChance)).length;
  if (changes.length === 1) return `${backed === 1 ? 'a' : 'no'} figure behind it moved beyond chance`;
  return backed === 0
    ? 'in none of them did a figure behind it move beyond chance'
    : `in ${backed} of the ${changes.length} a figure behind it moved beyond chance`;
}

/** What holds for every comparison. */
export const generalText =
  'Changes are described, not explained: what made a figure move, these files do not show. The interval of a change is made from the intervals of both ends, taken as independent; the members are largely the same people, so that it is, if anything, too wide.';
