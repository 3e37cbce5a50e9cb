/** A comparison in a dozen lines, for the report itself. */
import type { Format } from '../format.js';
import { anchorOf, nameOf } from '../present-finding.js';
import type { Linked, SinceView } from '../view.js';
import type { Comparison, Direction } from './compare.js';
import { backedText, cautionView, changeTexts, counted, directionWords, figuresText } from './words.js';

export const sinceHeading = 'Since the last report';
export const bannerHeading = 'Read this first.';

/** So many names, cautions, themes and figures stand in the report; `compare` has them all. */
const most = { names: 4, cautions: 4, themes: 2, figures: 3 };

const joined = (parts: readonly Linked[]): Linked => parts.flatMap((part, index) => (index === 0 ? part : [{ text: ', ' }, ...part]));
const more = (all: number, shown: number): Linked => (all > shown ? [{ text: ` and ${all - shown} more` }] : []);

/** “Worse: 2 (tone-deaf contact, leaky bucket). ” Nothing where no finding went that way. */
function directionPart({ changes, after }: Comparison, direction: Direction): Linked {
  const own = changes.filter((change) => change.direction === direction);
  const words = directionWords.find((each) => each.direction === direction);
  if (own.length === 0 || words === undefined) return [];
  const backing = direction === 'better' || direction === 'worse' ? `; ${backedText(own)}` : '';
  const names = own.slice(0, most.names).map(({ id }): Linked => {
    const isInReport = after.findings.some((finding) => finding.id === id);
    return [{ text: nameOf(id), ...(isInReport ? { anchor: anchorOf(id) } : {}) }];
  });
  return [{ text: `${words.label}: ${own.length} (` }, ...joined(names), ...more(own.length, names.length), { text: `)${backing}. ` }];
}

function opinionLine({ before, after }: Comparison): Linked {
  const [from, to] = [before.opinion.title, after.opinion.title].map((title) => title.replace(/\.$/, ''));
  return [{ text: from === to ? `The opinion is the same: ${to}.` : `Opinion before: ${from}. Now: ${to}.` }];
}

function themeLine({ themes }: Comparison): Linked[] {
  const moved = themes.filter(({ direction }) => direction === 'better' || direction === 'worse');
  if (moved.length === 0) return [];
  const shown = moved
    .slice(0, most.themes)
    .map(({ label, before, after }): Linked => [{ text: `“${label}” from ${before?.level ?? ''} to ${after?.level ?? ''}` }]);
  return [[{ text: 'Profile: ' }, ...joined(shown), ...more(moved.length, shown.length), { text: '.' }]];
}

/** Figures that moved, one a finding at first, so that one finding does not fill the list. */
function figureLines({ changes }: Comparison, format: Format): Linked[] {
  const movements = changes.flatMap((change) => change.movements);
  const moved = changes.flatMap(({ id, movements: [first] }) => (first?.isBeyondChance === true ? [{ id, movement: first }] : []));
  const count = movements.filter(({ isBeyondChance }) => isBeyondChance).length;
  return [
    [{ text: figuresText(movements.length, count) }],
    ...moved.slice(0, most.figures).map(({ id, movement }): Linked => {
      const { value, between } = changeTexts(movement, format);
      const { label, before, after } = movement;
      return [
        { text: nameOf(id), anchor: anchorOf(id) },
        { text: `: ${label} from ${format.measure(before)} to ${format.measure(after)}, ${value} (${between}).` },
      ];
    }),
  ];
}

export function presentSince(comparison: Comparison, format: Format): SinceView {
  const { before, cautions, changes } = comparison;
  const shown = cautions.slice(0, most.cautions).map((caution) => cautionView(caution).text);
  const hidden = cautions.length - shown.length;
  const same = changes.filter(({ direction }) => direction === 'same').length;
  const window = before.window === null ? 'an earlier report without dates' : `the report on ${before.window.from} to ${before.window.to}`;
  return {
    lead: `Held against ${window}. The whole comparison, with its intervals drawn, is what the command compare writes.`,
    cautions: [...shown, ...(hidden === 0 ? [] : [`${counted(hidden, 'other difference stands', 'other differences stand')} in the whole comparison.`])],
    lines: [
      opinionLine(comparison),
      ...(['worse', 'better'] as const).map((direction) => directionPart(comparison, direction)).filter((line) => line.length > 0),
      [
        ...(['notComparable', 'newlyMeasurable', 'noLongerMeasurable'] as const).flatMap((direction) => directionPart(comparison, direction)),
        { text: `Unchanged: ${same}.` },
      ],
      ...themeLine(comparison),
      ...figureLines(comparison, format),
    ],
  };
}
