/** An inspection as text for the terminal. */
import type { InputDescription } from '../ingest/describe.js';
import type { InspectedUnlock, Inspection } from '../inspect.js';
import { tableNamed } from '../model/tables.js';
import { formatFor, groupThousands } from '../report/format.js';
import { presentIssue } from '../report/present-appendix.js';
import type { DataQualityIssue } from '../result/schema.js';
import { lineWidth, paint, wrap } from './terminal.js';

const severityColours = { error: 'red', warning: 'yellow', note: 'dim' } as const;

/** @param columns width of the terminal in characters; undefined where there is none, 0 where it does not say. */
export function inspectionLines(inspection: Inspection, columns: number | undefined): string {
  const width = lineWidth(columns);
  const { questions, blockedBy } = inspection;
  const isNewBlock = blockedBy !== null && !questions.some(({ name }) => name === blockedBy.name);
  const issues = inspection.tables.length > 0 ? inspection.issues : inspection.inputs.flatMap((input) => input.issues);
  return [
    ...inspection.inputs.flatMap((input) => inputLines(input, width)),
    ...section('Tables', tableLines(inspection)),
    ...section(
      'Quality',
      issues.map((issue) => issueLine(issue, width)),
    ),
    ...section(
      'What would unlock what',
      inspection.unlocks.flatMap((unlock) => unlockLines(unlock, inspection.unlocks, width)),
    ),
    ...section(
      'Questions',
      questions.map(({ file, message, whatToDo, isBlocking }) =>
        labelled(isBlocking ? 'must be answered' : 'may be answered', isBlocking ? 'red' : 'yellow', `${named(file, message)} ${whatToDo}`, width),
      ),
    ),
    ...(isNewBlock ? section('The analysis would stop', [labelled(blockedBy.name, 'red', `${blockedBy.message} ${blockedBy.whatToDo}`, width)]) : []),
    ...(questions.length > 0 || isNewBlock ? ['', 'loyalty-health init asks these questions and writes the answers to loyalty.yaml.'] : []),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', paint('bold', title), ...lines];
}

/** `label` in colour, then the text, wrapped below it; colour codes must not count as width. */
function labelled(label: string, style: Parameters<typeof paint>[0], text: string, width: number, gap = '  '): string {
  const room = width - 2;
  const lines =
    label.length > room ? longLabelled(label, style, text, room) : paint(style, label) + wrap(`${label}${gap}${plain(text)}`, room, '    ').slice(label.length);
  return `  ${lines}`.replaceAll('\n', '\n  ');
}

/** A label that fills more than a line of its own, with the text below it. */
function longLabelled(label: string, style: Parameters<typeof paint>[0], text: string, room: number): string {
  const heading = wrap(label, room, '    ').split('\n');
  return [...heading.map((line) => paint(style, line)), `    ${wrap(plain(text), room - 4, '    ')}`].join('\n');
}

function named(file: string, message: string): string {
  return message.includes(file) ? message : `${file}: ${message}`;
}

function tableLines({ tables }: Inspection): string[] {
  return tables.map(({ table, rows, members }) => {
    const people = members === null ? '' : `, ${groupThousands(members, 0)} ${members === 1 ? 'member' : 'members'}`;
    return `  ${table.padEnd(16)}${groupThousands(rows, 0).padStart(12)} ${rows === 1 ? 'row' : 'rows'}${people}`;
  });
}

function issueLine(issue: DataQualityIssue, width: number): string {
  const { sentence } = presentIssue(issue, formatFor(null));
  return labelled(issue.severity, severityColours[issue.severity], issue.file === null ? sentence : named(issue.file, sentence), width);
}

function unlockLines({ table, columns, gains }: InspectedUnlock, all: readonly InspectedUnlock[], width: number): string[] {
  const needed = gains.filter(({ isNeeded }) => isNeeded);
  const raised = gains.filter(({ mayReach }) => mayReach !== null);
  const grades = [...new Set(raised.flatMap(({ mayReach }) => mayReach ?? []))].sort();
  const others = gains.filter(({ isNeeded, mayReach }) => !isNeeded && mayReach === null);
  const list = (audits: readonly { readonly audit: string }[]): string => [...new Set(audits.map(({ audit }) => audit))].join(', ');
  const count = (number: number): string => `${number} ${number === 1 ? 'finding' : 'findings'}`;
  const effects = [
    ...neededWith(needed, table, all).map(([tables, own]) => `${count(own.length)} become${own.length === 1 ? 's' : ''} possible${tables}: ${list(own)}`),
    ...grades.map((grade) => {
      const own = raised.filter(({ mayReach }) => mayReach === grade);
      const also = tablesBefore(grade, own, all);
      return `${count(own.length)} may rise to evidence grade ${grade}${also.length === 0 ? '' : `, together with ${also.join(', ')}`}: ${list(own)}`;
    }),
    ...[...new Set(others.map(({ gain }) => gain))].map((gain) => `${list(others.filter((other) => other.gain === gain))}: ${gain}`),
  ];
  return [
    labelled(`Add ${columns.join(', ')}`, 'cyan', `to ${table} (one row: ${tableNamed(table).rowMeans})`, width, ' '),
    ...effects.map((effect) => `    ${wrap(effect, width - 4, '  ').replaceAll('\n', '\n    ')}`),
  ];
}

/** Findings that need these columns, by the other tables that they need as well. */
function neededWith(needed: InspectedUnlock['gains'], table: string, all: readonly InspectedUnlock[]): [also: string, gains: InspectedUnlock['gains']][] {
  const byOthers = new Map<string, InspectedUnlock['gains'][number][]>();
  for (const gain of needed) {
    const others = all.filter((other) => other.table !== table && other.gains.some(({ audit, isNeeded }) => isNeeded && audit === gain.audit));
    const also = others.length === 0 ? '' : `, together with ${[...new Set(others.map((other) => other.table))].join(' and ')}`;
    byOthers.set(also, [...(byOthers.get(also) ?? []), gain]);
  }
  return [...byOthers].sort(([one], [two]) => one.length - two.length || (one < two ? -1 : 1));
}

/** Tables whose columns the same findings lack for a lower grade: the higher one needs both. */
function tablesBefore(grade: string, gains: InspectedUnlock['gains'], all: readonly InspectedUnlock[]): string[] {
  const audits = new Set(gains.map(({ audit }) => audit));
  // E1 is the best grade, so a lower grade is a later text.
  const isLower = ({ audit, mayReach }: InspectedUnlock['gains'][number]): boolean => audits.has(audit) && mayReach !== null && mayReach > grade;
  return [...new Set(all.filter((unlock) => unlock.gains.some(isLower)).map(({ table }) => table))];
}

function inputLines(input: InputDescription, width: number): string[] {
  const { encoding, hasByteOrderMark, delimiter, newline } = input.dialect;
  const names: Readonly<Record<string, string>> = {
    ',': 'comma',
    ';': 'semicolon',
    '\t': 'tab',
    '|': 'bar',
    ' ': 'spaces',
    '\n': 'LF',
    '\r\n': 'CRLF',
    '\r': 'CR',
  };
  const role = input.isUsed ? input.roles.join(', ') : 'not used';
  const sureness = input.confidence === null ? '' : `(${input.confidence.toFixed(2)}) `;
  const form = `${encoding}${hasByteOrderMark ? ' with byte-order mark' : ''}, ${names[delimiter] ?? delimiter}, ${names[newline] ?? newline}`;
  const mapped = input.columns.filter(({ mappedTo }) => mappedTo.length > 0);
  return [
    '',
    labelled(plain(input.file), 'bold', `${groupThousands(input.rows, 0)} ${input.rows === 1 ? 'row' : 'rows'}, ${form}`, width + 2).trimStart(),
    labelled(role, input.isUsed ? 'cyan' : 'yellow', `${sureness}${input.why}; ${mapped.length} of ${input.columns.length} columns used`, width),
    ...columnLines(input, width),
    ...input.headerChanges.map((change) => labelled('header', 'yellow', change, width)),
  ];
}

/** One line a column: header, canonical column, confidence, samples; what does not fit is cut, never wrapped. */
function columnLines({ columns, roles }: InputDescription, width: number): string[] {
  const rows = columns.map(({ header, mappedTo, confidence, samples }) => ({
    header: plain(header) === '' ? '(no name)' : plain(header),
    // A file of one role need not say it in every line.
    target: mappedTo.length === 0 ? '-' : mappedTo.map((name) => (roles.length === 1 ? (name.split('.').at(-1) ?? name) : name)).join(', '),
    sureness: confidence === null ? '' : confidence.toFixed(2),
    samples: plain(samples.join(' · ')),
    isUsed: mappedTo.length > 0,
  }));
  const headerWidth = Math.min(Math.max(...rows.map(({ header }) => header.length)), Math.floor(width * 0.28));
  const targetWidth = Math.min(Math.max(...rows.map(({ target }) => target.length)), Math.floor(width * 0.32));
  const sampleWidth = width - headerWidth - targetWidth - 12;
  return rows.map(({ header, target, sureness, samples, isUsed }) => {
    const line = `  ${clip(header, headerWidth)}  ${clip(target, targetWidth)}  ${sureness.padEnd(4)}  ${clip(samples, sampleWidth)}`.trimEnd();
    return isUsed ? line : paint('dim', line);
  });
}

/** Without characters that steer a terminal: file names, headers and samples are somebody else's text. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
}

function clip(text: string, length: number): string {
  return (text.length > length ? `${text.slice(0, length - 1)}…` : text).padEnd(length);
}
