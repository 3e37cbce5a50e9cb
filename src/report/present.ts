/** Result → view model: order, grouping and every number as text. Renderings add nothing but their own markup. */

import type { Finding, FocusLevel, ProfileTheme, Result } from '../result/schema.js';
import { focusLevel } from '../result/schema.js';
import { type Branding, plainBranding } from './branding.js';
import { compareResults } from './compare/compare.js';
import { presentSince } from './compare/since.js';
import { evidenceFileName } from './evidence-csv.js';
import { type Format, formatFor } from './format.js';
import { opinionWords, valueBasisWords } from './glossary.js';
import { isAnswered, orderFindings } from './order.js';
import {
  allThresholds,
  describeEngagement,
  describeSubject,
  glossaryTables,
  inputDetail,
  inputsTable,
  presentIssue,
  tableDetail,
  tablesOverview,
  upgradesTable,
} from './present-appendix.js';
import { anchorOf, evidenceView, moneyRange, nameOf, presentFinding, type ShownRows, unlockColumns } from './present-finding.js';
import { groupUnanswered } from './present-unanswered.js';
import { presentQueries } from './queries.js';
import type { FindingView, Linked, ReportView, StakeView, ThemeView } from './view.js';

const shownActions = 3;

/** Names the audits in a paragraph by words, each linked to its finding. */
function linkAudits(paragraph: string, ids: ReadonlySet<string>): Linked {
  return paragraph.split(/([a-z]+(?:-[a-z]+)+)/).flatMap((text) => {
    if (text === '') return [];
    return ids.has(text) ? [{ text: nameOf(text), anchor: anchorOf(text) }] : [{ text }];
  });
}

/** “Transactional, up to Enlightened”: the level, and how far the findings lie apart. */
function readingOf(level: FocusLevel, from: FocusLevel, to: FocusLevel): string {
  if (from === to) return level;
  if (from === level) return `${level}, up to ${to}`;
  return to === level ? `${level}, down to ${from}` : `${level}, from ${from} to ${to}`;
}

function presentTheme({ label, sentence, level, low, high }: ProfileTheme): ThemeView {
  if (level === null) return { label, sentence, level, spread: [], reading: 'Not measured.' };
  const ladder: readonly FocusLevel[] = focusLevel.options;
  const from = low ?? level;
  const to = high ?? level;
  return { label, sentence, level, spread: ladder.slice(ladder.indexOf(from), ladder.indexOf(to) + 1), reading: readingOf(level, from, to) };
}

/** The largest amount first; of equal ones the more pressing finding. */
function presentStakes(findings: readonly Finding[], result: Result, format: Format): StakeView[] {
  const overall = result.opinion.materiality?.overall ?? 0;
  const pressing = findings.filter(({ status }) => status === 'problem' || status === 'watch');
  return pressing
    .toSorted((a, b) => Math.abs(b.money?.value ?? 0) - Math.abs(a.money?.value ?? 0))
    .flatMap((finding) => {
      if (finding.money === null) return [];
      const multiple = overall > 0 ? `${format.value(Math.abs(finding.money.value) / overall, 'ratio')} the material amount` : '';
      return [
        {
          anchor: anchorOf(finding.id),
          question: finding.question,
          amount: format.value(finding.money.value, 'money'),
          range: moneyRange(finding.money, format),
          meaning: finding.money.meaning,
          multiple,
        },
      ];
    });
}

function presentActions(findings: readonly FindingView[]): ReportView['actions'] {
  return findings
    .filter(({ status }) => status === 'problem' || status === 'watch')
    .slice(0, shownActions)
    .flatMap(({ anchor, question, statements }) => {
      const action = statements.find(({ label }) => label === 'What to do');
      return action === undefined ? [] : [{ anchor, question, action: action.text }];
    });
}

/** Finding, its chart and the table beside it; of several the first that there is. */
const exhibits: readonly { readonly finding: string; readonly charts: readonly string[]; readonly table: string | null }[] = [
  { finding: 'hollow-wins', charts: ['leagues', 'success-and-value'], table: 'leagues' },
  { finding: 'ignored-non-responders', charts: ['silent-value'], table: null },
];

/** A league is to be read down to its end: it is cut only where it is longer than anybody reads. */
const leagueRows: ShownRows = { whole: 120, first: 100 };

