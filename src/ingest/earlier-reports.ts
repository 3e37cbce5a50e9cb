/** Reports of this program lie among the exports when the output folder is inside them; they are no exports. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** @param paths absolute paths of files below `folder`. @returns those that are not part of a report that this program has written. */
export async function leaveOutReports(paths: readonly string[], folder: string): Promise<string[]> {
  const known = new Map<string, Promise<boolean>>();
  const isReport = (candidate: string): Promise<boolean> => {
    const found = known.get(candidate) ?? hasReport(candidate);
    known.set(candidate, found);
    return found;
  };
  const isPartOfReport = async (path: string): Promise<boolean> => {
    for (let parent = dirname(path); parent.startsWith(folder); parent = dirname(parent)) {
      if (await isReport(parent)) return true;
      if (parent === dirname(parent)) return false;
    }
    return false;
  };
  const parts = await Promise.all(paths.map(isPartOfReport));
  return paths.filter((_path, index) => parts[index] === false);
}

async function hasReport(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '');
  return /^\{\s*"tool":\s*\{\s*"name":\s*"loyalty-health"/.test(text);
}
