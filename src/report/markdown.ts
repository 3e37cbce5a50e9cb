/** The report as Markdown: the same words, order and numbers as the page; pictures are told by their descriptions. */
import type { Result } from '../result/schema.js';
import { type Branding, plainBranding } from './branding.js';
import { bannerHeading, sinceHeading } from './compare/since.js';
import { inertMarkdown as inert } from './inert.js';
import { present } from './present.js';
import type { FindingView, ReportView, StatementView, TableView } from './view.js';

type Lines = readonly string[];

const bullets = (items: readonly string[]): Lines => (items.length === 0 ? [] : [...items.map((item) => `- ${inert(item)}`), '']);
const statements = (list: readonly StatementView[]): Lines => list.flatMap(({ label, text }) => [`**${inert(label)}.** ${inert(text)}`, '']);

export function markdownTable({ caption, columns, rows, note }: TableView): Lines {
  const head = columns.map(({ label, unit }) => inert(unit === '' ? label : `${label}, ${unit}`));
  const rule = columns.map(({ isNumeric }) => (isNumeric ? '---:' : '---'));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`**${inert(caption)}**`, '', line(head), line(rule), ...rows.map((row) => line(row.map(inert))), '', ...(note === null ? [] : [inert(note), ''])];
}

function firstPage(view: ReportView): Lines {
  const { opinion } = view;
  return [
    ...(view.title === plainBranding.title ? [] : [inert(view.title), '']),
    `# ${inert(view.question)}`,
    '',
    ...bullets(view.subject.map(({ label, text }) => `${label}: ${text}`)),
    `## ${inert(opinion.kind)}: ${inert(opinion.title)}`,
    '',
    ...opinion.paragraphs.flatMap((parts) => [inert(parts.map(({ text }) => text).join('')), '']),
    inert(`${opinion.materiality} ${opinion.disclaimer}`),
    '',
    '## From marketing focus to customer focus',
    '',
    ...markdownTable({
      caption: 'Each theme stands for itself; there is no total.',
      columns: ['Theme', 'Level', 'What it says'].map((label) => ({ label, unit: '', isNumeric: false })),
      rows: view.profile.map(({ label, reading, sentence }) => [label, reading, sentence]),
      note: null,
    }),
    ...(view.actions.length === 0 ? [] : ['## What to do first', '']),
    ...view.actions.flatMap(({ action, question }, index) => [`${index + 1}. ${inert(action)} (${inert(question)})`]),
    '',
    ...(view.stakes.length === 0 ? [] : ['## Money at stake', '', 'Amounts of different findings overlap, so they are not added up.', '']),
    ...bullets(
      view.stakes.map(
        ({ amount, range, meaning, multiple }) => `${amount}${range === '' ? '' : `, ${range}`}: ${meaning}${multiple === '' ? '' : `; ${multiple}`}`,
      ),
    ),
    '## What this report covers, and what it cannot see',
    '',
    ...bullets(view.coverage.sentences),
    '## Findings in order',
    '',
    ...view.findings.map((finding, index) => `${index + 1}. **${inert(verdictOf(finding))}** ${inert(finding.question)} ${inert(finding.headline)}`),
    '',
  ];
}

function since({ since: view }: ReportView): Lines {
  if (view === null) return [];
  return [
    `## ${sinceHeading}`,
    '',
    inert(view.lead),
    '',
    ...(view.cautions.length === 0 ? [] : [`**${bannerHeading}** ${inert(view.cautions.join(' '))}`, '']),
    ...bullets(view.lines.map((parts) => parts.map(({ text }) => text).join(''))),
  ];
}

function verdictOf({ statusLabel, severityLabel }: FindingView): string {
  return severityLabel === '' ? `${statusLabel}.` : `${statusLabel}, ${severityLabel.toLowerCase()} severity.`;
}

function weighed({ isContestable, rivals }: FindingView): Lines {
  const others = isContestable ? rivals.slice(1) : [];
  return others.length === 0 ? [] : ['Also weighed, with all checks under “For the sceptic”:', '', ...bullets(others.map(({ explanation }) => explanation))];
}

