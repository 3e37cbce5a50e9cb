/** `explain`: what an audit asks, needs and holds against which threshold. */
import { type AuditDefinition, categories } from '../../audits/audit.js';
import { audits } from '../../audits/index.js';
import { NamedError } from '../../model/named-error.js';
import { sourceWords } from '../../report/glossary.js';
import { wordsOf } from '../../report/present-flips.js';
import { lineWidth, paint, print, wrap } from '../terminal.js';

export function explainCommand(id: string | undefined, options: { readonly json?: boolean }): void {
  const chosen = id === undefined ? audits : audits.filter((audit) => audit.id === id);
  if (chosen.length === 0) {
    throw new NamedError({
      name: 'unknown-audit',
      kind: 'usage',
      message: `There is no audit called ${id}.`,
      whatToDo: 'loyalty-health explain, without a name, lists all audits.',
    });
  }
  if (options.json) print(JSON.stringify(id === undefined ? chosen.map(described) : described(chosen[0] as AuditDefinition), null, 2));
  else if (id === undefined) print(overview(lineWidth(process.stdout.columns)));
  else print(chosen.map((audit) => inFull(audit, lineWidth(process.stdout.columns))).join('\n'));
}

function described({ measure: _measure, judge: _judge, explain: _explain, ...definition }: AuditDefinition): object {
  return definition;
}

function overview(width: number): string {
  const idWidth = Math.max(...audits.map(({ id }) => id.length));
  const indent = ' '.repeat(idWidth + 4);
  const line = ({ id, question }: AuditDefinition): string =>
    `  ${id.padEnd(idWidth)}  ${wrap(question, width - indent.length).replaceAll('\n', `\n${indent}`)}`;
  const sections = categories.flatMap((category) => {
    const own = audits.filter((audit) => audit.category === category);
    return own.length === 0 ? [] : [[paint('bold', category), ...own.map(line)].join('\n')];
  });
  return `${sections.join('\n\n')}\n\nloyalty-health explain <audit> shows one in full.`;
}

function inFull(audit: AuditDefinition, width: number): string {
  /** One line of a list, or several. */
  const item = (text: string): string => `  ${wrap(text, width - 2, '    ')}`;
  const needs = (columns: Partial<Record<string, readonly string[]>>): string[] =>
    Object.entries(columns).map(([table, names]) => item(`${table}: ${(names ?? []).join(', ')}`));
  const thresholds = Object.entries(audit.thresholds).map(([id, { levels, source }]) => {
    const values = Object.entries(levels)
      .map(([level, value]) => `${wordsOf(level)} ${value}`)
      .join(', ');
    const citation = source.citation === undefined ? '' : ` Source: ${source.citation}`;
    return item(`${wordsOf(id)}: ${values}. ${sourceWords[source.kind]}. ${source.note}${citation}`);
  });
  const improves = Object.entries(audit.improves).flatMap(([table, offers]) =>
    (offers ?? []).map(({ columns, gain }) => item(`${table}: ${columns.join(', ')} – ${gain}`)),
  );
  const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', paint('bold', title), ...lines]);
  return [
    paint('bold', `${audit.category}/${audit.id}`),
    wrap(audit.question, width),
    wrap(audit.why, width),
    ...section('Needs', needs(audit.needs)),
    ...section('Better with', improves),
    ...section('Thresholds', thresholds),
    '',
    `Documentation: docs/audits/${audit.id}.md`,
  ].join('\n');
}
