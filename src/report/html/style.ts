/** The look of the report: one scale of spaces and sizes, one serif for headings, a small palette with a dark twin. */

import { chartStyle } from '../charts/chart-style.js';
import { printStyle } from './print-style.js';

const tokens = `
:root {
  color-scheme: light;
  --paper: #fdfcf9; --raised: #f5f2ea; --ink: #1b2430; --soft: #4f5a68; --rule: #d8d3c7; --faint: #e9e5db;
  --accent: #0d4f63; --problem: #9c2f1b; --watch: #7c5200; --healthy: #1d6648; --info: #2f5583; --silent: #5d6672;
  --observed: #0d4f63; --expected: #8a5a2b; --band: #e6d3b8;
  --tone-0: #1f4257; --tone-1: #bdd0da; --tone-2: #6b4a2c; --tone-3: #ecdcba; --tone-4: #2b6557; --tone-5: #c5ded5; --tone-6: #74384e; --tone-7: #eccfd8;
  --shade-0: #f0f3f1; --shade-1: #d3e2e6; --shade-2: #a5c6d0; --shade-3: #3f7789; --shade-4: #0d4f63;
  --on-dark: #ffffff; --on-light: #1b2430;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Sitka Text", Cambria, "Liberation Serif", Georgia, serif;
  --sans: "Avenir Next", Avenir, "Segoe UI", "Helvetica Neue", Helvetica, "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
  --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.5rem; --s6: 2.25rem; --s7: 3.5rem; --s8: 5rem;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --paper: #14181d; --raised: #1d232a; --ink: #e8e5dd; --soft: #aab2bc; --rule: #3a424c; --faint: #2a3038;
    --accent: #7cc0d4; --problem: #f09a83; --watch: #e5b75e; --healthy: #7fcfa6; --info: #9cc0ee; --silent: #a3acb7;
    --observed: #7cc0d4; --expected: #dbab74; --band: #4a3c2b;
    --tone-0: #2f6480; --tone-1: #a9bfca; --tone-2: #7d5936; --tone-3: #d9c7a0; --tone-4: #2f7263; --tone-5: #a9cbbf; --tone-6: #8a4660; --tone-7: #dbb8c3;
    --shade-0: #1d2a31; --shade-1: #24424e; --shade-2: #2f6173; --shade-3: #5aa0b5; --shade-4: #9fd6e6;
    --on-light: #14181d;
  }
}
`;

