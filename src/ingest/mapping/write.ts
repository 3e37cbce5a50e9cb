import { Document, type Node } from 'yaml';
import type { MappingFile } from './schema.js';

/** What to say above a file's entry: its role, and how sure we are. */
export type FileComments = ReadonlyMap<string, string>;

/** @returns the YAML text of a mapping, with a comment above each file; reading it back gives the same mapping. */
export function writeMappingFile(mapping: MappingFile, comments: FileComments = new Map()): string {
  const document = new Document(mapping, { version: '1.2', aliasDuplicateObjects: false });
  document.commentBefore = [
    ' What each file is and what each column means, as `loyalty-health inspect --save` writes it.',
    ' Edit freely: the next run takes this file at its word. `loyalty-health schema` prints all keys.',
  ].join('\n');
  for (const [index, entry] of mapping.files.entries()) {
    const node: unknown = document.getIn(['files', index], true);
    const comment = comments.get(entry.file);
    // A file that is left out says why itself.
    if (comment !== undefined && entry.ignore === undefined && isNode(node)) node.commentBefore = ` ${comment.replaceAll('\n', '\n ')}`;
  }
  return document.toString({ lineWidth: 140 });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'toJS' in value;
}
