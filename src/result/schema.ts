/**
 * The result: the only thing that reports see. `schema/result.schema.json` is made from this file.
 *
 * Shares are 0..1 at full precision, money is in major units of `currency`; rounding is the renderer's.
 * Sentences are templates: `{measureId}` stands for a measure with its unit, `{measureId.interval}` for its interval,
 * `{measureId.label}` for its label (names from the data get into a sentence only so, and never as part of a template),
 * `{threshold.id.level}` for a threshold. The renderer fills them in, so that audits never format a number.
 */
import { z } from 'zod';
import { chart } from './charts.js';
import { evidenceTable } from './evidence.js';
import { unit } from './units.js';

export const schemaVersion = '1.2.0';

const status = z.enum(['healthy', 'watch', 'problem', 'informative', 'notApplicable', 'notEnoughData', 'error']);
const severity = z.enum(['critical', 'high', 'medium', 'low', 'none']);
const evidenceGrade = z.enum(['E1', 'E2', 'E3', 'E4', 'E5']);

const measure = z.strictObject({
  id: z.string(),
  label: z.string().describe('What the number is, in plain words.'),
  value: z.number().nullable().describe('null means: cannot be known; `why` says why.'),
  unit,
  interval: z.strictObject({ low: z.number(), high: z.number(), level: z.number(), method: z.string() }).optional(),
  n: z.number().int().nonnegative().describe('The rows, members or campaigns behind the number.'),
  why: z.string().optional(),
  keptBack: z
    .strictObject({ low: z.number().optional(), high: z.number().optional() })
    .optional()
    .describe(
      'Told in place of a value that speaks of fewer members than may be shown: it is not below `low`, not above `high`. Where `n` is 0 beside it, that is kept back too.',
    ),
});

const thresholdSource = z.strictObject({
  kind: z.enum(['paper', 'vendor', 'regulator', 'benchmark', 'convention', 'derived', 'house']),
  citation: z.string().optional(),
  note: z.string(),
});

const threshold = z.strictObject({
  id: z.string(),
  levels: z.record(z.string(), z.number()),
  unit: unit.optional().describe('How to write the levels; left out, that of the measure of the same id.'),
  source: thresholdSource,
  isOverridden: z.boolean(),
  flips: z
    .array(
      z.strictObject({
        level: z.string(),
        low: z.number().describe('Ends of the range within which the level could be defended.'),
        high: z.number(),
        atLow: status,
        atHigh: status,
      }),
    )
    .optional()
    .describe('Would the verdict be another one? Left out where no other level is plausible, or where the level shapes the measurement itself.'),
});

const money = z.strictObject({
  value: z.number(),
  low: z.number().optional(),
  high: z.number().optional(),
  meaning: z.string().describe('What the money is, e.g. “net sales of members never contacted”.'),
});

const unlock = z.strictObject({
  table: z.string(),
  columns: z.array(z.string()),
  gain: z.string().describe('What adding the columns would make possible.'),
  isNeeded: z.literal(true).optional().describe('Without these columns the question has no answer at all.'),
  mayReach: evidenceGrade.optional().describe('The evidence grade that the columns make possible.'),
});

const explanation = z.strictObject({
  condition: z.string(),
  criterion: z.string(),
  consequence: z.string(),
  action: z.string(),
  wouldChangeOurMind: z.string(),
});

const rival = z.strictObject({
  explanation: z.string().describe('What else could have made the number.'),
  check: z.string().describe('What was done about it.'),
  open: z.string().describe('What stays possible all the same.'),
});

export const finding = z.strictObject({
  id: z.string(),
  category: z.string(),
  problem: z.string().describe('The problem of the methodology that the audit answers, e.g. FP8.'),
  question: z.string(),
  why: z.string(),
  status,
  severity,
  evidenceGrade: evidenceGrade.nullable(),
  materialByNature: z.boolean(),
  measures: z.array(measure),
  thresholds: z.array(threshold),
  money: money.nullable(),
  members: z.strictObject({ value: z.number().int().nonnegative(), meaning: z.string() }).nullable(),
  explanation: explanation.nullable(),
  rivals: z.array(rival).describe('Rival explanations, the strongest first; empty where there is no finding to explain.'),
  reason: z.string().nullable().describe('For notApplicable, notEnoughData and error: why there is no answer.'),
  caveats: z.array(z.string()),
  evidence: z.array(evidenceTable),
  charts: z.array(chart),
  unlocks: z.array(unlock),
});

const input = z.strictObject({
  file: z.string().describe('Name relative to the folder that was analysed; never an absolute path.'),
  roles: z.array(z.string()),
  roleReason: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  dialect: z.strictObject({
    encoding: z.string(),
    hasByteOrderMark: z.boolean(),
    delimiter: z.string(),
    newline: z.string(),
    quote: z.string(),
  }),
  columns: z.array(z.strictObject({ header: z.string(), mappedTo: z.array(z.string()), confidence: z.number().nullable(), reason: z.string() })),
  rowsRead: z.number().int(),
  rowsLoaded: z.number().int(),
  rowsQuarantined: z.number().int(),
  rowsSkipped: z.array(z.strictObject({ rule: z.string(), rows: z.number().int() })),
  totals: z
    .array(
      z.strictObject({
        header: z.string().describe('As the file has it; a + stands between columns that are read together.'),
        column: z.string().describe('Table and column that it becomes.'),
        filled: z.number().int().describe('Filled cells of the rows that were loaded.'),
        sum: z.number().nullable().describe('Of an amount, in the units of the file; null for a date.'),
        first: z.string().nullable().describe('Of a date; null for an amount.'),
        last: z.string().nullable(),
      }),
    )
    .optional()
    .describe('Control totals of the file, to compare with the system that it came from.'),
});

