/** The report as one HTML file that asks nothing of the network and runs nothing but its own script. */
import { createHash } from 'node:crypto';
import type { JSX } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Result } from '../../result/schema.js';
import { type Format, formatFor } from '../format.js';
import { inertHtml } from '../inert.js';
import { present } from '../present.js';
import type { ReportView } from '../view.js';
import { InputsSection, MethodSection, QualitySection, UnlocksSection } from './appendix.js';
import { FindingArticle, UnansweredArticle } from './finding.js';
import { ActionsSection, CoverageSection, OpinionSection, OverviewSection, ProfileSection, StakesSection } from './first-page.js';
import { Facts } from './parts.js';
import { script } from './script.js';
import { style } from './style.js';

interface PageProps {
  readonly view: ReportView;
}

function Contents({ view }: PageProps): JSX.Element {
  const entries: readonly (readonly [string, string, boolean])[] = [
    ['opinion', 'Opinion', true],
    ['profile', 'Profile', true],
    ['actions', 'What to do first', view.actions.length > 0],
    ['stakes', 'Money at stake', view.stakes.length > 0],
    ['overview', 'Findings in order', true],
    ['coverage', 'Coverage', true],
    ['findings', 'Findings in full', view.findings.length > 0],
    ['unanswered', 'Without an answer', view.unanswered.length > 0],
    ['unlocks', 'What more data would tell', view.unlocks.length > 0],
    ['quality', 'Quality of the data', true],
    ['inputs', 'Files and totals', true],
    ['method', 'Method', true],
  ];
  return (
    <nav class="contents" aria-label="Contents">
      <ol>
        {entries
          .filter(([, , isShown]) => isShown)
          .map(([id, label]) => (
            <li key={id}>
              <a href={`#${id}`}>{label}</a>
              {id === 'findings' ? <FindingLinks view={view} /> : null}
            </li>
          ))}
      </ol>
    </nav>
  );
}

function FindingLinks({ view }: PageProps): JSX.Element {
  return (
    <ol>
      {view.findings.map(({ anchor, name }) => (
        <li key={anchor}>
          <a href={`#${anchor}`}>{name}</a>
        </li>
      ))}
    </ol>
  );
}

function Main({ view, format }: PageProps & { readonly format: Format }): JSX.Element {
  return (
    <main id="main">
      <OpinionSection view={view} />
      <ProfileSection view={view} />
      <ActionsSection view={view} />
      <StakesSection view={view} />
      <OverviewSection view={view} />
      <CoverageSection view={view} />
      {view.findings.length === 0 ? null : (
        <section class="findings" id="findings" aria-labelledby="findings-head">
          <h2 id="findings-head">Findings in full</h2>
          {view.findings.map((finding) => (
            <FindingArticle key={finding.anchor} finding={finding} format={format} />
          ))}
        </section>
      )}
      {view.unanswered.length === 0 ? null : (
        <section id="unanswered" aria-labelledby="unanswered-head">
          <h2 id="unanswered-head">Questions without an answer</h2>
          {view.unanswered.map((finding) => (
            <UnansweredArticle key={finding.anchor} finding={finding} format={format} />
          ))}
        </section>
      )}
      <UnlocksSection view={view} />
      <QualitySection view={view} />
      <InputsSection view={view} />
      <MethodSection view={view} />
    </main>
  );
}

function Body({ view, format }: PageProps & { readonly format: Format }): JSX.Element {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the report
      </a>
      <header class="masthead">
        <div>
          <div>
            <p class="eyebrow">Loyalty programme review</p>
            <h1>{view.question}</h1>
          </div>
          <Facts facts={view.subject} />
        </div>
      </header>
      <div class="layout">
        <Contents view={view} />
        <Main view={view} format={format} />
      </div>
      <footer class="colophon">
        <p>{view.tool}</p>
      </footer>
    </>
  );
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** Nothing may load, nothing may be sent, and only this very script and this very style count. */
function contentPolicy(): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
    'font-src data:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    "frame-src 'none'",
  ].join('; ');
}

/**
 * @returns a whole document; the same result gives the same bytes.
 * @throws Error when a sentence has a placeholder that nothing answers.
 */
export function renderHtml(result: Result): string {
  const view = present(result);
  const body = inertHtml(renderToStaticMarkup(<Body view={view} format={formatFor(result.currency)} />));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Loyalty programme review</title>
<style>${style}</style>
</head>
<body>
${body}
<script>${script}</script>
</body>
</html>
`;
}
