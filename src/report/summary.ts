/** What a terminal shows: one screen of 80 × 24. The command line only colours and prints it. */
import { focusLevel, type Result, type Severity, type Status } from '../result/schema.js';
import { inertLine } from './inert.js';
import { present } from './present.js';
import type { ReportView, ThemeView } from './view.js';

export interface SummaryView {
  readonly question: string;
  /** One line, or one a sentence. */
  readonly opinion: readonly string[];
  /** “2024-01-01 to 2024-12-31 (366 days)”, or that it is not known. */
  readonly window: string;
  /** Themes by level; a line without a label goes on with the level above it. */
  readonly profile: readonly { readonly label: string; readonly reading: string }[];
  readonly findings: readonly {
    readonly id: string;
    readonly status: Status;
    readonly severity: Severity;
    readonly statusLabel: string;
    readonly sentence: string;
  }[];
  /** Problems and watches that found no room. */
  readonly moreFindings: number;
  readonly coverage: string;
}

const focusLevels = focusLevel.options;
const lineWidth = 78;
/** The command line indents sentences by four. */
const sentenceWidth = lineWidth - 4;
/** Twenty-four lines, less the prompt. */
const screenRows = 23;
/** “And n more”, window, coverage, the report’s place, and two blank lines. */
const fixedRows = 6;
const mostFindings = 5;
/** What is left of a line beside the longest name of a level. */
const themesWidth = 58;

function shorten(text: string, width: number): string {
  const whole = inertLine(text);
  if (whole.length <= width) return whole;
  /** What stands in brackets is the first thing that a short line can do without. */
  const line = whole.replace(/\s*\([^()]*\)/g, '');
  if (line.length <= width) return line;
  const cut = line.slice(0, width - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), width / 2))}…`;
}

/** Both halves of the opinion on one line, or a line each where they are too long. */
function opinionLines({ title, titles }: ReportView['opinion']): readonly string[] {
  return inertLine(title).length <= lineWidth ? [inertLine(title)] : titles.slice(0, 2).map((line) => shorten(line, lineWidth));
}

/** All themes by level, one or several lines a level; further lines have no label. */
function profileLines(themes: readonly ThemeView[]): SummaryView['profile'] {
  return [...focusLevels, null].flatMap((level) => {
    const lines: string[] = [];
    for (const { label } of themes.filter((theme) => theme.level === level)) {
      const name = shorten(label, themesWidth - 1);
      const last = lines.at(-1);
      if (last !== undefined && last.length + name.length + 3 <= themesWidth) lines[lines.length - 1] = `${last}; ${name}`;
      else lines.push(name);
    }
    return lines.map((reading, index) => ({ label: index === 0 ? (level ?? 'not measured') : '', reading }));
  });
}

/** The five most severe problems and watches, or, when there are none, the first of the other answers. */
export function summarise(result: Result): SummaryView {
  const view = present(result);
  const pressing = view.findings.filter(({ status }) => status === 'problem' || status === 'watch');
  const { window } = result;
  const profile = profileLines(view.profile);
  const opinion = opinionLines(view.opinion);
  const otherRows = fixedRows + opinion.length;
  const shown = (pressing.length > 0 ? pressing : view.findings).slice(0, Math.min(mostFindings, Math.floor((screenRows - otherRows - profile.length) / 2)));
  /** A finding takes two lines; as many as the screen has room for take a third, the most severe first. */
  const roomy = screenRows - otherRows - profile.length - 2 * shown.length;
  return {
    question: view.question,
    opinion,
    window:
      window === null ? 'everything; no file has a date' : inertLine(`${window.from} to ${window.to} (${window.days} ${window.days === 1 ? 'day' : 'days'})`),
    profile,
    findings: shown.map(({ id, status, severity, statusLabel, headline }, index) => ({
      id: inertLine(id),
      status,
      severity,
      statusLabel,
      sentence: shorten(headline, index < roomy ? sentenceWidth * 2 - 10 : sentenceWidth),
    })),
    moreFindings: Math.max(0, pressing.length - shown.length),
    coverage: shorten(view.coverage.sentences[0] ?? '', lineWidth),
  };
}