const tableSummary = z.strictObject({
  table: z.string(),
  rows: z.number().int(),
  members: z.number().int().nullable(),
  columns: z.array(
    z.strictObject({
      column: z.string(),
      filled: z.number().int(),
      coverage: z.number(),
      sum: z.number().nullable(),
      first: z.string().nullable(),
      last: z.string().nullable(),
      levels: z.array(z.strictObject({ value: z.string(), rows: z.number().int() })).nullable(),
    }),
  ),
});

const dataQualityIssue = z.strictObject({
  type: z.string(),
  title: z.string(),
  description: z.string(),
  template: z.string().describe('The sentence with {placeholders}.'),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  severity: z.enum(['error', 'warning', 'note']),
  file: z.string().nullable(),
});

export const focusLevel = z.enum(['Naive', 'Transactional', 'Enlightened', 'Natural']);
const profileTheme = z.strictObject({
  theme: z.string(),
  label: z.string(),
  level: focusLevel.nullable().describe('null: nothing could be measured.'),
  low: focusLevel.nullable(),
  high: focusLevel.nullable(),
  basis: z.array(z.strictObject({ audit: z.string(), status, level: focusLevel.nullable() })),
  sentence: z.string(),
});

const coverage = z.strictObject({
  weightEvaluated: z.number(),
  weightTotal: z.number(),
  share: z.number(),
  evaluated: z.number().int(),
  notApplicable: z.number().int(),
  notEnoughData: z.number().int(),
  errors: z.number().int(),
  leftOut: z.array(z.string()).describe('Audits skipped by --only-audits or --skip-audits.'),
});

const opinion = z.strictObject({
  kind: z.enum(['unqualified', 'qualified', 'qualifiedScope', 'adverse', 'disclaimer', 'none']),
  title: z.string(),
  paragraphs: z.array(z.string()),
  basis: z.array(z.string()).describe('Audit ids that the opinion rests on.'),
  materiality: z.strictObject({ base: z.number(), basis: z.string(), overall: z.number(), performance: z.number(), trivial: z.number() }).nullable(),
  disclaimer: z.string(),
});

const upgrade = z.strictObject({
  table: z.string(),
  columns: z.array(z.string()),
  answers: z.array(z.string()).describe('Audits without an answer that get one, once this step and those before it are done.'),
  raises: z
    .array(z.strictObject({ audit: z.string(), grade: evidenceGrade, mayReach: evidenceGrade }))
    .describe('Findings that could reach a better evidence grade.'),
  holdout: z
    .strictObject({
      members: z.number().int().nullable().describe('To leave out of the largest campaign without a holdout, to see a fifth more or less.'),
      foregone: z.number().nullable().describe('What leaving them out costs if the campaign brings a fifth more.'),
    })
    .optional()
    .describe('The step is a random holdout in the next campaign, and not only a column.'),
});

/** Also the name of a file. */
const purpose = z.string().regex(/^[a-z][a-z0-9_-]*$/);

const queries = z.strictObject({
  purpose: purpose.describe('An audit, or the name of a table or reading that several audits share.'),
  uses: z.array(purpose).describe('Shared tables and readings that it draws on.'),
  statements: z
    .array(z.strictObject({ text: z.string(), times: z.number().int().positive() }))
    .describe('SQL in the order of asking; one that was asked again with other numbers stands once, as it was asked first.'),
});

export const result = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  tool: z.strictObject({ name: z.literal('loyalty-health'), version: z.string(), engine: z.string() }),
  asOf: z.string().nullable().describe('The last day that the analysis looks at; null when no file has a date.'),
  asOfReason: z.string(),
  window: z.strictObject({ from: z.string(), to: z.string(), days: z.number().int(), reason: z.string() }).nullable(),
  seed: z.number().int(),
  currency: z.string().nullable(),
  valueBasis: z.enum(['margin', 'revenue', 'reported-total']).nullable(),
  config: z.record(z.string(), z.unknown()),
  inputs: z.array(input),
  tables: z.array(tableSummary),
  coverage,
  opinion,
  profile: z.array(profileTheme),
  findings: z.array(finding),
  upgrades: z.array(upgrade).describe('Steps that would tell more, the most useful first; each builds on those before it.'),
  dataQuality: z.array(dataQualityIssue),
  queries: z.array(queries).describe('The queries behind the numbers, over the tables made from the files.'),
});

export type Status = z.infer<typeof status>;
export type Severity = z.infer<typeof severity>;
export type EvidenceGrade = z.infer<typeof evidenceGrade>;
export type Measure = z.infer<typeof measure>;
export type ThresholdSource = z.infer<typeof thresholdSource>;
export type Threshold = z.infer<typeof threshold>;
export type Money = z.infer<typeof money>;
export type Unlock = z.infer<typeof unlock>;
export type Rival = z.infer<typeof rival>;
export type Upgrade = z.infer<typeof upgrade>;
export type Explanation = z.infer<typeof explanation>;
export type Finding = z.infer<typeof finding>;
export type Input = z.infer<typeof input>;
export type TableSummary = z.infer<typeof tableSummary>;
export type DataQualityIssue = z.infer<typeof dataQualityIssue>;
export type FocusLevel = z.infer<typeof focusLevel>;
export type ProfileTheme = z.infer<typeof profileTheme>;
export type Coverage = z.infer<typeof coverage>;
export type Queries = z.infer<typeof queries>;
export type Opinion = z.infer<typeof opinion>;
export type Result = z.infer<typeof result>;
