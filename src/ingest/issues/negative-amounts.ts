import { rawName, typedName } from '../load/typed.sql.js';
import { filledCells, numberCandidates } from '../plan/formats.js';
import type { DataIssue, FileCheck } from './issue.js';
import { looseNumber, negativesSql } from './rows.sql.js';

/** A column with this share of negatives or more is signed by nature; below it they are exceptions. */
const exceptionShare = 0.05;

/** Above this share of its filled cells a column of sales is the wrong way round, or holds something else. */
const reversedShare = 0.5;

/** Negative numbers where nearly all are positive: returns, corrections, or errors. */
export const negativeAmounts: FileCheck = async ({ engine, source, plan, compiled }) => {
  const [step] = compiled.steps;
  const amounts = step === undefined ? [] : step.step.columns.filter(({ column }) => column.type === 'amount' && !(step.step.table === 'points'));
  const mapped = amounts.flatMap(({ column }) => {
    const cell = step?.columns.get(column.name);
    return cell === undefined ? [] : [{ label: column.name, cell }];
  });
  const unmapped = plan.columns.flatMap((note, at) =>
    note.mappedTo.length === 0 && isNumeric(source, at) ? [{ label: note.header, cell: looseNumber(at) }] : [],
  );
  return [
    ...(await negatives({ engine, source, table: typedName(plan.index), columns: mapped, isUsed: true })),
    ...(await negatives({ engine, source, table: rawName(plan.index), columns: unmapped, isUsed: false })),
  ];
};

interface Request {
  readonly engine: Parameters<FileCheck>[0]['engine'];
  readonly source: Parameters<FileCheck>[0]['source'];
  readonly table: string;
  readonly columns: readonly { readonly label: string; readonly cell: ReturnType<typeof looseNumber> }[];
  readonly isUsed: boolean;
}

async function negatives({ engine, source, table, columns, isUsed }: Request): Promise<DataIssue[]> {
  if (columns.length === 0) return [];
  const [counts = {}] = await engine.rows(
    negativesSql(
      table,
      columns.map(({ cell }) => cell),
    ),
  );
  return columns.flatMap(({ label }, index) => {
    const rows = counts[`n${index}`] ?? 0;
    const filled = counts[`f${index}`] ?? 0;
    if (isUsed && !label.startsWith('discount') && rows > reversedShare * filled) return [reversed(source, label, rows, filled)];
    if (rows === 0 || rows >= exceptionShare * source.rowsRead) return [];
    return [
      {
        type: 'negative-amounts',
        title: 'Negative numbers among positive ones',
        description: 'They may be returns or corrections, or errors of the export. Nothing was changed.',
        template: isUsed
          ? '{rows} of {total} rows have a negative {column}. They were counted as they are.'
          : '{rows} of {total} rows have a negative “{column}”. The column is not used.',
        values: { rows, total: source.rowsRead, column: label, file: source.file },
        severity: isUsed ? ('warning' as const) : ('note' as const),
        file: source.file,
      },
    ];
  });
}

function reversed(source: Request['source'], column: string, rows: number, filled: number): DataIssue {
  return {
    type: 'reversed-amounts',
    title: 'Most amounts are below zero',
    description: 'They were counted as they are, so what customers spent counts against them. Some ledgers write sales with a minus: export them with a plus.',
    template: '{rows} of {filled} cells of {column} are negative: is the sign turned round?',
    values: { rows, filled, column, file: source.file },
    severity: 'error',
    file: source.file,
  };
}

function isNumeric(source: Request['source'], at: number): boolean {
  const cells = filledCells(source, at);
  return cells.length > 0 && numberCandidates(cells).length > 0;
}
