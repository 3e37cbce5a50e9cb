/** An inspection as text for the terminal. */
import type { InputDescription } from '../ingest/describe.js';
import type { Inspection } from '../inspect.js';
import { formatFor } from '../report/format.js';
import { presentIssue } from '../report/present-appendix.js';
import { paint, wrap } from './terminal.js';

const width = 100;
const widestHeader = 28;
const widestTarget = 32;

export function inspectionLines(inspection: Inspection): string {
  const format = formatFor(null);
  return [
    ...inspection.inputs.flatMap(inputLines),
    ...section(
      'Tables',
      inspection.tables.map(
        ({ table, rows, members }) => `  ${table.padEnd(16)}${String(rows).padStart(10)} rows${members === null ? '' : `, ${members} members`}`,
      ),
    ),
    ...section(
      'Quality',
      inspection.issues.map((issue) =>
        wrap(`  ${issue.severity}  ${issue.file === null ? '' : `${issue.file}: `}${presentIssue(issue, format).sentence}`, width, '    '),
      ),
    ),
    ...section(
      'What would unlock what',
      inspection.unlocks.map(({ table, columns, audits, gains }) => {
        const gain = [...(audits.length === 0 ? [] : [`needed by ${audits.join(', ')}`]), ...gains].join('; ');
        return wrap(`  ${table}: ${columns.join(', ')}: ${gain}`, width, '    ');
      }),
    ),
    ...section(
      'Questions',
      inspection.questions.map(({ file, message, whatToDo, isBlocking }) =>
        wrap(`  ${isBlocking ? paint('red', 'must be answered') : 'may be answered'}  ${file}: ${message} ${whatToDo}`, width, '    '),
      ),
    ),
    ...(inspection.blockedBy === null
      ? []
      : ['', paint('red', `The analysis would stop: ${inspection.blockedBy.name}`), inspection.blockedBy.message, inspection.blockedBy.whatToDo]),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', paint('bold', title), ...lines];
}

function inputLines(input: InputDescription): string[] {
  const { encoding, delimiter, newline } = input.dialect;
  const separator = delimiter === '\t' ? 'tab' : delimiter;
  const role = input.isUsed ? input.roles.join(', ') : 'not used';
  const sureness = input.confidence === null ? '' : ` (${input.confidence.toFixed(2)})`;
  return [
    '',
    `${paint('bold', input.file)}  ${input.rows} rows, ${encoding}, separator ${separator}, line ends ${JSON.stringify(newline).slice(1, -1)}`,
    wrap(`  ${paint('cyan', role)}${sureness}: ${input.why}`, width, '    '),
    ...input.columns.map(({ header, mappedTo, confidence, samples }) => {
      const target = mappedTo.length === 0 ? '-' : mappedTo.join(', ');
      return `  ${clip(header, widestHeader)}  ${clip(target, widestTarget)}  ${(confidence === null ? '' : confidence.toFixed(2)).padEnd(4)}  ${samples.join(' · ')}`.trimEnd();
    }),
    ...input.headerChanges.map((change) => wrap(`  header: ${change}`, width, '    ')),
  ];
}

function clip(text: string, length: number): string {
  const clean = text.replaceAll(/[\u0000-\u001F\u007F-\u009F]/g, ' ');
  return (clean.length > length ? `${clean.slice(0, length - 1)}…` : clean).padEnd(length);
}
