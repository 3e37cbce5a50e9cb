import type { SharedSales } from '../load/shared-sales.js';
import type { DataIssue } from './issue.js';

/** Sales that two exports hold: each counts twice, and all figures of money with it. */
export function overlappingFiles({ shared, total, files }: SharedSales): DataIssue {
  return {
    type: 'overlapping-files',
    title: 'The same sales stand in more than one file',
    description: 'Identifier, customer, time and amount are equal. All were counted. Exports of overlapping periods must be cut where they meet.',
    template: '{shared} of {total} sales stand in more than one of {files}, so they count more than once.',
    values: { shared, total, files: files.join(', ') },
    severity: 'error',
    file: null,
  };
}
