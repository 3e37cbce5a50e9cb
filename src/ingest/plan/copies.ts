/** The same export under two names: each of its rows would count twice. */
import { NamedError } from '../../model/named-error.js';
import type { Source } from '../source.js';
import type { FilePlan, Plan } from './plan.js';

/**
 * One audience for two campaigns is usual: two equal files are a copy only where the same is made of both, constants included.
 * @throws NamedError of kind `input` for two used files of one content and role.
 */
export function refuseCopies(sources: readonly Source[], { files }: Pick<Plan, 'files'>): void {
  const first = new Map<string, Source>();
  for (const source of sources) {
    const file = files.find(({ index }) => index === source.index);
    if (file === undefined || file.leftOut !== null || source.rowsRead === 0) continue;
    const key = `${source.structure.sha256} ${useOf(file)}`;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, source);
      continue;
    }
    throw new NamedError({
      name: 'same-file-twice',
      kind: 'input',
      message: `${earlier.file} and ${source.file} are the same file: each of its rows would count twice.`,
      whatToDo: `Leave out one of the two, for example with --role "${source.file}=ignore".`,
      file: source.file,
    });
  }
}

/** What is made of a file, without the prefix that row numbers take from its position. */
function useOf({ steps }: FilePlan): string {
  return JSON.stringify(
    steps.map(({ table, columns, where }) => ({
      table,
      where,
      columns: columns.map(({ column, reading }) => [column.name, reading.kind === 'rowNumber' ? reading.kind : reading]),
    })),
  );
}
