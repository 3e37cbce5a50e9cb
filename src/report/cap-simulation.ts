/** The what-if of a contact cap, as Markdown for a colleague and as lines for a terminal. */
import type { CapSimulation } from '../result/cap-simulation.js';
import { formatFor } from './format.js';
import { inertMarkdown as inert, inertLine } from './inert.js';
import { markdownTable } from './markdown.js';
import { evidenceView } from './present-finding.js';
import { fillTemplate } from './template.js';
import type { TableView } from './view.js';

/** File name of the table at full precision, beside the Markdown. */
export const frontierFile = 'cap-frontier.csv';

interface CapView {
  readonly scope: string;
  readonly effect: readonly string[];
  readonly frontier: TableView;
  readonly test: readonly { readonly heading: string; readonly text: string }[];
}

function presentCap(simulation: CapSimulation): CapView {
  const format = formatFor(simulation.currency);
  const fill = (template: string): string => fillTemplate(template, { id: 'simulate-cap', measures: [...simulation.measures], thresholds: [] }, format);
  const { window, channel } = simulation;
  const time = window === null ? 'The files have no dates' : `Contacts from ${window.from} to ${window.to}`;
  return {
    scope: `${time}; ${channel === null ? 'all channels together' : `channel ${channel} only`}.`,
    effect: simulation.effect.map(fill),
    frontier: evidenceView(simulation.frontier, frontierFile, format),
    test: simulation.test.map(({ heading, text }) => ({ heading, text: fill(text) })),
  };
}

/** @returns a whole document; the same simulation gives the same text. */
export function renderCapMarkdown(simulation: CapSimulation): string {
  const { scope, effect, frontier, test } = presentCap(simulation);
  const lines = [
    '# What would a contact cap change?',
    '',
    inert(scope),
    '',
    ...effect.flatMap((sentence) => [inert(sentence), '']),
    ...markdownTable(frontier),
    '## The test that would settle it',
    '',
    ...test.map(({ heading, text }) => `- **${inert(heading)}.** ${inert(text)}`),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Paragraphs and the frontier, for a terminal: text, and a table as rows of cells. */
export function summariseCap(simulation: CapSimulation): {
  readonly paragraphs: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const { scope, effect, frontier } = presentCap(simulation);
  return {
    paragraphs: [scope, ...effect].map(inertLine),
    header: frontier.columns.map(({ label }) => inertLine(label)),
    rows: frontier.rows.map((row) => row.map(inertLine)),
  };
}
