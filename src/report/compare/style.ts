/** What only a comparison needs of style, after the house’s own rules. */
export const compareStyle = `
.direction { display: inline-flex; align-items: baseline; gap: .4rem; font: 600 .86rem/1.35 var(--sans); }
.direction svg { width: .82rem; height: .82rem; flex: none; transform: translateY(.1rem); }
.direction.worse { color: var(--problem); } .direction.better { color: var(--healthy); } .direction.newlyMeasurable { color: var(--info); }
.direction.notComparable, .direction.noLongerMeasurable, .direction.same { color: var(--silent); }
#short .overview + p { margin-top: var(--s4); }
#short .overview p:first-child { margin-top: 0; }
#verdicts h3 { margin: var(--s5) 0 var(--s2); } #verdicts h3 .direction { font-size: 1.1rem; }
#verdicts .overview + details { margin-top: var(--s5); }
#still td:nth-child(2) { min-width: 13rem; } #still tbody { --number-space: normal; }
.ends { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--s4) var(--s6); }
.ends .opinion-title { font-size: 1.35rem; margin-bottom: var(--s1); }
.verdicts li { grid-template-columns: 11rem minmax(0, 1fr); }
.banner .facts dt { font-weight: 600; }
.verdicts .end { display: grid; grid-template-columns: 3.6rem minmax(0, 1fr); align-items: baseline; margin-bottom: var(--s1); }
.verdicts .end > span:first-child { font-size: .82rem; line-height: 1.6; color: var(--soft); }
.verdicts strong { font-weight: 600; }
.theme .pair { display: grid; grid-template-columns: 3.6rem minmax(0, 1fr); gap: var(--s1) 0; align-items: center; font-size: .82rem; color: var(--soft); }
.scale-frame .scale.paired { padding-left: 3.6rem; }
.moved { padding: var(--s4) 0 var(--s3); border-top: 1px solid var(--rule); }
.moved h3 { font-size: 1.15rem; margin-bottom: var(--s1); }
.moved .chart { margin: var(--s4) 0 var(--s2); }
.was path { fill: none; stroke: var(--expected); stroke-width: 1.6; } .was circle { fill: var(--paper); stroke: var(--expected); stroke-width: 2; }
.shift path { fill: none; stroke: var(--ink); stroke-width: 1.4; } .shift .shaft { stroke-width: 4; stroke: var(--soft); opacity: .45; } .shift circle { fill: var(--ink); }
@media (max-width: 48rem) {
  .ends, .verdicts li { grid-template-columns: minmax(0, 1fr); }
  .verdicts .pair-of-ends { display: flex; flex-wrap: wrap; gap: 0 var(--s5); }
  .scale-frame .scale.paired { padding-left: 3.6rem; }
}
@media print { .moved, .verdicts li { break-inside: avoid; } }
`;
