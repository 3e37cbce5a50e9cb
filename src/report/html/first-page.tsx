/** The first page: the opinion, the profile, what to do, the money, the findings in order, and what cannot be seen. */
import type { JSX } from 'preact';
import { type FocusLevel, focusLevel } from '../../result/schema.js';
import type { ReportView, ThemeView } from '../view.js';
import { Filters, themeKey } from './filters.js';
import { Bullets, LinkedText, StatusMark } from './parts.js';

interface PageProps {
  readonly view: ReportView;
}

export function OpinionSection({ view: { opinion } }: PageProps): JSX.Element {
  return (
    <section class="opinion" id="opinion" aria-labelledby="opinion-head">
      <h2 id="opinion-head">{opinion.kind}</h2>
      {opinion.titles.map((title) => (
        <p key={title} class="opinion-title">
          {title}
        </p>
      ))}
      {opinion.paragraphs.map((paragraph, index) => (
        <p key={`${index}`}>
          <LinkedText parts={paragraph} />
        </p>
      ))}
      <p class="note">
        {opinion.materiality} {opinion.disclaimer}
      </p>
    </section>
  );
}

/** The four levels side by side, the theme’s own marked. */
export function Strip({ theme }: { readonly theme: ThemeView }): JSX.Element {
  if (theme.level === null) {
    return (
      <div class="strip unmeasured" aria-hidden="true">
        <span>not measured</span>
      </div>
    );
  }
  const look = (level: FocusLevel): string | undefined => (level === theme.level ? 'here' : theme.spread.includes(level) ? 'spread' : undefined);
  return (
    <div class="strip" aria-hidden="true">
      {focusLevel.options.map((level) => (
        <span key={level} class={look(level)}>
          {level}
        </span>
      ))}
    </div>
  );
}

export function ProfileSection({ view }: PageProps): JSX.Element {
  return (
    <section id="profile" aria-labelledby="profile-head">
      <h2 id="profile-head">From marketing focus to customer focus</h2>
      <p class="lead-in">
        Each theme stands for itself: there is no total, because strength in one does not make up for weakness in another. Dark marks the level, tint how far
        the findings within the theme lie apart.
      </p>
      <div class="scale-frame" aria-hidden="true">
        <div class="scale">
          <span>← Marketing focus</span>
          <span>Customer focus →</span>
        </div>
      </div>
      <ul>
        {view.profile.map((theme) => (
          <li key={theme.label} class="theme">
            <div>
              <p class="theme-name">{theme.label}</p>
              <p>
                <span class="unseen">{theme.reading} </span>
                {theme.sentence}
              </p>
            </div>
            <Strip theme={theme} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function ActionsSection({ view }: PageProps): JSX.Element | null {
  if (view.actions.length === 0) return null;
  return (
    <section id="actions" aria-labelledby="actions-head">
      <h2 id="actions-head">What to do first</h2>
      <ol class="actions">
        {view.actions.map(({ anchor, question, action }) => (
          <li key={anchor}>
            <div>
              <p>{action}</p>
              <p class="note">
                Because of: <a href={`#${anchor}`}>{question}</a>
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Amounts on the first page; the others are folded. */
const shownStakes = 5;

function Stakes({ stakes }: { readonly stakes: ReportView['stakes'] }): JSX.Element {
  return (
    <ul class="stakes">
      {stakes.map(({ anchor, question, amount, range, meaning, multiple }) => (
        <li key={anchor}>
          <p class="amount">{amount}</p>
          <div>
            <p>{meaning}</p>
            <p class="note">
              {[range, multiple].filter((part) => part !== '').join('; ')}
              {range === '' && multiple === '' ? null : <br />}
              <a href={`#${anchor}`}>{question}</a>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

export function StakesSection({ view: { stakes } }: PageProps): JSX.Element | null {
  if (stakes.length === 0) return null;
  const folded = stakes.slice(shownStakes);
  return (
    <section id="stakes" aria-labelledby="stakes-head">
      <h2 id="stakes-head">Money at stake</h2>
      <p class="lead-in">
        {stakes.length === 1
          ? 'What the finding is about, in money.'
          : 'The largest amount first. Amounts of different findings overlap, so they are not added up.'}
      </p>
      <Stakes stakes={stakes.slice(0, shownStakes)} />
      {folded.length === 0 ? null : (
        <details>
          <summary>{folded.length === 1 ? 'One smaller amount' : `${folded.length} smaller amounts`}</summary>
          <Stakes stakes={folded} />
        </details>
      )}
    </section>
  );
}

export function OverviewSection({ view }: PageProps): JSX.Element {
  return (
    <section id="overview" aria-labelledby="overview-head">
      <h2 id="overview-head">Findings in order</h2>
      {view.findings.length === 0 ? <p>No question could be answered from these files.</p> : null}
      <Filters view={view} />
      <ol class="overview">
        {view.findings.map((finding) => (
          <li key={finding.anchor} data-status={finding.status} data-severity={finding.severity} data-theme={themeKey(finding.category)}>
            <StatusMark {...finding} />
            <div>
              <a href={`#${finding.anchor}`}>{finding.question}</a>
              <p>{finding.headline}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function CoverageSection({ view: { coverage, unanswered } }: PageProps): JSX.Element {
  return (
    <section id="coverage" aria-labelledby="coverage-head">
      <h2 id="coverage-head">What this report covers, and what it cannot see</h2>
      <Bullets items={coverage.sentences} />
      {unanswered.length === 0 ? null : (
        <p>
          <a href="#unanswered">The questions without an answer, and the columns that would answer them</a>
        </p>
      )}
    </section>
  );
}
