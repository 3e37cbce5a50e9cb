/** A comparison as one HTML file, in the house’s look and under its policy: no request, no script but its own. */
import type { JSX } from 'preact';
import { type Branding, plainBranding } from '../branding.js';
import { Contents, type ContentsEntry, Frame, htmlDocument } from '../html/document.js';
import { Strip } from '../html/first-page.js';
import { Bullets, DataTable, Facts } from '../html/parts.js';
import { formatOf } from '../present.js';
import type { TableView } from '../view.js';
import type { Comparison } from './compare.js';
import { MovementChart } from './movement-chart.js';
import { DirectionMark, Ends } from './parts.js';
import { presentComparison } from './present-comparison.js';
import { compareStyle } from './style.js';
import type { ComparisonView, DirectionView, ThemeChangeView } from './view.js';

interface PageProps {
  readonly view: ComparisonView;
}

function entriesOf(view: ComparisonView): ContentsEntry[] {
  return [
    { id: 'banner', label: 'Read this first', isShown: true },
    { id: 'short', label: 'In short', isShown: true },
    { id: 'opinion', label: 'Opinion', isShown: true },
    { id: 'profile', label: 'Profile', isShown: view.themes.length > 0 },
    { id: 'verdicts', label: 'Verdicts', isShown: true },
    { id: 'moved', label: 'Figures that moved', isShown: view.moved.length > 0 },
    { id: 'still', label: 'Figures that chance may have moved', isShown: view.still !== null },
    { id: 'evidence', label: 'Evidence', isShown: view.grades !== null },
    { id: 'sides', label: 'The two results', isShown: true },
  ];
}

function BannerSection({ view: { banner, general } }: PageProps): JSX.Element {
  return (
    <section id="banner" aria-labelledby="banner-head">
      <h2 id="banner-head">Read this first</h2>
      {banner.length === 0 ? (
        <p>The two reports were made alike: by the same program, with the same thresholds, in the same money, on windows of like length that share no day.</p>
      ) : (
        <div class="banner">
          <p>
            <strong>Not everything that differs below is a change of the programme.</strong>
          </p>
          <Facts facts={banner} />
        </div>
      )}
      <p class="note">{general}</p>
    </section>
  );
}

function ShortSection({ view }: PageProps): JSX.Element {
  return (
    <section id="short" aria-labelledby="short-head">
      <h2 id="short-head">In short</h2>
      <ul class="overview">
        {view.directions.map(({ direction, label, meaning, changes }) => (
          <li key={direction}>
            <DirectionMark direction={direction} label={`${label}: ${changes.length}`} />
            <div>
              <p>{meaning}</p>
              {direction === 'same' ? null : <Names names={changes.map(({ name, anchor }) => ({ name, anchor }))} />}
            </div>
          </li>
        ))}
      </ul>
      <p>{view.figures}</p>
    </section>
  );
}

function Names({ names }: { readonly names: readonly { readonly name: string; readonly anchor: string }[] }): JSX.Element {
  return (
    <p>
      {names.map(({ name, anchor }, index) => (
        <>
          {index === 0 ? null : ', '}
          <a href={`#${anchor}`}>{name}</a>
        </>
      ))}
    </p>
  );
}

