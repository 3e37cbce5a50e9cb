/** The few pieces that all pages of the report are made of. */
import type { JSX } from 'preact';
import type { Severity, Status } from '../../result/schema.js';
import type { Linked, StatementView, TableView } from '../view.js';

/** One shape a status: the report must read in grey and for every eye. */
const shapes: Readonly<Record<Status, string>> = {
  problem: 'M6 .8 11.6 11H.4z',
  watch: 'M6 .4 11.6 6 6 11.6.4 6z',
  informative: 'M1 1h10v10H1z',
  healthy: 'M6 .6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 6 .6z',
  notEnoughData: 'M1 5h10v2H1z',
  notApplicable: 'M1 5h10v2H1z',
  error: 'M2.2.8 6 4.6 9.8.8l1.4 1.4L7.4 6l3.8 3.8-1.4 1.4L6 7.4l-3.8 3.8L.8 9.8 4.6 6 .8 2.2z',
};

export interface StatusMarkProps {
  readonly status: Status;
  readonly statusLabel: string;
  readonly severity: Severity;
  readonly severityLabel: string;
}

export function StatusMark({ status, statusLabel, severityLabel }: StatusMarkProps): JSX.Element {
  return (
    <div class="verdict">
      <span class={`status ${status}`}>
        <svg viewBox="0 0 12 12" aria-hidden="true">
          <path d={shapes[status]} fill="currentColor" />
        </svg>
        {statusLabel}
      </span>
      {severityLabel === '' ? null : <span class="severity">{severityLabel} severity</span>}
    </div>
  );
}

export interface DataTableProps {
  readonly table: TableView;
  /** Unique on the page; names the region that scrolls on a narrow screen. */
  readonly id: string;
}

export function DataTable({ table, id }: DataTableProps): JSX.Element {
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <div class="scroll" role="group" tabIndex={0} aria-labelledby={id}>
        <table class={numberClasses(table)}>
          <caption id={id}>{table.caption}</caption>
          <thead>
            <tr>
              {table.columns.map(({ label, unit, isNumeric }) => (
                <th key={label} scope="col" class={isNumeric ? 'number' : undefined}>
                  {label}
                  {unit === '' ? null : <span>{unit}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <Row key={`${index}`} cells={row} />
            ))}
          </tbody>
        </table>
      </div>
      {table.note === null ? null : <p class="note">{table.note}</p>}
    </>
  );
}

/** “n2 n3”: which columns hold numbers; nothing when none does. */
function numberClasses({ columns }: TableView): string | undefined {
  return columns.flatMap(({ isNumeric }, index) => (isNumeric ? [`n${index + 1}`] : [])).join(' ') || undefined;
}

function Row({ cells }: { readonly cells: readonly string[] }): JSX.Element {
  const [first, ...others] = cells;
  return (
    <tr>
      <th scope="row">{first}</th>
      {others.map((cell, index) => (
        <td key={`${index}`}>{cell}</td>
      ))}
    </tr>
  );
}

export function LinkedText({ parts }: { readonly parts: Linked }): JSX.Element {
  return <>{parts.map(({ text, anchor }) => (anchor === undefined ? text : <a href={`#${anchor}`}>{text}</a>))}</>;
}

export function Facts({ facts }: { readonly facts: readonly StatementView[] }): JSX.Element {
  return (
    <dl class="facts">
      {facts.map(({ label, text }) => (
        <>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </>
      ))}
    </dl>
  );
}

export function Bullets({ items }: { readonly items: readonly string[] }): JSX.Element | null {
  if (items.length === 0) return null;
  return (
    <ul class="bullets">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
