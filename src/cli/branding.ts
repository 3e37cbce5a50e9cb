/** Reads what a consultant puts on the report: `--branding branding.yaml`. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve, sep } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { NamedError } from '../model/named-error.js';
import { type Branding, plainBranding, withoutNames } from '../report/branding.js';
import { contrastOnPage, leastContrast } from '../report/colour.js';
import { numberStyleNames } from '../report/format.js';

export interface BrandingOptions {
  readonly branding?: string;
  /** Leaves out the names of people and organisations. */
  readonly anonymous?: boolean;
}

const line = z.string().trim().min(1).max(300);

const brandingFile = z.strictObject({
  title: line.default(plainBranding.title),
  client: line.nullable().default(null),
  engagement: line.nullable().default(null),
  author: line.nullable().default(null),
  logo: line.nullable().default(null),
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'a colour is written as “#0d4f63”, in quotation marks')
    .refine((colour) => contrastOnPage(colour) >= leastContrast, 'this colour is too light to be read on the page; choose a darker one')
    .nullable()
    .default(null),
  disclaimer: z.string().trim().min(1).max(3000).nullable().default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency is written as its code, e.g. EUR')
    .nullable()
    .default(null),
  numbers: z.enum(numberStyleNames).default(plainBranding.numbers),
});

/** Larger than any letterhead needs; it stands in every copy of the report. */
const largestLogo = 300_000;
const largestFile = 100_000;

/** @param path of the file, or undefined for the house's own look. @throws NamedError of kind `config` with line and key. */
export async function readBranding(path: string | undefined, isAnonymous: boolean): Promise<Branding> {
  const branding = path === undefined ? plainBranding : await readFromFile(resolve(path));
  return isAnonymous ? withoutNames(branding) : branding;
}

async function readFromFile(path: string): Promise<Branding> {
  const file = basename(path);
  const text = await readFile(path, 'utf8').catch((): never => {
    throw problem('branding-not-found', `The file ${file} cannot be read.`, file, 1);
  });
  if (text.length > largestFile) throw problem('branding-too-large', 'The file is larger than 100 kB.', file, 1);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true, version: '1.2' });
  const [error] = document.errors;
  if (error !== undefined)
    throw problem('branding-syntax', `The file is not valid YAML: ${error.message.split('\n')[0] ?? ''}`, file, lines.linePos(error.pos[0]).line);
  const parsed = brandingFile.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const key = issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : String(issue?.path[0] ?? '');
    const at = text.split('\n').findIndex((each) => each.trimStart().startsWith(key)) + 1;
    const message = issue?.code === 'unrecognized_keys' ? `“${key}” is not a key of this file.` : `In ${key}: ${issue?.message ?? 'not valid'}.`;
    throw problem('invalid-branding', message, file, Math.max(1, at));
  }
  const { logo } = parsed.data;
  return { ...parsed.data, logo: logo === null ? null : await readLogo(logo, dirname(path), file) };
}

/** First bytes of the two kinds of picture that every format of the report can hold, and that cannot hold a script. */
const signatures: readonly (readonly [type: string, bytes: readonly number[]])[] = [
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', [0xff, 0xd8, 0xff]],
];

/** @returns a data address. The picture has to lie beside the file, or below it: nothing else of the machine gets into a report. */
async function readLogo(logo: string, folder: string, file: string): Promise<string> {
  const refuse = (message: string): never => {
    throw problem('bad-logo', message, file, 1);
  };
  const home = await realpath(folder);
  const path = await realpath(resolve(folder, logo)).catch(() => refuse('The logo cannot be found beside the file.'));
  if (!path.startsWith(home + sep)) return refuse('The logo has to lie beside the file or in a folder below it.');
  const { size } = await stat(path);
  if (size > largestLogo) return refuse('The logo is larger than 300 kB.');
  const bytes = await readFile(path).catch(() => refuse('The logo cannot be read.'));
  const [type] = signatures.find(([, start]) => start.every((byte, index) => bytes[index] === byte)) ?? refuse('The logo is neither a PNG nor a JPEG picture.');
  return `data:image/${type};base64,${bytes.toString('base64')}`;
}

function problem(name: string, message: string, file: string, line: number): NamedError {
  return new NamedError({ name, kind: 'config', message, whatToDo: 'See docs/branding.md for the keys.', file, line });
}
