/** The findings as a Word document, every word of it text that a consultant can edit and put under a template of their own. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Result } from '../result/schema.js';
import { type Branding, plainBranding } from './branding.js';
import { bannerHeading, sinceHeading } from './compare/since.js';
import { withoutControls } from './inert.js';
import { fewRows, forPaper, printedCharts, printedEvidence, printedMeasures, printedStatements, turnedTable } from './paper.js';
import { present } from './present.js';
import { withoutClock } from './same-bytes.js';
import type { FindingView, ReportView, StatementView, TableView } from './view.js';

type Block = Paragraph | Table;

/** Columns that fit across a page. */
const mostColumns = 7;
/** Tables of evidence under a finding; a consultant who wants more finds them in the workbook. */
const mostTables = 2;
/** Margins and text width of a page of A4, in twentieths of a point. */
const margin = 1134;
const textWidth = 11_906 - 2 * margin;
const houseAccent = '0d4f63';

const clean = (text: string): string => withoutControls(text);
const run = (text: string, options: { bold?: boolean; color?: string } = {}): TextRun => new TextRun({ text: clean(text), ...options });
const paragraph = (text: string, options: { bold?: boolean; color?: string } = {}): Paragraph =>
  new Paragraph({ children: [run(text, options)], spacing: { after: 120 } });
const heading = (text: string, level: (typeof HeadingLevel)[keyof typeof HeadingLevel]): Paragraph =>
  new Paragraph({ heading: level, keepNext: true, children: [run(text)] });
const bullets = (items: readonly string[]): Paragraph[] => items.map((item) => new Paragraph({ bullet: { level: 0 }, children: [run(item)] }));
const labelled = ({ label, text }: StatementView): Paragraph =>
  new Paragraph({ spacing: { after: 120 }, children: [run(`${label}. `, { bold: true }), run(text)] });
const soft = { color: '4f5a68' } as const;

function table({ caption, columns, rows, note }: TableView): Block[] {
  const line = { style: BorderStyle.SINGLE, size: 4, color: 'd8d3c7' } as const;
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
  const cell = (text: string, isNumeric: boolean, isHead: boolean): TableCell =>
    new TableCell({
      margins: { top: 40, bottom: 40, left: 60, right: 60 },
      children: [
        new Paragraph({
          alignment: isNumeric ? AlignmentType.RIGHT : AlignmentType.LEFT,
          children: [new TextRun({ text: clean(text), bold: isHead, size: 16 })],
        }),
      ],
    });
  return [
    new Paragraph({ keepNext: true, spacing: { before: 160, after: 60 }, children: [run(caption, { bold: true })] }),
    new Table({
      layout: TableLayoutType.AUTOFIT,
      width: { size: textWidth, type: WidthType.DXA },
      borders: { top: line, bottom: line, left: none, right: none, insideHorizontal: line, insideVertical: none },
      rows: [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: columns.map(({ label, unit, isNumeric }) => cell(unit === '' ? label : `${label}, ${unit}`, isNumeric, true)),
        }),
        ...rows.map((row) => new TableRow({ cantSplit: true, children: columns.map(({ isNumeric }, index) => cell(row[index] ?? '', isNumeric, false)) })),
      ],
    }),
    paragraph(note ?? '', soft),
  ];
}

/** A table as it fits across a page; null for one that is too wide for it. */
function fitted(table: TableView): TableView | null {
  if (table.columns.length <= mostColumns) return table;
  return table.rows.length <= fewRows ? turnedTable(table) : null;
}

function evidence(view: FindingView): Block[] {
  const printed = printedEvidence(view).map(({ table: whole, fileName }) => ({ fits: fitted(whole), fileName }));
  const fitting = printed.filter(({ fits }) => fits !== null).slice(0, mostTables);
  const shown = fitting.map(({ fileName }) => fileName);
  const others = view.evidence.map(({ fileName }) => fileName).filter((fileName) => !shown.includes(fileName));
  return [
    ...fitting.flatMap(({ fits }) => (fits === null ? [] : table(fits))),
    ...(others.length === 0 ? [] : [labelled({ label: 'Tables in files', text: others.map((fileName) => `evidence/${fileName}`).join(', ') })]),
  ];
}

function finding(view: FindingView): Block[] {
  const verdict = [view.statusLabel, view.severityLabel === '' ? '' : `${view.severityLabel.toLowerCase()} severity`].filter((part) => part !== '').join(', ');
  const about: StatementView[] = [
    { label: 'Result', text: verdict },
    ...(view.grade === null ? [] : [{ label: 'Evidence', text: `${view.grade.code}, ${view.grade.label.toLowerCase()}. ${view.grade.gloss}` }]),
    ...(view.money === null ? [] : [{ label: 'Money', text: view.money }]),
    ...(view.members === null ? [] : [{ label: 'Members', text: view.members }]),
  ];
  const measures = printedMeasures(view);
  const rivals = view.isContestable ? view.rivals : [];
  return [
    heading(view.question, HeadingLevel.HEADING_2),
    paragraph(view.why, soft),
    ...about.map(labelled),
    ...(view.statements.length === 0 ? [paragraph(view.headline)] : printedStatements(view).map(labelled)),
    ...printedCharts(view).map(({ title, description }) => labelled({ label: `Chart: ${title}`, text: description })),
    ...(view.caveats.length === 0 ? [] : [heading('Keep in mind', HeadingLevel.HEADING_3), ...bullets(view.caveats)]),
    ...(rivals.length === 0 ? [] : [heading('Rival explanations', HeadingLevel.HEADING_3)]),
    ...bullets(rivals.map(({ explanation, check, open }) => `${explanation} Checked: ${check} Open: ${open}`)),
    ...(view.flips === null || rivals.length === 0 ? [] : [paragraph(view.flips, soft)]),
    ...(measures === null ? [] : table(measures)),
    ...evidence(view),
  ];
}

