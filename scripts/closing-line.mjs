// Prints “N passed, N failed, N skipped” from the summary of vitest in a log file. Ends with 1 when there is no summary.
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const log = stripVTControlCharacters(readFileSync(process.argv[2], 'utf8'));
const line = log.split('\n').findLast((text) => /^\s*Tests\s/.test(text)) ?? '';
const count = (word) => Number(line.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
if (line === '') {
  console.log('No summary of the tests was found.');
  process.exit(1);
}
console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
