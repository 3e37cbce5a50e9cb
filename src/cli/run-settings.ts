/** Everything that decides what a run puts out, besides the exports and the program: enough to run it again. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { mappingFile } from '../ingest/mapping/schema.js';
import { tableNames } from '../model/tables.js';
import { numberStyleNames } from '../report/format.js';

const names = z.array(z.string());
const text = z.string().nullable();

const runSettings = z.strictObject({
  /** As given, in a file or by its place beside the exports; null where the program found the columns itself, and where the run is anonymous. */
  mapping: mappingFile.nullable(),
  answers: z.strictObject({
    dateOrder: z.enum(['day-first', 'month-first']).exactOptional(),
    decimal: z.enum(['point', 'comma']).exactOptional(),
    population: z.number().int().exactOptional(),
    roles: z.record(z.string(), z.enum([...tableNames, 'ignore'])).exactOptional(),
  }),
  asOf: text,
  onlyAudits: names,
  skipAudits: names,
  seed: z.number().int(),
  formats: names,
  smallCell: z.number().int(),
  isAnonymous: z.boolean(),
  /** The earlier result that the report is held against, by its hash; left out where there is none. */
  comparedWith: z.strictObject({ file: z.string(), bytes: z.number(), sha256: z.string() }).exactOptional(),
  branding: z.strictObject({
    title: z.string(),
    client: text,
    engagement: text,
    author: text,
    logo: text,
    accent: text,
    disclaimer: text,
    currency: text,
    numbers: z.enum(numberStyleNames),
  }),
});
export type RunSettings = z.infer<typeof runSettings>;

/** Settings as a receipt shows them. */
export const shownSettings = z.strictObject({
  ...runSettings.shape,
  /** Hash of what an anonymous run was told in names: mapping and roles. null where nothing was withheld. */
  withheldSha256: text,
});
type ShownSettings = z.infer<typeof shownSettings>;

/** Names are withheld from the receipt of an anonymous run; by their hash `verify` knows them again. */
export function shown(run: RunSettings): ShownSettings {
  const { roles, ...answers } = run.answers;
  if (!run.isAnonymous || (run.mapping === null && roles === undefined)) return { ...run, withheldSha256: null };
  return { ...run, mapping: null, answers, withheldSha256: hashOf({ mapping: run.mapping, roles }) };
}

/** Keys in order, so that the same settings have the same text however they were written. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, inOrder(item)]));
}

/** SHA-256 of anything that JSON can hold, whatever the order of its keys. */
export function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(value)), 'utf8')
    .digest('hex');
}