/** Values of the light page by name, e.g. `accent`. */
export const lightTokens: ReadonlyMap<string, string> = new Map(
  [...(tokens.split('@media')[0] ?? '').matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
);

const page = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: var(--s5); }
body { margin: 0; background: var(--paper); color: var(--ink); font: 400 1.0625rem/1.55 var(--sans); font-variant-numeric: lining-nums; }
h1, h2, h3, .opinion-title { font-family: var(--serif); font-weight: 600; line-height: 1.18; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(1.9rem, 1.4rem + 2.2vw, 3rem); letter-spacing: -.012em; max-width: 22ch; }
h1, h2, h3, h4, p, li, figcaption { overflow-wrap: anywhere; }
h2 { font-size: 1.75rem; margin-bottom: var(--s4); }
h3 { font-size: 1.4rem; }
h4 { font: 600 1rem/1.3 var(--sans); margin: var(--s5) 0 var(--s2); }
p { margin: 0 0 var(--s3); max-width: 68ch; text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
code, pre { font: .84rem/1.5 var(--mono); overflow-wrap: anywhere; }
pre { background: var(--raised); padding: var(--s4); white-space: pre-wrap; margin: var(--s3) 0; }
ul, ol { padding: 0; margin: 0; list-style: none; }
dl, dd { margin: 0; }
.bullets { list-style: disc; padding-left: 1.2em; margin-bottom: var(--s3); }
.bullets li { max-width: 66ch; margin-bottom: var(--s1); }
.skip { position: absolute; left: -999px; }
.skip:focus { left: var(--s4); top: var(--s4); background: var(--paper); padding: var(--s2) var(--s4); z-index: 2; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.logo { display: block; max-height: 3.5rem; max-width: 16rem; margin: 0 0 var(--s4); }
.eyebrow, .label { font: 600 .78rem/1.35 var(--sans); letter-spacing: .04em; color: var(--soft); margin: 0 0 var(--s2); }
.note, .lead-in { color: var(--soft); font-size: .92rem; }
.masthead, .layout, .colophon { padding-left: var(--s6); padding-right: var(--s6); }
.masthead > div, .layout, .colophon > p { max-width: 74rem; margin-left: auto; margin-right: auto; }
.layout { box-sizing: content-box; }
.masthead { border-top: 6px solid var(--accent); padding-top: var(--s6); padding-bottom: var(--s6); }
.masthead > div { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 25rem); gap: var(--s5) var(--s7); align-items: end; border-bottom: 1px solid var(--rule); padding-bottom: var(--s6); }
.layout { display: grid; grid-template-columns: 12rem minmax(0, 1fr); gap: var(--s7); align-items: start; }
.contents { position: sticky; top: var(--s5); font-size: .9rem; max-height: calc(100vh - 3rem); overflow-y: auto; }
.contents li { margin-bottom: var(--s2); line-height: 1.3; }
.contents a { color: var(--ink); text-decoration: none; }
.contents a:hover { text-decoration: underline; }
.contents ol ol { margin: var(--s2) 0 var(--s3); padding-left: var(--s3); border-left: 1px solid var(--rule); font-size: .84rem; }
.contents ol ol a { color: var(--soft); }
main > section { margin-bottom: var(--s7); }
.banner { border-left: 4px solid var(--watch); background: var(--raised); padding: var(--s3) var(--s4); margin: 0 0 var(--s4); }
.banner > :last-child { margin-bottom: 0; }
main > section > h2 { border-top: 2px solid var(--ink); padding-top: var(--s3); }
.colophon { border-top: 1px solid var(--rule); padding: var(--s5); font-size: .85rem; color: var(--soft); }
@media (max-width: 62rem) {
  .layout { display: block; }
  .masthead > div { grid-template-columns: minmax(0, 1fr); }
  .contents { position: static; max-height: none; margin-bottom: var(--s6); }
  .contents ol ol { display: none; }
  .contents > ol { columns: 2; column-gap: var(--s5); }
}
@media (max-width: 36rem) {
  body { font-size: 1rem; }
  .masthead, .layout, .colophon { padding-left: 1.25rem; padding-right: 1.25rem; }
  .masthead { padding-top: var(--s5); padding-bottom: var(--s5); }
  .masthead > div { padding-bottom: var(--s5); }
  h2 { font-size: 1.5rem; }
  h3 { font-size: 1.25rem; }
}
`;

const firstPage = `
.opinion-title { max-width: 36ch; }
main > section.opinion > h2 { font: 600 .78rem/1.35 var(--sans); letter-spacing: .04em; color: var(--soft); border: 0; padding: 0; margin-bottom: var(--s2); }
.opinion p { font-size: 1.125rem; }
.opinion .opinion-title { font-size: clamp(1.5rem, 1.25rem + 1vw, 2.05rem); margin-bottom: var(--s1); }
.opinion .opinion-title + p:not(.opinion-title) { margin-top: var(--s4); }
.opinion .note { font-size: .92rem; }
.scale { display: flex; justify-content: space-between; font: 600 .78rem/1.3 var(--sans); color: var(--soft); margin-bottom: var(--s2); }
.theme { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 27rem); gap: var(--s2) var(--s5); align-items: center; padding: var(--s3) 0; border-top: 1px solid var(--faint); }
.theme:last-child { border-bottom: 1px solid var(--faint); }
.theme p { margin: 0; font-size: .9rem; line-height: 1.4; color: var(--soft); }
.theme p.theme-name { font-weight: 600; color: var(--ink); font-size: 1rem; }
.scale-frame { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 27rem); gap: var(--s5); }
.scale-frame .scale { grid-column: 2; }
.strip { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); border: 1px solid var(--rule); border-radius: 3px; overflow: hidden; background: var(--paper); }
.strip span { padding: .42rem .2rem; text-align: center; font-size: .78rem; line-height: 1.2; color: var(--soft); border-left: 1px solid var(--rule); }
.strip span:first-child { border-left: 0; }
.strip .spread { background: var(--faint); color: var(--ink); }
.strip .here { background: var(--accent); color: var(--paper); font-weight: 700; }
.strip.unmeasured { border-style: dashed; grid-template-columns: 1fr; }
.stakes li, .actions li { padding: var(--s3) 0; border-top: 1px solid var(--faint); }
.stakes li { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: var(--s1) var(--s4); }
.stakes .amount { font: 600 1.3rem/1.25 var(--serif); margin: 0; font-variant-numeric: lining-nums tabular-nums; }
.stakes p, .actions p { margin-bottom: var(--s1); }
.stakes div > p:first-child::first-letter { text-transform: uppercase; }
.actions { counter-reset: action; }
.actions li { counter-increment: action; display: grid; grid-template-columns: 2.2rem minmax(0, 1fr); }
.actions li::before { content: counter(action); font: 600 1.5rem/1.1 var(--serif); color: var(--accent); }
.overview li { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: var(--s1) var(--s4); padding: var(--s3) 0; border-top: 1px solid var(--faint); }
.overview li:last-child { border-bottom: 1px solid var(--faint); }
.overview a { font-weight: 600; color: var(--ink); }
.overview p { margin: var(--s1) 0 0; font-size: .95rem; color: var(--soft); }
.status { display: inline-flex; align-items: baseline; gap: .4rem; font: 600 .86rem/1.35 var(--sans); }
.status svg { width: .78rem; height: .78rem; flex: none; transform: translateY(.08rem); }
.status.problem { color: var(--problem); } .status.watch { color: var(--watch); } .status.healthy { color: var(--healthy); }
.status.informative { color: var(--info); } .status.notEnoughData, .status.notApplicable, .status.error { color: var(--silent); }
.severity { display: block; font-size: .82rem; color: var(--soft); padding-left: 1.18rem; }
@media (max-width: 48rem) {
  .theme, .scale-frame { grid-template-columns: minmax(0, 1fr); }
  .scale-frame .scale { grid-column: 1; }
  .overview li { grid-template-columns: minmax(0, 1fr); }
  .severity { display: inline; padding-left: var(--s2); }
  .stakes li { grid-template-columns: minmax(0, 1fr); }
}
`;

const mostColumns = 30;

/** Cells of the columns that a table’s classes call numbers, `n2` the second: said once a table instead of once a cell. */
const numberCells = Array.from({ length: mostColumns }, (_, index) => `.n${index + 1} tr>:nth-child(${index + 1})`).join();

const findingPage = `
.finding { padding: var(--s6) 0 var(--s5); border-top: 1px solid var(--rule); }
.finding:first-of-type { border-top: 0; padding-top: var(--s3); }
.finding-head { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s5); align-items: baseline; margin-bottom: var(--s2); }
.finding-head .verdict { display: flex; align-items: baseline; gap: var(--s2); }
.finding-head .severity { padding: 0; }
#unanswered h3 { margin: var(--s5) 0 var(--s2); font-size: 1.15rem; }
.unanswered > li { padding: var(--s2) 0; border-top: 1px solid var(--faint); }
.unanswered > li > p { margin: 0; }
.finding > h3 + p { margin-top: var(--s2); }
.finding > .why { color: var(--soft); margin: var(--s2) 0 var(--s4); }
.statements { display: grid; gap: var(--s3); margin: var(--s4) 0; }
.statements > div { display: grid; grid-template-columns: 10rem minmax(0, 1fr); gap: var(--s1) var(--s4); }
.statements dt { font: 600 .86rem/1.8 var(--sans); color: var(--soft); }
.statements dd { max-width: 62ch; overflow-wrap: anywhere; }
.statements .headline { font: 400 1.24rem/1.42 var(--serif); margin-bottom: var(--s2); }
.statements dd > p { margin-bottom: var(--s2); }
.statements dd > p:last-child { margin-bottom: 0; }
.statements dd > .also { margin: var(--s1) 0; }
.statements dd > .bullets { margin-bottom: var(--s1); }
.statements dd > .bullets li { margin: 0; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--s1) var(--s4); font-size: .92rem; margin: var(--s3) 0; }
.facts dt { color: var(--soft); }
.facts dd { overflow-wrap: anywhere; }
.masthead .facts { margin: 0; font-size: .86rem; }
.scroll { overflow-x: auto; margin: var(--s4) 0 var(--s2); }
@media screen { .scroll.wide { --edge: color-mix(in srgb, var(--ink) 22%, transparent); background: linear-gradient(to right, var(--paper) 40%, transparent) 0 0 / 2.5rem 100% local, linear-gradient(to left, var(--paper) 40%, transparent) 100% 0 / 2.5rem 100% local, linear-gradient(to right, var(--edge), transparent) 0 0 / .7rem 100% scroll, linear-gradient(to left, var(--edge), transparent) 100% 0 / .7rem 100% scroll; background-repeat: no-repeat; } }
table { border-collapse: collapse; width: 100%; font-size: .88rem; line-height: 1.4; font-variant-numeric: lining-nums tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: var(--s2); position: sticky; left: 0; max-width: calc(100vw - 2.5rem); }
th, td { text-align: left; vertical-align: top; padding: .42rem var(--s4) .42rem 0; border-bottom: 1px solid var(--faint); font-weight: 400; overflow-wrap: break-word; min-width: 4.5rem; max-width: 34rem; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 600; color: var(--soft); font-size: .82rem; line-height: 1.3; vertical-align: bottom; border-bottom: 1px solid var(--ink); }
thead th span { display: block; font-weight: 400; }
${numberCells} { text-align: right; white-space: var(--number-space, nowrap); overflow-wrap: normal; }
thead { --number-space: normal; }
@media screen { .away { display: none; } }
button, select { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--rule); border-radius: 3px; padding: .2rem .6rem; cursor: pointer; }
button:hover { border-color: var(--accent); }
.filters { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s5); align-items: center; font-size: .88rem; padding: var(--s3) 0 var(--s4); }
.filters fieldset { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s4); border: 0; padding: 0; margin: 0; align-items: center; }
.filters legend { float: left; padding: 0; margin-right: var(--s3); font-weight: 600; }
.filters[hidden] { display: none; }
.filters input { accent-color: var(--accent); }
.filters output { color: var(--soft); }
th button { all: unset; cursor: pointer; display: block; width: 100%; }
th button:hover { color: var(--accent); }
th button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
th[aria-sort=ascending] button::after { content: " \\2191"; } th[aria-sort=descending] button::after { content: " \\2193"; }
.chart-tools { margin: var(--s2) 0 0; font-size: .82rem; display: flex; gap: var(--s2); }
.chart-tools button { font-size: .82rem; color: var(--soft); padding: .1rem .5rem; }
.challenge { padding: var(--s4) 0; border-top: 1px solid var(--rule); }
.challenge .verdict { display: flex; align-items: baseline; gap: var(--s2); }
.challenge .severity { padding: 0; }
.challenge h3 { margin: var(--s1) 0 var(--s2); font-size: 1.15rem; }
.challenge h3 a { color: var(--ink); }
.challenge ol { padding-left: 1.4rem; list-style: decimal; }
.challenge li { margin: var(--s3) 0; max-width: 68ch; break-inside: avoid; }
.challenge li p { margin: 0 0 var(--s1); }
.challenge .rival { font-weight: 600; }
.challenge .label { display: inline; margin-right: .35rem; }
details { border-top: 1px solid var(--faint); margin: 0; }
details:last-of-type { border-bottom: 1px solid var(--faint); }
summary { cursor: pointer; padding: var(--s2) 0; font-weight: 600; font-size: .94rem; }
summary:hover { color: var(--accent); }
details > :last-child { margin-bottom: var(--s4); }
details > summary + .scroll { margin-top: 0; }
details > summary + .scroll caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 36rem) {
  .strip span { font-size: .7rem; padding-left: 0; padding-right: 0; }
  .statements > div { grid-template-columns: minmax(0, 1fr); }
  .statements dt { line-height: 1.4; }
  th, td { padding-right: var(--s3); }
  th, td { min-width: 3rem; }
  tbody th[scope=row], tbody td:not(.number) { min-width: 7rem; }
  tbody { --number-space: normal; }
}
`;

export const style = [tokens, page, firstPage, findingPage, chartStyle, printStyle].join('');