function presentExhibits(findings: readonly FindingView[], results: readonly Finding[], format: Format): ReportView['exhibits'] {
  return exhibits.flatMap(({ finding, charts, table }) => {
    const view = findings.find(({ id }) => id === finding);
    const chart = charts.flatMap((id) => view?.charts.find((each) => each.id === id) ?? [])[0];
    if (view === undefined || chart === undefined) return [];
    const own = results.find(({ id }) => id === finding);
    const evidence = own?.evidence.find(({ id }) => id === table);
    const league = own === undefined || evidence === undefined ? null : evidenceView(evidence, evidenceFileName(own, evidence), format, leagueRows);
    return [{ anchor: view.anchor, question: view.question, chart, table: league }];
  });
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Coverage, and what the report cannot see. */
function presentCoverage(result: Result, format: Format): ReportView['coverage'] {
  const { evaluated, notApplicable, notEnoughData, errors, leftOut, share } = result.coverage;
  const asked = evaluated + notApplicable + notEnoughData + errors;
  const sentences = [
    `${evaluated} of ${counted(asked, 'question', 'questions')} could be answered from the files, ${format.value(share, 'share')} by weight.`,
    ...(notApplicable > 0
      ? [`${counted(notApplicable, 'question', 'questions')} could not be answered, because a column is missing or the question does not arise.`]
      : []),
    ...(notEnoughData > 0
      ? [`${counted(notEnoughData, 'question has', 'questions have')} too few rows behind ${notEnoughData === 1 ? 'it' : 'them'} to say anything fair.`]
      : []),
    ...(errors > 0 ? [`${counted(errors, 'check', 'checks')} stopped with an internal error.`] : []),
    ...(leftOut.length > 0 ? [`Left out at your request: ${leftOut.map(nameOf).join(', ')}.`] : []),
    'No file can show what customers think, what competitors do, or what would have happened without the programme where nobody was held back at random.',
  ];
  return { share: format.value(share, 'share'), sentences };
}

/** Each missing set of columns once, with all that it would add; those that add most come first. */
function gatherUnlocks(findings: readonly Finding[]): ReportView['unlocks'] {
  const gains = new Map<string, string[]>();
  for (const finding of findings) {
    for (const unlock of finding.unlocks) {
      const columns = unlockColumns(unlock);
      gains.set(columns, [...(gains.get(columns) ?? []), `${unlock.gain} (${nameOf(finding.id)})`]);
    }
  }
  return [...gains].map(([columns, list]) => ({ columns, gains: list })).toSorted((a, b) => b.gains.length - a.gains.length);
}

function describeMateriality(result: Result, format: Format): string {
  const { materiality } = result.opinion;
  if (materiality === null) return 'No material amount could be set, because the value of the members is not known.';
  const money = (value: number): string => format.value(value, 'money');
  const words = { margin: 'margin', revenue: 'net sales', 'reported-total': 'reported spend' } as const;
  const basis = Object.entries(words).find(([key]) => key === materiality.basis)?.[1] ?? materiality.basis;
  return `An amount is material from ${money(materiality.overall)}, set from the members’ ${basis} of ${money(materiality.base)}; below ${money(materiality.trivial)} it is trivial.`;
}

/** How the numbers of this report are written. */
export function formatOf(result: Result, branding: Branding): Format {
  return formatFor(result.currency ?? branding.currency, branding.numbers);
}

/**
 * @param earlier result of the same programme to hold this one against, or null.
 * @throws Error when a sentence has a placeholder that nothing answers.
 */
export function present(result: Result, branding: Branding = plainBranding, earlier: Result | null = null): ReportView {
  const format = formatOf(result, branding);
  const ordered = orderFindings(result.findings);
  const views = ordered.map((finding) => presentFinding(finding, format));
  const findings = views.filter(isAnswered);
  const unanswered = views.filter((view) => !isAnswered(view));
  const ids = new Set(result.findings.map(({ id }) => id));
  const { opinion } = result;
  return {
    tool: `${result.tool.name} ${result.tool.version}, engine ${result.tool.engine}, seed ${result.seed}`,
    title: branding.title,
    logo: branding.logo,
    question: 'Is this programme focused on marketing or on the customer?',
    subject: [
      ...describeEngagement(branding),
      ...describeSubject(
        result,
        result.valueBasis === null ? 'The files hold nothing that says what a customer is worth.' : valueBasisWords[result.valueBasis],
        branding.currency,
      ),
    ],
    opinion: {
      kind: opinionWords[opinion.kind],
      title: opinion.title,
      titles: opinion.title.split(/(?<=\.)\s+(?=\p{Lu})/u).map((title) => title.replace(/\.$/, '')),
      paragraphs: opinion.paragraphs.map((paragraph) => linkAudits(paragraph, ids)),
      materiality: describeMateriality(result, format),
      disclaimer: [opinion.disclaimer, ...(branding.disclaimer === null ? [] : [branding.disclaimer])].join(' '),
    },
    profile: result.profile.map(presentTheme),
    stakes: presentStakes(ordered, result, format),
    actions: presentActions(findings),
    since: earlier === null ? null : presentSince(compareResults(earlier, result), format),
    exhibits: presentExhibits(findings, ordered, format),
    findings,
    unanswered,
    unansweredGroups: groupUnanswered(ordered, unanswered),
    coverage: presentCoverage(result, format),
    upgrades: upgradesTable(result.upgrades, format),
    challenged: findings.filter((finding) => finding.isContestable),
    unlocks: gatherUnlocks(ordered),
    dataQuality: result.dataQuality.map((issue) => presentIssue(issue, format)),
    inputs: inputsTable(result.inputs, format),
    inputDetails: result.inputs.map((input) => inputDetail(input, format)),
    tables: tablesOverview(result.tables, format),
    tableDetails: result.tables.filter(({ rows }) => rows > 0).map((table) => tableDetail(table, format)),
    thresholds: allThresholds(ordered.filter(isAnswered), format),
    queries: presentQueries(
      result,
      ordered.map(({ id }) => id),
      format,
    ),
    ...glossaryTables(),
    config: JSON.stringify(result.config, null, 2),
  };
}
