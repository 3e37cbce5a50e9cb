/** The same export, packed and unpacked side by side: each of its rows would count twice. */
import { NamedError } from '../../model/named-error.js';
import type { Source } from '../source.js';

const plainName = (file: string): string => (file.split('/').at(-1) ?? file).toLowerCase().replace(/\.gz$/, '');

/**
 * Equal names alone are usual (one folder a month), and so are equal contents (one audience, two campaigns): both together are a copy.
 * @throws NamedError of kind `input` for two sources of one name and content that has rows, where at least one was packed.
 */
export function refuseRepeats(sources: readonly Source[]): void {
  const first = new Map<string, Source>();
  for (const source of sources) {
    const key = `${source.structure.sha256} ${plainName(source.file)}`;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, source);
      continue;
    }
    const isPacked = [earlier, source].some(({ sha256, structure }) => sha256 !== structure.sha256);
    if (!isPacked || source.rowsRead === 0) continue;
    throw new NamedError({
      name: 'export-given-twice',
      kind: 'input',
      message: `${earlier.file} and ${source.file} are the same export: each of its rows would count twice.`,
      whatToDo: 'Leave out one of the two.',
      file: source.file,
    });
  }
}
