/** One finding, as auditors write it: what was found, against what, what it means, what to do, and what would change our mind. */
import type { JSX } from 'preact';
import { ChartPicture } from '../charts/picture.js';
import type { Format } from '../format.js';
import type { FindingView, StatementView } from '../view.js';
import { themeKey } from './filters.js';
import { Bullets, DataTable, Facts, StatusMark } from './parts.js';

interface FindingProps {
  readonly finding: FindingView;
  readonly format: Format;
}

/** Facts about the finding itself: grade, money, members, the problem it answers. */
function aboutFinding(finding: FindingView): StatementView[] {
  return [
    ...(finding.grade === null ? [] : [{ label: 'Evidence', text: `${finding.grade.code}, ${finding.grade.label.toLowerCase()}. ${finding.grade.gloss}` }]),
    ...(finding.money === null ? [] : [{ label: 'Money', text: finding.money }]),
    ...(finding.members === null ? [] : [{ label: 'Members', text: finding.members }]),
    { label: 'Problem', text: finding.problem },
  ];
}

/** The first sentence of the first statement is the headline and is set as one. */
function Opening({ text, headline }: { readonly text: string; readonly headline: string }): JSX.Element {
  const rest = text.slice(headline.length).trim();
  return (
    <>
      <p class="headline">{headline}</p>
      {rest === '' ? null : <p>{rest}</p>}
    </>
  );
}

function Statements({ statements, headline }: { readonly statements: readonly StatementView[]; readonly headline: string }): JSX.Element {
  return (
    <dl class="statements">
      {statements.map(({ label, text }, index) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{index === 0 ? <Opening text={text} headline={headline} /> : text}</dd>
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
    <details>
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
      <Statements statements={finding.statements} headline={finding.headline} />
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

/** A question without an answer: why, and what would answer it. What was measured on the way is shown all the same. */
export function UnansweredArticle({ finding, format }: FindingProps): JSX.Element {
  return (
    <article class="finding" id={finding.anchor} aria-labelledby={`${finding.anchor}-head`}>
      <FindingHead finding={finding} />
      <h3 id={`${finding.anchor}-head`}>{finding.question}</h3>
      <p>{finding.headline}</p>
      {finding.charts.map((chart, index) => (
        <ChartPicture key={chart.id} chart={chart} id={`${finding.anchor}-chart-${index}`} format={format} />
      ))}
      {finding.measures === null ? null : <DataTable table={finding.measures} id={`${finding.anchor}-figures`} />}
      <Bullets items={finding.caveats} />
      {finding.unlocks.length === 0 ? null : <p class="label">What would answer it</p>}
      <Bullets items={finding.unlocks} />
      <EvidenceTables finding={finding} />
    </article>
  );
}
