import { safeHeader } from '../structure/safe-header.js';
import type { TablesCheck } from './issue.js';

/** Dates that a spreadsheet has left as numbers: the count may begin in 1900 or, on old Macs, in 1904. */
export const dayNumbers: TablesCheck = async ({ plan, sources }) =>
  plan.files.flatMap((file) => {
    const source = sources.find(({ index }) => index === file.index);
    const columns = [...file.dateFormats]
      .filter(([, [first, second]]) => first === 'excel-serial' && second === undefined)
      .map(([at]) => (source === undefined ? '' : safeHeader(source, at)));
    if (file.leftOut !== null || columns.length === 0) return [];
    return [
      {
        type: 'day-numbers',
        title: 'Dates that a spreadsheet has written as numbers',
        description:
          'They are read as days since the end of 1899, as spreadsheets count. Old spreadsheets of the Macintosh count from 1904: then every date here is four years and a day too early.',
        template: 'Read as day numbers of a spreadsheet: {columns}. Check one date against the source.',
        values: { columns: columns.join(', '), file: file.file },
        severity: 'warning' as const,
        file: file.file,
      },
    ];
  });
