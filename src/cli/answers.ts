/** Options that answer what evidence cannot settle, the same for `analyse` and `inspect`. */
import { InvalidArgumentError, Option } from 'commander';
import type { Answers } from '../ingest/plan/plan.js';
import { type TableName, tableNames } from '../model/tables.js';

export interface AnswerOptions {
  readonly dateOrder?: 'day-first' | 'month-first';
  readonly decimal?: 'point' | 'comma';
  readonly population?: number;
  readonly role?: Readonly<Record<string, TableName | 'ignore'>>;
}

/** The options, to be added to a command. @param wholeNumber parses a whole number or fails by name. */
export function answerOptions(wholeNumber: (value: string) => number): Option[] {
  return [
    new Option('--date-order <order>', 'how to read 01/02/2024 where nothing shows it').choices(['day-first', 'month-first']).env('LOYALTY_DATE_ORDER'),
    new Option('--decimal <sign>', 'decimal sign where nothing shows it').choices(['point', 'comma']).env('LOYALTY_DECIMAL'),
    new Option('--population <members>', 'members of the scheme, where the exports do not name them all').argParser(wholeNumber).env('LOYALTY_POPULATION'),
    roleOption(),
  ];
}

export const roleOption = (): Option => new Option('--role <file=role,…>', 'role of a file: a table such as contacts, or ignore').argParser(roles);

function roles(value: string): Record<string, TableName | 'ignore'> {
  return Object.fromEntries(
    value.split(',').map((pair) => {
      const at = pair.lastIndexOf('=');
      const role = pair.slice(at + 1).trim();
      const known = role === 'ignore' ? role : tableNames.find((name) => name === role);
      if (at < 1 || known === undefined) throw new InvalidArgumentError(`Write file=role; the roles are ${tableNames.join(', ')} and ignore.`);
      return [pair.slice(0, at).trim(), known];
    }),
  );
}

export function answersOf({ dateOrder, decimal, population, role }: AnswerOptions): Answers {
  return {
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(population === undefined ? {} : { population }),
    ...(role === undefined ? {} : { roles: role }),
  };
}
