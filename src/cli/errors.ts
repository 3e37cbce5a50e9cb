/** Errors as the user sees them, and the exit codes they end with. */

import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { NamedError } from '../model/named-error.js';
import { lineWidth, wrap } from './terminal.js';

export const ExitCode = { done: 0, findings: 1, usage: 2, input: 3, internal: 4, interrupted: 130 } as const;

/** Out of memory is the one failure of the engine that the user can mend. */
function withName(error: unknown): unknown {
  if (!(error instanceof Error) || !error.message.includes('Out of Memory')) return error;
  return new NamedError({
    name: 'out-of-memory',
    kind: 'usage',
    message: 'The engine ran out of the memory that it may use.',
    whatToDo: 'Raise --memory-limit, e.g. to 8GB, or close other programs.',
  });
}

export function exitCodeOf(thrown: unknown): number {
  const error = withName(thrown);
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
  if (error instanceof NamedError) return error.details.kind === 'input' ? ExitCode.input : ExitCode.usage;
  return isAbort(error) ? ExitCode.interrupted : ExitCode.internal;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.message.includes('INTERRUPT'));
}

/** Writes the error to standard error: what, where, what to do. Commander has already printed its own. */
export function reportError(thrown: unknown): void {
  const error = withName(thrown);
  if (error instanceof CommanderError) return;
  /** A pipe gets whole lines, which can be searched. */
  const wrapped = (text: string): string => (process.stderr.isTTY ? wrap(text, lineWidth(process.stderr.columns)) : text);
  const paint = (format: Parameters<typeof styleText>[0], text: string): string => styleText(format, text, { stream: process.stderr });
  if (error instanceof NamedError) {
    const { details } = error;
    const place = [details.file, details.line, details.column].filter((part) => part !== undefined).join(':');
    process.stderr.write(
      `${paint('red', `Error: ${details.name}`)}${place === '' ? '' : ` at ${place}`}\n${wrapped(details.message)}\n${wrapped(details.whatToDo)}\n`,
    );
    return;
  }
  if (isAbort(error)) {
    process.stderr.write('Interrupted. Nothing was written.\n');
    return;
  }
  // The message of an unforeseen error may quote data, so it is shown only on request.
  const detail =
    process.env.LOYALTY_DEBUG === undefined
      ? 'Set LOYALTY_DEBUG=1 to see the details; they may quote your data.'
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${paint('red', 'Internal error')}\nThe program failed in a way that it should not. ${detail}\n`);
}
