/**
 * Rules of the drawings alone; pictures outside the page need them, too. What most words of a drawing share, their size among
 * it, is said of the whole drawing and inherited, not said at each.
 */
export const chartStyle = `
.chart { margin: var(--s5) 0; max-width: 46rem; }
.chart figcaption { margin-bottom: var(--s4); }
.chart figcaption strong { display: block; font-size: 1.02rem; }
.chart figcaption span { color: var(--soft); font-size: .92rem; }
.chart .note { margin: var(--s2) 0 0; }
.drawing { display: block; width: 100%; height: auto; font-family: var(--sans); font-size: 12px; font-variant-numeric: lining-nums tabular-nums; fill: var(--ink); overflow: visible; }
.drawing.narrow { display: none; }
.drawing .tick, .drawing .axis-name, .drawing .axes { fill: var(--soft); }
.drawing .strong-text { font-weight: 600; }
.drawing .halo { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.drawing .grid { stroke: var(--faint); } .drawing .axis { stroke: var(--soft); } .drawing .leader { fill: none; stroke: var(--soft); stroke-width: .8; }
.drawing .reference { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 5 4; }
.band { fill: var(--band); } .curve { fill: none; } .curve.equal { stroke: var(--soft); stroke-dasharray: 1.5 4; stroke-linecap: round; }
.curve.expected { stroke: var(--expected); stroke-width: 1.6; stroke-dasharray: 7 4; } .curve.observed { stroke: var(--observed); stroke-width: 3; }
.person { stroke-width: 1.3; stroke: var(--accent); } .person.strong { fill: var(--accent); } .person.normal { fill: var(--tone-1); } .person.muted { fill: none; stroke: var(--silent); }
.tone { stroke: var(--rule); stroke-width: .5; }
.tone-0 { fill: var(--tone-0); } .tone-1 { fill: var(--tone-1); } .tone-2 { fill: var(--tone-2); } .tone-3 { fill: var(--tone-3); }
.tone-4 { fill: var(--tone-4); } .tone-5 { fill: var(--tone-5); } .tone-6 { fill: var(--tone-6); } .tone-7 { fill: var(--tone-7); }
.drawing .on-tone-0, .drawing .on-tone-2, .drawing .on-tone-4, .drawing .on-tone-6 { fill: var(--on-dark); }
.drawing .on-tone-1, .drawing .on-tone-3, .drawing .on-tone-5, .drawing .on-tone-7 { fill: var(--on-light); }
.mark { stroke: var(--paper); stroke-width: 1; } .whisker { fill: none; stroke-width: 1.6; } .break-even { stroke: var(--ink); stroke-width: 2.4; }
.many .whisker { stroke-width: .8; } .many .whisker.unproven, .many .whisker.other { opacity: .3; } .many .mark { stroke-width: .5; } .many .break-even { stroke-width: 1; opacity: .6; }
.mark.truewin { fill: var(--healthy); } .mark.quietwinner { fill: var(--info); } .mark.hollowwin, .mark.costly { fill: var(--problem); } .mark.miss { fill: var(--watch); } .mark.unproven, .mark.other { fill: var(--silent); }
.whisker.truewin { stroke: var(--healthy); } .whisker.quietwinner { stroke: var(--info); } .whisker.hollowwin, .whisker.costly { stroke: var(--problem); } .whisker.miss { stroke: var(--watch); } .whisker.unproven, .whisker.other { stroke: var(--silent); }
.line { fill: none; stroke-linejoin: round; } .line.strong { stroke: var(--observed); stroke-width: 2.6; } .line.normal { stroke: var(--expected); stroke-width: 1.8; stroke-dasharray: 7 4; } .line.muted { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 2 4; stroke-linecap: round; }
.line.normal.alike-1 { stroke-dasharray: 2 3; } .line.normal.alike-2 { stroke-dasharray: 14 4; } .line.normal.alike-3 { stroke-dasharray: 10 3 2 3; } .line.normal.alike-4 { stroke-dasharray: none; }
.line-band.strong { fill: var(--observed); } .line-band.normal { fill: var(--expected); } .line-band.muted { fill: var(--soft); } .line-band { opacity: .16; }
.line-interval { fill: none; stroke-width: 1.3; } .line-interval.strong, .point.strong { stroke: var(--observed); } .line-interval.normal, .point.normal { stroke: var(--expected); } .line-interval.muted, .point.muted { stroke: var(--soft); }
.point { fill: var(--paper); stroke-width: 2; } .point.strong { fill: var(--observed); } .counts { fill: var(--rule); }
.shade { stroke: var(--paper); stroke-width: 1.5; } .shade-0 { fill: var(--shade-0); } .shade-1 { fill: var(--shade-1); } .shade-2 { fill: var(--shade-2); } .shade-3 { fill: var(--shade-3); } .shade-4 { fill: var(--shade-4); } .shade-none { fill: none; stroke: var(--rule); stroke-width: 1; stroke-dasharray: 3 3; }
.drawing .on-shade-3, .drawing .on-shade-4 { fill: var(--paper); }
.range { fill: var(--accent); } .outer { fill: none; stroke: var(--accent); stroke-width: 1.5; } .estimate { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
@media (max-width: 36rem) { .drawing.wide { display: none; } .drawing.narrow { display: block; } }
`;
