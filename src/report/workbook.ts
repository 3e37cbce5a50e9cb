/** The report as an Excel workbook: an index, one sheet a finding with typed cells, control totals and thresholds. */
import writeXlsxFile, { type CellObject, type Sheet, type Cell as SheetCell } from 'write-excel-file/node';
import type { Cell, EvidenceTable } from '../result/evidence.js';
import type { Finding, Result } from '../result/schema.js';
import type { Unit } from '../result/units.js';
import { type Branding, plainBranding } from './branding.js';
import type { Format } from './format.js';
import { inertCell, withoutControls } from './inert.js';
import { formatOf, present } from './present.js';
import { withoutClock } from './same-bytes.js';
import type { FindingView, ReportView, TableView } from './view.js';

type Row = SheetCell[];
type Workbook = Sheet<never>[];
type Features = NonNullable<NonNullable<Parameters<typeof writeXlsxFile>[1]>['features']>;

/** A cell that leads to a sheet of this workbook. */
interface Link {
  readonly cell: string;
  readonly sheet: string;
}

/** Excel takes no more in one cell. */
const longestText = 32_000;
/** Excel takes no more letters in the name of a sheet, and none of these marks. */
const longestName = 31;
const forbidden = /[[\]:*?/\\']+/g;
const millisecondsPerDay = 86_400_000;

const formats: Partial<Record<Unit, string>> = {
  share: '0.0%',
  shareDifference: '+0.0%;-0.0%;0.0%',
  money: '#,##0.00',
  moneyPerMember: '#,##0.00##',
  count: '#,##0',
  days: '#,##0.0',
  points: '#,##0',
  index: '0.000',
  ratio: '0.00',
  probability: '0.000',
  date: 'yyyy-mm-dd',
};

const text = (value: string): SheetCell => ({ value: withoutControls(inertCell(value)).slice(0, longestText), type: String, wrap: true, alignVertical: 'top' });
const head = (value: string): SheetCell => ({
  value: inertCell(value),
  type: String,
  fontWeight: 'bold',
  wrap: true,
  alignVertical: 'bottom',
  bottomBorderStyle: 'thin',
  backgroundColor: '#f0f3f1',
});
const linked = (value: string): CellObject => ({
  value: inertCell(value),
  type: String,
  textColor: '#0d4f63',
  textDecoration: { underline: true },
  alignVertical: 'top',
});
const title = (value: string): CellObject => ({ value: inertCell(value), type: String, fontWeight: 'bold', fontSize: 13 });

/** A cell with its own type: a number stays a number, whatever it looks like. */
function typed(cell: Cell, unit: Unit): SheetCell {
  if (cell === null) return null;
  if (typeof cell === 'boolean') return { value: cell, type: Boolean, alignVertical: 'top' };
  if (typeof cell === 'string') return text(cell);
  if (!Number.isFinite(cell)) return text('not known');
  if (unit === 'date') return { value: new Date(Math.round(cell) * millisecondsPerDay), type: Date, format: formats.date ?? '', alignVertical: 'top' };
  const format = formats[unit];
  return { value: cell, type: Number, alignVertical: 'top', ...(format === undefined ? {} : { format }) };
}

const blank: Row = [];

/** Widths of the sheet of a finding: the first column holds words, the others figures. */
const findingWidths = [36, ...Array.from({ length: 15 }, () => 15)];
/** Columns that a sentence takes, with the letters and the height of one of its lines. */
const spanned = 7;
const lettersPerLine = 108;
const lineHeight = 13.5;

/** Words across several columns. Excel gives no height of its own to such a cell. */
function across(words: string): Row {
  const value = withoutControls(inertCell(words)).slice(0, longestText);
  const height = lineHeight * Math.max(1, Math.ceil(value.length / lettersPerLine));
  return [{ value, type: String, wrap: true, alignVertical: 'top', columnSpan: spanned, height }, ...Array.from({ length: spanned - 1 }, () => null)];
}

/** A sentence beside its label. */
const sentence = (label: string, words: string): Row => [text(label), ...across(words)];

function evidenceRows({ title: caption, columns, rows, note }: EvidenceTable, format: Format): Row[] {
  return [
    [title(caption)],
    columns.map(({ label, unit }) => head([label, format.unitNote(unit)].filter((part) => part !== '').join(', '))),
    ...rows.map((row) => columns.map(({ unit }, index) => typed(row[index] ?? null, unit))),
    ...(note === undefined ? [] : [across(note)]),
    blank,
  ];
}

function measureRows(finding: Finding): Row[] {
  if (finding.measures.length === 0) return [];
  return [
    [title('Figures')],
    ['Figure', 'Value', 'Interval from', 'Interval to', 'Level', 'Method', 'Rests on', 'Why it is not known'].map(head),
    ...finding.measures.map(({ label, value, unit, interval, n, why }) => [
      text(label),
      typed(value, unit),
      typed(interval?.low ?? null, unit),
      typed(interval?.high ?? null, unit),
      typed(interval?.level ?? null, 'share'),
      interval === undefined ? null : text(interval.method),
      typed(n, 'count'),
      why === undefined ? null : text(why),
    ]),
    blank,
  ];
}

function findingSheet(finding: Finding, view: FindingView, format: Format): Row[] {
  const said: Row[] = [
    sentence(
      'Result',
      [view.statusLabel, view.severityLabel === '' ? '' : `${view.severityLabel.toLowerCase()} severity`].filter((part) => part !== '').join(', '),
    ),
    ...(view.grade === null ? [] : [sentence('Evidence', `${view.grade.code}, ${view.grade.label.toLowerCase()}`)]),
    ...(view.statements.length === 0
      ? [sentence('Why there is no answer', view.headline)]
      : view.statements.map(({ label, text: words }) => sentence(label, words))),
    ...(view.money === null ? [] : [sentence('Money', view.money)]),
    ...(view.members === null ? [] : [sentence('Members', view.members)]),
    ...view.caveats.map((caveat) => sentence('Keep in mind', caveat)),
    ...view.rivals.map(({ explanation, check, open }) => sentence('Rival explanation', `${explanation} Checked: ${check} Open: ${open}`)),
    ...(view.flips === null ? [] : [sentence('Levels', view.flips)]),
  ];
  return [
    [{ ...title(view.question), columnSpan: spanned }, ...Array.from({ length: spanned - 1 }, () => null), linked('Index')],
    ...said,
    blank,
    ...measureRows(finding),
    ...finding.evidence.flatMap((table) => evidenceRows(table, format)),
  ];
}

function viewSheet(...tables: readonly TableView[]): Row[] {
  return tables.flatMap(({ caption, columns, rows, note }) => [
    [title(caption)],
    columns.map(({ label, unit }) => head(unit === '' ? label : `${label}, ${unit}`)),
    ...rows.map((row) => row.map(text)),
    ...(note === null ? [] : [[text(note)]]),
    blank,
  ]);
}

function indexSheet(view: ReportView, nameOf: ReadonlyMap<string, string>): Row[] {
  return [
    ['Question', 'Result', 'Severity', 'Evidence', 'In one sentence', 'Money at stake', 'Members', 'Sheet'].map(head),
    ...[...view.findings, ...view.unanswered].map((finding) =>
      [finding.question, finding.statusLabel, finding.severityLabel, finding.grade?.code ?? '', finding.headline, finding.money ?? '', finding.members ?? '']
        .map(text)
        .concat(linked(nameOf.get(finding.id) ?? '')),
    ),
  ];
}

function totalsSheet(result: Result): Row[] {
  return [
    ['File', 'Taken as', 'Bytes', 'SHA-256', 'Rows read', 'Loaded', 'Quarantined', 'Skipped'].map(head),
    ...result.inputs.map((input) => [
      text(input.file),
      text(input.roles.join(', ')),
      typed(input.bytes, 'count'),
      text(input.sha256),
      typed(input.rowsRead, 'count'),
      typed(input.rowsLoaded, 'count'),
      typed(input.rowsQuarantined, 'count'),
      typed(
        input.rowsSkipped.reduce((sum, { rows }) => sum + rows, 0),
        'count',
      ),
    ]),
    blank,
    ['File', 'Column of the file', 'Read as', 'Filled', 'Sum', 'First', 'Last'].map(head),
    ...result.inputs.flatMap(({ file, totals = [] }) =>
      totals.map(({ header, column, filled, sum, first, last }) => [
        text(file),
        text(header),
        text(column),
        typed(filled, 'count'),
        typed(sum, 'money'),
        text(first ?? ''),
        text(last ?? ''),
      ]),
    ),
  ];
}

/** Names that Excel accepts, each once. */
function sheetNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const used = new Set(['index', 'control totals', 'thresholds']);
  return new Map(
    ids.map((id) => {
      const plain = withoutControls(id).replace(forbidden, '-').slice(0, longestName) || 'finding';
      const free =
        [plain, ...Array.from({ length: ids.length }, (_, index) => `${plain.slice(0, longestName - 4)}-${index + 2}`)].find(
          (name) => !used.has(name.toLowerCase()),
        ) ?? plain;
      used.add(free.toLowerCase());
      return [id, free];
    }),
  );
}

