import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { NamedError } from '../../model/named-error.js';
import { type MappingFile, mappingFile } from './schema.js';

/** More aliases than this is an attack or an accident, not a mapping. */
const maximumAliases = 50;
/** No mapping of a real programme comes near it; it stops a wrong file from being read as YAML for minutes. */
const maximumCharacters = 1_000_000;

interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Reads the text of a mapping file.
 *
 * @param file the name to show in errors, never an absolute path
 * @throws NamedError of kind `config` with file, line and column: syntax, duplicate keys, unknown keys, wrong values
 */
export function parseMappingFile(text: string, file: string): MappingFile {
  const fail = (name: string, message: string, place: Place): never => {
    throw new NamedError({ name, kind: 'config', message, whatToDo: 'Correct that line; `loyalty-health schema` prints all keys.', file, ...place });
  };
  if (text.length > maximumCharacters) fail('mapping-too-large', 'The mapping file is larger than 1 MB.', { line: 1, column: 1 });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true, version: '1.2' });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [problem] = document.errors;
  if (problem !== undefined) {
    const name = problem.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'mapping-syntax';
    fail(name, `The mapping file is not valid YAML: ${firstLine(problem.message)}`, placeAt(problem.pos[0]));
  }
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: maximumAliases });
  } catch {
    return fail('mapping-aliases', 'The mapping file refers to itself too often.', { line: 1, column: 1 });
  }
  const parsed = mappingFile.safeParse(plain);
  if (parsed.success) return parsed.data;
  const issue = mostSpecific(parsed.error.issues);
  const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const offset = offsetOf(document.contents, key === undefined ? path : [...path, key], key !== undefined);
  const where = path.length === 0 ? 'the file' : path.join('.');
  return fail(
    key === undefined ? 'invalid-mapping' : 'unknown-key',
    key === undefined ? `In ${where}: ${issue.message}.` : `“${key}” is not a key of ${where}.`,
    placeAt(offset),
  );
}

/** @param path absolute. @throws NamedError of kind `config` when the file cannot be read or is not a mapping. */
export async function readMappingFile(path: string): Promise<MappingFile> {
  const file = basename(path);
  const text = await readFile(path, 'utf8').catch((): never => {
    throw new NamedError({
      name: 'mapping-not-found',
      kind: 'config',
      message: `The mapping file ${file} cannot be read.`,
      whatToDo: 'Check the path after --mapping, or write a mapping with `loyalty-health inspect <exports> --save`.',
      file,
    });
  });
  return parseMappingFile(text, file);
}

type Issue = z.core.$ZodIssue;

/** Of a failed union, the branch that understood the most; the other branches would complain about the wrong thing. */
function mostSpecific(issues: readonly Issue[], prefix: PropertyKey[] = []): Issue {
  const [issue] = issues;
  if (issue === undefined) throw new Error('A failed check has no issue.');
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union') return { ...issue, path };
  const branches = issue.errors.filter((branch) => branch.length > 0).map((branch) => mostSpecific(branch, path));
  const isElsewhere = (candidate: Issue): boolean => candidate.path.length > path.length || candidate.code !== 'invalid_type';
  return branches.find(isElsewhere) ?? { ...issue, path };
}

/** The offset of the node at `path`, or of the deepest ancestor that exists. */
function offsetOf(root: Node | null, path: readonly (string | number)[], isKey: boolean): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (pair === undefined) return offset;
      const wantsKey = isKey && depth === path.length - 1;
      const target = wantsKey ? pair.key : pair.value;
      offset = rangeStart(target) ?? rangeStart(pair.key) ?? offset;
      node = pair.value;
    } else {
      const items = typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items) ? node.items : [];
      const item: unknown = items[Number(part)];
      offset = rangeStart(item) ?? offset;
      node = item;
    }
  }
  return offset;
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const [start]: unknown[] = node.range;
  return typeof start === 'number' ? start : undefined;
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
}
