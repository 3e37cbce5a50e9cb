/**
 * Evidence tables as danfojs DataFrames, for notebooks. Loaded only when asked for: danfojs and TensorFlow.js cost more than
 * the whole analysis. Numbers of the report never come from here, because danfojs reckons in single precision, counts a
 * missing value as 0 in grouped means and joins the keys of two-key groups with a dash; the values in a frame are exact.
 */
import type { DataFrame } from 'danfojs-node';
import type { Cell, EvidenceTable } from '../result/evidence.js';
import type { Result } from '../result/schema.js';

/** danfojs holds rows as objects and slows down badly beyond this. */
export const mostFrameRows = 20_000;

type FrameCell = string | number | boolean | null;
type FrameType = 'string' | 'boolean' | 'float32';

const textUnits = new Set(['text', 'date']);

/**
 * @param table an evidence table of a result. @returns a DataFrame with the table's column ids; missing numbers are NaN,
 * as danfojs expects, and other missing values null.
 * @throws RangeError when the table is empty or has more than `mostFrameRows` rows.
 */
export async function frameOf(table: EvidenceTable): Promise<DataFrame> {
  if (table.rows.length === 0) throw new RangeError(`The evidence table ${table.id} has no rows; danfojs cannot hold an empty table.`);
  if (table.rows.length > mostFrameRows) throw new RangeError(`The evidence table ${table.id} has more than ${mostFrameRows} rows.`);
  const danfo = await loadDanfo();
  const types = table.columns.map(({ unit }, index) => typeOf(unit, table.rows, index));
  const rows = table.rows.map((row) => types.map((type, index) => frameCell(row[index] ?? null, type)));
  return new danfo.DataFrame(rows, { columns: table.columns.map(({ id }) => id), config: {}, dtypes: types });
}

/** Every evidence table of a result that a frame can hold, by `<audit>.<table>`. */
export async function framesOf(result: Result): Promise<Map<string, DataFrame>> {
  const frames = new Map<string, DataFrame>();
  for (const finding of result.findings) {
    for (const table of finding.evidence) {
      if (table.rows.length > 0 && table.rows.length <= mostFrameRows) frames.set(`${finding.id}.${table.id}`, await frameOf(table));
    }
  }
  return frames;
}

/** danfojs is an optional peer: it cannot be installed without the overrides that `docs/frames.md` gives. */
async function loadDanfo(): Promise<typeof import('danfojs-node')> {
  try {
    return (await import('danfojs-node')).default;
  } catch (error) {
    throw new Error('Frames need the package danfojs-node; docs/frames.md says how to install it.', { cause: error });
  }
}

function typeOf(unit: string, rows: readonly (readonly Cell[])[], index: number): FrameType {
  if (textUnits.has(unit)) return rows.every((row) => typeof row[index] === 'boolean') ? 'boolean' : 'string';
  return 'float32';
}

function frameCell(cell: Cell, type: FrameType): FrameCell {
  if (type === 'float32') return typeof cell === 'number' ? cell : Number.NaN;
  return type === 'string' && cell !== null ? String(cell) : cell;
}
