/**
 * The layout of the PDF, in Typst. It reads everything that it prints from `/view.json`: a text from the data is a string there and is
 * set as it stands, so that nothing in it can be markup, a command or a path.
 */

/** Colours, types and the pieces that the pages are made of. */
const pieces = `
#let view = json("/view.json")
#let accent = rgb(view.accent)
#let ink = rgb("#1b2430")
#let soft = rgb("#4f5a68")
#let rule = rgb("#d8d3c7")
#let faint = rgb("#e9e5db")
#let raised = rgb("#f5f2ea")
#let tones = (problem: rgb("#9c2f1b"), watch: rgb("#7c5200"), healthy: rgb("#1d6648"), informative: rgb("#2f5583"), notEnoughData: rgb("#5d6672"), notApplicable: rgb("#5d6672"), error: rgb("#5d6672"))
#let marks = (problem: "▲", watch: "◆", healthy: "●", informative: "■", notEnoughData: "–", notApplicable: "–", error: "×")
#let serif = "Libertinus Serif"
#let gutter = 6mm
#let column = 87mm

#set document(title: view.title, author: view.authors, date: none)
#set text(font: ("Source Sans 3", serif, "DejaVu Sans Mono"), size: 8.4pt, lang: "en", region: "GB", fill: ink, number-type: "lining")
#set par(leading: 0.5em, spacing: 0.68em)
#set page(
  paper: "a4",
  margin: (x: 15mm, top: 17mm, bottom: 15mm),
  header: context if counter(page).get().first() > 1 { text(7.6pt, fill: soft)[#view.title #h(1fr) #view.client] },
  footer: context text(7.6pt, fill: soft)[#view.tool #h(1fr) #counter(page).display("1 / 1", both: true)],
)
#show heading: set text(font: serif, weight: "semibold", hyphenate: false)
#show heading.where(level: 1): it => block(above: 8mm, below: 3.5mm, width: 100%, stroke: (top: 1.2pt + ink), inset: (top: 2.6mm), sticky: true, text(16pt, it.body))
#show heading.where(level: 2): it => block(above: 2.4mm, below: 2mm, sticky: true, text(12.5pt, it.body))
#show heading.where(level: 3): it => block(above: 3.4mm, below: 1.4mm, sticky: true, text(8.4pt, font: "Source Sans 3", weight: "semibold", it.body))
#set list(marker: text(fill: soft)[•], spacing: 0.5em, body-indent: 0.4em)
#set enum(spacing: 0.8em)
#show figure: set block(breakable: false)

#let name(body) = text(7.8pt, weight: "semibold", fill: soft, body)
#let note(body) = text(8pt, fill: soft, body)
#let status(item) = text(fill: tones.at(item.status), weight: "semibold")[#box(baseline: -0.5pt, text(7pt, font: "DejaVu Sans Mono", marks.at(item.status))) #item.statusLabel] + if item.severityLabel != "" { text(fill: soft)[ #item.severityLabel severity] }
#let bullets(items) = if items.len() > 0 { list(..items) }
#let pairs(items, width: 26mm) = if items.len() > 0 {
  grid(columns: (width, 1fr), row-gutter: 1.6mm, column-gutter: 3mm, ..items.map(((label: title, text: body)) => (text(fill: soft, title), body)).flatten())
}
// Starts a new page when less room than this is left.
#let need(room) = { block(breakable: false, above: 0pt, below: 0pt, height: room); v(-room) }
#let page-of(anchor) = context {
  let place = query(label(anchor)).first().location()
  link(place, str(counter(page).at(place).first()))
}
// What is to be known of a table stands above it, where no page can part the two.
#let captioned(body, about) = block(above: 3.4mm, below: 1.2mm, sticky: true)[#text(8.2pt, weight: "semibold", body)#if about != none { linebreak(); text(7.2pt, fill: soft, about) }]
// Lines between rows: a border for each cell would be told for each cell to those who listen.
#let underlined(row) = (..row.map(cell => table.cell(breakable: false)[#cell]), table.hline(stroke: 0.4pt + faint))
#let head(..cells) = table.header(repeat: true, ..cells, table.hline(stroke: 0.7pt + ink))
#let heads(data) = data.columns.map(each => text(fill: soft, weight: "semibold")[#each.label#if each.unit != "" [ (#each.unit)]])
#let tabled(data, size, ..rows) = {
  set text(size: size)
  set par(leading: 0.44em)
  if data.caption != "" { captioned(data.caption, data.note) }
  table(
    columns: data.columns.map(each => each.weight * 1fr),
    align: data.columns.map(each => if each.isNumeric { right } else { left }),
    stroke: none,
    inset: (x, y) => (left: if x == 0 { 0mm } else { 1mm }, right: 1mm, top: 0.7mm, bottom: 0.7mm),
    ..rows,
  )
}
#let sheet(data) = tabled(
  data,
  if data.columns.len() > 8 { 6.6pt } else if data.columns.len() > 5 or data.span == "half" { 7pt } else { 7.6pt },
  head(..heads(data)),
  ..data.rows.map(underlined).flatten(),
)
#let grouped(data) = tabled(
  data,
  7pt,
  head(..heads(data)),
  ..data.groups.map(group => (
    table.header(level: 2, repeat: true, table.cell(colspan: data.columns.len(), inset: (top: 1.8mm, left: 0mm), breakable: false)[#text(weight: "semibold", group.title)#if group.about != "" { linebreak(); text(fill: soft, group.about) }]),
    ..group.rows.map(underlined).flatten(),
  )).flatten(),
)
// The letters of a drawing that stands in a column are still of 7 points.
#let picture(chart, across: 100%) = figure(
  block(above: 2.6mm, below: 2.6mm, width: 100%)[
    #set align(left)
    #align(left)[#text(8.4pt, weight: "semibold", chart.title)#linebreak()#text(7.6pt, fill: soft, chart.description)]
    #v(1mm)
    #image(chart.path, width: across, alt: chart.title + ". " + chart.description)
    #if chart.note != "" { align(left, text(7pt, fill: soft, chart.note)) }
  ],
)
// Two columns: what is in order stands left and right, and each of the rest below the shorter one.
#let spread(left, right, rest) = context {
  let tall(body) = measure(block(width: column, body)).height
  let sides = (left, right)
  let heights = sides.map(tall)
  for piece in rest {
    let side = if heights.at(0) <= heights.at(1) { 0 } else { 1 }
    sides.at(side) += piece
    heights.at(side) += tall(piece) + 2mm
  }
  grid(columns: (1fr, 1fr), column-gutter: gutter, ..sides)
}
#let figures(data) = {
  set text(7.4pt)
  set par(leading: 0.44em)
  captioned([Figures], data.note)
  table(
    columns: (1fr, 30mm, 13mm),
    align: (left, right, right),
    stroke: none,
    inset: (x, y) => (left: if x == 0 { 0mm } else { 1mm }, right: 1mm, top: 0.7mm, bottom: 0.7mm),
    head(..("Figure", "Value and interval", "Rests on").map(each => text(fill: soft, weight: "semibold", each))),
    ..data.rows.map(row => underlined((row.label, [#row.value#if row.interval != "" { linebreak(); text(fill: soft, row.interval) }], row.n))).flatten(),
  )
}
#let strip(theme) = if theme.level == none { note[not measured] } else {
  grid(columns: (1fr,) * 4, stroke: 0.5pt + rule, inset: 1.2mm, align: center,
    fill: (x, y) => { let level = view.levels.at(x); if level == theme.level { accent } else if level in theme.spread { faint } else { none } },
    ..view.levels.map(level => text(7.4pt, fill: if level == theme.level { white } else if level in theme.spread { ink } else { soft }, weight: if level == theme.level { "bold" } else { "regular" }, level)))
}
// Where the tables stand that need the long side of the page.
#let turned(tables) = for data in tables { block(above: 2mm, note[Table on page #page-of(data.anchor): #data.caption.]) }
#let said(statement) = block(above: 2mm, below: 2mm)[#text(weight: "semibold", fill: soft, statement.label + ".") #statement.text]
`;

