/** The sceptic’s page: for each headline what else could have made it, what was checked, and what stays open. */
import type { JSX } from 'preact';
import type { ReportView } from '../view.js';
import { StatusMark } from './parts.js';

export function ScepticSection({ view }: { readonly view: ReportView }): JSX.Element | null {
  if (view.challenged.length === 0) return null;
  return (
    <section class="sceptic" id="sceptic" aria-labelledby="sceptic-head">
      <h2 id="sceptic-head">For the sceptic</h2>
      <p class="lead-in">
        For every finding that calls for a decision, tells a fact or claims an effect: the strongest rival explanations, what was done about each, and what
        stays open. The verdicts are given after these checks.
      </p>
      {view.challenged.map((finding) => (
        <article key={finding.anchor} class="challenge" aria-labelledby={`${finding.anchor}-rivals`}>
          <StatusMark {...finding} />
          <h3 id={`${finding.anchor}-rivals`}>
            <a href={`#${finding.anchor}`}>{finding.question}</a>
          </h3>
          <ol>
            {finding.rivals.map(({ explanation, check, open }) => (
              <li key={explanation}>
                <p class="rival">{explanation}</p>
                <p>
                  <span class="label">Check</span> {check}
                </p>
                <p>
                  <span class="label">Open</span> {open}
                </p>
              </li>
            ))}
          </ol>
          {finding.flips === null ? null : <p class="note">{finding.flips}</p>}
        </article>
      ))}
    </section>
  );
}