/** What a question without an answer lacks, a line each; what was measured on the way follows. */
function unanswered(view: ReportView): Lines {
  if (view.unanswered.length === 0) return [];
  return [
    '## Questions without an answer',
    '',
    ...view.unansweredGroups.flatMap(({ title, questions }) => [
      `### ${inert(title)}`,
      '',
      ...bullets(questions.map(({ finding: { question }, lack }) => `${question} ${lack}`)),
      ...questions.flatMap(({ finding: { measures, evidence, caveats } }) => [
        ...bullets(caveats),
        ...(measures === null ? [] : markdownTable(measures)),
        ...evidence.flatMap(({ table }) => markdownTable(table)),
      ]),
    ]),
  ];
}

function finding(view: FindingView): Lines {
  const about = [
    verdictOf(view),
    ...(view.grade === null ? [] : [`Evidence: ${view.grade.code}, ${view.grade.label.toLowerCase()}. ${view.grade.gloss}`]),
    ...(view.money === null ? [] : [`Money: ${view.money}`]),
    ...(view.members === null ? [] : [`Members: ${view.members}`]),
    `Looked for: ${view.problem}`,
  ];
  return [
    `### ${inert(view.question)}`,
    '',
    inert(view.why),
    '',
    ...bullets(about),
    ...(view.statements.length === 0 ? [inert(view.headline), ''] : statements(view.statements)),
    ...weighed(view),
    ...view.charts.flatMap(({ title, description }) => [`*Chart: ${inert(title)}${/[.?]$/.test(title) ? '' : '.'}* ${inert(description)}`, '']),
    ...(view.measures === null ? [] : markdownTable(view.measures)),
    ...(view.caveats.length === 0 ? [] : ['**Keep in mind**', '']),
    ...bullets(view.caveats),
    ...(view.unlocks.length === 0 ? [] : ['**More columns would tell more**', '']),
    ...bullets(view.unlocks),
    ...view.evidence.flatMap(({ table: evidence, fileName }) => [...markdownTable(evidence), `All rows at full precision: evidence/${inert(fileName)}`, '']),
    ...(view.thresholds === null ? [] : markdownTable(view.thresholds)),
  ];
}

/** What else could have made each finding. */
function sceptic(view: ReportView): Lines {
  if (view.challenged.length === 0) return [];
  return [
    '## For the sceptic',
    '',
    ...view.challenged.flatMap(({ question, rivals, flips }) => [
      `**${inert(question)}**`,
      '',
      ...bullets([...rivals.map(({ explanation, check, open }) => `${explanation} Check: ${check} Open: ${open}`), ...(flips === null ? [] : [flips])]),
    ]),
  ];
}

function appendix(view: ReportView): Lines {
  return [
    ...sceptic(view),
    ...(view.unlocks.length === 0 ? [] : ['## What more data would tell', '']),
    ...(view.upgrades === null ? [] : markdownTable(view.upgrades)),
    ...bullets(view.unlocks.map(({ columns, gains }) => `${columns}: ${gains.join('; ')}`)),
    '## Quality of the data',
    '',
    ...(view.dataQuality.length === 0 ? ['Nothing to report: every row could be read as it stands.', ''] : []),
    ...bullets(view.dataQuality.map(({ severity, title, sentence, description }) => `${severity}: ${title}. ${sentence} ${description}`)),
    '## Files and control totals',
    '',
    ...markdownTable(view.inputs),
    ...view.inputDetails.flatMap(({ file, facts, columns }) => [
      `### ${inert(file)}`,
      '',
      ...bullets(facts.map(({ label, text }) => `${label}: ${text}`)),
      ...markdownTable(columns),
    ]),
    ...markdownTable(view.tables),
    ...view.tableDetails.flatMap(markdownTable),
    '## Method',
    '',
    ...[view.statuses, view.grades, view.levels, view.terms, view.thresholds, view.queries.index].flatMap(markdownTable),
    inert(view.tool),
  ];
}

/**
 * @returns a whole document; the same result gives the same text.
 * @throws Error when a sentence has a placeholder that nothing answers.
 */
export function renderMarkdown(result: Result, branding: Branding = plainBranding, earlier: Result | null = null): string {
  const view = present(result, branding, earlier);
  const lines = [...firstPage(view), ...since(view), '## Findings in full', '', ...view.findings.flatMap(finding), ...unanswered(view), ...appendix(view)];
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}