/** What a director reads: opinion, profile, what to do, money, and the findings with their pages. */
const firstPages = `
#block(width: 100%, stroke: (top: 3pt + accent), inset: (top: 5mm))[
  #if view.logo != none { image(view.logo, height: 12mm, alt: "Logo") }
  #name(view.title)
  #v(1mm)
  #text(21pt, font: serif, weight: "semibold", hyphenate: false, par(leading: 0.4em, view.question))
  #v(1mm)
  #text(8pt, pairs(view.subject, width: 24mm))
]
#heading(level: 1, view.opinion.kind)
#for title in view.opinion.titles { block(above: 2.2mm, below: 2.8mm, text(13.5pt, font: serif, weight: "semibold", title)) }
#for paragraph in view.opinion.paragraphs { par(text(9.8pt, paragraph)) }
#note[#view.opinion.materiality #view.opinion.disclaimer]

#heading(level: 1)[From marketing focus to customer focus]
#note[Each theme stands for itself: there is no total. Dark marks the level, tint how far the findings within the theme lie apart.]
#grid(columns: (1fr, 78mm), row-gutter: 2.4mm, column-gutter: 5mm, align: (left + horizon, left + horizon),
  ..view.profile.map(theme => ([#text(weight: "semibold", theme.label) #linebreak() #note(theme.sentence)], strip(theme))).flatten())

#if view.actions.len() > 0 [
  #heading(level: 1)[What to do first]
  #enum(..view.actions.map(action => [#action.action #note[Because of: #action.question Page #page-of(action.anchor).]]))
]
#if view.stakes.len() > 0 [
  #heading(level: 1)[Money at stake]
  #note[Amounts of different findings overlap, so they are not added up.]
  #grid(columns: (34mm, 1fr, 9mm), row-gutter: 2.4mm, column-gutter: 4mm, align: (left, left, right),
    ..view.stakes.map(stake => (text(11.5pt, font: serif, weight: "semibold", stake.amount), [#stake.meaning #linebreak() #note(stake.note)], note(page-of(stake.anchor)))).flatten())
]
#heading(level: 1)[What this report covers, and what it cannot see]
#bullets(view.coverage)
#heading(level: 1, outlined: false)[Contents]
#outline(title: none, depth: 1)
#heading(level: 1)[Findings in order]
#grid(columns: (38mm, 1fr, 9mm), row-gutter: 2.2mm, column-gutter: 4mm, align: (left, left, right),
  ..view.findings.map(finding => (text(8.4pt, status(finding)), [#text(8.8pt, weight: "semibold", finding.question) #linebreak() #note(finding.headline)], page-of(finding.anchor))).flatten())
#if view.since != none [
  #heading(level: 1, view.since.heading)
  #par(view.since.lead)
  #if view.since.cautions.len() > 0 { block(stroke: (left: 2pt + tones.watch), inset: (left: 3mm, y: 1mm))[#text(weight: "semibold", view.since.banner) #view.since.cautions.join(" ")] }
  #bullets(view.since.lines)
]
#if view.exhibits.len() > 0 [
  #heading(level: 1)[Success, value and silence] <exhibits>
  #let drawn(exhibit) = {
    picture(exhibit.chart, across: if exhibit.chart.isNarrow { 100% } else { 140mm })
    note[In full: #exhibit.question Page #page-of(exhibit.anchor).]
  }
  #spread([], [], view.exhibits.filter(exhibit => exhibit.chart.isNarrow).map(drawn))
  #for exhibit in view.exhibits {
    if not exhibit.chart.isNarrow { drawn(exhibit) }
    for data in exhibit.upright { sheet(data) }
    turned(exhibit.wide)
  }
]
`;

