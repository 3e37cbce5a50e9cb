/** A comparison as Markdown: the same words, order and numbers as the page. */
import { type Branding, plainBranding } from '../branding.js';
import { inertMarkdown as inert } from '../inert.js';
import { markdownTable } from '../markdown.js';
import type { TableView } from '../view.js';
import type { Comparison, Direction } from './compare.js';
import { presentComparison } from './present-comparison.js';
import { bannerHeading } from './since.js';
import type { ChangeView, ComparisonView, DirectionView, MovedView } from './view.js';

type Lines = readonly string[];

const table = (view: TableView | null): Lines => (view === null ? [] : markdownTable(view));
const textColumns = (labels: readonly string[]): TableView['columns'] => labels.map((label) => ({ label, unit: '', isNumeric: false }));

/** What stayed as it was is named and not told again. */
function changeLine({ question, text, afterText, headline, money, backing }: ChangeView, direction: Direction): string {
  if (direction === 'same') return `- ${inert(question)} ${inert(`${afterText}.`)}`;
  return [
    `- **${inert(question)}** ${inert(`${text}.`)}`,
    ...[headline, money, backing === '' ? '' : `${backing.replace(/\.$/, '')}.`].filter((part) => part !== '').map(inert),
  ].join(' ');
}

function directionLines({ direction, label, meaning, changes }: DirectionView): Lines {
  return [`## ${inert(label)}: ${changes.length}`, '', inert(meaning), '', ...changes.map((change) => changeLine(change, direction)), ''];
}

const movedLines = ({ question, verdict, figures }: MovedView): Lines => [
  `- **${inert(question)}** ${inert(verdict)}`,
  ...figures.map(({ sentence }) => `  - ${inert(sentence)}`),
];

function themeTable({ themes }: ComparisonView): TableView {
  return {
    caption: 'Profile by theme',
    columns: textColumns(['Theme', 'Before', 'After', 'That is']),
    rows: themes.map(({ label, before, after, directionLabel }) => [label, before.reading, after.reading, directionLabel]),
    note: null,
  };
}

/** @returns a whole document; the same two results give the same text. */
export function renderComparison(comparison: Comparison, branding: Branding = plainBranding): string {
  const view = presentComparison(comparison, branding);
  const { banner, opinion } = view;
  const lines = [
    ...(view.title === plainBranding.title ? [] : [inert(view.title), '']),
    `# ${inert(view.question)}`,
    '',
    ...view.subject.map(({ label, text }) => `- ${inert(label)}: ${inert(text)}`),
    '',
    ...(banner.length === 0 ? [] : [`**${bannerHeading}**`, '', ...banner.map(({ label, text }) => `- ${inert(label)}: ${inert(text)}`), '']),
    inert(view.general),
    '',
    '## Opinion',
    '',
    `- Before: ${inert(`${opinion.before.kind}. ${opinion.before.titles.join('. ')}.`)}`,
    `- After: ${inert(`${opinion.after.kind}. ${opinion.after.titles.join('. ')}.`)}`,
    '',
    ...(view.themes.length === 0 ? [] : table(themeTable(view))),
    ...view.directions.flatMap(directionLines),
    '## Figures that moved beyond chance',
    '',
    inert(view.figures),
    '',
    ...view.moved.flatMap(movedLines),
    '',
    ...(view.still === null ? [] : ['## Figures that chance may have moved', '']),
    ...table(view.still),
    ...view.skipped.map((text) => `- ${inert(text)}`),
    '',
    ...(view.grades === null ? [] : ['## Evidence', '']),
    ...table(view.grades),
    '## The two results',
    '',
    ...table(view.sides),
    inert(view.tool),
  ];
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}
