/** Data, control totals and method: what a sceptic reads. */
import type { JSX } from 'preact';
import type { ReportView } from '../view.js';
import { Bullets, DataTable, Facts } from './parts.js';

interface PageProps {
  readonly view: ReportView;
}

export function UnlocksSection({ view }: PageProps): JSX.Element | null {
  if (view.unlocks.length === 0) return null;
  return (
    <section id="unlocks" aria-labelledby="unlocks-head">
      <h2 id="unlocks-head">What more data would tell</h2>
      {view.upgrades === null ? null : <DataTable table={view.upgrades} id="upgrades-table" />}
      <details open={view.upgrades === null}>
        <summary>Columns that no file has, each with what it would add</summary>
        <dl class="statements">
          {view.unlocks.map(({ columns, gains }) => (
            <div key={columns}>
              <dt>{columns}</dt>
              <dd>
                <Bullets items={gains} />
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

export function QualitySection({ view }: PageProps): JSX.Element {
  return (
    <section id="quality" aria-labelledby="quality-head">
      <h2 id="quality-head">Quality of the data</h2>
      {view.dataQuality.length === 0 ? <p>Nothing to report: every row could be read as it stands.</p> : null}
      <ul class="overview">
        {view.dataQuality.map(({ severity, title, sentence, description, file }, index) => (
          <li key={`${index}`}>
            <span class="label">{severity}</span>
            <div>
              <strong>{title}</strong>
              {file === '' ? null : <span class="note"> {file}</span>}
              <p>{sentence}</p>
              <p>{description}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function InputsSection({ view }: PageProps): JSX.Element {
  return (
    <section id="inputs" aria-labelledby="inputs-head">
      <h2 id="inputs-head">Files and control totals</h2>
      <DataTable table={view.inputs} id="inputs-table" />
      {view.inputDetails.map(({ file, facts, columns }, index) => (
        <details key={file}>
          <summary>{file}: how it was read</summary>
          <Facts facts={facts} />
          <DataTable table={columns} id={`input-${index}`} />
        </details>
      ))}
      <DataTable table={view.tables} id="tables-table" />
      {view.tableDetails.map((table, index) => (
        <details key={table.caption}>
          <summary>{table.caption}</summary>
          <DataTable table={table} id={`table-${index}`} />
        </details>
      ))}
    </section>
  );
}

/** The SQL itself is for the screen and for the files beside the report; on paper only the list stands. */
function QueriesPart({ view }: PageProps): JSX.Element | null {
  const { list, index } = view.queries;
  if (list.length === 0) return null;
  return (
    <div id="queries">
      <div class="queries-index">
        <DataTable table={index} id="queries-table" />
      </div>
      <div class="queries">
        {list.map(({ title, anchor, finding, uses, fileName, statements }) => (
          <details key={anchor} id={anchor}>
            <summary>{title}</summary>
            <p class="note">
              {finding === null ? null : (
                <>
                  <a href={`#${finding}`}>The finding</a>.{' '}
                </>
              )}
              {uses.length === 0 ? null : 'Draws on '}
              {uses.map((used, at) => (
                <>
                  {at === 0 ? null : ', '}
                  <a key={used.anchor} href={`#${used.anchor}`}>
                    {used.name}
                  </a>
                </>
              ))}
              {uses.length === 0 ? null : '. '}
              File: <code>queries/{fileName}</code>
            </p>
            {statements.map(({ text, note }, at) => (
              <>
                {note === '' ? null : <p class="note">{note}</p>}
                <pre key={`${at}`}>{text}</pre>
              </>
            ))}
          </details>
        ))}
      </div>
    </div>
  );
}

export function MethodSection({ view }: PageProps): JSX.Element {
  return (
    <section id="method" aria-labelledby="method-head">
      <h2 id="method-head">Method</h2>
      <p>
        Findings are ordered by result, then by severity, then by how well they are proved; proof and severity are kept apart and never multiplied. Severity
        comes from the size of the effect and the money at stake. Intervals screen at 90 % and support headline effects at 95 %.
      </p>
      <DataTable table={view.statuses} id="statuses-table" />
      <DataTable table={view.grades} id="grades-table" />
      <DataTable table={view.levels} id="levels-table" />
      <p class="note">
        The four level names come from published articles by C. Shaw, Beyond Philosophy, and are paraphrased; this is not the licensed assessment. Naïve to
        Natural is a trademark of its owner.
      </p>
      <DataTable table={view.terms} id="terms-table" />
      <details>
        <summary>{view.thresholds.caption}</summary>
        <DataTable table={view.thresholds} id="thresholds-table" />
      </details>
      <QueriesPart view={view} />
      <details>
        <summary>Settings of this run</summary>
        <pre>{view.config}</pre>
      </details>
    </section>
  );
}
