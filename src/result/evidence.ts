import { z } from 'zod';
import { unit } from './units.js';

/** One cell: text, a number at full precision, true or false, or null for “not known”. */
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * The rows behind a finding, always aggregates: no table has a row for a single member, and counts of members below the
 * small-cell limit are merged into a neighbour by the audit that makes the table.
 */
export const evidenceTable = z.strictObject({
  id: z.string().describe('Unique within the finding; the CSV file is <audit>.<id>.csv.'),
  title: z.string(),
  columns: z.array(z.strictObject({ id: z.string(), label: z.string(), unit })),
  rows: z.array(z.array(cell)),
  note: z.string().optional(),
});
export type Cell = z.infer<typeof cell>;
export type EvidenceTable = z.infer<typeof evidenceTable>;
