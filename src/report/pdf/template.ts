/**
 * The layout of the PDF, in Typst. It reads everything that it prints from `/view.json`: a text from the data is a string there and is
 * set as it stands, so that nothing in it can be markup, a command or a path.
 */
export const template = `
#let view = json("/view.json")
#let accent = rgb(view.accent)
#let ink = rgb("#1b2430")
#let soft = rgb("#4f5a68")
#let rule = rgb("#d8d3c7")
#let faint = rgb("#e9e5db")
#let tones = (problem: rgb("#9c2f1b"), watch: rgb("#7c5200"), healthy: rgb("#1d6648"), informative: rgb("#2f5583"), notEnoughData: rgb("#5d6672"), notApplicable: rgb("#5d6672"), error: rgb("#5d6672"))
#let marks = (problem: "▲", watch: "◆", healthy: "●", informative: "■", notEnoughData: "–", notApplicable: "–", error: "×")

#set document(title: view.title, author: view.authors, date: none)
#set text(font: ("Source Sans 3", "Libertinus Serif", "DejaVu Sans Mono"), size: 9.6pt, lang: "en", region: "GB", fill: ink, number-type: "lining")
#set par(leading: 0.62em, spacing: 0.85em)
#set page(
  paper: "a4",
  margin: (x: 18mm, top: 22mm, bottom: 20mm),
  header: context if counter(page).get().first() > 1 { text(8pt, fill: soft)[#view.title #h(1fr) #view.client] },
  footer: context text(8pt, fill: soft)[#view.tool #h(1fr) #counter(page).display("1 / 1", both: true)],
)
#show heading: set text(font: "Libertinus Serif", weight: "semibold", hyphenate: false)
#show heading.where(level: 1): it => block(above: 9mm, below: 4mm, width: 100%, stroke: (top: 1.2pt + ink), inset: (top: 3mm), sticky: true, text(17pt, it.body))
#show heading.where(level: 2): it => block(above: 6mm, below: 2.4mm, sticky: true, text(13.5pt, it.body))
#show heading.where(level: 3): it => block(above: 4mm, below: 1.6mm, sticky: true, text(10pt, font: "Source Sans 3", weight: "semibold", it.body))
#set list(marker: text(fill: soft)[•], spacing: 0.55em)
#show figure: set block(breakable: false)

#let label(body) = text(8pt, weight: "semibold", fill: soft, body)
#let status(item) = text(fill: tones.at(item.status), weight: "semibold")[#box(baseline: -0.5pt, text(7pt, font: "DejaVu Sans Mono", marks.at(item.status))) #item.statusLabel] + if item.severityLabel != "" { text(fill: soft)[ #item.severityLabel severity] }
#let bullets(items) = if items.len() > 0 { list(..items) }
#let pairs(items, width: 30mm) = if items.len() > 0 {
  grid(columns: (width, 1fr), row-gutter: 2.2mm, column-gutter: 4mm, ..items.map(((label: name, text: body)) => (text(fill: soft, name), body)).flatten())
}
#let sheet(data) = {
  set text(size: if data.columns.len() > 8 { 6.6pt } else if data.columns.len() > 5 { 7.4pt } else { 8.2pt })
  set par(leading: 0.5em)
  block(above: 4mm, below: 1.5mm, sticky: true, text(8.6pt, weight: "semibold", data.caption))
  table(
    columns: data.columns.map(column => column.weight * 1fr),
    align: data.columns.map(column => if column.isNumeric { right } else { left }),
    stroke: (x, y) => (bottom: if y == 0 { 0.7pt + ink } else { 0.4pt + faint }),
    inset: (x: 1.4mm, y: 1.1mm),
    table.header(repeat: true, ..data.columns.map(column => text(fill: soft, weight: "semibold")[#column.label#if column.unit != "" [ (#column.unit)]])),
    ..data.rows.flatten().map(cell => [#cell]),
  )
  if data.note != none { text(8pt, fill: soft, data.note) }
}
// A table that would not fit across gets a page of its own, turned round.
#let datatable(data) = if data.isWide { page(flipped: true, sheet(data)) } else { sheet(data) }
#let picture(chart) = figure(
  block(above: 5mm, below: 5mm, width: 100%)[
    #set align(left)
    #align(left)[#text(weight: "semibold", chart.title)#linebreak()#text(8.6pt, fill: soft, chart.description)]
    #v(2mm)
    #image(chart.path, width: 100%, alt: chart.title + ". " + chart.description)
  ],
)
#let strip(theme) = if theme.level == none { text(8pt, fill: soft)[not measured] } else {
  grid(columns: (1fr,) * 4, stroke: 0.5pt + rule, inset: 1.3mm, align: center,
    fill: (x, y) => { let level = view.levels.at(x); if level == theme.level { accent } else if level in theme.spread { faint } else { none } },
    ..view.levels.map(level => text(7.4pt, fill: if level == theme.level { white } else if level in theme.spread { ink } else { soft }, weight: if level == theme.level { "bold" } else { "regular" }, level)))
}

// The first page.
#block(width: 100%, stroke: (top: 3pt + accent), inset: (top: 6mm))[
  #if view.logo != none { image(view.logo, height: 12mm, alt: "Logo") }
  #label(view.title)
  #v(-1mm)
  #v(1mm)
  #par(leading: 0.55em, text(22pt, font: "Libertinus Serif", weight: "semibold", hyphenate: false, view.question))
  #v(1mm)
  #text(8.4pt, pairs(view.subject, width: 24mm))
]
#heading(level: 1, view.opinion.kind)
#for title in view.opinion.titles { block(above: 2.4mm, below: 3mm, text(14pt, font: "Libertinus Serif", weight: "semibold", title)) }
#for paragraph in view.opinion.paragraphs { par(text(10.4pt, paragraph)) }
#text(8.4pt, fill: soft)[#view.opinion.materiality #view.opinion.disclaimer]

#heading(level: 1)[From marketing focus to customer focus]
#text(fill: soft)[Each theme stands for itself: there is no total. Dark marks the level, tint how far the findings within the theme lie apart.]
#grid(columns: (1fr, 78mm), row-gutter: 3mm, column-gutter: 5mm, align: (left + horizon, left + horizon),
  ..view.profile.map(theme => ([#text(weight: "semibold", theme.label) #linebreak() #text(8.2pt, fill: soft, theme.sentence)], strip(theme))).flatten())

#if view.actions.len() > 0 [
  #heading(level: 1)[What to do first]
  #enum(..view.actions.map(action => [#action.action #text(8.4pt, fill: soft)[Because of: #action.question]]))
]
#if view.stakes.len() > 0 [
  #heading(level: 1)[Money at stake]
  #text(fill: soft)[Amounts of different findings overlap, so they are not added up.]
  #grid(columns: (34mm, 1fr), row-gutter: 3mm, column-gutter: 4mm,
    ..view.stakes.map(stake => (text(12pt, font: "Libertinus Serif", weight: "semibold", stake.amount), [#stake.meaning #linebreak() #text(8.2pt, fill: soft, stake.note)])).flatten())
]
#heading(level: 1)[Findings in order]
#grid(columns: (40mm, 1fr), row-gutter: 2.8mm, column-gutter: 4mm,
  ..view.findings.map(finding => (status(finding), [#text(weight: "semibold", finding.question) #linebreak() #text(8.6pt, fill: soft, finding.headline)])).flatten())
#heading(level: 1)[What this report covers, and what it cannot see]
#bullets(view.coverage)

#pagebreak(weak: true)
#heading(level: 1, outlined: false)[Contents]
#outline(title: none, depth: 2, indent: 5mm)

#let evidence(finding) = for table in finding.evidence { datatable(table) }
#let statements(finding) = for (label: name, text: body) in finding.statements {
  block(above: 2.2mm, below: 2.2mm, grid(columns: (28mm, 1fr), column-gutter: 4mm, text(8.6pt, weight: "semibold", fill: soft, name), body))
}
#if view.findings.len() > 0 [
  #pagebreak(weak: true)
  #heading(level: 1)[Findings in full]
  #for finding in view.findings {
    block(above: 9mm, below: -3mm, sticky: true, status(finding) + h(1fr) + text(8pt, fill: soft, finding.place))
    heading(level: 2, finding.question)
    text(fill: soft, finding.why)
    v(1mm)
    statements(finding)
    for chart in finding.charts { picture(chart) }
    text(8.6pt, pairs(finding.about))
    if finding.caveats.len() > 0 { heading(level: 3, outlined: false)[Keep in mind]; bullets(finding.caveats) }
    if finding.unlocks.len() > 0 { heading(level: 3, outlined: false)[More columns would tell more]; bullets(finding.unlocks) }
    if finding.measures != none { datatable(finding.measures) }
  }
]
#if view.unanswered.len() > 0 [
  #heading(level: 1)[Questions without an answer]
  #for finding in view.unanswered {
    block(above: 6mm, below: -3mm, sticky: true, status(finding))
    heading(level: 2, finding.question)
    par(finding.headline)
    bullets(finding.caveats)
    bullets(finding.unlocks)
    if finding.measures != none { datatable(finding.measures) }
    evidence(finding)
  }
]
#if view.challenged.len() > 0 [
  #heading(level: 1)[For the sceptic]
  #text(fill: soft)[For every problem and everything to watch: the strongest rival explanations, what was done about each, and what stays open.]
  #for finding in view.challenged {
    heading(level: 2, outlined: false, finding.question)
    enum(..finding.rivals.map(rival => [#text(weight: "semibold", rival.explanation) #linebreak() #label[Checked] #rival.check #linebreak() #label[Open] #rival.open]))
    if finding.flips != none { text(8.6pt, fill: soft, finding.flips) }
  }
]
#heading(level: 1)[Evidence]
#text(fill: soft)[The rows behind each finding. Every row at full precision is in the folder “evidence”.]
#for finding in view.findings {
  if finding.evidence.len() > 0 { heading(level: 2, outlined: false, finding.question) }
  evidence(finding)
}
#heading(level: 1)[What more data would tell]
#if view.upgrades != none { datatable(view.upgrades) } else [Every column that this review could use is there.]
#heading(level: 1)[Quality of the data]
#if view.dataQuality.len() == 0 [Nothing to report: every row could be read as it stands.]
#for issue in view.dataQuality {
  block(below: 2.6mm, grid(columns: (20mm, 1fr), column-gutter: 4mm, label(issue.severity), [#text(weight: "semibold", issue.title) #text(8.4pt, fill: soft, issue.file) #linebreak() #issue.sentence #issue.description]))
}
#heading(level: 1)[Files and control totals]
#datatable(view.inputs)
#for input in view.inputDetails {
  heading(level: 3, outlined: false, input.file)
  text(8.2pt, pairs(input.facts))
  datatable(input.columns)
}
#datatable(view.tables)
#for table in view.tableDetails { datatable(table) }
#heading(level: 1)[Method]
Findings are ordered by result, then by severity, then by how well they are proved; proof and severity are kept apart and never multiplied.
#for table in view.method { datatable(table) }
`;