const findingPages = `
#let told(finding) = {
  if finding.status != "healthy" { need(40mm) }
  block(above: 5.4mm, below: 1.6mm, width: 100%, stroke: (top: 0.6pt + rule), inset: (top: 1.8mm), sticky: true, text(8.2pt)[#status(finding) #h(1fr) #text(fill: soft, finding.place)])
  [#heading(level: 2, finding.question)#label(finding.anchor)]
  note(finding.why)
  let beside = finding.charts.filter(chart => chart.isNarrow)
  let across = finding.charts.filter(chart => not chart.isNarrow)
  let left = finding.statements.map(said).join()
  let elsewhere = (
    if finding.isChallenged { (label: "Rivals", text: [What else could explain it: page #page-of("rivals-" + finding.anchor)]) },
    if finding.isExhibited { (label: "Picture", text: [Page #page-of("exhibits")]) },
    ..finding.wide.map(data => (label: "Table", text: [Page #page-of(data.anchor): #data.caption])),
  ).filter(each => each != none)
  let right = text(7.8pt, pairs(finding.about + elsewhere, width: 16mm))
  let rest = beside.slice(0, calc.min(1, beside.len())).map(chart => picture(chart, across: 73mm))
  if finding.figures != none { rest.push(figures(finding.figures)) }
  if finding.caveats.len() > 0 { rest.push({ heading(level: 3, outlined: false)[Keep in mind]; text(7.8pt, bullets(finding.caveats)) }) }
  for chart in beside.slice(calc.min(1, beside.len())) { rest.push(picture(chart, across: 73mm)) }
  if finding.unlocks.len() > 0 { rest.push({ heading(level: 3, outlined: false)[More columns would tell more]; text(7.8pt, bullets(finding.unlocks)) }) }
  for data in finding.evidence { if data.span == "half" { rest.push(sheet(data)) } }
  spread(left, right, rest)
  for chart in across { picture(chart, across: 140mm) }
  for data in finding.evidence { if data.span == "full" { sheet(data) } }
}
#if view.findings.len() > 0 [
  #heading(level: 1)[Findings in full]
  // A short one is not parted between two pages.
  #for finding in view.findings { if finding.status == "healthy" { block(breakable: false, above: 5.4mm, told(finding)) } else { told(finding) } }
]
#if view.unanswered != none [
  #heading(level: 1)[Questions without an answer]
  #grouped(view.unanswered)
]
#if view.challenged.len() > 0 [
  #heading(level: 1)[For the sceptic]
  #note[The strongest rival explanations, what was done about each, and what stays open.]
  #columns(2, gutter: gutter)[
    #set text(7.8pt)
    #for finding in view.challenged {
      [#block(above: 4mm, below: 1.6mm, sticky: true, text(9.6pt, font: serif, weight: "semibold")[#finding.question #note[Page #page-of(finding.anchor)]])#label("rivals-" + finding.anchor)]
      enum(..finding.rivals.map(rival => [#text(weight: "semibold", rival.explanation) #name[Checked:] #rival.check #name[Open:] #rival.open]))
      if finding.flips != none { note(finding.flips) }
    }
  ]
]
`;