function OpinionSection({ view: { opinion } }: PageProps): JSX.Element {
  return (
    <section id="opinion" aria-labelledby="opinion-head">
      <h2 id="opinion-head">Opinion</h2>
      <div class="ends">
        {(['before', 'after'] as const).map((end) => (
          <div key={end}>
            <p class="label">
              {end === 'before' ? 'Before' : 'After'}: {opinion[end].kind.toLowerCase()}
            </p>
            {opinion[end].titles.map((title) => (
              <p key={title} class="opinion-title">
                {title}
              </p>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}

function ThemeItem({ theme: { label, direction, directionLabel, before, after } }: { readonly theme: ThemeChangeView }): JSX.Element {
  return (
    <li class="theme">
      <div>
        <p class="theme-name">{label}</p>
        <p>
          <DirectionMark direction={direction} label={directionLabel} />
        </p>
        <p class="unseen">
          Before: {before.reading} After: {after.reading}
        </p>
      </div>
      <div class="pair" aria-hidden="true">
        <span>before</span>
        <Strip theme={before} />
        <span>after</span>
        <Strip theme={after} />
      </div>
    </li>
  );
}

function ProfileSection({ view: { themes } }: PageProps): JSX.Element | null {
  if (themes.length === 0) return null;
  return (
    <section id="profile" aria-labelledby="profile-head">
      <h2 id="profile-head">From marketing focus to customer focus</h2>
      <p class="lead-in">Dark marks the level, tint how far the findings within the theme lie apart. A level can change because a question got an answer.</p>
      <div class="scale-frame" aria-hidden="true">
        <div class="scale paired">
          <span>← Marketing focus</span>
          <span>Customer focus →</span>
        </div>
      </div>
      <ul>
        {themes.map((theme) => (
          <ThemeItem key={theme.label} theme={theme} />
        ))}
      </ul>
    </section>
  );
}

/** Findings that stayed as they were need a table and no page. */
function unchangedTable({ changes }: DirectionView): TableView {
  return {
    caption: 'Findings with the same verdict as before',
    columns: ['Finding', 'Verdict'].map((label) => ({ label, unit: '', isNumeric: false })),
    rows: changes.map(({ question, afterText }) => [question, afterText]),
    note: null,
  };
}

function DirectionPart({ part }: { readonly part: DirectionView }): JSX.Element {
  const { direction, label, changes } = part;
  if (direction === 'same') {
    return (
      <details>
        <summary>
          {label}: {changes.length}
        </summary>
        <DataTable table={unchangedTable(part)} id="unchanged-table" />
      </details>
    );
  }
  return (
    <>
      <h3>
        <DirectionMark direction={direction} label={`${label}: ${changes.length}`} />
      </h3>
      <ul class="overview verdicts">
        {changes.map((change) => (
          <li key={change.anchor} id={change.anchor}>
            <Ends change={change} />
            <div>
              <strong>{change.question}</strong>
              <p>{change.headline}</p>
              {change.money === '' ? null : <p>{change.money}</p>}
              {change.backing === '' ? null : <p>{change.figures === null ? change.backing : <a href={`#${change.figures}`}>{change.backing}</a>}</p>}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function VerdictsSection({ view: { directions } }: PageProps): JSX.Element {
  return (
    <section id="verdicts" aria-labelledby="verdicts-head">
      <h2 id="verdicts-head">Verdicts</h2>
      {directions.map((part) => (
        <DirectionPart key={part.direction} part={part} />
      ))}
    </section>
  );
}

function MovedSection({ view: { moved, figures } }: PageProps): JSX.Element | null {
  if (moved.length === 0) return null;
  return (
    <section id="moved" aria-labelledby="moved-head">
      <h2 id="moved-head">Figures that moved beyond chance</h2>
      <p>{figures}</p>
      <p class="lead-in">
        Each figure has its own scale: its interval before, its interval after, and the interval of the change, laid off from the value before. The dashed line
        is no change. Changes are reckoned before anything is rounded.
      </p>
      {moved.map(({ anchor, question, verdict, figures: own }) => (
        <article key={anchor} class="moved" id={anchor} aria-labelledby={`${anchor}-title`}>
          <h3 id={`${anchor}-title`}>{question}</h3>
          <p class="note">{verdict}</p>
          <MovementChart figures={own} id={anchor} />
        </article>
      ))}
    </section>
  );
}

function StillSection({ view: { still, skipped } }: PageProps): JSX.Element | null {
  if (still === null && skipped.length === 0) return null;
  return (
    <section id="still" aria-labelledby="still-head">
      <h2 id="still-head">Figures that chance may have moved</h2>
      {still === null ? null : (
        <details>
          <summary>
            {still.rows.length} {still.rows.length === 1 ? 'figure' : 'figures'} whose change lies within what chance explains
          </summary>
          <DataTable table={still} id="still-table" />
        </details>
      )}
      {skipped.length === 0 ? null : <p class="lead-in">Not compared, though they have intervals:</p>}
      <Bullets items={skipped} />
    </section>
  );
}

function Body({ view, decimal }: PageProps & { readonly decimal: string }): JSX.Element {
  return (
    <Frame head={view} contents={<Contents entries={entriesOf(view)} />}>
      <main id="main" data-decimal={decimal}>
        <BannerSection view={view} />
        <ShortSection view={view} />
        <OpinionSection view={view} />
        <ProfileSection view={view} />
        <VerdictsSection view={view} />
        <MovedSection view={view} />
        <StillSection view={view} />
        {view.grades === null ? null : (
          <section id="evidence" aria-labelledby="evidence-head">
            <h2 id="evidence-head">Evidence</h2>
            <DataTable table={view.grades} id="grades-table" />
          </section>
        )}
        <section id="sides" aria-labelledby="sides-head">
          <h2 id="sides-head">The two results</h2>
          <DataTable table={view.sides} id="sides-table" />
        </section>
      </main>
    </Frame>
  );
}

/**
 * @returns a whole document; the same two results give the same bytes.
 * @throws Error when a sentence of either result has a placeholder that nothing answers.
 */
export function renderComparisonHtml(comparison: Comparison, branding: Branding = plainBranding): string {
  const view = presentComparison(comparison, branding);
  const decimal = formatOf(comparison.after, branding).plain(0.5, 1).charAt(1);
  return htmlDocument({ title: `${view.title}: ${view.question}`, body: <Body view={view} decimal={decimal} />, branding, moreStyle: compareStyle });
}
