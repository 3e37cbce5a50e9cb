/** The page on paper: a running title and page numbers, heads of tables repeated, and nothing hidden behind a click. */
export const printStyle = `
@page {
  size: A4; margin: 19mm 16mm 16mm;
  @top-left { content: "Loyalty programme review"; font: 8pt sans-serif; color: #4f5a68; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #4f5a68; }
}
@page :first { @top-left { content: none; } }
@media print {
  :root { font-size: 8.5pt; }
  body { background: none; }
  /* The levels of a finding stand in the table of all levels, and the SQL in its files. */
  .contents, .skip, .filters, .chart-tools, .queries, .levels { display: none; }
  .masthead, .layout, .colophon { padding-left: 0; padding-right: 0; }
  .masthead { padding-top: var(--s4); padding-bottom: var(--s4); }
  .layout { display: block; }
  .finding { padding: var(--s5) 0 var(--s4); }
  main > section { margin-bottom: var(--s6); }
  .findings { break-before: page; }
  h2, h3, h4, caption, summary, .finding-head, .why, figcaption { break-after: avoid; }
  figure, tr, .theme, .overview li, .stakes li, .actions li { break-inside: avoid; }
  thead { display: table-header-group; }
  thead, tbody { --number-space: normal; }
  p, dd, li { orphans: 3; widows: 3; }
  .scroll { overflow: visible; background: none; }
  p, .bullets li, .challenge li, .statements dd { max-width: 100ch; }
  th, td { min-width: 0; padding: .28rem .6rem .28rem 0; overflow-wrap: break-word; hyphens: auto; }
  table:has(th:nth-child(9)) :is(th, td) { overflow-wrap: anywhere; font-size: .74rem; }
  summary { list-style: none; padding-bottom: 0; }
  summary::-webkit-details-marker { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .chart { max-width: 150mm; }
  .drawing.wide { display: block; } .drawing.narrow { display: none; }
  a { color: inherit; text-decoration: none; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;