const appendix = `
#heading(level: 1)[What more data would tell]
#if view.upgrades != none { sheet(view.upgrades) } else [Every column that this review could use is there.]
#heading(level: 1)[Quality of the data]
#if view.dataQuality.len() == 0 [Nothing to report: every row could be read as it stands.]
#for issue in view.dataQuality {
  block(below: 2mm, grid(columns: (16mm, 1fr), column-gutter: 3mm, name(issue.severity), text(8.4pt)[#text(weight: "semibold", issue.title) #note(issue.file) #linebreak() #issue.sentence #issue.description]))
}
#heading(level: 1)[Files and control totals]
#sheet(view.inputs)
#grid(columns: (1fr, 1fr), column-gutter: gutter, ..view.files.map(grouped))
#sheet(view.tables)
#grid(columns: (1fr, 1fr), column-gutter: gutter, ..view.columns.map(grouped))
#heading(level: 1)[Method]
Findings are ordered by result, then by severity, then by how well they are proved; proof and severity are kept apart and never multiplied. Severity comes from the size of the effect and the money at stake. Intervals screen at 90 % and support headline effects at 95 %.
#spread([], [], view.method.map(sheet))
#note[The four level names come from published articles by C. Shaw, Beyond Philosophy, and are paraphrased; this is not the licensed assessment. Naïve to Natural is a trademark of its owner. The SQL behind each number is in the folder “queries”, one file a question.]
#columns(2, gutter: gutter, grouped(view.thresholds))
#if view.wide.len() > 0 {
  page(flipped: true, margin: (x: 14mm, top: 15mm, bottom: 13mm))[
    #heading(level: 1)[Tables that turn the page]
    #for table in view.wide {
      [#block(above: 5mm, below: 0mm, sticky: true, note[#table.question Page #page-of(table.finding)])#label(table.anchor)]
      sheet(table)
    }
  ]
}
`;

export const template = [pieces, firstPages, findingPages, appendix].join('');
