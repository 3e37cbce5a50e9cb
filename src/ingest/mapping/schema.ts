/**
 * The mapping file `loyalty.yaml`: what each file is and what each column means, so that the same export needs no question
 * next month. Every shape that exports have must be sayable here without code.
 */
import { z } from 'zod';
import { isCalendarDate } from '../../model/days.js';
import { objectives } from '../../model/objectives.js';
import { tableNames } from '../../model/tables.js';

const dateFormats = [
  'iso',
  'yyyymmdd',
  'year-first',
  'day-first',
  'month-first',
  'day-month-name',
  'month-name-day',
  'epoch-seconds',
  'epoch-milliseconds',
  'excel-serial',
] as const;
export type DateFormat = (typeof dateFormats)[number];

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}

const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date written as YYYY-MM-DD')
  .refine(isCalendarDate, 'must be a calendar date written as YYYY-MM-DD');
const header = z.string().min(1).describe('Header of a column as it is written in the file, or its position as `#3`.');
const scalar = z.union([z.string(), z.number(), z.boolean()]);

const columnSources = ['column', 'constant', 'rowNumber', 'year', 'day', 'sum', 'signOf'] as const;

const columnObject = z
  .strictObject({
    column: header.optional(),
    constant: scalar.optional().describe('The same value in every row.'),
    rowNumber: z.literal(true).optional().describe('The number of the row, from 1: an identifier where the file has none.'),
    year: header.optional().describe('Column with the year; with `month` it becomes the first day of that month.'),
    month: header.optional().describe('Column with the month, 1 to 12.'),
    day: header.optional().describe('Column with a day number; `dayZero` is the date of day 0.'),
    dayZero: isoDate.optional(),
    sum: z.array(header).min(1).optional().describe('Columns to add up; an empty cell adds nothing.'),
    signOf: header.optional().describe('Column whose sign decides: `positive` at 0 or more, `negative` below.'),
    positive: scalar.optional(),
    negative: scalar.optional(),
    values: z.record(z.string(), scalar).optional().describe('Cell → value, e.g. `"No E-Mail": holdout`.'),
    otherwise: z.enum(['keep', 'empty', 'quarantine']).optional().describe('What becomes of cells that `values` does not name; `keep` unless set.'),
    format: z.enum(dateFormats).optional().describe('How dates are written; found from the values unless set.'),
    decimal: z.enum(['point', 'comma']).optional().describe('The decimal sign; found from the values unless set.'),
  })
  .refine((value) => columnSources.filter((key) => value[key] !== undefined).length === 1, `must have exactly one of ${columnSources.join(', ')}`)
  .refine((value) => (value.year === undefined) === (value.month === undefined), 'year and month belong together')
  .refine((value) => (value.day === undefined) === (value.dayZero === undefined), 'day and dayZero belong together')
  .refine(
    (value) => value.signOf === undefined || (value.positive !== undefined && value.negative !== undefined),
    'signOf needs both a positive and a negative value',
  );

const columnRule = z.union([header, columnObject]);
const columnMap = z.record(z.string(), columnRule).describe('Canonical column → where its values come from.');

const condition = z
  .strictObject({
    column: header,
    in: z.array(scalar).min(1).optional(),
    notIn: z.array(scalar).min(1).optional(),
    notEmpty: z.literal(true).optional(),
    positive: z.literal(true).optional().describe('Keeps rows in which the column is a number above 0.'),
  })
  .refine(
    (value) => [value.in, value.notIn, value.notEmpty, value.positive].filter((test) => test !== undefined).length === 1,
    'must have exactly one of in, notIn, notEmpty, positive',
  );

const unpivot = z.strictObject({
  columns: z
    .array(
      z.union([
        header,
        z.strictObject({ column: header, label: scalar.optional(), with: columnMap.optional().describe('Columns that only this one brings.') }),
      ]),
    )
    .min(1)
    .describe('Columns that become rows.'),
  name: z.string().describe('Canonical column that receives the label (the header unless set).'),
  value: z.string().optional().describe('Canonical column that receives the cell.'),
  keep: z.enum(['all', 'notEmpty', 'positive']).default('notEmpty').describe('Which cells become a row.'),
});

const groupBy = z.strictObject({
  columns: z.array(z.string()).min(1).describe('Canonical columns that name a group, e.g. transaction_id.'),
  first: z.array(z.string()).optional().describe('Amounts that stand for the whole group, and so are taken once instead of added up.'),
});

const tableEntry = z.strictObject({
  table: z.enum(tableNames),
  columns: columnMap,
  where: z.union([condition, z.array(condition)]).optional(),
  unpivot: unpivot.optional(),
  repeat: header.optional().describe('Counts per customer: a row stands for as many rows as this column says; rows with 0 are left out.'),
  groupBy: groupBy.optional().describe('Several lines become one row: amounts are added up, of other columns the first filled cell counts.'),
});

const fileEntry = z
  .strictObject({
    file: z.string().min(1).describe('File name or pattern with `*`, relative to the folder that is analysed.'),
    fingerprint: z.string().optional().describe('SHA-256 of the header cells; written by `inspect --save`.'),
    ignore: z.string().min(1).optional().describe('Leave the file out, and why.'),
    tables: z.array(tableEntry).min(1).optional(),
    fillDown: z
      .strictObject({ columns: z.array(header).min(1), within: header.optional() })
      .optional()
      .describe('Columns that are filled on the first line of an order only; `within` is the column that all its lines repeat.'),
    empty: z.array(z.string()).optional().describe('Words that mean an empty cell, e.g. NA.'),
    unusedColumns: z.record(z.string(), z.string()).optional().describe('Columns that are left out, and why.'),
  })
  .refine((value) => (value.ignore === undefined) !== (value.tables === undefined), 'must have either tables or ignore');

/** `loyalty.yaml`. Flags beat environment (`LOYALTY_*`) beat this file beat defaults. */
export const mappingFile = z
  .strictObject({
    version: z.literal(1),
    asOf: isoDate.optional().describe('Last day that the analysis looks at.'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be a three-letter currency code')
      .optional(),
    rates: z
      .record(z.string().regex(/^[A-Z]{3}$/, 'must be a three-letter currency code'), z.number().positive())
      .optional()
      .describe('Currency code of sales → what one unit is worth in `currency`, where sales come in several.'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'must be a time zone such as Europe/London')
      .optional()
      .describe('Where days begin and end; times without a zone are on its clock. UTC unless set.'),
    population: z.number().int().positive().optional().describe('Members of the scheme, where the exports do not name them all.'),
    responseTypes: z.array(z.string()).min(1).optional().describe('Types of reaction that count as a response.'),
    objectives: z.record(z.string(), z.enum(objectives)).optional().describe('Campaign → objective; beats what the export says.'),
    thresholds: z
      .record(z.string(), z.record(z.string(), z.record(z.string(), z.number())))
      .optional()
      .describe('Audit → threshold → level → number.'),
    files: z.array(fileEntry).default([]),
  })
  .refine(({ currency, rates }) => rates === undefined || currency !== undefined, 'rates need a currency to convert to');

export type MappingFile = z.infer<typeof mappingFile>;
export type FileEntry = z.infer<typeof fileEntry>;
export type TableEntry = z.infer<typeof tableEntry>;
export type ColumnRule = z.infer<typeof columnRule>;
export type ConditionEntry = z.infer<typeof condition>;
