/** What the terminal shows: results on standard output, progress on standard error, and only when somebody is looking. */
import { writeSync } from 'node:fs';
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours text for standard output; NO_COLOR and pipes are honoured. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** Writes to standard output and fails when it cannot: a full disk behind a pipe must not pass for success. */
export function print(text: string): void {
  const bytes = Buffer.from(`${text}\n`, 'utf8');
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') continue;
      if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
      throw error;
    }
  }
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

export interface Progress {
  step(name: string): void;
  done(): void;
}

/** A line on standard error that is rewritten with each step; nothing when it is not a terminal. */
export function startProgress(isQuiet: boolean): Progress {
  if (isQuiet || !process.stderr.isTTY) return { step: () => undefined, done: () => undefined };
  const clear = '\r\u001B[2K';
  return {
    step: (name) => process.stderr.write(`${clear}${name.slice(0, (process.stderr.columns ?? 80) - 1)}`),
    done: () => process.stderr.write(clear),
  };
}

const narrowest = 60;
const widest = 120;
/** Where nobody looks at a terminal, e.g. in a pipe. */
const usualWidth = 100;

/** Characters of a line. @param columns of the terminal; undefined where there is none, 0 where it does not say. */
export function lineWidth(columns: number | undefined): number {
  return Math.min(Math.max(columns || usualWidth, narrowest), widest);
}

/** Breaks text into lines of at most `width` characters at spaces; further lines are indented. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
