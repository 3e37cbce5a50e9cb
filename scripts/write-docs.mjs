/**
 * Writes the canonical tables into docs/mapping.md, between its markers, from the built model. With --check it changes nothing and
 * exits with 1 when the page is out of date.
 *
 * Usage: npm run build && node scripts/write-docs.mjs [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr } from 'node:process';
import { tables } from '../dist/model/tables.js';

const page = new URL('../docs/mapping.md', import.meta.url);
const [start, end] = ['<!-- tables: written by scripts/write-docs.mjs -->', '<!-- end of tables -->'];
/** What the engine makes of a cell, in the words of a user. */
const typeNames = {
  member: 'identifier of a customer, kept as text',
  campaign: 'identifier of a campaign, kept as text',
  id: 'identifier, kept as text',
  text: 'text',
  amount: 'amount, four decimals',
  number: 'number, six decimals',
  integer: 'whole number',
  boolean: 'yes or no',
  date: 'date',
  timestamp: 'date and time',
};

function columnRow({ name, type, meaning, isRequired, mayBeEmpty, isPersonal }) {
  const notes = [...(isRequired ? [mayBeEmpty ? 'needed, may be empty' : 'needed'] : []), ...(isPersonal ? ['personal'] : [])];
  return `| ${isRequired ? `**\`${name}\`**` : `\`${name}\``} | ${meaning} | ${typeNames[type]} | ${notes.join(', ')} |`;
}

const tableText = ({ name, rowMeans, columns }) =>
  [`### ${name}`, '', `One row is ${rowMeans}.`, '', '| column | meaning | type | |', '|---|---|---|---|', ...columns.map(columnRow)].join('\n');

const text = readFileSync(page, 'utf8');
const [before, rest] = text.split(start);
const after = rest?.split(end)[1];
if (after === undefined) {
  stderr.write(`docs/mapping.md lacks the markers ${start} and ${end}.\n`);
  exit(1);
}
const written = `${before}${start}\n\n${tables.map(tableText).join('\n\n')}\n\n${end}${after}`;
if (argv.includes('--check')) {
  if (written !== text) stderr.write('docs/mapping.md is out of date: run node scripts/write-docs.mjs.\n');
  exit(written === text ? 0 : 1);
}
writeFileSync(page, written);