const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Links within the workbook, and a filter on the heads of the index. Nothing leads out of the file. */
function navigation(linksOf: ReadonlyMap<number, readonly Link[]>, filter: string): Features[number] {
  const insert = (_options: unknown, { sheetIndex }: { readonly sheetIndex: number }): string | undefined => {
    const links = linksOf.get(sheetIndex) ?? [];
    if (links.length === 0) return undefined;
    const hyperlinks = links.map(({ cell, sheet }) => `<hyperlink ref="${cell}" location="'${escaped(sheet)}'!A1" display="${escaped(sheet)}"/>`).join('');
    return `${sheetIndex === 0 ? `<autoFilter ref="${filter}"/>` : ''}<hyperlinks>${hyperlinks}</hyperlinks>`;
  };
  return { files: { transform: { 'xl/worksheets/sheet{id}.xml': { insert } } } };
}

const widths = (...columns: readonly number[]): { width: number }[] => columns.map((width) => ({ width }));

/** @returns an .xlsx file; the same result gives the same bytes. */
export async function renderWorkbook(result: Result, branding: Branding = plainBranding): Promise<Uint8Array> {
  const view = present(result, branding);
  const format = formatOf(result, branding);
  const views = [...view.findings, ...view.unanswered];
  const nameOf = sheetNames(views.map(({ id }) => id));
  const sheets: Workbook = [
    { sheet: 'Index', data: indexSheet(view, nameOf), columns: widths(44, 14, 10, 9, 80, 40, 40, 26), stickyRowsCount: 1 },
    ...views.flatMap((finding): Workbook => {
      const own = result.findings.find(({ id }) => id === finding.id);
      if (own === undefined) return [];
      return [
        {
          sheet: nameOf.get(finding.id) ?? finding.id,
          data: findingSheet(own, finding, format),
          columns: widths(...findingWidths),
          stickyRowsCount: 1,
        },
      ];
    }),
    { sheet: 'Control totals', data: totalsSheet(result), columns: widths(30, 24, 22, 26, 16, 14, 14, 12), stickyRowsCount: 1 },
    { sheet: 'Thresholds', data: viewSheet(view.thresholds, view.grades, view.statuses), columns: widths(30, 40, 30, 70, 40), stickyRowsCount: 1 },
  ];
  const toSheets = views.map(({ id }, index): Link => ({ cell: `H${index + 2}`, sheet: nameOf.get(id) ?? id }));
  const back: Link = { cell: 'H1', sheet: 'Index' };
  const linksOf = new Map<number, readonly Link[]>([[0, toSheets], ...views.map((_view, index): [number, readonly Link[]] => [index + 1, [back]])]);
  const features = [navigation(linksOf, `A1:H${views.length + 1}`)];
  return withoutClock(await writeXlsxFile(sheets, { fontFamily: 'Calibri', fontSize: 10, features }).toBuffer());
}
