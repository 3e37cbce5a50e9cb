/** The summary that `analyse` prints: one screen of 80 × 24. */
import { join } from 'node:path';
import { type SummaryView, summarise } from '../report/summary.js';
import type { Result } from '../result/schema.js';
import { paint, wrap } from './terminal.js';

const width = 79;

/** What is most worth opening of what was written. */
const mainFiles = [
  ['html', 'report.html'],
  ['pdf', 'report.pdf'],
  ['docx', 'report.docx'],
  ['md', 'report.md'],
  ['json', 'result.json'],
  ['xlsx', 'report.xlsx'],
  ['csv', 'evidence'],
] as const;

export function summaryLines(result: Result, folder: string, formats: readonly string[]): string {
  const view = summarise(result);
  const main = mainFiles.find(([format]) => formats.includes(format))?.[1] ?? '';
  const labelWidth = Math.max(...view.profile.map(({ label }) => label.length));
  return [
    ...view.opinion.map((line) => paint('bold', line)),
    ...view.profile.map(({ label, reading }) => `  ${label.padEnd(labelWidth)}  ${reading}`),
    '',
    ...view.findings.flatMap(findingLines),
    ...(view.moreFindings > 0 ? [paint('dim', `  and ${view.moreFindings} more in the report`)] : []),
    ...(view.findings.length > 0 || view.moreFindings > 0 ? [''] : []),
    `Looked at: ${view.window}. ${view.coverage}`.length <= width
      ? `Looked at: ${view.window}. ${view.coverage}`
      : `Looked at: ${view.window}.\n${view.coverage}`,
    `Report: ${paint('cyan', join(folder, main))}${notLoaded(result)}`,
  ].join('\n');
}

/** From this share of the rows on, what was not loaded is a warning and not a note. */
const alarmingShare = 0.05;

function notLoaded({ inputs }: Result): string {
  const used = inputs.filter(({ roles }) => roles.length > 0);
  const rejected = used.reduce((sum, { rowsQuarantined }) => sum + rowsQuarantined, 0);
  if (rejected === 0) return '';
  const text = `${rejected} ${rejected === 1 ? 'row was' : 'rows were'} not loaded, see quarantine/`;
  const isAlarming = used.some(({ rowsQuarantined, rowsRead }) => rowsQuarantined > alarmingShare * rowsRead);
  return `  (${isAlarming ? paint('red', text) : text})`;
}

function findingLines({ id, status, statusLabel, severity, sentence }: SummaryView['findings'][number]): string[] {
  const colour = status === 'problem' ? 'red' : status === 'watch' ? 'yellow' : 'green';
  const label = severity === 'none' ? statusLabel : `${statusLabel}, ${severity}`;
  return [
    `${paint(colour, label)}  ${paint('bold', id)}`,
    ...wrap(sentence, width - 4)
      .split('\n')
      .map((line) => `    ${line}`),
  ];
}