const plain = (label: string): { label: string; unit: string; isNumeric: boolean } => ({ label, unit: '', isNumeric: false });

/** Each group of questions as a table: what is missing, in one line a question. */
const unanswered = ({ unansweredGroups }: ReportView): Block[] =>
  unansweredGroups.flatMap(({ title, questions }) =>
    table({
      caption: title,
      columns: ['Question', 'What it lacks'].map(plain),
      rows: questions.map(({ finding: { question }, lack }) => [question, lack]),
      note: null,
    }),
  );

function since({ since: view }: ReportView): Block[] {
  if (view === null) return [];
  return [
    heading(sinceHeading, HeadingLevel.HEADING_1),
    paragraph(view.lead),
    ...(view.cautions.length === 0 ? [] : [labelled({ label: bannerHeading.replace(/\.$/, ''), text: view.cautions.join(' ') })]),
    ...bullets(view.lines.map((parts) => parts.map(({ text }) => text).join(''))),
  ];
}

function firstPage(view: ReportView): Block[] {
  const { opinion } = view;
  return [
    paragraph(view.title, soft),
    heading(view.question, HeadingLevel.TITLE),
    ...view.subject.map(labelled),
    heading(opinion.kind, HeadingLevel.HEADING_1),
    ...opinion.titles.map((title) => paragraph(title, { bold: true })),
    ...opinion.paragraphs.map((parts) => paragraph(parts.map(({ text }) => text).join(''))),
    paragraph(`${opinion.materiality} ${opinion.disclaimer}`, soft),
    heading('From marketing focus to customer focus', HeadingLevel.HEADING_1),
    ...table({
      caption: 'Each theme stands for itself; there is no total.',
      columns: ['Theme', 'Level', 'What it says'].map(plain),
      rows: view.profile.map(({ label, reading, sentence }) => [label, reading, sentence]),
      note: null,
    }),
    ...(view.actions.length === 0 ? [] : [heading('What to do first', HeadingLevel.HEADING_1)]),
    ...bullets(view.actions.map(({ action, question }) => `${action} Because of: ${question}`)),
    ...(view.stakes.length === 0
      ? []
      : [heading('Money at stake', HeadingLevel.HEADING_1), paragraph('Amounts of different findings overlap, so they are not added up.', soft)]),
    ...bullets(view.stakes.map(({ amount, range, meaning, multiple }) => [amount, range, meaning, multiple].filter((part) => part !== '').join('; '))),
    heading('What this report covers, and what it cannot see', HeadingLevel.HEADING_1),
    ...bullets(view.coverage.sentences),
    ...since(view),
    heading('Findings in order', HeadingLevel.HEADING_1),
    ...table({
      caption: 'Each question with its answer in one sentence',
      columns: ['Result', 'Question', 'Answer'].map(plain),
      rows: view.findings.map(({ statusLabel, question, headline }) => [statusLabel, question, headline]),
      note: null,
    }),
  ];
}

const footer = ({ title }: ReportView): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [run(`${title}, page `, soft), new TextRun({ children: [PageNumber.CURRENT], ...soft })],
      }),
    ],
  });

/** @param earlier result of the same programme to hold this one against, or null. @returns a .docx file; the same result gives the same bytes. */
export async function renderWord(result: Result, branding: Branding = plainBranding, earlier: Result | null = null): Promise<Uint8Array> {
  const view = present(forPaper(result), branding, earlier);
  const color = (branding.accent ?? houseAccent).replace('#', '');
  const style = (
    size: number,
  ): { run: { font: string; size: number; bold: boolean; color: string }; paragraph: { spacing: { before: number; after: number } } } => ({
    run: { font: 'Cambria', size, bold: true, color },
    paragraph: { spacing: { before: 280, after: 120 } },
  });
  const document = new Document({
    title: clean(view.title),
    creator: clean(branding.author ?? 'loyalty-health'),
    lastModifiedBy: clean(branding.author ?? 'loyalty-health'),
    styles: { default: { document: { run: { font: 'Calibri', size: 20 } }, title: style(44), heading1: style(32), heading2: style(26), heading3: style(22) } },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 }, margin: { top: margin, bottom: margin, left: margin, right: margin } } },
        footers: { default: footer(view) },
        children: [
          ...firstPage(view),
          heading('Findings in full', HeadingLevel.HEADING_1),
          ...view.findings.flatMap(finding),
          ...(view.unanswered.length === 0 ? [] : [heading('Questions without an answer', HeadingLevel.HEADING_1)]),
          ...unanswered(view),
          ...(view.upgrades === null ? [] : [heading('What more data would tell', HeadingLevel.HEADING_1), ...table(view.upgrades)]),
          heading('Files and control totals', HeadingLevel.HEADING_1),
          ...table(view.inputs),
          heading('Method', HeadingLevel.HEADING_1),
          ...[view.statuses, view.grades, view.levels, view.terms].flatMap(table),
          paragraph('Every level used, with its source, is in the workbook and in the PDF.', soft),
          paragraph(view.tool, soft),
        ],
      },
    ],
  });
  return withoutClock(await Packer.toBuffer(document));
}
