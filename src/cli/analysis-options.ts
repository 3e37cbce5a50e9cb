/** Checks of options that several commands share, before any file is read. */
import { isCalendarDate } from '../model/days.js';
import { NamedError } from '../model/named-error.js';
import { leastSmallCell } from '../model/small-cell.js';

export interface LimitOptions {
  readonly memoryLimit: string;
  readonly threads?: number;
  readonly outputPath: string;
}

/** @throws NamedError when it is not a day of the calendar. */
export function checkDate(value: string): void {
  if (isCalendarDate(value)) return;
  throw new NamedError({
    name: 'not-a-date',
    kind: 'usage',
    message: `--as-of ${value} is not a calendar date.`,
    whatToDo: 'Write it as YYYY-MM-DD, e.g. 2024-12-31.',
  });
}

/** The least memory with which the engine starts. */
const leastMegabytes = 256;

/** The engine would refuse these in its own words, after the files have been read. @throws NamedError */
export function checkLimits({ memoryLimit, threads, outputPath }: LimitOptions, command: string): void {
  const [, amount, unit] = memoryLimit.match(/^(\d+(?:\.\d+)?)\s*(MB|GB)$/i) ?? [];
  const megabytes = Number(amount) * (unit?.toUpperCase() === 'GB' ? 1000 : 1);
  const problem =
    amount === undefined || megabytes < leastMegabytes
      ? `--memory-limit ${memoryLimit} is not an amount of memory of at least ${leastMegabytes}MB, such as 4GB.`
      : threads === 0
        ? '--threads has to be 1 or more.'
        : outputPath.trim() === ''
          ? '--output-path is empty.'
          : null;
  if (problem !== null)
    throw new NamedError({ name: 'bad-option', kind: 'usage', message: problem, whatToDo: `loyalty-health ${command} --help shows how options are written.` });
}

/** @throws NamedError when figures could point to a member. */
export function checkSmallCell(members: number): void {
  if (members >= leastSmallCell) return;
  throw new NamedError({
    name: 'small-cell-too-small',
    kind: 'usage',
    message: `--small-cell ${members} would show figures of so few members that they could be recognised.`,
    whatToDo: `Give ${leastSmallCell} or more; 10 is usual.`,
  });
}
