/** One HTML file that asks nothing of the network and runs nothing but the house’s own script. */
import { createHash } from 'node:crypto';
import type { ComponentChildren, JSX } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Branding } from '../branding.js';
import { onDarkPage } from '../colour.js';
import { inertHtml } from '../inert.js';
import type { StatementView } from '../view.js';
import { leanHtml } from './lean.js';
import { Facts } from './parts.js';
import { script } from './script.js';
import { style } from './style.js';

export interface FrameProps {
  /** What kind of document it is, whose it is, and what it speaks of. */
  readonly head: {
    readonly title: string;
    readonly logo: string | null;
    readonly question: string;
    readonly subject: readonly StatementView[];
    readonly tool: string;
  };
  readonly contents: JSX.Element;
  readonly children: ComponentChildren;
}

export interface ContentsEntry {
  readonly id: string;
  readonly label: string;
  /** Left out where the page has no such section. */
  readonly isShown: boolean;
  readonly below?: JSX.Element;
}

export function Contents({ entries }: { readonly entries: readonly ContentsEntry[] }): JSX.Element {
  return (
    <nav class="contents" aria-label="Contents">
      <ol>
        {entries
          .filter(({ isShown }) => isShown)
          .map(({ id, label, below }) => (
            <li key={id}>
              <a href={`#${id}`}>{label}</a>
              {below}
            </li>
          ))}
      </ol>
    </nav>
  );
}

/** Head, table of contents and foot, the same on every page of the house; the children are its `main`, whose id is `main`. */
export function Frame({ head, contents, children }: FrameProps): JSX.Element {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the report
      </a>
      <header class="masthead">
        <div>
          <div>
            {head.logo === null ? null : <img class="logo" src={head.logo} alt="" />}
            <p class="eyebrow">{head.title}</p>
            <h1>{head.question}</h1>
          </div>
          <Facts facts={head.subject} />
        </div>
      </header>
      <div class="layout">
        {contents}
        {children}
      </div>
      <footer class="colophon">
        <p>{head.tool}</p>
      </footer>
    </>
  );
}

/** The house’s style, with the consultant’s colour and running title. Both are checked or escaped: nothing else gets into a style. */
function brandedStyle({ accent, title }: Branding, more: string): string {
  const colour =
    accent === null ? '' : `:root { --accent: ${accent}; } @media screen and (prefers-color-scheme: dark) { :root { --accent: ${onDarkPage(accent)}; } }\n`;
  const running = `@page { @top-left { content: "${title.replace(/[^A-Za-z0-9 ]/gu, (mark) => `\\${mark.codePointAt(0)?.toString(16) ?? ''} `)}"; } }\n`;
  return `${style}${more}${colour}${running}`;
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

export interface DocumentParts {
  readonly title: string;
  readonly body: JSX.Element;
  readonly branding: Branding;
  /** Rules that only this kind of page needs; never anything from data. */
  readonly moreStyle?: string;
}

/** @returns a whole document; the same parts give the same bytes. */
export function htmlDocument({ title, body, branding, moreStyle = '' }: DocumentParts): string {
  const look = brandedStyle(branding, moreStyle);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(look)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${inertHtml(escapeText(title))}</title>
<style>${look}</style>
</head>
<body>
${leanHtml(inertHtml(renderToStaticMarkup(body)))}
<script>${script}</script>
</body>
</html>
`;
}
