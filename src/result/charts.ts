import { z } from 'zod';
import { unit } from './units.js';

const base = {
  id: z.string(),
  title: z.string(),
  description: z.string().describe('What the picture shows, for those who cannot see it. A template like the sentences.'),
};
const point = z.tuple([z.number(), z.number()]);

/** Cumulative share of members (x) against cumulative share of contacts (y), with the band of random selection. */
const lorenzChart = z.strictObject({
  ...base,
  kind: z.literal('lorenz'),
  xLabel: z.string(),
  yLabel: z.string(),
  observed: z.array(point),
  expected: z.array(point),
  expectedLow: z.array(point),
  expectedHigh: z.array(point),
});

/** One hundred people, shared out over segments; shares add up to 1. */
const peopleChart = z.strictObject({
  ...base,
  kind: z.literal('people'),
  segments: z.array(z.strictObject({ label: z.string(), share: z.number(), emphasis: z.enum(['strong', 'normal', 'muted']) })),
});

/** Horizontal bars of 100 %, each cut into the same segments. */
const stackChart = z.strictObject({
  ...base,
  kind: z.literal('stack'),
  bars: z.array(
    z.strictObject({ label: z.string(), total: z.string().optional(), segments: z.array(z.strictObject({ label: z.string(), share: z.number() })) }),
  ),
});

/** Success (x) against value (y) with the interval of y, one mark a campaign. */
const scatterChart = z.strictObject({
  ...base,
  kind: z.literal('scatter'),
  xLabel: z.string(),
  xUnit: unit,
  yLabel: z.string(),
  yUnit: unit,
  points: z.array(
    z.strictObject({
      label: z.string(),
      x: z.number(),
      y: z.number(),
      low: z.number(),
      high: z.number(),
      class: z.string(),
      breakEven: z.number().optional().describe('What y has to exceed for this point to have paid back.'),
    }),
  ),
  xReference: z.strictObject({ value: z.number(), label: z.string() }).nullable(),
  yReference: z.strictObject({ value: z.number(), label: z.string() }).nullable(),
});

/** One row a statement: the range of the possible values, the interval around it, a point where there is one. */
const whiskerChart = z.strictObject({
  ...base,
  kind: z.literal('whisker'),
  unit,
  reference: z.strictObject({ value: z.number(), label: z.string() }),
  rows: z.array(
    z.strictObject({
      label: z.string(),
      low: z.number(),
      high: z.number(),
      outerLow: z.number().nullable(),
      outerHigh: z.number().nullable(),
      estimate: z.number().nullable(),
      note: z.string().optional(),
    }),
  ),
});

const mark = z.strictObject({ value: z.number(), label: z.string() });

/**
 * Curves over one axis, each with its band where it is an estimate: survival, response by pressure, a frontier. Steps hold their
 * height until the next point. `counts` are drawn as a histogram underneath, so that a thin end of a curve is seen to be thin.
 */
const linesChart = z.strictObject({
  ...base,
  kind: z.literal('lines'),
  isStepped: z.boolean(),
  xLabel: z.string(),
  xUnit: unit,
  /** Names of the points where x is a place in a list of bins (0, 1, 2 …) and not a quantity; null where it is one. */
  xNames: z.array(z.string()).nullable(),
  yLabel: z.string(),
  yUnit: unit,
  lines: z.array(
    z.strictObject({
      label: z.string(),
      emphasis: z.enum(['strong', 'normal', 'muted']),
      points: z.array(z.strictObject({ x: z.number(), y: z.number(), low: z.number().nullable(), high: z.number().nullable() })),
    }),
  ),
  counts: z.strictObject({ label: z.string(), values: z.array(z.strictObject({ x: z.number(), n: z.number() })) }).nullable(),
  xReferences: z.array(mark),
  yReferences: z.array(mark),
});

/** A table of shades: one cell a row and column, the number written in it; null cells are empty, with the reason in the description. */
const matrixChart = z.strictObject({
  ...base,
  kind: z.literal('matrix'),
  rowsLabel: z.string(),
  columnsLabel: z.string(),
  unit,
  columns: z.array(z.string()),
  rows: z.array(z.strictObject({ label: z.string(), values: z.array(z.number().nullable()) })),
});

/**
 * Two leagues side by side, one line a campaign: its place by success, and where it can be expected to stand by value, with the
 * interval of that. Place 1 is the best.
 */
const slopeChart = z.strictObject({
  ...base,
  kind: z.literal('slope'),
  leftLabel: z.string(),
  rightLabel: z.string(),
  /** How many campaigns the leagues have, also where fewer are drawn. */
  places: z.number().int(),
  lines: z.array(z.strictObject({ label: z.string(), left: z.number(), right: z.number(), low: z.number(), high: z.number(), class: z.string() })),
});

export const chart = z.discriminatedUnion('kind', [lorenzChart, peopleChart, stackChart, scatterChart, whiskerChart, linesChart, matrixChart, slopeChart]);
export type LorenzChart = z.infer<typeof lorenzChart>;
export type PeopleChart = z.infer<typeof peopleChart>;
export type StackChart = z.infer<typeof stackChart>;
export type ScatterChart = z.infer<typeof scatterChart>;
export type WhiskerChart = z.infer<typeof whiskerChart>;
export type LinesChart = z.infer<typeof linesChart>;
export type MatrixChart = z.infer<typeof matrixChart>;
export type SlopeChart = z.infer<typeof slopeChart>;
export type Chart = z.infer<typeof chart>;
