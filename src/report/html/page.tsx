/** The report as one HTML file that asks nothing of the network and runs nothing but its own script. */
import { createHash } from 'node:crypto';
import type { JSX } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Result } from '../../result/schema.js';
import { type Branding, plainBranding } from '../branding.js';
import { onDarkPage } from '../colour.js';
import type { Format } from '../format.js';
import { inertHtml } from '../inert.js';
import { formatOf, present } from '../present.js';
import type { ReportView } from '../view.js';
import { InputsSection, MethodSection, QualitySection, UnlocksSection } from './appendix.js';
import { ExhibitsSection } from './exhibits.js';
import { FindingArticle, UnansweredArticle } from './finding.js';
import { ActionsSection, CoverageSection, OpinionSection, OverviewSection, ProfileSection, StakesSection } from './first-page.js';
import { Facts } from './parts.js';
import { ScepticSection } from './sceptic.js';
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
    ['exhibits', 'Success, value, silence', view.exhibits.length > 0],
    ['coverage', 'Coverage', true],
    ['findings', 'Findings in full', view.findings.length > 0],
    ['unanswered', 'Without an answer', view.unanswered.length > 0],
    ['sceptic', 'For the sceptic', view.challenged.length > 0],
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
    <main id="main" data-decimal={format.plain(0.5, 1).charAt(1)}>
      <OpinionSection view={view} />
      <ProfileSection view={view} />
      <ActionsSection view={view} />
      <StakesSection view={view} />
      <OverviewSection view={view} />
      <ExhibitsSection view={view} format={format} />
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
      <ScepticSection view={view} />
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
            {view.logo === null ? null : <img class="logo" src={view.logo} alt="" />}
            <p class="eyebrow">{view.title}</p>
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

/** The house’s style, with the consultant’s colour and running title. Both are checked or escaped: nothing else gets into a style. */
function brandedStyle({ accent, title }: Branding): string {
  const colour =
    accent === null ? '' : `:root { --accent: ${accent}; } @media screen and (prefers-color-scheme: dark) { :root { --accent: ${onDarkPage(accent)}; } }\n`;
  const running = `@page { @bottom-left { content: "${title.replace(/[^A-Za-z0-9 ]/gu, (mark) => `\\${mark.codePointAt(0)?.toString(16) ?? ''} `)}"; } }\n`;
  return `${style}${colour}${running}`;
}

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** Nothing may load, nothing may be sent, and only this very script and this very style count. */
function contentPolicy(look: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(look)}`,
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
export function renderHtml(result: Result, branding: Branding = plainBranding): string {
  const view = present(result, branding);
  const body = inertHtml(renderToStaticMarkup(<Body view={view} format={formatOf(result, branding)} />));
  const look = brandedStyle(branding);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(look)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${inertHtml(escapeText(view.title))}</title>
<style>${look}</style>
</head>
<body>
${body}
<script>${script}</script>
</body>
</html>
`;
}
