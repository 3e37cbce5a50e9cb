/** One finding, as auditors write it: what was found, against what, what it means, what to do, and what would change our mind. */
import type { JSX } from 'preact';
import { ChartPicture } from '../charts/picture.js';
import type { Format } from '../format.js';
import { causeLabel } from '../present-cause.js';
import type { FindingView, ReportView, StatementView } from '../view.js';
import { themeKey } from './filters.js';
import { Bullets, DataTable, Facts, StatusMark } from './parts.js';

interface FindingProps {
  readonly finding: FindingView;
  readonly format: Format;
}

/** What the grade means stands once: with the cause, where there is one. */
const gradeText = ({ code, label, gloss }: NonNullable<FindingView['grade']>, hasCause: boolean): string =>
  `${code}, ${label.toLowerCase()}.${hasCause ? '' : ` ${gloss}`}`;

/** Facts about the finding itself: grade, money, members, the problem it looks for. */
function aboutFinding(finding: FindingView): StatementView[] {
  return [
    ...(finding.grade === null ? [] : [{ label: 'Evidence', text: gradeText(finding.grade, finding.isContestable) }]),
    ...(finding.money === null ? [] : [{ label: 'Money', text: finding.money }]),
    ...(finding.members === null ? [] : [{ label: 'Members', text: finding.members }]),
    { label: 'Looked for', text: finding.problem },
  ];
}

/** A paragraph ends with the sentence that reaches so many letters: long ones are not read. */
const longParagraph = 320;

function Paragraphs({ text }: { readonly text: string }): JSX.Element {
  const paragraphs: string[] = [];
  for (const sentence of text.split(/(?<=[.])\s+(?=[A-Z“\d])/)) {
    const last = paragraphs.at(-1);
    if (last === undefined || last.length >= longParagraph) paragraphs.push(sentence);
    else paragraphs[paragraphs.length - 1] = `${last} ${sentence}`;
  }
  return (
    <>
      {paragraphs.map((paragraph, index) => (
        <p key={`${index}`}>{paragraph}</p>
      ))}
    </>
  );
}

/** The first sentence of the first statement is the headline and is set as one. */
function Opening({ text, headline }: { readonly text: string; readonly headline: string }): JSX.Element {
  const rest = text.slice(headline.length).trim();
  return (
    <>
      <p class="headline">{headline}</p>
      {rest === '' ? null : <Paragraphs text={rest} />}
    </>
  );
}

/** The cause, the other explanations by name, and the way to what was done about each. */
function Cause({ text, finding: { anchor, rivals } }: { readonly text: string; readonly finding: FindingView }): JSX.Element {
  return (
    <>
      <p>{text}</p>
      {rivals.length < 2 ? null : <p class="also">Also weighed:</p>}
      <Bullets items={rivals.slice(1).map(({ explanation }) => explanation)} />
      <p class="note also">
        <a href={`#${anchor}-rivals`}>What was checked, and what stays open</a>
      </p>
    </>
  );
}

function Statements({ finding }: { readonly finding: FindingView }): JSX.Element {
  const body = ({ label, text }: StatementView, index: number): JSX.Element | string => {
    if (index === 0) return <Opening text={text} headline={finding.headline} />;
    if (label === causeLabel) return <Cause text={text} finding={finding} />;
    return text.length > 2 * longParagraph ? <Paragraphs text={text} /> : text;
  };
  return (
    <dl class="statements">
      {finding.statements.map((statement, index) => (
        <div key={statement.label}>
          <dt>{statement.label}</dt>
          <dd>{body(statement, index)}</dd>
        </div>
      ))}
    </dl>
  );
}

function FindingHead({ finding }: { readonly finding: FindingView }): JSX.Element {
  return (
    <div class="finding-head">
      <StatusMark {...finding} />
      <span class="note">{`${finding.category} / ${finding.name}`}</span>
    </div>
  );
}

/** Folded, because the sentences carry the main ones. */
function Figures({ finding }: { readonly finding: FindingView }): JSX.Element | null {
  if (finding.measures === null) return null;
  return (
    <details>
      <summary>All figures with their intervals</summary>
      <DataTable table={finding.measures} id={`${finding.anchor}-figures`} />
    </details>
  );
}

function EvidenceTables({ finding }: { readonly finding: FindingView }): JSX.Element {
  return (
    <>
      {finding.evidence.map(({ table, fileName }, index) => (
        <details key={fileName}>
          <summary>Evidence: {table.caption}</summary>
          <DataTable table={table} id={`${finding.anchor}-evidence-${index}`} />
          <p class="note">
            All rows at full precision: <code>evidence/{fileName}</code>
          </p>
        </details>
      ))}
    </>
  );
}

function Levels({ finding }: { readonly finding: FindingView }): JSX.Element | null {
  if (finding.thresholds === null) return null;
  return (
    <details class="levels">
      <summary>Levels and where they come from</summary>
      <DataTable table={finding.thresholds} id={`${finding.anchor}-levels`} />
    </details>
  );
}

export function FindingArticle({ finding, format }: FindingProps): JSX.Element {
  const { anchor, status, severity, category } = finding;
  return (
    <article class="finding" id={anchor} aria-labelledby={`${anchor}-head`} data-status={status} data-severity={severity} data-theme={themeKey(category)}>
      <FindingHead finding={finding} />
      <h3 id={`${finding.anchor}-head`}>{finding.question}</h3>
      <p class="why">{finding.why}</p>
      <Statements finding={finding} />
      {finding.charts.map((chart, index) => (
        <ChartPicture key={chart.id} chart={chart} id={`${finding.anchor}-chart-${index}`} format={format} />
      ))}
      <Facts facts={aboutFinding(finding)} />
      {finding.caveats.length === 0 ? null : <h4>Keep in mind</h4>}
      <Bullets items={finding.caveats} />
      {finding.unlocks.length === 0 ? null : <h4>More columns would tell more</h4>}
      <Bullets items={finding.unlocks} />
      <Figures finding={finding} />
      <EvidenceTables finding={finding} />
      <Levels finding={finding} />
    </article>
  );
}

/** What was measured on the way to no answer is shown all the same. */
function Leftovers({ finding, format }: FindingProps): JSX.Element {
  return (
    <>
      {finding.charts.map((chart, index) => (
        <ChartPicture key={chart.id} chart={chart} id={`${finding.anchor}-chart-${index}`} format={format} />
      ))}
      <Bullets items={finding.caveats} />
      <Figures finding={finding} />
      <EvidenceTables finding={finding} />
    </>
  );
}

/** Questions without an answer, by what they lack: one line each, or a report on few files would be mostly about what is not in it. */
export function UnansweredSection({ view, format }: { readonly view: ReportView; readonly format: Format }): JSX.Element | null {
  if (view.unanswered.length === 0) return null;
  return (
    <section id="unanswered" aria-labelledby="unanswered-head">
      <h2 id="unanswered-head">Questions without an answer</h2>
      {view.unlocks.length === 0 ? null : (
        <p class="lead-in">
          What the missing columns would tell stands under <a href="#unlocks">What more data would tell</a>.
        </p>
      )}
      {view.unansweredGroups.map(({ title, questions }) => (
        <div key={title}>
          <h3>
            {title} <span class="note">({questions.length})</span>
          </h3>
          <ul class="unanswered">
            {questions.map(({ finding, lack }) => (
              <li key={finding.anchor} id={finding.anchor}>
                <p>{finding.question}</p>
                <p class="note">{lack}</p>
                <Leftovers finding={finding} format={format} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
